#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "faults.h"
#include "io/csv.h"
#include "model/load.h"

#define HEADER "bureau,department,project,indicator,unit,target,actual"

static Dataset *load(Str input, const LoadOptions *options, Diag *diag) {
    Table *table = csv_open(STR("x.csv"), input);
    Dataset *dataset = dataset_load(table, options, diag);
    table_close(table);
    return dataset;
}

static void add_cell(Buffer *out, const Dataset *dataset, size_t column, size_t row) {
    const NumberColumn *numbers = dataset_numbers(dataset, column);
    if (!numbers) {
        buffer_addf(out, "[%.*s]", STR_FMT(dataset_text(dataset, column, row)));
        return;
    }
    assert_int_equal(dataset_text(dataset, column, row).size, 0);
    Decimal number;
    Missing reason = dataset_number(numbers, row, &number);
    buffer_add_char(out, '<');
    if (reason == MISSING_NONE)
        decimal_write(out, &number);
    else
        buffer_add(out, str_of(missing_name(reason)));
    buffer_add_char(out, '>');
}

/* "line:[text]<number>…" per row. */
static void add_rows(Buffer *out, const Dataset *dataset) {
    for (size_t row = 0; row < dataset_rows(dataset); row++) {
        buffer_addf(out, "%u:", dataset_line(dataset, row));
        for (size_t column = 0; column < dataset_columns(dataset); column++)
            add_cell(out, dataset, column, row);
        buffer_add_char(out, '\n');
    }
}

typedef struct LoadCase {
    Str input;
    const char *rows; /* NULL: refused */
    const char *faults;
} LoadCase;

