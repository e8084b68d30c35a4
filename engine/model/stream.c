#include "model/stream.h"

#include "base/crew.h"
#include "base/memory.h"
#include "io/cut.h"
#include "model/grouping.h"
#include "model/levels.h"
#include "model/regroup.h"
#include "model/results_build.h"
#include "model/run_counts.h"
#include "model/seams.h"
#include "model/stream_results.h"

#include <stdatomic.h>

/* Units or seams after which all of the file behind is given back: the system maps pages around those that
 * are asked for, also some that another thread gave back before. */
#define FORGET_EVERY 8

typedef struct Stream {
    PassPlan *bound;
    const RowAskers *askers; /* NULL: the plan asks no functions */
    const File *file;
    Cut cut;
    Crew crew;
    const CrewWatch *watch;
    Grouping grouping; /* of the units, and of a last row without a line feed */
    Seams seams;
    size_t names;     /* of the tally */
    bool notes;       /* projects are noted */
    RegroupJob apart; /* projects whose rows do not stand together */
    bool scattered;   /* rows of projects are taken as they come */
    atomic_bool quoted, ungrouped;
    atomic_bool lacking; /* functions read columns that had no ids */
} Stream;

typedef struct Worker {
    Stream *stream;
    RunCounts runs;
    GroupWatch watch;
    Scatter scatter;
    RegroupCounts counts;
} Worker;

/* ---- units */

/* No way on; functions may have read columns that had no ids. */
static void give_up(Worker *worker) {
    crew_stop(&worker->stream->crew, worker->runs.pass.lacking ? &worker->stream->lacking : NULL);
}

static void judge_runs(Worker *worker, size_t from, size_t to) {
    if (!run_counts_add(&worker->runs, from, to)) give_up(worker);
}

/* Parses a unit; false when it is empty, or the way through the file has ended. */
static bool parse_unit(Worker *worker, size_t from, size_t to) {
    Stream *stream = worker->stream;
    const Cut *cut = &stream->cut;
    if (from >= to) return false;
    bool good = pass_parse(&worker->runs.pass, str_slice(cut->text, from, to));
    if (worker->runs.pass.stretch.quoted && !cut->inside) /* it may begin within quotes */
        crew_stop(&stream->crew, &stream->quoted);
    else if (!good)
        crew_stop(&stream->crew, NULL);
    return good && !crew_stopped(&stream->crew);
}

/* The pages of a unit are not needed any more; from time to time those before it too, but for the units that
 * other threads are at. */
static void forget_unit(const Stream *stream, size_t number, size_t from, size_t to) {
    size_t behind = 2 * stream->crew.threads * CUT_UNIT;
    file_forget(stream->file, from, to);
    if (number % FORGET_EVERY == 0 && from > behind) file_forget(stream->file, 0, from - behind);
}

static void work_unit(void *argument, size_t number) {
    Worker *worker = argument;
    Stream *stream = worker->stream;
    const Cut *cut = &stream->cut;
    Stretch *stretch = &worker->runs.pass.stretch;
    size_t from = cut_start(cut, number), to = cut_start(cut, number + 1);
    if (!parse_unit(worker, from, to)) return;
    if (!grouping_note(&stream->grouping, &worker->watch, stretch, number)) {
        crew_stop(&stream->crew, &stream->ungrouped);
        return;
    }
    size_t first = number > 0, last = stretch->run_count - (to < cut->text.size);
    if (first <= last)
        seams_note(&stream->seams, number, from, to,
                   from + stretch_offset(stretch, stretch->runs[first].first),
                   from + stretch_offset(stretch, stretch->runs[last].first));
    judge_runs(worker, first, last);
    forget_unit(stream, number, from, to);
}

/* ---- seams */

static void judge_text(Worker *worker, Str text) {
    Stretch *stretch = &worker->runs.pass.stretch;
    if (text.size <= UINT32_MAX - MARKS_SLACK && pass_parse(&worker->runs.pass, text))
        judge_runs(worker, 0, stretch->run_count);
    else
        crew_stop(&worker->stream->crew, NULL);
}

