#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/memory.h"
#include "library/handle.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define RULES "rules/2019.lua"

static Perfeval *evaluated(const char *rules) {
    Perfeval *office = perfeval_new();
    assert_non_null(office);
    if (perfeval_evaluate(office, rules)) return office;
    fail_msg("%s", perfeval_message(office, 0)->drawn[PERFEVAL_EN]);
    return NULL;
}

static const PerfevalUnit *unit_named(Perfeval *office, PerfevalLevel level, const char *name) {
    for (size_t i = 0; i < perfeval_count(office, level); i++) {
        const PerfevalUnit *unit = perfeval_unit(office, level, i);
        if (strcmp(unit->name, name) == 0) return unit;
    }
    fail_msg("no %s", name);
    return NULL;
}

/* A file of the test's own. */
static void write_file(char *path, size_t size, const char *suffix, const char *text) {
    snprintf(path, size, "/tmp/perfeval-library-%ld%s", (long)getpid(), suffix);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fputs(text, file) >= 0, 1);
    fclose(file);
}

/* (419/398 x 100 + 50/100 x 100) / 2 = 15450/199. */
static void test_results(void **state) {
    (void)state;
    Perfeval *office = evaluated(RULES);
    assert_string_equal(perfeval_title(office), "2019년 성과관리 주요사업 평가 현황");
    assert_int_equal(perfeval_count(office, PERFEVAL_PROJECT), 154);
    assert_int_equal(perfeval_exit_code(office), 0);
    const PerfevalUnit *project = unit_named(office, PERFEVAL_PROJECT, "지역일자리 사업 지원");
    assert_string_equal(project->exact, "15450/199");
    assert_string_equal(project->rate_text, "77.638191");
    assert_string_equal(project->printed, "78");
    assert_true(project->rate > 77.638190 && project->rate < 77.638192);
    assert_string_equal(project->verdict, "sluggish");
    assert_string_equal(project->verdict_name, "부진");
    assert_null(project->missing);
    assert_int_equal(project->row, 0);
    const PerfevalUnit *department = perfeval_unit(office, PERFEVAL_DEPARTMENT, project->parent);
    assert_string_equal(department->name, "일자리경제과");
    assert_null(department->rate_text); /* the rules give departments none */
    assert_null(department->missing);
    const PerfevalUnit *bureau = perfeval_unit(office, PERFEVAL_BUREAU, department->parent);
    assert_string_equal(bureau->name, "재정국");
    assert_int_equal(bureau->parent, PERFEVAL_NONE);
    assert_null(perfeval_unit(office, PERFEVAL_PROJECT, 154));
    assert_null(perfeval_unit(office, PERFEVAL_LEVELS, 0));
    assert_ptr_equal(unit_named(office, PERFEVAL_PROJECT, "지역일자리 사업 지원"), project); /* made once */
    perfeval_free(office);
}

static void test_verdicts(void **state) {
    (void)state;
    Perfeval *office = evaluated(RULES);
    assert_int_equal(perfeval_verdict_count(office), 2);
    assert_string_equal(perfeval_verdict(office, 0)->key, "sluggish");
    assert_string_equal(perfeval_verdict(office, 0)->name, "부진");
    assert_int_equal(perfeval_verdict(office, 0)->projects, 3);
    assert_int_equal(perfeval_verdict(office, 1)->projects, 151);
    assert_null(perfeval_verdict(office, 2));
    size_t sluggish = 0, normal = 0, none = 0;
    for (size_t i = 0; i < perfeval_count(office, PERFEVAL_BUREAU); i++) {
        size_t here = perfeval_tally(office, PERFEVAL_BUREAU, i, 0);
        if (strcmp(perfeval_unit(office, PERFEVAL_BUREAU, i)->name, "재정국") == 0) assert_int_equal(here, 1);
        sluggish += here;
        normal += perfeval_tally(office, PERFEVAL_BUREAU, i, 1);
        none += perfeval_tally(office, PERFEVAL_BUREAU, i, PERFEVAL_NONE);
    }
    assert_int_equal(sluggish, 3);
    assert_int_equal(normal, 151);
    assert_int_equal(none, 0);
    assert_int_equal(perfeval_tally(office, PERFEVAL_PROJECT, 0, 0), 0);
    assert_int_equal(perfeval_tally(office, PERFEVAL_BUREAU, 0, 2), 0);
    perfeval_free(office);
}

