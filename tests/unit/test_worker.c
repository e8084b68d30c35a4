#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lua/confine.h"
#include "workerask.h"

#include <lauxlib.h>

#define MEBIBYTE ((size_t)1024 * 1024)

/* Under valgrind and on a busy machine everything takes longer: only what is to be met is small. */
#define PATIENCE 600

static WorkerLimits patient(void) {
    return (WorkerLimits){PATIENCE, PATIENCE, PATIENCE, 64 * MEBIBYTE, 4 * MEBIBYTE, false};
}

static void test_scripts(void **context) {
    (void)context;
    WorkerLimits limits = patient();
    Diag *diag = diag_new();
    Buffer reply = {0}, source = {0};
    Worker *worker = worker_start(run_scripts, NULL, &limits, NULL, diag);
    for (int i = 0; i < 100; i++) {
        source.size = 0;
        buffer_addf(&source, "local s = 0 for i = 1, %d do s = s + i end return s", i);
        assert_true(worker_ask(worker, buffer_view(&source), &reply, diag));
        assert_int_equal(atoi(buffer_text(&reply)), i * (i + 1) / 2);
    }
    assert_false(worker_ask(worker, STR("\n\nlocal x = nil + 1"), &reply, diag));
    source.size = 0;
    faults_add(&source, diag);
    assert_string_equal(buffer_text(&source),
                        "3:1+17 script-error: attempt to perform arithmetic on a nil value\n");
    assert_true(str_is(diag_item(diag, 0)->place.file, "rules/t.lua"));
    worker_free(worker);
    worker_free(NULL);
    buffer_release(&reply);
    buffer_release(&source);
    diag_free(diag);
}

typedef struct Runaway {
    const char *source, *result;
} Runaway;

static const Runaway runaways[] = {
    {"local x = 0\nwhile true do\n x = x + 1 end", "cpu-limit: 0.2 |  | --call-limit\n"},
    {"\n::a:: goto a", "2:1+12 cpu-limit: 0.2 |  | --call-limit\n"},
    {"local function f() return f() end f()", "1:1+37 cpu-limit: 0.2 |  | --call-limit\n"},
    {"for i = 1, math.huge do local t = {i} end", "1:1+41 cpu-limit: 0.2 |  | --call-limit\n"},
    {"local t = {3, 2, 1} table.sort(t, function() while true do end end)",
     "1:1+67 cpu-limit: 0.2 |  | --call-limit\n"},
    {"return (('a'):rep(1000, 'b'):gsub('.', function() while true do end end))",
     "1:1+73 cpu-limit: 0.2 |  | --call-limit\n"},
    {"return ('a'):rep(400):find(('.-'):rep(6) .. 'b')",
     "1:1+48 cpu-limit: 0.2 |  in string.find | --call-limit\n"},
    {"return ('a'):rep(400):match(('a*'):rep(9) .. 'b')",
     "1:1+49 cpu-limit: 0.2 |  in string.match | --call-limit\n"},
    {"return (('a'):rep(400):gsub(('.-'):rep(9) .. 'b', ''))",
     "1:1+54 cpu-limit: 0.2 |  in string.gsub | --call-limit\n"},
    {"for w in ('a'):rep(400):gmatch(('.-'):rep(9) .. 'b') do end",
     "1:1+59 cpu-limit: 0.2 |  in string.gmatch | --call-limit\n"},
    {"local t = {} while true do t[#t + 1] = {} end", "1:1+45 script-memory: 64 |  | --memory-limit\n"},
    {"local s = 'x' while true do s = s .. s end", "1:1+42 script-memory: 64 |  | --memory-limit\n"},
    {"local t = {} for i = 1, 1e6 do t[i] = ('x'):rep(1 << 20) .. i end",
     "1:1+65 script-memory: 64 |  | --memory-limit\n"},
};

static void test_runaways(void **context) {
    (void)context;
    for (size_t i = 0; i < sizeof runaways / sizeof *runaways; i++) {
        WorkerLimits limits = patient();
        if (!strstr(runaways[i].result, "memory")) limits.call_seconds = 0.2;
        char *got = ask(run_scripts, NULL, &limits, NULL, str_of(runaways[i].source));
        if (!strstr(got, runaways[i].result)) fail_msg("%s\n%s", runaways[i].source, got);
        free(got);
    }
}

