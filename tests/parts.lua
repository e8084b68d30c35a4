-- Prints what is in a ZIP archive, for the cases: parts.lua FILE [NAME…]. Of each part its size and method, then its
-- text (of the named parts only, when there are names), a line for each tag.
package.path = arg[0]:gsub("[^/]*$", "") .. "lua/?.lua;" .. package.path
local archive = require("archive")

local file = assert(io.open(arg[1], "rb"))
local entries = archive.read(file:read("a"))
file:close()
local wanted = {}
for i = 2, #arg do wanted[arg[i]] = true end
for _, entry in ipairs(entries) do
  print(("== %s, %d bytes, method %d"):format(entry.name, #entry.text, entry.method))
  if not arg[2] or wanted[entry.name] then print((entry.text:gsub("><", ">\n<"):gsub("\r", ""))) end
end
