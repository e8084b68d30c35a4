#include "model/scatter.h"

#include "base/memory.h"
#include "io/cut.h"
#include "model/kernels.h"
#include "model/results.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_ROWS     255                 /* of a record */
#define MOST_NAMES    ((size_t)1 << 24)   /* rows of a tally */
#define MOST_TEXT     ((uint64_t)1 << 32) /* bytes of a file */
#define DOUBTS_MAPPED 16                  /* decided exactly before their pages are given back */
#define ERROR_BIAS    200                 /* errors are powers of two from 2^-199 on */

/* 28 bytes a run: what is kept of 10 million scattered rows is little more than 256 MiB. */
typedef struct __attribute__((packed, aligned(4))) Record {
    uint64_t hash;
    double sum;         /* of the rates that are there */
    uint32_t offset;    /* of the first row in the text */
    uint32_t name_rows; /* row of the tally << 8 | rows */
    uint16_t hash_more;
    uint8_t rated; /* rows with a rate */
    uint8_t error; /* 0: none; else the sum is within 2^(error - ERROR_BIAS); 255: not known */
} Record;

#define CHUNK_RECORDS ((16384 - 16) / sizeof(Record))

typedef struct ScatterChunk {
    struct ScatterChunk *before;
    size_t count;
    Record records[CHUNK_RECORDS];
} ScatterChunk;

bool scatter_can(const Plan *plan) {
    const Verdicts *verdicts = &plan->verdicts[LEVEL_PROJECT];
    bool can = plan->rollups[LEVEL_PROJECT].aggregate == AGGREGATE_MEAN;
    for (size_t i = 0; i < verdicts->count && can; i++) can = range_is_open(&verdicts->bands[i].any);
    return can;
}

void scatter_end(Scatter *scatter) {
    for (size_t part = 0; part < SCATTER_PARTS; part++)
        for (ScatterChunk *chunk = scatter->last[part], *before; chunk; chunk = before) {
            before = chunk->before;
            memory_free(chunk);
        }
    *scatter = (Scatter){0};
}

/* ---- records */

/* The smallest power of two that is no smaller. */
static uint8_t error_code(double error) {
    if (error == 0) return 0;
    int exponent;
    if (!isfinite(error)) return UINT8_MAX;
    frexp(error, &exponent); /* error < 2^exponent */
    int code = exponent + ERROR_BIAS;
    return (uint8_t)(code < 1 ? 1 : code < UINT8_MAX ? code : UINT8_MAX);
}

static double error_of(uint8_t code) {
    if (code == 0) return 0;
    return code == UINT8_MAX ? (double)INFINITY : ldexp(1, code - ERROR_BIAS);
}

/* Names as they stand in nearly all files are one piece of text; others are put together. Sizes go into the
 * seed, so that no comma can move from one name to the next. */
static void hash_names(const Run *run, Buffer *scratch, uint64_t hash[2]) {
    const Str *names = run->names;
    uint64_t seed = (uint64_t)names[LEVEL_BUREAU].size << 32 | names[LEVEL_DEPARTMENT].size;
    size_t size = names[LEVEL_BUREAU].size + names[LEVEL_DEPARTMENT].size + names[LEVEL_PROJECT].size + 2;
    const char *from = names[LEVEL_BUREAU].data;
    bool whole = names[LEVEL_DEPARTMENT].data == from + names[LEVEL_BUREAU].size + 1 &&
                 names[LEVEL_PROJECT].data + names[LEVEL_PROJECT].size == from + size;
    if (whole) {
        str_hash_wide((Str){from, size}, seed, hash);
        return;
    }
    scratch->size = 0;
    for (Level level = 0; level < LEVEL_COUNT; level++) {
        if (level > 0) buffer_add_char(scratch, ',');
        buffer_add(scratch, names[level]);
    }
    str_hash_wide(buffer_view(scratch), seed, hash);
}

