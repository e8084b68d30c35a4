#include "model/export.h"

#include "base/memory.h"
#include "io/json.h"
#include "model/export_extra.h"

#include <string.h>

struct ExportDocument {
    const Results *results;
    const TextColumn *texts[COLUMN_KNOWN];
    const NumberColumn *numbers[COLUMN_KNOWN];
    bool extra; /* the data have columns of model/export_extra */
};

void export_csv(const Results *results, Buffer *out) {
    ExportRows *rows = export_rows_begin(results, EXPORT_CSV);
    export_rows_heading(rows, out);
    export_rows_add(rows, 0, dataset_rows(results_dataset(results)), out);
    export_rows_end(rows);
}

ExportDocument *export_document_begin(const Results *results) {
    static const ColumnId used[] = {COLUMN_INDICATOR, COLUMN_UNIT, COLUMN_TARGET, COLUMN_ACTUAL,
                                    COLUMN_PUBLISHED_RATE};
    const Dataset *dataset = results_dataset(results);
    ExportDocument *document = memory_new(1, sizeof *document);
    ColumnId extras[EXPORT_EXTRAS];
    document->results = results;
    document->extra = export_extra_columns(dataset, extras) > 0;
    for (size_t i = 0; i < sizeof used / sizeof *used; i++) {
        size_t column;
        if (!dataset_find_column(dataset, str_of(column_info(used[i])->name), &column)) continue;
        document->texts[used[i]] = dataset_words(dataset, column);
        document->numbers[used[i]] = dataset_numbers(dataset, column);
    }
    return document;
}

void export_document_end(ExportDocument *document) { memory_free(document); }

/* As json_add_key, for names of our own, which need no escape. */
static void json_key(Buffer *out, const char *name) {
    size_t size = strlen(name);
    int last = out->size > 0 ? out->data[out->size - 1] : '{';
    char *at = buffer_reserve(out, size + 4), *from = at;
    if (last != '{' && last != '[' && last != ':') *at++ = ',';
    *at++ = '"';
    memcpy(at, name, size);
    at += size;
    *at++ = '"';
    *at++ = ':';
    out->size += (size_t)(at - from);
}

static void json_text(Buffer *out, const char *name, Str text) {
    json_key(out, name);
    json_add_text(out, text);
}

static void json_count(Buffer *out, const char *name, size_t count) {
    json_key(out, name);
    Decimal number = decimal_of((int64_t)count);
    decimal_write(out, &number);
}

/* Each band of a level with its number, after other keys. */
static void json_bands(Buffer *out, const Plan *plan, Level level, const Counts *counts) {
    for (size_t band = 0; band < plan->verdicts[level].count; band++) {
        Str key = plan->verdicts[level].bands[band].key;
        buffer_addf(out, ",\"%.*s\":%zu", STR_FMT(key), counts->band[band]);
    }
    if (counts->none) json_count(out, "none", counts->none);
}

static void json_counts(Buffer *out, const Plan *plan, const Counts *counts) {
    json_count(out, "projects", counts->total);
    json_bands(out, plan, LEVEL_PROJECT, counts);
}

/* The indicators of a unit by verdict, where the rules judge them; LEVEL_INDICATOR: of all units. */
static void json_indicator_counts(Buffer *out, const Results *results, Level level, size_t unit) {
    if (!results_has_verdict(results, LEVEL_INDICATOR)) return;
    Counts counts;
    results_count_indicators(results, level, unit, &counts);
    json_key(out, "indicator_verdicts");
    buffer_addf(out, "{\"total\":%zu", counts.total);
    json_bands(out, results_plan(results), LEVEL_INDICATOR, &counts);
    buffer_add_char(out, '}');
}

static Str text_of(const ExportDocument *document, ColumnId id, size_t row) {
    const TextColumn *column = document->texts[id];
    return column ? column->words[text_id(column, row)] : STR("");
}

static void json_cell(Buffer *out, const ExportDocument *document, ColumnId id, size_t row) {
    const NumberColumn *column = document->numbers[id];
    Decimal number;
    json_key(out, column_info(id)->name);
    if (column && dataset_number(column, row, &number) == MISSING_NONE)
        decimal_write_canonical(out, &number);
    else
        buffer_add(out, STR("null"));
}

