#include "model/trace_text.h"

#include "base/text.h"
#include "model/lineage.h"

/* Of what there can be many of, so many are shown; JSON has all. */
#define CASES_SHOWN  2
#define POINTS_SHOWN 3
#define BANDS_SHOWN  3

typedef struct Text {
    Buffer *out;
    const Trace *trace;
    Language language;
    Arena arena;
} Text;

static void say_list(Text *text, MessageId id, const Str *arguments, size_t count) {
    message_fill(text->out, message_get(id).text[text->language], arguments, count, text->language);
}
#define say(text, id, ...) say_list((text), (id), MESSAGE_LIST(__VA_ARGS__))

static void say_plain(Text *text, MessageId id) { say_list(text, id, NULL, 0); }

/* A text of rules or data, harmless in a terminal. */
static Str visible(Text *text, Str raw) {
    Buffer out = {0};
    text_add_visible(&out, raw);
    Str kept = arena_copy(&text->arena, buffer_view(&out));
    buffer_release(&out);
    return kept;
}

static Str place_words(Text *text, const Place *place) {
    Str file = visible(text, place->file);
    if (!place->line) return file;
    if (place->cell.size) {
        Str cell = visible(text, place->cell);
        return arena_format(&text->arena, "%.*s:%.*s", STR_FMT(file), STR_FMT(cell));
    }
    if (!place->column) return arena_format(&text->arena, "%.*s:%u", STR_FMT(file), place->line);
    return arena_format(&text->arena, "%.*s:%u:%u", STR_FMT(file), place->line, place->column);
}

static Str line_words(Text *text, const Place *place) {
    Place line = *place;
    line.column = 0;
    return place_words(text, &line);
}

static Str number_words(Text *text, size_t number) { return arena_format(&text->arena, "%zu", number); }

/* The number of a row in the file. */
static Str row_words(Text *text, uint32_t row) {
    return number_words(text, dataset_record(results_dataset(text->trace->results), row) + 1);
}

static Str decimal_words(Text *text, const Decimal *number) {
    Buffer out = {0};
    decimal_write_canonical(&out, number);
    Str kept = arena_copy(&text->arena, buffer_view(&out));
    buffer_release(&out);
    return kept;
}

static Str column_words(const Text *text, Str name) {
    ColumnId id;
    if (!column_find(name, &id)) return name;
    const ColumnInfo *info = column_info(id);
    return str_of(text->language == LANGUAGE_KO ? info->label : info->name);
}

/* " = 30.718085, exactly 5775/188, printed 31" */
static void say_value(Text *text, const TraceValue *value) {
    if (value->missing != MISSING_NONE) {
        say(text, TEXT_EXPLAIN_NO_RATE, str_of(missing_name(value->missing)));
        return;
    }
    buffer_addf(text->out, " = %.*s", STR_FMT(value->rate));
    if (value->exact.size && !str_equal(value->exact, value->rate))
        say(text, TEXT_EXPLAIN_EXACTLY, value->exact);
    say(text, TEXT_EXPLAIN_PRINTED, value->printed);
}

/* ---- an indicator: four lines */

static void say_cells(Text *text, const TraceRow *row) {
    buffer_add(text->out, STR("    "));
    for (size_t i = 0; i < row->cell_count; i++) {
        const TraceCell *cell = &row->cells[i];
        if (i > 0) buffer_add(text->out, STR(" · "));
        Str value = cell->missing == MISSING_NONE ? cell->value : str_of(missing_name(cell->missing));
        say(text, TEXT_EXPLAIN_CELL, column_words(text, cell->name), visible(text, cell->written), value,
            place_words(text, &cell->place));
    }
    buffer_add_char(text->out, '\n');
}

static void say_not(Text *text, const TraceCase *other) {
    Str seen = visible(text, other->seen);
    if (other->reason == TRACE_CELL)
        seen = seen.size ? arena_format(&text->arena, "\"%.*s\"", STR_FMT(seen))
                         : message_words(TEXT_EXPLAIN_BLANK);
    say(text, seen.size ? TEXT_EXPLAIN_NOT : TEXT_EXPLAIN_NOT_UNSEEN, other->rule->path,
        line_words(text, &other->rule->place), visible(text, other->wanted), seen);
}

