#include "lua/sandbox.h"
#include "lua/translate_build.h"
#include "lua/value.h"

#include <math.h>

const TranslateFunction translate_functions[] = {
    {"abs", LANES_ABS, false}, {"ceil", LANES_CEIL, false}, {"floor", LANES_FLOOR, false},
    {"max", LANES_MAX, true},  {"min", LANES_MIN, true},    {"sqrt", LANES_ROOT, false},
};
#define FUNCTIONS (sizeof translate_functions / sizeof *translate_functions)

static uint16_t fail(Translation *t) {
    t->failed = true;
    return COLUMN;
}

/* `child`: of units; 0: the row's own, or the unit's. */
static uint16_t column_operand(Translation *t, size_t column, unsigned child) {
    Program *out = t->out;
    size_t i = 0;
    while (i < out->column_count && (out->columns[i] != column || out->children[i] != child)) i++;
    if (i == PROGRAM_COLUMNS) return fail(t);
    if (i == out->column_count) {
        out->columns[i] = (uint32_t)column;
        out->children[i] = child;
        out->column_count++;
    }
    return (uint16_t)(COLUMN + i);
}

uint16_t translate_count(Translation *t) { return column_operand(t, PROGRAM_COUNT, 0); }

uint16_t translate_bits(Translation *t, uint64_t bits) {
    Program *out = t->out;
    size_t i = 0;
    while (i < out->constant_count && out->constants[i] != bits) i++;
    if (i == PROGRAM_CONSTANTS) return fail(t);
    if (i == out->constant_count) out->constants[out->constant_count++] = bits;
    return (uint16_t)(CONSTANT + i);
}

static uint16_t text_operand(Translation *t, Str text) {
    Program *out = t->out;
    size_t i = 0;
    while (i < out->text_count && !str_equal(out->texts[i], text)) i++;
    if (i == PROGRAM_CONSTANTS) return fail(t);
    if (i == out->text_count) out->texts[out->text_count++] = arena_copy(t->arena, text);
    return translate_bits(t, LANE_TEXT | i);
}

uint16_t translate_variable(Translation *t) {
    if (t->out->variable_count == PROGRAM_VARIABLES) return fail(t);
    return (uint16_t)(VARIABLE + t->out->variable_count++);
}

static Value object(unsigned number) { return (Value){KNOWN_OBJECT, (uint16_t)number}; }

/* A number that lanes may hold. */
Value translate_number(Translation *t, double number) {
    LaneValue lane = {.number = number};
    bool fits = isfinite(number) && !(number == 0 && signbit(number));
    return fits ? translate_lanes(translate_bits(t, lane.bits)) : translate_unknown();
}

Value translate_integer(Translation *t, int64_t integer) {
    const int64_t most = (int64_t)1 << 53;
    return integer <= most && integer >= -most ? translate_number(t, (double)integer) : translate_unknown();
}

bool translate_known_number(const Translation *t, Value value, double *number) {
    if (value.known != KNOWN_LANES || (value.number & PART) != CONSTANT) return false;
    LaneValue lane = {.bits = t->out->constants[value.number & (uint16_t)~PART]};
    *number = lane.number;
    return isfinite(lane.number);
}

static const BytecodeConstant *find_constant(const Translation *t, size_t number) {
    static const BytecodeConstant none = {.kind = BYTECODE_NIL};
    return number < t->code.constant_count ? &t->code.constants[number] : &none;
}

Value translate_constant(Translation *t, size_t number) {
    const BytecodeConstant *constant = find_constant(t, number);
    switch (constant->kind) {
    case BYTECODE_NIL:
        return translate_lanes(translate_bits(t, LANE_NIL));
    case BYTECODE_FALSE:
        return translate_lanes(translate_bits(t, LANE_FALSE));
    case BYTECODE_TRUE:
        return translate_lanes(translate_bits(t, LANE_TRUE));
    case BYTECODE_INTEGER:
        return translate_integer(t, constant->integer);
    case BYTECODE_FLOAT:
        return translate_number(t, constant->number);
    default:
        return translate_lanes(text_operand(t, constant->text));
    }
}

