#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/mapped.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define SIZE ((size_t)3 * 65536)

static char path[] = "/tmp/perfeval-test-XXXXXX";

static void fill(void) {
    static char bytes[SIZE];
    memset(bytes, 'x', sizeof bytes);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, sizeof bytes, file), sizeof bytes);
    fclose(file);
}

/* What the processes below end with: which file it was, and what became of it. */
static void lost(Str found, bool shorter) {
    _exit(str_is(found, path) ? shorter ? 5 : 6 : found.size ? 7 : 8);
}

/* Reads a byte that the file has lost, in a process of its own: how that ends. */
static int read_lost(bool guarded, bool known) {
    fill();
    pid_t child = fork();
    if (child == 0) {
        Diag *diag = diag_new();
        File file, other;
        if (!file_read(str_of(path), &file, diag) || !file_read(STR("Makefile"), &other, diag)) _exit(9);
        if (guarded) mapped_guard(lost);
        if (!known) mapped_remove(file.mapping);
        if (truncate(path, 100) < 0 || file.bytes.data[50] != 'x') _exit(10);
        volatile char byte = file.bytes.data[SIZE - 1];
        (void)byte;
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

static void test_shorter(void **state) {
    (void)state;
    assert_int_equal(read_lost(true, true), 5);
    assert_int_equal(read_lost(true, false), 8);
}

static atomic_bool one_said;

static void lost_slowly(Str found, bool shorter) {
    atomic_store(&one_said, true);
    usleep(50000);
    lost(found, shorter);
}

static void *read_second(void *bytes) {
    while (!atomic_load(&one_said)) usleep(100);
    volatile char byte = ((const char *)bytes)[SIZE - 1];
    (void)byte;
    return NULL;
}

/* While one thread says it, another one comes to such a byte. */
static void test_two_threads(void **state) {
    (void)state;
    fill();
    pid_t child = fork();
    if (child == 0) {
        Diag *diag = diag_new();
        File file;
        pthread_t second;
        if (!file_read(str_of(path), &file, diag) || truncate(path, 100) < 0) _exit(9);
        mapped_guard(lost_slowly);
        if (pthread_create(&second, NULL, read_second, (void *)(uintptr_t)file.bytes.data) != 0) _exit(10);
        volatile char byte = file.bytes.data[SIZE - 1];
        (void)byte;
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 5);
}

/* What only looks like it, since somebody sent the signal, ends the process as ever. */
static void test_sent(void **state) {
    (void)state;
    pid_t child = fork();
    if (child == 0) {
        mapped_guard(lost);
        kill(getpid(), SIGBUS);
        _exit(0);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGBUS);
}

/* Files that are released are forgotten: the same place may belong to another one then. */
static void test_released(void **state) {
    (void)state;
    fill();
    Diag *diag = diag_new();
    File first, second;
    assert_true(file_read(str_of(path), &first, diag));
    const void *place = first.mapping;
    file_release(&first);
    mapped_remove(place); /* nothing is there */
    assert_true(file_read(str_of(path), &second, diag));
    assert_int_equal(second.bytes.size, SIZE);
    file_release(&second);
    diag_free(diag);
}

static int set_up(void **state) {
    (void)state;
    int file = mkstemp(path);
    return file < 0 ? -1 : close(file);
}

static int tear_down(void **state) {
    (void)state;
    return unlink(path);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shorter),
        cmocka_unit_test(test_two_threads),
        cmocka_unit_test(test_sent),
        cmocka_unit_test(test_released),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
