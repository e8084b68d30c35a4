#include "app/cmd_check.h"

#include "app/inventory.h"
#include "model/alike.h"
#include "model/remarks.h"

/* What was found wrong goes to standard error, what the rules read to standard output. */
static void list_files(const Pipeline *pipeline, const Options *options, Diag *diag) {
    Buffer out = {0};
    inventory_add(&out, pipeline, options, diag);
    cli_put(buffer_view(&out), diag);
    buffer_release(&out);
}

static void check_rules(Str path, const Options *options, Diag *diag) {
    Pipeline pipeline;
    if (pipeline_load(&pipeline, path, options, diag)) {
        plan_note_unused(pipeline.plan, diag);
        rules_note(pipeline.rules, pipeline.plan, diag);
        remarks_plan(pipeline.plan, diag);
        if (evaluate_check(pipeline.plan, pipeline.dataset, diag) && pipeline_evaluate(&pipeline, diag))
            remarks_results(pipeline.results, diag);
        alike_note(pipeline.dataset, diag);
        pipeline_narrative(&pipeline, diag);
    }
    if (pipeline.rules) list_files(&pipeline, options, diag);
    pipeline_release(&pipeline);
}

static void check_data(Str path, const Options *options, Diag *diag) {
    Dataset *dataset = pipeline_data(path, options, diag);
    if (dataset) alike_note(dataset, diag);
    dataset_free(dataset);
}

static void add_count(Buffer *out, size_t count, const char *what, Language language) {
    Arena texts = {0};
    const Message text = message_get(count == 1 ? TEXT_COUNT_ONE : TEXT_COUNT_MANY);
    message_fill(out, text.text[language], (const Str[]){arena_format(&texts, "%zu", count), str_of(what)}, 2,
                 language);
    arena_release(&texts);
}

/* "2 errors, 1 warning", as far as there are any. */
static void add_counts(Buffer *out, const Diag *diag, Language language) {
    for (int severity = SEVERITY_ERROR; severity <= SEVERITY_NOTE; severity++) {
        size_t count = diag_total(diag, (Severity)severity);
        if (!count) continue;
        if (out->size) buffer_add(out, STR(", "));
        add_count(out, count, message_severity((Severity)severity, language), language);
    }
}

/* The last line of a check: what was found in how many files. */
static void summarise(const Options *options, const Diag *diag) {
    Language language = options->language;
    Buffer counts = {0}, files = {0}, out = {0};
    add_counts(&counts, diag, language);
    add_count(&files, options->operand_count, message_get(TEXT_FILE).text[language], language);
    MessageId text = counts.size ? TEXT_CHECK_SUMMARY : TEXT_CHECK_OK;
    Str with_counts[] = {buffer_view(&counts), buffer_view(&files)};
    Str without[] = {buffer_view(&files)};
    message_fill(&out, message_get(text).text[language], counts.size ? with_counts : without,
                 counts.size ? 2 : 1, language);
    cli_complain(buffer_view(&out));
    buffer_release(&counts);
    buffer_release(&files);
    buffer_release(&out);
}

ExitCode cmd_check(Options *options, Diag *diag) {
    if (options->operand_count == 0) {
        diag_add(diag, MESSAGE_MISSING_OPERAND, NULL, message_words(TEXT_OPERAND_CHECK));
        return EXIT_USAGE;
    }
    for (size_t i = 0; i < options->operand_count; i++) {
        if (str_ends(options->operands[i], STR(".lua")))
            check_rules(options->operands[i], options, diag);
        else
            check_data(options->operands[i], options, diag);
    }
    cli_print(diag, options->language);
    summarise(options, diag);
    ExitCode code = diag_exit_code(diag);
    diag_clear(diag);
    return code;
}
