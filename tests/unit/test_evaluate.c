#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "resultstext.h"
#include "ruletext.h"

#define CUT(bound)                                                                                           \
    "verdict = { { 's', key = 'sluggish', " bound " }, { 'n', key = 'normal' } }, "                          \
    "rounding = { digits = 1, mode = 'half_up' }"
#define ANY(range)                                                                                           \
    "verdict = { { 's', key = 'sluggish', at_most = 80, any_indicator = { " range                            \
    " } }, { 'n', key = 'normal' } }"
#define SHARED(ties)                                                                                         \
    "verdict = { ties = '" ties "', { 'T', key = 'top', share = 50 }, { 'L', key = 'low', share = 50 } }"
#define PRINT(digits, mode) "rounding = { digits = " digits ", mode = '" mode "' }"

/* Rows are behind HEADER,polarity,own. Worked out by hand: 2000/2500 = 4/5; 388/500 = 0.776; (66 2/3 + 93
 * 1/3)/2 = 80; ties at 12.5 = 1/8. */
static const struct {
    const char *changes, *rows, *results;
} cases[] = {
    /* exactly on the cut */
    {"", "b,d,p,i,u,2500,2000,,\n", "80 / p:80:sluggish"},
    {"", "b,d,p,i,u,\"2,500\",\"2,000\",,\n", "80 / p:80:sluggish"},
    {CUT("at_most = 80"), "b,d,p,i,u,2500,2000.0000000000000000001,,\n", "80.0 / p:80.0:normal"},
    {CUT("at_most = 80"), "b,d,p,i,u,2500,1999.9999999999999999999,,\n", "80.0 / p:80.0:sluggish"},
    {CUT("below = 80"), "b,d,p,i,u,2500,2000,,\n", "80.0 / p:80.0:normal"},
    {CUT("below = 80"), "b,d,p,i,u,2500,1999.9999999999999999999,,\n", "80.0 / p:80.0:sluggish"},
    {CUT("at_most = 77.6"), "b,d,p,i,u,500,388,,\n", "77.6 / p:77.6:sluggish"},
    {CUT("below = 77.6"), "b,d,p,i,u,500,388,,\n", "77.6 / p:77.6:normal"},
    {CUT("at_least = 77.6"), "b,d,p,i,u,500,388,,\n", "77.6 / p:77.6:sluggish"},
    {CUT("above = 77.6"), "b,d,p,i,u,500,388,,\n", "77.6 / p:77.6:normal"},
    {"", "b,d,p,i,u,3,2,,\nb,d,p,j,u,15,14,,\n", "67 93 / p:80:sluggish"},
    {CUT("below = 80"), "b,d,p,i,u,3,2,,\nb,d,p,j,u,15,14,,\n", "66.7 93.3 / p:80.0:normal"},
    {CUT("at_most = 33.33333333333333333333"), "b,d,p,i,u,3,1,,\n", "33.3 / p:33.3:normal"},
    {CUT("at_most = 33.33333333333333333334"), "b,d,p,i,u,3,1,,\n", "33.3 / p:33.3:sluggish"},
    {"", "b,d,p,i,u,0.3,0.24,,\nb,d,q,i,u,0.7,0.56,,\nb,d,r,i,u,1.1,0.88,,\n",
     "80 80 80 / p:80:sluggish q:80:sluggish r:80:sluggish"},
    {CUT("at_most = 80"), "b,d,p,i,u,100,120,lower,\nb,d,p,i,u,100,119.9,lower,\n",
     "80.0 80.1 / p:80.1:normal"}, /* 80.05 */
    {"", "b,d,p,i,u,-231,-31,,\nb,d,q,i,u,-5,10,,\n", "13 -200 / p:13:sluggish q:-200:sluggish"},
    {"verdict = { { 'a', key = 'a', at_least = 95 }, { 'b', key = 'b', at_least = 90 }, { 'c', key = 'c' } }",
     "b,d,p,i,u,20,19,,\nb,d,q,i,u,1000,949,,\nb,d,r,i,u,10,9,,\nb,d,s,i,u,1000,899,,\n",
     "95 95 90 90 / p:95:a q:95:b r:90:b s:90:c"},
    {CUT("at_least = 10, at_most = 20"), "b,d,p,i,u,10,1,,\nb,d,q,i,u,10,2,,\nb,d,r,i,u,10,2.01,,\n",
     "10.0 20.0 20.1 / p:10.0:sluggish q:20.0:sluggish r:20.1:normal"},
    /* any_indicator: exactly below 50; what has no rate does not count; 120 and 149/3 give 84 5/6 */
    {ANY("below = 50"), "b,d,p,i,u,100,120,,\nb,d,p,j,u,100,49.9999999999999999999,,\n",
     "120 50 / p:85:sluggish"},
    {ANY("below = 50"), "b,d,p,i,u,100,120,,\nb,d,p,j,u,100,50,,\n", "120 50 / p:85:normal"},
    {ANY("at_most = 50"), "b,d,p,i,u,100,120,,\nb,d,p,j,u,100,50,,\n", "120 50 / p:85:sluggish"},
    {ANY("below = 50"), "b,d,p,i,u,3,3.6,,\nb,d,p,j,u,3,1.49,,\nb,d,q,j,u,3,3,,\n",
     "120 50 100 / p:85:sluggish q:100:normal"},
    {ANY("at_most = 0"), "b,d,p,i,u,100,120,,\nb,d,p,j,u,0,1,,\nb,d,q,i,u,,1,,\n",
     "120 zero_target blank / p:120:normal q:no_values:none"},
    {ANY("above = 200"), "b,d,p,i,u,100,201,,\nb,d,q,i,u,100,200,,\nb,d,r,i,u,100,79,,\n",
     "201 200 79 / p:201:sluggish q:200:normal r:79:sluggish"},
    {"verdict = { { 's', key = 's', at_least = 95 }, { 'w', key = 'w', any_indicator = { below = 50 }, "
     "at_most = 10 }, { 'n', key = 'n' } }",
     "b,d,p,i,u,100,150,,\nb,d,p,j,u,100,40,,\nb,d,q,i,u,100,90,,\nb,d,q,j,u,100,40,,\nb,d,r,i,u,100,90,,\n",
     "150 40 90 40 90 / p:95:s q:65:w r:90:n"}, /* the first that holds: p is s before it is w */
    /* shares of three: 1/2 of 3 is 1.5, rounded half up 2; the rate between the two cuts is decided exactly
     */
    {SHARED("better"),
     "b,d,p,i,u,3,2,,\nb,d,q,i,u,100,66.6666666666666666667,,\nb,d,r,i,u,,1,,\nb,d,s,i,u,100,90,,\n",
     "67 67 blank 90 / p:67:low q:67:top r:no_values:none s:90:top"},
    {SHARED("better"), "b,d,p,i,u,3,2,,\nb,d,q,i,u,6,4,,\nb,d,s,i,u,100,90,,\n",
     "67 67 90 / p:67:top q:67:top s:90:top"},
    {SHARED("worse"), "b,d,p,i,u,3,2,,\nb,d,q,i,u,6,4,,\nb,d,s,i,u,100,90,,\n",
     "67 67 90 / p:67:low q:67:low s:90:top"},
    {SHARED("worse") ", special = { { when = { project = 'p' }, because = 'r', points = 1 },"
                     "{ when = { project = 's' }, because = 'r', verdict = 'low' } }",
     "b,d,p,i,u,3,2,,\nb,d,q,i,u,6,4,,\nb,d,s,i,u,100,90,,\n", "67 67 90 / p:68:top q:67:low s:90:low"},
    /* rates that doubles cannot hold */
    {"rate = field.actual",
     "b,d,p,i,u,1,1"
     "0000000000000000000000000000000000000000"
     ",,\n",
     "10000000000000000000000000000000000000000 / p:10000000000000000000000000000000000000000:normal"},
    {"rate = field.actual * 1e399 / 1e399", "b,d,p,i,u,1,81,,\nb,d,q,i,u,1,80,,\n",
     "81 80 / p:81:normal q:80:sluggish"},
    {"rate = field.actual * 1e-399," PRINT("0", "ceiling"), "b,d,p,i,u,1,1,,\nb,d,q,i,u,1,0,,\n",
     "1 0 / p:1:sluggish q:0:sluggish"},
    {"rate = field.actual * 1e-399," CUT("at_most = 0"),
     "b,d,p,i,u,1,1,,\nb,d,q,i,u,1,0,,\nb,d,r,i,u,1,-1,,\n",
     "0.0 0.0 0.0 / p:0.0:normal q:0.0:sluggish r:0.0:sluggish"},
    {"rate = field.actual," PRINT("0", "ceiling"),
     "b,d,p,i,u,1,0."
     "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
     "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
     "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
     "00000000000000000000000000000000000000000000000000000"
     "5,,\nb,d,p,i,u,1,0,,\nb,d,p,i,u,1,0,,\n",
     "1 0 0 / p:1:sluggish"},
    /* the first case decides */
    {"rate = { { when = { polarity = 'lower' }, 1 }, { when = { unit = 'u' }, 2 }, { when = { unit = 'u' }, 3 }, { 4 } }",
     "b,d,p,i,u,1,1,lower,\nb,d,p,i,v,1,1,lower,\nb,d,p,i,u,1,1,,\nb,d,p,i,v,1,1,,\n",
     "1 1 2 4 / p:2:sluggish"},
    {"rate = { { when = { polarity = 'lower', unit = 'u' }, 1 } }",
     "b,d,p,i,u,1,1,lower,\nb,d,p,i,v,1,1,lower,\n", "1 no_case / p:1:sluggish"},
    {"rate = { { when = { target = { at_most = 0 } }, exclude = true }, { field.actual / field.target * 100 } }",
     "b,d,p,i,u,0,1,,\nb,d,p,i,u,10,9,,\nb,d,p,i,u,,9,,\n", "excluded 90 blank / p:90:normal"},
    {"rate = field.own * 2", "b,d,p,i,u,1,1,,40.5\nb,d,p,i,u,1,1,,\n", "81 blank / p:81:normal"},
    /* special cases go first, and the first of them */
    {"special = { { when = { indicator = 'x*' }, because = 'r', rate = 100 },"
     "{ when = { indicator = '*y' }, because = 'r', exclude = true } }",
     "b,d,p,x,u,100,1,,\nb,d,p,xy,u,100,1,,\nb,d,p,y,u,100,1,,\nb,d,p,z,u,100,1,,\n",
     "100 100 excluded 1 / p:67:sluggish"},
    /* points: added to the project's exact rate, each case once however many rows it takes; 237/3 = 79 */
    {"special = { { when = { project = 'p' }, because = 'r', points = 1 } }",
     "b,d,p,i,u,100,79,,\nb,d,p,j,u,100,79,,\nb,d,q,i,u,100,79.0000000000000000001,,\n",
     "79 79 79 / p:80:sluggish q:79:sluggish"},
    {"special = { { when = {}, because = 'r', points = 1 } }",
     "b,d,p,i,u,100,79,,\nb,d,p,j,u,100,79.0000000000000000001,,\nb,d,q,i,u,,1,,\nb,d,r,i,u,3,2,,\n",
     "79 79 blank 67 / p:80:normal q:no_values:none r:68:sluggish"},
    {"special = { { when = { indicator = 'x' }, because = 'r', points = 3 },"
     "{ when = {}, because = 'r', points = -0.5 }, { when = { unit = 'u' }, because = 'r', points = 0.50 } }",
     "b,d,p,x,u,100,77,,\nb,d,q,i,v,100,80.5,,\nb,d,r,i,u,100,80.5,,\nb,d,p,x,u,100,77,,\n",
     "77 81 81 77 / p:80:sluggish q:80:sluggish r:81:normal"},
    /* once, too, where doubles cannot tell the rate before them: the least of 2/3 and nothing is 0 exactly */
    {"project = { rate = min, missing = 'zero' }, rounding = { digits = 2, mode = 'half_up' },"
     "special = { { when = {}, because = 'r', points = 79 }, { when = { unit = 'u' }, because = 'r', points = 1.5 } }",
     "b,d,p,i,u,3,2,,\nb,d,p,j,u,,2,,\nb,d,q,i,v,3,2,,\nb,d,q,j,v,,2,,\n",
     "66.67 blank 66.67 blank / p:80.50:normal q:79.00:sluggish"},
    /* they see rows that other special cases decide, and verdicts stand without a rate; the first counts */
    {"special = { { when = { project = 'p' }, because = 'r', rate = 50 },"
     "{ when = { project = 'p' }, because = 'r', points = 31 },"
     "{ when = { project = 'q' }, because = 'r', exclude = true },"
     "{ when = { target = 0 }, because = 'r', verdict = 'normal' },"
     "{ when = { unit = 'u' }, because = 'r', verdict = 'sluggish' } }",
     "b,d,p,i,v,100,1,,\nb,d,q,i,u,0,1,,\nb,d,r,i,u,1,1,,\n",
     "50 excluded 100 / p:81:normal q:excluded:normal r:100:sluggish"},
    /* reasons */
    {"", "b,d,p,i,u,,5,,\nb,d,p,i,u,-,5,,\nb,d,p,i,u,0,5,,\nb,d,p,i,u,5,N/A,,\nb,d,p,i,u,10,9,,\n",
     "blank not_applicable zero_target not_applicable 90 / p:90:normal"},
    {"", "b,d,p,i,u,,5,,\nb,d,q,i,u,0,0,,\nb,d,r,i,u,10,9,,\n",
     "blank zero_target 90 / p:no_values:none q:no_values:none r:90:normal"},
    {"rate = field.target / field.actual * 100", "b,d,p,i,u,1,0,,\n", "division_by_zero / p:no_values:none"},
    {"rate = field.weight", "b,d,p,i,u,1,0,,\n", "blank / p:no_values:none"},
    /* rollups: 10, 60, 20 (and 90); a missing one does not count */
    {"project = { rate = min }",
     "b,d,p,i,u,100,10,,\nb,d,p,i,u,100,60,,\nb,d,p,i,u,,1,,\nb,d,p,i,u,100,20,,\n",
     "10 60 blank 20 / p:10:sluggish"},
    {"project = { rate = max }",
     "b,d,p,i,u,100,10,,\nb,d,p,i,u,100,60,,\nb,d,p,i,u,,1,,\nb,d,p,i,u,100,20,,\n",
     "10 60 blank 20 / p:60:sluggish"},
    {"project = { rate = median }",
     "b,d,p,i,u,100,10,,\nb,d,p,i,u,100,60,,\nb,d,p,i,u,,1,,\nb,d,p,i,u,100,20,,\n",
     "10 60 blank 20 / p:20:sluggish"},
    {"project = { rate = median }",
     "b,d,p,i,u,100,10,,\nb,d,p,i,u,100,60,,\nb,d,p,i,u,100,90,,\nb,d,p,i,u,100,20,,\n",
     "10 60 90 20 / p:40:sluggish"},
    {"project = { rate = mean }",
     "b,d,p,i,u,100,10,,\nb,d,p,i,u,100,60,,\nb,d,p,i,u,100,90,,\nb,d,p,i,u,100,20,,\n",
     "10 60 90 20 / p:45:sluggish"},
    {"project = { rate = median }", "b,d,p,i,u,3,2,,\nb,d,p,i,u,15,14,,\n", "67 93 / p:80:sluggish"},
    /* rows of one project need not be neighbours; equal names under other parents are other projects */
    {"", "b,d,p,i,u,100,60,,\nb,d,q,i,u,100,90,,\nb,d,p,i,u,100,70,,\nb,d,q,i,u,100,10,,\n",
     "60 90 70 10 / p:65:sluggish q:50:sluggish"},
    {"", "b,d,p,i,u,100,60,,\nb,e,p,i,u,100,70,,\nc,d,p,i,u,100,90,,\nb,d,p,i,u,100,100,,\n",
     "60 70 90 100 / p:80:sluggish p:70:sluggish p:90:normal"},
/* rounding: 12.5, -12.5, 13.5, 0, 12 1/3, -12 2/3 */
#define TIES                                                                                                 \
    "b,d,p,i,u,8,1,,\nb,d,p,i,u,8,-1,,\nb,d,p,i,u,200,27,,\nb,d,p,i,u,1,0,,\nb,d,p,i,u,3,0.37,,\nb,d,p,i,u,3,-0.38,,\n"
    {PRINT("0", "half_up"), TIES, "13 -13 14 0 12 -13 / p:2:sluggish"}, /* the mean is 13 1/6 / 6 = 2.1944… */
    {PRINT("0", "half_even"), TIES, "12 -12 14 0 12 -13 / p:2:sluggish"},
    {PRINT("0", "half_down"), TIES, "12 -12 13 0 12 -13 / p:2:sluggish"},
    {PRINT("0", "up"), TIES, "13 -13 14 0 13 -13 / p:3:sluggish"},
    {PRINT("0", "down"), TIES, "12 -12 13 0 12 -12 / p:2:sluggish"},
    {PRINT("0", "ceiling"), TIES, "13 -12 14 0 13 -12 / p:3:sluggish"},
    {PRINT("0", "floor"), TIES, "12 -13 13 0 12 -13 / p:2:sluggish"},
    {PRINT("1", "half_even"), TIES, "12.5 -12.5 13.5 0.0 12.3 -12.7 / p:2.2:sluggish"},
    {PRINT("12", "down"), TIES,
     "12.500000000000 -12.500000000000 13.500000000000 0.000000000000 12.333333333333 -12.666666666666 / "
     "p:2.194444444444:sluggish"},
    {PRINT("0", "half_up"), "b,d,p,i,u,200,-0.99,,\nb,d,p,i,u,200,-1,,\n",
     "0 -1 / p:0:sluggish"}, /* never -0 */
};

