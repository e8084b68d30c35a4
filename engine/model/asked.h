/* asked - functions of the rules for rows that nobody keeps: what model/stream asks, and lua/rules answers.
 *
 * Each thread has an asker of its own. An answer is taken only where nothing about it is unusual: else the
 * rows are loaded and evaluated in the general way, which says what there is to say.
 */
#ifndef PERFEVAL_MODEL_ASKED_H
#define PERFEVAL_MODEL_ASKED_H

#include "model/plan.h"

struct Stretch; /* model/stretch */

/** Most words of a column that askers are told of. */
#ifndef ASKED_WORDS
#define ASKED_WORDS 65536
#endif

typedef enum AskedHow {
    ASKED_ANSWERED,
    ASKED_LACKS,   /* the function reads texts that get no ids yet */
    ASKED_DECLINED /* the rows must be at hand: it failed, kept something, asked for more than cells, … */
} AskedHow;

typedef struct RowAskers {
    void *context;
    /** Makes `count` askers, one a thread, for rows of files with the columns of `sample`, which is borrowed
     * until `end`. By the thread that lives longest. False when they cannot be had; `end` is called anyway.
     */
    bool (*begin)(void *context, const Plan *plan, const Dataset *sample, size_t count);
    /** Calls function number `function` once for each of `rows` of a stretch, in order: answers[k], a number
     * or ANSWER_NONE, YES or NO, belongs to rows[k]. ASKED_LACKS: lacks[c] became true for each column that
     * is wanted as words. An asker sees stretches alone whose dictionaries are those of one Stretch. For
     * several threads at once, each with its asker. */
    AskedHow (*ask)(void *context, size_t asker, uint32_t function, const struct Stretch *stretch,
                    const uint32_t *rows, size_t count, Answer *answers, bool *lacks);
    void (*end)(void *context);
    /** Whether the function's answers come from another process, so that few questions at a time cost much
     * each. NULL: none does. */
    bool (*is_far)(void *context, size_t asker, uint32_t function);
    /** The rows are read anew, with dictionaries of their own: true where the `count` askers that were begun
     * will do, false where they are to be ended and begun again. NULL: they never will. */
    bool (*again)(void *context, size_t count);
} RowAskers;

#endif
