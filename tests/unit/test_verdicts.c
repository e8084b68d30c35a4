#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ruletext.h"

/* Indicators by verdict: those of bureaus, of departments and of projects are those of all. */
static bool indicators_add_up(const Results *results) {
    Counts all, some;
    results_count_indicators(results, LEVEL_INDICATOR, 0, &all);
    bool good = all.total == dataset_rows(results_dataset(results));
    for (Level level = LEVEL_BUREAU; level < LEVEL_COUNT; level++) {
        size_t total = 0, none = 0, first = 0;
        for (size_t i = 0; i < dataset_level_size(results_dataset(results), level); i++) {
            results_count_indicators(results, level, i, &some);
            total += some.total;
            none += some.none;
            first += some.band[0];
        }
        good &= total == all.total && none == all.none && first == all.band[0];
    }
    return good;
}

/* Verdicts of indicators: "key … / numbers of each band, and of none". Exactly on the cut as for projects:
 * 2000/2500 = 80; 2/3 of 100 is 66.66…, below the second. Shares of 4 rates: half of them. */
static const struct {
    const char *changes, *rows, *found;
} indicators[] = {
#define MET "indicator = { verdict = { { 'M', key = 'met', at_least = 80 }, { 'U', key = 'unmet' } } }"
    {MET,
     "b,d,p,i,u,2500,2000\nb,d,p,j,u,2500,1999.9999999999999999999\nb,d,p,k,u,100,0\nb,d,p,l,u,1,-1\n"
     "b,d,q,i,u,100,\nb,d,q,j,u,0,5\nc,d,r,i,u,100,130\n",
     "met unmet unmet unmet - - met / 2 3 2"},
    {"indicator = { verdict = { { 'A', key = 'a', above = 66.6666666666666666666, below = 66.6666666666666666667 },"
     "{ 'B', key = 'b' } } }",
     "b,d,p,i,u,3,2\nb,d,p,j,u,100,66.6666666666666666667\n", "a b / 1 1 0"},
    {"indicator = { verdict = { ties = 'better', { 'T', key = 'top', share = 50 }, { 'L', key = 'low', share = 50 } } }",
     "b,d,p,i,u,3,2\nb,d,p,j,u,100,66.6666666666666666667\nc,d,q,i,u,1,1\nc,e,r,i,u,1,\nc,e,r,j,u,10,1\n",
     "low top top - low / 2 2 1"},
    {"indicator = { verdict = { ties = 'better', { 'T', key = 'top', share = 50 }, { 'L', key = 'low', share = 50 } } }",
     "b,d,p,i,u,3,2\nb,d,p,j,u,6,4\nc,d,q,i,u,1,1\nc,e,r,i,u,1,\nc,e,r,j,u,10,1\n",
     "top top top - low / 3 1 1"},
    /* a special case gives a verdict and leaves the rate alone, which may be missing; the first counts */
    {MET ", special = { { when = { indicator = 'x' }, because = 'r', indicator_verdict = 'met' },"
         "{ when = { unit = 'u' }, because = 'r', indicator_verdict = 'unmet' } }",
     "b,d,p,x,u,100,1\nb,d,p,x,v,100,\nb,d,p,i,u,100,100\nb,d,p,i,v,100,100\n", "met met unmet met / 3 1 0"},
};

static void test_indicators(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(indicators); i++) {
        Buffer csv = {0}, found = {0};
        Counts counts;
        buffer_addf(&csv, HEADER "\n%s", indicators[i].rows);
        Trial trial = trial_good(indicators[i].changes, buffer_view(&csv), NULL);
        for (size_t row = 0; row < dataset_rows(trial.dataset); row++) {
            const Band *band = results_band(trial.results, LEVEL_INDICATOR, row);
            buffer_addf(&found, "%.*s ", STR_FMT(band ? band->key : STR("-")));
        }
        results_count_indicators(trial.results, LEVEL_INDICATOR, 0, &counts);
        buffer_addf(&found, "/ %zu %zu %zu", counts.band[0], counts.band[1], counts.none);
        expect_text(indicators[i].changes, &found, indicators[i].found);
        if (results_has_verdict(trial.results, LEVEL_INDICATOR))
            assert_true(indicators_add_up(trial.results));
        buffer_release(&csv);
        trial_end(&trial);
    }
}

