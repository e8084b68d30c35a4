#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Units of a few bytes, so that small files have many, and few rows. */
static size_t unit_size, least;
#define CUT_UNIT     unit_size
#define INTAKE_LEAST least
#include "base/crew.h"

static void run_or_deal(Crew *crew, size_t count, CrewWork work);
#define crew_run run_or_deal
#include "io/cut.c"       /* NOLINT(bugprone-suspicious-include) */
#include "model/intake.c" /* NOLINT(bugprone-suspicious-include) */
#undef crew_run

#include "csvtext.h"
#include "datasettext.h"
#include "faults.h"
#include "ruletext.h"

/* ---- who does what */

static bool dealt;
static uint64_t dealer;

/* Real threads are done with small files before others begin. Dealt pieces go to any worker, one worker's
 * after the other's, the last worker first: its dictionaries are made of units from all over the file. As
 * with threads, what stands before the piece that stops the others has been begun, and is done. */
static void run_or_deal(Crew *crew, size_t count, CrewWork work) {
    if (!dealt) {
        crew_run(crew, count, work);
        return;
    }
    uint64_t seed = dealer++;
    for (size_t worker = crew->threads; worker-- > 0;) {
        uint64_t random = seed;
        for (size_t number = 0; number < count; number++) {
            if (random_below(&random, crew->threads) != worker) continue;
            work(crew_worker(crew, worker), number);
            if (crew_stopped(crew)) count = number;
        }
    }
}

/* ---- both ways */

/* The dataset, if there is one, and the messages. Frees the dataset. */
static void add_answer(Buffer *out, Dataset *dataset, const Diag *diag) {
    if (dataset) add_dataset(out, dataset);
    faults_add(out, diag);
    dataset_free(dataset);
}

/* Whether model/load has nothing at all to say of the file. */
static bool add_general(Buffer *out, Str csv, const LoadOptions *options) {
    Diag *diag = diag_new();
    Table *table = csv_open(STR("x.csv"), csv);
    Dataset *dataset = dataset_load(table, options, diag);
    bool silent = dataset && diag_count(diag) == 0;
    add_answer(out, dataset, diag);
    table_close(table);
    diag_free(diag);
    return silent;
}

/* False, and nothing added, when the fast way declines. */
static bool add_taken_in(Buffer *out, Str csv, const LoadOptions *options, unsigned threads) {
    Diag *diag = diag_new();
    const File file = {.path = STR("x.csv"), .bytes = csv};
    Dataset *dataset;
    bool done = intake_load(&file, options, threads, &dataset, diag);
    if (!done) assert_null(dataset);
    add_answer(out, dataset, diag);
    diag_free(diag);
    return done;
}

typedef struct Compared {
    bool fast;   /* the fast way did not decline */
    bool silent; /* model/load has a dataset and nothing to say */
} Compared;

static bool compare_way(Str csv, const LoadOptions *options, unsigned threads, Str general) {
    Buffer found = {0};
    bool done = add_taken_in(&found, csv, options, threads);
    if (!str_equal(buffer_view(&found), done ? general : STR("")))
        fail_msg("units of %zu, %u threads%s\ndata <%.*s>\nfast:\n%s\ngeneral:\n%.*s", unit_size, threads,
                 dealt ? ", dealt" : "", STR_FMT(csv), buffer_text(&found), STR_FMT(general));
    buffer_release(&found);
    return done;
}

/* Compares the two ways for all units and threads. */
static Compared compare(Str csv, const LoadOptions *options) {
    char *copy = exact_copy(csv);
    Str text = {copy, csv.size};
    Buffer general = {0};
    Compared compared = {.silent = add_general(&general, text, options)};
    size_t done = 0, ways = 0;
    for (size_t u = 0; u < COUNT(unit_sizes); u++) {
        unit_size = unit_sizes[u];
        for (size_t t = 0; t <= COUNT(thread_counts); t++, ways++) {
            dealt = t == COUNT(thread_counts);
            unsigned threads = thread_counts[dealt ? t - 1 : t];
            done += compare_way(text, options, threads, buffer_view(&general));
        }
    }
    if (done % ways) fail_msg("done %zu of %zu ways\ndata <%.*s>", done, ways, STR_FMT(csv));
    compared.fast = done > 0;
    buffer_release(&general);
    free(copy);
    return compared;
}

