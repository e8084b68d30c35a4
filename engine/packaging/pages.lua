-- Completions for bash, zsh and fish and the man page, made of the tables of commands and flags and of the pages of
-- help: `lua5.4 engine/packaging/pages.lua DIR` writes them into DIR (`make pages`: build/pages).
-- It reads engine/app/flags.c, flags.h and cmd_help.c, and asks the program (PERFEVAL, else build/perfeval).
local pages = {}

local program = os.getenv("PERFEVAL") or "build/perfeval"
local runner = os.getenv("RUNNER") or ""

local function read(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read("a")
  file:close()
  return text
end

local function ask(words)
  local pipe = assert(io.popen(("LC_ALL=C.UTF-8 %s '%s' %s --lang en"):format(runner, program, words)))
  local text = pipe:read("a")
  pipe:close()
  return text
end

local LIMITS = { SCRIPT_LIMIT = "LIMIT_FLAGS", INPUT_LIMIT = "INPUT_FLAGS" }

-- The flags of the table, in its order: { name, brief, letter, value }.
local function read_flags()
  local source, flags = read("engine/app/flags.c"), {}
  local letters = read("engine/app/flags.h")
  local function letter_of(word)
    return word and (word:match("'(.)'") or letters:match("#define " .. word .. "%s+'(.)'")) or ""
  end
  for entry in source:match("static const Flag flags%[%] = (%b{})"):gmatch("[^\n]+") do
    local kind, name, rest = entry:match('([%u_]+)%("(%-%-[%w-]+)", *(.*)')
    if LIMITS[kind] then
      flags[#flags + 1] = { name = name, value = true, letter = letter_of(LIMITS[kind]) }
    elseif kind then
      flags[#flags + 1] = { name = name, value = kind ~= "SWITCH", letter = letter_of(rest:match("^([%w_']+),")) }
    elseif entry:find(".name", 1, true) then
      flags[#flags + 1] = {
        name = entry:match('%.name = "(.-)"'), brief = entry:match('%.brief = "(.-)"'),
        value = not entry:find("FLAG_SWITCH", 1, true), letter = letter_of(entry:match("%.letter = ([%w_']+)")),
      }
    end
  end
  return flags
end

-- The commands of the table: { name, flags, purpose (of the page of help) }.
function pages.commands()
  local flags, help, commands = read_flags(), ask("help"), {}
  local source = read("engine/app/cmd_help.c"):match("const Command commands%[%] = (%b{})")
  for name, letters in source:gmatch('{"([%a-]+)",%s*[%w_]+,%s*"(%a*)"') do
    local command = { name = name, flags = {} }
    command.purpose = assert(help:match("\n  perfeval " .. name .. " [^ ]* +([^\n]+)"), "no purpose of " .. name)
    for _, flag in ipairs(flags) do
      if flag.letter == "" or letters:find(flag.letter, 1, true) then
        command.flags[#command.flags + 1] = flag
      end
    end
    commands[#commands + 1] = command
  end
  return commands
end

local function words(list, between)
  local names = {}
  for _, item in ipairs(list) do
    names[#names + 1] = item.name
    names[#names + 1] = item.brief
  end
  return table.concat(names, between or " ")
end

-- Lines of a shell's case statement: the flags of each command.
local function cases(commands, format)
  local lines = {}
  for _, command in ipairs(commands) do lines[#lines + 1] = format:format(command.name, words(command.flags)) end
  return table.concat(lines, "\n")
end

local makers = {}

makers["perfeval.bash"] = function(commands)
  return ([[
# bash completion of perfeval, made by pages.lua
_perfeval() {
    local word=${COMP_WORDS[COMP_CWORD]} words=
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        words="%s --help --version"
    elif [ "${word#-}" != "$word" ]; then
        case ${COMP_WORDS[1]} in
%s
        esac
    else
        return
    fi
    mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
}
complete -o default -F _perfeval perfeval
]]):format(words(commands), cases(commands, '        %s) words="%s" ;;'))
end

makers["_perfeval"] = function(commands)
  return ([=[
#compdef perfeval
# zsh completion of perfeval, made by pages.lua
if (( CURRENT == 2 )); then
    compadd -- %s --help --version
elif [[ $words[CURRENT] != -* ]]; then
    _files
else
    case $words[2] in
%s
    esac
fi
]=]):format(words(commands), cases(commands, "    %s) compadd -- %s ;;"))
end

makers["perfeval.fish"] = function(commands)
  local lines = { "# fish completion of perfeval, made by pages.lua" }
  for _, command in ipairs(commands) do
    lines[#lines + 1] = ("complete -c perfeval -n __fish_use_subcommand -a %s -d '%s'"):format(command.name,
      (command.purpose:gsub("'", "\\'")))
  end
  for _, command in ipairs(commands) do
    for _, flag in ipairs(command.flags) do
      lines[#lines + 1] = ("complete -c perfeval -n '__fish_seen_subcommand_from %s' -l %s%s%s"):format(command.name,
        flag.name:sub(3), flag.brief and " -s " .. flag.brief:sub(2) or "", flag.value and " -r" or "")
    end
  end
  return table.concat(lines, "\n") .. "\n"
end

-- A line of text for mdoc: no requests in it, letters beyond ASCII by number.
local function plain(line)
  line = line:gsub("\\", "\\e"):gsub("[%z\1-\127\194-\244][\128-\191]*", function(char)
    return #char > 1 and ("\\[u%04X]"):format(utf8.codepoint(char)) or nil
  end)
  return (line:gsub("^[.']", "\\&%0"))
end

local function literal(lines, text)
  lines[#lines + 1] = ".Bd -literal"
  for line in text:gsub("\n+$", ""):gmatch("([^\n]*)\n?") do lines[#lines + 1] = plain(line) end
  while lines[#lines] == "" do lines[#lines] = nil end
  lines[#lines + 1] = ".Ed"
end

makers["perfeval.1"] = function(commands)
  local lines = {
    '.\\" made by pages.lua', ".Dd November 23, 2026", ".Dt PERFEVAL 1", ".Os", ".Sh NAME", ".Nm perfeval",
    ".Nd evaluate performance indicators by rules", ".Sh SYNOPSIS", ".Nm", ".Ar command", ".Op Ar operand ...",
    ".Op Ar flag ...", ".Sh DESCRIPTION", ".Nm",
    "evaluates performance indicators by rules that you edit,", "and prints the report.",
    "Flags may stand anywhere;", ".Fl Fl", "ends them.", "The commands are:", ".Bl -tag -width explain",
  }
  for _, command in ipairs(commands) do
    lines[#lines + 1] = ".It Cm " .. command.name
    lines[#lines + 1] = plain(command.purpose:gsub(", ", ",\n"))
  end
  lines[#lines + 1] = ".El"
  for _, command in ipairs(commands) do
    lines[#lines + 1] = ".Ss perfeval " .. command.name
    literal(lines, ask("help " .. command.name))
    lines[#lines + 1] = "Flags:"
    for i, flag in ipairs(command.flags) do
      local stop = i < #command.flags and " ," or " ."
      lines[#lines + 1] = (".Fl %s%s%s"):format(flag.name:sub(2), flag.value and " Ar value" or "", stop)
    end
  end
  lines[#lines + 1] = ".Sh EXIT STATUS"
  literal(lines, ask("help exit"))
  return table.concat(lines, "\n") .. "\n"
end

-- name of the file -> what it should hold
function pages.make()
  local commands, made = pages.commands(), {}
  for name, maker in pairs(makers) do made[name] = maker(commands) end
  return made
end

if arg[0]:find("packaging/pages.lua", 1, true) then
  for name, text in pairs(pages.make()) do
    local file = assert(io.open(assert(arg[1], "a folder is missing") .. "/" .. name, "wb"))
    file:write(text)
    file:close()
  end
end

return pages
