/* perfeval - performance indicators evaluated by rules, for programs in C: the public header of libperfeval.
 *
 * A Perfeval is one evaluation: settings, then a rule file, then its results, reports and messages.
 *
 *   Perfeval *office = perfeval_new();
 *   if (perfeval_evaluate(office, "rules/2019.lua")) … perfeval_unit(office, PERFEVAL_PROJECT, 0)->rate …
 *   perfeval_free(office);
 *
 * Texts are UTF-8 with a NUL behind them. What is returned as a const pointer belongs to the Perfeval and
 * stays as it is until the next perfeval_evaluate or perfeval_free. Functions that can fail answer false or
 * NULL, and say why in the messages. The library prints nothing, changes no state of the process, and never
 * ends it: when memory runs out in a call, the call fails with the message out-of-memory, what it had
 * allocated is lost (a child that it had started ends with the thread), and only perfeval_message…,
 * perfeval_exit_code and perfeval_free are of use. The exception: modules that read workbooks, archives and
 * databases or draw xlsx, pdf, docx and hwpx with other libraries end the process when memory runs out within
 * them; and libperfeval.a does where GMP, then the program's own, finds no memory.
 *
 * Threads: different Perfevals may be used in different threads at the same time, one of them in one thread
 * at a time. The thread that evaluates must not end before the Perfeval is freed.
 *
 * What the host must know of scripts: rules, reports and formats run in a child, made by fork() in the thread
 * that calls. It keeps no descriptor but one socket, no signal handler and no blocked signal of the host,
 * locks itself (seccomp), and is waited for with its own process number. So a host must not reap children
 * that it did not start (waitpid(-1), SIGCHLD set to SIG_IGN); what it registered with pthread_atfork runs;
 * its own seccomp filter must allow fork, prctl and seccomp; and a library that cannot be forked with must
 * not be loaded. The child sees the memory of the host as it was, but no script can reach it. Several threads
 * (the setting "threads") are started for large data and end within the call.
 */
#ifndef PERFEVAL_H
#define PERFEVAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct Perfeval Perfeval;

/** A unit or verdict that there is not. */
#define PERFEVAL_NONE SIZE_MAX

/** The version of the library: "0.1.0". */
const char *perfeval_version(void);

/** An evaluation without settings. NULL when memory ran out. */
Perfeval *perfeval_new(void);
/** Frees it and all that it gave out; NULL is allowed. */
void perfeval_free(Perfeval *perfeval);

/** A setting for the evaluations that follow: the name is that of a flag of `perfeval run` without its
 * dashes. data, sheet, query, departments, encoding, last-year-from, last-year-run; at (the day of the run),
 * period; threads, csv-formulas; memory-limit, load-limit, call-limit, cpu-limit, time-limit, draw-limit,
 * output-limit, outputs-limit; max-file, max-rows, max-columns, max-cell, max-unpacked, max-parts, max-ratio;
 * and allow-outside, whose value is NULL. "share" is the folder that holds the installed scripts/, where it
 * is not beside the library. A later setting of the same name takes the place of the earlier one. False when
 * there is no such setting or the value cannot be: see the messages. */
bool perfeval_set(Perfeval *perfeval, const char *name, const char *value);
/** Another value for a parameter of the rules, as text: "85". Whether the rules have it is said by
 * perfeval_evaluate. */
bool perfeval_set_param(Perfeval *perfeval, const char *name, const char *value);

/** Reads the rule file and the data that it names (or the setting "data"), and evaluates. What an earlier
 * evaluation gave is freed. False after errors; the functions below then find no units. */
bool perfeval_evaluate(Perfeval *perfeval, const char *rule_file);

/* ---- messages: errors, warnings and notes of the last call of perfeval_set, _evaluate, _unit, _render or
 * _table */

typedef enum PerfevalLanguage { PERFEVAL_EN, PERFEVAL_KO, PERFEVAL_LANGUAGES } PerfevalLanguage;

typedef enum PerfevalSeverity { PERFEVAL_ERROR, PERFEVAL_WARNING, PERFEVAL_NOTE } PerfevalSeverity;

typedef struct PerfevalMessage {
    const char *code; /* stable: "not-a-number"; `perfeval help CODE` says more */
    PerfevalSeverity severity;
    const char *file;                      /* NULL: no place */
    uint32_t line;                         /* from 1; 0: none */
    uint32_t column;                       /* in characters, from 1; 0: none */
    const char *cell;                      /* of a workbook: "Sheet1!B17"; NULL: none */
    const char *text[PERFEVAL_LANGUAGES];  /* one line */
    const char *drawn[PERFEVAL_LANGUAGES]; /* as the program prints it: place, severity, code, text, the line
                                              with a caret and a hint; ends in \n */
} PerfevalMessage;

