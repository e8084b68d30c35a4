#include "lua/lexer.h"

#include <string.h>

static const struct {
    const char *word;
    TokenKind kind;
} keywords[] = {
    {"and", TOKEN_KEYWORD},    {"break", TOKEN_KEYWORD}, {"do", TOKEN_OPEN},       {"else", TOKEN_KEYWORD},
    {"elseif", TOKEN_KEYWORD}, {"end", TOKEN_CLOSE},     {"false", TOKEN_KEYWORD}, {"for", TOKEN_KEYWORD},
    {"function", TOKEN_OPEN},  {"goto", TOKEN_KEYWORD},  {"if", TOKEN_OPEN},       {"in", TOKEN_KEYWORD},
    {"local", TOKEN_KEYWORD},  {"nil", TOKEN_KEYWORD},   {"not", TOKEN_KEYWORD},   {"or", TOKEN_KEYWORD},
    {"repeat", TOKEN_OPEN},    {"return", TOKEN_RETURN}, {"then", TOKEN_KEYWORD},  {"true", TOKEN_KEYWORD},
    {"until", TOKEN_CLOSE},    {"while", TOKEN_KEYWORD},
};

static const char *const signs[] = {"...", "..", "==", "~=", "<=", ">=", "//", "::", "<<", ">>"};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static char byte_at(Str text, size_t at) {
    if (at >= text.size) return '\0';
    return text.data[at];
}

/* As a letter in lower case; other bytes become whatever. */
static char lower(char byte) { return (char)(byte | 0x20); }

static bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

static bool is_letter(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_';
}

static bool is_word(char byte) { return is_letter(byte) || is_digit(byte); }

static bool is_space(char byte) { return byte == ' ' || (byte >= '\t' && byte <= '\r'); }

size_t lexer_line_end(Str text, size_t at) {
    char byte = byte_at(text, at), next = byte_at(text, at + 1);
    if (at >= text.size || (byte != '\n' && byte != '\r')) return 0;
    return (next == '\n' || next == '\r') && next != byte ? 2 : 1;
}

static void advance(Lexer *lexer, size_t to) {
    size_t at = lexer->at;
    while (at < to) {
        char byte = lexer->text.data[at];
        if (byte == '\n' || byte == '\r') {
            lexer->line++;
            lexer->column = 1;
            at += lexer_line_end(lexer->text, at);
        } else {
            lexer->column += ((unsigned char)byte & 0xC0) != 0x80;
            at++;
        }
    }
    lexer->at = at;
}

/* The number of '=' between the brackets of a long bracket's opening at `at`; false when none opens there. */
static bool long_opening(Str text, size_t at, size_t *level) {
    if (byte_at(text, at) != '[') return false;
    size_t end = at + 1;
    while (byte_at(text, end) == '=') end++;
    *level = end - at - 1;
    return byte_at(text, end) == '[';
}

/* The byte behind the long bracket of that level whose text begins at `at`. */
static size_t long_end(Str text, size_t at, size_t level) {
    for (;;) {
        at = str_find(text, ']', at);
        if (at >= text.size) return text.size;
        size_t end = at + 1;
        while (end - at - 1 < level && byte_at(text, end) == '=') end++;
        if (end - at - 1 == level && byte_at(text, end) == ']') return end + 1;
        at = end;
    }
}

static size_t line_end_from(Str text, size_t at) {
    while (at < text.size && text.data[at] != '\n' && text.data[at] != '\r') at++;
    return at;
}

static size_t comment_end(Str text, size_t at) {
    size_t level;
    if (long_opening(text, at + 2, &level)) return long_end(text, at + level + 4, level);
    return line_end_from(text, at);
}

static size_t space_end(Str text, size_t at) {
    while (at < text.size && is_space(text.data[at])) at++;
    return at;
}

/* The byte behind the escape whose backslash is at `at`, as far as needed to find the closing quote. */
static size_t escape_end(Str text, size_t at) {
    size_t line_end = lexer_line_end(text, at + 1);
    if (line_end) return at + 1 + line_end;
    if (byte_at(text, at + 1) == 'z') return space_end(text, at + 2);
    return at + 2 < text.size ? at + 2 : text.size;
}

static size_t string_end(Str text, size_t at) {
    char quote = text.data[at++];
    while (at < text.size && text.data[at] != quote && !lexer_line_end(text, at))
        at = text.data[at] == '\\' ? escape_end(text, at) : at + 1;
    return byte_at(text, at) == quote ? at + 1 : at;
}

static size_t number_end(Str text, size_t at) {
    bool hex = text.data[at] == '0' && lower(byte_at(text, at + 1)) == 'x';
    char exponent = hex ? 'p' : 'e';
    while (at < text.size && (is_word(text.data[at]) || text.data[at] == '.')) {
        bool signed_next = lower(text.data[at]) == exponent &&
                           (byte_at(text, at + 1) == '+' || byte_at(text, at + 1) == '-');
        at += signed_next ? 2 : 1;
    }
    return at;
}

static size_t word_end(Str text, size_t at) {
    while (at < text.size && is_word(text.data[at])) at++;
    return at;
}

static size_t sign_end(Str text, size_t at) {
    char next = byte_at(text, at + 1);
    if (!next || !strchr(".=/:<>", next)) return at + 1; /* what the second byte of any of them is */
    for (size_t i = 0; i < COUNT(signs); i++)
        if (str_starts(str_slice(text, at, text.size), str_of(signs[i]))) return at + strlen(signs[i]);
    return at + 1;
}