static void work_seam(void *argument, size_t number) {
    Worker *worker = argument;
    const Stream *stream = worker->stream;
    const Seam *seam = &stream->seams.items[number];
    Buffer copy = {0};
    if (seam->unit) {
        judge_text(worker, seams_kept(&stream->seams, seam, STRETCH_LEAD, &copy));
    } else if (seam->end > stream->cut.end) {
        judge_text(worker, cut_close(&stream->cut, seam->begin, STRETCH_LEAD, &copy));
    } else {
        judge_text(worker, str_slice(stream->cut.text, seam->begin, seam->end));
        if (number % FORGET_EVERY == 0) file_forget(stream->file, 0, seam->end);
    }
    buffer_release(&copy);
}

/* Projects that wait for functions, of worker `number`. */
static void work_waiting(void *argument, size_t number) {
    const Stream *stream = ((const Worker *)argument)->stream;
    Worker *worker = crew_worker(&stream->crew, number);
    if (!run_counts_finish(&worker->runs)) give_up(worker);
}

/* A last row without a line feed is in no unit: its names are noted as those of one behind the others. */
static void note_last_row(Worker *worker) {
    Stream *stream = worker->stream;
    const Cut *cut = &stream->cut;
    const Stretch *stretch = &worker->runs.pass.stretch;
    if (cut->end == cut->text.size || crew_stopped(&stream->crew)) return;
    Buffer closed = {0};
    if (!pass_parse(&worker->runs.pass, cut_close(cut, cut->end, STRETCH_LEAD, &closed)))
        crew_stop(&stream->crew, NULL);
    else if (!grouping_note(&stream->grouping, &worker->watch, stretch, cut->units))
        crew_stop(&stream->crew, &stream->ungrouped);
    buffer_release(&closed);
}

/* ---- projects whose rows do not stand together */

static void scatter_text(Worker *worker, size_t from) {
    Pass *pass = &worker->runs.pass;
    bool rated = pass_rates(pass, 0, pass->stretch.rows);
    if (!rated || !scatter_add(&worker->scatter, pass, from, &worker->runs.tally)) give_up(worker);
}

static void work_scattered(void *argument, size_t number) {
    Worker *worker = argument;
    const Cut *cut = &worker->stream->cut;
    if (number < cut->units) {
        size_t from = cut_start(cut, number), to = cut_start(cut, number + 1);
        if (parse_unit(worker, from, to)) scatter_text(worker, from);
        forget_unit(worker->stream, number, from, to);
    } else if (cut->end < cut->text.size) { /* the last row has no line feed */
        Buffer closed = {0};
        Str text = cut_close(cut, cut->end, STRETCH_LEAD, &closed);
        if (pass_parse(&worker->runs.pass, text))
            scatter_text(worker, cut->end);
        else
            crew_stop(&worker->stream->crew, NULL);
        buffer_release(&closed);
    }
}

static void work_part(void *argument, size_t number) {
    Worker *worker = argument;
    if (!regroup_judge(&worker->stream->apart, number, &worker->counts))
        crew_stop(&worker->stream->crew, NULL);
}

/* The names of all threads get rows in the first one's tally: for each row of the other tally which. */
static uint32_t *join_names(Tally *first, const Tally *other) {
    uint32_t *places = memory_new(other->count, sizeof *places);
    for (size_t i = 0; i < other->count; i++) {
        const TallyRow *row = tally_row(first, other->rows[i].names); /* the others may move */
        places[i] = (uint32_t)(row - first->rows);
    }
    return places;
}

static void judge_scattered(Stream *stream) {
    size_t threads = stream->crew.threads;
    Worker *first = crew_worker(&stream->crew, 0);
    const Scatter **scatters = memory_new(threads, sizeof *scatters);
    uint32_t **names = memory_new(threads, sizeof *names);
    for (size_t i = 0; i < threads; i++) {
        Worker *worker = crew_worker(&stream->crew, i);
        scatters[i] = &worker->scatter;
        names[i] = join_names(&first->runs.tally, &worker->runs.tally);
        worker->counts.asker = threads + i;
    }
    stream->apart =
        (RegroupJob){scatters,         names,         threads,       &first->runs.tally, stream->file,
                     stream->cut.text, stream->bound, stream->askers};
    crew_run(&stream->crew, SCATTER_PARTS, work_part);
    for (size_t i = 0; i < threads; i++) {
        Worker *worker = crew_worker(&stream->crew, i);
        worker->runs.pass.exact_checks += worker->counts.exact_checks;
        regroup_collect(&stream->apart, &worker->counts);
        memory_free(names[i]);
    }
    memory_free(scatters);
    memory_free(names);
}

