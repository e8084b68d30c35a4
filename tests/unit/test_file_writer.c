#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/file_writer.h"
#include "foldertest.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

static int entries(const char *folder) {
    DIR *directory = opendir(folder);
    assert_non_null(directory);
    int count = -2; /* "." and ".." */
    while (readdir(directory)) count++;
    closedir(directory);
    return count;
}

static mode_t mode_of(Str path) {
    struct stat status;
    assert_int_equal(lstat(path.data, &status), 0);
    return status.st_mode & 07777;
}

static void test_write(void **state) {
    Fixture *fixture = *state;
    Str path = in_folder(fixture, "out.csv");
    mode_t old = umask(027);
    assert_true(file_write(path, STR("one"), fixture->diag));
    umask(old);
    check_content(fixture, path, "one");
    assert_int_equal(mode_of(path), 0640);

    assert_int_equal(chmod(path.data, 0604), 0);
    assert_true(file_write(path, STR(""), fixture->diag));
    check_content(fixture, path, "");
    assert_int_equal(mode_of(path), 0604);
    assert_int_equal(entries(fixture->folder), 1);

    /* What was left behind by a program of the same number is stepped around. */
    char stale[80];
    snprintf(stale, sizeof stale, ".out.csv.perfeval-%ld", (long)getpid());
    create(in_folder(fixture, stale), "stale");
    assert_true(file_write(path, STR("two"), fixture->diag));
    check_content(fixture, path, "two");
    assert_int_equal(entries(fixture->folder), 2);
}

static void test_write_long_name(void **state) {
    Fixture *fixture = *state;
    char name[256];
    memset(name, 'n', 255);
    name[255] = '\0';
    assert_true(file_write(in_folder(fixture, name), STR("x"), fixture->diag));
    check_content(fixture, in_folder(fixture, name), "x");
    assert_int_equal(entries(fixture->folder), 1);
}

static void test_write_link(void **state) {
    Fixture *fixture = *state;
    Str target = in_folder(fixture, "target"), link = in_folder(fixture, "link"),
        loose = in_folder(fixture, "loose");
    create(target, "old");
    assert_int_equal(symlink("target", link.data), 0);
    assert_true(file_write(link, STR("new"), fixture->diag));
    check_content(fixture, target, "old");
    check_content(fixture, link, "new");
    assert_int_equal(symlink("nowhere", loose.data), 0);
    assert_true(file_write(loose, STR("new"), fixture->diag));
    check_content(fixture, loose, "new");
    assert_int_equal(entries(fixture->folder), 3);
}

static void test_write_relative(void **state) {
    Fixture *fixture = *state;
    char before[4096];
    assert_non_null(getcwd(before, sizeof before));
    assert_int_equal(chdir(fixture->folder), 0);
    bool written = file_write(STR("here.csv"), STR("x"), fixture->diag);
    assert_int_equal(chdir(before), 0);
    assert_true(written);
    check_content(fixture, in_folder(fixture, "here.csv"), "x");
}

static void test_write_errors(void **state) {
    Fixture *fixture = *state;
    Str folder = in_folder(fixture, "folder"), file = in_folder(fixture, "file");
    assert_int_equal(mkdir(folder.data, 0777), 0);
    create(file, "old");
    const Str paths[] = {folder,
                         in_folder(fixture, "folder/"),
                         in_folder(fixture, "missing/x"),
                         in_folder(fixture, "file/x"),
                         in_folder(fixture, "."),
                         STR(""),
                         {"a\0b", 3}};
    for (size_t i = 0; i < COUNT(paths); i++) {
        if (file_write(paths[i], STR("new"), fixture->diag)) fail_msg("'%s' was written", paths[i].data);
        check_message(fixture, MESSAGE_FILE_WRITE, paths[i]);
    }
    check_content(fixture, file, "old");
    assert_int_equal(entries(fixture->folder), 2);
    assert_int_equal(entries(folder.data), 0);
}

/* A full disk, as far as a limit on file sizes can play it: the old file stays, no temporary is left. */
static void test_write_full(void **state) {
    Fixture *fixture = *state;
    Str path = in_folder(fixture, "out");
    create(path, "old");
    struct rlimit before, small;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = before;
    small.rlim_cur = 100;
    char bytes[200] = {0};
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    bool written = file_write(path, (Str){bytes, sizeof bytes}, fixture->diag);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, SIG_DFL);
    assert_false(written);
    check_message(fixture, MESSAGE_FILE_WRITE, path);
    check_content(fixture, path, "old");
    assert_int_equal(entries(fixture->folder), 1);
}

/* Stopped while it writes (the signal waits, as it does then): the old file stays, no temporary is left. A
 * signal that the program ignores, as under nohup, changes nothing. */
static void test_write_stopped(void **state) {
    Fixture *fixture = *state;
    Str path = in_folder(fixture, "out");
    create(path, "old");
    sigset_t stop, before;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTERM);
    sigprocmask(SIG_BLOCK, &stop, &before);
    raise(SIGTERM);
    bool written = file_write(path, STR("new"), fixture->diag);
    signal(SIGTERM, SIG_IGN);
    raise(SIGTERM);
    bool written_ignoring = file_write(in_folder(fixture, "other"), STR("new"), fixture->diag);
    sigprocmask(SIG_SETMASK, &before, NULL);
    signal(SIGTERM, SIG_DFL);
    assert_false(written);
    assert_true(written_ignoring);
    check_message(fixture, MESSAGE_FILE_WRITE, path);
    check_content(fixture, path, "old");
    assert_int_equal(entries(fixture->folder), 2);
}

