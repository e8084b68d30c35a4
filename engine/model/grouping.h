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

#include <stdatomic.h>

typedef struct HashList {
    uint64_t *items;
    size_t count, capacity;
} HashList;

/** What one unit holds: its departments in order, and the projects of those that neighbours may go on with.
 */
typedef struct UnitGroups {
    HashList departments;
    HashList first, last; /* projects; with one department only `last` */
    atomic_bool noted;
} UnitGroups;

typedef struct HashSet {
    uint64_t *slots; /* 0: free */
    size_t size, used;
} HashSet;

/** A thread's sets; empty between units. */
typedef struct GroupWatch {
    HashSet departments; /* of the unit */
    HashSet projects;    /* of the department at hand */
} GroupWatch;

/** The units of a file in its order: those that were joined, of which only what is open at the end of the
 * last of them is kept besides the departments, and those that wait for one before them. */
typedef struct Grouping {
    UnitGroups *units;
    size_t count, joined;
    atomic_flag joining; /* a thread is at it */
    HashSet departments; /* all so far */
    HashSet projects;    /* of the last one */
    uint64_t department, project;
    bool begun;
} Grouping;

void grouping_begin(Grouping *grouping, size_t units);
void grouping_end(Grouping *grouping);
void grouping_watch_end(GroupWatch *watch);
/** Notes the runs of a unit, parsed last. False when a project or department comes back, in it or in what has
 * been joined: the watch and the grouping are of no more use then. */
bool grouping_note(Grouping *grouping, GroupWatch *watch, const Stretch *stretch, size_t unit);
/** Whether all units that were noted are grouped as a whole; once no thread notes any more. */
bool grouping_holds(Grouping *grouping);

#endif
