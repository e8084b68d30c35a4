/* grouping - whether the rows of every project stand together in a file, found out while its units are read
 * in any order.
 *
 * It holds when every department is one stretch of rows and every project one stretch within it. Names are
 * compared by 64-bit hashes: two that collide make a grouped file look ungrouped, which costs time and
 * changes no result.
 */
#ifndef PERFEVAL_MODEL_GROUPING_H
#define PERFEVAL_MODEL_GROUPING_H

#include "model/stretch.h"

typedef struct HashList {
    uint64_t *items;
    size_t count, capacity;
} HashList;

/** What one unit holds: its departments in order, and the projects of those that neighbours may go on with.
 */
typedef struct UnitGroups {
    HashList departments;
    HashList first, last; /* projects; with one department only `last` */
} UnitGroups;

typedef struct HashSet {
    uint64_t *slots; /* 0: free */
    size_t size, used;
} HashSet;

/** What a thread remembers of all units that it reads. */
typedef struct GroupWatch {
    HashSet departments; /* of all units */
    HashSet projects;    /* of the department at hand; empty between units */
} GroupWatch;

void grouping_watch_end(GroupWatch *watch);
/** Notes the runs of a unit, parsed last. False when a project or department comes back within it: the watch
 * is of no more use then. */
bool grouping_note(GroupWatch *watch, const Stretch *stretch, UnitGroups *out);
/** Whether the units, in order of the file, are grouped as a whole. */
bool grouping_holds(const UnitGroups *units, size_t count);
void grouping_release(UnitGroups *units, size_t count);

#endif
