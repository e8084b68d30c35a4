#include "model/stream.h"

#include "base/memory.h"
#include "model/dataset_build.h"
#include "model/grouping.h"
#include "model/levels.h"
#include "model/results_build.h"
#include "model/tally.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <string.h>

#define THREADS    256 /* most of them */
#define SEAM_PAGES ((size_t)1024 * 1024)

/* Where the projects that a unit judges begin and end in the file; `begin` above `end`: the unit is in the
 * middle of one project. */
typedef struct UnitPart {
    size_t begin, end;
} UnitPart;

typedef struct Stream {
    const PassPlan *bound;
    const File *file;
    Str text;
    size_t end; /* behind the last line feed; what follows is a last row without one */
    size_t units;
    UnitPart *parts;
    UnitGroups *groups;
    bool *inside; /* for each unit whether its first byte is in quotes; NULL: the file has none so far */
    UnitPart *seams;
    size_t seam_count;
    size_t names; /* of the tally */
    atomic_size_t next;
    atomic_bool stop, odd, quoted, ungrouped;
} Stream;

typedef struct Worker {
    Stream *stream;
    Pass pass;
    Tally tally;
    GroupWatch watch;
    void (*work)(struct Worker *worker, size_t number);
    size_t count; /* numbers to work on */
    pthread_t thread;
} Worker;

static void stop(Stream *stream, atomic_bool *why) {
    atomic_store(why, true);
    atomic_store(&stream->stop, true);
}

/* ---- units */

/* The first byte of unit `number`: that of the first row behind the unit's place in the file. */
static size_t unit_start(const Stream *stream, size_t number) {
    size_t at = stream->bound->body + number * STREAM_UNIT;
    if (number == 0) return stream->bound->body;
    if (at >= stream->end) return stream->end;
    if (!stream->inside) {
        const char *line = memchr(stream->text.data + at - 1, '\n', stream->end - at + 1);
        return (size_t)(line - stream->text.data) + 1;
    }
    bool quoted = stream->inside[number];
    if (stream->text.data[at - 1] == '\n' && !quoted) return at;
    for (; at < stream->end; at++) {
        if (stream->text.data[at] == '"') quoted = !quoted;
        if (stream->text.data[at] == '\n' && !quoted) return at + 1;
    }
    return stream->end;
}

static void judge_runs(Worker *worker, size_t from, size_t to) {
    Pass *pass = &worker->pass;
    const Run *runs = pass->stretch.runs;
    if (from >= to) return;
    if (!pass_rates(pass, runs[from].first, runs[to].first)) {
        stop(worker->stream, &worker->stream->odd);
        return;
    }
    TallyRow *row = NULL;
    for (size_t i = from; i < to; i++) {
        bool same = row != NULL && (size_t)runs[i].changed >= worker->tally.names;
        if (!same) row = tally_row(&worker->tally, runs[i].names);
        unsigned verdict = pass_verdict(pass, &runs[i]);
        row->projects[verdict == RESULTS_NO_BAND ? worker->tally.verdicts : verdict]++;
    }
    if (pass->beyond) stop(worker->stream, &worker->stream->odd);
}

static void work_unit(Worker *worker, size_t number) {
    Stream *stream = worker->stream;
    Stretch *stretch = &worker->pass.stretch;
    size_t from = unit_start(stream, number), to = unit_start(stream, number + 1);
    stream->parts[number] = (UnitPart){1, 0};
    if (from >= to) return;
    if (!pass_parse(&worker->pass, str_slice(stream->text, from, to))) {
        stop(stream, stretch->quoted && !stream->inside ? &stream->quoted : &stream->odd);
        return;
    }
    if (stretch->quoted && !stream->inside) { /* the unit may begin within quotes */
        stop(stream, &stream->quoted);
        return;
    }
    if (!grouping_note(&worker->watch, stretch->runs, stretch->run_count, &stream->groups[number])) {
        stop(stream, &stream->ungrouped);
        return;
    }
    size_t first = number > 0, last = stretch->run_count - (to < stream->text.size);
    if (first <= last) {
        stream->parts[number] = (UnitPart){from + stretch_offset(stretch, stretch->runs[first].first),
                                           from + stretch_offset(stretch, stretch->runs[last].first)};
    }
    judge_runs(worker, first, last);
    file_forget(stream->file, from, to);
}