static const AbsenceWord absent_words[] = {{TEXT("-"), MISSING_NOT_APPLICABLE}, {TEXT("new"), MISSING_NEW}};

/* ---- files by hand */

#define ROW(project, actual) "b,d," project ",i,u,100," actual "\n"
#define ROWS_8                                                                                               \
    ROW("p", "1")                                                                                            \
    ROW("q", "2") ROW("p", "3") ROW("r", "4") ROW("s", "5") ROW("q", "6") ROW("t", "7") ROW("p", "8")
#define REVISED HEADER ",revised_target,revised_on,revision_reason,revision_evidence\n"

static const struct {
    const char *name, *csv;
    bool fast;
} files[] = {
    {"one row", HEADER "\nb,d,p,i,u,100,80\n", true},
    {"no line feed at the end", HEADER "\n" ROW("p", "80") "b,d,q,i,u,100,80", true},
    {"no line feed but behind the header", HEADER "\nb,d,p,i,u,100,80", true},
    {"blank lines at the end", HEADER "\nb,d,p,i,u,100,80\n\n\r\n\n", true},
    {"byte order mark", "\xef\xbb\xbf" HEADER "\nb,d,p,i,u,100,80\n", true},
    {"CRLF", HEADER "\r\nb,d,p,i,u,100,80\r\nb,d,q,i,u,100,\r\n", true},
    {"CRLF, none at the end", HEADER "\r\nb,d,p,i,u,100,80\r\nb,d,q,i,u,100,81", true},
    {"CR at the end of the file", HEADER "\r\nb,d,p,i,u,100,80\r\nb,d,q,i,u,100,81\r", true},
    {"LF and CRLF", HEADER "\nb,d,p,i,u,100,80\r\nb,d,p,j,u,100,90\n", false},
    {"blank line between", HEADER "\n" ROW("p", "80") "\n" ROW("q", "90"), false},
    {"blank line first", "\n" HEADER "\n" ROW("p", "80"), false},
    {"blank line behind the header", HEADER "\n\n" ROW("p", "80"), false},
    {"a header alone", HEADER "\n", false},
    {"nothing", "", false},
    {"rows ended by CR", HEADER "\nb,d,p,i,u,100,80\rb,d,q,i,u,100,80\nb,d,r,i,u,100,90\n", false},
    {"CR in quotes", HEADER "\nb,d,p,\"i\rj\",u,100,80\nb,d,q,i,u,100,80\n", false},
    {"CRLF in quotes, and behind rows", HEADER "\r\nb,d,p,\"i\r\nj\",u,1,8\r\nb,d,q,i,u,1,8\r\n", false},
    {"LF in quotes, CRLF behind rows", HEADER "\r\nb,d,p,\"i\nj\",u,1,8\r\nb,d,q,i,u,1,8\r\n", true},
    {"a line break in the header", HEADER ",\"two\nlines\"\nb,d,p,i,u,1,8,\nb,d,q,i,u,1,8,x\n", true},
    {"line breaks in the last cell", HEADER ",own\nb,d,p,i,u,1,8,\"\n\"\nb,d,q,i,u,1,8,\"x\n\ny\"\n", true},
    {"quotes", HEADER "\nb,d,\"p, \"\"x\"\"\",i,u,100,80\nb,d,\"p, \"\"x\"\"\",\"i\nj\",u,\"100\",90\n",
     true},
    {"a quote that is never closed", HEADER "\n" ROW("p", "80") "b,d,q,i,u,100,\"80\n", false},
    {"a line break in the last cell, no line feed behind",
     HEADER "\nb,d,p,i,u,100,80\nb,d,p,\"i\nj\",u,100,80", false},
    {"quotes inside a cell", HEADER "\nb,d,p\"q\",i,u,100,80\n", false},
    {"texts equal but for blanks and quotes",
     HEADER "\nb,d,p,i,u,100,80\n b,d , p,i,u,100,90\n\"b\",d,\"p\",i,u,100,70\nb,d,\"p \",i,u,100,70\n",
     true},
    {"texts that end alike, and share their first eight bytes",
     HEADER
     "\nb,d,12345678,i,u,1,1\nb,d,123456789,i,u,1,1\nb,d,2345678,i,u,1,1\nb,d,12345678,12345678,u,1,1\n",
     true},
    {"words that come back", HEADER "\n" ROWS_8 ROWS_8, true},
    {"words that come back, and a last row without a line feed", HEADER "\n" ROWS_8 "b,d,z,i,u,100,80", true},
    {"too few cells", HEADER "\n" ROW("p", "80") "b,d,p,i,u,100\n", false},
    {"too many and too few", HEADER "\n" ROW("p", "8") "b,d,p,i,u,100,80,\nb,d,p,i,u,100\n", false},
    {"a blank name", HEADER "\nb,d,p,i,u,100,80\nb, ,p,i,u,100,80\n", false},
    {"a blank indicator", HEADER "\nb,d,p,i,u,100,80\nb,d,p,\"\",u,100,80\n", false},
    {"unusual numbers", HEADER "\n" ROW("p", "80") ROW("p", "\"1,234\"") ROW("p", "80"), false},
    {"minus zero", HEADER "\n" ROW("p", "80") ROW("p", "-0") ROW("p", "80"), false},
    {"a number beyond 64 bits", HEADER "\n" ROW("p", "8") ROW("p", "12345678901234567890123"), false},
    {"numbers with places", HEADER "\n" ROW("p", "0.00") ROW("p", "-0.10") ROW("p", "1234567890.125"), true},
    {"numbers of 32 bits", HEADER "\n" ROW("p", "2147483647") ROW("p", "-2147483648") ROW("q", "-"), true},
    {"numbers of more", HEADER "\n" ROW("p", "7") ROW("q", "2147483648") ROW("r", "-21474836.49"), true},
    {"no number", HEADER "\n" ROW("p", "80") ROW("p", "eighty"), false},
    {"bytes that are no UTF-8", HEADER "\n" ROW("p", "80") ROW("\xff", "80"), false},
    {"words of absence", HEADER "\n" ROW("p", "-") ROW("q", " new ") ROW("q", "\"-\"") ROW("q", ""), true},
    {"own numbers", "rank," HEADER "\n 7.5," ROW("p", "80") "-," ROW("p", "80") "," ROW("p", "8"), true},
    {"own numbers that are none", "rank," HEADER "\n7.5," ROW("p", "80") "x," ROW("p", "80"), false},
    {"ids", "id," HEADER "\n1," ROW("p", "80") "2," ROW("p", "80") "," ROW("p", "8") "," ROW("p", "8"), true},
    {"an id that comes again", "id," HEADER "\n1," ROW("p", "80") "2," ROW("p", "80") "1," ROW("p", "8"),
     false},
    {"an id in other quotes and blanks", "id," HEADER "\n1," ROW("p", "80") "\" 1 \"," ROW("p", "80"), false},
    {"an id in two periods", "id,period," HEADER "\n1,x," ROW("p", "80") "1,y," ROW("p", "80"), true},
    {"an id twice in a period",
     "id,period," HEADER "\n1,x," ROW("p", "80") "2,\"x\"," ROW("p", "80") "1, x," ROW("p", "80"), true},
    {"revisions", REVISED "b,d,p,i,u,1,1,,,,\nb,d,p,i,u,1,1,2,2024-02-29,\"a\nb\",c\n", true},
    {"revisions without a ground, and of no day",
     REVISED "b,d,p,\"i\n\",u,1,1,,,,\nb,d,p,i,u,1,1,2,2024-02-29,,c\nb,d,p,i,u,1,1,2,2024-02-30,b,c\n",
     true},
    {"a revision that is wrong in the first row", REVISED "b,d,p,i,u,1,1,2,,,\nb,d,p,i,u,1,1,,,,\n", false},
};

