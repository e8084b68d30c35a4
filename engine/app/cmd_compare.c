#include "app/cmd_compare.h"

#include "app/both.h"
#include "app/sheet.h"
#include "model/causes.h"
#include "model/export_compare.h"

/* What the page is made of. */
typedef struct Page {
    const Comparison *comparison;
    const Both *both;
    const Options *options;
    Sheet sheet;
    Arena arena;
} Page;

static Str say(Page *page, MessageId text, const Str *arguments, size_t count) {
    Buffer out = {0};
    held_say(&out, text, arguments, count, page->options->language);
    Str kept = arena_copy(&page->arena, buffer_view(&out));
    buffer_release(&out);
    return kept;
}

static Str word(const Page *page, MessageId text) { return held_text(text, page->options->language); }

/* "rules/2019.lua --set cut=90 data/2020.csv" */
static Str side_name(Page *page, const Options *options) {
    Buffer out = {0};
    buffer_add(&out, options->operands[0]);
    for (size_t i = 0; i < options->setting_count; i++)
        buffer_addf(&out, " --set %.*s=%.*s", STR_FMT(options->settings[i].name),
                    STR_FMT(options->settings[i].value));
    if (options->data.size) buffer_addf(&out, " %.*s", STR_FMT(options->data));
    Str kept = arena_copy(&page->arena, buffer_view(&out));
    buffer_release(&out);
    return kept;
}

/* ---- verdict by verdict: bands, none, not there */

static size_t verdict_count(const Plan *plan) { return plan->verdicts[LEVEL_PROJECT].count; }

static unsigned verdict_at(const Plan *plan, size_t index) {
    if (index < verdict_count(plan)) return (unsigned)index;
    return index == verdict_count(plan) ? RESULTS_NO_BAND : PLAN_BANDS;
}

static Str verdict_name(const Page *page, const Plan *plan, unsigned verdict) {
    if (verdict == PLAN_BANDS) return word(page, TEXT_COMPARE_ABSENT);
    return held_verdict(plan, verdict, page->options->language);
}

/* Whether a line or a column of the matrix is to be seen: bands always, the others when they hold something.
 */
static bool is_shown(const Page *page, bool column, size_t index) {
    const Plan *from = page->comparison->from->plan, *to = page->comparison->to->plan;
    const Plan *own = column ? to : from, *other = column ? from : to;
    size_t count = 0;
    if (index < verdict_count(own)) return true;
    for (size_t i = 0; i < verdict_count(other) + 2; i++)
        count += column ? compare_count(page->comparison, verdict_at(from, i), verdict_at(to, index))
                        : compare_count(page->comparison, verdict_at(from, index), verdict_at(to, i));
    return count > 0;
}

static void write_matrix_line(Page *page, size_t line, size_t width) {
    const Plan *from = page->comparison->from->plan, *to = page->comparison->to->plan;
    size_t total = 0;
    sheet_cell(&page->sheet, verdict_name(page, from, verdict_at(from, line)));
    for (size_t i = 0; i < width; i++) {
        if (!is_shown(page, true, i)) continue;
        size_t count = compare_count(page->comparison, verdict_at(from, line), verdict_at(to, i));
        sheet_number(&page->sheet, count);
        total += count;
    }
    sheet_number(&page->sheet, total);
}

static void write_matrix(Page *page) {
    const Plan *from = page->comparison->from->plan, *to = page->comparison->to->plan;
    size_t width = verdict_count(to) + 2, shown = 0;
    char *sides = arena_new(&page->arena, width + 3, 1);
    sides[0] = 'l';
    for (size_t i = 0; i < width; i++)
        if (is_shown(page, true, i)) sides[++shown] = 'r';
    sides[shown + 1] = 'r';
    sheet_heading(&page->sheet, word(page, TEXT_COMPARE_MATRIX));
    sheet_table(&page->sheet, shown + 2, sides);
    sheet_cell(&page->sheet, (Str){"", 0});
    for (size_t i = 0; i < width; i++)
        if (is_shown(page, true, i)) sheet_cell(&page->sheet, verdict_name(page, to, verdict_at(to, i)));
    sheet_cell(&page->sheet, word(page, TEXT_COMPARE_TOTAL));
    for (size_t i = 0; i < verdict_count(from) + 2; i++)
        if (is_shown(page, false, i)) write_matrix_line(page, i, width);
    sheet_table_end(&page->sheet);
}