/* A second way through the file. True when the workers hold all counts. */
static bool attempt_scattered(Stream *stream) {
    crew_run(&stream->crew, stream->cut.units + 1, work_scattered);
    if (!crew_stopped(&stream->crew)) judge_scattered(stream);
    return !crew_stopped(&stream->crew);
}

/* ---- the whole */

/* Those who check have words of their own. */
static size_t count_askers(const Stream *stream, size_t threads) {
    return stream->scattered ? 2 * threads : threads;
}

static void begin_workers(Stream *stream, size_t threads) {
    const RowAskers *askers = stream->askers;
    crew_begin(&stream->crew, threads, sizeof(Worker));
    stream->crew.watch = stream->watch;
    for (size_t i = 0; i < threads; i++) {
        Worker *worker = crew_worker(&stream->crew, i);
        worker->stream = stream;
        run_counts_begin(&worker->runs, stream->bound, askers, i, stream->names);
        if (stream->notes) run_counts_note(&worker->runs, stream->file->bytes);
    }
}

/* False when the functions cannot be asked. */
static bool begin_asking(const Stream *stream, size_t threads) {
    const RowAskers *askers = stream->askers;
    return !askers || askers->begin(askers->context, stream->bound->plan, stream->bound->form.sample,
                                    count_askers(stream, threads));
}

static void end_asking(const Stream *stream) {
    if (stream->askers) stream->askers->end(stream->askers->context);
}

/* The same where they will do, else others. */
static bool ask_anew(const Stream *stream, size_t threads) {
    const RowAskers *askers = stream->askers;
    if (askers && askers->again && askers->again(askers->context, count_askers(stream, threads))) return true;
    end_asking(stream);
    return begin_asking(stream, threads);
}

static void end_workers(Stream *stream) {
    for (size_t i = 0; i < stream->crew.threads; i++) {
        Worker *worker = crew_worker(&stream->crew, i);
        run_counts_end(&worker->runs);
        grouping_watch_end(&worker->watch);
        scatter_end(&worker->scatter);
    }
    crew_end(&stream->crew);
}

static void end_attempt(Stream *stream) {
    grouping_end(&stream->grouping);
    seams_end(&stream->seams);
}

/* Everything the workers found, in the first. */
static Worker *join_workers(const Stream *stream) {
    Worker *first = crew_worker(&stream->crew, 0);
    Pass *all = &first->runs.pass;
    for (size_t i = 1; i < stream->crew.threads; i++) {
        const Worker *worker = crew_worker(&stream->crew, i);
        const Pass *pass = &worker->runs.pass;
        tally_join(&first->runs.tally, &worker->runs.tally);
        for (size_t k = 0; k < all->bound->plan->special_count; k++)
            all->special_rows[k] += pass->special_rows[k];
        for (size_t k = 0; k < MISSING_COUNT; k++) all->missing_rows[k] += pass->missing_rows[k];
        all->row_count += pass->row_count;
        all->project_count += pass->project_count;
        all->exact_checks += pass->exact_checks;
        all->function_calls += pass->function_calls;
    }
    return first;
}

/* Once the workers are joined. */
static Summaries *join_noted(const Stream *stream) {
    size_t threads = stream->crew.threads;
    Worker *first = crew_worker(&stream->crew, 0);
    SummaryList *lists = memory_new(threads, sizeof *lists);
    uint32_t **places = memory_new(threads, sizeof *places);
    for (size_t i = 0; i < threads; i++) {
        Worker *worker = crew_worker(&stream->crew, i);
        places[i] = join_names(&first->runs.tally, &worker->runs.tally);
        lists[i] = worker->runs.noted;
        worker->runs.noted = (SummaryList){0};
    }
    Summaries *noted =
        summaries_new(lists, threads, places, &first->runs.tally, stream->file, (unsigned)threads);
    for (size_t i = 0; i < threads; i++) memory_free(places[i]);
    memory_free(places);
    memory_free(lists);
    return noted;
}

