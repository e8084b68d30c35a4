/* trace_text - a chain as lines for a person: at most 25, and 4 more for each indicator behind the first. */
#ifndef PERFEVAL_MODEL_TRACE_TEXT_H
#define PERFEVAL_MODEL_TRACE_TEXT_H

#include "model/trace.h"

/** Adds the lines of a chain. */
void trace_text(Buffer *out, const Trace *trace, Language language);
/** Adds one line for a project: its names, verdict, rate, first row and line. */
void trace_text_brief(Buffer *out, const Results *results, size_t project, Language language);

#endif
