#include "app/cmd_params.h"

#include "app/pipeline.h"
#include "model/listing.h"

static bool check_format(const Options *options, Diag *diag) {
    if (!options->format.size || str_is(options->format, "text") || str_is(options->format, "json"))
        return true;
    diag_add(diag, MESSAGE_FLAG_CHOICE, NULL, STR("--format"), options->format, STR("text, json"));
    return false;
}

ExitCode cmd_params(Options *options, Diag *diag) {
    if (!cli_one_rule_file(options, diag) || !check_format(options, diag)) return EXIT_USAGE;
    Pipeline pipeline;
    Buffer out = {0};
    if (pipeline_rules(&pipeline, options->operands[0], options, diag)) {
        if (str_is(options->format, "json"))
            listing_params_json(&out, pipeline.plan);
        else
            listing_params(&out, pipeline.plan,
                           str_of(message_get(TEXT_PARAMS_HEAD).text[options->language]));
        cli_deliver(options, buffer_view(&out), diag);
    }
    buffer_release(&out);
    pipeline_release(&pipeline);
    return diag_exit_code(diag);
}
