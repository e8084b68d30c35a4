#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "faults.h"
#include "model/form.h"
#include "model/stretch.h"
#include "ruletext.h"

/* A CSV text, its form and its rows as a stretch; texts are words where `words`. */
typedef struct Parsed {
    Buffer text; /* STRETCH_LEAD bytes, then the rows: nothing behind them */
    Form form;
    Stretch stretch;
    bool done;
} Parsed;

/* The rows in a block of their own size, behind their lead. */
static Str rows_alone(Buffer *out, Str csv, size_t body) {
    Str rows = str_slice(csv, body, csv.size);
    out->size = out->capacity = STRETCH_LEAD + rows.size;
    out->data = malloc(out->size);
    assert_non_null(out->data);
    memset(out->data, '7', STRETCH_LEAD); /* digits, as a cell that went on would have */
    memcpy(out->data + STRETCH_LEAD, rows.data, rows.size);
    return (Str){out->data + STRETCH_LEAD, rows.size};
}

static void parse(Parsed *parsed, Str csv, const LoadOptions *options, bool words) {
    *parsed = (Parsed){.done = false};
    if (!form_begin(&parsed->form, csv, options)) return;
    StretchForm *form = &parsed->form.stretch;
    for (size_t column = 0; words && column < form->columns; column++)
        if (form->roles[column] == CELL_SKIPPED) form->roles[column] = CELL_WORD;
    stretch_begin(&parsed->stretch, form);
    parsed->done = stretch_parse(&parsed->stretch, rows_alone(&parsed->text, csv, parsed->form.body));
}

static void parsed_end(Parsed *parsed) {
    if (parsed->stretch.form) stretch_end(&parsed->stretch);
    form_end(&parsed->form);
    free(parsed->text.data);
}

/* ---- numbers */

static void add_number(Buffer *out, const NumberColumn *column, size_t row) {
    Decimal number;
    Missing reason = dataset_number(column, row, &number);
    if (reason == MISSING_NONE)
        decimal_write(out, &number);
    else
        buffer_add(out, str_of(missing_name(reason)));
}

/* A cell and what is read; NULL: declined. */
static const struct {
    const char *cell, *wanted;
} numbers[] = {
    {"5", "5"},
    {"0", "0"},
    {"-0", NULL},
    {"-5", "-5"},
    {"12345678", "12345678"},
    {"-12345678", "-12345678"},
    {"123456789", "123456789"},
    {"-123456789", "-123456789"},
    {"99999999", "99999999"},
    {"1.5", "1.5"},
    {"0.5", "0.5"},
    {"-3.25", "-3.25"},
    {"97.0", "97.0"},
    {"0.00", "0.00"},
    {"0.000001", "0.000001"},
    {"0.0000001", "0.0000001"},
    {"-0.000001", "-0.000001"},
    {"123456.7", "123456.7"},
    {"1234567.8", "1234567.8"},
    {"1.234567", "1.234567"},
    {"123456789012345678", "123456789012345678"},
    {"1234567890123456789012", NULL},
    {" 80", "80"},
    {"80 ", "80"},
    {"\t80\t ", "80"},
    {"\"80\"", "80"},
    {"\" 80 \"", "80"},
    {"\"-3.25\"", "-3.25"},
    {"", "blank"},
    {"  ", "blank"},
    {"\"\"", "blank"},
    {"-", "not_applicable"},
    {"–", "not_applicable"},
    {"N/A", "not_applicable"},
    {"\"N/A\"", "not_applicable"},
    {" 해당 없음 ", "not_applicable"},
    {"05", NULL},
    {"007", NULL},
    {"00", NULL},
    {"-05", NULL},
    {"00.5", NULL},
    {".5", NULL},
    {"-.5", NULL},
    {"5.", NULL},
    {".", NULL},
    {"-.", NULL},
    {"--5", NULL},
    {"5-", NULL},
    {"1-2", NULL},
    {"1.2.3", NULL},
    {"1..2", NULL},
    {"+5", NULL},
    {"△5", NULL},
    {"\"1,234\"", NULL},
    {"1 234", NULL},
    {"1e3", NULL},
    {"80%", NULL},
    {"80\"", NULL},
    {"\"80", NULL},
    {"\"80\" ", NULL},
    {" \"80\"", NULL},
    {"8\"\"0", NULL},
    {"\"8\"\"0\"", NULL},
    {"５", NULL},
    {"x", NULL},
    {"n/a.", NULL},
    {"신규", NULL},
    {"1/2", NULL},
    {"12:30", NULL},
    {"1234567:", NULL},
};

