/* pictures - parts of a package that are pictures (PNG), drawn by the program from what a format's script
 * describes.
 *
 * A part comes with a drawing in place of a text; its styles and paints are those of the whole package. The
 * module `pdf` draws it: the same description and fonts always give the same bytes.
 */
#ifndef PERFEVAL_IO_PICTURES_H
#define PERFEVAL_IO_PICTURES_H

#include "io/package.h"
#include "io/pages.h"

/** Longest side, in pixels. */
#define PICTURE_SIDE 4096.0

typedef struct Picture {
    size_t part;         /* of the package */
    const Tree *drawing; /* not checked yet */
} Picture;

typedef struct Pictures {
    const Tree *looks; /* a table with styles and paints */
    Picture *list;
    size_t count;
} Pictures;

/** Whether pictures can be drawn here: the module is there, and a font for Korean. Where not, the warning
 * MESSAGE_NO_PICTURES says why, or an error of apart_run. */
bool pictures_ready(ApartUse use, Diag *diag);
/** Checks the drawings, draws them, and makes the parts of `package` of them, in `arena`. Without pictures
 * nothing is done. False after errors: MESSAGE_DOCUMENT_SHAPE at `place`, with a path such as
 * parts[3].drawing.items[2]; MESSAGE_MODULE_MISSING, those of apart_run. MESSAGE_FONT_LACKS is a warning. */
bool pictures_draw(const Pictures *pictures, Package *package, ApartUse use, const Place *place, Arena *arena,
                   Diag *diag);

#endif
