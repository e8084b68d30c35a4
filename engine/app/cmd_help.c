#include "app/cmd_help.h"

#include "app/cmd_audit.h"
#include "app/cmd_batch.h"
#include "app/cmd_check.h"
#include "app/cmd_compare.h"
#include "app/cmd_doctor.h"
#include "app/cmd_explain.h"
#include "app/cmd_history.h"
#include "app/cmd_infer.h"
#include "app/cmd_lock.h"
#include "app/cmd_margin.h"
#include "app/cmd_merge.h"
#include "app/cmd_mutate.h"
#include "app/cmd_new.h"
#include "app/cmd_notice.h"
#include "app/cmd_params.h"
#include "app/cmd_replay.h"
#include "app/cmd_rules.h"
#include "app/cmd_run.h"
#include "app/cmd_stubs.h"
#include "app/cmd_sweep.h"
#include "app/cmd_template.h"
#include "app/cmd_test.h"
#include "app/flags.h"
#include "model/schema.h"

#include <string.h>

const Command commands[] = {
    {"run", TEXT_USAGE_RUN, "gofrdisapltuckZzYh", cmd_run},
    {"check", TEXT_USAGE_CHECK, "disapZh", cmd_check},
    {"params", TEXT_USAGE_PARAMS, "ofsaZ", cmd_params},
    {"rules", TEXT_USAGE_RULES, "osaeZ", cmd_rules},
    {"explain", TEXT_USAGE_EXPLAIN, "ofdisapNbDZh", cmd_explain},
    {"audit", TEXT_USAGE_AUDIT, "ofdisapPKOZh", cmd_audit},
    {"infer", TEXT_USAGE_INFER, "oifP", cmd_infer},
    {"sweep", TEXT_USAGE_SWEEP, "mofdisapZh", cmd_sweep},
    {"compare", TEXT_USAGE_COMPARE, "ofdisapxZ", cmd_compare},
    {"margin", TEXT_USAGE_MARGIN, "gofdisapbDwZh", cmd_margin},
    {"stubs", TEXT_USAGE_STUBS, "odsaZ", cmd_stubs},
    {"template", TEXT_USAGE_TEMPLATE, "odisapZ", cmd_template},
    {"new", TEXT_USAGE_NEW, "", cmd_new},
    {"test", TEXT_USAGE_TEST, "oRJTUCMBZ", cmd_test},
    {"mutate", TEXT_USAGE_MUTATE, "oLZ", cmd_mutate},
    {"batch", TEXT_USAGE_BATCH, "ofjyZ", cmd_batch},
    {"notice", TEXT_USAGE_NOTICE, "ofyZ", cmd_notice},
    {"replay", TEXT_USAGE_REPLAY, "goditqZh", cmd_replay},
    {"lock", TEXT_USAGE_LOCK, "gofrdisapltZh", cmd_lock},
    {"history", TEXT_USAGE_HISTORY, "ofS", cmd_history},
    {"merge", TEXT_USAGE_MERGE, "o", cmd_merge},
    {"doctor", TEXT_USAGE_DOCTOR, "", cmd_doctor},
    {"help", TEXT_USAGE_HELP, "", cmd_help},
};
const size_t command_count = sizeof commands / sizeof *commands;

void help_command(const Command *command, Language language, Diag *diag) {
    cli_say(command->usage, language, diag);
    if (strchr(command->flags, SCREEN_FLAGS)) cli_say(TEXT_USAGE_SCREEN, language, diag);
    Buffer out = {0};
    if (strchr(command->flags, 'h'))
        buffer_add(&out, str_of(message_get(TEXT_LAST_YEAR_FLAGS).text[language]));
    if (strchr(command->flags, 'g')) buffer_add(&out, str_of(message_get(TEXT_CSV_FORMULAS).text[language]));
    if (strchr(command->flags, 'g'))
        buffer_add(&out, str_of(message_get(TEXT_OUTPUT_ENCODING).text[language]));
    if (strchr(command->flags, LIMIT_FLAGS)) flags_add_limits(&out, LIMIT_FLAGS, TEXT_LIMIT_TITLE, language);
    if (strchr(command->flags, LIMIT_FLAGS)) {
        buffer_add(&out, str_of(message_get(TEXT_LIMIT_OUTSIDE).text[language]));
        buffer_add(&out, str_of(message_get(TEXT_NO_TRANSLATE).text[language]));
    }
    if (strchr(command->flags, INPUT_FLAGS)) flags_add_limits(&out, INPUT_FLAGS, TEXT_INPUT_TITLE, language);
    cli_put(buffer_view(&out), diag);
    buffer_release(&out);
}

static void list_codes(Language language, Diag *diag) {
    Buffer out = {0};
    buffer_add(&out, str_of(message_get(TEXT_HELP_CODES).text[language]));
    for (int id = 0; id < MESSAGE_COUNT; id++) {
        const Message message = message_get((MessageId)id);
        if (message.code)
            buffer_addf(&out, "  %-20s %s\n", message.code, message_severity(message.severity, language));
    }
    cli_put(buffer_view(&out), diag);
    buffer_release(&out);
}

static void explain_code(MessageId id, Language language, Diag *diag) {
    const Message message = message_get(id);
    Buffer out = {0};
    buffer_addf(&out, "%s[%s]", message_severity(message.severity, language), message.code);
    if (message.severity == SEVERITY_ERROR) buffer_addf(&out, " · exit %d", (int)message.exit_code);
    buffer_add(&out, STR("\n  "));
    static const Str any[] = {{"…", 3}, {"…", 3}, {"…", 3}, {"…", 3}}; /* what differs from case to case */
    message_fill(&out, message.text[language], any, DIAG_ARGUMENTS, language);
    buffer_addf(&out, "\n\n%s\n", message.help[language]);
    cli_put(buffer_view(&out), diag);
    buffer_release(&out);
}

static ExitCode unknown_topic(Str topic, Diag *diag) {
    Str words[MESSAGE_COUNT];
    size_t count = 0;
    for (int id = 0; id < MESSAGE_COUNT; id++) {
        const Message message = message_get((MessageId)id);
        if (message.code) words[count++] = str_of(message.code);
    }
    diag_add(diag, MESSAGE_UNKNOWN_TOPIC, NULL, topic);
    schema_suggest(diag, topic, words, count);
    return EXIT_USAGE;
}

ExitCode cmd_help(Options *options, Diag *diag) {
    Str topic = options->operand_count ? options->operands[0] : (Str){"", 0};
    MessageId id = TEXT_USAGE;
    for (size_t i = 0; i < command_count; i++) {
        if (!str_is(topic, commands[i].name)) continue;
        help_command(&commands[i], options->language, diag);
        return diag_exit_code(diag);
    }
    if (str_is(topic, "exit")) id = TEXT_HELP_EXIT;
    if (!topic.size || id != TEXT_USAGE)
        cli_say(id, options->language, diag);
    else if (str_is(topic, "codes"))
        list_codes(options->language, diag);
    else if (message_find(topic, &id))
        explain_code(id, options->language, diag);
    else
        return unknown_topic(topic, diag);
    return diag_exit_code(diag);
}
