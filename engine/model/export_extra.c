#include "model/export_extra.h"

#include "io/json.h"

static const ColumnId extras[EXPORT_EXTRAS] = {COLUMN_PERIOD,          COLUMN_ORIGINAL_TARGET,
                                               COLUMN_REVISED_TARGET,  COLUMN_REVISED_ON,
                                               COLUMN_REVISION_REASON, COLUMN_REVISION_EVIDENCE};

static bool find(const Dataset *dataset, ColumnId id, size_t *column) {
    return dataset_find_column(dataset, str_of(column_info(id)->name), column);
}

/* The original target is told where there are revised ones. */
static bool has(const Dataset *dataset, ColumnId id, size_t *column) {
    if (id == COLUMN_ORIGINAL_TARGET && !find(dataset, COLUMN_REVISED_TARGET, column)) return false;
    return find(dataset, id, column);
}

/* Adds a cell of numbers; false when it is missing. */
static bool add_number(const Dataset *dataset, size_t column, size_t row, Buffer *out) {
    Decimal number;
    if (dataset_number(dataset_numbers(dataset, column), row, &number) != MISSING_NONE) return false;
    decimal_write_canonical(out, &number);
    return true;
}

size_t export_extra_columns(const Dataset *dataset, ColumnId out[EXPORT_EXTRAS]) {
    size_t column, count = 0;
    for (size_t i = 0; i < EXPORT_EXTRAS; i++)
        if (has(dataset, extras[i], &column)) out[count++] = extras[i];
    return count;
}

static void add_field(Buffer *out, const char *name, const Dataset *dataset, size_t column, size_t row) {
    json_add_key(out, name);
    if (!dataset_numbers(dataset, column))
        json_add_text(out, dataset_text(dataset, column, row));
    else if (!add_number(dataset, column, row, out))
        buffer_add(out, STR("null"));
}

/* The rate that a row has in its period; nothing for one that is set aside. */
static void add_rate(Buffer *out, const Results *results, size_t row) {
    if (row >= dataset_rated_rows(results_dataset(results))) return;
    Missing missing = results_period_missing(results, row);
    Buffer printed = {0};
    json_add_key(out, "rate");
    if (missing == MISSING_NONE)
        results_write_period(results, row, out);
    else
        buffer_add(out, STR("null"));
    results_print_period(results, row, &printed);
    if (missing == MISSING_NONE)
        json_put_text(out, "rate_printed", buffer_view(&printed));
    else
        json_put_text(out, "missing", str_of(missing_name(missing)));
    buffer_release(&printed);
}

static void add_periods(Buffer *out, const Results *results, size_t row) {
    static const ColumnId columns[] = {COLUMN_PERIOD, COLUMN_TARGET, COLUMN_ACTUAL};
    const Dataset *dataset = results_dataset(results);
    size_t count, column = 0;
    const uint32_t *rows = dataset_periods(dataset, row, &count);
    if (!count) return;
    json_add_key(out, "periods");
    for (size_t i = 0; i < count; i++) {
        buffer_add(out, i > 0 ? STR(",{") : STR("[{"));
        for (size_t k = 0; k < sizeof columns / sizeof *columns; k++)
            if (find(dataset, columns[k], &column))
                add_field(out, column_info(columns[k])->name, dataset, column, rows[i]);
        json_put_flag(out, "counts", rows[i] < dataset_rated_rows(dataset));
        add_rate(out, results, rows[i]);
        json_add_key(out, "row");
        buffer_addf(out, "%zu}", dataset_record(dataset, rows[i]) + 1);
    }
    buffer_add_char(out, ']');
}

static void add_revision(Buffer *out, const Results *results, size_t row) {
    const Dataset *dataset = results_dataset(results);
    Revision revision;
    size_t column;
    if (!revision_of(dataset, row, &revision) || !find(dataset, COLUMN_ORIGINAL_TARGET, &column)) return;
    add_field(out, "original_target", dataset, column, row);
    json_add_key(out, "revision");
    buffer_add_char(out, '{');
    json_add_key(out, "target");
    decimal_write_canonical(out, &revision.target);
    json_put_text(out, "date", revision.date);
    json_put_text(out, "reason", revision.reason);
    json_put_text(out, "evidence", revision.evidence);
    json_put_flag(out, "counts", revision_counts(&results_plan(results)->targets, &revision));
    buffer_add_char(out, '}');
}

void export_extra_indicator(const Results *results, size_t row, Buffer *out) {
    const Dataset *dataset = results_dataset(results);
    size_t column;
    if (find(dataset, COLUMN_PERIOD, &column)) add_field(out, "period", dataset, column, row);
    add_periods(out, results, row);
    add_revision(out, results, row);
}

static void add_weights(Buffer *out, const PeriodRule *rule) {
    json_add_key(out, "weights");
    for (size_t i = 0; i < rule->count; i++) {
        buffer_add(out, i > 0 ? STR(",{") : STR("[{"));
        json_put_text(out, "name", rule->shares[i].name);
        json_add_key(out, "weight");
        decimal_write_canonical(out, &rule->shares[i].weight);
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, ']');
    json_put_text(out, "missing", str_of(missing_child_name(rule->missing)));
}

static void add_chosen(Buffer *out, const Results *results) {
    const PeriodRule *rule = &results_plan(results)->period;
    const Dataset *dataset = results_dataset(results);
    size_t all = dataset_all_rows(dataset), rated = dataset_rated_rows(dataset);
    if (rule->count == 0) return;
    json_add_key(out, "period");
    buffer_add_char(out, '{');
    if (rule->mode == PERIOD_ONE) json_put_text(out, "name", rule->shares[0].name);
    if (rule->mode == PERIOD_WEIGHTED) add_weights(out, rule);
    if (rule->overridden) json_put_text(out, "declared", rule->declared);
    buffer_add_char(out, '}');
    json_add_key(out, "rows");
    buffer_addf(out, "{\"read\":%zu,\"evaluated\":%zu,\"set_aside\":%zu}", all, rated, all - rated);
}

void export_extra_totals(const Results *results, Buffer *out) {
    const TargetRule *targets = &results_plan(results)->targets;
    size_t column;
    add_chosen(out, results);
    if (!find(results_dataset(results), COLUMN_REVISED_TARGET, &column) || !targets_name(targets->mode))
        return;
    json_put_text(out, "targets", str_of(targets_name(targets->mode)));
    if (targets->by.size) json_put_text(out, "revised_by", targets->by);
}
