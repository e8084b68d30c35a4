#include "model/mutants.h"

#include "model/mutant_formula.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- cases */

static void change_rate(Maker *maker, Str path, size_t number) {
    const Tree *value = mutant_here(maker)->items[number].value;
    if (value->kind != TREE_FUNCTION) {
        mutant_change_formula(maker, path, number, MUTANT_FORMULA);
        return;
    }
    mutant_replace(maker, MUTANT_ENTRY, path, number, tree_number(maker->arena, decimal_of(0)));
    mutant_replace(maker, MUTANT_ENTRY, path, number, tree_number(maker->arena, decimal_of(100)));
}

/* Rows that are left out count as 0. */
static void change_exclusion(Maker *maker, Str path, size_t number, bool special) {
    Tree *node;
    Tree *whole = mutant_copy_whole(maker, &node);
    const TreeItem *item = &mutant_here(maker)->items[number];
    TreeItem zero = {special ? STR("rate") : (Str){"", 0}, item->place,
                     tree_number(maker->arena, decimal_of(0))};
    mutant_remove_item(node, number);
    size_t at = special ? node->count : 0;
    memmove(&node->items[at + 1], &node->items[at], (node->count - at) * sizeof *node->items);
    node->items[at] = zero;
    node->count++;
    node->positional += !special;
    mutant_add(maker, MUTANT_ENTRY, mutant_path_at(maker, path, item, number), item, STR("exclude"), STR("0"),
               whole);
}

static void change_verdict(Maker *maker, Str path, size_t number, Level level) {
    const Verdicts *verdicts = &maker->plan->verdicts[level];
    const Tree *value = mutant_here(maker)->items[number].value;
    for (size_t i = 0; i < verdicts->count; i++) {
        if (!str_equal(value->text, verdicts->bands[i].key))
            mutant_replace(maker, MUTANT_ENTRY, path, number,
                           tree_text(maker->arena, verdicts->bands[i].key));
    }
}

/* The node at work is a case. */
static void change_case(Maker *maker, Str path, bool special) {
    const Tree *table = mutant_here(maker);
    for (size_t i = 0; i < table->count; i++) {
        Str name = table->items[i].name;
        if (!name.size || str_is(name, "rate"))
            change_rate(maker, path, i);
        else if (str_is(name, "when"))
            mutant_change_when(maker, path, i);
        else if (str_is(name, "exclude"))
            change_exclusion(maker, path, i, special);
        else if (str_is(name, "points"))
            mutant_change_formula(maker, path, i, MUTANT_FORMULA);
        else if (str_is(name, "verdict") && table->items[i].value->kind == TREE_TEXT)
            change_verdict(maker, path, i, LEVEL_PROJECT);
        else if (str_is(name, "indicator_verdict") && table->items[i].value->kind == TREE_TEXT)
            change_verdict(maker, path, i, LEVEL_INDICATOR);
    }
}

/* An item of the node at work: a list of cases, one case, or a rate. */
static void change_cases(Maker *maker, Str path, size_t number, bool special) {
    const TreeItem *item = &mutant_here(maker)->items[number];
    Str inside = mutant_path_at(maker, path, item, number);
    bool list = item->value->kind == TREE_TABLE && item->value->positional &&
                item->value->items[0].value->kind == TREE_TABLE;
    if (item->value->kind != TREE_TABLE) {
        change_rate(maker, path, number);
        return;
    }
    if (!mutant_enter(maker, number)) return;
    if (!list && item->value->count) change_case(maker, inside, special);
    for (size_t i = 0; list && i < item->value->positional; i++) {
        Str path_in = mutant_path_at(maker, inside, &item->value->items[i], i);
        mutant_drop(maker, inside, i);
        mutant_swap_with_next(maker, inside, i);
        if (!mutant_enter(maker, i)) continue;
        change_case(maker, path_in, special);
        mutant_leave(maker);
    }
    mutant_leave(maker);
}

/* ---- bands */

