/* Numbers: cells and literals against a recogniser of their own and GMP's rationals; rounding against whole
 * number division. */
#include "base/memory.h"
#include "fuzz.h"

#include "base/decimal.h"
#include "base/digits.h"

#include <math.h>

#define LONGEST 4096 /* bytes of an input */

/* ---- what a text says, read another way */

typedef struct Reading {
    char digits[LONGEST + 1]; /* without a point */
    size_t count, places;
    bool negative, odd; /* odd: not as plain text */
    long exponent;
} Reading;

static const char *const blanks[] = {" ", "\t", "\xc2\xa0", "\xe3\x80\x80"};

static Str strip(Str text, bool *odd) {
    for (size_t i = 0; i < 4; i++) {
        Str blank = str_of(blanks[i]);
        bool front = str_starts(text, blank), back = !front && str_ends(text, blank);
        if (!front && !back) continue;
        *odd = true;
        text = front ? str_slice(text, blank.size, text.size) : str_slice(text, 0, text.size - blank.size);
        i = SIZE_MAX; /* from the first blank again */
    }
    return text;
}

/* Takes `word` off the front. */
static bool off(Str *text, const char *word) {
    if (!str_starts(*text, str_of(word))) return false;
    *text = str_slice(*text, strlen(word), text->size);
    return true;
}

static bool take_digit(Str *text, Reading *reading, bool wide) {
    for (int digit = 0; digit < 10; digit++) {
        char plain[2] = {(char)('0' + digit), 0};
        char full[4] = {'\xef', '\xbc', (char)(0x90 + digit), 0};
        bool is_wide = wide && off(text, full);
        if (!is_wide && !off(text, plain)) continue;
        reading->odd |= is_wide;
        reading->digits[reading->count++] = plain[0];
        return true;
    }
    return false;
}

static size_t take_digits(Str *text, Reading *reading, bool wide) {
    size_t before = reading->count;
    while (take_digit(text, reading, wide)) continue;
    return reading->count - before;
}

static bool read_cell(Str text, Reading *reading) {
    *reading = (Reading){0};
    text = strip(text, &reading->odd);
    if (off(&text, "-")) {
        reading->negative = true;
    } else if (off(&text, "+")) {
        reading->odd = true;
    } else if (off(&text, "\u25b3") || off(&text, "\u25b2") || off(&text, "\u2212")) {
        reading->odd = reading->negative = true;
    }
    size_t group = take_digits(&text, reading, true);
    if (group == 0) return false;
    if (group > 1 && reading->digits[0] == '0') reading->odd = true;
    bool grouped = str_starts(text, STR(","));
    if (grouped && (group > 3 || reading->digits[0] == '0')) return false;
    while (off(&text, ",")) {
        reading->odd = true;
        for (int i = 0; i < 3; i++)
            if (!take_digit(&text, reading, true)) return false;
        if (text.size && !str_starts(text, STR(",")) && !str_starts(text, STR("."))) return false;
    }
    if (off(&text, ".") && (reading->places = take_digits(&text, reading, true)) == 0) return false;
    return text.size == 0;
}

static bool read_literal(Str text, Reading *reading) {
    *reading = (Reading){0};
    reading->negative = off(&text, "-");
    size_t whole = take_digits(&text, reading, false);
    if (whole == 0 || (whole > 1 && reading->digits[0] == '0')) return false;
    if (off(&text, ".") && (reading->places = take_digits(&text, reading, false)) == 0) return false;
    if (!off(&text, "e") && !off(&text, "E")) return text.size == 0;
    bool down = off(&text, "-");
    if (!down) off(&text, "+");
    Reading power = {0};
    if (take_digits(&text, &power, false) == 0) return false;
    size_t zeros = 0;
    while (zeros < power.count && power.digits[zeros] == '0') zeros++;
    power.digits[power.count] = 0;
    reading->exponent = power.count - zeros > 9 ? 999999999 : strtol(power.digits, NULL, 10);
    if (down) reading->exponent = -reading->exponent;
    return text.size == 0;
}

static void set_rational(const Reading *reading, mpq_ptr out) {
    Buffer text = {0};
    mpz_t power;
    mpz_init(power);
    buffer_add(&text, (Str){reading->digits, reading->count});
    mpz_set_str(mpq_numref(out), buffer_text(&text), 10);
    long places = (long)reading->places - reading->exponent;
    mpz_ui_pow_ui(power, 10, (unsigned long)labs(places));
    mpz_set_ui(mpq_denref(out), 1);
    if (places >= 0)
        mpz_set(mpq_denref(out), power);
    else
        mpz_mul(mpq_numref(out), mpq_numref(out), power);
    mpq_canonicalize(out);
    if (reading->negative) mpq_neg(out, out);
    mpz_clear(power);
    buffer_release(&text);
}

