#include "lua/source.h"

#include "base/memory.h"
#include "lua/lexer.h"

#include <stdio.h>

#define NOWHERE UINT32_MAX

/* A value's or a name's extent in the text. */
typedef struct Extent {
    uint32_t line, column, end_line, end_column;
} Extent;

/* A step of a path: a name, or a position (from 1) where it is not 0. */
typedef struct Step {
    Str name;
    size_t position;
} Step;

/* Entries form a tree by their parents' numbers, so that a long name above many entries is kept once. Number
 * 0 is the whole table. */
typedef struct Entry {
    uint32_t parent;
    Step step;
    Extent name, value;
    uint32_t before; /* the number + 1 of an earlier entry of the same name, or 0 */
} Entry;

typedef struct Line {
    Str text;
    uint32_t characters;
} Line;

struct Source {
    Str file;
    Line *lines;
    size_t line_count;
    Entry *entries;
    size_t entry_count;
    uint32_t *slots; /* hash table over (parent, step): the entry's number + 1, or 0 */
    size_t slot_count;
    Arena arena; /* names with escapes */
};

/* ---- lines */

static uint32_t count_characters(Str text) {
    uint32_t count = 0;
    for (size_t i = 0; i < text.size; i++)
        if (((unsigned char)text.data[i] & 0xC0) != 0x80) count++;
    return count;
}

static void add_line(Source *source, size_t *capacity, Str text) {
    if (source->line_count == *capacity) {
        *capacity = memory_growth(*capacity, source->line_count + 1);
        source->lines = memory_resize(source->lines, *capacity, sizeof *source->lines);
    }
    source->lines[source->line_count++] = (Line){text, count_characters(text)};
}

static void read_lines(Source *source, Str text) {
    size_t capacity = 0, from = 0;
    for (size_t at = 0; at < text.size; at++) {
        if (text.data[at] != '\n' && text.data[at] != '\r') continue;
        add_line(source, &capacity, str_slice(text, from, at));
        from = at + lexer_line_end(text, at);
        at = from - 1;
    }
    add_line(source, &capacity, str_slice(text, from, text.size));
}

Place source_line(const Source *source, uint32_t line) {
    Place place = {.file = source->file, .line = line, .column = 1, .span = 1};
    if (line == 0 || line > source->line_count) return (Place){.file = source->file};
    place.source = source->lines[line - 1].text;
    place.span = source->lines[line - 1].characters;
    if (place.span == 0) place.span = 1;
    return place;
}

static Place place_of(const Source *source, const Extent *extent) {
    Place place = source_line(source, extent->line);
    if (place.line == 0) return place;
    uint32_t end = extent->end_line == extent->line ? extent->end_column : place.span + 1;
    place.column = extent->column;
    place.span = end > extent->column ? end - extent->column : 1;
    return place;
}

/* ---- entries */

static bool step_equal(const Step *a, const Step *b) {
    return a->position == b->position && (a->position != 0 || str_equal(a->name, b->name));
}

static uint32_t *find_slot(const Source *source, uint32_t parent, const Step *step) {
    uint64_t hash = step->position ? step->position * 0x9e3779b97f4a7c15u : str_hash(step->name);
    hash = (hash ^ parent) * 0xff51afd7ed558ccdu;
    size_t at = (size_t)(hash ^ (hash >> 32)) & (source->slot_count - 1);
    for (;; at = (at + 1) & (source->slot_count - 1)) {
        uint32_t number = source->slots[at];
        if (number == 0) return &source->slots[at];
        const Entry *entry = &source->entries[number - 1];
        if (entry->parent == parent && step_equal(&entry->step, step)) return &source->slots[at];
    }
}

/* The number of the entry one step below `parent`, or NOWHERE. */
static uint32_t find_entry(const Source *source, uint32_t parent, const Step *step) {
    uint32_t number = parent == NOWHERE ? 0 : *find_slot(source, parent, step);
    return number ? number - 1 : NOWHERE;
}

