/* faults - the messages of a list as text that a test can compare, in English: "line:column+span code:
 * argument | argument". */
#ifndef PERFEVAL_TESTS_FAULTS_H
#define PERFEVAL_TESTS_FAULTS_H

#include "base/diag.h"

/* A Str in a table of constants: it may hold NUL bytes. */
#define TEXT(literal)                                                                                        \
    { "" literal, sizeof(literal) - 1 }

static inline void faults_add(Buffer *out, const Diag *diag) {
    for (size_t i = 0; i < diag_count(diag); i++) {
        const DiagItem *item = diag_item(diag, i);
        const Place *place = &item->place;
        buffer_addf(out, "%u:%u+%u %s", place->line, place->column, place->span,
                    message_get(item->message).code);
        for (size_t a = 0; a < item->argument_count; a++) {
            buffer_add(out, a == 0 ? STR(": ") : STR(" | "));
            buffer_add(out, message_part(item->arguments[a], LANGUAGE_EN));
        }
        buffer_add_char(out, '\n');
    }
}

#endif