#define NUMBERS "bureau,department,project,indicator,unit,target,actual"

/* In the last column (first round), or one before it; behind a cell of digits that must not be read too. */
static void test_numbers(void **state) {
    (void)state;
    for (size_t i = 0; i < 4 * COUNT(numbers); i++) {
        const char *cell = numbers[i / 4].cell, *wanted = numbers[i / 4].wanted;
        bool last = i % 2, returns = i % 4 > 1;
        const char *end = returns ? "\r\n" : "\n";
        Buffer csv = {0}, found = {0};
        buffer_addf(&csv, "%s%sb,d,p,i,u,1,2%s", NUMBERS, end, end);
        buffer_addf(&csv, last ? "b,d,p,i,99999999,3,%s%s" : "b,d,p,i,99999999,%s,4%s", cell, end);
        Parsed parsed;
        parse(&parsed, buffer_view(&csv), NULL, i % 3 == 0);
        if (parsed.done) add_number(&found, &parsed.stretch.numbers[last ? 6 : 5], 1);
        if (parsed.done) assert_int_equal(parsed.stretch.rows, 2);
        expect_text(cell, &found, wanted ? wanted : "");
        parsed_end(&parsed);
        buffer_release(&csv);
    }
}

/* Every number of up to four of these characters is read as model/load reads it, or not at all. */
static void check_number(const char *cell) {
    Buffer text = {0};
    Arena arena = {0};
    buffer_addf(&text, NUMBERS "\nb,d,p,i,u,1,2\nb,d,p,i,u,3,%s\n", cell);
    Parsed parsed;
    parse(&parsed, buffer_view(&text), NULL, false);
    Str trimmed = str_trim(str_of(cell));
    Decimal number = {0};
    Missing reason = absence_of(NULL, trimmed);
    bool plain = reason != MISSING_NONE || decimal_parse(trimmed, &number, &arena, NULL) == DECIMAL_PLAIN;
    plain = plain && (reason != MISSING_NONE || number.digits != 0 || trimmed.data[0] != '-'); /* -0 */
    if (parsed.done != plain) fail_msg("<%s>: %s", cell, plain ? "declined" : "not declined");
    Buffer found = {0}, wanted = {0};
    if (plain) add_number(&found, &parsed.stretch.numbers[6], 1);
    if (plain && reason == MISSING_NONE) decimal_write(&wanted, &number);
    if (plain && reason != MISSING_NONE) buffer_add(&wanted, str_of(missing_name(reason)));
    expect_text(cell, &found, buffer_text(&wanted));
    buffer_release(&wanted);
    parsed_end(&parsed);
    buffer_release(&text);
    arena_release(&arena);
}

static void test_all_short_numbers(void **state) {
    (void)state;
    static const char characters[] = "0159.- /:";
    for (unsigned code = 0; code < 9 * 9 * 9 * 9; code++) {
        char cell[5] = "";
        for (unsigned rest = code, i = 0; i < 4; rest /= 9) cell[i++] = characters[rest % 9];
        check_number(cell + code % 3); /* of two to four characters */
    }
    uint64_t random = 5;
    for (size_t round = 0; round < RANDOM_ROUNDS(20000); round++) {
        char cell[12] = "";
        size_t size = 5 + random_below(&random, 6);
        for (size_t i = 0; i < size; i++)
            cell[i] = "0123456789012345678901234567.-"[random_below(&random, i ? 29 : 30)];
        check_number(cell);
    }
}

/* ---- rows and names */

