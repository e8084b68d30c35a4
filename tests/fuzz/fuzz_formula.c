/* Formulas: the bytes say a formula and rows of numbers. Its block way and its exact way against a slow
 * evaluator of the tree itself, in rationals, that shares nothing with either. */
#include "base/memory.h"
#include "fuzz.h"

#include "formulas.h"

#define CELLS 4 /* rows of a data set here */
/* Bits of an exact value: above, nothing is compared. */
#define BITS 20000

/* ---- a formula from bytes */

typedef struct Maker {
    Bytes *bytes;
    Arena *arena;
    size_t left; /* nodes that may still be made */
} Maker;

static Tree *make_number(const Maker *maker) {
    static const char *const picked[] = {"0",      "1",    "2",    "3",    "0.1",    "0.3",
                                         "0.5",    "80",   "1e-9", "1e15", "1e-300", "99999999999",
                                         "1e-200", "1e20", "7",    "100"};
    Decimal number;
    unsigned byte = bytes_take(maker->bytes);
    Str text = byte < 128 ? str_of(picked[byte % 16])
                          : arena_format(maker->arena, "%u.%u", byte, bytes_take(maker->bytes));
    if (!decimal_parse_literal(text, &number, maker->arena)) fail_msg("no number: %s", text.data);
    return tree_number(maker->arena, number);
}

static Tree *make_node(const Maker *maker, const char *op) {
    Tree *tree = tree_new(maker->arena, TREE_EXPR);
    tree->text = str_of(op);
    return tree;
}

static void add(const Maker *maker, Tree *tree, Tree *operand) {
    tree_add(maker->arena, tree, (Str){"", 0}, operand);
}

static Tree *make_field(const Maker *maker) {
    static const char *const names[] = {"f0", "f1", "f2", "f3", "target", "nowhere"};
    Tree *tree = make_node(maker, "field");
    add(maker, tree, tree_text(maker->arena, str_of(names[bytes_below(maker->bytes, 6)])));
    return tree;
}

static Tree *make_value(Maker *maker);
static Tree *make_condition(Maker *maker);

static Tree *make_condition(Maker *maker) {
    static const char *const ops[] = {"at_most", "below", "at_least", "above", "equals",
                                      "missing", "all",   "any",      "no"};
    size_t which = maker->left < 4 ? 5 : bytes_below(maker->bytes, 9);
    Tree *tree = make_node(maker, ops[which]);
    if (maker->left > 0) maker->left--;
    size_t count = which < 5 ? 2 : which == 6 || which == 7 ? 1 + bytes_below(maker->bytes, 3) : 1;
    for (size_t i = 0; i < count; i++)
        add(maker, tree, which > 5 ? make_condition(maker) : make_value(maker));
    return tree;
}

static Tree *make_value(Maker *maker) {
    static const char *const ops[] = {"+",     "-",   "*",   "/", "neg",   "abs",   "if_missing",
                                      "clamp", "min", "max", "^", "round", "choose"};
    static const size_t counts[] = {2, 2, 2, 2, 1, 1, 2, 3};
    if (maker->left > 0) maker->left--;
    size_t which = bytes_below(maker->bytes, 20);
    if (maker->left < 4 || which >= 13) return which % 3 ? make_field(maker) : make_number(maker);
    Tree *tree = make_node(maker, ops[which]);
    if (which == 12) add(maker, tree, make_condition(maker));
    size_t count = which < 8     ? counts[which]
                   : which < 10  ? 1 + bytes_below(maker->bytes, 4)
                   : which == 12 ? 2
                                 : 1;
    for (size_t i = 0; i < count; i++) add(maker, tree, make_value(maker));
    if (which == 10)
        add(maker, tree, tree_number(maker->arena, decimal_of((int64_t)bytes_below(maker->bytes, 9))));
    if (which == 11) {
        add(maker, tree, tree_number(maker->arena, decimal_of((int64_t)bytes_below(maker->bytes, 13))));
        Rounding mode = (Rounding)bytes_below(maker->bytes, ROUNDING_COUNT);
        add(maker, tree, tree_text(maker->arena, str_of(rounding_name(mode))));
    }
    return tree;
}