static const LoadCase cases[] = {
    {TEXT(HEADER "\n행정국,총무과,민원,처리,건,10,12.50\n\n복지국,복지과, 상담 ,횟수,,-0,-3\n"),
     "2:[행정국][총무과][민원][처리][건]<10><12.50>\n4:[복지국][복지과][상담][횟수][]<0><-3>\n", ""},
    /* the header: any order, Korean labels, blanks, own columns */
    {TEXT("\xef\xbb\xbf 실적 ,target,단위,\"성과지표\",주요사업,부서,국,비고,Target\n2,1,건,i,p,d,b,n,x\n"),
     "2:<2><1>[건][i][p][d][b][n][x]\n", ""},
    {TEXT("번호,공표달성률,지표방향,가중치,사유,대책," HEADER "\n1,150,lower,0.5,r,c,b,d,p,i,u,1,2\n"),
     "2:[1]<150>[lower]<0.5>[r][c][b][d][p][i][u]<1><2>\n", ""},
    {TEXT(HEADER ",extra,other\nb,d,p,i,u,1,2,3.10,3.10\n"), "2:[b][d][p][i][u]<1><2><3.10>[3.10]\n", ""},
    /* missing values have reasons */
    {TEXT(HEADER "\nb,d,p,i,u,,  \nb,d,p,i,u,-,–\nb,d,p,i,u,N/A,n/a\nb,d,p,i,u,해당없음,해당 없음\n"),
     "2:[b][d][p][i][u]<blank><blank>\n3:[b][d][p][i][u]<not_applicable><not_applicable>\n"
     "4:[b][d][p][i][u]<not_applicable><not_applicable>\n5:[b][d][p][i][u]<not_applicable><not_applicable>\n",
     ""},
    /* numbers: long ones survive, unusual ones are read with a warning */
    {TEXT(HEADER "\nb,d,p,i,u,123456789012345678901234567890,0.000000000000000000000000000012\n"),
     "2:[b][d][p][i][u]<123456789012345678901234567890><0.000000000000000000000000000012>\n", ""},
    {TEXT(HEADER "\nb,d,p,i,u,\"1,234.50\",△5\n"), "2:[b][d][p][i][u]<1234.50><-5>\n",
     "2:11+10 unusual-number: target | 1,234.50 | 1234.50\n2:22+2 unusual-number: actual | △5 | -5\n"},
    /* the file as a whole */
    {TEXT(""), NULL, "0:0+0 empty-file\n"},
    {TEXT("\n\n"), NULL, "0:0+0 empty-file\n"},
    {TEXT(HEADER "\n"), NULL, "0:0+0 no-rows\n"},
    /* headers */
    {TEXT("국,부서,project,indicator,unit\nb,d,p,i,u\n"), NULL,
     "1:28+1 missing-column: target | 목표\n1:28+1 missing-column: actual | 실적\n"},
    {TEXT(HEADER ",목표\nb,d,p,i,u,1,2,3\n"), NULL, "1:56+2 duplicate-column: 목표\n"},
    {TEXT(HEADER ",own, own\nb,d,p,i,u,1,2,3,4\n"), NULL, "1:60+4 duplicate-column: own\n"},
    {TEXT(HEADER ", ,\nb,d,p,i,u,1,2,3,4\n"), NULL,
     "1:56+1 blank-column-name: 8\n1:58+1 blank-column-name: 9\n"},
    {TEXT(HEADER ",\"a\"b\nb,d\nb,\"d\"x\n"), NULL, "1:59+1 text-after-quote\n3:6+1 text-after-quote\n"},
    /* rows */
    {TEXT(HEADER "\nb,d,p,i,u,1\nb,d,p,i,u,1,2,3,4\nb,d,p,i,u,1,2\n"), NULL,
     "2:12+1 cell-count: 6 | 7\n3:15+1 cell-count: 9 | 7\n"},
    {TEXT(HEADER "\n,d,p,i,u,1,2\nb, ,p,i,u,1,2\nb,d,\"\",i,u,1,2\nb,d,p,,u,1,2\n"), NULL,
     "2:1+1 blank-name: bureau\n3:3+1 blank-name: department\n4:5+2 blank-name: project\n"
     "5:7+1 blank-name: indicator\n"},
    {TEXT("id," HEADER "\n1,b,d,p,i,u,1,2\n,b,d,p,i,u,1,2\n,b,d,p,i,u,1,2\n2,b,d,p,i,u,1,2\n1,b,d,p,i,u,1,2\n"
          "1,b,d,p,i,u,1,2\n"),
     NULL, "6:1+1 duplicate-id: 1 | 2\n7:1+1 duplicate-id: 1 | 2\n"},
    /* several faults are all reported, in their order */
    {TEXT(
         "국,department,project,indicator,unit,목표,actual,own\n행정국,총무과,\"민\n원\",처리,건,\"1.234,5\",x,y\n"
         "행정국,총무\"과,p,i,u,1,2,3\n복지국,d,p,i,u,1,1.2.3,3\n복지국,\xff,p,i,u,1,1,3\na,b\n"
         ",d,p,i,u,1e3,80%,3\nb,d,p,i,u,1,2,\"3\n"),
     NULL,
     "3:9+9 not-a-number: 목표 | 1.234,5\n3:19+1 not-a-number: actual | x\n4:7+1 stray-quote\n"
     "5:15+5 not-a-number: actual | 1.2.3\n6:5+1 bad-utf8: 0xff | 182\n7:4+1 cell-count: 2 | 8\n"
     "8:1+1 blank-name: 국\n8:10+3 not-a-number: 목표 | 1e3\n8:14+3 not-a-number: actual | 80%\n"
     "9:15+1 unclosed-quote\n"},
};

static void check(size_t index) {
    const LoadCase *test = &cases[index];
    const Str numbers[] = {STR("extra"), STR("unit"), STR("nowhere")};
    const LoadOptions options = {.number_columns = numbers,
                                 .number_column_count = sizeof numbers / sizeof *numbers};
    Diag *diag = diag_new();
    Buffer rows = {0}, faults = {0};
    Dataset *dataset = load(test->input, &options, diag);
    if (dataset) add_rows(&rows, dataset);
    faults_add(&faults, diag);
    bool good =
        test->rows ? dataset && str_is(buffer_view(&rows), test->rows) : !dataset && diag_has_errors(diag);
    if (!good || !str_is(buffer_view(&faults), test->faults))
        fail_msg("case %zu <%.*s>\nread:\n%s%s\nexpected:\n%s%s", index, STR_FMT(test->input),
                 buffer_text(&rows), buffer_text(&faults), test->rows ? test->rows : "", test->faults);
    buffer_release(&rows);
    buffer_release(&faults);
    dataset_free(dataset);
    diag_free(diag);
}

static void test_cases(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) check(i);
}

