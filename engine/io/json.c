#include "io/json.h"

#include "base/memory.h"
#include "base/text.h"
#include "io/lines.h"
#include "io/plain.h"

#include <assert.h>
#include <cjson/cJSON.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

/* Where a value or a key stands. The scanner notes them in the order of the text, and that is the order in
 * which a walk over cJSON's result meets them again. */
typedef struct Mark {
    size_t offset;
    size_t size; /* a container: 1, its bracket */
} Mark;

typedef struct Scanner {
    Str file;
    Str bytes;
    uint32_t line; /* of the first byte */
    size_t at;
    size_t depth;
    Mark *marks;
    size_t mark_count;
    size_t mark_capacity;
    Arena *arena;
    Diag *diag;
} Scanner;

static Place place_of(const Scanner *scanner, size_t offset, size_t size) {
    LineCursor cursor = lines_begin(scanner->bytes, 0, scanner->line);
    return lines_place(&cursor, scanner->file, offset, size);
}

static bool expected(Scanner *scanner, size_t offset, MessageId what) {
    Place place = place_of(scanner, offset, 1);
    diag_add(scanner->diag, MESSAGE_JSON_SYNTAX, &place, message_words(what));
    return false;
}

/* -1 behind the end. */
static int peek(const Scanner *scanner) {
    return scanner->at < scanner->bytes.size ? (unsigned char)scanner->bytes.data[scanner->at] : -1;
}

static bool take(Scanner *scanner, char byte) {
    if (peek(scanner) != (unsigned char)byte) return false;
    scanner->at++;
    return true;
}

static void skip_blanks(Scanner *scanner) {
    Str bytes = scanner->bytes;
    size_t at = scanner->at;
    while (at < bytes.size && (bytes.data[at] == ' ' || bytes.data[at] == '\n' || bytes.data[at] == '\t' ||
                               bytes.data[at] == '\r'))
        at++;
    scanner->at = at;
}

static void add_mark(Scanner *scanner, size_t offset, size_t size) {
    if (scanner->mark_count == scanner->mark_capacity) {
        scanner->mark_capacity = memory_growth(scanner->mark_capacity, scanner->mark_count + 1);
        scanner->marks = memory_resize(scanner->marks, scanner->mark_capacity, sizeof *scanner->marks);
    }
    scanner->marks[scanner->mark_count++] = (Mark){offset, size};
}

static bool is_digit(int byte) { return byte >= '0' && byte <= '9'; }

static bool skip_digits(Scanner *scanner) {
    size_t from = scanner->at;
    while (is_digit(peek(scanner))) scanner->at++;
    return scanner->at > from || expected(scanner, scanner->at, TEXT_JSON_DIGIT);
}

static bool scan_number(Scanner *scanner) {
    size_t from = scanner->at;
    take(scanner, '-');
    if (!take(scanner, '0') && !skip_digits(scanner)) return false;
    if (take(scanner, '.') && !skip_digits(scanner)) return false;
    if (take(scanner, 'e') || take(scanner, 'E')) {
        if (!take(scanner, '+')) take(scanner, '-');
        if (!skip_digits(scanner)) return false;
    }
    add_mark(scanner, from, scanner->at - from);
    return true;
}

static int hex_digit(int byte) {
    if (is_digit(byte)) return byte - '0';
    if (byte >= 'a' && byte <= 'f') return byte - 'a' + 10;
    return byte >= 'A' && byte <= 'F' ? byte - 'A' + 10 : -1;
}

/* The four digits behind "\u"; -1 when they are not there. */
static int32_t scan_hex(Scanner *scanner) {
    int32_t unit = 0;
    for (int i = 0; i < 4; i++) {
        int digit = hex_digit(peek(scanner));
        if (digit < 0) return -1;
        unit = unit * 16 + digit;
        scanner->at++;
    }
    return unit;
}

/* Behind "\u". `from` is the backslash. */
static bool scan_unicode(Scanner *scanner, size_t from) {
    int32_t unit = scan_hex(scanner);
    if (unit < 0) return expected(scanner, scanner->at, TEXT_JSON_HEX);
    if (unit == 0) return expected(scanner, from, TEXT_JSON_NUL);
    if (unit < 0xd800 || unit > 0xdfff) return true;
    if (unit >= 0xdc00 || !take(scanner, '\\') || !take(scanner, 'u'))
        return expected(scanner, from, TEXT_JSON_SURROGATE);
    int32_t low = scan_hex(scanner);
    return (low >= 0xdc00 && low <= 0xdfff) || expected(scanner, from, TEXT_JSON_SURROGATE);
}

static bool scan_escape(Scanner *scanner) {
    size_t from = scanner->at++;
    int byte = peek(scanner);
    if (byte <= 0 || !strchr("\"\\/bfnrtu", byte)) return expected(scanner, from, TEXT_JSON_ESCAPE);
    scanner->at++;
    return byte != 'u' || scan_unicode(scanner, from);
}