/* All scripts of a child together: each call is within its limit. */
static void test_total(void **context) {
    (void)context;
    WorkerLimits limits = {1, 0.5, PATIENCE, 64 * MEBIBYTE, 4 * MEBIBYTE, false};
    Diag *diag = diag_new();
    Buffer reply = {0};
    Worker *worker = worker_start(run_scripts, NULL, &limits, NULL, diag);
    Str source = STR("local s = ('x'):rep(1000) for i = 1, 3 do s = s:gsub('x', 'x') end");
    int calls = 0;
    while (calls < 1000000 && worker_ask(worker, source, &reply, diag)) calls++;
    assert_in_range(calls, 1, 999999);
    assert_int_equal(diag_item(diag, 0)->message, MESSAGE_CPU_LIMIT);
    assert_true(str_is(diag_item(diag, 0)->arguments[0], "1"));
    worker_free(worker);
    buffer_release(&reply);
    diag_free(diag);
}

/* ---- what a child may not do */

static void open_file(void) { syscall(SYS_openat, AT_FDCWD, "/etc/passwd", O_RDONLY); }
static void open_socket(void) { syscall(SYS_socket, AF_INET, SOCK_STREAM, 0); }
static void make_process(void) { syscall(SYS_clone, 17, 0, 0, 0, 0); }
static void run_program(void) { execl("/bin/true", "true", (char *)NULL); }
static void map_code(void) {
    (void)mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}
static void signal_parent(void) { kill(getppid(), 0); }
static void trace(void) { syscall(SYS_ptrace, 0, 0, 0, 0); }
static void undo_limits(void) { syscall(SYS_prlimit64, 0, 0, NULL, NULL); }
static void dies(void) { raise(SIGSEGV); }
static void asserts(void) { abort(); }
static void exits_oddly(void) { _exit(3); }
static void runs_out(void) { _exit(4); }
static void returns(void) {}

typedef struct Deed {
    const char *name;
    void (*run)(void);
    const char *result;
    bool instrumented; /* such builds refuse it too */
} Deed;

#define KILLED "0:0+0 worker-died: signal 31 (Bad system call) | \n"

static const Deed deeds[] = {
    {"open", open_file, KILLED, false},
    {"socket", open_socket, KILLED, true},
    {"fork", make_process, KILLED, true},
    {"exec", run_program, KILLED, true},
    {"code", map_code, KILLED, false},
    {"signal", signal_parent, KILLED, false},
    {"trace", trace, KILLED, false},
    {"prlimit", undo_limits, KILLED, false},
    {"raise", dies, KILLED, false},
    {"abort", asserts, KILLED, false},
    {"exit 3", exits_oddly, "0:0+0 worker-died: exit status 3 | \n", true},
    {"exit 4", runs_out, "0:0+0 script-memory: 64 |  | --memory-limit\n", true},
    {"return", returns, "0:0+0 worker-died: exit status 0 | \n", true},
};

static void do_deed(WorkerChannel *channel, void *context) {
    Buffer request = {0};
    if (worker_receive(channel, &request)) ((const Deed *)context)->run();
}

static void test_deeds(void **context) {
    (void)context;
    for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++) {
        if (PERFEVAL_INSTRUMENTED && !deeds[i].instrumented) continue;
        WorkerLimits limits = patient();
        Deed deed = deeds[i];
        char *got = ask(do_deed, &deed, &limits, NULL, STR("go"));
        if (strcmp(got, deed.result) != 0) fail_msg("%s: %s", deed.name, got);
        free(got);
    }
}

/* How a confined process ends that makes the call, with arguments that make no sense. */
static int status_after(long call) {
    int status = 0, socket = STDERR_FILENO + 1;
    pid_t parent = getpid(), child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        if (confine_process(parent, &socket) || confine_lock(64 * MEBIBYTE, 1)) _exit(99);
        syscall(call, -1L, -1L, PROT_NONE, -1L, -1L, -1L); /* the third: no code */
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return status;
}

/* The kernel's own probes of programs (uprobes): they pass every filter, and do nothing for anybody else. */
static bool is_probe(long call) {
#if defined(__x86_64__)
    return call == 335 || call == 336;
#else
    return call < 0;
#endif
}

