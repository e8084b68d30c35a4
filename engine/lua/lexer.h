/* lexer - the tokens of Lua text, with their places.
 *
 * Reads anything in linear time: text that is no Lua gives tokens too. Lines end as in Lua (\n, \r, \r\n,
 * \n\r count as one), columns count characters: bytes that continue a UTF-8 character have none.
 */
#ifndef PERFEVAL_LUA_LEXER_H
#define PERFEVAL_LUA_LEXER_H

#include "base/arena.h"

typedef enum TokenKind {
    TOKEN_END, /* behind the last one */
    TOKEN_NAME,
    TOKEN_OPEN,  /* a keyword that begins a block with an end of its own: function, if, do, repeat */
    TOKEN_CLOSE, /* end, until */
    TOKEN_RETURN,
    TOKEN_KEYWORD, /* any other keyword */
    TOKEN_NUMBER,
    TOKEN_STRING,      /* in quotes */
    TOKEN_LONG_STRING, /* in long brackets */
    TOKEN_SIGN         /* an operator or separator; a byte that means nothing in Lua */
} TokenKind;

typedef struct Token {
    TokenKind kind;
    Str text;                      /* as it stands */
    uint32_t line, column;         /* of its first character, from 1 */
    uint32_t end_line, end_column; /* just behind its last character */
} Token;

/** A lexer is born as {.text = …, .line = 1, .column = 1}. */
typedef struct Lexer {
    Str text;
    size_t at;
    uint32_t line, column;
} Lexer;

/** The next token, comments and blanks passed over. */
Token lexer_next(Lexer *lexer);
/** True for a TOKEN_SIGN of this text. */
bool lexer_is(const Token *token, const char *sign);
/** The text that a string token stands for: a view of it, or a copy in `arena` where it has escapes. */
Str lexer_string(const Token *token, Arena *arena);
/** Bytes of the line end at `at`: 0 where there is none. */
size_t lexer_line_end(Str text, size_t at);

#endif
