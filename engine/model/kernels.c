#include "model/kernels.h"

#include "base/cpu.h"

#include <float.h>
#include <math.h>
#include <stdint.h>

/* Each body is compiled into every variant below. */
#define BODY static inline __attribute__((always_inline))

/* Keeps the bound of a row that the kernel vouches for; the others get an infinite one and are counted. */
BODY double keep(bool sure, double error, int64_t *odd) {
    *odd |= !sure;
    return sure ? error : (double)INFINITY;
}

BODY bool add_body(KernelLane a, KernelLane b, size_t count, double *value, double *error, double sign) {
    int64_t odd = 0;
    for (size_t k = 0; k < count; k++) {
        double v = a.value[k] + sign * b.value[k];
        double e = (a.error[k] + b.error[k] + KERNEL_ROUNDOFF * fabs(v)) * KERNEL_MARGIN;
        value[k] = v;
        error[k] = keep((fabs(v) <= DBL_MAX) & (e <= DBL_MAX), e, &odd);
    }
    return !odd;
}

BODY bool multiply_body(KernelLane a, KernelLane b, size_t count, double *value, double *error) {
    int64_t odd = 0;
    for (size_t k = 0; k < count; k++) {
        double v = a.value[k] * b.value[k];
        double e = (fabs(a.value[k]) * b.error[k] + fabs(b.value[k]) * a.error[k] + a.error[k] * b.error[k] +
                    KERNEL_ROUNDOFF * fabs(v)) *
                       KERNEL_MARGIN +
                   KERNEL_LOST;
        value[k] = v;
        error[k] = keep((fabs(v) >= KERNEL_SMALL) & (fabs(v) <= DBL_MAX) & (e <= DBL_MAX), e, &odd);
    }
    return !odd;
}

BODY bool divide_body(KernelLane a, KernelLane b, size_t count, double *value, double *error) {
    int64_t odd = 0;
    for (size_t k = 0; k < count; k++) {
        double divisor = fabs(b.value[k]);
        double v = a.value[k] / b.value[k];
        double spread = fabs(v) * b.error[k]; /* divided by next to nothing, what it lost would count */
        double e =
            ((a.error[k] + spread) / (divisor - b.error[k]) + KERNEL_ROUNDOFF * fabs(v)) * KERNEL_MARGIN +
            KERNEL_LOST;
        bool sure = (divisor > 2 * b.error[k]) & ((b.error[k] == 0) | (spread >= KERNEL_SMALL)) &
                    (fabs(v) >= KERNEL_SMALL) & (fabs(v) <= DBL_MAX) & (e <= DBL_MAX);
        value[k] = v;
        error[k] = keep(sure, e, &odd);
    }
    return !odd;
}

/* The bodies for one kind of machine: TARGET is an attribute or nothing. */
#define OPERATION(name, variant, TARGET, call)                                                               \
    TARGET static bool name##_##variant(KernelLane a, KernelLane b, size_t count, double *value,             \
                                        double *error) {                                                     \
        return call;                                                                                         \
    }
#define VARIANT(variant, TARGET)                                                                             \
    OPERATION(add, variant, TARGET, add_body(a, b, count, value, error, 1))                                  \
    OPERATION(subtract, variant, TARGET, add_body(a, b, count, value, error, -1))                            \
    OPERATION(multiply, variant, TARGET, multiply_body(a, b, count, value, error))                           \
    OPERATION(divide, variant, TARGET, divide_body(a, b, count, value, error))                               \
    static const Kernels variant##_kernels = {add_##variant, subtract_##variant, multiply_##variant,         \
                                              divide_##variant};

VARIANT(plain, )

#if defined __x86_64__ && defined __GNUC__

VARIANT(avx2, __attribute__((target("avx2"))))

#define fast_kernels avx2_kernels

#else

#define fast_kernels plain_kernels

#endif

const Kernels *kernels_here(void) { return cpu_level() >= CPU_AVX2 ? &fast_kernels : &plain_kernels; }
