/* chart - a drawing of a document as scripts write it and see it: a kind, rows of values, a threshold.
 *
 * { chart = { kind = "stacked", title = …, series = { … }, rows = { { label = …, values = { … } }, … } } };
 * scripts/README.md describes it. Where things stand is said by scripts/charts.lua.
 */
#ifndef PERFEVAL_LUA_CHART_H
#define PERFEVAL_LUA_CHART_H

#include "io/document.h"
#include "lua/reader.h"

/** Values of all charts of a document. */
#ifndef CHART_VALUES
#define CHART_VALUES 200000
#endif

/** Reads the entry `chart` of the block at stack place `block`. */
const DocumentChart *chart_read(Reader *reader, int block);
/** Adds the chart's entries to the table on top of the stack, as formats see them. */
void chart_add(lua_State *L, const DocumentChart *chart);

#endif