static Record *new_record(Scatter *scatter, size_t part) {
    ScatterChunk *chunk = scatter->last[part];
    if (!chunk || chunk->count == CHUNK_RECORDS) {
        chunk = memory_resize(NULL, 1, sizeof *chunk);
        chunk->before = scatter->last[part];
        chunk->count = 0;
        scatter->last[part] = chunk;
    }
    scatter->records++;
    return &chunk->records[chunk->count++];
}

/* The rates of at most MOST_ROWS rows. */
static void sum_rows(const Pass *pass, uint32_t first, uint32_t end, Record *record) {
    double sum = 0, error = 0;
    unsigned rated = 0;
    for (uint32_t row = first; row < end; row++) {
        rated += pass->missing[row] == MISSING_NONE; /* a missing row has rate and error 0 */
        sum += pass->rate[row];
        error += pass->error[row] + KERNEL_ROUNDOFF * fabs(sum);
    }
    record->sum = isfinite(sum) ? sum : 0;
    record->rated = (uint8_t)rated;
    record->error = isfinite(sum) ? error_code(error * (1 + 0x1p-30)) : UINT8_MAX;
}

bool scatter_add(Scatter *scatter, const Pass *pass, size_t base, Tally *tally) {
    const Stretch *stretch = &pass->stretch;
    Buffer scratch = {0};
    size_t name = 0;
    if (base + stretch->text.size >= MOST_TEXT) return false;
    for (size_t i = 0; i < stretch->run_count; i++) {
        const Run *run = &stretch->runs[i];
        if (i == 0 || (size_t)run->changed < tally->names)
            name = (size_t)(tally_row(tally, run->names) - tally->rows);
        uint64_t hash[2];
        hash_names(run, &scratch, hash);
        for (uint32_t row = run->first, end; row < run[1].first; row = end) {
            end = run[1].first - row > MOST_ROWS ? row + MOST_ROWS : run[1].first;
            Record *record = new_record(scatter, hash[0] % SCATTER_PARTS);
            record->hash = hash[0];
            record->hash_more = (uint16_t)hash[1];
            record->offset = (uint32_t)(base + stretch_offset(stretch, row));
            record->name_rows = (uint32_t)(name << 8) | (end - row);
            sum_rows(pass, row, end, record);
        }
    }
    buffer_release(&scratch);
    return tally->count <= MOST_NAMES;
}

/* ---- projects */

typedef struct Project {
    uint64_t hash;
    double sum, error;
    uint32_t rows, rated; /* rows 0: free */
    uint32_t name;        /* in the tally of `owner` */
    uint16_t hash_more;
    uint16_t owner;
    bool near; /* only the exact rate can tell its verdict */
} Project;

typedef struct Projects {
    Project *projects;
    size_t size; /* a power of two */
} Projects;

static Project *find_project(const Projects *all, const Record *record) {
    size_t at = (record->hash / SCATTER_PARTS) & (all->size - 1);
    while (all->projects[at].rows &&
           !(all->projects[at].hash == record->hash && all->projects[at].hash_more == record->hash_more))
        at = (at + 1) & (all->size - 1);
    return &all->projects[at];
}

static void add_record(const Projects *all, const Record *record, size_t owner) {
    Project *project = find_project(all, record);
    uint32_t rows = record->name_rows & MOST_ROWS;
    if (!project->rows)
        *project = (Project){.hash = record->hash,
                             .hash_more = record->hash_more,
                             .owner = (uint16_t)owner,
                             .name = record->name_rows >> 8};
    project->sum += record->sum;
    project->error += error_of(record->error) + KERNEL_ROUNDOFF * fabs(project->sum);
    project->rows += rows;
    project->rated += record->rated;
}