static const struct {
    const char *cell, *hint;
} hints[] = {
    {"\"1.234,5\"", "the thousands separator is ',' in groups of three and the decimal point is '.'"},
    {"\"12,34\"", "the thousands separator is ',' in groups of three and the decimal point is '.'"},
    {"1.2.3", "a number has one decimal point"},
    {"80%", "write the number without '%'"},
    {"많음", "expected a number such as 1234.5"},
    {"12건", "expected a number such as 1234.5"},
    {"nan", "expected a number such as 1234.5"},
};

static void test_hints(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++) {
        Diag *diag = diag_new();
        Buffer input = {0};
        buffer_addf(&input, HEADER "\nb,d,p,i,u,1,%s\n", hints[i].cell);
        assert_null(load(buffer_view(&input), NULL, diag));
        Str hint = diag_item(diag, 0)->hint[LANGUAGE_EN];
        if (!str_is(hint, hints[i].hint)) fail_msg("<%s>: %.*s", hints[i].cell, STR_FMT(hint));
        assert_true(diag_item(diag, 0)->hint[LANGUAGE_KO].size > 0);
        buffer_release(&input);
        diag_free(diag);
    }
}

static void test_limits(void **state) {
    (void)state;
    Diag *diag = diag_new();
    Buffer input = {0}, faults = {0};
    buffer_add(&input, STR(HEADER "\nb,d,p,i,u,1,"));
    buffer_add_repeat(&input, '7', 401);
    buffer_add(&input, STR("\nb,d,p,i,"));
    buffer_add_repeat(&input, 'x', INPUT_CELL_BYTES + 1);
    buffer_add(&input, STR(",1,2\n"));
    assert_null(load(buffer_view(&input), NULL, diag));
    input.size = 0;
    buffer_add(&input, STR(HEADER));
    buffer_add_repeat(&input, ',', INPUT_COLUMNS);
    assert_null(load(buffer_view(&input), NULL, diag));
    faults_add(&faults, diag);
    assert_string_equal(buffer_text(&faults), "2:13+401 number-too-long: actual | 401 | 400\n"
                                              "3:9+65537 cell-too-long: unit | 65537 | 65536\n"
                                              "1:1049+1 too-many-columns: 1007 | 1000\n");
    buffer_release(&input);
    buffer_release(&faults);
    diag_free(diag);
}

/* Equal names under different parents are different units; rows of one project need not be neighbours. */
static const char level_input[] = HEADER "\n행정국,총무과,민원,a,u,1,1\n복지국,총무과,민원,b,u,1,1\n"
                                         "행정국,총무과,홍보,c,u,1,1\n행정국,총무과,민원,d,u,1,1\n"
                                         "복지국,상담과,민원,e,u,1,1\n행정국,인사과,민원,f,u,1,1\n";

static const char *const level_units[LEVEL_COUNT] = {
    [LEVEL_BUREAU] = "행정국:0,3 복지국:1,2 ",
    [LEVEL_DEPARTMENT] = "총무과/0:0,2 총무과/1:1 상담과/1:3 인사과/0:4 ",
    [LEVEL_PROJECT] = "민원/0:0,3 민원/1:1 홍보/0:2 민원/2:4 민원/3:5 ",
};

static void add_unit(Buffer *out, const Dataset *dataset, Level level, size_t unit) {
    buffer_add(out, dataset_level_name(dataset, level, unit));
    if (level > LEVEL_BUREAU) buffer_addf(out, "/%u", dataset_parent(dataset, level, unit));
    size_t count;
    const uint32_t *children = dataset_children(dataset, level, unit, &count);
    for (size_t i = 0; i < count; i++) buffer_addf(out, "%c%u", i == 0 ? ':' : ',', children[i]);
    buffer_add_char(out, ' ');
}

static void test_levels(void **state) {
    (void)state;
    Diag *diag = diag_new();
    Dataset *dataset = load(str_of(level_input), NULL, diag);
    assert_non_null(dataset);
    for (Level level = 0; level < LEVEL_COUNT; level++) {
        Buffer units = {0};
        for (size_t unit = 0; unit < dataset_level_size(dataset, level); unit++)
            add_unit(&units, dataset, level, unit);
        assert_string_equal(buffer_text(&units), level_units[level]);
        buffer_release(&units);
    }
    const uint32_t projects[] = {0, 1, 2, 0, 3, 4};
    for (size_t row = 0; row < dataset_rows(dataset); row++)
        assert_int_equal(dataset_project(dataset, row), projects[row]);
    dataset_free(dataset);
    diag_free(diag);
}