static void test_cases(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        Buffer csv = {0}, found = {0}, input = {0};
        buffer_addf(&csv, HEADER ",polarity,own\n%s", cases[i].rows);
        buffer_addf(&input, "%s\n%s", cases[i].changes, cases[i].rows);
        Trial trial = trial_good(cases[i].changes, buffer_view(&csv), NULL);
        add_results(&found, trial.results);
        expect_text(buffer_text(&input), &found, cases[i].results);
        check_counts(cases[i].rows, trial.results);
        if (diag_has_errors(trial.diag)) fail_msg("<%s> errors", buffer_text(&input));
        buffer_release(&csv);
        buffer_release(&input);
        trial_end(&trial);
    }
}

/* Departments by range, exactly on the cut: 2000/2500 = 80 and (2/3 + 14/15)/2 = 80; points count. Bureaus by
 * rank: b (80 + 80)/2 = 80 and c 80 are equal, e is below, and f has no rate. */
static void test_levels(void **state) {
    (void)state;
    Trial trial = trial_good(
        "department = { rate = mean, verdict = { { 'H', key = 'high', at_least = 80 }, { 'L', key = 'low' } } },"
        "bureau = { rate = mean, verdict = { ties = 'worse', { 'A', key = 'a', share = 34 }, { 'B', key = 'b', "
        "share = 66 } } }, special = { { when = { project = 'z' }, because = 'r', points = 0.5 } }",
        STR(HEADER "\nb,d1,p,i,u,2500,2000\nb,d2,p,i,u,3,2\nb,d2,q,i,u,15,14\nc,d,p,i,u,5,4\n"
                   "e,d,p,i,u,1000,799\ne,g,z,i,u,1000,795\nf,d,p,i,u,,1\n"),
        NULL);
    Buffer found = {0};
    for (Level level = LEVEL_BUREAU; level <= LEVEL_DEPARTMENT; level++) {
        assert_true(results_has_verdict(trial.results, level));
        for (size_t unit = 0; unit < dataset_level_size(trial.dataset, level); unit++) {
            const Band *band = results_band(trial.results, level, unit);
            buffer_addf(&found, "%.*s:%.*s ", STR_FMT(dataset_level_name(trial.dataset, level, unit)),
                        STR_FMT(band ? band->key : STR("-")));
        }
    }
    expect_text("levels", &found, "b:b c:b e:b f:- d1:high d2:high d:high d:low g:high d:- ");
    trial_end(&trial);
    trial = trial_good("department = { rate = mean }", STR(HEADER "\nb,d,p,i,u,1,1\n"), NULL);
    assert_false(results_has_verdict(trial.results, LEVEL_DEPARTMENT));
    assert_null(results_band(trial.results, LEVEL_DEPARTMENT, 0));
    trial_end(&trial);
}

