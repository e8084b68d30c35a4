#include "model/audit_write.h"

#include "base/text.h"
#include "io/json.h"

/* A text under way, in one language. */
typedef struct Writer {
    const Results *results;
    const Dataset *dataset;
    const Audit *audit;
    Language language;
    Buffer *out;
} Writer;

static const MessageId codes[FIGURE_CLASSES] = {[FIGURE_OTHER_ROUNDING] = MESSAGE_OTHER_ROUNDING,
                                                [FIGURE_HIDDEN_DECIMALS] = MESSAGE_HIDDEN_DECIMALS,
                                                [FIGURE_IMPOSSIBLE] = MESSAGE_IMPOSSIBLE};

static void fill_list(const Writer *writer, Buffer *out, MessageId text, const Str *arguments, size_t count) {
    message_fill(out, message_get(text).text[writer->language], arguments, count, writer->language);
}
#define fill(writer, out, text, ...) fill_list(writer, out, text, MESSAGE_LIST(__VA_ARGS__))

static Str unit_name(const Dataset *dataset, Level level, size_t unit) {
    return dataset_level_name(dataset, level, unit);
}

static Str cell(const Dataset *dataset, const char *name, size_t row) {
    size_t column;
    if (!dataset_find_column(dataset, str_of(name), &column)) return (Str){"", 0};
    return dataset_text(dataset, column, row);
}

static void add_who(const Writer *writer, size_t row, bool project) {
    size_t unit = dataset_project(writer->dataset, row);
    size_t department = dataset_parent(writer->dataset, LEVEL_PROJECT, unit);
    text_add_visible(writer->out, unit_name(writer->dataset, LEVEL_DEPARTMENT, department));
    buffer_add(writer->out, STR(" / "));
    text_add_visible(writer->out, unit_name(writer->dataset, LEVEL_PROJECT, unit));
    if (project) return;
    buffer_add(writer->out, STR(" / "));
    text_add_visible(writer->out, cell(writer->dataset, "indicator", row));
}

static void add_place(const Writer *writer, const Place *place) {
    text_add_visible(writer->out, place->file);
    buffer_addf(writer->out, ":%u: ", place->line);
}

static void add_code(const Writer *writer, MessageId code) {
    buffer_add(writer->out, str_of(message_get(code).code));
    buffer_add(writer->out, STR(": "));
}

/* The printed name of the verdict of a key. */
static Str key_name(const Writer *writer, Str key) {
    const Verdicts *verdicts = &results_plan(writer->results)->verdicts[LEVEL_PROJECT];
    for (size_t i = 0; i < verdicts->count; i++)
        if (str_equal(verdicts->bands[i].key, key)) return verdicts->bands[i].name;
    if (!str_is(key, "projects")) return key;
    return str_of(message_get(TEXT_AUDIT_PROJECTS).text[writer->language]);
}

static void add_figure_name(const Writer *writer, const Figure *figure) {
    if (figure->kind == FIGURE_RATE) {
        add_who(writer, figure->row, false);
        return;
    }
    Buffer bureau = {0};
    if (figure->bureau.size)
        text_add_visible(&bureau, figure->bureau);
    else
        buffer_add(&bureau, str_of(message_get(TEXT_AUDIT_ALL).text[writer->language]));
    fill(writer, writer->out, figure->kind == FIGURE_COUNT ? TEXT_AUDIT_COUNT : TEXT_AUDIT_PERCENT,
         buffer_view(&bureau), key_name(writer, figure->key));
    buffer_release(&bureau);
}

static void add_intervals(Buffer *out, const Would *would) {
    for (size_t i = 0; i < would->count; i++) {
        if (i > 0) buffer_add(out, STR(" ∪ "));
        interval_write(out, &would->intervals[i]);
    }
}

static void add_would(const Writer *writer, MessageId text, const Would *would, Str nearest, Buffer *out) {
    if (!would || !would->count) return;
    Buffer intervals = {0};
    add_intervals(&intervals, would);
    fill(writer, out, text, buffer_view(&intervals), nearest);
    buffer_release(&intervals);
}

