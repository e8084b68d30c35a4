#include "base/tree.h"

#include "base/memory.h"

#include <assert.h>
#include <string.h>

Tree *tree_new(Arena *arena, TreeKind kind) {
    Tree *tree = arena_new(arena, 1, sizeof *tree);
    tree->kind = kind;
    return tree;
}

Tree *tree_text(Arena *arena, Str text) {
    Tree *tree = tree_new(arena, TREE_TEXT);
    tree->text = arena_copy(arena, text);
    return tree;
}

Tree *tree_number(Arena *arena, Decimal number) {
    Tree *tree = tree_new(arena, TREE_NUMBER);
    tree->number = number;
    if (number.text.size) tree->number.text = arena_copy(arena, number.text);
    return tree;
}

void tree_expect(Arena *arena, Tree *table, size_t count) {
    if (count <= table->room) return;
    if (count > UINT32_MAX) memory_exhausted();
    TreeItem *items = arena_new(arena, count, sizeof *items);
    if (table->count) memcpy(items, table->items, table->count * sizeof *items);
    table->items = items;
    table->room = (uint32_t)count;
}

TreeItem *tree_add(Arena *arena, Tree *table, Str name, Tree *value) {
    assert(table->kind == TREE_TABLE || table->kind == TREE_EXPR);
    assert(name.size > 0 || table->positional == table->count);
    if (table->count == table->room) tree_expect(arena, table, table->count ? table->count * 2 : 4);
    TreeItem *item = &table->items[table->count++];
    if (name.size == 0)
        table->positional++;
    else
        item->name = arena_copy(arena, name);
    item->value = value;
    return item;
}

const TreeItem *tree_item(const Tree *table, const char *name) {
    if (!table || table->kind != TREE_TABLE) return NULL;
    for (size_t i = table->positional; i < table->count; i++)
        if (str_is(table->items[i].name, name)) return &table->items[i];
    return NULL;
}

const Tree *tree_get(const Tree *table, const char *name) {
    const TreeItem *item = tree_item(table, name);
    return item ? item->value : NULL;
}

Str tree_kind_name(const Tree *tree) {
    static const MessageId names[] = {
        [TREE_NIL] = TEXT_KIND_NIL,           [TREE_BOOL] = TEXT_KIND_BOOL,
        [TREE_NUMBER] = TEXT_KIND_NUMBER,     [TREE_TEXT] = TEXT_KIND_TEXT,
        [TREE_TABLE] = TEXT_KIND_TABLE,       [TREE_EXPR] = TEXT_KIND_FORMULA,
        [TREE_FUNCTION] = TEXT_KIND_FUNCTION, [TREE_WORD] = TEXT_KIND_WORD,
    };
    return message_words(names[tree ? tree->kind : TREE_NIL]);
}
