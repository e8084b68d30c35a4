#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "faults.h"
#include "lua/confine.h"
#include "lua/sandbox.h"
#include "lua/state.h"
#include "lua/worker.h"

#include <lauxlib.h>

#define MEBIBYTE ((size_t)1024 * 1024)

/* Under valgrind and on a busy machine everything takes longer: silence is judged with patience. */
#define PATIENCE 60

static WorkerLimits quick(void) {
    return (WorkerLimits){1, 0.2, PATIENCE, 64 * MEBIBYTE, 4 * MEBIBYTE, false};
}

/* Sends one request to a child; reply and messages as text. */
static char *ask(WorkerBody body, void *context, const WorkerLimits *limits, const Folders *folders,
                 Str request) {
    Diag *diag = diag_new();
    Buffer reply = {0};
    Worker *worker = worker_start(body, context, limits, folders, diag);
    assert_non_null(worker);
    bool fine = worker_ask(worker, request, &reply, diag);
    assert_int_equal(fine, !diag_has_errors(diag));
    faults_add(&reply, diag);
    if (!fine) assert_false(worker_ask(worker, request, &reply, diag));
    char *text = strdup(buffer_text(&reply));
    worker_free(worker);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); /* no zombie */
    buffer_release(&reply);
    diag_free(diag);
    return text;
}

/* Runs each request as the script rules/t.lua and answers with what it returned. */
static void run_scripts(WorkerChannel *channel, void *context) {
    (void)context;
    Buffer request = {0}, reply = {0};
    lua_State *L = state_new(channel);
    while (worker_receive(channel, &request)) {
        Diag *diag = diag_new();
        Script script = {STR("rules/t.lua"), buffer_view(&request)};
        reply.size = 0;
        lua_settop(L, 0);
        sandbox_push(L);
        worker_begin_call(channel);
        if (state_load(L, &script, 1, diag) && state_call(L, 0, 1, diag)) state_describe(L, -1, &reply);
        worker_reply(channel, buffer_view(&reply), diag);
        diag_free(diag);
    }
}

static void test_scripts(void **context) {
    (void)context;
    WorkerLimits limits = limits_of_rules(&LIMITS_DEFAULT);
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
        WorkerLimits limits = quick();
        if (strstr(runaways[i].result, "memory")) limits.call_seconds = limits.cpu_seconds = 20;
        char *got = ask(run_scripts, NULL, &limits, NULL, str_of(runaways[i].source));
        if (!strstr(got, runaways[i].result)) fail_msg("%s\n%s", runaways[i].source, got);
        free(got);
    }
}

/* All scripts of a child together: each call is within its limit. */
static void test_total(void **context) {
    (void)context;
    WorkerLimits limits = {0.3, 0.2, PATIENCE, 64 * MEBIBYTE, 4 * MEBIBYTE, false};
    Diag *diag = diag_new();
    Buffer reply = {0};
    Worker *worker = worker_start(run_scripts, NULL, &limits, NULL, diag);
    Str source = STR("local s = ('x'):rep(1000) for i = 1, 30 do s = s:gsub('x', 'x') end");
    int calls = 0;
    while (calls < 100000 && worker_ask(worker, source, &reply, diag)) calls++;
    assert_in_range(calls, 1, 99999);
    assert_int_equal(diag_item(diag, 0)->message, MESSAGE_CPU_LIMIT);
    assert_true(str_is(diag_item(diag, 0)->arguments[0], "0.3"));
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
        WorkerLimits limits = quick();
        Deed deed = deeds[i];
        char *got = ask(do_deed, &deed, &limits, NULL, STR("go"));
        if (strcmp(got, deed.result) != 0) fail_msg("%s: %s", deed.name, got);
        free(got);
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
    WorkerLimits limits = quick();
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
    WorkerLimits limits = quick();
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
    WorkerLimits limits = quick();
    char *got = ask(compute_for_ever, NULL, &limits, NULL, STR(""));
    assert_string_equal(got, "0:0+0 cpu-limit: 1 |  | --cpu-limit\n");
    free(got);
    limits.wall_seconds = 0.2;
    got = ask(sleep_for_ever, NULL, &limits, NULL, STR(""));
    assert_string_equal(got, "0:0+0 wall-limit: 0.2 | --time-limit\n");
    free(got);
    limits.wall_seconds = PATIENCE;
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
        WorkerLimits limits = quick();
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
    WorkerLimits limits = quick();
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
    WorkerLimits limits = quick();
    char *got = ask(reply_messages, NULL, &limits, NULL, STR(""));
    assert_string_equal(got, "bytes3:4+5 unusual-number: actual | 1,2 | 12\n");
    free(got);
    got = ask(reply_messages, &limits, &limits, NULL, STR(""));
    assert_string_equal(got, "3:4+5 unusual-number: actual | 1,2 | 12\n0:0+0 unknown-key: k");
    free(got);
}

