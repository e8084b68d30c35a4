/* answers - rates from what functions of the rules said, many at a time. */
#ifndef PERFEVAL_MODEL_ANSWERS_H
#define PERFEVAL_MODEL_ANSWERS_H

#include "model/fraction.h"
#include "model/plan.h"

#include <stdint.h>

/** Where rates go: value, bound of the error, and why there is none (a Missing), one a row of all. `kept`:
 * answers that answers_exact cannot find again in the rate. */
typedef struct AnswerRates {
    double *rate, *error;
    uint8_t *missing;
    Answer *kept;
} AnswerRates;

/** The rates of `count` rows, in order: answers[k] is that of rows[k]. As results_answer says, with a margin
 * on bounds that are not 0. False where an answer is no rate. */
bool answers_rates(const Answer *answers, const uint32_t *rows, size_t count, const AnswerRates *out);
/** The number that was answered, exactly: false where that takes more than machine integers. */
bool answers_fraction(const Answer *answer, Fraction *out);
/** What a row that has a rate was answered. */
Answer answers_exact(const AnswerRates *rates, uint32_t row);

#endif
