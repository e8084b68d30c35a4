/* params - the numbers that a rule set names, with the values in force for a run.
 *
 * A parameter is a number, a table with a number, or a table with numbers by date: `["2019-01-01"] = 80`
 * holds from that day on. Which one is in force is said by the date of the run, never by the clock.
 */
#ifndef PERFEVAL_MODEL_PARAMS_H
#define PERFEVAL_MODEL_PARAMS_H

#include "base/tree.h"
#include "model/bands.h"

typedef struct Param {
    Str name;
    Decimal value;      /* in force for this run */
    Decimal file_value; /* as the rule file has it, for the date of the run */
    bool overridden;    /* by --set */
    bool used;          /* the rule table refers to it */
    Str date;           /* the day from which file_value holds; empty: it has no dates */
    Str unit, source;   /* may be empty */
    Bound min, max;
    Place place;
    Place value_place; /* of file_value */
} Param;

/** name=value of the command line, in order; a later one of the same name wins. */
typedef struct Setting {
    Str name, value;
} Setting;

typedef struct Params {
    Param *items;
    size_t count;
    bool unknown; /* `params` is no table: its names are not known */
    bool bad;     /* some have no number: what is computed from them says nothing */
} Params;

/** Reads `params` of a rule tree, with the values in force on `date` (empty: none was declared; then dated
 * values are errors). All faults are added; false when there was one. Lives in `arena`, texts are views into
 * the tree. */
bool params_read(Arena *arena, const Tree *rules, Str date, Params *out, Diag *diag);
/** Puts a value of the command line in place of the file's. False after errors. */
bool params_set(Arena *arena, Params *params, const Setting *setting, Diag *diag);
/** The parameter of that name, or NULL. */
Param *params_find(const Params *params, Str name);
/** Gives the message added last the nearest parameter's name as a hint. */
void params_suggest(Arena *arena, const Params *params, Str name, Diag *diag);

#endif
