#include "lua/stray.h"

#include "base/text.h"
#include "lua/lexer.h"

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

/* The words that people write for the keys of ranges. */
static const struct {
    const char *word, *key;
} bounds[] = {{"이하", "at_most"}, {"미만", "below"}, {"이상", "at_least"}, {"초과", "above"}};

/* A name that stands by itself: a word for a bound, a remark without its sign, a key, or a text. */
static Stray lone_name(Str line, size_t start, size_t end) {
    Str name = str_slice(line, start, end), behind = str_trim(str_slice(line, end, line.size));
    size_t digits = 0;
    while (digits < name.size && name.data[digits] >= '0' && name.data[digits] <= '9') digits++;
    for (size_t i = 0; i < sizeof bounds / sizeof *bounds; i++)
        if (str_is(str_slice(name, digits, name.size), bounds[i].word))
            return (Stray){TEXT_HINT_BOUND_WORD, {str_of(bounds[i].word), str_of(bounds[i].key)}, 2};
    if (behind.size && behind.data[0] == '=') return (Stray){TEXT_HINT_NAME_KEY, {name}, 1};
    if (str_trim(str_slice(line, 0, start)).size == 0) return (Stray){TEXT_HINT_REMARK, {name}, 1};
    return (Stray){TEXT_HINT_NAME_TEXT, {name}, 1};
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
    if (start == 0 || line.data[start - 1] != '.') return lone_name(line, start, end);
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

/* Where the bytes first stand outside quotes and comments; line.size when they do not. `open`: whether the
 * line ends inside quotes. */
static size_t find_outside(Str line, Str bytes, bool *open) {
    char quote = 0;
    size_t found = line.size;
    for (size_t at = 0; at < line.size; at++) {
        char c = line.data[at];
        if (quote) {
            if (c == '\\') at++;
            if (c == quote) quote = 0;
        } else if (c == '"' || c == '\'') {
            quote = c;
        } else if (c == '-' && at + 1 < line.size && line.data[at + 1] == '-') {
            break;
        } else if (found == line.size && str_starts(str_slice(line, at, line.size), bytes)) {
            found = at;
        }
    }
    *open = quote != 0;
    return found;
}

static void point_at(Place *place, size_t at, size_t size) {
    Str line = place->source;
    place->column = (uint32_t)text_length(str_slice(line, 0, at)) + 1;
    place->span = (uint32_t)text_length(str_slice(line, at, at + size));
}

static bool find_foreign(Arena *arena, unsigned char byte, Place *place, Stray *out) {
    Str line = place->source;
    char sought = (char)byte;
    bool open;
    size_t at = find_outside(line, (Str){&sought, 1}, &open), next = at;
    *out = (Stray){TEXT_HINT_NAMES, {{0}}, 0};
    if (at == line.size) return true;
    int32_t character = text_next(line, &next);
    if (!is_sign(arena, character, str_slice(line, at, next), out) && is_letter(character))
        *out = name_at(line, at);
    point_at(place, at, next - at);
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

/* ---- what stands in the line, by what Lua says about it */

typedef struct Sight {
    Arena *arena;
    Str message, word; /* Lua's, and the word it stopped at */
    Place *place;
    Stray *out;
} Sight;

static bool found(const Sight *sight, MessageId hint) {
    *sight->out = (Stray){hint, {{0}}, 0};
    return true;
}

/* `"주의, key = "watch"`: the quotes of the line do not pair. */
static bool find_open_quote(const Sight *sight) {
    bool open;
    find_outside(sight->place->source, STR("\n"), &open);
    return open && found(sight, TEXT_HINT_OPEN_QUOTE);
}

/* `80%` */
static bool find_percent(const Sight *sight) {
    Str line = sight->place->source;
    bool open;
    size_t at = find_outside(line, STR("%"), &open);
    if (!str_starts(sight->message, STR("unexpected")) || at == line.size || at == 0) return false;
    if (line.data[at - 1] < '0' || line.data[at - 1] > '9') return false;
    point_at(sight->place, at, 1);
    return found(sight, TEXT_HINT_PERCENT);
}

/* `},,` */
static bool find_two_commas(const Sight *sight) {
    Str line = sight->place->source;
    bool open;
    size_t at = find_outside(line, STR(",,"), &open);
    if (at == line.size || !str_is(sight->word, ",")) return false;
    point_at(sight->place, at, 2);
    return found(sight, TEXT_HINT_TWO_COMMAS);
}

/* `target x 100`, where x is no name of a key */
static bool find_times(const Sight *sight) {
    Str line = sight->place->source;
    bool open;
    size_t at = find_outside(line, STR(" x "), &open);
    if (at == line.size) at = find_outside(line, STR(" X "), &open);
    if (at == line.size || (!str_is(sight->word, "x") && !str_is(sight->word, "X"))) return false;
    point_at(sight->place, at + 1, 1);
    *sight->out = (Stray){TEXT_HINT_STRAY_SIGN, {str_slice(line, at + 1, at + 2), STR("*")}, 2};
    return true;
}

/* `when = polarity = "lower"`, `{ actual = 0 and target = 0 }`; in a function `if i.target = 0 then` */
static bool find_assignment(const Sight *sight) {
    if (!str_is(sight->word, "=")) return false;
    if (str_starts(sight->message, STR("'then' expected"))) return found(sight, TEXT_HINT_COMPARE);
    return str_starts(sight->message, STR("'}' expected")) && found(sight, TEXT_HINT_ONE_VALUE);
}

/* `digits : 0` */
static bool find_colon(const Sight *sight) {
    Str line = sight->place->source;
    bool open;
    size_t at = find_outside(line, STR(":"), &open);
    if (at == line.size || !str_starts(sight->message, STR("<name> expected"))) return false;
    point_at(sight->place, at, 1);
    return found(sight, TEXT_HINT_COLON);
}

/* `"C:\Users"` */
static bool find_escape(const Sight *sight) {
    return str_starts(sight->message, STR("invalid")) && found(sight, TEXT_HINT_ESCAPE);
}

#define MOST_OPEN 64

/* The file ends inside a table: the last `{` that nothing closes. */
static bool find_open_table(const Sight *sight, Str source) {
    uint32_t lines[MOST_OPEN];
    size_t depth = 0;
    if (!str_ends(sight->message, STR("near <eof>"))) return false;
    Lexer lexer = {.text = source, .line = 1, .column = 1};
    for (Token token = lexer_next(&lexer); token.kind != TOKEN_END; token = lexer_next(&lexer)) {
        if (lexer_is(&token, "}") && depth > 0) depth--;
        if (!lexer_is(&token, "{")) continue;
        if (depth == MOST_OPEN) return false;
        lines[depth++] = token.line;
    }
    if (depth == 0) return false;
    *sight->out = (Stray){TEXT_HINT_OPEN_TABLE, {arena_format(sight->arena, "%u", lines[depth - 1])}, 1};
    return true;
}

bool stray_find(Arena *arena, Str source, Str message, Place *place, Stray *out) {
    static bool (*const finders[])(const Sight *) = {
        find_open_quote, find_percent, find_two_commas, find_times, find_colon, find_assignment, find_escape};
    unsigned char byte = foreign_byte(message);
    if (byte) return find_foreign(arena, byte, place, out);
    Sight sight = {arena, message, near_word(message), place, out};
    for (size_t i = 0; i < sizeof finders / sizeof *finders; i++)
        if (finders[i](&sight)) return true;
    return find_open_table(&sight, source) || find_comma(arena, source, message, place, out);
}

Str stray_shown(Arena *arena, Str message, const Place *place) {
    unsigned char byte = foreign_byte(message);
    size_t at = str_find(message, '<', 0), start = place->column ? place->column - 1 : 0;
    if (!byte) return message;
    while (!str_starts(str_slice(message, at, message.size), STR("<\\"))) at = str_find(message, '<', at + 1);
    Str line = place->source;
    size_t next = 0;
    while (start-- > 0 && next < line.size) text_next(line, &next);
    size_t from = next;
    if (from == line.size || (unsigned char)line.data[from] != byte) return message;
    text_next(line, &next);
    return arena_format(arena, "%.*s%.*s%.*s", STR_FMT(str_slice(message, 0, at)),
                        STR_FMT(str_slice(line, from, next)),
                        STR_FMT(str_slice(message, at + 6, message.size)));
}

/* ---- names that nothing stands for */

/* Where `name` stands as a whole name outside quotes; line.size: nowhere. */
static size_t find_name(Str line, Str name) {
    Lexer lexer = {.text = line, .line = 1, .column = 1};
    for (Token token = lexer_next(&lexer), last = {0}; token.kind != TOKEN_END;
         last = token, token = lexer_next(&lexer)) {
        bool member = lexer_is(&last, ".") || lexer_is(&last, ":");
        if (token.kind == TOKEN_NAME && !member && str_equal(token.text, name))
            return (size_t)(token.text.data - line.data);
    }
    return line.size;
}

static Stray name_hint(Str line, size_t at, Str name) {
    static const char *const comparisons[] = {"==", "<=", ">=", "~=", "<", ">"};
    if (str_is(name, "methods")) return (Stray){TEXT_HINT_METHODS, {{0}}, 0};
    if (str_is(name, "exclude")) return (Stray){TEXT_HINT_EXCLUDE, {{0}}, 0};
    Str behind = str_trim(str_slice(line, at + name.size, line.size));
    for (size_t i = 0; i < sizeof comparisons / sizeof *comparisons; i++)
        if (str_starts(behind, str_of(comparisons[i])))
            return (Stray){TEXT_HINT_KEY_SIGN, {name, str_of(comparisons[i])}, 2};
    return (Stray){TEXT_HINT_UNKNOWN_NAME, {name}, 1};
}

bool stray_name(Str message, Place *place, Stray *out) {
    static const MessageId texts[] = {TEXT_UNKNOWN_NAME, TEXT_UNKNOWN_NAME_NEAR, TEXT_NAME_IS_TEXT};
    Str arguments[2], line = place->source, english = message_part(message, LANGUAGE_EN);
    size_t which = 0;
    while (which < 3 && !message_match(english, message_get(texts[which]).text[LANGUAGE_EN], arguments))
        which++;
    size_t at = which < 3 ? find_name(line, arguments[0]) : line.size;
    if (at == line.size) return false;
    /* part of the message, which does not stay */
    *out = name_hint(line, at, str_slice(line, at, at + arguments[0].size));
    point_at(place, at, arguments[0].size);
    return which == 0 || out->hint == TEXT_HINT_KEY_SIGN;
}
