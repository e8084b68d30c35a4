/* message - all texts that perfeval says to a person, in one table by code, Korean and English.
 *
 * A template holds {1}, {2}, … for its arguments (the order may differ between languages). Codes are stable
 * and documented: `perfeval help CODE` prints the remedy.
 */
#ifndef PERFEVAL_BASE_MESSAGE_H
#define PERFEVAL_BASE_MESSAGE_H

#include "base/arena.h"

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

/* clang-format off */
typedef enum MessageId {
    /* files */
    MESSAGE_FILE_OPEN,      /* {1} path, {2} cause */
    MESSAGE_FILE_READ,      /* {1} path, {2} cause */
    MESSAGE_FILE_WRITE,     /* {1} path, {2} cause */
    MESSAGE_LIBRARY_FAILED, /* {1} format, {2} cause */
    MESSAGE_DRAW_LIMIT, /* {1} format, {2} seconds, {3} its flag */
    MESSAGE_FILE_TOO_LARGE, /* {1} path, {2} size, {3} limit, {4} its flag */
    MESSAGE_RECORD_DAMAGED, /* {1} path */
    MESSAGE_RECORD_NOT_KEPT, /* {1} path of an input */
    MESSAGE_REPLAY_DIFFERS, /* {1} path of the record */
    /* lists of jobs */
    MESSAGE_JOBS_NOT_A_TABLE, /* {1} what was returned */
    MESSAGE_NO_JOBS,        /* no arguments */
    MESSAGE_JOB_VALUE,      /* {1} key, {2} what it can be */
    MESSAGE_JOB_NAME,       /* {1} name */
    MESSAGE_JOB_PATTERN,    /* {1} pattern */
    MESSAGE_JOB_NO_FILES,   /* {1} job, {2} pattern */
    MESSAGE_JOB_FILE_NAME,  /* {1} job, {2} path */
    MESSAGE_JOB_TWICE,      /* {1} path, or name of a run */
    MESSAGE_JOB_LOCKED,     /* {1} job */
    MESSAGE_JOB_TIME,       /* {1} seconds */
    MESSAGE_JOB_DIED,       /* {1} signal */
    MESSAGE_NOTICE_FILE,    /* {1} path */
    MESSAGE_TIMER_MISSING,  /* no arguments */
    MESSAGE_FOLDER_IN_USE,  /* {1} path */
    MESSAGE_FILE_OUTSIDE,   /* {1} path, {2} project folder */
    /* data files */
    MESSAGE_BAD_UTF8,          /* {1} byte in hex, {2} byte offset */
    MESSAGE_NUL_CHARACTER,     /* no arguments */
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
    MESSAGE_LENIENT_NUMBERS,   /* {1} column, {2} further cells */
    MESSAGE_DUPLICATE_ID,      /* {1} id, {2} line of the first */
    MESSAGE_NAMES_ALIKE,       /* {1} name, {2} the other name, {3} its line (a warning) */
    MESSAGE_CELL_TOO_LONG,     /* {1} column, {2} bytes, {3} limit */
    MESSAGE_TOO_MANY_COLUMNS,  /* {1} columns, {2} limit */
    MESSAGE_TOO_MANY_ROWS,     /* {1} limit */
    MESSAGE_BLANK_PERIOD,      /* {1} column */
    MESSAGE_PERIODS_UNDECLARED, /* {1} names of the periods, {2} one of them (a warning) */
    MESSAGE_PERIOD_ABSENT,     /* {1} indicators, {2} period (a warning) */
    MESSAGE_ROWS_SET_ASIDE,    /* {1} rows read, {2} evaluated, {3} set aside (a note) */
    MESSAGE_REVISION_INCOMPLETE, /* {1} column that is blank, {2} column that is not */
    MESSAGE_REVISION_DATE,     /* {1} column, {2} text */
    MESSAGE_TARGETS_UNDECLARED, /* {1} rows (a warning) */
    MESSAGE_ORIGINAL_TARGET,   /* {1} column */
    MESSAGE_JSON_SYNTAX,       /* {1} what was expected */
    MESSAGE_JSON_DUPLICATE_KEY, /* {1} key */
    MESSAGE_JSON_TOO_DEEP,     /* {1} limit */
    /* rule files */
    MESSAGE_LUA_SYNTAX,          /* {1} Lua's message */
    MESSAGE_LUA_ERROR,           /* {1} Lua's message */
    MESSAGE_RULES_NOT_A_TABLE,   /* {1} type found */
    MESSAGE_REPEATED_KEY,        /* {1} key, {2} line of the first */
    MESSAGE_BIT_SIGN,            /* {1} operator */
    MESSAGE_BIT_OPERATOR,        /* {1} operator */
    MESSAGE_FORMULA_LOGIC,       /* {1} operator */
    MESSAGE_UNKNOWN_KEY,         /* {1} path, {2} nearest key or empty */
    MESSAGE_MISSING_KEY,         /* {1} path */
    MESSAGE_WRONG_TYPE,          /* {1} path, {2} type expected, {3} type found */
    MESSAGE_BAD_CHOICE,          /* {1} path, {2} value, {3} the choices */
    MESSAGE_UNKNOWN_PARAM,       /* {1} name, {2} nearest or empty */
    MESSAGE_UNKNOWN_FIELD,       /* {1} name, {2} nearest or empty */
    MESSAGE_NOT_A_NUMBER_FIELD,  /* {1} name: a text column in a formula */
    MESSAGE_FORMULA_OPERAND,     /* {1} operator */
    MESSAGE_FORMULA_TOO_LARGE,   /* {1} limit */
    MESSAGE_PARAM_RANGE,         /* {1} name, {2} value, {3} min, {4} max */
    MESSAGE_BAD_DATE,            /* {1} path, {2} text */
    MESSAGE_DATE_NEEDED,         /* {1} parameter */
    MESSAGE_DATE_TOO_EARLY,      /* {1} parameter, {2} date of the run, {3} first date */
    MESSAGE_UNUSED_PARAM,        /* {1} parameter (a note) */
    MESSAGE_DUPLICATE_NAME,      /* {1} path, {2} name */
    MESSAGE_BASE_CYCLE,          /* {1} file */
    MESSAGE_BASE_CHAIN,          /* {1} limit */
    MESSAGE_NOT_IN_BASE,         /* {1} path, {2} name; the hint is the nearest */
    MESSAGE_IN_BASE,             /* {1} path */
    MESSAGE_OVERLAY_CONFLICT,    /* {1} list, {2} name */
    MESSAGE_UNKNOWN_SETTING,     /* {1} name given with --set */
    MESSAGE_PARAM_VALUE,         /* {1} text given with --set, {2} name */
    MESSAGE_SETTING_RANGE,       /* as MESSAGE_PARAM_RANGE, for a value given with --set */
    MESSAGE_TWO_BOUNDS,          /* {1} path, {2} one key, {3} the other */
    MESSAGE_BAD_KEY,             /* {1} path, {2} text */
    MESSAGE_CASE_VALUE,          /* {1} path: a case with no rate, or with two */
    MESSAGE_SPECIAL_VALUE,       /* {1} path: a special case that changes nothing, or two things */
    MESSAGE_TOO_MANY_ENTRIES,    /* {1} path, {2} entries, {3} limit */
    MESSAGE_BAND_UNREACHABLE,    /* {1} path */
    MESSAGE_BAND_GAP,            /* {1} the interval without a band */
    MESSAGE_BAND_INVERTED,       /* {1} path */
    MESSAGE_NO_LAST_YEAR,        /* {1} path of improved */
    MESSAGE_SHARE_RANGE,         /* {1} path */
    MESSAGE_SHARE_SUM,           /* {1} path, {2} sum */
    MESSAGE_DUPLICATE_BAND,      /* {1} path, {2} key */
    MESSAGE_NOT_FINITE,          /* {1} path */
    MESSAGE_SELECTOR_COLUMN,     /* {1} column, {2} nearest or empty */
    MESSAGE_SELECTOR_VALUE,      /* {1} column, {2} value, {3} nearest or empty (a note) */
    MESSAGE_WEIGHT_SUM,          /* {1} project, {2} sum found, {3} sum wanted */
    MESSAGE_NEGATIVE_WEIGHT,     /* {1} column, {2} number */
    MESSAGE_WEIGHT_NAME,         /* {1} level, {2} name; the hint is the nearest */
    MESSAGE_POOLED_UNITS,        /* {1} unit of a level, {2} unit, {3} another unit */
    MESSAGE_COUNT_SHARE,         /* {1} path */
    MESSAGE_KEY_WITHOUT_USE,     /* {1} path */
    MESSAGE_MISSING_UNDECLARED,  /* {1} level, {2} how many, {3} of what (a warning) */
    MESSAGE_POLARITY_MISSED,     /* {1} the polarity that the rules ask for (a warning) */
    MESSAGE_UNKNOWN_PERIOD,      /* {1} period; the hint is the nearest */
    MESSAGE_PERIOD_NEEDED,       /* {1} period */
    MESSAGE_PERIOD_COUNT,        /* {1} periods, {2} limit */
    MESSAGE_PERIOD_WEIGHT,       /* {1} path */
    MESSAGE_POOLED_PERIODS,      /* no arguments */
    MESSAGE_REVISED_BY,          /* no arguments */
    MESSAGE_CASE_UNREACHABLE,    /* {1} path, {2} path of the earlier case (a warning) */
    MESSAGE_ROWS_WITHOUT_CASE,   /* {1} rows (a note) */
    MESSAGE_ZERO_DENOMINATOR,    /* {1} rows, {2} path (a note) */
    MESSAGE_FUNCTION_SILENT,     /* {1} path (a note) */
    MESSAGE_BINARY_COMPARISON,   /* {1} sign of the comparison, {2} what lost exactness (a note) */
    /* tests of rules */
    MESSAGE_TESTS_NOT_A_TABLE,   /* {1} what the file returned */
    MESSAGE_NO_TESTS,            /* {1} file or folder */
    MESSAGE_TEST_NAME,           /* {1} name, empty or taken */
    MESSAGE_TEST_ROWS,           /* {1} name of the case */
    MESSAGE_TEST_IDLE,           /* {1} name of the case */
    MESSAGE_TEST_COLUMN,         /* {1} column; the hint is the nearest */
    MESSAGE_TEST_CASE_COLUMN,    /* {1} "case" */
    MESSAGE_TEST_CONFLICT,       /* {1} value, {2} the value of an earlier row */
    MESSAGE_TEST_NUMBER,         /* {1} text */
    MESSAGE_TEST_VERDICT,        /* {1} text; the hint is the nearest */
    MESSAGE_TESTS_FAIL,          /* {1} name of a case */
    MESSAGE_SPECIAL_UNUSED,      /* {1} path, {2} because */
    MESSAGE_SPECIAL_IDLE,        /* {1} path, {2} because: it takes rows and changes no project */
    MESSAGE_FUNCTION_FAILED,     /* {1} data row, {2} Lua's message */
    MESSAGE_FUNCTIONS_FAILED,    /* {1} rows */
    MESSAGE_UNIT_FAILED,         /* {1} level, {2} name, {3} its first data row, {4} Lua's message */
    MESSAGE_UNITS_FAILED,        /* {1} level, {2} units */
    MESSAGE_SCRIPT_NOT_FOUND,    /* {1} name, {2} folders looked in */
    MESSAGE_SCRIPT_NAME,         /* {1} name */
    MESSAGE_SCRIPT_RESULT,       /* {1} script, {2} what it should return, {3} what it returned */
    MESSAGE_DOCUMENT_SHAPE,      /* {1} path in the document, {2} what is wrong */
    MESSAGE_REQUIRE_DEPTH,     /* {1} limit */
    MESSAGE_SOURCE_TOO_LARGE,    /* {1} file, {2} bytes, {3} limit */
    /* limits and the confined child */
    MESSAGE_EXACT_LIMIT,     /* {1} row or unit, {2} limit in bits */
    MESSAGE_CPU_LIMIT,       /* {1} seconds, {2} where */
    MESSAGE_WALL_LIMIT,      /* {1} seconds, {2} script */
    MESSAGE_LUA_MEMORY,      /* {1} MiB, {2} where */
    MESSAGE_OUTPUT_TOO_LARGE, /* {1} MiB */
    MESSAGE_OUTPUTS_TOO_LARGE, /* {1} MiB */
    MESSAGE_WORKER_DIED,     /* {1} how */
    MESSAGE_COUNTS_DIFFER,
    MESSAGE_WORKER_PROTOCOL, /* {1} detail */
    MESSAGE_WORKER_START,    /* {1} cause */
    MESSAGE_WORKER_CHANNEL,
    MESSAGE_OUT_OF_MEMORY,   /* no arguments */
    /* the command line */
    MESSAGE_UNKNOWN_COMMAND, /* {1} word, {2} nearest or empty */
    MESSAGE_UNKNOWN_FLAG,    /* {1} flag, {2} nearest or empty */
    MESSAGE_FLAG_VALUE,      /* {1} flag */
    MESSAGE_FLAG_CHOICE,     /* {1} flag, {2} value, {3} the choices */
    MESSAGE_MISSING_OPERAND, /* {1} what is missing */
    MESSAGE_EXTRA_OPERAND,   /* {1} word */
    MESSAGE_SET_SYNTAX,      /* {1} text */
    MESSAGE_FLAG_DATE,       /* {1} text */
    MESSAGE_FLAG_NUMBER, MESSAGE_FLAG_RANGE,     /* {1} flag, {2} text, {3} smallest, {4} largest */
    MESSAGE_LEVEL_FORMAT,    /* {1} format */
    MESSAGE_TERMINAL_FORMAT, /* no arguments */
    MESSAGE_NOT_EVALUATED,   /* no arguments; of the library */
    MESSAGE_NO_MATCH,        /* {1} what was looked for; the hint is the nearest name */
    MESSAGE_EXPLAIN_ROW,     /* {1} number of a row, {2} rows there are */
    MESSAGE_EXPLAIN_VERDICT, /* {1} word, {2} the keys of the verdicts */
    MESSAGE_JSONL_ALL,       /* no arguments */
    MESSAGE_SWEEP_SYNTAX,    /* {1} what --param was given */
    MESSAGE_SWEEP_STEPS,     /* {1} the same, {2} most steps */
    MESSAGE_SWEEP_PARAM,     /* {1} name */
    MESSAGE_SWEEP_RANGE,     /* {1} what --param was given, {2} value outside, {3} smallest, {4} largest */
    MESSAGE_FLAG_DECIMAL,    /* {1} flag, {2} text */
    MESSAGE_NO_SUCH_UNIT,    /* {1} flag, {2} name */
    MESSAGE_UNKNOWN_TOPIC,   /* {1} word, {2} nearest or empty */
    MESSAGE_UNKNOWN_FINDING, /* {1} flag, {2} word */
    /* published figures: the file, the classes of figures (notes), and findings (notes) */
    MESSAGE_WRONG_PUBLISHED, /* {1} key, {2} type expected, {3} type found */
    MESSAGE_OTHER_ROUNDING,  /* {1} printed, {2} computed, {3} more */
    MESSAGE_HIDDEN_DECIMALS, /* the same */
    MESSAGE_IMPOSSIBLE,      /* the same */
    MESSAGE_HIDDEN_TARGET,   /* {1} target, {2} actual */
    MESSAGE_UNIT_AND_NAME,   /* {1} unit, {2} unit that the name asks for */
    MESSAGE_SHARE_ABOVE_100, /* {1} target, {2} actual */
    MESSAGE_ON_THRESHOLD,    /* {1} project or indicator, {2} number */
    MESSAGE_REPEATED_NAME,   /* {1} project or indicator, {2} line */
    MESSAGE_NEGATIVE_ACTUAL, /* {1} target, {2} actual */
    MESSAGE_STALE_YEAR,      /* {1} project or indicator, {2} year in the name, {3} year of the report */
    /* Texts that are no messages. Those that take arguments show them as {1} {2} in messages/. */
    /* where data come from (message_inputs.c; MESSAGE_INPUT_FIRST to MESSAGE_INPUT_LAST) */
    MESSAGE_MODULE_MISSING,  /* {1} what needs it, {2} module, {3} packages */
    MESSAGE_MODULE_BROKEN,   /* {1} path, {2} cause, {3} packages */
    MESSAGE_SQL_FAILED,      /* {1} cause */
    MESSAGE_CELL_BINARY,     /* {1} column */
    MESSAGE_CELL_UTF8,       /* {1} byte in hex */
    MESSAGE_SHEET_UNKNOWN,   /* {1} sheet, {2} those that are there */
    MESSAGE_SHEET_NEEDED,    /* {1} sheets */
    MESSAGE_SHEET_USELESS,   /* {1} file, {2} flag */
    MESSAGE_CELL_FAILED,     /* {1} what stands there: #DIV/0! */
    MESSAGE_CELL_OUTSIDE,    /* {1} text */
    MESSAGE_MERGES_LIMIT,    /* no arguments */
    MESSAGE_BAD_ENCODING,    /* {1} byte in hex, {2} byte offset, {3} encodings */
    MESSAGE_NO_ENCODING,     /* {1} encoding */
    MESSAGE_OLD_EXCEL,       /* no arguments */
    MESSAGE_ENCRYPTED_FILE,  /* no arguments */
    MESSAGE_OLD_HWP,         /* no arguments */
    MESSAGE_ZIP_BROKEN,      /* {1} part or empty, {2} cause */
    MESSAGE_ZIP_LIMIT,       /* {1} part, {2} what, {3} limit, {4} flag in brackets or nothing */
    MESSAGE_ZIP_NAME,        /* {1} name of the part */
    MESSAGE_ZIP_FORMAT,      /* no arguments */
    MESSAGE_PART_MISSING,    /* {1} part */
    MESSAGE_XML_BROKEN,      /* {1} part, {2} line, {3} what the parser says */
    MESSAGE_XML_DOCTYPE,     /* {1} part */
    MESSAGE_HIDDEN_ROWS,     /* {1} rows (a warning) */
    MESSAGE_NO_FILES,        /* {1} pattern */
    MESSAGE_PARTIAL_FORMAT,  /* {1} format */
    MESSAGE_PARTIAL_FLAG,    /* {1} flag */
    MESSAGE_PARTIAL_ORDER,   /* no arguments */
    MESSAGE_PARTITION_SYNTAX, /* {1} value */
    MESSAGE_PARTIAL_RULES,   /* {1} what the rules have */
    MESSAGE_PARTIAL_DAMAGED, /* {1} path */
    MESSAGE_PARTIAL_OTHER,   /* {1} path, {2} the first path, {3} the entry that differs */
    MESSAGE_PARTIAL_MISSING, /* {1} part, {2} parts */
    MESSAGE_PARTIAL_TWICE,   /* {1} path, {2} the other path */
    MESSAGE_PARTIAL_PROJECT, /* {1} names, {2} path, {3} path */
    MESSAGE_STORE_FAILED,    /* {1} path, {2} cause */
    MESSAGE_STORE_BUSY,      /* {1} path */
    MESSAGE_STORE_DAMAGED,   /* {1} path, {2} what is found */
    MESSAGE_STORE_OTHER,     /* {1} path */
    MESSAGE_STORE_NEWER,     /* {1} path */
    MESSAGE_STORE_UNFINISHED, /* {1} path, {2} of the file beside it */
    MESSAGE_HISTORY_ROWS,    /* {1} path of the record */
    MESSAGE_HISTORY_UNKNOWN, /* {1} run or name */
    MESSAGE_LAST_YEAR_MISSED, /* {1} names of a row, {2} where last year's figures come from */
    MESSAGE_LAST_YEAR_TWICE, /* {1} names of a row, {2} rows this year, {3} rows last year */
    MESSAGE_LAST_YEAR_MORE, /* {1} rows, {2} where last year's figures come from */
    MESSAGE_LAST_YEAR_GONE, /* {1} rows, {2} where they come from, {3} names of some */
    MESSAGE_LAST_YEAR_PERIODS, /* no arguments */
    MESSAGE_LAST_YEAR_REVISED, /* {1} path */
    MESSAGE_LAST_YEAR_RULES, /* no arguments */
    MESSAGE_LAST_YEAR_WHICH, /* {1} path, {2} runs */
    MESSAGE_FILES_COLUMNS,   /* {1} column, {2} the first file */
    MESSAGE_FILES_EXTRA,     /* {1} column, {2} the first file */
    MESSAGE_DEPARTMENT_ABSENT, /* {1} bureau, {2} department */
    MESSAGE_DEPARTMENT_TWICE, /* {1} department, {2} the other file (a warning) */
    MESSAGE_ROW_TWICE,       /* {1} indicator, {2} where it stands already */
    MESSAGE_NO_KOREAN_FONT,  /* no arguments */
    MESSAGE_FONT_LACKS,      /* {1} characters (a warning) */
    MESSAGE_NO_PICTURES,     /* {1} format, {2} why (a warning) */
    MESSAGE_NOT_ENCODED,     /* {1} character and number, {2} what is written, {3} times, {4} line:column (a warning) */
    MESSAGE_ENCODING_FORMAT, /* {1} format */
    /* hints, summaries, help pages */
    TEXT_DID_YOU_MEAN, TEXT_MORE_MESSAGES, TEXT_CHECK_OK, TEXT_CHECK_SUMMARY, TEXT_USAGE, TEXT_USAGE_RUN,
    TEXT_USAGE_CHECK, TEXT_USAGE_PARAMS, TEXT_USAGE_RULES, TEXT_USAGE_STUBS,
    TEXT_USAGE_NEW, TEXT_NEW_MADE, TEXT_USAGE_TEST, TEXT_USAGE_BATCH,
    TEXT_USAGE_NOTICE, TEXT_OPERAND_SUMMARY, TEXT_USAGE_DOCTOR, TEXT_DOCTOR_OK,
    TEXT_DOCTOR_WARNING, TEXT_DOCTOR_WRONG, TEXT_DOCTOR_LOCALE, TEXT_DOCTOR_NO_LOCALE,
    TEXT_DOCTOR_NOT_UTF8, TEXT_DOCTOR_ENCODINGS, TEXT_DOCTOR_NO_CP949, TEXT_DOCTOR_FONTS,
    TEXT_DOCTOR_FONTS_UNKNOWN, TEXT_DOCTOR_NO_FONT, TEXT_DOCTOR_MODULE, TEXT_DOCTOR_SCRIPTS,
    TEXT_DOCTOR_NO_SCRIPTS, TEXT_DOCTOR_PROJECT, TEXT_DOCTOR_NOT_READABLE, TEXT_DOCTOR_NOT_WRITABLE,
    TEXT_DOCTOR_TEMPORARY, TEXT_DOCTOR_NO_TEMPORARY, TEXT_DOCTOR_CONFINEMENT, TEXT_DOCTOR_NOT_CONFINED,
    TEXT_DOCTOR_PROCESSOR, TEXT_DOCTOR_DIGEST, TEXT_DOCTOR_BAD_DIGEST, TEXT_JOBS_USE,
    TEXT_HINT_JOBS, TEXT_USAGE_TEMPLATE, TEXT_TEMPLATE_SHEET, TEXT_TEMPLATE_RATE,
    TEXT_TEMPLATE_NUMBER, TEXT_TEMPLATE_CHOOSE,
    TEXT_BATCH_HEAD, TEXT_BATCH_SUMMARY, TEXT_BATCH_PLAN, TEXT_BATCH_DUE, TEXT_BATCH_NOT_DUE, TEXT_BATCH_DONE,
    TEXT_BATCH_CURRENT, TEXT_BATCH_HISTORY, TEXT_BATCH_AGAIN, TEXT_BATCH_FAILED, TEXT_USAGE_REPLAY, TEXT_USAGE_LOCK, TEXT_OPERAND_RECORD, TEXT_REPLAY_IDENTICAL, TEXT_REPLAY_ENGINE, TEXT_REPLAY_DIFFERS,
    TEXT_REPLAY_CELL, TEXT_REPLAY_COLUMNS, TEXT_REPLAY_ROWS, TEXT_REPLAY_INPUT, TEXT_REPLAY_UNREAD, TEXT_REPLAY_MORE,
    TEXT_REPLAY_ROW, TEXT_REPLAY_VERDICT, TEXT_REPLAY_COUNT, TEXT_REPLAY_RESULTS, TEXT_REPLAY_OUTPUT,
    TEXT_USAGE_HISTORY, TEXT_OPERAND_BACKUP, TEXT_HISTORY_HEAD, TEXT_HISTORY_SAVED, TEXT_HISTORY_RUN, TEXT_HISTORY_MADE,
    TEXT_HISTORY_COUNT, TEXT_HISTORY_SINCE, TEXT_HISTORY_NEW, TEXT_HISTORY_RECOVERED, TEXT_HISTORY_MOVED, TEXT_HISTORY_TARGET,
    TEXT_HISTORY_ACTUAL, TEXT_HISTORY_ADDED, TEXT_HISTORY_REMOVED, TEXT_HISTORY_RULE, TEXT_HISTORY_PARAM, TEXT_HISTORY_OTHER,
    TEXT_HISTORY_UNIT_NEW, TEXT_HISTORY_UNIT_GONE, TEXT_HISTORY_TREND_HEAD, TEXT_HISTORY_VERDICT, TEXT_HISTORY_YEAR, TEXT_HINT_LAST_YEAR, TEXT_LAST_YEAR_FLAGS, TEXT_HISTORY_RATE, TEXT_HISTORY_ALL,
    TEXT_USAGE_MERGE, TEXT_OPERAND_PART, TEXT_PARTIAL_SHARES, TEXT_PARTIAL_FUNCTIONS, TEXT_PARTIAL_PERIODS,
    TEXT_USAGE_HELP, TEXT_PARAMS_HEAD, TEXT_HELP_EXIT, TEXT_HELP_CODES, TEXT_STATS, TEXT_STATS_CALLS, TEXT_PROGRESS_LOAD, TEXT_PROGRESS_EVALUATE, TEXT_PROGRESS_WRITE,
    TEXT_USAGE_SCREEN,
    /* what `test` and `mutate` print */
    TEXT_USAGE_MUTATE,
    TEXT_TEST_OK, TEXT_TEST_FAILED, TEXT_TEST_EXPECTED, TEXT_TEST_ACTUAL, TEXT_TEST_RATE, TEXT_TEST_PRINTED,
    TEXT_TEST_VERDICT, TEXT_TEST_REASON, TEXT_TEST_ROW, TEXT_TEST_DECIDED, TEXT_TEST_SUMMARY, TEXT_TEST_UPDATED,
    TEXT_COVER_HEAD, TEXT_COVER_CASES, TEXT_COVER_SPECIALS, TEXT_COVER_BANDS, TEXT_COVER_LINES, TEXT_COVER_CUTS,
    TEXT_COVER_MISSED, TEXT_COVER_UNTESTED, TEXT_BOUNDARY_HEAD, TEXT_BOUNDARY_BELOW, TEXT_BOUNDARY_ON,
    TEXT_BOUNDARY_ABOVE, TEXT_BOUNDARY_NONE, TEXT_MUTANT_REFUSED, TEXT_MUTANT_NOTICED, TEXT_MUTANT_SURVIVED,
    TEXT_MUTANT_DROPPED, TEXT_MUTANT_BEHIND, TEXT_MUTANT_ALIKE, TEXT_MUTANT_SUMMARY,
    TEXT_MUTANT_THRESHOLD, TEXT_MUTANT_SIDE, TEXT_MUTANT_POLARITY, TEXT_MUTANT_ROUNDING, TEXT_MUTANT_PARAM,
    TEXT_MUTANT_FORMULA, TEXT_MUTANT_ENTRY,
    TEXT_TESTS_USE, TEXT_HINT_TESTS,
    TEXT_USAGE_SWEEP, TEXT_USAGE_MARGIN,
    /* tables of sweep, margin and compare */
    TEXT_OPERAND_PARAM, TEXT_SWEEP_VALUE, TEXT_SWEEP_PLOT, TEXT_SWEEP_GRID, TEXT_SWEEP_FAULT, TEXT_SWEEP_FLIPS,
    TEXT_SWEEP_NO_FLIPS, TEXT_SWEEP_HALVED, TEXT_FLIP_HEAD, TEXT_FLIP_BETWEEN, TEXT_NO_VERDICT,
    TEXT_MARGIN_HEAD, TEXT_MARGIN_NONE, TEXT_MARGIN_LAST_YEAR, TEXT_MARGIN_NO_RATE, TEXT_MARGIN_GIVEN,
    TEXT_MARGIN_SHARES, TEXT_MARGIN_ALWAYS,
    TEXT_USAGE_COMPARE, TEXT_OPERAND_OTHER, TEXT_COMPARE_TITLE, TEXT_COMPARE_BEFORE, TEXT_COMPARE_AFTER,
    TEXT_COMPARE_MATRIX, TEXT_COMPARE_TOTAL, TEXT_COMPARE_ABSENT, TEXT_COMPARE_BUREAUS, TEXT_COMPARE_CHANGES,
    TEXT_COMPARE_CHANGE, TEXT_COMPARE_CAUSE, TEXT_COMPARE_ROW, TEXT_COMPARE_NOTHING, TEXT_COMPARE_POINTS,
    TEXT_COMPARE_REST, TEXT_COMPARE_NOT_MINIMAL,
    /* kinds of edits, in the order of model/edits */
    TEXT_EDIT_PARAM, TEXT_EDIT_CASE, TEXT_EDIT_BAND, TEXT_EDIT_SPECIAL, TEXT_EDIT_RULE, TEXT_EDIT_TARGET,
    TEXT_EDIT_ACTUAL, TEXT_EDIT_CELL, TEXT_EDIT_ROW_ADDED, TEXT_EDIT_ROW_REMOVED,
    /* words for numbers of things */
    TEXT_COUNT_ONE, TEXT_COUNT_MANY, TEXT_FILE, TEXT_OR,
    /* explain: the lines of a chain */
    TEXT_USAGE_EXPLAIN, TEXT_EXPLAIN_HEAD, TEXT_EXPLAIN_NONE, TEXT_EXPLAIN_ROW, TEXT_EXPLAIN_CELL, TEXT_EXPLAIN_BLANK,
    TEXT_EXPLAIN_NO_RATE, TEXT_EXPLAIN_EXACTLY, TEXT_EXPLAIN_PRINTED, TEXT_EXPLAIN_APPLIES,
    TEXT_EXPLAIN_EXCLUDES, TEXT_EXPLAIN_FUNCTION, TEXT_EXPLAIN_BECAUSE, TEXT_EXPLAIN_NO_CASE,
    TEXT_EXPLAIN_NOT, TEXT_EXPLAIN_NOT_UNSEEN, TEXT_EXPLAIN_MORE, TEXT_EXPLAIN_MATCHES,
    TEXT_EXPLAIN_ROUNDED, TEXT_EXPLAIN_HIDDEN,
    TEXT_EXPLAIN_HIDDEN_BOTH, TEXT_EXPLAIN_WOULD_NEED, TEXT_EXPLAIN_NOT_SOUGHT, TEXT_EXPLAIN_DIFFERS, TEXT_EXPLAIN_PERIOD, TEXT_EXPLAIN_OWN_VERDICT, TEXT_EXPLAIN_LAST_ROW,
    TEXT_EXPLAIN_ROLLUP, TEXT_EXPLAIN_LEFT_OUT, TEXT_EXPLAIN_LAST_YEAR, TEXT_EXPLAIN_POINTS,
    TEXT_EXPLAIN_MORE_POINTS, TEXT_EXPLAIN_REST, TEXT_EXPLAIN_PARAM, TEXT_EXPLAIN_FILE_VALUE,
    TEXT_EXPLAIN_NOT_BAND, TEXT_EXPLAIN_MORE_BANDS, TEXT_EXPLAIN_NO_BAND, TEXT_EXPLAIN_GIVEN,
    TEXT_EXPLAIN_RANK, TEXT_EXPLAIN_VERDICT, TEXT_EXPLAIN_IS_WANTED, TEXT_EXPLAIN_KEPT_BY_CASE,
    TEXT_EXPLAIN_KEPT_NO_RATE, TEXT_EXPLAIN_KEPT_BY_RANK, TEXT_EXPLAIN_KEPT_BY_BAND, TEXT_EXPLAIN_KEPT,
    TEXT_EXPLAIN_NO_MARGIN, TEXT_EXPLAIN_BELOW_CUT, TEXT_EXPLAIN_BELOW_CUT_AT, TEXT_EXPLAIN_ABOVE_CUT, TEXT_EXPLAIN_ABOVE_CUT_AT,
    TEXT_EXPLAIN_ON_CUT_ABOVE, TEXT_EXPLAIN_ON_CUT_BELOW, TEXT_EXPLAIN_WOULD, TEXT_EXPLAIN_OR,
    TEXT_EXPLAIN_CHANGE, TEXT_EXPLAIN_IN_ROW, TEXT_EXPLAIN_NEW_RATE, TEXT_EXPLAIN_NO_CHANGE,
    TEXT_EXPLAIN_BRIEF, TEXT_EXPLAIN_SEVERAL,
    /* what has an exact value */
    TEXT_EXACT_ROW, TEXT_EXACT_PROJECT, TEXT_EXACT_DEPARTMENT, TEXT_EXACT_BUREAU,
    /* what a command line lacks, and where it writes */
    TEXT_OPERAND_RULES, TEXT_OPERAND_CHECK, TEXT_OPERAND_FOLDER, TEXT_STANDARD_OUTPUT,
    /* causes that the system gives, in its own English */
    TEXT_CAUSE_NO_FILE, TEXT_CAUSE_DENIED, TEXT_CAUSE_NOT_PERMITTED, TEXT_CAUSE_FOLDER,
    TEXT_CAUSE_NO_FOLDER, TEXT_CAUSE_EXISTS, TEXT_CAUSE_NO_SPACE, TEXT_CAUSE_QUOTA, TEXT_CAUSE_TOO_LARGE,
    TEXT_CAUSE_READ_ONLY, TEXT_CAUSE_DEVICE, TEXT_CAUSE_NO_DEVICE, TEXT_CAUSE_BUSY, TEXT_CAUSE_PIPE,
    TEXT_CAUSE_LINKS, TEXT_CAUSE_LONG_NAME, TEXT_CAUSE_INVALID, TEXT_CAUSE_OPEN_FILES, TEXT_CAUSE_MEMORY,
    TEXT_CAUSE_AGAIN, TEXT_CAUSE_NO_CALL, TEXT_CAUSE_OTHER_BUILD, TEXT_CAUSE_ZIP, TEXT_CAUSE_LIBRARY, TEXT_CAUSE_NO_TEXT, TEXT_CAUSE_ENDLESS, TEXT_CAUSE_SHORTER, TEXT_NO_PICTURES_MODULE, TEXT_NO_PICTURES_FONT, TEXT_OUTPUT_ENCODING,
    TEXT_CAUSE_NO_SELECT, TEXT_CAUSE_CUT_OFF, TEXT_CAUSE_ZIP_DATA, TEXT_CAUSE_ENTRIES, TEXT_CAUSE_INFLATED,
    TEXT_CAUSE_RATIO, TEXT_CAUSE_DEPTH, TEXT_CAUSE_CELL_PLACE,
    /* what is wrong with a JSON file */
    TEXT_JSON_VALUE, TEXT_JSON_DIGIT, TEXT_JSON_KEY, TEXT_JSON_EMPTY_KEY, TEXT_JSON_COLON,
    TEXT_JSON_OBJECT_END, TEXT_JSON_LIST_END, TEXT_JSON_END, TEXT_JSON_QUOTE, TEXT_JSON_CONTROL,
    TEXT_JSON_ESCAPE, TEXT_JSON_HEX, TEXT_JSON_NUL, TEXT_JSON_SURROGATE, TEXT_JSON_NUMBER,
    TEXT_JSON_ROWS, TEXT_JSON_FLAT,
    /* hints at a number cell */
    TEXT_HINT_ENCODING, TEXT_HINT_COMMA, TEXT_HINT_POINTS, TEXT_HINT_EXACT, TEXT_HINT_PERCENT, TEXT_HINT_NUMBER,
    /* kinds of values in rules and documents */
    TEXT_KIND_NIL, TEXT_KIND_BOOL, TEXT_KIND_NUMBER, TEXT_KIND_TEXT, TEXT_KIND_TABLE, TEXT_KIND_FORMULA,
    TEXT_KIND_FUNCTION, TEXT_KIND_WORD,
    /* what the rules want in a place, and what they found there instead */
    TEXT_WANT_TEXT, TEXT_WANT_NUMBER, TEXT_WANT_TABLE, TEXT_WANT_FORMULA, TEXT_WANT_FUNCTION,
    TEXT_WANT_WORD, TEXT_WANT_TRUE, TEXT_WANT_BOUND, TEXT_WANT_RANGE, TEXT_FOUND_TEXT_FOR_NUMBER, TEXT_RATE,
    TEXT_RULESET, TEXT_WANT_FEW, TEXT_FOUND_MORE, TEXT_WANT_NO_GAP, TEXT_WANT_PLAIN_TABLE,
    TEXT_FOUND_LIBRARY, TEXT_WANT_UTF8, TEXT_FOUND_BYTES, TEXT_FOUND_NUL, TEXT_WANT_VALUE, TEXT_WANT_SHALLOW,
    TEXT_FOUND_DEEPER, TEXT_FOUND_UNCALLED, TEXT_FOUND_SEVERAL, TEXT_FOUND_PLAIN_TABLE, TEXT_HINT_RULESET,
    /* functions of the rules */
    TEXT_WHEN_GAVE_NUMBER, TEXT_RATE_GAVE_FLAG, TEXT_GAVE_FORMULA, TEXT_GAVE_OTHER, TEXT_GAVE_INFINITE,
    TEXT_NO_RESULT_YET, TEXT_RAW_USE, TEXT_RAW_IN_REPORT, TEXT_BUREAUS, TEXT_DEPARTMENTS, TEXT_PROJECTS,
    TEXT_INDICATORS, TEXT_HINT_FROM, TEXT_HINT_MISSING,
    /* formulas */
    TEXT_FORMULA_CONDITION, TEXT_CALL_USAGE, TEXT_CALL_NUMBERS, TEXT_CALL_WORD,
    TEXT_ROUND_DIGITS, TEXT_ROUND_MODE, TEXT_CHOOSE_CONDITION, TEXT_WHEN_COLON,
    TEXT_WHEN_ALONE, TEXT_CONDITION_PARTS, TEXT_CONDITION_COUNT, TEXT_WEIGHTED_MEAN,
    TEXT_COUNT_SHARE, TEXT_TRIMMED, TEXT_AT_PERIOD, TEXT_WANT_SELECTOR,
    TEXT_FORMULA_WITH_WORD, TEXT_FORMULA_WITH_FIELD, TEXT_FORMULA_WITH_PARAM, TEXT_FORMULA_WITH_TEXT,
    TEXT_FORMULA_WITH_INFINITE, TEXT_FORMULA_WITH_OTHER, TEXT_FORMULA_DEEP, TEXT_FORMULA_COMPARED,
    TEXT_FORMULA_BITWISE, TEXT_FORMULA_JOINED, TEXT_FORMULA_LENGTH, TEXT_FORMULA_FIELDS,
    TEXT_FORMULA_CHANGED, TEXT_FORMULA_CALLED, TEXT_FORMULA_MODULO, TEXT_FORMULA_FLOOR,
    TEXT_WORD_USE, TEXT_FIELD_USE, TEXT_PARAM_USE, TEXT_TAKES_NAME, TEXT_FIELD_IN_FUNCTION, TEXT_NO_PARAM,
    TEXT_NO_PARAM_NEAR, TEXT_RULESET_USE,
    /* what scripts see of data and results */
    TEXT_NO_FIELD, TEXT_NO_FIELD_NEAR, TEXT_NO_LIST, TEXT_NO_LIST_KEY, TEXT_NO_FUNCTION,
    TEXT_OBJECT_READ_ONLY, TEXT_READ_ONLY,
    /* names of the sandbox */
    TEXT_NAMED_ONLY, TEXT_UNAVAILABLE, TEXT_UNKNOWN_NAME, TEXT_UNKNOWN_NAME_NEAR, TEXT_GLOBAL,
    TEXT_GLOBAL_ENTRY, TEXT_REQUIRE_CIRCLE, TEXT_REQUIRE_NONE, TEXT_TEXT_ARITHMETIC,
    /* why stock names are absent */
    TEXT_ABSENT_CODE, TEXT_ABSENT_METATABLE, TEXT_ABSENT_CHANCE, TEXT_ABSENT_CATCHING, TEXT_ABSENT_OUTSIDE,
    TEXT_ABSENT_RAW, TEXT_ABSENT_COROUTINE, TEXT_ABSENT_NEXT, TEXT_ABSENT_PRINT, TEXT_ABSENT_UNPACK,
    TEXT_ABSENT_WARN, TEXT_ABSENT_POW, TEXT_ABSENT_BINARY, TEXT_ABSENT_LENGTH, TEXT_ABSENT_MOVE,
    TEXT_ABSENT_CODES,
    /* functions of scripts */
    TEXT_PAIRS_KEY, TEXT_NOT_LISTED, TEXT_REP_LARGE, TEXT_ADDRESS, TEXT_SEARCH_LARGE, TEXT_POSITION,
    TEXT_LIST_LONG, TEXT_LIST_READ_ONLY, TEXT_UNPACK_MANY, TEXT_TOO_LONG, TEXT_NOT_UTF8, TEXT_WIDTH_RANGE,
    TEXT_TABLE_BLOCKS, TEXT_STYLE_NUMBER,
    TEXT_NUMBER_WANTED, TEXT_NO_NUMBER_TEXT, TEXT_ERROR_VALUE,
    /* hints at what a script has that Lua cannot read, or reads as something else */
    TEXT_HINT_NAMES, TEXT_HINT_NAME_DOT, TEXT_HINT_NAME_KEY, TEXT_HINT_STRAY_QUOTE, TEXT_HINT_STRAY_BLANK,
    TEXT_HINT_STRAY_SIGN, TEXT_HINT_COMMA_BEFORE, TEXT_HINT_COMMA_HERE, TEXT_HINT_UNQUOTED,
    TEXT_HINT_KEY_NAME, TEXT_NAME_IS_TEXT, TEXT_HINT_BOUND_WORD, TEXT_HINT_REMARK, TEXT_HINT_NAME_TEXT,
    TEXT_HINT_OPEN_QUOTE, TEXT_HINT_TWO_COMMAS, TEXT_HINT_COMPARE, TEXT_HINT_ONE_VALUE, TEXT_HINT_COLON,
    TEXT_HINT_ESCAPE, TEXT_HINT_OPEN_TABLE, TEXT_HINT_METHODS, TEXT_HINT_EXCLUDE, TEXT_HINT_KEY_SIGN, TEXT_HINT_UNKNOWN_NAME,
    /* hints at entries that the rules do not take */
    TEXT_HINT_KEYS, TEXT_HINT_KEYS_HERE, TEXT_HINT_VALUE_LEFT, TEXT_HINT_ENTRY_BRACES, TEXT_HINT_BECAUSE,
    TEXT_HINT_WHEN, TEXT_HINT_KEY_WANTED, TEXT_HINT_PRINTED, TEXT_HINT_WHEN_TEXT, TEXT_HINT_KEY_LETTERS,
    TEXT_HINT_VALUES, TEXT_HINT_PATTERN, TEXT_HINT_NAMES_IN_BASE, TEXT_HINT_NO_NAMES, TEXT_HINT_NEW_PARAM,
    TEXT_HINT_VERDICT_KEY, TEXT_HINT_BAND_ORDER, TEXT_HINT_SETTING, TEXT_HINT_SETTINGS, TEXT_HINT_BASE_PATH,
    TEXT_HINT_RANGE, TEXT_HINT_RULE_PATH, TEXT_HINT_NO_FOLDER, TEXT_HINT_IN_FOLDER, TEXT_HINT_DATA_FILE, TEXT_HINT_SCRIPTS, TEXT_HINT_RENAMED, TEXT_HINT_SEMICOLONS,
    TEXT_HINT_NO_HEADING, TEXT_HINT_TOTAL_ROW, TEXT_HINT_MERGED, TEXT_HINT_PART_OF_NAME,
    /* what scripts return */
    TEXT_RESULT_TABLE, TEXT_RESULT_REPORT, TEXT_RESULT_FORMAT, TEXT_RESULT_WITHOUT, TEXT_RESULT_TEXT,
    TEXT_RESULT_UTF8, TEXT_RESULT_BYTES,
    /* faults of a document, behind the path of the faulty value */
    TEXT_DOCUMENT, TEXT_DOCUMENT_MISSING, TEXT_DOCUMENT_WRONG, TEXT_DOCUMENT_KEY, TEXT_DOCUMENT_KEY_NEAR,
    TEXT_DOCUMENT_NONE_OF, TEXT_DOCUMENT_NAMELESS, TEXT_DOCUMENT_NAMED, TEXT_DOCUMENT_MANY,
    TEXT_DOCUMENT_GAP, TEXT_DOCUMENT_BYTES, TEXT_DOCUMENT_UTF8, TEXT_DOCUMENT_WHOLE, TEXT_DOCUMENT_NUMBER,
    TEXT_DOCUMENT_COLUMNS, TEXT_DOCUMENT_ROWS, TEXT_DOCUMENT_CELLS, TEXT_DOCUMENT_EMPTY,
    TEXT_DOCUMENT_LARGE, TEXT_DOCUMENT_TEXT, TEXT_DOCUMENT_BOTH, TEXT_SHAPE_DOCUMENT, TEXT_SHAPE_BLOCK,
    TEXT_SHAPE_TABLE, TEXT_SHAPE_COLUMN, TEXT_SHAPE_CELL, TEXT_SHAPE_NUMBER, TEXT_SHAPE_LIST,
    TEXT_SHAPE_TEXT, TEXT_SHAPE_TRUE, TEXT_SHAPE_FLAG, TEXT_SHAPE_INTEGER, TEXT_SHAPE_FRACTION,
    TEXT_SHAPE_OBJECT, TEXT_SHAPE_PROJECT, TEXT_SHAPE_CHART, TEXT_SHAPE_CHART_ROW, TEXT_SHAPE_CHART_SERIES, TEXT_SHAPE_CHART_LINE,
    TEXT_DOCUMENT_SERIES, TEXT_DOCUMENT_RANGE, TEXT_DOCUMENT_COLOR, TEXT_DOCUMENT_STYLE, TEXT_DOCUMENT_LANGUAGE,
    TEXT_DOCUMENT_PLACE, TEXT_SHAPE_PART, TEXT_PACKAGE_NAME, TEXT_PACKAGE_TWICE,
    TEXT_PACKAGE_FIRST, TEXT_SHAPE_RECORD, TEXT_WORKBOOK_PLACE, TEXT_WORKBOOK_TAKEN,
    TEXT_WORKBOOK_THINGS, TEXT_WORKBOOK_LONG, TEXT_WORKBOOK_FORMULA, TEXT_WORKBOOK_STYLE,
    TEXT_WORKBOOK_CELLS, TEXT_WORKBOOK_COLOR, TEXT_WORKBOOK_CHOICES, TEXT_WORKBOOK_NAME,
    TEXT_WORKBOOK_TWICE,
    /* audit */
    TEXT_USAGE_AUDIT, TEXT_CUT_PROJECT, TEXT_CUT_INDICATOR, TEXT_AUDIT_PROJECTS, TEXT_AUDIT_ALL,
    TEXT_AUDIT_COUNT, TEXT_AUDIT_PERCENT, TEXT_AUDIT_ROUNDING, TEXT_AUDIT_TARGET, TEXT_AUDIT_ACTUAL,
    TEXT_AUDIT_TOGETHER, TEXT_AUDIT_NEAREST, TEXT_AUDIT_UNTRIED, TEXT_AUDIT_FROM_PRINT, TEXT_AUDIT_NONE,
    TEXT_AUDIT_RATES, TEXT_AUDIT_COUNTS, TEXT_AUDIT_PERCENTS, TEXT_AUDIT_SUMMARY, TEXT_AUDIT_NOTHING,
    TEXT_AUDIT_UNPRINTED, TEXT_AUDIT_FINDINGS,
    /* infer */
    TEXT_USAGE_INFER, TEXT_OPERAND_DATA, TEXT_INFER_NO_RATES, TEXT_INFER_RATES, TEXT_INFER_LOWER,
    TEXT_INFER_NO_VERDICTS, TEXT_INFER_COUNTS, TEXT_INFER_COLUMN, TEXT_INFER_SEVERAL, TEXT_INFER_GOOD,
    TEXT_INFER_BAD, TEXT_INFER_REFUSED, TEXT_INFER_NONE, TEXT_INFER_RESULT, TEXT_INFER_OPEN, TEXT_INFER_OPEN_ROUNDING,
    TEXT_INFER_OPEN_ALL, TEXT_INFER_OPEN_AGGREGATE, TEXT_INFER_OPEN_SIDE, TEXT_INFER_OPEN_CAP,
    TEXT_INFER_OPEN_FLOOR, TEXT_INFER_ROWS, TEXT_INFER_UNITS, TEXT_INFER_UNIT,
    /* the confined process */
    TEXT_START_FAILED, TEXT_FILE_OUTSIDE, TEXT_LIMIT_INSIDE, TEXT_LIMIT_TITLE, TEXT_UNIT_SECONDS, TEXT_UNIT_MEBIBYTES, TEXT_LIMIT_MEMORY,
    TEXT_LIMIT_LOAD, TEXT_LIMIT_CALL, TEXT_LIMIT_CPU, TEXT_LIMIT_WALL, TEXT_LIMIT_DRAW, TEXT_LIMIT_OUTPUT, TEXT_LIMIT_OUTPUTS, TEXT_LIMIT_OUTSIDE, TEXT_NO_TRANSLATE, TEXT_CSV_FORMULAS, TEXT_INPUT_TITLE, TEXT_INPUT_FILE,
    TEXT_INPUT_ROWS, TEXT_INPUT_COLUMNS, TEXT_INPUT_CELL, TEXT_INPUT_UNPACKED, TEXT_INPUT_PARTS, TEXT_INPUT_RATIO, TEXT_UNIT_NUMBER, TEXT_UNIT_BYTES, TEXT_DIED_BY_SIGNAL, TEXT_DIED_WITH_STATUS, TEXT_DIED_BEFORE, TEXT_PROTOCOL_KIND,
    TEXT_PROTOCOL_MESSAGES, TEXT_PROTOCOL_SCRIPT, TEXT_PROTOCOL_SCRIPTS, TEXT_PROTOCOL_LIMIT,
    TEXT_PROTOCOL_REQUEST, TEXT_PROTOCOL_ANSWERS, TEXT_PROTOCOL_RULES, TEXT_PROTOCOL_PAGES,
    TEXT_PROTOCOL_PARTS, TEXT_PROTOCOL_WORKBOOK,
    /* What Lua itself says when a script fails (TEXT_LUA_FIRST to TEXT_LUA_LAST); the first that fits is taken. */
    TEXT_LUA_ARITHMETIC_ON, TEXT_LUA_ARITHMETIC, TEXT_LUA_INDEX_ON, TEXT_LUA_INDEX, TEXT_LUA_CALL_ON,
    TEXT_LUA_CALL, TEXT_LUA_CONCATENATE_ON, TEXT_LUA_CONCATENATE, TEXT_LUA_LENGTH_ON, TEXT_LUA_LENGTH,
    TEXT_LUA_BITWISE_ON, TEXT_LUA_BITWISE, TEXT_LUA_COMPARE_TWO, TEXT_LUA_COMPARE, TEXT_LUA_DIVIDE,
    TEXT_LUA_DIVIDE_FLOOR, TEXT_LUA_MODULO, TEXT_LUA_MODULO_PLAIN, TEXT_LUA_INTEGER_ON, TEXT_LUA_INTEGER,
    TEXT_LUA_FOR_TYPE, TEXT_LUA_FOR_NUMBER, TEXT_LUA_FOR_ZERO, TEXT_LUA_KEY_NIL, TEXT_LUA_KEY_NAN,
    TEXT_LUA_STACK, TEXT_LUA_STACK_IN, TEXT_LUA_STACK_C, TEXT_LUA_BAD_ARGUMENT, TEXT_LUA_BAD_SELF,
    TEXT_LUA_CONCAT_VALUE, TEXT_LUA_ARGUMENTS, TEXT_LUA_ASSERTION, TEXT_LUA_SLICE, TEXT_LUA_LARGE,
    TEXT_LUA_PATTERN, TEXT_LUA_PATTERN_COMPLEX, TEXT_LUA_PATTERN_CAPTURES, TEXT_LUA_PATTERN_CAPTURE,
    TEXT_LUA_CONVERSION, TEXT_LUA_CONVERSION_LONG, TEXT_LUA_UTF8, TEXT_LUA_STRAY, TEXT_LUA_NAME,
    TEXT_LUA_CLOSE, TEXT_LUA_CALL_ARGUMENTS, TEXT_LUA_EXPECTED, TEXT_LUA_UNEXPECTED, TEXT_LUA_SYNTAX,
    TEXT_LUA_STRING, TEXT_LUA_LONG_STRING, TEXT_LUA_LONG_COMMENT, TEXT_LUA_NUMBER, TEXT_LUA_ESCAPE,
    TEXT_LUA_CONSTANT, TEXT_LUA_BREAK, TEXT_LUA_BREAK_NEAR, TEXT_LUA_GOTO, TEXT_LUA_BINARY, TEXT_LUA_MANY,
    /* Parts of those (TEXT_LUA_PART_FIRST to TEXT_LUA_PART_LAST). */
    TEXT_LUA_TYPE_NIL, TEXT_LUA_TYPE_NONE, TEXT_LUA_TYPE_BOOLEAN, TEXT_LUA_TYPE_NUMBER,
    TEXT_LUA_TYPE_STRING, TEXT_LUA_TYPE_TABLE, TEXT_LUA_TYPE_FUNCTION, TEXT_LUA_TYPE_USERDATA,
    TEXT_LUA_TYPE_FORMULA, TEXT_LUA_LOCAL, TEXT_LUA_UPVALUE, TEXT_LUA_GLOBAL, TEXT_LUA_FIELD,
    TEXT_LUA_METHOD, TEXT_LUA_LITERAL, TEXT_LUA_ITERATOR, TEXT_LUA_EXPECTED_TYPE, TEXT_LUA_EXPECTED_VALUE,
    TEXT_LUA_OPTION, TEXT_LUA_VALUE_RANGE, TEXT_LUA_INDEX_RANGE, TEXT_LUA_POSITION_RANGE,
    TEXT_LUA_PART_INTEGER, TEXT_LUA_FOR_START, TEXT_LUA_FOR_LIMIT, TEXT_LUA_FOR_STEP, TEXT_LUA_END_OF_FILE,
    TEXT_LUA_EITHER,
    MESSAGE_COUNT,
    MESSAGE_INPUT_FIRST = MESSAGE_MODULE_MISSING,
    MESSAGE_INPUT_LAST = MESSAGE_ENCODING_FORMAT,
    TEXT_FIRST = TEXT_DID_YOU_MEAN,
    TEXT_LUA_FIRST = TEXT_LUA_ARITHMETIC_ON,
    TEXT_LUA_LAST = TEXT_LUA_MANY,
    TEXT_LUA_PART_FIRST = TEXT_LUA_TYPE_NIL,
    TEXT_LUA_PART_LAST = TEXT_LUA_EITHER
} MessageId;
/* clang-format on */

