#include "model/export_parts.h"

#include "base/crew.h"
#include "base/memory.h"
#include "base/relay.h"
#include "model/export.h"

/* A table in stretches of rows, or the document in stretches of bureaus. */
typedef struct Parts {
    const ExportJob *job;
    ExportTable *table;
    ExportDocument *document;
    size_t *starts; /* count + 1: the first row or bureau of each part */
    size_t count;
} Parts;

/* ---- values that printing asks for, before anything is printed */

typedef struct Asking {
    const Results *results;
    Level level;
    size_t count;
    bool all; /* with those of JSON: as rules print them, and the trend */
} Asking;

static void ask_part(void *worker, size_t number) {
    const Asking *asking = worker;
    size_t from = number * EXPORT_PART, to = from + EXPORT_PART;
    if (to > asking->count) to = asking->count;
    results_ask(asking->results, asking->level, from, to, asking->all);
}

static void ask_level(const ExportJob *job, const Results *results, Level level, bool all) {
    if (!results || !results_has_rate(results, level)) return;
    Asking asking = {results, level, dataset_level_size(results_dataset(results), level), all};
    size_t parts = (asking.count + EXPORT_PART - 1) / EXPORT_PART;
    Crew crew;
    crew_begin(&crew, crew_size(job->threads, parts), sizeof asking);
    for (size_t i = 0; i < crew.threads; i++) *(Asking *)crew_worker(&crew, i) = asking;
    crew_run(&crew, parts, ask_part);
    crew_end(&crew);
}

/* Asked for again when they are printed, of the few units that need them. */
static bool ask(const ExportJob *job, bool document, Diag *diag) {
    bool units = job->has_level && (job->level <= EXPORT_DEPARTMENT || results_summaries(job->results));
    bool rows = !job->has_level || job->level == EXPORT_INDICATOR;
    const Results *last = results_last_year(job->results);
    for (Level level = document ? LEVEL_BUREAU : LEVEL_PROJECT; level < LEVEL_COUNT && !units; level++) {
        ask_level(job, job->results, level, document || !rows);
        ask_level(job, last, level, document);
    }
    if (rows) ask_level(job, job->results, LEVEL_INDICATOR, document);
    if (rows) ask_level(job, last, LEVEL_INDICATOR, document);
    return !results_refuse(job->results, diag);
}

bool export_ask(const Results *results, unsigned threads, Diag *diag) {
    const ExportJob job = {.results = results, .threads = threads};
    ask_level(&job, results, LEVEL_PROJECT, true);
    ask_level(&job, results, LEVEL_INDICATOR, true);
    return !results_refuse(results, diag);
}

/* ---- parts */

static void split_table(Parts *parts) {
    size_t rows = export_table_rows(parts->table), from = 0;
    parts->starts = memory_new(rows / EXPORT_PART + 2, sizeof *parts->starts);
    do {
        from = export_table_cut(parts->table, from + EXPORT_PART);
        parts->starts[++parts->count] = from;
    } while (from < rows);
}

static size_t rows_below(const Dataset *dataset, Level level, size_t unit) {
    size_t count, rows = 0;
    const uint32_t *children = dataset_children(dataset, level, unit, &count);
    if (level == LEVEL_PROJECT) return count;
    for (size_t i = 0; i < count; i++) rows += rows_below(dataset, (Level)(level + 1), children[i]);
    return rows;
}

/* A part ends with the bureau that makes it full. */
static void split_document(Parts *parts) {
    const Dataset *dataset = results_dataset(parts->job->results);
    size_t bureaus = dataset_level_size(dataset, LEVEL_BUREAU), rows = 0;
    parts->starts = memory_new(bureaus + 2, sizeof *parts->starts);
    for (size_t bureau = 0; bureau < bureaus; bureau++) {
        rows += rows_below(dataset, LEVEL_BUREAU, bureau);
        if (rows < EXPORT_PART && bureau + 1 < bureaus) continue;
        parts->starts[++parts->count] = bureau + 1;
        rows = 0;
    }
    if (parts->count == 0) parts->count = 1; /* head and tail */
}

static void make_part(void *context, size_t number, Buffer *out) {
    const Parts *parts = context;
    size_t from = parts->starts[number], to = parts->starts[number + 1];
    bool first = number == 0, last = number + 1 == parts->count;
    if (parts->table) {
        if (first) export_table_head(parts->table, out);
        export_table_add(parts->table, from, to, out);
        if (last) export_table_tail(parts->table, out);
    } else {
        if (first) export_document_head(parts->document, out);
        export_document_add(parts->document, from, to, out);
        if (last) export_document_tail(out);
    }
}

static bool pass_part(void *context, size_t number, Str part) {
    const Parts *parts = context;
    return parts->job->take(parts->job->context, part, number + 1, parts->count);
}

bool export_run(const ExportJob *job, Diag *diag) {
    bool document = !job->has_level && job->form == EXPORT_JSON;
    if (!ask(job, document, diag)) return false;
    Parts parts = {.job = job};
    if (document) {
        parts.document = export_document_begin(job->results);
        split_document(&parts);
    } else {
        ExportLevel level = job->has_level ? job->level : EXPORT_INDICATOR;
        parts.table = export_table_begin(job->results, level, job->form);
        split_table(&parts);
    }
    bool done = relay_run(&(Relay){parts.count, job->threads, &parts, make_part, pass_part});
    export_table_end(parts.table);
    export_document_end(parts.document);
    memory_free(parts.starts);
    return done && !results_refuse(job->results, diag);
}
