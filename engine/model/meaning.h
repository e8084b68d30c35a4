/* meaning - what the numbers may not mean, although they compute: targets of 100 % that hide the true one,
 * units that do not go with names, rates exactly on a cut. Remarks, not faults: an office reads them before
 * it prints.
 */
#ifndef PERFEVAL_MODEL_MEANING_H
#define PERFEVAL_MODEL_MEANING_H

#include "model/results.h"

/** A finding: a message, its arguments, and the row that it is about. */
typedef struct Finding {
    MessageId code; /* MEANING_FIRST to MEANING_LAST */
    size_t row;
    bool project; /* of the project that the row belongs to, not of the row */
    Str arguments[DIAG_ARGUMENTS];
    size_t argument_count;
} Finding;

#define MEANING_FIRST MESSAGE_HIDDEN_TARGET
#define MEANING_LAST  MESSAGE_STALE_YEAR
#define MEANING_CODES (MEANING_LAST - MEANING_FIRST + 1)

typedef struct Findings {
    Finding *items; /* by code, then in order of data */
    size_t count;
    int year; /* that names are held against: of the title, else of the plan's date; 0: not known */
    Arena arena;
} Findings;

/** Finds all, but for those whose place in `left_out` (MEANING_CODES of them, from MEANING_FIRST) is true.
 * Released with meaning_release. */
void meaning_find(const Results *results, const bool *left_out, Findings *out);
void meaning_release(Findings *findings);

/** The last year that a text names (2018년, 1999), 0 when it names none. A year has four digits, 1900 to
 * 2099, and no digit or letter before it. */
int meaning_year(Str text);
/** The unit that a name asks for ("율" a %, "횟수" a 회), or an empty Str when `unit` goes with it or the
 * name says nothing. */
Str meaning_unit_wanted(Str name, Str unit);

#endif
