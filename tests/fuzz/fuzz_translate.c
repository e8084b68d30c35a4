/* Functions of rows and of units: the bytes say a function in Lua, and rows. What its program (lua/translate,
 * lua/program) answers must be what Lua answers, to the last bit. */
#include "base/cpu.h"
#include "base/memory.h"
#include "fuzz.h"
#include "lua/objects.h"
#include "lua/sandbox.h"
#include "lua/state.h"
#include "lua/translate.h"
#include "model/dataset_build.h"
#include "model/results_build.h"

#define CELLS 24  /* rows of the data */
#define ASKED 300 /* rows that are asked for: more than a block */
#define DEPTH 4   /* of expressions, and of branches */

/* ---- a function from bytes */

typedef struct Maker {
    Bytes *bytes;
    Buffer *out;
    unsigned left; /* parts that may still be made */
    bool units;    /* the function is one of these: `list` are their children, `i` is one of them */
    bool looping;
} Maker;

static void put(const Maker *maker, const char *text) { buffer_add(maker->out, str_of(text)); }

/* What only functions of units have. */
static void put_unit_leaf(const Maker *maker) {
    static const char *const leaves[] = {"i.rate",       "(i.rate or 1)", "#list",          "list[1].rate",
                                         "list[2].rate", "i.rate",        "list[k].actual", "list[1].note",
                                         "i.missing",    "i.rate"};
    put(maker, leaves[bytes_below(maker->bytes, sizeof leaves / sizeof *leaves)]);
}

/* Anything, also what makes errors. */
static void put_leaf(Maker *maker) {
    if (maker->units && bytes_below(maker->bytes, 3) == 0) {
        put_unit_leaf(maker);
        return;
    }
    static const char *const leaves[] = {"i.target", "i.actual",    "i.polarity", "i.note", "a",    "b",
                                         "c",        "cut",         "mark",       "nil",    "true", "false",
                                         "'down'",   "i['target']", "i.row",      "'up'"};
    put(maker, leaves[bytes_below(maker->bytes, sizeof leaves / sizeof *leaves)]);
}

static void put_number_leaf(Maker *maker) {
    if (maker->units && bytes_below(maker->bytes, 2) == 0) {
        put_unit_leaf(maker);
        return;
    }
    static const char *const leaves[] = {"i.target",
                                         "i.actual",
                                         "i.weight",
                                         "(i.target or 3)",
                                         "(i.actual or 0.5)",
                                         "a",
                                         "a",
                                         "b",
                                         "cut",
                                         "1",
                                         "2",
                                         "100",
                                         "0.1",
                                         "0",
                                         "- 3",
                                         "80.0",
                                         "1e300",
                                         "7",
                                         "0.5",
                                         "math.pi",
                                         "(a or 1)",
                                         "c"};
    put(maker, leaves[bytes_below(maker->bytes, sizeof leaves / sizeof *leaves)]);
}

static void put_condition(Maker *maker, int depth);
static void put_any(Maker *maker, int depth);

static void put_call(Maker *maker, int depth);

static void put_number(Maker *maker, int depth) {
    static const char *const signs[] = {" + ", " - ", " * ", " / ", " % ", " // ", " ^ ", " + ", " * "};
    size_t kind = bytes_below(maker->bytes, 16);
    if (maker->left == 0 || depth == 0 || kind >= 13) {
        if (kind == 15 && depth > 0 && maker->left > 0)
            put_any(maker, depth);
        else
            put_number_leaf(maker);
        return;
    }
    maker->left--;
    put(maker, "(");
    if (kind < 9) {
        put_number(maker, depth - 1);
        put(maker, signs[kind]);
        put_number(maker, depth - 1);
    } else if (kind < 11) {
        put_call(maker, depth);
    } else if (kind == 11) {
        put(maker, "- ");
        put_number(maker, depth - 1);
    } else {
        put_condition(maker, depth - 1);
        put(maker, " and ");
        put_number(maker, depth - 1);
        put(maker, " or ");
        put_number(maker, depth - 1);
    }
    put(maker, ")");
}

