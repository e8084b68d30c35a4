#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "io/csv.h"
#include "lua/rules.h"
#include "model/load.h"

/* A rule file in a folder of its own. */
typedef struct Fixture {
    char folder[32];
    Arena arena;
    Str path;
    Folders folders;
    Diag *diag;
} Fixture;

static void prepare(Fixture *fixture, const char *rules) {
    *fixture = (Fixture){.folder = "/tmp/rules-XXXXXX", .diag = diag_new()};
    if (!mkdtemp(fixture->folder)) fail_msg("no temporary folder");
    fixture->path = arena_format(&fixture->arena, "%s/r.lua", fixture->folder);
    fixture->folders = folder_for_rules(&fixture->arena, fixture->path, STR(""));
    if (!file_write(fixture->path, str_of(rules), fixture->diag)) fail_msg("cannot write");
}

static void clean_up(Fixture *fixture) {
    unlink(fixture->path.data);
    rmdir(fixture->folder);
    diag_free(fixture->diag);
    arena_release(&fixture->arena);
}

static void render_all(const Diag *diag, Buffer *out) {
    for (size_t i = 0; i < diag_count(diag); i++) diag_render(out, diag_item(diag, i), LANGUAGE_EN);
}

/* Time is no matter here, however slow the machine is: a runaway has little of it. */
static ScriptLimits limits_with(double seconds) {
    ScriptLimits limits = LIMITS_DEFAULT;
    limits.load_seconds = seconds;
    return limits;
}

#define PATIENCE 600

static RuleFile *load(Fixture *fixture, const char *rules) {
    prepare(fixture, rules);
    const ScriptLimits limits = limits_with(PATIENCE);
    RuleFile *loaded = rules_load(fixture->path, &fixture->folders, &limits, fixture->diag);
    Buffer text = {0};
    render_all(fixture->diag, &text);
    if (!loaded) fail_msg("%s\n%s", rules, buffer_text(&text));
    buffer_release(&text);
    return loaded;
}

/* ---- trees */

static void dump(Buffer *out, const Tree *tree);

static void dump_items(Buffer *out, const Tree *tree) {
    for (size_t i = 0; i < tree->count; i++) {
        if (i) buffer_add_char(out, ' ');
        buffer_add(out, tree->items[i].name);
        if (tree->items[i].name.size) buffer_add_char(out, '=');
        dump(out, tree->items[i].value);
    }
}

static void dump(Buffer *out, const Tree *tree) {
    switch (tree->kind) {
    case TREE_NIL:
        buffer_add(out, STR("nil"));
        break;
    case TREE_BOOL:
        buffer_add(out, tree->flag ? STR("true") : STR("false"));
        break;
    case TREE_NUMBER:
        decimal_write(out, &tree->number);
        break;
    case TREE_TEXT:
        buffer_addf(out, "'%.*s'", STR_FMT(tree->text));
        break;
    case TREE_WORD:
        buffer_addf(out, "<%.*s>", STR_FMT(tree->text));
        break;
    case TREE_FUNCTION:
        buffer_addf(out, "f%u", tree->function);
        break;
    case TREE_TABLE:
        buffer_add_char(out, '{');
        dump_items(out, tree);
        buffer_add_char(out, '}');
        break;
    case TREE_EXPR:
        buffer_addf(out, "(%.*s ", STR_FMT(tree->text));
        dump_items(out, tree);
        buffer_add_char(out, ')');
        break;
    }
}

static const char example[] = "local actual, target = field.actual, field.target\n"
                              "\n"
                              "return ruleset {\n"
                              "  title  = \"2019년 평가\",\n"
                              "  data = \"../data.csv\",\n"
                              "  params = {\n"
                              "    cut = { 80, unit = \"%\", min = 0, max = 200 },\n"
                              "  },\n"
                              "  rate = {\n"
                              "    { when = { polarity = \"lower\" }, (2 - actual / target) * 100 },\n"
                              "    { actual / target * 100 },\n"
                              "  },\n"
                              "  rounding = { digits = 0, mode = \"half_up\" },\n"
                              "  project = { rate = mean },\n"
                              "  verdict = {\n"
                              "    { \"부진\", key = \"sluggish\", at_most = param.cut },\n"
                              "    { \"정상추진\", key = \"normal\" },\n"
                              "  },\n"
                              "  special = {\n"
                              "    { when = { project = \"…\" }, because = \"…\",\n"
                              "      rate = function(i) return i.actual >= 40 and 100 or 0 end },\n"
                              "  },\n"
                              "}\n";

