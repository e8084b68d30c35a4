#include "app/expand.h"

#include "app/pattern.h"
#include "base/file.h"

#include <stdlib.h>

typedef struct Expand {
    Jobs *jobs;
    Arena *arena;
    Diag *diag;
    size_t room;
    bool good;
} Expand;

static bool wrong(Expand *expand, MessageId message, const Place *place, Str a, Str b) {
    diag_add(expand->diag, message, place, a, b);
    expand->good = false;
    return false;
}

static bool fill(Expand *expand, const Job *job, Str pattern, const Found *found, Str *out) {
    if (pattern_fill(expand->arena, pattern, found, out)) return true;
    return wrong(expand, MESSAGE_JOB_PATTERN, &job->place, pattern, (Str){"", 0});
}

static bool fill_output(Expand *expand, const Job *job, const JobOutput *from, const Found *found,
                        JobOutput *out) {
    *out = *from;
    if (!fill(expand, job, from->path, found, &out->path)) return false;
    /* What a link or `..` leads to counts, not the name. */
    if (path_inside(expand->jobs->folder, out->path)) return true;
    return wrong(expand, MESSAGE_FILE_OUTSIDE, &from->place, out->path, expand->jobs->folder);
}

static JobRun *new_run(Expand *expand) {
    Jobs *jobs = expand->jobs;
    if (jobs->run_count == expand->room) {
        expand->room = 2 * expand->room + 16;
        JobRun *more = arena_new(expand->arena, expand->room, sizeof *more);
        for (size_t i = 0; i < jobs->run_count; i++) more[i] = jobs->runs[i];
        jobs->runs = more;
    }
    return &jobs->runs[jobs->run_count++];
}

static void add_run(Expand *expand, const Job *job, const Found *found) {
    JobRun *run = new_run(expand);
    *run = (JobRun){.job = job, .job_number = (size_t)(job - expand->jobs->items), .id = found->id};
    run->outputs = arena_new(expand->arena, job->output_count + 1, sizeof *run->outputs);
    fill(expand, job, job->rules, found, &run->rules);
    fill(expand, job, job->data, found, &run->data);
    fill(expand, job, job->period, found, &run->period);
    fill(expand, job, job->departments, found, &run->departments);
    fill(expand, job, job->last_year, found, &run->last_year);
    fill(expand, job, job->last_year_run, found, &run->last_year_run);
    if (!job->data.size) run->rules = found->path;
    if (job->data.size) run->data = found->path;
    for (size_t i = 0; i < job->output_count; i++)
        fill_output(expand, job, &job->outputs[i], found, &run->outputs[i]);
}

static bool check_patterns(Expand *expand, const Job *job) {
    bool good = true;
    const Str patterns[] = {job->rules,       job->data,      job->period,
                            job->departments, job->last_year, job->last_year_run};
    const size_t count = sizeof patterns / sizeof *patterns;
    for (size_t i = 0; i < count + job->output_count; i++) {
        Str pattern = i < count ? patterns[i] : job->outputs[i - count].path;
        bool finds = i == (job->data.size ? 1 : 0);
        bool star = str_find(pattern, '*', 0) < pattern.size && !finds;
        if (pattern_is_sound(pattern) && !star) continue;
        good = wrong(expand, MESSAGE_JOB_PATTERN, &job->place, pattern, (Str){"", 0});
    }
    return good;
}

/* What the file's name would be made into: names of outputs and of the folder of records. */
static bool has_good_names(const Found *found) {
    bool good = pattern_is_file_name(found->id);
    for (size_t i = 0; i < PATTERN_NAMES; i++)
        good &= !found->names[i].size || pattern_is_file_name(found->names[i]);
    return good;
}

static void expand_job(Expand *expand, const Job *job) {
    size_t count;
    Str pattern = job->data.size ? job->data : job->rules;
    if (!check_patterns(expand, job)) return;
    const Found *found = pattern_find(expand->arena, pattern, &count);
    if (count == 0) diag_add(expand->diag, MESSAGE_JOB_NO_FILES, &job->place, job->name, pattern);
    for (size_t i = 0; i < count; i++) {
        if (has_good_names(&found[i]))
            add_run(expand, job, &found[i]);
        else
            diag_add(expand->diag, MESSAGE_JOB_FILE_NAME, &job->place, job->name, found[i].path);
    }
}

/* ---- nothing twice */

typedef struct Written {
    Str path;
    const Place *place;
} Written;

static int compare_written(const void *a, const void *b) {
    return str_compare(((const Written *)a)->path, ((const Written *)b)->path);
}

static void check_twice(Expand *expand, Written *list, size_t count) {
    if (count) qsort(list, count, sizeof *list, compare_written);
    for (size_t i = 1; i < count; i++)
        if (str_equal(list[i].path, list[i - 1].path))
            wrong(expand, MESSAGE_JOB_TWICE, list[i].place, list[i].path, (Str){"", 0});
}

/* Outputs, and what runs read: nothing that is read may be written. */
static void check_files(Expand *expand) {
    const Jobs *jobs = expand->jobs;
    size_t room = 0, count = 0;
    for (size_t i = 0; i < jobs->run_count; i++) room += jobs->runs[i].job->output_count + 1;
    Written *list = arena_new(expand->arena, room + 1, sizeof *list);
    Written *ids = arena_new(expand->arena, jobs->run_count + 1, sizeof *ids);
    for (size_t i = 0; i < jobs->run_count; i++) {
        const JobRun *run = &jobs->runs[i];
        for (size_t j = 0; j < run->job->output_count; j++)
            list[count++] = (Written){run->outputs[j].path, &run->outputs[j].place};
        ids[i] =
            (Written){arena_format(expand->arena, "%.*s/%.*s", STR_FMT(run->job->name), STR_FMT(run->id)),
                      &run->job->place};
    }
    check_twice(expand, list, count);
    check_twice(expand, ids, jobs->run_count);
    for (size_t i = 0; i < jobs->run_count; i++) {
        const Str read[] = {jobs->runs[i].rules, jobs->runs[i].data, jobs->runs[i].departments,
                            jobs->runs[i].last_year};
        for (size_t j = 0; j < 4; j++) {
            Written key = {read[j], NULL};
            const Written *hit = count ? bsearch(&key, list, count, sizeof *list, compare_written) : NULL;
            if (hit) wrong(expand, MESSAGE_JOB_TWICE, hit->place, hit->path, (Str){"", 0});
        }
    }
}

bool expand_jobs(Jobs *jobs, Diag *diag) {
    Expand expand = {jobs, &jobs->arena, diag, 0, true};
    for (size_t i = 0; i < jobs->count; i++) expand_job(&expand, &jobs->items[i]);
    if (expand.good) check_files(&expand);
    return expand.good;
}
