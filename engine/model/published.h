/* published - the figures that an office printed: a JSON file, read for comparison only.
 *
 *   { "bureaus": [ { "name": "재정국", "projects": 18, "normal": 17, "sluggish": 1 }, … ],
 *     "totals":  { "projects": 154, "normal": 151, "sluggish": 3 },
 *     "percent": { "normal": 99, "sluggish": 1 } }
 *
 * "projects" counts all of them, every other key those of the verdict of that key. null: nothing is printed
 * there. A bureau may have a "percent" of its own. Texts (title, note) are passed over.
 */
#ifndef PERFEVAL_MODEL_PUBLISHED_H
#define PERFEVAL_MODEL_PUBLISHED_H

#include "base/tree.h"
#include "model/dataset.h"

/** A printed figure. */
typedef struct PublishedFigure {
    bool percent;
    Str bureau; /* as printed; empty: of all bureaus */
    Str key;    /* "projects", or the key of a verdict */
    Decimal number;
    Place place;
} PublishedFigure;

typedef struct Published {
    PublishedFigure *figures; /* in order of the file */
    size_t count;
} Published;

/** Reads the tree of such a file. All lives in `arena`, texts in the tree. False after errors: a figure that
 * is no number, a bureau without a name, a part of another shape. */
bool published_read(Arena *arena, const Tree *tree, Published *out, Diag *diag);
/** The bureau of the data with that name, blanks, dots and width folded; SIZE_MAX when there is none. */
size_t published_bureau(const Dataset *dataset, Str name);
/** The figure of a bureau (empty: of all) and key; NULL when none is printed. */
const PublishedFigure *published_find(const Published *published, bool percent, Str bureau, Str key);

#endif
