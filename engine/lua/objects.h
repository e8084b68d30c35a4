/* objects - what reports see: Results and the four levels, with bands, parameters and special cases.
 *
 * The classes here and in lua/view are the binding tables that scripts/README.md documents; a test holds the
 * two together.
 */
#ifndef PERFEVAL_LUA_OBJECTS_H
#define PERFEVAL_LUA_OBJECTS_H

#include "lua/view.h"

/** Pushes the Indicator of a row for a function of the rules: fields of results raise an error. */
void objects_push_row(lua_State *L, const Dataset *dataset, size_t row);
/** Pushes the list of what the rate of a unit is made of (Indicators, Projects or Departments, read-only) for
 * a function of the rules: rates and verdicts of higher levels are not there yet. */
void objects_push_children(lua_State *L, const Results *results, Level level, size_t unit);
/** Pushes the Results object. `narrative` may be NULL. */
void objects_push_results(lua_State *L, const Results *results, Narrative *narrative);
/** All classes that scripts see, ending with NULL. */
const Class *const *objects_classes(void);

#endif
