#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/text.h"
#include "faults.h"
#include "io/csv.h"

typedef struct ReadCase {
    Str input;
    const char *rows; /* "line:[cell][cell]", "-" for a row that cannot be read */
    const char *faults;
} ReadCase;

static const ReadCase read_cases[] = {
    /* shapes */
    {TEXT(""), "", ""},
    {TEXT("\n\r\n\r"), "", ""},
    {TEXT("a,b\n1,2\n"), "1:[a][b]\n2:[1][2]\n", ""},
    {TEXT("a,b\r\n1,2\r\n"), "1:[a][b]\n2:[1][2]\n", ""},
    {TEXT("a,b\r1,2\r"), "1:[a][b]\n2:[1][2]\n", ""},
    {TEXT("a,b\n1,2"), "1:[a][b]\n2:[1][2]\n", ""},
    {TEXT("\xef\xbb\xbf"), "", ""},
    {TEXT("\xef\xbb\xbf\"a\",b\n"), "1:[a][b]\n", ""},
    {TEXT("a\n\n\nb\n"), "1:[a]\n4:[b]\n", ""},
    {TEXT("a,b,\n,,\n,"), "1:[a][b][]\n2:[][][]\n3:[][]\n", ""},
    {TEXT(" a , b \n"), "1:[ a ][ b ]\n", ""},
    {TEXT(" \n"), "1:[ ]\n", ""},
    {TEXT("a\0b,c\n"), "-\n", "1:2+1 nul-character\n"},
    {TEXT("국,부서\n행정국,총무과\n"), "1:[국][부서]\n2:[행정국][총무과]\n", ""},
    /* quotes */
    {TEXT("\"a\",\"b\"\n"), "1:[a][b]\n", ""},
    {TEXT("\"\"\n\"\",\"\"\n"), "1:[]\n2:[][]\n", ""},
    {TEXT("\"\""), "1:[]\n", ""},
    {TEXT("\"a,b\",c\n"), "1:[a,b][c]\n", ""},
    {TEXT("1,\"ha \"\"ha\"\" ha\"\n"), "1:[1][ha \"ha\" ha]\n", ""},
    {TEXT("\"\"\"\"\n\"\"\"\"\"\"\n\"a\"\"\""), "1:[\"]\n2:[\"\"]\n3:[a\"]\n", ""},
    {TEXT("\"{\"\"type\"\": \"\"Point\"\", \"\"at\"\": [1.0]}\",x"),
     "1:[{\"type\": \"Point\", \"at\": [1.0]}][x]\n", ""},
    {TEXT("1,\"once\nupon\"\n2,x\n"), "1:[1][once\\nupon]\n3:[2][x]\n", ""},
    {TEXT("1,\"once\r\nupon\"\r\n2,x\r\n"), "1:[1][once\\x0d\\nupon]\n3:[2][x]\n", ""},
    {TEXT("1,\"once\rupon\"\r2,x\r"), "1:[1][once\\x0dupon]\n3:[2][x]\n", ""},
    {TEXT("\"a\n\n\",\"\n\"\nb,c\n"), "1:[a\\n\\n][\\n]\n5:[b][c]\n", ""},
    /* faults; the rows behind them are read */
    {TEXT("a,b\n1,x\"y\n2,3\n"), "1:[a][b]\n-\n3:[2][3]\n", "2:4+1 stray-quote\n"},
    {TEXT("a, \"b\"\n2,3\n"), "-\n2:[2][3]\n", "1:4+1 stray-quote\n"},
    {TEXT("\"a\"x,\"b\"\n2,3\n"), "-\n2:[2][3]\n", "1:4+1 text-after-quote\n"},
    {TEXT("\"a\" ,\"b\"\n2,3\n"), "-\n2:[2][3]\n", "1:4+1 text-after-quote\n"},
    /* the next quote, on a later line, opens another cell: the first one was not closed, and only its line is
       lost */
    {TEXT("\"가,1\n2,\"나\"\n3,4\n"), "-\n2:[2][나]\n3:[3][4]\n", "1:1+1 unclosed-quote\n"},
    {TEXT("\"가\n나\"다,x\"\n2,3\n"), "-\n-\n3:[2][3]\n", "1:1+1 unclosed-quote\n2:2+1 stray-quote\n"},
    {TEXT("a,b\n1,\"x\n2,3\n"), "1:[a][b]\n-\n", "2:3+1 unclosed-quote\n"},
    {TEXT("\"a\n나\",\"x\n2,3\n"), "-\n", "2:4+1 unclosed-quote\n"},
    {TEXT("\"\"\""), "-\n", "1:1+1 unclosed-quote\n"},
    {TEXT("\""), "-\n", "1:1+1 unclosed-quote\n"},
    {TEXT("x\"y,\"z"), "-\n", "1:2+1 stray-quote\n1:5+1 unclosed-quote\n"},
    {TEXT("가\xff,\xfe\n나,\xc0\x80\n다,라\n"), "-\n-\n3:[다][라]\n",
     "1:2+1 bad-utf8: 0xff | 3\n2:3+1 bad-utf8: 0xc0 | 11\n"},
    {TEXT("\"a\n\xed\xa0\x80\"\nb\n"), "-\n3:[b]\n", "2:1+1 bad-utf8: 0xed | 3\n"},
    {TEXT("\xea\xb0\nb\n"), "-\n2:[b]\n", "1:1+1 bad-utf8: 0xea | 0\n"},
    {TEXT("가,\0\n\"나\n\0\",\xff\n다,라\n"), "-\n-\n4:[다][라]\n",
     "1:3+1 nul-character\n3:1+1 nul-character\n"},
    {TEXT("\xea\xb0"), "-\n", "1:1+1 bad-utf8: 0xea | 0\n"},
};

