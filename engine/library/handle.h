/* handle - what a Perfeval holds, and how each call of the library is made: its messages, and what happens
 * when memory runs out in it. */
#ifndef PERFEVAL_LIBRARY_HANDLE_H
#define PERFEVAL_LIBRARY_HANDLE_H

#include "app/pipeline.h"
#include "library/perfeval.h"

/** The places of the cells of one column; born as {0}. */
typedef struct CellColumn {
    size_t column;
    PerfevalCell *cells; /* by row of the file; text NULL: the row has none */
    struct CellColumn *next;
} CellColumn;

struct Perfeval {
    /* settings */
    char **words; /* as flags: "--data=x.csv" */
    size_t word_count, word_room;
    Str share;
    Arena own; /* lives as long as the Perfeval */
    /* the evaluation */
    Options options;
    Pipeline pipeline;
    bool evaluated;
    const char *title;
    PerfevalUnit *units[PERFEVAL_LEVELS]; /* name NULL: not asked for yet; NULL: none was */
    PerfevalVerdict *verdicts;
    CellColumn *columns;
    Arena arena;
    Buffer bytes; /* of the last render or table */
    /* messages of the last call */
    Diag *diag;
    PerfevalMessage *messages;
    size_t message_count;
    int exit_code;
    Arena message_arena;
    bool spent;           /* memory ran out */
    PerfevalMessage last; /* what is said then */
};

/** A call: what it was given, and what it answers. */
typedef struct HandleCall {
    Perfeval *perfeval;
    const char *name, *value;
    PerfevalLevel level;
    size_t unit;
    bool good; /* false at first */
    const void *answer;
} HandleCall;

typedef void (*HandleWork)(HandleCall *call);

/** Makes a call: with the messages of the one before forgotten, and its own readable when it ends. False when
 * `work` left call->good so, or memory ran out. */
bool handle_run(HandleCall *call, HandleWork work);
/** The text in the arena with a NUL behind it; NULL where it is empty. */
const char *handle_text(Arena *arena, Str text);

#endif
