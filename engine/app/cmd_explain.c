#include "app/cmd_explain.h"

#include "app/chains.h"
#include "io/json.h"
#include "model/find.h"
#include "model/schema.h"
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
    Chains chains;
    Diag *diag;
    Arena arena;
} Explain;

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
    explain->wanted = REACH_ANY;
    if (!name.size) return true;
    explain->wanted = find_verdict(plan, name);
    if (explain->wanted != REACH_ANY) return true;
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
    diag_hint_plain(explain->diag, TEXT_HINT_PART_OF_NAME);
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
    message_fill(out, message_get(TEXT_EXPLAIN_SEVERAL).text[language], &number, 1, language);
}

static void write_chains(Explain *explain, Buffer *out) {
    Language language = explain->options->language;
    bool json = explain->form == FORM_JSON;
    chains_begin(&explain->chains, explain->pipeline, explain->options, explain->projects, explain->count);
    if (json) {
        buffer_add(out, STR("{\"format\":\"perfeval.explain/1\",\"rules\":"));
        json_add_text(out, explain->pipeline->plan->file);
        buffer_add(out, STR(",\"data\":"));
        json_add_text(out, dataset_file(explain->pipeline->dataset));
        buffer_add(out, STR(",\"projects\":["));
    }
    for (size_t i = 0; i < explain->count; i++) {
        Trace *trace = chains_trace(&explain->chains, explain->projects[i], explain->wanted);
        if (i > 0) buffer_add_char(out, json ? ',' : '\n');
        if (json)
            trace_json(out, trace);
        else
            trace_text(out, trace, language);
        trace_free(trace);
    }
    if (json) buffer_add(out, STR("]}\n"));
    chains_end(&explain->chains);
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
    if (!pipeline_load(explain->pipeline, options->operands[0], options, explain->diag)) return false;
    if (explain->form != FORM_JSONL) explain->pipeline->keep = EVALUATE_KEEP_PROJECTS; /* few rows are read */
    if (!choose_verdict(explain) || !pipeline_evaluate(explain->pipeline, explain->diag) ||
        !choose_projects(explain, &wanted))
        return false;
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