/* Row 77 is 2019-077,재정국,일자리경제과,지역일자리 사업 지원,공공일자리사업 참여자 수,명,398,419,105. */
static void test_rows(void **state) {
    (void)state;
    Perfeval *office = evaluated(RULES);
    const PerfevalUnit *row = perfeval_unit(office, PERFEVAL_INDICATOR, 76);
    assert_string_equal(row->name, "공공일자리사업 참여자 수");
    assert_int_equal(row->row, 77);
    assert_int_equal(row->line, 78);
    assert_string_equal(row->rate_text, "105.276382");
    assert_string_equal(row->exact, "20950/199");
    const PerfevalCell *cell = perfeval_cell(office, 76, "actual");
    assert_string_equal(cell->text, "419");
    assert_string_equal(cell->file, "data/2019/indicators.csv");
    assert_int_equal(cell->line, 78);
    assert_int_equal(cell->column, 53);
    assert_null(cell->cell);
    assert_ptr_equal(perfeval_cell(office, 76, "실적"), cell);
    assert_string_equal(perfeval_cell(office, 0, "target")->text, "26");
    assert_null(perfeval_cell(office, 76, "nothing"));
    assert_null(perfeval_cell(office, 100000, "actual"));
    size_t count;
    const uint32_t *rows = perfeval_children(office, PERFEVAL_PROJECT, row->parent, &count);
    assert_int_equal(count, 2);
    assert_int_equal(rows[0], 76);
    assert_int_equal(rows[1], 77);
    assert_null(perfeval_children(office, PERFEVAL_INDICATOR, 0, &count));
    assert_int_equal(count, 0);
    perfeval_free(office);
}

#define HEAD "bureau,department,project,indicator,unit,target,actual\n"

/* The mean of those that are there would be 50; the rules say that one without a rate spreads. */
static void test_missing(void **state) {
    (void)state;
    char rules[64], data[64], text[400];
    write_file(data, sizeof data, ".csv", HEAD "b,d,p,i,u,100,50\nb,d,p,j,u,100,\nb,d,q,k,u,0,5\n");
    snprintf(
        text, sizeof text,
        "return ruleset { title = 't', data = '%s', rate = field.actual / field.target * 100,"
        "rounding = { digits = 1, mode = 'half_up' }, project = { rate = mean, missing = 'missing' }, verdict = { { 'G', key = 'g' } } }",
        strrchr(data, '/') + 1);
    write_file(rules, sizeof rules, ".lua", text);
    Perfeval *office = evaluated(rules);
    assert_string_equal(perfeval_unit(office, PERFEVAL_INDICATOR, 0)->exact, "50");
    assert_string_equal(perfeval_unit(office, PERFEVAL_INDICATOR, 1)->missing, "blank");
    assert_null(perfeval_unit(office, PERFEVAL_INDICATOR, 1)->rate_text);
    assert_string_equal(perfeval_unit(office, PERFEVAL_INDICATOR, 2)->missing, "zero_target");
    assert_string_equal(perfeval_unit(office, PERFEVAL_PROJECT, 0)->missing, "missing_below");
    assert_null(perfeval_unit(office, PERFEVAL_PROJECT, 0)->verdict);
    assert_int_equal(perfeval_tally(office, PERFEVAL_BUREAU, 0, PERFEVAL_NONE), 2);
    remove(rules);
    remove(data);
    perfeval_free(office);
}

