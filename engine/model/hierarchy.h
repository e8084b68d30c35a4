/* hierarchy - the units of one level of a dataset: found by the unit above them and the word that names them,
 * and what is below each of them. */
#ifndef PERFEVAL_MODEL_HIERARCHY_H
#define PERFEVAL_MODEL_HIERARCHY_H

#include "model/lookup.h"

#include <stdatomic.h>

/** Units are numbers, in the order in which they were first asked for. Born as {0}. */
typedef struct Units {
    uint32_t *parents;
    uint32_t *words;
    size_t count;
    size_t capacity;
    bool grouped; /* children stand in one run a unit, in the order of the units: child i is i */
    _Atomic(uint32_t *) *children; /* of all units, one unit's behind the other's; grouped: once asked for */
    uint32_t *starts;              /* count + 1 places in those */
    Lookup lookup;
} Units;

void hierarchy_release(Units *units);
/** The unit of this parent and word, added where it is new. */
uint32_t hierarchy_unit(Units *units, uint32_t parent, uint32_t word);
/** Adds a unit that is known to be new; it is not found by hierarchy_unit. */
uint32_t hierarchy_add(Units *units, uint32_t parent, uint32_t word);
/** Sets the children of all units: child i belongs to parents[i]; each unit's keep their order. */
void hierarchy_set_children(Units *units, const uint32_t *parents, size_t count);
/** Instead of that: room for `starts`, which the caller sets; each unit's children stand in one run. */
void hierarchy_begin_runs(Units *units);
/** The list of all children. Callable from several threads at a time. */
const uint32_t *hierarchy_children(const Units *units);
/** Gives back the room for further units, and what finds them. */
void hierarchy_finish(Units *units);

#endif
