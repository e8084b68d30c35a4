#include "model/regroup.h"

#include "base/memory.h"
#include "io/cut.h"
#include "model/kernels.h"
#include "model/results.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

#define COPIED  ((size_t)256) /* bytes of a row in doubt to begin with */
#define AHEAD   8  /* records whose projects are fetched into the cache before they are asked for */
#define SCANNED 64 /* places of the table looked at together */

bool regroup_can(const Plan *plan) {
    const Verdicts *verdicts = &plan->verdicts[LEVEL_PROJECT];
    bool can = plan->rollups[LEVEL_PROJECT].aggregate == AGGREGATE_MEAN;
    for (size_t i = 0; i < verdicts->count && can; i++) can = range_is_open(&verdicts->bands[i].any);
    return can;
}

/* ---- projects */

struct RegroupProject {
    uint64_t hash;
    double sum;           /* NaN: not known */
    float error;          /* of the sum, but for what adding up errors loses */
    uint32_t name;        /* row of the tally */
    uint32_t rows, rated; /* rows 0: free */
};

typedef struct RegroupProject Project;

typedef struct Projects {
    Project *all;
    size_t size;
} Projects;

static inline size_t place_of(const Projects *projects, uint64_t hash) {
    return (size_t)((hash >> 32) * projects->size >> 32);
}

/* The project, or the free place for it. */
static inline Project *find_project(const Projects *projects, uint64_t hash, uint32_t name) {
    size_t at = place_of(projects, hash);
    for (;;) {
        Project *project = &projects->all[at];
        if (!project->rows || (project->hash == hash && project->name == name)) return project;
        at = at + 1 < projects->size ? at + 1 : 0;
    }
}

static void add_chunk(const Projects *projects, ScatterChunk chunk, const uint32_t *names) {
    for (size_t i = 0; i < chunk.count; i++) {
        const ScatterRecord *record = &chunk.records[i];
        if (i + AHEAD < chunk.count)
            __builtin_prefetch(&projects->all[place_of(projects, chunk.records[i + AHEAD].hash)], 1);
        uint32_t name = names[scatter_name(record)];
        Project *project = find_project(projects, record->hash, name);
        project->hash = record->hash;
        project->name = name;
        project->sum += (double)record->sum;
        project->error += scatter_error(record->sum);
        project->rows += scatter_rows(record);
        project->rated += scatter_rated(record);
    }
}

static size_t count_records(const RegroupJob *job, size_t part) {
    size_t records = 0;
    for (size_t owner = 0; owner < job->threads; owner++)
        for (ScatterChunk chunk = scatter_last(job->scatters[owner], part); chunk.count;
             chunk = scatter_before(chunk))
            records += chunk.count;
    return records;
}

static Projects put_together(const RegroupJob *job, size_t part, RegroupCounts *counts) {
    size_t records = count_records(job, part), size = records + records / 2 + 1;
    if (size > counts->room) {
        memory_free(counts->together);
        counts->together = memory_new(size, sizeof *counts->together);
        counts->room = size;
    }
    Projects projects = {counts->together, size};
    for (size_t owner = 0; owner < job->threads; owner++)
        for (ScatterChunk chunk = scatter_last(job->scatters[owner], part); chunk.count;
             chunk = scatter_before(chunk))
            add_chunk(&projects, chunk, job->names[owner]);
    return projects;
}

/* Rows that count for the mean; 0: the project has no rate. */
static size_t divisor(const Plan *plan, const Project *project) {
    MissingChild policy = plan->rollups[LEVEL_PROJECT].missing;
    if (policy == MISSING_CHILD_ZERO) return project->rows;
    if (policy == MISSING_CHILD_SPREADS && project->rated < project->rows) return 0;
    return project->rated;
}

/* The band of a rate; sets *unsure where doubles leave one open. */
static unsigned near_verdict(const PassPlan *bound, const Project *project, bool *unsure) {
    size_t count = divisor(bound->plan, project);
    if (count == 0) return RESULTS_NO_BAND;
    double mean = project->sum / (double)count;
    double added = (double)project->error * (1 + project->rows * 0x1p-22);
    double error = (added / (double)count + KERNEL_ROUNDOFF * fabs(mean)) * (1 + 0x1p-30) + DBL_MIN;
    size_t bands = bound->plan->verdicts[LEVEL_PROJECT].count;
    for (unsigned number = 0; number < bands; number++) {
        RangeAnswer answer = range_near(&bound->ranges[number], mean, error);
        *unsure = answer == RANGE_UNSURE;
        if (answer != RANGE_NO) return number;
    }
    return RESULTS_NO_BAND;
}

