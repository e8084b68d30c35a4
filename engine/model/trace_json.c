#include "model/trace_json.h"

#include "io/json.h"

/* Texts that are there only when they say something. */
static void add_some(Buffer *out, const char *name, Str text) {
    if (text.size) json_put_text(out, name, text);
}

static void add_decimal(Buffer *out, const char *name, const Decimal *number) {
    json_add_key(out, name);
    decimal_write_canonical(out, number);
}

static void add_place(Buffer *out, const Place *place) {
    add_some(out, "file", place->file);
    if (place->line) json_put_whole(out, "line", place->line);
    if (place->column) json_put_whole(out, "column", place->column);
    if (place->cell.size) json_put_text(out, "cell", place->cell);
}

static void add_value(Buffer *out, const TraceValue *value) {
    json_put_number(out, "rate", value->rate);
    if (value->missing != MISSING_NONE) {
        json_put_text(out, "missing", str_of(missing_name(value->missing)));
        return;
    }
    add_some(out, "exact", value->exact);
    json_put_text(out, "rate_printed", value->printed);
}

static void add_verdict(Buffer *out, const char *name, const Band *band) {
    json_add_key(out, name);
    if (band)
        json_add_text(out, band->key);
    else
        buffer_add(out, STR("null"));
}

static void open_list(Buffer *out, const char *name) {
    json_add_key(out, name);
    buffer_add_char(out, '[');
}

static void open_item(Buffer *out, size_t index) { buffer_add(out, index > 0 ? STR(",{") : STR("{")); }

/* ---- an indicator */

static void add_cells(Buffer *out, const TraceRow *row) {
    open_list(out, "cells");
    for (size_t i = 0; i < row->cell_count; i++) {
        const TraceCell *cell = &row->cells[i];
        open_item(out, i);
        json_put_text(out, "name", cell->name);
        json_put_text(out, "written", cell->written);
        json_put_number(out, "value", cell->value);
        if (cell->missing != MISSING_NONE) json_put_text(out, "missing", str_of(missing_name(cell->missing)));
        add_place(out, &cell->place);
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, ']');
}

static void add_cases(Buffer *out, const TraceRow *row) {
    open_list(out, "cases");
    for (size_t i = 0; i < row->case_count; i++) {
        const TraceCase *at = &row->cases[i];
        open_item(out, i);
        json_put_text(out, "path", at->rule->path);
        add_some(out, "name", at->rule->name);
        add_place(out, &at->rule->place);
        json_put_flag(out, "applies", at->reason == TRACE_APPLIES);
        if (at->reason != TRACE_APPLIES) {
            json_put_text(out, "wanted", at->wanted);
            if (at->seen.size || at->reason == TRACE_CELL) json_put_text(out, "seen", at->seen);
        }
        add_some(out, "because", at->rule->because);
        if (at->rule->exclude) json_put_flag(out, "exclude", true);
        if (at->rule->function) json_put_flag(out, "function", true);
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, ']');
}

static void add_would(Buffer *out, const char *name, const Would *would) {
    if (!would || !would->count) return;
    open_list(out, name);
    for (size_t i = 0; i < would->count; i++) {
        Buffer text = {0};
        interval_write(&text, &would->intervals[i]);
        if (i > 0) buffer_add_char(out, ',');
        json_add_text(out, buffer_view(&text));
        buffer_release(&text);
    }
    buffer_add_char(out, ']');
}

static void add_published(Buffer *out, const TraceRow *row) {
    const Figure *figure = row->published;
    if (!figure) return;
    json_add_key(out, "published");
    buffer_add_char(out, '{');
    add_decimal(out, "rate", &figure->printed);
    json_put_text(out, "class", str_of(figure_class_name(figure->class)));
    if (figure->class == FIGURE_OTHER_ROUNDING) {
        json_put_text(out, "rounding", str_of(rounding_name(row->column->mode)));
        json_put_whole(out, "digits", row->column->places);
    }
    add_would(out, "actual", figure->actual);
    add_would(out, "target", figure->target);
    add_some(out, "nearest_actual", figure->nearest);
    buffer_add_char(out, '}');
}

