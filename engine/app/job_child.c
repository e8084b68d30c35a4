#include "app/job_child.h"

#include "app/arguments.h"
#include "base/wire.h"

#include <stdlib.h>
#include <unistd.h>

#ifndef PERFEVAL_VERSION
#define PERFEVAL_VERSION "unknown"
#endif

static Str folder_of(const JobRun *run, Arena *arena) {
    return arena_format(arena, "%.*s/%.*s", STR_FMT(run->job->name), STR_FMT(run->id));
}

/* The newest record of a run; NULL when there is none that is whole. */
static const Tree *last_record(const Jobs *jobs, const JobRun *run, Arena *arena) {
    Diag *unheard = diag_new(); /* a record that cannot be read is as good as none: the run is done again */
    const Tree *record = NULL;
    Str bytes, path = record_newest(arena, path_join(arena, jobs->records, folder_of(run, arena)));
    if (path.size && file_read_text(path, 2 * RECORD_ROWS, arena, &bytes, unheard))
        record = record_read(path, bytes, arena, unheard);
    diag_free(unheard);
    return record;
}

static bool has_digest(Str path, Str digest) {
    Diag *unheard = diag_new();
    File file = {0};
    bool same = false;
    if (path.size && file_exists(path) && file_read(path, &file, unheard)) {
        DigestText own = digest_of(file.bytes);
        same = str_equal(digest_view(&own), digest);
        file_release(&file);
    }
    diag_free(unheard);
    return same;
}

/* A script that was found elsewhere may stand in the project now, and would be taken. */
static bool is_hidden(const Folders *folders, const Tree *entry, Arena *arena) {
    Str path = record_text(entry, "path"), marker = STR("scripts/"), name = {"", 0};
    if (!str_is(record_text(entry, "kind"), "script")) return false;
    for (size_t i = 0; i + marker.size <= path.size; i++)
        if (str_starts(str_slice(path, i, path.size), marker)) name = str_slice(path, i, path.size);
    Str own = path_join(arena, folders->project, name);
    return !str_equal(own, path) && file_exists(own);
}

/* What the history, record or file of last year holds now for these options. */
static bool same_last_year(const Options *options, Str digest) {
    Diag *unheard = diag_new();
    LastYear last = {0};
    Buffer kept = {0};
    bool same = options->last_year_from.size && options->read_last_year(options, &last, unheard);
    if (same) last_year_write(&last, &kept);
    DigestText own = digest_of(buffer_view(&kept));
    same = same && str_equal(digest_view(&own), digest);
    buffer_release(&kept);
    last_year_release(&last);
    diag_free(unheard);
    return same;
}

static bool same_input(const Tree *entry, const Options *options) {
    Str digest = record_text(entry, "digest");
    if (str_is(record_text(entry, "kind"), "last_year")) return same_last_year(options, digest);
    return has_digest(record_text(entry, "path"), digest);
}

static bool same_inputs(const Tree *record, const JobRun *run, const Options *options, Arena *arena) {
    const Tree *list = tree_get(record, "inputs");
    Folders folders = folder_for_rules(arena, run->rules, STR(""));
    if (!list || list->kind != TREE_TABLE) return false;
    for (size_t i = 0; i < list->positional; i++) {
        const Tree *entry = list->items[i].value;
        if (!same_input(entry, options)) return false;
        if (is_hidden(&folders, entry, arena)) return false;
    }
    return true;
}

static bool same_outputs(const Tree *record, const JobRun *run) {
    const Tree *list = tree_get(record, "outputs");
    if (!list || list->kind != TREE_TABLE || list->positional != run->job->output_count) return false;
    for (size_t i = 0; i < list->positional; i++) {
        const Tree *entry = list->items[i].value;
        const JobOutput *output = &run->outputs[i];
        Str level = output->has_level ? str_of(export_level_name(output->level)) : (Str){"", 0};
        bool report = !output->report.size || str_equal(record_text(entry, "report"), output->report);
        bool same = report && str_equal(record_text(entry, "path"), output->path) &&
                    str_equal(record_text(entry, "format"), output->format) &&
                    str_equal(record_text(entry, "level"), level);
        if (!same || !has_digest(output->path, record_text(entry, "digest"))) return false;
    }
    return true;
}