static void test_files(void **state) {
    (void)state;
    const Absence absence = {absent_words, COUNT(absent_words)};
    const Str numbers[] = {STR("rank")};
    for (size_t i = 0; i < COUNT(files); i++) {
        for (int written = 0; written < 2; written++) {
            const LoadOptions options = {numbers, COUNT(numbers), &absence, written, NULL, NULL};
            Compared compared = compare(str_of(files[i].csv), &options);
            if (compared.fast != files[i].fast)
                fail_msg("%s: %s", files[i].name, files[i].fast ? "declined" : "not declined");
        }
    }
}

/* What one file gives, written down: lines behind breaks in quotes, words in order of first occurrence,
 * reasons, and levels. */
static void test_dataset(void **state) {
    (void)state;
    static const char csv[] = "id," HEADER "\n"
                              "x,b,d,\"p, 1\",\"i\n\nj\",u,100,80.50\n"
                              "y,b,e,p,i,u,-,\n"
                              "z,a,d,p,i,\"w\n\",7,-\n"
                              ",b,d,\"p, 1\",i,u,1,2";
    static const char expected[] =
        "x.csv rows 4 4 4\n"
        "id 8||x|y|z 1 2 3 0\nas written|x|y|z|\n"
        "bureau 0||b|a 1 1 2 1\nas written|b|b|a|b\n"
        "department 1||d|e 1 2 1 1\nas written|d|e|d|d\n"
        "project 2||p, 1|p 1 2 2 1\nas written|p, 1|p|p|p, 1\n"
        "indicator 3||i\n\nj|i 1 2 2 2\nas written|i\n\nj|i|i|i\n"
        "unit 4||u|w\n 1 1 2 1\nas written|u|u|w\n|u\n"
        "target 5 long 0 written 1 1:<-> 100E0 4E255 7E0 1E0\nas written|100|-|7|1\n"
        "actual 6 long 0 written 1 2:<-> 8050E2 1E255 4E255 2E0\nas written|80.50||-|2\n"
        "lines 2 5 6 8\n"
        "level 0|b of 0: 0 1|a of 0: 2\n"
        "level 1|d of 0: 0|e of 0: 1|d of 1: 2\n"
        "level 2|p, 1 of 0: 0 3|p of 1: 1|p of 2: 2\n"
        "projects 0 1 2 0\n";
    const LoadOptions options = {.keep_written = true};
    for (dealt = false;; dealt = true) {
        Buffer found = {0};
        unit_size = 16;
        assert_true(add_taken_in(&found, str_of(csv), &options, 8));
        expect_text(csv, &found, expected);
        if (dealt) break;
    }
}

