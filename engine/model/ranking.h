/* ranking - forced shares: the best 20 % get the first band, the next 30 % the second, …
 *
 * Units are ordered by their exact rates, best first. Of n units, the first bands with shares that add up to
 * p % take n x p / 100 units, rounded half up. Units with equal rates get one band: a tie across a cut goes
 * where the rule says.
 */
#ifndef PERFEVAL_MODEL_RANKING_H
#define PERFEVAL_MODEL_RANKING_H

#include "model/operators.h"

typedef enum Ties {
    TIES_BETTER, /* all units of the tie get the better band */
    TIES_WORSE,
    TIES_COUNT
} Ties;

/** "better", "worse" */
const char *ties_name(Ties ties);
bool ties_find(Str name, Ties *ties);

/** The exact rate of a unit, in an initialised rational. */
typedef void (*ExactUnit)(const void *context, size_t unit, mpq_ptr out);

/** Gives each unit that has a rate the number of its share: band[unit] is below `share_count`; other units
 * are left alone. The shares are percents that add up to 100. */
void ranking_assign(const Guess *rates, size_t count, const Decimal *shares, size_t share_count, Ties ties,
                    ExactUnit exact, const void *context, uint8_t *band);

#endif