/* Behind the quote: most strings stand as they are until the next one. */
static void skip_plain(Scanner *scanner) {
    size_t end = str_find(scanner->bytes, '"', scanner->at);
    if (plain_json(str_slice(scanner->bytes, scanner->at, end))) scanner->at = end;
}

static bool scan_string(Scanner *scanner) {
    size_t from = scanner->at++;
    skip_plain(scanner);
    while (!take(scanner, '"')) {
        int byte = peek(scanner);
        if (byte < 0) return expected(scanner, from, TEXT_JSON_QUOTE);
        if (byte < 0x20) return expected(scanner, scanner->at, TEXT_JSON_CONTROL);
        if (byte != '\\') {
            scanner->at++;
        } else if (!scan_escape(scanner)) {
            return false;
        }
    }
    add_mark(scanner, from, scanner->at - from);
    return true;
}

static bool scan_word(Scanner *scanner) {
    static const char *const words[] = {"true", "false", "null"};
    Str rest = str_slice(scanner->bytes, scanner->at, scanner->bytes.size);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        Str word = str_of(words[i]);
        if (!str_starts(rest, word)) continue;
        add_mark(scanner, scanner->at, word.size);
        scanner->at += word.size;
        return true;
    }
    return expected(scanner, scanner->at, TEXT_JSON_VALUE);
}

static bool scan_value(Scanner *scanner);

static bool scan_member(Scanner *scanner) {
    skip_blanks(scanner);
    if (peek(scanner) != '"') return expected(scanner, scanner->at, TEXT_JSON_KEY);
    if (!scan_string(scanner)) return false;
    skip_blanks(scanner);
    return take(scanner, ':') ? scan_value(scanner) : expected(scanner, scanner->at, TEXT_JSON_COLON);
}

static bool scan_items(Scanner *scanner, char close, bool (*scan_item)(Scanner *), MessageId what) {
    scanner->at++;
    skip_blanks(scanner);
    if (take(scanner, close)) return true;
    for (;;) {
        if (!scan_item(scanner)) return false;
        skip_blanks(scanner);
        if (take(scanner, close)) return true;
        if (!take(scanner, ',')) return expected(scanner, scanner->at, what);
    }
}

static bool too_deep(Scanner *scanner) {
    char limit[16];
    snprintf(limit, sizeof limit, "%d", TREE_DEPTH);
    Place place = place_of(scanner, scanner->at, 1);
    diag_add(scanner->diag, MESSAGE_JSON_TOO_DEEP, &place, str_of(limit));
    return false;
}

static bool scan_container(Scanner *scanner, bool object) {
    add_mark(scanner, scanner->at, 1);
    return object ? scan_items(scanner, '}', scan_member, TEXT_JSON_OBJECT_END)
                  : scan_items(scanner, ']', scan_value, TEXT_JSON_LIST_END);
}

static bool scan_by_first(Scanner *scanner) {
    int first = peek(scanner);
    if (first == '{' || first == '[') return scan_container(scanner, first == '{');
    if (first == '"') return scan_string(scanner);
    if (first == '-' || is_digit(first)) return scan_number(scanner);
    return scan_word(scanner);
}

static bool scan_value(Scanner *scanner) {
    skip_blanks(scanner);
    if (scanner->depth == TREE_DEPTH) return too_deep(scanner);
    scanner->depth++;
    bool good = scan_by_first(scanner);
    scanner->depth--;
    return good;
}

static bool scan_encoding(Scanner *scanner) {
    size_t bad = text_invalid(scanner->bytes);
    if (bad >= scanner->bytes.size) return true;
    char byte[8], offset[24];
    snprintf(byte, sizeof byte, "0x%02x", (unsigned)(unsigned char)scanner->bytes.data[bad]);
    snprintf(offset, sizeof offset, "%zu", bad);
    Place place = place_of(scanner, bad, 1);
    diag_add(scanner->diag, MESSAGE_BAD_UTF8, &place, str_of(byte), str_of(offset));
    return false;
}

static bool scan_document(Scanner *scanner) {
    if (!scan_encoding(scanner) || !scan_value(scanner)) return false;
    skip_blanks(scanner);
    return scanner->at == scanner->bytes.size || expected(scanner, scanner->at, TEXT_JSON_END);
}

/* The second pass: cJSON's values with the places and numbers that the scanner noted. */
typedef struct Walk {
    const Scanner *scanner;
    size_t next_mark;
    LineCursor cursor;
    Str key; /* of the value, or of the list that it is in; empty: none */
    bool bad;
} Walk;

static const Mark *next_mark(Walk *walk, Place *place) {
    const Mark *mark = &walk->scanner->marks[walk->next_mark++];
    *place = lines_place(&walk->cursor, walk->scanner->file, mark->offset, mark->size);
    return mark;
}

