#include "lua/class.h"

#include "base/text.h"
#include "lua/state.h"
#include "lua/value.h"
#include "lua/wording.h"

#include <lauxlib.h>

/* Its address is the key of a metatable's class. */
static const char CLASS_KEY = 0;

typedef struct Object {
    const Class *class;
    const void *owner;
    size_t index;
} Object;

static size_t field_count(const Class *class) {
    size_t count = 0;
    while (class->fields[count].name) count++;
    return count;
}

/* The name or label nearest to `wanted`; its memory is the class's own. */
static Str nearest_field(lua_State *L, const Class *class, Str wanted) {
    size_t fields = field_count(class), count = 0;
    Str *words = lua_newuserdatauv(L, (2 * fields + 1) * sizeof *words, 0);
    for (size_t i = 0; i < fields; i++) {
        words[count++] = str_of(class->fields[i].name);
        if (class->fields[i].label) words[count++] = str_of(class->fields[i].label);
    }
    return text_nearest(wanted, words, count);
}

static int unknown_field(lua_State *L, const Class *class, Str wanted) {
    Str near = nearest_field(L, class, wanted);
    Buffer *shown = value_scratch(L);
    text_add_visible(shown, str_slice(wanted, 0, text_fit(wanted, 60)));
    Str name = str_of(class->name);
    if (near.size) return state_raise(L, TEXT_NO_FIELD_NEAR, name, buffer_view(shown), near);
    return state_raise(L, TEXT_NO_FIELD, name, buffer_view(shown));
}

/* Upvalues of read_field, which know the names that were read before: those of fields, and labels, with the
 * fields (light userdata), other names with parts (integers), and the owner whose parts those are. */
enum { FIELDS = lua_upvalueindex(1), OTHERS = lua_upvalueindex(2), OWNER = lua_upvalueindex(3) };

static const ClassField *find_field(const Class *class, Str name) {
    for (const ClassField *field = class->fields; field->name; field++)
        if (str_is(name, field->name) || (field->label && str_is(name, field->label))) return field;
    return NULL;
}

static int read_known(lua_State *L, const Object *object, const ClassField *field) {
    field->get(L, object->owner, object->index, field->part);
    return 1;
}

/* What is no field. */
static int read_other(lua_State *L, const Object *object, Str name) {
    const Class *class = object->class;
    int part;
    if (!class->other || !class->other->find(object->owner, name.data, name.size, &part))
        return unknown_field(L, class, name);
    if (lua_touserdata(L, OWNER) != object->owner) {
        lua_newtable(L);
        lua_replace(L, OTHERS);
        lua_pushlightuserdata(L, (void *)(uintptr_t)object->owner);
        lua_replace(L, OWNER);
    }
    lua_pushvalue(L, 2);
    lua_pushinteger(L, part);
    lua_rawset(L, OTHERS);
    class->other->get(L, object->owner, object->index, part);
    return 1;
}

/* A name that was not read before. Stack: object, key. */
static int read_new(lua_State *L, const Object *object) {
    Str name = {0};
    name.data = lua_tolstring(L, 2, &name.size);
    const ClassField *field = find_field(object->class, name);
    if (!field) return read_other(L, object, name);
    lua_pushvalue(L, 2);
    lua_pushlightuserdata(L, (void *)(uintptr_t)field);
    lua_rawset(L, FIELDS);
    return read_known(L, object, field);
}

/* Stack: object, key. */
static int read_field(lua_State *L) {
    const Object *object = lua_touserdata(L, 1);
    const Class *class = object->class;
    if (lua_type(L, 2) != LUA_TSTRING)
        return state_raise(L, TEXT_NO_LIST_KEY, str_of(class->name), wording_type(L, 2));
    lua_pushvalue(L, 2);
    if (lua_rawget(L, FIELDS) == LUA_TLIGHTUSERDATA) return read_known(L, object, lua_touserdata(L, -1));
    lua_pushvalue(L, 2);
    if (lua_rawget(L, OTHERS) != LUA_TNUMBER || lua_touserdata(L, OWNER) != object->owner)
        return read_new(L, object);
    class->other->get(L, object->owner, object->index, (int)lua_tointeger(L, -1));
    return 1;
}

static Str class_name(lua_State *L) { return str_of(lua_tostring(L, lua_upvalueindex(1))); }

static int refuse_write(lua_State *L) { return state_raise(L, TEXT_OBJECT_READ_ONLY, class_name(L)); }

