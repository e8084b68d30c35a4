-- Runs scripts of the project under stock Lua, with the names that the engine gives them.
local engine = require("perfeval_engine")

local host = {}

-- The names of the sandbox's list, "table.sort" in a table of its own.
local function allowed_names()
  local values = { text = engine.text }
  for _, entry in ipairs(engine.sandbox_names()) do
    local library, name = entry.name:match("^(%w+)%.(%w+)$")
    if library and library ~= "text" then
      values[library] = values[library] or {}
      values[library][name] = _G[library][name]
    elseif not library then
      values[entry.name] = _G[entry.name]
    end
  end
  return values
end

-- As the sandbox: a name that is not there is an error, and so is a new global.
local function environment()
  local values = allowed_names()
  values.require = function(name) return host.load("scripts/" .. name .. ".lua") end
  return setmetatable({}, {
    __index = function(_, name)
      if values[name] == nil then error("unknown name " .. tostring(name), 2) end
      return values[name]
    end,
    __newindex = function(_, name) error("new global " .. tostring(name), 2) end,
  })
end

-- What a script's text returns.
function host.run(code, name)
  return assert(load(code, "=" .. name, "t", environment()))()
end

function host.load(path)
  return assert(loadfile(path, "t", environment()))()
end

function host.format(name)
  return host.load("scripts/formats/" .. name .. ".lua")
end

function host.report(name)
  return host.load("scripts/reports/" .. name .. ".lua")
end

-- The normalised document; an error that lists the faults when there are any.
function host.document(value)
  local document, faults = engine.document(value)
  if not document then error(table.concat(faults, "\n"), 2) end
  return document
end

-- The lines of what a format drew; each ends with a line end.
function host.lines(drawn)
  local lines = {}
  for line in drawn:gmatch("(.-)\n") do lines[#lines + 1] = line end
  return lines
end

return host