/* ---- by bureau */

static Str before_and_after(Page *page, size_t before, size_t after) {
    if (before == after) return arena_format(&page->arena, "%zu", after);
    return arena_format(&page->arena, "%zu → %zu", before, after);
}

/* The band of the first rules with the key of a band of the second; SIZE_MAX: none. */
static size_t same_band(const Plan *from, const Band *band) {
    for (size_t i = 0; i < verdict_count(from); i++)
        if (str_equal(from->verdicts[LEVEL_PROJECT].bands[i].key, band->key)) return i;
    return SIZE_MAX;
}

static void write_bureaus(Page *page) {
    const Plan *from = page->comparison->from->plan, *to = page->comparison->to->plan;
    const Band *bands = to->verdicts[LEVEL_PROJECT].bands;
    char *sides = arena_new(&page->arena, verdict_count(to) + 3, 1);
    sides[0] = 'l';
    for (size_t i = 0; i <= verdict_count(to); i++) sides[i + 1] = 'r';
    sheet_heading(&page->sheet, word(page, TEXT_COMPARE_BUREAUS));
    sheet_table(&page->sheet, verdict_count(to) + 2, sides);
    sheet_cell(&page->sheet, (Str){"", 0});
    sheet_cell(&page->sheet, word(page, TEXT_COMPARE_TOTAL));
    for (size_t i = 0; i < verdict_count(to); i++) sheet_cell(&page->sheet, bands[i].name);
    for (size_t k = 0; k < page->comparison->bureau_count; k++) {
        const BureauCounts *bureau = &page->comparison->bureaus[k];
        sheet_cell(&page->sheet, bureau->name);
        sheet_cell(&page->sheet, before_and_after(page, bureau->from.total, bureau->to.total));
        for (size_t i = 0; i < verdict_count(to); i++) {
            size_t own = same_band(from, &bands[i]);
            size_t before = own == SIZE_MAX ? 0 : bureau->from.band[own];
            sheet_cell(&page->sheet, before_and_after(page, before, bureau->to.band[i]));
        }
    }
    sheet_table_end(&page->sheet);
}

/* ---- the projects */

static Str shown_value(const Page *page, Str value) {
    return value.size ? value : word(page, TEXT_COMPARE_NOTHING);
}

static Str signed_points(Page *page, Str points) {
    bool up = points.size && points.data[0] != '-';
    return arena_format(&page->arena, "%s%.*s", up ? "+" : "", STR_FMT(points));
}

static bool is_nothing(Str points) { return !points.size || str_is(points, "0"); }

static Str cause_text(Page *page, const Cause *cause) {
    const Edit *edit = &page->comparison->edits.items[cause->edit];
    Str where = arena_format(&page->arena, "%.*s:%u", STR_FMT(edit->place.file), edit->place.line);
    Str kind = word(page, (MessageId)(TEXT_EDIT_PARAM + (int)edit->kind));
    bool row = edit->kind >= EDIT_ROW_ADDED;
    Str text = row ? say(page, TEXT_COMPARE_ROW, (const Str[]){kind, edit->name, where}, 3)
                   : say(page, TEXT_COMPARE_CAUSE,
                         (const Str[]){kind, edit->name, shown_value(page, edit->from),
                                       shown_value(page, edit->to), where},
                         5);
    if (is_nothing(cause->points)) return text;
    Str points = signed_points(page, cause->points);
    return say(page, TEXT_COMPARE_POINTS, (const Str[]){text, points}, 2);
}

static Str project_names(Page *page, const Change *change) {
    bool added = change->from == PATCH_NONE;
    const Dataset *dataset =
        added ? page->comparison->to_held->dataset : page->comparison->from_held->dataset;
    uint32_t project = added ? change->to : change->from;
    uint32_t department = dataset_parent(dataset, LEVEL_PROJECT, project);
    uint32_t bureau = dataset_parent(dataset, LEVEL_DEPARTMENT, department);
    return arena_format(&page->arena, "%.*s > %.*s > %.*s",
                        STR_FMT(dataset_level_name(dataset, LEVEL_BUREAU, bureau)),
                        STR_FMT(dataset_level_name(dataset, LEVEL_DEPARTMENT, department)),
                        STR_FMT(dataset_level_name(dataset, LEVEL_PROJECT, project)));
}

