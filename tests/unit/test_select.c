#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/select.h"
#include "ruletext.h"

/* Eight rows, numbered from 0. `note` is a column of the vocabulary; the data lack polarity, weight and id.
 */
static const char data[] = HEADER ",own,note\n"
                                  "행정국,총무과,영등포 1번가,민원 처리,건,100,80,x,\n"
                                  "행정국,총무과,영등포 1번가,상담,건,100.0,77.6,,blank\n"
                                  "행정국,홍보과,3.3.3 프로젝트,구정 홍보,%,-5,-,12,\n"
                                  "복지국,총무과,공동주택·임대,점검,회,,0,1.50,*\n"
                                  "복지국,복지과,공동주택․임대,점검,회,0,0,1.5,a*b\n"
                                  "복지국,복지과,a+b,?,회,1234567890123456789012,1,-3,ab\n"
                                  "문화국,문화과,가나다라,가나가나다,,99.99,1,X,a\n"
                                  "문화국,문화과,가나,점 검,명,100.01,1,,가\n";

static const struct {
    const char *when, *rows;
} cases[] = {
    {"{}", "01234567"},
    /* words */
    {"{ bureau = '행정국' }", "012"},
    {"{ ['국'] = '행정국', department = '총무과' }", "01"},
    {"{ unit = '건', indicator = '상담' }", "1"},
    {"{ bureau = '행정' }", ""},
    {"{ own = 'x' }", "0"},
    {"{ unit = '' }", "6"},
    {"{ note = '' }", "02"},
    {"{ note = 'blank' }", "1"},
    {"{ project = '공동주택·임대' }", "3"}, /* U+00B7 is not U+2024 */
    /* wildcards: * any text, ? one character */
    {"{ bureau = '*' }", "01234567"},
    {"{ unit = '*' }", "01234567"},
    {"{ unit = '?' }", "0123457"},
    {"{ unit = '?*' }", "0123457"},
    {"{ bureau = '?\?' }", ""},
    {"{ bureau = '??\?' }", "01234567"},
    {"{ department = '총*' }", "013"},
    {"{ department = '*과' }", "01234567"},
    {"{ project = '공동주택?임대' }", "34"},
    {"{ project = '*1번*' }", "01"},
    {"{ project = '*.*.*' }", "2"},
    {"{ project = 'a?b' }", "5"},
    {"{ project = 'a+b' }", "5"},
    {"{ project = 'a.b' }", ""},
    {"{ project = '가나?' }", ""},
    {"{ project = '가나?\?' }", "6"},
    {"{ project = '가나*' }", "67"},
    {"{ project = '가나**' }", "67"},
    {"{ indicator = '*나다' }", "6"},
    {"{ indicator = '*나*나*' }", "6"},
    {"{ indicator = '가나가나?' }", "6"},
    {"{ indicator = '*가?다' }", "6"},
    {"{ indicator = '*가다' }", ""},
    {"{ indicator = '????\?' }", "026"},
    {"{ indicator = '점?검' }", "7"},
    {"{ note = 'a*b' }", "45"},
    {"{ note = '*a' }", "6"},
    {"{ note = '?' }", "367"},
    {"{ note = '*b' }", "45"},
    /* lists: any of */
    {"{ unit = { '건', '명' } }", "017"},
    {"{ unit = { '', '%' } }", "26"},
    {"{ unit = { '*', '%' } }", "01234567"},
    {"{ target = { 100, 0 } }", "014"},
    {"{ target = { 100, -5, 1234567890123456789012 } }", "0125"},
    /* numbers: equal by value, however they are written; a cell that is missing is no number */
    {"{ target = 100 }", "01"},
    {"{ actual = 77.60 }", "1"},
    {"{ target = 0 }", "4"},
    {"{ actual = 0 }", "34"},
    {"{ target = 99.99 }", "6"},
    {"{ own = 1.5 }", "34"},
    {"{ own = 12 }", "2"},
    {"{ project = 3 }", ""},
    /* ranges */
    {"{ target = { at_least = 100 } }", "0157"},
    {"{ target = { above = 100 } }", "57"},
    {"{ target = { at_most = 100 } }", "01246"},
    {"{ target = { below = 100 } }", "246"},
    {"{ target = { at_least = 99.99, below = 100 } }", "6"},
    {"{ target = { above = 1234567890123456789011 } }", "5"},
    {"{ actual = { at_most = 0 } }", "34"},
    {"{ own = { at_least = 0 } }", "234"},
    {"{ own = { below = 0 } }", "5"},
    {"{ target = param.cut }", ""},
    {"{ actual = param.cut }", "0"},
    {"{ actual = { below = param.cut, above = 1 } }", "1"},
    /* columns of the vocabulary that the data lack read as blank */
    {"{ polarity = 'lower' }", ""},
    {"{ polarity = '' }", "01234567"},
    {"{ ['지표방향'] = { 'lower', '' } }", "01234567"},
    {"{ polarity = '*' }", "01234567"},
    {"{ weight = 1 }", ""},
    {"{ weight = { at_least = 0 } }", ""},
    {"{ id = 7, bureau = '행정국' }", ""},
    /* comparisons: a missing operand is not taken, by either side */
    {"when(field.actual):at_least(80)", "0"},
    {"when(field.actual):below(80)", "134567"},
    {"when(field.actual):missing()", "2"},
    {"when(field.target * 2):equals(200)", "01"},
    {"when(field.actual / field.target):at_most(1)", "01567"}, /* row 2: no actual, 3: no target, 4: 0/0 */
    /* all, any, no of selectors: no takes what its part does not take, blank cells too */
    {"all({ bureau = '행정국' }, when(field.actual):at_least(0))", "01"},
    {"any({ bureau = '문화국' }, { unit = '건' })", "0167"},
    {"no({ bureau = '행정국' })", "34567"},
    {"no(when(field.actual):at_least(80))", "1234567"},
    {"no(any({ unit = '건' }, when(field.target):missing()))", "24567"},
    {"all(no({ unit = '건' }), no({ unit = '회' }), no({ unit = '' }))", "27"},
    {"any(all({ unit = '회' }, { own = 1.5 }), all({ unit = '%' }, { target = { below = 0 } }))", "234"},
    {"all({})", "01234567"},
};