/* What only all rows together show is said as model/load says it. */
static void test_messages(void **state) {
    (void)state;
    static const char csv[] =
        "id,period," HEADER "\n1,x,b,d,p,\"i\n\",u,1,1\n2,x," ROW("p", "8") "1,x," ROW("p", "8");
    Buffer found = {0};
    unit_size = 16;
    dealt = true;
    assert_true(add_taken_in(&found, str_of(csv), NULL, 8));
    expect_text(csv, &found, "5:0+0 duplicate-id: 1 | 2\n");
}

/* Small files are left to model/load, and those of too many rows, of which it says so. */
static void test_limits(void **state) {
    (void)state;
    static const char csv[] = HEADER "\n" ROW("p", "80") ROW("p", "80") ROW("q", "80");
    InputLimits limits = INPUT_LIMITS_DEFAULT;
    const LoadOptions limited = {.limits = &limits};
    limits.rows = 3;
    assert_true(compare(str_of(csv), &limited).fast);
    limits.rows = 2;
    assert_false(compare(str_of(csv), &limited).fast);
    limits = INPUT_LIMITS_DEFAULT;
    limits.columns = 6; /* one fewer than there are */
    assert_false(compare(str_of(csv), &limited).fast);
    limits = INPUT_LIMITS_DEFAULT;
    limits.cell_bytes = 1; /* the bureau's name has one byte, the department's another; numbers have two */
    assert_false(compare(str_of(csv), &limited).fast);
    least = sizeof csv - 1;
    assert_true(compare(str_of(csv), NULL).fast);
    least = sizeof csv;
    assert_false(compare(str_of(csv), NULL).fast);
    least = 0;
}

static void test_standard_input(void **state) {
    (void)state;
    const File file = {.path = STR("-"), .bytes = str_of(HEADER "\n" ROW("p", "80"))};
    Diag *diag = diag_new();
    Dataset *dataset;
    unit_size = 64;
    dealt = false;
    assert_true(intake_load(&file, NULL, 1, &dataset, diag));
    assert_true(str_is(dataset_file(dataset), "<stdin>"));
    dataset_free(dataset);
    diag_free(diag);
}

/* ---- random ones */

