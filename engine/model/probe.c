#include "model/probe.h"

#include "base/memory.h"

#include <string.h>

/* Inputs that are tried for one difference. */
#ifndef PROBE_TRIES
#define PROBE_TRIES 20000
#endif
#define PROBE_WORDS 64

/* A cell beside target and actual: what makes a selector take the row. */
typedef struct Context {
    Str column, text; /* no column: none */
} Context;

struct Probe {
    const TrialRules *rules;
    const Plan *plan;
    Context contexts[PROBE_WORDS];
    size_t context_count;
    Str *values; /* of actual, where target is 100 */
    size_t value_count, value_room;
    Arena arena;
};

/* ---- inputs */

static void add_value(Probe *probe, Str text) {
    for (size_t i = 0; i < probe->value_count; i++) {
        if (str_equal(probe->values[i], text)) return;
    }
    if (probe->value_count == probe->value_room) {
        size_t room = 2 * probe->value_room + 64;
        Str *more = arena_new(&probe->arena, room, sizeof *more);
        if (probe->value_count) memcpy(more, probe->values, probe->value_count * sizeof *more);
        probe->values = more;
        probe->value_room = room;
    }
    probe->values[probe->value_count++] = text;
}

/* The number and its neighbours, and what gives it where less is better. */
static void add_number(Probe *probe, const Decimal *number) {
    static const int beside[] = {0, 5, -5, 500, -500, 10, -10, 400, -400}; /* thousandths */
    mpq_t value, near;
    mpq_inits(value, near, NULL);
    decimal_to_rational(number, value);
    for (size_t i = 0; i < 2 * sizeof beside / sizeof *beside; i++) {
        Buffer text = {0};
        mpq_set_si(near, beside[i / 2], 1000);
        mpq_canonicalize(near);
        mpq_add(near, near, value);
        if (i % 2) {
            mpq_neg(near, near);
            mpz_addmul_ui(mpq_numref(near), mpq_denref(near), 200);
        }
        trial_write_number(&text, near);
        if (str_find(buffer_view(&text), '/', 0) == text.size)
            add_value(probe, arena_copy(&probe->arena, buffer_view(&text)));
        buffer_release(&text);
    }
    mpq_clears(value, near, NULL);
}

static void add_range(Probe *probe, const Range *range) {
    if (range->low.set) add_number(probe, &range->low.value);
    if (range->high.set) add_number(probe, &range->high.value);
}

static void add_bands(Probe *probe, const Verdicts *verdicts) {
    for (size_t i = 0; i < verdicts->count; i++) {
        add_range(probe, &verdicts->bands[i].range);
        add_range(probe, &verdicts->bands[i].any);
        add_range(probe, &verdicts->bands[i].if_improved);
    }
}

static void add_context(Probe *probe, Str column, Str text) {
    if (probe->context_count == PROBE_WORDS) return;
    for (size_t i = 0; i < probe->context_count; i++) {
        if (str_equal(probe->contexts[i].column, column) && str_equal(probe->contexts[i].text, text)) return;
    }
    probe->contexts[probe->context_count++] = (Context){column, text};
}

/* A pattern with its wildcards taken out fits it, but for '?'. */
static Str fitting(Probe *probe, Str pattern) {
    Buffer text = {0};
    for (size_t i = 0; i < pattern.size; i++) {
        if (pattern.data[i] == '?') buffer_add_char(&text, 'x');
        if (pattern.data[i] != '?' && pattern.data[i] != '*') buffer_add_char(&text, pattern.data[i]);
    }
    if (!text.size) buffer_add_char(&text, 'x');
    Str out = arena_copy(&probe->arena, buffer_view(&text));
    buffer_release(&text);
    return out;
}

static bool is_input(Str column) {
    ColumnId known;
    return column_find(column, &known) && (known == COLUMN_TARGET || known == COLUMN_ACTUAL);
}

