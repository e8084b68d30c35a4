/* mutant_edit - single changes in a tree of rules, each in a copy that shares what it leaves alone.
 *
 * A Maker stands on a node of the tree: enter and leave move it; what is changed is an item of that node.
 */
#ifndef PERFEVAL_MODEL_MUTANT_EDIT_H
#define PERFEVAL_MODEL_MUTANT_EDIT_H

#include "model/plan.h"

typedef enum MutantKind {
    MUTANT_THRESHOLD, /* the number of a cut */
    MUTANT_SIDE,      /* whether the cut itself belongs to a range */
    MUTANT_POLARITY,  /* which way a comparison or a direction goes */
    MUTANT_ROUNDING,
    MUTANT_PARAM,
    MUTANT_FORMULA,
    MUTANT_ENTRY, /* a case, band or rollup: left out, moved, always or never taken, given another result */
    MUTANT_KINDS
} MutantKind;

typedef struct Mutant {
    MutantKind kind;
    Str path; /* "verdict[1].at_most" */
    Str from,
        to; /* what stood there and what stands there now, perhaps in both wordings; `to` empty: nothing */
    Place place;
    const Tree *tree; /* the whole rule set */
} Mutant;

/** The changes under way. */
typedef struct Maker {
    Arena *arena;
    const Tree *rules;
    const Plan *plan;
    size_t steps[TREE_DEPTH + 1]; /* items from the whole table down to the node at work */
    size_t depth;
    Mutant *items;
    size_t count, room;
} Maker;

/** The node at work. */
const Tree *mutant_here(const Maker *maker);
/** Moves to the value of an item of it; false when that is too deep. */
bool mutant_enter(Maker *maker, size_t item);
void mutant_leave(Maker *maker);
/** A copy of a node with its list of items, with room for `extra` more. */
Tree *mutant_copy_node(Arena *arena, const Tree *node, size_t extra);
/** A copy of the whole in which the node at work is new: *node, with room for one more item. */
Tree *mutant_copy_whole(const Maker *maker, Tree **node);
/** A value as rule files write it. */
Str mutant_spelled(const Maker *maker, const Tree *tree);
/** The path of an item of the node at `path`. */
Str mutant_path_at(const Maker *maker, Str path, const TreeItem *item, size_t number);

/** Adds a mutant: the rule set `whole`. */
void mutant_add(Maker *maker, MutantKind kind, Str path, const TreeItem *item, Str from, Str to,
                const Tree *whole);
/** Adds mutants in which item `number` of the node at work (at `path`) has another value, is left out, or
 * changes places with the next one. */
void mutant_replace(Maker *maker, MutantKind kind, Str path, size_t number, Tree *value);
void mutant_drop(Maker *maker, Str path, size_t number);
void mutant_swap_with_next(Maker *maker, Str path, size_t number);
/** Takes an item out of a node that is a copy. */
void mutant_remove_item(Tree *node, size_t number);
/** Adds mutants with the number `base` and 1 more, 1 less, and where `fine` 0.01 more and less. */
void mutant_shift(Maker *maker, MutantKind kind, Str path, size_t number, const Decimal *base, bool fine);
/** The number that a value is, or that of the parameter it refers to. */
bool mutant_number_of(const Maker *maker, const Tree *value, Decimal *out);

/** The keys of a range: with the other side, and turned round. */
typedef struct MutantBound {
    const char *name, *side, *turned;
} MutantBound;
#define MUTANT_BOUNDS 4
extern const MutantBound mutant_bounds[MUTANT_BOUNDS];
/** The node at work has at_most, below, at_least or above: changes them. */
void mutant_change_range(Maker *maker, Str path);

#endif
