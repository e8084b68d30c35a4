/* pattern - paths with `*` and {names}: which files they find, and what they stand for.
 *
 * `*` stands for any text without "/", a {name} for such a text that is not empty ({year}: four digits) and
 * is remembered; the same name twice stands for the same text.
 */
#ifndef PERFEVAL_APP_PATTERN_H
#define PERFEVAL_APP_PATTERN_H

#include "base/arena.h"

#define PATTERN_NAMES 4
/** Longest name of a file that is made from one that was found, in bytes. */
#define PATTERN_NAME_BYTES 200

/** What was found for each name: year, period, office, name; empty: nothing. */
typedef struct Found {
    Str path;
    Str id; /* the parts of the path that were not given, without the file's suffix, joined by "+" */
    Str names[PATTERN_NAMES];
} Found;

/** False when a path has a { that begins none of the names. */
bool pattern_is_sound(Str pattern);
/** True when it has something to find. */
bool pattern_is_open(Str pattern);
/** All paths of files that are there and match, in order of their bytes; a path without anything to find is
 * the answer whether there is a file or not. {name} is the file's name without suffix where the pattern does
 * not say it. */
Found *pattern_find(Arena *arena, Str pattern, size_t *count);
/** The pattern with what was found in place of its names. False when one of them was not found. */
bool pattern_fill(Arena *arena, Str pattern, const Found *found, Str *out);
/** True when the text may become the name of a file, or a part of one, here and on Windows: nothing that is
 * not seen or turns the direction of text, none of / \ < > : " | ? *, no dot, dash or blank in front, no dot
 * or blank behind, no name of a device (CON, NUL, COM1 …), at most PATTERN_NAME_BYTES. */
bool pattern_is_file_name(Str name);

#endif