static void put_call(Maker *maker, int depth) {
    static const char *const names[] = {"math.floor(", "math.ceil(", "math.abs(", "math.sqrt(",
                                        "math.max(",   "math.min(",  "floor(",    "tonumber("};
    size_t which = bytes_below(maker->bytes, 8);
    put(maker, names[which]);
    put_number(maker, depth - 1);
    for (size_t more = which == 4 || which == 5 ? 1 + bytes_below(maker->bytes, 2) : 0; more > 0; more--) {
        put(maker, ", ");
        put_number(maker, depth - 1);
    }
    put(maker, ")");
}

static void put_condition(Maker *maker, int depth) {
    static const char *const signs[] = {" == ", " ~= ", " < ", " <= ", " > ", " >= "};
    static const char *const plain[] = {"i.actual == nil",      "i.target",
                                        "i.polarity == 'down'", "i.polarity == mark",
                                        "i.note ~= 'more'",     "i.polarity == i.note",
                                        "i.target == 0",        "a",
                                        "i.weight ~= nil"};
    size_t kind = bytes_below(maker->bytes, 16);
    if (maker->left == 0 || depth == 0 || kind >= 11) {
        put(maker, plain[bytes_below(maker->bytes, sizeof plain / sizeof *plain)]);
        return;
    }
    maker->left--;
    put(maker, "(");
    if (kind < 6) {
        put_number(maker, depth - 1);
        put(maker, signs[kind]);
        put_number(maker, depth - 1);
    } else if (kind < 9) {
        put_condition(maker, depth - 1);
        put(maker, kind == 6 ? " and " : " or ");
        put_condition(maker, depth - 1);
    } else if (kind == 9) {
        put(maker, "not ");
        put_condition(maker, depth - 1);
    } else {
        put_any(maker, depth - 1);
        put(maker, bytes_below(maker->bytes, 2) ? " == " : " ~= ");
        put_any(maker, depth - 1);
    }
    put(maker, ")");
}

static void put_any(Maker *maker, int depth) {
    size_t kind = bytes_below(maker->bytes, 8);
    if (kind < 3)
        put_number(maker, depth);
    else if (kind < 6)
        put_condition(maker, depth);
    else
        put_leaf(maker);
}

static void put_statements(Maker *maker, int depth);

/* Over the children, mostly. */
static void put_loop(Maker *maker, int depth) {
    static const char *const heads[] = {"for k, i in ipairs(list) do\n",
                                        "for _, i in ipairs(list) do\n",
                                        "for k = 1, #list do local i = list[k]\n",
                                        "for _ in ipairs(list) do\n",
                                        "for k = 1, 2 do\n",
                                        "for k = #list, 1, - 1 do\n",
                                        "for k, i in ipairs(list) do\n",
                                        "for _, i in next, list do\n"};
    bool within = maker->looping;
    put(maker, heads[bytes_below(maker->bytes, sizeof heads / sizeof *heads)]);
    maker->looping = true;
    if (bytes_below(maker->bytes, 2)) put(maker, "b = (b or 0) + i.target\n");
    put_statements(maker, depth - 1);
    put_statements(maker, depth - 1);
    maker->looping = within;
    put(maker, "end\n");
}

static void put_branches(Maker *maker, int depth) {
    put(maker, "if ");
    put_condition(maker, 2);
    put(maker, " then\n");
    put_statements(maker, depth - 1);
    if (bytes_below(maker->bytes, 2)) {
        put(maker, "elseif ");
        put_condition(maker, 2);
        put(maker, " then\n");
        put_statements(maker, depth - 1);
    }
    if (bytes_below(maker->bytes, 2)) {
        put(maker, "else\n");
        put_statements(maker, depth - 1);
    }
    put(maker, "end\n");
}

static void put_return(Maker *maker) {
    put(maker, "do return ");
    if (bytes_below(maker->bytes, 8)) {
        if (bytes_below(maker->bytes, 4))
            put_number(maker, DEPTH);
        else
            put_any(maker, DEPTH);
        if (bytes_below(maker->bytes, 8) == 0) put(maker, ", 1");
    }
    put(maker, " end\n");
}