static int refuse_list(lua_State *L) { return state_raise(L, TEXT_NO_LIST, class_name(L)); }

static int refuse_call(lua_State *L) { return state_raise(L, TEXT_NO_FUNCTION, class_name(L)); }

/* The class of the object at `at`; NULL when it is none. */
static const Class *class_of(lua_State *L, int at) {
    if (lua_type(L, at) != LUA_TUSERDATA || !lua_getmetatable(L, at)) return NULL;
    lua_rawgetp(L, -1, &CLASS_KEY);
    const Class *class = lua_touserdata(L, -1);
    lua_pop(L, 2);
    return class;
}

static int equal_objects(lua_State *L) {
    const Class *class = class_of(L, 1);
    const Object *a = lua_touserdata(L, 1), *b = lua_touserdata(L, 2);
    bool same_class = class && class_of(L, 2) == class;
    lua_pushboolean(L, same_class && a->owner == b->owner && a->index == b->index);
    return 1;
}

static int show_name(lua_State *L) {
    lua_pushvalue(L, lua_upvalueindex(1));
    return 1;
}

static const luaL_Reg methods[] = {
    {"__newindex", refuse_write},
    {"__len", refuse_list},
    {"__pairs", refuse_list},
    {"__call", refuse_call},
    {"__eq", equal_objects},
    {"__tostring", show_name},
    {NULL, NULL},
};

/* Pushes the class's metatable, made at its first use; its key in the registry is the class's address. */
static void push_metatable(lua_State *L, const Class *class) {
    if (lua_rawgetp(L, LUA_REGISTRYINDEX, class) == LUA_TTABLE) return;
    lua_pop(L, 1);
    lua_createtable(L, 0, 10);
    lua_pushstring(L, class->name);
    luaL_setfuncs(L, methods, 1);
    lua_newtable(L);
    lua_newtable(L);
    lua_pushlightuserdata(L, NULL);
    lua_pushcclosure(L, read_field, 3);
    lua_setfield(L, -2, "__index");
    lua_pushstring(L, class->name);
    lua_setfield(L, -2, "__name");
    lua_pushboolean(L, 0);
    lua_setfield(L, -2, "__metatable");
    lua_pushlightuserdata(L, (void *)(uintptr_t) class);
    lua_rawsetp(L, -2, &CLASS_KEY);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, class);
}

static void push_object(lua_State *L, const Class *class, const void *owner, size_t index) {
    Object *object = lua_newuserdatauv(L, sizeof *object, 0);
    *object = (Object){class, owner, index};
}

void class_push(lua_State *L, const Class *class, const void *owner, size_t index) {
    push_object(L, class, owner, index);
    push_metatable(L, class);
    lua_setmetatable(L, -2);
}

void class_push_list(lua_State *L, const Class *class, const void *owner, const uint32_t *units,
                     size_t count) {
    push_metatable(L, class);
    lua_createtable(L, count < 1u << 28 ? (int)count : 0, 0);
    for (size_t i = 0; i < count; i++) {
        push_object(L, class, owner, units ? units[i] : i);
        lua_pushvalue(L, -3);
        lua_setmetatable(L, -2);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
    lua_remove(L, -2);
}

/* Not a copy: the entries are the same functions, and the class is known by its key. With so much room few
 * keys meet in one place. */
static void push_quick_metatable(lua_State *L, const Class *class) {
    lua_createtable(L, 0, CLASS_ROOM);
    push_metatable(L, class);
    for (lua_pushnil(L); lua_next(L, -2);) {
        lua_pushvalue(L, -2);
        lua_insert(L, -2);
        lua_rawset(L, -5);
    }
    lua_pop(L, 1);
}

size_t *class_push_quick(lua_State *L, const Class *class, const void *owner, int fields) {
    Object *object = lua_newuserdatauv(L, sizeof *object, 0);
    *object = (Object){class, owner, 0};
    push_quick_metatable(L, class);
    lua_pushvalue(L, fields);
    lua_setfield(L, -2, "__index");
    lua_setmetatable(L, -2);
    return &object->index;
}

void class_push_reader(lua_State *L, const Class *class) {
    push_metatable(L, class);
    lua_getfield(L, -1, "__index");
    lua_remove(L, -2);
}

bool class_read(lua_State *L, int at, const Class *class, const void **owner, size_t *index) {
    if (class_of(L, at) != class) return false;
    const Object *object = lua_touserdata(L, at);
    *owner = object->owner;
    *index = object->index;
    return true;
}
