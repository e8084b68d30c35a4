/* reader - plain values that a script returned, read with raw access, every fault with its path.
 *
 * No metamethod runs: a view of lua/readonly is read as the table behind it. A Reader stands on one value, on
 * top of the stack; enter and leave move it, and the path with it. The functions may raise Lua's memory error
 * only.
 */
#ifndef PERFEVAL_LUA_READER_H
#define PERFEVAL_LUA_READER_H

#include "base/arena.h"
#include "base/diag.h"

#include <lua.h>

/** Deepest path: blocks[3].table.rows[2][1].text. */
#define READER_DEPTH 16

/** A step from a value to an entry of it: by name, or by position where the name is NULL. */
typedef struct ReaderStep {
    const char *name;
    size_t position;
} ReaderStep;

/** Tables that stand in many places of a document, such as the columns of all its tables, are read once. */
typedef enum ReaderShared { READER_COLUMNS, READER_SHOWS, READER_MARKS, READER_SHARED } ReaderShared;

typedef struct ReaderKnown {
    const void *table; /* Lua's, the last that was read as this */
    const void *made;  /* of it, in the arena */
    size_t count;
} ReaderKnown;

typedef struct Reader {
    lua_State *L;
    Arena *arena;                   /* of what is read */
    Diag *diag;                     /* gets MESSAGE_DOCUMENT_SHAPE */
    const Place *place;             /* of the messages */
    ReaderStep steps[READER_DEPTH]; /* to the value on top: blocks[3].table */
    size_t depth;
    size_t text_limit; /* bytes of one text */
    size_t bytes;      /* of all texts so far */
    size_t cells;      /* counted by whoever reads tables */
    size_t values;     /* counted by whoever reads charts */
    size_t faults;
    ReaderKnown known[READER_SHARED];
} Reader;

/** A reader of the value on top of the stack. */
Reader reader_of(lua_State *L, size_t text_limit, const Place *place, Arena *arena, Diag *diag);
/** Adds a fault of the value on top: a text TEXT_DOCUMENT_…, as it stands behind the path. Use the macro
 * reader_fault. */
void reader_fault_list(Reader *reader, MessageId what, const Str *arguments, size_t count);
#define reader_fault(reader, what, ...) reader_fault_list((reader), (what), MESSAGE_LIST(__VA_ARGS__))
/** Adds a fault without arguments. */
void reader_fault_plain(Reader *reader, MessageId what);
/** A number as text, in the arena. */
Str reader_count(const Reader *reader, size_t count);
/** The fault "is X where `wanted` (TEXT_SHAPE_…) belongs". */
void reader_wrong_type(Reader *reader, MessageId wanted);
/** The fault "is none of …"; `choices` ends with NULL. */
void reader_none_of(Reader *reader, const char *const *choices);

/** Moves to an entry of the table at stack place `table`: pushes it. reader_leave moves back. */
void reader_enter(Reader *reader, int table, const char *name);
void reader_enter_at(Reader *reader, int table, size_t position);
void reader_leave(Reader *reader);
bool reader_has(Reader *reader, int table, const char *name);

/** What was made of the table on top when it was read as `what`; NULL: it has not been, or had faults. */
const void *reader_known(const Reader *reader, ReaderShared what, size_t *count);
/** Keeps that, unless there are faults. */
void reader_know(Reader *reader, ReaderShared what, const void *made, size_t count);

/** Whether the value on top is a table; a fault says that `wanted` belongs there. */
bool reader_is_table(Reader *reader, MessageId wanted);
/** Every key of the table on top must be one of `names` (ending with NULL); a few of the others become
 * faults. The answer has bit i set when names[i] is among the keys. */
unsigned reader_check_keys(Reader *reader, const char *const *names);
/** The names that are keys of the table at stack place `table`, as bits in the same way; the bit of the NULL
 * stands for all other keys. */
unsigned reader_find_keys(Reader *reader, int table, const char *const *names);
/** The length of the list on top, whose keys must be 1 … n, n at most `limit`. False after a fault. */
bool reader_list_length(Reader *reader, size_t limit, size_t *length);
/** A copy of the text on top; no data after a fault. */
Str reader_text(Reader *reader);

/** True for a number as the engine prints it: "-1234.50". */
bool reader_is_number(Str text);

/** These read the entry `name` of the table at `from`: a text (no data where it is not given or wrong); a
 * whole number from 1 to `most`, 1 when it is not given; true or false. */
Str reader_text_at(Reader *reader, int from, const char *name, bool required);
size_t reader_whole_at(Reader *reader, int from, const char *name, size_t most);
bool reader_flag_at(Reader *reader, int from, const char *name);

#endif
