#include "model/partial.h"

#include "base/digest.h"
#include "io/csv.h"
#include "io/json.h"
#include "model/subset.h"

#include <inttypes.h>

static unsigned read_number(Str text) {
    uint64_t number = 0;
    if (!text.size) return 0;
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') return 0;
        number = number * 10 + (uint64_t)(text.data[i] - '0');
        if (number > PARTIAL_MOST) return 0;
    }
    return (unsigned)number;
}

bool partial_parse(Str text, unsigned *part, unsigned *parts) {
    size_t slash = str_find(text, '/', 0);
    *part = read_number(str_slice(text, 0, slash));
    *parts = read_number(str_slice(text, slash + 1, text.size));
    return *part > 0 && *part <= *parts;
}

/* ---- which rows */

static uint64_t hash_name(uint64_t hash, Str name) {
    for (size_t i = 0; i < name.size; i++) hash = (hash ^ (unsigned char)name.data[i]) * 0x100000001b3u;
    return hash * 0x100000001b3u; /* a 0 byte */
}

/* The names of a unit from the bureau down to its level. */
static void names_of(const Dataset *dataset, Level level, size_t unit, Str names[LEVEL_COUNT]) {
    for (int at = (int)level; at >= 0; at--) {
        names[at] = dataset_level_name(dataset, (Level)at, unit);
        if (at > 0) unit = dataset_parent(dataset, (Level)at, unit);
    }
}

unsigned partial_of(const Dataset *dataset, size_t project, unsigned parts) {
    Str names[LEVEL_COUNT];
    uint64_t hash = 0xcbf29ce484222325u;
    names_of(dataset, LEVEL_PROJECT, project, names);
    for (int level = 0; level <= (int)LEVEL_PROJECT; level++) hash = hash_name(hash, names[level]);
    hash = (hash ^ (hash >> 33)) * 0xff51afd7ed558ccdu;
    hash ^= hash >> 33;
    return (unsigned)(hash % parts) + 1;
}

bool partial_can(const Plan *plan, Diag *diag) {
    if (subset_suffices(plan)) return true;
    MessageId why = TEXT_PARTIAL_PERIODS;
    if (plan->verdicts[LEVEL_PROJECT].forced || plan->verdicts[LEVEL_INDICATOR].forced)
        why = TEXT_PARTIAL_SHARES;
    if (plan->has_functions) why = TEXT_PARTIAL_FUNCTIONS;
    diag_add(diag, MESSAGE_PARTIAL_RULES, NULL, message_words(why));
    return false;
}

Dataset *partial_rows(const Dataset *dataset, unsigned part, unsigned parts, Arena *arena,
                      const uint32_t **rows) {
    size_t all = dataset_rows(dataset), projects = dataset_level_size(dataset, LEVEL_PROJECT), count = 0;
    bool *mine = arena_new(arena, projects + 1, sizeof *mine);
    uint32_t *kept = arena_new(arena, all + 1, sizeof *kept);
    for (size_t i = 0; i < projects; i++) mine[i] = partial_of(dataset, i, parts) == part;
    for (size_t row = 0; row < all; row++)
        if (mine[dataset_project(dataset, row)]) kept[count++] = (uint32_t)row;
    *rows = kept;
    return subset_of_rows(dataset, kept, count);
}

/* ---- the file */

static void add_entry(Buffer *out, Str key, Str text) {
    buffer_addf(out, "%zu %zu\n", key.size, text.size);
    buffer_add(out, key);
    buffer_add(out, text);
    buffer_add_char(out, '\n');
}

static void unit_key(const Str *names, Level level, Buffer *key) {
    for (int at = 0; at <= (int)level; at++) {
        if (at > 0) buffer_add_char(key, '\0');
        buffer_add(key, names[at]);
    }
}

/* How a row of a bureau or department begins: its names. */
static void unit_names(const Str *names, Level level, ExportForm form, Buffer *out) {
    for (int at = 0; at <= (int)level; at++) {
        if (form == EXPORT_CSV) {
            csv_add_text(out, names[at]);
            buffer_add_char(out, ',');
        } else {
            buffer_addf(out, "%s\"%s\":", at > 0 ? "" : "{", export_level_name((ExportLevel)at));
            json_add_text(out, names[at]);
            buffer_add_char(out, ',');
        }
    }
}

