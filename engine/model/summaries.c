#include "model/summaries.h"

#include "base/crew.h"
#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

/* Bytes around those that are asked for, whose pages the system maps with theirs. */
#define AROUND ((size_t)64 * 1024)
/* Summaries of a block. */
#ifndef SUMMARIES_BLOCK
#define SUMMARIES_BLOCK ((size_t)16 * 1024)
#endif

/* Most projects of a department. */
#define MOST_PROJECTS ((size_t)64 * 1024)
/* Most bytes of a department that are copied for its names. */
#define MOST_COPIED ((size_t)4 * 1024 * 1024)
/* Departments with more projects are brought into order at once. */
#ifndef SUMMARIES_LARGE
#define SUMMARIES_LARGE ((size_t)8192)
#endif

struct Summaries {
    File file;
    Summary **blocks; /* of all lists */
    size_t block_count;
    uint32_t *order; /* block * SUMMARIES_BLOCK + the place in it */
    size_t count;
    Str (*names)[2]; /* of departments, in order */
    size_t *starts;  /* the first summary of each department, and behind them the count */
    size_t department_count;
    Arena arena; /* names */
};

static size_t blocks_of(const SummaryList *list) {
    return (list->count + SUMMARIES_BLOCK - 1) / SUMMARIES_BLOCK;
}

/* ---- noting */

void summary_list_end(SummaryList *list) {
    for (size_t i = 0; list->blocks && i < blocks_of(list); i++) memory_free(list->blocks[i]);
    memory_free(list->blocks);
    memory_free(list->parts);
    arena_release(&list->names);
    *list = (SummaryList){0};
}

static void begin_block(SummaryList *list) {
    size_t number = list->count / SUMMARIES_BLOCK;
    if (number == list->block_capacity) {
        list->block_capacity = memory_growth(list->block_capacity, number + 1);
        list->blocks = memory_resize(list->blocks, list->block_capacity, sizeof *list->blocks);
    }
    list->blocks[number] = memory_resize(NULL, SUMMARIES_BLOCK, sizeof **list->blocks);
}

static void begin_part(SummaryList *list, size_t place) {
    if (list->part_count == list->part_capacity) {
        list->part_capacity = memory_growth(list->part_capacity, list->part_count + 1);
        list->parts = memory_resize(list->parts, list->part_capacity, sizeof *list->parts);
    }
    list->parts[list->part_count++] = (SummaryPart){list->count, 0, place};
}

static bool stands_in(const char *name, Str text) {
    return (uintptr_t)name >= (uintptr_t)text.data && (uintptr_t)name < (uintptr_t)text.data + text.size;
}

bool summary_list_add(SummaryList *list, size_t place, const Summary *summary, Str text) {
    if (list->count % SUMMARIES_BLOCK == 0) begin_block(list);
    if (list->part_count == 0 || list->parts[list->part_count - 1].place != place) begin_part(list, place);
    list->parts[list->part_count - 1].count++;
    Summary *own = &list->blocks[list->count / SUMMARIES_BLOCK][list->count % SUMMARIES_BLOCK];
    *own = *summary;
    if (!stands_in(own->name, text))
        own->name = arena_copy(&list->names, (Str){own->name, own->name_size}).data;
    list->count++;
    return list->parts[list->part_count - 1].count <= MOST_PROJECTS;
}

bool summaries_can(const Tally *tally) {
    size_t most = 0;
    for (size_t row = 0; row < tally->count; row++) {
        size_t projects = 0;
        for (size_t verdict = 0; verdict <= tally->verdicts; verdict++)
            projects += tally->rows[row].projects[verdict];
        if (projects > most) most = projects;
    }
    return most <= MOST_PROJECTS;
}

/* ---- departments in order */

typedef struct Department {
    const Str *names;
    size_t row; /* of the tally */
} Department;

static int compare_departments(const void *a, const void *b) {
    const Department *x = a, *y = b;
    int order = str_compare(x->names[LEVEL_BUREAU], y->names[LEVEL_BUREAU]);
    return order != 0 ? order : str_compare(x->names[LEVEL_DEPARTMENT], y->names[LEVEL_DEPARTMENT]);
}

/* ranks[row of the tally]: its place in order. */
static void rank_departments(Summaries *summaries, const Tally *tally, size_t *ranks) {
    size_t count = tally->count;
    Department *departments = memory_new(count, sizeof *departments);
    for (size_t i = 0; i < count; i++) departments[i] = (Department){tally->rows[i].names, i};
    if (count) qsort(departments, count, sizeof *departments, compare_departments);
    summaries->department_count = count;
    summaries->names = arena_new(&summaries->arena, count, sizeof *summaries->names);
    for (size_t rank = 0; rank < count; rank++) {
        ranks[departments[rank].row] = rank;
        for (Level level = LEVEL_BUREAU; level <= LEVEL_DEPARTMENT; level++)
            summaries->names[rank][level] = arena_copy(&summaries->arena, departments[rank].names[level]);
    }
    memory_free(departments);
}

