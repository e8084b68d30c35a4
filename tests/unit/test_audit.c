#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "io/json.h"
#include "model/audit.h"
#include "model/meaning.h"
#include "ruletext.h"

static void read_number(const char *text, mpq_ptr out) {
    Arena arena = {0};
    Decimal number;
    assert_true(decimal_parse_literal(str_of(text), &number, &arena));
    decimal_to_rational(&number, out);
    arena_release(&arena);
}

/* What a printed number stands for, mode by mode. */
static void test_printed(void **state) {
    (void)state;
    static const struct {
        const char *printed;
        unsigned places;
        Rounding mode;
        const char *wanted;
    } rows[] = {
        {"97", 0, ROUNDING_HALF_UP, "[96.5, 97.5)"},
        {"-97", 0, ROUNDING_HALF_UP, "(-97.5, -96.5]"},
        {"0", 0, ROUNDING_HALF_UP, "(-0.5, 0.5)"},
        {"97.0", 1, ROUNDING_HALF_UP, "[96.95, 97.05)"},
        {"97", 0, ROUNDING_HALF_EVEN, "(96.5, 97.5)"},
        {"98", 0, ROUNDING_HALF_EVEN, "[97.5, 98.5]"},
        {"97", 0, ROUNDING_HALF_DOWN, "(96.5, 97.5]"},
        {"0", 0, ROUNDING_HALF_DOWN, "[-0.5, 0.5]"},
        {"97", 0, ROUNDING_UP, "(96, 97]"},
        {"-97", 0, ROUNDING_UP, "[-97, -96)"},
        {"0", 0, ROUNDING_UP, "[0, 0]"},
        {"97", 0, ROUNDING_DOWN, "[97, 98)"},
        {"-97", 0, ROUNDING_DOWN, "(-98, -97]"},
        {"0", 0, ROUNDING_DOWN, "(-1, 1)"},
        {"97", 0, ROUNDING_CEILING, "(96, 97]"},
        {"-97", 0, ROUNDING_CEILING, "(-98, -97]"},
        {"97", 0, ROUNDING_FLOOR, "[97, 98)"},
        {"-97", 0, ROUNDING_FLOOR, "[-97, -96)"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        Interval interval;
        mpq_t printed;
        Buffer text = {0};
        interval_init(&interval);
        mpq_init(printed);
        read_number(rows[i].printed, printed);
        interval_of_printed(&interval, printed, rows[i].places, rows[i].mode);
        interval_write(&text, &interval);
        if (!str_is(buffer_view(&text), rows[i].wanted))
            fail_msg("%s %s: %s, expected %s", rows[i].printed, rounding_name(rows[i].mode),
                     buffer_text(&text), rows[i].wanted);
        buffer_release(&text);
        mpq_clear(printed);
        interval_clear(&interval);
    }
}

static void add_would(Buffer *out, const char *name, const Would *would) {
    if (!would) return;
    buffer_addf(out, " %s", name);
    for (size_t i = 0; i < would->count; i++) {
        buffer_add_char(out, ' ');
        interval_write(out, &would->intervals[i]);
    }
}

static void add_figure(Buffer *out, const Audit *audit, const Figure *figure) {
    const AuditColumn *column = &audit->columns[figure->kind];
    if (figure->kind == FIGURE_RATE)
        buffer_addf(out, "%zu", figure->row + 1);
    else
        buffer_addf(out, "%.*s.%.*s%s", STR_FMT(figure->bureau), STR_FMT(figure->key),
                    figure->kind == FIGURE_PERCENT ? "%" : "");
    buffer_addf(out, " %s %.*s", figure_class_name(figure->class), STR_FMT(figure->computed));
    if (figure->missing != MISSING_NONE) buffer_add(out, str_of(missing_name(figure->missing)));
    if (figure->class == FIGURE_OTHER_ROUNDING) {
        buffer_addf(out, " %.*s %s/%u", STR_FMT(figure->other), rounding_name(column->mode), column->places);
        for (int mode = 0; mode < ROUNDING_COUNT; mode++)
            if (column->also[mode]) buffer_addf(out, "=%s", rounding_name((Rounding)mode));
    }
    if (figure->class == FIGURE_HIDDEN_DECIMALS && !figure->together) {
        add_would(out, "target", figure->target);
        add_would(out, "actual", figure->actual);
    }
    if (figure->class == FIGURE_IMPOSSIBLE) add_would(out, "any", figure->any_actual);
    if (figure->nearest.size) buffer_addf(out, " nearest %.*s", STR_FMT(figure->nearest));
    if (figure->together) buffer_add(out, STR(" together"));
    if (figure->untried) buffer_add(out, STR(" untried"));
    if (figure->from_print) buffer_add(out, STR(" from-print"));
    buffer_add(out, STR("; "));
}

static void expect_audit(const char *changes, const char *data, const char *published, const char *wanted) {
    Trial trial = trial_good(changes, str_of(data), NULL);
    Published figures = {0};
    if (published) {
        const Tree *tree = json_parse(STR("p.json"), str_of(published), &trial.arena, trial.diag);
        assert_non_null(tree);
        assert_true(published_read(&trial.arena, tree, &figures, trial.diag));
    }
    Audit *audit = audit_new(trial.results, published ? &figures : NULL);
    Buffer found = {0};
    for (size_t i = 0; i < audit->count; i++) add_figure(&found, audit, &audit->figures[i]);
    if (!str_is(buffer_view(&found), wanted))
        fail_msg("%s\n%s\nexpected\n%s", data, buffer_text(&found), wanted);
    buffer_release(&found);
    audit_free(audit);
    trial_end(&trial);
}

#define RATES HEADER ",polarity,published_rate\n"
#define ROW   "국,과,사업,지표,건,"

/* Worked out by hand; every column stands for itself. */
static void test_rates(void **state) {
    (void)state;
    static const struct {
        const char *rules, *data, *wanted;
    } rows[] = {
        /* 66 2/3 cut off; 33 1/3 and 80 are the same both ways */
        {"", RATES ROW "3,2,,66\n" ROW "3,1,,33\n" ROW "5,4,,80\n",
         "1 other_rounding 67 66 down/0=floor; 2 matches 33; 3 matches 80; "},
        /* the column has a 67 too: one rounding must hold for all of it. actual / 3 in [0.655, 0.665) */
        {"", RATES ROW "3,2,,66\n" ROW "3,2,,67\n",
         "1 hidden_decimals 67 target (400/133≈3.008, 400/131≈3.053] actual [1.965, 1.995); 2 matches 67; "},
        /* one figure that only cutting off gives and one that only rounding up gives: neither holds */
        {"", RATES ROW "3,2,,66\n" ROW "3,1,,34\n",
         "1 hidden_decimals 67 target (400/133≈3.008, 400/131≈3.053] actual [1.965, 1.995); "
         "2 hidden_decimals 33 target (200/69≈2.899, 200/67≈2.985] actual [1.005, 1.035); "},
        /* 0.5 is a tie */
        {"", RATES ROW "200,1,,0\n" ROW "4,1,,25\n",
         "1 other_rounding 1 0 half_even/0=half_down=down=floor; 2 matches 25; "},
        /* one place is printed */
        {"", RATES ROW "3,2,,66.7\n" ROW "4,1,,25\n",
         "1 other_rounding 67 66.7 half_up/1=half_even=half_down=up=ceiling; 2 matches 25; "},
        /* 26 x [1.495, 1.505) */
        {"", RATES ROW "26,37,,150\n", "1 impossible 142 any [38.87, 39.13) nearest 39; "},
        /* places as written: of 37.00 at most 37.005 is hidden */
        {"", RATES ROW "26,37.00,,150\n", "1 impossible 142 any [38.87, 39.13) nearest 39.00; "},
        {"", RATES ROW "0,5,,100\n", "1 impossible zero_target; "},
        /* (2 - A / 10) x 100 in [111.5, 112.5): A in (8.75, 8.85]; 2 - 9 / T in [1.115, 1.125): T in [9 /
           0.885, 9 / 0.875) */
        {"", RATES ROW "10,9,lower,112\n",
         "1 hidden_decimals 110 target [600/59≈10.169, 72/7≈10.286) actual (8.75, 8.85]; "},
        /* 10.5 / 9.5 = 110.5…: neither number alone can do it */
        {"", RATES ROW "10,10,,110\n", "1 hidden_decimals 100 nearest 11 together; "},
        /* negative: 752 x [-0.325, -0.315) */
        {"", RATES ROW "752,-231,,-32\n", "1 impossible -31 any (-244.4, -236.88] nearest -241; "},
        /* a cap: 10 x [1.095, 1.105), and nothing gives 130 */
        {"rate = { { min(field.actual / field.target * 100, 120) } }",
         RATES ROW "10,15,,110\n" ROW "10,15,,130\n",
         "1 impossible 120 any [10.95, 11.05) nearest 11; 2 impossible 120 any; "},
        /* a fixed rate answers to nothing */
        {"special = { { when = { indicator = '지표' }, because = 'b', rate = 50 } }", RATES ROW "10,10,,60\n",
         "1 impossible 50 any; "},
        /* what is not printed is no figure; 97 and 97.0 are one number */
        {"", RATES ROW "10,9.7,,97.0\n" ROW "10,9,,\n", "1 matches 97; "},
        /* a rate of T / A: A in (1000 / 112.5, 1000 / 111.5] */
        {"rate = { { field.target / field.actual * 100 } }", RATES ROW "10,9.5,,112\n",
         "1 impossible 105 any (80/9≈8.889, 2000/223≈8.969] nearest 8.9; "},
    };
    for (size_t i = 0; i < COUNT(rows); i++) expect_audit(rows[i].rules, rows[i].data, NULL, rows[i].wanted);
}

/* 가 has one sluggish of two, 나 none of one: 66 2/3 % and 33 1/3 %. */
static void test_counts(void **state) {
    (void)state;
    static const char data[] =
        HEADER "\n가,과,하나,지표,건,10,5\n가,과,둘,지표,건,10,10\n나,과,셋,지표,건,10,10\n";
    expect_audit(
        "", data,
        "{\"title\":\"t\",\"bureaus\":[{\"name\":\"가\",\"projects\":2,\"normal\":2,\"sluggish\":0,"
        "\"percent\":{\"normal\":50}},{\"name\":\" 나\",\"projects\":1},{\"name\":\"다\",\"projects\":1}],"
        "\"totals\":{\"projects\":3,\"normal\":2,\"sluggish\":1,\"late\":0},"
        "\"percent\":{\"projects\":null,\"normal\":66,\"sluggish\":33}}",
        "가.normal impossible 1; 가.sluggish impossible 1; 다.projects impossible ; .late impossible ; "
        ".normal% other_rounding 67 66 down/0=floor; "
        "가.projects matches 2; 나.projects matches 1; .projects matches 3; .normal matches 2; "
        ".sluggish matches 1; 가.normal% matches 50; .sluggish% matches 33; ");
    /* 99 rounds up, 32 would round down: not one column; 1 of 2 printed gives the printed 50 */
    expect_audit("", data, "{\"percent\":{\"normal\":67,\"sluggish\":34}}",
                 ".sluggish% other_rounding 33 34 up/0=ceiling; .normal% matches 67; ");
    expect_audit("", data, "{\"percent\":{\"normal\":66,\"sluggish\":34}}",
                 ".normal% impossible 67; .sluggish% impossible 33; ");
    expect_audit("", data, "{\"totals\":{\"projects\":4,\"normal\":1},\"percent\":{\"normal\":25}}",
                 ".projects impossible 3; .normal impossible 2; .normal% impossible 67 from-print; ");
}

static void test_published_faults(void **state) {
    (void)state;
    static const struct {
        const char *json, *wanted;
    } rows[] = {
        {"{\"bureaus\":[{\"projects\":1}]}", "bureaus.name"},
        {"{\"bureaus\":[3]}", "bureaus"},
        {"{\"totals\":{\"normal\":\"-\"}}", "normal"},
        {"{\"percent\":7}", "percent"},
        {"{\"bureaus\":{\"x\":true}}", "bureaus"},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        Arena arena = {0};
        Diag *diag = diag_new();
        Published figures;
        const Tree *tree = json_parse(STR("p.json"), str_of(rows[i].json), &arena, diag);
        assert_false(published_read(&arena, tree, &figures, diag));
        assert_int_equal(diag_count(diag), 1);
        assert_int_equal(diag_item(diag, 0)->message, MESSAGE_WRONG_PUBLISHED);
        assert_true(str_is(diag_item(diag, 0)->arguments[0], rows[i].wanted));
        assert_int_equal(diag_item(diag, 0)->place.line, 1);
        assert_int_equal(diag_exit_code(diag), EXIT_DATA);
        diag_free(diag);
        arena_release(&arena);
    }
}

static void test_units(void **state) {
    (void)state;
    static const struct {
        const char *name, *unit, *wanted;
    } rows[] = {
        {"처리율", "%", ""},       {"처리율", "건", "%"},
        {"에너지 효율", "건", ""}, {"처리율(평균)", "건", "%"},
        {"처리 건수", "건", ""},   {"처리 건수", "%", "건"},
        {"점검 횟수", "회", ""},   {"점검 횟수", "%", "회"},
        {"참여자수", "천명", ""},  {"이수자 수", "%", "명"},
        {"징수액", "백만원", ""},  {"징수액", "건", "원"},
        {"보수", "%", ""},         {"감축량(톤)", "건", "톤"},
        {"감축량(톤)", "톤", ""},  {"이용자(연인원)", "명", ""},
        {"처리율", "", ""},        {"목표 달성도", "명", "%"},
        {"설치 개소", "개소", ""}, {"취업률", "％", ""},
    };
    for (size_t i = 0; i < COUNT(rows); i++) {
        Str wanted = meaning_unit_wanted(str_of(rows[i].name), str_of(rows[i].unit));
        if (!str_is(wanted, rows[i].wanted))
            fail_msg("%s in %s: %.*s, expected %s", rows[i].name, rows[i].unit, STR_FMT(wanted),
                     rows[i].wanted);
    }
}

static void test_years(void **state) {
    (void)state;
    static const struct {
        const char *text;
        int year;
    } rows[] = {{"2019년 평가", 2019},
                {"2018~2019 결산", 2019},
                {"2040 계획", 2040},
                {"12018명", 0},
                {"20191", 0},
                {"1,999명", 0},
                {"0.2018", 0},
                {"3.3.3", 0},
                {"", 0},
                {"1999", 1999},
                {"2100년", 0},
                {"서울2018", 2018}};
    for (size_t i = 0; i < COUNT(rows); i++)
        if (meaning_year(str_of(rows[i].text)) != rows[i].year) fail_msg("%s", rows[i].text);
}

static void expect_findings(const char *changes, const char *data, const bool *left_out, const char *wanted) {
    Trial trial = trial_good(changes, str_of(data), NULL);
    Findings findings;
    Buffer found = {0};
    meaning_find(trial.results, left_out, &findings);
    for (size_t i = 0; i < findings.count; i++) {
        const Finding *finding = &findings.items[i];
        buffer_addf(&found, "%s %zu%s; ", message_get(finding->code).code, finding->row + 1,
                    finding->project ? " project" : "");
    }
    if (!str_is(buffer_view(&found), wanted))
        fail_msg("%s\n%s\nexpected\n%s", data, buffer_text(&found), wanted);
    buffer_release(&found);
    meaning_release(&findings);
    trial_end(&trial);
}

static void test_findings(void **state) {
    (void)state;
    bool none[MEANING_CODES] = {false}, most[MEANING_CODES];
    for (size_t i = 0; i < MEANING_CODES; i++) most[i] = MEANING_FIRST + i != MESSAGE_ON_THRESHOLD;
    static const char cuts[] = HEADER "\n가,과,하나,갑,건,10,8\n가,과,둘,을,건,10,8\n가,과,둘,병,건,10,9\n"
                                      "가,과,셋,정,건,3,2\n가,과,셋,무,건,15,14\n";
    /* 하나 is on 80 with its one indicator; 을 alone; the mean of 66 2/3 and 93 1/3 */
    expect_findings("", cuts, most, "on-threshold 1 project; on-threshold 2; on-threshold 4 project; ");
    static const char names[] =
        HEADER "\n가,과,2018년 사업,처리율,%,100,101\n가,과,2018년 사업,점검·정비,건,10,-9.5\n"
               "가,과,둘,점검 ․정비,건,10,9\n나,과,둘,점검·정비,건,10,9\n나,과, 둘.,별,%,95,120\n"
               "나,과,넷,이용 증가율,%,95,120\n";
    expect_findings("title = '2019년'", names, none,
                    "hidden-target 1; share-above-100 1; share-above-100 5; repeated-name 3; "
                    "repeated-name 5 project; negative-actual 2; stale-year 1 project; ");
    expect_findings("title = '평가'", names, most, "");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_printed),          cmocka_unit_test(test_rates), cmocka_unit_test(test_counts),
        cmocka_unit_test(test_published_faults), cmocka_unit_test(test_units), cmocka_unit_test(test_years),
        cmocka_unit_test(test_findings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
