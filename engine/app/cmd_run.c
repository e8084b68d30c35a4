#include "app/cmd_run.h"

#include "app/part.h"
#include "app/record.h"
#include "base/memory.h"

/* A run that is under way. */
typedef struct Run {
    Pipeline pipeline;
    const Options *options;
    Stats stats;
    Progress progress;
    Inputs inputs;
    Arena arena;
} Run;

static void loading(void *context, size_t done, size_t all) { progress_step(context, PHASE_LOAD, done, all); }

static bool keep_record(Run *run, const Output *output, Diag *diag) {
    const Options *options = run->options;
    RecordOutput made = {options, *output};
    RecordJob job = {.pipeline = &run->pipeline,
                     .options = options,
                     .inputs = &run->inputs,
                     .outputs = &made,
                     .output_count = 1};
    return record_keep(&job, options->record, (Str){"", 0}, diag);
}

static bool run_part(Run *run, Diag *diag) {
    const uint32_t *rows;
    if (!part_evaluate(&run->pipeline, run->options, &run->arena, &rows, diag)) return false;
    stats_end(&run->stats, PHASE_EVALUATE);
    progress_erase(&run->progress);
    if (!part_write(&run->pipeline, run->options, &run->inputs, rows, diag)) return false;
    stats_end(&run->stats, PHASE_WRITE);
    return true;
}

static bool run_phases(Run *run, Diag *diag) {
    const Options *options = run->options;
    Output output = {0};
    if (!pipeline_load(&run->pipeline, options->operands[0], options, diag)) return false;
    stats_end(&run->stats, PHASE_LOAD);
    progress_step(&run->progress, PHASE_EVALUATE, 0, 0);
    if (options->partial) return run_part(run, diag);
    output_note_names(&run->pipeline, options, diag);
    if (output_is_table(options) && !options->record.size) run->pipeline.keep = EVALUATE_KEEP_PROJECTS;
    if (!pipeline_evaluate(&run->pipeline, diag)) return false;
    stats_end(&run->stats, PHASE_EVALUATE);
    progress_step(&run->progress, PHASE_WRITE, 0, 0);
    bool record = options->record.size > 0;
    if (!output_write(&run->pipeline, options, &run->progress, record ? &output : NULL, diag)) return false;
    if (record && !keep_record(run, &output, diag)) return false;
    report_end(run->pipeline.early);
    run->pipeline.early = NULL;
    stats_end(&run->stats, PHASE_WRITE);
    return true;
}

/* The program ends behind this: its memory goes back at once, not block by block, unless somebody counts the
 * blocks. */
static void leave(Run *run) {
    if (!MEMORY_POOL_PLAIN) {
        pipeline_end(&run->pipeline);
        return;
    }
    pipeline_release(&run->pipeline);
    inputs_release(&run->inputs);
    arena_release(&run->arena);
}

ExitCode cmd_run(Options *options, Diag *diag) {
    if (!cli_one_rule_file(options, diag) || !output_check(options, diag) || !part_check(options, diag))
        return EXIT_USAGE;
    cpu_limit(options->cpu);
    Run run = {.options = options};
    stats_start(&run.stats);
    progress_start(&run.progress, options->language);
    CrewWatch watch = {loading, &run.progress};
    options->watch = &watch;
    bool record = options->record.size || options->partial;
    options->inputs = record ? &run.inputs : NULL; /* cppcheck-suppress autoVariables ; until the run ends */
    /* a format may want cells of the file */
    options->keep_data = options->record.size || options->parts || !output_is_native(output_format(options));
    options->early = !record && !options->has_level && !output_is_native(output_format(options));
    bool done = run_phases(&run, diag);
    progress_erase(&run.progress);
    options->watch = NULL;
    options->inputs = NULL;
    if (done && options->stats)
        stats_print(&run.stats, run.pipeline.results, run.pipeline.rules, options->language);
    leave(&run);
    return diag_exit_code(diag);
}