/* One way through the file. True when the workers hold all counts. */
static bool attempt(Stream *stream) {
    seams_begin(&stream->seams, &stream->cut);
    grouping_begin(&stream->grouping, stream->cut.units + 1);
    crew_run(&stream->crew, stream->cut.units, work_unit);
    note_last_row(crew_worker(&stream->crew, 0));
    if (crew_stopped(&stream->crew)) return false;
    if (!grouping_holds(&stream->grouping)) {
        crew_stop(&stream->crew, &stream->ungrouped);
        return false;
    }
    seams_find(&stream->seams);
    crew_run(&stream->crew, stream->seams.count, work_seam);
    if (stream->askers) crew_run(&stream->crew, stream->crew.threads, work_waiting);
    return !crew_stopped(&stream->crew);
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

static bool begin_again(Stream *stream, size_t threads) {
    end_attempt(stream);
    end_workers(stream);
    atomic_store(&stream->quoted, false);
    atomic_store(&stream->ungrouped, false);
    atomic_store(&stream->lacking, false);
    begin_workers(stream, threads);
    return ask_anew(stream, threads);
}

/* The columns that any function lacked get ids; true when that is of use. */
static bool widen(Stream *stream) {
    bool any = false;
    for (size_t i = 0; i < stream->crew.threads; i++) {
        const Worker *worker = crew_worker(&stream->crew, i);
        if (worker->runs.pass.lacking) any |= pass_plan_widen(stream->bound, worker->runs.pass.lacks);
    }
    return any;
}

/* One way through the file, and once more where it met quotes that had not been looked for, or functions that
 * read what was not parsed. */
static bool attempt_until_known(Stream *stream, size_t threads, bool (*way)(Stream *stream)) {
    for (;;) {
        if (way(stream)) return true;
        bool again = (atomic_load(&stream->quoted) && cut_find_quotes(&stream->cut)) ||
                     (atomic_load(&stream->lacking) && widen(stream));
        if (!again || !begin_again(stream, threads)) return false;
    }
}

/* Goes all the ways that there are; true when the workers hold all counts. */
static bool attempt_all(Stream *stream, size_t threads) {
    begin_workers(stream, threads);
    if (!begin_asking(stream, threads)) return false;
    if (attempt_until_known(stream, threads, attempt)) return true;
    stream->scattered = atomic_load(&stream->ungrouped) && !stream->notes && regroup_can(stream->bound->plan);
    stream->bound->form.stretch.no_runs = stream->bound->form.stretch.no_names = stream->scattered;
    return stream->scattered && begin_again(stream, threads) &&
           attempt_until_known(stream, threads, attempt_scattered);
}

static bool stream_bound(Stream *stream, size_t threads, Streamed *out) {
    bool done = attempt_all(stream, threads);
    for (size_t i = 0; i < threads && done; i++) {
        const Worker *worker = crew_worker(&stream->crew, i);
        done = !pass_needs_remark(&worker->runs.pass);
    }
    const Worker *all = done ? join_workers(stream) : NULL;
    done = done && specials_used(&all->runs.pass) &&
           all->runs.pass.row_count <= stream->bound->form.stretch.limits.rows &&
           (!stream->notes || summaries_can(&all->runs.tally));
    if (done) {
        const Tally *tally = &all->runs.tally;
        out->results =
            stream_results(&all->runs.pass, tally, !stream->notes, stream->file->path, &out->dataset);
        if (stream->notes) out->results->summaries = join_noted(stream);
    }
    end_attempt(stream);
    end_asking(stream);
    end_workers(stream);
    return done;
}

bool stream_counts(const Plan *plan, const File *file, const LoadOptions *load, const StreamOptions *options,
                   Streamed *out, Diag *diag) {
    *out = (Streamed){0};
    PassPlan bound;
    Str text = cut_blank_end(file->bytes);
    if (!pass_can(plan)) return false;
    Stream stream = {.bound = &bound,
                     .file = file,
                     .watch = load ? load->watch : NULL,
                     .names = options->level == LEVEL_BUREAU ? 1 : 2,
                     .notes = options->level == LEVEL_PROJECT};
    bool done = pass_plan_begin(&bound, plan, text, load) && (!bound.asks || options->askers);
    if (done) {
        stream.askers = bound.asks ? options->askers : NULL;
        cut_begin(&stream.cut, text, bound.form.body);
        size_t threads = crew_size(options->threads, (stream.cut.units + 1) / 2);
        done = stream.cut.units > 0 && stream_bound(&stream, threads, out);
        if (done) levels_remark(plan, LEVEL_PROJECT, rows_without_rate(out->results), diag);
        cut_end(&stream.cut);
    }
    pass_plan_end(&bound);
    return done;
}

void stream_release(Streamed *streamed) {
    results_free(streamed->results);
    dataset_free(streamed->dataset);
    *streamed = (Streamed){0};
}
