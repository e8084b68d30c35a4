/* Runs a command of perfeval once for every fault that inject.c can put into it, and judges what comes of it:
 *   sweep PROGRAM LIBRARY TEMPLATE WORK NAME MOST SEED JOBS WORD...
 * LIBRARY is preloaded. TEMPLATE is what the folder of each run holds
 * before it. MOST faults of each sort are tried, chosen by SEED (0: all).
 *
 * A run has held when it ends as the undisturbed one did, with the same output, or with exit code 4 or 5 and
 * a message; and when every file is as it was or as the undisturbed run leaves it (or, with a warning,
 * without charts), and no other file is there. Prints "NAME faults N: same N, refused N, killed N, damaged N"
 * and what was damaged. */
#include "inject.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { FILES = 64, PATH = 512, SHOWN = 12, SECONDS = 60 };
enum { EXIT_OF_LIMIT = 4, EXIT_OF_IO = 5 };

static const char *const words[] = {
#define X(name, word) word,
    FAULT_FAMILIES(X)
#undef X
};

static const char *const manners[] = {"once", "twice",         "from then on",
                                      "half", "killed before", "killed behind"};

static const struct Sort {
    unsigned family;
    int error;
    unsigned manner;
} sorts[] = {
    {FAULT_MEMORY, ENOMEM, FAULT_ONCE},  {FAULT_MEMORY, ENOMEM, FAULT_FROM},
    {FAULT_NUMBERS, ENOMEM, FAULT_ONCE}, {FAULT_NUMBERS, ENOMEM, FAULT_FROM},
    {FAULT_LUA, ENOMEM, FAULT_ONCE},     {FAULT_LUA, ENOMEM, FAULT_TWICE},
    {FAULT_LUA, ENOMEM, FAULT_FROM},     {FAULT_MAP, ENOMEM, FAULT_ONCE},
    {FAULT_MAP, ENOMEM, FAULT_FROM},     {FAULT_OPEN, EMFILE, FAULT_ONCE},
    {FAULT_OPEN, EMFILE, FAULT_FROM},    {FAULT_OPEN, EIO, FAULT_ONCE},
    {FAULT_OPEN, EINTR, FAULT_ONCE},     {FAULT_OPEN, EACCES, FAULT_ONCE},
    {FAULT_READ, EIO, FAULT_ONCE},       {FAULT_READ, EINTR, FAULT_ONCE},
    {FAULT_READ, 0, FAULT_SHORT},        {FAULT_WRITE, ENOSPC, FAULT_ONCE},
    {FAULT_WRITE, ENOSPC, FAULT_FROM},   {FAULT_WRITE, EIO, FAULT_ONCE},
    {FAULT_WRITE, EINTR, FAULT_ONCE},    {FAULT_WRITE, 0, FAULT_SHORT},
    {FAULT_SYNC, EIO, FAULT_ONCE},       {FAULT_SYNC, ENOSPC, FAULT_ONCE},
    {FAULT_SYNC, EINTR, FAULT_ONCE},     {FAULT_CLOSE, EIO, FAULT_ONCE},
    {FAULT_CLOSE, EINTR, FAULT_ONCE},    {FAULT_RENAME, EIO, FAULT_ONCE},
    {FAULT_RENAME, ENOSPC, FAULT_ONCE},  {FAULT_LINK, EIO, FAULT_ONCE},
    {FAULT_LINK, ENOSPC, FAULT_ONCE},    {FAULT_STATUS, EIO, FAULT_ONCE},
    {FAULT_FOLDER, ENOSPC, FAULT_ONCE},  {FAULT_MODE, EPERM, FAULT_ONCE},
    {FAULT_PROCESS, EAGAIN, FAULT_ONCE}, {FAULT_THREAD, EAGAIN, FAULT_ONCE},
    {FAULT_THREAD, EAGAIN, FAULT_FROM},  {FAULT_SOCKET, EINTR, FAULT_ONCE},
    {FAULT_SOCKET, EAGAIN, FAULT_ONCE},  {FAULT_SOCKET, ECONNRESET, FAULT_ONCE},
    {FAULT_SOCKET, 0, FAULT_SHORT},      {FAULT_CONFINE, EPERM, FAULT_ONCE},
    {FAULT_OPEN, 0, FAULT_KILL},         {FAULT_WRITE, 0, FAULT_KILL},
    {FAULT_WRITE, 0, FAULT_KILLED},      {FAULT_SYNC, 0, FAULT_KILL},
    {FAULT_SYNC, 0, FAULT_KILLED},       {FAULT_CLOSE, 0, FAULT_KILL},
    {FAULT_CLOSE, 0, FAULT_KILLED},      {FAULT_RENAME, 0, FAULT_KILL},
    {FAULT_RENAME, 0, FAULT_KILLED},     {FAULT_LINK, 0, FAULT_KILL},
    {FAULT_LINK, 0, FAULT_KILLED},       {FAULT_FOLDER, 0, FAULT_KILLED},
    {FAULT_MODE, 0, FAULT_KILL},
};

