#include "model/schema.h"

#include "base/text.h"
#include "model/dataset.h"
#include "model/rollup.h"

#include <string.h>

static const struct {
    TreeKind kind;
    unsigned accept;
} kinds[] = {
    {TREE_TEXT, ACCEPT_TEXT},    {TREE_NUMBER, ACCEPT_NUMBER},     {TREE_TABLE, ACCEPT_TABLE},
    {TREE_EXPR, ACCEPT_FORMULA}, {TREE_FUNCTION, ACCEPT_FUNCTION}, {TREE_WORD, ACCEPT_WORD},
};

static const struct {
    unsigned accept;
    MessageId name;
} names[] = {
    {ACCEPT_TEXT, TEXT_WANT_TEXT},         {ACCEPT_NUMBER, TEXT_WANT_NUMBER},
    {ACCEPT_TABLE, TEXT_WANT_TABLE},       {ACCEPT_FORMULA, TEXT_WANT_FORMULA},
    {ACCEPT_FUNCTION, TEXT_WANT_FUNCTION}, {ACCEPT_WORD, TEXT_WANT_WORD},
    {ACCEPT_YES, TEXT_WANT_TRUE},
};

bool schema_is(const Tree *value, unsigned accept) {
    if (value->kind == TREE_BOOL) return value->flag && (accept & ACCEPT_YES);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (kinds[i].kind == value->kind) return accept & kinds[i].accept;
    }
    return false;
}

static void add_accepted(Buffer *out, unsigned accept, Language language) {
    size_t start = out->size;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (!(accept & names[i].accept)) continue;
        if (out->size > start) buffer_add(out, message_part(message_words(TEXT_OR), language));
        buffer_add(out, message_part(message_words(names[i].name), language));
    }
}

static bool has_digit(Str text) { return text.size && text.data[0] >= '0' && text.data[0] <= '9'; }

/* A text where something else belongs: a number or a word in quotes, a name where a selector belongs. */
static void hint_text(Str path, const Tree *value, unsigned accept, Diag *diag) {
    Decimal number;
    Aggregate word;
    Arena scratch = {0};
    if (value->kind != TREE_TEXT) return;
    Str text = value->text;
    if (str_ends(text, STR("%"))) text = str_trim(str_slice(text, 0, text.size - 1));
    bool unquoted = (accept & ACCEPT_NUMBER) && decimal_parse_literal(text, &number, &scratch);
    unquoted |= (accept & ACCEPT_WORD) && aggregate_find(value->text, &word) && word < AGGREGATE_WORDS;
    if (unquoted)
        diag_hint(diag, TEXT_HINT_UNQUOTED, text);
    else if ((accept & ACCEPT_NUMBER) && has_digit(value->text))
        diag_hint_plain(diag, TEXT_HINT_NUMBER);
    else if (str_ends(path, STR(".when")))
        diag_hint(diag, TEXT_HINT_WHEN_TEXT, value->text);
    arena_release(&scratch);
}

bool schema_accepts(Str path, const Tree *value, const Place *place, unsigned accept, Diag *diag) {
    if (schema_is(value, accept)) return true;
    Buffer wanted = {0};
    add_accepted(&wanted, accept, LANGUAGE_EN);
    buffer_add(&wanted, STR(MESSAGE_WORDS("", "")));
    add_accepted(&wanted, accept, LANGUAGE_KO);
    diag_add(diag, MESSAGE_WRONG_TYPE, value->place.line ? &value->place : place, path, buffer_view(&wanted),
             tree_kind_name(value));
    hint_text(path, value, accept, diag);
    buffer_release(&wanted);
    return false;
}

Str schema_path(Arena *arena, Str path, const Tree *table, size_t item) {
    Str name = table->items[item].name;
    if (!name.size) return arena_format(arena, "%.*s[%zu]", STR_FMT(path), item + 1);
    if (!path.size) return name;
    return arena_format(arena, "%.*s.%.*s", STR_FMT(path), STR_FMT(name));
}

bool schema_suggest(Diag *diag, Str wanted, const Str *words, size_t count) {
    Str nearest = text_nearest(wanted, words, count);
    if (nearest.size) diag_hint(diag, TEXT_DID_YOU_MEAN, nearest);
    return nearest.size > 0;
}

void schema_list_words(Diag *diag, MessageId hint, const Str *words, size_t count) {
    Buffer list = {0};
    for (size_t i = 0; i < count; i++) {
        if (!words[i].size) continue;
        if (list.size) buffer_add(&list, STR(", "));
        buffer_add(&list, words[i]);
    }
    if (list.size) diag_hint(diag, hint, buffer_view(&list));
    buffer_release(&list);
}