/* More digits than this are not counted. */
#define DIGITS_COUNTED 1000000L

/* Digits that a number takes when it is written without exponent. */
static long digits_of(Str number) {
    long digits[2] = {0, 0}, exponent = 0; /* before and behind the point */
    int part = 0;
    bool down = false;
    for (size_t i = 0; i < number.size; i++) {
        int byte = (unsigned char)number.data[i];
        if (byte == '.') part = 1;
        if (byte == 'e' || byte == 'E') part = 2;
        down |= part == 2 && byte == '-';
        if (is_digit(byte) && part < 2) digits[part]++;
        if (is_digit(byte) && part == 2 && exponent < DIGITS_COUNTED) exponent = exponent * 10 + byte - '0';
    }
    long written = digits[0] + digits[1], moved = down ? digits[1] + exponent + 1 : digits[0] + exponent;
    return moved > written ? moved : written;
}

static void read_number(Walk *walk, const Mark *mark, Tree *tree) {
    const Scanner *scanner = walk->scanner;
    Arena *arena = scanner->arena;
    Str text = str_slice(scanner->bytes, mark->offset, mark->offset + mark->size);
    if (decimal_parse_literal(text, &tree->number, arena)) return;
    long digits = digits_of(text);
    bool all = digits <= DIGITS_COUNTED;
    diag_add(scanner->diag, MESSAGE_NUMBER_TOO_LONG, &tree->place,
             walk->key.size ? walk->key : message_words(TEXT_JSON_NUMBER),
             arena_format(arena, all ? "%ld" : "%ld+", all ? digits : DIGITS_COUNTED),
             arena_format(arena, "%d", DECIMAL_DIGITS));
    walk->bad = true;
}

/* Keys met so far in one object: an open hash table, at most half full. */
typedef struct KeySet {
    Str *slots;
    size_t size;
} KeySet;

static KeySet keys_new(size_t count) {
    size_t size = 4 + 2 * count, power = 4;
    while (power < size) power *= 2;
    return (KeySet){memory_new(power, sizeof(Str)), power};
}

/* False when the key was there. */
static bool keys_add(KeySet *keys, Str key) {
    size_t at = (size_t)str_hash(key) & (keys->size - 1);
    for (; keys->slots[at].data; at = (at + 1) & (keys->size - 1))
        if (str_equal(keys->slots[at], key)) return false;
    keys->slots[at] = key;
    return true;
}

static void check_key(Walk *walk, KeySet *keys, Str key, const Place *place) {
    if (key.size > 0 && keys_add(keys, key)) return;
    if (key.size > 0) {
        diag_add(walk->scanner->diag, MESSAGE_JSON_DUPLICATE_KEY, place, key);
    } else {
        diag_add(walk->scanner->diag, MESSAGE_JSON_SYNTAX, place, message_words(TEXT_JSON_EMPTY_KEY));
    }
    walk->bad = true;
}

static Tree *walk_value(Walk *walk, const cJSON *value);

static size_t count_items(const cJSON *container) {
    size_t count = 0;
    for (const cJSON *item = container->child; item; item = item->next) count++;
    return count;
}

static void walk_object(Walk *walk, const cJSON *object, Tree *tree) {
    Arena *arena = walk->scanner->arena;
    size_t count = count_items(object);
    KeySet keys = keys_new(count);
    tree_expect(arena, tree, count);
    for (const cJSON *item = object->child; item; item = item->next) {
        Place place;
        next_mark(walk, &place);
        Str key = str_of(item->string);
        check_key(walk, &keys, key, &place);
        walk->key = key;
        Tree *value = walk_value(walk, item);
        if (!walk->bad) tree_add(arena, tree, key, value)->place = place;
    }
    memory_free(keys.slots);
}

static void walk_array(Walk *walk, const cJSON *array, Tree *tree) {
    tree_expect(walk->scanner->arena, tree, count_items(array));
    for (const cJSON *item = array->child; item; item = item->next) {
        Tree *value = walk_value(walk, item);
        tree_add(walk->scanner->arena, tree, (Str){"", 0}, value)->place = value->place;
    }
}

static TreeKind kind_of(const cJSON *value) {
    if (cJSON_IsObject(value) || cJSON_IsArray(value)) return TREE_TABLE;
    if (cJSON_IsString(value)) return TREE_TEXT;
    if (cJSON_IsNumber(value)) return TREE_NUMBER;
    return cJSON_IsBool(value) ? TREE_BOOL : TREE_NIL;
}

