#include "model/mutant_formula.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const struct {
    const char *name, *other;
    MutantKind kind;
} operators[] = {
    {"+", "-", MUTANT_FORMULA},
    {"-", "+", MUTANT_FORMULA},
    {"*", "/", MUTANT_FORMULA},
    {"/", "*", MUTANT_FORMULA},
    {"min", "max", MUTANT_FORMULA},
    {"max", "min", MUTANT_FORMULA},
    {"all", "any", MUTANT_FORMULA},
    {"any", "all", MUTANT_FORMULA},
    {"at_most", "below", MUTANT_SIDE},
    {"below", "at_most", MUTANT_SIDE},
    {"at_least", "above", MUTANT_SIDE},
    {"above", "at_least", MUTANT_SIDE},
    {"at_most", "above", MUTANT_POLARITY},
    {"below", "at_least", MUTANT_POLARITY},
    {"at_least", "below", MUTANT_POLARITY},
    {"above", "at_most", MUTANT_POLARITY},
};

static void change_operator(Maker *maker, Str path, const TreeItem *item) {
    const Tree *expr = mutant_here(maker);
    for (size_t i = 0; i < COUNT(operators); i++) {
        Tree *node;
        if (!str_is(expr->text, operators[i].name)) continue;
        Tree *whole = mutant_copy_whole(maker, &node);
        node->text = str_of(operators[i].other);
        mutant_add(maker, operators[i].kind, path, item, mutant_spelled(maker, expr),
                   mutant_spelled(maker, node), whole);
    }
    if ((!str_is(expr->text, "-") && !str_is(expr->text, "/")) || expr->count != 2) return;
    Tree *node;
    Tree *whole = mutant_copy_whole(maker, &node);
    TreeItem kept = node->items[0];
    node->items[0] = node->items[1];
    node->items[1] = kept;
    mutant_add(maker, MUTANT_POLARITY, path, item, mutant_spelled(maker, expr), mutant_spelled(maker, node),
               whole);
}

static void change_selector(Maker *maker, Str path);

/* The formula that is the value of an item of the node at work. */
void mutant_change_formula(Maker *maker, Str path, size_t number, MutantKind kind) {
    const TreeItem *item = &mutant_here(maker)->items[number];
    Decimal value;
    if (mutant_number_of(maker, item->value, &value)) {
        mutant_shift(maker, kind, path, number, &value, mutant_here(maker)->kind == TREE_TABLE);
        return;
    }
    if (item->value->kind != TREE_EXPR || str_is(item->value->text, "field") || !mutant_enter(maker, number))
        return;
    Str inside = mutant_here(maker)->kind == TREE_EXPR ? mutant_path_at(maker, path, item, number) : path;
    const Tree *expr = mutant_here(maker);
    change_operator(maker, inside, item);
    bool compares = false;
    for (size_t i = 0; i < MUTANT_BOUNDS; i++) compares |= str_is(expr->text, mutant_bounds[i].name);
    for (size_t i = 0; i < expr->count; i++) {
        const Tree *operand = expr->items[i].value;
        if (operand->kind == TREE_TABLE && mutant_enter(maker, i)) {
            change_selector(maker, inside);
            mutant_leave(maker);
        } else if (operand->kind == TREE_EXPR || operand->kind == TREE_NUMBER) {
            mutant_change_formula(maker, inside, i, compares ? MUTANT_THRESHOLD : MUTANT_FORMULA);
        }
    }
    mutant_leave(maker);
}

/* ---- selectors */

static void turn_word(Maker *maker, Str path, size_t number) {
    const Tree *value = mutant_here(maker)->items[number].value;
    if (value->kind != TREE_TEXT) return;
    const char *turned = str_is(value->text, "lower")    ? "higher"
                         : str_is(value->text, "higher") ? "lower"
                                                         : NULL;
    if (turned) mutant_replace(maker, MUTANT_POLARITY, path, number, tree_text(maker->arena, str_of(turned)));
}

/* The node at work is a table of conditions. */
static void change_selector(Maker *maker, Str path) {
    const Tree *table = mutant_here(maker);
    for (size_t i = 0; i < table->count; i++) {
        const TreeItem *item = &table->items[i];
        turn_word(maker, path, i);
        if (table->count > 1) mutant_drop(maker, path, i);
        if (item->value->kind != TREE_TABLE || !mutant_enter(maker, i)) continue;
        mutant_change_range(maker, mutant_path_at(maker, path, item, i));
        mutant_leave(maker);
    }
}

void mutant_change_when(Maker *maker, Str path, size_t number) {
    const TreeItem *item = &mutant_here(maker)->items[number];
    mutant_drop(maker, path, number);
    Tree *no = tree_new(maker->arena, TREE_EXPR);
    no->text = STR("no");
    tree_add(maker->arena, no, (Str){"", 0}, item->value);
    mutant_replace(maker, MUTANT_POLARITY, path, number, no);
    Str inside = mutant_path_at(maker, path, item, number);
    if (item->value->kind == TREE_EXPR) mutant_change_formula(maker, inside, number, MUTANT_FORMULA);
    if (item->value->kind != TREE_TABLE || !mutant_enter(maker, number)) return;
    change_selector(maker, inside);
    mutant_leave(maker);
}