/* Keeps the table at most half full. */
static void grow(Source *source) {
    if (source->entry_count * 2 < source->slot_count) return;
    memory_free(source->slots);
    source->slot_count = memory_growth(source->slot_count, source->slot_count + 1);
    source->slots = memory_new(source->slot_count, sizeof *source->slots);
    source->entries = memory_resize(source->entries, source->slot_count / 2 + 1, sizeof *source->entries);
    for (uint32_t i = 0; i < source->entry_count; i++)
        *find_slot(source, source->entries[i].parent, &source->entries[i].step) = i + 1;
}

/* A name that stands twice means its last value, as in Lua. */
static uint32_t add_entry(Source *source, uint32_t parent, Step step, const Extent *name) {
    grow(source);
    uint32_t number = (uint32_t)source->entry_count++;
    uint32_t *slot = find_slot(source, parent, &step);
    source->entries[number] =
        (Entry){.parent = parent, .step = step, .name = *name, .value = *name, .before = *slot};
    *slot = number + 1;
    return number;
}

/* ---- reading the text */

typedef struct Reader {
    Source *source;
    Lexer lexer;
    Token token; /* the one to look at */
    Token last;  /* the one before it */
} Reader;

static void take(Reader *reader) {
    reader->last = reader->token;
    reader->token = lexer_next(&reader->lexer);
}

static bool sees(const Reader *reader, const char *sign) { return lexer_is(&reader->token, sign); }

static bool take_if(Reader *reader, const char *sign) {
    if (!sees(reader, sign)) return false;
    take(reader);
    return true;
}

static bool sees_end(const Reader *reader) { return reader->token.kind == TOKEN_END; }

static bool opens(const Token *token) {
    return token->kind == TOKEN_OPEN || lexer_is(token, "{") || lexer_is(token, "(") || lexer_is(token, "[");
}

static bool closes(const Token *token) {
    return token->kind == TOKEN_CLOSE || lexer_is(token, "}") || lexer_is(token, ")") || lexer_is(token, "]");
}

static bool separates(const Token *token) { return lexer_is(token, ",") || lexer_is(token, ";"); }

/* To the separator or the closing bracket behind the present expression. */
static void skip_expression(Reader *reader) {
    for (size_t nesting = 0; !sees_end(reader); take(reader)) {
        if (nesting == 0 && (closes(&reader->token) || separates(&reader->token))) return;
        if (opens(&reader->token))
            nesting++;
        else if (closes(&reader->token))
            nesting--;
    }
}

static void read_value(Reader *reader, uint32_t entry, size_t depth);

/* The first argument that begins with a constructor is what the call stands for. */
static void read_arguments(Reader *reader, uint32_t entry, size_t depth) {
    do {
        uint32_t stands_for = sees(reader, "{") ? entry : NOWHERE;
        if (stands_for != NOWHERE) entry = NOWHERE;
        read_value(reader, stands_for, depth);
    } while (take_if(reader, ","));
    take_if(reader, ")");
}

static Extent extent_of(const Token *from, const Token *to) {
    return (Extent){from->line, from->column, to->end_line, to->end_column};
}

/* A position as it is usually written; 0 for anything else. */
static size_t read_position(Str text) {
    size_t position = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] < '0' || text.data[i] > '9' || i == 9) return 0;
        position = position * 10 + (size_t)(text.data[i] - '0');
    }
    return position;
}

/* Reads "name =", "['name'] =", "[1] =" or nothing (a position). False when the key is something else. */
static bool read_key(Reader *reader, Step *step, Extent *extent) {
    Token first = reader->token;
    Lexer again = reader->lexer;
    if (first.kind == TOKEN_NAME) {
        Token next = lexer_next(&again);
        if (!lexer_is(&next, "=")) return true;
        take(reader);
        *step = (Step){.name = first.text};
    } else if (take_if(reader, "[")) {
        Token key = reader->token;
        skip_expression(reader);
        bool single = reader->last.text.data == key.text.data;
        if (!take_if(reader, "]")) return false;
        *step = (Step){0};
        if (single && (key.kind == TOKEN_STRING || key.kind == TOKEN_LONG_STRING))
            step->name = lexer_string(&key, &reader->source->arena);
        else if (single)
            step->position = read_position(key.text);
    } else
        return true;
    *extent = extent_of(&first, &reader->last);
    take_if(reader, "=");
    return step->position != 0 || step->name.size != 0;
}

