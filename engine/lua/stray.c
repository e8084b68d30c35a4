#include "lua/stray.h"

#include "base/text.h"

#include <string.h>
#include <utf8proc.h>

/* Signs that a word processor writes, and what Lua has for them. Full-width forms of ASCII are not listed. */
static const struct {
    int32_t sign;
    const char *instead;
    MessageId hint;
} signs[] = {
    {0x201C, "\"", TEXT_HINT_STRAY_QUOTE}, {0x201D, "\"", TEXT_HINT_STRAY_QUOTE},
    {0x201E, "\"", TEXT_HINT_STRAY_QUOTE}, {0x2018, "\"", TEXT_HINT_STRAY_QUOTE},
    {0x2019, "\"", TEXT_HINT_STRAY_QUOTE}, {0xFF02, "\"", TEXT_HINT_STRAY_QUOTE},
    {0x300C, "\"", TEXT_HINT_STRAY_QUOTE}, {0x300D, "\"", TEXT_HINT_STRAY_QUOTE},
    {0xFF07, "\"", TEXT_HINT_STRAY_QUOTE}, {0x3000, " ", TEXT_HINT_STRAY_BLANK},
    {0x00A0, " ", TEXT_HINT_STRAY_BLANK},  {0x2003, " ", TEXT_HINT_STRAY_BLANK},
    {0x3001, ",", TEXT_HINT_STRAY_SIGN},   {0x00D7, "*", TEXT_HINT_STRAY_SIGN},
    {0x00F7, "/", TEXT_HINT_STRAY_SIGN},   {0x2212, "-", TEXT_HINT_STRAY_SIGN},
    {0x2013, "-", TEXT_HINT_STRAY_SIGN},   {0x2014, "-", TEXT_HINT_STRAY_SIGN},
    {0x2264, "<=", TEXT_HINT_STRAY_SIGN},  {0x2265, ">=", TEXT_HINT_STRAY_SIGN},
    {0x2260, "~=", TEXT_HINT_STRAY_SIGN},
};

static bool is_sign(Arena *arena, int32_t character, Str shown, Stray *out) {
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        if (signs[i].sign != character) continue;
        *out = (Stray){signs[i].hint, {shown, str_of(signs[i].instead)}, 2};
        if (signs[i].hint == TEXT_HINT_STRAY_BLANK) out->count = 0;
        return true;
    }
    if (character < 0xFF01 || character > 0xFF5E) return false;
    Str plain = arena_format(arena, "%c", (char)(character - 0xFF01 + '!'));
    *out = (Stray){TEXT_HINT_STRAY_SIGN, {shown, plain}, 2};
    return true;
}

static bool is_letter(int32_t character) {
    utf8proc_category_t category = utf8proc_category(character);
    return character >= 0x80 && category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
}

static bool is_name_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

/* The whole name that begins at `from` with a letter that is not ASCII, and what stands before its dot. */
static Stray name_at(Str line, size_t from) {
    size_t start = from, end = from;
    for (size_t next = from; next < line.size; end = next) {
        bool plain = is_name_byte(line.data[next]);
        if (!is_letter(text_next(line, &next)) && !plain) break;
    }
    while (start > 0 && is_name_byte(line.data[start - 1])) start--;
    Str name = str_slice(line, start, end);
    if (start == 0 || line.data[start - 1] != '.') return (Stray){TEXT_HINT_NAME_KEY, {name}, 1};
    size_t dot = start - 1, owner = dot;
    while (owner > 0 && is_name_byte(line.data[owner - 1])) owner--;
    if (owner == dot) return (Stray){TEXT_HINT_NAMES, {{0}}, 0};
    return (Stray){TEXT_HINT_NAME_DOT, {str_slice(line, owner, dot), name}, 2};
}

/* The byte of "near '<\235>'"; 0 when Lua names something else. */
static unsigned char foreign_byte(Str message) {
    for (size_t at = 0; (at = str_find(message, '<', at)) < message.size; at++) {
        Str rest = str_slice(message, at, message.size);
        if (rest.size < 6 || !str_starts(rest, STR("<\\")) || rest.data[5] != '>') continue;
        int number = 0;
        for (int i = 2; i < 5; i++) number = number * 10 + (rest.data[i] - '0');
        return number >= 0x80 && number <= 0xFF ? (unsigned char)number : 0;
    }
    return 0;
}

/* Where the byte first stands outside quotes and comments; line.size when it does not. */
static size_t find_outside(Str line, unsigned char byte) {
    char quote = 0;
    for (size_t at = 0; at < line.size; at++) {
        char c = line.data[at];
        if (quote) {
            if (c == '\\') at++;
            if (c == quote) quote = 0;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '-' && at + 1 < line.size && line.data[at + 1] == '-') {
            break;
        } else if ((unsigned char)c == byte) {
            return at;
        }
    }
    return line.size;
}

static bool find_foreign(Arena *arena, unsigned char byte, Place *place, Stray *out) {
    Str line = place->source;
    size_t at = find_outside(line, byte), next = at;
    *out = (Stray){TEXT_HINT_NAMES, {{0}}, 0};
    if (at == line.size) return true;
    int32_t character = text_next(line, &next);
    if (!is_sign(arena, character, str_slice(line, at, next), out) && is_letter(character))
        *out = name_at(line, at);
    place->column = (uint32_t)text_length(str_slice(line, 0, at)) + 1;
    place->span = 1;
    return true;
}

/* What stands in "near 'WORD'". */
static Str near_word(Str message) {
    Str before = STR("near '");
    for (size_t at = 0; at + before.size < message.size; at++) {
        Str rest = str_slice(message, at, message.size - 1);
        if (str_starts(rest, before)) return str_slice(rest, before.size, rest.size);
    }
    return (Str){"", 0};
}

/* The last line before `line` with more than a comment on it; 0: there is none. */
static uint32_t line_before(Str source, uint32_t line) {
    uint32_t found = 0, number = 1;
    for (size_t at = 0; at < source.size && number < line; number++) {
        size_t end = str_find(source, '\n', at);
        Str text = str_trim(str_slice(source, at, end));
        if (text.size && !str_starts(text, STR("--"))) found = number;
        at = end + 1;
    }
    return found;
}

/* "'}' expected near 'key'": Lua met the next entry where a comma should be. */
static bool find_comma(Arena *arena, Str source, Str message, const Place *place, Stray *out) {
    Str word = near_word(message);
    bool entry = word.size && (is_name_byte(word.data[0]) || strchr("\"'{[", word.data[0]));
    if (!str_starts(message, STR("'}' expected")) || !entry) return false;
    uint32_t before = line_before(source, place->line);
    if (before && str_starts(str_trim(place->source), word))
        *out = (Stray){TEXT_HINT_COMMA_BEFORE, {arena_format(arena, "%u", before)}, 1};
    else
        *out = (Stray){TEXT_HINT_COMMA_HERE, {arena_copy(arena, word)}, 1};
    return true;
}

bool stray_find(Arena *arena, Str source, Str message, Place *place, Stray *out) {
    unsigned char byte = foreign_byte(message);
    if (byte) return find_foreign(arena, byte, place, out);
    return find_comma(arena, source, message, place, out);
}