/* ---- rows from bytes */

static void set_cell(Dataset *dataset, size_t column, Bytes *bytes, Arena *arena) {
    static const char *const picked[] = {"0", "0.00", "1", "-1", "100", "80", "3", "0.1"};
    unsigned kind = bytes_take(bytes);
    Str text;
    Decimal number;
    if (kind % 16 == 0) {
        dataset_set_missing(dataset, column, kind & 16 ? MISSING_BLANK : MISSING_WITHHELD);
        return;
    }
    if (kind % 16 < 8)
        text = str_of(picked[kind / 16 % 8]);
    else if (kind % 16 < 14)
        text = arena_format(arena, "%s%u.%0*u", kind & 64 ? "-" : "", bytes_take(bytes), (int)(kind % 4) + 1,
                            bytes_take(bytes));
    else if (kind % 16 == 14)
        text = arena_format(arena, "%u%0*u", 1 + bytes_take(bytes), (int)bytes_take(bytes), 0U);
    else
        text = arena_format(arena, "0.%0*u", 1 + (int)bytes_take(bytes), bytes_take(bytes));
    if (decimal_parse(text, &number, arena, NULL) > DECIMAL_LENIENT) fail_msg("no number: %s", text.data);
    dataset_set_number(dataset, column, number);
}

static Dataset *make_rows(Bytes *bytes, Arena *arena) {
    static const char *const names[] = {"f0", "f1", "f2", "f3", "target"};
    Dataset *dataset = dataset_new(STR("made"));
    for (size_t i = 0; i < COUNT(names); i++)
        dataset_add_column(dataset, str_of(names[i]), i < 4 ? COLUMN_KNOWN : COLUMN_TARGET, true);
    for (uint32_t row = 0; row < CELLS; row++) {
        dataset_add_row(dataset, row + 2);
        for (size_t i = 0; i < COUNT(names); i++) set_cell(dataset, i, bytes, arena);
    }
    return dataset;
}

/* ---- the slow evaluator */

typedef struct Value {
    mpq_t number;
    Missing missing;
    bool huge; /* or of something huge: not compared */
} Value;

typedef struct Slow {
    const Dataset *dataset;
    size_t row;
} Slow;

static void value_begin(Value *value) {
    mpq_init(value->number);
    value->missing = MISSING_NONE;
    value->huge = false;
}

static void slow_value(const Slow *slow, const Tree *tree, Value *out);

static void slow_field(const Slow *slow, Str name, Value *out) {
    size_t column;
    Decimal number;
    out->missing = MISSING_BLANK;
    if (!dataset_find_column(slow->dataset, name, &column)) return;
    out->missing = dataset_number(dataset_numbers(slow->dataset, column), slow->row, &number);
    if (out->missing == MISSING_NONE) decimal_to_rational(&number, out->number);
}

/* By Euclid's own way: a tie is half a unit exactly. */
static void slow_round(mpq_ptr value, long places, Rounding mode) {
    mpq_t scaled, part, half;
    mpz_t whole;
    mpq_inits(scaled, part, half, NULL);
    mpz_init(whole);
    mpz_ui_pow_ui(mpq_numref(scaled), 10, (unsigned long)places);
    mpq_set(part, scaled);
    mpq_mul(scaled, scaled, value);
    bool negative = mpq_sgn(scaled) < 0;
    mpq_abs(scaled, scaled);
    mpz_tdiv_q(whole, mpq_numref(scaled), mpq_denref(scaled));
    mpq_set_z(half, whole);
    mpq_sub(scaled, scaled, half); /* what lies behind the whole */
    bool some = mpq_sgn(scaled) != 0;
    mpq_set_ui(half, 1, 2);
    int tie = mpq_cmp(scaled, half);
    bool away = false;
    if (mode == ROUNDING_HALF_UP) away = tie >= 0;
    if (mode == ROUNDING_HALF_DOWN) away = tie > 0;
    if (mode == ROUNDING_HALF_EVEN) away = tie > 0 || (tie == 0 && mpz_odd_p(whole));
    if (mode == ROUNDING_UP) away = some;
    if (mode == ROUNDING_CEILING) away = some && !negative;
    if (mode == ROUNDING_FLOOR) away = some && negative;
    if (away) mpz_add_ui(whole, whole, 1);
    if (negative) mpz_neg(whole, whole);
    mpq_set_z(value, whole);
    mpq_div(value, value, part);
    mpq_clears(scaled, part, half, NULL);
    mpz_clear(whole);
}

