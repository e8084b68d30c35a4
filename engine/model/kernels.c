#include "model/kernels.h"

#include "base/cpu.h"

#include <float.h>
#include <math.h>
#include <string.h>

#if defined __x86_64__ && defined __GNUC__
#include <immintrin.h>
#endif

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

/* Operands off by half a last place each, and the quotient by another: 3 u, with a margin. */
#define RATIO_ERROR (3 * 0x1p-53 * (1 + 0x1p-40))

BODY bool ratios_body(KernelLane a, KernelLane b, const KernelRatio *form, size_t count,
                      double *restrict value, double *restrict error) {
    const double *restrict a_value = a.value, *restrict b_value = b.value;
    const double *restrict a_error = a.error, *restrict b_error = b.error;
    const double base = form->base, sign = form->sign, factor = form->factor, size = fabs(form->factor);
    const double added = base == 0 ? 0 : KERNEL_ROUNDOFF;
    int64_t odd = 0;
    for (size_t k = 0; k < count; k++) {
        double q = a_value[k] / b_value[k];
        double m = base + sign * q, v = m * factor;
        double e = (fabs(q) * RATIO_ERROR + added * fabs(m)) * KERNEL_MARGIN;
        e = (size * e + KERNEL_ROUNDOFF * fabs(v)) * KERNEL_MARGIN + KERNEL_LOST;
        bool sure = (a_error[k] <= DBL_MAX) & (b_error[k] <= DBL_MAX) & (fabs(q) >= KERNEL_SMALL) &
                    (fabs(q) <= DBL_MAX) & (fabs(v) >= KERNEL_SMALL) & (fabs(v) <= DBL_MAX) & (e <= DBL_MAX);
        value[k] = v;
        error[k] = keep(sure, e, &odd);
    }
    return !odd;
}

/* A weight is 1 or 0. An infinite error beside it makes the bound NaN, which no band is sure of either. */
BODY void means_body(KernelRuns runs, KernelShare share, size_t count, double *restrict mean,
                     double *restrict bound, double *restrict divisor) {
    const double *restrict rate = runs.rate, *restrict error = runs.error;
    const double *restrict present = runs.present, *restrict link = runs.link;
    const double all = share.all, spreads = share.spreads ? 2 * KERNEL_RUN : 0;
    for (size_t k = 0; k < count; k++) {
        double second = link[k + 1], third = second * link[k + 2], fourth = third * link[k + 3];
        double longer = fourth * link[k + 4], sum = rate[k], e = error[k];
        sum += second * rate[k + 1];
        e += second * error[k + 1] + KERNEL_ROUNDOFF * fabs(sum);
        sum += third * rate[k + 2];
        e += third * error[k + 2] + KERNEL_ROUNDOFF * fabs(sum);
        sum += fourth * rate[k + 3];
        e += fourth * error[k + 3] + KERNEL_ROUNDOFF * fabs(sum);
        double there =
            present[k] + second * present[k + 1] + third * present[k + 2] + fourth * present[k + 3];
        double lacking = 1 + second + third + fourth - there;
        double by = there + all * lacking - spreads * lacking; /* below 0 where one that lacks spreads */
        double m = sum / by;
        mean[k] = m;
        bound[k] = (e / fabs(by) + KERNEL_ROUNDOFF * fabs(m)) * (1 + 0x1p-30) + DBL_MIN + longer * DBL_MAX;
        divisor[k] = by + longer * (4 * KERNEL_RUN * KERNEL_RUN);
    }
}

/* As range_near (model/bands). */
BODY void near_body(const double *restrict mean, const double *restrict bound, const KernelBand *band,
                    size_t count, double *restrict verdict) {
    const double low = band->low, low_error = band->low_error, number = band->number;
    const double high = band->high, high_error = band->high_error;
    for (size_t k = 0; k < count; k++) {
        double low_room = (bound[k] + low_error) * (1 + 0x1p-30);
        double high_room = (bound[k] + high_error) * (1 + 0x1p-30);
        bool no = (low - mean[k] > low_room) | (mean[k] - high > high_room);
        bool yes = (mean[k] - low > low_room) & (high - mean[k] > high_room);
        double other = no ? verdict[k] : KERNEL_UNSURE;
        verdict[k] = yes ? number : other;
    }
}

/* Most digits and places that are loaded here: powers of ten up to 10^15 are doubles, and so are numbers
 * below 2^51, which need no more than an addition to become one. */
#define LOAD_DIGITS ((int64_t)1 << 51)
#define LOAD_PLACES 15