static void add_periods(Buffer *out, const Trace *trace, const TraceRow *row) {
    if (!row->period_count) return;
    const Dataset *dataset = results_dataset(trace->results);
    open_list(out, "periods");
    for (size_t i = 0; i < row->period_count; i++) {
        const TracePeriod *period = &row->periods[i];
        open_item(out, i);
        json_put_text(out, "period", period->name);
        json_put_number(out, "weight", period->weight);
        if (period->row != UINT32_MAX) json_put_whole(out, "row", dataset_record(dataset, period->row) + 1);
        json_put_number(out, "rate", period->rate);
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, ']');
}

static void add_last_year(Buffer *out, const TraceValue *value) {
    if (!value) return;
    json_add_key(out, "last_year");
    buffer_add_char(out, '{');
    add_value(out, value);
    buffer_add_char(out, '}');
}

static void add_row(Buffer *out, const Trace *trace, const TraceRow *row) {
    json_put_text(out, "indicator", row->name);
    json_put_text(out, "unit", row->unit);
    json_put_whole(out, "row", dataset_record(results_dataset(trace->results), row->row) + 1);
    add_cells(out, row);
    add_cases(out, row);
    add_some(out, "formula", row->formula);
    add_some(out, "filled", row->filled);
    add_some(out, "failure", message_part(row->failure, LANGUAGE_EN));
    add_value(out, &row->value);
    if (results_has_verdict(trace->results, LEVEL_INDICATOR)) add_verdict(out, "verdict", row->verdict);
    if (row->given) json_put_text(out, "verdict_because", row->given->because);
    add_last_year(out, row->last_year);
    add_periods(out, trace, row);
    add_published(out, row);
}

/* ---- the project */

static void add_rollup(Buffer *out, const Trace *trace) {
    const Rollup *rollup = &results_plan(trace->results)->rollups[LEVEL_PROJECT];
    bool function = rollup->aggregate == AGGREGATE_FUNCTION;
    json_add_key(out, "rollup");
    buffer_add_char(out, '{');
    json_put_text(out, "aggregate", function ? STR("function") : str_of(aggregate_name(rollup->aggregate)));
    add_place(out, &rollup->place);
    add_some(out, "filled", trace->rollup);
    if (!function) json_put_text(out, "without_rate", str_of(missing_child_name(rollup->missing)));
    json_put_whole(out, "indicators_without_rate", trace->left_out);
    buffer_add_char(out, '}');
}

static void add_adjustments(Buffer *out, const Trace *trace) {
    if (!trace->adjustment_count) return;
    const Band *bands = results_plan(trace->results)->verdicts[LEVEL_PROJECT].bands;
    open_list(out, "adjustments");
    for (size_t i = 0; i < trace->adjustment_count; i++) {
        const Case *special = trace->adjustments[i];
        open_item(out, i);
        json_put_text(out, "path", special->path);
        add_place(out, &special->place);
        json_put_text(out, "because", special->because);
        if (special->adjust == ADJUST_POINTS)
            add_decimal(out, "points", &special->points);
        else
            json_put_text(out, "verdict", bands[special->verdict].key);
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, ']');
}

static void add_bound(Buffer *out, const char *name, const Bound *bound) {
    if (!bound->set) return;
    json_add_key(out, name);
    buffer_add_char(out, '{');
    add_decimal(out, "value", &bound->value);
    if (bound->param) {
        json_put_text(out, "param", bound->param->name);
        json_put_flag(out, "set", bound->param->overridden);
        add_decimal(out, "file_value", &bound->param->file_value);
        add_place(out, &bound->param->value_place);
        add_some(out, "source", bound->param->source);
    } else {
        add_place(out, &bound->place);
    }
    buffer_add_char(out, '}');
}

static void add_bands(Buffer *out, const Trace *trace) {
    open_list(out, "bands");
    for (size_t i = 0; i < trace->band_count; i++) {
        const Band *band = trace->bands[i].band;
        Buffer range = {0};
        trace_add_range(&range, band);
        open_item(out, i);
        json_put_text(out, "key", band->key);
        json_put_text(out, "name", band->name);
        add_place(out, &band->place);
        add_some(out, "range", buffer_view(&range));
        add_bound(out, band->range.low.closed ? "at_least" : "above", &band->range.low);
        add_bound(out, band->range.high.closed ? "at_most" : "below", &band->range.high);
        if (band->forced) add_decimal(out, "share", &band->share);
        json_put_flag(out, "holds", trace->bands[i].holds);
        buffer_add_char(out, '}');
        buffer_release(&range);
    }
    buffer_add_char(out, ']');
    if (trace->ranked) {
        json_put_whole(out, "rank", trace->rank);
        json_put_whole(out, "ranked", trace->ranked);
    }
}