typedef struct Content {
    char name[PATH]; /* empty: what stands on standard output or error */
    char *bytes;
    size_t size;
    bool is_folder, seen;
} Content;

typedef struct Contents {
    Content files[FILES];
    size_t count;
} Contents;

typedef struct Outcome {
    int status;
    unsigned injected;
    unsigned calls[FAULT_COUNT];
    bool ended; /* by itself: then what it has left is known */
    int blocks, descriptors;
    Content output, errors;
} Outcome;

/* Shared by the jobs. */
typedef struct Sums {
    atomic_uint same, refused, killed, damaged;
    atomic_uint watched; /* for what they had not given back */
} Sums;

static const char *program, *library, *name;
static char **words_of_command;
static Contents before, after; /* of an undisturbed run */
static Outcome calm;
static Content runs_before, runs_after; /* of the database */
static Sums *sums;
static bool talks; /* what the command prints may tell of the fault */

static _Noreturn void stop(const char *what) {
    fprintf(stderr, "sweep: %s: %s: %s\n", name, what, strerror(errno));
    exit(2);
}

/* ---- files */

static void read_content(const char *path, Content *out) {
    int file = open(path, O_RDONLY | O_CLOEXEC);
    struct stat status;
    if (file < 0 || fstat(file, &status) < 0) stop(path);
    out->size = (size_t)status.st_size;
    out->bytes = malloc(out->size + 1);
    if (!out->bytes || read(file, out->bytes, out->size) != (ssize_t)out->size) stop(path);
    out->bytes[out->size] = '\0';
    close(file);
}

static void read_folder(const char *root, const char *below, Contents *out) {
    char path[2 * PATH];
    snprintf(path, sizeof path, "%s/%s", root, below);
    DIR *folder = opendir(path);
    if (!folder) stop(path);
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) continue;
        if (out->count == FILES) stop("too many files");
        Content *file = &out->files[out->count++];
        *file = (Content){.is_folder = entry->d_type == DT_DIR};
        int length =
            snprintf(file->name, sizeof file->name, "%s%s%s", below, *below ? "/" : "", entry->d_name);
        if (length < 0 || (size_t)length >= sizeof file->name) stop("a long name");
        snprintf(path, sizeof path, "%s/%s", root, file->name);
        if (file->is_folder)
            read_folder(root, file->name, out);
        else
            read_content(path, file);
    }
    closedir(folder);
}

static void forget(Contents *contents) {
    for (size_t i = 0; i < contents->count; i++) free(contents->files[i].bytes);
    contents->count = 0;
}

static Content *find(Contents *contents, const char *wanted) {
    for (size_t i = 0; i < contents->count; i++)
        if (strcmp(contents->files[i].name, wanted) == 0) return &contents->files[i];
    return NULL;
}

