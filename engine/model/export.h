/* export - results as data: CSV and JSON, written natively. */
#ifndef PERFEVAL_MODEL_EXPORT_H
#define PERFEVAL_MODEL_EXPORT_H

#include "model/export_rows.h"

/** One line per indicator: bureau,department,project,indicator,unit,target,actual,rate,project_rate,verdict,
 * published_rate, and `missing` with the reason; where the rules declare them, indicator_verdict,
 * last_year_rate and project_last_year_rate. */
void export_csv(const Results *results, Buffer *out);
/** The document perfeval.result/1. */
void export_json(const Results *results, Buffer *out);

/** The same document in parts: its head, the bureaus from to to - 1 (with the commas between them), its tail.
 * Bureaus can be written by several threads at a time. */
typedef struct ExportDocument ExportDocument;
ExportDocument *export_document_begin(const Results *results);
void export_document_end(ExportDocument *document);
void export_document_head(const ExportDocument *document, Buffer *out);
void export_document_add(const ExportDocument *document, size_t from, size_t to, Buffer *out);
void export_document_tail(Buffer *out);

#endif