/* ---- seams */

static void add_seam(Stream *stream, size_t begin, size_t end) {
    if (begin < end) stream->seams[stream->seam_count++] = (UnitPart){begin, end};
}

static void find_seams(Stream *stream) {
    stream->seams = memory_new(stream->units + 1, sizeof *stream->seams);
    size_t judged = stream->bound->body;
    for (size_t i = 0; i < stream->units; i++) {
        if (stream->parts[i].begin > stream->parts[i].end) continue;
        add_seam(stream, judged, stream->parts[i].begin);
        judged = stream->parts[i].end;
    }
    add_seam(stream, judged, stream->text.size);
}

static void judge_text(Worker *worker, Str text) {
    Stretch *stretch = &worker->pass.stretch;
    if (text.size <= UINT32_MAX - MARKS_SLACK && pass_parse(&worker->pass, text))
        judge_runs(worker, 0, stretch->run_count);
    else
        stop(worker->stream, &worker->stream->odd);
}

static void work_seam(Worker *worker, size_t number) {
    const Stream *stream = worker->stream;
    UnitPart seam = stream->seams[number];
    Str text = str_slice(stream->text, seam.begin, seam.end);
    if (seam.end <= stream->end) {
        judge_text(worker, text);
        /* The system maps pages around those that are asked for. */
        size_t before = seam.begin < SEAM_PAGES ? seam.begin : SEAM_PAGES;
        file_forget(stream->file, seam.begin - before, seam.end + SEAM_PAGES);
        return;
    }
    Buffer closed = {0}; /* the last row has no line feed */
    buffer_add_repeat(&closed, '\n', STRETCH_LEAD);
    buffer_add(&closed, text);
    buffer_add_char(&closed, '\n');
    judge_text(worker, str_slice(buffer_view(&closed), STRETCH_LEAD, closed.size));
    buffer_release(&closed);
}

/* ---- threads */

static void *run_worker(void *argument) {
    Worker *worker = argument;
    Stream *stream = worker->stream;
    size_t number;
    while (!atomic_load(&stream->stop) && (number = atomic_fetch_add(&stream->next, 1)) < worker->count)
        worker->work(worker, number);
    return NULL;
}

/* All numbers below `count` are worked on; a thread that cannot be had is done without. */
static void run_all(Stream *stream, Worker *workers, size_t threads, size_t count,
                    void (*work)(Worker *worker, size_t number)) {
    bool started[THREADS] = {false};
    atomic_store(&stream->next, 0);
    for (size_t i = 0; i < threads; i++) {
        workers[i].work = work;
        workers[i].count = count;
        if (i > 0) started[i] = pthread_create(&workers[i].thread, NULL, run_worker, &workers[i]) == 0;
    }
    run_worker(&workers[0]);
    for (size_t i = 1; i < threads; i++)
        if (started[i]) pthread_join(workers[i].thread, NULL);
}

static size_t processors(void) {
    cpu_set_t set;
    int count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return count > 0 ? (size_t)count : 1;
}

static size_t thread_count(const StreamOptions *options, size_t units) {
    size_t wanted = options->threads ? options->threads : processors();
    if (wanted > THREADS) wanted = THREADS;
    size_t useful = (units + 1) / 2; /* a thread is worth two units at least */
    return wanted < useful ? wanted : useful;
}

/* ---- quotes */

static void count_quotes(Stream *stream) {
    stream->inside = memory_new(stream->units + 1, sizeof *stream->inside);
    bool inside = false;
    for (size_t i = 0; i < stream->units; i++) {
        stream->inside[i] = inside;
        size_t from = stream->bound->body + i * STREAM_UNIT;
        Str part = str_slice(stream->text, from,
                             from + STREAM_UNIT < stream->end ? from + STREAM_UNIT : stream->end);
        for (size_t at = str_find(part, '"', 0); at < part.size; at = str_find(part, '"', at + 1))
            inside = !inside;
        file_forget(stream->file, from, from + part.size);
    }
    stream->inside[stream->units] = inside;
}

/* ---- the whole */