static void count_project(const RegroupJob *job, RegroupCounts *counts, uint32_t name, unsigned verdict) {
    size_t verdicts = job->bound->plan->verdicts[LEVEL_PROJECT].count;
    counts->projects[name * (verdicts + 1) + (verdict == RESULTS_NO_BAND ? verdicts : verdict)]++;
}

/* ---- doubts: projects that only their exact rates can decide */

#define SIEVE_BITS ((size_t)1 << 14)

typedef struct Doubts {
    Project *projects;
    size_t count, capacity;
    uint64_t sieve[SIEVE_BITS / 64]; /* of their hashes: most records are of others */
} Doubts;

static inline uint64_t *sieve_word(Doubts *doubts, uint64_t hash) {
    return &doubts->sieve[hash / 64 % (SIEVE_BITS / 64)];
}

static void add_doubt(Doubts *doubts, const Project *project) {
    if (doubts->count == doubts->capacity) {
        doubts->capacity = memory_growth(doubts->capacity, doubts->count + 1);
        doubts->projects = memory_resize(doubts->projects, doubts->capacity, sizeof *doubts->projects);
    }
    doubts->projects[doubts->count++] = *project;
    *sieve_word(doubts, project->hash) |= (uint64_t)1 << project->hash % 64;
}

/* Judges the project in each place, as far as doubles can, and frees the place. */
static void judge_near(const RegroupJob *job, const Projects *projects, RegroupCounts *counts,
                       Doubts *doubts) {
    for (size_t first = 0; first < projects->size; first += SCANNED) {
        Project *places = &projects->all[first];
        uint8_t found[SCANNED] = {0};
        size_t left = projects->size - first, count = 0;
        for (size_t i = 0; i < (left < SCANNED ? left : SCANNED); i++) {
            found[count] = (uint8_t)i;
            count += places[i].rows > 0;
        }
        for (size_t i = 0; i < count; i++) {
            Project *project = &places[found[i]];
            bool unsure = false;
            unsigned verdict = near_verdict(job->bound, project, &unsure);
            if (unsure)
                add_doubt(doubts, project);
            else
                count_project(job, counts, project->name, verdict);
            *project = (Project){0};
        }
    }
}

/* A record of a project in doubt. */
typedef struct DoubtRows {
    uint32_t doubt; /* its number */
    uint32_t offset, rows;
} DoubtRows;

typedef struct RowsList {
    DoubtRows *items;
    size_t count, capacity;
} RowsList;

static void list_chunk(const Projects *projects, ScatterChunk chunk, const uint32_t *names, Doubts *doubts,
                       RowsList *list) {
    for (size_t i = 0; i < chunk.count; i++) {
        const ScatterRecord *record = &chunk.records[i];
        if (!(*sieve_word(doubts, record->hash) >> record->hash % 64 & 1)) continue;
        const Project *project = find_project(projects, record->hash, names[scatter_name(record)]);
        if (!project->rows) continue;
        if (list->count == list->capacity) {
            list->capacity = memory_growth(list->capacity, list->count + 1);
            list->items = memory_resize(list->items, list->capacity, sizeof *list->items);
        }
        list->items[list->count++] = (DoubtRows){project->rated, record->offset, scatter_rows(record)};
    }
}

static int compare_rows(const void *a, const void *b) {
    const DoubtRows *x = a, *y = b;
    if (x->doubt != y->doubt) return x->doubt < y->doubt ? -1 : 1;
    return (x->offset > y->offset) - (x->offset < y->offset);
}

/* The records of all projects in doubt, by project. Meanwhile the table, free now, tells their numbers. */
static RowsList list_rows(const RegroupJob *job, size_t part, const Projects *projects, Doubts *doubts) {
    RowsList list = {0};
    for (size_t i = 0; i < doubts->count; i++) {
        Project *project = find_project(projects, doubts->projects[i].hash, doubts->projects[i].name);
        *project = doubts->projects[i];
        project->rated = (uint32_t)i;
    }
    for (size_t owner = 0; owner < job->threads && doubts->count; owner++)
        for (ScatterChunk chunk = scatter_last(job->scatters[owner], part); chunk.count;
             chunk = scatter_before(chunk))
            list_chunk(projects, chunk, job->names[owner], doubts, &list);
    for (size_t i = doubts->count; i-- > 0;) /* from the last: each stands behind those that came before it */
        *find_project(projects, doubts->projects[i].hash, doubts->projects[i].name) = (Project){0};
    if (list.count) qsort(list.items, list.count, sizeof *list.items, compare_rows);
    return list;
}

/* ---- exact decisions */

