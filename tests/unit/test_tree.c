#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/wire.h"
#include "random.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

static void test_items(void **state) {
    (void)state;
    Arena arena = {0};
    Tree *table = tree_new(&arena, TREE_TABLE);
    for (int i = 0; i < 100; i++) {
        Str name = i < 40 ? (Str){NULL, 0} : arena_format(&arena, "key%d", i);
        tree_add(&arena, table, name, tree_number(&arena, decimal_of(i)))->place.line = (uint32_t)i;
    }
    assert_int_equal(table->count, 100);
    assert_int_equal(table->positional, 40);
    for (size_t i = 0; i < 100; i++) {
        const TreeItem *item = &table->items[i];
        if (item->value->number.digits != (int64_t)i || item->place.line != i) fail_msg("item %zu", i);
        if ((item->name.size == 0) != (i < 40)) fail_msg("name of item %zu", i);
    }
    assert_int_equal(tree_get(table, "key77")->number.digits, 77);
    assert_int_equal(tree_item(table, "key99")->place.line, 99);
    assert_null(tree_get(table, "key10"));
    assert_null(tree_get(table, ""));
    assert_null(tree_get(NULL, "key50"));
    assert_null(tree_get(tree_text(&arena, STR("key50")), "key50"));
    arena_release(&arena);
}

static void test_kind_names(void **state) {
    (void)state;
    Arena arena = {0};
    for (unsigned kind = 0; kind <= TREE_WORD; kind++)
        for (unsigned language = 0; language < LANGUAGE_COUNT; language++) {
            Str name = tree_kind_name(tree_new(&arena, (TreeKind)kind));
            assert_true(message_part(name, (Language)language).size > 0);
        }
    assert_true(str_is(message_part(tree_kind_name(NULL), LANGUAGE_EN), "nothing"));
    arena_release(&arena);
}

static Tree *number(Arena *arena, const char *text) {
    Decimal read;
    assert_true(decimal_parse_literal(str_of(text), &read, arena));
    return tree_number(arena, read);
}

static Tree *expression(Arena *arena, const char *name, Tree *left, Tree *right) {
    Tree *tree = tree_new(arena, TREE_EXPR);
    tree->text = str_of(name);
    if (left) tree_add(arena, tree, STR(""), left);
    if (right) tree_add(arena, tree, STR(""), right);
    return tree;
}

static Tree *flag(Arena *arena, bool value) {
    Tree *tree = tree_new(arena, TREE_BOOL);
    tree->flag = value;
    return tree;
}

/* One of everything. */
static Tree *sample(Arena *arena) {
    Tree *table = tree_new(arena, TREE_TABLE);
    table->place = (Place){
        .file = STR("rules/a.lua"), .line = 3, .column = 7, .span = 5, .source = STR("return rules {")};
    tree_add(arena, table, STR(""), number(arena, "-12.50"));
    tree_add(arena, table, STR(""), number(arena, "-123456789012345678901234567890.5"))->place.line = 4;
    tree_add(arena, table, STR(""), tree_new(arena, TREE_NIL));
    tree_add(arena, table, STR("flag"), flag(arena, true));
    tree_add(arena, table, STR("text"), tree_text(arena, (Str){"가\0b", 5}));
    Tree *function = tree_new(arena, TREE_FUNCTION);
    function->function = 7;
    tree_add(arena, table, STR("function"), function);
    Tree *word = tree_new(arena, TREE_WORD);
    word->text = STR("mean");
    tree_add(arena, table, STR("word"), word);
    Tree *field = expression(arena, "field", tree_text(arena, STR("actual")), NULL);
    Tree *param = expression(arena, "param", tree_text(arena, STR("cap")), NULL);
    Tree *product =
        expression(arena, "*", expression(arena, "/", field, number(arena, "3")), number(arena, "100"));
    tree_add(arena, table, STR("rate"),
             expression(arena, "-", expression(arena, "neg", param, NULL), product));
    tree_add(arena, table, STR("empty"), tree_new(arena, TREE_TABLE));
    return table;
}

static bool same_place(const Place *a, const Place *b) {
    return str_equal(a->file, b->file) && str_equal(a->source, b->source) && a->line == b->line &&
           a->column == b->column && a->span == b->span;
}

