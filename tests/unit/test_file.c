#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/file_writer.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* Each test works in a folder of its own. */
typedef struct Fixture {
    char folder[40];
    Diag *diag;
    Arena arena;
    Buffer path;
} Fixture;

static int set_up(void **state) {
    Fixture *fixture = calloc(1, sizeof *fixture);
    strcpy(fixture->folder, "/tmp/perfeval-test-XXXXXX");
    *state = fixture; /* torn down also when this fails */
    fixture->diag = diag_new();
    if (!mkdtemp(fixture->folder)) return -1;
    return 0;
}

static int tear_down(void **state) {
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

static Str in_folder(Fixture *fixture, const char *name) {
    return arena_format(&fixture->arena, "%s/%s", fixture->folder, name);
}

static void create(Str path, const char *content) {
    FILE *file = fopen(path.data, "w");
    assert_non_null(file);
    fputs(content, file);
    fclose(file);
}

static void check_content(Fixture *fixture, Str path, const char *content) {
    File file;
    if (!file_read(path, &file, fixture->diag)) fail_msg("'%s' cannot be read", path.data);
    if (!str_is(file.bytes, content)) fail_msg("'%s' holds '%.*s'", path.data, STR_FMT(file.bytes));
    file_release(&file);
}

/* The message added since the last call is `message` with `first` as its first argument. */
static void check_message(Fixture *fixture, MessageId message, Str first) {
    assert_int_equal(diag_count(fixture->diag), 1);
    const DiagItem *item = diag_item(fixture->diag, 0);
    assert_int_equal(item->message, message);
    assert_true(str_equal(item->arguments[0], first));
    assert_true(item->arguments[1].size > 0);
    diag_clear(fixture->diag);
}

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

static void test_read(void **state) {
    Fixture *fixture = *state;
    Str path = in_folder(fixture, "가 b.csv");
    create(path, "id\n1\n");
    File file;
    assert_true(file_read(path, &file, fixture->diag));
    assert_true(str_is(file.bytes, "id\n1\n"));
    assert_non_null(file.mapping);
    assert_true(str_equal(file.path, path));
    file_release(&file);
    file_release(&file);

    create(path, "");
    check_content(fixture, path, "");
    check_content(fixture, STR("/dev/null"), "");
    assert_true(
        file_read(STR("/proc/self/status"), &file, fixture->diag)); /* regular, and says it has no bytes */
    assert_true(file.bytes.size > 0);
    file_release(&file);
}

static void test_read_errors(void **state) {
    Fixture *fixture = *state;
    Str folder = str_of(fixture->folder);
    Str nul = {"/dev/null\0x", 11};
    const Str paths[] = {in_folder(fixture, "missing"), folder, STR(""), nul,
                         in_folder(fixture, "missing/x")};
    for (size_t i = 0; i < COUNT(paths); i++) {
        File file;
        Str text;
        if (file_read(paths[i], &file, fixture->diag)) fail_msg("'%s' was read", paths[i].data);
        check_message(fixture, MESSAGE_FILE_OPEN, paths[i]);
        file_release(&file);
        if (file_read_text(paths[i], 10, &fixture->arena, &text, fixture->diag))
            fail_msg("'%s'", paths[i].data);
        check_message(fixture, MESSAGE_FILE_OPEN, paths[i]);
    }
}

static void test_read_pipe(void **state) {
    Fixture *fixture = *state;
    int ends[2], standard = dup(STDIN_FILENO);
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child == 0) {
        for (int i = 0; i < 50000; i++)
            if (write(ends[1], "0123456789", 10) != 10) _exit(1);
        _exit(0);
    }
    close(ends[1]);
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
    File file;
    assert_true(file_read(STR("-"), &file, fixture->diag));
    assert_int_equal(file.bytes.size, 500000);
    assert_memory_equal(file.bytes.data + 499990, "0123456789", 10);
    assert_null(file.mapping);
    file_release(&file);
    dup2(standard, STDIN_FILENO);
    close(standard);
}