static void add_condition(Probe *probe, const Condition *condition) {
    ColumnId known;
    Str column = condition->column;
    if (column_find(column, &known)) column = str_of(column_info(known)->name);
    for (size_t i = 0; condition->kind == CONDITION_WORDS && i < condition->count; i++)
        add_context(probe, column, fitting(probe, condition->patterns[i]));
    for (size_t i = 0; condition->kind == CONDITION_NUMBERS && i < condition->count; i++)
        add_number(probe, &condition->numbers[i]);
    if (condition->kind == CONDITION_RANGE) add_range(probe, &condition->range);
    if (condition->kind == CONDITION_WORDS || is_input(column)) return;
    Buffer text = {0};
    const Bound *bound = condition->range.low.set ? &condition->range.low : &condition->range.high;
    decimal_write(&text, condition->kind == CONDITION_NUMBERS ? &condition->numbers[0] : &bound->value);
    add_context(probe, column, arena_copy(&probe->arena, buffer_view(&text)));
    buffer_release(&text);
}

static void add_selector(Probe *probe, const Selector *selector) {
    for (size_t i = 0; i < selector->count; i++) add_condition(probe, &selector->conditions[i]);
    for (size_t i = 0; i < selector->part_count; i++) add_selector(probe, &selector->parts[i]);
}

Probe *probe_new(const TrialRules *rules, const Plan *plan) {
    static const char *const always[] = {"0",    "100",  "80.5", "81.5", "80.4",  "80.6",   "150",    "50",
                                         "-0.5", "-0.4", "-1.5", "7.25", "33.35", "12.345", "3.0625", "1000"};
    Probe *probe = memory_new(1, sizeof *probe);
    probe->rules = rules;
    probe->plan = plan;
    add_context(probe, (Str){"", 0}, (Str){"", 0});
    for (size_t i = 0; i < plan->case_count; i++) add_selector(probe, &plan->cases[i].when);
    for (size_t i = 0; i < plan->special_count; i++) add_selector(probe, &plan->specials[i].when);
    for (Level level = 0; level < LEVEL_ALL; level++) add_bands(probe, &plan->verdicts[level]);
    for (size_t i = 0; i < plan->param_count; i++) add_number(probe, &plan->params[i].value);
    for (size_t i = 0; i < sizeof always / sizeof *always; i++) add_value(probe, str_of(always[i]));
    return probe;
}

void probe_free(Probe *probe) {
    if (!probe) return;
    arena_release(&probe->arena);
    memory_free(probe);
}

/* ---- cases */

static SuiteRow row_of(Arena *arena, const Context *context, Str target, Str actual) {
    SuiteRow row = {.cells = arena_new(arena, 3, sizeof(SuiteCell))};
    row.cells[row.cell_count++] = (SuiteCell){STR("target"), target, {.line = 0}};
    if (actual.size) row.cells[row.cell_count++] = (SuiteCell){STR("actual"), actual, {.line = 0}};
    if (context->column.size)
        row.cells[row.cell_count++] = (SuiteCell){context->column, context->text, {.line = 0}};
    return row;
}

/* How many rows a case has, and what the others hold. */
static const struct {
    const char *others[2];
    bool zero_target;
} shapes[] = {{{NULL, NULL}, false},  {{"100", NULL}, false}, {{"30", "100"}, false}, {{"150", NULL}, false},
              {{"300", NULL}, false}, {{"", NULL}, false},    {{NULL, NULL}, true},   {{"", NULL}, true}};
#define SHAPES (sizeof shapes / sizeof *shapes)

static SuiteCase case_of(const Probe *probe, Arena *arena, size_t context, size_t value, size_t shape) {
    static const Context plain = {{"", 0}, {"", 0}};
    SuiteCase test = {.name = STR("probe"), .rows = arena_new(arena, 3, sizeof(SuiteRow))};
    Str target = shapes[shape].zero_target ? STR("0") : STR("100");
    test.rows[test.row_count++] = row_of(arena, &probe->contexts[context], target, probe->values[value]);
    for (size_t i = 0; i < 2 && shapes[shape].others[i]; i++)
        test.rows[test.row_count++] = row_of(arena, &plain, STR("100"), str_of(shapes[shape].others[i]));
    return test;
}

/* What comes out of a case; false when it cannot be run. */
static bool outcome(const TrialRules *rules, const SuiteCase *test, Arena *arena, Str out[EXPECT_COUNT]) {
    Trial trial;
    Diag *unheard = diag_new();
    bool ran = trial_run(rules, test, &trial, unheard);
    for (ExpectKind kind = 0; ran && kind < EXPECT_COUNT; kind++)
        out[kind] = trial_actual(&trial, LEVEL_PROJECT, trial_project(&trial), kind, arena);
    if (ran) trial_release(&trial);
    diag_free(unheard);
    return ran;
}