/* ---- putting together */

/* starts[rank] becomes the number of the department's first summary. */
static void find_starts(Summaries *summaries, const SummaryList *lists, size_t count, uint32_t *const *places,
                        const size_t *ranks) {
    size_t *starts = summaries->starts;
    for (size_t i = 0; i < count; i++)
        for (size_t p = 0; p < lists[i].part_count; p++)
            starts[ranks[places[i][lists[i].parts[p].place]]] += lists[i].parts[p].count;
    for (size_t rank = 0, first = 0; rank <= summaries->department_count; rank++) {
        size_t own = starts[rank];
        starts[rank] = first;
        first += own;
    }
}

static void place_all(Summaries *summaries, const SummaryList *lists, size_t count, uint32_t *const *places,
                      const size_t *ranks) {
    size_t *next = memory_new(summaries->department_count + 1, sizeof *next), base = 0;
    memcpy(next, summaries->starts, (summaries->department_count + 1) * sizeof *next);
    for (size_t i = 0; i < count; i++) {
        for (size_t p = 0; p < lists[i].part_count; p++) {
            const SummaryPart *part = &lists[i].parts[p];
            size_t *to = &next[ranks[places[i][part->place]]];
            for (size_t k = 0; k < part->count; k++)
                summaries->order[(*to)++] = (uint32_t)(base * SUMMARIES_BLOCK + part->first + k);
        }
        base += blocks_of(&lists[i]);
    }
    memory_free(next);
}

/* The blocks of all lists, and the names that they copied. */
static void take_blocks(Summaries *summaries, SummaryList *lists, size_t count) {
    size_t all = 0;
    for (size_t i = 0; i < count; i++) all += blocks_of(&lists[i]);
    summaries->blocks = memory_new(all, sizeof *summaries->blocks);
    for (size_t i = 0; i < count; i++) {
        size_t own = blocks_of(&lists[i]);
        if (own)
            memcpy(summaries->blocks + summaries->block_count, lists[i].blocks,
                   own * sizeof *summaries->blocks);
        summaries->block_count += own;
        summaries->count += lists[i].count;
        arena_take(&summaries->arena, &lists[i].names);
        memory_free(lists[i].blocks);
        lists[i].blocks = NULL;
    }
}

/* ---- the order of projects: of most departments found whenever they are read, when their names must be at
 * hand anyway */

typedef struct Named {
    uint64_t begin; /* the name's first bytes, which tell most of them apart */
    const char *name;
    uint32_t size, at;
} Named;

static uint64_t first_bytes(const char *name, size_t size) {
    unsigned char bytes[8] = {0};
    uint64_t begin = 0;
    memcpy(bytes, name, size < sizeof bytes ? size : sizeof bytes);
    for (size_t i = 0; i < sizeof bytes; i++) begin = begin << 8 | bytes[i];
    return begin;
}

static int compare_named(const void *a, const void *b) {
    const Named *x = a, *y = b;
    if (x->begin != y->begin) return x->begin < y->begin ? -1 : 1;
    return str_compare((Str){x->name, x->size}, (Str){y->name, y->size});
}

Str summary_name(const SummaryGroup *group, const Summary *summary) {
    bool copied = stands_in(summary->name, group->text);
    const char *name = copied ? group->copy.data + (summary->name - group->text.data) : summary->name;
    return (Str){name, summary->name_size};
}

/* The part of the file that names of a group stand in, from place `from` to to - 1; empty: they stand
 * elsewhere. */
static Str find_text(const Summaries *summaries, const SummaryGroup *group, size_t from, size_t to) {
    Str text = summaries->file.bytes;
    size_t low = text.size, high = 0;
    for (size_t i = from; i < to; i++) {
        const Summary *summary = summary_of(summaries, group, i);
        if (!stands_in(summary->name, text)) continue;
        size_t at = (size_t)(summary->name - text.data), end = at + summary->name_size;
        if (at < low) low = at;
        if (end > high) high = end;
    }
    return str_slice(text, low, high);
}

/* A department is one stretch of the file: its names are copied at once, which costs less than to have its
 * pages mapped, and given back. */
static void copy_text(const Summaries *summaries, SummaryGroup *group) {
    Str text = find_text(summaries, group, 0, group->count);
    if (!summaries->file.mapping || text.size == 0 || text.size > MOST_COPIED) return;
    group->copy.size = 0;
    char *to = buffer_reserve(&group->copy, text.size);
    file_copy(&summaries->file, (size_t)(text.data - summaries->file.bytes.data), text.size, to);
    group->text = text;
}

static bool is_large(size_t count) { return count > SUMMARIES_LARGE; }

static void begin_group(const Summaries *summaries, size_t department, SummaryGroup *group) {
    group->names = summaries->names[department];
    group->first = summaries->starts[department];
    group->count = summaries->starts[department + 1] - group->first;
    group->list = summaries->order + group->first;
    group->text = (Str){NULL, 0};
}