static void test_read_text(void **state) {
    Fixture *fixture = *state;
    Str path = in_folder(fixture, "a.lua"), text;
    create(path, "return 1");
    assert_true(file_read_text(path, 8, &fixture->arena, &text, fixture->diag));
    assert_string_equal(text.data, "return 1");
    assert_false(file_read_text(path, 7, &fixture->arena, &text, fixture->diag));
    const DiagItem *item = diag_item(fixture->diag, 0);
    assert_true(str_is(item->arguments[1], "8"));
    assert_true(str_is(item->arguments[2], "7"));
    check_message(fixture, MESSAGE_SOURCE_TOO_LARGE, path);
    assert_false(file_read_text(STR("/dev/zero"), 1000, &fixture->arena, &text, fixture->diag));
    check_message(fixture, MESSAGE_SOURCE_TOO_LARGE, STR("/dev/zero"));
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

static void test_kinds(void **state) {
    Fixture *fixture = *state;
    Str file = in_folder(fixture, "file"), folder = str_of(fixture->folder);
    assert_false(file_exists(file));
    create(file, "");
    assert_true(file_exists(file));
    assert_false(file_is_folder(file));
    assert_true(file_is_folder(folder));
    assert_false(file_exists(STR("")));
    assert_false(file_exists((Str){"/tmp\0x", 6}));
}

static void test_path_parts(void **state) {
    Fixture *fixture = *state;
    static const struct {
        const char *path, *folder, *name;
    } cases[] = {
        {"a/b.lua", "a", "b.lua"}, {"b.lua", ".", "b.lua"}, {"/b", "/", "b"}, {"/a/b", "/a", "b"},
        {"a//b", "a", "b"},        {"a/", "a", ""},         {"", ".", ""},    {"//b", "/", "b"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Str path = str_of(cases[i].path);
        if (!str_is(path_folder(&fixture->arena, path), cases[i].folder))
            fail_msg("folder of '%s'", cases[i].path);
        if (!str_is(path_name(path), cases[i].name)) fail_msg("name of '%s'", cases[i].path);
    }
}

static void test_path_join(void **state) {
    Fixture *fixture = *state;
    static const char *const cases[][3] = {
        {"rules", "../data/x.csv", "data/x.csv"},
        {"rules", "a.lua", "rules/a.lua"},
        {".", "a.lua", "a.lua"},
        {"", "a.lua", "a.lua"},
        {"rules", "/etc/x", "/etc/x"},
        {"a/b", "../../../x", "../x"},
        {"a", "..", "."},
        {"..", "..", "../.."},
        {"../a", "../b", "../b"},
        {"/", "../x", "/x"},
        {"/a/b", "../../../x", "/x"},
        {"/a", "./b//c/.", "/a/b/c"},
        {"/a", "..", "/"},
        {"./a/./b", "c", "a/b/c"},
        {"a", "", "a"},
        {".", ".", "."},
        {"a/../..", "b", "../b"},
        {"..a", "b..", "..a/b.."},
        {"/a/", "b", "/a/b"},
        {"a", "..b", "a/..b"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Str joined = path_join(&fixture->arena, str_of(cases[i][0]), str_of(cases[i][1]));
        if (!str_is(joined, cases[i][2]))
            fail_msg("'%s' + '%s': '%s'", cases[i][0], cases[i][1], joined.data);
    }
}

static void test_path_inside(void **state) {
    Fixture *fixture = *state;
    mkdir(in_folder(fixture, "in").data, 0777);
    mkdir(in_folder(fixture, "in/sub").data, 0777);
    mkdir(in_folder(fixture, "inside").data, 0777);
    create(in_folder(fixture, "in/file"), "");
    create(in_folder(fixture, "out"), "");
    assert_int_equal(symlink("../out", in_folder(fixture, "in/escape").data), 0);
    assert_int_equal(symlink("../inside", in_folder(fixture, "in/away").data), 0);
    assert_int_equal(symlink("../nowhere", in_folder(fixture, "in/loose").data), 0);
    assert_int_equal(symlink("sub", in_folder(fixture, "in/home").data), 0);
    assert_int_equal(symlink("in", in_folder(fixture, "alias").data), 0);
    static const struct {
        const char *path;
        bool inside;
    } cases[] = {
        {"in", true},
        {"in/", true},
        {"in/file", true},
        {"in/sub/../file", true},
        {"in/new", true},
        {"in/new/new", true},
        {"in/sub/new", true},
        {"in/home/new", true},
        {"alias/file", true},
        {"alias/new", true},
        {"out", false},
        {"inside", false},
        {"inside/new", false},
        {"in/../out", false},
        {"in/../new", false},
        {"in/escape", false},
        {"in/away", false},
        {"in/away/new", false},
        {"in/loose", false},
        {"in/loose/", false},
        {"in/new/../../out", false},
        {"in/new/../x", false},
        {"in/file/x", false},
        {".", false},
        {"new", false},
    };
    Str folder = in_folder(fixture, "in");
    for (size_t i = 0; i < COUNT(cases); i++)
        if (path_inside(folder, in_folder(fixture, cases[i].path)) != cases[i].inside)
            fail_msg("'%s' is%s inside", cases[i].path, cases[i].inside ? " not" : "");
    assert_true(path_inside(in_folder(fixture, "alias"), in_folder(fixture, "in/file")));
    assert_true(path_inside(STR("/"), in_folder(fixture, "in/file")));
    assert_true(path_inside(STR("."), STR("no-such-file")));
    assert_false(path_inside(STR("."), STR("../no-such-file")));
    assert_false(path_inside(STR(""), STR("x")));
    assert_false(path_inside(STR("."), STR("")));
    assert_false(path_inside(in_folder(fixture, "missing"), in_folder(fixture, "missing/x")));
    Str nul = {"in\0/../../out", 13};
    assert_false(path_inside(STR("."), nul));
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        IN_FOLDER(test_read),       IN_FOLDER(test_read_errors),    IN_FOLDER(test_read_pipe),
        IN_FOLDER(test_read_text),  IN_FOLDER(test_write),          IN_FOLDER(test_write_long_name),
        IN_FOLDER(test_write_link), IN_FOLDER(test_write_relative), IN_FOLDER(test_write_errors),
        IN_FOLDER(test_write_full), IN_FOLDER(test_write_device),   IN_FOLDER(test_write_standard_output),
        IN_FOLDER(test_write_pipe), IN_FOLDER(test_kinds),          IN_FOLDER(test_path_parts),
        IN_FOLDER(test_path_join),  IN_FOLDER(test_path_inside),    IN_FOLDER(test_write_stopped),
        IN_FOLDER(test_writer),     IN_FOLDER(test_writer_stopped), IN_FOLDER(test_writer_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