/* `position` is the number of the next positional item. */
static void read_item(Reader *reader, uint32_t table, size_t depth, size_t *position) {
    Step step = {.position = *position};
    Token first = reader->token;
    Extent name = extent_of(&first, &first);
    bool known = read_key(reader, &step, &name);
    bool keyed = reader->token.text.data != first.text.data;
    if (!keyed) ++*position;
    uint32_t entry = known ? add_entry(reader->source, table, step, &name) : NOWHERE;
    read_value(reader, entry, depth);
    if (entry != NOWHERE && !keyed)
        reader->source->entries[entry].name = reader->source->entries[entry].value;
}

static void read_table(Reader *reader, uint32_t entry, size_t depth) {
    if (depth >= TREE_DEPTH) {
        skip_expression(reader);
        return;
    }
    take(reader);
    size_t position = 1;
    while (!sees_end(reader) && !closes(&reader->token))
        if (separates(&reader->token))
            take(reader);
        else
            read_item(reader, entry, depth + 1, &position);
    take_if(reader, "}");
}

static void take_names(Reader *reader) {
    while (reader->token.kind == TOKEN_NAME) {
        take(reader);
        if (!sees(reader, ".") && !sees(reader, ":")) return;
        take(reader);
    }
}

/* Reads an expression to its end; what its constructor holds goes below `entry` (NOWHERE: is passed over). */
static void read_value(Reader *reader, uint32_t entry, size_t depth) {
    Token first = reader->token;
    if (entry != NOWHERE) {
        take_names(reader);
        bool call = reader->last.text.data >= first.text.data;
        if (sees(reader, "{"))
            read_table(reader, entry, depth);
        else if (call && depth < TREE_DEPTH && take_if(reader, "("))
            read_arguments(reader, entry, depth + 1);
    }
    skip_expression(reader);
    bool empty = reader->token.text.data == first.text.data;
    if (entry != NOWHERE && !empty) reader->source->entries[entry].value = extent_of(&first, &reader->last);
}

/* To the token behind the main chunk's `return`. */
static bool find_return(Reader *reader) {
    for (size_t nesting = 0; !sees_end(reader); take(reader)) {
        if (nesting == 0 && reader->token.kind == TOKEN_RETURN) {
            take(reader);
            return true;
        }
        if (opens(&reader->token))
            nesting++;
        else if (closes(&reader->token) && nesting > 0)
            nesting--;
    }
    return false;
}

Source *source_new(Str file, Str text) {
    Source *source = memory_new(1, sizeof *source);
    source->file = file;
    read_lines(source, text);
    Reader reader = {.source = source, .lexer = {.text = text, .line = 1, .column = 1}};
    take(&reader);
    bool found = find_return(&reader);
    Extent extent = extent_of(&reader.token, &reader.token);
    if (!found) extent = (Extent){0};
    uint32_t whole = add_entry(source, NOWHERE, (Step){.position = 1}, &extent);
    if (found) read_value(&reader, whole, 0);
    source->entries[whole].name = source->entries[whole].value;
    return source;
}

void source_free(Source *source) {
    if (!source) return;
    memory_free(source->lines);
    memory_free(source->entries);
    memory_free(source->slots);
    arena_release(&source->arena);
    memory_free(source);
}

bool source_check(const Source *source, Diag *diag) {
    bool sound = true;
    for (size_t i = 1; i < source->entry_count; i++) {
        const Entry *entry = &source->entries[i];
        if (entry->before == 0 || entry->step.position != 0) continue;
        Place place = place_of(source, &entry->name);
        char line[16];
        snprintf(line, sizeof line, "%u", (unsigned)source->entries[entry->before - 1].name.line);
        diag_add(diag, MESSAGE_REPEATED_KEY, &place, entry->step.name, str_of(line));
        sound = false;
    }
    return sound;
}

/* ---- paths */

static bool is_identifier(Str name) {
    Lexer lexer = {.text = name, .line = 1, .column = 1};
    Token token = lexer_next(&lexer);
    return token.kind != TOKEN_SIGN && token.kind != TOKEN_NUMBER && token.kind != TOKEN_STRING &&
           token.kind != TOKEN_LONG_STRING && token.text.size == name.size && name.size != 0;
}

