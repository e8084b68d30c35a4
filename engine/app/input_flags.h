/* input_flags - the flags by which the operator changes the limits of data files: one table, for every
 * command that reads them, and for its page of help.
 */
#ifndef PERFEVAL_APP_INPUT_FLAGS_H
#define PERFEVAL_APP_INPUT_FLAGS_H

#include "base/diag.h"
#include "io/input_limits.h"

#include <stddef.h>

/** A limit: a whole number from 1 to `most`. */
typedef struct InputFlag {
    const char *name;
    MessageId unit; /* how the page of help calls the number */
    MessageId text; /* what it limits */
    size_t at;      /* of the number in InputLimits */
    uint64_t most;
} InputFlag;

/** The letter, in Command.flags, of all flags about data files. */
#define INPUT_FLAGS 'i'

#define INPUT_FLAG_COUNT 5
extern const InputFlag input_flags[INPUT_FLAG_COUNT];

/** The flag of this name, NULL where there is none. */
const InputFlag *input_flag_find(Str name);
/** The number that the limits have. */
uint64_t input_flag_number(const InputFlag *flag, const InputLimits *limits);
/** Writes the number into the limits. False after MESSAGE_FLAG_NUMBER. */
bool input_flag_read(const InputFlag *flag, InputLimits *limits, Str value, Diag *diag);
/** Adds the part of a command's page of help that is the same for all: the flags, their defaults. */
void input_flags_add(Buffer *out, Language language);

#endif