static const double powers[LOAD_PLACES + 1] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                               1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

static bool load_plain(const int64_t *digits, const uint8_t *scale, size_t count, double *value,
                       double *error) {
    int64_t odd = 0;
    for (size_t k = 0; k < count; k++) {
        bool sure = (scale[k] <= LOAD_PLACES) & (digits[k] >= -LOAD_DIGITS) & (digits[k] < LOAD_DIGITS);
        double v = sure ? (double)digits[k] / powers[scale[k]] : 0;
        value[k] = v;
        error[k] = keep(sure, scale[k] ? fabs(v) * 0x1p-53 : 0, &odd);
    }
    return !odd;
}

static bool load_short_plain(const int32_t *digits, const uint8_t *scale, size_t count, double *value,
                             double *error) {
    int64_t odd = 0;
    for (size_t k = 0; k < count; k++) {
        bool sure = scale[k] <= LOAD_PLACES;
        double v = sure ? (double)digits[k] / powers[scale[k]] : 0;
        value[k] = v;
        error[k] = keep(sure, scale[k] ? fabs(v) * 0x1p-53 : 0, &odd);
    }
    return !odd;
}

/* Rows from `first` on. */
BODY size_t odd_body(const double *error, size_t first, size_t count, uint32_t *odd) {
    size_t found = 0;
    for (size_t k = first; k < count; k++) {
        odd[found] = (uint32_t)k;
        found += !(error[k] <= DBL_MAX);
    }
    return found;
}

static size_t odd_plain(const double *error, size_t count, uint32_t *odd) {
    return odd_body(error, 0, count, odd);
}

/* The bodies for one kind of machine: TARGET is an attribute or nothing. */
#define OPERATION(name, variant, TARGET, call)                                                               \
    TARGET static bool name##_##variant(KernelLane a, KernelLane b, size_t count, double *value,             \
                                        double *error) {                                                     \
        return call;                                                                                         \
    }
#define RATIOS(variant, TARGET)                                                                              \
    TARGET static bool ratios_##variant(KernelLane a, KernelLane b, const KernelRatio *form, size_t count,   \
                                        double *value, double *error) {                                      \
        return ratios_body(a, b, form, count, value, error);                                                 \
    }
#define MEANS(variant, TARGET)                                                                               \
    TARGET static void means_##variant(KernelRuns runs, KernelShare share, size_t count, double *mean,       \
                                       double *bound, double *divisor) {                                     \
        means_body(runs, share, count, mean, bound, divisor);                                                \
    }
#define NEAR(variant, TARGET)                                                                                \
    TARGET static void near_##variant(const double *mean, const double *bound, const KernelBand *band,       \
                                      size_t count, double *verdict) {                                       \
        near_body(mean, bound, band, count, verdict);                                                        \
    }
#define VARIANT(variant, TARGET)                                                                             \
    OPERATION(add, variant, TARGET, add_body(a, b, count, value, error, 1))                                  \
    OPERATION(subtract, variant, TARGET, add_body(a, b, count, value, error, -1))                            \
    OPERATION(multiply, variant, TARGET, multiply_body(a, b, count, value, error))                           \
    OPERATION(divide, variant, TARGET, divide_body(a, b, count, value, error))                               \
    RATIOS(variant, TARGET)                                                                                  \
    MEANS(variant, TARGET)                                                                                   \
    NEAR(variant, TARGET)                                                                                    \
    static const Kernels variant##_kernels = {                                                               \
        add_##variant,        subtract_##variant, multiply_##variant, divide_##variant, load_##variant,      \
        load_short_##variant, ratios_##variant,   odd_##variant,      means_##variant,  near_##variant};

VARIANT(plain, )

#if defined __x86_64__ && defined __GNUC__

