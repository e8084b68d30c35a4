#include "app/cmd_audit.h"

#include "app/pipeline.h"
#include "model/audit_write.h"
#include "model/schema.h"

/* Sets the places of the codes in `list` ("a,b" or "all") to `value`. */
static bool mark(const char *flag, Str list, bool value, bool *marks, Diag *diag) {
    Str names[MEANING_CODES];
    for (size_t i = 0; i < MEANING_CODES; i++)
        names[i] = str_of(message_get((MessageId)(MEANING_FIRST + i)).code);
    for (size_t at = 0; at <= list.size;) {
        size_t end = str_find(list, ',', at);
        Str word = str_trim(str_slice(list, at, end));
        bool known = false;
        for (size_t i = 0; i < MEANING_CODES; i++) {
            if (!str_equal(word, names[i]) && !str_is(word, "all")) continue;
            marks[i] = value;
            known = true;
        }
        if (!known) {
            diag_add(diag, MESSAGE_UNKNOWN_FINDING, NULL, str_of(flag), word);
            schema_suggest(diag, word, names, MEANING_CODES);
            return false;
        }
        at = end + 1;
    }
    return true;
}

static bool choose_findings(const Options *options, bool left_out[MEANING_CODES], Diag *diag) {
    bool good = true;
    for (size_t i = 0; i < MEANING_CODES; i++) left_out[i] = options->only_count > 0;
    for (size_t i = 0; i < options->only_count; i++)
        good &= mark("--only", options->only[i], false, left_out, diag);
    for (size_t i = 0; i < options->skip_count; i++)
        good &= mark("--skip", options->skip[i], true, left_out, diag);
    return good;
}

static bool check_format(const Options *options, Diag *diag) {
    if (!options->format.size || str_is(options->format, "text") || str_is(options->format, "json"))
        return true;
    diag_add(diag, MESSAGE_FLAG_CHOICE, NULL, STR("--format"), options->format, STR("text, json"));
    return false;
}

static void write(const Options *options, const Results *results, const Audit *audit,
                  const Findings *findings, Buffer *out) {
    if (str_is(options->format, "json"))
        audit_write_json(results, audit, findings, out);
    else
        audit_write_text(results, audit, findings, options->language, out);
}

/* True when all was compared; then *same says whether all figures match. */
static bool compare(Pipeline *pipeline, const Options *options, const bool *left_out, bool *same,
                    Diag *diag) {
    const Published *published;
    if (!pipeline_load(pipeline, options->operands[0], options, diag) ||
        !pipeline_published(pipeline, options, &published, diag) || !pipeline_evaluate(pipeline, diag))
        return false;
    Audit *audit = audit_new(pipeline->results, published);
    Findings findings;
    meaning_find(pipeline->results, left_out, &findings);
    Buffer out = {0};
    write(options, pipeline->results, audit, &findings, &out);
    *same = audit_mismatches(audit) == 0;
    bool good = !results_refuse(pipeline->results, diag) && cli_deliver(options, buffer_view(&out), diag);
    buffer_release(&out);
    meaning_release(&findings);
    audit_free(audit);
    return good;
}

ExitCode cmd_audit(Options *options, Diag *diag) {
    bool left_out[MEANING_CODES];
    if (!cli_one_rule_file(options, diag) || !check_format(options, diag) ||
        !choose_findings(options, left_out, diag))
        return EXIT_USAGE;
    Pipeline pipeline = {0};
    bool same = true;
    compare(&pipeline, options, left_out, &same, diag);
    pipeline_release(&pipeline);
    ExitCode code = diag_exit_code(diag);
    return code == EXIT_DONE && !same ? EXIT_FINDINGS : code;
}
