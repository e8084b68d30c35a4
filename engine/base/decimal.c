#include "base/decimal_build.h"

#include "base/digits.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(sizeof(long) == sizeof(int64_t), "mpz_set_si takes an int64_t");

/* Digits that any int64_t holds; the 19th may overflow. */
#define SHORT_DIGITS 18
#define DOUBLE_WHOLE ((int64_t)1 << 53)

void decimal_add_digits(Buffer *out, bool negative, Str digits, size_t places) {
    if (negative) buffer_add_char(out, '-');
    size_t whole = digits.size > places ? digits.size - places : 0;
    if (whole == 0) buffer_add_char(out, '0');
    buffer_add(out, str_slice(digits, 0, whole));
    if (places == 0) return;
    buffer_add_char(out, '.');
    buffer_add_repeat(out, '0', places - (digits.size - whole));
    buffer_add(out, str_slice(digits, whole, digits.size));
}

void decimal_add_int64(Buffer *out, int64_t value, size_t places) {
    char text[DIGITS_ROOM];
    if (places <= DIGITS_PLACES) {
        char *end = digits_put(buffer_reserve(out, DIGITS_ROOM), value, (unsigned)places);
        out->size = (size_t)(end - out->data);
        return;
    }
    char *end = digits_put(text, value, 0);
    decimal_add_digits(out, value < 0, (Str){text + (value < 0), (size_t)(end - text) - (value < 0)}, places);
}

/* The cells of nearly all files: -12.50, at most 18 digits, no needless zero in front. */
static bool parse_short(Str text, Decimal *out) {
    if (text.size == 0 || text.size > SHORT_DIGITS + 2) return false;
    const char *at = text.data, *end = at + text.size, *point = NULL;
    bool negative = *at == '-';
    const char *first = at += negative;
    uint64_t digits = 0;
    for (; at < end; at++) {
        unsigned digit = (unsigned)(unsigned char)*at - '0';
        if (digit <= 9)
            digits = digits * 10 + digit;
        else if (*at == '.' && !point)
            point = at;
        else
            return false;
    }
    size_t count = (size_t)(end - first) - (point ? 1 : 0);
    if (count == 0 || count > SHORT_DIGITS || point == first || point == end - 1) return false;
    if (*first == '0' && count > 1 && point != first + 1) return false;
    *out = (Decimal){.digits = negative ? -(int64_t)digits : (int64_t)digits,
                     .scale = point ? (uint32_t)(end - point - 1) : 0};
    return true;
}

typedef struct Scan {
    Str text; /* without the blanks at its end */
    size_t at;
    bool lenient;
    bool negative;
    size_t count;  /* digits read, of which DECIMAL_DIGITS are kept */
    size_t places; /* those behind the point */
    char digits[DECIMAL_DIGITS];
} Scan;

static void scan_start(Scan *scan, Str text) {
    scan->text = text.size ? text : STR("");
    scan->at = 0;
    scan->lenient = scan->negative = false;
    scan->count = scan->places = 0;
}

static bool scan_at(const Scan *scan, char byte) {
    return scan->at < scan->text.size && scan->text.data[scan->at] == byte;
}

static size_t blank_at_start(Str text) {
    static const char *const blanks[] = {" ", "\t", "\u00a0", "\u3000"};
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
        if (str_starts(text, str_of(blanks[i]))) return strlen(blanks[i]);
    return 0;
}

static size_t blank_at_end(Str text) {
    static const char *const blanks[] = {" ", "\t", "\u00a0", "\u3000"};
    for (size_t i = 0; i < sizeof blanks / sizeof *blanks; i++)
        if (str_ends(text, str_of(blanks[i]))) return strlen(blanks[i]);
    return 0;
}

static void scan_blanks(Scan *scan) {
    size_t whole = scan->text.size, step;
    while ((step = blank_at_end(scan->text)) > 0) scan->text.size -= step;
    while ((step = blank_at_start(str_slice(scan->text, scan->at, scan->text.size))) > 0) scan->at += step;
    if (scan->at > 0 || scan->text.size < whole) scan->lenient = true;
}