static void test_columns(void **state) {
    (void)state;
    Diag *diag = diag_new();
    Dataset *dataset = load(STR("국, own ,department,project,indicator,unit,target,actual\nb,x,d,p,i,u,1,2\n"
                                "b,,d,p,i,u,1,2\nb,x,d,p,i,u,1,2\n"),
                            NULL, diag);
    assert_non_null(dataset);
    static const struct {
        const char *name;
        size_t column; /* SIZE_MAX: none */
    } names[] = {{"국", 0},   {"bureau", 0},        {"own", 1},           {" own ", SIZE_MAX},
                 {"목표", 6}, {"weight", SIZE_MAX}, {"Target", SIZE_MAX}, {"", SIZE_MAX}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t column = SIZE_MAX;
        bool found = dataset_find_column(dataset, str_of(names[i].name), &column);
        if (found != (names[i].column != SIZE_MAX) || column != names[i].column)
            fail_msg("<%s>", names[i].name);
    }
    assert_true(str_is(dataset_file(dataset), "x.csv"));
    assert_true(str_is(dataset_column_name(dataset, 0), "국"));
    assert_true(str_is(dataset_column_name(dataset, 1), "own"));
    const TextColumn *own = dataset_words(dataset, 1);
    assert_int_equal(own->word_count, 2);
    assert_int_equal(own->words[0].size, 0);
    assert_int_equal(own->ids[0], own->ids[2]);
    assert_int_equal(own->ids[1], 0);
    assert_null(dataset_words(dataset, 6));
    assert_null(dataset_numbers(dataset, 1));
    assert_null(dataset_numbers(dataset, 99));
    assert_int_equal(dataset_text(dataset, 99, 0).size, 0);
    dataset_free(dataset);
    diag_free(diag);
}

/* Many rows: every row and unit is found again after all that grows has grown. */
static void test_many(void **state) {
    (void)state;
    enum { ROWS = 50000 };
    Diag *diag = diag_new();
    Buffer input = {0};
    buffer_add(&input, STR("id," HEADER "\n"));
    for (int i = 0; i < ROWS; i++)
        buffer_addf(&input, "%d,b%d,d%d,p%d,i,u,%d,1\n", i, i % 7, i % 70, i % 7000, i);
    Dataset *dataset = load(buffer_view(&input), NULL, diag);
    assert_non_null(dataset);
    assert_int_equal(dataset_rows(dataset), ROWS);
    assert_int_equal(dataset_level_size(dataset, LEVEL_BUREAU), 7);
    assert_int_equal(dataset_level_size(dataset, LEVEL_DEPARTMENT), 70);
    assert_int_equal(dataset_level_size(dataset, LEVEL_PROJECT), 7000);
    for (size_t row = 0; row < ROWS; row++) {
        assert_int_equal(dataset_project(dataset, row), row % 7000);
        assert_int_equal(dataset_numbers(dataset, 6)->digits[row], row);
        assert_int_equal(dataset_words(dataset, 0)->ids[row], row + 1);
    }
    dataset_free(dataset);
    buffer_release(&input);
    diag_free(diag);
}

/* A file that is wrong throughout: all faults are counted, in time proportional to its size. */
static void test_all_wrong(void **state) {
    (void)state;
    enum { ROWS = 200000 };
    Diag *diag = diag_new();
    Buffer input = {0};
    buffer_add(&input, STR("id," HEADER "\n"));
    for (int i = 0; i < ROWS; i++) buffer_add(&input, STR("1,b,d,p,i,u,x,1\n"));
    assert_null(load(buffer_view(&input), NULL, diag));
    assert_int_equal(diag_total(diag, SEVERITY_ERROR), 2 * ROWS - 1);
    buffer_release(&input);
    diag_free(diag);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),     cmocka_unit_test(test_hints),   cmocka_unit_test(test_limits),
        cmocka_unit_test(test_levels),    cmocka_unit_test(test_columns), cmocka_unit_test(test_many),
        cmocka_unit_test(test_all_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