static void add_row(Buffer *out, const Row *row) {
    buffer_addf(out, "%u:", row->line);
    for (size_t i = 0; i < row->count; i++) {
        buffer_add_char(out, '[');
        for (size_t at = 0; at < row->cells[i].text.size; at++) {
            char byte = row->cells[i].text.data[at];
            if (byte == '\n')
                buffer_add(out, STR("\\n"));
            else if (byte >= 0 && byte < ' ')
                buffer_addf(out, "\\x%02x", (unsigned)byte);
            else
                buffer_add_char(out, byte);
        }
        buffer_add_char(out, ']');
    }
    buffer_add_char(out, '\n');
}

static void read_all(Str input, Buffer *rows, Buffer *faults) {
    Diag *diag = diag_new();
    Table *table = csv_open(STR("x.csv"), input);
    Row row;
    for (TableStep step; (step = table_next(table, &row, diag)) != TABLE_END;) {
        if (step == TABLE_ROW)
            add_row(rows, &row);
        else
            buffer_add(rows, STR("-\n"));
    }
    assert_int_equal(table_next(table, &row, diag), TABLE_END);
    table_close(table);
    faults_add(faults, diag);
    diag_free(diag);
}

static void test_read(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof read_cases / sizeof *read_cases; i++) {
        const ReadCase *test = &read_cases[i];
        Buffer rows = {0}, faults = {0};
        read_all(test->input, &rows, &faults);
        if (!str_is(buffer_view(&rows), test->rows) || !str_is(buffer_view(&faults), test->faults))
            fail_msg("case %zu <%.*s>\nread:\n%s%s\nexpected:\n%s%s", i, STR_FMT(test->input),
                     buffer_text(&rows), buffer_text(&faults), test->rows, test->faults);
        buffer_release(&rows);
        buffer_release(&faults);
    }
}

typedef struct PlaceCase {
    Str input;
    size_t row, cell;
    uint32_t line, column, span;
    const char *source;
} PlaceCase;

static const PlaceCase place_cases[] = {
    {TEXT("a,bc,d\n"), 0, 0, 1, 1, 1, "a,bc,d"},
    {TEXT("a,bc,d\n"), 0, 1, 1, 3, 2, "a,bc,d"},
    {TEXT("a,bc,d\n"), 0, 3, 1, 7, 1, "a,bc,d"},
    {TEXT("a,bc,d"), 0, 9, 1, 7, 1, "a,bc,d"},
    {TEXT("a,,d\r\n"), 0, 1, 1, 3, 1, "a,,d"},
    {TEXT("\xef\xbb\xbf국,부서\n"), 0, 1, 1, 3, 2, "국,부서"},
    {TEXT("a\r\n\r\n행정국,\"총,무\",x\r\n"), 1, 1, 3, 5, 5, "행정국,\"총,무\",x"},
    {TEXT("a\r\n\r\n행정국,\"총,무\",x\r\n"), 1, 2, 3, 11, 1, "행정국,\"총,무\",x"},
    {TEXT("x,\"가\n나다\",라마\n"), 0, 1, 1, 3, 2, "x,\"가"},
    {TEXT("x,\"가\n나다\",라마\n"), 0, 2, 2, 5, 2, "나다\",라마"},
    {TEXT("x,\"가\r\n\r나다\",라마\r"), 0, 2, 3, 5, 2, "나다\",라마"},
    {TEXT("x,\"가\n나다\",라마\n"), 0, 3, 2, 7, 1, "나다\",라마"},
    {TEXT("x,\"가\n\"\n\"a\"\"b\",c"), 1, 0, 3, 1, 6, "\"a\"\"b\",c"},
};

