#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"

#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

static void test_compare(void **state) {
    (void)state;
    static const struct {
        Str a, b;
        int order;
    } cases[] = {
        {{"", 0}, {"", 0}, 0},     {{NULL, 0}, {"", 0}, 0},  {{"a", 1}, {"", 0}, 1},
        {{"a", 1}, {"b", 1}, -1},  {{"ab", 2}, {"a", 1}, 1}, {{"a\0b", 3}, {"a\0c", 3}, -1},
        {{"a\0", 2}, {"a", 1}, 1}, {{"가", 3}, {"z", 1}, 1},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        int order = str_compare(cases[i].a, cases[i].b), back = str_compare(cases[i].b, cases[i].a);
        order = (order > 0) - (order < 0);
        back = (back > 0) - (back < 0);
        bool equal = str_equal(cases[i].a, cases[i].b);
        if (order != cases[i].order || back != -order || equal != (order == 0))
            fail_msg("case %zu: %d %d %d", i, order, back, equal);
        if (equal)
            assert_true(str_hash(cases[i].a) == str_hash(cases[i].b));
        else
            assert_true(str_hash(cases[i].a) != str_hash(cases[i].b));
    }
    assert_true(str_is(STR("abc"), "abc"));
    assert_false(str_is((Str){"abc\0", 4}, "abc"));
    assert_true(str_is(str_of(NULL), ""));
}

static void test_parts(void **state) {
    (void)state;
    Str text = STR("rules.lua");
    assert_true(str_starts(text, STR("rules")));
    assert_true(str_starts(text, STR("")));
    assert_false(str_starts(text, STR("rules.lua.")));
    assert_true(str_ends(text, STR(".lua")));
    assert_false(str_ends(text, STR("xrules.lua")));
    assert_true(str_is(str_slice(text, 6, 99), "lua"));
    assert_true(str_is(str_slice(text, 7, 3), ""));
    assert_int_equal(str_find(text, 'l', 0), 2);
    assert_int_equal(str_find(text, 'l', 3), 6);
    assert_int_equal(str_find(text, 'z', 0), text.size);
    assert_int_equal(str_find(text, 'r', 99), text.size);
    static const char *const trimmed[][2] = {
        {" a ", "a"}, {"\t a b\t", "a b"}, {"  ", ""}, {"", ""}, {"a\n", "a\n"}};
    for (size_t i = 0; i < COUNT(trimmed); i++)
        if (!str_is(str_trim(str_of(trimmed[i][0])), trimmed[i][1])) fail_msg("'%s'", trimmed[i][0]);
}

/* Bytes in front of a text and behind it must not matter to its hash, nor its alignment. */
static void test_hash(void **state) {
    (void)state;
    const char *text = "성과지표 달성률 2019";
    size_t size = strlen(text);
    for (size_t shift = 0; shift < 9; shift++) {
        char *exact = malloc(size + shift);
        memcpy(exact + shift, text, size);
        assert_true(str_hash((Str){exact + shift, size}) == str_hash((Str){text, size}));
        free(exact);
    }
}

static int compare_hashes(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* Names made so that a factor of a product of the hash is 0, whatever eight of their letters are. */
static void test_hash_of_names_made_for_it(void **state) {
    (void)state;
    enum { NAMES = 1000 };
    uint64_t hashes[NAMES];
    for (int i = 0; i < NAMES; i++) {
        char name[64];
        int size = snprintf(name, sizeof name, "wz14pxvd5xlnu33c%08d:[Kr{3gYtail", i);
        hashes[i] = str_hash((Str){name, (size_t)size});
    }
    qsort(hashes, NAMES, sizeof *hashes, compare_hashes);
    for (int i = 1; i < NAMES; i++) assert_true(hashes[i - 1] != hashes[i]);
}

static void test_buffer(void **state) {
    (void)state;
    Buffer buffer = {0};
    assert_int_equal(buffer_view(&buffer).size, 0);
    assert_string_equal(buffer_text(&buffer), "");
    buffer_add(&buffer, (Str){NULL, 0});
    for (int i = 0; i < 1000; i++) buffer_addf(&buffer, "%d,", i % 10);
    assert_int_equal(buffer.size, 2000);
    assert_memory_equal(buffer.data, "0,1,2,3,4,5,6,7,8,9,0,", 22);
    buffer.size = 0;
    buffer_add_repeat(&buffer, 'x', 3);
    buffer_add_repeat(&buffer, 'y', 0);
    buffer_add_char(&buffer, '\0');
    buffer_add(&buffer, STR("한"));
    assert_true(str_equal(buffer_view(&buffer), (Str){"xxx\0한", 7}));
    assert_int_equal(buffer_text(&buffer)[7], 0);
    assert_int_equal(buffer.size, 7);
    buffer_addf(&buffer, "%s", "");
    assert_int_equal(buffer.size, 7);
    buffer_release(&buffer);
    assert_null(buffer.data);
    buffer_release(&buffer);
}

static void test_arena(void **state) {
    (void)state;
    Arena arena = {0};
    arena_release(&arena);
    unsigned char *blocks[64];
    for (size_t i = 0; i < COUNT(blocks); i++) {
        size_t size = i * i * 13;
        blocks[i] = arena_new(&arena, size, 1);
        assert_true((uintptr_t)blocks[i] % alignof(max_align_t) == 0);
        for (size_t at = 0; at < size; at++)
            if (blocks[i][at] != 0) fail_msg("block %zu is not zeroed at %zu", i, at);
        memset(blocks[i], (int)i, size);
    }
    for (size_t i = 0; i < COUNT(blocks); i++)
        for (size_t at = 0; at < i * i * 13; at++)
            if (blocks[i][at] != i) fail_msg("block %zu was overwritten at %zu", i, at);

    Str copy = arena_copy(&arena, (Str){"a\0b", 3});
    assert_true(str_equal(copy, (Str){"a\0b", 3}));
    assert_int_equal(copy.data[3], 0);
    assert_string_equal(arena_copy(&arena, (Str){NULL, 0}).data, "");
    Str text = arena_format(&arena, "%s-%d", "x", 5);
    assert_string_equal(text.data, "x-5");
    assert_int_equal(text.size, 3);
    arena_release(&arena);
    assert_null(arena.last);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_compare), cmocka_unit_test(test_parts),
        cmocka_unit_test(test_hash),    cmocka_unit_test(test_hash_of_names_made_for_it),
        cmocka_unit_test(test_buffer),  cmocka_unit_test(test_arena),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
