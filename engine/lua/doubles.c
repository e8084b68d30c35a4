#include "lua/doubles.h"

#include "base/memory.h"
#include "lua/lexer.h"

/* One side of a comparison, or the value of a name. A token of TOKEN_END: none. */
typedef struct Operand {
    Token divides; /* the first / or ^ */
    Token inexact; /* the first number that no double is */
    Token sign;    /* the first sign of arithmetic */
    size_t signs;  /* how many there are */
    bool additive; /* one of them is + or - */
    size_t tokens;
    Token only; /* the last token: the whole when there is one */
} Operand;

typedef struct Value {
    Str name;
    Operand operand;
} Value;

typedef enum FrameKind { FRAME_BLOCK, FRAME_FUNCTION, FRAME_GROUP, FRAME_CALL, FRAME_OTHER } FrameKind;

/* What stands between brackets, or in a block. */
typedef struct Frame {
    FrameKind kind;
    Operand left, operand; /* of the present comparison; behind it */
    Token compares;        /* its sign */
    Operand whole;         /* all of the present expression */
    size_t targets,
        count; /* the last names, to which the statement gives values: the first one's place, how many */
    enum { NO_TARGETS, LISTING, GIVING } giving;
    size_t given;  /* values so far */
    size_t before; /* names that were there when the frame began */
} Frame;

typedef struct Reader {
    const Source *source;
    const Plan *plan;
    Diag *diag;
    Arena arena;
    Lexer lexer;
    Token token, last[3]; /* the present one, and those before it */
    Frame *frames;
    size_t frame_count, frame_room;
    Value *values; /* of the names in sight, the last of a name counts */
    size_t value_count, value_room;
    size_t functions; /* that are open */
} Reader;

static bool is_none(const Token *token) { return token->kind == TOKEN_END; }

static bool is_word(const Token *token, const char *word) {
    return token->kind != TOKEN_SIGN && token->kind != TOKEN_STRING && str_is(token->text, word);
}

static bool is_one_of(const Token *token, const char *const *signs, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (lexer_is(token, signs[i])) return true;
    return false;
}

static bool is_comparison(const Token *token) {
    static const char *const signs[] = {"<", "<=", ">", ">=", "==", "~="};
    return is_one_of(token, signs, sizeof signs / sizeof *signs);
}

/* Does an operand end with this token? */
static bool ends_operand(const Token *token) {
    static const char *const signs[] = {")", "]", "}"};
    if (token->kind == TOKEN_SIGN) return is_one_of(token, signs, sizeof signs / sizeof *signs);
    bool value = token->kind == TOKEN_KEYWORD &&
                 (str_is(token->text, "nil") || str_is(token->text, "true") || str_is(token->text, "false"));
    return value || token->kind == TOKEN_NAME || token->kind == TOKEN_NUMBER || token->kind == TOKEN_STRING ||
           token->kind == TOKEN_LONG_STRING || token->kind == TOKEN_CLOSE;
}

static bool is_arithmetic(const Reader *reader) {
    static const char *const signs[] = {"+", "-", "*", "/", "//", "%", "^"};
    return is_one_of(&reader->token, signs, sizeof signs / sizeof *signs) && ends_operand(&reader->last[0]);
}

static Frame *frame(Reader *reader) { return &reader->frames[reader->frame_count - 1]; }

static void push_frame(Reader *reader, FrameKind kind) {
    if (reader->frame_count == reader->frame_room) {
        reader->frame_room = memory_growth(reader->frame_room, reader->frame_count + 1);
        reader->frames = memory_resize(reader->frames, reader->frame_room, sizeof *reader->frames);
    }
    reader->frames[reader->frame_count++] = (Frame){.kind = kind, .before = reader->value_count};
    reader->functions += kind == FRAME_FUNCTION;
}

static void add_value(Reader *reader, Str name) {
    if (reader->value_count == reader->value_room) {
        reader->value_room = memory_growth(reader->value_room, reader->value_count + 1);
        reader->values = memory_resize(reader->values, reader->value_room, sizeof *reader->values);
    }
    reader->values[reader->value_count++] = (Value){.name = name};
}

static Value *find_value(const Reader *reader, Str name) {
    for (size_t i = reader->value_count; i > 0; i--)
        if (str_equal(reader->values[i - 1].name, name)) return &reader->values[i - 1];
    return NULL;
}

/* ---- operands */

static void merge(Operand *into, const Operand *from) {
    if (is_none(&into->divides)) into->divides = from->divides;
    if (is_none(&into->inexact)) into->inexact = from->inexact;
    if (is_none(&into->sign)) into->sign = from->sign;
    into->signs += from->signs;
    into->additive |= from->additive;
}

/* Is it no double? Enough for the numbers of rules: a double is a whole number of 53 bits over a power of
 * two. */
