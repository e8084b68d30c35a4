/* limit_flags - the flags by which the operator changes the limits of scripts: one table, for every command
 * that runs scripts, for its page of help, and for the README.
 */
#ifndef PERFEVAL_APP_LIMIT_FLAGS_H
#define PERFEVAL_APP_LIMIT_FLAGS_H

#include "lua/limits.h"

/** A limit: a number from `least` to `most`, of seconds or MiB. */
typedef struct LimitFlag {
    const char *name;
    MessageId unit; /* how the page of help calls the number */
    MessageId text; /* what it limits */
    size_t at;      /* of the double in ScriptLimits */
    double least, most;
} LimitFlag;

/** The letter of these flags and of --allow-outside in Command.flags. */
#define LIMIT_FLAGS 'Z'

#define LIMIT_FLAG_COUNT 6
extern const LimitFlag limit_flags[LIMIT_FLAG_COUNT];

/** The flag of this name, NULL where there is none. */
const LimitFlag *limit_flag_find(Str name);
/** The number that the limits have. */
double limit_flag_number(const LimitFlag *flag, const ScriptLimits *limits);
/** Writes the number into the limits. False after MESSAGE_FLAG_RANGE. */
bool limit_flag_read(const LimitFlag *flag, ScriptLimits *limits, Str value, Diag *diag);
/** Adds the part of a command's page of help that is the same for all: the flags, their defaults. */
void limit_flags_add(Buffer *out, Language language);

#endif
