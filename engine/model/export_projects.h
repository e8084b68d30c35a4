/* export_projects - the table of projects that are not held (model/summaries), as CSV or JSON; the bytes are
 * those of model/export_level. */
#ifndef PERFEVAL_MODEL_EXPORT_PROJECTS_H
#define PERFEVAL_MODEL_EXPORT_PROJECTS_H

#include "model/export_rows.h"

typedef struct ExportProjects ExportProjects;

/** Of results with summaries, which are borrowed; *count becomes the number of projects. */
ExportProjects *export_projects_begin(const Results *results, ExportForm form, size_t *count);
/** NULL is allowed. */
void export_projects_end(ExportProjects *projects);
/** Adds the rows of projects from to to - 1. As JSON the commas between rows stand before all but row 0.
 * Callable from several threads at a time. */
void export_projects_add(const ExportProjects *projects, size_t from, size_t to, Buffer *out);
/** Where to cut the table at row `row` or behind it, so that no part needs what another one does. */
size_t export_projects_cut(const ExportProjects *projects, size_t row);

#endif