static void put_statement(Maker *maker, int depth) {
    static const char *const targets[] = {"a = ", "b = ", "c = "};
    size_t kind = bytes_below(maker->bytes, 8);
    if (kind < 3) {
        put(maker, targets[kind]);
        put_number(maker, DEPTH);
        put(maker, "\n");
    } else if (kind < 6 && depth > 0) {
        put_branches(maker, depth);
    } else if (kind == 6 && maker->units && bytes_below(maker->bytes, 2) && depth > 0) {
        if (maker->looping && bytes_below(maker->bytes, 2))
            put(maker, "do break end\n");
        else
            put_loop(maker, depth);
    } else if (kind == 6) {
        put(maker, bytes_below(maker->bytes, 4) ? "c = a\n" : "for _ = 1, 2 do a = b end\n");
    } else {
        put_return(maker);
    }
}

static void put_statements(Maker *maker, int depth) {
    for (size_t count = bytes_below(maker->bytes, 3); count > 0 && maker->left > 0; count--) {
        maker->left--;
        put_statement(maker, depth);
    }
}

/* The result is a chunk that gives the function. */
static void put_function(Maker *maker) {
    put(maker, "local cut, mark, floor = 80, 'down', math.floor\nreturn function(");
    put(maker, maker->units ? "list)\nlocal i, k = list[1], 1\n" : "i)\n");
    put(maker, "local a, b, c = 1, 2\na, b = ");
    put_number(maker, 2);
    put(maker, ", ");
    put_any(maker, 2);
    put(maker, "\n");
    for (int again = 0; again < 3; again++) {
        if (maker->units) put_loop(maker, DEPTH);
        put_statements(maker, DEPTH);
    }
    put_return(maker);
    put(maker, "end\n");
}

/* ---- rows from bytes */

enum { PROJECT = 2, TARGET = 4, ACTUAL, WEIGHT, POLARITY, NOTE };

static void set_number(Dataset *dataset, size_t column, Bytes *bytes) {
    static const int64_t digits[] = {0, 1, -1, 80, 100, 3, 25, -5, INT64_C(1) << 53, 9007199254740993, 7, 1};
    static const uint32_t scales[] = {0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 2, 20};
    unsigned kind = bytes_take(bytes);
    if (kind % 16 == 15)
        dataset_set_missing(dataset, column, MISSING_BLANK);
    else if (kind % 16 < 12)
        dataset_set_number(dataset, column,
                           (Decimal){.digits = digits[kind % 16], .scale = scales[kind % 16]});
    else
        dataset_set_number(dataset, column,
                           (Decimal){.digits = (int64_t)(bytes_take(bytes) << 8 | bytes_take(bytes)) -
                                               (kind & 64 ? 65536 : 0),
                                     .scale = kind % 4});
}

static Dataset *make_rows(Bytes *bytes) {
    static const ColumnId columns[] = {COLUMN_BUREAU,    COLUMN_DEPARTMENT, COLUMN_PROJECT,
                                       COLUMN_INDICATOR, COLUMN_TARGET,     COLUMN_ACTUAL,
                                       COLUMN_WEIGHT,    COLUMN_POLARITY,   COLUMN_NOTE};
    static const char *const words[] = {"", "up", "down", "other", "more"};
    static const char *const projects[] = {"a", "b", "b", "c", "c", "c", "d", "d", "d", "d", "e", "f"};
    Dataset *dataset = dataset_new(STR("made"));
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        dataset_add_column(dataset, str_of(column_info(columns[i])->name), columns[i],
                           column_info(columns[i])->number);
    for (uint32_t row = 0; row < CELLS; row++) {
        dataset_add_row(dataset, row + 2);
        for (size_t i = 0; i < TARGET; i++)
            dataset_set_text(dataset, i, i == PROJECT && row < 12 ? str_of(projects[row]) : STR("g"));
        for (size_t i = TARGET; i <= WEIGHT; i++) set_number(dataset, i, bytes);
        dataset_set_text(dataset, POLARITY, str_of(words[bytes_below(bytes, 5)]));
        dataset_set_text(dataset, NOTE, str_of(words[bytes_below(bytes, 5)]));
    }
    dataset_finish(dataset);
    return dataset;
}

