/* blocks - a document as a format script sees it, and its tables drawn with box lines.
 *
 * scripts/README.md describes it for those who write formats:
 *   document         { title = …, blocks = { … } }
 *   blocks[i]        { kind = "heading", text = …, level = 1 }, { kind = "paragraph", text = … },
 *                    { kind = "page_break" }, … { kind = "table", caption = …, columns = …, rows = … }
 *   columns[c]       { title = …, align = …, group = … }
 *   rows[r][c]       { kind = "text" or "number", text = …, zero = …, rows = 1, columns = 1, spaced = false,
 *                    mark = … }, or false where the span of another cell covers the place: every row has an
 *                    entry for every column
 * The columns and rows of a table are made when they are first asked for: a format that lets the engine draw
 * its tables never pays for them.
 */
#ifndef PERFEVAL_LUA_BLOCKS_H
#define PERFEVAL_LUA_BLOCKS_H

#include "io/document.h"

#include <lua.h>

/** Widest line that a script may ask for, in cells. */
#ifndef BLOCKS_WIDTH
#define BLOCKS_WIDTH 10000
#endif

/** Pushes the document, which must outlive the state. */
void blocks_push(lua_State *L, const Document *document);

/** text.tables(blocks, style): the texts of table blocks of the document, in a list. Tables with the same
 * titles get the same widths. `style`: { width = , least = , number = function(printed, zero) }. A
 * lua_CFunction. */
int blocks_draw_tables(lua_State *L);

#endif