/* Piece by piece; the old file stays until the end, and when the writing is given up. */
static void test_writer(void **state) {
    Fixture *fixture = *state;
    Str path = in_folder(fixture, "out");
    create(path, "old");
    FileWriter *writer = file_writer_open(path, fixture->diag);
    assert_non_null(writer);
    assert_true(file_writer_add(writer, STR("one ")));
    assert_true(file_writer_add(writer, STR("")));
    check_content(fixture, path, "old");
    assert_true(file_writer_add(writer, STR("two")));
    assert_true(file_writer_close(writer, true, fixture->diag));
    check_content(fixture, path, "one two");
    writer = file_writer_open(path, fixture->diag);
    assert_true(file_writer_add(writer, STR("three")));
    assert_true(file_writer_close(writer, false, fixture->diag));
    check_content(fixture, path, "one two");
    assert_int_equal(entries(fixture->folder), 1);
    assert_int_equal(diag_count(fixture->diag), 0);
}

static volatile sig_atomic_t interrupts;

static void count_interrupt(int number) {
    (void)number;
    interrupts++;
}

/* Ctrl-C in the middle: the next piece is refused, nothing is left, and only then does it take effect. */
static void test_writer_stopped(void **state) {
    Fixture *fixture = *state;
    Str path = in_folder(fixture, "out");
    signal(SIGINT, count_interrupt);
    interrupts = 0;
    FileWriter *writer = file_writer_open(path, fixture->diag);
    assert_true(file_writer_add(writer, STR("one ")));
    raise(SIGINT);
    assert_int_equal(interrupts, 0);
    bool added = file_writer_add(writer, STR("two"));
    bool closed = file_writer_close(writer, true, fixture->diag);
    signal(SIGINT, SIG_DFL);
    assert_false(added || closed);
    assert_int_equal(interrupts, 1);
    check_message(fixture, MESSAGE_FILE_WRITE, path);
    assert_int_equal(entries(fixture->folder), 0);
}

/* A piece that cannot be written ends it; to a descriptor too, which stays open. */
static void test_writer_errors(void **state) {
    Fixture *fixture = *state;
    FileWriter *writer = file_writer_open(STR("/dev/full"), fixture->diag);
    assert_false(file_writer_add(writer, STR("one")));
    assert_false(file_writer_add(writer, STR("two")));
    assert_false(file_writer_close(writer, true, fixture->diag));
    check_message(fixture, MESSAGE_FILE_WRITE, STR("/dev/full"));
    Str missing = in_folder(fixture, "missing/out");
    assert_null(file_writer_open(missing, fixture->diag));
    check_message(fixture, MESSAGE_FILE_WRITE, missing);
    Str path = in_folder(fixture, "open");
    int descriptor = open(path.data, O_WRONLY | O_CREAT, 0600);
    writer = file_writer_descriptor(descriptor, STR("out"));
    assert_true(file_writer_add(writer, STR("one")));
    assert_true(file_writer_close(writer, true, fixture->diag));
    assert_int_equal(close(descriptor), 0);
    check_content(fixture, path, "one");
}

static void test_write_device(void **state) {
    Fixture *fixture = *state;
    assert_false(file_write(STR("/dev/full"), STR("new"), fixture->diag));
    check_message(fixture, MESSAGE_FILE_WRITE, STR("/dev/full"));
    assert_true(file_write(STR("/dev/null"), STR("new"), fixture->diag));
    struct stat status;
    assert_int_equal(stat("/dev/null", &status), 0);
    assert_true(S_ISCHR(status.st_mode));
}

/* Redirected to a file, /dev/stdout leads to a regular one and still must not be replaced. */
static void test_write_standard_output(void **state) {
    Fixture *fixture = *state;
    Str path = in_folder(fixture, "redirected");
    create(path, "first ");
    fflush(stdout);
    int standard = dup(STDOUT_FILENO), file = open(path.data, O_WRONLY);
    dup2(file, STDOUT_FILENO);
    bool written = file_write(STR("/dev/stdout"), STR("second"), fixture->diag);
    dup2(standard, STDOUT_FILENO);
    close(standard);
    close(file);
    assert_true(written);
    check_content(fixture, path, "first second");
    assert_int_equal(entries(fixture->folder), 1);
    struct stat status;
    assert_int_equal(lstat("/dev/stdout", &status), 0);
    assert_true(S_ISLNK(status.st_mode));
}

static void test_write_pipe(void **state) {
    Fixture *fixture = *state;
    Str path = in_folder(fixture, "pipe");
    assert_int_equal(mkfifo(path.data, 0600), 0);
    int reader = open(path.data, O_RDONLY | O_NONBLOCK);
    assert_true(file_write(path, STR("through"), fixture->diag));
    char bytes[16];
    assert_int_equal(read(reader, bytes, sizeof bytes), 7);
    assert_memory_equal(bytes, "through", 7);
    close(reader);

    signal(SIGPIPE, SIG_IGN);
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_true(file_write_descriptor(ends[1], STR("out"), STR("x"), fixture->diag));
    close(ends[0]);
    assert_false(file_write_descriptor(ends[1], STR("out"), STR("x"), fixture->diag));
    check_message(fixture, MESSAGE_FILE_WRITE, STR("out"));
    close(ends[1]);
    signal(SIGPIPE, SIG_DFL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_FOLDER(test_write),         IN_FOLDER(test_write_long_name),
        IN_FOLDER(test_write_link),    IN_FOLDER(test_write_relative),
        IN_FOLDER(test_write_errors),  IN_FOLDER(test_write_full),
        IN_FOLDER(test_write_device),  IN_FOLDER(test_write_standard_output),
        IN_FOLDER(test_write_pipe),    IN_FOLDER(test_write_stopped),
        IN_FOLDER(test_writer),        IN_FOLDER(test_writer_stopped),
        IN_FOLDER(test_writer_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
