/* Work of libraries in a process of its own: what comes of it, and of work that fails, dies or never ends. */
#include "base/apart.h"
#include "base/guard.h"

#include "faults.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#define PLENTY     60
#define DESCRIPTOR 77

static bool answer(void *context, Buffer *out) {
    int *called = context;
    ++*called; /* in the child: not seen here */
    buffer_add(out, STR("made\0of bytes"));
    return true;
}

static bool refuse(void *context, Buffer *out) {
    (void)context;
    buffer_add(out, STR("half"));
    return false;
}

static bool die(void *context, Buffer *out) {
    (void)context;
    buffer_add(out, STR("half"));
    return raise(SIGKILL) != 0;
}

static bool complain(void *context, Buffer *out) {
    (void)context;
    buffer_add(out, STR("whole"));
    return write(STDERR_FILENO, "out of paper\n", 13) == 13;
}

/* As a library does that waits for a thread which never came to be. */
static bool wait_for_ever(void *context, Buffer *out) {
    (void)context;
    buffer_add(out, STR("half"));
    while (pause()) {
    }
    return true;
}

static bool count_for_ever(void *context, Buffer *out) {
    (void)out;
    for (volatile int *count = context; *count < 2;) *count = (*count + 1) & 1;
    return true;
}

/* What the guard refuses is answered so; what libraries need works. */
static bool try_calls(void *context, Buffer *out) {
    (void)context;
    const char *const program[] = {"true", NULL};
    int memory = memfd_create("x", MFD_CLOEXEC);
    buffer_addf(out, " read %d", open("/etc/passwd", O_RDONLY | O_CLOEXEC) >= 0);
    buffer_addf(out, " memory %d", memory >= 0 && write(memory, "x", 1) == 1);
    errno = 0;
    buffer_addf(out, " write %d",
                open("/tmp/guarded", O_WRONLY | O_CREAT | O_CLOEXEC, 0600) < 0 && errno == EACCES);
    errno = 0;
    buffer_addf(out, " append %d", open("/dev/null", O_RDWR | O_CLOEXEC) < 0 && errno == EACCES);
    errno = 0;
    buffer_addf(out, " remove %d", unlink("/nowhere/x") < 0 && errno == EACCES);
    errno = 0;
    buffer_addf(out, " folder %d", mkdir("/nowhere/x", 0700) < 0 && errno == EACCES);
    errno = 0;
    buffer_addf(out, " rename %d", rename("/nowhere/x", "/nowhere/y") < 0 && errno == EACCES);
    errno = 0;
    buffer_addf(out, " socket %d", socket(AF_INET, SOCK_STREAM, 0) < 0 && errno == EACCES);
    errno = 0;
    buffer_addf(out, " program %d",
                execv("/bin/true", (char *const *)(uintptr_t)program) < 0 && errno == EACCES);
    errno = 0;
    buffer_addf(out, " signal %d", kill(getppid(), 0) < 0 && errno == EACCES);
    buffer_addf(out, " closed %d", fcntl(DESCRIPTOR, F_GETFD) < 0);
    return true;
}

static void no_child_is_left(void) {
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
}

/* Expects what is added to `before`, and the messages. */
static void expect(ApartWork work, ApartManner manner, double seconds, Str wanted, const char *messages) {
    Diag *diag = diag_new();
    Buffer out = {0}, said = {0};
    int context = 0;
    buffer_add(&out, STR("before "));
    bool done = apart_run(work, &context, manner, (ApartUse){STR("pdf"), seconds}, &out, diag);
    faults_add(&said, diag);
    buffer_add_char(&said, '\0');
    assert_string_equal(said.data, messages);
    assert_int_equal(done, *messages == '\0');
    assert_int_equal(context, 0);
    assert_true(str_equal(buffer_view(&out), wanted));
    no_child_is_left();
    buffer_release(&out);
    buffer_release(&said);
    diag_free(diag);
}

static void adds_what_was_made(void **context) {
    (void)context;
    expect(answer, APART_PACKS, PLENTY, STR("before made\0of bytes"), "");
    expect(complain, APART_DRAWS, PLENTY, STR("before whole"), "");
}

#define LACK "memory ran out, or a file that it needs could not be read\n"

static void says_what_failed(void **context) {
    (void)context;
    expect(refuse, APART_DRAWS, PLENTY, STR("before "), "0:0+0 library-failed: pdf | " LACK);
    expect(complain, APART_PACKS, PLENTY, STR("before "), "0:0+0 library-failed: pdf | " LACK);
    expect(die, APART_PACKS, PLENTY, STR("before "), "0:0+0 library-failed: pdf | signal 9 (Killed)\n");
}

static void guards_from_libraries(void **context) {
    (void)context;
    if (PERFEVAL_INSTRUMENTED) skip();
    assert_int_equal(dup2(STDERR_FILENO, DESCRIPTOR), DESCRIPTOR);
    expect(
        try_calls, APART_DRAWS, PLENTY,
        STR("before  read 1 memory 1 write 1 append 1 remove 1 folder 1 rename 1 socket 1 program 1 signal 1 "
            "closed 1"),
        "");
    expect(
        try_calls, APART_PACKS, PLENTY,
        STR("before  read 1 memory 1 write 0 append 0 remove 0 folder 1 rename 1 socket 1 program 1 signal 1 "
            "closed 1"),
        "");
    close(DESCRIPTOR);
    unlink("/tmp/guarded");
}

static void ends_what_never_ends(void **context) {
    (void)context;
    expect(wait_for_ever, APART_DRAWS, 0.2, STR("before "), "0:0+0 draw-limit: pdf | 0.2 | --draw-limit\n");
    expect(count_for_ever, APART_DRAWS, 0.2, STR("before "), "0:0+0 draw-limit: pdf | 0.2 | --draw-limit\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(adds_what_was_made),
        cmocka_unit_test(says_what_failed),
        cmocka_unit_test(guards_from_libraries),
        cmocka_unit_test(ends_what_never_ends),
    };
    return cmocka_run_group_tests_name("apart", tests, NULL, NULL);
}