static bool is_equal(const Content *a, const Content *b) {
    return a->is_folder == b->is_folder && a->size == b->size &&
           (a->is_folder || memcmp(a->bytes, b->bytes, a->size) == 0);
}

static void write_content(const char *root, const Content *content) {
    char path[2 * PATH];
    snprintf(path, sizeof path, "%s/%s", root, content->name);
    if (content->is_folder) {
        if (mkdir(path, 0777) < 0 && errno != EEXIST) stop(path);
        return;
    }
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (file < 0 || write(file, content->bytes, content->size) != (ssize_t)content->size) stop(path);
    close(file);
}

/* Brings the folder back to what it held before, where it does not hold that. */
static void restore(const char *root, Contents *found) {
    char path[2 * PATH];
    for (size_t i = found->count; i-- > 0;) { /* what is in a folder stands behind it */
        const Content *file = &found->files[i];
        if (find(&before, file->name)) continue;
        snprintf(path, sizeof path, "%s/%s", root, file->name);
        if (remove(path) < 0) stop(path);
    }
    for (size_t i = 0; i < before.count; i++) {
        const Content *there = find(found, before.files[i].name);
        if (!there || !is_equal(there, &before.files[i])) write_content(root, &before.files[i]);
    }
}

/* ---- a run */

/* `page` NULL: nothing fails or is counted. */
static void begin_program(const char *root, const char *page, const char *fault, char **command) {
    char path[2 * PATH];
    snprintf(path, sizeof path, "%s/stdin", root);
    if (!freopen(access(path, R_OK) == 0 ? path : "/dev/null", "r", stdin)) _exit(126);
    snprintf(path, sizeof path, "%s.output", root);
    if (!freopen(path, "w", stdout)) _exit(126);
    snprintf(path, sizeof path, "%s.errors", root);
    if (!freopen(path, "w", stderr) || chdir(root) < 0) _exit(126);
    setenv("LD_PRELOAD", library, 1);
    if (page) setenv("FAULTS_PAGE", page, 1);
    if (fault) setenv("FAULTS", fault, 1);
    alarm(SECONDS);
    execv(program, command);
    _exit(127);
}