/* Every call that there is, and as many that there may be one day. */
static void test_calls(void **context) {
    static const long
        allowed[] =
            {
                SYS_read,       SYS_write,     SYS_clock_gettime,  SYS_rt_sigreturn,
                SYS_brk,        SYS_mmap,      SYS_munmap,         SYS_mremap,
                SYS_madvise,    SYS_futex,     SYS_mprotect,       SYS_exit,
                SYS_exit_group, SYS_getrandom, SYS_rt_sigprocmask, SYS_restart_syscall,
                SYS_sysinfo, /* refused without an end */
            };
    (void)context;
    if (PERFEVAL_INSTRUMENTED) skip();
    for (long call = 0; call < 512; call++) {
        if (is_probe(call)) continue;
        bool may = false;
        for (size_t i = 0; i < sizeof allowed / sizeof *allowed; i++) may |= call == allowed[i];
        int status = status_after(call);
        bool ended = WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS;
        assert_false(WIFEXITED(status) && WEXITSTATUS(status) == 99);
        if (ended == may) fail_msg("call %ld: status %x", call, (unsigned)status);
#if defined(__x86_64__)
        if (!may) continue;
        status = status_after(call | 0x40000000); /* its brother of x32 */
        assert_true(WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS);
#endif
    }
}

/* The descriptors that the child can still read or write: none but its socket. */
static void count_descriptors(WorkerChannel *channel, void *context) {
    (void)context;
    Buffer request = {0}, reply = {0};
    worker_receive(channel, &request);
    int open = 0;
    char byte;
    for (int descriptor = 0; descriptor < 1000; descriptor++) open += read(descriptor, &byte, 0) == 0;
    buffer_addf(&reply, "%d", open);
    worker_reply(channel, buffer_view(&reply), NULL);
}

static void test_descriptors(void **context) {
    (void)context;
    if (PERFEVAL_INSTRUMENTED) skip();
    int kept[20];
    WorkerLimits limits = patient();
    for (int i = 0; i < 20; i++) kept[i] = open("/dev/zero", O_RDONLY);
    char *got = ask(count_descriptors, NULL, &limits, NULL, STR(""));
    assert_string_equal(got, "1");
    free(got);
    for (int i = 0; i < 20; i++) close(kept[i]);
}

/* The socket must not become a standard descriptor, to which libraries write. */
static void test_closed_standard_descriptors(void **context) {
    (void)context;
    fflush(NULL);
    int kept[3];
    WorkerLimits limits = patient();
    for (int i = 0; i < 3; i++) kept[i] = fcntl(i, F_DUPFD_CLOEXEC, 10);
    for (int i = 0; i < 3; i++) close(i);
    char *scripts = ask(run_scripts, NULL, &limits, NULL, STR("return 'fine'"));
    char *memory = ask(run_scripts, NULL, &limits, NULL, STR("local s = 'x' while true do s = s .. s end"));
    for (int i = 0; i < 3; i++) {
        if (kept[i] >= 0) dup2(kept[i], i);
        if (kept[i] >= 0) close(kept[i]);
    }
    assert_string_equal(scripts, "fine");
    assert_string_equal(memory, "1:1+42 script-memory: 64 |  | --memory-limit\n");
    free(scripts);
    free(memory);
}

static void hog_memory(WorkerChannel *channel, void *context) {
    (void)context;
    Buffer request = {0};
    worker_receive(channel, &request);
    buffer_add_repeat(&request, 'x', (size_t)1 << 30);
    worker_reply(channel, STR("had it"), NULL);
}

static void compute_for_ever(WorkerChannel *channel, void *context) {
    (void)context;
    Buffer request = {0};
    worker_receive(channel, &request);
    for (volatile int i = 0;; i = i ^ 1) {
    }
}

static void sleep_for_ever(WorkerChannel *channel, void *context) {
    (void)context;
    Buffer request = {0};
    while (worker_receive(channel, &request)) {
    }
}

/* Sorting many entries must not need a call that is not on the list. */
static int by_byte(const void *a, const void *b) { return *(const char *)a - *(const char *)b; }

static void sort_much(WorkerChannel *channel, void *context) {
    (void)context;
    Buffer request = {0};
    worker_receive(channel, &request);
    buffer_add_repeat(&request, 'x', 200000);
    qsort(request.data, request.size, 1, by_byte);
    worker_reply(channel, STR("sorted"), NULL);
}

static void test_limits(void **context) {
    (void)context;
    WorkerLimits limits = patient();
    limits.cpu_seconds = 1;
    char *got = ask(compute_for_ever, NULL, &limits, NULL, STR(""));
    assert_string_equal(got, "0:0+0 cpu-limit: 1 |  | --cpu-limit\n");
    free(got);
    limits = patient();
    limits.wall_seconds = 0.2;
    got = ask(sleep_for_ever, NULL, &limits, NULL, STR(""));
    assert_string_equal(got, "0:0+0 wall-limit: 0.2 | --time-limit\n");
    free(got);
    limits = patient();
    got = ask(sort_much, NULL, &limits, NULL, STR("q"));
    assert_string_equal(got, "sorted");
    free(got);
    if (PERFEVAL_INSTRUMENTED) return;
    got = ask(hog_memory, NULL, &limits, NULL, STR(""));
    assert_string_equal(got, "0:0+0 script-memory: 64 |  | --memory-limit\n");
    free(got);
}

