#include "lua/bytecode.h"

#include <string.h>

#define MOST     65536 /* instructions, constants, functions within */
#define DEPTH    32    /* of functions within functions */
#define SHORTEST 33    /* bytes of the head */

/* Tags of constants. */
enum {
    TAG_NIL = 0,
    TAG_FALSE = 1,
    TAG_INTEGER = 3,
    TAG_SHORT = 4,
    TAG_TRUE = 17,
    TAG_FLOAT = 19,
    TAG_LONG = 20
};

typedef struct Reader {
    Str bytes;
    size_t at;
    bool bad;
    Arena *arena;
} Reader;

static const void *take(Reader *reader, size_t size) {
    if (size > reader->bytes.size - reader->at) reader->bad = true;
    if (reader->bad) return NULL;
    reader->at += size;
    return reader->bytes.data + reader->at - size;
}

static unsigned take_byte(Reader *reader) {
    const unsigned char *byte = take(reader, 1);
    return byte ? *byte : 0;
}

static uint64_t take_u64(Reader *reader) {
    uint64_t value = 0;
    const void *bytes = take(reader, sizeof value);
    if (bytes) memcpy(&value, bytes, sizeof value);
    return value;
}

/* Seven bits a byte, the highest first; the last one has the eighth bit set. */
static size_t take_size(Reader *reader) {
    size_t size = 0;
    for (;;) {
        unsigned byte = take_byte(reader);
        if (size > SIZE_MAX >> 8) reader->bad = true;
        if (reader->bad) return 0;
        size = size << 7 | (byte & 0x7f);
        if (byte & 0x80) return size;
    }
}

static size_t take_count(Reader *reader) {
    size_t count = take_size(reader);
    reader->bad |= count > MOST;
    return reader->bad ? 0 : count;
}

/* 0 stands for none, else one more than its bytes. */
static Str take_text(Reader *reader) {
    size_t size = take_size(reader);
    const char *text = size > 1 ? take(reader, size - 1) : NULL;
    return text ? arena_copy(reader->arena, (Str){text, size - 1}) : (Str){"", 0};
}

static bool head_is_known(Reader *reader) {
    static const char head[] = LUA_SIGNATURE "\x54\x00\x19\x93\r\n\x1a\n\x04\x08\x08";
    const char *bytes = take(reader, sizeof head - 1);
    uint64_t whole = take_u64(reader), bits = take_u64(reader);
    double number;
    memcpy(&number, &bits, sizeof number);
    return !reader->bad && memcmp(bytes, head, sizeof head - 1) == 0 && whole == 0x5678 && number == 370.5;
}

static void take_code(Reader *reader, Bytecode *out) {
    out->size = take_count(reader);
    const void *bytes = take(reader, out->size * sizeof *out->code);
    uint32_t *code = arena_new(reader->arena, out->size, sizeof *code);
    if (bytes) memcpy(code, bytes, out->size * sizeof *code);
    out->code = code;
    for (size_t i = 0; i < out->size && !reader->bad; i++) {
        unsigned op = bytecode_parts(code[i]).op;
        out->writes_upvalues |= op == CODE_SETUPVAL;
        reader->bad |= op > CODE_LAST;
    }
}

static BytecodeConstant take_constant(Reader *reader) {
    BytecodeConstant constant = {.kind = BYTECODE_NIL};
    uint64_t bits;
    switch (take_byte(reader)) {
    case TAG_NIL:
        break;
    case TAG_FALSE:
        constant.kind = BYTECODE_FALSE;
        break;
    case TAG_TRUE:
        constant.kind = BYTECODE_TRUE;
        break;
    case TAG_INTEGER:
        constant.kind = BYTECODE_INTEGER;
        bits = take_u64(reader);
        memcpy(&constant.integer, &bits, sizeof bits);
        break;
    case TAG_FLOAT:
        constant.kind = BYTECODE_FLOAT;
        bits = take_u64(reader);
        memcpy(&constant.number, &bits, sizeof bits);
        break;
    case TAG_SHORT:
    case TAG_LONG:
        constant.kind = BYTECODE_TEXT;
        constant.text = take_text(reader);
        break;
    default:
        reader->bad = true;
    }
    return constant;
}

static void take_constants(Reader *reader, Bytecode *out) {
    out->constant_count = take_count(reader);
    BytecodeConstant *constants = arena_new(reader->arena, out->constant_count, sizeof *constants);
    for (size_t i = 0; i < out->constant_count && !reader->bad; i++) constants[i] = take_constant(reader);
    out->constants = constants;
}

/* Stripped: every count is 0. */
static void take_debug(Reader *reader) {
    for (int list = 0; list < 4; list++) reader->bad |= take_count(reader) != 0;
}

static void take_function(Reader *reader, Bytecode *out, int depth);

static void take_functions(Reader *reader, Bytecode *out, int depth) {
    size_t count = take_count(reader);
    if (depth == DEPTH) reader->bad = true;
    for (size_t i = 0; i < count && !reader->bad; i++) {
        Bytecode within = {0};
        take_function(reader, &within, depth + 1);
        out->writes_upvalues |= within.writes_upvalues;
    }
}

static void take_function(Reader *reader, Bytecode *out, int depth) {
    take_text(reader); /* the source: none, as it is stripped */
    take_size(reader); /* lines */
    take_size(reader);
    out->params = take_byte(reader);
    out->variadic = take_byte(reader) != 0;
    out->registers = take_byte(reader);
    take_code(reader, out);
    take_constants(reader, out);
    take(reader, 3 * take_count(reader)); /* upvalues */
    take_functions(reader, out, depth);
    take_debug(reader);
}

static int add_piece(lua_State *L, const void *piece, size_t size, void *buffer) {
    (void)L;
    buffer_add(buffer, (Str){piece, size});
    return 0;
}

bool bytecode_read(lua_State *L, Arena *arena, Bytecode *out) {
    Buffer dump = {0};
    *out = (Bytecode){0};
    if (lua_type(L, -1) != LUA_TFUNCTION || lua_iscfunction(L, -1)) return false;
    bool good = lua_dump(L, add_piece, &dump, 1) == 0;
    Reader reader = {.bytes = buffer_view(&dump), .arena = arena};
    good = good && dump.size > SHORTEST && head_is_known(&reader);
    take_byte(&reader); /* count of upvalues */
    if (good) take_function(&reader, out, 0);
    good = good && !reader.bad && reader.at == reader.bytes.size;
    buffer_release(&dump);
    return good;
}

BytecodeParts bytecode_parts(uint32_t instruction) {
    BytecodeParts parts = {.op = instruction & 0x7f,
                           .a = instruction >> 7 & 0xff,
                           .k = instruction >> 15 & 1,
                           .b = instruction >> 16 & 0xff,
                           .c = instruction >> 24,
                           .bx = instruction >> 15};
    parts.sb = (int)parts.b - 127;
    parts.sc = (int)parts.c - 127;
    parts.sbx = (int)parts.bx - 65535;
    parts.jump = (int)(instruction >> 7) - 16777215;
    return parts;
}