/* What the rows say of their case; shortfalls and percentages. 2/3 of 80 %: 80 - 66 2/3 = 13.33…, 1 of 3
 * = 33.3… %. */
static void test_reading(void **state) {
    (void)state;
    Trial trial =
        trial_good("special = { { when = { indicator = 'x' }, because = 'r', rate = 50 } }",
                   STR(HEADER "\nb,d,p,i,u,3,2\nb,d,q,x,u,3,3\nb,d,r,i,u,3,3\nb,d,s,i,u,,3\n"), NULL);
    const Results *results = trial.results;
    Buffer found = {0};
    for (size_t row = 0; row < 4; row++) {
        const Case *decided = results_row_case(results, row);
        buffer_addf(&found, "%.*s%s ", STR_FMT(decided->path), results_row_special(results, row) ? "!" : "");
        results_print_shortfall(results, row, &found);
        buffer_add_char(&found, ' ');
        results_write_row(results, row, &found);
        buffer_add_char(&found, ' ');
        results_write_unit(results, LEVEL_PROJECT, row, &found);
        buffer_add_char(&found, '\n');
    }
    results_print_percent(results, 1, 3, &found);
    results_print_percent(results, 1, 0, &found);
    buffer_add_char(&found, ' ');
    results_print_percent(results, 151, 154, &found);
    expect_text(
        "reading", &found,
        "rate[2] 13.3 66.666667 66.666667\nspecial[1]! 30.0 50 50\nrate[2]  100 100\nrate[2]   \n33 98");
    assert_int_equal(results_special_rows(results, 0), 1);
    assert_int_equal(results_missing_rows(results, MISSING_BLANK), 1);
    assert_true(results_row_rate(results, 3) == 0 && results_unit_rate(results, LEVEL_PROJECT, 3) == 0);
    trial_end(&trial);
}

