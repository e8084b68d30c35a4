#include "app/cmd_explain.h"

#include "app/pipeline.h"
#include "io/json.h"
#include "model/compile_periods.h"
#include "model/find.h"
#include "model/ruleset.h"
#include "model/trace_json.h"
#include "model/trace_lines.h"
#include "model/trace_text.h"

#include <stdlib.h>

typedef enum Form { FORM_TEXT, FORM_JSON, FORM_JSONL, FORM_COUNT } Form;

typedef struct Explain {
    Pipeline *pipeline;
    Options *options;
    Form form;
    unsigned wanted;
    uint32_t *projects;
    size_t count;
    Again again;
    TraceFile file;
    /* cells of the rows that are explained, in order of the file */
    struct CellPlace {
        Place place;
        Str text;
    } * cells;
    uint32_t *rows; /* as numbers of the file */
    size_t row_count;
    Audit *audit;
    Table *table;
    Diag *diag;
    Arena arena;
} Explain;

/* ---- asking the rules again */

static Plan *change_plan(void *context, Str param, const Decimal *value) {
    const Explain *explain = context;
    const Options *options = explain->options;
    Arena arena = {0};
    Buffer text = {0};
    decimal_write(&text, value);
    Setting *settings = arena_new(&arena, options->setting_count + 1, sizeof *settings);
    for (size_t i = 0; i < options->setting_count; i++) settings[i] = options->settings[i];
    settings[options->setting_count] = (Setting){param, buffer_view(&text)};
    Diag *unheard = diag_new();
    Plan *plan = plan_compile_at(options->operands[0], rules_tree(explain->pipeline->rules), options->at,
                                 settings, options->setting_count + 1, unheard);
    if (plan && options->period.size) compile_period_override(plan, options->period);
    diag_free(unheard);
    buffer_release(&text);
    arena_release(&arena);
    return plan;
}

static RowFunctions ask_functions(void *context, const Plan *plan, const Dataset *dataset) {
    const Explain *explain = context;
    return rules_functions(explain->pipeline->rules, plan, dataset);
}

/* ---- the cells in the data file */

