/* units - the objects of scripts for what has a rate made of others: Project, Department, Bureau; and their
 * counts of verdicts.
 */
#ifndef PERFEVAL_LUA_UNITS_H
#define PERFEVAL_LUA_UNITS_H

#include "base/arena.h"
#include "lua/view.h"

/** Index: the unit. */
extern const Class units_project_class;
extern const Class units_department_class;
extern const Class units_bureau_class;

/** What cells and charts of a document name a bureau, department or project by: "b1", "d1", "p1". */
Str units_ref(Arena *arena, Level level, size_t unit);

/** Pushes projects by verdict: their numbers, or in percent of all. */
enum { UNITS_COUNT, UNITS_PERCENT };
void units_push_figures(lua_State *L, const View *view, const Counts *counts, int part);
/** A getter (lua/class) of indicators by verdict: `part` is the level of the unit, LEVEL_INDICATOR for all of
 * them; LEVEL_ALL more: in percent. Nil where the rules do not judge indicators. */
void units_get_indicators(lua_State *L, const void *owner, size_t unit, int part);

#endif
