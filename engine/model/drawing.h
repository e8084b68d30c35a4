/* drawing - the pieces of an SVG drawing. */
#ifndef PERFEVAL_MODEL_DRAWING_H
#define PERFEVAL_MODEL_DRAWING_H

#include "base/str.h"

/** Begins a drawing of that size on white, and ends it. */
void svg_begin(Buffer *out, int width, int height, Str title);
void svg_end(Buffer *out);
/** Adds "<name"; attributes follow, then one of svg_close, svg_body. */
void svg_open(Buffer *out, const char *name);
void svg_word(Buffer *out, const char *name, const char *value);
void svg_number(Buffer *out, const char *name, double value);
/** Ends an element without content. */
void svg_close(Buffer *out);
/** Ends an element that holds a text, which is escaped. */
void svg_body(Buffer *out, const char *name, Str text);
/** A text at a point; anchor: "start", "middle", "end". */
void svg_label(Buffer *out, double x, double y, const char *anchor, Str text);
void svg_count(Buffer *out, double x, double y, const char *anchor, size_t count);

#endif
