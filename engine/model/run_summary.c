#include "model/run_summary.h"

#include "model/run_verdict.h"

/* As model/results prints the rate of a unit: doubles where they are sure of every digit. */
static bool round_rate(const Pass *pass, const Run *run, const Guess *rate, int64_t *whole,
                       int64_t *printed) {
    const Plan *plan = pass->bound->plan;
    bool sure = decimal_round_millionths(rate->value, rate->error, whole) &&
                decimal_round_near(rate->value, rate->error, plan->places, plan->rounding, printed);
    if (sure) return true;
    mpq_t exact;
    mpq_init(exact);
    bool good = run_exact(pass, run, exact) == MISSING_NONE &&
                decimal_round_whole(exact, SUMMARY_PLACES, ROUNDING_HALF_UP, whole) &&
                decimal_round_whole(exact, plan->places, plan->rounding, printed);
    mpq_clear(exact);
    return good;
}

bool run_summary(Pass *pass, const Run *run, unsigned verdict, Summary *out) {
    Str name = stretch_cell(&pass->stretch, run->first, pass->stretch.form->names[LEVEL_PROJECT]);
    Guess rate = run_rate(pass, run);
    int64_t whole = 0, printed = 0;
    Missing missing = rate.missing != MISSING_NONE ? run_missing(pass, run) : MISSING_NONE;
    bool good = name.size <= SUMMARY_NAME &&
                (missing != MISSING_NONE || round_rate(pass, run, &rate, &whole, &printed));
    if (!good) return false;
    *out = (Summary){
        name.data,        whole,           printed, run[1].first - run[0].first, (uint16_t)name.size,
        (uint8_t)verdict, (uint8_t)missing};
    return true;
}