static void say_outcome(Text *text, const TraceRow *row, const TraceCase *deciding) {
    const Case *rule = deciding->rule;
    say(text, TEXT_EXPLAIN_APPLIES, rule->path, line_words(text, &rule->place));
    if (row->formula.size) buffer_addf(text->out, ": %.*s", STR_FMT(visible(text, row->formula)));
    if (rule->exclude) say_plain(text, TEXT_EXPLAIN_EXCLUDES);
    if (rule->function) say_plain(text, TEXT_EXPLAIN_FUNCTION);
    if (row->failure.size) {
        Str failure = visible(text, message_part(row->failure, text->language));
        buffer_addf(text->out, ": %.*s", STR_FMT(failure));
    }
    if (rule->because.size) say(text, TEXT_EXPLAIN_BECAUSE, visible(text, rule->because));
}

static void say_cases(Text *text, const TraceRow *row) {
    buffer_add(text->out, STR("    "));
    bool decided = row->case_count > 0 && row->cases[row->case_count - 1].reason == TRACE_APPLIES;
    if (decided)
        say_outcome(text, row, &row->cases[row->case_count - 1]);
    else
        say_plain(text, TEXT_EXPLAIN_NO_CASE);
    size_t others = row->case_count - decided, shown = 0;
    for (int special = 0; special <= 1; special++) { /* those that all rows go through come first */
        for (size_t i = 0; i < others && shown < CASES_SHOWN; i++) {
            if (row->cases[i].special != (special == 1)) continue;
            say_not(text, &row->cases[i]);
            shown++;
        }
    }
    if (others > CASES_SHOWN) say(text, TEXT_EXPLAIN_MORE, number_words(text, others - CASES_SHOWN));
    buffer_add_char(text->out, '\n');
}

/* "actual 97.5 to below 98.5": the first interval of those that would do. */
static Str would_words(Text *text, const Would *would) {
    Buffer out = {0};
    interval_write(&out, &would->intervals[0]);
    Str kept = arena_copy(&text->arena, buffer_view(&out));
    buffer_release(&out);
    return kept;
}

static void say_published(Text *text, const TraceRow *row) {
    const Figure *figure = row->published;
    if (!figure) return;
    Buffer as_written = {0};
    decimal_write(&as_written, &figure->printed);
    Str printed = arena_copy(&text->arena, buffer_view(&as_written));
    buffer_release(&as_written);
    bool hidden = figure->class == FIGURE_HIDDEN_DECIMALS;
    if (figure->class == FIGURE_MATCHES)
        say(text, TEXT_EXPLAIN_MATCHES, printed);
    else if (figure->class == FIGURE_OTHER_ROUNDING)
        say(text, TEXT_EXPLAIN_ROUNDED, printed, str_of(rounding_name(row->column->mode)),
            number_words(text, row->column->places));
    else if (hidden && figure->actual && figure->actual->count)
        say(text, TEXT_EXPLAIN_HIDDEN, printed, column_words(text, STR("actual")),
            would_words(text, figure->actual));
    else if (hidden && figure->target && figure->target->count)
        say(text, TEXT_EXPLAIN_HIDDEN, printed, column_words(text, STR("target")),
            would_words(text, figure->target));
    else if (hidden)
        say(text, TEXT_EXPLAIN_HIDDEN_BOTH, printed);
    else
        say(text, figure->nearest.size ? TEXT_EXPLAIN_WOULD_NEED : TEXT_EXPLAIN_DIFFERS, printed,
            figure->nearest);
}

/* The means of periods: " · 2019상 x 40: 80, 2019하 x 60: 90 = 86". */
static void say_periods(Text *text, const TraceRow *row) {
    for (size_t i = 0; i < row->period_count; i++) {
        const TracePeriod *period = &row->periods[i];
        Str rate = period->rate.size ? period->rate : STR("-");
        if (i > 0) buffer_add(text->out, STR(", "));
        say(text, TEXT_EXPLAIN_PERIOD, visible(text, period->name), period->weight, rate);
    }
}

