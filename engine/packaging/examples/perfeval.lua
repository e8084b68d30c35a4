---@meta perfeval
-- luacheck: ignore 212 241 (definitions without bodies)
-- What `require "perfeval"` gives a stock Lua 5.4, for readers and for editors (lua-language-server). The module
-- itself is written in C, over libperfeval; perfeval.h says more about threads and about the child for scripts.
--
--   local perfeval = require("perfeval")
--   local office <close> = assert(perfeval.evaluate("rules/2019.lua", { params = { sluggish_at_most = "85" } }))
--   for _, project in ipairs(office:units("project")) do print(project.name, project.rate_text) end

---@class perfeval
---@field version string
local perfeval = {}

---@class perfeval.Message an error, a warning or a note
---@field code string stable: "not-a-number"
---@field severity "error"|"warning"|"note"
---@field file string?
---@field line integer?
---@field column integer? in characters
---@field cell string? of a workbook: "Sheet1!B17"
---@field text string one line, English
---@field text_ko string the same, Korean
---@field drawn string as the program prints it, English
---@field drawn_ko string the same, Korean

---@class perfeval.Verdict
---@field key string "sluggish"
---@field name string "부진"
---@field projects integer those that have it

---@class perfeval.Unit a bureau, department, project or indicator
---@field name string
---@field parent integer? its place in the list of the level above; none for a bureau
---@field rate number? in percent, the nearest number at hand
---@field rate_text string? to at most 6 places, half up: "77.638191"
---@field exact string? the rate itself: "85.5", or "15450/199"
---@field printed string? as the rules round it
---@field missing string? why there is no rate: "blank"; none where the rules give this level no rates
---@field verdict string? its key
---@field verdict_name string?
---@field row integer? of an indicator: among the rows of the data file, from 1
---@field line integer? of an indicator: the line of the file

---@class perfeval.Cell
---@field file string
---@field line integer
---@field column integer in characters, from 1
---@field cell string? of a workbook: "Sheet1!B17"
---@field text string as it stands there

---Evaluates a rule file. Settings are the flags of `perfeval run` that say what is evaluated and how, with _ for -:
---data, at, period, threads, load_limit, …, allow_outside = true; share; and params. A number stands for its text;
---write "0.1" where every digit counts.
---@param rules string a path
---@param settings { params: table<string, string|number>?, [string]: string|number|boolean|table }?
---@return perfeval.Evaluation? evaluation nil after errors
---@return perfeval.Message[] messages
---@return integer? code after errors: what the program would end with
function perfeval.evaluate(rules, settings) end

---@class perfeval.Evaluation freed by close(), a to-be-closed variable, or the collector
local evaluation = {}

---@return string
function evaluation:title() end

---@return perfeval.Verdict[] verdicts of projects, in order of the rules
function evaluation:verdicts() end

---@param level "bureau"|"department"|"project"|"indicator"
---@return perfeval.Unit[]? units in order of the data; nil, messages and code when a number is too large to be exact
function evaluation:units(level) end

---Where a cell of an indicator stands in the data file; nil when the data have no such column.
---@param indicator integer its place in units("indicator")
---@param column string "actual", or as the file names it
---@return perfeval.Cell?
function evaluation:cell(indicator, column) end

---@param format string csv, json, jsonl, or a script of scripts/formats: text, html, …
---@param report string? a script of scripts/reports; that of the rules
---@return string? bytes nil, messages and code after errors
function evaluation:render(format, report) end

---@param level "bureau"|"department"|"project"|"indicator"
---@param format "csv"|"json"|"jsonl"
---@return string? bytes nil, messages and code after errors
function evaluation:table(level, format) end

---@return perfeval.Message[] messages of the last call
function evaluation:messages() end

function evaluation:close() end

return perfeval