static void begin_workers(Stream *stream, Worker *workers, size_t threads) {
    size_t verdicts = stream->bound->plan->verdicts[LEVEL_PROJECT].count;
    for (size_t i = 0; i < threads; i++) {
        workers[i] = (Worker){.stream = stream};
        pass_begin(&workers[i].pass, stream->bound);
        tally_begin(&workers[i].tally, stream->names, verdicts);
    }
}

static void end_workers(Worker *workers, size_t threads) {
    for (size_t i = 0; i < threads; i++) {
        pass_end(&workers[i].pass);
        tally_end(&workers[i].tally);
        grouping_watch_end(&workers[i].watch);
    }
}

static void end_attempt(Stream *stream) {
    if (stream->groups) grouping_release(stream->groups, stream->units);
    memory_free(stream->parts);
    memory_free(stream->groups);
    memory_free(stream->seams);
    stream->parts = NULL;
    stream->groups = NULL;
    stream->seams = NULL;
    stream->seam_count = 0;
}

/* Everything the workers found, in those of the first. */
static void join_workers(Worker *workers, size_t threads) {
    Pass *all = &workers[0].pass;
    for (size_t i = 1; i < threads; i++) {
        const Pass *pass = &workers[i].pass;
        tally_join(&workers[0].tally, &workers[i].tally);
        for (size_t k = 0; k < all->bound->plan->special_count; k++)
            all->special_rows[k] += pass->special_rows[k];
        for (size_t k = 0; k < MISSING_COUNT; k++) all->missing_rows[k] += pass->missing_rows[k];
        all->row_count += pass->row_count;
        all->project_count += pass->project_count;
        all->exact_checks += pass->exact_checks;
    }
}

/* One way through the file. True when the workers hold all counts. */
static bool attempt(Stream *stream, Worker *workers, size_t threads) {
    stream->parts = memory_new(stream->units, sizeof *stream->parts);
    stream->groups = memory_new(stream->units, sizeof *stream->groups);
    atomic_store(&stream->stop, false);
    run_all(stream, workers, threads, stream->units, work_unit);
    if (atomic_load(&stream->stop)) return false;
    if (!grouping_holds(stream->groups, stream->units)) {
        stop(stream, &stream->ungrouped);
        return false;
    }
    find_seams(stream);
    run_all(stream, workers, threads, stream->seam_count, work_seam);
    return !atomic_load(&stream->stop);
}

static void count_row(Results *results, Counts *counts, const TallyRow *row, size_t verdicts) {
    (void)results;
    for (size_t verdict = 0; verdict < verdicts; verdict++) counts->band[verdict] += row->projects[verdict];
    counts->none += row->projects[verdicts];
    for (size_t verdict = 0; verdict <= verdicts; verdict++) counts->total += row->projects[verdict];
}

/* A dataset with one row for each row of the tally, for its names. */
static Dataset *name_units(const Tally *tally, Str file) {
    Dataset *dataset = dataset_new(file);
    for (ColumnId id = COLUMN_BUREAU; id <= COLUMN_PROJECT; id++)
        dataset_add_column(dataset, str_of(column_info(id)->name), id, false);
    for (size_t i = 0; i < tally->count; i++) {
        const Str *names = tally->rows[i].names;
        dataset_add_row(dataset, 0);
        dataset_set_text(dataset, COLUMN_BUREAU, names[LEVEL_BUREAU]);
        dataset_set_text(dataset, COLUMN_DEPARTMENT,
                         names[tally->names > 1 ? LEVEL_DEPARTMENT : LEVEL_BUREAU]);
        dataset_set_text(dataset, COLUMN_PROJECT, names[LEVEL_BUREAU]);
    }
    dataset_finish(dataset);
    return dataset;
}

