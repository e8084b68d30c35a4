/* kernels - the arithmetic of formulas over whole blocks, in straight lines that the compiler turns into
 * vector code.
 *
 * A kernel gives value and error bound for every row. Where it cannot vouch for a row (a missing operand, a
 * divisor that may be zero, a result next to zero or beyond all bounds) the bound becomes infinite and the
 * kernel says that there are such rows: the caller goes through them one by one (model/operators). The same
 * bits with AVX2 and without: every operation is an IEEE one, none is fused.
 */
#ifndef PERFEVAL_MODEL_KERNELS_H
#define PERFEVAL_MODEL_KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Unit roundoff of double, with a margin that covers the rounding of the bounds themselves. */
#define KERNEL_ROUNDOFF (0x1p-53 * (1 + 0x1p-40))
#define KERNEL_MARGIN   (1 + 0x1p-50)
/** Results of products and quotients below this may have lost digits. */
#define KERNEL_SMALL 0x1p-1000
/** More than the terms of such a result's bound may have lost. */
#define KERNEL_LOST 0x1p-1070

/** A value that is missing is NaN here. */
typedef struct KernelLane {
    const double *value, *error;
} KernelLane;

/** a op b for `count` rows. True when every row has a finite bound. */
typedef bool (*Kernel)(KernelLane a, KernelLane b, size_t count, double *value, double *error);

/** Cells as doubles: digits / 10^scale. True when every row has a finite bound; those without are missing, or
 * have more digits than a double is sure to hold. */
typedef bool (*KernelLoad)(const int64_t *digits, const uint8_t *scale, size_t count, double *value,
                           double *error);

typedef struct Kernels {
    Kernel add, subtract, multiply, divide;
    KernelLoad load;
} Kernels;

/** The fastest kernels that this machine may use (base/cpu). */
const Kernels *kernels_here(void);

#endif
