/* finish - what the child of a report answers becomes the document: a text is it already, parts are packed,
 * described pages and workbooks are drawn. In the parent.
 */
#ifndef PERFEVAL_LUA_FINISH_H
#define PERFEVAL_LUA_FINISH_H

#include "base/apart.h"
#include "base/diag.h"

/** The last byte of the child's answer says what the others are. */
enum { ANSWER_TEXT = 'T', ANSWER_PARTS = 'P', ANSWER_PAGES = 'D', ANSWER_WORKBOOK = 'W' };

typedef struct FinishJob {
    Str script; /* the path of the format's script, for messages */
    Str format;
    ApartUse use;
} FinishJob;

/** Replaces the answer by the document. False after errors. */
bool finish_answer(const FinishJob *job, Buffer *answered, Arena *arena, Diag *diag);

#endif
