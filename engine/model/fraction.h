/* fraction - exact fractions of machine integers: for values of few digits, which most are, a hundredth of
 * the work that GMP has with them. */
#ifndef PERFEVAL_MODEL_FRACTION_H
#define PERFEVAL_MODEL_FRACTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** In lowest terms, `below` above 0. */
typedef struct Fraction {
    int64_t above, below;
} Fraction;

/* All answer false where a part does not fit; then *out means nothing. */

/** `above` / `below`, which is not 0. */
bool fraction_make(int64_t above, int64_t below, Fraction *out);
bool fraction_add(Fraction a, Fraction b, Fraction *out);
/** Divided by a count above 0. */
bool fraction_share(Fraction a, size_t count, Fraction *out);

#endif