static void add_margin(Buffer *out, const Trace *trace) {
    const Reach *reach = &trace->reach;
    const Verdicts *verdicts = &results_plan(trace->results)->verdicts[LEVEL_PROJECT];
    json_add_key(out, "margin");
    if (!reach->known) {
        buffer_add(out, STR("null"));
        return;
    }
    buffer_add_char(out, '{');
    add_verdict(out, "verdict", reach->verdict < verdicts->count ? &verdicts->bands[reach->verdict] : NULL);
    json_put_text(out, "distance", trace->distance);
    json_put_text(out, "cut", trace->cut);
    json_put_text(out, "side", reach->above ? STR("above") : STR("below"));
    json_put_flag(out, "cut_included", reach->at);
    buffer_add_char(out, '}');
}

static void add_change(Buffer *out, const Trace *trace, const Change *change) {
    const Band *bands = results_plan(trace->results)->verdicts[LEVEL_PROJECT].bands;
    static const char *const kinds[] = {"cell", "param", "bound"};
    json_put_text(out, "kind", str_of(kinds[change->kind]));
    if (change->kind == CHANGE_CELL) {
        json_put_text(out, "name", nearest_column(trace->results, change));
        json_put_whole(out, "row", dataset_record(results_dataset(trace->results), change->row) + 1);
    } else if (change->kind == CHANGE_PARAM) {
        json_put_text(out, "name", change->param->name);
    } else {
        const Range *range = &bands[change->band].range;
        const Bound *bound = change->high ? &range->high : &range->low;
        json_put_text(out, "name", bands[change->band].key);
        add_place(out, &bound->place);
    }
    add_decimal(out, "from", &change->from);
    add_decimal(out, "to", &change->to);
    json_put_number(out, "rate", change->rate);
    add_verdict(out, "verdict", &bands[change->verdict]);
}

static void add_changes(Buffer *out, const Trace *trace) {
    json_put_flag(out, "changes_sought", trace->changes.sought);
    open_list(out, "changes");
    for (size_t i = 0; i < trace->changes.count; i++) {
        open_item(out, i);
        add_change(out, trace, &trace->changes.items[i]);
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, ']');
}

static void add_wanted(Buffer *out, const Trace *trace) {
    if (trace->wanted == REACH_ANY) return;
    const TraceBand *wanted = &trace->bands[trace->wanted];
    bool is = trace->verdict && wanted->band == trace->verdict;
    const char *kept = trace->given                           ? "special"
                       : trace->value.missing != MISSING_NONE ? "no_rate"
                       : trace->ranked                        ? "rank"
                       : wanted->holds                        ? "earlier_band"
                                                              : "range";
    json_add_key(out, "why_not");
    buffer_add_char(out, '{');
    json_put_text(out, "verdict", wanted->band->key);
    json_put_flag(out, "is", is);
    if (!is) json_put_text(out, "kept_by", str_of(kept));
    buffer_add_char(out, '}');
}

void trace_json(Buffer *out, const Trace *trace) {
    buffer_add_char(out, '{');
    json_put_text(out, "bureau", trace->bureau);
    json_put_text(out, "department", trace->department);
    json_put_text(out, "project", trace->name);
    add_verdict(out, "verdict", trace->verdict);
    if (trace->verdict) json_put_text(out, "verdict_name", trace->verdict->name);
    if (trace->given) json_put_text(out, "verdict_because", trace->given->because);
    add_value(out, &trace->value);
    open_list(out, "indicators");
    for (size_t i = 0; i < trace->row_count; i++) {
        open_item(out, i);
        add_row(out, trace, &trace->rows[i]);
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, ']');
    add_rollup(out, trace);
    add_adjustments(out, trace);
    add_last_year(out, trace->last_year);
    if (trace->last_year && trend_name(trace->trend))
        json_put_text(out, "trend", str_of(trend_name(trace->trend)));
    add_bands(out, trace);
    add_wanted(out, trace);
    add_margin(out, trace);
    add_changes(out, trace);
    buffer_add_char(out, '}');
}
