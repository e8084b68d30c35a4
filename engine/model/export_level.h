/* export_level - the results of one level as a table: `run --level`.
 *
 * One row a unit. Bureaus, departments and projects are sorted by the bytes of their names (bureau, then
 * department, then project; equal names in order of the data), indicators stand in order of the data.
 *
 *   bureau      bureau,projects,<a column per verdict>,percent_<key>
 *   department  bureau,department,projects,<a column per verdict>,percent_<key>
 *   project     bureau,department,project,indicators,rate,rate_printed,verdict,verdict_name,missing
 *   indicator   the columns of export_csv
 *
 * Verdicts stand from best to worst (bands_best_first), each with its number of projects. percent_<key> is
 * 100 x those of one verdict / all projects with two places, exactly half up: of "normal" where a verdict has
 * this key, else of the best. Projects without a verdict count as projects and in no other column. `rate` has
 * at most six places, `rate_printed` is rounded as the rules say.
 *
 * JSON is {"format":"perfeval.level/1","level":…,"title":…,"verdicts":[{"key":…,"name":…},…],"rows":[…]},
 * JSONL the rows alone, one a line. A row holds the columns of the CSV by name; what is empty there is null,
 * and a bureau or department says behind its verdicts how many projects have "none". rate_printed is text.
 */
#ifndef PERFEVAL_MODEL_EXPORT_LEVEL_H
#define PERFEVAL_MODEL_EXPORT_LEVEL_H

#include "model/export_rows.h"

typedef enum ExportLevel {
    EXPORT_BUREAU,
    EXPORT_DEPARTMENT,
    EXPORT_PROJECT,
    EXPORT_INDICATOR,
    EXPORT_LEVELS /* number of levels */
} ExportLevel;

/** The level called "bureau", "department", "project" or "indicator"; false when there is none. */
bool export_level_find(Str name, ExportLevel *level);
/** Its name. */
const char *export_level_name(ExportLevel level);
/** Adds the table of a level. */
void export_level(const Results *results, ExportLevel level, ExportForm form, Buffer *out);

/** The same table in parts: what stands before its rows, the rows from to to - 1, and what stands behind
 * them. Rows can be written by several threads at a time. */
typedef struct ExportTable ExportTable;
ExportTable *export_table_begin(const Results *results, ExportLevel level, ExportForm form);
void export_table_end(ExportTable *table);
size_t export_table_rows(const ExportTable *table);
void export_table_head(const ExportTable *table, Buffer *out);
void export_table_add(const ExportTable *table, size_t from, size_t to, Buffer *out);
/** The best row, `row` or one behind it, for a part to begin with. */
size_t export_table_cut(const ExportTable *table, size_t row);
/** The unit that a row is of (a row of the data, where it is an indicator). */
size_t export_table_unit(const ExportTable *table, size_t row);
/** The bands of projects from best to worst, and the one whose percentage is shown. */
const size_t *export_table_order(const ExportTable *table, size_t *percent);
void export_table_tail(const ExportTable *table, Buffer *out);

/** Adds 100 x part / whole with two places, exactly half up; nothing when whole is 0. */
void export_percent(size_t part, size_t whole, Buffer *out);

#endif