static void test_place(void **state) {
    (void)state;
    Diag *diag = diag_new();
    for (size_t i = 0; i < sizeof place_cases / sizeof *place_cases; i++) {
        const PlaceCase *test = &place_cases[i];
        Table *table = csv_open(STR("x.csv"), test->input);
        Row row;
        for (size_t r = 0; r <= test->row; r++) assert_int_equal(table_next(table, &row, diag), TABLE_ROW);
        Place place = table_place(table, &row, test->cell);
        bool good = place.line == test->line && place.column == test->column && place.span == test->span &&
                    str_is(place.source, test->source) && str_is(place.file, "x.csv");
        if (!good)
            fail_msg("case %zu <%.*s>: %u:%u+%u <%.*s>", i, STR_FMT(test->input), place.line, place.column,
                     place.span, STR_FMT(place.source));
        table_close(table);
    }
    diag_free(diag);
}

/* Long rows and many quotes take time in proportion to their size: these would take minutes otherwise. */
static void test_large(void **state) {
    (void)state;
    Diag *diag = diag_new();
    Buffer input = {0};
    buffer_add_repeat(&input, ',', 1000000);
    buffer_add(&input, STR("\n\""));
    buffer_add_repeat(&input, '"', 500000);
    buffer_add(&input, STR("\"\n"));
    Table *table = csv_open(STR("x.csv"), buffer_view(&input));
    Row row;
    assert_int_equal(table_next(table, &row, diag), TABLE_ROW);
    assert_int_equal(row.count, 1000001);
    assert_int_equal(table_place(table, &row, 1000000).column, 1000001);
    assert_int_equal(table_next(table, &row, diag), TABLE_ROW);
    assert_int_equal(row.count, 1);
    assert_int_equal(row.cells[0].text.size, 250000);
    assert_int_equal(table_next(table, &row, diag), TABLE_END);
    table_close(table);
    buffer_release(&input);
    diag_free(diag);
}

typedef struct WriteCase {
    const char *input, *cell, *text;
} WriteCase;

static const WriteCase write_cases[] = {
    {"", "", ""},
    {"가 나", "가 나", "가 나"},
    {"a,b", "\"a,b\"", "\"a,b\""},
    {"a\"b", "\"a\"\"b\"", "\"a\"\"b\""},
    {"\"", "\"\"\"\"", "\"\"\"\""},
    {"a\nb", "\"a\nb\"", "\"a\nb\""},
    {"a\rb", "\"a\rb\"", "\"a\rb\""},
    {" a", "\" a\"", "\" a\""},
    {"a\t", "\"a\t\"", "\"a\t\""},
    {"=1+1", "=1+1", "'=1+1"},
    {"-3", "-3", "'-3"},
    {"+3", "+3", "'+3"},
    {"@x", "@x", "'@x"},
    {" =a,\"b\"", "\" =a,\"\"b\"\"\"", "\"' =a,\"\"b\"\"\""},
    {"\tx", "\"\tx\"", "'\tx"},
    {"\rx", "\"\rx\"", "\"'\rx\""},
    {"a=b", "a=b", "a=b"},
};

static void test_write(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof write_cases / sizeof *write_cases; i++) {
        const WriteCase *test = &write_cases[i];
        Buffer cell = {0}, text = {0};
        csv_add_cell(&cell, str_of(test->input));
        csv_add_text(&text, str_of(test->input));
        if (!str_is(buffer_view(&cell), test->cell) || !str_is(buffer_view(&text), test->text))
            fail_msg("<%s>: cell <%s>, text <%s>", test->input, buffer_text(&cell), buffer_text(&text));
        buffer_release(&cell);
        buffer_release(&text);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_read),
        cmocka_unit_test(test_place),
        cmocka_unit_test(test_large),
        cmocka_unit_test(test_write),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