/* Two bands change their names: the ranges stay. */
static void swap_names(Maker *maker, Str path, size_t number) {
    const Tree *list = mutant_here(maker);
    if (number + 1 >= list->positional) return;
    Tree *node, *pair[2];
    Tree *whole = mutant_copy_whole(maker, &node);
    for (size_t i = 0; i < 2; i++)
        pair[i] = node->items[number + i].value =
            mutant_copy_node(maker->arena, list->items[number + i].value, 0);
    static const char *const names[] = {NULL, "key"};
    for (size_t i = 0; i < COUNT(names); i++) {
        TreeItem *items[2];
        for (size_t j = 0; j < 2; j++) {
            const TreeItem *found = names[i] ? tree_item(pair[j], names[i]) : &pair[j]->items[0];
            if (!found) return;
            items[j] = &pair[j]->items[found - pair[j]->items];
        }
        Tree *kept = items[0]->value;
        items[0]->value = items[1]->value;
        items[1]->value = kept;
    }
    const TreeItem *item = &list->items[number];
    mutant_add(maker, MUTANT_POLARITY, mutant_path_at(maker, path, item, number), item,
               mutant_spelled(maker, list->items[number].value->items[0].value),
               mutant_spelled(maker, list->items[number + 1].value->items[0].value), whole);
}

/* A band without a range of its own gets one, and another key. */
static void bound_band(Maker *maker, Str path) {
    static const char *const names[] = {"at_least", "below"};
    const Tree *band = mutant_here(maker);
    bool open = true;
    for (size_t i = 0; i < MUTANT_BOUNDS; i++) open &= !tree_item(band, mutant_bounds[i].name);
    for (size_t i = 0; open && i < COUNT(names); i++) {
        Tree *node;
        Tree *whole = mutant_copy_whole(maker, &node);
        node->items[node->count++] =
            (TreeItem){str_of(names[i]), band->items[0].place, tree_number(maker->arena, decimal_of(100))};
        mutant_add(maker, MUTANT_THRESHOLD, path, &band->items[0], (Str){"", 0},
                   arena_format(maker->arena, "%s = 100", names[i]), whole);
    }
}

static void change_band(Maker *maker, Str path) {
    const Tree *band = mutant_here(maker);
    mutant_change_range(maker, path);
    bound_band(maker, path);
    for (size_t i = band->positional; i < band->count; i++) {
        const TreeItem *item = &band->items[i];
        Decimal number;
        if (str_is(item->name, "share") && mutant_number_of(maker, item->value, &number))
            mutant_shift(maker, MUTANT_THRESHOLD, path, i, &number, true);
        if (str_is(item->name, "key") && item->value->kind == TREE_TEXT)
            mutant_replace(
                maker, MUTANT_ENTRY, path, i,
                tree_text(maker->arena, arena_format(maker->arena, "%.*s_2", STR_FMT(item->value->text))));
        if (str_is(item->name, "improved") || str_is(item->name, "any_indicator"))
            mutant_drop(maker, path, i);
        if (item->value->kind != TREE_TABLE || !mutant_enter(maker, i)) continue;
        mutant_change_range(maker, mutant_path_at(maker, path, item, i));
        mutant_leave(maker);
    }
}

static void change_bands(Maker *maker, Str path, size_t number) {
    const TreeItem *item = &mutant_here(maker)->items[number];
    Str inside = mutant_path_at(maker, path, item, number);
    if (item->value->kind != TREE_TABLE || !mutant_enter(maker, number)) return;
    for (size_t i = 0; i < item->value->positional; i++) {
        Str path_in = mutant_path_at(maker, inside, &item->value->items[i], i);
        mutant_drop(maker, inside, i);
        mutant_swap_with_next(maker, inside, i);
        swap_names(maker, inside, i);
        if (item->value->items[i].value->kind != TREE_TABLE || !mutant_enter(maker, i)) continue;
        change_band(maker, path_in);
        mutant_leave(maker);
    }
    mutant_leave(maker);
}

/* ---- parameters, rounding, levels */

static void remove_range(Tree *param) {
    for (size_t i = param->count; i-- > param->positional;) {
        if (str_is(param->items[i].name, "min") || str_is(param->items[i].name, "max"))
            mutant_remove_item(param, i);
    }
}

/* A parameter's number; its range would refuse some of the others, and goes. */
static void change_param(Maker *maker, Str path, size_t number) {
    const TreeItem *item = &mutant_here(maker)->items[number];
    size_t first = maker->count;
    if (item->value->kind == TREE_NUMBER)
        mutant_shift(maker, MUTANT_PARAM, path, number, &item->value->number, true);
    if (item->value->kind != TREE_TABLE || !mutant_enter(maker, number)) return;
    const Tree *table = mutant_here(maker);
    for (size_t i = 0; i < table->count; i++) {
        bool dated = table->items[i].name.size && table->items[i].name.data[0] >= '0' &&
                     table->items[i].name.data[0] <= '9';
        if ((i < table->positional || dated) && table->items[i].value->kind == TREE_NUMBER)
            mutant_shift(maker, MUTANT_PARAM, mutant_path_at(maker, path, item, number), i,
                         &table->items[i].value->number, true);
    }
    for (size_t i = first; i < maker->count; i++) {
        const Tree *params = tree_get(maker->items[i].tree, "params");
        remove_range(params->items[number].value); /* a copy: the node at work when it was made */
    }
    mutant_leave(maker);
}