static bool same(const Tree *a, const Tree *b) {
    if (a->kind != b->kind || a->flag != b->flag || a->function != b->function ||
        !str_equal(a->text, b->text) || a->count != b->count || a->positional != b->positional ||
        !same_place(&a->place, &b->place))
        return false;
    if (a->kind == TREE_NUMBER &&
        (decimal_compare(&a->number, &b->number) || a->number.scale != b->number.scale))
        return false;
    for (size_t i = 0; i < a->count; i++) {
        const TreeItem *left = &a->items[i], *right = &b->items[i];
        if (!str_equal(left->name, right->name) || !same_place(&left->place, &right->place)) return false;
        if (!same(left->value, right->value)) return false;
    }
    return true;
}

static void test_round_trip(void **state) {
    (void)state;
    Arena arena = {0};
    Buffer bytes = {0};
    Tree *tree = sample(&arena);
    wire_add_u32(&bytes, 42);
    wire_add_text(&bytes, STR("head"));
    wire_add_tree(&bytes, tree);
    wire_add_text(&bytes, STR(""));

    WireReader reader = {.bytes = buffer_view(&bytes)};
    assert_int_equal(wire_u32(&reader), 42);
    assert_true(str_is(wire_text(&reader), "head"));
    Tree *read = wire_tree(&reader, &arena);
    assert_non_null(read);
    assert_false(wire_done(&reader));
    assert_int_equal(wire_text(&reader).size, 0);
    assert_true(wire_done(&reader));
    memset(bytes.data, 'x', bytes.size); /* nothing may point into the bytes */
    assert_true(same(tree, read));
    assert_int_equal(wire_u32(&reader), 0);
    assert_true(reader.bad);
    assert_false(wire_done(&reader));
    buffer_release(&bytes);
    arena_release(&arena);
}

/* Reads from an exact allocation. What is accepted can be packed again. */
static bool read_back(const char *data, size_t size) {
    Arena arena = {0};
    char *exact = malloc(size + !size);
    memcpy(exact, data, size);
    WireReader reader = {.bytes = {exact, size}};
    Tree *tree = wire_tree(&reader, &arena);
    assert_true((tree == NULL) == reader.bad);
    bool done = wire_done(&reader);
    free(exact);
    if (tree) {
        Buffer again = {0};
        wire_add_tree(&again, tree);
        WireReader second = {.bytes = buffer_view(&again)};
        Tree *copy = wire_tree(&second, &arena);
        assert_true(copy && same(tree, copy));
        buffer_release(&again);
    }
    arena_release(&arena);
    return done;
}

static void test_truncated(void **state) {
    (void)state;
    Arena arena = {0};
    Buffer bytes = {0};
    wire_add_tree(&bytes, sample(&arena));
    for (size_t size = 0; size < bytes.size; size++)
        if (read_back(bytes.data, size)) fail_msg("accepted when cut to %zu of %zu bytes", size, bytes.size);
    assert_true(read_back(bytes.data, bytes.size));
    buffer_add_char(&bytes, '\0');
    assert_false(read_back(bytes.data, bytes.size));
    buffer_release(&bytes);
    arena_release(&arena);
}

static void test_mutated(void **state) {
    (void)state;
    Arena arena = {0};
    Buffer bytes = {0};
    uint64_t seed = 1;
    wire_add_tree(&bytes, sample(&arena));
    char *mutated = malloc(bytes.size);
    for (int run = 0; run < RANDOM_ROUNDS(50000); run++) {
        memcpy(mutated, bytes.data, bytes.size);
        for (uint64_t i = 0, changes = 1 + next_random(&seed) % 3; i < changes; i++) {
            static const unsigned char values[] = {0, 1, 2, 4, 5, 0x7f, 0x80, 0xff};
            uint64_t pick = next_random(&seed);
            mutated[pick % bytes.size] = (char)values[(pick >> 40) % COUNT(values)];
        }
        read_back(mutated, bytes.size);
    }
    for (int run = 0; run < RANDOM_ROUNDS(20000);
         run++) { /* noise of small numbers: kinds, counts and lengths */
        for (size_t at = 0; at + 4 <= bytes.size; at += 4) {
            uint32_t word = (uint32_t)(next_random(&seed) % 8);
            memcpy(mutated + at, &word, sizeof word);
        }
        read_back(mutated, bytes.size / 4 * 4);
    }
    free(mutated);
    buffer_release(&bytes);
    arena_release(&arena);
}

