#include "app/cmd_run.h"

#include "app/pipeline.h"
#include "app/stats.h"
#include "lua/report.h"
#include "model/export.h"

static void write_indicators(const Results *results, Buffer *out) {
    export_level(results, EXPORT_INDICATOR, EXPORT_JSONL, out);
}

/* Formats that are the results themselves; every other name is a script of scripts/formats/. */
typedef struct Native {
    const char *name;
    ExportForm form; /* of --level */
    void (*write)(const Results *results, Buffer *out);
} Native;

static const Native natives[] = {
    {"csv", EXPORT_CSV, export_csv},
    {"json", EXPORT_JSON, export_json},
    {"jsonl", EXPORT_JSONL, write_indicators},
};

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

static bool render(Pipeline *pipeline, const Options *options, Buffer *out, Diag *diag) {
    const Native *native = find_native(options->format);
    if (native && options->has_level)
        export_level(pipeline->results, options->level, native->form, out);
    else if (native)
        native->write(pipeline->results, out);
    if (native) return !results_refuse(pipeline->results, diag);
    if (!pipeline_narrative(pipeline, diag)) return false;
    ReportJob job = {.results = pipeline->results,
                     .narrative = pipeline->narrative,
                     .folders = &pipeline->folders,
                     .report = options->report.size ? options->report : pipeline->plan->report,
                     .format = format_of(options)};
    return report_render(&job, out, diag);
}

static bool run(Pipeline *pipeline, const Options *options, Buffer *out, Stats *stats, Diag *diag) {
    if (!pipeline_load(pipeline, options->operands[0], options, diag)) return false;
    stats_end(stats, PHASE_LOAD);
    if (!pipeline_evaluate(pipeline, diag)) return false;
    stats_end(stats, PHASE_EVALUATE);
    if (!render(pipeline, options, out, diag) || !cli_deliver(options, buffer_view(out), diag)) return false;
    stats_end(stats, PHASE_WRITE);
    return true;
}

ExitCode cmd_run(Options *options, Diag *diag) {
    if (!cli_one_rule_file(options, diag) || !check_level(options, diag)) return EXIT_USAGE;
    cpu_limit(options->cpu);
    Pipeline pipeline;
    Buffer out = {0};
    Stats stats;
    stats_start(&stats);
    bool done = run(&pipeline, options, &out, &stats, diag);
    if (done && options->stats) stats_print(&stats, pipeline.results, options->language);
    buffer_release(&out);
    pipeline_release(&pipeline);
    return diag_exit_code(diag);
}