static const SchemaKey *find_key(const SchemaKey *keys, size_t count, const Tree *table, size_t item) {
    Str name = table->items[item].name;
    for (size_t i = 0; i < count; i++) {
        if (!keys[i].name ? (!name.size && item == 0) : str_is(name, keys[i].name)) return &keys[i];
    }
    return NULL;
}

/* More keys than this are looked up in the reference. */
#define MOST_KEYS 14

/* A key that no known one is near to. */
static void hint_keys(const Tree *table, Str name, const Str *words, size_t count, Diag *diag) {
    ColumnId column;
    bool selects = false, selected = tree_get(table, "when") != NULL;
    for (size_t i = 0; i < count; i++) selects |= str_is(words[i], "when");
    if (!name.size)
        diag_hint_plain(diag, TEXT_HINT_VALUE_LEFT);
    else if (selects && !selected && column_find(name, &column))
        diag_hint(diag, TEXT_HINT_KEYS_HERE, name);
    else if (count <= MOST_KEYS)
        schema_list_words(diag, TEXT_HINT_KEYS, words, count);
}

static void add_unknown(Arena *arena, Str path, const Tree *table, size_t item, const SchemaKey *keys,
                        size_t count, Diag *diag) {
    diag_add(diag, MESSAGE_UNKNOWN_KEY, &table->items[item].place, schema_path(arena, path, table, item));
    Str *words = arena_new(arena, count, sizeof *words);
    for (size_t i = 0; i < count; i++) words[i] = str_of(keys[i].name);
    Str name = table->items[item].name;
    if (!schema_suggest(diag, name, words, count)) hint_keys(table, name, words, count, diag);
}

/* What to write for a key that is needed, where that does not go without saying. */
static void hint_required(const SchemaKey *key, Diag *diag) {
    static const struct {
        const char *name;
        MessageId hint;
    } hints[] = {{"because", TEXT_HINT_BECAUSE}, {"when", TEXT_HINT_WHEN}, {"key", TEXT_HINT_KEY_WANTED}};
    if (!key->name) {
        if (key->accept == ACCEPT_TEXT) diag_hint_plain(diag, TEXT_HINT_PRINTED);
        return;
    }
    for (size_t i = 0; i < sizeof hints / sizeof *hints; i++)
        if (strcmp(key->name, hints[i].name) == 0) diag_hint_plain(diag, hints[i].hint);
}

static bool check_required(Arena *arena, Str path, const Tree *table, const Place *place,
                           const SchemaKey *key, Diag *diag) {
    if (!key->required) return true;
    if (key->name ? tree_get(table, key->name) != NULL : table->positional > 0) return true;
    const char *name = key->name ? key->name : "[1]";
    const char *dot = key->name && path.size ? "." : "";
    diag_add(diag, MESSAGE_MISSING_KEY, table->place.line ? &table->place : place,
             arena_format(arena, "%.*s%s%s", STR_FMT(path), dot, name));
    hint_required(key, diag);
    return false;
}

bool schema_check(Arena *arena, Str path, const Tree *table, const Place *place, const SchemaKey *keys,
                  size_t count, Diag *diag) {
    bool good = true;
    for (size_t item = 0; item < table->count; item++) {
        const SchemaKey *key = find_key(keys, count, table, item);
        if (!key) {
            add_unknown(arena, path, table, item, keys, count, diag);
            good = false;
        } else {
            Str value_path = schema_path(arena, path, table, item);
            good &= schema_accepts(value_path, table->items[item].value, &table->items[item].place,
                                   key->accept, diag);
        }
    }
    for (size_t i = 0; i < count; i++) good &= check_required(arena, path, table, place, &keys[i], diag);
    return good;
}

/* "department.verdict" -> "verdict" */
static Str last_step(Str path) {
    size_t start = path.size;
    while (start > 0 && path.data[start - 1] != '.') start--;
    return str_slice(path, start, path.size);
}

bool schema_list(Arena *arena, Str path, const Tree *list, unsigned accept, Diag *diag) {
    bool good = true;
    for (size_t item = 0; item < list->count; item++) {
        Str value_path = schema_path(arena, path, list, item);
        if (item >= list->positional) {
            diag_add(diag, MESSAGE_UNKNOWN_KEY, &list->items[item].place, value_path);
            if (accept == ACCEPT_TABLE) diag_hint(diag, TEXT_HINT_ENTRY_BRACES, last_step(path));
            good = false;
        } else {
            good &=
                schema_accepts(value_path, list->items[item].value, &list->items[item].place, accept, diag);
        }
    }
    return good;
}

bool schema_is_dated(const TreeItem *item) {
    return item->name.size && item->name.data[0] >= '0' && item->name.data[0] <= '9';
}

bool schema_has_dates(const Tree *table) {
    for (size_t i = table->positional; i < table->count; i++) {
        if (schema_is_dated(&table->items[i])) return true;
    }
    return false;
}
