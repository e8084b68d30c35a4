/* repeats - what functions of the rules answered for rows whose texts were the same.
 *
 * A function that kept nothing and read nothing of a row but some columns of texts answers alike for every
 * row with the same texts there: it is called once for them.
 */
#ifndef PERFEVAL_LUA_REPEATS_H
#define PERFEVAL_LUA_REPEATS_H

#include "lua/current.h"

/** An Answer on its way. */
typedef struct AnswerRecord {
    uint32_t kind; /* an AnswerKind */
    uint32_t zero;
    union {
        double number;
        int64_t whole;
        uint64_t bits; /* 0 where there is no number */
    };
} AnswerRecord;

/** Answers of one child. Born as {0}; never freed. */
typedef struct Repeats {
    struct Repeat *entries;
} Repeats;

/** What a function answered for a row like this one; NULL: it is to be called. */
const AnswerRecord *repeats_find(const Repeats *repeats, uint32_t function, const Current *current,
                                 size_t row);
/** Keeps what it answered for a row, where nothing but texts was read. */
void repeats_keep(Repeats *repeats, uint32_t function, const Current *current, size_t row,
                  const AnswerRecord *answer);

#endif
