/* Names from data in every output: what was written is read again. The input is five names of each of three
 * rows, and the title of the rules, with a NUL behind each. */
#include <stddef.h>

#include "lua/state.h"
#include "lua/worker.h"

/* The scripts that scripts ask for are read here: there is no parent to ask. */
static bool read_required(const char *kind, Str name, Arena *arena, Script *out, Diag *diag);
#define state_channel(L) ((WorkerChannel *)(void *)(L))
#define worker_script(channel, kind, name, arena, out, diag)                                                 \
    ((void)(channel), read_required(kind, name, arena, out, diag))
#include "lua/report.c"
#include "lua/sandbox.c"
#undef state_channel
#undef worker_script

#include "base/memory.h"
#include "fuzz.h"
#include "io/json.h"
#include "model/export.h"
#include "ruletext.h"

#define NAMES 5

static Folders shipped(void) { return (Folders){.project = STR("."), .share = STR(".")}; }

static bool read_required(const char *kind, Str name, Arena *arena, Script *out, Diag *diag) {
    const Folders folders = shipped();
    return folder_read_script(&folders, kind, name, arena, out, diag);
}

/* ---- what must hold */

static bool is_formula(Str text) {
    if (text.size && (text.data[0] == '\t' || text.data[0] == '\r')) return true;
    text = str_trim(text);
    return text.size && strchr("=+-@", text.data[0]) && text.data[0];
}

static void check_csv_row(const Row *row, const Dataset *dataset, size_t number) {
    static const char *const columns[] = {"bureau", "department", "project", "indicator", "unit"};
    for (size_t i = 0; i < NAMES; i++) {
        size_t column;
        Str cell = row->cells[i].text;
        if (!dataset_find_column(dataset, str_of(columns[i]), &column)) fail_msg("no %s", columns[i]);
        Str name = dataset_text(dataset, column, number);
        require(!is_formula(cell), "a formula: <%.*s>", STR_FMT(cell));
        bool guarded = is_formula(name) && str_starts(cell, STR("'"));
        if (guarded) cell = str_slice(cell, 1, cell.size);
        require(str_equal(cell, name), "<%.*s> became <%.*s>", STR_FMT(name), STR_FMT(cell));
    }
}

static void check_csv(const Results *results) {
    const Dataset *dataset = results_dataset(results);
    Diag *diag = diag_new();
    Buffer text = {0};
    export_csv(results, &text);
    Table *table = csv_open(STR("out.csv"), buffer_view(&text));
    Row row;
    size_t count = 0;
    for (; table_next(table, &row, diag) == TABLE_ROW; count++)
        if (count > 0) check_csv_row(&row, dataset, count - 1);
    require(count == dataset_rows(dataset) + 1 && !diag_has_errors(diag), "%s", buffer_text(&text));
    table_close(table);
    buffer_release(&text);
    diag_free(diag);
}

/* `units`: those that the list holds, in order; NULL: all from 0. */
static void check_names(const Tree *list, const Dataset *dataset, Level level, const uint32_t *units) {
    static const char *const below[] = {"departments", "projects"};
    for (size_t i = 0; i < list->count; i++) {
        const Tree *item = list->items[i].value, *name = tree_get(item, "name");
        size_t unit = units ? units[i] : i, count;
        require(name && str_equal(name->text, dataset_level_name(dataset, level, unit)), "another name");
        if (level == LEVEL_PROJECT) continue;
        const uint32_t *children = dataset_children(dataset, level, unit, &count);
        check_names(tree_get(item, below[level]), dataset, (Level)(level + 1), children);
    }
}

static void check_json(const Results *results, Arena *arena) {
    Diag *diag = diag_new();
    Buffer text = {0};
    export_json(results, &text);
    const Tree *tree = json_parse(STR("out.json"), buffer_view(&text), arena, diag);
    require(tree && tree_get(tree, "bureaus"), "%s", buffer_text(&text));
    check_names(tree_get(tree, "bureaus"), results_dataset(results), LEVEL_BUREAU, NULL);
    buffer_release(&text);
    diag_free(diag);
}

