#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lua/window.h"
#include "ruletext.h"

/* Columns: 0 to 3 names, 4 unit, 5 target, 6 actual. */
enum { UNIT = 4, TARGET = 5, ACTUAL = 6, COLUMNS = 7 };

typedef struct Sent {
    StretchForm form;
    CellRole roles[COLUMNS];
    Stretch stretch;
    bool there[COLUMNS];
    size_t told[COLUMNS];
    Buffer bytes;
} Sent;

static Dataset *sample_data(void) {
    Diag *diag = diag_new();
    Table *table = csv_open(STR("x.csv"), STR(HEADER "\nb,d,p,i,u,1,2\n"));
    Dataset *dataset = dataset_load(table, &(LoadOptions){0}, diag);
    assert_non_null(dataset);
    table_close(table);
    diag_free(diag);
    return dataset;
}

/* Four rows: 명 10.5 7 / % blank 8 / 명 -3 9 / blank 4 10. */
static void begin_sent(Sent *sent) {
    static int64_t digits[2][4] = {{105, MISSING_BLANK, -3, 4}, {7, 8, 9, 10}};
    static uint8_t scales[2][4] = {{1, DATASET_SCALE_MISSING, 0, 0}, {0, 0, 0, 0}};
    static uint32_t ids[4] = {1, 2, 1, 0};
    static Str words[3] = {{"", 0}, {"명", 3}, {"%", 1}};
    static NumberColumn numbers[COLUMNS];
    static WordColumn texts[COLUMNS];
    *sent = (Sent){.form = {.columns = COLUMNS}};
    sent->roles[UNIT] = CELL_WORD;
    sent->roles[TARGET] = sent->roles[ACTUAL] = CELL_NUMBER;
    for (size_t i = 0; i < 2; i++)
        numbers[TARGET + i] = (NumberColumn){.digits = digits[i], .scale = scales[i]};
    texts[UNIT].words = (TextColumn){.ids = ids, .words = words, .word_count = 3};
    sent->form.roles = sent->roles;
    sent->stretch = (Stretch){.form = &sent->form, .rows = 4, .numbers = numbers, .words = texts};
}

static void write_rows(Sent *sent, const uint32_t *rows, size_t count) {
    sent->bytes.size = 0;
    window_write(&sent->bytes, &sent->stretch, rows, count, sent->there, sent->told);
}

static bool read_rows(Window *window, Str bytes, size_t count) {
    WireReader reader = {.bytes = bytes};
    return window_read(window, &reader, count);
}

static void expect_number(const Window *window, size_t column, size_t row, int64_t digits, uint32_t scale) {
    Decimal number;
    assert_int_equal(dataset_number(dataset_numbers(window->dataset, column), row, &number), MISSING_NONE);
    assert_int_equal(number.digits, digits);
    assert_int_equal(number.scale, scale);
}

static void test_rows(void **state) {
    (void)state;
    Dataset *sample = sample_data();
    Window *window = window_new(sample);
    Sent sent;
    Decimal number;
    begin_sent(&sent);
    sent.there[UNIT] = sent.there[TARGET] = true;
    write_rows(&sent, (const uint32_t[]){2, 1}, 2);
    assert_true(read_rows(window, buffer_view(&sent.bytes), 2));
    assert_true(window->there[UNIT] && window->there[TARGET] && !window->there[ACTUAL]);
    assert_true(str_is(dataset_text(window->dataset, UNIT, 0), "명"));
    assert_true(str_is(dataset_text(window->dataset, UNIT, 1), "%"));
    expect_number(window, TARGET, 0, -3, 0);
    assert_int_equal(dataset_number(dataset_numbers(window->dataset, TARGET), 1, &number), MISSING_BLANK);
    assert_int_equal(sent.told[UNIT], 3);
    /* the words are known by now, and another column takes the place of the target */
    sent.there[TARGET] = false;
    sent.there[ACTUAL] = true;
    size_t before = sent.bytes.size;
    write_rows(&sent, (const uint32_t[]){3, 0}, 2);
    assert_true(sent.bytes.size < before);
    window->lacks[ACTUAL] = window->beyond = window->missed = true;
    assert_true(read_rows(window, buffer_view(&sent.bytes), 2));
    assert_false(window->missed);
    assert_true(str_is(dataset_text(window->dataset, UNIT, 0), ""));
    assert_true(str_is(dataset_text(window->dataset, UNIT, 1), "명"));
    expect_number(window, ACTUAL, 0, 10, 0);
    expect_number(window, ACTUAL, 1, 7, 0);
    buffer_release(&sent.bytes);
    window_free(window);
    dataset_free(sample);
}

static void spoil(Buffer *bytes, size_t at, char byte) {
    if (bytes->data && at < bytes->size) bytes->data[at] = byte;
}

/* A message that is not whole, or makes no sense, is refused. */
static void test_refusals(void **state) {
    (void)state;
    Dataset *sample = sample_data();
    Sent sent;
    begin_sent(&sent);
    sent.there[UNIT] = sent.there[ACTUAL] = true;
    write_rows(&sent, (const uint32_t[]){0, 1, 2}, 3);
    for (size_t size = 0; size < sent.bytes.size; size++) {
        Window *window = window_new(sample);
        assert_false(read_rows(window, str_slice(buffer_view(&sent.bytes), 0, size), 3));
        window_free(window);
    }
    Window *window = window_new(sample);
    assert_false(read_rows(window, buffer_view(&sent.bytes), 2));
    assert_false(read_rows(window, buffer_view(&sent.bytes), WINDOW_ROWS + 1));
    window_free(window);
    window = window_new(sample);
    spoil(&sent.bytes, sent.bytes.size - 1, (char)DATASET_SCALE_LONG); /* the last scale */
    assert_false(read_rows(window, buffer_view(&sent.bytes), 3));
    window_free(window);
    window = window_new(sample);
    spoil(&sent.bytes, 4, COLUMNS); /* the first column's number */
    assert_false(read_rows(window, buffer_view(&sent.bytes), 3));
    window_free(window);
    window = window_new(sample);
    sent.told[UNIT] = 3; /* as if the child knew the words */
    sent.there[ACTUAL] = false;
    write_rows(&sent, (const uint32_t[]){0}, 1);
    assert_false(read_rows(window, buffer_view(&sent.bytes), 1));
    window_free(window);
    buffer_release(&sent.bytes);
    dataset_free(sample);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_rows), cmocka_unit_test(test_refusals)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