static bool accepts(const Tree *tree) {
    Buffer bytes = {0};
    wire_add_tree(&bytes, tree);
    bool read = read_back(bytes.data, bytes.size);
    buffer_release(&bytes);
    return read;
}

static Tree *nested(Arena *arena, size_t depth) {
    Tree *tree = tree_new(arena, TREE_TABLE);
    for (size_t i = 1; i < depth; i++) {
        Tree *outer = tree_new(arena, TREE_TABLE);
        tree_add(arena, outer, STR(""), tree);
        tree = outer;
    }
    return tree;
}

static void test_refused_shapes(void **state) {
    (void)state;
    Arena arena = {0};
    assert_true(accepts(nested(&arena, TREE_DEPTH)));
    assert_false(accepts(nested(&arena, TREE_DEPTH + 1)));

    Tree *one = number(&arena, "1"), *name = tree_text(&arena, STR("x"));
    const struct {
        const char *what;
        Tree *tree;
        bool good;
    } cases[] = {
        {"sum", expression(&arena, "+", one, one), true},
        {"sum of one", expression(&arena, "+", one, NULL), true}, /* refused when it is compiled */
        {"call with a text", expression(&arena, "weighted_mean", name, NULL), true},
        {"call without operands", expression(&arena, "min", NULL, NULL), true},
        {"field of a number", expression(&arena, "field", one, NULL), false},
        {"field of nothing", expression(&arena, "field", NULL, NULL), false},
        {"field of two", expression(&arena, "field", name, name), false},
        {"param of a number", expression(&arena, "param", one, NULL), false},
        {"no operator", expression(&arena, "", one, one), false},
        {"function 0", tree_new(&arena, TREE_FUNCTION), false},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        if (accepts(cases[i].tree) != cases[i].good) fail_msg("%s", cases[i].what);

    static const Decimal numbers[] = {
        {.scale = DECIMAL_DIGITS},
        {.scale = UINT32_MAX},
        {.text = {"12", 2}},
        {.text = {"1x345678901234567890", 20}},
        {.text = {"+12345678901234567890", 21}},
        {.text = {"12345678901234567890", 20}, .scale = 1},
        {.text = {"12345678901234567890", 20}, .digits = 1},
    };
    for (size_t i = 0; i < COUNT(numbers); i++)
        if (accepts(tree_number(&arena, numbers[i]))) fail_msg("number %zu", i);
    assert_true(accepts(tree_number(&arena, (Decimal){.text = STR("12345678901234567890")})));
    assert_true(accepts(tree_number(&arena, decimal_of(INT64_MIN))));
    arena_release(&arena);
}

/* Room that is made at once, before or while items are added, changes no item. */
static void test_expected(void **state) {
    (void)state;
    Arena arena = {0};
    Tree *table = tree_new(&arena, TREE_TABLE);
    tree_expect(&arena, table, 2);
    const TreeItem *room = table->items;
    tree_add(&arena, table, STR("a"), tree_number(&arena, decimal_of(1)));
    tree_add(&arena, table, STR("b"), tree_number(&arena, decimal_of(2)));
    assert_ptr_equal(table->items, room);
    tree_expect(&arena, table, 1); /* no less */
    tree_add(&arena, table, STR("c"), tree_number(&arena, decimal_of(3)));
    tree_expect(&arena, table, 40);
    for (int i = 3; i < 100; i++)
        tree_add(&arena, table, arena_format(&arena, "key%d", i), tree_number(&arena, decimal_of(i + 1)));
    assert_int_equal(table->count, 100);
    for (size_t i = 0; i < 100; i++) assert_int_equal(table->items[i].value->number.digits, i + 1);
    assert_true(str_is(table->items[2].name, "c"));
    arena_release(&arena);
}

/* Values without places: the same tree, in fewer bytes. */
static void test_values(void **state) {
    (void)state;
    Arena arena = {0};
    Tree *table = tree_new(&arena, TREE_TABLE), *list = tree_new(&arena, TREE_TABLE);
    Place place = {.file = STR("a.json"), .line = 3, .column = 4, .span = 5, .source = STR("[1, 2]")};
    tree_add(&arena, list, (Str){"", 0}, tree_number(&arena, decimal_of(1)))->place = place;
    tree_add(&arena, list, (Str){"", 0}, tree_text(&arena, STR("둘")))->place = place;
    list->place = place;
    tree_add(&arena, table, STR("목표"), list)->place = place;
    Buffer whole = {0}, values = {0};
    wire_add_tree(&whole, table);
    wire_add_values(&values, table);
    assert_true(values.size < whole.size);
    WireReader reader = {.bytes = buffer_view(&values)};
    const Tree *read = wire_tree(&reader, &arena);
    assert_true(wire_done(&reader));
    const Tree *items = tree_get(read, "목표");
    assert_int_equal(items->positional, 2);
    assert_int_equal(items->items[0].value->number.digits, 1);
    assert_true(str_is(items->items[1].value->text, "둘"));
    assert_int_equal(items->place.line, 0);
    assert_int_equal(items->items[1].place.line, 0);
    buffer_release(&whole);
    buffer_release(&values);
    arena_release(&arena);
}

/* The same bytes, value by value; and what is none. */
static void test_value_by_value(void **state) {
    (void)state;
    Arena arena = {0};
    Tree *table = tree_new(&arena, TREE_TABLE), *flag = tree_new(&arena, TREE_BOOL);
    flag->flag = true;
    tree_add(&arena, table, (Str){"", 0}, tree_text(&arena, STR("하나")));
    tree_add(&arena, table, STR("n"), number(&arena, "-12345678901234567890.5"));
    tree_add(&arena, table, STR("b"), flag);
    tree_add(&arena, table, STR("z"), tree_new(&arena, TREE_NIL));
    Buffer bytes = {0};
    wire_add_values(&bytes, table);
    WireReader reader = {.bytes = buffer_view(&bytes)};
    WireValue value;
    assert_true(wire_value(&reader, &arena, &value));
    assert_int_equal(value.kind, TREE_TABLE);
    assert_int_equal(value.count, 4);
    assert_int_equal(value.positional, 1);
    assert_int_equal(wire_name(&reader).size, 0);
    assert_true(wire_value(&reader, &arena, &value) && str_is(value.text, "하나"));
    assert_true(str_is(wire_name(&reader), "n"));
    assert_true(wire_value(&reader, &arena, &value) && value.kind == TREE_NUMBER);
    assert_true(str_is(value.number.text, "-12345678901234567890.5") || value.number.scale == 1);
    assert_true(str_is(wire_name(&reader), "b"));
    assert_true(wire_value(&reader, &arena, &value) && value.kind == TREE_BOOL && value.flag);
    assert_true(str_is(wire_name(&reader), "z"));
    assert_true(wire_value(&reader, &arena, &value) && value.kind == TREE_NIL);
    assert_true(wire_done(&reader));
    assert_false(wire_value(&reader, &arena, &value)); /* nothing is left */

    for (size_t size = 0; size < bytes.size; size++) { /* cut anywhere, it is refused before its end */
        WireReader cut = {.bytes = {bytes.data, size}};
        bool good = wire_value(&cut, &arena, &value);
        for (size_t i = 0; i < 4 && good; i++) {
            wire_name(&cut);
            good = wire_value(&cut, &arena, &value);
        }
        assert_false(good);
    }
    Tree *placed = tree_text(&arena, STR("x"));
    placed->place.line = 1;
    const Tree *const refused[] = {placed, tree_new(&arena, TREE_FUNCTION), tree_new(&arena, TREE_WORD)};
    for (size_t i = 0; i < COUNT(refused); i++) {
        bytes.size = 0;
        wire_add_tree(&bytes, refused[i]);
        WireReader other = {.bytes = buffer_view(&bytes)};
        assert_false(wire_value(&other, &arena, &value));
        assert_true(other.bad);
    }
    buffer_release(&bytes);
    arena_release(&arena);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_items),          cmocka_unit_test(test_kind_names),
        cmocka_unit_test(test_round_trip),     cmocka_unit_test(test_truncated),
        cmocka_unit_test(test_mutated),        cmocka_unit_test(test_refused_shapes),
        cmocka_unit_test(test_expected),       cmocka_unit_test(test_values),
        cmocka_unit_test(test_value_by_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
