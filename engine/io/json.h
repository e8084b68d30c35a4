/* json - JSON text to trees (cJSON behind a strict scanner) and the pieces of JSON output.
 *
 * cJSON alone accepts raw control characters, leading zeros and duplicate keys, rounds long numbers and gives
 * no line; so a scanner of our own goes first, refuses what RFC 8259 refuses and knows positions; numbers are
 * taken from their text, exactly.
 */
#ifndef PERFEVAL_IO_JSON_H
#define PERFEVAL_IO_JSON_H

#include "base/tree.h"

/** Parses `bytes`. The tree lives in `arena`, keeps the order of keys, and each value knows its place (file,
 * line, column). Arrays are tables with positional items, objects with named ones; an empty array and an
 * empty object are the same empty table; null is TREE_NIL. NULL after errors: MESSAGE_JSON_SYNTAX,
 * _DUPLICATE_KEY, _TOO_DEEP, MESSAGE_BAD_UTF8. */
Tree *json_parse(Str file, Str bytes, Arena *arena, Diag *diag);
/** The same for a part of a file that begins with line number `line`. */
Tree *json_parse_from(Str file, Str bytes, uint32_t line, Arena *arena, Diag *diag);

/** Adds a JSON string, escaped. */
void json_add_text(Buffer *out, Str text);
/** Adds `,` unless the buffer ends in `{`, `[`, `:` or is empty, then "name": */
void json_add_key(Buffer *out, const char *name);

/* Entries of an object, with the comma before them (json_add_key). */

void json_put_text(Buffer *out, const char *name, Str text);
/** null for an empty text. */
void json_put_known(Buffer *out, const char *name, Str text);
/** `digits` as they are; null for none. */
void json_put_number(Buffer *out, const char *name, Str digits);
void json_put_whole(Buffer *out, const char *name, uint64_t number);
void json_put_flag(Buffer *out, const char *name, bool flag);

#endif
