#include "app/cmd_run.h"

#include "app/pipeline.h"
#include "lua/report.h"
#include "model/export.h"

/* Formats that are the results themselves; every other name is a script of scripts/formats/. */
static const struct {
    const char *name;
    void (*write)(const Results *results, Buffer *out);
} native[] = {{"csv", export_csv}, {"json", export_json}};

static bool render(Pipeline *pipeline, const Options *options, Buffer *out, Diag *diag) {
    for (size_t i = 0; i < sizeof native / sizeof *native; i++) {
        if (!str_is(options->format, native[i].name)) continue;
        native[i].write(pipeline->results, out);
        return !results_refuse(pipeline->results, diag);
    }
    if (!pipeline_narrative(pipeline, diag)) return false;
    ReportJob job = {.results = pipeline->results,
                     .narrative = pipeline->narrative,
                     .folders = &pipeline->folders,
                     .report = options->report.size ? options->report : pipeline->plan->report,
                     .format = options->format.size ? options->format : STR("text")};
    return report_render(&job, out, diag);
}

ExitCode cmd_run(Options *options, Diag *diag) {
    if (!cli_one_rule_file(options, diag)) return EXIT_USAGE;
    Pipeline pipeline;
    Buffer out = {0};
    bool good = pipeline_load(&pipeline, options->operands[0], options, diag) &&
                pipeline_evaluate(&pipeline, diag) && render(&pipeline, options, &out, diag);
    if (good) cli_deliver(options, buffer_view(&out), diag);
    buffer_release(&out);
    pipeline_release(&pipeline);
    return diag_exit_code(diag);
}