static const struct {
    const char *changes, *faults;
    ExitCode exit_code;
    bool results;
} findings[] = {
    {"special = { { when = { indicator = 'i' }, because = 'r', rate = 1 } }", "", EXIT_DONE, true},
    {"special = { { when = { indicator = 'i' }, because = 'r', rate = 1 },\n"
     "{ when = { project = 'p' }, because = 'too late', rate = 2 },\n{ when = { bureau = 'x' }, because = '왜', exclude = true } }",
     "2 special-unused: special[2] | too late\n3 special-unused: special[3] | 왜\n", EXIT_FINDINGS, true},
    {"special = { { when = { project = 'p' }, because = 'r', verdict = 'normal' },\n"
     "{ when = { project = 'p' }, because = 'too late', verdict = 'normal' },\n"
     "{ when = { project = 'q' }, because = 'none', points = 1 },\n"
     "{ when = { project = 'p' }, because = 'none', points = 1 } }",
     "2 special-idle: special[2] | too late\n3 special-unused: special[3] | none\n", EXIT_FINDINGS, true},
    {"indicator = { verdict = { { 'M', key = 'met', at_least = 80 }, { 'U', key = 'unmet' } } },"
     "special = { { when = { project = 'p' }, because = 'r', indicator_verdict = 'met' },\n"
     "{ when = { unit = 'u' }, because = 'too late', indicator_verdict = 'unmet' } }",
     "2 special-idle: special[2] | too late\n", EXIT_FINDINGS, true},
    {"rate = field.weight, special = { { when = {}, because = 'no rate', points = 1 } }",
     "1 special-idle: special[1] | no rate\n", EXIT_FINDINGS, true},
    {"special = { { when = { weight = 1 }, because = 'r', rate = 1 } }", "1 special-unused: special[1] | r\n",
     EXIT_FINDINGS, true},
    {"special = { { when = { wieght = 1 }, because = 'r', rate = 1 } }",
     "1 special-unused: special[1] | r <did you mean weight?>\n", EXIT_FINDINGS, true},
    {"rate = { { when = { wieght = 1 }, 1 }, { when = { wieght = '' }, 2 } }", "", EXIT_DONE, true},
    {"rate = field.actaul / field.tagret",
     "1 unknown-field: actaul <did you mean actual?>\n"
     "1 unknown-field: tagret <did you mean target?>\n",
     EXIT_RULES, false},
    {"rate = field.weight +\nfield.zzz,\nspecial = { { when = { zzz = 1 }, because = 'r', rate = 1 } }",
     "2 unknown-field: zzz\n", EXIT_RULES, false},
};

