/* askers - children that call functions for rows which nobody keeps, one for each thread that asks.
 *
 * The cells of the rows go with the request, those of the columns that the function turned out to read
 * (lua/window). A child is as confined as any (lua/worker), and what it answers is checked alike.
 */
#ifndef PERFEVAL_LUA_ASKERS_H
#define PERFEVAL_LUA_ASKERS_H

#include "lua/row_calls.h"
#include "lua/translated.h"
#include "model/asked.h"

typedef struct Askers Askers;

/** Starts `count` children; all is borrowed. Of `job` scripts and plan are used. `translates`: functions may
 * become programs. NULL when one cannot be had. */
Askers *askers_new(const RowCalls *job, const Dataset *sample, const WorkerLimits *limits,
                   const Folders *folders, size_t count, bool translates);
/** As `ask` of RowAskers. */
AskedHow askers_ask(Askers *askers, size_t number, uint32_t function, const Stretch *stretch,
                    const uint32_t *rows, size_t count, Answer *answers, bool *lacks);
/** As `is_far` of RowAskers: a program answers at once. */
bool askers_is_far(const Askers *askers, size_t number, uint32_t function);
/** As `again` of RowAskers: true as long as no child was told a word. */
bool askers_again(Askers *askers, size_t count);
/** Adds what was asked of functions. */
void askers_count(const Askers *askers, TranslatedCounts *counts);
/** Ends the children; NULL is allowed. */
void askers_free(Askers *askers);

#endif
