#include "model/number.h"

#define SHOWN_PLACES 6

static Str rounded(Arena *arena, mpq_srcptr value, unsigned places) {
    Buffer text = {0};
    decimal_round(&text, value, places, ROUNDING_HALF_UP);
    decimal_trim(&text, 0);
    Str kept = arena_copy(arena, buffer_view(&text));
    buffer_release(&text);
    return kept;
}

Str number_text(Arena *arena, mpq_srcptr value) {
    mpq_t again;
    mpq_init(again);
    mpq_set(again, value);
    decimal_round_rational(again, DECIMAL_PLACES, ROUNDING_HALF_UP);
    bool ends = mpq_equal(again, value);
    mpq_clear(again);
    return ends ? rounded(arena, value, DECIMAL_PLACES) : (Str){"", 0};
}

Str number_rounded(Arena *arena, mpq_srcptr value) { return rounded(arena, value, SHOWN_PLACES); }

static void add_integer(Buffer *out, mpz_srcptr number) {
    char *start = buffer_reserve(out, mpz_sizeinbase(number, 10) + 2);
    mpz_get_str(start, 10, number);
    out->size += str_of(start).size;
}

Str number_fraction(Arena *arena, mpq_srcptr value) {
    Buffer text = {0};
    add_integer(&text, mpq_numref(value));
    buffer_add_char(&text, '/');
    add_integer(&text, mpq_denref(value));
    Str kept = arena_copy(arena, buffer_view(&text));
    buffer_release(&text);
    return kept;
}

Str number_shown(Arena *arena, mpq_srcptr value) {
    Str text = number_text(arena, value);
    return text.size ? text : number_rounded(arena, value);
}

void number_read(Str text, mpq_ptr out) {
    Arena arena = {0};
    Decimal number = decimal_of(0);
    decimal_parse(text, &number, &arena, NULL);
    decimal_to_rational(&number, out);
    arena_release(&arena);
}

bool number_between(mpq_srcptr low, mpq_srcptr high, mpq_ptr out) {
    mpq_t middle;
    mpq_init(middle);
    mpq_add(middle, low, high);
    mpq_div_2exp(middle, middle, 1);
    bool found = false;
    for (unsigned places = 0; places <= DECIMAL_PLACES && !found; places++) {
        mpq_set(out, middle);
        decimal_round_rational(out, places, ROUNDING_HALF_UP);
        found = mpq_cmp(low, out) < 0 && mpq_cmp(out, high) < 0;
    }
    mpq_clear(middle);
    return found;
}