/* What a run is asked for; `options` keeps what it points to in `arena`. */
static void set_run(const JobRun *run, const Options *given, Arena *arena, Options *options) {
    const Job *job = run->job;
    *options = (Options){.cpu = given->cpu,
                         .threads = 1,
                         .language = given->language,
                         .limits = given->limits,
                         .input_limits = given->input_limits,
                         .formulas = given->formulas,
                         .outside = given->outside,
                         .no_translate = given->no_translate,
                         .read_last_year = given->read_last_year};
    options->operands = arena_new(arena, 1, sizeof *options->operands);
    options->operands[0] = run->rules;
    options->operand_count = 1;
    options->data = run->data;
    options->at = job->at;
    options->period = run->period;
    options->sheet = job->sheet;
    options->query = job->query;
    options->departments = run->departments;
    encoding_find(job->encoding, &options->encoding);
    options->last_year_from = run->last_year;
    options->last_year_run = run->last_year_run;
    options->settings = job->settings;
    options->setting_count = job->setting_count;
    options->keep_data = true;
    jobs_set_limits(job, options);
}

static bool is_current(const Tree *record, const JobRun *run, const Options *options, Arena *arena) {
    return record && str_is(record_text(record, "engine"), "perfeval " PERFEVAL_VERSION) &&
           str_equal(record_text(record, "rules"), run->rules) &&
           str_equal(record_text(record, "data"), run->data) && arguments_same(record, options) &&
           same_inputs(record, run, options, arena) && same_outputs(record, run);
}

bool job_is_current(const Jobs *jobs, const JobRun *run, const Options *given, Arena *arena) {
    Options options;
    set_run(run, given, arena, &options);
    return is_current(last_record(jobs, run, arena), run, &options, arena);
}

/* ---- the work */

typedef struct Work {
    const Jobs *jobs;
    const JobRun *run;
    Options options; /* of the run */
    Options *each;   /* of each output */
    RecordOutput *made;
    Pipeline pipeline;
    Inputs inputs;
    DigestText results;
    Arena arena;
    Diag *diag;
} Work;

static void set_options(Work *work, const Options *given) {
    const JobRun *run = work->run;
    Options *options = &work->options;
    set_run(run, given, &work->arena, options);
    options->inputs = &work->inputs;
    work->each = arena_new(&work->arena, run->job->output_count + 1, sizeof *work->each);
    work->made = arena_new(&work->arena, run->job->output_count + 1, sizeof *work->made);
    for (size_t i = 0; i < run->job->output_count; i++) {
        const JobOutput *output = &run->outputs[i];
        Options *each = &work->each[i];
        *each = *options;
        each->output = output->path;
        each->format = output->format;
        each->report = output->report;
        each->has_level = output->has_level;
        each->level = output->level;
        work->made[i].options = each;
    }
}

/* Once, if any of the outputs is a document. */
static void note_names(Work *work) {
    for (size_t i = 0; i < work->run->job->output_count; i++) {
        if (output_is_native(output_format(&work->each[i]))) continue;
        output_note_names(&work->pipeline, &work->each[i], work->diag);
        return;
    }
}

/* All outputs are made before the first is written: a report that fails leaves the old ones as they are. */
static bool write_outputs(Work *work) {
    size_t count = work->run->job->output_count;
    Buffer *bytes = arena_new(&work->arena, count + 1, sizeof *bytes);
    Progress progress = {0};
    uint64_t documents = 0;
    bool good = true;
    for (size_t i = 0; i < count && good; i++) {
        work->made[i].made.keep = &bytes[i];
        work->made[i].made.before = documents;
        good = output_check(&work->each[i], work->diag) &&
               output_write(&work->pipeline, &work->each[i], &progress, &work->made[i].made, work->diag);
        if (!output_is_native(output_format(&work->each[i]))) documents += bytes[i].size;
    }
    for (size_t i = 0; i < count && good; i++)
        good = file_make_folders(path_folder(&work->arena, work->each[i].output), work->diag) &&
               file_write(work->each[i].output, buffer_view(&bytes[i]), work->diag);
    for (size_t i = 0; i < count; i++) buffer_release(&bytes[i]);
    return good;
}