/* ---- replies */

typedef struct Speech {
    Str bytes;
    const char *result;
} Speech;

#define U32(a) a "\0\0\0"

/* size, kind, and what the kind holds; the request is kind 0, the reply 1, which begins with the scripts that
 * were taken, the need of a script 2 */
static const Speech speeches[] = {
    {TEXT(U32("\x0e") U32("\x01") U32("\x00") U32("\x00") "ok"), "ok"},
    {TEXT(U32("\x0c") U32("\x01") U32("\x00") U32("\x00")), ""},
    {TEXT(U32("\x0c") U32("\x01") U32("\x01") U32("\x00")), "0:0+0 worker-protocol: script | \n"},
    {TEXT(U32("\x08") U32("\x01") U32("\x00")), "0:0+0 worker-protocol: messages | \n"},
    {TEXT(U32("\x04") U32("\x01")), "0:0+0 worker-protocol: messages | \n"},
    {TEXT(U32("\x00")), "0:0+0 worker-protocol: kind | \n"},
    {TEXT(U32("\x04") U32("\x00")), "0:0+0 worker-protocol: kind | \n"},
    {TEXT(U32("\x04") U32("\x03")), "0:0+0 worker-protocol: kind | \n"},
    {TEXT(U32("\x04") "\xff\xff\xff\xff"), "0:0+0 worker-protocol: kind | \n"},
    {TEXT(U32("\x04") U32("\x04")), "0:0+0 worker-protocol: limit | \n"},
    {TEXT(U32("\x0c") U32("\x01") U32("\0") "\xff\xff\xff\xff"), "0:0+0 worker-protocol: messages | \n"},
    {TEXT(U32("\x10") U32("\x01") U32("\0") U32("\x01") "\xff\xff\xff\xff"),
     "0:0+0 worker-protocol: messages | \n"},
    {TEXT(U32("\x34") U32("\x01") U32("\0") U32("\x01") "\xff\xff\0\0" U32("\0") U32("\0") U32("\0") U32("\0")
              U32("\0") U32("\0") U32("\0") U32("\0") U32("\0")),
     "0:0+0 worker-protocol: messages | \n"}, /* no such message */
    {TEXT(U32("\x34") U32("\x01") U32("\0") U32("\x01") U32("\0") U32("\0") U32("\0") U32("\0") U32("\0")
              U32("\0") U32("\x05") U32("\0") U32("\0") U32("\0")),
     "0:0+0 worker-protocol: messages | \n"}, /* too many arguments */
    {TEXT(U32("\x04") U32("\x02")), "0:0+0 worker-protocol: script | \n"},
    {TEXT(U32("\x0f") U32("\x02") U32("\x02") ".." U32("\x01") "x"), "0:0+0 worker-protocol: script | \n"},
    {TEXT(U32("\x0d") U32("\x02") U32("\x00") U32("\x01") "x"),
     "0:0+0 worker-protocol: too many scripts | \n"},
    {TEXT("\xff\xff\xff\xff"), "0:0+0 output-too-large: 4 | --output-limit\n"},
    {TEXT("\x01\x00\x40\x00"), "0:0+0 output-too-large: 4 | --output-limit\n"},
    {TEXT("\x00\x00\x10\x00half"), "0:0+0 worker-died: exit status 0 | \n"},
    {TEXT("\x01\x00"), "0:0+0 worker-died: exit status 0 | \n"},
};

/* Bytes as they are, past worker_reply. */
static void speak(WorkerChannel *channel, void *context) {
    const Speech *speech = context;
    Buffer request = {0};
    worker_receive(channel, &request);
    for (int descriptor = 3; descriptor < 1000; descriptor++)
        if (write(descriptor, speech->bytes.data, speech->bytes.size) > 0) break;
}

static void test_speeches(void **context) {
    (void)context;
    if (PERFEVAL_INSTRUMENTED) skip(); /* other descriptors stay open there */
    for (size_t i = 0; i < sizeof speeches / sizeof *speeches; i++) {
        WorkerLimits limits = patient();
        Speech speech = speeches[i];
        char *got = ask(speak, &speech, &limits, NULL, STR(""));
        if (strcmp(got, speech.result) != 0) fail_msg("speech %zu: %s", i, got);
        free(got);
    }
}