/* ---- both ways */

typedef struct Both {
    const Dataset *dataset;
    const Results *results; /* of units; NULL: of rows */
    Str source;
    Arena arena;
    Program made;
    bool translated;
    Answer answers[CELLS]; /* of Lua */
    bool known[CELLS];     /* Lua was asked for it */
} Both;

/* Stack: the Both. Leaves the function. */
static int make_function(lua_State *L) {
    Both *both = lua_touserdata(L, 1);
    Script script = {.path = STR("made"), .source = both->source};
    Diag *diag = diag_new();
    sandbox_push(L);
    require(state_load(L, &script, -1, diag), "<%.*s>", STR_FMT(both->source));
    diag_free(diag);
    lua_call(L, 0, 1);
    require(translate_scripts_keep_still(L), "<%.*s>", STR_FMT(both->source));
    const View *view =
        both->results ? view_of_results(L, both->results, NULL) : view_of_dataset(L, both->dataset);
    both->translated = translate(L, view, NULL, both->results != NULL, &both->arena, &both->made);
    return 1;
}

static Answer answer_of(lua_State *L) {
    Answer answer = {.kind = ANSWER_NONE};
    if (lua_type(L, -1) == LUA_TBOOLEAN)
        answer.kind = lua_toboolean(L, -1) ? ANSWER_YES : ANSWER_NO;
    else if (lua_type(L, -1) == LUA_TNUMBER)
        answer = (Answer){.kind = ANSWER_NUMBER, .number = lua_tonumber(L, -1)};
    else if (lua_type(L, -1) != LUA_TNIL)
        answer.kind = ANSWER_FAILED;
    return answer;
}

/* Stack: the function, the number of the row or unit, the Both. */
static int call_function(lua_State *L) {
    const Both *both = lua_touserdata(L, 3);
    size_t number = (size_t)lua_tointeger(L, 2);
    lua_pushvalue(L, 1);
    if (both->results)
        objects_push_children(L, both->results, LEVEL_PROJECT, number);
    else
        objects_push_row(L, both->dataset, number);
    lua_call(L, 1, 1);
    return 1;
}

/* The function is on top of the stack. */
static const Answer *ask_lua(Both *both, lua_State *L, uint32_t row) {
    if (both->known[row]) return &both->answers[row];
    Diag *diag = diag_new();
    lua_pushcfunction(L, call_function);
    lua_pushvalue(L, -2);
    lua_pushinteger(L, (lua_Integer)row);
    lua_pushlightuserdata(L, both);
    both->known[row] = true;
    both->answers[row] = (Answer){.kind = ANSWER_FAILED};
    if (state_call(L, 3, 1, diag)) {
        both->answers[row] = answer_of(L);
        lua_pop(L, 1);
    }
    diag_free(diag);
    return &both->answers[row];
}

