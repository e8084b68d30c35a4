#include "lua/slips.h"

#include "base/memory.h"
#include "lua/lexer.h"

/* What was seen of the present expression. */
typedef struct Expression {
    bool formula; /* a formula or a table is part of it */
    Token sign;   /* the first logical operator; TOKEN_END: none */
} Expression;

typedef struct Reader {
    const Source *source;
    Diag *diag;
    Lexer lexer;
    Token token, last;
    Expression expression;
    Str *formulas; /* names that stand for formulas */
    size_t formula_count, formula_room;
    size_t declared; /* the last names are those of the present `local`, not known to be formulas yet */
    bool names;      /* between `local` and its = */
    bool sound;
} Reader;

static void take(Reader *reader) {
    reader->last = reader->token;
    reader->token = lexer_next(&reader->lexer);
}

static void add_name(Reader *reader, Str name) {
    if (reader->formula_count == reader->formula_room) {
        reader->formula_room = memory_growth(reader->formula_room, reader->formula_count + 1);
        reader->formulas = memory_resize(reader->formulas, reader->formula_room, sizeof *reader->formulas);
    }
    reader->formulas[reader->formula_count++] = name;
}

static bool is_formula(const Reader *reader) {
    if (reader->token.kind != TOKEN_NAME || lexer_is(&reader->last, ".") || lexer_is(&reader->last, ":"))
        return false;
    for (size_t i = 0; i < reader->formula_count - reader->declared; i++)
        if (str_equal(reader->formulas[i], reader->token.text)) return true;
    return false;
}

static bool is_logical(const Token *token) {
    if (lexer_is(token, "==") || lexer_is(token, "~=")) return true;
    return token->kind == TOKEN_KEYWORD &&
           (str_is(token->text, "and") || str_is(token->text, "or") || str_is(token->text, "not"));
}

static bool is_bit_sign(const Token *token) {
    static const char *const signs[] = {"~", "|", "&", "<<", ">>"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (lexer_is(token, signs[i])) return true;
    return false;
}

static bool is_local(const Token *token) {
    return token->kind == TOKEN_KEYWORD && str_is(token->text, "local");
}

/* Where an expression ends: an item, a table, a statement. */
static bool separates(const Token *token) {
    static const char *const signs[] = {",", ";", "=", "{", "}"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (lexer_is(token, signs[i])) return true;
    return token->kind == TOKEN_RETURN || token->kind == TOKEN_OPEN || token->kind == TOKEN_CLOSE ||
           is_local(token);
}

static void end_expression(Reader *reader) {
    const Token *sign = &reader->expression.sign;
    if (reader->expression.formula && sign->kind != TOKEN_END) {
        Place place = source_line(reader->source, sign->line);
        place.column = sign->column;
        place.span = sign->end_column - sign->column;
        diag_add(reader->diag, MESSAGE_FORMULA_LOGIC, &place, sign->text);
        reader->sound = false;
    }
    reader->expression = (Expression){0};
}

/* The last token was an operator on bits. `80~90`, a number to Lua, is a range that went wrong (a formula
 * refuses such a sign itself); anywhere else the operator may be meant, but Lua 5.4.4 can compute it wrongly.
 */
static void check_bit_sign(Reader *reader, bool in_function) {
    if (!is_bit_sign(&reader->last)) return;
    Place place = source_line(reader->source, reader->last.line);
    place.column = reader->last.column;
    place.span = reader->last.end_column - reader->last.column;
    if (in_function || reader->token.kind != TOKEN_NUMBER) {
        diag_add(reader->diag, MESSAGE_BIT_OPERATOR, &place, reader->last.text);
        return;
    }
    diag_add(reader->diag, MESSAGE_BIT_SIGN, &place, reader->last.text);
    diag_hint_plain(reader->diag, TEXT_HINT_RANGE);
    reader->sound = false;
}

static void forget_declared(Reader *reader) {
    reader->formula_count -= reader->declared;
    reader->declared = 0;
}

/* Inside, formulas have no place, and conditions are as in any Lua. */
static void skip_function(Reader *reader) {
    size_t nesting = 0;
    reader->names = false;
    do {
        if (reader->token.kind == TOKEN_OPEN) nesting++;
        if (reader->token.kind == TOKEN_CLOSE) nesting--;
        take(reader);
        check_bit_sign(reader, true);
    } while (nesting > 0 && reader->token.kind != TOKEN_END);
}

/* `{ … } and { … }` is the second table, `{ … } or { … }` the first. */
static bool joins_table(const Reader *reader) {
    return (is_logical(&reader->token) && lexer_is(&reader->last, "}")) ||
           (lexer_is(&reader->token, "{") && is_logical(&reader->last));
}

static void read_token(Reader *reader) {
    check_bit_sign(reader, false);
    if (joins_table(reader)) reader->expression.formula = true;
    if (separates(&reader->token)) end_expression(reader);
    if (is_local(&reader->token) || reader->token.kind == TOKEN_RETURN) forget_declared(reader);
    if (is_local(&reader->token)) {
        reader->names = true;
    } else if (reader->names && reader->token.kind == TOKEN_NAME) {
        add_name(reader, reader->token.text);
        reader->declared++;
    } else if (!lexer_is(&reader->token, ","))
        reader->names = false;
    if (is_formula(reader)) {
        reader->expression.formula = true;
        reader->declared = 0; /* they are made from it */
    }
    if (reader->expression.sign.kind == TOKEN_END && is_logical(&reader->token))
        reader->expression.sign = reader->token;
}

bool slips_check(const Source *source, Str text, Diag *diag) {
    Reader reader = {
        .source = source, .diag = diag, .lexer = {.text = text, .line = 1, .column = 1}, .sound = true};
    add_name(&reader, STR("field"));
    add_name(&reader, STR("param"));
    take(&reader);
    while (reader.token.kind != TOKEN_END) {
        if (reader.token.kind == TOKEN_OPEN && str_is(reader.token.text, "function")) {
            end_expression(&reader);
            skip_function(&reader);
            continue;
        }
        read_token(&reader);
        take(&reader);
    }
    end_expression(&reader);
    memory_free(reader.formulas);
    return reader.sound;
}