/* What is read, a run a line: "first changed bureau/department/project"; NULL: declined. */
static const struct {
    const char *header, *rows, *wanted;
} texts[] = {
    {NULL, "a,b,c,i,u,1,2\n", "0 bureau a/b/c\n"},
    {NULL, "a,b,c,i,u,1,2\na,b,c,j,v,3,4\n", "0 bureau a/b/c\n"},
    {NULL, "a,b,c,i,u,1,2\na,b,d,i,u,1,2\na,e,d,i,u,1,2\nf,e,d,i,u,1,2\n",
     "0 bureau a/b/c\n1 project a/b/d\n2 department a/e/d\n3 bureau f/e/d\n"},
    /* other bytes, the same names */
    {NULL, "a,b,c,i,u,1,2\n a,b ,c,i,u,1,2\na,b,\tc ,i,u,1,2\na,b,d,i,u,1,2\n",
     "0 bureau a/b/c\n3 project a/b/d\n"},
    {NULL, "a,b,c,i,u,1,2\na,b, c,i,u,1,2\na,b,c,i,u,1,2\na,b,d,i,u,1,2\na,b,c,i,u,1,2\n",
     "0 bureau a/b/c\n3 project a/b/d\n4 project a/b/c\n"},
    {NULL, "a,b, c,i,u,1,2\na,b,c,i,u,1,2\na,b,d ,i,u,1,2\na,b,e,i,u,1,2\na, b,e,i,u,1,2\na,b,e,i,u,1,2\n",
     "0 bureau a/b/c\n2 project a/b/d\n3 project a/b/e\n"},
    {NULL, "a,b,c,i,u,1,2\n\"a\",b,\" c\",i,u,1,2\na,\"b\",\"c\",i,u,1,2\na,b,\"\"\"c\",i,u,1,2\n",
     "0 bureau a/b/c\n3 project a/b/\"c\n"},
    {NULL, "a,b,c,i,u,1,2\n\"a\",b,\" c\",i,u,1,2\na,\"b\",\"c\",i,u,1,2\na,b,\"\"\"c\"\"\",i,u,1,2\n",
     "0 bureau a/b/c\n3 project a/b/\"c\"\n"},
    {NULL, "\"a, b\",\"x\ny\",\"c \"\"d\"\"\",i,u,1,2\n\"a, b\",\"x\ny\",\"c \"\"e\"\"\",i,u,1,2\n",
     "0 bureau a, b/x\ny/c \"d\"\n1 project a, b/x\ny/c \"e\"\n"},
    /* bytes that move between the names */
    {NULL, "ab,c,d,i,u,1,2\na,bc,d,i,u,1,2\na,b,cd,i,u,1,2\n",
     "0 bureau ab/c/d\n1 bureau a/bc/d\n2 department a/b/cd\n"},
    {NULL, "a,b,c,i,u,1,2\r\na,b,d,i,u,1,2\r\n", "0 bureau a/b/c\n1 project a/b/d\n"},
    {NULL, "a,b,c,i,u,1,2\r\na,b,d,i,u,1,2\n", NULL},
    {NULL, "a,b,c,i,u,1,2\na,b,d,i,u,1,2\r\n", NULL},
    {NULL, "a,b,c,i,\"u\r\n\",1,2\r\n", NULL},
    {NULL, "a,b,c,i,u\rv,1,2\n", NULL},
    {NULL, "a,b,c,i,u,1,2", NULL}, /* a stretch ends with its line end */
    {NULL, "a,b,c,i,u,1\n", NULL},
    {NULL, "a,b,c,i,u,1,2,\n", NULL},
    {NULL, "a,b,c,i,u,1,2,3\na,b,c,i,u,1\n", NULL},
    {NULL, "a,b,c,i,u,1\na,b,c,i,u,1,2,3\n", NULL},
    {NULL, "a,b,c,i,u,1,2\n\na,b,c,i,u,1,2\n", NULL},
    {NULL, "a,,c,i,u,1,2\n", NULL},
    {NULL, "a, ,c,i,u,1,2\n", NULL},
    {NULL, "a,b,c,,u,1,2\n", NULL},
    {NULL, "a,b,c,\"\",u,1,2\n", NULL},
    {NULL, "a,b,c,i,u,1,2\na,b,c,,u,1,2\n", NULL},
    {NULL, "a,b,c,\" \",u,1,2\n", NULL},
    {NULL, "a,b,c,i,,,\n", "0 bureau a/b/c\n"},
    {NULL, "a,b,c,i,\"u\"v,1,2\n", NULL},
    {NULL, "a,b,c,i,u\"v\",1,2\n", NULL},
    {NULL, "a,b,c,i,\"u\" ,1,2\n", NULL},
    {NULL, "a,b,c,i,\"u,1,2\n", NULL},
    {NULL, "a,b,c\"x,i,u\"y,i,u,1,2\n", NULL},
    {NULL, "a,b,c,\xff,u,1,2\n", NULL},
    {NULL, "a,b,c,i,\xea\xb5,1,2\n", NULL},
    {"actual,project,note,indicator,target,bureau,unit,department", "2,c,n,i,1,a,u,b\n3,d,n,i,1,a,u,b\n",
     "0 bureau a/b/c\n1 project a/b/d\n"},
    {"actual,target,unit,indicator,project,department,bureau", "2,1,u,i,c,b,a\r\n2,1,u,i,c,b,d\r\n",
     "0 bureau a/b/c\n1 bureau d/b/c\n"},
    {"국,부서,주요사업,성과지표,단위,목표,실적", "기획국,예산과,사업 하나,지표,명,1,2\n",
     "0 bureau 기획국/예산과/사업 하나\n"},
    {" \"국\",부서", "", NULL},
    {"\xef\xbb\xbf"
     "bureau,department,project,indicator,unit,target,\"actual\"",
     "a,b,c,i,u,1,2\n", "0 bureau a/b/c\n"},
};