static Projects put_together(const ScatterJob *job, size_t part) {
    size_t records = 0;
    for (size_t owner = 0; owner < job->threads; owner++)
        for (const ScatterChunk *chunk = job->scatters[owner]->last[part]; chunk; chunk = chunk->before)
            records += chunk->count;
    Projects all = {.size = 64};
    while (all.size < records + records / 2) all.size *= 2;
    all.projects = memory_new(all.size, sizeof *all.projects);
    for (size_t owner = 0; owner < job->threads; owner++)
        for (const ScatterChunk *chunk = job->scatters[owner]->last[part]; chunk; chunk = chunk->before)
            for (size_t i = 0; i < chunk->count; i++) add_record(&all, &chunk->records[i], owner);
    return all;
}

/* Rows that count for the mean; 0: the project has no rate. */
static size_t divisor(const Plan *plan, const Project *project) {
    MissingChild policy = plan->rollups[LEVEL_PROJECT].missing;
    if (policy == MISSING_CHILD_ZERO) return project->rows;
    if (policy == MISSING_CHILD_SPREADS && project->rated < project->rows) return 0;
    return project->rated;
}

/* The band of a rate; sets project->near where doubles leave one open. */
static unsigned near_verdict(const PassPlan *bound, Project *project) {
    size_t count = divisor(bound->plan, project);
    if (count == 0) return RESULTS_NO_BAND;
    double mean = project->sum / (double)count;
    double error = (project->error / (double)count + KERNEL_ROUNDOFF * fabs(mean)) * (1 + 0x1p-30) + DBL_MIN;
    size_t bands = bound->plan->verdicts[LEVEL_PROJECT].count;
    for (unsigned number = 0; number < bands; number++) {
        RangeAnswer answer = range_near(&bound->ranges[number], mean, error);
        project->near = answer == RANGE_UNSURE;
        if (answer != RANGE_NO) return number;
    }
    return RESULTS_NO_BAND;
}

static void count_project(const ScatterJob *job, ScatterCounts *counts, const Project *project,
                          unsigned verdict) {
    size_t verdicts = job->bound->plan->verdicts[LEVEL_PROJECT].count;
    if (!counts->projects) counts->projects = memory_new(job->threads, sizeof *counts->projects);
    size_t **projects = &counts->projects[project->owner];
    if (!*projects)
        *projects = memory_new(job->tallies[project->owner]->count * (verdicts + 1), sizeof **projects);
    (*projects)[project->name * (verdicts + 1) + (verdict == RESULTS_NO_BAND ? verdicts : verdict)]++;
}

/* ---- exact decisions */

/* A record of a project that only its exact rate can decide. */
typedef struct Doubt {
    Project *project;
    uint32_t offset, rows;
} Doubt;

typedef struct Doubts {
    Doubt *items;
    size_t count, capacity;
} Doubts;

static void add_doubt(Doubts *doubts, Project *project, const Record *record) {
    if (doubts->count == doubts->capacity) {
        doubts->capacity = memory_growth(doubts->capacity, doubts->count + 1);
        doubts->items = memory_resize(doubts->items, doubts->capacity, sizeof *doubts->items);
    }
    doubts->items[doubts->count++] = (Doubt){project, record->offset, record->name_rows & MOST_ROWS};
}

static int compare_doubts(const void *a, const void *b) {
    const Doubt *x = a, *y = b;
    if (x->project != y->project) return x->project < y->project ? -1 : 1;
    return (x->offset > y->offset) - (x->offset < y->offset);
}

static Doubts find_doubts(const ScatterJob *job, size_t part, const Projects *all) {
    Doubts doubts = {0};
    for (size_t owner = 0; owner < job->threads; owner++)
        for (const ScatterChunk *chunk = job->scatters[owner]->last[part]; chunk; chunk = chunk->before)
            for (size_t i = 0; i < chunk->count; i++) {
                Project *project = find_project(all, &chunk->records[i]);
                if (project->near) add_doubt(&doubts, project, &chunk->records[i]);
            }
    if (doubts.count) qsort(doubts.items, doubts.count, sizeof *doubts.items, compare_doubts);
    return doubts;
}