/* A function of `math`, or ipairs, on top of the stack. */
static Value function_value(const Translation *t) {
    if (lua_rawequal(t->L, -1, t->ipairs)) return object(OBJECT_IPAIRS);
    for (unsigned i = 0; i < FUNCTIONS; i++) {
        lua_getfield(t->L, t->math, translate_functions[i].name);
        bool same = lua_rawequal(t->L, -1, -2);
        lua_pop(t->L, 1);
        if (same) return object(OBJECT_FUNCTION + i);
    }
    return translate_unknown();
}

/* The value on top of the stack, which it pops. It never changes (see translate_scripts_keep_still). */
static Value stack_value(Translation *t) {
    lua_State *L = t->L;
    Value value = translate_unknown();
    Str text = {0};
    switch (lua_type(L, -1)) {
    case LUA_TNIL:
        value = translate_lanes(translate_bits(t, LANE_NIL));
        break;
    case LUA_TBOOLEAN:
        value = translate_lanes(translate_bits(t, lua_toboolean(L, -1) ? LANE_TRUE : LANE_FALSE));
        break;
    case LUA_TNUMBER:
        value = lua_isinteger(L, -1) ? translate_integer(t, lua_tointeger(L, -1))
                                     : translate_number(t, lua_tonumber(L, -1));
        break;
    case LUA_TSTRING:
        text.data = lua_tolstring(L, -1, &text.size);
        value = translate_lanes(text_operand(t, text));
        break;
    case LUA_TFUNCTION:
        value = function_value(t);
        break;
    case LUA_TTABLE:
        if (sandbox_is_environment(L, -1))
            value = object(OBJECT_NAMES);
        else if (lua_rawequal(L, -1, t->math))
            value = object(OBJECT_MATH);
        break;
    default: /* `param` is an object of its own: only its name leads to it */
        break;
    }
    lua_pop(L, 1);
    return value;
}

/* ---- names */

static Value name_value(Str name) {
    if (str_is(name, "math")) return object(OBJECT_MATH);
    if (str_is(name, "ipairs")) return object(OBJECT_IPAIRS);
    return str_is(name, "param") ? object(OBJECT_PARAM) : translate_unknown();
}

static Value math_value(Translation *t, Str name) {
    for (unsigned i = 0; i < FUNCTIONS; i++)
        if (str_is(name, translate_functions[i].name)) return object(OBJECT_FUNCTION + i);
    if (!str_is(name, "pi")) return translate_unknown();
    lua_getfield(t->L, t->math, "pi");
    return stack_value(t);
}

static Value param_value(Translation *t, Str name) {
    const Param *param = t->plan ? plan_param(t->plan, name) : NULL;
    if (!param) return translate_unknown();
    value_push_number(t->L, &param->value);
    return stack_value(t);
}

/* Of a row; or of a child of a unit, whose rate is there too. */
static Value cell_value(Translation *t, Str name, unsigned child) {
    size_t column;
    if (child && str_is(name, "rate")) return translate_lanes(column_operand(t, PROGRAM_RATE, child));
    if (view_lacks_cell(t->view, name)) return translate_lanes(translate_bits(t, LANE_NIL));
    bool cell = view_find_cell(t->view, name.data, name.size, &column);
    return cell ? translate_lanes(column_operand(t, column, child)) : translate_unknown();
}

Value translate_field(Translation *t, Value of, size_t number) {
    const BytecodeConstant *key = find_constant(t, number);
    if (key->kind != BYTECODE_TEXT) return translate_unknown();
    if (of.known == KNOWN_ROW) return cell_value(t, key->text, 0);
    if (of.known == KNOWN_CHILD) return cell_value(t, key->text, of.number);
    if (of.known != KNOWN_OBJECT) return translate_unknown();
    if (of.number == OBJECT_NAMES) return name_value(key->text);
    if (of.number == OBJECT_MATH) return math_value(t, key->text);
    return of.number == OBJECT_PARAM ? param_value(t, key->text) : translate_unknown();
}

Value translate_upvalue(Translation *t, unsigned number) {
    return lua_getupvalue(t->L, t->function, (int)number + 1) ? stack_value(t) : translate_unknown();
}