static void check_place(Place place, unsigned line, unsigned column, unsigned span) {
    assert_int_equal(place.line, line);
    assert_int_equal(place.column, column);
    assert_int_equal(place.span, span);
}

static void loads_the_example(void **state) {
    (void)state;
    Fixture fixture;
    RuleFile *rules = load(&fixture, example);
    Buffer text = {0};
    const Tree *tree = rules_tree(rules);
    dump(&text, tree);
    assert_string_equal(buffer_text(&text),
                        "{data='../data.csv' params={cut={80 max=200 min=0 unit='%'}} project={rate=<mean>} "
                        "rate={{(* (- 2 (/ (field 'actual') (field 'target'))) 100) when={polarity='lower'}} "
                        "{(* (/ (field 'actual') (field 'target')) 100)}} rounding={digits=0 mode='half_up'} "
                        "special={{because='…' rate=f1 when={project='…'}}} title='2019년 평가' "
                        "verdict={{'부진' at_most=(param 'cut') key='sluggish'} {'정상추진' key='normal'}}}");
    buffer_release(&text);
    const Tree *band = tree_get(tree, "verdict")->items[0].value;
    check_place(tree->place, 3, 8, 9);
    check_place(tree_item(tree, "title")->place, 4, 3, 5);
    check_place(tree_get(tree, "title")->place, 4, 12, 10);
    check_place(tree_item(band, "at_most")->place, 16, 31, 7);
    check_place(tree_get(band, "at_most")->place, 16, 41, 9);
    check_place(tree_get(band, "at_most")->items[0].place, 16, 41, 9);
    assert_true(str_equal(band->place.file, fixture.path));
    rules_free(rules);
    clean_up(&fixture);
}

