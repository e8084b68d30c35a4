#include "app/cmd_stubs.h"

#include "app/pipeline.h"
#include "lua/stubs.h"

ExitCode cmd_stubs(Options *options, Diag *diag) {
    bool with_rules = options->operand_count > 0;
    if (with_rules && !cli_one_rule_file(options, diag)) return EXIT_USAGE;
    Pipeline pipeline = {0};
    Buffer out = {0};
    if (!with_rules || pipeline_load(&pipeline, options->operands[0], options, diag)) {
        stubs_write(&out, pipeline.plan, pipeline.dataset);
        cli_deliver(options, buffer_view(&out), diag);
    }
    buffer_release(&out);
    pipeline_release(&pipeline);
    return diag_exit_code(diag);
}
