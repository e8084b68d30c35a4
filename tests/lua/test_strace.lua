-- What the program asks of the system, as strace sees it: it opens for writing what it was told to write, starts no
-- program, speaks to nobody; and the process that runs scripts, once locked in, makes none but a few calls.
package.path = "tests/lua/?.lua;" .. package.path
local unit = require("luaunit")
local support = require("support")

-- Sanitizers, valgrind and the counts of coverage make calls of their own, and some machines allow no tracing.
local function can_trace()
  if os.getenv("COVERAGE") then return false end
  if (os.getenv("RUNNER") or "") ~= "" or (os.getenv("LUA_PRELOAD") or "") ~= "" then return false end
  return os.execute("strace -f -o /dev/null true >/dev/null 2>&1") == true
end

-- The calls in order: { pid =, name =, arguments = }; a call that another one interrupts stands once.
local function trace(words, home)
  local folder = support.folder()
  local log = folder .. "/log"
  local _, _, status = os.execute(("%s strace -f -y -s 200 -o %s %s %s >/dev/null 2>%s/err </dev/null")
    :format(home and "HOME=" .. home or "", log, support.quote(support.program), words, folder))
  local calls = {}
  for line in io.lines(log) do
    local pid, name, arguments = line:match("^(%d+) +([%w_]+)%((.*)")
    if name then calls[#calls + 1] = { pid = pid, name = name, arguments = arguments } end
  end
  return calls, status, support.read(folder .. "/err")
end

local FORBIDDEN = {
  execveat = true, socket = true, connect = true, bind = true, listen = true, accept = true, accept4 = true,
  ptrace = true, mount = true, chmod = true, fchmodat = true, chown = true,
}

-- The guard of processes that run libraries of others (base/guard) lets these calls fail.
local function is_refused(call) return call.arguments:find(" = -1 EACCES", 1, true) ~= nil end

-- Of those the filter lets pass; what the C library may add when a process ends.
local LOCKED = {
  read = true, write = true, clock_gettime = true, rt_sigreturn = true, brk = true, mmap = true, mprotect = true,
  munmap = true, mremap = true, madvise = true, futex = true, getrandom = true, rt_sigprocmask = true,
  restart_syscall = true, exit = true, exit_group = true, sysinfo = true,
}

-- The paths among a call's arguments: those behind the descriptor of a folder are seen from it.
local function paths_of(arguments)
  local paths = {}
  for before, path in arguments:gmatch('([^"]*)"(.-)"') do
    local folder = before:match("<(.-)>, $")
    paths[#paths + 1] = folder and path:sub(1, 1) ~= "/" and folder .. "/" .. path or path
  end
  return paths
end

local WRITING = { "O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC", "O_TMPFILE" }
local CHANGING = { "rename", "link", "unlink", "mkdir", "rmdir", "symlink", "truncate", "mknod", "creat" }

-- Every path that a call may change.
local function written(call)
  if is_refused(call) then return {} end
  for _, flag in ipairs(call.name:find("^open") and WRITING or {}) do
    if call.arguments:find(flag) then return paths_of(call.arguments) end
  end
  for _, name in ipairs(CHANGING) do
    if call.name:find("^" .. name) then return paths_of(call.arguments) end
  end
  return {}
end

-- What is wrong with the calls of a run that may write below `folder` only (nil: nowhere).
-- `packs`: it makes XLSX.
local function faults(calls, folder, packs)
  local found, programs, scripts, locked, confined = {}, 0, {}, {}, 0
  local function fault(call) found[#found + 1] = call.pid .. " " .. call.name .. "(" .. call.arguments:sub(1, 100) end
  for _, call in ipairs(calls) do
    if call.name == "execve" then programs = programs + 1 end
    if (FORBIDDEN[call.name] or programs > 1) and not is_refused(call) then fault(call) end
    for _, path in ipairs(written(call)) do
      local inside = folder and path:sub(1, #folder + 1) == folder .. "/"
      -- a link to a file without a name is made through /proc, and one in memory is opened there
      local nameless = path:find("^/proc/self/fd/%d+$")
      -- libxlsxwriter keeps parts of a workbook in files that it makes and removes at once
      local temporary = packs and path:find("^/tmp/tmp%.%w+$")
        and (call.name == "unlink" or call.arguments:find("O_RDWR|O_CREAT|O_EXCL, 0600", 1, true))
      if not inside and not nameless and not temporary then fault(call) end
    end
    if locked[call.pid] and not LOCKED[call.name] then fault(call) end
    if call.name == "prctl" and call.arguments:find("PR_SET_DUMPABLE") then scripts[call.pid] = true end
    if scripts[call.pid] and call.name == "prctl" and call.arguments:find("PR_SET_SECCOMP") then
      locked[call.pid] = true
      confined = confined + 1
    end
  end
  return table.concat(found, "\n"), confined
end

TestStrace = {}

local modules = support.program:match("^(.*)/[^/]*$") .. "/modules/"
local function has(module)
  local file = io.open(modules .. module .. ".so")
  return file and file:close()
end

-- words, exit code, how many processes ran scripts at least, modules; reads: nothing is written anywhere
local runs = {
  { "run rules/2019.lua -o %s/report.txt", 0, 2 },
  { "run rules/2019.lua --format csv -o %s/rows.csv", 0, 1 },
  { "run rules/2019.lua --report sluggish --format markdown", 0, 2 },
  { "run rules/2019.lua --format html --record %s/records -o %s/a.html", 0, 2 },
  { "run rules/2019.lua --format pdf -o %s/a.pdf", 0, 2, { "pdf" } },
  { "run rules/examples/polarity.lua --format docx -o %s/a.docx", 0, 2, { "pdf", "zip" } },
  { "run rules/examples/polarity.lua --format xlsx -o %s/a.xlsx", 0, 2, { "xlsxwrite" }, packs = true },
  { "template rules/2019.lua -o %s/t.xlsx", 0, 1, { "xlsxwrite" }, packs = true },
  { "run rules/2019.lua --format csv --data %s/in.xlsx -o %s/rows.csv", 0, 1, { "xlsxwrite", "office" } },
  { "history list --store %s/history.db", 0, 0, { "store" }, reads = true },
  { "history trend --format svg --store %s/history.db", 0, 0, { "store" }, reads = true },
  { "run rules/examples/years.lua --last-year-from %s/history.db --format csv", 0, 1, { "store" }, reads = true },
  { "history add %s/rec --store %s/history.db", 0, 0, { "store" } },
  { "compare rules/2019.lua --set sluggish_at_most=85", 0, 1 },
  { "check rules/2020.lua", 0, 1 },
  { "run tests/cases/limit-endless/rules/endless.lua --load-limit 0.02 -o %s/none.txt", 4, 1 },
}

function TestStrace.test_runs()
  unit.skipIf(not can_trace(), "no strace")
  for _, run in ipairs(runs) do
    local folder, built = support.folder(), true
    for _, module in ipairs(run[4] or {}) do built = built and has(module) end
    if built and run[1]:find("in.xlsx", 1, true) then
      support.run("template rules/2019.lua -o " .. folder .. "/in.xlsx")
    end
    if built and run[1]:find("history.db", 1, true) then
      support.run("run rules/2019.lua --record " .. folder .. "/rec -o " .. folder .. "/out")
      support.run(("history add %s/rec --store %s/history.db"):format(folder, folder))
    end
    local calls, status, messages = {}, run[2], ""
    -- a home of its own, where fontconfig would like to keep what it finds
    if built then calls, status, messages = trace((run[1]:gsub("%%s", folder)), folder .. "/home") end
    unit.assertEquals(status, run[2], run[1] .. messages)
    local found, confined = faults(calls, not run.reads and folder or nil, run.packs)
    unit.assertTrue(found == "", run[1] .. "\n" .. found:sub(1, 1500))
    unit.assertTrue(not built or (#calls > 20 and confined >= run[3]), run[1])
  end
end

-- Fonts that fontconfig has not seen yet are not noted down by it, and a library of drawing starts and reaches nothing.
function TestStrace.test_fonts_are_only_read()
  unit.skipIf(not can_trace() or not has("pdf"), "no strace, or no module pdf")
  local folder = support.folder()
  support.write(folder .. "/fonts.conf", ("<?xml version='1.0'?><fontconfig><dir>%s/fonts</dir>"
    .. "<dir>/usr/share/fonts</dir><cachedir>%s/cache</cachedir></fontconfig>\n"):format(folder, folder))
  os.execute("mkdir " .. folder .. "/fonts")
  local calls, status = trace(("run rules/2019.lua --format pdf -o %s/out/a.pdf"):format(folder), folder
    .. " FONTCONFIG_FILE=" .. folder .. "/fonts.conf")
  unit.assertTrue(status == 0 or status == 5) -- 5: no font for Korean is installed
  local found = faults(calls, folder .. "/out")
  unit.assertTrue(found == "", found:sub(1, 1500))
  local tried = 0
  for _, call in ipairs(calls) do
    if is_refused(call) and call.arguments:find(folder .. "/cache", 1, true) then tried = tried + 1 end
  end
  unit.assertTrue(tried > 0)
end

-- That the test sees what it looks for.
function TestStrace.test_itself()
  local function found(name, arguments, locked)
    local calls = { { pid = "1", name = "execve", arguments = "" } }
    for _, option in ipairs(locked and { "PR_SET_DUMPABLE, 0", "PR_SET_SECCOMP, SECCOMP_MODE_FILTER" } or {}) do
      calls[#calls + 1] = { pid = "1", name = "prctl", arguments = option }
    end
    calls[#calls + 1] = { pid = "1", name = name, arguments = arguments }
    return (faults(calls, "/out")) ~= ""
  end
  unit.assertFalse(found("openat", 'AT_FDCWD, "/etc/passwd", O_RDONLY|O_CLOEXEC) = 3'))
  unit.assertTrue(found("openat", 'AT_FDCWD, "/etc/passwd", O_RDWR) = 3'))
  unit.assertTrue(found("openat", 'AT_FDCWD, "/outer", O_WRONLY|O_CREAT, 0600) = 3'))
  unit.assertFalse(found("openat", 'AT_FDCWD, "/out/r", O_WRONLY|O_CREAT, 0600) = 3'))
  unit.assertTrue(found("rename", '"/out/r", "/etc/r") = 0'))
  unit.assertFalse(found("openat", '3</out>, ".", O_WRONLY|O_TMPFILE, 0600) = 4</out/#1>'))
  unit.assertFalse(found("renameat", '3</out>, "a", 3</out>, "b") = 0'))
  unit.assertTrue(found("renameat", '3</out>, "a", 3</etc>, "b") = 0'))
  unit.assertTrue(found("openat", 'AT_FDCWD</home>, "a", O_WRONLY) = 3</home/a>'))
  unit.assertTrue(found("unlink", '"/etc/r") = 0'))
  unit.assertTrue(found("execve", '"/bin/true", ["true"]) = 0'))
  unit.assertTrue(found("connect", "3, {sa_family=AF_INET}) = 0"))
  unit.assertTrue(found("openat", 'AT_FDCWD, "/etc/passwd", O_RDONLY) = 3', true))
  unit.assertFalse(found("write", '3, "x", 1) = 1', true))
end

os.exit((function()
  local code = unit.LuaUnit.run()
  support.clean()
  return code
end)())