static void reads_values(void **state) {
    static const struct {
        const char *value, *tree;
    } cases[] = {
        {"77.6", "77.6"},
        {"0.1 + 0.2", "0.30000000000000004"},
        {"1e20", "100000000000000000000"},
        {"9007199254740993", "9007199254740993"},
        {"-0.5", "-0.5"},
        {"true", "true"},
        {"\"a\\0b\" == nil", "false"},
        {"{1, 2, b = 3, a = {}, [3] = 4}", "{1 2 4 a={} b=3}"},
        {"{[\"목표\"] = 1}", "{목표=1}"},
        {"field[\"목표\"]", "(field 'target')"},
        {"field[\"내 열\"]", "(field '내 열')"},
        {"-field.actual + 1.5", "(+ (neg (field 'actual')) 1.5)"},
        {"2 - param.x / 3", "(- 2 (/ (param 'x') 3))"},
        {"{mean, min, max, median}", "{<mean> <min> <max> <median>}"},
        {"{b = function() end, a = function() end, function() end}", "{f1 a=f2 b=f3}"},
        {"(function() local t = {} for i = 1, 3 do t[i] = i * 10 end return t end)()", "{10 20 30}"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Fixture fixture;
        Buffer file = {0}, found = {0};
        buffer_addf(&file, "return ruleset { x = %s }", cases[i].value);
        RuleFile *rules = load(&fixture, buffer_text(&file));
        dump(&found, tree_get(rules_tree(rules), "x"));
        if (!str_is(buffer_view(&found), cases[i].tree))
            fail_msg("%s: found %s, expected %s", cases[i].value, buffer_text(&found), cases[i].tree);
        buffer_release(&file);
        buffer_release(&found);
        rules_free(rules);
        clean_up(&fixture);
    }
}

static void reads_what_another_script_returns(void **state) {
    (void)state;
    Fixture fixture;
    prepare(&fixture, "local m = require 'm'\nreturn ruleset { x = m.bands, m.rate, cut = m.cut }");
    Str folder = arena_format(&fixture.arena, "%s/scripts", fixture.folder);
    Str script = arena_format(&fixture.arena, "%s/m.lua", folder.data);
    assert_int_equal(mkdir(folder.data, 0700), 0);
    assert_true(file_write(script,
                           STR("return { cut = 7.5, bands = { { 'a', key = 'k' }, { 'b' } },\n"
                               "  rate = function() return 1 end }"),
                           fixture.diag));
    const ScriptLimits limits = limits_with(PATIENCE);
    RuleFile *rules = rules_load(fixture.path, &fixture.folders, &limits, fixture.diag);
    assert_non_null(rules);
    Buffer text = {0};
    dump(&text, rules_tree(rules));
    assert_string_equal(buffer_text(&text), "{f1 cut=7.5 x={{'a' key='k'} {'b'}}}");
    check_place(tree_get(rules_tree(rules), "x")->items[1].place, 2, 18, 1);
    buffer_release(&text);
    rules_free(rules);
    unlink(script.data);
    rmdir(folder.data);
    clean_up(&fixture);
}

/* ---- errors */

static const struct {
    const char *rules;
    const char *messages; /* parts of what is said, each behind a \n */
} bad[] = {
    {"return ruleset {\n  x = = 1 }", "\nr.lua:2:\nerror[lua-syntax]"},
    {"local a = 1\nreturn { title = 'x' }",
     "\nr.lua:2:8: error[not-a-ruleset]\na plain table\n`return ruleset {`"},
    {"local a = 1", "\nr.lua: error[not-a-ruleset]\nnothing"},
    {"return 5", "\nr.lua:1:8: error[not-a-ruleset]\nnumber"},
    {"return ruleset {}, 1", "\nr.lua:1:8: error[not-a-ruleset]\nseveral values"},
    {"return ruleset(1)", "\nr.lua:1\nerror[script-error]\nruleset takes one table"},
    {"return ruleset {\n x = 1/0 }", "\nr.lua:2:6: error[not-finite]: x is"},
    {"return ruleset {\n a = { 1, { b = -(0/0) } }, c = 1/0 }",
     "\nr.lua:2:17: error[not-finite]: a[2].b is\nr.lua:2:33: error[not-finite]: c is"},
    {"return ruleset {\n x = { [1] = 1, [3] = 2 } }",
     "\nr.lua:2:\nerror[wrong-type]: x[2] should be\nnot nothing"},
    {"return ruleset {\n x = { [1.5] = 1 } }", "\nr.lua:2:6: error[unknown-key]: x[1.5]"},
    {"return ruleset {\n x = { [true] = 1, [0] = 2 } }", "\nr.lua:2:6: error[unknown-key]: x[true]\nx[0]"},
    {"return ruleset {\n x = field }", "\nr.lua:2:6: error[wrong-type]: x should be"},
    {"return ruleset {\n x = '\\xff' }", "\nr.lua:2:6: error[wrong-type]: x should be text in UTF-8"},
    {"local t = {}\nt.t = t\nreturn ruleset {\n x = t }",
     "\nr.lua:4:6: error[wrong-type]: x.t.t\nlevels deep"},
    {"local t = {}\nfor i = 1, 200000 do t[i] = i end\nreturn ruleset {\n x = t }",
     "\nr.lua:4:6: error[wrong-type]\nat most 100000 values"},
    {"local e = field.a\nfor i = 1, 30 do e = e + e end\nreturn ruleset {\n x = e }",
     "\nr.lua:4:6: error[wrong-type]\nat most 100000 values"},
    {"local e = field.a\nfor i = 1, 60 do e = e + 1 end\nreturn ruleset { x = e }",
     "\nr.lua:2\nerror[script-error]\nnested more than 48 deep"},
    {"return ruleset {\n x = fiel.actual }", "\nr.lua:2\nerror[script-error]\nfiel\nfield"},
    {"return ruleset {\n x = field.a < 3 }", "\nr.lua:2\na formula cannot be compared: use `when`"},
    {"return ruleset {\n x = field.a <= field.b }", "\nr.lua:2\na formula cannot be compared"},
    {"return ruleset {\n x = field.a == field.b }", "\nr.lua:2\na formula cannot be compared"},
    {"return ruleset {\n x = field.a .. 'x' }", "\nr.lua:2\na formula cannot be joined"},
    {"return ruleset {\n x = field.a.b }", "\nr.lua:2\na formula has no fields"},
    {"return ruleset {\n x = field.a(1) }", "\nr.lua:2\nis a * missing"},
    {"return ruleset {\n x = when(field.a):at_most(1) + 1 }",
     "\nr.lua:2\na condition is no number: write choose("},
    {"return ruleset {\n x = choose(field.a, 1, 2) }", "\nr.lua:2\nchoose begins with a condition"},
    {"return ruleset {\n x = when(field.a) < 1 }", "\nr.lua:2\nwhen(…) alone is no condition"},
    {"return ruleset {\n x = when(field.a).at_most(1) }", "\nr.lua:2\nwith a colon"},
    {"return ruleset {\n x = all(1) }", "\nr.lua:2\nall takes conditions"},
    {"return ruleset {\n x = trimmed(0.5) }", "\nr.lua:2\nat least 0 and below 0.5"},
    {"return ruleset {\n x = weighted_mean(field.a) }", "\nr.lua:2\nthe column of weights"},
    {"return ruleset {\n x = field.a % 2 }", "\nr.lua:2\na formula has no %"},
    {"return ruleset {\n x = field.a // 2 }", "\nr.lua:2\na formula has no //"},
    {"return ruleset {\n x = #field.a }", "\nr.lua:2\na formula has no length"},
    {"return ruleset {\n x = field.a & 1 }", "\nr.lua:2\nbitwise"},
    {"return ruleset {\n x = field.a * '100' }", "\nr.lua:2\nnot with text: write a number without quotes"},
    {"return ruleset {\n x = '100' * field.a }", "\nr.lua:2\na text is no number"},
    {"return ruleset {\n x = field.a * (1/0) }", "\nr.lua:2\nneeds finite numbers"},
    {"return ruleset {\n x = field.a * nil }", "\nr.lua:2\nnot with nil"},
    {"return ruleset {\n x = field.a * mean }", "\nr.lua:2\nmean is a word"},
    {"return ruleset {\n x = field.a * param }", "\nr.lua:2\nwrite param.NAME"},
    {"return ruleset {\n x = field * 2 }", "\nr.lua:2\nwrite field.NAME"},
    {"return ruleset {\n x = field[1] }", "\nr.lua:2\nfield takes a name"},
    {"return ruleset {\n x = mean(1) }", "\nr.lua:2\nmean is a word for the project's rate"},
    {"while true do end", "\nerror[cpu-limit]"},
};

/* Temporary folders' names are not what is compared. */
static void check_messages(const char *rules, const char *said, const char *expected) {
    while (*expected == '\n') {
        size_t size = strcspn(++expected, "\n");
        char part[200];
        assert_true(size < sizeof part);
        memcpy(part, expected, size);
        part[size] = '\0';
        if (!strstr(said, part)) fail_msg("%s\n  says: %s  without: %s", rules, said, part);
        expected += size;
    }
}

static void reports_errors(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        Fixture fixture;
        Buffer said = {0};
        prepare(&fixture, bad[i].rules);
        const ScriptLimits limits = limits_with(strstr(bad[i].messages, "[cpu-limit]") ? 1 : PATIENCE);
        if (rules_load(fixture.path, &fixture.folders, &limits, fixture.diag))
            fail_msg("%s: loaded", bad[i].rules);
        render_all(fixture.diag, &said);
        check_messages(bad[i].rules, buffer_text(&said), bad[i].messages);
        buffer_release(&said);
        clean_up(&fixture);
    }
}

