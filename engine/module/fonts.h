/* fonts - the system's fonts, read twice: a text is set from each of the two readings, and where they do not
 * agree a font or its configuration was not read right. The libraries below take what they get: a font that
 * cannot be opened, or memory that runs out, gives them other letters and no error.
 */
#ifndef PERFEVAL_MODULE_FONTS_H
#define PERFEVAL_MODULE_FONTS_H

#include <pango/pangocairo.h>
#include <stdbool.h>

#define FONTS_READINGS 2

typedef struct Fonts {
    PangoFontMap *maps[FONTS_READINGS];
    bool none;      /* there is no font at all: nothing can be set */
    bool wrong;     /* something was not read right, or a library has complained */
    GLogFunc heard; /* who heard of complaints before */
} Fonts;

/** Reads the fonts. False when that failed; to be closed in either case. */
bool fonts_open(Fonts *fonts);
void fonts_close(Fonts *fonts);
/** Compares what each reading made of a text: letters, fonts and places; wrong where they differ, or where a
 * font of theirs cannot be used. */
void fonts_compare(Fonts *fonts, PangoLayout *const layouts[FONTS_READINGS]);

#endif