/* "rate", "rate_printed" and, when there is none, "missing" with the reason. */
static void json_unit_rate(Buffer *out, const Results *results, Level level, size_t unit) {
    if (!results_has_rate(results, level)) return;
    Missing missing = results_unit_missing(results, level, unit);
    json_key(out, "rate");
    if (missing != MISSING_NONE) {
        buffer_add(out, STR("null,\"rate_printed\":null"));
        json_text(out, "missing", str_of(missing_name(missing)));
        return;
    }
    results_write_unit(results, level, unit, out);
    buffer_add(out, STR(",\"rate_printed\":\"")); /* a number as rules print it needs no escape */
    results_print_unit(results, level, unit, out);
    buffer_add_char(out, '"');
}

/* "last_year", "last_year_printed" and "trend", where the rules say what last year's rate is. */
static void json_last_year(Buffer *out, const Results *results, Level level, size_t unit) {
    const Results *last = results_last_year(results);
    if (!last || !results_has_rate(results, level)) return;
    json_key(out, "last_year");
    if (results_unit_missing(last, level, unit) != MISSING_NONE) {
        buffer_add(out, STR("null,\"last_year_printed\":null"));
    } else {
        results_write_unit(last, level, unit, out);
        buffer_add(out, STR(",\"last_year_printed\":\""));
        results_print_unit(last, level, unit, out);
        buffer_add_char(out, '"');
    }
    const char *trend = trend_name(results_trend(results, level, unit));
    json_key(out, "trend");
    if (trend)
        json_add_text(out, str_of(trend));
    else
        buffer_add(out, STR("null"));
}

static void json_verdict(Buffer *out, const Results *results, Level level, size_t unit) {
    if (!results_has_verdict(results, level)) return;
    const Band *band = results_band(results, level, unit);
    json_key(out, "verdict");
    if (!band) {
        buffer_add(out, STR("null,\"verdict_name\":null"));
        return;
    }
    json_add_text(out, band->key);
    json_text(out, "verdict_name", band->name);
}

static void json_indicator(Buffer *out, const ExportDocument *document, size_t row) {
    const Results *results = document->results;
    buffer_add_char(out, '{');
    json_text(out, "name", text_of(document, COLUMN_INDICATOR, row));
    json_text(out, "unit", text_of(document, COLUMN_UNIT, row));
    json_cell(out, document, COLUMN_TARGET, row);
    json_cell(out, document, COLUMN_ACTUAL, row);
    json_unit_rate(out, results, LEVEL_INDICATOR, row);
    json_last_year(out, results, LEVEL_INDICATOR, row);
    json_verdict(out, results, LEVEL_INDICATOR, row);
    const Case *given = results_row_given(results, row);
    if (given) json_text(out, "verdict_because", given->because);
    json_cell(out, document, COLUMN_PUBLISHED_RATE, row);
    json_count(out, "row", dataset_record(results_dataset(results), row) + 1);
    const Case *decided = results_row_case(results, row);
    if (decided) json_text(out, "case", decided->path);
    if (decided && results_row_special(results, row)) json_text(out, "because", decided->because);
    if (document->extra) export_extra_indicator(results, row, out);
    buffer_add_char(out, '}');
}

/* Only where there are some. */
static void json_adjustments(Buffer *out, const Results *results, size_t project) {
    size_t count = results_adjustments(results, project);
    if (count == 0) return;
    json_key(out, "adjustments");
    for (size_t i = 0; i < count; i++) {
        const Case *special = results_adjustment(results, project, i);
        buffer_add(out, i > 0 ? STR(",{") : STR("[{"));
        json_text(out, "path", special->path);
        json_text(out, "because", special->because);
        if (special->adjust == ADJUST_POINTS) {
            json_key(out, "points");
            decimal_write_canonical(out, &special->points);
        } else {
            json_text(out, "verdict",
                      results_plan(results)->verdicts[LEVEL_PROJECT].bands[special->verdict].key);
        }
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, ']');
}