/* 50 of 80 is 62.5 %. */
static void test_last_year(void **state) {
    (void)state;
    char rules[64], data[64], last[64];
    size_t size;
    write_file(data, sizeof data, ".csv", HEAD "b,d,p,i,u,100,50\n");
    write_file(last, sizeof last, "-last.csv", HEAD "b,d,p,i,u,80,50\n");
    write_file(rules, sizeof rules, ".lua",
               "return ruleset { title = 't', data = 'none.csv', rate = field.actual / field.target * 100,"
               "last_year = { rate = field.previous_actual / field.previous_target * 100 },"
               "rounding = { digits = 1, mode = 'half_up' }, project = { rate = mean },"
               "verdict = { { 'G', key = 'g' } } }");
    Perfeval *office = perfeval_new();
    assert_true(perfeval_set(office, "data", data));
    assert_true(perfeval_set(office, "last-year-from", last));
    assert_true(perfeval_evaluate(office, rules));
    const char *bytes = perfeval_render(office, "csv", NULL, &size);
    assert_non_null(strstr(bytes, ",last_year_rate,"));
    assert_non_null(strstr(bytes, ",62.5,"));
    remove(rules);
    remove(data);
    remove(last);
    perfeval_free(office);
}

static void assert_refused(const Perfeval *office, const char *code, int exit_code) {
    assert_int_equal(perfeval_message_count(office), 1);
    const PerfevalMessage *message = perfeval_message(office, 0);
    assert_string_equal(message->code, code);
    assert_int_equal(message->severity, PERFEVAL_ERROR);
    assert_true(strlen(message->text[PERFEVAL_EN]) > 0 && strlen(message->text[PERFEVAL_KO]) > 0);
    assert_int_equal(perfeval_exit_code(office), exit_code);
    assert_null(perfeval_message(office, 1));
}

static void test_settings(void **state) {
    (void)state;
    Perfeval *office = perfeval_new();
    assert_false(perfeval_set(office, "dta", "x.csv"));
    assert_refused(office, "unknown-flag", 64);
    assert_false(perfeval_set(office, "output", "x")); /* the library writes no file */
    assert_refused(office, "unknown-flag", 64);
    assert_false(perfeval_set(office, "help", NULL));
    assert_false(perfeval_set(office, "at", "2019-13-01"));
    assert_int_equal(perfeval_exit_code(office), 64);
    assert_false(perfeval_set(office, "data", ""));
    assert_refused(office, "flag-value", 64);
    assert_true(perfeval_set(office, "allow-outside", NULL));
    assert_true(perfeval_set(office, "threads", "2"));
    assert_true(perfeval_set_param(office, "sluggish_at_most", "85"));
    assert_true(perfeval_evaluate(office, RULES));
    assert_int_equal(perfeval_verdict(office, 0)->projects, 4);
    assert_true(perfeval_set_param(office, "sluggish_at_most", "70"));
    assert_true(perfeval_evaluate(office, RULES));
    assert_int_equal(perfeval_verdict(office, 0)->projects, 1);
    assert_true(perfeval_set_param(office, "slugish", "85"));
    assert_false(perfeval_evaluate(office, RULES));
    assert_refused(office, "unknown-setting", 64);
    assert_int_equal(perfeval_count(office, PERFEVAL_PROJECT), 0);
    assert_null(perfeval_title(office));
    perfeval_free(office);
    perfeval_free(NULL);
}

static void test_messages(void **state) {
    (void)state;
    char data[64];
    size_t size;
    write_file(data, sizeof data, "-wrong.csv", HEAD "b,d,p,i,u,100,\"1.234,5\"\n");
    Perfeval *office = perfeval_new();
    assert_null(perfeval_render(office, "text", NULL, &size));
    assert_refused(office, "not-evaluated", 64);
    assert_true(perfeval_set(office, "data", data));
    assert_false(perfeval_evaluate(office, RULES));
    assert_refused(office, "not-a-number", 3);
    const PerfevalMessage *message = perfeval_message(office, 0);
    assert_string_equal(message->file, data);
    assert_int_equal(message->line, 2);
    assert_int_equal(message->column, 15);
    assert_null(message->cell);
    assert_string_equal(message->text[PERFEVAL_EN], "actual \"1.234,5\" is not a number");
    assert_non_null(strstr(message->drawn[PERFEVAL_EN], ":2:15: error[not-a-number]: actual"));
    assert_non_null(strstr(message->drawn[PERFEVAL_KO], ":2:15: 오류[not-a-number]: "));
    remove(data);
    perfeval_free(office);
}

