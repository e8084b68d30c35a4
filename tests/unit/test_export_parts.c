#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#define EXPORT_PART ((size_t)3)
#include "model/export_parts.c"
#include "model/trace_lines.c"
#include "ruletext.h"

/* Three bureaus of 7, 1 and 4 rows; the rows of project p stand apart. Names that need quotes or escapes,
 * numbers with needless zeros, long ones and none. */
static const char data[] = HEADER ",published_rate\n"
                                  "b,d,\"p, \"\"1\"\"\",i,u,3,2,66.70\n"
                                  "b,d,q,=1,,\"2,500\",2000.0,\n"
                                  "b,d,\"p, \"\"1\"\"\",i\\,u,7,1,-\n"
                                  "c,d,\"p\nr\",@i,u,0,5,\n"
                                  "b,e,q,i,u,123456789012345678901234567890.50,1,\n"
                                  "b,e,q,j,u,8,1,12.5\n"
                                  "e,d,p,i,u,0.00000000000000000000050,0.0000000000000000000005,\n"
                                  "e,d,p,j,u,,1,\n"
                                  "b,e,r,i,u,-3,2,\n"
                                  "e,f,p,i,u,9,8,\n"
                                  "b,d,q,j,u,9,7,\n"
                                  "e,f,g,i,u,11,8,\n";

typedef struct Taken {
    Buffer out;
    size_t parts, all;
    size_t stop; /* the part that is refused; 0: none */
} Taken;

static bool take(void *context, Str bytes, size_t done, size_t all) {
    Taken *taken = context;
    buffer_add(&taken->out, bytes);
    assert_int_equal(done, ++taken->parts);
    taken->all = all;
    return done != taken->stop;
}

static bool export_to(Taken *taken, const Trial *trial, ExportForm form, int level, unsigned threads) {
    ExportJob job = {.results = trial->results,
                     .form = form,
                     .has_level = level >= 0,
                     .level = level >= 0 ? (ExportLevel)level : EXPORT_BUREAU,
                     .threads = threads,
                     .context = taken,
                     .take = take};
    return export_run(&job, trial->diag);
}

static bool lines_to(Taken *taken, const Trial *trial, const bool *chosen, unsigned threads) {
    LinesJob job = {trial->results, chosen, threads, taken, take};
    return trace_lines(&job, trial->diag);
}

static void whole(const Trial *trial, ExportForm form, int level, Buffer *out) {
    if (level >= 0)
        export_level(trial->results, (ExportLevel)level, form, out);
    else if (form == EXPORT_CSV)
        export_csv(trial->results, out);
    else if (form == EXPORT_JSON)
        export_json(trial->results, out);
    else
        export_level(trial->results, EXPORT_INDICATOR, form, out);
}

/* The parts of an output are the whole, whoever makes them. */
static void test_parts(void **state) {
    (void)state;
    static const unsigned threads[] = {1, 2, 8};
    Trial trial = trial_good("", str_of(data), NULL);
    for (ExportForm form = EXPORT_CSV; form <= EXPORT_JSONL; form++) {
        for (int level = -1; level < EXPORT_LEVELS; level++) {
            Buffer wanted = {0};
            whole(&trial, form, level, &wanted);
            for (size_t i = 0; i < COUNT(threads); i++) {
                Taken taken = {0};
                assert_true(export_to(&taken, &trial, form, level, threads[i]));
                expect_text("parts", &taken.out, buffer_text(&wanted));
                assert_int_equal(taken.parts, taken.all);
                /* 12 rows, 8 projects, 5 departments, 3 bureaus; the document: b, and c with e */
                static const size_t counts[] = {4, 1, 2, 3, 4};
                size_t parts = level < 0 && form == EXPORT_JSON ? 2 : counts[level + 1];
                assert_int_equal(taken.all, parts);
            }
            buffer_release(&wanted);
        }
    }
    trial_end(&trial);
}

static void test_lines(void **state) {
    (void)state;
    Trial trial = trial_good("", str_of(data), NULL);
    Taken taken = {0};
    assert_true(export_to(&taken, &trial, EXPORT_CSV, -1, 2));
    /* By hand: p of b/d is (66 2/3 + 14 2/7)/2 = 40 10/21; q of b/d (80 + 77 7/9)/2 = 78 8/9; q of b/e
     * (0 + 12.5)/2 = 6.25, where the first is 1/1234567890123456789012345678.905, below a ten millionth; r
     * -66 2/3; p of e/d 100; of e/f 88 8/9; g 72 8/11. */
    expect_text(
        "csv", &taken.out,
        "bureau,department,project,indicator,unit,target,actual,rate,project_rate,verdict,published_rate,missing\n"
        "b,d,\"p, \"\"1\"\"\",i,u,3,2,66.666667,40.47619,sluggish,66.7,\n"
        "b,d,q,'=1,,2500,2000,80,78.888889,sluggish,,\n"
        "b,d,\"p, \"\"1\"\"\",i\\,u,7,1,14.285714,40.47619,sluggish,,\n"
        "c,d,\"p\nr\",'@i,u,0,5,,,,,zero_target\n"
        "b,e,q,i,u,123456789012345678901234567890.5,1,0,6.25,sluggish,,\n"
        "b,e,q,j,u,8,1,12.5,6.25,sluggish,12.5,\n"
        "e,d,p,i,u,0.0000000000000000000005,0.0000000000000000000005,100,100,normal,,\n"
        "e,d,p,j,u,,1,,100,normal,,blank\n"
        "b,e,r,i,u,-3,2,-66.666667,-66.666667,sluggish,,\n"
        "e,f,p,i,u,9,8,88.888889,88.888889,normal,,\n"
        "b,d,q,j,u,9,7,77.777778,78.888889,sluggish,,\n"
        "e,f,g,i,u,11,8,72.727273,72.727273,sluggish,,\n");
    trial_end(&trial);
}