static bool is_inexact(const Decimal *number) {
    mpq_t value;
    mpq_init(value);
    decimal_to_rational(number, value);
    bool power = mpz_popcount(mpq_denref(value)) == 1;
    size_t zeros = mpq_sgn(value) ? mpz_scan1(mpq_numref(value), 0) : 0;
    bool exact = power && mpz_sizeinbase(mpq_numref(value), 2) - zeros <= 53;
    mpq_clear(value);
    return !exact;
}

static void add_number(Reader *reader, Operand *operand) {
    Decimal number;
    bool read = decimal_parse_literal(reader->token.text, &number, &reader->arena);
    if (read && is_inexact(&number) && is_none(&operand->inexact)) operand->inexact = reader->token;
}

/* A name alone, or behind `param.`; other fields are columns. */
static void add_name(Reader *reader, Operand *operand) {
    bool field = lexer_is(&reader->last[0], ".") || lexer_is(&reader->last[0], ":");
    const Value *known = field ? NULL : find_value(reader, reader->token.text);
    if (known) merge(operand, &known->operand);
    if (!field || !is_word(&reader->last[1], "param")) return;
    const Param *param = plan_param(reader->plan, reader->token.text);
    if (param && is_inexact(&param->value) && is_none(&operand->inexact)) operand->inexact = reader->token;
}

static void add_sign(const Reader *reader, Operand *operand) {
    const Token *token = &reader->token;
    if (is_none(&operand->sign)) operand->sign = *token;
    if ((lexer_is(token, "/") || lexer_is(token, "^")) && is_none(&operand->divides))
        operand->divides = *token;
    operand->additive |= lexer_is(token, "+") || lexer_is(token, "-");
    operand->signs++;
}

static void add_token(Reader *reader) {
    Operand *operand = &frame(reader)->operand;
    operand->tokens++;
    operand->only = reader->token;
    if (reader->token.kind == TOKEN_NUMBER) add_number(reader, operand);
    if (reader->token.kind == TOKEN_NAME) add_name(reader, operand);
    if (is_arithmetic(reader)) add_sign(reader, operand);
}

/* The token that lost exactness; NULL when nothing did. */
static const Token *lossy(const Operand *operand) {
    if (!is_none(&operand->divides)) return &operand->divides;
    return operand->signs > 0 && !is_none(&operand->inexact) ? &operand->inexact : NULL;
}

static bool is_number(const Operand *operand, const char *digit) {
    return operand->tokens == 1 && operand->only.kind == TOKEN_NUMBER && str_is(operand->only.text, digit);
}

static bool is_text(const Operand *operand) {
    return operand->tokens == 1 &&
           (operand->only.kind == TOKEN_STRING || operand->only.kind == TOKEN_LONG_STRING);
}

/* What is exact against this other side: the sign of products, and one quotient against 1. */
static bool is_safe(const Operand *operand, const Operand *other) {
    if (is_text(other)) return true;
    if (is_number(other, "0") || is_number(other, "0.0")) return !operand->additive;
    return (is_number(other, "1") || is_number(other, "1.0")) && operand->signs == 1 &&
           is_none(&operand->inexact) && lexer_is(&operand->sign, "/");
}

static const Token *find_loss(const Operand *one, const Operand *other) {
    if (is_safe(one, other)) return NULL;
    const Token *loss = lossy(one);
    if (loss) return loss;
    return one->signs > 0 && !is_none(&other->inexact) ? &one->sign : NULL;
}

static void end_comparison(Reader *reader) {
    Frame *now = frame(reader);
    if (is_none(&now->compares)) return;
    const Token *loss = find_loss(&now->left, &now->operand);
    if (!loss) loss = find_loss(&now->operand, &now->left);
    if (loss && reader->functions > 0) {
        Place place = source_line(reader->source, now->compares.line);
        place.column = now->compares.column;
        place.span = now->compares.end_column - now->compares.column;
        diag_add(reader->diag, MESSAGE_BINARY_COMPARISON, &place, now->compares.text, loss->text);
        diag_hint_plain(reader->diag, TEXT_HINT_EXACT);
    }
    now->operand = now->left = (Operand){0}; /* yes or no */
    now->compares = (Token){0};
}

/* An operand of and, or, not, or a whole expression, is over. */
static void end_operand(Reader *reader) {
    end_comparison(reader);
    Frame *now = frame(reader);
    merge(&now->whole, &now->operand);
    now->operand = (Operand){0};
}

/* ---- statements */

static void give_value(Reader *reader) {
    Frame *now = frame(reader);
    end_operand(reader);
    if (now->giving == GIVING && now->given < now->count)
        reader->values[now->targets + now->given++].operand = now->whole;
    if (now->kind == FRAME_BLOCK || now->kind == FRAME_FUNCTION) now->whole = (Operand){0};
}

static void end_statement(Reader *reader) {
    give_value(reader);
    frame(reader)->giving = NO_TARGETS;
    frame(reader)->count = 0;
}

static void begin_targets(Reader *reader) {
    Frame *now = frame(reader);
    now->giving = LISTING;
    now->targets = reader->value_count;
    now->count = now->given = 0;
}

static void list_target(Reader *reader, Str name) {
    add_value(reader, name);
    frame(reader)->count++;
}

