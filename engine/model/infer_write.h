/* infer_write - what was inferred, as text and as JSON (perfeval.infer/1). */
#ifndef PERFEVAL_MODEL_INFER_WRITE_H
#define PERFEVAL_MODEL_INFER_WRITE_H

#include "model/infer.h"

void infer_write_text(const Dataset *dataset, const Inferred *inferred, Language language, Buffer *out);
void infer_write_json(const Dataset *dataset, const Inferred *inferred, Buffer *out);

#endif
