/* view - what the objects of scripts look at, and the two objects that rule functions share with reports:
 * Dataset and Indicator.
 */
#ifndef PERFEVAL_LUA_VIEW_H
#define PERFEVAL_LUA_VIEW_H

#include "lua/class.h"
#include "model/results.h"

/** The narrative file as a report sees it: parsed, or its values as bytes (wire_add_values); neither: the
 * rules name none. */
typedef struct Narrative {
    /** Not NULL: it is still to come. Waits for it and sets the others, itself to NULL. */
    void (*take)(struct Narrative *narrative);
    const Tree *tree;
    Str values;
} Narrative;

/** The owner of every object; lives in the state. */
typedef struct View {
    const Dataset *dataset;
    const Results *results;       /* NULL for the functions of a rule file: they run before there are any */
    Narrative *narrative;         /* borrowed; NULL: none */
    size_t columns[COLUMN_KNOWN]; /* place in the data; SIZE_MAX: the data lack it */
    int *words; /* by column: the key in the registry of its texts by id; LUA_NOREF: not made yet */
} View;

/* Rows and their siblings. A function of the rules sees its row and, by `siblings`, all rows of the row's
 * project: whoever calls functions holds the data of whole projects, at any size. Results of rows are not
 * there while rules are evaluated, those of siblings no more than the row's own: rows are evaluated block by
 * block and case by case, so that there is no order in which they could be. */

/** The state's view of a dataset without results, made at its first use. */
const View *view_of_dataset(lua_State *L, const Dataset *dataset);
/** The state's view of results. */
const View *view_of_results(lua_State *L, const Results *results, Narrative *narrative);

/** Index: 0. */
extern const Class view_dataset_class;
/** Index: the row. */
extern const Class view_indicator_class;
/** Index: the row, of any period. */
extern const Class view_period_class;

/** The column of an Indicator's field; false for a name whose value is not simply a cell. */
bool view_find_cell(const View *view, const char *name, size_t size, size_t *column);
/** True for an Indicator's field that is a cell of a column that the data lack: it is nil in every row. */
bool view_lacks_cell(const View *view, Str name);
/** Pushes what `out` (of value_scratch) holds; nil when nothing was printed. */
void view_push_printed(lua_State *L, const Buffer *out);
/** Gives the table on top a text under that name; an empty text: nothing. */
void view_set_text(lua_State *L, const char *name, Str text);
/** Pushes the name of a reason; nil for MISSING_NONE. */
void view_push_missing(lua_State *L, Missing reason);
/** Pushes the key of a unit's band, or its name; nil when it has none. */
void view_push_verdict(lua_State *L, const Results *results, Level level, size_t unit, bool name);
/** Pushes last year's rate, or how the rules print it; nil when there is none. */
void view_push_last_year(lua_State *L, const Results *results, Level level, size_t unit, bool printed);

#endif
