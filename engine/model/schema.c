#include "model/schema.h"

#include "base/text.h"

static const struct {
    TreeKind kind;
    unsigned accept;
} kinds[] = {
    {TREE_TEXT, ACCEPT_TEXT},     {TREE_NUMBER, ACCEPT_NUMBER},     {TREE_TABLE, ACCEPT_TABLE},
    {TREE_EXPR, ACCEPT_FORMULA},  {TREE_FUNCTION, ACCEPT_FUNCTION}, {TREE_WORD, ACCEPT_WORD},
};

static const struct {
    unsigned accept;
    const char *name;
} names[] = {
    {ACCEPT_TEXT, MESSAGE_WORDS("text in quotes", "따옴표로 감싼 글자")},
    {ACCEPT_NUMBER, MESSAGE_WORDS("a number", "수")},
    {ACCEPT_TABLE, MESSAGE_WORDS("a table { … }", "표 { … }")},
    {ACCEPT_FORMULA, MESSAGE_WORDS("a formula", "산식")},
    {ACCEPT_FUNCTION, MESSAGE_WORDS("a function", "함수")},
    {ACCEPT_WORD, MESSAGE_WORDS("a word such as mean", "mean 같은 낱말")},
    {ACCEPT_YES, MESSAGE_WORDS("true", "true")},
};

bool schema_is(const Tree *value, unsigned accept) {
    if (value->kind == TREE_BOOL) return value->flag && (accept & ACCEPT_YES);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (kinds[i].kind == value->kind) return accept & kinds[i].accept;
    }
    return false;
}

/* The part of a MESSAGE_WORDS text for one language. */
static Str half(const char *words, Language language) {
    Str text = str_of(words);
    size_t middle = str_find(text, '\x1f', 0);
    return language == LANGUAGE_EN ? str_slice(text, 0, middle) : str_slice(text, middle + 1, text.size);
}

static void describe_accepted(Buffer *out, unsigned accept) {
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        if (language > 0) buffer_add_char(out, '\x1f');
        bool first = true;
        for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
            if (!(accept & names[i].accept)) continue;
            if (!first) buffer_add(out, language == LANGUAGE_EN ? STR(" or ") : STR(" 또는 "));
            buffer_add(out, half(names[i].name, (Language)language));
            first = false;
        }
    }
}

bool schema_accepts(Str path, const Tree *value, const Place *place, unsigned accept, Diag *diag) {
    if (schema_is(value, accept)) return true;
    Buffer wanted = {0}, found = {0};
    describe_accepted(&wanted, accept);
    buffer_addf(&found, "%s\x1f%s", tree_kind_name(value, LANGUAGE_EN), tree_kind_name(value, LANGUAGE_KO));
    diag_add(diag, MESSAGE_WRONG_TYPE, value->place.line ? &value->place : place, path, buffer_view(&wanted),
             buffer_view(&found));
    buffer_release(&wanted);
    buffer_release(&found);
    return false;
}

Str schema_path(Arena *arena, Str path, const Tree *table, size_t item) {
    Str name = table->items[item].name;
    if (!name.size) return arena_format(arena, "%.*s[%zu]", STR_FMT(path), item + 1);
    if (!path.size) return name;
    return arena_format(arena, "%.*s.%.*s", STR_FMT(path), STR_FMT(name));
}

void schema_suggest(Diag *diag, Str wanted, const Str *words, size_t count) {
    Str nearest = text_nearest(wanted, words, count);
    if (!nearest.size) return;
    Buffer text[LANGUAGE_COUNT] = {{0}, {0}};
    for (int language = 0; language < LANGUAGE_COUNT; language++)
        message_fill(&text[language], message_get(TEXT_DID_YOU_MEAN)->text[language], &nearest, 1, (Language)language);
    diag_hint(diag, buffer_text(&text[LANGUAGE_EN]), buffer_text(&text[LANGUAGE_KO]));
    for (int language = 0; language < LANGUAGE_COUNT; language++) buffer_release(&text[language]);
}

static const SchemaKey *find_key(const SchemaKey *keys, size_t count, const Tree *table, size_t item) {
    Str name = table->items[item].name;
    for (size_t i = 0; i < count; i++) {
        if (!keys[i].name ? (!name.size && item == 0) : str_is(name, keys[i].name)) return &keys[i];
    }
    return NULL;
}

static void add_unknown(Arena *arena, Str path, const Tree *table, size_t item, const SchemaKey *keys, size_t count,
                        Diag *diag) {
    diag_add(diag, MESSAGE_UNKNOWN_KEY, &table->items[item].place, schema_path(arena, path, table, item));
    Str *words = arena_new(arena, count, sizeof *words);
    for (size_t i = 0; i < count; i++) words[i] = str_of(keys[i].name);
    schema_suggest(diag, table->items[item].name, words, count);
}

static bool check_required(Arena *arena, Str path, const Tree *table, const Place *place, const SchemaKey *key,
                           Diag *diag) {
    if (!key->required) return true;
    if (key->name ? tree_get(table, key->name) != NULL : table->positional > 0) return true;
    const char *name = key->name ? key->name : "[1]";
    const char *dot = key->name && path.size ? "." : "";
    diag_add(diag, MESSAGE_MISSING_KEY, table->place.line ? &table->place : place,
             arena_format(arena, "%.*s%s%s", STR_FMT(path), dot, name));
    return false;
}

bool schema_check(Arena *arena, Str path, const Tree *table, const Place *place, const SchemaKey *keys, size_t count,
                  Diag *diag) {
    bool good = true;
    for (size_t item = 0; item < table->count; item++) {
        const SchemaKey *key = find_key(keys, count, table, item);
        if (!key) {
            add_unknown(arena, path, table, item, keys, count, diag);
            good = false;
        } else {
            Str value_path = schema_path(arena, path, table, item);
            good &= schema_accepts(value_path, table->items[item].value, &table->items[item].place, key->accept, diag);
        }
    }
    for (size_t i = 0; i < count; i++) good &= check_required(arena, path, table, place, &keys[i], diag);
    return good;
}

bool schema_list(Arena *arena, Str path, const Tree *list, unsigned accept, Diag *diag) {
    bool good = true;
    for (size_t item = 0; item < list->count; item++) {
        Str value_path = schema_path(arena, path, list, item);
        if (item >= list->positional) {
            diag_add(diag, MESSAGE_UNKNOWN_KEY, &list->items[item].place, value_path);
            good = false;
        } else {
            good &= schema_accepts(value_path, list->items[item].value, &list->items[item].place, accept, diag);
        }
    }
    return good;
}