size_t perfeval_message_count(const Perfeval *perfeval);
/** NULL behind the last. Valid until the next call that clears the messages. */
const PerfevalMessage *perfeval_message(const Perfeval *perfeval, size_t index);
/** What the program would end with: 0, or the first of 70, 64, 5, 4, 2, 3, 1 that the errors ask for. */
int perfeval_exit_code(const Perfeval *perfeval);

/* ---- results */

typedef enum PerfevalLevel {
    PERFEVAL_BUREAU,
    PERFEVAL_DEPARTMENT,
    PERFEVAL_PROJECT,
    PERFEVAL_INDICATOR, /* a row of the data */
    PERFEVAL_LEVELS
} PerfevalLevel;

typedef struct PerfevalUnit {
    const char *name;
    size_t parent;         /* unit of the level above; PERFEVAL_NONE for a bureau */
    double rate;           /* in percent, the nearest double; 0 where there is none */
    const char *rate_text; /* to at most 6 places, exactly half up: "77.638191"; NULL: there is no rate */
    const char *exact;     /* the rate itself: "85.5", or "15450/199" where no decimal ends; NULL: no rate */
    const char *printed;   /* as the rules round it; NULL: no rate */
    const char *missing;   /* why there is no rate: "blank", "zero_target", …; NULL: there is one, or the
                              rules give this level none */
    const char *verdict;   /* key: "sluggish"; NULL: none */
    const char *verdict_name; /* as printed: "부진"; NULL: none */
    size_t row;               /* of an indicator: among the rows of the data file, from 1; else 0 */
    uint32_t line;            /* of an indicator: the line of the file that it begins on; else 0 */
} PerfevalUnit;

/** The title that the rules give; NULL before an evaluation. */
const char *perfeval_title(const Perfeval *perfeval);
/** Units of a level, in order of the data; 0 before an evaluation. */
size_t perfeval_count(const Perfeval *perfeval, PerfevalLevel level);
/** A unit. NULL behind the last, or after an error (a number too large to be exact). */
const PerfevalUnit *perfeval_unit(Perfeval *perfeval, PerfevalLevel level, size_t unit);
/** The units below: departments of a bureau, projects of a department, indicators of a project. */
const uint32_t *perfeval_children(const Perfeval *perfeval, PerfevalLevel level, size_t unit, size_t *count);

typedef struct PerfevalVerdict {
    const char *key;  /* "sluggish" */
    const char *name; /* "부진" */
    size_t projects;  /* those that have it */
} PerfevalVerdict;

/** Verdicts of projects, in order of the rules. */
size_t perfeval_verdict_count(const Perfeval *perfeval);
/** NULL behind the last. */
const PerfevalVerdict *perfeval_verdict(const Perfeval *perfeval, size_t verdict);
/** Projects of a bureau or department with that verdict; PERFEVAL_NONE: those without one. */
size_t perfeval_tally(const Perfeval *perfeval, PerfevalLevel level, size_t unit, size_t verdict);

typedef struct PerfevalCell {
    const char *file;
    uint32_t line;    /* from 1; of a workbook the row of the sheet */
    uint32_t column;  /* in characters, from 1 */
    const char *cell; /* of a workbook: "Sheet1!B17"; NULL: none */
    const char *text; /* as it stands there */
} PerfevalCell;

/** Where a cell of an indicator stands in the data file. The column is named as in the file, or as the
 * engine calls it ("actual" for 실적). NULL: the data have no such column. The first call for a column reads
 * the data file's bytes, which the Perfeval keeps, once more. */
const PerfevalCell *perfeval_cell(Perfeval *perfeval, size_t indicator, const char *column);

/* ---- reports */

/** The report in a format: csv, json, jsonl, or a script of scripts/formats (text, markdown, html, docx,
 * hwpx, pdf, xlsx). `report` names a script of scripts/reports; NULL: the one of the rules. Its bytes, with a
 * NUL behind them, until the next render or table; NULL after errors. */
const char *perfeval_render(Perfeval *perfeval, const char *format, const char *report, size_t *size);
/** The table of a level in csv, json or jsonl: as `perfeval run --level LEVEL --format FORMAT`. */
const char *perfeval_table(Perfeval *perfeval, PerfevalLevel level, const char *format, size_t *size);

#ifdef __cplusplus
}
#endif

#endif
