#include "model/export.h"

#include "io/csv.h"
#include "io/json.h"
#include "model/export_extra.h"

Str export_text(const Dataset *dataset, ColumnId id, size_t row) {
    size_t column;
    if (!dataset_find_column(dataset, str_of(column_info(id)->name), &column)) return (Str){"", 0};
    return dataset_text(dataset, column, row);
}

Missing export_number(const Dataset *dataset, ColumnId id, size_t row, Buffer *out) {
    size_t column;
    Decimal number;
    if (!dataset_find_column(dataset, str_of(column_info(id)->name), &column)) return MISSING_BLANK;
    Missing reason = dataset_number(dataset_numbers(dataset, column), row, &number);
    if (reason == MISSING_NONE) decimal_write_canonical(out, &number);
    return reason;
}

/* Columns that are there only when the rules declare what they hold. */
static void csv_declared(const Results *results, size_t row, Buffer *out) {
    const Results *last = results_last_year(results);
    if (results_has_verdict(results, LEVEL_INDICATOR)) {
        const Band *band = results_band(results, LEVEL_INDICATOR, row);
        buffer_add_char(out, ',');
        if (band) buffer_add(out, band->key);
    }
    if (!last) return;
    buffer_add_char(out, ',');
    results_write_row(last, row, out);
    buffer_add_char(out, ',');
    results_write_unit(last, LEVEL_PROJECT, dataset_project(results_dataset(results), row), out);
}

static void csv_line(const Results *results, size_t row, Buffer *out) {
    static const ColumnId texts[] = {COLUMN_BUREAU, COLUMN_DEPARTMENT, COLUMN_PROJECT, COLUMN_INDICATOR,
                                     COLUMN_UNIT};
    const Dataset *dataset = results_dataset(results);
    size_t project = dataset_project(dataset, row);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        csv_add_text(out, export_text(dataset, texts[i], row));
        buffer_add_char(out, ',');
    }
    export_number(dataset, COLUMN_TARGET, row, out);
    buffer_add_char(out, ',');
    export_number(dataset, COLUMN_ACTUAL, row, out);
    buffer_add_char(out, ',');
    results_write_row(results, row, out);
    buffer_add_char(out, ',');
    results_write_unit(results, LEVEL_PROJECT, project, out);
    buffer_add_char(out, ',');
    const Band *band = results_band(results, LEVEL_PROJECT, project);
    if (band) buffer_add(out, band->key);
    buffer_add_char(out, ',');
    export_number(dataset, COLUMN_PUBLISHED_RATE, row, out);
    buffer_add_char(out, ',');
    Missing reason = results_row_missing(results, row);
    if (reason != MISSING_NONE) buffer_add(out, str_of(missing_name(reason)));
    csv_declared(results, row, out);
    export_extra_cells(dataset, row, out);
    buffer_add_char(out, '\n');
}

void export_csv(const Results *results, Buffer *out) {
    buffer_add(out, STR("bureau,department,project,indicator,unit,target,actual,rate,project_rate,verdict,"
                        "published_rate,missing"));
    if (results_has_verdict(results, LEVEL_INDICATOR)) buffer_add(out, STR(",indicator_verdict"));
    if (results_last_year(results)) buffer_add(out, STR(",last_year_rate,project_last_year_rate"));
    export_extra_heading(results_dataset(results), out);
    buffer_add_char(out, '\n');
    for (size_t row = 0; row < dataset_rows(results_dataset(results)); row++) csv_line(results, row, out);
}

static void json_text(Buffer *out, const char *name, Str text) {
    json_add_key(out, name);
    json_add_text(out, text);
}

static void json_count(Buffer *out, const char *name, size_t count) {
    json_add_key(out, name);
    buffer_addf(out, "%zu", count);
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
    json_add_key(out, "indicator_verdicts");
    buffer_addf(out, "{\"total\":%zu", counts.total);
    json_bands(out, results_plan(results), LEVEL_INDICATOR, &counts);
    buffer_add_char(out, '}');
}

static void json_cell(Buffer *out, const char *name, const Dataset *dataset, ColumnId id, size_t row) {
    json_add_key(out, name);
    if (export_number(dataset, id, row, out) != MISSING_NONE) buffer_add(out, STR("null"));
}

/* "rate", "rate_printed" and, when there is none, "missing" with the reason. */
static void json_rate(Buffer *out, Missing missing, Str written, Str printed) {
    json_add_key(out, "rate");
    if (missing != MISSING_NONE) {
        buffer_add(out, STR("null,\"rate_printed\":null"));
        json_text(out, "missing", str_of(missing_name(missing)));
        return;
    }
    buffer_add(out, written);
    json_text(out, "rate_printed", printed);
}

static void json_unit_rate(Buffer *out, const Results *results, Level level, size_t unit) {
    if (!results_has_rate(results, level)) return;
    Buffer written = {0}, printed = {0};
    results_write_unit(results, level, unit, &written);
    results_print_unit(results, level, unit, &printed);
    json_rate(out, results_unit_missing(results, level, unit), buffer_view(&written), buffer_view(&printed));
    buffer_release(&written);
    buffer_release(&printed);
}

