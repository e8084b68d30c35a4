/* wants - what a format can draw beyond texts and tables: the entry `wants` of the table that its script
 * returns, { "stacked", "whatif" }. Reports are told, and nothing that no format asked for is made. */
#ifndef PERFEVAL_LUA_WANTS_H
#define PERFEVAL_LUA_WANTS_H

#include "base/arena.h"
#include "base/diag.h"
#include "io/document.h"

#include <lua.h>

typedef struct Wants {
    bool charts[CHART_KINDS]; /* charts of other kinds are left out of the document */
    bool whatif;              /* document.whatif */
    bool explain;             /* document.explanations */
    bool sketch;              /* stacked charts, on a terminal alone */
    bool formulas;            /* cells with formulas */
    bool pictures;            /* charts become pictures (io/pictures): where none can be drawn, no charts */
} Wants;

/** Reads `wants` of the script's table at `index`; none: nothing is wanted. Faults are added at `place`.
 * Metamethods are not run; may raise Lua's memory error. */
Wants wants_read(lua_State *L, int index, const Place *place, Arena *arena, Diag *diag);
/** Pushes a table in which what is wanted is true: wants.stacked. */
void wants_push(lua_State *L, const Wants *wants);
/** Whether charts of some kind are wanted. */
bool wants_charts(const Wants *wants);
/** Leaves out the charts that are not wanted. */
void wants_trim(const Wants *wants, Document *document);

#endif