static bool is_box(Str line) {
    static const char *const first[] = {"┌", "│", "├", "└"};
    for (size_t i = 0; i < COUNT(first); i++)
        if (str_starts(line, str_of(first[i]))) return true;
    return false;
}

static size_t bars(Str line) {
    size_t count = 0;
    for (size_t at = 0; at < line.size; at++) {
        if (line.data[at] == '\\')
            at++;
        else
            count += line.data[at] == '|';
    }
    return count;
}

/* Neighbouring lines of a table are as wide, or have as many cells. */
static void check_lines(Str text, bool markdown) {
    size_t before = 0;
    for (size_t at = 0; at < text.size;) {
        Str line = str_slice(text, at, str_find(text, '\n', at));
        at += line.size + 1;
        bool table = markdown ? str_starts(line, STR("|")) : is_box(line);
        size_t size = !table ? 0 : markdown ? bars(line) : text_width(line);
        require(!before || !size || size == before, "%zu, not %zu: %.*s", size, before, STR_FMT(line));
        before = size;
    }
}

static void check_report(const Results *results, const char *report, const char *format) {
    const Folders folders = shipped();
    const ReportJob wanted = {.results = results,
                              .folders = &folders,
                              .limits = &LIMITS_DEFAULT,
                              .report = str_of(report),
                              .format = str_of(format)};
    Task task = {.job = &wanted};
    Job job = {.task = &task, .diag = diag_new(), .L = state_new(NULL)};
    Buffer out = {0};
    if (!read_scripts(&task, &job.arena, job.diag)) fail_msg("no scripts: run where scripts/ is");
    bool drawn = draw_report(&job, &out);
    require_plain_messages(job.diag);
    require(drawn, "%s %s: %s", report, format,
            diag_count(job.diag) ? message_get(diag_item(job.diag, 0)->message).code : "");
    require_plain(buffer_view(&out));
    check_lines(buffer_view(&out), strcmp(format, "markdown") == 0);
    buffer_release(&out);
    state_close(job.L);
    diag_free(job.diag);
    arena_release(&job.arena);
}

static void check_outputs(const Results *results, Arena *arena) {
    check_csv(results);
    check_json(results, arena);
    check_report(results, "status", "text");
    check_report(results, "status", "markdown");
    check_report(results, "sluggish", "text");
    check_report(results, "sluggish", "markdown");
}

/* ---- data with those names */

static void add_rows(Buffer *csv, Bytes *bytes) {
    buffer_add(csv, STR(HEADER "\n"));
    for (int row = 0; row < 3; row++) {
        for (int i = 0; i < NAMES; i++) {
            csv_add_cell(csv, bytes_text(bytes, '\0'));
            buffer_add_char(csv, ',');
        }
        buffer_addf(csv, "100,%d\n", 70 + row * 10);
    }
}

static Plan *plan_titled(Arena *arena, Str title, Diag *diag) {
    Tree *rules = ruletext_rules(arena, "");
    for (size_t i = 0; i < rules->count; i++)
        if (str_is(rules->items[i].name, "title") && title.size && text_invalid(title) == title.size)
            rules->items[i].value->text = title;
    return plan_compile(STR("r.lua"), rules, NULL, 0, diag);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    memory_serve_gmp();
    Bytes bytes = {data, size};
    Arena arena = {0};
    Diag *diag = diag_new();
    Buffer csv = {0};
    add_rows(&csv, &bytes);
    Plan *plan = plan_titled(&arena, bytes_text(&bytes, '\0'), diag);
    Table *table = csv_open(STR("x.csv"), buffer_view(&csv));
    const LoadOptions options = {0};
    Dataset *dataset = dataset_load(table, &options, diag);
    table_close(table);
    Results *results = plan && dataset ? evaluate(plan, dataset, NULL, diag) : NULL;
    if (results) check_outputs(results, &arena);
    require_plain_messages(diag);
    results_free(results);
    dataset_free(dataset);
    plan_free(plan);
    buffer_release(&csv);
    diag_free(diag);
    arena_release(&arena);
    return 0;
}