void source_path_name(Buffer *path, Str name) {
    if (is_identifier(name)) {
        if (path->size) buffer_add_char(path, '.');
        buffer_add(path, name);
        return;
    }
    buffer_add(path, STR("[\""));
    for (size_t i = 0; i < name.size; i++) {
        if (name.data[i] == '"' || name.data[i] == '\\') buffer_add_char(path, '\\');
        buffer_add_char(path, name.data[i]);
    }
    buffer_add(path, STR("\"]"));
}

void source_path_position(Buffer *path, size_t position) { buffer_addf(path, "[%zu]", position); }

/* The step that begins at *at; *at moves behind it. Texts without escapes are views, others live in `arena`.
 */
static Step read_step(Str path, size_t *at, Arena *arena) {
    Step step = {0};
    if (path.data[*at] != '[') {
        size_t from = path.data[*at] == '.' ? *at + 1 : *at;
        for (*at = from; *at < path.size && path.data[*at] != '.' && path.data[*at] != '[';) ++*at;
        step.name = str_slice(path, from, *at);
        return step;
    }
    Lexer lexer = {.text = path, .at = *at + 1, .line = 1, .column = 1};
    Token token = lexer_next(&lexer);
    if (token.kind == TOKEN_STRING)
        step.name = lexer_string(&token, arena);
    else
        step.position = read_position(token.text);
    *at = str_find(path, ']', lexer.at) + 1;
    return step;
}

/* The entry at the path, or the nearest above it. False when it is not that of the path. */
static bool find_path(const Source *source, Str path, const Entry **out) {
    Arena arena = {0};
    uint32_t entry = 0, next = 0;
    for (size_t at = 0; at < path.size && next != NOWHERE;) {
        Step step = read_step(path, &at, &arena);
        next = find_entry(source, entry, &step);
        if (next != NOWHERE) entry = next;
    }
    arena_release(&arena);
    *out = &source->entries[entry];
    return next != NOWHERE && (*out)->value.line != 0;
}

bool source_find(const Source *source, Str path, Place *name, Place *value) {
    const Entry *entry;
    bool found = find_path(source, path, &entry);
    *name = place_of(source, &entry->name);
    *value = place_of(source, &entry->value);
    return found;
}

/* Bytes before a column of a line. */
static size_t bytes_before(Str line, uint32_t column) {
    size_t at = 0;
    for (uint32_t seen = 0; at < line.size; at++) {
        seen += ((unsigned char)line.data[at] & 0xC0) != 0x80;
        if (seen == column) break;
    }
    return at;
}

Str source_text(const Source *source, Str path, Arena *arena) {
    const Entry *entry;
    if (!find_path(source, path, &entry)) return (Str){NULL, 0};
    const Extent *value = &entry->value;
    Str line = source_line(source, value->line).source;
    Lexer lexer = {line, bytes_before(line, value->column), value->line, value->column};
    Token token = lexer_next(&lexer);
    bool whole = token.end_line == value->end_line && token.end_column == value->end_column;
    bool closed = token.kind == TOKEN_STRING && token.text.size >= 2 &&
                  token.text.data[token.text.size - 1] == *token.text.data;
    return whole && closed ? lexer_string(&token, arena) : (Str){NULL, 0};
}

/* ---- trees */

/* `entry` is the tree's own, or NOWHERE: then its places are those of `around`. */
static void annotate(const Source *source, Tree *tree, uint32_t entry, uint32_t around, size_t depth) {
    if (entry != NOWHERE) around = entry;
    tree->place = place_of(source, &source->entries[around].value);
    if (depth >= TREE_DEPTH) return;
    for (size_t i = 0; i < tree->count; i++) {
        TreeItem *item = &tree->items[i];
        Step step = {.name = item->name, .position = i < tree->positional ? i + 1 : 0};
        uint32_t below = tree->kind == TREE_TABLE ? find_entry(source, entry, &step) : NOWHERE;
        uint32_t nearest = below == NOWHERE ? around : below;
        item->place = place_of(source, &source->entries[nearest].name);
        if (tree->kind == TREE_EXPR) item->place = tree->place;
        annotate(source, item->value, below, nearest, depth + 1);
    }
}

void source_annotate(const Source *source, Tree *tree) { annotate(source, tree, 0, 0, 0); }