/* Adds the exact rates of the rows of a record. False when they cannot be had. */
static bool add_rows(const ScatterJob *job, const Doubt *doubt, Pass *checker, mpq_ptr sum) {
    size_t end = doubt->offset;
    for (uint32_t row = 0; row < doubt->rows; row++) end = cut_line(job->text, end);
    Buffer copy = {0}; /* the last row of the file may lack its line feed */
    buffer_add_repeat(&copy, '\n', STRETCH_LEAD);
    buffer_add(&copy, str_slice(job->text, doubt->offset, end));
    if (copy.data[copy.size - 1] != '\n') buffer_add_char(&copy, '\n');
    bool good = pass_parse(checker, str_slice(buffer_view(&copy), STRETCH_LEAD, copy.size)) &&
                pass_rates(checker, 0, doubt->rows);
    mpq_t rate;
    mpq_init(rate);
    for (uint32_t row = 0; row < doubt->rows && good; row++) {
        Missing missing = pass_exact(checker, row, rate);
        if (missing == MISSING_NONE) mpq_add(sum, sum, rate);
        good = missing != MISSING_TOO_LARGE;
    }
    mpq_clear(rate);
    buffer_release(&copy);
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

static bool judge_doubts(const ScatterJob *job, const Doubts *doubts, ScatterCounts *counts) {
    if (doubts->count && !counts->checker) {
        counts->checker = memory_new(1, sizeof *counts->checker);
        pass_begin(counts->checker, job->bound);
        pass_ask(counts->checker, job->askers, counts->asker);
    }
    bool good = true;
    mpq_t sum;
    mpq_init(sum);
    for (size_t i = 0, end; i < doubts->count && good; i = end) {
        mpq_set_ui(sum, 0, 1);
        for (end = i; end < doubts->count && doubts->items[end].project == doubts->items[i].project && good;
             end++)
            good = add_rows(job, &doubts->items[end], counts->checker, sum) &&
                   decimal_fits(sum, job->bound->plan->exact_bits);
        if (good)
            count_project(job, counts, doubts->items[i].project,
                          exact_verdict(job->bound->plan, doubts->items[i].project, sum));
        counts->exact_checks++;
        /* The system maps up to a megabyte around each row that is asked for. */
        if (counts->exact_checks % DOUBTS_MAPPED == 0) file_forget(job->file, 0, job->file->bytes.size);
    }
    mpq_clear(sum);
    return good;
}

bool scatter_judge(const ScatterJob *job, size_t part, ScatterCounts *counts) {
    Projects all = put_together(job, part);
    bool doubtful = false;
    for (size_t i = 0; i < all.size; i++) {
        if (!all.projects[i].rows) continue;
        unsigned verdict = near_verdict(job->bound, &all.projects[i]);
        doubtful |= all.projects[i].near;
        if (!all.projects[i].near) count_project(job, counts, &all.projects[i], verdict);
    }
    Doubts doubts = {0};
    if (doubtful) doubts = find_doubts(job, part, &all);
    bool good = judge_doubts(job, &doubts, counts);
    memory_free(doubts.items);
    memory_free(all.projects);
    return good;
}

void scatter_collect(const ScatterJob *job, ScatterCounts *counts) {
    size_t verdicts = job->bound->plan->verdicts[LEVEL_PROJECT].count;
    for (size_t owner = 0; counts->projects && owner < job->threads; owner++) {
        const size_t *projects = counts->projects[owner];
        const Tally *tally = job->tallies[owner];
        for (size_t row = 0; projects && row < tally->count; row++)
            for (size_t verdict = 0; verdict <= verdicts; verdict++)
                tally->rows[row].projects[verdict] += projects[row * (verdicts + 1) + verdict];
        memory_free(counts->projects[owner]);
    }
    memory_free(counts->projects);
    if (counts->checker) pass_end(counts->checker);
    memory_free(counts->checker);
    *counts = (ScatterCounts){0};
}
