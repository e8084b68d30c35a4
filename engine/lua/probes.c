#include "lua/probes.h"

#include "lua/objects.h"
#include "lua/readonly.h"
#include "lua/sandbox.h"
#include "lua/state.h"
#include "lua/translate.h"
#include "model/dataset_build.h"

#include <lauxlib.h>

/* Every instruction that is translated, at least once: functions of rows, and functions of units. */
static const char source[] =
    "local cut, mark = 80, 'down'\n"
    "local floor, max = math.floor, math.max\n"
    "return {\n"
    "function(i) return i.actual / i.target * 100 end,\n"
    "function(i) local t, a = i.target, i.actual\n"
    "  if t == nil or a == nil or t == 0 then return nil end\n"
    "  local q = a / t\n"
    "  if i.polarity == mark then return (2 - q) * 100 end\n"
    "  return q * 100 end,\n"
    "function(i) return i.actual and i.actual >= (i.target or cut) and 100 or (i.actual or 1) / 3 end,\n"
    "function(i) return i.actual ~= nil and i.actual > cut end,\n"
    "function(i) return not i.polarity, 5 end,\n"
    "function(i) local x = i.actual + 1 - i.target * 2\n"
    "  if x < 3 then x = -x elseif x <= 7.5 then x = x + 0.25 end\n"
    "  return x // 2 + x % 7 + x ^ 2 - x ^ 0.5 end,\n"
    "function(i) return i.actual // i.target end,\n"
    "function(i) return i.actual % i.target end,\n"
    "function(i) return i.actual ^ i.target end,\n"
    "function(i) return math.min(i.actual, 100, i.target) end,\n"
    "function(i) return max(0, math.min(floor(i.actual), math.ceil(i.target))) end,\n"
    "function(i) local x = math.abs(i.actual) return math.sqrt(x), nil end,\n"
    "function(i) if i.polarity == 'up' or i.polarity ~= i.note then return 1 end end,\n"
    "function(i, none) local p = i.polarity or 'up'\n"
    "  if i.target == i.actual then return false elseif p == 'up' then return true end\n"
    "  local low = i.target < i.actual\n"
    "  if low == true or none then return 5 >= i.actual end\n"
    "  return 2 > i.target and math.pi end,\n"
    "}, {\n"
    "function(c) local sum, count = 0, 0\n"
    "  for _, i in ipairs(c) do if i.target then sum = sum + i.target count = count + 1 end end\n"
    "  return count > 0 and sum / count or nil end,\n"
    "function(c) local best\n"
    "  for k, i in ipairs(c) do\n"
    "    if k > 6 then break end\n"
    "    if i.actual and (not best or i.actual > best) then best = i.actual end\n"
    "  end\n"
    "  return best end,\n"
    "function(c) local last = c[1].target or 0\n"
    "  for k = 1, #c do local i = c[k]\n"
    "    if i.polarity == mark then return k end\n"
    "    last = max(last, i.actual or 0)\n"
    "  end\n"
    "  return last - #c end,\n"
    "function(c) local a, b = 0, 1\n"
    "  for _, i in ipairs(c) do a, b = b, a + (i.target or 1) end\n"
    "  for _ in ipairs(c) do a = a + 1 end\n"
    "  return a - b end,\n"
    "}\n";

#define VALUES 8
#define ROWS   64 /* each value with each */

/* Columns of the rows, in this order. */
static const ColumnId columns[] = {COLUMN_BUREAU, COLUMN_DEPARTMENT, COLUMN_PROJECT,  COLUMN_INDICATOR,
                                   COLUMN_TARGET, COLUMN_ACTUAL,     COLUMN_POLARITY, COLUMN_NOTE};

enum { PROJECT = 2, TARGET = 4, ACTUAL, POLARITY, NOTE };

static void set_number(Dataset *dataset, size_t column, size_t which) {
    static const int64_t digits[VALUES] = {0, 0, 1, -3, 25, 80, -1, 9007199254740993};
    static const uint32_t scales[VALUES] = {0, 0, 0, 0, 1, 0, 1, 0};
    if (which == 0)
        dataset_set_missing(dataset, column, MISSING_BLANK);
    else
        dataset_set_number(dataset, column, (Decimal){.digits = digits[which], .scale = scales[which]});
}

/* Projects of one row, of two, …: more than a program looks at. */
static const char *project_of(uint32_t row) {
    static const char *const names[] = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"};
    uint32_t size = 1;
    for (; row >= size; size++) row -= size;
    return names[size - 1];
}

Dataset *probes_rows(void) {
    static const char *const words[] = {"", "up", "down", "other", "up"};
    Dataset *dataset = dataset_new(STR("probes"));
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        const ColumnInfo *info = column_info(columns[i]);
        dataset_add_column(dataset, str_of(info->name), columns[i], info->number);
    }
    for (uint32_t row = 0; row < ROWS; row++) {
        dataset_add_row(dataset, row + 2);
        for (size_t i = 0; i < TARGET; i++)
            dataset_set_text(dataset, i, i == PROJECT ? str_of(project_of(row)) : STR("a"));
        set_number(dataset, TARGET, row % VALUES);
        set_number(dataset, ACTUAL, row / VALUES);
        dataset_set_text(dataset, POLARITY, str_of(words[row % 3]));
        dataset_set_text(dataset, NOTE, str_of(words[row % 5]));
    }
    dataset_finish(dataset);
    return dataset;
}

