#include "model/fraction.h"

static unsigned trailing_zeros(uint64_t number) { return (unsigned)__builtin_ctzll(number); }

/* The greatest common divisor of numbers above 0. */
static uint64_t common_divisor(uint64_t a, uint64_t b) {
    unsigned twos = trailing_zeros(a | b);
    a >>= trailing_zeros(a);
    while (b) {
        b >>= trailing_zeros(b);
        uint64_t least = a < b ? a : b;
        b = a < b ? b - a : a - b;
        a = least;
    }
    return a << twos;
}

bool fraction_make(int64_t above, int64_t below, Fraction *out) {
    if (above == INT64_MIN || below == INT64_MIN || below == 0) return false;
    if (below < 0) {
        above = -above;
        below = -below;
    }
    *out = (Fraction){above, 1};
    if (above == 0 || below == 1) return true;
    int64_t divisor = (int64_t)common_divisor((uint64_t)(above < 0 ? -above : above), (uint64_t)below);
    *out = (Fraction){above / divisor, below / divisor};
    return true;
}

bool fraction_add(Fraction a, Fraction b, Fraction *out) {
    int64_t left, right, above, below;
    if (a.below == b.below)
        return !__builtin_add_overflow(a.above, b.above, &above) && fraction_make(above, a.below, out);
    if (__builtin_mul_overflow(a.above, b.below, &left) || __builtin_mul_overflow(b.above, a.below, &right) ||
        __builtin_add_overflow(left, right, &above) || __builtin_mul_overflow(a.below, b.below, &below))
        return false;
    return fraction_make(above, below, out);
}

bool fraction_share(Fraction a, size_t count, Fraction *out) {
    int64_t below;
    if (count == 0 || __builtin_mul_overflow(a.below, count, &below)) return false;
    return fraction_make(a.above, below, out);
}