static void test_stop(void **state) {
    (void)state;
    Trial trial = trial_good("", str_of(data), NULL);
    for (unsigned threads = 1; threads <= 4; threads++) {
        Taken taken = {.stop = 2};
        assert_false(export_to(&taken, &trial, EXPORT_CSV, -1, threads));
        assert_int_equal(taken.parts, 2);
        buffer_release(&taken.out);
    }
    trial_end(&trial);
}

/* 1/8 is 12.5 %, a tie for whole numbers: JSON prints it so and CSV does not. Its parts need 8 bits (100).
 * Nothing is taken, not even of the rows before. */
static void test_refused(void **state) {
    (void)state;
    Trial trial =
        trial_good("", STR(HEADER "\nb,d,p,i,u,1,1\nb,d,p,i,u,2,1\nb,d,p,i,u,4,1\nb,d,q,i,u,8,1\n"), NULL);
    trial.plan->exact_bits = 7;
    for (unsigned threads = 1; threads <= 8; threads *= 2) {
        results_free(trial.results);
        trial.results = evaluate(trial.plan, trial.dataset, NULL, trial.diag);
        Taken csv = {0}, json = {0}, level = {0};
        Buffer found = {0};
        assert_true(export_to(&csv, &trial, EXPORT_CSV, -1, threads));
        assert_false(export_to(&json, &trial, EXPORT_JSON, -1, threads));
        assert_false(export_to(&level, &trial, EXPORT_CSV, EXPORT_PROJECT, threads));
        Taken chains = {0};
        assert_false(lines_to(&chains, &trial, NULL, threads));
        assert_int_equal(json.parts + level.parts + chains.parts, 0);
        faults_brief(&found, trial.diag);
        expect_text("refused", &found,
                    "1 exact-limit: data row 4 (x.csv:5) | 7\n1 exact-limit: data row 4 (x.csv:5) | 7\n"
                    "1 exact-limit: data row 4 (x.csv:5) | 7\n");
        diag_clear(trial.diag);
        buffer_release(&csv.out);
    }
    trial_end(&trial);
}

/* Chains of rows, three at a time; the two rows of project 1 (q of b/d) stand in the first and the last part.
 */
static void test_chains(void **state) {
    (void)state;
    Trial trial = trial_good("", str_of(data), NULL);
    Taken one = {0}, stopped = {.stop = 3}, chosen = {0};
    assert_true(lines_to(&one, &trial, NULL, 1));
    assert_int_equal(one.all, 4);
    size_t lines = 0;
    for (size_t i = 0; i < one.out.size; i++) lines += one.out.data[i] == '\n';
    assert_int_equal(lines, 12);
    for (unsigned threads = 2; threads <= 8; threads *= 2) {
        Taken taken = {0};
        assert_true(lines_to(&taken, &trial, NULL, threads));
        expect_text("chains", &taken.out, buffer_text(&one.out));
        buffer_release(&taken.out);
    }
    assert_false(lines_to(&stopped, &trial, NULL, 2));
    assert_int_equal(stopped.parts, 3);
    assert_true(lines_to(&chosen, &trial, (const bool[8]){[1] = true}, 2));
    expect_text(
        "chosen", &chosen.out,
        "{\"bureau\":\"b\",\"department\":\"d\",\"project\":\"q\",\"indicator\":\"=1\",\"unit\":\"\","
        "\"row\":2,\"line\":3,\"target\":2500,\"actual\":2000,\"case\":\"rate[2]\",\"case_line\":1,"
        "\"filled\":\"2000.0 / 2500 x 100\",\"rate\":80,\"rate_printed\":\"80\",\"project_rate\":78.888889,"
        "\"project_rate_printed\":\"79\",\"verdict\":\"sluggish\",\"verdict_line\":1,\"margin\":1.111111}\n"
        "{\"bureau\":\"b\",\"department\":\"d\",\"project\":\"q\",\"indicator\":\"j\",\"unit\":\"u\","
        "\"row\":11,\"line\":13,\"target\":9,\"actual\":7,\"case\":\"rate[2]\",\"case_line\":1,"
        "\"filled\":\"7 / 9 x 100\",\"rate\":77.777778,\"rate_printed\":\"78\",\"project_rate\":78.888889,"
        "\"project_rate_printed\":\"79\",\"verdict\":\"sluggish\",\"verdict_line\":1,\"margin\":1.111111}\n");
    Buffer *all[] = {&one.out, &stopped.out, &chosen.out};
    for (size_t i = 0; i < COUNT(all); i++) buffer_release(all[i]);
    trial_end(&trial);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_parts),   cmocka_unit_test(test_lines),  cmocka_unit_test(test_stop),
        cmocka_unit_test(test_refused), cmocka_unit_test(test_chains),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