/* "half_even", with those that print the same. */
static void add_roundings(const AuditColumn *column, Buffer *out) {
    buffer_add(out, str_of(rounding_name(column->mode)));
    for (int mode = 0; mode < ROUNDING_COUNT; mode++)
        if (column->also[mode]) buffer_addf(out, ", %s", rounding_name((Rounding)mode));
}

static void add_rounding(const Writer *writer, const Figure *figure, Buffer *out) {
    const AuditColumn *column = &writer->audit->columns[figure->kind];
    Buffer names = {0}, places = {0};
    add_roundings(column, &names);
    buffer_addf(&places, "%u", column->places);
    fill(writer, out, TEXT_AUDIT_ROUNDING, buffer_view(&names), buffer_view(&places));
    buffer_release(&names);
    buffer_release(&places);
}

static void add_detail(const Writer *writer, const Figure *figure, Buffer *out) {
    Str none = {"", 0};
    if (figure->class == FIGURE_OTHER_ROUNDING) add_rounding(writer, figure, out);
    if (figure->class == FIGURE_HIDDEN_DECIMALS) {
        add_would(writer, TEXT_AUDIT_TARGET, figure->target, none, out);
        add_would(writer, TEXT_AUDIT_ACTUAL, figure->actual, none, out);
        if (figure->together) fill(writer, out, TEXT_AUDIT_TOGETHER, none);
    }
    if (figure->class != FIGURE_IMPOSSIBLE) return;
    add_would(writer, TEXT_AUDIT_NEAREST, figure->any_actual, figure->nearest, out);
    if (figure->untried) fill(writer, out, TEXT_AUDIT_UNTRIED, none);
    if (figure->from_print) fill(writer, out, TEXT_AUDIT_FROM_PRINT, none);
}

/* The computed figure with the number before rounding, where that differs. */
static void add_computed(const Writer *writer, const Figure *figure, Buffer *out) {
    Str none = str_of(message_get(TEXT_AUDIT_NONE).text[writer->language]);
    buffer_add(out, figure->computed.size ? figure->computed : none);
    if (!figure->exact.size || str_equal(figure->exact, figure->computed)) {
        if (figure->missing != MISSING_NONE) buffer_addf(out, " (%s)", missing_name(figure->missing));
        return;
    }
    buffer_addf(out, " (%.*s)", STR_FMT(figure->exact));
}

static void text_figure(const Writer *writer, const Figure *figure) {
    Buffer printed = {0}, computed = {0}, detail = {0};
    decimal_write(&printed, &figure->printed);
    add_computed(writer, figure, &computed);
    add_detail(writer, figure, &detail);
    add_place(writer, &figure->place);
    add_code(writer, codes[figure->class]);
    add_figure_name(writer, figure);
    buffer_add(writer->out, STR(": "));
    fill(writer, writer->out, codes[figure->class], buffer_view(&printed), buffer_view(&computed),
         buffer_view(&detail));
    buffer_add_char(writer->out, '\n');
    buffer_release(&printed);
    buffer_release(&computed);
    buffer_release(&detail);
}

static void text_finding(const Writer *writer, const Finding *finding) {
    Place place = {.file = dataset_file(writer->dataset),
                   .line = dataset_line(writer->dataset, finding->row)};
    add_place(writer, &place);
    add_code(writer, finding->code);
    add_who(writer, finding->row, finding->project);
    buffer_add(writer->out, STR(": "));
    message_fill(writer->out, message_get(finding->code).text[writer->language], finding->arguments,
                 finding->argument_count, writer->language);
    buffer_add_char(writer->out, '\n');
}

