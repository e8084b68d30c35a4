#include "app/cmd_test.h"

#include "app/test_cover.h"
#include "app/test_report.h"
#include "app/test_update.h"
#include "app/testset.h"
#include "base/file.h"
#include "base/text.h"

#include <time.h>

typedef struct TestRun {
    const Options *options;
    Diag *diag;
    size_t files, cases, failed;
    size_t updated, left; /* with --update: values that were rewritten, and that could not be */
    Buffer out;
    Buffer junit; /* the suites */
    Covers covers;
    unsigned covered; /* the lowest percentage */
} TestRun;

static double now(void) {
    struct timespec time = {0};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1000 + (double)time.tv_nsec / 1e6;
}

/* ---- --run: '*' and '?' stand for any characters; the pattern may begin and end anywhere in the name */

static bool matches_from(Str name, size_t at, Str pattern, size_t from) {
    for (; from < pattern.size; from++) {
        if (pattern.data[from] == '*') {
            for (size_t end = at; end <= name.size; end++)
                if (matches_from(name, end, pattern, from + 1)) return true;
            return false;
        }
        if (at >= name.size) return false;
        if (pattern.data[from] == '?') {
            text_next(name, &at);
        } else if (name.data[at++] != pattern.data[from]) {
            return false;
        }
    }
    return true;
}

static bool is_wanted(Str name, Str pattern) {
    for (size_t at = 0; at <= name.size; at++)
        if (matches_from(name, at, pattern, 0)) return true;
    return false;
}

/* ---- cases and files */

static void run_case(TestRun *run, TestSet *set, const SuiteCase *test, TestEdits *edits, Buffer *junit) {
    Trial trial;
    Arena arena = {0};
    double begin = now();
    TestResult result = {.test = test, .trial = &trial, .milliseconds = -1};
    result.ran = trial_run(&set->trial, test, &trial, run->diag);
    if (result.ran) result.differences = trial_compare(&trial, test, &arena, &result.count);
    if (run->options->time) result.milliseconds = now() - begin;
    run->cases++;
    run->failed += !result.ran || result.count;
    test_report_case(&run->out, &result, run->options->language);
    test_report_junit_case(junit, set->suite.file, &result, run->options->language);
    if (result.ran && run->options->coverage) test_cover_add(test_cover_of(&run->covers, set), set, &trial);
    run->left += !result.ran;
    if (result.ran) test_update_add(edits, &result);
    trial_release(&trial);
    arena_release(&arena);
}

static void update_file(TestRun *run, Str path, const TestEdits *edits) {
    size_t done = 0;
    /* the differences come first */
    if (cli_put(buffer_view(&run->out), run->diag)) test_update_write(edits, path, &done, run->diag);
    run->out.size = 0;
    run->updated += done;
    run->left += edits->count - done;
}

static void run_suite(TestRun *run, TestSet *set, Str path) {
    TestEdits edits = {0};
    Buffer junit = {0};
    size_t cases = run->cases, failed = run->failed;
    buffer_addf(&run->out, "%.*s\n", STR_FMT(path));
    for (size_t i = 0; i < set->suite.count; i++) {
        const SuiteCase *test = &set->suite.cases[i];
        if (is_wanted(test->name, run->options->run)) run_case(run, set, test, &edits, &junit);
    }
    test_report_junit_suite(&run->junit, path, run->cases - cases, run->failed - failed, buffer_view(&junit));
    if (run->options->update) update_file(run, path, &edits);
    test_update_release(&edits);
    buffer_release(&junit);
}

static void run_file(TestRun *run, Str path) {
    TestSet set;
    run->files++;
    if (testset_load(&set, path, run->options, run->diag)) {
        if (run->options->coverage) rules_watch_lines(set.pipeline.rules);
        run_suite(run, &set, path);
    }
    testset_release(&set);
}

static void summarise(TestRun *run) {
    Language language = run->options->language;
    size_t rewritten[] = {run->updated, run->left};
    size_t numbers[] = {run->cases, run->files, run->cases - run->failed, run->failed};
    test_report_counts(&run->out, TEXT_TEST_SUMMARY, numbers, 4, language);
    if (run->options->update) test_report_counts(&run->out, TEXT_TEST_UPDATED, rewritten, 2, language);
}

/* Not when the machine failed or a limit was met: the file would tell of tests what is true of the run. */
static void write_junit(TestRun *run) {
    Buffer out = {0};
    ExitCode code = diag_exit_code(run->diag);
    if (code == EXIT_IO || code == EXIT_LIMIT || code == EXIT_INTERNAL) return;
    test_report_junit(&out, run->cases, run->failed, buffer_view(&run->junit));
    file_write(run->options->junit, buffer_view(&out), run->diag);
    buffer_release(&out);
}

static void run_files(TestRun *run, const Str *paths, size_t count) {
    for (size_t i = 0; i < count; i++) run_file(run, paths[i]);
    summarise(run);
    if (run->options->coverage)
        run->covered = test_cover_report(&run->covers, &run->out, run->options->language);
    if (run->options->junit.size) write_junit(run);
    if (!run->cases && !diag_has_errors(run->diag))
        diag_add(run->diag, MESSAGE_NO_TESTS, NULL, count ? paths[0] : STR("rules"));
    cli_deliver(run->options, buffer_view(&run->out), run->diag);
}

/* --boundaries: a test file to begin with. */
static ExitCode write_boundaries(const Options *options, Diag *diag) {
    if (!cli_one_rule_file(options, diag)) return EXIT_USAGE;
    Buffer out = {0};
    if (test_cover_boundaries(options->operands[0], options, &out, diag))
        cli_deliver(options, buffer_view(&out), diag);
    buffer_release(&out);
    return diag_exit_code(diag);
}

ExitCode cmd_test(Options *options, Diag *diag) {
    if (options->operand_count > 1) {
        diag_add(diag, MESSAGE_EXTRA_OPERAND, NULL, options->operands[1]);
        return EXIT_USAGE;
    }
    if (options->boundaries) return write_boundaries(options, diag);
    if (options->least) options->coverage = true;
    TestRun run = {.options = options, .diag = diag, .covered = 100};
    size_t count;
    Str path = options->operand_count ? options->operands[0] : (Str){"", 0};
    Str *paths = testset_find(&options->arena, path, &count, diag);
    if (count) run_files(&run, paths, count);
    buffer_release(&run.out);
    buffer_release(&run.junit);
    test_cover_release(&run.covers);
    ExitCode code = diag_exit_code(diag);
    size_t left = options->update ? run.left : run.failed;
    left += run.covered < options->least;
    return code == EXIT_DONE && left > 0 ? EXIT_FINDINGS : code;
}
