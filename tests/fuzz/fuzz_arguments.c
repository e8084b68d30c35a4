/* The command line: words, one a line. What is accepted keeps what the commands count on. */
#include "app/cmd_help.h"
#include "fuzz.h"

#include "base/text.h"

#define WORDS 64

/* Texts that options hold lie behind a NUL-terminated word or are empty: all can be looked at. */
static void check_options(const Options *options) {
    const Str texts[] = {options->command,    options->output,  options->format, options->report,
                         options->data,       options->at,      options->period, options->bureau,
                         options->within,     options->project, options->row,    options->why_not,
                         options->department, options->run,     options->junit};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) text_invalid(texts[i]);
    require(options->threads <= CLI_THREADS, "%u threads", options->threads);
    require(options->least <= 100, "%u percent", options->least);
    require(options->language < LANGUAGE_COUNT, "language %d", (int)options->language);
    require(!options->data_count || str_equal(options->data_files[options->data_count - 1], options->data),
            "the last data file is another one");
    for (size_t i = 0; i < options->setting_count; i++)
        require(options->settings[i].name.size > 0, "a setting without a name");
    for (size_t i = 0; i < options->operand_count; i++) text_invalid(options->operands[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char *words[WORDS + 2] = {(char[]){"perfeval"}};
    int count = 1;
    char *copy = calloc(size + 1, 1);
    assert_non_null(copy);
    if (size) memcpy(copy, data, size);
    for (char *at = copy; at < copy + size && count <= WORDS; at += strlen(at) + 1) {
        char *end = strchr(at, '\n');
        if (end) *end = '\0';
        words[count++] = at;
    }
    Diag *diag = diag_new();
    Options options;
    bool good = cli_parse(count, words, commands, command_count, &options, diag);
    require(good == !diag_has_errors(diag), "errors and accepted, or neither");
    if (good) check_options(&options);
    require_plain_messages(diag);
    arena_release(&options.arena);
    diag_free(diag);
    free(copy);
    return 0;
}
