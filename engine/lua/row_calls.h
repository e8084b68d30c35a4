/* row_calls - what the confined child does with rule files: runs them, and calls their functions for rows.
 *
 * The other end of lua/rules. To load: a request is a file's path and text, answered with its table
 * (base/wire); the functions of several files are numbered through. To call: a request is the function's
 * number, the level (LEVEL_COUNT: rows), the count of units, and the units (all u32); the answer holds
 * whether the function may have kept something for later calls (u32: 0, 1), for each unit a record
 * (AnswerRecord), and behind them for each ANSWER_FAILED, in order, the message, the file
 * (texts) and the line (u32). The request 0 alone is for the lines of all functions (lua/watched).
 *
 * With a window a request is the function's number, the count of rows (u32), and their cells (lua/window);
 * the answer holds a RowCallsState (u32) and with CALLS_ANSWERED the records, with CALLS_LACK the columns
 * that were read and not there: their count and numbers (u32).
 *
 * The request ROW_CALLS_TRANSLATE with a function's number (u32) and whether it is one of units (u32: 0, 1)
 * is for its program (lua/program); the answer is empty where it is not translated.
 */
#ifndef PERFEVAL_LUA_ROW_CALLS_H
#define PERFEVAL_LUA_ROW_CALLS_H

#include "lua/repeats.h"
#include "lua/window.h"
#include "lua/worker.h"
#include "model/results.h"

#define ROW_CALLS_TRANSLATE UINT32_MAX

typedef struct RowCalls {
    const Script *scripts; /* to call functions: the files, in the order of loading */
    size_t script_count;
    const Plan *plan;       /* to call functions: gives the parameters */
    const Dataset *dataset; /* to call functions: its rows */
    const Results *results; /* to call functions of levels: the rates so far; else NULL */
    bool watched;           /* to call functions: the lines that run are noted */
    const Dataset *sample;  /* to call functions for rows that come with the requests: has their columns */
    const Ahead *ahead;     /* beside it: what the files require, as far as it could be read; else NULL */
} RowCalls;

typedef enum RowCallsState {
    CALLS_ANSWERED,
    CALLS_LACK,
    CALLS_UNUSUAL /* a call failed, something may have been kept, or more than cells was read */
} RowCallsState;

/** Reads records, in the parent; complaints stand elsewhere. False when one makes no sense. */
bool row_calls_read(WireReader *reader, Answer *answers, size_t count);

/** A WorkerBody that runs the files it is sent, all in one state, until there are no more; `context`: NULL
 * for rule files, else one of these names, for the files of lua/testfile. */
#define ROW_CALLS_TESTS "tests"
#define ROW_CALLS_JOBS  "jobs"
void row_calls_load(WorkerChannel *channel, void *context);
/** A WorkerBody that runs the files and answers requests until there are no more; `context` is a RowCalls. A
 * row whose call fails is an answer; a limit ends the whole with an error. */
void row_calls_serve(WorkerChannel *channel, void *context);

#endif
