/* cli - the command line: flags, operands, and what every command prints in the same way. */
#ifndef PERFEVAL_APP_CLI_H
#define PERFEVAL_APP_CLI_H

#include "base/cpu.h"
#include "base/crew.h"
#include "base/file_writer.h"
#include "io/encoding.h"
#include "io/input_limits.h"
#include "lua/limits.h"
#include "model/export_level.h"

/** Most threads that --threads accepts. */
#define CLI_THREADS 256

/** --color */
enum { SCREEN_AUTO, SCREEN_ALWAYS, SCREEN_NEVER };

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
    InputLimits input_limits; /* of data files: app/input_flags */
    Str published;            /* figures of print; empty: those that the rules name */
    Str *skip, *only;         /* codes of findings, as given */
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
    bool keep_data;       /* not from the command line: the data file is wanted with the dataset */
    Str run;              /* --run: the cases whose name it matches; empty: all */
    Str junit;            /* empty: none */
    bool time, update, coverage, boundaries, list;
    unsigned least;            /* --min, in percent */
    ScriptLimits limits;       /* of scripts: app/limit_flags */
    bool outside;              /* --allow-outside */
    bool no_translate;         /* --no-translate: every call of a function is Lua's own */
    unsigned color, ambiguous; /* SCREEN_…; --ambiguous-width: 0, not said */
    bool ascii, no_pager;
    bool formulas; /* --csv-formulas keep */
    bool help;
    bool version;
    const CrewWatch *watch; /* of loading; set by the command, NULL: nobody */
    Language language;      /* --lang, else LC_ALL, LC_MESSAGES, LANG */
    Arena arena;
} Options;

/** A command: its name, its page of help, and what runs it. */
typedef struct Command {
    const char *name;
    MessageId usage;
    const char *flags; /* letters of the flags it takes, see cli.c; Z: those of app/limit_flags */
    /** Runs the command; answers the exit code. Messages go to `diag`, which the caller prints. */
    ExitCode (*run)(Options *options, Diag *diag);
} Command;

/** Reads the command line. False after errors. Flags may stand anywhere; "--" ends them. */
bool cli_parse(int argc, char **argv, const Command *commands, size_t count, Options *out, Diag *diag);
/** The command takes one rule file: operands[0]. False after an error. */
bool cli_one_rule_file(const Options *options, Diag *diag);
/** Prints all messages of `diag` to standard error. */
void cli_print(const Diag *diag, Language language);
/** Writes to standard error; a failure goes unheard. */
void cli_complain(Str bytes);
/** Writes to standard output. Errors: MESSAGE_FILE_WRITE. */
bool cli_put(Str bytes, Diag *diag);
/** Prints a text of the table to standard output. Errors: MESSAGE_FILE_WRITE. */
bool cli_say(MessageId text, Language language, Diag *diag);
/** Writes the command's result to --output or standard output. */
bool cli_deliver(const Options *options, Str bytes, Diag *diag);
/** A writer to --output or standard output, for results written piece by piece. NULL after an error. */
FileWriter *cli_writer(const Options *options, Diag *diag);

#endif