static void say_row(Text *text, const TraceRow *row, size_t number) {
    say(text, TEXT_EXPLAIN_ROW, number_words(text, number), visible(text, row->name),
        visible(text, row->unit), row_words(text, row->row));
    say_cells(text, row);
    say_cases(text, row);
    buffer_add(text->out, STR("    "));
    say_periods(text, row);
    Str formula = row->filled.size ? visible(text, row->filled)
                                   : message_part(message_words(TEXT_RATE), text->language);
    if (!row->period_count) buffer_add(text->out, formula);
    say_value(text, &row->value);
    if (row->verdict) say(text, TEXT_EXPLAIN_OWN_VERDICT, visible(text, row->verdict->name));
    if (row->given) say(text, TEXT_EXPLAIN_BECAUSE, visible(text, row->given->because));
    if (row->last_year && row->last_year->missing == MISSING_NONE)
        say(text, TEXT_EXPLAIN_LAST_ROW, row->last_year->rate);
    say_published(text, row);
    buffer_add_char(text->out, '\n');
}

/* ---- the project */

static void say_rollup(Text *text) {
    const Trace *trace = text->trace;
    const Rollup *rollup = &results_plan(trace->results)->rollups[LEVEL_PROJECT];
    Str name =
        rollup->aggregate == AGGREGATE_FUNCTION ? STR("function") : str_of(aggregate_name(rollup->aggregate));
    say(text, TEXT_EXPLAIN_ROLLUP, name, line_words(text, &rollup->place));
    if (trace->rollup.size) buffer_addf(text->out, ": %.*s", STR_FMT(trace->rollup));
    for (size_t i = 0; i < trace->adjustment_count; i++) {
        if (trace->adjustments[i]->adjust != ADJUST_POINTS) continue;
        Str points = decimal_words(text, &trace->adjustments[i]->points);
        bool minus = str_starts(points, STR("-"));
        buffer_addf(text->out, minus ? " - %.*s" : " + %.*s", STR_FMT(str_slice(points, minus, points.size)));
    }
    say_value(text, &trace->value);
    if (trace->left_out)
        say(text, TEXT_EXPLAIN_LEFT_OUT, number_words(text, trace->left_out),
            str_of(missing_child_name(rollup->missing)));
    buffer_add_char(text->out, '\n');
    if (!trace->last_year) return;
    const char *trend = trend_name(trace->trend);
    if (trend) say(text, TEXT_EXPLAIN_LAST_YEAR, trace->last_year->rate, str_of(trend));
}

static void say_points(Text *text) {
    size_t shown = 0, more = 0;
    for (size_t i = 0; i < text->trace->adjustment_count; i++) {
        const Case *special = text->trace->adjustments[i];
        if (special->adjust != ADJUST_POINTS) continue;
        if (shown++ >= POINTS_SHOWN) {
            more++;
            continue;
        }
        say(text, TEXT_EXPLAIN_POINTS, decimal_words(text, &special->points), special->path,
            line_words(text, &special->place), visible(text, special->because));
    }
    if (more) say(text, TEXT_EXPLAIN_MORE_POINTS, number_words(text, more));
}

static Str range_words(Text *text, const Band *band) {
    Buffer out = {0};
    trace_add_range(&out, band);
    Str kept = arena_copy(&text->arena, buffer_view(&out));
    buffer_release(&out);
    return kept.size ? kept : message_words(TEXT_EXPLAIN_REST);
}

static void say_param(Text *text, const Bound *bound) {
    const Param *param = bound->set ? bound->param : NULL;
    if (!param) return;
    Str origin = param->overridden ? STR("--set") : line_words(text, &param->value_place);
    say(text, TEXT_EXPLAIN_PARAM, decimal_words(text, &param->value), param->name, origin);
    if (param->overridden)
        say(text, TEXT_EXPLAIN_FILE_VALUE, decimal_words(text, &param->file_value),
            line_words(text, &param->value_place));
    if (!param->overridden && param->source.size)
        buffer_addf(text->out, " (%.*s)", STR_FMT(visible(text, param->source)));
    buffer_add_char(text->out, '\n');
}

static void say_params(Text *text, const Band *band) {
    say_param(text, &band->range.low);
    say_param(text, &band->range.high);
}

/* The bands before the verdict's, none of which holds; the first that has a parameter shows where it is from.
 */
static void say_other_bands(Text *text) {
    const Trace *trace = text->trace;
    size_t more = 0;
    for (size_t i = 0; i < trace->band_count && trace->bands[i].band != trace->verdict; i++) {
        if (i >= BANDS_SHOWN) {
            more++;
            continue;
        }
        const Band *band = trace->bands[i].band;
        say(text, TEXT_EXPLAIN_NOT_BAND, visible(text, band->name), line_words(text, &band->place),
            range_words(text, band), trace->value.rate);
        if (i == 0) say_params(text, band);
    }
    if (more) say(text, TEXT_EXPLAIN_MORE_BANDS, number_words(text, more));
}

