/* Times commands against each other:
 *
 *   pairs [--runs N] [--outputs DIR] [--rows N] [--counts] [--per-row] NAME=COMMAND...
 *
 * First every command is run once and what it prints is kept in DIR (build/bench); with --rows they must all
 * print the same bytes, and the first line that differs ends the benchmark with exit code 1. Then they run in
 * alternation, A B C A B C ..., N times (5). For each the medians of wall time, CPU time (user and system,
 * children included) and of the peak memory of its largest process are printed, and the median of its wall
 * time over the first command's of the same round: what else the machine does strikes both of a pair alike. A
 * command that took longer than 20 s at first runs in one round only.
 *
 * Prints a table in Markdown; with --per-row, which needs --rows, it has the CPU time beyond the first
 * command's in ns a row, the median over the rounds, and finer ratios; with --counts lines of NAME, wall ms,
 * CPU ms and peak KiB, with tabs between.
 */
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST_COMMANDS = 16, MOST_RUNS = 101, LONG_RUN_MS = 20000 };

typedef struct {
    double wall, cpu, peak; /* ms, ms, KiB */
} Run;

typedef struct {
    const char *name, *command;
    char output[512];
    int runs;
    Run run[MOST_RUNS];
} Contender;

typedef struct {
    Contender contenders[MOST_COMMANDS];
    int count, runs;
    long rows;
    const char *outputs;
    bool counts, per_row;
} Bench;

static void fail(const char *what, const char *name) {
    fprintf(stderr, "pairs: %s: %s\n", name, what);
    exit(1);
}

static double now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec * 1e-6;
}

static double ms_of(struct timeval time) { return (double)time.tv_sec * 1e3 + (double)time.tv_usec * 1e-3; }

/* In the child: standard output into the file, then the command. */
static void become(const char *command, const char *output) {
    int file = open(output, O_WRONLY | O_CREAT | O_TRUNC, 0644), nothing = open("/dev/null", O_RDONLY);
    if (file < 0 || nothing < 0 || dup2(file, 1) < 0 || dup2(nothing, 0) < 0) _exit(126);
    close(file);
    close(nothing);
    execl("/bin/sh", "sh", "-c", command, (char *)NULL);
    _exit(127);
}

static Run run_once(const Contender *contender, const char *output) {
    struct rusage used;
    int status;
    double start = now_ms();
    pid_t child = fork();
    if (child < 0) fail("cannot be started", contender->name);
    if (child == 0) become(contender->command, output);
    if (wait4(child, &status, 0, &used) < 0) fail("was lost", contender->name);
    Run run = {now_ms() - start, ms_of(used.ru_utime) + ms_of(used.ru_stime), (double)used.ru_maxrss};
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        fprintf(stderr, "pairs: %s: exit code %d: %s\n", contender->name,
                WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status), contender->command);
        exit(1);
    }
    return run;
}

/* One line of each into the two buffers; false at the end of both. */
static bool next_lines(FILE *a, FILE *b, char *line_a, char *line_b, int size) {
    bool more_a = fgets(line_a, size, a) != NULL, more_b = fgets(line_b, size, b) != NULL;
    if (!more_a) line_a[0] = 0;
    if (!more_b) line_b[0] = 0;
    return more_a || more_b;
}

static void compare_outputs(const Contender *expected, const Contender *found) {
    FILE *a = fopen(expected->output, "r"), *b = fopen(found->output, "r");
    char line_a[1024], line_b[1024];
    if (!a || !b) fail("its output cannot be read", found->name);
    for (long line = 1; next_lines(a, b, line_a, line_b, sizeof line_a); line++) {
        if (strcmp(line_a, line_b) == 0) continue;
        line_a[strcspn(line_a, "\n")] = line_b[strcspn(line_b, "\n")] = 0;
        fprintf(stderr, "pairs: the tables differ at line %ld\n  %s: %s\n  %s: %s\n", line, expected->name,
                line_a, found->name, line_b);
        exit(1);
    }
    fclose(a);
    fclose(b);
}

static void check(Bench *bench) {
    for (int i = 0; i < bench->count; i++) {
        Contender *contender = &bench->contenders[i];
        Run first = run_once(contender, contender->output);
        contender->runs = first.wall > LONG_RUN_MS ? 1 : bench->runs;
        if (bench->rows && i > 0) compare_outputs(&bench->contenders[0], contender);
        if (first.wall > LONG_RUN_MS / 10.)
            fprintf(stderr, "%s: %.1f s\n", contender->name, first.wall / 1e3);
    }
}

static void time_all(Bench *bench) {
    for (int round = 0; round < bench->runs; round++) {
        for (int i = 0; i < bench->count; i++) {
            Contender *contender = &bench->contenders[i];
            if (round < contender->runs) contender->run[round] = run_once(contender, "/dev/null");
        }
    }
}

static int compare_numbers(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *numbers, int count) {
    qsort(numbers, (size_t)count, sizeof *numbers, compare_numbers);
    return (numbers[(count - 1) / 2] + numbers[count / 2]) / 2;
}

static Run medians(const Contender *contender) {
    double wall[MOST_RUNS] = {0}, cpu[MOST_RUNS] = {0}, peak[MOST_RUNS] = {0};
    for (int i = 0; i < contender->runs; i++) {
        wall[i] = contender->run[i].wall;
        cpu[i] = contender->run[i].cpu;
        peak[i] = contender->run[i].peak;
    }
    int runs = contender->runs;
    return (Run){median(wall, runs), median(cpu, runs), median(peak, runs)};
}