/* ---- rounding */

/* value * 10^places as a whole number, by division with rest. */
static void round_slowly(mpz_ptr out, mpq_srcptr value, unsigned places, Rounding mode) {
    mpz_t top, rest;
    mpz_inits(top, rest, NULL);
    mpz_ui_pow_ui(top, 10, places);
    mpz_mul(top, top, mpq_numref(value));
    mpz_fdiv_qr(out, rest, top, mpq_denref(value));
    mpz_mul_2exp(top, rest, 1);
    int half = mpz_cmp(top, mpq_denref(value)); /* the rest against one half */
    bool negative = mpq_sgn(value) < 0, whole = mpz_sgn(rest) == 0, up = false;
    switch (mode) {
    case ROUNDING_HALF_UP:
        up = half > 0 || (half == 0 && !negative);
        break;
    case ROUNDING_HALF_DOWN:
        up = half > 0 || (half == 0 && negative);
        break;
    case ROUNDING_HALF_EVEN:
        up = half > 0 || (half == 0 && mpz_odd_p(out));
        break;
    case ROUNDING_UP:
        up = !negative;
        break;
    case ROUNDING_DOWN:
        up = negative;
        break;
    case ROUNDING_CEILING:
        up = true;
        break;
    default:
        break;
    }
    if (up && !whole) mpz_add_ui(out, out, 1);
    mpz_clears(top, rest, NULL);
}

static void add_scaled(Buffer *out, mpz_srcptr value, unsigned places) {
    mpz_t size;
    mpz_init(size);
    mpz_abs(size, value);
    char *digits = malloc(mpz_sizeinbase(size, 10) + places + 2);
    assert_non_null(digits);
    mpz_get_str(digits, 10, size);
    if (mpz_sgn(value) < 0) buffer_add_char(out, '-');
    size_t count = strlen(digits), from = out->size;
    if (count <= places) buffer_add_repeat(out, '0', places + 1 - count);
    buffer_add(out, (Str){digits, count});
    if (places > 0) {
        buffer_add_char(out, ' ');
        memmove(out->data + out->size - places, out->data + out->size - places - 1, places);
        out->data[out->size - places - 1] = '.';
    }
    require(out->size > from, "nothing written");
    free(digits);
    mpz_clear(size);
}

static void check_rounding(mpq_srcptr value, unsigned places, Rounding mode) {
    Buffer wanted = {0}, found = {0}, guessed = {0};
    mpz_t whole;
    mpq_t rounded, scaled;
    mpz_init(whole);
    mpq_inits(rounded, scaled, NULL);
    round_slowly(whole, value, places, mode);
    add_scaled(&wanted, whole, places);
    decimal_round(&found, value, places, mode);
    require(str_equal(buffer_view(&found), buffer_view(&wanted)), "%s, not %s", buffer_text(&found),
            buffer_text(&wanted));

    mpq_set(rounded, value);
    decimal_round_rational(rounded, places, mode);
    mpz_set(mpq_numref(scaled), whole);
    mpz_ui_pow_ui(mpq_denref(scaled), 10, places);
    mpq_canonicalize(scaled);
    require(mpq_equal(rounded, scaled), "another rational than %s", buffer_text(&wanted));

    double near = mpq_get_d(value); /* cut off: within two units of the last place */
    double error = fabs(near) * 0x1p-51 + 0x1p-1060;
    if (isfinite(near) && decimal_round_double(&guessed, near, error, places, mode))
        require(str_equal(buffer_view(&guessed), buffer_view(&wanted)), "%s, not %s", buffer_text(&guessed),
                buffer_text(&wanted));
    int64_t millionths;
    if (places == 6 && mode == ROUNDING_HALF_UP && isfinite(near) &&
        decimal_round_millionths(near, error, &millionths))
        require(mpz_cmp_si(whole, millionths) == 0, "%lld, not %s", (long long)millionths,
                buffer_text(&wanted));
    mpz_clear(whole);
    mpq_clears(rounded, scaled, NULL);
    buffer_release(&wanted);
    buffer_release(&found);
    buffer_release(&guessed);
}

static void check_roundings(mpq_ptr value, size_t size) {
    static const unsigned places[] = {0, 1, 6, 12, DECIMAL_PLACES};
    static const unsigned divisors[] = {1, 2, 3, 7, 1000};
    mpq_t divisor;
    mpq_init(divisor);
    mpq_set_ui(divisor, divisors[size % 5], 1);
    mpq_div(value, value, divisor);
    for (Rounding mode = 0; mode < ROUNDING_COUNT; mode++)
        for (size_t i = 0; i < 5; i++) check_rounding(value, places[i], mode);
    mpq_clear(divisor);
}

/* ---- what a number keeps */

