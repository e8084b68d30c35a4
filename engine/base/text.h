/* text - what a reader sees: UTF-8 checking, width in terminal cells, nearest spelling.
 *
 * Widths are those of utf8proc: Hangul and other wide characters take two cells, combining marks none; East
 * Asian ambiguous characters (○ ※ △ Ⅰ) take one.
 */
#ifndef PERFEVAL_BASE_TEXT_H
#define PERFEVAL_BASE_TEXT_H

#include "base/str.h"

/** Byte offset of the first byte that is not valid UTF-8; text.size when all is valid. */
size_t text_invalid(Str text);
/** Reads one character at *at and moves *at behind it. A byte that is no UTF-8 gives U+FFFD and moves by one.
 */
int32_t text_next(Str text, size_t *at);
/** Characters (code points) in `text`. */
size_t text_length(Str text);
/** The same of a text that is UTF-8 for sure (text_invalid), eight bytes at a time. */
size_t text_length_valid(Str text);
/** Byte offset of character number `index` (from 0); text.size when there are fewer. */
size_t text_offset(Str text, size_t index);
/** Cells of one character; 0 for controls and combining marks. */
int text_char_width(int32_t character);
/** Cells that `text` takes on a terminal. */
size_t text_width(Str text);
/** The longest start of `text` (in bytes, whole characters with their combining marks) of at most `width`
 * cells. */
size_t text_fit(Str text, size_t width);
/** Bytes of the first letter: a character and the combining marks behind it. 0 for an empty text. */
size_t text_letter(Str text);
/** Wrapping: begin drops blanks at the ends; each call of text_wrap then takes a line of at most `width`
 * cells off *rest, broken at a blank, inside a word only when that is longer (at least one character a line).
 * The text is wrapped when nothing is left; an empty one is one empty line. */
Str text_wrap_begin(Str text);
Str text_wrap(Str *rest, size_t width);
/** The same; *used is the width of the line. */
Str text_wrap_measured(Str *rest, size_t width, size_t *used);
/** Adds `text` with control characters, line ends, bidirectional overrides and bytes that are no UTF-8 made
 * visible (␊, \x1b, <U+202E>, \xff), so that a name from data cannot forge output. */
void text_add_visible(Buffer *out, Str text);
/** Whether text_add_visible leaves the text as it is: nearly always. */
bool text_is_visible(Str text);
/** The same; *width is the text's where it is. */
bool text_measure(Str text, size_t *width);
/** Whether there is nothing to see: no character, or blanks, controls and characters without a mark of any
 * kind (U+200B, U+3164 and the like) alone. */
bool text_is_blank(Str text);
/** Adds `text` as it stands between tags and in attributes of XML and HTML: as text_add_visible does, with
 * & < > " ' as references; the two characters that XML cannot hold (U+FFFE, U+FFFF) become visible too. */
void text_add_markup(Buffer *out, Str text);
/** Adds `text` as names are looked for by: compatibility forms and case folded (full width, half width,
 * capitals), without blanks and without dots of any kind (. · ․ ‧ ㆍ ・ •). Bytes that are no UTF-8 become
 * U+FFFD. */
void text_fold(Buffer *out, Str text);
/** Adds what two texts that look the same have in common: as text_fold, but with dots, and syllables of
 * Hangul whole. */
void text_look(Buffer *out, Str text);
/** Whether text_fold makes the same of both. */
bool text_same_folded(Str a, Str b);
/** The word nearest to `wanted` among `count` words, at most a third of the word's own characters away (case,
 * '-' and
 * '_' and blanks folded; the first of equals); an empty Str when none is near, or `wanted` has over 64
 * characters. */
Str text_nearest(Str wanted, const Str *words, size_t count);

#endif
