#include "app/cmd_run.h"

#include "app/pipeline.h"
#include "app/progress.h"
#include "lua/report.h"
#include "model/export_parts.h"

/* Formats that are the results themselves; every other name is a script of scripts/formats/. */
typedef struct Native {
    const char *name;
    ExportForm form;
} Native;

static const Native natives[] = {{"csv", EXPORT_CSV}, {"json", EXPORT_JSON}, {"jsonl", EXPORT_JSONL}};

static const Native *find_native(Str format) {
    for (size_t i = 0; i < sizeof natives / sizeof *natives; i++) {
        if (str_is(format, natives[i].name)) return &natives[i];
    }
    return NULL;
}

static Str format_of(const Options *options) { return options->format.size ? options->format : STR("text"); }

static bool check_level(const Options *options, Diag *diag) {
    if (!options->has_level || find_native(options->format)) return true;
    diag_add(diag, MESSAGE_LEVEL_FORMAT, NULL, format_of(options));
    return false;
}

/* A run that is under way. */
typedef struct Run {
    Pipeline pipeline;
    const Options *options;
    Stats stats;
    Progress progress;
    FileWriter *writer;
} Run;

static void loading(void *context, size_t done, size_t all) { progress_step(context, PHASE_LOAD, done, all); }

static bool take(void *context, Str bytes, size_t done, size_t all) {
    Run *run = context;
    progress_step(&run->progress, PHASE_WRITE, done, all);
    return file_writer_add(run->writer, bytes);
}

/* The results themselves, written while they are made. */
static bool write_native(Run *run, const Native *native, Diag *diag) {
    const Options *options = run->options;
    ExportJob job = {.results = run->pipeline.results,
                     .form = native->form,
                     .has_level = options->has_level,
                     .level = options->level,
                     .threads = options->threads,
                     .context = run,
                     .take = take};
    run->writer = cli_writer(options, diag);
    if (!run->writer) return false;
    bool made = export_run(&job, diag);
    progress_erase(&run->progress);
    return file_writer_close(run->writer, made, diag) && made;
}

static bool write_report(Run *run, Diag *diag) {
    Pipeline *pipeline = &run->pipeline;
    const Options *options = run->options;
    if (!pipeline_narrative(pipeline, diag)) return false;
    ReportJob job = {.results = pipeline->results,
                     .narrative = pipeline->narrative,
                     .folders = &pipeline->folders,
                     .limits = &options->limits,
                     .report = options->report.size ? options->report : pipeline->plan->report,
                     .format = format_of(options)};
    Buffer out = {0};
    bool good = report_render(&job, &out, diag) && cli_deliver(options, buffer_view(&out), diag);
    buffer_release(&out);
    return good;
}

static bool run_phases(Run *run, Diag *diag) {
    const Options *options = run->options;
    const Native *native = find_native(options->format);
    if (!pipeline_load(&run->pipeline, options->operands[0], options, diag)) return false;
    stats_end(&run->stats, PHASE_LOAD);
    progress_step(&run->progress, PHASE_EVALUATE, 0, 0);
    if (!pipeline_evaluate(&run->pipeline, diag)) return false;
    stats_end(&run->stats, PHASE_EVALUATE);
    progress_step(&run->progress, PHASE_WRITE, 0, 0);
    if (!(native ? write_native(run, native, diag) : write_report(run, diag))) return false;
    stats_end(&run->stats, PHASE_WRITE);
    return true;
}

ExitCode cmd_run(Options *options, Diag *diag) {
    if (!cli_one_rule_file(options, diag) || !check_level(options, diag)) return EXIT_USAGE;
    cpu_limit(options->cpu);
    Run run = {.options = options};
    stats_start(&run.stats);
    progress_start(&run.progress, options->language);
    CrewWatch watch = {loading, &run.progress};
    options->watch = &watch;
    bool done = run_phases(&run, diag);
    progress_erase(&run.progress);
    options->watch = NULL;
    if (done && options->stats) stats_print(&run.stats, run.pipeline.results, options->language);
    pipeline_release(&run.pipeline);
    return diag_exit_code(diag);
}
