/* audit_write - an audit as text and as JSON.
 *
 * Text: one line a figure that does not match, the most severe first, then one line a finding, then a
 * summary. JSON: perfeval.audit/1, with every figure.
 */
#ifndef PERFEVAL_MODEL_AUDIT_WRITE_H
#define PERFEVAL_MODEL_AUDIT_WRITE_H

#include "model/audit.h"
#include "model/meaning.h"

void audit_write_text(const Results *results, const Audit *audit, const Findings *findings, Language language,
                      Buffer *out);
void audit_write_json(const Results *results, const Audit *audit, const Findings *findings, Buffer *out);

#endif
