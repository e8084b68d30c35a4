/* translated - the functions of the rules that became programs (lua/translate), in the process that holds the
 * rows.
 *
 * A child is asked for the program of a function once there are rows enough; rows that a program leaves are
 * asked of the child.
 */
#ifndef PERFEVAL_LUA_TRANSLATED_H
#define PERFEVAL_LUA_TRANSLATED_H

#include "lua/program.h"
#include "lua/worker.h"

/** Rows of one function before it is worth translating. */
#ifndef TRANSLATED_FROM
#define TRANSLATED_FROM 2000
#endif

/** What programs did. */
typedef struct TranslatedCounts {
    size_t functions; /* that are programs */
    size_t rows;      /* answered by them */
} TranslatedCounts;

/** The programs of one thread, for rows of one kind of data. Born as {0}. */
typedef struct Translated {
    struct TranslatedFunction *functions;
    size_t count, room;
    size_t rows; /* answered by programs */
    uint32_t *left, *left_rows;
    Answer *left_answers;
    size_t left_room;
    Arena arena;
} Translated;

void translated_end(Translated *translated);
/** The program of a function that is asked for `rows` rows, or so many units (NULL: rows); NULL: Lua has to
 * answer. `worker` may be asked for it, and is spent when *failed. `columns` of the data. */
ProgramRun *translated_find(Translated *translated, Worker *worker, uint32_t function,
                            const ProgramUnits *units, size_t rows, size_t columns, bool *failed, Diag *diag);
/** Whether a function that was looked for has a program. */
bool translated_exists(const Translated *translated, uint32_t function);
/** Runs it; how many rows are left: rows left_rows[…], whose answers go to left_answers[…]. */
size_t translated_run(Translated *translated, ProgramRun *run, const ProgramCells *cells,
                      const uint32_t *rows, size_t count, Answer *answers);
/** Puts the answers of rows that were left where they belong. */
void translated_join(const Translated *translated, size_t left, Answer *answers);
/** The rows begin anew, with other dictionaries; programs stay. */
void translated_forget(Translated *translated);
/** Adds what was counted. */
void translated_count(const Translated *translated, TranslatedCounts *counts);

#endif