/* The rows of a record, with a line end behind each: the last row of the file may lack its own. */
static Str copy_rows(const RegroupJob *job, const DoubtRows *rows, Buffer *copy) {
    size_t left = job->text.size - rows->offset;
    for (size_t size = COPIED * rows->rows;; size *= 2) {
        size_t end = 0;
        if (size > left) size = left;
        copy->size = 0;
        buffer_add_repeat(copy, '\n', STRETCH_LEAD);
        file_copy(job->file, rows->offset, size, buffer_reserve(copy, size));
        Str text = {copy->data + STRETCH_LEAD, size};
        for (uint32_t row = 0; row < rows->rows; row++) end = cut_line(text, end);
        if (end == size && size < left) continue; /* there may be more of it */
        copy->size = STRETCH_LEAD + end;
        if (copy->data[copy->size - 1] != '\n') buffer_add_char(copy, '\n');
        return str_slice(buffer_view(copy), STRETCH_LEAD, copy->size);
    }
}

/* Adds the exact rates of the rows of a record. False when they cannot be had. */
static bool add_exact(const RegroupJob *job, const DoubtRows *rows, RegroupCounts *counts, mpq_ptr sum) {
    Pass *checker = counts->checker;
    bool good =
        pass_parse(checker, copy_rows(job, rows, &counts->copy)) && pass_rates(checker, 0, rows->rows);
    mpq_t rate;
    mpq_init(rate);
    for (uint32_t row = 0; row < rows->rows && good; row++) {
        Missing missing = pass_exact(checker, row, rate);
        if (missing == MISSING_NONE) mpq_add(sum, sum, rate);
        good = missing != MISSING_TOO_LARGE;
    }
    mpq_clear(rate);
    return good;
}

static unsigned exact_verdict(const Plan *plan, const Project *project, mpq_ptr sum) {
    const Verdicts *verdicts = &plan->verdicts[LEVEL_PROJECT];
    mpq_t count;
    mpq_init(count);
    mpq_set_ui(count, divisor(plan, project), 1);
    mpq_div(sum, sum, count);
    mpq_clear(count);
    unsigned number = 0;
    while (number < verdicts->count && !range_holds(&verdicts->bands[number].range, sum)) number++;
    return number < verdicts->count ? number : RESULTS_NO_BAND;
}

static void begin_checker(const RegroupJob *job, RegroupCounts *counts) {
    if (counts->checker) return;
    counts->checker = memory_new(1, sizeof *counts->checker);
    pass_begin(counts->checker, job->bound);
    pass_ask(counts->checker, job->askers, counts->asker);
}

static bool judge_exactly(const RegroupJob *job, const Doubts *doubts, const RowsList *list,
                          RegroupCounts *counts) {
    bool good = true;
    mpq_t sum;
    mpq_init(sum);
    if (list->count) begin_checker(job, counts);
    for (size_t i = 0, end; i < list->count && good; i = end) {
        const Project *project = &doubts->projects[list->items[i].doubt];
        mpq_set_ui(sum, 0, 1);
        for (end = i; end < list->count && list->items[end].doubt == list->items[i].doubt && good; end++)
            good = add_exact(job, &list->items[end], counts, sum) &&
                   decimal_fits(sum, job->bound->plan->exact_bits);
        if (good) count_project(job, counts, project->name, exact_verdict(job->bound->plan, project, sum));
        counts->exact_checks++;
    }
    mpq_clear(sum);
    return good;
}

bool regroup_judge(const RegroupJob *job, size_t part, RegroupCounts *counts) {
    size_t verdicts = job->bound->plan->verdicts[LEVEL_PROJECT].count;
    if (!counts->projects)
        counts->projects = memory_new(job->tally->count * (verdicts + 1), sizeof *counts->projects);
    Projects projects = put_together(job, part, counts);
    Doubts doubts = {0};
    judge_near(job, &projects, counts, &doubts);
    RowsList list = list_rows(job, part, &projects, &doubts);
    bool good = judge_exactly(job, &doubts, &list, counts);
    memory_free(doubts.projects);
    memory_free(list.items);
    return good;
}

void regroup_collect(const RegroupJob *job, RegroupCounts *counts) {
    const Tally *tally = job->tally;
    size_t verdicts = tally->verdicts;
    for (size_t row = 0; counts->projects && row < tally->count; row++)
        for (size_t verdict = 0; verdict <= verdicts; verdict++)
            tally->rows[row].projects[verdict] += counts->projects[row * (verdicts + 1) + verdict];
    memory_free(counts->projects);
    memory_free(counts->together);
    if (counts->checker) pass_end(counts->checker);
    memory_free(counts->checker);
    buffer_release(&counts->copy);
    *counts = (RegroupCounts){0};
}
