#include "model/mutant_edit.h"

#include "model/spell.h"

#include <string.h>

/* ---- where the maker stands, and copies */

const Tree *mutant_here(const Maker *maker) {
    const Tree *node = maker->rules;
    for (size_t i = 0; i < maker->depth; i++) node = node->items[maker->steps[i]].value;
    return node;
}

bool mutant_enter(Maker *maker, size_t item) {
    if (maker->depth > TREE_DEPTH) return false;
    maker->steps[maker->depth++] = item;
    return true;
}

void mutant_leave(Maker *maker) { maker->depth--; }

Tree *mutant_copy_node(Arena *arena, const Tree *node, size_t extra) {
    Tree *copy = tree_new(arena, node->kind);
    *copy = *node;
    copy->items = arena_new(arena, node->count + extra, sizeof *copy->items);
    if (node->count) memcpy(copy->items, node->items, node->count * sizeof *copy->items);
    return copy;
}

/* A copy of the whole in which the node at work is new: *node, with room for one more item. */
Tree *mutant_copy_whole(const Maker *maker, Tree **node) {
    Tree *whole = mutant_copy_node(maker->arena, maker->rules, 1), *at = whole;
    for (size_t i = 0; i < maker->depth; i++) {
        TreeItem *item = &at->items[maker->steps[i]];
        item->value = mutant_copy_node(maker->arena, item->value, 1);
        at = item->value;
    }
    *node = at;
    return whole;
}

Str mutant_spelled(const Maker *maker, const Tree *tree) {
    Buffer out = {0};
    spell_tree(&out, tree, NULL);
    Str text = arena_copy(maker->arena, buffer_view(&out));
    buffer_release(&out);
    return text;
}

Str mutant_path_at(const Maker *maker, Str path, const TreeItem *item, size_t number) {
    if (!item->name.size) return arena_format(maker->arena, "%.*s[%zu]", STR_FMT(path), number + 1);
    const char *dot = path.size ? "." : "";
    return arena_format(maker->arena, "%.*s%s%.*s", STR_FMT(path), dot, STR_FMT(item->name));
}

/* ---- one mutant */

void mutant_add(Maker *maker, MutantKind kind, Str path, const TreeItem *item, Str from, Str to,
                const Tree *whole) {
    if (maker->count == maker->room) {
        size_t room = 2 * maker->room + 64;
        Mutant *more = arena_new(maker->arena, room, sizeof *more);
        if (maker->count) memcpy(more, maker->items, maker->count * sizeof *more);
        maker->items = more;
        maker->room = room;
    }
    const Place *place = item->value->place.line ? &item->value->place : &item->place;
    maker->items[maker->count++] = (Mutant){kind, path, from, to, *place, whole};
}

void mutant_replace(Maker *maker, MutantKind kind, Str path, size_t number, Tree *value) {
    Tree *node;
    Tree *whole = mutant_copy_whole(maker, &node);
    const TreeItem *item = &mutant_here(maker)->items[number];
    value->place = item->value->place;
    node->items[number].value = value;
    mutant_add(maker, kind, mutant_path_at(maker, path, item, number), item,
               mutant_spelled(maker, item->value), mutant_spelled(maker, value), whole);
}

static void rename_key(Maker *maker, MutantKind kind, Str path, size_t number, const char *name) {
    Tree *node;
    Tree *whole = mutant_copy_whole(maker, &node);
    const TreeItem *item = &mutant_here(maker)->items[number];
    node->items[number].name = str_of(name);
    mutant_add(maker, kind, mutant_path_at(maker, path, item, number), item, item->name, str_of(name), whole);
}

void mutant_remove_item(Tree *node, size_t number) {
    memmove(&node->items[number], &node->items[number + 1], (node->count - number - 1) * sizeof *node->items);
    node->count--;
    if (number < node->positional) node->positional--;
}

void mutant_drop(Maker *maker, Str path, size_t number) {
    Tree *node;
    Tree *whole = mutant_copy_whole(maker, &node);
    const TreeItem *item = &mutant_here(maker)->items[number];
    mutant_remove_item(node, number);
    mutant_add(maker, MUTANT_ENTRY, mutant_path_at(maker, path, item, number), item,
               mutant_spelled(maker, item->value), (Str){"", 0}, whole);
}

/* Two neighbours change places: the first that holds decides. */
void mutant_swap_with_next(Maker *maker, Str path, size_t number) {
    const Tree *list = mutant_here(maker);
    if (number + 1 >= list->positional) return;
    Tree *node;
    Tree *whole = mutant_copy_whole(maker, &node);
    TreeItem kept = node->items[number];
    node->items[number] = node->items[number + 1];
    node->items[number + 1] = kept;
    const TreeItem *item = &list->items[number];
    mutant_add(maker, MUTANT_ENTRY, mutant_path_at(maker, path, item, number), item, (Str){"", 0},
               message_both(maker->arena, TEXT_MUTANT_BEHIND,
                            mutant_path_at(maker, path, &list->items[number + 1], number + 1)),
               whole);
}

/* ---- numbers */

/* number + delta / 100 */
static bool shifted(const Decimal *number, int64_t delta, Decimal *out) {
    if (number->text.size || number->scale > 9) return false;
    *out = *number;
    while (out->scale < 2) {
        if (out->digits > INT64_MAX / 100 || out->digits < INT64_MIN / 100) return false;
        out->digits *= 10;
        out->scale++;
    }
    for (unsigned i = 2; i < out->scale; i++) delta *= 10;
    out->digits += delta;
    while (out->scale > 0 && out->digits % 10 == 0) {
        out->digits /= 10;
        out->scale--;
    }
    return true;
}

void mutant_shift(Maker *maker, MutantKind kind, Str path, size_t number, const Decimal *base, bool fine) {
    static const int64_t deltas[] = {100, -100, 1, -1};
    for (size_t i = 0; i < (fine ? 4 : 2); i++) {
        Decimal changed;
        if (shifted(base, deltas[i], &changed))
            mutant_replace(maker, kind, path, number, tree_number(maker->arena, changed));
    }
}

/* The number that an item holds: its own, or that of the parameter that it refers to. */
bool mutant_number_of(const Maker *maker, const Tree *value, Decimal *out) {
    if (value->kind == TREE_NUMBER) *out = value->number;
    if (value->kind == TREE_NUMBER) return true;
    if (value->kind != TREE_EXPR || !str_is(value->text, "param")) return false;
    const Param *param = plan_param(maker->plan, value->items[0].value->text);
    if (param) *out = param->value;
    return param != NULL;
}

/* ---- ranges */

const MutantBound mutant_bounds[MUTANT_BOUNDS] = {{"at_most", "below", "above"},
                                                  {"below", "at_most", "at_least"},
                                                  {"at_least", "above", "below"},
                                                  {"above", "at_least", "at_most"}};

void mutant_change_range(Maker *maker, Str path) {
    const Tree *table = mutant_here(maker);
    for (size_t i = table->positional; i < table->count; i++) {
        for (size_t j = 0; j < MUTANT_BOUNDS; j++) {
            Decimal number;
            if (!str_is(table->items[i].name, mutant_bounds[j].name)) continue;
            rename_key(maker, MUTANT_SIDE, path, i, mutant_bounds[j].side);
            rename_key(maker, MUTANT_POLARITY, path, i, mutant_bounds[j].turned);
            if (mutant_number_of(maker, table->items[i].value, &number))
                mutant_shift(maker, MUTANT_THRESHOLD, path, i, &number, true);
        }
    }
}