static void unit_counts(const ExportTable *table, const PartialJob *job, size_t unit, Buffer *out) {
    const Counts *counts = job->level == EXPORT_BUREAU ? results_bureau(job->results, unit)
                                                       : results_department(job->results, unit);
    size_t percent;
    const size_t *order = export_table_order(table, &percent);
    buffer_addf(out, "%zu", counts->total);
    for (size_t i = 0; i < results_plan(job->results)->verdicts[LEVEL_PROJECT].count; i++)
        buffer_addf(out, " %zu", counts->band[order[i]]);
    buffer_addf(out, " %zu", counts->none);
}

/* The text of an entry: a row as the table has it, without what stands between rows. */
static void entry_text(const ExportTable *table, const PartialJob *job, size_t row, const Str *names,
                       Buffer *text) {
    if (job->level <= EXPORT_DEPARTMENT) {
        unit_names(names, (Level)job->level, job->form, text);
        buffer_add_char(text, '\0');
        unit_counts(table, job, export_table_unit(table, row), text);
        return;
    }
    export_table_add(table, row, row + 1, text);
    if (job->form == EXPORT_JSON) text->size--; /* as JSONL, with a line feed */
}

static void add_entries(const ExportTable *table, const PartialJob *job, Buffer *out) {
    Buffer key = {0}, text = {0};
    for (size_t row = 0; row < export_table_rows(table); row++) {
        Str names[LEVEL_COUNT];
        key.size = text.size = 0;
        if (job->level == EXPORT_INDICATOR) {
            buffer_addf(&key, "%010" PRIu32, job->rows ? job->rows[row] : (uint32_t)row);
        } else {
            names_of(results_dataset(job->results), (Level)job->level, export_table_unit(table, row), names);
            unit_key(names, (Level)job->level, &key);
        }
        entry_text(table, job, row, names, &text);
        add_entry(out, buffer_view(&key), buffer_view(&text));
    }
    buffer_release(&key);
    buffer_release(&text);
}

static void add_whole(Buffer *out, const char *key, size_t number) {
    json_add_key(out, key);
    buffer_addf(out, "\"%zu\"", number);
}

/* Special cases, so that one that took no row anywhere is told of once. */
static void add_specials(Buffer *out, const Results *results) {
    const Plan *plan = results_plan(results);
    json_add_key(out, "specials");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < plan->special_count; i++) {
        const Case *special = &plan->specials[i];
        buffer_add(out, i > 0 ? STR(",{") : STR("{"));
        json_put_text(out, "file", special->place.file);
        add_whole(out, "line", special->place.line);
        json_put_text(out, "path", special->path);
        json_put_text(out, "because", special->because);
        add_whole(out, "rows", results_special_rows(results, i));
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, ']');
}

static void add_header(const ExportTable *table, const PartialJob *job, Buffer *out) {
    static const char *const forms[] = {"csv", "json", "jsonl"};
    const Verdicts *verdicts = &results_plan(job->results)->verdicts[LEVEL_PROJECT];
    Buffer head = {0};
    size_t percent;
    const size_t *order = export_table_order(table, &percent);
    ExportTable *heading = export_table_begin(job->results, job->level, job->form);
    export_table_head(heading, &head);
    export_table_end(heading);
    buffer_add_char(out, '{');
    json_put_text(out, "run", job->run);
    json_put_text(out, "data", job->data);
    json_put_text(out, "level", str_of(export_level_name(job->level)));
    json_put_text(out, "form", str_of(forms[job->form]));
    json_put_text(out, "head", buffer_view(&head));
    add_whole(out, "parts", job->parts);
    add_whole(out, "part", job->part);
    add_whole(out, "rows", results_rows(job->results));
    json_add_key(out, "verdicts");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < verdicts->count; i++) {
        if (i > 0) buffer_add_char(out, ',');
        json_add_text(out, verdicts->bands[order[i]].key);
    }
    buffer_add_char(out, ']');
    json_put_text(out, "percent", verdicts->bands[percent].key);
    add_specials(out, job->results);
    buffer_add(out, STR("}\n"));
    buffer_release(&head);
}

void partial_write(const PartialJob *job, Buffer *out) {
    ExportForm rows = job->form == EXPORT_JSON ? EXPORT_JSONL : job->form;
    ExportTable *table = export_table_begin(job->results, job->level, rows);
    size_t from = out->size;
    buffer_add(out, STR("perfeval.partial/1\n"));
    add_header(table, job, out);
    add_entries(table, job, out);
    export_table_end(table);
    DigestText digest = digest_of(str_slice(buffer_view(out), from, out->size));
    buffer_addf(out, "digest %s\n", digest.letters);
}
