/* flags - all flags of the command line, in one table: the name, who takes it, and the field of Options that
 * gets its value.
 */
#ifndef PERFEVAL_APP_FLAGS_H
#define PERFEVAL_APP_FLAGS_H

#include "app/options.h"
#include "base/str.h"

typedef enum FlagKind {
    FLAG_SWITCH, /* takes no value; a bool becomes true */
    FLAG_TEXT,   /* the value as it stands, a Str */
    FLAG_NAME,   /* the value without blanks at its ends, a Str */
    FLAG_LIST,   /* may be repeated: an array of Str with room for all, and their number */
    FLAG_CHOICE, /* the number of one of `words`, an unsigned */
    FLAG_WHOLE,  /* a whole number from 1 to `most`, an unsigned */
    FLAG_SIZE,   /* the same, an uint64_t */
    FLAG_NUMBER, /* a number from `least` to `most`, a double */
    FLAG_READ    /* what `read` makes of the value */
} FlagKind;

typedef struct Flag {
    const char *name;
    const char *brief; /* NULL: none */
    char letter;       /* how Command.flags names it; 0: every command takes it */
    FlagKind kind;
    size_t field;             /* its place in Options */
    size_t count;             /* FLAG_LIST: the place of the number of values, a size_t */
    double least, most;       /* FLAG_WHOLE, FLAG_SIZE, FLAG_NUMBER */
    const char *const *words; /* FLAG_CHOICE; NULL ends them */
    MessageId unit, text;     /* of a limit, for the page of help: its unit, and what it limits */
    /** FLAG_READ: false after a message. */
    bool (*read)(Options *options, Str value, Diag *diag);
} Flag;

/** Letters of Command.flags that stand for several flags: limits of scripts, of data files, the terminal. */
#define LIMIT_FLAGS  'Z'
#define INPUT_FLAGS  'i'
#define SCREEN_FLAGS 'Y'

/** The flag of this name, NULL where the command (NULL: any) takes no such flag. */
const Flag *flag_find(Str name, const Command *command);
/** Writes the value, empty for a FLAG_SWITCH, into its field. False after a message. */
bool flag_read(const Flag *flag, Options *options, Str value, Diag *diag);
/** Adds MESSAGE_UNKNOWN_FLAG with the nearest flag that the command takes; answers false. */
bool flag_unknown(Str name, const Command *command, Diag *diag);
/** The limits of scripts and of data files, in order; NULL behind the last. */
const Flag *flag_limit(size_t index);
/** Adds the number that a limit has. */
void flag_add_number(const Flag *flag, const Options *options, Buffer *out);
/** Adds the part of a page of help that is the same for all commands: the limits of this letter, with their
 * defaults, below the title. */
void flags_add_limits(Buffer *out, char letter, MessageId title, Language language);

#endif
