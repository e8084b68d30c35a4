/* source - a lexer over the text of a rule file that knows the place of each entry of its tables.
 *
 * A returned table knows no lines. This finds, in the text, where `verdict[1].at_most` stands, for messages,
 * and later for explain and coverage. It reads the constructor behind the main chunk's `return` (with or
 * without a call such as `ruleset`), follows nested constructors, and knows enough Lua to pass over
 * functions, strings, long strings and comments. A constructor that is the argument of a call (`any{…}`,
 * `foo({ … })`) is followed as if it stood there itself. What a file builds otherwise (in loops, in locals)
 * has no place of its own: the nearest enclosing entry's place is used.
 *
 * Paths are spelled as Lua would: names that are identifiers stand behind a dot (without one at the start),
 * others in brackets and quotes with \" and \\ escaped and nothing else, positions (from 1) in brackets:
 * `verdict[1].at_most`, `rate[2].when["목표"]`. "" is the whole table.
 */
#ifndef PERFEVAL_LUA_SOURCE_H
#define PERFEVAL_LUA_SOURCE_H

#include "base/tree.h"

typedef struct Source Source;

/** Reads `text` (borrowed). Never fails: a text that is no Lua simply yields fewer places. */
Source *source_new(Str file, Str text);
void source_free(Source *source);
/** Places of an entry by its path ("verdict[1].at_most", "params.x", "rate[2][1]"; "" is the whole table): of
 * its name (or of its value when it is positional) and of its value. False when the path is not in the text;
 * then both are those of the nearest enclosing entry that is; a text without `return` gives the file alone
 * (line 0). Lines and columns (characters) from 1, span: the name's or the value's characters on its (first)
 * line. Texts of places are views of `file` and `text`. */
bool source_find(const Source *source, Str path, Place *name, Place *value);
/** The text that an entry is given in quotes, on one line, in `arena` or a view of the text; data NULL where
 * the path is not in the text, or its value is anything but one such text. */
Str source_text(const Source *source, Str path, Arena *arena);
/** Adds a MESSAGE_REPEATED_KEY for each name that stands twice in one table: Lua would take the last, without
 * a word. False when there was one. */
bool source_check(const Source *source, Diag *diag);
/** Fills the places of a tree that the file returned, entry by entry, operands of formulas with the
 * formula's. */
void source_annotate(const Source *source, Tree *tree);
/** A place on a line, with its source text; column 1 to its end. */
Place source_line(const Source *source, uint32_t line);

/** Adds the step to a named entry to a path. */
void source_path_name(Buffer *path, Str name);
/** Adds the step to a positional entry, from 1. */
void source_path_position(Buffer *path, size_t position);

#endif
