#include "app/part.h"

#include "model/export_parts.h"
#include "model/partial.h"

#ifndef PERFEVAL_VERSION
#define PERFEVAL_VERSION "unknown"
#endif

/* The table that the flags ask for. */
static bool find_form(Str format, ExportForm *form) {
    static const char *const names[] = {"csv", "json", "jsonl"};
    for (int i = 0; i < 3; i++) {
        if (!str_is(format, names[i])) continue;
        *form = (ExportForm)i;
        return true;
    }
    return false;
}

static ExportLevel level_of(const Options *options) {
    return options->has_level ? options->level : EXPORT_INDICATOR;
}

bool part_check(const Options *options, Diag *diag) {
    ExportForm form;
    if (!options->partial) {
        if (options->parts) diag_add(diag, MESSAGE_PARTIAL_FLAG, NULL, STR("--partition"));
        return options->parts == 0;
    }
    bool table = find_form(options->format, &form) && (options->has_level || form != EXPORT_JSON);
    if (!table) {
        diag_add(diag, MESSAGE_PARTIAL_FORMAT, NULL, options->format.size ? options->format : STR("text"));
        return false;
    }
    if (options->record.size) {
        diag_add(diag, MESSAGE_PARTIAL_FLAG, NULL, STR("--record"));
        return false;
    }
    if (options->parts || level_of(options) != EXPORT_INDICATOR) return true;
    diag_add_plain(diag, MESSAGE_PARTIAL_ORDER, NULL);
    return false;
}

/* A part has not all rows: what none of its rows has another may have. `merge` says what is true of all. */
static void pass_on(const Diag *found, Diag *diag) {
    for (size_t i = 0; i < diag_count(found); i++) {
        const DiagItem *item = diag_item(found, i);
        if (item->message == MESSAGE_SPECIAL_UNUSED || item->message == MESSAGE_SPECIAL_IDLE ||
            item->message == MESSAGE_POLARITY_MISSED)
            continue;
        diag_add_list(diag, item->message, &item->place, item->arguments, item->argument_count);
        diag_hint_copy(diag, item->hint);
    }
}

bool part_evaluate(Pipeline *pipeline, const Options *options, Arena *arena, const uint32_t **rows,
                   Diag *diag) {
    *rows = NULL;
    if (!partial_can(pipeline->plan, diag)) return false;
    if (options->parts && !pipeline->results) {
        Dataset *mine = partial_rows(pipeline->dataset, options->part, options->parts, arena, rows);
        dataset_free(pipeline->dataset);
        pipeline->dataset = mine;
    }
    Diag *found = diag_new();
    bool good = pipeline_evaluate(pipeline, found);
    pass_on(found, diag);
    diag_free(found);
    return good;
}

/* What makes parts those of one run: all but the data and the part. */
static DigestText run_digest(const Options *options, const Inputs *inputs) {
    Digest digest;
    digest_start(&digest);
    digest_add(&digest, STR("perfeval " PERFEVAL_VERSION));
    for (size_t i = 0; i < options->setting_count; i++) {
        digest_add(&digest, STR("\nset "));
        digest_add(&digest, options->settings[i].name);
        digest_add(&digest, STR("="));
        digest_add(&digest, options->settings[i].value);
    }
    digest_add(&digest, STR("\nat "));
    digest_add(&digest, options->at);
    digest_add(&digest, STR("\nperiod "));
    digest_add(&digest, options->period);
    for (size_t i = 0; i < inputs->count; i++) {
        if (str_is(str_of(inputs->items[i].kind), "data")) continue;
        digest_add(&digest, STR("\n"));
        digest_add(&digest, digest_view(&inputs->items[i].digest));
    }
    return digest_end(&digest);
}

static DigestText data_digest(const Inputs *inputs) {
    Digest digest;
    digest_start(&digest);
    for (size_t i = 0; i < inputs->count; i++)
        if (str_is(str_of(inputs->items[i].kind), "data"))
            digest_add(&digest, digest_view(&inputs->items[i].digest));
    return digest_end(&digest);
}

bool part_write(const Pipeline *pipeline, const Options *options, const Inputs *inputs, const uint32_t *rows,
                Diag *diag) {
    DigestText run = run_digest(options, inputs), data = data_digest(inputs);
    PartialJob job = {.results = pipeline->results,
                      .level = level_of(options),
                      .part = options->part,
                      .parts = options->parts,
                      .rows = rows,
                      .run = digest_view(&run)};
    if (options->parts) job.data = digest_view(&data);
    if (!find_form(options->format, &job.form)) return false;
    if (job.level > EXPORT_DEPARTMENT && !export_ask(job.results, options->threads, diag)) return false;
    Buffer out = {0};
    partial_write(&job, &out);
    bool good = !results_refuse(job.results, diag) && cli_deliver(options, buffer_view(&out), diag);
    buffer_release(&out);
    return good;
}
