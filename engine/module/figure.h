/* figure - drawings: on a page of a PDF, or each as a picture of its own. */
#ifndef PERFEVAL_MODULE_FIGURE_H
#define PERFEVAL_MODULE_FIGURE_H

#include "module/paper.h"

/** Draws the shapes from the origin of the paper's coordinates on, which are scaled. */
void figure_draw(Paper *paper, const PageDrawing *drawing);
/** Draws each as PNG into outs[i], a pixel for a unit times its scale; adds the characters that no font has.
 * False when it failed. */
bool figure_pictures(const PageDrawing *drawings, size_t count, Fonts *fonts, Buffer *outs, size_t *unknown);

#endif
