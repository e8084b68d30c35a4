#include "model/grouping.h"

#include "base/memory.h"

#include <string.h>

#define SET_SIZE 1024 /* slots to begin with, a power of two */

static void list_add(HashList *list, uint64_t hash) {
    if (list->count == list->capacity) {
        list->capacity = memory_growth(list->capacity, list->count + 1);
        list->items = memory_resize(list->items, list->capacity, sizeof *list->items);
    }
    list->items[list->count++] = hash;
}

static HashList list_of(const Run *runs, size_t count) {
    HashList list = {memory_resize(NULL, count, sizeof *list.items), count, count};
    for (size_t i = 0; i < count; i++) list.items[i] = runs[i].hash;
    return list;
}

/* Adds where there is room. False when it was there already. */
static inline bool set_put(HashSet *set, uint64_t hash) {
    hash += hash == 0;
    size_t at = hash & (set->size - 1);
    for (; set->slots[at]; at = (at + 1) & (set->size - 1))
        if (set->slots[at] == hash) return false;
    set->slots[at] = hash;
    set->used++;
    return true;
}

/* Room for so many more: few are where another would be. */
static void set_reserve(HashSet *set, size_t more) {
    size_t size = set->size ? set->size : SET_SIZE;
    while (4 * (set->used + more) > size) size *= 2;
    if (size == set->size) return;
    HashSet larger = {memory_new(size, sizeof *larger.slots), size, 0};
    for (size_t i = 0; i < set->size; i++)
        if (set->slots[i]) set_put(&larger, set->slots[i]);
    memory_free(set->slots);
    *set = larger;
}

static bool set_add(HashSet *set, uint64_t hash) {
    set_reserve(set, 1);
    return set_put(set, hash);
}

/* Empties the set, which holds what is in the runs: slot by slot where they are few. */
static void set_empty(HashSet *set, const Run *runs, size_t count) {
    if (!set->slots) return;
    if (set->used > set->size / 16) {
        memset(set->slots, 0, set->size * sizeof *set->slots);
    } else {
        for (size_t i = 0; i < count; i++) {
            uint64_t hash = runs[i].hash + (runs[i].hash == 0);
            for (size_t at = hash & (set->size - 1); set->slots[at]; at = (at + 1) & (set->size - 1))
                set->slots[at] = 0; /* neighbours go too: all do */
        }
    }
    set->used = 0;
}

void grouping_watch_end(GroupWatch *watch) {
    memory_free(watch->departments.slots);
    memory_free(watch->projects.slots);
    *watch = (GroupWatch){0};
}

static uint64_t department_hash(const RunDepartment *department) {
    const Str *names = department->names;
    return str_hash(names[LEVEL_BUREAU]) * 31 + str_hash(names[LEVEL_DEPARTMENT]);
}

/* The department changes: only a unit's first one may be known already, from the unit before. */
static bool begin_department(GroupWatch *watch, const RunDepartment *department, UnitGroups *out) {
    uint64_t hash = department_hash(department);
    bool is_new = set_add(&watch->departments, hash) || out->departments.count == 0;
    list_add(&out->departments, hash);
    return is_new;
}

/* The first run behind `at` that begins another department. */
static size_t department_end(const Run *runs, size_t count, size_t at) {
    do at++;
    while (at < count && runs[at].changed >= LEVEL_PROJECT);
    return at;
}

/* The projects of a department; false when one comes back. */
static bool add_projects(HashSet *projects, const Run *runs, size_t count) {
    set_reserve(projects, count);
    HashSet set = *projects; /* a copy: slots may be anything for the compiler */
    size_t i = 0;
    while (i < count && set_put(&set, runs[i].hash)) i++;
    *projects = set;
    return i == count;
}

bool grouping_note(GroupWatch *watch, const Stretch *stretch, UnitGroups *out) {
    const Run *runs = stretch->runs;
    size_t count = stretch->run_count;
    *out = (UnitGroups){0};
    for (size_t first = 0, end; first < count; first = end) {
        end = department_end(runs, count, first);
        if (!begin_department(watch, &stretch->departments[runs[first].department], out)) return false;
        if (!add_projects(&watch->projects, runs + first, end - first)) return false;
        set_empty(&watch->projects, runs + first, end - first);
        if (first == 0 && end < count) out->first = list_of(runs, end);
        if (end == count) out->last = list_of(runs + first, end - first);
    }
    return true;
}

/* What is open where a unit ends. */
typedef struct Joint {
    HashSet departments; /* all so far */
    HashSet projects;    /* of the last one */
    uint64_t department, project;
    bool begun;
} Joint;

/* The unit goes on with the last department: its projects must be new, but the first may be the one that is
 * open. */
static bool join_projects(Joint *joint, const HashList *projects) {
    for (size_t i = 0; i < projects->count; i++) {
        bool open = i == 0 && projects->items[0] == joint->project;
        if (!set_add(&joint->projects, projects->items[i]) && !open) return false;
    }
    return true;
}

static bool join_unit(Joint *joint, const UnitGroups *unit) {
    const HashList *departments = &unit->departments;
    bool goes_on = joint->begun && departments->items[0] == joint->department;
    if (goes_on && !join_projects(joint, departments->count > 1 ? &unit->first : &unit->last)) return false;
    for (size_t i = goes_on; i < departments->count; i++)
        if (!set_add(&joint->departments, departments->items[i])) return false;
    if (!goes_on || departments->count > 1) {
        memory_free(joint->projects.slots);
        joint->projects = (HashSet){0};
        for (size_t i = 0; i < unit->last.count; i++) set_add(&joint->projects, unit->last.items[i]);
    }
    joint->department = departments->items[departments->count - 1];
    joint->project = unit->last.items[unit->last.count - 1];
    joint->begun = true;
    return true;
}

bool grouping_holds(const UnitGroups *units, size_t count) {
    Joint joint = {0};
    bool holds = true;
    for (size_t i = 0; i < count && holds; i++)
        if (units[i].departments.count) holds = join_unit(&joint, &units[i]);
    memory_free(joint.departments.slots);
    memory_free(joint.projects.slots);
    return holds;
}

void grouping_release(UnitGroups *units, size_t count) {
    for (size_t i = 0; i < count; i++) {
        memory_free(units[i].departments.items);
        memory_free(units[i].first.items);
        memory_free(units[i].last.items);
    }
}
