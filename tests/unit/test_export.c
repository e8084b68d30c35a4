#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "io/json.h"
#include "model/export.h"
#include "ruletext.h"

/* Two bureaus; one project without a rate; names that need quoting, or that a spreadsheet would take for a
 * formula. The target of row 3 is blank, that of row 5 zero. */
static const char data[] =
    HEADER ",published_rate\n"
           "행정국,총무과,\"민원, 상담\",\"처리 \"\"신속\"\"\",건,\"2,500\",2000.0,80\n"
           "행정국,총무과,\"민원, 상담\",=1+1,,3,2,66.70\n"
           "행정국,홍보과,홍보,\"두\n줄\",회,,5,\n"
           "복지국,총무과,-복지,@점검,%,15,14,-\n"
           "복지국,총무과,영,\\역슬래시,%,0,5,\n";

#define SPECIAL "special = { { when = { indicator = '@*' }, because = '왜 \\ \"그\"', rate = 93.1234565 } }"

static Trial evaluated(void) { return trial_good(SPECIAL, str_of(data), NULL); }

static Tree *export_tree(const Results *results, Arena *arena) {
    Buffer json = {0};
    Diag *diag = diag_new();
    export_json(results, &json);
    assert_true(str_ends(buffer_view(&json), STR("}\n")));
    Tree *tree = json_parse(STR("x.json"), buffer_view(&json), arena, diag);
    if (!tree) {
        Buffer faults = {0};
        faults_brief(&faults, diag);
        fail_msg("%s\n%s", buffer_text(&json), buffer_text(&faults));
    }
    buffer_release(&json);
    diag_free(diag);
    return tree;
}

/* A tree in one line: names without quotes, null as nothing. */
static void add_tree(Buffer *out, const Tree *tree) {
    switch (tree->kind) {
    case TREE_NIL:
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
    default:
        buffer_add_char(out, '{');
        for (size_t i = 0; i < tree->count; i++) {
            if (i > 0) buffer_add_char(out, ' ');
            if (tree->items[i].name.size) buffer_addf(out, "%.*s=", STR_FMT(tree->items[i].name));
            add_tree(out, tree->items[i].value);
        }
        buffer_add_char(out, '}');
    }
}

/* Rates by hand: 80; 66 2/3; (80 + 66 2/3)/2 = 73 1/3; 93.1234565 half up at six places. */
static void test_json(void **state) {
    (void)state;
    static const char wanted[] =
        "{format='perfeval.result/1' title='t' totals={projects=4 sluggish=1 normal=1 none=2 indicators=5} "
        "params={{name='cut' value=80 unit='%' source='s'}} missing={blank=1 zero_target=1} bureaus={"
        "{name='행정국' projects=2 sluggish=1 normal=0 none=1 departments={"
        "{name='총무과' projects={{name='민원, 상담' rate=73.333333 rate_printed='73' verdict='sluggish' "
        "verdict_name='부진' indicators={"
        "{name='처리 \"신속\"' unit='건' target=2500 actual=2000 rate=80 rate_printed='80' published_rate=80 row=1 "
        "case='rate[2]'} "
        "{name='=1+1' unit='' target=3 actual=2 rate=66.666667 rate_printed='67' published_rate=66.7 row=2 "
        "case='rate[2]'}}}}} "
        "{name='홍보과' projects={{name='홍보' rate= rate_printed= missing='no_values' verdict= verdict_name= "
        "indicators={{name='두\n줄' unit='회' target= actual=5 rate= rate_printed= missing='blank' published_rate= "
        "row=3 case='rate[2]'}}}}}}} "
        "{name='복지국' projects=2 sluggish=0 normal=1 none=1 departments={"
        "{name='총무과' projects={{name='-복지' rate=93.123457 rate_printed='93' verdict='normal' "
        "verdict_name='정상추진' indicators={{name='@점검' unit='%' target=15 actual=14 rate=93.123457 "
        "rate_printed='93' published_rate= row=4 case='special[1]' because='왜 \\ \"그\"'}}} "
        "{name='영' rate= rate_printed= missing='no_values' verdict= verdict_name= "
        "indicators={{name='\\역슬래시' unit='%' target=0 actual=5 rate= rate_printed= missing='zero_target' "
        "published_rate= row=5 case='rate[2]'}}}}}}}}}";
    Arena arena = {0};
    Trial trial = evaluated();
    Buffer found = {0};
    add_tree(&found, export_tree(trial.results, &arena));
    expect_text("json", &found, wanted);
    trial_end(&trial);
    arena_release(&arena);
}

