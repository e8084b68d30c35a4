/* response - how the rate of a row answers to its target and its actual, by the formula that decided it.
 *
 * The formula is the plan's own, asked at other numbers; everything else of the row stays. Numbers that bring
 * a rate somewhere are found exactly where the rate is, on a stretch, a + b x or a + b / x of the number (so
 * are quotients, mirrors, caps and points between bounds), which five exact values of each stretch must
 * confirm.
 */
#ifndef PERFEVAL_MODEL_RESPONSE_H
#define PERFEVAL_MODEL_RESPONSE_H

#include "model/interval.h"
#include "model/results.h"

typedef struct Response Response;

/** The two numbers that a response is asked about. */
typedef enum Asked { ASKED_TARGET, ASKED_ACTUAL } Asked;

/** For a row that a formula gave a rate. NULL when a function did, when it has none, when its target or
 * actual is missing, or when its rate is made of those of several periods. */
Response *response_new(const Results *results, size_t row);
void response_free(Response *response);
/** The row's own number. */
mpq_srcptr response_number(const Response *response, Asked asked);
/** Places that the number is written with. */
unsigned response_places(const Response *response, Asked asked);
/** The exact rate at other numbers; they must be decimals. False when there is none. */
bool response_rate(Response *response, mpq_srcptr target, mpq_srcptr actual, mpq_ptr out);
/** The numbers of `within` that bring the rate into `wanted` while the other number stays: intervals that do
 * not touch, in order, at most `most` of them, in initialised places of `out`. Answers how many. */
size_t response_solve(Response *response, Asked asked, const Interval *within, const Interval *wanted,
                      Interval *out, size_t most);
/** The rates that occur when both numbers are anything in their intervals, for a rate that only rises or only
 * falls with each number but for a turn where they are equal. False when none is known. */
bool response_span(Response *response, const Interval *targets, const Interval *actuals, Interval *out);

#endif