static long whole_of(const Tree *tree, size_t operand) {
    return (long)tree->items[operand].value->number.digits;
}

static bool is_target(const Tree *tree) {
    return tree->kind == TREE_EXPR && str_is(tree->text, "field") &&
           str_is(tree->items[0].value->text, "target");
}

static void slow_divide(const Tree *tree, Value *a, const Value *b) {
    if (mpq_sgn(b->number) == 0)
        a->missing = is_target(tree->items[1].value) ? MISSING_ZERO_TARGET : MISSING_DIVISION;
    else
        mpq_div(a->number, a->number, b->number);
}

/* An operator whose operands are all there; the first takes the result. */
static void slow_known(const Tree *tree, Value *v, size_t count) {
    Str op = tree->text;
    mpq_ptr a = v[0].number;
    mpq_srcptr b = v[1].number;
    int order = count > 1 ? mpq_cmp(a, b) : 0;
    if (str_is(op, "+")) mpq_add(a, a, b);
    if (str_is(op, "-")) mpq_sub(a, a, b);
    if (str_is(op, "*")) mpq_mul(a, a, b);
    if (str_is(op, "/")) slow_divide(tree, &v[0], &v[1]);
    if (str_is(op, "neg")) mpq_neg(a, a);
    if (str_is(op, "abs") && mpq_sgn(a) < 0) mpq_neg(a, a);
    if (str_is(op, "at_most")) mpq_set_ui(a, order <= 0, 1);
    if (str_is(op, "below")) mpq_set_ui(a, order < 0, 1);
    if (str_is(op, "at_least")) mpq_set_ui(a, order >= 0, 1);
    if (str_is(op, "above")) mpq_set_ui(a, order > 0, 1);
    if (str_is(op, "equals")) mpq_set_ui(a, order == 0, 1);
    if (str_is(op, "clamp")) {
        if (order < 0) mpq_set(a, b);
        if (mpq_cmp(a, v[2].number) > 0) mpq_set(a, v[2].number);
    }
    for (size_t i = 1; i < count; i++) {
        if (str_is(op, "min") && mpq_cmp(v[i].number, a) < 0) mpq_set(a, v[i].number);
        if (str_is(op, "max") && mpq_cmp(v[i].number, a) > 0) mpq_set(a, v[i].number);
    }
    if (str_is(op, "^")) {
        mpq_t base;
        mpq_init(base);
        mpq_set(base, a);
        mpq_set_ui(a, 1, 1);
        for (long i = whole_of(tree, 1); i > 0; i--) mpq_mul(a, a, base);
        mpq_clear(base);
    }
    Rounding mode;
    if (str_is(op, "round") && rounding_find(tree->items[2].value->text, &mode))
        slow_round(a, whole_of(tree, 1), mode);
}

static void copy(Value *to, const Value *from) {
    to->missing = from->missing;
    to->huge |= from->huge;
    mpq_set(to->number, from->number);
}

/* all, any: what decides wins over what is missing. */
static void slow_list(Value *v, size_t count, bool any) {
    Missing missing = MISSING_NONE;
    bool decided = false;
    for (size_t i = count; i-- > 0;) {
        if (v[i].missing != MISSING_NONE)
            missing = v[i].missing;
        else if ((mpq_sgn(v[i].number) != 0) == any)
            decided = true;
    }
    v[0].missing = decided ? MISSING_NONE : missing;
    mpq_set_ui(v[0].number, decided == any, 1);
}