/* `=`: of a local, or of one name. */
static void begin_values(Reader *reader) {
    Frame *now = frame(reader);
    bool block = now->kind == FRAME_BLOCK || now->kind == FRAME_FUNCTION;
    bool name = reader->last[0].kind == TOKEN_NAME && !lexer_is(&reader->last[1], ".");
    end_operand(reader);
    now->whole = (Operand){0};
    if (!block) return;
    if (now->giving != LISTING) {
        begin_targets(reader);
        Value *known = name ? find_value(reader, reader->last[0].text) : NULL;
        if (known) now->targets = (size_t)(known - reader->values);
        now->count = known != NULL;
    }
    now->giving = GIVING;
}

/* Two operands side by side: a statement begins with the second. */
static bool begins_statement(const Reader *reader) {
    return reader->token.kind == TOKEN_NAME && ends_operand(&reader->last[0]);
}

/* ---- brackets and blocks */

static FrameKind bracket_kind(const Reader *reader) {
    const Token *before = reader->last;
    if (!lexer_is(&reader->token, "(")) return FRAME_OTHER;
    if (!ends_operand(&before[0])) return FRAME_GROUP;
    bool math = lexer_is(&before[1], ".") && is_word(&before[2], "math");
    return math || is_word(&before[0], "tonumber") ? FRAME_GROUP : FRAME_CALL;
}

/* Ends frames up to the innermost block or, for a bracket, up to its opening; the first frame stays. */
static void pop_frame(Reader *reader, bool block) {
    while (reader->frame_count > 1) {
        end_statement(reader);
        Frame ended = *frame(reader);
        bool is_block = ended.kind == FRAME_BLOCK || ended.kind == FRAME_FUNCTION;
        if (is_block && !block) return; /* a bracket that was opened nowhere */
        reader->functions -= ended.kind == FRAME_FUNCTION;
        if (is_block) reader->value_count = ended.before;
        reader->frame_count--;
        if (ended.kind == FRAME_GROUP) merge(&frame(reader)->operand, &ended.whole);
        if (is_block == block) return;
    }
}

static bool read_keyword(Reader *reader) {
    const Token *token = &reader->token;
    if (token->kind == TOKEN_OPEN) {
        bool function = is_word(token, "function");
        if (!function) end_statement(reader);
        push_frame(reader, function ? FRAME_FUNCTION : FRAME_BLOCK);
    } else if (token->kind == TOKEN_CLOSE) {
        pop_frame(reader, true);
    } else if (is_word(token, "and") || is_word(token, "or") || is_word(token, "not")) {
        end_operand(reader);
    } else if (token->kind == TOKEN_RETURN || token->kind == TOKEN_KEYWORD) {
        if (ends_operand(token)) return false; /* nil, true, false */
        end_statement(reader);
        if (is_word(token, "local")) begin_targets(reader);
    } else {
        return false;
    }
    return true;
}

static bool read_bracket(Reader *reader) {
    static const char *const open[] = {"(", "[", "{"}, *const closing[] = {")", "]", "}"};
    if (is_one_of(&reader->token, open, 3)) {
        frame(reader)->operand.tokens++;
        push_frame(reader, bracket_kind(reader));
    } else if (is_one_of(&reader->token, closing, 3)) {
        pop_frame(reader, false);
        frame(reader)->operand.tokens++;
        frame(reader)->operand.only = reader->token;
    } else {
        return false;
    }
    return true;
}

static void read_token(Reader *reader) {
    Frame *now = frame(reader);
    if (read_keyword(reader) || read_bracket(reader)) return;
    if (now->giving == LISTING && reader->token.kind == TOKEN_NAME && !begins_statement(reader)) {
        list_target(reader, reader->token.text);
        return;
    }
    if (begins_statement(reader)) end_statement(reader);
    if (lexer_is(&reader->token, "=")) {
        begin_values(reader);
    } else if (lexer_is(&reader->token, ";")) {
        end_statement(reader);
    } else if (lexer_is(&reader->token, ",")) {
        if (now->giving != LISTING) give_value(reader);
    } else if (is_comparison(&reader->token)) {
        end_comparison(reader);
        now->left = now->operand;
        now->compares = reader->token;
        now->operand = (Operand){0};
    } else {
        add_token(reader);
    }
}

void doubles_note(const Source *source, Str text, const Plan *plan, Diag *diag) {
    Reader reader = {
        .source = source, .plan = plan, .diag = diag, .lexer = {.text = text, .line = 1, .column = 1}};
    push_frame(&reader, FRAME_BLOCK);
    for (;;) {
        reader.token = lexer_next(&reader.lexer);
        if (reader.token.kind == TOKEN_END) break;
        read_token(&reader);
        reader.last[2] = reader.last[1];
        reader.last[1] = reader.last[0];
        reader.last[0] = reader.token;
    }
    end_statement(&reader);
    memory_free(reader.frames);
    memory_free(reader.values);
    arena_release(&reader.arena);
}