static void compare(Both *both, lua_State *L, const Program *program, Bytes *bytes) {
    ProgramRun run;
    ProgramCells cells[PROGRAM_COLUMNS];
    uint32_t rows[ASKED], left[ASKED];
    Answer answers[ASKED];
    for (size_t i = 0; i < program->column_count; i++)
        cells[i] = program->columns[i] < dataset_columns(both->dataset)
                       ? (ProgramCells){dataset_numbers(both->dataset, program->columns[i]),
                                        dataset_words(both->dataset, program->columns[i])}
                       : (ProgramCells){NULL, NULL};
    uint32_t shift = bytes_take(bytes);
    size_t count = both->results ? dataset_level_size(both->dataset, LEVEL_PROJECT) : CELLS;
    for (uint32_t k = 0; k < ASKED; k++) rows[k] = (k * (shift % 5 + 1) + shift) % (uint32_t)count;
    const ProgramUnits units = {both->dataset, both->results, LEVEL_PROJECT};
    program_begin(&run, program, both->results ? &units : NULL);
    size_t left_count = program_run(&run, cells, rows, ASKED, answers, left), next = 0;
    for (uint32_t k = 0; k < ASKED; k++) {
        if (next < left_count && left[next] == k) {
            next++;
            continue;
        }
        const Answer *wanted = ask_lua(both, L, rows[k]);
        bool same = wanted->kind == answers[k].kind &&
                    (wanted->kind != ANSWER_NUMBER || wanted->number == answers[k].number);
        require(same, "row %u: kind %d, %.17g, not kind %d, %.17g\n%.*s", rows[k], (int)answers[k].kind,
                answers[k].number, (int)wanted->kind, wanted->number, STR_FMT(both->source));
    }
    require(next == left_count, "rows that are left, out of order");
    program_end(&run);
}

/* Over the wire, whole and cut short. */
static void cross(Both *both, lua_State *L, Bytes *bytes) {
    Buffer sent = {0};
    size_t columns = dataset_columns(both->dataset);
    program_write(&sent, &both->made);
    WireReader reader = {.bytes = buffer_view(&sent)};
    const Program *program = program_read(&reader, columns, both->results != NULL, &both->arena);
    require(program != NULL, "no program\n%.*s", STR_FMT(both->source));
    compare(both, L, program, bytes);
    reader = (WireReader){.bytes = str_slice(buffer_view(&sent), 0, bytes_take(bytes) % sent.size)};
    require(program_read(&reader, columns, both->results != NULL, &both->arena) == NULL,
            "a part of a program");
    buffer_release(&sent);
}

/* Rates as they are while units are asked for theirs. */
static void make_rates(const Plan *plan, const Dataset *dataset, Bytes *bytes, Arena *arena, Results *out) {
    static const double rates[] = {80, 0, 100, 79.95, -12.5, 0x1p53, 1e300, -0.0, 1.0 / 3};
    *out = (Results){.plan = plan, .dataset = dataset};
    out->rate = arena_new(arena, CELLS, sizeof *out->rate);
    out->missing = arena_new(arena, CELLS, sizeof *out->missing);
    out->children[LEVEL_PROJECT] = lineage_of(dataset, LEVEL_PROJECT, LEVEL_COUNT, arena);
    for (size_t row = 0; row < CELLS; row++) {
        unsigned kind = bytes_take(bytes);
        out->missing[row] = kind % 5 == 4 ? MISSING_BLANK : MISSING_NONE;
        out->rate[row] = kind % 2 ? rates[kind / 2 % 9] : kind;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    memory_serve_gmp();
    Bytes bytes = {data, size};
    Buffer source = {0};
    unsigned kind = bytes_take(&bytes);
    cpu_limit(kind % 2 ? CPU_PLAIN : CPU_AVX512);
    Dataset *dataset = make_rows(&bytes);
    Maker maker = {&bytes, &source, 60, kind / 2 % 2, false};
    static Plan plan; /* large, and all zero but for what projects are made of */
    plan.rollups[LEVEL_PROJECT].children = LEVEL_COUNT;
    Arena arena = {0};
    Results results;
    make_rates(&plan, dataset, &bytes, &arena, &results);
    put_function(&maker);
    Both both = {.dataset = dataset, .source = buffer_view(&source)};
    if (maker.units) both.results = &results;
    Diag *diag = diag_new();
    lua_State *L = state_new(NULL);
    lua_pushcfunction(L, make_function);
    lua_pushlightuserdata(L, &both);
    require(state_call(L, 1, 1, diag), "<%.*s>", STR_FMT(both.source));
    if (both.translated) cross(&both, L, &bytes);
    state_close(L);
    diag_free(diag);
    dataset_free(dataset);
    arena_release(&both.arena);
    arena_release(&arena);
    buffer_release(&source);
    return 0;
}