static double median_ratio(const Contender *contender, const Contender *first) {
    double ratio[MOST_RUNS] = {0};
    int rounds = contender->runs < first->runs ? contender->runs : first->runs;
    for (int i = 0; i < rounds; i++) ratio[i] = contender->run[i].wall / first->run[i].wall;
    return median(ratio, rounds);
}

/* CPU time beyond that of the first, in ns a row. */
static double median_more(const Contender *contender, const Contender *first, long rows) {
    double more[MOST_RUNS] = {0};
    int rounds = contender->runs < first->runs ? contender->runs : first->runs;
    for (int i = 0; i < rounds; i++)
        more[i] = (contender->run[i].cpu - first->run[i].cpu) * 1e6 / (double)rows;
    return median(more, rounds);
}

/* 1234567 as 1,234,567 */
static const char *grouped(double number, char text[32]) {
    char plain[32];
    int size = snprintf(plain, sizeof plain, "%.0f", number), out = 0;
    for (int i = 0; i < size; i++) {
        if (i > 0 && (size - i) % 3 == 0) text[out++] = ',';
        text[out++] = plain[i];
    }
    text[out] = 0;
    return text;
}

static const char *milliseconds(double ms, char text[32]) {
    if (ms >= 100) return grouped(ms, text);
    snprintf(text, 32, "%.1f", ms);
    return text;
}

static void print_table(const Bench *bench) {
    const Contender *first = &bench->contenders[0];
    char wall[32], cpu[32], rows[32];
    printf(
        "| contender |%s wall ms | CPU ms |%s peak MiB | x %s |\n| --- |%s ---: | ---: |%s ---: | ---: |\n",
        bench->rows ? " rows |" : "", bench->per_row ? " ns a row more |" : "", first->name,
        bench->rows ? " ---: |" : "", bench->per_row ? " ---: |" : "");
    for (int i = 0; i < bench->count; i++) {
        const Contender *contender = &bench->contenders[i];
        Run middle = medians(contender);
        double ratio = median_ratio(contender, first);
        printf("| %s |", contender->name);
        if (bench->rows) printf(" %s |", grouped((double)bench->rows, rows));
        printf(" %s | %s |", milliseconds(middle.wall, wall), milliseconds(middle.cpu, cpu));
        if (bench->per_row) printf(" %.1f |", median_more(contender, first, bench->rows));
        printf(" %.1f | %.*f |\n", middle.peak / 1024, bench->per_row ? 3 : ratio < 20 ? 1 : 0, ratio);
    }
    printf("\nMedians of %d run%s in alternation", first->runs, first->runs == 1 ? "" : "s");
    for (int i = 1; i < bench->count; i++) {
        if (bench->contenders[i].runs < first->runs) printf("; %s: 1 run", bench->contenders[i].name);
    }
    puts(".");
}

static void print_counts(const Bench *bench) {
    for (int i = 0; i < bench->count; i++) {
        Run middle = medians(&bench->contenders[i]);
        printf("%s\t%.2f\t%.2f\t%.0f\n", bench->contenders[i].name, middle.wall, middle.cpu, middle.peak);
    }
}

static void add_contender(Bench *bench, char *word) {
    char *equals = strchr(word, '=');
    if (!equals || bench->count == MOST_COMMANDS) fail("not NAME=COMMAND, or too many", word);
    *equals = 0;
    Contender *contender = &bench->contenders[bench->count++];
    contender->name = word;
    contender->command = equals + 1;
    int size = snprintf(contender->output, sizeof contender->output, "%s/%s.out", bench->outputs, word);
    if (size < 0 || (size_t)size >= sizeof contender->output) fail("too long a name", word);
}

static long number_of(const char *text, long most) {
    char *end;
    long number = strtol(text, &end, 10);
    if (*end || number < 1 || number > most) fail("not a number that will do", text);
    return number;
}

/* Which argument is the first command. */
static int read_options(Bench *bench, int argc, char **argv) {
    int i = 1;
    while (i < argc && strncmp(argv[i], "--", 2) == 0) {
        const char *option = argv[i++], *value = i < argc ? argv[i] : "";
        if (!strcmp(option, "--counts")) {
            bench->counts = true;
            continue;
        }
        if (!strcmp(option, "--per-row")) {
            bench->per_row = true;
            continue;
        }
        if (!strcmp(option, "--runs"))
            bench->runs = (int)number_of(value, MOST_RUNS);
        else if (!strcmp(option, "--rows"))
            bench->rows = number_of(value, 1000000000);
        else if (!strcmp(option, "--outputs"))
            bench->outputs = value;
        else
            fail("unknown option", option);
        i++;
    }
    return i;
}

int main(int argc, char **argv) {
    static Bench bench = {.runs = 5, .outputs = "build/bench"};
    for (int i = read_options(&bench, argc, argv); i < argc; i++) add_contender(&bench, argv[i]);
    if (bench.count == 0 || (bench.per_row && !bench.rows)) {
        fputs("usage: pairs [--runs N] [--outputs DIR] [--rows N] [--counts] [--per-row] NAME=COMMAND...\n",
              stderr);
        return 2;
    }
    check(&bench);
    time_all(&bench);
    if (bench.counts)
        print_counts(&bench);
    else
        print_table(&bench);
    return fflush(stdout) != 0;
}