static Str verdict_of(const Page *page, const Change *change, bool after) {
    const Outcome *outcome = after ? page->comparison->to : page->comparison->from;
    if ((after ? change->to : change->from) == PATCH_NONE) return word(page, TEXT_COMPARE_ABSENT);
    return verdict_name(page, outcome->plan, after ? change->to_verdict : change->from_verdict);
}

static void write_change(Page *page, const Change *change) {
    const Str parts[] = {project_names(page, change), verdict_of(page, change, false),
                         verdict_of(page, change, true),
                         change->from_rate.size ? change->from_rate : STR("-"),
                         change->to_rate.size ? change->to_rate : STR("-")};
    Str *lines = arena_new(&page->arena, change->cause_count + 2, sizeof *lines);
    size_t count = 0;
    for (size_t i = 0; i < change->cause_count; i++) lines[count++] = cause_text(page, &change->causes[i]);
    Str rest = signed_points(page, change->rest);
    if (!is_nothing(change->rest)) lines[count++] = say(page, TEXT_COMPARE_REST, &rest, 1);
    if (!change->minimal) lines[count++] = word(page, TEXT_COMPARE_NOT_MINIMAL);
    sheet_item(&page->sheet, say(page, TEXT_COMPARE_CHANGE, parts, 5));
    sheet_below(&page->sheet, lines, count);
}

static void write_page(Page *page, SheetForm form, Buffer *out) {
    const Comparison *comparison = page->comparison;
    sheet_begin(&page->sheet, form, word(page, TEXT_COMPARE_TITLE), page->options->language, out);
    Str from = side_name(page, &page->both->options[0]), to = side_name(page, &page->both->options[1]);
    sheet_line(&page->sheet, say(page, TEXT_COMPARE_BEFORE, &from, 1));
    sheet_line(&page->sheet, say(page, TEXT_COMPARE_AFTER, &to, 1));
    write_matrix(page);
    write_bureaus(page);
    Str count = arena_format(&page->arena, "%zu", comparison->change_count);
    sheet_heading(&page->sheet, say(page, TEXT_COMPARE_CHANGES, &count, 1));
    for (size_t i = 0; i < comparison->change_count; i++) {
        write_change(page, &comparison->changes[i]);
        arena_release(&page->arena);
    }
    sheet_end(&page->sheet);
}

static void render(const Comparison *comparison, const Both *both, const Options *options, Buffer *out) {
    Page page = {.comparison = comparison, .both = both, .options = options};
    if (str_is(options->format, "json"))
        export_compare_json(comparison, out);
    else if (str_is(options->format, "html"))
        write_page(&page, SHEET_HTML, out);
    else
        write_page(&page, str_is(options->format, "markdown") ? SHEET_MARKDOWN : SHEET_TEXT, out);
    arena_release(&page.arena);
}

/* Whether a verdict changed, of what was delivered. */
static bool compare_and_write(const Both *both, const Options *options, Diag *diag) {
    Buffer out = {0};
    bool changed = false;
    Comparison *comparison = compare_new(&both->from_held, &both->to_held, diag);
    if (comparison) {
        causes_find(comparison);
        render(comparison, both, options, &out);
        bool refused = results_refuse(comparison->from->results, diag);
        refused |= results_refuse(comparison->to->results, diag);
        changed = !refused && cli_deliver(options, buffer_view(&out), diag) && comparison->change_count > 0;
    }
    compare_free(comparison);
    buffer_release(&out);
    return changed;
}

ExitCode cmd_compare(Options *options, Diag *diag) {
    if (!held_check_format(options, "text, markdown, json, html", diag)) return EXIT_USAGE;
    Both both;
    bool changed = both_load(&both, options, diag) && compare_and_write(&both, options, diag);
    both_release(&both);
    ExitCode code = diag_exit_code(diag);
    return code == EXIT_DONE && changed && options->exit_code ? EXIT_FINDINGS : code;
}