static void check_double(const Decimal *number, mpq_srcptr exact) {
    double error, value = decimal_to_double(number, &error);
    if (!isfinite(value)) return; /* more digits than a double holds; the bound is of no use then */
    mpq_t distance, bound;
    mpq_inits(distance, bound, NULL);
    mpq_set_d(distance, value);
    mpq_sub(distance, distance, exact);
    mpq_abs(distance, distance);
    mpq_set_d(bound, isfinite(error) ? error : 0x1p1023);
    require(mpq_cmp(distance, bound) <= 0, "%.17g is further than %g", value, error);
    mpq_clears(distance, bound, NULL);
}

static void check_text(const Decimal *number, mpq_srcptr exact, Arena *arena) {
    Buffer text = {0}, short_text = {0};
    Decimal again;
    mpq_t value;
    mpq_init(value);
    decimal_write(&text, number);
    require(decimal_parse(buffer_view(&text), &again, arena, NULL) == DECIMAL_PLAIN, "%s",
            buffer_text(&text));
    require(decimal_compare(number, &again) == 0 && again.scale == number->scale, "%s", buffer_text(&text));
    decimal_write_canonical(&short_text, number);
    require(decimal_parse(buffer_view(&short_text), &again, arena, NULL) == DECIMAL_PLAIN, "%s",
            buffer_text(&short_text));
    decimal_to_rational(&again, value);
    require(mpq_equal(value, exact), "%s", buffer_text(&short_text));
    require(!str_is(buffer_view(&short_text), "-0"), "-0");
    bool point = str_find(buffer_view(&short_text), '.', 0) < short_text.size;
    require(!point || !str_ends(buffer_view(&short_text), STR("0")), "%s", buffer_text(&short_text));
    require(decimal_is_zero(number) == (mpq_sgn(exact) == 0), "%s", buffer_text(&short_text));
    mpq_clear(value);
    buffer_release(&text);
    buffer_release(&short_text);
}

static void check_number(const Decimal *number, const Reading *reading, Arena *arena) {
    mpq_t exact, value;
    mpq_inits(exact, value, NULL);
    set_rational(reading, exact);
    decimal_to_rational(number, value);
    require(mpq_equal(exact, value), "another value");
    check_double(number, exact);
    check_text(number, exact, arena);
    check_roundings(exact, reading->count);
    mpq_clears(exact, value, NULL);
}

static void check_from_double(Str text, Arena *arena) {
    double value;
    Decimal number;
    if (text.size < sizeof value) return;
    memcpy(&value, text.data, sizeof value);
    bool had = decimal_from_double(value, &number, arena);
    if (!had) {
        require(!isfinite(value) || fabs(value) < 1e-300, "%g is refused", value);
        return;
    }
    Buffer plain = {0};
    decimal_write(&plain, &number);
    require(strtod(buffer_text(&plain), NULL) == value, "%.17g became %s", value, buffer_text(&plain));
    buffer_release(&plain);
}

static void check_cell(Str text, Arena *arena) {
    static Reading reading;
    Decimal number;
    size_t fault = 0;
    DecimalParse parsed = decimal_parse(text, &number, arena, &fault);
    bool good = read_cell(text, &reading);
    if (!good) {
        require(parsed == DECIMAL_BAD, "<%.*s> is no number", STR_FMT(text));
        require(fault <= text.size, "fault at %zu", fault);
        return;
    }
    DecimalParse wanted = reading.count > DECIMAL_DIGITS ? DECIMAL_TOO_LONG
                          : reading.odd                  ? DECIMAL_LENIENT
                                                         : DECIMAL_PLAIN;
    require(parsed == wanted, "<%.*s> is read as %d, not %d", STR_FMT(text), (int)parsed, (int)wanted);
    if (parsed != DECIMAL_TOO_LONG) check_number(&number, &reading, arena);
}

static void check_literal(Str text, Arena *arena) {
    static Reading reading;
    Decimal number;
    bool parsed = decimal_parse_literal(text, &number, arena), good = read_literal(text, &reading);
    if (!good) {
        require(!parsed, "<%.*s> is no number", STR_FMT(text));
        return;
    }
    if (!parsed) {
        long places = (long)reading.places - reading.exponent;
        bool large = places >= DECIMAL_DIGITS || reading.count > DECIMAL_DIGITS ||
                     (places < 0 && (long)reading.count - places > DECIMAL_DIGITS);
        require(large, "<%.*s> is refused", STR_FMT(text));
        return;
    }
    if (labs(reading.exponent) <= 10L * DECIMAL_DIGITS) check_number(&number, &reading, arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Str text = {(const char *)data, size};
    if (size > LONGEST) return 0;
    memory_serve_gmp();
    Arena arena = {0};
    check_cell(text, &arena);
    check_literal(text, &arena);
    check_from_double(text, &arena);
    arena_release(&arena);
    return 0;
}
