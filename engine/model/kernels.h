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

/** The same with digits of 32 bits. */
typedef bool (*KernelLoadShort)(const int32_t *digits, const uint8_t *scale, size_t count, double *value,
                                double *error);

/** What nearly all rates are: (base + sign a / b) factor. Its constants are exact. */
typedef struct KernelRatio {
    double base, sign, factor; /* sign: 1 or -1; base 0: nothing is added */
} KernelRatio;

/** Ratios of `count` rows, whose operands come from KernelLoad. True when every row has a finite bound;
 * besides those without, a ratio of zero is none of this kernel's. */
typedef bool (*KernelRatios)(KernelLane a, KernelLane b, const KernelRatio *form, size_t count, double *value,
                             double *error);

/** Finds the rows whose bound is not finite, in order; `odd` has room for `count`. Answers how many there
 * are. */
typedef size_t (*KernelOdd)(const double *error, size_t count, uint32_t *odd);

/** Rows that follow each other in runs, and KERNEL_RUN more behind them: rates with bounds, both 0 where
 * there is no rate; 1 where there is a rate, else 0; 1 where a row goes on with the run of the row before,
 * else 0. */
typedef struct KernelRuns {
    const double *rate, *error, *present, *link;
} KernelRuns;

/** Rows of a run beyond which its mean is not found here. */
#define KERNEL_RUN 4

/** What a run is divided by: rows with a rate, or all; with `spreads` nothing when a rate is missing. */
typedef struct KernelShare {
    bool all, spreads;
} KernelShare;

/** For each of `count` rows the mean of the run that begins there, with its bound, and what it was divided
 * by: 0 or less when there is no mean. KernelNear is unsure of means that are not known. */
typedef void (*KernelMeans)(KernelRuns runs, KernelShare share, size_t count, double *mean, double *bound,
                            double *divisor);

/** A band: its cuts, each within its error. */
typedef struct KernelBand {
    double low, low_error, high, high_error;
    double number;
} KernelBand;

/** What KernelNear answers where doubles cannot tell. */
#define KERNEL_UNSURE 254.0

/** verdict[k] becomes the band's number where the band is sure to hold, KERNEL_UNSURE where that is open, and
 * stays elsewhere: bands are asked from the last to the first. */
typedef void (*KernelNear)(const double *mean, const double *bound, const KernelBand *band, size_t count,
                           double *verdict);

typedef struct Kernels {
    Kernel add, subtract, multiply, divide;
    KernelLoad load;
    KernelLoadShort load_short;
    KernelRatios ratios;
    KernelOdd odd;
    KernelMeans means;
    KernelNear near;
} Kernels;

/** The fastest kernels that this machine may use (base/cpu). */
const Kernels *kernels_here(void);

#endif