/* The compiler finds no vector code for a table at places that are bytes. */
__attribute__((target("avx2"))) static bool load_avx2(const int64_t *digits, const uint8_t *scale,
                                                      size_t count, double *value, double *error) {
    const __m256i most = _mm256_set1_epi64x(LOAD_PLACES), low = _mm256_set1_epi64x(-LOAD_DIGITS - 1);
    const __m256i high = _mm256_set1_epi64x(LOAD_DIGITS);
    const __m256d shift = _mm256_set1_pd(0x1.8p52); /* its last place is one */
    const __m256d sign = _mm256_set1_pd(-0.0), unit = _mm256_set1_pd(0x1p-53);
    __m256i all = _mm256_set1_epi64x(-1);
    size_t k = 0;
    for (; k + 4 <= count; k += 4) {
        int32_t bytes;
        memcpy(&bytes, scale + k, sizeof bytes);
        __m256i places = _mm256_cvtepu8_epi64(_mm_cvtsi32_si128(bytes));
        __m256i number = _mm256_loadu_si256((const __m256i *)(const void *)(digits + k));
        __m256i sure = _mm256_andnot_si256(
            _mm256_cmpgt_epi64(places, most),
            _mm256_and_si256(_mm256_cmpgt_epi64(number, low), _mm256_cmpgt_epi64(high, number)));
        number = _mm256_and_si256(number, sure);
        places = _mm256_and_si256(places, sure);
        __m256i shifted = _mm256_add_epi64(number, _mm256_castpd_si256(shift));
        __m256d v = _mm256_div_pd(_mm256_sub_pd(_mm256_castsi256_pd(shifted), shift),
                                  _mm256_i64gather_pd(powers, places, 8));
        __m256d e = _mm256_mul_pd(_mm256_andnot_pd(sign, v), unit);
        e = _mm256_and_pd(e, _mm256_castsi256_pd(_mm256_cmpgt_epi64(places, _mm256_setzero_si256())));
        e = _mm256_blendv_pd(_mm256_set1_pd((double)INFINITY), e, _mm256_castsi256_pd(sure));
        _mm256_storeu_pd(value + k, v);
        _mm256_storeu_pd(error + k, e);
        all = _mm256_and_si256(all, sure);
    }
    bool rest = load_plain(digits + k, scale + k, count - k, value + k, error + k);
    return rest && _mm256_movemask_epi8(all) == -1;
}

/* Digits of 32 bits are sure to be few enough. */
__attribute__((target("avx2"))) static bool load_short_avx2(const int32_t *digits, const uint8_t *scale,
                                                            size_t count, double *value, double *error) {
    const __m256i most = _mm256_set1_epi64x(LOAD_PLACES);
    const __m256d sign = _mm256_set1_pd(-0.0), unit = _mm256_set1_pd(0x1p-53);
    __m256i any = _mm256_setzero_si256(); /* unsure */
    size_t k = 0;
    for (; k + 4 <= count; k += 4) {
        int32_t bytes;
        memcpy(&bytes, scale + k, sizeof bytes);
        __m256i places = _mm256_cvtepu8_epi64(_mm_cvtsi32_si128(bytes));
        __m256i unsure = _mm256_cmpgt_epi64(places, most);
        places = _mm256_andnot_si256(unsure, places);
        __m256d number = _mm256_cvtepi32_pd(_mm_loadu_si128((const __m128i *)(const void *)(digits + k)));
        number = _mm256_andnot_pd(_mm256_castsi256_pd(unsure), number);
        __m256d v = _mm256_div_pd(number, _mm256_i64gather_pd(powers, places, 8));
        __m256d e = _mm256_mul_pd(_mm256_andnot_pd(sign, v), unit);
        e = _mm256_and_pd(e, _mm256_castsi256_pd(_mm256_cmpgt_epi64(places, _mm256_setzero_si256())));
        e = _mm256_blendv_pd(e, _mm256_set1_pd((double)INFINITY), _mm256_castsi256_pd(unsure));
        _mm256_storeu_pd(value + k, v);
        _mm256_storeu_pd(error + k, e);
        any = _mm256_or_si256(any, unsure);
    }
    bool rest = load_short_plain(digits + k, scale + k, count - k, value + k, error + k);
    return rest && _mm256_movemask_epi8(any) == 0;
}

#define odd_avx2 odd_plain

VARIANT(avx2, __attribute__((target("avx2"))))

