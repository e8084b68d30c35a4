/* document - what a report may contain: a closed schema, checked and copied before a format sees it.
 *
 * A report returns { title = …, blocks = { … } }; a block is one of heading, paragraph, note, bullet, table,
 * chart (lua/chart), page_break; scripts/README.md describes them for those who write reports, and the copy
 * (lua/blocks) for those who write formats.
 */
#ifndef PERFEVAL_LUA_DOCUMENT_H
#define PERFEVAL_LUA_DOCUMENT_H

#include "base/arena.h"
#include "base/diag.h"
#include "io/document.h"

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

/** The document in the value at `index`, in `arena`. Metamethods are not run. NULL after errors: all faults
 * are added, MESSAGE_DOCUMENT_SHAPE at `place` with a path such as blocks[3].table.rows[2][1]. May raise
 * Lua's memory error. */
Document *document_read(lua_State *L, int index, const Place *place, Arena *arena, Diag *diag);

#endif