/* Operators that ask whether their operands are there; false for any other. */
static bool slow_lenient(Str op, Value *v, size_t count) {
    bool there = v[0].missing == MISSING_NONE;
    if (str_is(op, "if_missing")) {
        if (!there) copy(&v[0], &v[1]);
    } else if (str_is(op, "missing")) {
        v[0].missing = MISSING_NONE;
        mpq_set_ui(v[0].number, !there, 1);
    } else if (str_is(op, "choose")) {
        if (there) copy(&v[0], &v[mpq_sgn(v[0].number) ? 1 : 2]);
    } else if (str_is(op, "no")) {
        mpq_set_ui(v[0].number, mpq_sgn(v[0].number) == 0, 1);
    } else if (str_is(op, "all") || str_is(op, "any")) {
        slow_list(v, count, str_is(op, "any"));
    } else {
        return false;
    }
    return true;
}

static void slow_operator(const Slow *slow, const Tree *tree, Value *out) {
    Value v[8];
    size_t count = tree->count;
    bool huge = false;
    if (str_is(tree->text, "^")) count = 1;
    if (str_is(tree->text, "round")) count = 1;
    for (size_t i = 0; i < COUNT(v); i++) {
        value_begin(&v[i]);
        if (i < count) slow_value(slow, tree->items[i].value, &v[i]);
        huge |= v[i].huge;
    }
    if (!huge && !slow_lenient(tree->text, v, count)) {
        Missing missing = MISSING_NONE;
        for (size_t i = count; i-- > 0;)
            if (v[i].missing != MISSING_NONE) missing = v[i].missing;
        v[0].missing = missing;
        if (missing == MISSING_NONE) slow_known(tree, v, count);
    }
    copy(out, &v[0]);
    out->huge |= huge || !decimal_fits(out->number, BITS / 10);
    for (size_t i = 0; i < COUNT(v); i++) mpq_clear(v[i].number);
}

static void slow_value(const Slow *slow, const Tree *tree, Value *out) {
    if (tree->kind == TREE_NUMBER)
        decimal_to_rational(&tree->number, out->number);
    else if (str_is(tree->text, "field"))
        slow_field(slow, tree->items[0].value->text, out);
    else
        slow_operator(slow, tree, out);
}

/* ---- all three */

static void compare_row(const Bench *bench, const Tree *tree, const Dataset *dataset, uint32_t row,
                        const Guess *guess) {
    const Slow slow = {dataset, row};
    Value wanted;
    mpq_t exact;
    bool sure;
    mpq_init(exact);
    value_begin(&wanted);
    slow_value(&slow, tree, &wanted);
    if (!wanted.huge) {
        Missing missing = formula_exact(bench->formula, &bench->columns, row, exact);
        require(missing == wanted.missing, "row %u: %s, not %s", row, missing_name(missing),
                missing_name(wanted.missing));
        require(missing != MISSING_NONE || mpq_equal(exact, wanted.number), "row %u: another value", row);
        require(agrees(bench, row, guess->value, guess->error, (uint8_t)guess->missing, &sure),
                "row %u: block %.17g, error %g, %s", row, guess->value, guess->error,
                missing_name(guess->missing));
    }
    mpq_clear(wanted.number);
    mpq_clear(exact);
}

static void compare(Bench *bench, const Tree *tree, const Dataset *dataset) {
    const uint32_t rows[CELLS] = {2, 0, 3, 1};
    double value[CELLS], error[CELLS];
    uint8_t missing[CELLS];
    bench->columns.bits = BITS;
    formula_block(bench->formula, &bench->columns, rows, CELLS, value, error, missing);
    for (size_t k = 0; k < CELLS; k++) {
        const Guess guess = {value[k], error[k], (Missing)missing[k]};
        compare_row(bench, tree, dataset, rows[k], &guess);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    memory_serve_gmp();
    Bytes bytes = {data, size};
    Arena arena = {0};
    Maker maker = {&bytes, &arena, 24};
    const Tree *tree = make_value(&maker);
    Dataset *dataset = make_rows(&bytes, &arena);
    Bench bench = bench_of(tree, dataset);
    if (bench.formula) compare(&bench, tree, dataset);
    bench_end(&bench);
    dataset_free(dataset);
    arena_release(&arena);
    return 0;
}
