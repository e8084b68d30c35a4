/* options - what the command line said: every flag has its field. */
#ifndef PERFEVAL_APP_OPTIONS_H
#define PERFEVAL_APP_OPTIONS_H

#include "base/cpu.h"
#include "base/crew.h"
#include "io/encode.h"
#include "io/encoding.h"
#include "io/input_limits.h"
#include "lua/limits.h"
#include "model/export_level.h"

/** Most threads that --threads accepts. */
#define CLI_THREADS 256

/** --color */
enum { SCREEN_AUTO, SCREEN_ALWAYS, SCREEN_NEVER };
/** --csv-formulas */
enum { CSV_GUARD, CSV_KEEP };

struct LastYear; /* model/last_year */

typedef struct Options {
    Str command; /* empty: none was given */
    Str *operands;
    size_t operand_count;
    Str output; /* empty: standard output */
    Str format; /* empty: the command's default */
    Str report;
    Str data;
    Str sheet, query;         /* of a workbook or database; empty: not said */
    Str departments;          /* the list of those that must have rows; empty: none */
    Encoding encoding;        /* of a text file */
    InputLimits input_limits; /* of data files */
    Str last_year_from;       /* where last year's figures come from; empty: from nowhere */
    Str last_year_run;        /* of a history; empty: not said */
    /* not from the command line: reads them (app/earlier) */
    bool (*read_last_year)(const struct Options *options, struct LastYear *out, Diag *diag);
    Str published;    /* figures of print; empty: those that the rules name */
    Str *skip, *only; /* codes of findings, as given */
    size_t skip_count, only_count;
    Str at;     /* the day of the run; empty: what the rules declare */
    Str period; /* the period to evaluate; empty: what the rules declare */
    Setting *settings;
    size_t setting_count;
    ExportLevel level;
    bool has_level;
    Str *params; /* --param, in order */
    size_t param_count;
    Str *data_files; /* --data, in order; `data` is the last */
    size_t data_count;
    Str bureau, department; /* names to select by; empty: all */
    Str within;             /* a decimal, not negative; empty: no limit */
    bool exit_code;         /* --exit-code */
    unsigned threads;       /* most threads that may compute; 0: not said */
    CpuLevel cpu;           /* the highest level that may be used */
    bool stats;
    bool effective;
    bool all;
    Str project, indicator; /* parts of names */
    Str row;                /* --row: a whole number from 1; empty: none */
    Str why_not;
    struct Inputs *inputs; /* not from the command line: gets every file that is read; NULL: none */
    Str share;             /* not from the command line: the folder of the installed scripts; empty: found */
    bool kept;             /* --kept */
    unsigned jobs;         /* --jobs: children at a time; 0: not said */
    Str log, write;        /* --log: text, json; --write: a folder; empty: not said */
    bool dry_run, force, install_timer;
    Str store;            /* --store: the file of the history; empty: not said */
    bool partial;         /* --partial */
    unsigned part, parts; /* --partition; parts 0: not said */
    Str record;           /* --record: the folder of run records; empty: none */
    bool early;           /* not from the command line: a report script follows, which can be made ready */
    bool keep_data;       /* not from the command line: the data file is wanted with the dataset */
    Str run;              /* --run: the cases whose name it matches; empty: all */
    Str junit;            /* empty: none */
    bool time, update, coverage, boundaries, list;
    unsigned least;            /* --min, in percent */
    ScriptLimits limits;       /* of scripts */
    bool outside;              /* --allow-outside */
    bool no_translate;         /* --no-translate: every call of a function is Lua's own */
    unsigned color, ambiguous; /* SCREEN_…; --ambiguous-width: 0, not said */
    bool ascii, no_pager;
    unsigned formulas;        /* --csv-formulas: CSV_GUARD, CSV_KEEP */
    unsigned output_encoding; /* OUTPUT_…, of texts and CSV */
    bool help;
    bool version;
    const CrewWatch *watch; /* of loading; set by the command, NULL: nobody */
    Language language;      /* --lang, else LC_ALL, LC_MESSAGES, LANG */
    Arena arena;
} Options;

/** Before any flag. */
#define OPTIONS_DEFAULT                                                                                      \
    ((Options){.cpu = CPU_LEVELS - 1, .limits = LIMITS_DEFAULT, .input_limits = INPUT_LIMITS_DEFAULT})

/** A command: its name, its page of help, and what runs it. */
typedef struct Command {
    const char *name;
    MessageId usage;
    const char *flags; /* letters of the flags it takes: app/flags */
    /** Runs the command; answers the exit code. Messages go to `diag`, which the caller prints. */
    ExitCode (*run)(Options *options, Diag *diag);
} Command;

#endif