typedef struct Bench {
    Arena arena;
    Diag *diag;
    Plan *plan;
    Dataset *dataset;
    BoundSelector selector;
    bool bound;
} Bench;

static Bench bench_of(const char *when, const char *csv) {
    Bench bench = {.diag = diag_new()};
    Str changes = arena_format(&bench.arena, "rate = { { 1, when = %s } }", when);
    bench.plan = plan_compile(STR("r.lua"), ruletext_rules(&bench.arena, changes.data), NULL, 0, bench.diag);
    if (!bench.plan) fail_msg("<%s> was refused", when);
    Table *table = csv_open(STR("x.csv"), str_of(csv));
    bench.dataset = dataset_load(table, NULL, bench.diag);
    table_close(table);
    assert_non_null(bench.dataset);
    diag_clear(bench.diag);
    if (bench.plan)
        bench.bound =
            select_bind(&bench.arena, &bench.plan->cases[0].when, bench.dataset, &bench.selector, bench.diag);
    return bench;
}

static void bench_end(Bench *bench) {
    plan_free(bench->plan);
    dataset_free(bench->dataset);
    diag_free(bench->diag);
    arena_release(&bench->arena);
}

/* Whether the selector takes the row, asked alone. */
static bool takes(const Bench *bench, size_t row) {
    Arena arena = {0};
    FormulaColumns columns = {.columns =
                                  arena_new(&arena, bench->plan->fields.count, sizeof(const NumberColumn *))};
    for (size_t i = 0; i < bench->plan->fields.count; i++) {
        size_t column;
        if (dataset_find_column(bench->dataset, bench->plan->fields.names[i], &column))
            columns.columns[i] = dataset_numbers(bench->dataset, column);
    }
    SelectContext context = {&columns, NULL, NULL, NULL};
    uint32_t asked = (uint32_t)row;
    Taken taken = TAKEN_FAILED;
    assert_true(select_block(&bench->selector, &context, &asked, 1, &taken));
    arena_release(&arena);
    return taken == TAKEN_YES;
}

/* A split has the rows that the selector takes, and the others; true when there is one. */
static bool check_split(const Bench *bench) {
    uint32_t rows[16], taken[16];
    RowSplit split = {.taken = taken, .left = rows};
    size_t count = dataset_rows(bench->dataset), there = 0, gone = 0;
    assert_true(count <= 16);
    for (size_t row = 0; row < count; row++) rows[row] = (uint32_t)row;
    if (!select_split(&bench->selector, rows, count, &split)) return false;
    for (size_t row = 0; row < count; row++)
        assert_int_equal(takes(bench, row) ? taken[there++] : rows[gone++], row);
    assert_int_equal(split.taken_count, there);
    assert_int_equal(split.left_count, gone);
    return true;
}

static void test_cases(void **state) {
    (void)state;
    size_t splits = 0;
    for (size_t i = 0; i < COUNT(cases); i++) {
        Bench bench = bench_of(cases[i].when, data);
        if (!bench.bound) fail_msg("<%s> was not bound", cases[i].when);
        assert_int_equal(diag_count(bench.diag), 0);
        Buffer rows = {0};
        for (size_t row = 0; row < dataset_rows(bench.dataset); row++)
            if (takes(&bench, row)) buffer_addf(&rows, "%zu", row);
        expect_text(cases[i].when, &rows, cases[i].rows);
        splits += check_split(&bench);
        bench_end(&bench);
    }
    assert_true(splits > 0);
}

