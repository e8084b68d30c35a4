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

/* One that is large for what it held would take long to empty. */
static void set_empty(HashSet *set) {
    if (set->size > SET_SIZE && set->used <= set->size / 16) {
        memory_free(set->slots);
        *set = (HashSet){0};
    } else if (set->used) {
        memset(set->slots, 0, set->size * sizeof *set->slots);
        set->used = 0;
    }
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

static bool begin_department(GroupWatch *watch, const RunDepartment *department, UnitGroups *out) {
    uint64_t hash = department_hash(department);
    list_add(&out->departments, hash);
    return set_add(&watch->departments, hash);
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

static bool note_runs(GroupWatch *watch, const Stretch *stretch, UnitGroups *out) {
    const Run *runs = stretch->runs;
    size_t count = stretch->run_count;
    for (size_t first = 0, end; first < count; first = end) {
        end = department_end(runs, count, first);
        if (!begin_department(watch, &stretch->departments[runs[first].department], out)) return false;
        if (!add_projects(&watch->projects, runs + first, end - first)) return false;
        set_empty(&watch->projects);
        if (first == 0 && end < count) out->first = list_of(runs, end);
        if (end == count) out->last = list_of(runs + first, end - first);
    }
    set_empty(&watch->departments);
    return true;
}

/* The unit goes on with the last department: its projects must be new, but the first may be the one that is
 * open. */
static bool join_projects(Grouping *grouping, const HashList *projects) {
    for (size_t i = 0; i < projects->count; i++) {
        bool open = i == 0 && projects->items[0] == grouping->project;
        if (!set_add(&grouping->projects, projects->items[i]) && !open) return false;
    }
    return true;
}

static bool join_unit(Grouping *grouping, const UnitGroups *unit) {
    const HashList *departments = &unit->departments;
    bool goes_on = grouping->begun && departments->items[0] == grouping->department;
    if (goes_on && !join_projects(grouping, departments->count > 1 ? &unit->first : &unit->last))
        return false;
    for (size_t i = goes_on; i < departments->count; i++)
        if (!set_add(&grouping->departments, departments->items[i])) return false;
    if (!goes_on || departments->count > 1) {
        set_empty(&grouping->projects);
        for (size_t i = 0; i < unit->last.count; i++) set_add(&grouping->projects, unit->last.items[i]);
    }
    grouping->department = departments->items[departments->count - 1];
    grouping->project = unit->last.items[unit->last.count - 1];
    grouping->begun = true;
    return true;
}

static void release_unit(UnitGroups *unit) {
    memory_free(unit->departments.items);
    memory_free(unit->first.items);
    memory_free(unit->last.items);
    unit->departments = unit->first = unit->last = (HashList){0};
}

/* Joins what is noted, up to the first unit that is not. */
static bool join_noted(Grouping *grouping) {
    bool holds = true;
    while (holds && grouping->joined < grouping->count &&
           atomic_load(&grouping->units[grouping->joined].noted)) {
        UnitGroups *unit = &grouping->units[grouping->joined++];
        holds = unit->departments.count == 0 || join_unit(grouping, unit);
        release_unit(unit);
    }
    return holds;
}

/* A unit that is noted while another thread joins is left to whoever comes next: nobody waits. */
bool grouping_note(Grouping *grouping, GroupWatch *watch, const Stretch *stretch, size_t unit) {
    if (!note_runs(watch, stretch, &grouping->units[unit])) return false;
    atomic_store(&grouping->units[unit].noted, true);
    if (atomic_flag_test_and_set(&grouping->joining)) return true;
    bool holds = join_noted(grouping);
    atomic_flag_clear(&grouping->joining);
    return holds;
}

bool grouping_holds(Grouping *grouping) {
    for (size_t i = 0; i < grouping->count; i++) atomic_store(&grouping->units[i].noted, true);
    return join_noted(grouping);
}

void grouping_begin(Grouping *grouping, size_t units) {
    *grouping = (Grouping){.units = memory_new(units, sizeof *grouping->units), .count = units};
    atomic_flag_clear(&grouping->joining);
}

void grouping_end(Grouping *grouping) {
    for (size_t i = 0; i < grouping->count; i++) release_unit(&grouping->units[i]);
    memory_free(grouping->units);
    memory_free(grouping->departments.slots);
    memory_free(grouping->projects.slots);
    grouping->units = NULL;
    grouping->count = 0;
    grouping->departments = grouping->projects = (HashSet){0};
}