typedef struct Message {
    const char *code;                     /* stable, e.g. "not-a-number" */
    Severity severity;                    /* SEVERITY_TEXT: no message */
    ExitCode exit_code;                   /* what an error of this kind ends the program with */
    const char *text[LANGUAGE_COUNT + 1]; /* TEXT_…: the last is both, as MESSAGE_WORDS */
    const char *help[LANGUAGE_COUNT];     /* cause and remedy, printed by `perfeval help CODE` */
} Message;

/** The entry of a message; every id has one, with both texts. */
Message message_get(MessageId id);
/** The id of a stable code; false when there is none. */
bool message_find(Str code, MessageId *id);
/** Two wordings of one text, so that a message can be made before its language is known. Whatever takes
 * arguments takes the part of its own language from such a one. */
#define MESSAGE_WORDS(en, ko) en "\x1f" ko
/** Both wordings of a text TEXT_… without arguments. */
Str message_words(MessageId text);
/** The part of such a text for one language; any other text whole. */
Str message_part(Str words, Language language);
/** Adds `template` to `out` with {1} … {9} replaced by `arguments`; a missing argument becomes nothing. */
void message_fill(Buffer *out, const char *template, const Str *arguments, size_t count, Language language);
/** Adds both wordings of a text TEXT_…, filled. */
void message_fill_both(Buffer *out, MessageId text, const Str *arguments, size_t count);
/** As message_fill_both, into an arena. Use the macro message_both. */
Str message_both_list(Arena *arena, MessageId text, const Str *arguments, size_t count);
#define message_both(arena, text, ...) message_both_list((arena), (text), MESSAGE_LIST(__VA_ARGS__))
/** Arguments and their number. */
#define MESSAGE_LIST(...) (const Str[]){__VA_ARGS__}, sizeof((const Str[]){__VA_ARGS__}) / sizeof(Str)
/** The opposite of filling: true when `text` is `template` with arguments, each as short as can be; they go
 * to their places in `arguments`, which has 9. */
bool message_match(Str text, const char *template, Str *arguments);
/** The word of a severity: "error", "오류", … */
const char *message_severity(Severity severity, Language language);
/** The language that an environment value such as "ko_KR.UTF-8" asks for; English for all but ko. */
Language message_language(Str locale);

#endif