static void add_runs(Buffer *out, Stretch *stretch) {
    static const char *const levels[] = {"bureau", "department", "project"};
    for (size_t i = 0; i < stretch->run_count; i++) {
        const Run *run = &stretch->runs[i];
        const Str *names = stretch->departments[run->department].names;
        Str project = stretch_cell(stretch, run->first, stretch->form->names[LEVEL_PROJECT]);
        buffer_addf(out, "%u %s %.*s/%.*s/%.*s\n", run->first, levels[run->changed], STR_FMT(names[0]),
                    STR_FMT(names[1]), STR_FMT(project));
    }
    assert_int_equal(stretch->runs[stretch->run_count].first, stretch->rows);
}

static void test_rows(void **state) {
    (void)state;
    for (size_t i = 0; i < 2 * COUNT(texts); i++) {
        Buffer csv = {0}, found = {0};
        const char *header = texts[i / 2].header ? texts[i / 2].header : HEADER;
        buffer_addf(&csv, "%s\n%s", header, texts[i / 2].rows);
        Parsed parsed;
        parse(&parsed, buffer_view(&csv), NULL, i % 2);
        if (parsed.done) add_runs(&found, &parsed.stretch);
        expect_text(texts[i / 2].rows, &found, texts[i / 2].wanted ? texts[i / 2].wanted : "");
        parsed_end(&parsed);
        buffer_release(&csv);
    }
}

/* Where rows begin, quotes and CRLF included. */
static void test_offsets(void **state) {
    (void)state;
    Parsed parsed;
    parse(&parsed, STR(HEADER "\na,b,c,i,u,1,2\na,b,c,\"i\nj\",u,1,2\na,b,c,i,u,10,2\n"), NULL, false);
    assert_true(parsed.done);
    assert_int_equal(stretch_offset(&parsed.stretch, 0), 0);
    assert_int_equal(stretch_offset(&parsed.stretch, 1), 14);
    assert_int_equal(stretch_offset(&parsed.stretch, 2), 32);
    assert_int_equal(stretch_offset(&parsed.stretch, 3), 47);
    parsed_end(&parsed);
}

