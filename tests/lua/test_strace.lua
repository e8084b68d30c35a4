-- What the program asks of the system, as strace sees it: it opens for writing what it was told to write, starts no
-- program, speaks to nobody; and the process that runs scripts, once locked in, makes none but a few calls.
package.path = "tests/lua/?.lua;" .. package.path
local unit = require("luaunit")
local support = require("support")

-- Sanitizers and valgrind make calls of their own, and some machines allow no tracing.
local function can_trace()
  if (os.getenv("RUNNER") or "") ~= "" or (os.getenv("LUA_PRELOAD") or "") ~= "" then return false end
  return os.execute("strace -f -o /dev/null true >/dev/null 2>&1") == true
end

-- The calls in order: { pid =, name =, arguments = }; a call that another one interrupts stands once.
local function trace(words)
  local folder = support.folder()
  local log = folder .. "/log"
  local _, _, status = os.execute(("strace -f -y -s 200 -o %s %s %s >/dev/null 2>%s/err </dev/null")
    :format(log, support.quote(support.program), words, folder))
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
  for _, flag in ipairs(call.name:find("^open") and WRITING or {}) do
    if call.arguments:find(flag) then return paths_of(call.arguments) end
  end
  for _, name in ipairs(CHANGING) do
    if call.name:find("^" .. name) then return paths_of(call.arguments) end
  end
  return {}
end

-- What is wrong with the calls of a run that may write below `folder` only (nil: nowhere).
local function faults(calls, folder)
  local found, programs, locked, confined = {}, 0, {}, 0
  local function fault(call) found[#found + 1] = call.pid .. " " .. call.name .. "(" .. call.arguments:sub(1, 100) end
  for _, call in ipairs(calls) do
    if call.name == "execve" then programs = programs + 1 end
    if FORBIDDEN[call.name] or programs > 1 then fault(call) end
    for _, path in ipairs(written(call)) do
      local inside = folder and path:sub(1, #folder + 1) == folder .. "/"
      -- a link to a file without a name is made through /proc
      if not inside and not path:find("^/proc/self/fd/%d+$") then fault(call) end
    end
    if locked[call.pid] and not LOCKED[call.name] then fault(call) end
    if call.name == "prctl" and call.arguments:find("PR_SET_SECCOMP") then
      locked[call.pid] = true
      confined = confined + 1
    end
  end
  return table.concat(found, "\n"), confined
end

TestStrace = {}

-- words, exit code, how many processes ran scripts at least
local runs = {
  { "run rules/2019.lua -o %s/report.txt", 0, 2 },
  { "run rules/2019.lua --format csv -o %s/rows.csv", 0, 1 },
  { "run rules/2019.lua --report sluggish --format markdown", 0, 2 },
  { "check rules/2020.lua", 0, 1 },
  { "run tests/cases/limit-endless/rules/endless.lua --load-limit 0.02 -o %s/none.txt", 4, 1 },
}

function TestStrace.test_runs()
  unit.skipIf(not can_trace(), "no strace")
  for _, run in ipairs(runs) do
    local folder = support.folder()
    local calls, status, messages = trace((run[1]:gsub("%%s", folder)))
    unit.assertEquals(status, run[2], run[1] .. messages)
    unit.assertTrue(#calls > 20)
    local found, confined = faults(calls, folder)
    unit.assertEquals(found, "", run[1])
    unit.assertTrue(confined >= run[3], run[1])
  end
end

-- That the test sees what it looks for.
function TestStrace.test_itself()
  local function found(name, arguments, locked)
    local calls = { { pid = "1", name = "execve", arguments = "" } }
    if locked then calls[2] = { pid = "1", name = "prctl", arguments = "PR_SET_SECCOMP, SECCOMP_MODE_FILTER" } end
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
