/* both - the two sides of a comparison: their rules and data, loaded so that mixtures of both can be
 * evaluated. */
#ifndef PERFEVAL_APP_BOTH_H
#define PERFEVAL_APP_BOTH_H

#include "app/held.h"

typedef struct Both {
    Pipeline from, to;  /* `to` is empty where there is one rule file and one data file */
    Options options[2]; /* of each side */
    Held from_held, to_held;
    RowFunctions functions[2]; /* of each rule file, for the plan at work */
    bool two;                  /* two rule files are loaded */
} Both;

/** Loads what the command line names: two rule files, one with --set, or one with two --data. Release in any
 * case. False after errors. */
bool both_load(Both *both, const Options *options, Diag *diag);
void both_release(Both *both);

#endif