static void scan_sign(Scan *scan) {
    static const struct {
        const char *text;
        bool negative, lenient;
    } signs[] = {
        {"-", true, false},     {"+", false, true},
        {"\u25b3", true, true}, /* △ and ▲ mark negative amounts in Korean accounts */
        {"\u25b2", true, true}, {"\u2212", true, true},
    };
    Str rest = str_slice(scan->text, scan->at, scan->text.size);
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (!str_starts(rest, str_of(signs[i].text))) continue;
        scan->at += strlen(signs[i].text);
        scan->negative = signs[i].negative;
        if (signs[i].lenient) scan->lenient = true;
        return;
    }
}

/* The digit at the front, -1 for none; *bytes is what it takes. Full-width digits are U+FF10 to U+FF19. */
static int digit_at(const Scan *scan, size_t *bytes) {
    const unsigned char *at = (const unsigned char *)scan->text.data + scan->at;
    size_t left = scan->text.size - scan->at;
    *bytes = 1;
    if (left >= 1 && at[0] >= '0' && at[0] <= '9') return at[0] - '0';
    *bytes = 3;
    if (left >= 3 && at[0] == 0xef && at[1] == 0xbc && at[2] >= 0x90 && at[2] <= 0x99) return at[2] - 0x90;
    return -1;
}

/* Reads digits, `most` at most; how many there were. */
static size_t scan_digits(Scan *scan, size_t most) {
    size_t read = 0, bytes;
    int digit;
    while (read < most && (digit = digit_at(scan, &bytes)) >= 0) {
        if (scan->count < DECIMAL_DIGITS) scan->digits[scan->count] = (char)('0' + digit);
        scan->count++;
        read++;
        scan->at += bytes;
        if (bytes > 1) scan->lenient = true;
    }
    return read;
}

static bool scan_whole(Scan *scan) {
    size_t first = scan_digits(scan, SIZE_MAX);
    if (first == 0) return false;
    if (scan->digits[0] == '0' && first > 1) scan->lenient = true;
    if (!scan_at(scan, ',')) return true;
    if (first > 3 || scan->digits[0] == '0') return false; /* "0,123" may well be a decimal comma */
    scan->lenient = true;
    while (scan_at(scan, ',')) {
        scan->at++;
        if (scan_digits(scan, 3) != 3) return false;
    }
    return true;
}

static bool scan_fraction(Scan *scan) {
    if (!scan_at(scan, '.')) return true;
    scan->at++;
    scan->places = scan_digits(scan, SIZE_MAX);
    return scan->places > 0;
}

static bool scan_number(Scan *scan) {
    scan_sign(scan);
    return scan_whole(scan) && scan_fraction(scan);
}

/* An exponent behind the number, if any; one that is out of reach anyway is cut short. */
static bool scan_exponent(Scan *scan, long *exponent) {
    *exponent = 0;
    if (!scan_at(scan, 'e') && !scan_at(scan, 'E')) return true;
    scan->at++;
    bool negative = scan_at(scan, '-');
    if (negative || scan_at(scan, '+')) scan->at++;
    size_t from = scan->at, bytes;
    for (int digit; (digit = digit_at(scan, &bytes)) >= 0 && bytes == 1; scan->at++)
        if (*exponent < 100000) *exponent = *exponent * 10 + digit;
    if (negative) *exponent = -*exponent;
    return scan->at > from;
}

static bool fit_int64(Str digits, int64_t *value) {
    *value = 0;
    for (size_t i = 0; i < digits.size; i++) {
        if (__builtin_mul_overflow(*value, 10, value)) return false;
        if (__builtin_add_overflow(*value, digits.data[i] - '0', value)) return false;
    }
    return true;
}

