/* The steps of a slider. */
#include "model/export_whatif.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static Decimal number(const char *text) {
    Decimal value = decimal_of(0);
    Arena arena = {0};
    assert_true(decimal_parse(str_of(text), &value, &arena, NULL) <= DECIMAL_LENIENT);
    arena_release(&arena); /* short numbers have no digits there */
    return value;
}

static Param param_of(const char *value, const char *min, const char *max) {
    Param param = {.name = STR("cut"), .value = number(value)};
    if (min) param.min = (Bound){.set = true, .closed = true, .value = number(min)};
    if (max) param.max = (Bound){.set = true, .closed = true, .value = number(max)};
    return param;
}

/* The values, joined. */
static void expect(const char *value, const char *min, const char *max, size_t most, const char *values) {
    Arena arena = {0};
    Buffer out = {0};
    Param param = param_of(value, min, max);
    SweepAxis axis = whatif_axis(&param, most, &arena);
    for (size_t i = 0; i < axis.count; i++)
        buffer_addf(&out, "%s%.*s", i > 0 ? " " : "", STR_FMT(axis.values[i]));
    assert_string_equal(buffer_text(&out), values);
    buffer_release(&out);
    arena_release(&arena);
}

static void even_steps(void **state) {
    (void)state;
    expect("80", "0", "100", 5, "0 20 40 60 80 100");
    expect("80", "60", "100", 4, "60 70 80 90 100");
    expect("0.5", "0", "1", 10, "0 0.1 0.2 0.3 0.4 0.5 0.6 0.7 0.8 0.9 1");
    expect("80", "0", "200", 3, "0 80 100 200"); /* 200 / 3 is above 50: steps of 100 */
}

/* A value between two steps, and above the last one. */
static void its_own_value(void **state) {
    (void)state;
    expect("77.6", "60", "100", 4, "60 70 77.6 80 90 100");
    expect("95", "0", "95", 5, "0 20 40 60 80 95");
    expect("0", "0", "30", 3, "0 10 20 30");
}

static void without_bounds(void **state) {
    (void)state;
    expect("80", NULL, NULL, 4, "0 50 80 100 150"); /* to 160 */
    expect("0", NULL, NULL, 2, "0 50 100");
    expect("-10", NULL, NULL, 4, "-20 -15 -10 -5 0");
    expect("80", "50", NULL, 3, "50 80 100 150");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(even_steps),
        cmocka_unit_test(its_own_value),
        cmocka_unit_test(without_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