/* Brings the places of a group into order, into `list`. */
static void sort_group(const Summaries *summaries, SummaryGroup *group, uint32_t *list) {
    for (size_t i = 0; i < group->count; i++) {
        Str name = summary_name(group, summary_of(summaries, group, i));
        group->named[i] =
            (Named){first_bytes(name.data, name.size), name.data, (uint32_t)name.size, group->list[i]};
    }
    if (group->count) qsort(group->named, group->count, sizeof *group->named, compare_named);
    for (size_t i = 0; i < group->count; i++) list[i] = group->named[i].at;
}

static void make_room(SummaryGroup *group) {
    if (group->count <= group->capacity) return;
    group->capacity = memory_growth(group->capacity, group->count);
    group->named = memory_resize(group->named, group->capacity, sizeof *group->named);
    group->own = memory_resize(group->own, group->capacity, sizeof *group->own);
}

void summary_group_end(SummaryGroup *group) {
    memory_free(group->named);
    memory_free(group->own);
    buffer_release(&group->copy);
    *group = (SummaryGroup){0};
}

/* One a thread. */
typedef struct Sorter {
    Summaries *summaries;
    SummaryGroup group;
} Sorter;

/* Large departments are read in parts: they are brought into order once. */
static void sort_large(void *worker, size_t department) {
    Sorter *sorter = worker;
    Summaries *summaries = sorter->summaries;
    SummaryGroup *group = &sorter->group;
    begin_group(summaries, department, group);
    if (!is_large(group->count)) return;
    make_room(group);
    sort_group(summaries, group, summaries->order + group->first);
    summaries_forget(summaries, group, 0, group->count);
}

static void sort_departments(Summaries *summaries, unsigned threads) {
    Crew crew;
    crew_begin(&crew, crew_size(threads, summaries->department_count), sizeof(Sorter));
    for (size_t i = 0; i < crew.threads; i++) ((Sorter *)crew_worker(&crew, i))->summaries = summaries;
    crew_run(&crew, summaries->department_count, sort_large);
    for (size_t i = 0; i < crew.threads; i++) summary_group_end(&((Sorter *)crew_worker(&crew, i))->group);
    crew_end(&crew);
}

Summaries *summaries_new(SummaryList *lists, size_t count, uint32_t *const *places, const Tally *tally,
                         const File *file, unsigned threads) {
    Summaries *summaries = memory_new(1, sizeof *summaries);
    size_t *ranks = memory_new(tally->count, sizeof *ranks);
    summaries->file = *file;
    rank_departments(summaries, tally, ranks);
    summaries->starts = memory_new(tally->count + 1, sizeof *summaries->starts);
    find_starts(summaries, lists, count, places, ranks);
    summaries->order = memory_new(summaries->starts[tally->count], sizeof *summaries->order);
    place_all(summaries, lists, count, places, ranks);
    take_blocks(summaries, lists, count);
    memory_free(ranks);
    for (size_t i = 0; i < count; i++) summary_list_end(&lists[i]);
    sort_departments(summaries, threads);
    return summaries;
}

void summaries_free(Summaries *summaries) {
    if (!summaries) return;
    for (size_t i = 0; i < summaries->block_count; i++) memory_free(summaries->blocks[i]);
    memory_free(summaries->blocks);
    memory_free(summaries->order);
    memory_free(summaries->starts);
    arena_release(&summaries->arena);
    memory_free(summaries);
}

/* ---- reading */

size_t summaries_count(const Summaries *summaries) { return summaries->count; }

size_t summaries_department(const Summaries *summaries, size_t number) {
    size_t low = 0, high = summaries->department_count; /* the last one that does not begin behind it */
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (summaries->starts[middle] <= number)
            low = middle;
        else
            high = middle;
    }
    return low;
}

size_t summaries_cut(const Summaries *summaries, size_t number) {
    if (number >= summaries->count) return summaries->count;
    size_t department = summaries_department(summaries, number);
    size_t first = summaries->starts[department], end = summaries->starts[department + 1];
    return number == first || is_large(end - first) ? number : end;
}

void summaries_read(const Summaries *summaries, size_t department, SummaryGroup *group) {
    begin_group(summaries, department, group);
    if (is_large(group->count)) return;
    make_room(group);
    copy_text(summaries, group);
    sort_group(summaries, group, group->own);
    group->list = group->own;
}

const Summary *summary_of(const Summaries *summaries, const SummaryGroup *group, size_t place) {
    uint32_t at = group->list[place];
    return &summaries->blocks[at / SUMMARIES_BLOCK][at % SUMMARIES_BLOCK];
}

void summaries_forget(const Summaries *summaries, const SummaryGroup *group, size_t from, size_t to) {
    if (!summaries->file.mapping || group->text.size) return;
    Str text = find_text(summaries, group, from, to);
    size_t low = (size_t)(text.data - summaries->file.bytes.data);
    if (text.size) file_forget(&summaries->file, low > AROUND ? low - AROUND : 0, low + text.size + AROUND);
}
