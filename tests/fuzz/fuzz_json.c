/* JSON: accepted exactly where a recogniser written from RFC 8259 accepts and cJSON reads the same shape;
 * what was read, written and read again, is the same. */
#include "fuzz.h"
#include "io/json.h"

#include "base/text.h"

#include <cjson/cJSON.h>

/* ---- the recogniser */

typedef struct Text {
    const unsigned char *at, *end;
    size_t depth, deepest;
} Text;

static int next(const Text *text) { return text->at < text->end ? *text->at : -1; }

static bool take(Text *text, int byte) {
    if (next(text) != byte) return false;
    text->at++;
    return true;
}

static void blanks(Text *text) {
    while (take(text, ' ') || take(text, '\t') || take(text, '\n') || take(text, '\r')) continue;
}

static bool word(Text *text, const char *wanted) {
    for (; *wanted; wanted++)
        if (!take(text, (unsigned char)*wanted)) return false;
    return true;
}

static bool digits(Text *text) {
    const unsigned char *from = text->at;
    while (next(text) >= '0' && next(text) <= '9') text->at++;
    return text->at > from;
}

static bool number(Text *text) {
    take(text, '-');
    if (!take(text, '0') && !digits(text)) return false;
    if (take(text, '.') && !digits(text)) return false;
    if (!take(text, 'e') && !take(text, 'E')) return true;
    if (!take(text, '-')) take(text, '+');
    return digits(text);
}

static long hex(Text *text) {
    char four[5] = "";
    for (int i = 0; i < 4; i++, text->at++) {
        if (next(text) < 0 || !strchr("0123456789abcdefABCDEF", next(text)) || !next(text)) return -1;
        four[i] = (char)next(text);
    }
    return strtol(four, NULL, 16);
}

/* Texts hold no NUL, and no half of a pair: ours are stricter than the RFC there. */
static bool string(Text *text) {
    if (!take(text, '"')) return false;
    while (!take(text, '"')) {
        int byte = next(text);
        if (byte < 0x20) return false;
        text->at++;
        if (byte != '\\') continue;
        int kind = next(text);
        if (kind <= 0 || !strchr("\"\\/bfnrtu", kind)) return false;
        text->at++;
        if (kind != 'u') continue;
        long unit = hex(text);
        if (unit <= 0 || (unit >= 0xdc00 && unit < 0xe000)) return false;
        if (unit < 0xd800 || unit > 0xdbff) continue;
        if (!word(text, "\\u")) return false;
        long low = hex(text);
        if (low < 0xdc00 || low > 0xdfff) return false;
    }
    return true;
}

static bool value(Text *text);

static bool list(Text *text, bool object) {
    char close = object ? '}' : ']';
    text->at++;
    blanks(text);
    if (take(text, close)) return true;
    do {
        blanks(text);
        if (object && !string(text)) return false;
        blanks(text);
        if (object && !take(text, ':')) return false;
        if (!value(text)) return false;
        blanks(text);
    } while (take(text, ','));
    return take(text, close);
}

static bool value(Text *text) {
    blanks(text);
    if (++text->depth > text->deepest) text->deepest = text->depth;
    if (text->depth > 2000) return false;
    int first = next(text);
    bool good = first == '{' || first == '['   ? list(text, first == '{')
                : first == '"'                 ? string(text)
                : first == 't'                 ? word(text, "true")
                : first == 'f'                 ? word(text, "false")
                : first == 'n'                 ? word(text, "null")
                : first == '-' || first >= '0' ? number(text)
                                               : false;
    text->depth--;
    return good;
}

static bool is_json(Str bytes, size_t *deepest) {
    Text text = {(const unsigned char *)bytes.data, (const unsigned char *)bytes.data + bytes.size, 0, 0};
    bool good = text_invalid(bytes) == bytes.size && value(&text);
    blanks(&text);
    *deepest = text.deepest;
    return good && text.at == text.end;
}

/* ---- written and read again */