static const struct {
    const char *when;
    bool bound;
    const char *faults; /* of binding, then of select_note */
} notes[] = {
    {"{ bureau = '행정국' }", true, ""},
    {"{ bureau = '행젇국' }", true, "1 selector-value: bureau | 행젇국 <did you mean 행정국?>\n"},
    {"{ bureau = { '행정국',\n'복지' } }", true, "2 selector-value: bureau | 복지 <did you mean 복지국?>\n"},
    {"{ project = '공동주택‧임대' }", true,
     "1 selector-value: project | 공동주택‧임대 <did you mean 공동주택·임대?>\n"},
    {"{ indicator = 'wholly else' }", true,
     "1 selector-value: indicator | wholly else <the column has: 민원 처리, 상담, 구정 홍보, 점검, ?, 가나가나다, 점 검>\n"},
    {"{ ['부서'] = '세무과*', unit = { 'x', '건', 'y' } }", true,
     "1 selector-value: unit | x <the column has: 건, %, 회, 명>\n1 selector-value: unit | y <the column has: 건, %, 회, 명>\n"
     "1 selector-value: department | 세무과* <the column has: 총무과, 홍보과, 복지과, 문화과>\n"},
    {"{ note = '' }", true, ""},
    {"{ department = '' }", true,
     "1 selector-value: department |  <the column has: 총무과, 홍보과, 복지과, 문화과>\n"},
    {"{ department = '*' }", true, ""},
    {"{ own = 'X' }", true, ""},
    {"{ target = 12345 }", true, ""}, /* numbers are not looked up */
    {"{ polarity = 'lower' }", true, ""},
    /* columns that nobody knows */
    {"{ bureu = '행정국' }", true, "1 selector-column: bureu <did you mean bureau?>\n"},
    {"{ ['주요사엄'] = 'x' }", true, "1 selector-column: 주요사엄 <did you mean 주요사업?>\n"},
    {"{ Own = 'x' }", true, "1 selector-column: Own <did you mean own?>\n"},
    {"{ polarty = 'x',\nzzz = 1 }", true,
     "1 selector-column: polarty <did you mean polarity?>\n2 selector-column: zzz\n"},
    /* text of numbers */
    {"{ target =\n'100' }", false,
     "2 wrong-type: target | a number or a range | text (the column holds numbers)\n"},
    {"{ actual = { '1', '2' }, bureau = 'x' }", false,
     "1 wrong-type: actual | a number or a range | text (the column holds numbers)\n"},
};

static void test_notes(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(notes); i++) {
        Bench bench = bench_of(notes[i].when, data);
        if (bench.bound != notes[i].bound)
            fail_msg("<%s> was %sbound", notes[i].when, bench.bound ? "" : "not ");
        if (bench.bound) select_note(&bench.selector, bench.diag);
        if (diag_has_errors(bench.diag) == bench.bound) fail_msg("<%s> errors", notes[i].when);
        Buffer faults = {0};
        faults_brief(&faults, bench.diag);
        expect_text(notes[i].when, &faults, notes[i].faults);
        bench_end(&bench);
    }
}

/* Property: wildcards agree with the definition, word by word over a small alphabet with a wide character. */
static bool matches_slowly(const char *const *pattern, size_t pattern_size, const char *const *text,
                           size_t text_size) {
    if (pattern_size == 0) return text_size == 0;
    if (strcmp(pattern[0], "*") == 0) {
        for (size_t skip = 0; skip <= text_size; skip++)
            if (matches_slowly(pattern + 1, pattern_size - 1, text + skip, text_size - skip)) return true;
        return false;
    }
    if (text_size == 0) return false;
    bool same = strcmp(pattern[0], "?") == 0 || strcmp(pattern[0], text[0]) == 0;
    return same && matches_slowly(pattern + 1, pattern_size - 1, text + 1, text_size - 1);
}

static void test_wildcards(void **state) {
    (void)state;
    enum { PATTERNS = 300, WORDS = 60, LENGTH = 7 };
    static const char *const letters[] = {"a", "가", "각", "*", "?"};
    uint64_t random = 7;
    const char *words[WORDS][LENGTH];
    size_t sizes[WORDS];
    Buffer csv = {0};
    buffer_add(&csv, STR(HEADER "\n"));
    for (size_t w = 0; w < WORDS; w++) {
        sizes[w] = 1 + random_below(&random, LENGTH);
        buffer_add(&csv, STR("b,d,p,"));
        for (size_t i = 0; i < sizes[w]; i++) {
            words[w][i] = letters[random_below(&random, 3)];
            buffer_add(&csv, str_of(words[w][i]));
        }
        buffer_add(&csv, STR(",u,1,1\n"));
    }
    for (size_t p = 0; p < PATTERNS; p++) {
        const char *pattern[LENGTH];
        Buffer when = {0};
        size_t size = 1 + random_below(&random, LENGTH);
        buffer_add(&when, STR("{ indicator = '"));
        for (size_t i = 0; i < size; i++) {
            pattern[i] = letters[random_below(&random, COUNT(letters))];
            buffer_add(&when, str_of(pattern[i]));
        }
        buffer_add(&when, STR("' }"));
        Bench bench = bench_of(buffer_text(&when), buffer_text(&csv));
        for (size_t w = 0; w < WORDS; w++) {
            if (takes(&bench, w) != matches_slowly(pattern, size, words[w], sizes[w]))
                fail_msg("%s row %zu of\n%s", buffer_text(&when), w, buffer_text(&csv));
        }
        bench_end(&bench);
        buffer_release(&when);
    }
    buffer_release(&csv);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases), cmocka_unit_test(test_notes),
                                       cmocka_unit_test(test_wildcards)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