static void say_verdict(Text *text) {
    const Trace *trace = text->trace;
    const Band *band = trace->verdict;
    if (!band) {
        say_plain(text, TEXT_EXPLAIN_NO_BAND);
        return;
    }
    Str name = visible(text, band->name), line = line_words(text, &band->place);
    if (trace->given) {
        say(text, TEXT_EXPLAIN_GIVEN, name, trace->given->path, line_words(text, &trace->given->place),
            visible(text, trace->given->because));
    } else if (trace->ranked) {
        say(text, TEXT_EXPLAIN_RANK, name, line, number_words(text, trace->rank),
            number_words(text, trace->ranked));
    } else {
        say(text, TEXT_EXPLAIN_VERDICT, name, line, range_words(text, band), trace->value.rate);
        say_params(text, band);
        say_other_bands(text);
    }
}

static void say_wanted(Text *text) {
    const Trace *trace = text->trace;
    if (trace->wanted == REACH_ANY) return;
    const TraceBand *wanted = &trace->bands[trace->wanted];
    Str name = visible(text, wanted->band->name), line = line_words(text, &wanted->band->place);
    if (wanted->band == trace->verdict)
        say(text, TEXT_EXPLAIN_IS_WANTED, name);
    else if (trace->given)
        say(text, TEXT_EXPLAIN_KEPT_BY_CASE, name, line, trace->given->path);
    else if (trace->value.missing != MISSING_NONE)
        say(text, TEXT_EXPLAIN_KEPT_NO_RATE, name, line);
    else if (trace->ranked)
        say(text, TEXT_EXPLAIN_KEPT_BY_RANK, name, line, number_words(text, trace->rank),
            number_words(text, trace->ranked));
    else if (wanted->holds && trace->verdict)
        say(text, TEXT_EXPLAIN_KEPT_BY_BAND, name, line, visible(text, trace->verdict->name),
            line_words(text, &trace->verdict->place), range_words(text, trace->verdict));
    else
        say(text, TEXT_EXPLAIN_KEPT, name, line, range_words(text, wanted->band), trace->value.rate);
}

static void say_margin(Text *text) {
    const Trace *trace = text->trace;
    const Reach *reach = &trace->reach;
    bool open = trace->verdict && !trace->given && !trace->ranked;
    if (!reach->known && open && trace->wanted == REACH_ANY) say_plain(text, TEXT_EXPLAIN_NO_MARGIN);
    if (!reach->known) return;
    MessageId id = reach->above ? TEXT_EXPLAIN_BELOW_CUT : TEXT_EXPLAIN_ABOVE_CUT;
    if (reach->above && reach->at) id = TEXT_EXPLAIN_BELOW_CUT_AT;
    if (!reach->above && reach->at) id = TEXT_EXPLAIN_ABOVE_CUT_AT;
    if (mpq_sgn(reach->distance) == 0)
        id = reach->above ? TEXT_EXPLAIN_ON_CUT_ABOVE : TEXT_EXPLAIN_ON_CUT_BELOW;
    const Verdicts *verdicts = &results_plan(trace->results)->verdicts[LEVEL_PROJECT];
    Str name = reach->verdict < verdicts->count ? verdicts->bands[reach->verdict].name : (Str){"-", 1};
    if (mpq_sgn(reach->distance) == 0)
        say(text, id, trace->cut, visible(text, name));
    else
        say(text, id, trace->distance, trace->cut, visible(text, name));
}

/* ---- what would do */

/* The change of that kind that moves its number least; of cells, of that column. */
static const Change *smallest(const Trace *trace, bool threshold, const char *column) {
    const Dataset *dataset = results_dataset(trace->results);
    const Change *found = NULL;
    for (size_t i = 0; i < trace->changes.count; i++) {
        const Change *change = &trace->changes.items[i];
        size_t wanted;
        bool cell = change->kind == CHANGE_CELL;
        if (cell == threshold) continue;
        if (cell && (!dataset_find_column(dataset, str_of(column), &wanted) || wanted != change->column))
            continue;
        if (!found || change->weight < found->weight) found = change;
    }
    return found;
}

