/* message - all texts that perfeval says to a person, in one table by code, Korean and English.
 *
 * A template holds {1}, {2}, … for its arguments (the order may differ between languages). Codes are stable and
 * documented: `perfeval help CODE` prints the remedy.
 */
#ifndef PERFEVAL_BASE_MESSAGE_H
#define PERFEVAL_BASE_MESSAGE_H

#include "base/str.h"

typedef enum Language { LANGUAGE_EN, LANGUAGE_KO, LANGUAGE_COUNT } Language;

typedef enum Severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_NOTE, SEVERITY_TEXT } Severity;

/** Exit codes of the program (product: manners). Several at once: the first of 70, 5, 4, 2, 3, 1. */
typedef enum ExitCode {
    EXIT_DONE = 0,
    EXIT_FINDINGS = 1,
    EXIT_RULES = 2,
    EXIT_DATA = 3,
    EXIT_LIMIT = 4,
    EXIT_IO = 5,
    EXIT_USAGE = 64,
    EXIT_INTERNAL = 70
} ExitCode;

typedef enum MessageId {
    /* files */
    MESSAGE_FILE_OPEN,      /* {1} path, {2} cause */
    MESSAGE_FILE_READ,      /* {1} path, {2} cause */
    MESSAGE_FILE_WRITE,     /* {1} path, {2} cause */
    MESSAGE_FILE_TOO_LARGE, /* {1} path, {2} size, {3} limit */
    MESSAGE_FILE_OUTSIDE,   /* {1} path, {2} project folder */
    /* data files */
    MESSAGE_BAD_UTF8,          /* {1} byte in hex, {2} byte offset */
    MESSAGE_UNCLOSED_QUOTE,    /* no arguments; the place is where the quote opens */
    MESSAGE_TEXT_AFTER_QUOTE,  /* no arguments */
    MESSAGE_STRAY_QUOTE,       /* no arguments */
    MESSAGE_EMPTY_FILE,        /* no arguments */
    MESSAGE_NO_ROWS,           /* no arguments */
    MESSAGE_CELL_COUNT,        /* {1} cells found, {2} cells expected */
    MESSAGE_MISSING_COLUMN,    /* {1} column, {2} Korean label */
    MESSAGE_DUPLICATE_COLUMN,  /* {1} column */
    MESSAGE_BLANK_COLUMN_NAME, /* {1} number of the column */
    MESSAGE_NOT_A_NUMBER,      /* {1} column, {2} cell text; the hint says what is wrong */
    MESSAGE_NUMBER_TOO_LONG,   /* {1} column, {2} digits, {3} limit */
    MESSAGE_BLANK_NAME,        /* {1} column */
    MESSAGE_LENIENT_NUMBER,    /* {1} column, {2} cell text, {3} number read */
    MESSAGE_DUPLICATE_ID,      /* {1} id, {2} line of the first */
    MESSAGE_CELL_TOO_LONG,     /* {1} column, {2} bytes, {3} limit */
    MESSAGE_TOO_MANY_COLUMNS,  /* {1} columns, {2} limit */
    MESSAGE_TOO_MANY_ROWS,     /* {1} limit */
    MESSAGE_JSON_SYNTAX,       /* {1} what was expected */
    MESSAGE_JSON_DUPLICATE_KEY, /* {1} key */
    MESSAGE_JSON_TOO_DEEP,     /* {1} limit */
    /* rule files */
    MESSAGE_LUA_SYNTAX,          /* {1} Lua's message */
    MESSAGE_LUA_ERROR,           /* {1} Lua's message */
    MESSAGE_RULES_NOT_A_TABLE,   /* {1} type found */
    MESSAGE_UNKNOWN_KEY,         /* {1} path, {2} nearest key or empty */
    MESSAGE_MISSING_KEY,         /* {1} path */
    MESSAGE_WRONG_TYPE,          /* {1} path, {2} type expected, {3} type found */
    MESSAGE_BAD_CHOICE,          /* {1} path, {2} value, {3} the choices */
    MESSAGE_UNKNOWN_PARAM,       /* {1} name, {2} nearest or empty */
    MESSAGE_UNKNOWN_FIELD,       /* {1} name, {2} nearest or empty */
    MESSAGE_NOT_A_NUMBER_FIELD,  /* {1} name: a text column in a formula */
    MESSAGE_PARAM_RANGE,         /* {1} name, {2} value, {3} min, {4} max */
    MESSAGE_UNKNOWN_SETTING,     /* {1} name given with --set */
    MESSAGE_PARAM_VALUE,         /* {1} text given with --set, {2} name */
    MESSAGE_SETTING_RANGE,       /* as MESSAGE_PARAM_RANGE, for a value given with --set */
    MESSAGE_TWO_BOUNDS,          /* {1} path, {2} one key, {3} the other */
    MESSAGE_BAD_KEY,             /* {1} path, {2} text */
    MESSAGE_CASE_VALUE,          /* {1} path: a case with no rate, or with two */
    MESSAGE_TOO_MANY_ENTRIES,    /* {1} path, {2} entries, {3} limit */
    MESSAGE_BAND_UNREACHABLE,    /* {1} path, {2} the earlier band that takes all */
    MESSAGE_BAND_GAP,            /* {1} the interval without a band */
    MESSAGE_BAND_INVERTED,       /* {1} path */
    MESSAGE_DUPLICATE_BAND,      /* {1} path, {2} key */
    MESSAGE_NOT_FINITE,          /* {1} path */
    MESSAGE_SELECTOR_COLUMN,     /* {1} column, {2} nearest or empty */
    MESSAGE_SELECTOR_VALUE,      /* {1} column, {2} value, {3} nearest or empty (a note) */
    MESSAGE_SPECIAL_UNUSED,      /* {1} path, {2} because */
    MESSAGE_FUNCTION_FAILED,     /* {1} data row, {2} Lua's message */
    MESSAGE_FUNCTIONS_FAILED,    /* {1} rows */
    MESSAGE_SCRIPT_NOT_FOUND,    /* {1} name, {2} folders looked in */
    MESSAGE_SCRIPT_NAME,         /* {1} name */
    MESSAGE_SCRIPT_RESULT,       /* {1} script, {2} what it should return, {3} what it returned */
    MESSAGE_DOCUMENT_SHAPE,      /* {1} path in the document, {2} what is wrong */
    MESSAGE_SOURCE_TOO_LARGE,    /* {1} file, {2} bytes, {3} limit */
    /* limits and the confined child */
    MESSAGE_CPU_LIMIT,       /* {1} seconds, {2} where */
    MESSAGE_WALL_LIMIT,      /* {1} seconds, {2} script */
    MESSAGE_LUA_MEMORY,      /* {1} MiB, {2} where */
    MESSAGE_OUTPUT_TOO_LARGE, /* {1} MiB */
    MESSAGE_WORKER_DIED,     /* {1} how */
    MESSAGE_WORKER_PROTOCOL, /* {1} detail */
    MESSAGE_WORKER_START,    /* {1} cause */
    /* the command line */
    MESSAGE_UNKNOWN_COMMAND, /* {1} word, {2} nearest or empty */
    MESSAGE_UNKNOWN_FLAG,    /* {1} flag, {2} nearest or empty */
    MESSAGE_FLAG_VALUE,      /* {1} flag */
    MESSAGE_FLAG_CHOICE,     /* {1} flag, {2} value, {3} the choices */
    MESSAGE_MISSING_OPERAND, /* {1} what is missing */
    MESSAGE_EXTRA_OPERAND,   /* {1} word */
    MESSAGE_SET_SYNTAX,      /* {1} text */
    MESSAGE_UNKNOWN_TOPIC,   /* {1} word, {2} nearest or empty */
    /* texts that are no messages: notes, summaries, help pages */
    TEXT_DID_YOU_MEAN, /* {1} word */
    TEXT_MORE_MESSAGES, /* {1} count */
    TEXT_CHECK_OK,     /* {1} files */
    TEXT_CHECK_SUMMARY, /* {1} errors, {2} warnings, {3} files */
    TEXT_TRY_HELP,     /* {1} command */
    TEXT_USAGE,
    TEXT_USAGE_RUN,
    TEXT_USAGE_CHECK,
    TEXT_USAGE_HELP,
    TEXT_HELP_EXIT,
    TEXT_HELP_CODES,
    MESSAGE_COUNT
} MessageId;

typedef struct Message {
    const char *code;  /* stable, e.g. "not-a-number" */
    Severity severity; /* SEVERITY_TEXT: no message */
    ExitCode exit_code; /* what an error of this kind ends the program with */
    const char *text[LANGUAGE_COUNT];
    const char *help[LANGUAGE_COUNT]; /* cause and remedy, printed by `perfeval help CODE` */
} Message;

/** The entry of a message; every id has one, with both texts. */
const Message *message_get(MessageId id);
/** The id of a stable code; false when there is none. */
bool message_find(Str code, MessageId *id);
/** Two wordings of an argument in one text: message_fill takes the part of its language. */
#define MESSAGE_WORDS(en, ko) en "\x1f" ko
/** Adds `template` to `out` with {1} … {9} replaced by `arguments`; a missing argument becomes nothing. */
void message_fill(Buffer *out, const char *template, const Str *arguments, size_t count, Language language);
/** The word of a severity: "error", "오류", … */
const char *message_severity(Severity severity, Language language);
/** The language that an environment value such as "ko_KR.UTF-8" asks for; English for all but ko. */
Language message_language(Str locale);

#endif
