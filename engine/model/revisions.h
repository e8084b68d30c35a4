/* revisions - targets that were changed within the year, with date, reason and evidence: which one counts.
 *
 * A row with a revised target needs the three: a number that decides a verdict stands on a document. The
 * rules say which target counts; the other one stays visible.
 */
#ifndef PERFEVAL_MODEL_REVISIONS_H
#define PERFEVAL_MODEL_REVISIONS_H

#include "base/diag.h"
#include "model/dataset.h"

typedef enum TargetMode {
    TARGETS_UNDECLARED, /* the target of the file counts, with a warning where there are revised ones */
    TARGETS_ORIGINAL,   /* the target of the file counts: the rules say so */
    TARGETS_REVISED     /* the revised one does, where a row has one */
} TargetMode;

/** "original", "revised"; NULL for TARGETS_UNDECLARED. */
const char *targets_name(TargetMode mode);

/** `targets` and `revised_by` of a rule file. */
typedef struct TargetRule {
    TargetMode mode;
    Str by; /* revisions dated later do not count; empty: all do */
} TargetRule;

/** The revision of a row. */
typedef struct Revision {
    Decimal target;
    Str date, reason, evidence; /* date: YYYY-MM-DD */
} Revision;

/** Finds revisions without date, reason or evidence, those without a target, and days that are none;
 * dataset_load calls it. False after errors. */
bool revisions_check(const Dataset *dataset, Diag *diag);
/** Puts the targets that count into the column `target`, and what stood there into the column
 * `original_target`. Once a dataset, before anybody reads it. A warning where the rule says nothing. */
void revisions_apply(const TargetRule *rule, Dataset *dataset, Diag *diag);
/** Whether both make the same targets count. */
bool revisions_same(const TargetRule *a, const TargetRule *b);
/** The revision of a row; false when it has none. */
bool revision_of(const Dataset *dataset, size_t row, Revision *out);
/** Whether a revision is the target that counts. */
bool revision_counts(const TargetRule *rule, const Revision *revision);

#endif