static bool differ(const Str *a, const Str *b) {
    for (size_t i = 0; i < EXPECT_COUNT; i++) {
        if (!str_equal(a[i], b[i])) return true;
    }
    return false;
}

static void expect(SuiteCase *test, const Str *actual, Arena *arena) {
    for (size_t i = 0; i < EXPECT_COUNT; i++) {
        bool reason = i != EXPECT_REASON || !str_is(actual[i], "none");
        test->expected[i] = (Expected){reason, arena_copy(arena, actual[i]), {.line = 0}};
    }
}

static bool try_case(const Probe *probe, const TrialRules *other, SuiteCase *test, Arena *arena) {
    Arena texts = {0};
    Str ours[EXPECT_COUNT], theirs[EXPECT_COUNT];
    bool found = outcome(probe->rules, test, &texts, ours) && outcome(other, test, &texts, theirs) &&
                 differ(ours, theirs);
    if (found) expect(test, ours, arena);
    arena_release(&texts);
    return found;
}

bool probe_differs(const Probe *probe, const Tree *tree, Arena *arena, SuiteCase *out) {
    TrialRules other = *probe->rules;
    other.tree = tree;
    size_t tries = probe->plan->has_functions ? PROBE_TRIES / 4 : PROBE_TRIES;
    for (size_t shape = 0; shape < SHAPES; shape++) {
        for (size_t value = 0; value < probe->value_count; value++) {
            for (size_t context = 0; context < probe->context_count; context++) {
                if (tries-- == 0) return false;
                *out = case_of(probe, arena, context, value, shape);
                if (try_case(probe, &other, out, arena)) return true;
            }
        }
    }
    return false;
}

/* ---- a rate */

/* The exact rate of a case of one row; false when it has none. */
static bool rate_of(const Probe *probe, Level level, const SuiteCase *test, mpq_ptr out) {
    Trial trial;
    Diag *unheard = diag_new();
    bool ran = trial_run(probe->rules, test, &trial, unheard), found = false;
    if (ran) {
        size_t unit = level == LEVEL_INDICATOR ? 0 : trial_project(&trial);
        found = results_unit_exact(trial.results, level, unit, out) == MISSING_NONE;
        trial_release(&trial);
    }
    diag_free(unheard);
    return found;
}

static void set_actual(SuiteCase *test, Str actual) { test->rows[0].cells[1].text = actual; }

/* Two points give a line; where the line has the wanted rate, the rules are asked again. */
static bool solve(const Probe *probe, Level level, mpq_srcptr wanted, const char *first, const char *second,
                  SuiteCase *test, Arena *arena) {
    mpq_t at[2], rate[2], found;
    mpq_inits(at[0], at[1], rate[0], rate[1], found, NULL);
    Buffer text = {0};
    const char *points[] = {first, second};
    bool good = true;
    for (size_t i = 0; good && i < 2; i++) {
        set_actual(test, str_of(points[i]));
        good = suite_number(str_of(points[i]), at[i]) && rate_of(probe, level, test, rate[i]);
    }
    good = good && !mpq_equal(rate[0], rate[1]);
    if (good) {
        mpq_sub(at[1], at[1], at[0]);
        mpq_sub(rate[1], rate[1], rate[0]);
        mpq_sub(found, wanted, rate[0]);
        mpq_mul(found, found, at[1]);
        mpq_div(found, found, rate[1]);
        mpq_add(found, found, at[0]);
        trial_write_number(&text, found);
        good = str_find(buffer_view(&text), '/', 0) == text.size;
    }
    if (good) {
        set_actual(test, arena_copy(arena, buffer_view(&text)));
        good = rate_of(probe, level, test, rate[0]) && mpq_equal(rate[0], wanted);
    }
    buffer_release(&text);
    mpq_clears(at[0], at[1], rate[0], rate[1], found, NULL);
    return good;
}