/* What changes: a column, a parameter, or a bound with its line. */
static Str changed_words(Text *text, const Change *change) {
    if (change->kind == CHANGE_PARAM) return change->param->name;
    if (change->kind == CHANGE_CELL) return column_words(text, nearest_column(text->trace->results, change));
    const Range *range =
        &results_plan(text->trace->results)->verdicts[LEVEL_PROJECT].bands[change->band].range;
    const Bound *bound = change->high ? &range->high : &range->low;
    const char *closed = change->high ? "at_most" : "at_least", *open = change->high ? "below" : "above";
    Str line = line_words(text, &bound->place);
    return arena_format(&text->arena, "%s (%.*s)", bound->closed ? closed : open, STR_FMT(line));
}

static void say_change(Text *text, const Change *change, bool first) {
    if (!change) return;
    const Band *bands = results_plan(text->trace->results)->verdicts[LEVEL_PROJECT].bands;
    say_plain(text, first ? TEXT_EXPLAIN_WOULD : TEXT_EXPLAIN_OR);
    say(text, TEXT_EXPLAIN_CHANGE, changed_words(text, change), decimal_words(text, &change->to),
        decimal_words(text, &change->from));
    if (change->kind == CHANGE_CELL && text->trace->row_count > 1)
        say(text, TEXT_EXPLAIN_IN_ROW, row_words(text, change->row));
    if (change->kind == CHANGE_CELL || !str_equal(change->rate, text->trace->value.rate))
        say(text, TEXT_EXPLAIN_NEW_RATE, change->rate);
    buffer_addf(text->out, ": %.*s\n", STR_FMT(visible(text, bands[change->verdict].name)));
}

static void say_changes(Text *text) {
    const Change *actual = smallest(text->trace, false, "actual");
    const Change *target = smallest(text->trace, false, "target");
    const Change *threshold = smallest(text->trace, true, "");
    say_change(text, actual, true);
    say_change(text, target, !actual);
    say_change(text, threshold, !actual && !target);
    if (text->trace->changes.count) return;
    bool open = text->trace->verdict && !text->trace->given;
    if (text->trace->changes.sought)
        say_plain(text, TEXT_EXPLAIN_NO_CHANGE);
    else if (open && (text->trace->wanted == REACH_ANY ||
                      text->trace->bands[text->trace->wanted].band != text->trace->verdict))
        say_plain(text, TEXT_EXPLAIN_NOT_SOUGHT);
}

void trace_text(Buffer *out, const Trace *trace, Language language) {
    Text text = {.out = out, .trace = trace, .language = language};
    Str verdict = trace->verdict ? visible(&text, trace->verdict->name) : message_words(TEXT_EXPLAIN_NONE);
    say(&text, TEXT_EXPLAIN_HEAD, visible(&text, trace->name), visible(&text, trace->bureau),
        visible(&text, trace->department), verdict);
    for (size_t i = 0; i < trace->row_count; i++) say_row(&text, &trace->rows[i], i + 1);
    say_rollup(&text);
    say_points(&text);
    say_verdict(&text);
    say_wanted(&text);
    say_margin(&text);
    say_changes(&text);
    arena_release(&text.arena);
}

void trace_text_brief(Buffer *out, const Results *results, size_t project, Language language) {
    const Dataset *dataset = results_dataset(results);
    Text text = {.out = out, .language = language};
    uint32_t department = dataset_parent(dataset, LEVEL_PROJECT, project);
    uint32_t bureau = dataset_parent(dataset, LEVEL_DEPARTMENT, department);
    const Band *band = results_band(results, LEVEL_PROJECT, project);
    uint32_t row = lineage_row(dataset, LEVEL_PROJECT, project);
    Buffer rate = {0};
    results_write_unit(results, LEVEL_PROJECT, project, &rate);
    say(&text, TEXT_EXPLAIN_BRIEF, visible(&text, dataset_level_name(dataset, LEVEL_BUREAU, bureau)),
        visible(&text, dataset_level_name(dataset, LEVEL_DEPARTMENT, department)),
        visible(&text, dataset_level_name(dataset, LEVEL_PROJECT, project)),
        band ? visible(&text, band->name) : message_words(TEXT_EXPLAIN_NONE),
        rate.size ? arena_copy(&text.arena, buffer_view(&rate)) : STR("-"),
        number_words(&text, dataset_record(dataset, row) + 1), visible(&text, dataset_file(dataset)),
        number_words(&text, dataset_line(dataset, row)));
    buffer_release(&rate);
    arena_release(&text.arena);
}
