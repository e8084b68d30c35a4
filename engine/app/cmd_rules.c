#include "app/cmd_rules.h"

#include "app/pipeline.h"
#include "model/listing.h"

/* "rules/2020.lua <- rules/2019.lua": each file and the one that it builds on. */
static void add_chain(Buffer *out, const RuleFile *rules) {
    for (size_t i = 0; rules_file(rules, i).size; i++) {
        if (i > 0) buffer_add(out, STR(" <- "));
        buffer_add(out, rules_file(rules, i));
    }
    buffer_add(out, STR("\n\n"));
}

ExitCode cmd_rules(Options *options, Diag *diag) {
    if (!cli_one_rule_file(options, diag)) return EXIT_USAGE;
    Pipeline pipeline;
    Buffer out = {0};
    if (pipeline_rules(&pipeline, options->operands[0], options, diag)) {
        Str own = options->effective ? (Str){"", 0} : pipeline.plan->file;
        add_chain(&out, pipeline.rules);
        listing_rules(&out, rules_tree(pipeline.rules), pipeline.plan, own);
        cli_deliver(options, buffer_view(&out), diag);
    }
    buffer_release(&out);
    pipeline_release(&pipeline);
    return diag_exit_code(diag);
}
