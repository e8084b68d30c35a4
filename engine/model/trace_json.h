/* trace_json - a chain as JSON: an entry of "projects" in perfeval.explain/1. */
#ifndef PERFEVAL_MODEL_TRACE_JSON_H
#define PERFEVAL_MODEL_TRACE_JSON_H

#include "model/trace.h"

/** Adds the object of one project. */
void trace_json(Buffer *out, const Trace *trace);

#endif