static int compare_rows(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static void gather_rows(Explain *explain) {
    const Dataset *dataset = explain->pipeline->dataset;
    explain->rows = arena_new(&explain->arena, dataset_rows(dataset), sizeof *explain->rows);
    for (size_t i = 0; i < explain->count; i++) {
        size_t count;
        const uint32_t *rows = dataset_children(dataset, LEVEL_PROJECT, explain->projects[i], &count);
        for (size_t k = 0; k < count; k++)
            explain->rows[explain->row_count++] = (uint32_t)dataset_record(dataset, rows[k]);
    }
    if (explain->row_count) qsort(explain->rows, explain->row_count, sizeof *explain->rows, compare_rows);
}

/* The file is read once more up to the last row that is explained: only now is it known whose cells matter.
 */
static void find_cells(Explain *explain) {
    const Dataset *dataset = explain->pipeline->dataset;
    size_t columns = dataset_columns(dataset), next = 0;
    gather_rows(explain);
    explain->cells = arena_new(&explain->arena, explain->row_count * columns, sizeof *explain->cells);
    explain->table = source_table(&explain->pipeline->data);
    Diag *unheard = diag_new();
    Row row;
    TableStep step = table_next(explain->table, &row, unheard); /* the names of columns */
    for (uint32_t at = 0; step == TABLE_ROW && next < explain->row_count; at++) {
        step = table_next(explain->table, &row, unheard);
        if (step != TABLE_ROW || at != explain->rows[next] || row.count > columns) continue;
        for (size_t i = 0; i < row.count; i++) {
            explain->cells[next * columns + i].place = table_place(explain->table, &row, i);
            explain->cells[next * columns + i].text = row.cells[i].text;
        }
        next++;
    }
    diag_free(unheard);
}

static bool cell_place(void *context, uint32_t row, size_t column, Place *place, Str *text) {
    const Explain *explain = context;
    uint32_t record = (uint32_t)dataset_record(explain->pipeline->dataset, row);
    const uint32_t *found =
        bsearch(&record, explain->rows, explain->row_count, sizeof *explain->rows, compare_rows);
    if (!found) return false;
    size_t columns = dataset_columns(explain->pipeline->dataset);
    const struct CellPlace *cell = &explain->cells[(size_t)(found - explain->rows) * columns + column];
    if (!cell->place.line) return false;
    *place = cell->place;
    *text = cell->text;
    return true;
}

/* Published rates, in the classes that audit puts them in. */
static void find_published(Explain *explain) {
    const Dataset *dataset = explain->pipeline->dataset;
    size_t column;
    if (!dataset_find_column(dataset, STR("published_rate"), &column)) return;
    const Figure **figures = arena_new(&explain->arena, dataset_rows(dataset), sizeof *figures);
    explain->audit = audit_new(explain->pipeline->results, NULL);
    for (size_t i = 0; i < explain->audit->count; i++) {
        const Figure *figure = &explain->audit->figures[i];
        if (figure->kind == FIGURE_RATE && figure->row < dataset_rows(dataset)) figures[figure->row] = figure;
    }
    explain->file.audit = explain->audit;
    explain->file.figures = figures;
}

/* ---- what is explained */

static bool choose_form(Explain *explain) {
    static const char *const names[FORM_COUNT] = {"text", "json", "jsonl"};
    const Options *options = explain->options;
    Str format = options->format.size ? options->format : STR("text");
    int form = 0;
    while (form < FORM_COUNT && !str_is(format, names[form])) form++;
    explain->form = (Form)form;
    if (form == FORM_COUNT) {
        diag_add(explain->diag, MESSAGE_FLAG_CHOICE, NULL, STR("--format"), format, STR("text, json, jsonl"));
        return false;
    }
    if (form != FORM_JSONL || (options->all && !options->why_not.size)) return true;
    diag_add_plain(explain->diag, MESSAGE_JSONL_ALL, NULL);
    return false;
}

static bool choose_verdict(Explain *explain) {
    const Plan *plan = explain->pipeline->plan;
    Str name = explain->options->why_not;
    explain->wanted = NEAREST_ANY;
    if (!name.size) return true;
    explain->wanted = find_verdict(plan, name);
    if (explain->wanted != NEAREST_ANY) return true;
    Buffer keys = {0};
    Str words[PLAN_BANDS];
    for (size_t i = 0; i < plan->verdicts[LEVEL_PROJECT].count; i++) {
        words[i] = plan->verdicts[LEVEL_PROJECT].bands[i].key;
        buffer_addf(&keys, "%s%.*s", i > 0 ? ", " : "", STR_FMT(words[i]));
    }
    diag_add(explain->diag, MESSAGE_EXPLAIN_VERDICT, NULL, name, buffer_view(&keys));
    schema_suggest(explain->diag, name, words, plan->verdicts[LEVEL_PROJECT].count);
    buffer_release(&keys);
    return false;
}

static bool check_row(Explain *explain, size_t row) {
    size_t rows = dataset_all_rows(explain->pipeline->dataset);
    if (!explain->options->row.size || (row >= 1 && row <= rows)) return true;
    diag_add(explain->diag, MESSAGE_EXPLAIN_ROW, NULL, explain->options->row,
             arena_format(&explain->arena, "%zu", rows));
    return false;
}

/* What was looked for and is in no name. */
static void add_no_match(Explain *explain, const Wanted *wanted) {
    Str word = wanted->any.size ? wanted->any : explain->options->row;
    for (int level = 0; level < LEVEL_ALL && !word.size; level++) word = wanted->names[level];
    diag_add(explain->diag, MESSAGE_NO_MATCH, NULL, word);
    find_suggest(explain->pipeline->dataset, word, explain->diag);
}

static bool choose_projects(Explain *explain, const Wanted *wanted) {
    if (!check_row(explain, wanted->row)) return false;
    if (find_is_empty(wanted) && !explain->options->all)
        explain->projects = find_not_normal(explain->pipeline->results, &explain->count, &explain->arena);
    else
        explain->projects =
            find_projects(explain->pipeline->dataset, wanted, &explain->count, &explain->arena);
    if (explain->count || find_is_empty(wanted)) return true;
    add_no_match(explain, wanted);
    return false;
}

/* ---- what is written */

static void write_list(Explain *explain, Buffer *out) {
    Language language = explain->options->language;
    for (size_t i = 0; i < explain->count; i++)
        trace_text_brief(out, explain->pipeline->results, explain->projects[i], language);
    Str number = arena_format(&explain->arena, "%zu", explain->count);
    message_fill(out, message_get(TEXT_EXPLAIN_SEVERAL)->text[language], &number, 1, language);
}

static void write_chains(Explain *explain, Buffer *out) {
    Language language = explain->options->language;
    bool json = explain->form == FORM_JSON;
    find_cells(explain);
    find_published(explain);
    if (json) {
        buffer_add(out, STR("{\"format\":\"perfeval.explain/1\",\"rules\":"));
        json_add_text(out, explain->pipeline->plan->file);
        buffer_add(out, STR(",\"data\":"));
        json_add_text(out, dataset_file(explain->pipeline->dataset));
        buffer_add(out, STR(",\"projects\":["));
    }
    for (size_t i = 0; i < explain->count; i++) {
        Trace *trace = trace_project(&explain->again, &explain->file, explain->projects[i], explain->wanted);
        if (i > 0) buffer_add_char(out, json ? ',' : '\n');
        if (json)
            trace_json(out, trace);
        else
            trace_text(out, trace, language);
        trace_free(trace);
    }
    if (json) buffer_add(out, STR("]}\n"));
    table_close(explain->table);
    audit_free(explain->audit);
}

/* As JSON Lines: written while they are made. */
static bool take(void *context, Str bytes, size_t done, size_t all) {
    (void)done, (void)all;
    return file_writer_add(context, bytes);
}

static bool deliver_lines(Explain *explain) {
    bool *chosen = arena_new(&explain->arena, dataset_level_size(explain->pipeline->dataset, LEVEL_PROJECT),
                             sizeof *chosen);
    for (size_t i = 0; i < explain->count; i++) chosen[explain->projects[i]] = true;
    FileWriter *writer = cli_writer(explain->options, explain->diag);
    if (!writer) return false;
    LinesJob job = {.results = explain->pipeline->results,
                    .chosen = chosen,
                    .threads = explain->options->threads,
                    .context = writer,
                    .take = take};
    bool made = trace_lines(&job, explain->diag);
    return file_writer_close(writer, made, explain->diag) && made;
}

static bool deliver_text(Explain *explain, bool selected) {
    Buffer out = {0};
    if (explain->form == FORM_TEXT && selected && explain->count > 1 && !explain->options->all)
        write_list(explain, &out);
    else
        write_chains(explain, &out);
    bool done = !results_refuse(explain->pipeline->results, explain->diag) &&
                cli_deliver(explain->options, buffer_view(&out), explain->diag);
    buffer_release(&out);
    return done;
}

static bool explain_rules(Explain *explain) {
    Options *options = explain->options;
    Wanted wanted = {.row = (size_t)strtoull(arena_copy(&explain->arena, options->row).data, NULL, 10)};
    wanted.names[LEVEL_BUREAU] = options->bureau;
    wanted.names[LEVEL_DEPARTMENT] = options->department;
    wanted.names[LEVEL_PROJECT] = options->project;
    wanted.names[LEVEL_INDICATOR] = options->indicator;
    if (options->operand_count > 1) wanted.any = options->operands[1];
    options->keep_data = true;
    if (!pipeline_load(explain->pipeline, options->operands[0], options, explain->diag) ||
        !choose_verdict(explain) || !pipeline_evaluate(explain->pipeline, explain->diag) ||
        !choose_projects(explain, &wanted))
        return false;
    explain->again = (Again){explain->pipeline->results, change_plan, NULL, explain};
    if (explain->pipeline->plan->has_functions) explain->again.functions = ask_functions;
    explain->file = (TraceFile){.cell = cell_place, .context = explain};
    return explain->form == FORM_JSONL ? deliver_lines(explain)
                                       : deliver_text(explain, !find_is_empty(&wanted));
}

ExitCode cmd_explain(Options *options, Diag *diag) {
    Pipeline pipeline = {0};
    Explain explain = {.pipeline = &pipeline, .options = options, .diag = diag};
    if (options->operand_count > 2) {
        diag_add(diag, MESSAGE_EXTRA_OPERAND, NULL, options->operands[2]);
        return EXIT_USAGE;
    }
    if (options->operand_count == 0)
        diag_add(diag, MESSAGE_MISSING_OPERAND, NULL, message_words(TEXT_OPERAND_RULES));
    if (options->operand_count == 0 || !choose_form(&explain)) return EXIT_USAGE;
    explain_rules(&explain);
    arena_release(&explain.arena);
    pipeline_release(&pipeline);
    return diag_exit_code(diag);
}
