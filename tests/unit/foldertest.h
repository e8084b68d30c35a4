/* foldertest - tests of files, each in a temporary folder of its own. */
#ifndef PERFEVAL_TESTS_FOLDERTEST_H
#define PERFEVAL_TESTS_FOLDERTEST_H

#include "base/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

/** Each test works in a folder of its own. */
typedef struct Fixture {
    char folder[40];
    Diag *diag;
    Arena arena;
    Buffer path;
} Fixture;

static inline int set_up(void **state) {
    Fixture *fixture = calloc(1, sizeof *fixture);
    strcpy(fixture->folder, "/tmp/perfeval-test-XXXXXX");
    *state = fixture; /* torn down also when this fails */
    fixture->diag = diag_new();
    if (!mkdtemp(fixture->folder)) return -1;
    return 0;
}

static inline int tear_down(void **state) {
    Fixture *fixture = *state;
    char command[80];
    snprintf(command, sizeof command, "rm -rf %s", fixture->folder);
    int status = system(command);
    diag_free(fixture->diag);
    arena_release(&fixture->arena);
    buffer_release(&fixture->path);
    free(fixture);
    return status;
}

static inline Str in_folder(Fixture *fixture, const char *name) {
    return arena_format(&fixture->arena, "%s/%s", fixture->folder, name);
}

static inline void create(Str path, const char *content) {
    FILE *file = fopen(path.data, "w");
    assert_non_null(file);
    fputs(content, file);
    fclose(file);
}

static inline void check_content(Fixture *fixture, Str path, const char *content) {
    File file;
    if (!file_read(path, &file, fixture->diag)) fail_msg("'%s' cannot be read", path.data);
    if (!str_is(file.bytes, content)) fail_msg("'%s' holds '%.*s'", path.data, STR_FMT(file.bytes));
    file_release(&file);
}

/** The message added since the last call is `message` with `first` as its first argument. */
static inline void check_message(Fixture *fixture, MessageId message, Str first) {
    assert_int_equal(diag_count(fixture->diag), 1);
    const DiagItem *item = diag_item(fixture->diag, 0);
    assert_int_equal(item->message, message);
    assert_true(str_equal(item->arguments[0], first));
    assert_true(item->arguments[1].size > 0);
    diag_clear(fixture->diag);
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

#endif