/* The number of digits / 10^places; what does not fit keeps its plain text. */
static Decimal make(bool negative, Str digits, size_t places, Arena *arena) {
    while (digits.size > 0 && digits.data[0] == '0') digits = str_slice(digits, 1, digits.size);
    Decimal made = {.scale = (uint32_t)places};
    if (fit_int64(digits, &made.digits)) {
        if (negative) made.digits = -made.digits;
        return made;
    }
    Buffer text = {0};
    decimal_add_digits(&text, negative, digits, places);
    made = (Decimal){.scale = (uint32_t)places, .text = arena_copy(arena, buffer_view(&text))};
    buffer_release(&text);
    return made;
}

DecimalParse decimal_parse(Str text, Decimal *out, Arena *arena, size_t *fault) {
    if (parse_short(text, out)) return DECIMAL_PLAIN;
    Scan scan;
    scan_start(&scan, text);
    scan_blanks(&scan);
    if (!scan_number(&scan) || scan.at < scan.text.size) {
        if (fault) *fault = scan.at;
        return DECIMAL_BAD;
    }
    if (scan.count > DECIMAL_DIGITS) return DECIMAL_TOO_LONG;
    *out = make(scan.negative, (Str){scan.digits, scan.count}, scan.places, arena);
    return scan.lenient ? DECIMAL_LENIENT : DECIMAL_PLAIN;
}

static bool all_zero(const char *digits, size_t count) {
    while (count > 0 && digits[count - 1] == '0') count--;
    return count == 0;
}

bool decimal_parse_literal(Str text, Decimal *out, Arena *arena) {
    if (parse_short(text, out)) return true;
    Scan scan;
    long exponent;
    scan_start(&scan, text);
    if (!scan_number(&scan) || scan.lenient || !scan_exponent(&scan, &exponent)) return false;
    if (scan.at < text.size || scan.count > DECIMAL_DIGITS) return false;

    long places = (long)scan.places - exponent;
    if (places >= DECIMAL_DIGITS) return false;
    if (places < 0 && !all_zero(scan.digits, scan.count)) {
        if (-places > (long)(DECIMAL_DIGITS - scan.count)) return false;
        memset(scan.digits + scan.count, '0', (size_t)-places);
        scan.count += (size_t)-places;
    }
    *out = make(scan.negative, (Str){scan.digits, scan.count}, places > 0 ? (size_t)places : 0, arena);
    return true;
}

Decimal decimal_of(int64_t value) { return (Decimal){.digits = value}; }

/* The next decimal of as many digits away from zero: 1.29e-03 becomes 1.30e-03. */
static void step_last_digit(char *text) {
    char *at = strchr(text, 'e');
    while (at > text && *--at != '-') {
        if (*at == '.') continue;
        if (*at != '9') {
            ++*at;
            return;
        }
        *at = '0';
    }
}

/* 15 digits are always enough to find a shorter number again, but not below DBL_MIN. At powers of two, where
 * doubles lie closer below than above, the nearest decimal of 16 digits may read back as the double below,
 * and the next one up as the right one. */
static void print_shortest(double value, char *text, size_t size) {
    for (int digits = fabs(value) < DBL_MIN ? 1 : DBL_DIG; digits < DBL_DECIMAL_DIG; digits++) {
        snprintf(text, size, "%.*e", digits - 1, value);
        if (strtod(text, NULL) == value) return;
        step_last_digit(text);
        if (strtod(text, NULL) == value) return;
    }
    snprintf(text, size, "%.*e", DBL_DECIMAL_DIG - 1, value);
}

bool decimal_is_whole(double value) {
    return fabs(value) <= (double)DOUBLE_WHOLE && value == (double)(int64_t)value;
}

bool decimal_from_double(double value, Decimal *out, Arena *arena) {
    if (!isfinite(value)) return false;
    if (decimal_is_whole(value)) {
        *out = decimal_of((int64_t)value);
        return true;
    }
    char text[40];
    print_shortest(value, text, sizeof text);
    if (!decimal_parse_literal(str_of(text), out, arena)) return false;
    while (out->scale > 0 && out->text.size == 0 && out->digits % 10 == 0) {
        out->digits /= 10;
        out->scale--;
    }
    return true;
}