/* Names that hold every byte that JSON must escape come back as they were. */
static void test_json_names(void **state) {
    (void)state;
    Arena arena = {0};
    Buffer csv = {0}, name = {0};
    for (int byte = 1; byte < 0x80; byte++) buffer_add_char(&name, (char)byte);
    buffer_add(&name, STR("가\u2028\U0001F600."));
    buffer_add(&csv, STR(HEADER "\nb,d,p,"));
    csv_add_cell(&csv, buffer_view(&name));
    buffer_add(&csv, STR(",u,1,1\n"));
    Trial trial = trial_good("", buffer_view(&csv), NULL);
    const Tree *tree = export_tree(trial.results, &arena);
    static const char *const path[] = {"bureaus", "departments", "projects", "indicators"};
    for (size_t i = 0; i < COUNT(path); i++) tree = tree_get(tree, path[i])->items[0].value;
    Str read = tree_get(tree, "name")->text;
    if (!str_equal(read, buffer_view(&name))) fail_msg("read <%.*s>", STR_FMT(read));
    buffer_release(&csv);
    buffer_release(&name);
    trial_end(&trial);
    arena_release(&arena);
}

/* A value given for a run stands beside that of the file; a rule set without params has none. */
static void test_json_params(void **state) {
    (void)state;
    Arena arena = {0};
    Trial trial = trial_good("params = { cut = { 80.50, unit = '%' }, lo = 5 }, title = '제목 \"a\"'",
                             STR(HEADER "\nb,d,p,i,u,1,1\n"), NULL);
    plan_free(trial.plan);
    results_free(trial.results);
    const Setting setting = {STR("lo"), STR("7.0")};
    Tree *rules =
        ruletext_rules(&arena, "params = { cut = { 80.50, unit = '%' }, lo = 5 }, title = '제목 \"a\"'");
    trial.plan = plan_compile(STR("r.lua"), rules, &setting, 1, trial.diag);
    trial.results = evaluate(trial.plan, trial.dataset, NULL, trial.diag);
    const Tree *tree = export_tree(trial.results, &arena);
    Buffer found = {0};
    add_tree(&found, tree_get(tree, "title"));
    add_tree(&found, tree_get(tree, "params"));
    expect_text("params", &found,
                "'제목 \"a\"'{{name='cut' value=80.5 unit='%'} {name='lo' value=7 file_value=5}}");
    trial_end(&trial);
    arena_release(&arena);
}

static void test_csv(void **state) {
    (void)state;
    static const char wanted[] =
        "[bureau][department][project][indicator][unit][target][actual][rate][project_rate][verdict]"
        "[published_rate][missing]\n"
        "[행정국][총무과][민원, 상담][처리 \"신속\"][건][2500][2000][80][73.333333][sluggish][80][]\n"
        "[행정국][총무과][민원, 상담]['=1+1][][3][2][66.666667][73.333333][sluggish][66.7][]\n"
        "[행정국][홍보과][홍보][두\n줄][회][][5][][][][][blank]\n"
        "[복지국][총무과]['-복지]['@점검][%][15][14][93.123457][93.123457][normal][][]\n"
        "[복지국][총무과][영][\\역슬래시][%][0][5][][][][][zero_target]\n";
    Trial trial = evaluated();
    Buffer csv = {0}, found = {0};
    export_csv(trial.results, &csv);
    Table *table = csv_open(STR("x.csv"), buffer_view(&csv));
    Row row;
    TableStep step;
    while ((step = table_next(table, &row, trial.diag)) == TABLE_ROW) {
        for (size_t i = 0; i < row.count; i++) buffer_addf(&found, "[%.*s]", STR_FMT(row.cells[i].text));
        buffer_add_char(&found, '\n');
    }
    assert_int_equal(step, TABLE_END);
    table_close(table);
    expect_text("csv", &found, wanted);
    buffer_release(&csv);
    trial_end(&trial);
}

/* What was exported as CSV is data again, and gives the same rates. */
static void test_csv_again(void **state) {
    (void)state;
    Trial trial =
        trial_good("", STR(HEADER "\nb,d,p,i,u,3,2\nb,d,p,\"a,b\",u,0.70,-0.56\nb,c,p,i,u,,1\n"), NULL);
    Buffer csv = {0};
    export_csv(trial.results, &csv);
    Trial again = trial_good("", buffer_view(&csv), NULL);
    assert_int_equal(dataset_rows(again.dataset), 3);
    for (size_t row = 0; row < 3; row++) {
        Buffer before = {0}, behind = {0};
        results_write_row(trial.results, row, &before);
        results_write_row(again.results, row, &behind);
        expect_text(buffer_text(&csv), &behind, buffer_text(&before));
        buffer_release(&before);
    }
    buffer_release(&csv);
    trial_end(&trial);
    trial_end(&again);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_json), cmocka_unit_test(test_json_names), cmocka_unit_test(test_json_params),
        cmocka_unit_test(test_csv),  cmocka_unit_test(test_csv_again),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
