#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/file.h"

/* Bytes of which none is like the one 256 before it. */
static char byte_at(size_t at) { return (char)('a' + (at + at / 251) % 26); }

static void check(const File *file, size_t from, size_t size) {
    char *copy = malloc(size + 1);
    assert_non_null(copy);
    copy[size] = '!';
    file_copy(file, from, size, copy);
    for (size_t i = 0; i < size; i++)
        if (copy[i] != byte_at(from + i)) fail_msg("byte %zu of %zu from %zu", i, size, from);
    assert_int_equal(copy[size], '!');
    free(copy);
}

static void check_file(size_t size, bool open) {
    char path[] = "/tmp/test-file-copy-XXXXXX";
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    FILE *out = fdopen(descriptor, "w");
    assert_non_null(out);
    for (size_t i = 0; i < size; i++) fputc(byte_at(i), out);
    assert_int_equal(fclose(out), 0);
    Diag *diag = diag_new();
    File file;
    assert_true(file_read(str_of(path), &file, diag));
    assert_int_equal(file.descriptor > 0, open);
    check(&file, 0, 1);
    check(&file, 0, size);
    check(&file, size - 1, 1);
    check(&file, size / 2, 300);
    check(&file, size, 0);
    file_forget(&file, 0, size);
    check(&file, 5000, 5000);
    file_release(&file);
    assert_int_equal(file.descriptor, 0);
    file_release(&file);
    diag_free(diag);
    unlink(path);
}

static void test_small(void **state) {
    (void)state;
    check_file(10001, false);
}

static void test_large(void **state) {
    (void)state;
    check_file(FILE_LARGE - 1, false);
    check_file(FILE_LARGE, true);
    check_file(FILE_LARGE + 4097, true);
}

/* Bytes that were never in a file. */
static void test_memory(void **state) {
    (void)state;
    static const char bytes[] = "abcdef";
    const File file = {.bytes = {bytes, 6}};
    check(&file, 2, 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_small),
        cmocka_unit_test(test_large),
        cmocka_unit_test(test_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