static void a_file_that_is_not_there(void **state) {
    (void)state;
    Diag *diag = diag_new();
    Folders folders = {.project = STR("."), .share = STR("")};
    assert_null(rules_load(STR("no-such-file.lua"), &folders, &LIMITS_DEFAULT, diag));
    assert_int_equal(diag_item(diag, 0)->message, MESSAGE_FILE_OPEN);
    diag_free(diag);
}

/* ---- functions */

#define HEADER "bureau,department,project,indicator,unit,target,actual\n"
#define ROWS   "국,과,사업,지표1,%,100,77.6\n국,과,사업,지표2,%,100,\n국,과,사업,지표3,,0,50\n"

static Dataset *load_data(Str bytes, Diag *diag) {
    Table *table = csv_open(STR("t.csv"), bytes);
    Dataset *dataset = dataset_load(table, &(LoadOptions){0}, diag);
    table_close(table);
    assert_non_null(dataset);
    return dataset;
}

static Plan plan_with(Param *params, size_t count) {
    return (Plan){.file = STR("r.lua"), .params = params, .param_count = count};
}

static void write_answer(Buffer *out, const Answer *answer) {
    static const char *const names[] = {"", "whole ", "none", "yes", "no", "failed: "};
    buffer_add(out, str_of(names[answer->kind]));
    if (answer->kind == ANSWER_NUMBER) buffer_addf(out, "%.17g", answer->number);
    if (answer->kind == ANSWER_WHOLE) buffer_addf(out, "%lld", (long long)answer->whole);
    if (answer->kind != ANSWER_FAILED) return;
    buffer_add(out, message_part(answer->complaint->message, LANGUAGE_EN));
    buffer_addf(out, " @%u:%.*s", answer->complaint->place.line, STR_FMT(answer->complaint->place.source));
}