static void run(const char *root, const char *fault, Outcome *out) {
    char path[2 * PATH];
    snprintf(path, sizeof path, "%s.page", root);
    int file = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (file < 0 || ftruncate(file, sizeof(FaultPage)) < 0) stop(path);
    FaultPage *page = mmap(NULL, sizeof *page, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (page == MAP_FAILED) stop(path);
    close(file);

    pid_t child = fork();
    if (child == 0) begin_program(root, path, fault, words_of_command);
    if (child < 0 || waitpid(child, &out->status, 0) < 0) stop("fork");
    out->injected = page->injected;
    out->ended = page->ended;
    out->blocks = page->blocks;
    out->descriptors = page->descriptors;
    for (unsigned i = 0; i < FAULT_COUNT; i++) out->calls[i] = page->calls[i];
    munmap(page, sizeof *page);
    snprintf(path, sizeof path, "%s.output", root);
    read_content(path, &out->output);
    snprintf(path, sizeof path, "%s.errors", root);
    read_content(path, &out->errors);
}

/* ---- databases: the same when they say the same, whatever their bytes */

#define DATABASE "history.db"

/* `operand` NULL: none. */
static void run_history(const char *root, const char *word, const char *operand) {
    char *command[] = {(char *)program,
                       (char *)"history",
                       (char *)"--store",
                       (char *)DATABASE,
                       (char *)word,
                       (char *)operand,
                       NULL};
    int status;
    pid_t child = fork();
    if (child == 0) begin_program(root, NULL, NULL, command);
    if (child < 0 || waitpid(child, &status, 0) < 0) stop("fork");
}

/* What the program itself reads there, after it has taken back what was broken off: that is what adding does,
 * be it a record that is there already. */
static void list_runs(const char *root, Content *out) {
    char path[2 * PATH];
    snprintf(path, sizeof path, "%s/first.json", root);
    if (access(path, R_OK) == 0) run_history(root, "add", "first.json");
    run_history(root, "list", NULL);
    snprintf(path, sizeof path, "%s.output", root);
    read_content(path, out);
}

static bool is_database_sound(const char *root, bool whole) {
    Content runs = {0};
    list_runs(root, &runs);
    bool sound = runs.size > 0 && ((!whole && is_equal(&runs, &runs_before)) || is_equal(&runs, &runs_after));
    free(runs.bytes);
    return sound;
}

/* ---- judging: each answers NULL, or what is wrong */

/* Files that tell of what has failed, and what belongs to a database. */
static bool is_left_out(const char *file) {
    return (talks && strstr(file, "last-batch.json")) || strncmp(file, DATABASE "-", sizeof DATABASE) == 0;
}

/* The document without charts, where the run has warned that it leaves them out: as it is in the folder BARE,
 * made where no module draws. */
static bool is_bare(const Outcome *outcome, const Content *file) {
    char path[2 * PATH];
    const char *folder = getenv("BARE");
    Content bare = {0};
    if (!folder || !strstr(outcome->errors.bytes, "warning[no-pictures]")) return false;
    snprintf(path, sizeof path, "%s/%s", folder, file->name);
    if (access(path, R_OK) < 0) return false;
    read_content(path, &bare);
    bool same = is_equal(file, &bare);
    free(bare.bytes);
    return same;
}

/* What nobody could remove: a temporary file of the program, which its next run removes; one that
 * libxlsxwriter makes and removes at once, in the folder where it runs when the names it tries in /tmp are
 * taken. */
typedef struct Remains {
    bool own, of_library;
} Remains;

static bool may_remain(const char *file, Remains remains) {
    bool of_library = strncmp(file, "tmp.", 4) == 0 && strlen(file) == 14;
    return (remains.own && strstr(file, ".perfeval-")) || (remains.of_library && of_library);
}

static const char *judge_files(const char *root, const Outcome *outcome, Contents *found, bool whole,
                               Remains remains) {
    static char what[2 * PATH];
    for (size_t i = 0; i < found->count; i++) {
        const Content *file = &found->files[i], *old = find(&before, file->name),
                      *new = find(&after, file->name);
        if (is_left_out(file->name) || may_remain(file->name, remains)) continue;
        if (strcmp(file->name, DATABASE) == 0) {
            if (is_database_sound(root, whole)) continue;
            return "damaged: the database";
        }
        bool fine = (old && !whole && is_equal(file, old)) || (new &&is_equal(file, new)) ||
                    (whole && is_bare(outcome, file));
        if (!fine)
            return snprintf(what, sizeof what, "%s: the file %s", !old && !new ? "strange" : "damaged",
                            file->name),
                   what;
    }
    for (size_t i = 0; i < before.count; i++)
        if (find(&after, before.files[i].name) && !find(found, before.files[i].name))
            return snprintf(what, sizeof what, "a file is gone: %s", before.files[i].name), what;
    for (size_t i = 0; whole && i < after.count; i++)
        if (!find(found, after.files[i].name))
            return snprintf(what, sizeof what, "a file was not written: %s", after.files[i].name), what;
    return NULL;
}

static bool is_same(const Outcome *outcome) { return outcome->status == calm.status; }

/* Threads keep a few blocks of the C library's, as many as there were at once. */
static const char *judge_left(const Outcome *outcome) {
    static char what[64];
    if (!outcome->ended || !calm.ended) return NULL;
    atomic_fetch_add(&sums->watched, 1);
    int blocks = outcome->blocks - calm.blocks, files = outcome->descriptors - calm.descriptors;
    if (blocks > 0) return snprintf(what, sizeof what, "%d blocks were not freed", blocks), what;
    if (files > 0) return snprintf(what, sizeof what, "%d descriptors were not closed", files), what;
    return NULL;
}

static const char *judge(const char *root, const Outcome *outcome, Contents *found, const struct Sort *sort) {
    static char what[64];
    int code = WIFEXITED(outcome->status) ? WEXITSTATUS(outcome->status) : -1;
    bool kill = sort->manner >= FAULT_KILL;
    if (code < 0 && !kill) return snprintf(what, sizeof what, "signal %d", WTERMSIG(outcome->status)), what;
    if (is_same(outcome) && !is_equal(&outcome->output, &calm.output)) return "another output";
    if (!is_same(outcome) && code != EXIT_OF_LIMIT && code != EXIT_OF_IO && !kill)
        return snprintf(what, sizeof what, "exit code %d", code), what;
    bool start = outcome->output.size <= calm.output.size &&
                 memcmp(outcome->output.bytes, calm.output.bytes, outcome->output.size) == 0;
    if (!start && !talks) return "output that is no beginning of the right one";
    bool silent = outcome->errors.size == 0 && sort->family != FAULT_WRITE && !kill;
    if (!is_same(outcome) && silent) return "no message";
    const char *left = judge_left(outcome);
    /* a program without memory ends at once: the next run clears up as behind a killed one */
    bool starved = code == EXIT_OF_LIMIT && (sort->family == FAULT_MEMORY || sort->family == FAULT_NUMBERS);
    Remains remains = {.own = kill || starved, .of_library = kill || sort->family == FAULT_LINK};
    return left ? left : judge_files(root, outcome, found, is_same(outcome), remains);
}

static void count(const Outcome *outcome, const char *wrong, const struct Sort *sort, unsigned number) {
    if (!wrong) {
        atomic_fetch_add(is_same(outcome)             ? &sums->same
                         : WIFEXITED(outcome->status) ? &sums->refused
                                                      : &sums->killed,
                         1);
        return;
    }
    if (atomic_fetch_add(&sums->damaged, 1) >= SHOWN) return;
    fprintf(stderr, "%s: %s call %u, %s %s: %s\n%.*s", name, words[sort->family], number,
            sort->error ? strerrorname_np(sort->error) : "", manners[sort->manner], wrong,
            (int)(outcome->errors.size > 600 ? 600 : outcome->errors.size), outcome->errors.bytes);
}

static void forget_outcome(Outcome *outcome) {
    free(outcome->output.bytes);
    free(outcome->errors.bytes);
}

/* What a killed run leaves behind is gone after the next one. */
static const char *judge_next(const char *root) {
    Outcome outcome = {0};
    static Contents found;
    run(root, NULL, &outcome);
    read_folder(root, "", &found);
    const char *wrong = NULL;
    /* some commands refuse what the first run has made */
    for (size_t i = 0; is_same(&outcome) && i < found.count; i++)
        if (strstr(found.files[i].name, ".perfeval-")) wrong = "what the killed run left behind stays";
    if (!wrong && !talks && is_same(&outcome) && !is_equal(&outcome.output, &calm.output))
        wrong = "another output behind it";
    forget(&found);
    forget_outcome(&outcome);
    return wrong;
}

static void try(const char *root, const struct Sort *sort, unsigned number) {
    char fault[64];
    snprintf(fault, sizeof fault, "%u %u %d %u", sort->family, number, sort->error, sort->manner);
    Outcome outcome = {0};
    static Contents found;
    run(root, fault, &outcome);
    read_folder(root, "", &found);
    const char *wrong = judge(root, &outcome, &found, sort);
    if (!wrong && sort->manner >= FAULT_KILL) wrong = judge_next(root);
    if (outcome.injected > 0) count(&outcome, wrong, sort, number);
    forget(&found);
    read_folder(root, "", &found);
    restore(root, &found);
    forget(&found);
    forget_outcome(&outcome);
}

/* ---- all faults */

static uint64_t mix(uint64_t value) {
    value = (value ^ value >> 31) * 0x9e3779b97f4a7c15u;
    return value ^ value >> 29;
}

/* FAMILIES: words with | between them; unset or empty: all. */
static bool is_wanted(unsigned family) {
    const char *at = getenv("FAMILIES");
    size_t length = strlen(words[family]);
    if (!at || !*at) return true;
    for (; at; at = strchr(at, '|') ? strchr(at, '|') + 1 : NULL)
        if (strncmp(at, words[family], length) == 0 && (at[length] == '|' || !at[length])) return true;
    return false;
}

static void try_all(const char *root, unsigned most, uint64_t seed, unsigned job, unsigned jobs) {
    unsigned next = 0;
    for (size_t i = 0; i < sizeof sorts / sizeof *sorts; i++) {
        unsigned calls = calm.calls[sorts[i].family], picks = most && most < calls ? most : calls;
        if (!is_wanted(sorts[i].family)) continue;
        for (unsigned pick = 0; pick < picks; pick++) {
            uint64_t from = (uint64_t)pick * calls / picks, to = ((uint64_t)pick + 1) * calls / picks;
            uint64_t chance = mix(seed * 1000003 + i * 7919 + pick);
            if (next++ % jobs == job) try(root, &sorts[i], (unsigned)(from + chance % (to - from)) + 1);
        }
    }
}

/* A folder, and the undisturbed run in it: what is written may name the folder. */
static void begin_folder(const char *root) {
    static Contents none, found;
    if (mkdir(root, 0777) < 0) stop(root);
    restore(root, &none);
    list_runs(root, &runs_before);
    run(root, NULL, &calm);
    read_folder(root, "", &after);
    list_runs(root, &runs_after);
    if (!WIFEXITED(calm.status) || WEXITSTATUS(calm.status) >= 2) {
        fprintf(stderr, "sweep: %s does not run undisturbed:\n%s", name, calm.errors.bytes);
        exit(2);
    }
    read_folder(root, "", &found);
    restore(root, &found);
    forget(&found);
}

int main(int argc, char **argv) {
    enum { PROGRAM = 1, LIBRARY, TEMPLATE, WORK, NAME, MOST, SEED, JOBS, WORDS };
    if (argc <= WORDS) return 2;
    unsigned jobs = (unsigned)strtoul(argv[JOBS], NULL, 10);
    program = argv[PROGRAM], library = argv[LIBRARY], name = argv[NAME];
    size_t length = strlen(argv[NAME]);
    talks = length > 0 && argv[NAME][length - 1] == '*';
    if (talks) argv[NAME][length - 1] = '\0';
    words_of_command = argv + WORDS - 1;
    words_of_command[0] = argv[PROGRAM];
    sums = mmap(NULL, sizeof *sums, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (sums == MAP_FAILED) stop("mmap");
    char root[PATH];
    read_folder(argv[TEMPLATE], "", &before);
    fflush(NULL);
    for (unsigned job = 0; job < jobs; job++) {
        if (fork() != 0) continue;
        snprintf(root, sizeof root, "%s/%s.%u", argv[WORK], name, job);
        begin_folder(root);
        try_all(root, (unsigned)strtoul(argv[MOST], NULL, 10), strtoull(argv[SEED], NULL, 10), job, jobs);
        _exit(0);
    }
    bool whole = true;
    for (int status; wait(&status) > 0;) whole = whole && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    unsigned faults = sums->same + sums->refused + sums->killed + sums->damaged;
    printf("%-18s faults %5u: same %u, refused %u, killed %u, watched for leaks %u, damaged %u\n", name,
           faults, sums->same, sums->refused, sums->killed, sums->watched, sums->damaged);
    return whole && faults > 0 && sums->damaged == 0 ? 0 : 1;
}