/* "last_year", "last_year_printed" and "trend", where the rules say what last year's rate is. */
static void json_last_year(Buffer *out, const Results *results, Level level, size_t unit) {
    const Results *last = results_last_year(results);
    if (!last || !results_has_rate(results, level)) return;
    json_add_key(out, "last_year");
    if (results_unit_missing(last, level, unit) != MISSING_NONE) {
        buffer_add(out, STR("null,\"last_year_printed\":null"));
    } else {
        Buffer printed = {0};
        results_write_unit(last, level, unit, out);
        results_print_unit(last, level, unit, &printed);
        json_text(out, "last_year_printed", buffer_view(&printed));
        buffer_release(&printed);
    }
    const char *trend = trend_name(results_trend(results, level, unit));
    json_add_key(out, "trend");
    if (trend)
        json_add_text(out, str_of(trend));
    else
        buffer_add(out, STR("null"));
}

static void json_verdict(Buffer *out, const Results *results, Level level, size_t unit) {
    if (!results_has_verdict(results, level)) return;
    const Band *band = results_band(results, level, unit);
    json_add_key(out, "verdict");
    if (!band) {
        buffer_add(out, STR("null,\"verdict_name\":null"));
        return;
    }
    json_add_text(out, band->key);
    json_text(out, "verdict_name", band->name);
}

static void json_indicator(Buffer *out, const Results *results, size_t row) {
    const Dataset *dataset = results_dataset(results);
    buffer_add_char(out, '{');
    json_text(out, "name", export_text(dataset, COLUMN_INDICATOR, row));
    json_text(out, "unit", export_text(dataset, COLUMN_UNIT, row));
    json_cell(out, "target", dataset, COLUMN_TARGET, row);
    json_cell(out, "actual", dataset, COLUMN_ACTUAL, row);
    json_unit_rate(out, results, LEVEL_INDICATOR, row);
    json_last_year(out, results, LEVEL_INDICATOR, row);
    json_verdict(out, results, LEVEL_INDICATOR, row);
    const Case *given = results_row_given(results, row);
    if (given) json_text(out, "verdict_because", given->because);
    json_cell(out, "published_rate", dataset, COLUMN_PUBLISHED_RATE, row);
    json_count(out, "row", dataset_record(dataset, row) + 1);
    const Case *decided = results_row_case(results, row);
    if (decided) json_text(out, "case", decided->path);
    if (decided && results_row_special(results, row)) json_text(out, "because", decided->because);
    export_extra_indicator(results, row, out);
    buffer_add_char(out, '}');
}

/* Only where there are some. */
static void json_adjustments(Buffer *out, const Results *results, size_t project) {
    size_t count = results_adjustments(results, project);
    if (count == 0) return;
    json_add_key(out, "adjustments");
    for (size_t i = 0; i < count; i++) {
        const Case *special = results_adjustment(results, project, i);
        buffer_add(out, i > 0 ? STR(",{") : STR("[{"));
        json_text(out, "path", special->path);
        json_text(out, "because", special->because);
        if (special->adjust == ADJUST_POINTS) {
            json_add_key(out, "points");
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
    json_add_key(out, "indicators");
}

static void json_level(Buffer *out, const Results *results, Level level, size_t unit);

static void json_children(Buffer *out, const Results *results, Level level, size_t unit) {
    size_t count;
    const uint32_t *children = dataset_children(results_dataset(results), level, unit, &count);
    buffer_add_char(out, '[');
    for (size_t i = 0; i < count; i++) {
        if (i > 0) buffer_add_char(out, ',');
        if (level == LEVEL_PROJECT)
            json_indicator(out, results, children[i]);
        else
            json_level(out, results, (Level)(level + 1), children[i]);
    }
    buffer_add_char(out, ']');
}

static void json_level(Buffer *out, const Results *results, Level level, size_t unit) {
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
        json_add_key(out, bureau ? "departments" : "projects");
    }
    json_children(out, results, level, unit);
    buffer_add_char(out, '}');
}

static void json_params(Buffer *out, const Plan *plan) {
    json_add_key(out, "params");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < plan->param_count; i++) {
        const Param *param = &plan->params[i];
        if (i > 0) buffer_add_char(out, ',');
        buffer_add_char(out, '{');
        json_text(out, "name", param->name);
        json_add_key(out, "value");
        decimal_write_canonical(out, &param->value);
        if (param->unit.size) json_text(out, "unit", param->unit);
        if (param->source.size) json_text(out, "source", param->source);
        if (param->date.size) json_text(out, "date", param->date);
        if (param->overridden) {
            json_add_key(out, "file_value");
            decimal_write_canonical(out, &param->file_value);
        }
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, ']');
}

static void json_missing(Buffer *out, const Results *results) {
    json_add_key(out, "missing");
    buffer_add_char(out, '{');
    for (int reason = MISSING_NONE + 1; reason < MISSING_COUNT; reason++) {
        size_t rows = results_missing_rows(results, (Missing)reason);
        if (rows) json_count(out, missing_name((Missing)reason), rows);
    }
    buffer_add_char(out, '}');
}

void export_json(const Results *results, Buffer *out) {
    const Plan *plan = results_plan(results);
    buffer_add_char(out, '{');
    json_text(out, "format", STR("perfeval.result/1"));
    json_text(out, "title", plan->title);
    json_add_key(out, "totals");
    buffer_add_char(out, '{');
    json_counts(out, plan, results_total(results));
    json_count(out, "indicators", dataset_rows(results_dataset(results)));
    json_indicator_counts(out, results, LEVEL_INDICATOR, 0);
    buffer_add_char(out, '}');
    export_extra_totals(results, out);
    json_params(out, plan);
    json_missing(out, results);
    json_add_key(out, "bureaus");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < dataset_level_size(results_dataset(results), LEVEL_BUREAU); i++) {
        if (i > 0) buffer_add_char(out, ',');
        json_level(out, results, LEVEL_BUREAU, i);
    }
    buffer_add(out, STR("]}\n"));
}
