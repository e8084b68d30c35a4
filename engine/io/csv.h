/* csv - comma-separated values (RFC 4180) in UTF-8: bytes to cells, cells to bytes.
 *
 * Read: LF, CRLF or CR line ends; quotes with line breaks and doubled quotes inside; a byte order mark is
 * skipped; wholly empty lines are skipped. Faults, each with its place: a byte that is no UTF-8, a NUL, a
 * quote that is never closed (the place is where it opens), text behind a closing quote, a quote inside an
 * unquoted cell.
 */
#ifndef PERFEVAL_IO_CSV_H
#define PERFEVAL_IO_CSV_H

#include "io/table.h"

/** A reader over `bytes` (borrowed until table_close). Never NULL; faults come with the rows. */
Table *csv_open(Str file, Str bytes);
/** The same with tabs instead of commas, as Excel writes "Unicode text". */
Table *csv_open_tabs(Str file, Str bytes);
/** True when the first line has more tabs than commas. */
bool csv_has_tabs(Str bytes);

/** Adds a cell, quoted where it holds a comma, a quote, a line break or a blank at an end. */
void csv_add_cell(Buffer *out, Str text);
/** As csv_add_cell for text that came from data: a text that a spreadsheet would take for a formula (first
 * character behind blanks one of = + - @, tab or CR first) gets an apostrophe before it. Not for numbers. */
void csv_add_text(Buffer *out, Str text);
/** csv_add_text, or with `formulas` csv_add_cell: for programs that take no cell for a formula. */
void csv_add_name(Buffer *out, Str text, bool formulas);

#endif