static void text_summary(const Writer *writer, const Findings *findings) {
    static const MessageId names[FIGURE_KINDS] = {TEXT_AUDIT_RATES, TEXT_AUDIT_COUNTS, TEXT_AUDIT_PERCENTS};
    Arena arena = {0};
    bool any = false;
    for (int kind = 0; kind < FIGURE_KINDS; kind++) {
        const size_t *tally = writer->audit->tally[kind];
        Str numbers[1 + FIGURE_CLASSES];
        size_t total = 0;
        for (int class = 0; class < FIGURE_CLASSES; class ++) {
            total += tally[class];
            numbers[1 + class] = arena_format(&arena, "%zu", tally[class]);
        }
        if (!total) continue;
        any = true;
        numbers[0] = message_both(&arena, names[kind], arena_format(&arena, "%zu", total));
        fill_list(writer, writer->out, TEXT_AUDIT_SUMMARY, numbers, 1 + FIGURE_CLASSES);
    }
    if (!any) fill(writer, writer->out, TEXT_AUDIT_NOTHING, (Str){"", 0});
    if (writer->audit->unprinted && writer->audit->tally[FIGURE_RATE][FIGURE_MATCHES])
        fill(writer, writer->out, TEXT_AUDIT_UNPRINTED,
             arena_format(&arena, "%zu", writer->audit->unprinted));
    fill(writer, writer->out, TEXT_AUDIT_FINDINGS, arena_format(&arena, "%zu", findings->count));
    arena_release(&arena);
}

void audit_write_text(const Results *results, const Audit *audit, const Findings *findings, Language language,
                      Buffer *out) {
    Writer writer = {results, results_dataset(results), audit, language, out};
    for (size_t i = 0; i < audit->count; i++)
        if (audit->figures[i].class != FIGURE_MATCHES) text_figure(&writer, &audit->figures[i]);
    if (out->size) buffer_add_char(out, '\n');
    for (size_t i = 0; i < findings->count; i++) text_finding(&writer, &findings->items[i]);
    if (findings->count) buffer_add_char(out, '\n');
    text_summary(&writer, findings);
}

static void json_none(Buffer *out, const char *name) {
    json_add_key(out, name);
    buffer_add(out, STR("null"));
}

/* The names of a row; without the indicator when `project`. */
static void json_row(Buffer *out, const Dataset *dataset, size_t row, bool project) {
    size_t unit = dataset_project(dataset, row);
    size_t department = dataset_parent(dataset, LEVEL_PROJECT, unit);
    size_t bureau = dataset_parent(dataset, LEVEL_DEPARTMENT, department);
    Str id = cell(dataset, "id", row);
    json_put_whole(out, "row", dataset_record(dataset, row) + 1);
    json_put_whole(out, "line", dataset_line(dataset, row));
    if (id.size) json_put_text(out, "id", id);
    json_put_text(out, "bureau", unit_name(dataset, LEVEL_BUREAU, bureau));
    json_put_text(out, "department", unit_name(dataset, LEVEL_DEPARTMENT, department));
    json_put_text(out, "project", unit_name(dataset, LEVEL_PROJECT, unit));
    if (project)
        json_none(out, "indicator");
    else
        json_put_text(out, "indicator", cell(dataset, "indicator", row));
}

static void json_count_names(Buffer *out, const Figure *figure) {
    json_none(out, "row");
    json_put_whole(out, "line", figure->place.line);
    if (figure->bureau.size)
        json_put_text(out, "bureau", figure->bureau);
    else
        json_none(out, "bureau");
    json_none(out, "department");
    json_none(out, "project");
    json_none(out, "indicator");
    json_put_text(out, "key", figure->key);
}

static void json_exact(Buffer *out, const char *name, mpq_srcptr value) {
    Buffer text = {0};
    interval_write_number(&text, value);
    json_put_text(out, name, buffer_view(&text));
    buffer_release(&text);
}

static void json_would(Buffer *out, const char *name, const Would *would) {
    if (!would || !would->count) return;
    json_add_key(out, name);
    buffer_add_char(out, '[');
    for (size_t i = 0; i < would->count; i++) {
        const Interval *interval = &would->intervals[i];
        buffer_add(out, i > 0 ? STR(",{") : STR("{"));
        json_exact(out, "low", interval->low);
        buffer_addf(out, ",\"low_closed\":%s", interval->low_closed ? "true" : "false");
        json_exact(out, "high", interval->high);
        buffer_addf(out, ",\"high_closed\":%s}", interval->high_closed ? "true" : "false");
    }
    buffer_add_char(out, ']');
}