typedef struct Probing {
    const Dataset *dataset;
    bool units; /* functions of these are asked, not of rows */
    uint32_t count;
    Arena arena;
    Answer answers[ROWS];
    uint32_t rows[ROWS], left[ROWS];
    size_t left_count;
    bool good;
} Probing;

/* Pushes the tables of probes. Stack: nothing. */
static int push_probes(lua_State *L) {
    if (luaL_loadbufferx(L, source, sizeof source - 1, "=probes", "t") != LUA_OK) return lua_error(L);
    sandbox_push(L);
    lua_setupvalue(L, -2, 1);
    lua_call(L, 0, 2);
    return 2;
}

static ProgramCells cells_of(const Dataset *dataset, uint32_t column) {
    if (column == PROGRAM_COUNT) return (ProgramCells){NULL, NULL};
    return (ProgramCells){dataset_numbers(dataset, column), dataset_words(dataset, column)};
}

/* Stack: the Probing, the function. Also over the wire, as every program goes. */
static int run_program(lua_State *L) {
    Probing *probing = lua_touserdata(L, 1);
    Program made;
    Buffer bytes = {0};
    probing->good =
        translate(L, view_of_dataset(L, probing->dataset), NULL, probing->units, &probing->arena, &made);
    if (!probing->good) return 0;
    program_write(&bytes, &made);
    WireReader reader = {.bytes = buffer_view(&bytes)};
    const Program *program =
        program_read(&reader, dataset_columns(probing->dataset), probing->units, &probing->arena);
    buffer_release(&bytes);
    probing->good = program != NULL;
    if (!program) return 0;
    ProgramRun run;
    ProgramCells cells[PROGRAM_COLUMNS];
    for (size_t i = 0; i < program->column_count; i++)
        cells[i] = cells_of(probing->dataset, program->columns[i]);
    const ProgramUnits units = {.dataset = probing->dataset, .level = LEVEL_PROJECT};
    program_begin(&run, program, probing->units ? &units : NULL);
    probing->left_count =
        program_run(&run, cells, probing->rows, probing->count, probing->answers, probing->left);
    program_end(&run);
    probing->good = probing->left_count < probing->count;
    return 0;
}

/* The value on top of the stack is the answer. */
static bool is_answer(lua_State *L, const Answer *answer) {
    switch (lua_type(L, -1)) {
    case LUA_TNIL:
        return answer->kind == ANSWER_NONE;
    case LUA_TBOOLEAN:
        return answer->kind == (lua_toboolean(L, -1) ? ANSWER_YES : ANSWER_NO);
    default:
        return lua_type(L, -1) == LUA_TNUMBER && answer->kind == ANSWER_NUMBER &&
               lua_tonumber(L, -1) == answer->number;
    }
}

static void push_argument(lua_State *L, const Probing *probing, uint32_t number) {
    if (!probing->units) {
        objects_push_row(L, probing->dataset, number);
        return;
    }
    size_t count;
    const uint32_t *rows = dataset_children(probing->dataset, LEVEL_PROJECT, number, &count);
    class_push_list(L, &view_indicator_class, view_of_dataset(L, probing->dataset), rows, count);
    readonly_push(L, "children");
}

/* Stack: the Probing, the function. */
static int ask_lua(lua_State *L) {
    Probing *probing = lua_touserdata(L, 1);
    size_t left = 0;
    for (uint32_t row = 0; row < probing->count && probing->good; row++) {
        if (left < probing->left_count && probing->left[left] == row) {
            left++;
            continue;
        }
        lua_pushvalue(L, 2);
        push_argument(L, probing, row);
        lua_call(L, 1, 1);
        probing->good = is_answer(L, &probing->answers[row]);
        lua_settop(L, 2);
    }
    return 0;
}

/* Stack: the function. */
static bool call(lua_State *L, lua_CFunction part, Probing *probing, Diag *diag) {
    lua_pushcfunction(L, part);
    lua_pushlightuserdata(L, probing);
    lua_pushvalue(L, -3);
    return state_call(L, 2, 0, diag) && probing->good;
}

/* The table of probes is on top of the stack, and popped. */
static bool ask_all(lua_State *L, Probing *probing, Diag *diag) {
    lua_Unsigned count = lua_rawlen(L, -1);
    bool good = count > 0;
    for (lua_Unsigned i = 1; i <= count && good; i++) {
        lua_rawgeti(L, -1, (lua_Integer)i);
        good = call(L, run_program, probing, diag) && call(L, ask_lua, probing, diag);
        lua_pop(L, 1);
    }
    lua_pop(L, 1);
    return good;
}

/* Rows that left are not asked of Lua: they may be errors. */
bool probes_agree(lua_State *L, const Dataset *rows) {
    Probing probing = {.dataset = rows, .good = true};
    Diag *unheard = diag_new();
    for (uint32_t row = 0; row < ROWS; row++) probing.rows[row] = row;
    lua_pushcfunction(L, push_probes);
    bool good = state_call(L, 0, 2, unheard);
    if (good) {
        probing.units = true;
        probing.count = (uint32_t)dataset_level_size(rows, LEVEL_PROJECT);
        good = ask_all(L, &probing, unheard);
        probing.units = false;
        probing.count = ROWS;
        good &= ask_all(L, &probing, unheard);
    }
    arena_release(&probing.arena);
    diag_free(unheard);
    return good;
}
