/* edits - what differs between two rule sets, edit by edit, and the rule sets that have some of the edits
 * only.
 *
 * Parameters are compared by the values in force, cases, special cases and bands entry by entry (equal ones
 * are lined up first, then those of the same name or key, then by position), any other part of the rules as a
 * whole. Title, report and the files that are named make no difference to a verdict.
 */
#ifndef PERFEVAL_MODEL_EDITS_H
#define PERFEVAL_MODEL_EDITS_H

#include "model/plan.h"

typedef enum EditKind {
    EDIT_PARAM,
    EDIT_CASE,
    EDIT_BAND,
    EDIT_SPECIAL,
    EDIT_RULE, /* another part of the rules */
    /* of data (model/patch): */
    EDIT_TARGET,
    EDIT_ACTUAL,
    EDIT_CELL, /* another column */
    EDIT_ROW_ADDED,
    EDIT_ROW_REMOVED,
    EDIT_KINDS
} EditKind;

/** "param", "case", "band", "special_case", "rule", "target", "actual", "cell", "row_added", "row_removed" */
const char *edit_kind_name(EditKind kind);

/** One edit. Texts live in the arena of its list. */
typedef struct Edit {
    EditKind kind;
    Str name;                /* "sluggish_at_most", "rate[2]", "target" */
    Str from, to;            /* as it was and as it is; empty: not there */
    Place place;             /* where it is, else where it was */
    uint32_t project;        /* of the first data: whose rows it changes; UINT32_MAX: any project's */
    uint32_t row, other_row; /* of the first and the second data; UINT32_MAX: none */
    size_t column;           /* of the patch; EDIT_TARGET, EDIT_ACTUAL, EDIT_CELL */
} Edit;

typedef struct EditList {
    Edit *items;
    size_t count;
    Arena arena;
} EditList;

/** A new edit at the end. */
Edit *edits_add(EditList *list, EditKind kind);

/** One side of a comparison of rules. */
typedef struct RuleSide {
    const Tree *tree;
    const Plan *plan;
} RuleSide;

/** Two rule sets, lined up. */
typedef struct RuleDiff RuleDiff;

/** Lines up and adds the edits. */
RuleDiff *edits_of_rules(const RuleSide *from, const RuleSide *to, EditList *out);
void edits_free(RuleDiff *diff);
/** True when an edit changes how data are read or which of their rows count: such a one cannot be had alone.
 */
bool edits_reads_data(const RuleDiff *diff);
/** The rules with those edits `on` (by number in the list) that are theirs. Lives in `arena`, with parts of
 * both trees. */
Tree *edits_apply(const RuleDiff *diff, const bool *on, Arena *arena);

#endif