/* Last year: "trend …" of rows, then "project:last year's rate:trend:verdict". Rows are behind
 * HEADER,previous_target,previous_actual,previous_rate,polarity. */
#define LAST "last_year = { rate = field.previous_actual / field.previous_target * 100 }, "
#define BETTER                                                                                               \
    "verdict = { { 'g', key = 'g', at_least = 100 }, { 'a', key = 'a', improved = true, at_least = 50 }, { 'r', key = 'r' } }"
static const struct {
    const char *changes, *rows, *found;
} years[] = {
    {LAST BETTER,
     "b,d,p,i,u,100,60,100,59,,\nb,d,q,i,u,100,60,10,6,,\nb,d,r,i,u,100,60,100,61,,\nb,d,s,i,u,100,100,100,120,,\n"
     "b,d,t,i,u,100,50,100,0,,\nb,d,u,i,u,100,49,100,0,,\nb,d,v,i,u,100,60,,5,,\nb,d,w,i,u,100,,5,5,,\n"
     "b,d,x,i,u,100,60,0,5,,\nb,d,y,i,u,100,60,1,-1,,\n",
     "up same down down up up - - - up / p:59:up:a q:60:same:r r:61:down:r s:120:down:g t:0:up:a u:0:up:r v:-:-:r "
     "w:100:-:none x:-:-:r y:-100:up:a"},
    /* 2/3 is the same as 4/6, and above 0.666…6: only exact numbers tell */
    {LAST BETTER,
     "b,d,p,i,u,3,2,6,4,,\nb,d,q,i,u,3,2,1,0.66666666666666666666,,\nb,d,r,i,u,3,2,1,0.66666666666666666667,,\n",
     "same up down / p:67:same:r q:67:up:a r:67:down:r"},
    /* the means of (2/3, 14/15) and (80, 80) are both 80; a row more makes it differ */
    {LAST BETTER,
     "b,d,p,i,u,3,2,10,8,,\nb,d,p,j,u,15,14,10,8,,\nb,d,q,i,u,3,2,10,8,,\nb,d,q,j,u,15,14.0000001,10,8,,\n",
     "down up down up / p:80:same:r q:80:up:a"},
    /* pooled: 90 of 100 now, 100 of 200 then; the missing one is left out of its own year only */
    {LAST "project = { rate = pooled }, " BETTER,
     "b,d,p,i,u,50,45,150,90,,\nb,d,p,j,u,50,45,50,10,,\nb,d,q,i,u,50,45,50,45,,\n"
     "b,d,q,j,u,50,45,,,,\n",
     "up up same - / p:50:up:a q:90:same:r"},
    /* cases, an own rate, a rounded one; improved = { … } holds beside the range */
    {"last_year = { rate = { { when = { polarity = 'lower' }, (2 - field.previous_actual / field.previous_target) * 100 },"
     "{ field.previous_rate } } }, verdict = { { 'a', key = 'a', at_least = 90, improved = { above = 70, below = 80 } }, { 'r', key = 'r' } }",
     "b,d,p,i,u,100,90,,,95,\nb,d,q,i,u,100,75,,,74,\nb,d,r,i,u,100,70,,,0,\nb,d,s,i,u,100,80,,,0,\n"
     "b,d,t,i,u,100,125,100,130,,lower\n",
     "down up up up up / p:95:down:a q:74:up:a r:0:up:r s:0:up:r t:70:up:a"},
    /* points count for this year only, a special case's rate too */
    {LAST BETTER
     ", special = { { when = { project = 'p' }, because = 'r', points = 1 },"
     "{ when = { project = 'q' }, because = 'r', rate = 70 }, { when = { project = 'r' }, because = 'r', exclude = true } }",
     "b,d,p,i,u,100,60,100,60,,\nb,d,q,i,u,100,60,100,60,,\nb,d,r,i,u,100,60,100,50,,\n",
     "same up - / p:60:up:a q:60:up:a r:50:-:none"},
    /* every level */
    {LAST
     "indicator = { verdict = { { 'I', key = 'i', improved = true }, { 'J', key = 'j' } } }, department = { rate = mean, verdict = {"
     "{ 'U', key = 'up', improved = true }, { 'O', key = 'other' } } }, bureau = { rate = mean, verdict = { { 'B', key = 'b', "
     "improved = { at_least = 60 }, at_least = 100 }, { 'C', key = 'c' } } }",
     "b,d,p,i,u,100,60,100,59,,\nb,d,q,i,u,100,60,100,61,,\nc,e,r,i,u,100,61,100,60,,\n",
     "up down up / p:59:up:sluggish q:61:down:sluggish r:60:up:sluggish"},
};