static void test_findings(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(findings); i++) {
        Trial trial = trial_of(findings[i].changes, STR(HEADER "\nb,d,p,i,u,1,1\n"), NULL);
        if (!trial.results == findings[i].results) fail_msg("<%s> results", findings[i].changes);
        if (diag_exit_code(trial.diag) != findings[i].exit_code)
            fail_msg("<%s> exit code", findings[i].changes);
        Buffer faults = {0};
        faults_brief(&faults, trial.diag);
        expect_text(findings[i].changes, &faults, findings[i].faults);
        diag_clear(trial.diag);
        if (trial.dataset && evaluate_check(trial.plan, trial.dataset, trial.diag) != findings[i].results)
            fail_msg("<%s> check", findings[i].changes);
        trial_end(&trial);
    }
}

/* Warnings of a column are counted behind the third; errors of data keep their places behind them. */
static void test_warnings(void **state) {
    (void)state;
    Buffer csv = {0}, found = {0};
    buffer_add(&csv, STR("id," HEADER "\n0,b,d,p,i,u,1,1\n"));
    for (int i = 1; i < 150; i++) buffer_addf(&csv, "%d,b,d,p,i,u,+1,1\n", i);
    buffer_add(&csv, STR("7,b,d,p,i,u,1,x\n"));
    Trial trial = trial_of("", buffer_view(&csv), NULL);
    assert_null(trial.dataset);
    assert_int_equal(diag_total(trial.diag, SEVERITY_WARNING), 4);
    for (size_t i = 3; i < diag_count(trial.diag); i++)
        diag_render(&found, diag_item(trial.diag, i), LANGUAGE_EN);
    expect_text(
        "warnings", &found,
        "x.csv:152:1: error[duplicate-id]: the id 7 stands on line 9 already\n"
        "  152 | 7,b,d,p,i,u,1,x\n"
        "      | ^\n"
        "x.csv:152:15: error[not-a-number]: actual \"x\" is not a number\n"
        "  152 | 7,b,d,p,i,u,1,x\n"
        "      |               ^ expected a number such as 1234.5\n"
        "x.csv: warning[unusual-numbers]: 146 more unusual numbers in target were read in the same way\n");
    buffer_release(&csv);
    trial_end(&trial);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),    cmocka_unit_test(test_levels),   cmocka_unit_test(test_reading),
        cmocka_unit_test(test_findings), cmocka_unit_test(test_warnings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