static void json_rounding(Buffer *out, const AuditColumn *column) {
    json_put_text(out, "rounding", str_of(rounding_name(column->mode)));
    json_put_whole(out, "digits", column->places);
    json_add_key(out, "same");
    buffer_add_char(out, '[');
    bool any = false;
    for (int mode = 0; mode < ROUNDING_COUNT; mode++) {
        if (!column->also[mode]) continue;
        if (any) buffer_add_char(out, ',');
        json_add_text(out, str_of(rounding_name((Rounding)mode)));
        any = true;
    }
    buffer_add_char(out, ']');
}

static void json_figure(Buffer *out, const Dataset *dataset, const Audit *audit, const Figure *figure) {
    buffer_add_char(out, '{');
    json_put_text(out, "kind", str_of(figure_kind_name(figure->kind)));
    if (figure->kind == FIGURE_RATE)
        json_row(out, dataset, figure->row, false);
    else
        json_count_names(out, figure);
    json_add_key(out, "printed");
    decimal_write(out, &figure->printed);
    json_add_key(out, "computed");
    buffer_add(out, figure->computed.size ? figure->computed : STR("null"));
    json_put_text(out, "class", str_of(figure_class_name(figure->class)));
    if (figure->exact.size) json_put_text(out, "exact", figure->exact);
    if (figure->missing != MISSING_NONE) json_put_text(out, "missing", str_of(missing_name(figure->missing)));
    if (figure->class == FIGURE_OTHER_ROUNDING) json_rounding(out, &audit->columns[figure->kind]);
    json_would(out, "target_intervals", figure->target);
    json_would(out, "actual_intervals", figure->actual);
    json_would(out, "would_follow_from", figure->any_actual);
    if (figure->nearest.size) json_put_text(out, "nearest_actual", figure->nearest);
    if (figure->together) buffer_add(out, STR(",\"both_hidden\":true"));
    if (figure->untried) buffer_add(out, STR(",\"untried\":true"));
    if (figure->from_print) buffer_add(out, STR(",\"follows_from_printed_counts\":true"));
    buffer_add_char(out, '}');
}

static void json_finding(Buffer *out, const Dataset *dataset, const Finding *finding) {
    buffer_add_char(out, '{');
    json_put_text(out, "code", str_of(message_get(finding->code).code));
    json_row(out, dataset, finding->row, finding->project);
    Buffer text = {0};
    message_fill(&text, message_get(finding->code).text[LANGUAGE_EN], finding->arguments,
                 finding->argument_count, LANGUAGE_EN);
    json_put_text(out, "message", buffer_view(&text));
    buffer_release(&text);
    buffer_add_char(out, '}');
}

static void json_summary(Buffer *out, const Audit *audit) {
    json_add_key(out, "summary");
    buffer_add_char(out, '{');
    for (int kind = 0; kind < FIGURE_KINDS; kind++) {
        json_add_key(out, figure_kind_name((FigureKind)kind));
        buffer_add_char(out, '{');
        for (int class = 0; class < FIGURE_CLASSES; class ++)
            json_put_whole(out, figure_class_name((FigureClass) class), audit->tally[kind][class]);
        buffer_add_char(out, '}');
    }
    json_put_whole(out, "unprinted", audit->unprinted);
    buffer_add_char(out, '}');
}

void audit_write_json(const Results *results, const Audit *audit, const Findings *findings, Buffer *out) {
    const Dataset *dataset = results_dataset(results);
    buffer_add_char(out, '{');
    json_put_text(out, "format", STR("perfeval.audit/1"));
    json_put_text(out, "title", results_plan(results)->title);
    json_summary(out, audit);
    json_add_key(out, "figures");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < audit->count; i++) {
        if (i > 0) buffer_add(out, STR(",\n"));
        json_figure(out, dataset, audit, &audit->figures[i]);
    }
    buffer_add(out, STR("],\n\"findings\":["));
    for (size_t i = 0; i < findings->count; i++) {
        if (i > 0) buffer_add(out, STR(",\n"));
        json_finding(out, dataset, &findings->items[i]);
    }
    buffer_add(out, STR("]}\n"));
}