static void reply_much(WorkerChannel *channel, void *context) {
    Buffer request = {0};
    worker_receive(channel, &request);
    buffer_add_repeat(&request, 'x', *(size_t *)context);
    worker_reply(channel, buffer_view(&request), NULL);
}

static void test_large_replies(void **context) {
    (void)context;
    WorkerLimits limits = patient();
    size_t size = 3 * MEBIBYTE;
    char *got = ask(reply_much, &size, &limits, NULL, STR(""));
    assert_int_equal(strlen(got), size);
    free(got);
    size = 5 * MEBIBYTE;
    got = ask(reply_much, &size, &limits, NULL, STR(""));
    assert_string_equal(got, "0:0+0 output-too-large: 4 | --output-limit\n");
    free(got);
    Buffer request = {0};
    buffer_add_repeat(&request, 'y', 3 * MEBIBYTE);
    size = 0;
    got = ask(reply_much, &size, &limits, NULL, buffer_view(&request));
    assert_int_equal(strlen(got), request.size);
    free(got);
    buffer_release(&request);
}

static void reply_messages(WorkerChannel *channel, void *context) {
    Buffer request = {0};
    worker_receive(channel, &request);
    Diag *diag = diag_new();
    Place place = {.file = STR("a.csv"), .line = 3, .column = 4, .span = 5, .source = STR("목표,실적")};
    diag_add(diag, MESSAGE_LENIENT_NUMBER, &place, STR("actual"), STR("1,2"), STR("12"));
    diag_hint_copy(diag, (const Str[]){STR("en"), STR("ko")});
    if (context) diag_add(diag, MESSAGE_UNKNOWN_KEY, NULL, STR("k\0k"), STR(""));
    worker_reply(channel, STR("bytes"), diag);
}

static void test_messages(void **context) {
    (void)context;
    WorkerLimits limits = patient();
    char *got = ask(reply_messages, NULL, &limits, NULL, STR(""));
    assert_string_equal(got, "bytes3:4+5 unusual-number: actual | 1,2 | 12\n");
    free(got);
    got = ask(reply_messages, &limits, &limits, NULL, STR(""));
    assert_string_equal(got, "3:4+5 unusual-number: actual | 1,2 | 12\n0:0+0 unknown-key: k");
    free(got);
}

/* Asks for what the parent supplies, twice, before it takes its request: which comes first, or between. */
static void reply_after_demands(WorkerChannel *channel, void *context) {
    (void)context;
    Buffer request = {0}, out = {0};
    Diag *diag = diag_new();
    if (!worker_demand(channel, "a", &out, diag) || !worker_demand(channel, "b", &out, diag)) return;
    if (!worker_receive(channel, &request)) return;
    buffer_add(&out, buffer_view(&request));
    worker_reply(channel, buffer_view(&out), diag);
    if (worker_receive(channel, &request)) worker_reply(channel, buffer_view(&request), diag);
}

static bool double_it(void *context, Str what, Buffer *out, Diag *diag) {
    (void)context, (void)diag;
    buffer_add(out, what);
    buffer_add(out, what);
    return true;
}

static void test_demands_before_the_request(void **context) {
    (void)context;
    WorkerLimits limits = patient();
    Diag *diag = diag_new();
    Buffer reply = {0};
    Worker *worker = worker_start(reply_after_demands, NULL, &limits, NULL, diag);
    worker_supply_from(worker, double_it, NULL);
    assert_true(worker_send(worker, STR("request"), diag));
    worker_expect(worker, 100);
    assert_true(worker_take(worker, &reply, diag));
    assert_true(str_is(buffer_view(&reply), "aabbrequest"));
    assert_true(worker_ask(worker, STR("another"), &reply, diag));
    assert_true(str_is(buffer_view(&reply), "another"));
    worker_free(worker);
    buffer_release(&reply);
    diag_free(diag);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scripts),
        cmocka_unit_test(test_runaways),
        cmocka_unit_test(test_total),
        cmocka_unit_test(test_deeds),
        cmocka_unit_test(test_calls),
        cmocka_unit_test(test_descriptors),
        cmocka_unit_test(test_closed_standard_descriptors),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_speeches),
        cmocka_unit_test(test_large_replies),
        cmocka_unit_test(test_messages),
        cmocka_unit_test(test_demands_before_the_request),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
