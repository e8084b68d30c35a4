#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ruletext.h"

#include "model/results_build.h"
#include "model/sums.h"

/* Two bureaus, three departments; a project without a rate. */
#define ROWS HEADER "\nb,d,p,i,u,100,90\nb,e,q,i,u,100,10\nc,f,r,i,u,100,\nc,f,s,i,u,100,90\n"

static void expect(const Results *results, bool good) {
    Diag *diag = diag_new();
    assert_int_equal(sums_check(results, diag), good);
    assert_int_equal(diag_exit_code(diag), good ? EXIT_DONE : EXIT_INTERNAL);
    diag_free(diag);
}

/* Each count, one too large. */
static void test_each_count(void **state) {
    (void)state;
    Trial trial = trial_good("", STR(ROWS), NULL);
    Results *results = (Results *)(uintptr_t)trial.results;
    expect(results, true);
    size_t *const counts[] = {
        &results->total.total,          &results->total.none,          &results->total.band[0],
        &results->bureaus[1].total,     &results->bureaus[0].none,     &results->bureaus[1].band[1],
        &results->departments[2].total, &results->departments[0].none, &results->departments[1].band[0],
    };
    for (size_t i = 0; i < COUNT(counts); i++) {
        ++*counts[i];
        expect(results, false);
        --*counts[i];
    }
    expect(results, true);
    results->missing_rows[MISSING_FUNCTION] += 3; /* 4 rows, one of them without a rate */
    expect(results, true);
    results->missing_rows[MISSING_FUNCTION]++;
    expect(results, false);
    results->missing_rows[MISSING_FUNCTION] -= 4;
    trial_end(&trial);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_each_count)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