/* Calls function number 1 of a file for the three rows. */
static const struct {
    const char *function;
    const char *answers[3];
} calls[] = {
    {"function(i) return i.actual end", {"77.599999999999994", "none", "50"}},
    {"function(i) return i.row + 9007199254740991 end",
     {"9007199254740992", "whole 9007199254740993", "whole 9007199254740994"}},
    {"function(i) return -9007199254740992 - (i.row - 1) end",
     {"-9007199254740992", "whole -9007199254740993", "whole -9007199254740994"}},
    {"function(i) return -0.0 end", {"-0", "-0", "-0"}}, /* what becomes of it is model/results' to say */
    {"function(i) return i.row end", {"1", "2", "3"}},
    {"function(i) return i[\"목표\"] == 0 end", {"no", "no", "yes"}},
    {"function(i) return i.unit end",
     {"failed: the function returned a string", "failed: the function returned a string", "none"}},
    {"function(i) return param.cut + 1 end", {"81", "81", "81"}},
    {"function(i) return param.half end", {"0.5", "0.5", "0.5"}},
    {"function(i) return param.ctu end",
     {"there is no param 'ctu', did you mean 'cut'? @1:return", "did you mean 'cut'", "did you mean 'cut'"}},
    {"function(i) return i.target / 0 end",
     {"failed: the result is not a finite number @1:return ruleset", "finite", "finite"}},
    {"function(i) return i.actual * 2 end", {"155.19999999999999", "failed: ", "100"}},
    {"function(i) return field.actual end", {"inside a function(i) write i.actual", "i.actual", "i.actual"}},
    {"(function() local e = field.actual * 1 return function(i) return e end end)()",
     {"the function returned a formula", "a formula", "a formula"}},
    {"function(i) return i.actaul end", {"actual", "actual", "actual"}},
    {"function(i) error('no ' .. i.indicator) end", {"failed: no 지표1 @1:return", "no 지표2", "no 지표3"}},
};

