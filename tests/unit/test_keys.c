#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>

#include "model/form.h"
#include "model/keys.h"

#define HEADER "bureau,department,project,indicator,unit,target,actual\n"
/* Beyond what the names of each level are taken in pieces for. */
enum { MOST = 70 };

/* A row of names that are the first bytes of a text, each in quotes or not. */
static void add_row(Buffer *out, const char *quote, const size_t sizes[LEVEL_COUNT]) {
    static const char text[] = "Abcdefghijklmnopqrstuvwxyz0123456789abcdefghijklmnopqrstuvwxyz0123456789";
    for (size_t i = 0; i < LEVEL_COUNT; i++)
        buffer_addf(out, "%s%.*s%s,", quote, (int)sizes[i], text + i, quote);
    buffer_add(out, STR("i,u,100,80\n"));
}

/* The keys of the rows, which stand in a block of their own size. */
static void read_all(Str csv, size_t upper, Keys *keys, size_t count) {
    Form form;
    Stretch stretch;
    assert_true(form_begin(&form, csv, NULL));
    form.stretch.no_runs = form.stretch.no_names = true;
    stretch_begin(&stretch, &form.stretch);
    Str rows = str_slice(csv, form.body - STRETCH_LEAD, csv.size);
    char *block = malloc(rows.size);
    assert_non_null(block);
    memcpy(block, rows.data, rows.size);
    assert_true(stretch_parse(&stretch, (Str){block + STRETCH_LEAD, rows.size - STRETCH_LEAD}));
    assert_int_equal(stretch.rows, count);
    assert_true(keys_read(keys, &stretch, 0, count, upper));
    for (size_t row = 0; row < count; row++) {
        Key alone = keys_of(keys->names[row], upper);
        assert_true(alone.low == keys->upper[row].low && alone.high == keys->upper[row].high);
        for (size_t i = 0; i < LEVEL_COUNT; i++) keys->names[row][i].data = ""; /* they end here */
    }
    stretch_end(&stretch);
    form_end(&form);
    free(block);
}

static bool same_key(Key a, Key b) { return a.low == b.low && a.high == b.high; }

/* Names of every size at each level: in quotes and without, they have the same keys, and no other has them.
 */
static void test_sizes(void **state) {
    (void)state;
    static Key all[LEVEL_COUNT * MOST];
    size_t known = 0;
    for (size_t level = 0; level < LEVEL_COUNT; level++)
        for (size_t size = 1; size <= MOST; size++) {
            size_t sizes[LEVEL_COUNT] = {20, 6, 30};
            Keys plain, quoted;
            Buffer csv = {0}, with_quotes = {0};
            sizes[level] = size;
            buffer_add(&csv, STR(HEADER));
            buffer_add(&with_quotes, STR(HEADER));
            add_row(&csv, "", sizes);
            add_row(&with_quotes, "\"", sizes);
            for (size_t upper = 1; upper <= 2; upper++) {
                read_all(buffer_view(&csv), upper, &plain, 1);
                read_all(buffer_view(&with_quotes), upper, &quoted, 1);
                assert_true(same_key(plain.upper[0], quoted.upper[0]));
                assert_true(same_key(plain.project[0], quoted.project[0]));
            }
            bool again = sizes[0] == 20 && sizes[1] == 6 && sizes[2] == 30;
            for (size_t i = 0; i < known && !again; i++)
                if (all[i].low == plain.project[0].low || all[i].high == plain.project[0].high)
                    fail_msg("level %zu, %zu bytes", level, size);
            all[known++] = plain.project[0];
            buffer_release(&csv);
            buffer_release(&with_quotes);
        }
}

/* The same bytes, shared out to the names in other ways, and a byte that is another one. */
static void test_neighbours(void **state) {
    (void)state;
    static const char csv[] = HEADER "ab,c,d,i,u,100,80\n"
                                     "a,bc,d,i,u,100,80\n"
                                     "a,b,cd,i,u,100,80\n"
                                     "ab,c,e,i,u,100,80\n"
                                     "ab,0c,d,i,u,100,80\n"
                                     " ab ,c,d,i,u,100,80\n";
    Keys keys;
    read_all(str_of(csv), 2, &keys, 6);
    for (size_t i = 0; i < 6; i++)
        for (size_t k = 0; k < i; k++) {
            bool upper = (i == 3 && k == 0) || (i == 5 && (k == 0 || k == 3)), project = i == 5 && k == 0;
            assert_int_equal(same_key(keys.upper[i], keys.upper[k]), upper);
            assert_int_equal(same_key(keys.project[i], keys.project[k]), project);
        }
}

static void test_blank(void **state) {
    (void)state;
    static const char csv[] = HEADER "a,b,c,i,u,100,80\na, ,c,i,u,100,80\n";
    Form form;
    Stretch stretch;
    Keys keys;
    assert_true(form_begin(&form, str_of(csv), NULL));
    form.stretch.no_runs = form.stretch.no_names = true;
    stretch_begin(&stretch, &form.stretch);
    assert_true(stretch_parse(&stretch, str_slice(str_of(csv), form.body, sizeof csv - 1)));
    assert_true(keys_read(&keys, &stretch, 0, 1, 1));
    assert_false(keys_read(&keys, &stretch, 1, 1, 1));
    stretch_end(&stretch);
    form_end(&form);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sizes),
        cmocka_unit_test(test_neighbours),
        cmocka_unit_test(test_blank),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