static void change_params(Maker *maker, size_t number) {
    const Tree *params = mutant_here(maker)->items[number].value;
    if (params->kind != TREE_TABLE || !mutant_enter(maker, number)) return;
    for (size_t i = params->positional; i < params->count; i++) change_param(maker, STR("params"), i);
    mutant_leave(maker);
}

static void change_rounding(Maker *maker, size_t number) {
    const Tree *table = mutant_here(maker)->items[number].value;
    if (table->kind != TREE_TABLE || !mutant_enter(maker, number)) return;
    for (size_t i = table->positional; i < table->count; i++) {
        const TreeItem *item = &table->items[i];
        if (str_is(item->name, "digits") && item->value->kind == TREE_NUMBER)
            mutant_shift(maker, MUTANT_ROUNDING, STR("rounding"), i, &item->value->number, false);
        for (Rounding mode = 0; str_is(item->name, "mode") && mode < ROUNDING_COUNT; mode++) {
            if (!str_is(item->value->text, rounding_name(mode)))
                mutant_replace(maker, MUTANT_ROUNDING, STR("rounding"), i,
                               tree_text(maker->arena, str_of(rounding_name(mode))));
        }
    }
    mutant_leave(maker);
}

static void change_aggregate(Maker *maker, Str path, size_t number) {
    const Tree *value = mutant_here(maker)->items[number].value;
    for (Aggregate other = 0; other < AGGREGATE_WORDS; other++) {
        Tree *word = tree_new(maker->arena, TREE_WORD);
        word->text = str_of(aggregate_name(other));
        if (value->kind != TREE_WORD || !str_equal(value->text, word->text))
            mutant_replace(maker, MUTANT_ENTRY, path, number, word);
    }
}

static void change_level(Maker *maker, Str path, size_t number) {
    const TreeItem *item = &mutant_here(maker)->items[number];
    Str inside = mutant_path_at(maker, path, item, number);
    if (item->value->kind != TREE_TABLE || !mutant_enter(maker, number)) return;
    const Tree *table = mutant_here(maker);
    for (size_t i = table->positional; i < table->count; i++) {
        Str name = table->items[i].name;
        if (str_is(name, "rate")) change_aggregate(maker, inside, i);
        if (str_is(name, "verdict")) change_bands(maker, inside, i);
        for (MissingChild policy = 0; str_is(name, "missing") && policy < MISSING_CHILD_COUNT; policy++) {
            if (!str_is(table->items[i].value->text, missing_child_name(policy)))
                mutant_replace(maker, MUTANT_ENTRY, inside, i,
                               tree_text(maker->arena, str_of(missing_child_name(policy))));
        }
    }
    mutant_leave(maker);
}

static void change_last_year(Maker *maker, size_t number) {
    const Tree *table = mutant_here(maker)->items[number].value;
    if (table->kind != TREE_TABLE || !mutant_enter(maker, number)) return;
    for (size_t i = table->positional; i < table->count; i++)
        if (str_is(table->items[i].name, "rate")) change_cases(maker, STR("last_year"), i, false);
    mutant_leave(maker);
}

Mutants mutants_of(Arena *arena, const Tree *rules, const Plan *plan) {
    Maker maker = {.arena = arena, .rules = rules, .plan = plan};
    Str none = {"", 0};
    for (size_t i = rules->positional; i < rules->count; i++) {
        Str name = rules->items[i].name;
        if (str_is(name, "params")) change_params(&maker, i);
        if (str_is(name, "rate")) change_cases(&maker, none, i, false);
        if (str_is(name, "last_year")) change_last_year(&maker, i);
        if (str_is(name, "special")) change_cases(&maker, none, i, true);
        if (str_is(name, "rounding")) change_rounding(&maker, i);
        if (str_is(name, "verdict")) change_bands(&maker, none, i);
        if (str_is(name, "project") || str_is(name, "department") || str_is(name, "bureau") ||
            str_is(name, "indicator"))
            change_level(&maker, none, i);
    }
    return (Mutants){maker.items, maker.count};
}