/* Words keep their ids from stretch to stretch, short ones and long ones, with quotes and without. */
static void test_words(void **state) {
    (void)state;
    static const struct {
        const char *rows, *ids; /* of the column `unit` */
    } stretches[] = {
        {"a,b,c,i,u,1,2\na,b,c,i,,1,2\na,b,c,i,v,1,2\na,b,c,i, u ,1,2\n", "1 0 2 1 "},
        {"a,b,c,i,v,1,2\na,b,c,i,12345678,1,2\na,b,c,i,123456789,1,2\na,b,c,i,u,1,2\n", "2 3 4 1 "},
        {"a,b,c,i,\"u\",1,2\na,b,c,i,\"12345678\",1,2\na,b,c,i,\"u,v\",1,2\na,b,c,i,\"\",1,2\n", "1 3 5 0 "},
        {"a,b,c,i,123456789,1,2\na,b,c,i,uv,1,2\na,b,c,i,12345678,1,2\na,b,c,i,\t,1,2\n", "4 6 3 0 "},
    };
    Parsed parsed;
    parse(&parsed, STR(HEADER "\na,b,c,i,,1,2\n"), NULL, true);
    assert_true(parsed.done);
    const TextColumn *words = &parsed.stretch.words[4].words;
    for (size_t i = 0; i < COUNT(stretches); i++) {
        Buffer text = {0}, found = {0};
        Str rows = rows_alone(&text, str_of(stretches[i].rows), 0);
        assert_true(stretch_parse(&parsed.stretch, rows));
        for (size_t row = 0; row < parsed.stretch.rows; row++) buffer_addf(&found, "%u ", words->ids[row]);
        expect_text(stretches[i].rows, &found, stretches[i].ids);
        free(text.data);
    }
    static const char *const wanted[] = {"", "u", "v", "12345678", "123456789", "u,v", "uv"};
    assert_int_equal(words->word_count, COUNT(wanted));
    for (size_t i = 0; i < COUNT(wanted); i++) assert_true(str_is(words->words[i], wanted[i]));
    parsed_end(&parsed);
}

/* ---- words of absence */

static const AbsenceWord declared[] = {
    {TEXT("신규"), MISSING_NEW}, {TEXT("비공개"), MISSING_WITHHELD}, {TEXT("n.a"), MISSING_NOT_APPLICABLE}};

static void test_absence(void **state) {
    (void)state;
    static const struct {
        const char *cell, *wanted;
    } cells[] = {
        {"신규", "new"},
        {"\" 비공개 \"", "withheld"},
        {"n.a", "not_applicable"},
        {"", "blank"},
        {"N/A", ""},
        {"-", ""},
        {"80", "80"},
    };
    const Absence absence = {declared, COUNT(declared)};
    const LoadOptions options = {.absence = &absence};
    for (size_t i = 0; i < COUNT(cells); i++) {
        Buffer csv = {0}, found = {0};
        buffer_addf(&csv, HEADER "\na,b,c,i,u,1,2\na,b,c,i,u,1,%s\n", cells[i].cell);
        Parsed parsed;
        parse(&parsed, buffer_view(&csv), &options, false);
        if (parsed.done) add_number(&found, &parsed.stretch.numbers[6], 1);
        expect_text(cells[i].cell, &found, cells[i].wanted);
        parsed_end(&parsed);
        buffer_release(&csv);
    }
}

/* A word that says there is no number must not be read as one. */
static void test_absence_that_looks_like_a_number(void **state) {
    (void)state;
    static const char *const words[] = {"999", "-1", "0", "0.0", "9999999999", "0999", "1,234"};
    for (size_t i = 0; i < COUNT(words); i++) {
        const AbsenceWord word = {str_of(words[i]), MISSING_WITHHELD};
        const Absence absence = {&word, 1};
        const LoadOptions options = {.absence = &absence};
        Form form;
        assert_false(form_begin(&form, STR(HEADER "\na,b,c,i,u,1,2\n"), &options));
        form_end(&form);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_all_short_numbers),
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_offsets),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_absence),
        cmocka_unit_test(test_absence_that_looks_like_a_number),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
