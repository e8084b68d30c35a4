/* schema - the closed shape of a rule table: which keys, of which kinds, which are needed.
 *
 * A key that is not known is an error with the nearest spelling, so that a typing mistake never passes for a
 * rule.
 */
#ifndef PERFEVAL_MODEL_SCHEMA_H
#define PERFEVAL_MODEL_SCHEMA_H

#include "base/tree.h"

/** Kinds of values a key accepts, to be combined. */
enum {
    ACCEPT_TEXT = 1,
    ACCEPT_NUMBER = 2,
    ACCEPT_TABLE = 4,
    ACCEPT_FORMULA = 8, /* an expression of fields and parameters */
    ACCEPT_FUNCTION = 16,
    ACCEPT_WORD = 32, /* mean, min, … */
    ACCEPT_YES = 64   /* true */
};

typedef struct SchemaKey {
    const char *name; /* NULL: the positional value [1] */
    unsigned accept;
    bool required;
} SchemaKey;

/** The keys of one kind of table, under a name for editors. */
typedef struct SchemaTable {
    const char *name;
    const SchemaKey *keys;
    size_t count;
} SchemaTable;

/** Checks the keys of `table` (at `path`, "" for the whole rule table) against `keys`: unknown and missing
 * ones, and wrong kinds of value, each added to `diag`. True when there was none. */
bool schema_check(Arena *arena, Str path, const Tree *table, const Place *place, const SchemaKey *keys,
                  size_t count, Diag *diag);
/** True when the value is of a kind that is accepted. */
bool schema_is(const Tree *value, unsigned accept);
/** As schema_is, with an error added where it is not. */
bool schema_accepts(Str path, const Tree *value, const Place *place, unsigned accept, Diag *diag);
/** Checks that `list` holds positional items only, each of them acceptable. */
bool schema_list(Arena *arena, Str path, const Tree *list, unsigned accept, Diag *diag);
/** path.name, or path[index] (from 1) where the item is positional. */
Str schema_path(Arena *arena, Str path, const Tree *table, size_t item);
/** Gives the message added last the hint "did you mean …?" when one of the words is near; `words` are
 * NUL-terminated names. False when none is. */
bool schema_suggest(Diag *diag, Str wanted, const Str *words, size_t count);
/** Gives the message added last a hint with the words, those that are empty left out, as its {1}; none for no
 * words. */
void schema_list_words(Diag *diag, MessageId hint, const Str *words, size_t count);

/** True for an item whose name begins with a digit: it is meant as a date, ["2019-01-01"] = 80. */
bool schema_is_dated(const TreeItem *item);
/** True when a table has such an item. */
bool schema_has_dates(const Tree *table);

#endif