/* ---- scripts that ask for scripts */

typedef struct Project {
    Arena arena;
    Str root;
    Folders folders;
} Project;

static void write_text(Str path, const char *text) {
    FILE *file = fopen(path.data, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static Str add_folder(Project *project, const char *name) {
    Str path = arena_format(&project->arena, "%s/%s", project->root.data, name);
    assert_int_equal(mkdir(path.data, 0700), 0);
    return path;
}

static Str add_file(Project *project, const char *name, const char *text) {
    Str path = arena_format(&project->arena, "%s/%s", project->root.data, name);
    write_text(path, text);
    return path;
}

static Project *make_project(void) {
    static const char *const folders[] = {
        "p", "p/rules", "p/rules/more", "p/scripts", "p/scripts/reports", "share", "share/scripts"};
    const char *temporary = getenv("TMPDIR");
    Project *project = calloc(1, sizeof *project);
    project->root = arena_format(&project->arena, "%s/perfeval-XXXXXX", temporary ? temporary : "/tmp");
    assert_non_null(mkdtemp((char *)(uintptr_t)project->root.data));
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) add_folder(project, folders[i]);
    Str rules = add_file(project, "p/rules/r.lua", "return 1");
    project->folders = folder_for_rules(&project->arena, rules,
                                        arena_format(&project->arena, "%s/share", project->root.data));
    return project;
}

static void drop_project(Project *project) {
    Buffer command = {0};
    buffer_addf(&command, "rm -r '%s'", project->root.data);
    assert_int_equal(system(buffer_text(&command)), 0);
    buffer_release(&command);
    arena_release(&project->arena);
    free(project);
}

/* Without the temporary folder's name. */
static void check_script(Project *project, const char *source, const char *expected) {
    WorkerLimits limits = limits_of_rules(&LIMITS_DEFAULT);
    char *got = ask(run_scripts, NULL, &limits, &project->folders, str_of(source)), *name;
    while ((name = strstr(got, project->root.data)))
        memmove(name, name + project->root.size, strlen(name + project->root.size) + 1);
    if (strcmp(got, expected) != 0) fail_msg("%s\ngives    %s\nexpected %s", source, got, expected);
    free(got);
}

static void test_require(void **context) {
    (void)context;
    Project *project = make_project();
    add_file(project, "p/scripts/a.lua", "local b = require 'b'\nreturn { n = b.n + 1, inner = { 1 } }");
    add_file(project, "p/scripts/b.lua", "return { n = 1 }");
    add_file(project, "share/scripts/b.lua", "return { n = 100 }");
    add_file(project, "share/scripts/c.lua", "return { n = 5 }");
    add_file(project, "p/scripts/목표.lua", "return { n = 6 }");
    add_file(project, "p/scripts/x.lua", "return require 'y'");
    add_file(project, "p/scripts/y.lua", "return require 'x'");
    add_file(project, "p/scripts/bad.lua", "return {\n 1 2 }");
    add_file(project, "p/scripts/fails.lua", "\nerror('no')");
    add_file(project, "p/scripts/number.lua", "return 5");
    add_file(project, "p/scripts/global.lua", "x = 1 return {}");
    add_file(project, "p/scripts/loops.lua", "\nwhile true do end");
    Buffer big = {0};
    buffer_add_repeat(&big, ' ', FOLDER_SOURCE_LIMIT + 1);
    add_file(project, "p/scripts/big.lua", buffer_text(&big));
    buffer_release(&big);
    for (int i = 1; i <= 9; i++)
        write_text(
            arena_format(&project->arena, "%s/p/scripts/d%d.lua", project->root.data, i),
            arena_format(&project->arena, "%s'd%d'", i < 9 ? "return require " : "return {} --", i + 1).data);
    check_script(project, "return require('a').n", "2");
    check_script(project, "return require('a') == require('a')", "true");
    check_script(project, "return require 'c'.n + require('목표').n", "11");
    check_script(project, "\nrequire('a').n = 3", "2:1+18 script-error: /p/scripts/a.lua is read-only\n");
    check_script(project, "require('a').inner[1] = 3",
                 "1:1+25 script-error: /p/scripts/a.lua is read-only\n");
    check_script(project, "\n require('gone')",
                 "2:2+15 script-not-found: gone | /p/scripts, /share/scripts\n");
    check_script(
        project, "require 'x'",
        "1:1+18 script-error: scripts require each other in a circle: /p/scripts/x.lua is still being read\n");
    check_script(project, "require 'd2' return 'eight'", "eight");
    check_script(project, "require 'd1'",
                 "1:1+19 require-depth: 8\n");
    check_script(project, "require 'bad'",
                 "2:2+5 lua-syntax: '}' expected (to close '{' at line 1) near '2'\n");
    check_script(project, "require 'fails'", "2:1+11 script-error: no\n");
    check_script(project, "require 'number'",
                 "1:1+16 script-result: /p/scripts/number.lua | a table | number\n");
    check_script(project, "require 'global'",
                 "1:1+15 script-error: assignment to the global 'x': add `local` before it\n");
    check_script(project, "require 'loops'", "2:1+17 cpu-limit: 1 |  | --load-limit\n");
    check_script(project, "require 'big'", "1:1+13 source-too-large: /p/scripts/big.lua | 65537 | 65536\n");
    check_script(project, "require {}",
                 "1:1+10 script-error: bad argument #1 to 'require' (string expected, got table)\n");
    check_script(project, "for i = 1, 100 do local n = require('a').n end return 'once'", "once");
    static const char *const tricks[] = {"../x",   "a/b",  ".x",  "",     "/etc/passwd", "a.lua",
                                         "x\\\\y", "x\\0", "x y", "a\\n", "\\xff",       "a\\u{202e}"};
    for (size_t i = 0; i < sizeof tricks / sizeof *tricks; i++) {
        Str source = arena_format(&project->arena, "require '%s'", tricks[i]);
        WorkerLimits limits = limits_of_rules(&LIMITS_DEFAULT);
        char *got = ask(run_scripts, NULL, &limits, &project->folders, source);
        if (!strstr(got, " script-name: ")) fail_msg("%s: %s", source.data, got);
        free(got);
    }
    drop_project(project);
}

static void test_too_many_scripts(void **context) {
    (void)context;
    Project *project = make_project();
    for (int i = 1; i <= 70; i++)
        write_text(arena_format(&project->arena, "%s/p/scripts/s%d.lua", project->root.data, i), "return {}");
    check_script(project, "for i = 1, 64 do require('s' .. i) end return 'all'", "all");
    check_script(project, "for i = 1, 65 do require('s' .. i) end",
                 "0:0+0 worker-protocol: too many scripts | \n");
    Buffer big = {0};
    buffer_add_repeat(&big, ' ', 60000);
    buffer_add(&big, STR("return {}"));
    for (int i = 1; i <= 20; i++)
        write_text(arena_format(&project->arena, "%s/p/scripts/s%d.lua", project->root.data, i),
                   buffer_text(&big));
    buffer_release(&big);
    check_script(project, "for i = 1, 20 do require('s' .. i) end",
                 "1:1+38 source-too-large: scripts/ | 1080162 | 1048576\n");
    drop_project(project);
}

/* A report script and its kinds, asked for by C code in the child. */
static void ask_for_script(WorkerChannel *channel, void *context) {
    Buffer request = {0};
    Arena arena = {0};
    Script script = {0};
    Diag *diag = diag_new();
    while (worker_receive(channel, &request)) {
        diag_clear(diag);
        bool found = worker_script(channel, context, buffer_view(&request), &arena, &script, diag);
        worker_reply(channel, found ? script.source : STR("none"), diag);
    }
}

static void test_kinds(void **context) {
    (void)context;
    Project *project = make_project();
    add_file(project, "p/scripts/reports/status.lua", "return 7");
    WorkerLimits limits = limits_of_report(&LIMITS_DEFAULT);
    char reports[] = "reports", formats[] = "formats", other[] = "reports/..";
    char *got = ask(ask_for_script, reports, &limits, &project->folders, STR("status"));
    assert_string_equal(got, "return 7");
    free(got);
    got = ask(ask_for_script, formats, &limits, &project->folders, STR("status"));
    assert_non_null(strstr(got, "script-not-found: status"));
    free(got);
    got = ask(ask_for_script, other, &limits, &project->folders, STR("status"));
    assert_string_equal(got, "0:0+0 worker-protocol: script | \n");
    free(got);
    drop_project(project);
}

/* ---- folders */

static void test_folders(void **context) {
    (void)context;
    Project *project = make_project();
    Arena *arena = &project->arena;
    Str root = arena_format(arena, "%s/p", project->root.data);
    assert_true(str_equal(project->folders.project, root));
    Folders folders = folder_for_rules(arena, arena_format(arena, "%s/rules/more/m.lua", root.data), STR(""));
    assert_true(str_equal(folders.project, root));
    folders = folder_for_rules(arena, arena_format(arena, "%s/scripts/alone.lua", root.data), STR(""));
    assert_true(str_equal(folders.project, root));
    folders = folder_for_rules(arena, arena_format(arena, "%s/share/alone.lua", project->root.data), STR(""));
    assert_true(str_equal(folders.project, arena_format(arena, "%s/share", project->root.data)));

    char before[4096];
    assert_non_null(getcwd(before, sizeof before));
    assert_int_equal(chdir(root.data), 0);
    folders = folder_for_rules(arena, STR("rules/r.lua"), STR(""));
    assert_true(str_is(folders.project, "."));
    assert_int_equal(chdir("rules"), 0);
    folders = folder_for_rules(arena, STR("r.lua"), STR(""));
    assert_true(str_is(folders.project, ".."));
    assert_int_equal(chdir(before), 0);
    drop_project(project);
}

static void test_resolve(void **context) {
    (void)context;
    Project *project = make_project();
    Arena *arena = &project->arena;
    Str rules = arena_format(arena, "%s/p/rules/r.lua", project->root.data);
    assert_int_equal(symlink("/etc", arena_format(arena, "%s/p/link", project->root.data).data), 0);
    assert_int_equal(
        symlink("/etc/passwd", arena_format(arena, "%s/p/scripts/link.lua", project->root.data).data), 0);
    static const struct {
        Str path;
        bool inside;
    } cases[] = {
        {TEXT("../data.csv"), true},
        {TEXT("x.csv"), true},
        {TEXT("../data/no/such.csv"), true},
        {TEXT("../../x.csv"), false},
        {TEXT("/etc/passwd"), false},
        {TEXT("../link/passwd"), false},
        {TEXT(""), false},
        {TEXT("x\0y"), false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Diag *diag = diag_new();
        Place place = {.file = rules, .line = 3};
        Str out;
        bool fine = folder_resolve(&project->folders, rules, cases[i].path, &place, arena, &out, diag);
        if (fine != cases[i].inside) fail_msg("%.*s", STR_FMT(cases[i].path));
        if (!fine) assert_int_equal(diag_item(diag, 0)->message, MESSAGE_FILE_OUTSIDE);
        diag_free(diag);
    }
    Diag *diag = diag_new();
    Script script;
    assert_false(folder_read_script(&project->folders, "", STR("link"), arena, &script, diag));
    assert_int_equal(diag_item(diag, 0)->message, MESSAGE_FILE_OUTSIDE);
    assert_true(folder_read_rules(rules, arena, &script, diag));
    assert_true(str_is(script.source, "return 1"));
    assert_true(str_equal(script.path, rules));
    diag_free(diag);
    drop_project(project);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_scripts),       cmocka_unit_test(test_runaways),
        cmocka_unit_test(test_total),         cmocka_unit_test(test_deeds),
        cmocka_unit_test(test_descriptors),   cmocka_unit_test(test_closed_standard_descriptors),
        cmocka_unit_test(test_limits),        cmocka_unit_test(test_speeches),
        cmocka_unit_test(test_large_replies), cmocka_unit_test(test_messages),
        cmocka_unit_test(test_require),       cmocka_unit_test(test_too_many_scripts),
        cmocka_unit_test(test_kinds),         cmocka_unit_test(test_folders),
        cmocka_unit_test(test_resolve),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