static void write_tree(Buffer *out, const Tree *tree) {
    if (tree->kind == TREE_TEXT) {
        json_add_text(out, tree->text);
    } else if (tree->kind == TREE_NUMBER) {
        decimal_write(out, &tree->number);
    } else if (tree->kind == TREE_BOOL) {
        buffer_add(out, tree->flag ? STR("true") : STR("false"));
    } else if (tree->kind == TREE_NIL) {
        buffer_add(out, STR("null"));
    } else {
        bool object = tree->count > tree->positional;
        buffer_add_char(out, object ? '{' : '[');
        for (size_t i = 0; i < tree->count; i++) {
            if (i > 0) buffer_add_char(out, ',');
            if (object) json_add_text(out, tree->items[i].name);
            if (object) buffer_add_char(out, ':');
            write_tree(out, tree->items[i].value);
        }
        buffer_add_char(out, object ? '}' : ']');
    }
}

static void check_places(const Tree *tree, uint32_t *line) {
    require(tree->place.line >= *line && tree->place.column > 0, "place %u:%u", tree->place.line,
            tree->place.column);
    *line = tree->place.line;
    for (size_t i = 0; i < tree->count; i++) check_places(tree->items[i].value, line);
}

static void check_shape(const Tree *tree, const cJSON *other) {
    bool table = cJSON_IsArray(other) || cJSON_IsObject(other);
    require((tree->kind == TREE_TABLE) == table, "another kind than cJSON's");
    require((tree->kind == TREE_TEXT) == (bool)cJSON_IsString(other), "another kind than cJSON's");
    require((tree->kind == TREE_NUMBER) == (bool)cJSON_IsNumber(other), "another kind than cJSON's");
    if (tree->kind == TREE_TEXT) require(str_is(tree->text, other->valuestring), "another text");
    if (tree->kind == TREE_BOOL) require(tree->flag == (bool)cJSON_IsTrue(other), "another choice");
    const cJSON *item = other->child;
    for (size_t i = 0; i < tree->count; i++, item = item->next) {
        assert_non_null(item);
        if (cJSON_IsObject(other)) require(str_is(tree->items[i].name, item->string), "another key");
        check_shape(tree->items[i].value, item);
    }
    if (table) assert_null(item);
}

static void check_read(const Tree *tree, Str bytes) {
    Arena arena = {0};
    Diag *diag = diag_new();
    Buffer text = {0}, again = {0};
    uint32_t line = 1;
    check_places(tree, &line);
    cJSON *other = cJSON_ParseWithLength(bytes.data, bytes.size);
    if (other) check_shape(tree, other); /* it may refuse long numbers */
    cJSON_Delete(other);
    write_tree(&text, tree);
    const Tree *same = json_parse(STR("y.json"), buffer_view(&text), &arena, diag);
    require(same != NULL, "what was written cannot be read: %s", buffer_text(&text));
    write_tree(&again, same);
    require(str_equal(buffer_view(&text), buffer_view(&again)), "%s became %s", buffer_text(&text),
            buffer_text(&again));
    buffer_release(&text);
    buffer_release(&again);
    diag_free(diag);
    arena_release(&arena);
}

/* Whether all messages have this one's code. */
static bool all_messages(const Diag *diag, MessageId message) {
    for (size_t i = 0; i < diag_count(diag); i++)
        if (diag_item(diag, i)->message != message) return false;
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Str bytes = {(const char *)data, size};
    Arena arena = {0};
    Diag *diag = diag_new();
    size_t deepest;
    const Tree *tree = json_parse(STR("x.json"), bytes, &arena, diag);
    if (str_starts(bytes, STR("\xef\xbb\xbf"))) bytes = str_slice(bytes, 3, size);
    bool good = is_json(bytes, &deepest);
    require((tree == NULL) == diag_has_errors(diag), "a tree after errors, or none without");
    if (tree) {
        require(good, "accepted");
        check_read(tree, bytes);
    } else if (good) {
        /* What no grammar refuses: depth, keys, numbers beyond all bounds. */
        bool keys = !all_messages(diag, MESSAGE_JSON_SYNTAX) && !all_messages(diag, MESSAGE_BAD_UTF8);
        bool long_number = strstr((const char *)arena_copy(&arena, bytes).data, "e") != NULL || size > 400 ||
                           strstr(arena_copy(&arena, bytes).data, "E") != NULL;
        bool empty_key = strstr(arena_copy(&arena, bytes).data, "\"\"") != NULL;
        require(deepest > TREE_DEPTH || keys || long_number || empty_key, "refused");
    }
    require_plain_messages(diag);
    diag_free(diag);
    arena_release(&arena);
    return 0;
}