static TokenKind word_kind(Str word) {
    for (size_t i = 0; i < COUNT(keywords); i++)
        if (*word.data == *keywords[i].word && str_is(word, keywords[i].word)) return keywords[i].kind;
    return TOKEN_NAME;
}

static void skip_blanks(Lexer *lexer) {
    Str text = lexer->text;
    while (lexer->at < text.size) {
        size_t at = lexer->at;
        if (is_space(text.data[at]))
            advance(lexer, space_end(text, at));
        else if (text.data[at] == '-' && byte_at(text, at + 1) == '-')
            advance(lexer, comment_end(text, at));
        else
            return;
    }
}

static TokenKind scan(Str text, size_t at, size_t *end) {
    char byte = text.data[at];
    size_t level;
    if (is_letter(byte)) {
        *end = word_end(text, at);
        return word_kind(str_slice(text, at, *end));
    }
    if (is_digit(byte) || (byte == '.' && is_digit(byte_at(text, at + 1)))) {
        *end = number_end(text, at);
        return TOKEN_NUMBER;
    }
    if (byte == '"' || byte == '\'') {
        *end = string_end(text, at);
        return TOKEN_STRING;
    }
    if (long_opening(text, at, &level)) {
        *end = long_end(text, at + level + 2, level);
        return TOKEN_LONG_STRING;
    }
    *end = sign_end(text, at);
    return TOKEN_SIGN;
}

/* A token of ASCII on one line: any but strings, and bytes that mean nothing in Lua. */
static bool is_plain(const Token *token) {
    return token->kind != TOKEN_STRING && token->kind != TOKEN_LONG_STRING && token->text.size > 0 &&
           (unsigned char)*token->text.data < 0x80;
}

static void advance_plain(Lexer *lexer, size_t to) {
    lexer->column += (uint32_t)(to - lexer->at);
    lexer->at = to;
}

Token lexer_next(Lexer *lexer) {
    skip_blanks(lexer);
    Token token = {.line = lexer->line, .column = lexer->column};
    size_t from = lexer->at, end = from;
    if (from < lexer->text.size) token.kind = scan(lexer->text, from, &end);
    token.text = str_slice(lexer->text, from, end);
    (is_plain(&token) ? advance_plain : advance)(lexer, end);
    token.end_line = lexer->line;
    token.end_column = lexer->column;
    return token;
}

bool lexer_is(const Token *token, const char *sign) {
    return token->kind == TOKEN_SIGN && *token->text.data == *sign && str_is(token->text, sign);
}

/* ---- what a string token stands for */

static int hex_value(char byte) {
    const char *digits = "0123456789abcdef";
    const char *found = byte ? strchr(digits, byte >= 'A' && byte <= 'F' ? lower(byte) : byte) : NULL;
    return found ? (int)(found - digits) : -1;
}

/* Reads up to `most` digits of a base and moves *at behind them. */
static uint32_t read_digits(Str text, size_t *at, int base, size_t most) {
    uint32_t value = 0;
    for (size_t i = 0; i < most; i++, ++*at) {
        int digit = hex_value(byte_at(text, *at));
        if (digit < 0 || digit >= base) break;
        value = value * (uint32_t)base + (uint32_t)digit;
    }
    return value;
}

static size_t put_character(char *out, uint32_t character) {
    if (character < 0x80) {
        out[0] = (char)character;
        return 1;
    }
    size_t size = character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    for (size_t i = size - 1; i > 0; i--, character >>= 6) out[i] = (char)(0x80 | (character & 0x3F));
    out[0] = (char)((0xF0U << (4 - size)) | character);
    return size;
}

/* Decodes the escape whose backslash is at `*at`; what it stands for is never longer than itself. */
static size_t put_escape(Str text, size_t *at, char *out) {
    static const char letters[] = "abfnrtv", values[] = "\a\b\f\n\r\t\v";
    char byte = byte_at(text, *at + 1);
    const char *letter = byte ? strchr(letters, byte) : NULL;
    size_t end = escape_end(text, *at), size = 1;
    *out = byte;
    if (letter) *out = values[letter - letters];
    if (lexer_line_end(text, *at + 1)) *out = '\n';
    if (byte == 'z') size = 0;
    if (byte == 'x' || is_digit(byte)) {
        end = *at + (byte == 'x' ? 2 : 1);
        *out = (char)(byte == 'x' ? read_digits(text, &end, 16, 2) : read_digits(text, &end, 10, 3));
    }
    if (byte == 'u' && byte_at(text, *at + 2) == '{') {
        end = *at + 3;
        size = put_character(out, read_digits(text, &end, 16, 6) & 0x1FFFFF);
        if (byte_at(text, end) == '}') end++;
    }
    *at = end;
    return size;
}

static Str unescape(Str text, Arena *arena) {
    char *out = arena_new(arena, text.size, 1);
    size_t size = 0;
    for (size_t at = 0; at < text.size;) {
        if (text.data[at] == '\\')
            size += put_escape(text, &at, out + size);
        else
            out[size++] = text.data[at++];
    }
    return (Str){out, size};
}

Str lexer_string(const Token *token, Arena *arena) {
    Str text = token->text;
    if (token->kind == TOKEN_LONG_STRING) {
        size_t level = 0;
        long_opening(text, 0, &level);
        size_t from = level + 2;
        return str_slice(text, from + lexer_line_end(text, from), text.size - from);
    }
    text = str_slice(text, 1, text.size - 1);
    return str_find(text, '\\', 0) < text.size ? unescape(text, arena) : text;
}