static Tree *walk_value(Walk *walk, const cJSON *value) {
    assert(value);
    Tree *tree = tree_new(walk->scanner->arena, kind_of(value));
    const Mark *mark = next_mark(walk, &tree->place);
    if (cJSON_IsObject(value)) walk_object(walk, value, tree);
    if (cJSON_IsArray(value)) walk_array(walk, value, tree);
    if (cJSON_IsString(value)) tree->text = arena_copy(walk->scanner->arena, str_of(value->valuestring));
    if (cJSON_IsNumber(value)) read_number(walk, mark, tree);
    if (cJSON_IsBool(value)) tree->flag = cJSON_IsTrue(value);
    return tree;
}

/* cJSON reads at most 63 characters of a number, so it gets a copy with zeros in their places; keys and
 * strings begin with a quote, containers with a bracket, words with a letter. NULL: there are no numbers. */
static char *without_numbers(const Scanner *scanner) {
    Str bytes = scanner->bytes;
    char *copy = NULL;
    for (size_t i = 0; i < scanner->mark_count; i++) {
        Mark mark = scanner->marks[i];
        if (bytes.data[mark.offset] != '-' && !is_digit((unsigned char)bytes.data[mark.offset])) continue;
        if (!copy) {
            copy = memory_resize(NULL, bytes.size, 1);
            memcpy(copy, bytes.data, bytes.size);
        }
        memset(copy + mark.offset, ' ', mark.size);
        copy[mark.offset] = '0';
    }
    return copy;
}

static Tree *build(const Scanner *scanner) {
    char *copy = without_numbers(scanner);
    cJSON *value = cJSON_ParseWithLength(copy ? copy : scanner->bytes.data, scanner->bytes.size);
    memory_free(copy);
    /* The scanner accepted the text, so only memory can be missing: this size ends the process. */
    if (!value) memory_product(SIZE_MAX, SIZE_MAX);
    Walk walk = {.scanner = scanner, .cursor = lines_begin(scanner->bytes, 0, scanner->line)};
    walk.cursor.valid = true; /* the scanner has seen to it */
    Tree *tree = walk_value(&walk, value);
    cJSON_Delete(value);
    return walk.bad ? NULL : tree;
}

Tree *json_parse(Str file, Str bytes, Arena *arena, Diag *diag) {
    return json_parse_from(file, bytes, 1, arena, diag);
}

Tree *json_parse_from(Str file, Str bytes, uint32_t line, Arena *arena, Diag *diag) {
    if (str_starts(bytes, STR("\xef\xbb\xbf"))) bytes = str_slice(bytes, 3, bytes.size);
    /* Copied, since places show their line for as long as the tree lives. */
    Scanner scanner = {.file = arena_copy(arena, file),
                       .bytes = arena_copy(arena, bytes),
                       .line = line,
                       .arena = arena,
                       .diag = diag};
    Tree *tree = scan_document(&scanner) ? build(&scanner) : NULL;
    memory_free(scanner.marks);
    return tree;
}

static void add_escaped(Buffer *out, unsigned char byte) {
    static const char shorts[] = "\bb\ff\nn\rr\tt\"\"\\\\";
    const char *found = byte ? strchr(shorts, byte) : NULL;
    if (!found) {
        buffer_addf(out, "\\u%04x", byte);
        return;
    }
    buffer_add_char(out, '\\');
    buffer_add_char(out, found[1]);
}

void json_add_text(Buffer *out, Str text) {
    buffer_add_char(out, '"');
    size_t done = 0;
    if (plain_json(text)) {
        buffer_add(out, text);
        text.size = 0;
    }
    for (size_t at = 0; at < text.size; at++) {
        unsigned char byte = (unsigned char)text.data[at];
        if (byte >= 0x20 && byte != 0x7f && byte != '"' && byte != '\\') continue;
        buffer_add(out, str_slice(text, done, at));
        add_escaped(out, byte);
        done = at + 1;
    }
    buffer_add(out, str_slice(text, done, text.size));
    buffer_add_char(out, '"');
}

void json_add_key(Buffer *out, const char *name) {
    if (out->size > 0 && !strchr("{[:", out->data[out->size - 1])) buffer_add_char(out, ',');
    json_add_text(out, str_of(name));
    buffer_add_char(out, ':');
}

void json_put_text(Buffer *out, const char *name, Str text) {
    json_add_key(out, name);
    json_add_text(out, text);
}

void json_put_known(Buffer *out, const char *name, Str text) {
    if (text.size)
        json_put_text(out, name, text);
    else
        json_put_number(out, name, text);
}

void json_put_number(Buffer *out, const char *name, Str digits) {
    json_add_key(out, name);
    buffer_add(out, digits.size ? digits : STR("null"));
}

void json_put_whole(Buffer *out, const char *name, uint64_t number) {
    json_add_key(out, name);
    buffer_addf(out, "%" PRIu64, number);
}

void json_put_flag(Buffer *out, const char *name, bool flag) {
    json_add_key(out, name);
    buffer_add(out, flag ? STR("true") : STR("false"));
}