static double read_text(const Decimal *decimal) {
    Buffer text = {0};
    decimal_write(&text, decimal);
    double value = strtod(buffer_text(&text), NULL);
    buffer_release(&text);
    return value;
}

/* Both ways round once, to the nearest: off by at most |result| * 2^-53, or by half the smallest double near
 * zero. */
double decimal_to_double(const Decimal *decimal, double *error) {
    double value, bound;
    bool is_short = decimal->text.size == 0 && decimal->scale <= UINT8_MAX;
    if (!is_short || !decimal_short_to_double(decimal->digits, (uint8_t)decimal->scale, &value, &bound)) {
        value = read_text(decimal);
        bound = decimal_is_zero(decimal) ? 0 : fabs(value) * 0x1p-53 + DBL_TRUE_MIN;
    }
    if (error) *error = bound;
    return value;
}

/* The digits of long text as a whole number: the point left out. */
static void set_long_digits(mpz_ptr out, Str text) {
    Buffer digits = {0};
    size_t point = str_find(text, '.', 0);
    buffer_add(&digits, str_slice(text, 0, point));
    buffer_add(&digits, str_slice(text, point + 1, text.size));
    int status = mpz_set_str(out, buffer_text(&digits), 10);
    assert(status == 0);
    (void)status;
    buffer_release(&digits);
}

void decimal_to_rational(const Decimal *decimal, mpq_ptr out) {
    if (decimal->text.size)
        set_long_digits(mpq_numref(out), decimal->text);
    else
        mpz_set_si(mpq_numref(out), decimal->digits);
    mpz_ui_pow_ui(mpq_denref(out), 10, decimal->scale);
    if (decimal->scale) mpq_canonicalize(out);
}

static int compare_int64(int64_t a, int64_t b) { return (a > b) - (a < b); }

static int compare_rationals(const Decimal *a, const Decimal *b) {
    mpq_t left, right;
    mpq_inits(left, right, NULL);
    decimal_to_rational(a, left);
    decimal_to_rational(b, right);
    int order = mpq_cmp(left, right);
    mpq_clears(left, right, NULL);
    return (order > 0) - (order < 0);
}

/* Brings `from` to more places; false when it no longer fits. */
static bool rescale(const Decimal *from, uint32_t scale, int64_t *digits) {
    *digits = from->digits;
    for (uint32_t at = from->scale; at < scale; at++)
        if (__builtin_mul_overflow(*digits, 10, digits)) return false;
    return true;
}

int decimal_compare(const Decimal *a, const Decimal *b) {
    if (a->text.size || b->text.size) return compare_rationals(a, b);
    uint32_t scale = a->scale > b->scale ? a->scale : b->scale;
    int64_t left, right;
    if (!rescale(a, scale, &left) || !rescale(b, scale, &right)) return compare_rationals(a, b);
    return compare_int64(left, right);
}

bool decimal_fits(mpq_srcptr value, size_t bits) {
    size_t used = mpz_sizeinbase(mpq_numref(value), 2) + mpz_sizeinbase(mpq_denref(value), 2);
    return used <= (bits ? bits : DECIMAL_BITS);
}

bool decimal_is_zero(const Decimal *decimal) { return decimal->text.size == 0 && decimal->digits == 0; }

void decimal_write(Buffer *out, const Decimal *decimal) {
    if (decimal->text.size)
        buffer_add(out, decimal->text);
    else
        decimal_add_int64(out, decimal->digits, decimal->scale);
}

void decimal_write_canonical(Buffer *out, const Decimal *decimal) {
    size_t from = out->size;
    decimal_write(out, decimal);
    decimal_trim(out, from);
}

void decimal_trim(Buffer *out, size_t from) {
    Str number = str_slice(buffer_view(out), from, out->size);
    if (str_find(number, '.', 0) == number.size) return;
    while (out->data[out->size - 1] == '0') out->size--;
    if (out->data[out->size - 1] == '.') out->size--;
}
