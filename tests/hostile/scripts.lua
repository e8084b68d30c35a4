-- Hostile and runaway scripts, one technique each, and what becomes of them.
-- { place, technique, source, class, message, [keys] }
-- place    where the source stands
--   file     the whole rule file              rules    before the rules of an ordinary rule file
--   row      the body of a function of the rules, called for one row: i
--   report   the body of a report's `build`: results
--   format   the body of a format's `draw`: document
--   library  scripts/lib.lua, which an ordinary rule file requires
-- class    what becomes of it
--   refused   the sandbox says no             error    an ordinary error of the script
--   limit     ended with exit code 4          harmless the run is as if it were not there
--   data      the program takes what the script made, and says what is wrong with it
-- message  a Lua pattern in the messages; for row and harmless: the rate that the function gives;
--          for report and format: what is printed
-- keys     warning = what is said though the run goes on; link = { path, where it leads }; rules = in place of the
--          ordinary beginning of the rules; limits = flags behind those of hostile.lua; files = { path = text }
local scripts = {}
local place

local function add(technique, source, class, message, keys)
  local script = { place = place, technique = technique, source = source, class = class, message = message }
  for key, value in pairs(keys or {}) do script[key] = value end
  scripts[#scripts + 1] = script
end

local CPU = "^rules/r%.lua:%d+:%d+: error%[cpu%-limit%]: .*%-%-load%-limit"
local MEMORY = "^rules/r%.lua:%d+:%d+: error%[script%-memory%]: .*%-%-memory%-limit"
local CALL = "^rules/r%.lua:%d+:%d+: error%[cpu%-limit%]: .*%-%-call%-limit"
-- A function of C that ends within the grace is stopped at its line; one that does not is named with its caller's.
local function within(name, flag, file)
  return ("^%s%%.lua:%%d+:%%d+: error%%[cpu%%-limit%%]: .* in %s %%(%%-%%-%s%%-limit"):format(file or "rules/r",
    name:gsub("%.", "%%."), flag)
end
local function inside(name) return within(name, "load") end
local function absent(name) return name:gsub("%.", "%%.") .. " is not available to scripts" end

-- ---- time

place = "rules"
add("while true", "while true do end", "limit", CPU)
add("goto", "::a:: goto a", "limit", CPU)
add("repeat until false", "repeat local x until x", "limit", CPU)
add("numeric for without end", "for i = 1, math.huge do end", "limit", CPU)
add("integer for of 2^63 steps", "for i = math.mininteger, math.maxinteger do end", "limit", CPU)
add("float step that adds nothing", "for i = 2^53, 2^53 + 4, 0.1 do end", "limit", CPU)
add("tail call", "local function f() return f() end f()", "limit", CPU)
add("mutual tail calls", "local f, g function f() return g() end function g() return f() end f()", "limit", CPU)
add("exponential recursion", "local function f(n) return n < 2 and 1 or f(n - 1) + f(n - 2) end f(60)", "limit", CPU)
add("an iterator without end", "for _ in function() return 1 end do end", "limit", CPU)
add("a list that grows while ipairs walks it",
  "local t = { 1 } for i in ipairs(t) do t[i % 9 + 1] = 1 t[i + 1] = 1 end",
  "limit", "error%[cpu%-limit%]", { limits = "--memory-limit 4096" })
add("sort comparator that loops", "table.sort({ 3, 2, 1 }, function() while true do end end)", "limit", CPU)
add("sort comparator that always says yes",
  "local t = {} for i = 1, 1000 do t[i] = i % 7 end table.sort(t, function() return true end)",
  "harmless")
add("sort of a million, again and again",
  "local t = {} for i = 1, 1000000 do t[i] = -i end while true do table.sort(t) t[1] = -t[1] end", "limit", CPU)
add("gsub callback that loops", "local _ = ('x'):rep(9):gsub('.', function() while true do end end)", "limit", CPU)
add("gsub callback that calls gsub",
  "local function f(s) return (s:gsub('.', f)) end f('xx')", "error", "C stack overflow")
add("lazy quantifiers", "('a'):rep(400):find(('.-'):rep(6) .. 'b')", "limit", inside "string.find")
add("greedy quantifiers", "('a'):rep(400):match(('a*'):rep(9) .. 'b')", "limit", inside "string.match")
add("pathological gsub", "local _ = ('a'):rep(400):gsub(('.-'):rep(9) .. 'b', '')", "limit", inside "string.gsub")
add("pathological gmatch",
  "for w in ('a'):rep(400):gmatch(('.-'):rep(9) .. 'b') do end", "limit", inside "string.gmatch")
add("optional characters", "('a'):rep(30):find(('a?'):rep(30) .. ('a'):rep(30))", "limit", CPU)
add("balanced brackets without end", "('('):rep(1000):rep(1000):find('%b()')", "limit", inside "string.find")
add("plain search of a half in a whole",
  "local s = ('a'):rep(1000):rep(1000) s:find(s:sub(1, 500000) .. 'b', 1, true)", "limit",
  inside "string.find")
add("back references", "('a'):rep(300):find('(.-)(.-)(.-)%1%2%3b')", "limit", inside "string.find")
add("a set that is long",
  "('a'):rep(1000):rep(1000):find('[' .. ('b'):rep(1000):rep(1000) .. ']')", "limit", inside "string.find")
add("a set and its opposite, again and again",
  "('a'):rep(300):rep(200):find('[^b]*[^c]*[^d]*x')", "limit", inside "string.find")
add("a frontier behind what fits everywhere", "('a'):rep(300):rep(200):match('.-%f[b].-%f[c].-x')", "limit",
  inside "string.match")
add("positions that are captured", "('a'):rep(400):find(('()a-()'):rep(6) .. 'b')", "limit", inside "string.find")
add("an end that never comes", "('a'):rep(400):find('^' .. ('a-'):rep(9) .. '$b')", "limit", inside "string.find")
add("a method of a text, in a call over two lines",
  "local s = ('a'):rep(400)\nlocal t = s\n:find(('.-'):rep(6)\n.. 'b')", "limit", inside "string.find")
add("a replacement for each of many, slowly", "local _ = ('a'):rep(1000):rep(100):gsub('a-b', {})", "limit",
  inside "string.gsub")
add("a search that is repeated", "local s = ('a'):rep(99999) while true do s:find('b') end", "limit", CPU)
add("repeat of an empty text", "assert(('').rep('', math.maxinteger) == '')", "harmless")
add("pairs of many keys, again and again",
  "local t = {} for i = 1, 400000 do t['k' .. i] = i end while true do for k in pairs(t) do break end end",
  "limit", CPU, { limits = "--memory-limit 256" })
add("insert in front of a long list", "local t = {} for i = 1, 1000000 do table.insert(t, 1, i) end", "limit", CPU)
add("remove from the front of a long list",
  "local t = {} for i = 1, 1000000 do t[i] = i end while #t > 0 do table.remove(t, 1) end", "limit", CPU)
add("format in a loop", "while true do string.format('%99.99f', 1e308) end", "limit", CPU)
add("numbers from long texts", "local s = ('9'):rep(1000000) while true do tonumber(s) end", "limit", CPU)
add("letters of a long text",
  "local s = ('가'):rep(20000) while true do text.width(s) text.letters(s) end", "limit", CPU)
add("wrapping a long text", "local s = ('가 나 '):rep(9000) while true do text.wrap(s, 1) end", "limit", CPU)
add("a name that is nearly right, of 1 MB", "return math[('x'):rep(1000000)]", "refused", "unknown name 'math%.xxx")
add("a chain of 30,000 indexes before an error",
  "local a = {} a.b = a return a" .. (".b"):rep(30000) .. ".c.d", "limit",
  "error%[cpu%-limit%]: .*%-%-load%-limit")
add("a chain of 3,000 indexes before an error", "local a = {} a.b = a return a" .. (".b"):rep(3000) .. ".c.d", "error",
  "attempt to index a nil value %(field 'c'%)")
add("a chain of 30,000 calls before an error", "local a = {} a.b = function() return a end return a" ..
  (".b()"):rep(15000) .. ".c.d", "error", "attempt to index a nil value %(field 'c'%)", { limits = "--load-limit 20" })
add("ipairs of the fields", "for i, v in ipairs(field) do end", "refused", "error%[script%-error%]")
add("pairs of the fields", "for k, v in pairs(field) do end", "refused", "table expected, got field")
add("waiting by require",
  "while true do require('lib') end", "limit", CPU, { files = { ["scripts/lib.lua"] = "return {}" } })

place = "row"
add("while true in a row", "while true do end", "limit", CALL)
add("lazy quantifiers in a row", "return ('a'):rep(400):find(('.-'):rep(6) .. 'b')", "limit",
  within("string.find", "call"))
add("a search in a row",
  "return ('a'):rep(400):find(('.-'):rep(9) .. 'b')", "limit", within("string.find", "call"))
add("a row that keeps more and more",
  "kept[#kept + 1] = ('x'):rep(1 << 20) .. #kept for n = 1, 99 do kept[#kept + 1] = " ..
  "('x'):rep(1 << 20) .. n end return 1", "limit", "error%[script%-memory%]")
add("an error in each row", "error('no ' .. i.row)", "error", "function%-failed")

place = "library"
add("a library that does not end", "while true do end", "limit", "^scripts/lib%.lua:1:1: error%[cpu%-limit%]")
local LAZY = "local _ = ('a'):rep(400):gsub(('.-'):rep(6) .. 'b', '')"
add("lazy quantifiers in a library", "local x\n" .. LAZY, "limit", within("string.gsub", "load", "scripts/lib"))

place = "report"
add("a report that does not end", "while true do end", "limit", "^scripts/reports/hostile%.lua:2:.*%-%-cpu%-limit")
add("lazy quantifiers in a report", LAZY, "limit", within("string.gsub", "cpu", "scripts/reports/hostile"))
place = "format"
add("a format that does not end", "while true do end", "limit", "^scripts/formats/hostile%.lua:2:.*%-%-cpu%-limit")
add("lazy quantifiers in a format", LAZY, "limit", within("string.gsub", "cpu", "scripts/formats/hostile"))

-- ---- memory

place = "rules"
add("a list without end", "local t = {} while true do t[#t + 1] = {} end", "limit", MEMORY)
add("a text that doubles", "local s = 'x' while true do s = s .. s end", "limit", MEMORY)
add("rep of 1 TiB", "return ('x'):rep(2^40 // 1)", "refused", "string%.rep would make a text of more than 16 MiB")
add("rep of 2^63 with a separator", "return (''):rep(math.maxinteger, 'x')", "refused", "string%.rep would make a text")
add("many texts of 16 MiB", "local t = {} while true do t[#t + 1] = ('x'):rep(16777216) end", "limit", MEMORY)
add("format that grows", "local s = 'x' while true do s = string.format('%s%s', s, s) end", "limit", MEMORY)
add("concat that grows", "local s = 'x' while true do s = table.concat({ s, s }) end", "limit", MEMORY)
add("gsub that grows", "local s = ('x'):rep(1000) while true do s = s:gsub('x', 'xx') end", "refused",
  "string%.gsub looks through texts of at most 1024 KiB")
add("closures", "local t = {} while true do local n = #t t[n + 1] = function() return n end end", "limit", MEMORY)
add("a linked list", "local l while true do l = { l } end", "limit", MEMORY)
add("unpack that grows",
  "local t = { 1 } while true do t = { table.unpack(t), table.unpack(t) } t[#t + 1] = 1 end", "limit",
  "error%[cpu%-limit%]")
add("arguments that double", "local function f(...) return f(1, ..., ...) end f()", "limit", "error%[cpu%-limit%]")
add("unpack of 2^63", "return table.unpack({}, 1, math.maxinteger)", "refused", "no list has so many positions")
add("unpack of a million", "return table.unpack({}, 1, 1000000)", "error", "too many results to unpack")
add("concat of 2^63", "return table.concat({}, 'x', 1, math.maxinteger)", "refused", "no list has so many positions")
add("insert at 2^63", "table.insert({}, math.maxinteger, 1)", "refused", "no list has so many positions")
add("a key of 2^63", "local t = {} t[math.maxinteger] = 1 t[-1] = 1 assert(#t == 0)", "harmless")
add("recursion without end", "local function f(n) return 1 + f(n + 1) end f(1)", "error", "stack overflow")
add("recursion with many locals",
  "local function f(n) local " .. ("a,"):rep(150) .. "z = 1 return f(n + 1) + z end f(1)", "error",
  "stack overflow")
add("memory that runs out deep in recursion",
  "local t = {} local function f() t[#t + 1] = ('x'):rep(100000) .. #t f() end f()", "limit", MEMORY)
add("memory that runs out in a comparator",
  "local t = {} table.sort({ 3, 2, 1 }, function() while true do t[#t + 1] = {} end end)", "limit", MEMORY)
add("memory that runs out in a callback",
  "local t = {} local _ = ('x'):gsub('x', function() while true do t[#t + 1] = {} end end)", "limit", MEMORY)
add("an error message of 8 MB", "error(('x'):rep(8000000))", "error", "error%[script%-error%]: xxx")

-- ---- catching, delaying, switching off

add("pcall around a loop", "pcall(function() while true do end end)", "refused", absent "pcall")
add("xpcall with a handler that loops", "xpcall(error, function() while true do end end)", "refused", absent "xpcall")
add("a coroutine that goes on", "coroutine.wrap(function() while true do end end)()", "refused", absent "coroutine")
add("setmetatable with __gc",
  "setmetatable({}, { __gc = function() while true do end end })", "refused", absent "setmetatable")
add("a value to close, a table", "local x <close> = {} while true do end", "error", "non%-closable value")
add("a value to close, nothing",
  "do local x <close> = nil end for _ = 1, 2 do local y <close> = false break end", "harmless")
add("a for with a value to close", "for k in pairs({ 1 }), nil, nil, {} do end", "error", "non%-closable value")
add("debug.sethook", "debug.sethook()", "refused", absent "debug")
add("the registry", "debug.getregistry()", "refused", absent "debug")
add("load", "load('while true do end')()", "refused", absent "load")
add("loadstring", "loadstring('x = 1')()", "refused", absent "loadstring")
add("dofile", "dofile('/etc/passwd')", "refused", absent "dofile")
add("collectgarbage stop", "collectgarbage('stop')", "refused", absent "collectgarbage")
add("string.dump", "string.dump(function() end)", "refused", absent "string.dump")
add("rawset", "rawset(_ENV, 'pairs', 1)", "refused", absent "rawset")
add("next", "next({})", "refused", absent "next")
add("warn", "warn('@on')", "refused", absent "warn")
add("an error with a table", "error({ code = 1 })", "error", "the error value is table")
add("an error with nothing", "error()", "error", "the error value is nil")
add("an error with a function", "error(print == nil or function() end)", "refused", absent "print")
add("an error with a formula", "error(field.actual)", "error", "the error value is")
add("an error with the fields", "error(field)", "error", "the error value is")
add("an assertion with a table", "assert(false, {})", "error", "the error value is table")
add("tostring of everything",
  "for _, v in ipairs({ field, field.actual, param, pairs, {} }) do assert(not tostring(v):find('0x')) end",
  "harmless")

-- ---- other scripts and the world

add("string.rep replaced", "string.rep = function() return 'x' end", "refused", "string is read%-only")
add("string.rep through a text", "('').rep = function() return 'x' end", "error", "attempt to index a string value")
add("the metatable of texts", "getmetatable('').__index = {}", "refused", absent "getmetatable")
add("math.pi changed", "math.pi = 3", "refused", "math is read%-only")
add("a library function replaced by sort", "table.sort(string)", "refused", "this one is read%-only")
add("a library filled by insert", "table.insert(math, 1)", "refused", "this one is read%-only")
add("a global", "leak = 1", "refused", "assignment to the global 'leak'")
add("a global function replaced", "_ENV.pairs = nil", "refused", "assignment to the global 'pairs'")
add("another environment", "local _ENV = { field = field } field = nil", "harmless")
add("the environment thrown away",
  "local keep = ruleset _ENV = {} ruleset = keep", "refused", "project%.rate is missing")
add("_G", "_G.x = 1", "refused", "unknown name '_G'")
add("a field given a value", "field.actual = 1", "refused", "error%[script%-error%]")
add("a parameter given a value", "param.x = 1", "refused", "error%[script%-error%]")
add("os.execute", "os.execute('id')", "refused", absent "os")
add("io.open", "io.open('/etc/passwd')", "refused", absent "io")
add("package.loadlib", "package.loadlib('libc.so.6', '*')", "refused", absent "package")
add("the clock", "os.clock()", "refused", absent "os")
add("the locale", "os.setlocale('tr_TR')", "refused", absent "os")
add("the environment of the process", "os.getenv('HOME')", "refused", absent "os")
add("chance", "math.random()", "refused", absent "math.random")
add("print", "print('x')", "refused", absent "print")
add("an address by format", "string.format('%p', {})", "refused", "'%%p' would show an address")
add("an address by %s", "assert(string.format('%s', {}) == 'table')", "harmless")
add("an address by concatenation", "return 'x' .. {}", "error", "attempt to concatenate a table value")
add("an order of addresses", "table.sort({ {}, {} })", "error", "attempt to compare two table values")
add("keys that are tables, in pairs", "for k in pairs({ [{}] = 1 }) do end", "refused", "as a key")
add("a quoted table", "string.format('%q', {})", "error", "value has no literal form")
add("require of a path", "require('../r')", "refused", "error%[script%-name%]")
add("require of an absolute path", "require('/etc/passwd')", "refused", "error%[script%-name%]")
add("require of a name with NUL", "require('lib\\0/x')", "refused", "error%[script%-name%]")
add("require of stock Lua's libraries", "require('os')", "refused", "error%[script%-not%-found%]")
add("a link out of the folder",
  "require('link')", "refused", "error%[file%-outside%]", { link = { "scripts/link.lua", "/etc/passwd" } })
add("letters of another locale", "assert(('ıİäÄ'):upper() == 'ıİäÄ' and ('%.1f'):format(1.5) == '1.5')", "harmless")

place = "row"
add("a row given a value", "i.target = 5", "refused", "Indicator is read%-only")
add("the list of rows changed", "i.siblings[1] = nil", "refused", "siblings is read%-only")
add("the list of rows sorted", "table.sort(i.siblings)", "refused", "read%-only")
add("a formula by a row", "return field.actual", "refused", "function%-failed")
add("not a number", "return 0 / 0", "refused", "function%-failed")
add("infinity", "return math.huge", "refused", "function%-failed")
add("a text", "return ('9'):rep(1 << 20)", "refused", "function%-failed")
add("a hundred results", "return 80, table.unpack({}, 1, 100)", "harmless", "80")
add("negative zero", "return -0.0", "harmless", "0")

place = "library"
add("a library that changes names", "pairs = nil return {}", "refused", "assignment to the global 'pairs'")
add("a library that in a circle", "require('lib') return {}", "refused", "in a circle")
add("libraries in a circle", "require('b') return {}", "refused", "in a circle",
  { files = { ["scripts/b.lua"] = "require('lib') return {}" } })
add("libraries nine deep", "require('a1') return {}", "limit", "error%[require%-depth%]: .*8 deep", { files = {
  ["scripts/a1.lua"] = "require('a2') return {}", ["scripts/a2.lua"] = "require('a3') return {}",
  ["scripts/a3.lua"] = "require('a4') return {}", ["scripts/a4.lua"] = "require('a5') return {}",
  ["scripts/a5.lua"] = "require('a6') return {}", ["scripts/a6.lua"] = "require('a7') return {}",
  ["scripts/a7.lua"] = "require('a8') return {}", ["scripts/a8.lua"] = "require('a9') return {}",
  ["scripts/a9.lua"] = "return {}" } })
add("a library that is no table", "return 1", "refused", "error%[script%-result%]")
add("a library's table changed",
  "return { value = 1 }", "refused", "is read%-only", { rules = "require('lib').value = 2" })

place = "report"
add("a result given a value", "results.title = 'x'", "refused", "read%-only")
add("lists of results changed", "results.projects[1] = nil assert(results.projects[1].name == '다')", "harmless", "t")
add("a document in a circle", "local t = { title = 'x' } t.blocks = { t } return t", "data", "error%[document%-shape%]")
add("a document without end", "local blocks = {} for n = 1, 200000 do blocks[n] = { paragraph = 'x' } end " ..
  "return { title = 'x', blocks = blocks }", "data", "error%[document%-shape%]")
add("a table of a billion columns", "return { title = 'x', blocks = { { table = { columns = { { title = 'a' } }, " ..
  "rows = { { { text = 'x', columns = 1000000000 } } } } } } }", "data", "error%[document%-shape%]")
add("a document that is a function", "return function() end", "data", "error%[document%-shape%]")
add("a text that is no UTF-8", "return { title = '\\xff\\xfe', blocks = {} }", "data", "error%[document%-shape%]")
add("a heading with control characters", "return { title = 'a\\27[31mb\\0', blocks = {} }", "harmless", "a")

place = "format"
add("a drawn text of 2 MiB",
  "return ('x'):rep(2 * 1024 * 1024)", "limit", "error%[output%-too%-large%]: .*1 MiB.*%-%-output%-limit",
  { limits = "--output-limit 1" })
add("a drawn text beyond all documents of a run",
  "return ('x'):rep(2 * 1024 * 1024)", "limit", "error%[outputs%-too%-large%]: .*1 MiB.*%-%-outputs%-limit",
  { limits = "--outputs-limit 1" })
add("a drawn text that is no UTF-8", "return '\\xff'", "data", "error%[script%-result%]")
add("drawn lines that are no texts", "return { {}, 1 }", "data", "error%[script%-result%]")

-- ---- text that is no ordinary Lua

place = "file"
add("bytecode", "\27Lua\84\0\25\147\13\10\26\10\4\8\8", "error", "attempt to load a binary chunk")
add("bytecode behind a line with #", "#!\n\27Lua", "error", "error%[lua%-syntax%]")
add("bytecode behind a byte order mark", "\xEF\xBB\xBF\27Lua", "error", "attempt to load a binary chunk")
add("NUL bytes", "return\0ruleset {}", "error", "error%[lua%-syntax%]")
add("a file of more than 64 KiB", "--" .. ("x"):rep(65536), "limit", "error%[source%-too%-large%]")
add("60,000 brackets", "return " .. ("("):rep(60000), "error", "error%[lua%-syntax%]")
add("60,000 braces", "return " .. ("{"):rep(60000), "error", "error%[lua%-syntax%]")
add("20,000 times not", "return " .. ("not "):rep(15000) .. "1", "error", "error%[lua%-syntax%]")
add("20,000 texts joined", "return " .. ("'a'.."):rep(12000) .. "'a'", "error", "error%[lua%-syntax%]")
add("300 nested functions", ("return function() "):rep(300) .. ("end "):rep(300), "error", "error%[lua%-syntax%]")
add("300 locals", ("local a "):rep(300), "error", "too many local variables")
add("10,000 times else if",
  "local a if a then " .. ("elseif a then "):rep(4000) .. "end return 1", "data", "error%[[%l-]+%]")
add("a comment without end", "--[==[", "error", "unfinished long comment")
add("an escape beyond Unicode", "return '\\u{7FFFFFFFF}'", "error", "error%[lua%-syntax%]")
add("a goto out of a function", "::a:: return function() goto a end", "error", "no visible label 'a'")
add("nothing", "", "data", "error%[[%l-]+%]")
add("a hundred thousand results", "return table.unpack({}, 1, 100000)", "data", "error%[[%l-]+%]")
add("a table in a circle", "local t = {} t.t = t return ruleset(t)", "data", "error%[[%l-]+%]")
add("a table 10,000 deep",
  "local t = {} for _ = 1, 10000 do t = { t } end return ruleset { title = t }", "data", "error%[[%l-]+%]")
add("a table that is 2^40 tables",
  "local t = {} for _ = 1, 40 do t = { t, t } end return ruleset { title = t }", "data",
  "error%[[%l-]+%]")
local FORMULA = "return ruleset { title = 't', data = '../d.csv', rate = { { e } }, project = { rate = mean }, " ..
  "rounding = { digits = 0, mode = 'half_up' }, verdict = { { 'x', key = 'x' } } }"
add("a formula 200,000 deep", "local e = field.actual for _ = 1, 200000 do e = e + 1 end " ..
  FORMULA,
  "data", "error%[[%l-]+%]")
add("a formula that is 2^60 formulas", "local e = field.actual for _ = 1, 60 do e = e + e end " ..
  FORMULA,
  "data", "error%[[%l-]+%]")
add("a formula that squares 40 times", "local e = field.actual for _ = 1, 40 do e = e * e end " ..
  FORMULA,
  "data", "error%[[%l-]+%]")
local MANY = "local many = {} for n = 1, 20000 do many[%s] = %s end " ..
  "return ruleset { title = 't', data = '../d.csv', project = { rate = mean }, " ..
  "rate = %s, rounding = { digits = 0, mode = 'half_up' }, verdict = %s, special = %s, params = %s }"

local function many(key, item, class, message)
  local rest = { rate = "{ { 1 } }", verdict = "{ { 'x', key = 'x' } }", special = "{}", params = "{}" }
  rest[key] = "many"
  local index = key == "params" and "'p' .. n" or "n"
  local source = MANY:format(index, item, rest.rate, rest.verdict, rest.special, rest.params)
  add("20,000 entries of " .. key, source, class, message)
end
many("verdict", "{ 'v' .. n, key = 'k' .. n, at_most = n }", "limit", "error%[too%-many%-entries%]")
many("rate", "{ name = 'n' .. n, when = { unit = 'u' .. n }, field.actual }", "data", "error%[[%l-]+%]")
many("special", "{ project = 'p' .. n, verdict = 'x', because = 'b' }", "limit", "error%[too%-many%-entries%]")
many("params", "{ n, unit = '%', min = 0, max = 1000000 }", "data", "error%[[%l-]+%]")

-- ---- what is wrong in Lua 5.4.4 itself: out of reach, or without harm

place = "rules"
add("5.4.4: weak metatables", "setmetatable({}, setmetatable({}, { __mode = 'v' }))", "refused", absent "setmetatable")
add("5.4.4: coroutines that close each other",
  "coroutine.close(coroutine.create(print))", "refused", absent "coroutine")
add("5.4.4: an error while memory for the error is short",
  "local t = {} local function f() t[#t + 1] = #t local x = nil .. f() end f()", "limit", "error%[script%-memory%]")
add("5.4.4: break out of a block with a value to close",
  "for n = 1, 3 do local x <close> = nil if n == 2 then break end end", "harmless")
add("5.4.4: operators on bits of constants", "local n = 1 ~ (2 or 3)", "harmless", nil,
  { warning = "warning%[bit%-operator%]: `~` computes with the bits of numbers" })
add("5.4.4: an index that is a comparison",
  "local function f(a, b) local t = { [true] = 'y', [false] = 'n' } return t[a < b] .. " ..
  "t[a > b] end assert(f(1, 2) == 'yn')",
  "harmless")
add("5.4.4: a constructor of many entries", "local t = { " .. ("[1] = 1, 'x', "):rep(400) .. "} assert(#t == 400)",
  "harmless")
add("5.4.4: assignments that overlap",
  "local function f() local a return function() local b a, b = 3, 14 return a, b end end " ..
  "local a, b = f()() assert(a == 3 and b == 14)", "harmless")
add("5.4.4: a message handler overwritten",
  "xpcall(coroutine.wrap(error), coroutine.close)", "refused", absent "xpcall")
add("5.4.4: the line of an error in a long expression", "local a\nlocal b = 1 +\n a.b.c", "error", "error%[%l+%-%l+%]")
add("5.4.4: stray bytes in utf8.codes", "for _ in utf8.codes('ab\x80') do end", "refused", absent "utf8.codes")
add("5.4.4: comparison of texts with NUL", "assert('a\0b' < 'a\0c' and not ('a\0b' < 'a\0'))", "harmless")
add("5.4.4: a deep stack behind an error",
  "local function f(n) if n == 0 then error('deep') end return (f(n - 1)) end f(9000)", "error",
  "error%[script%-error%]: deep")
add("5.4.4: settop over a value to close", "local x <close> = 1", "error", "non%-closable value")
add("5.4.4: a hook that yields", "coroutine.yield()", "refused", absent "coroutine")

-- ---- ordinary programs work

add("a loop of a million", "local n = 0 for i = 1, 1000000 do n = n + i end assert(n == 500000500000)", "harmless")
add("sorting 10,000 numbers", "local t = {} for i = 1, 10000 do t[i] = i * 7919 % 10007 end table.sort(t) " ..
  "for i = 2, #t do assert(t[i - 1] < t[i]) end", "harmless")
add("recursion 5,000 deep",
  "local function f(n) return n == 0 and 0 or 1 + f(n - 1) end assert(f(5000) == 5000)", "harmless")
add("8 MB of data",
  "local t = {} for i = 1, 80 do t[i] = ('x'):rep(100000) end assert(#table.concat(t) == 8000000)", "harmless")
add("Korean text", "local t = {} for w in ('목표 실적 부진'):gmatch('%S+') do t[#t + 1] = w end " ..
  "assert(table.concat(t, '/') == '목표/실적/부진' and utf8.len(t[1]) == 2)", "harmless")
add("closures that count", "local function counter() local n = 0 return function() n = n + 1 return n end end " ..
  "local a, b = counter(), counter() assert(a() + a() + b() == 4)", "harmless")
add("patterns", "local y, m = ('2019-06-30'):match('^(%d+)-(%d+)') assert(y == '2019' and m == '06')", "harmless")
add("words counted in order",
  "local t, s = { b = 1, a = 2 }, '' for k, v in pairs(t) do s = s .. k .. v end assert(s == 'a2b1')",
  "harmless")

return scripts
