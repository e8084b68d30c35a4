#include "base/wire.h"

#include <assert.h>
#include <string.h>

/* A tree is: kind, place, what the kind holds. A place is 0, or 1 and its five parts. A table or an
 * expression is: its text, the count of items, how many are positional, and for each item its name, place and
 * value. */

/* The fewest bytes of an item: name, place, kind of the value and its place. No more items are believed in
 * than these fit into what is left. */
#define ITEM_BYTES 16
/* Room is made at once for so many items: for more it grows with what is there. */
#define ITEMS_BELIEVED ((size_t)64)

void wire_add_u32(Buffer *out, uint32_t value) {
    memcpy(buffer_reserve(out, sizeof value), &value, sizeof value);
    out->size += sizeof value;
}

void wire_add_text(Buffer *out, Str text) {
    assert(text.size <= UINT32_MAX);
    wire_add_u32(out, (uint32_t)text.size);
    buffer_add(out, text);
}

static bool is_unknown(const Place *place) {
    return place->file.size == 0 && place->line == 0 && place->column == 0 && place->span == 0 &&
           place->source.size == 0;
}

static void add_place(Buffer *out, const Place *place) {
    bool known = !is_unknown(place);
    wire_add_u32(out, known);
    if (!known) return;
    wire_add_text(out, place->file);
    wire_add_u32(out, place->line);
    wire_add_u32(out, place->column);
    wire_add_u32(out, place->span);
    wire_add_text(out, place->source);
}

static void add_number(Buffer *out, const Decimal *number) {
    wire_add_u32(out, (uint32_t)((uint64_t)number->digits >> 32));
    wire_add_u32(out, (uint32_t)number->digits);
    wire_add_u32(out, number->scale);
    wire_add_text(out, number->text);
}

static const Place nowhere;

static void add_tree(Buffer *out, const Tree *tree, bool places);

static void add_items(Buffer *out, const Tree *tree, bool places) {
    assert(tree->count <= UINT32_MAX);
    wire_add_text(out, tree->text);
    wire_add_u32(out, (uint32_t)tree->count);
    wire_add_u32(out, (uint32_t)tree->positional);
    for (size_t i = 0; i < tree->count; i++) {
        wire_add_text(out, tree->items[i].name);
        add_place(out, places ? &tree->items[i].place : &nowhere);
        add_tree(out, tree->items[i].value, places);
    }
}

static void add_tree(Buffer *out, const Tree *tree, bool places) {
    wire_add_u32(out, tree->kind);
    add_place(out, places ? &tree->place : &nowhere);
    switch (tree->kind) {
    case TREE_NIL:
        break;
    case TREE_BOOL:
        wire_add_u32(out, tree->flag);
        break;
    case TREE_NUMBER:
        add_number(out, &tree->number);
        break;
    case TREE_TEXT:
    case TREE_WORD:
        wire_add_text(out, tree->text);
        break;
    case TREE_FUNCTION:
        wire_add_u32(out, tree->function);
        break;
    case TREE_TABLE:
    case TREE_EXPR:
        add_items(out, tree, places);
        break;
    }
}

void wire_add_tree(Buffer *out, const Tree *tree) { add_tree(out, tree, true); }

void wire_add_values(Buffer *out, const Tree *tree) { add_tree(out, tree, false); }

static bool refuse(WireReader *reader) {
    reader->bad = true;
    return false;
}

static const char *take(WireReader *reader, size_t size) {
    if (reader->bad || size > reader->bytes.size - reader->at) {
        reader->bad = true;
        return NULL;
    }
    const char *from = reader->bytes.data + reader->at;
    reader->at += size;
    return from;
}

uint32_t wire_u32(WireReader *reader) {
    uint32_t value = 0;
    const char *from = take(reader, sizeof value);
    if (from) memcpy(&value, from, sizeof value);
    return value;
}

Str wire_bytes(WireReader *reader, size_t size) {
    const char *from = take(reader, size);
    return from ? (Str){from, size} : (Str){"", 0};
}

Str wire_text(WireReader *reader) { return wire_bytes(reader, wire_u32(reader)); }

static Str read_text(WireReader *reader, Arena *arena) {
    Str text = wire_text(reader);
    return text.size ? arena_copy(arena, text) : (Str){"", 0};
}

static bool read_flag(WireReader *reader) {
    uint32_t value = wire_u32(reader);
    if (value > 1) reader->bad = true;
    return value == 1;
}

static Place read_place(WireReader *reader, Arena *arena) {
    Place place = {0};
    if (!read_flag(reader)) return place;
    place.file = read_text(reader, arena);
    place.line = wire_u32(reader);
    place.column = wire_u32(reader);
    place.span = wire_u32(reader);
    place.source = read_text(reader, arena);
    return place;
}