/* The same with the powers in two registers, where they need not be gathered. */
__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq"))) static bool
load_avx512(const int64_t *digits, const uint8_t *scale, size_t count, double *value, double *error) {
    const __m512i most = _mm512_set1_epi64(LOAD_PLACES), high = _mm512_set1_epi64(LOAD_DIGITS);
    const __m512i low = _mm512_set1_epi64(-LOAD_DIGITS), zero = _mm512_setzero_si512();
    const __m512d few = _mm512_loadu_pd(powers), many = _mm512_loadu_pd(powers + 8);
    const __m512d unit = _mm512_set1_pd(0x1p-53), unknown = _mm512_set1_pd((double)INFINITY);
    __mmask8 all = 0xff;
    size_t k = 0;
    for (; k + 8 <= count; k += 8) {
        __m512i places = _mm512_cvtepu8_epi64(_mm_loadl_epi64((const __m128i *)(const void *)(scale + k)));
        __m512i number = _mm512_loadu_si512(digits + k);
        __mmask8 sure = _mm512_cmple_epi64_mask(places, most) & _mm512_cmpge_epi64_mask(number, low) &
                        _mm512_cmplt_epi64_mask(number, high);
        number = _mm512_maskz_mov_epi64(sure, number);
        places = _mm512_maskz_mov_epi64(sure, places);
        __m512d power = _mm512_permutex2var_pd(few, places, many);
        __m512d v = _mm512_div_pd(_mm512_cvtepi64_pd(number), power);
        __mmask8 rounded = _mm512_cmpgt_epi64_mask(places, zero);
        __m512d e = _mm512_maskz_mul_pd(rounded, _mm512_abs_pd(v), unit);
        _mm512_storeu_pd(value + k, v);
        _mm512_storeu_pd(error + k, _mm512_mask_mov_pd(unknown, sure, e));
        all &= sure;
    }
    bool rest = load_plain(digits + k, scale + k, count - k, value + k, error + k);
    return rest && all == 0xff;
}

__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq"))) static bool
load_short_avx512(const int32_t *digits, const uint8_t *scale, size_t count, double *value, double *error) {
    const __m512i most = _mm512_set1_epi64(LOAD_PLACES), zero = _mm512_setzero_si512();
    const __m512d few = _mm512_loadu_pd(powers), many = _mm512_loadu_pd(powers + 8);
    const __m512d unit = _mm512_set1_pd(0x1p-53), unknown = _mm512_set1_pd((double)INFINITY);
    __mmask8 all = 0xff;
    size_t k = 0;
    for (; k + 8 <= count; k += 8) {
        __m512i places = _mm512_cvtepu8_epi64(_mm_loadl_epi64((const __m128i *)(const void *)(scale + k)));
        __mmask8 sure = _mm512_cmple_epi64_mask(places, most);
        __m256i cells = _mm256_loadu_si256((const __m256i *)(const void *)(digits + k));
        __m512d number = _mm512_maskz_cvtepi32_pd(sure, cells);
        places = _mm512_maskz_mov_epi64(sure, places);
        __mmask8 rounded = _mm512_cmpgt_epi64_mask(places, zero);
        __m512d v = number, e = _mm512_setzero_pd();
        if (rounded) {
            v = _mm512_div_pd(number, _mm512_permutex2var_pd(few, places, many));
            e = _mm512_maskz_mul_pd(rounded, _mm512_abs_pd(v), unit);
        }
        _mm512_storeu_pd(value + k, v);
        _mm512_storeu_pd(error + k, _mm512_mask_mov_pd(unknown, sure, e));
        all &= sure;
    }
    bool rest = load_short_plain(digits + k, scale + k, count - k, value + k, error + k);
    return rest && all == 0xff;
}

/* Many rows are odd, and nobody can foresee which. */
__attribute__((target("avx512f,avx512bw,avx512vl,avx512dq,popcnt"))) static size_t
odd_avx512(const double *error, size_t count, uint32_t *odd) {
    const __m512d most = _mm512_set1_pd(DBL_MAX);
    __m256i numbers = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    size_t found = 0, k = 0;
    for (; k + 8 <= count; k += 8) {
        __mmask8 rows = _mm512_cmp_pd_mask(_mm512_loadu_pd(error + k), most, _CMP_NLE_UQ);
        _mm256_storeu_si256((__m256i *)(void *)(odd + found), _mm256_maskz_compress_epi32(rows, numbers));
        found += (size_t)__builtin_popcount(rows);
        numbers = _mm256_add_epi32(numbers, _mm256_set1_epi32(8));
    }
    return found + odd_body(error, k, count, odd + found);
}

static const Kernels avx512_kernels = {add_avx2,    subtract_avx2,     multiply_avx2, divide_avx2,
                                       load_avx512, load_short_avx512, ratios_avx2,   odd_avx512,
                                       means_avx2,  near_avx2};

#define fast_kernels   avx2_kernels
#define widest_kernels avx512_kernels

#else

#define fast_kernels   plain_kernels
#define widest_kernels plain_kernels

#endif

const Kernels *kernels_here(void) {
    CpuLevel level = cpu_level();
    if (level >= CPU_AVX512) return &widest_kernels;
    return level >= CPU_AVX2 ? &fast_kernels : &plain_kernels;
}