static void add_last_year(Buffer *out, const Results *results, Level level, size_t unit) {
    const Results *last = results_last_year(results);
    const char *trend = trend_name(results_trend(results, level, unit));
    if (level == LEVEL_PROJECT && results_unit_missing(last, level, unit) == MISSING_NONE)
        results_print_unit(last, level, unit, out);
    else if (level == LEVEL_PROJECT)
        buffer_add_char(out, '-');
    buffer_addf(out, level == LEVEL_PROJECT ? ":%s" : "%s ", trend ? trend : "-");
}

static void test_last_year(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(years); i++) {
        Buffer csv = {0}, found = {0};
        buffer_addf(&csv, HEADER ",previous_target,previous_actual,previous_rate,polarity\n%s",
                    years[i].rows);
        Trial trial = trial_good(years[i].changes, buffer_view(&csv), NULL);
        size_t rows = dataset_rows(trial.dataset),
               projects = dataset_level_size(trial.dataset, LEVEL_PROJECT);
        for (size_t row = 0; row < rows; row++) add_last_year(&found, trial.results, LEVEL_INDICATOR, row);
        buffer_add_char(&found, '/');
        for (size_t unit = 0; unit < projects; unit++) {
            const Band *band = results_band(trial.results, LEVEL_PROJECT, unit);
            buffer_addf(&found, " %.*s:", STR_FMT(dataset_level_name(trial.dataset, LEVEL_PROJECT, unit)));
            add_last_year(&found, trial.results, LEVEL_PROJECT, unit);
            buffer_addf(&found, ":%.*s", STR_FMT(band ? band->key : STR("none")));
        }
        expect_text(years[i].changes, &found, years[i].found);
        if (results_has_verdict(trial.results, LEVEL_INDICATOR))
            assert_true(indicators_add_up(trial.results));
        buffer_release(&csv);
        trial_end(&trial);
    }
    Trial trial = trial_good("", STR(HEADER "\nb,d,p,i,u,1,1\n"), NULL);
    assert_null(results_last_year(trial.results));
    assert_int_equal(results_trend(trial.results, LEVEL_PROJECT, 0), TREND_NONE);
    assert_false(results_has_verdict(trial.results, LEVEL_INDICATOR));
    trial_end(&trial);
}

/* Departments and bureaus against last year: d (60 + 60)/2 = 60 as last year, e 61 after 60. */
static void test_last_year_levels(void **state) {
    (void)state;
    size_t last = COUNT(years) - 1;
    Buffer csv = {0}, found = {0};
    buffer_addf(&csv, HEADER ",previous_target,previous_actual,previous_rate,polarity\n%s", years[last].rows);
    Trial trial = trial_good(years[last].changes, buffer_view(&csv), NULL);
    for (Level level = LEVEL_BUREAU; level < LEVEL_ALL; level++) {
        if (level == LEVEL_PROJECT) continue;
        for (size_t unit = 0; unit < dataset_level_size(trial.dataset, level); unit++)
            buffer_addf(&found, "%.*s ", STR_FMT(results_band(trial.results, level, unit)->key));
    }
    expect_text("levels", &found, "c b other up i j i ");
    buffer_release(&csv);
    trial_end(&trial);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_indicators),
        cmocka_unit_test(test_last_year),
        cmocka_unit_test(test_last_year_levels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
