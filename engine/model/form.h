/* form - what the columns of a CSV file are, learnt from its header and first row, for the fast ways of
 * reading it. */
#ifndef PERFEVAL_MODEL_FORM_H
#define PERFEVAL_MODEL_FORM_H

#include "model/load.h"
#include "model/stretch.h"

typedef struct Form {
    Dataset *sample;     /* the first row, as model/load reads it; it knows the columns */
    StretchForm stretch; /* texts are skipped until somebody asks for them */
    size_t body;         /* the byte behind the header */
    Arena arena;
} Form;

/** False when there is anything unusual: model/load then says what. */
bool form_begin(Form *form, Str text, const LoadOptions *options);
void form_end(Form *form);

#endif