/* Long digits are parsed again, so that what leaves here is a Decimal as decimal.c makes them. */
static bool read_number(WireReader *reader, Arena *arena, Decimal *out) {
    uint64_t high = wire_u32(reader), low = wire_u32(reader);
    *out = (Decimal){.digits = (int64_t)(high << 32 | low), .scale = wire_u32(reader)};
    uint32_t scale = out->scale;
    Str text = wire_text(reader);
    if (reader->bad || scale >= DECIMAL_DIGITS) return refuse(reader);
    if (text.size == 0) return true;
    if (out->digits != 0 || decimal_parse(text, out, arena, NULL) != DECIMAL_PLAIN) return refuse(reader);
    return (out->text.size > 0 && out->scale == scale) || refuse(reader);
}

static Tree *read_tree(WireReader *reader, Arena *arena, size_t depth);

static bool read_items(WireReader *reader, Arena *arena, Tree *tree, size_t depth) {
    size_t count = wire_u32(reader), positional = wire_u32(reader);
    if (reader->bad || positional > count) return refuse(reader);
    if (count > (reader->bytes.size - reader->at) / ITEM_BYTES) return refuse(reader);
    tree_expect(arena, tree, count < ITEMS_BELIEVED ? count : ITEMS_BELIEVED);
    for (size_t i = 0; i < count; i++) {
        Str name = wire_text(reader);
        if (reader->bad || (name.size == 0) != (i < positional)) return refuse(reader);
        Place place = read_place(reader, arena);
        Tree *value = read_tree(reader, arena, depth + 1);
        if (!value) return false;
        tree_add(arena, tree, name, value)->place = place;
    }
    return true;
}

/* What an operator takes is for those who compile it; references are looked into everywhere. */
static bool is_expression(const Tree *tree) {
    if (tree->text.size == 0 || tree->positional != tree->count) return false;
    if (!str_is(tree->text, "field") && !str_is(tree->text, "param")) return true;
    return tree->count == 1 && tree->items[0].value->kind == TREE_TEXT;
}

static bool read_content(WireReader *reader, Arena *arena, Tree *tree, size_t depth) {
    switch (tree->kind) {
    case TREE_NIL:
        return true;
    case TREE_BOOL:
        tree->flag = read_flag(reader);
        return true;
    case TREE_NUMBER:
        return read_number(reader, arena, &tree->number);
    case TREE_TEXT:
    case TREE_WORD:
        tree->text = read_text(reader, arena);
        return true;
    case TREE_FUNCTION:
        tree->function = wire_u32(reader);
        return tree->function > 0;
    case TREE_TABLE:
    case TREE_EXPR:
        tree->text = read_text(reader, arena);
        break;
    }
    if (!read_items(reader, arena, tree, depth)) return false;
    return tree->kind == TREE_TABLE ? tree->text.size == 0 : is_expression(tree);
}

static Tree *read_tree(WireReader *reader, Arena *arena, size_t depth) {
    uint32_t kind = wire_u32(reader);
    if (reader->bad || kind > TREE_WORD || depth > TREE_DEPTH) {
        reader->bad = true;
        return NULL;
    }
    Tree *tree = tree_new(arena, (TreeKind)kind);
    tree->place = read_place(reader, arena);
    if (!read_content(reader, arena, tree, depth)) reader->bad = true;
    return reader->bad ? NULL : tree;
}

Tree *wire_tree(WireReader *reader, Arena *arena) { return read_tree(reader, arena, 1); }

static bool skip_nowhere(WireReader *reader) { return wire_u32(reader) == 0 || refuse(reader); }

Str wire_name(WireReader *reader) {
    Str name = wire_text(reader);
    return skip_nowhere(reader) ? name : (Str){"", 0};
}

static bool read_counts(WireReader *reader, WireValue *value) {
    if (wire_text(reader).size) return refuse(reader);
    value->count = wire_u32(reader);
    value->positional = wire_u32(reader);
    bool fit = value->count <= (reader->bytes.size - reader->at) / ITEM_BYTES;
    return (!reader->bad && fit && value->positional <= value->count) || refuse(reader);
}

bool wire_value(WireReader *reader, Arena *arena, WireValue *value) {
    *value = (WireValue){.kind = (TreeKind)wire_u32(reader)};
    if (!skip_nowhere(reader)) return false;
    switch (value->kind) {
    case TREE_NIL:
        break;
    case TREE_BOOL:
        value->flag = read_flag(reader);
        break;
    case TREE_NUMBER:
        return read_number(reader, arena, &value->number);
    case TREE_TEXT:
        value->text = wire_text(reader);
        break;
    case TREE_TABLE:
        return read_counts(reader, value);
    default:
        return refuse(reader);
    }
    return !reader->bad;
}

bool wire_done(const WireReader *reader) { return !reader->bad && reader->at == reader->bytes.size; }
