#include "app/cmd_template.h"

#include "app/pipeline.h"
#include "io/workbook_write.h"
#include "model/template.h"

static bool write_template(const Pipeline *pipeline, const Options *options, Diag *diag) {
    Arena arena = {0};
    Buffer out = {0};
    Place place = {.file = dataset_file(pipeline->dataset)};
    Workbook workbook = template_make(pipeline->results, &arena);
    ApartUse use = {STR("template"), options->limits.draw_seconds};
    bool good =
        workbook_write(&workbook, use, &place, &out, diag) && cli_deliver(options, buffer_view(&out), diag);
    buffer_release(&out);
    arena_release(&arena);
    return good;
}

ExitCode cmd_template(Options *options, Diag *diag) {
    if (!cli_one_rule_file(options, diag)) return EXIT_USAGE;
    Pipeline pipeline;
    if (pipeline_load(&pipeline, options->operands[0], options, diag) && pipeline_evaluate(&pipeline, diag))
        write_template(&pipeline, options, diag);
    pipeline_release(&pipeline);
    return diag_exit_code(diag);
}