static Results *make_results(const Pass *pass, const Tally *tally, const Dataset *dataset) {
    const Plan *plan = pass->bound->plan;
    Results *results = memory_new(1, sizeof *results);
    results->plan = plan;
    results->dataset = dataset;
    results->beyond = arena_new(&results->arena, 1, sizeof *results->beyond);
    atomic_init(results->beyond, UINT64_MAX);
    results->bureaus =
        arena_new(&results->arena, dataset_level_size(dataset, LEVEL_BUREAU), sizeof *results->bureaus);
    results->departments = arena_new(&results->arena, dataset_level_size(dataset, LEVEL_DEPARTMENT),
                                     sizeof *results->departments);
    for (size_t i = 0; i < tally->count; i++) {
        uint32_t department = dataset_parent(dataset, LEVEL_PROJECT, dataset_project(dataset, i));
        uint32_t bureau = dataset_parent(dataset, LEVEL_DEPARTMENT, department);
        count_row(results, &results->total, &tally->rows[i], tally->verdicts);
        count_row(results, &results->departments[department], &tally->rows[i], tally->verdicts);
        count_row(results, &results->bureaus[bureau], &tally->rows[i], tally->verdicts);
    }
    results->special_rows = arena_new(&results->arena, plan->special_count, sizeof *results->special_rows);
    results->special_projects =
        arena_new(&results->arena, plan->special_count, sizeof *results->special_projects);
    memcpy(results->missing_rows, pass->missing_rows, sizeof results->missing_rows);
    results->exact_checks = pass->exact_checks;
    results->row_count = pass->row_count;
    return results;
}

/* Behind the last line feed that ends a row: line feeds at the end of the file end none. */
static Str without_blank_end(Str text) {
    while (text.size >= 2 && text.data[text.size - 1] == '\n') {
        size_t before = text.size - 1 - (text.data[text.size - 2] == '\r');
        if (before == 0 || text.data[before - 1] != '\n') break;
        text.size = before;
    }
    return text;
}

static size_t last_line(Str text) {
    size_t end = text.size;
    while (end > 0 && text.data[end - 1] != '\n') end--;
    return end;
}

static bool specials_used(const Pass *pass) {
    size_t used = 0, count = pass->bound->plan->special_count;
    while (used < count && pass->special_rows[used] > 0) used++;
    return used == count;
}

static size_t rows_without_rate(const Results *results) {
    size_t count = 0;
    for (Missing reason = MISSING_NONE + 1; reason < MISSING_COUNT; reason++)
        if (reason != MISSING_EXCLUDED) count += results->missing_rows[reason];
    return count;
}

static bool stream_bound(Stream *stream, const StreamOptions *options, Streamed *out) {
    stream->end = last_line(stream->text);
    if (stream->end <= stream->bound->body) return false;
    stream->units = (stream->end - stream->bound->body + STREAM_UNIT - 1) / STREAM_UNIT;
    size_t threads = thread_count(options, stream->units);
    Worker *workers = memory_new(threads, sizeof *workers);
    begin_workers(stream, workers, threads);
    bool done = attempt(stream, workers, threads);
    if (!done && atomic_load(&stream->quoted)) {
        end_attempt(stream);
        end_workers(workers, threads);
        begin_workers(stream, workers, threads);
        count_quotes(stream);
        done = !stream->inside[stream->units] && attempt(stream, workers, threads);
    }
    if (done) join_workers(workers, threads);
    done = done && specials_used(&workers[0].pass);
    if (done) {
        out->dataset = name_units(&workers[0].tally, stream->file->path);
        out->results = make_results(&workers[0].pass, &workers[0].tally, out->dataset);
    }
    end_attempt(stream);
    end_workers(workers, threads);
    memory_free(workers);
    memory_free(stream->inside);
    return done;
}

bool stream_counts(const Plan *plan, const File *file, const LoadOptions *load, const StreamOptions *options,
                   Streamed *out, Diag *diag) {
    *out = (Streamed){0};
    PassPlan bound;
    Str text = without_blank_end(file->bytes);
    if (!pass_can(plan)) return false;
    bool done = pass_plan_begin(&bound, plan, text, load);
    if (done) {
        Stream stream = {.bound = &bound, .file = file, .text = text, .names = options->departments ? 2 : 1};
        done = stream_bound(&stream, options, out);
        if (done) levels_remark(plan, LEVEL_PROJECT, rows_without_rate(out->results), diag);
    }
    pass_plan_end(&bound);
    return done;
}

void stream_release(Streamed *streamed) {
    results_free(streamed->results);
    dataset_free(streamed->dataset);
    *streamed = (Streamed){0};
}