/* Whether the fast way has to do it. */
static bool is_clean(const Shape *shape) {
    bool last_is_odd = shape->no_end && shape->breaks; /* its end is not looked for */
    return !last_is_odd && !shape->odd_numbers && !shape->short_rows && !shape->twice;
}

static Compared compare_random(uint64_t *random) {
    Shape shape = random_shape(random, ALL_COLUMNS);
    const Absence absence = {absent_words, COUNT(absent_words)};
    const LoadOptions options = {.absence = random_below(random, 8) ? NULL : &absence,
                                 .keep_written = random_below(random, 2)};
    shape.twice = random_below(random, 6) == 0;
    Buffer csv = {0};
    random_file(&csv, &shape, random);
    Compared compared = compare(buffer_view(&csv), &options);
    bool clean = is_clean(&shape) && !options.absence; /* N/A is no word of those */
    if (clean && !compared.silent) fail_msg("not silent: <%s>", buffer_text(&csv));
    if (clean && !compared.fast) fail_msg("declined: <%s>", buffer_text(&csv));
    buffer_release(&csv);
    return compared;
}

static void test_random(void **state) {
    (void)state;
    uint64_t random = 1;
    size_t fast = 0, declined = 0;
    enum { FILES = RANDOM_ROUNDS(300) };
    for (size_t i = 0; i < FILES; i++) {
        bool done = compare_random(&random).fast;
        fast += done;
        declined += !done;
    }
    assert_in_range(fast, FILES / 3, FILES);
    assert_in_range(declined, FILES / 10, FILES);
}

/* Ids take one, two or four bytes, as many words as there are; rows are in their places whatever they take.
 */
static void test_packed_rows(void **state) {
    (void)state;
    static const uint32_t words[] = {3, 255, 256, 65535, 65536}; /* besides the blank one */
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        Dataset *dataset = dataset_new(STR("packed"));
        for (ColumnId id = COLUMN_BUREAU; id <= COLUMN_PROJECT; id++)
            dataset_add_column(dataset, str_of(column_info(id)->name), id, false);
        uint32_t *new_ids = calloc(words[i] + 1, sizeof *new_ids);
        assert_non_null(new_ids);
        for (uint32_t word = 0; word < words[i]; word++) {
            char text[16];
            int size = snprintf(text, sizeof text, "w%u", word);
            new_ids[word] = dataset_word(dataset, COLUMN_PROJECT, (Str){text, (size_t)size});
        }
        for (size_t column = 0; column < 2; column++)
            assert_int_equal(dataset_word(dataset, column, STR("one")), 1);
        const uint32_t last[] = {words[i] - 1, 0, words[i] - 1}, ones[] = {0, 0, 0}, one = 1;
        dataset_add_packed_rows(dataset, 3, NULL);
        const PackedIds all_ones = {(const char *)ones, 4, 3};
        dataset_put_ids(dataset, COLUMN_BUREAU, 0, all_ones, &one);
        dataset_put_ids(dataset, COLUMN_DEPARTMENT, 0, all_ones, &one);
        dataset_put_ids(dataset, COLUMN_PROJECT, 0, (PackedIds){(const char *)last, 4, 1}, new_ids);
        dataset_put_ids(dataset, COLUMN_PROJECT, 1, (PackedIds){(const char *)(last + 1), 4, 2}, new_ids);
        dataset_number_lines(dataset, 7);
        dataset_finish(dataset);
        const TextColumn *column = dataset_words(dataset, COLUMN_PROJECT);
        assert_int_equal(column->byte_ids != NULL, words[i] <= 255);
        assert_int_equal(column->ids != NULL, words[i] == 65536);
        for (size_t row = 0; row < 3; row++) assert_int_equal(text_id(column, row), row == 1 ? 1 : words[i]);
        assert_int_equal(dataset_level_size(dataset, LEVEL_PROJECT), 2);
        assert_true(str_is(dataset_level_name(dataset, LEVEL_PROJECT, 1), "w0"));
        assert_int_equal(dataset_line(dataset, 2), 9);
        free(new_ids);
        dataset_free(dataset);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_packed_rows), cmocka_unit_test(test_files),
        cmocka_unit_test(test_dataset),     cmocka_unit_test(test_messages),
        cmocka_unit_test(test_limits),      cmocka_unit_test(test_standard_input),
        cmocka_unit_test(test_random),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
