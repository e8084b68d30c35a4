/* overlay - a rule set that changes only what it names of another one: tree + tree -> tree.
 *
 * Scalar keys replace; `params` change number by number, the other tables key by key; the lists (`rate`,
 * `special`, `verdict`) are replaced whole by a list, or changed by a table of operations (before, after,
 * replace, remove, first, last) that name entries of the base: by `name`, bands by `key`. Every entry keeps
 * its own place, so its own file.
 */
#ifndef PERFEVAL_MODEL_OVERLAY_H
#define PERFEVAL_MODEL_OVERLAY_H

#include "base/tree.h"

/** Most rule files in a chain of bases. */
#ifndef OVERLAY_CHAIN
#define OVERLAY_CHAIN 8
#endif

/** The base with the overlay's changes, without the key `base`; parts of both trees are shared, so both must
 * outlive it. *good becomes false after errors, all of them at once; the tree then lacks what was wrong, and
 * is still worth looking at for errors of another kind: an operation that names what the base lacks (with the
 * nearest name), a parameter that the base lacks, or has and is called new, an entry both replaced and
 * removed, and wrong shapes of operations. Whether the whole is a rule set is for plan_compile to say. */
Tree *overlay_merge(Arena *arena, const Tree *base, const Tree *over, bool *good, Diag *diag);

#endif