static void test_reports(void **state) {
    (void)state;
    Perfeval *office = evaluated(RULES);
    size_t size;
    const char *bytes = perfeval_table(office, PERFEVAL_BUREAU, "csv", &size);
    assert_int_equal(strlen(bytes), size);
    assert_non_null(strstr(bytes, "\n감사담당관,4,4,0,100.00\n"));
    bytes = perfeval_render(office, "text", NULL, &size);
    assert_int_equal(strlen(bytes), size);
    assert_non_null(strstr(bytes, "지역일자리 사업 지원"));
    assert_null(perfeval_table(office, PERFEVAL_BUREAU, "text", &size));
    assert_refused(office, "level-format", 64);
    assert_int_equal(size, 0);
    assert_null(perfeval_render(office, "text", "nothing", &size));
    assert_refused(office, "script-not-found", 2);
    assert_non_null(perfeval_render(office, "csv", NULL, &size)); /* a refused report spoils nothing */
    assert_int_equal(perfeval_message_count(office), 0);
    perfeval_free(office);
}

static void run_out(HandleCall *call) {
    (void)call;
    memory_exhausted();
}

static void test_memory(void **state) {
    (void)state;
    size_t size;
    Perfeval *office = perfeval_new();
    HandleCall call = {.perfeval = office, .good = true};
    assert_false(handle_run(&call, run_out));
    assert_refused(office, "out-of-memory", 4);
    assert_false(perfeval_evaluate(office, RULES));
    assert_null(perfeval_render(office, "text", NULL, &size));
    assert_refused(office, "out-of-memory", 4);
    assert_false(memory_is_tried());
    perfeval_free(office);
}

/* What a thread came to: the size of its table; 0 after errors, which it prints. */
static void *evaluate_there(void *result) {
    Perfeval *office = perfeval_new();
    size_t *size = result;
    *size = 0;
    bool good = perfeval_evaluate(office, RULES) && perfeval_table(office, PERFEVAL_INDICATOR, "csv", size);
    for (size_t i = 0; !good && i < perfeval_message_count(office); i++)
        print_error("%s", perfeval_message(office, i)->drawn[PERFEVAL_EN]);
    perfeval_free(office);
    return NULL;
}

/* The allocator of AddressSanitizer cannot be forked with while another thread is in it. */
#ifdef __SANITIZE_ADDRESS__
#define AT_ONCE 1
#else
#define AT_ONCE 4
#endif

/* At the same time, each with children of its own. */
static void test_threads(void **state) {
    (void)state;
    pthread_t threads[4];
    size_t sizes[4] = {0};
    for (size_t first = 0; first < 4; first += AT_ONCE) {
        for (size_t i = first; i < first + AT_ONCE; i++)
            assert_int_equal(pthread_create(&threads[i], NULL, evaluate_there, &sizes[i]), 0);
        for (size_t i = first; i < first + AT_ONCE; i++) pthread_join(threads[i], NULL);
    }
    assert_true(sizes[0] > 10000);
    for (size_t i = 1; i < 4; i++) assert_int_equal(sizes[i], sizes[0]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_results),  cmocka_unit_test(test_verdicts),  cmocka_unit_test(test_rows),
        cmocka_unit_test(test_missing),  cmocka_unit_test(test_last_year), cmocka_unit_test(test_settings),
        cmocka_unit_test(test_messages), cmocka_unit_test(test_reports),   cmocka_unit_test(test_memory),
        cmocka_unit_test(test_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