static bool do_work(Work *work) {
    const JobRun *run = work->run;
    RecordJob job = {.pipeline = &work->pipeline,
                     .options = &work->options,
                     .inputs = &work->inputs,
                     .outputs = work->made,
                     .output_count = run->job->output_count,
                     .name = run->job->name,
                     .results = &work->results};
    if (!pipeline_load(&work->pipeline, run->rules, &work->options, work->diag)) return false;
    note_names(work);
    return pipeline_evaluate(&work->pipeline, work->diag) && write_outputs(work) &&
           record_keep(&job, work->jobs->records, folder_of(run, &work->arena), work->diag);
}

static void add_counts(const Results *results, Buffer *out) {
    const Verdicts *verdicts = &results_plan(results)->verdicts[LEVEL_PROJECT];
    for (size_t i = 0; i < verdicts->count; i++) {
        if (i > 0) buffer_add(out, STR(", "));
        buffer_addf(out, "%.*s %zu", STR_FMT(verdicts->bands[i].key), results_total(results)->band[i]);
    }
}

static void add_messages(const Work *work, Buffer *out) {
    for (size_t i = 0; i < diag_count(work->diag); i++)
        diag_render(out, diag_item(work->diag, i), work->options.language);
}

/* A number of the counts of a record, as text. */
static void add_recorded(const Tree *number, Buffer *out) {
    if (number && number->kind == TREE_NUMBER) decimal_write(out, &number->number);
}

/* The same from a record; answers the number of projects. */
static uint32_t recorded_counts(const Tree *record, Buffer *out) {
    const Tree *counts = tree_get(record, "counts");
    const Tree *verdicts = counts && counts->kind == TREE_TABLE ? tree_get(counts, "verdicts") : NULL;
    if (!verdicts || verdicts->kind != TREE_TABLE) return 0;
    for (size_t i = 0; i < verdicts->count; i++) {
        if (i > 0) buffer_add(out, STR(", "));
        buffer_add(out, verdicts->items[i].name);
        buffer_add_char(out, ' ');
        add_recorded(verdicts->items[i].value, out);
    }
    Buffer projects = {0};
    add_recorded(tree_get(counts, "projects"), &projects);
    uint32_t number = (uint32_t)strtoul(buffer_text(&projects), NULL, 10);
    buffer_release(&projects);
    return number;
}

/* `record`: of a run that is current; else NULL. False when it could not be said. */
static bool answer(const Work *work, const Tree *record, bool changed, int descriptor) {
    Buffer out = {0}, counts = {0}, messages = {0};
    const Results *results = work->pipeline.results;
    uint32_t projects = results ? (uint32_t)results_total(results)->total : 0;
    if (results) add_counts(results, &counts);
    if (record) projects = recorded_counts(record, &counts);
    add_messages(work, &messages);
    wire_add_u32(&out, (uint32_t)diag_exit_code(work->diag));
    wire_add_u32(&out, record != NULL);
    wire_add_u32(&out, changed);
    wire_add_u32(&out, projects);
    wire_add_text(&out, buffer_view(&counts));
    wire_add_text(&out, buffer_view(&messages));
    bool said = file_write_descriptor(descriptor, STR("pipe"), buffer_view(&out), work->diag);
    buffer_release(&out);
    buffer_release(&counts);
    buffer_release(&messages);
    return said;
}

bool job_answer(Str bytes, JobAnswer *out) {
    WireReader reader = {.bytes = bytes};
    out->code = (ExitCode)wire_u32(&reader);
    out->current = wire_u32(&reader) != 0;
    out->changed = wire_u32(&reader) != 0;
    out->projects = wire_u32(&reader);
    out->counts = wire_text(&reader);
    out->messages = wire_text(&reader);
    return wire_done(&reader);
}

_Noreturn void job_child(const Jobs *jobs, const JobRun *run, const Options *options, int descriptor) {
    Work work = {.jobs = jobs, .run = run, .diag = diag_new()};
    set_options(&work, options);
    const Tree *record = last_record(jobs, run, &work.arena);
    bool current = !options->force && is_current(record, run, &work.options, &work.arena);
    bool done = current || do_work(&work);
    Str before = record ? record_text(tree_get(record, "results"), "digest") : (Str){"", 0};
    bool changed = done && !current && !str_equal(before, digest_view(&work.results));
    bool said = answer(&work, current ? record : NULL, changed, descriptor);
    pipeline_release(&work.pipeline);
    inputs_release(&work.inputs);
    arena_release(&work.arena);
    diag_free(work.diag);
    _exit(said ? EXIT_DONE : EXIT_IO);
}