static void check_calls(const char *function, const char *const *expected) {
    Fixture fixture;
    Buffer file = {0};
    buffer_addf(&file, "return ruleset { %s }", function);
    RuleFile *rules = load(&fixture, buffer_text(&file));
    Dataset *dataset = load_data(STR(HEADER ROWS), fixture.diag);
    Param params[] = {{.name = STR("cut"), .value = decimal_of(80)},
                      {.name = STR("half"), .value = {.digits = 5, .scale = 1}}};
    Plan plan = plan_with(params, 2);
    RowFunctions functions = rules_functions(rules, &plan, dataset);
    Answer answers[3];
    const uint32_t rows[] = {0, 1, 2};
    if (!functions.call(functions.context, 1, rows, 3, answers, &fixture.arena, fixture.diag)) {
        Buffer said = {0};
        render_all(fixture.diag, &said);
        fail_msg("%s: %s", function, buffer_text(&said));
    }
    for (size_t i = 0; i < 3; i++) {
        Buffer found = {0};
        write_answer(&found, &answers[i]);
        if (answers[i].kind == ANSWER_FAILED ? !strstr(buffer_text(&found), expected[i])
                                             : !str_is(buffer_view(&found), expected[i]))
            fail_msg("%s, row %zu: found %s, expected %s", function, i, buffer_text(&found), expected[i]);
        buffer_release(&found);
    }
    rules_free(rules);
    dataset_free(dataset);
    buffer_release(&file);
    clean_up(&fixture);
}

static void calls_functions(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        check_calls(calls[i].function, calls[i].answers);
}

static void a_function_without_end_is_a_limit(void **state) {
    (void)state;
    Fixture fixture;
    RuleFile *rules = load(&fixture, "return ruleset {\n  function(i)\n    while true do end\n  end }");
    Dataset *dataset = load_data(STR(HEADER ROWS), fixture.diag);
    Plan plan = plan_with(NULL, 0);
    RowFunctions functions = rules_functions(rules, &plan, dataset);
    Answer answers[1];
    const uint32_t row = 0;
    assert_false(functions.call(functions.context, 1, &row, 1, answers, &fixture.arena, fixture.diag));
    assert_int_equal(diag_count(fixture.diag), 1);
    assert_int_equal(diag_item(fixture.diag, 0)->message, MESSAGE_CPU_LIMIT);
    assert_int_equal(diag_exit_code(fixture.diag), EXIT_LIMIT);
    rules_free(rules);
    dataset_free(dataset);
    clean_up(&fixture);
}

static void many_rows_go_in_batches(void **state) {
    (void)state;
    enum { COUNT = 2500 };
    Fixture fixture;
    RuleFile *rules = load(&fixture, "return ruleset { a = function(i) return 1 end,\n"
                                     "  b = function(i) return i.row * 2 end }");
    Buffer bytes = {0};
    buffer_add(&bytes, STR(HEADER));
    for (size_t i = 0; i < COUNT; i++) buffer_addf(&bytes, "국,과,사업,지표%zu,,1,2\n", i);
    Dataset *dataset = load_data(buffer_view(&bytes), fixture.diag);
    Plan plan = plan_with(NULL, 0);
    RowFunctions functions = rules_functions(rules, &plan, dataset);
    Answer *answers = arena_new(&fixture.arena, COUNT, sizeof *answers);
    uint32_t *rows = arena_new(&fixture.arena, COUNT, sizeof *rows);
    for (uint32_t i = 0; i < COUNT; i++) rows[i] = COUNT - 1 - i;
    assert_true(functions.call(functions.context, 2, rows, COUNT, answers, &fixture.arena, fixture.diag));
    for (uint32_t i = 0; i < COUNT; i++) assert_int_equal((int)answers[i].number, 2 * (COUNT - i));
    assert_true(functions.call(functions.context, 1, rows, 1, answers, &fixture.arena, fixture.diag));
    assert_int_equal((int)answers[0].number, 1);
    assert_false(functions.call(functions.context, 3, rows, 1, answers, &fixture.arena, fixture.diag));
    assert_int_equal(diag_item(fixture.diag, 0)->message, MESSAGE_WORKER_PROTOCOL);
    rules_free(rules);
    dataset_free(dataset);
    buffer_release(&bytes);
    clean_up(&fixture);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(loads_the_example),
        cmocka_unit_test(reads_values),
        cmocka_unit_test(reads_what_another_script_returns),
        cmocka_unit_test(reports_errors),
        cmocka_unit_test(a_file_that_is_not_there),
        cmocka_unit_test(calls_functions),
        cmocka_unit_test(a_function_without_end_is_a_limit),
        cmocka_unit_test(many_rows_go_in_batches),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
