/* limits - what the operator allows scripts: time, memory, size of output.
 *
 * Each default is a named constant here and a flag of the command line (app/flags); no script can
 * change one.
 */
#ifndef PERFEVAL_LUA_LIMITS_H
#define PERFEVAL_LUA_LIMITS_H

#include "base/diag.h"

#include <stdbool.h>
#include <stdint.h>

/* Loading takes longest of all beside its limit: builds that run under valgrind have another one (Makefile). */
#ifndef LIMITS_LOAD_SECONDS
#define LIMITS_LOAD_SECONDS 1.0
#endif
#define LIMITS_CALL_SECONDS      0.1
#define LIMITS_CPU_SECONDS       10.0
#define LIMITS_WALL_SECONDS      30.0
#define LIMITS_MEMORY_MEBIBYTES  64.0
#define LIMITS_DRAW_SECONDS      300.0
#define LIMITS_OUTPUT_MEBIBYTES  64.0
#define LIMITS_OUTPUTS_MEBIBYTES 256.0

/** What the operator allows; LIMITS_DEFAULT unless flags say otherwise. */
typedef struct ScriptLimits {
    double load_seconds; /* computing time of loading a rule file with all that it requires: --load-limit */
    double call_seconds; /* computing time of one call of a function of the rules: --call-limit */
    double cpu_seconds;  /* computing time of all calls in one child, or of a report: --cpu-limit */
    double wall_seconds; /* without a message from the child: --time-limit */
    double draw_seconds; /* a library that draws a document, by the clock on the wall: --draw-limit */
    double memory_mebibytes;  /* of one Lua state: --memory-limit */
    double output_mebibytes;  /* of one finished document: --output-limit */
    double outputs_mebibytes; /* of all finished documents of one run: --outputs-limit */
} ScriptLimits;

#define LIMITS_DEFAULT                                                                                       \
    ((ScriptLimits){LIMITS_LOAD_SECONDS, LIMITS_CALL_SECONDS, LIMITS_CPU_SECONDS, LIMITS_WALL_SECONDS,       \
                    LIMITS_DRAW_SECONDS, LIMITS_MEMORY_MEBIBYTES, LIMITS_OUTPUT_MEBIBYTES,                   \
                    LIMITS_OUTPUTS_MEBIBYTES})

/** The limits of one child. */
typedef struct WorkerLimits {
    double cpu_seconds;   /* of all scripts in this child */
    double call_seconds;  /* of one call (one row function, one report) */
    double wall_seconds;  /* without a message */
    size_t memory_bytes;  /* of the Lua state */
    size_t message_bytes; /* largest message accepted from the child */
    bool loading;         /* the computing time is that of loading */
} WorkerLimits;

/** Of a child that loads rule files, that calls their functions, that makes a document. */
WorkerLimits limits_of_rules(const ScriptLimits *limits);
WorkerLimits limits_of_functions(const ScriptLimits *limits);
WorkerLimits limits_of_report(const ScriptLimits *limits);

/** Adds MESSAGE_CPU_LIMIT with the number and the flag that sets it. `whole`: the time of the whole child was
 * used up, not that of one call. `inside`: the library function that was running, where the line is not
 * known; may be empty. */
void limits_add_cpu(Diag *diag, const WorkerLimits *limits, bool whole, const Place *place, Str inside);
/** Adds MESSAGE_LUA_MEMORY with the number and its flag. `where`: behind the number where no place is known;
 * may be empty. */
void limits_add_memory(Diag *diag, const WorkerLimits *limits, const Place *place, Str where);

/** A finished document of so many bytes. False, with MESSAGE_OUTPUT_TOO_LARGE, when that is too large. */
bool limits_take_output(const ScriptLimits *limits, size_t bytes, Diag *diag);
/** All finished documents of a run. False, with MESSAGE_OUTPUTS_TOO_LARGE, when they are too large together.
 */
bool limits_take_outputs(const ScriptLimits *limits, uint64_t bytes, Diag *diag);

#endif
