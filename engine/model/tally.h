/* tally - projects counted by verdict under the names of their bureau, or bureau and department. */
#ifndef PERFEVAL_MODEL_TALLY_H
#define PERFEVAL_MODEL_TALLY_H

#include "base/arena.h"
#include "model/keys.h"

typedef struct TallyRow {
    Str names[LEVEL_COUNT]; /* as many as the tally has; copied */
    size_t *projects;       /* one a verdict, and behind them those without */
} TallyRow;

/** Rows are found by 96 bits of hash, without looking at names: two of n share them with probability n^2 /
 * 2^97. */
typedef struct TallySlot {
    uint64_t low;
    uint32_t high;
    uint32_t row_plus_1; /* 0: free */
} TallySlot;

typedef struct Tally {
    size_t names;    /* 1: bureaus, 2: bureaus and departments */
    size_t verdicts; /* and one more: none */
    TallyRow *rows;
    size_t count, capacity;
    TallySlot *slots;
    size_t slot_count; /* a power of two; at most half of them are used */
    Arena arena;
} Tally;

void tally_begin(Tally *tally, size_t names, size_t verdicts);
void tally_end(Tally *tally);
/** The row of these names, added where it is new; valid until the next call. */
TallyRow *tally_row(Tally *tally, const Str *names);
/** The same, as the row's number, where the key of the names is at hand (keys_of). */
size_t tally_place(Tally *tally, const Str *names, Key key);
/** Adds the counts of another tally of the same shape. */
void tally_join(Tally *tally, const Tally *other);

#endif