static void json_project(Buffer *out, const Results *results, size_t project) {
    buffer_add_char(out, '{');
    json_text(out, "name", dataset_level_name(results_dataset(results), LEVEL_PROJECT, project));
    json_unit_rate(out, results, LEVEL_PROJECT, project);
    json_last_year(out, results, LEVEL_PROJECT, project);
    json_verdict(out, results, LEVEL_PROJECT, project);
    json_indicator_counts(out, results, LEVEL_PROJECT, project);
    json_adjustments(out, results, project);
    json_key(out, "indicators");
}

static void json_level(Buffer *out, const ExportDocument *document, Level level, size_t unit);

static void json_children(Buffer *out, const ExportDocument *document, Level level, size_t unit) {
    size_t count;
    const uint32_t *children = dataset_children(results_dataset(document->results), level, unit, &count);
    buffer_add_char(out, '[');
    for (size_t i = 0; i < count; i++) {
        if (i > 0) buffer_add_char(out, ',');
        if (level == LEVEL_PROJECT)
            json_indicator(out, document, children[i]);
        else
            json_level(out, document, (Level)(level + 1), children[i]);
    }
    buffer_add_char(out, ']');
}

static void json_level(Buffer *out, const ExportDocument *document, Level level, size_t unit) {
    const Results *results = document->results;
    if (level == LEVEL_PROJECT) {
        json_project(out, results, unit);
    } else {
        bool bureau = level == LEVEL_BUREAU;
        buffer_add_char(out, '{');
        json_text(out, "name", dataset_level_name(results_dataset(results), level, unit));
        json_unit_rate(out, results, level, unit);
        json_last_year(out, results, level, unit);
        json_verdict(out, results, level, unit);
        json_indicator_counts(out, results, level, unit);
        if (bureau) json_counts(out, results_plan(results), results_bureau(results, unit));
        json_key(out, bureau ? "departments" : "projects");
    }
    json_children(out, document, level, unit);
    buffer_add_char(out, '}');
}

static void json_params(Buffer *out, const Plan *plan) {
    json_key(out, "params");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < plan->param_count; i++) {
        const Param *param = &plan->params[i];
        if (i > 0) buffer_add_char(out, ',');
        buffer_add_char(out, '{');
        json_text(out, "name", param->name);
        json_key(out, "value");
        decimal_write_canonical(out, &param->value);
        if (param->unit.size) json_text(out, "unit", param->unit);
        if (param->source.size) json_text(out, "source", param->source);
        if (param->date.size) json_text(out, "date", param->date);
        if (param->overridden) {
            json_key(out, "file_value");
            decimal_write_canonical(out, &param->file_value);
        }
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, ']');
}

static void json_missing(Buffer *out, const Results *results) {
    json_key(out, "missing");
    buffer_add_char(out, '{');
    for (int reason = MISSING_NONE + 1; reason < MISSING_COUNT; reason++) {
        size_t rows = results_missing_rows(results, (Missing)reason);
        if (rows) json_count(out, missing_name((Missing)reason), rows);
    }
    buffer_add_char(out, '}');
}

void export_document_head(const ExportDocument *document, Buffer *out) {
    const Results *results = document->results;
    const Plan *plan = results_plan(results);
    buffer_add_char(out, '{');
    json_text(out, "format", STR("perfeval.result/1"));
    json_text(out, "title", plan->title);
    json_key(out, "totals");
    buffer_add_char(out, '{');
    json_counts(out, plan, results_total(results));
    json_count(out, "indicators", dataset_rows(results_dataset(results)));
    json_indicator_counts(out, results, LEVEL_INDICATOR, 0);
    buffer_add_char(out, '}');
    export_extra_totals(results, out);
    json_params(out, plan);
    json_missing(out, results);
    json_key(out, "bureaus");
    buffer_add_char(out, '[');
}

void export_document_add(const ExportDocument *document, size_t from, size_t to, Buffer *out) {
    for (size_t bureau = from; bureau < to; bureau++) {
        if (bureau > 0) buffer_add_char(out, ',');
        json_level(out, document, LEVEL_BUREAU, bureau);
    }
}

void export_document_tail(Buffer *out) { buffer_add(out, STR("]}\n")); }

void export_json(const Results *results, Buffer *out) {
    ExportDocument *document = export_document_begin(results);
    export_document_head(document, out);
    export_document_add(document, 0, dataset_level_size(results_dataset(results), LEVEL_BUREAU), out);
    export_document_tail(out);
    export_document_end(document);
}
