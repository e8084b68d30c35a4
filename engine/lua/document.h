/* document - what a report may contain: a closed schema, checked and copied before a format sees it.
 *
 * A report returns { title = …, blocks = { … } }; a block is one of heading, paragraph, note, bullet, table,
 * page_break; scripts/README.md describes them for those who write reports. The copy is normalised for those
 * who write formats: blocks[i]       { kind = "heading", text = …, level = 1 }, { kind = "paragraph", text =
 * … }, { kind = "page_break" }, … { kind = "table", caption = …, columns = …, rows = … } columns[c]      {
 * title = …, align = …, group = … } rows[r][c]      { kind = "text" or "number", text = …, zero = …, rows =
 * 1, columns = 1, spaced = false, mark = … }, or false where the span of another cell covers the place: every
 * row has an entry for every column
 */
#ifndef PERFEVAL_LUA_DOCUMENT_H
#define PERFEVAL_LUA_DOCUMENT_H

#include "base/tree.h"

#include <lua.h>

#ifndef DOCUMENT_BLOCKS
#define DOCUMENT_BLOCKS 100000
#endif
#ifndef DOCUMENT_COLUMNS
#define DOCUMENT_COLUMNS 64
#endif
/** Cells of all tables of a document. */
#ifndef DOCUMENT_CELLS
#define DOCUMENT_CELLS 200000
#endif
/** Longest text, in bytes. */
#ifndef DOCUMENT_TEXT
#define DOCUMENT_TEXT ((size_t)64 * 1024)
#endif
/** All texts of a document, in bytes. */
#ifndef DOCUMENT_BYTES
#define DOCUMENT_BYTES ((size_t)64 * 1024 * 1024)
#endif

/** The normalised document in the value at `index`, in `arena`. Metamethods are not run. NULL after errors:
 * all faults are added, MESSAGE_DOCUMENT_SHAPE at `place` with a path such as blocks[3].table.rows[2][1]. May
 * raise Lua's memory error. */
Tree *document_read(lua_State *L, int index, const Place *place, Arena *arena, Diag *diag);

#endif
