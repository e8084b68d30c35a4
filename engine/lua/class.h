/* class - read-only objects for scripts: a table of fields, each with its getter and its documentation.
 *
 * The binding tables are the one source of what scripts can see: reading, did-you-mean, the reference page's
 * test and (later) editor stubs come from them. Getters run in the confined child and read the dataset and
 * the results directly.
 */
#ifndef PERFEVAL_LUA_CLASS_H
#define PERFEVAL_LUA_CLASS_H

#include <lua.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** Entries that the tables of objects read in haste have room for. */
#define CLASS_ROOM 64

typedef struct ClassField {
    const char *name;
    const char *label; /* Korean name that works too: i["목표"]; or NULL */
    const char
        *type; /* "number", "integer", "text", "list of Project", … with "?" behind it when it can be nil */
    void (*get)(lua_State *L, const void *owner, size_t index, int part); /* pushes one value */
    int part;        /* which one, for a getter that serves several fields */
    const char *doc; /* one line */
} ClassField;

/** Names beside the fields, for columns of the data. */
typedef struct ClassOther {
    /** True, and the part that `get` takes, when `owner` has one of that name; the answer is remembered. */
    bool (*find)(const void *owner, const char *name, size_t size, int *part);
    void (*get)(lua_State *L, const void *owner, size_t index, int part); /* pushes one value */
} ClassOther;

typedef struct Class {
    const char *name; /* "Indicator" */
    const char *doc;
    const ClassField *fields; /* ends with a NULL name */
    const ClassOther *other;  /* NULL: the fields are all */
} Class;

/** Pushes an object: `owner` and `index` say which; equal ones compare equal. Unknown fields raise an error
 * with the nearest name; writing raises an error. `#`, pairs and calls are errors too. */
void class_push(lua_State *L, const Class *class, const void *owner, size_t index);
/** Pushes a list of objects with the indexes units[0 … count), or 0 … count when `units` is NULL. */
void class_push_list(lua_State *L, const Class *class, const void *owner, const uint32_t *units,
                     size_t count);
/** Pushes an object that is looked for in the table at `fields` and its metatable. Its index, which lives as
 * long as it: set, it says which one the object is. Only for the program's own hands: what it is changes
 * under those who hold it. */
size_t *class_push_quick(lua_State *L, const Class *class, const void *owner, int fields);
/** Pushes the function that reads a field of any object of the class: object, name. */
void class_push_reader(lua_State *L, const Class *class);
/** Of the object of that class at `at`: its owner and index. False when the value is none. */
bool class_read(lua_State *L, int at, const Class *class, const void **owner, size_t *index);

#endif