static void expect_rate(const Probe *probe, Level level, SuiteCase *test, Arena *arena) {
    Trial trial;
    Diag *unheard = diag_new();
    if (trial_run(probe->rules, test, &trial, unheard)) {
        size_t unit = level == LEVEL_INDICATOR ? 0 : trial_project(&trial);
        Expected *expected = level == LEVEL_INDICATOR ? test->rows[0].expected : test->expected;
        for (ExpectKind kind = 0; kind < EXPECT_REASON; kind++)
            expected[kind] = (Expected){true, trial_actual(&trial, level, unit, kind, arena), {.line = 0}};
        trial_release(&trial);
    }
    diag_free(unheard);
}

/* A row with a rate far above the cuts, so that the project is judged by the first row alone. */
static void add_beside(SuiteCase *test, Arena *arena) {
    static const Context plain = {{"", 0}, {"", 0}};
    test->rows[test->row_count++] = row_of(arena, &plain, STR("100"), STR("300"));
}

bool probe_rate(const Probe *probe, ProbeRate what, mpq_srcptr wanted, Arena *arena, SuiteCase *out) {
    static const char *const points[][2] = {{"0", "100"}, {"50", "150"}, {"100", "200"}, {"-100", "0"}};
    Level level = what == PROBE_PROJECT ? LEVEL_PROJECT : LEVEL_INDICATOR;
    for (size_t context = 0; context < probe->context_count; context++) {
        for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
            *out = case_of(probe, arena, context, 0, 0);
            if (!solve(probe, level, wanted, points[i][0], points[i][1], out, arena)) continue;
            if (what == PROBE_BESIDE) add_beside(out, arena);
            expect_rate(probe, what == PROBE_INDICATOR ? LEVEL_INDICATOR : LEVEL_PROJECT, out, arena);
            return true;
        }
    }
    return false;
}

/* ---- as text */

static void add_text(Buffer *out, Str text) {
    buffer_add_char(out, '"');
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '"' || text.data[i] == '\\') buffer_add_char(out, '\\');
        buffer_add_char(out, text.data[i]);
    }
    buffer_add_char(out, '"');
}

static void add_scalar(Buffer *out, Str text, bool number) {
    Decimal value;
    Arena arena = {0};
    if (number && decimal_parse_literal(text, &value, &arena))
        buffer_add(out, text);
    else
        add_text(out, text);
    arena_release(&arena);
}

static void add_expected(Buffer *out, const Expected expected[EXPECT_COUNT]) {
    for (ExpectKind kind = 0; kind < EXPECT_COUNT; kind++) {
        if (!expected[kind].set) continue;
        buffer_addf(out, ", %s = ", expect_name(kind));
        add_scalar(out, expected[kind].text, kind == EXPECT_RATE);
    }
}

/* Names of own columns may be anything. */
static bool is_name(Str name) {
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i];
        if (!((c >= 'a' && c <= 'z') || c == '_')) return false;
    }
    return name.size > 0;
}

static void add_row(Buffer *out, const SuiteRow *row) {
    buffer_add(out, STR("{"));
    for (size_t i = 0; i < row->cell_count; i++) {
        buffer_add(out, i ? STR(", ") : STR(" "));
        if (is_name(row->cells[i].column)) {
            buffer_add(out, row->cells[i].column);
        } else {
            buffer_add_char(out, '[');
            add_text(out, row->cells[i].column);
            buffer_add_char(out, ']');
        }
        buffer_add(out, STR(" = "));
        add_scalar(out, row->cells[i].text, true);
    }
    Buffer expected = {0};
    add_expected(&expected, row->expected);
    if (expected.size)
        buffer_addf(out, ", expect = {%.*s }", STR_FMT(str_slice(buffer_view(&expected), 1, expected.size)));
    buffer_release(&expected);
    buffer_add(out, STR(" }"));
}

void probe_write(Buffer *out, const SuiteCase *test) {
    buffer_add(out, STR("{ name = "));
    add_text(out, test->name);
    buffer_add(out, STR(", rows = { "));
    for (size_t i = 0; i < test->row_count; i++) {
        if (i) buffer_add(out, STR(", "));
        add_row(out, &test->rows[i]);
    }
    buffer_add(out, STR(" }"));
    add_expected(out, test->expected);
    buffer_add(out, STR(" },"));
}
