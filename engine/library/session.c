/* The calls of perfeval.h that do work: settings, evaluation, reports. */
#include "app/earlier.h"
#include "app/supply.h"
#include "base/memory.h"
#include "library/handle.h"
#include "lua/report.h"
#include "model/export_parts.h"

/* ---- settings: the flags of `perfeval run` that say what is evaluated and how */

static const Command command = {"evaluate", TEXT_USAGE_RUN, "gdisaptZh", NULL};

/* Reads the words behind the name of the program. */
static bool read_words(char **words, size_t count, Options *options, Diag *diag) {
    return cli_parse((int)count, words, &command, 1, options, diag);
}

/* The words of a command line are not const in C; nothing writes to them. */
static char *word_of(const char *text) { return (char *)(uintptr_t)text; }

static void keep_word(Perfeval *perfeval, char *word) {
    if (perfeval->word_count == perfeval->word_room) {
        perfeval->word_room = memory_growth(perfeval->word_room, perfeval->word_count + 1);
        perfeval->words = memory_resize(perfeval->words, perfeval->word_room, sizeof *perfeval->words);
    }
    perfeval->words[perfeval->word_count++] = word;
}

/* Keeps the flag when it can be read. */
static bool add_flag(Perfeval *perfeval, Str flag) {
    char *word = word_of(flag.data), *words[] = {word_of("perfeval"), word_of("evaluate"), word};
    Options options;
    bool good = read_words(words, 3, &options, perfeval->diag);
    bool known = !options.help && !options.version && !options.operand_count;
    arena_release(&options.arena);
    if (good && !known) diag_add(perfeval->diag, MESSAGE_UNKNOWN_FLAG, NULL, flag);
    if (good && known) keep_word(perfeval, word);
    return good && known;
}

static void set(HandleCall *call) {
    Perfeval *perfeval = call->perfeval;
    Str name = str_of(call->name);
    if (str_is(name, "share")) {
        perfeval->share = arena_copy(&perfeval->own, str_of(call->value));
        call->good = true;
        return;
    }
    Str flag = call->value ? arena_format(&perfeval->own, "--%s=%s", name.data, call->value)
                           : arena_format(&perfeval->own, "--%s", name.data);
    call->good = add_flag(perfeval, flag);
}

static void set_param(HandleCall *call) {
    Perfeval *perfeval = call->perfeval;
    call->good = add_flag(
        perfeval, arena_format(&perfeval->own, "--set=%s=%s", call->name, call->value ? call->value : ""));
}

bool perfeval_set(Perfeval *perfeval, const char *name, const char *value) {
    HandleCall call = {.perfeval = perfeval, .name = name, .value = value};
    return handle_run(&call, set);
}

bool perfeval_set_param(Perfeval *perfeval, const char *name, const char *value) {
    HandleCall call = {.perfeval = perfeval, .name = name, .value = value};
    return handle_run(&call, set_param);
}

/* ---- evaluation */

static void forget(Perfeval *perfeval) {
    pipeline_release(&perfeval->pipeline);
    arena_release(&perfeval->options.arena);
    arena_release(&perfeval->arena);
    buffer_release(&perfeval->bytes);
    perfeval->evaluated = false;
    perfeval->title = NULL;
    perfeval->verdicts = NULL;
    perfeval->columns = NULL;
    for (size_t i = 0; i < PERFEVAL_LEVELS; i++) perfeval->units[i] = NULL;
}

/* The settings and the rule file as words, which the options then point into. */
static bool read_settings(Perfeval *perfeval, const char *rule_file) {
    size_t count = perfeval->word_count + 4, at = 0;
    char **words = arena_new(&perfeval->arena, count, sizeof *words);
    words[at++] = word_of("perfeval");
    words[at++] = word_of("evaluate");
    for (size_t i = 0; i < perfeval->word_count; i++) words[at++] = perfeval->words[i];
    words[at++] = word_of("--");
    words[at++] = word_of(arena_copy(&perfeval->arena, str_of(rule_file)).data);
    if (!read_words(words, count, &perfeval->options, perfeval->diag)) return false;
    perfeval->options.share = perfeval->share;
    perfeval->options.read_last_year = earlier_read;
    perfeval->options.keep_data = true; /* formats and perfeval_cell may want cells of the file */
    return true;
}

static void keep_verdicts(Perfeval *perfeval) {
    const Verdicts *verdicts = &perfeval->pipeline.plan->verdicts[LEVEL_PROJECT];
    const Counts *total = results_total(perfeval->pipeline.results);
    Arena *arena = &perfeval->arena;
    perfeval->verdicts = arena_new(arena, verdicts->count, sizeof *perfeval->verdicts);
    for (size_t i = 0; i < verdicts->count; i++)
        perfeval->verdicts[i] =
            (PerfevalVerdict){arena_copy(arena, verdicts->bands[i].key).data,
                              arena_copy(arena, verdicts->bands[i].name).data, total->band[i]};
}

static void evaluate_rules(HandleCall *call) {
    Perfeval *perfeval = call->perfeval;
    forget(perfeval);
    if (!read_settings(perfeval, call->name) ||
        !pipeline_load(&perfeval->pipeline, perfeval->options.operands[0], &perfeval->options,
                       perfeval->diag) ||
        !pipeline_evaluate(&perfeval->pipeline, perfeval->diag))
        return;
    perfeval->title = arena_copy(&perfeval->arena, perfeval->pipeline.plan->title).data;
    keep_verdicts(perfeval);
    perfeval->evaluated = call->good = true;
}

bool perfeval_evaluate(Perfeval *perfeval, const char *rule_file) {
    HandleCall call = {.perfeval = perfeval, .name = rule_file};
    return handle_run(&call, evaluate_rules);
}

/* ---- reports */

static bool add_bytes(void *context, Str bytes, size_t done, size_t all) {
    (void)done;
    (void)all;
    buffer_add(context, bytes);
    return true;
}

static bool find_form(Str format, ExportForm *form) {
    static const char *const names[] = {
        [EXPORT_CSV] = "csv", [EXPORT_JSON] = "json", [EXPORT_JSONL] = "jsonl"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        *form = (ExportForm)i;
        if (str_is(format, names[i])) return true;
    }
    return false;
}

static bool is_ready(Perfeval *perfeval) {
    if (!perfeval->evaluated) diag_add_plain(perfeval->diag, MESSAGE_NOT_EVALUATED, NULL);
    return perfeval->evaluated;
}

static bool draw_report(Perfeval *perfeval, Str format, Str report) {
    Pipeline *pipeline = &perfeval->pipeline;
    if (!pipeline->narrative && !pipeline_narrative(pipeline, perfeval->diag)) return false;
    Supply supply = {pipeline, &perfeval->options};
    ReportJob job = {.results = pipeline->results,
                     .narrative = pipeline->narrative,
                     .folders = &pipeline->folders,
                     .limits = &perfeval->options.limits,
                     .report = report.size ? report : pipeline->plan->report,
                     .format = format,
                     .supply = supply_make,
                     .context = &supply};
    return report_render(&job, &perfeval->bytes, perfeval->diag);
}

static bool write_table(Perfeval *perfeval, ExportForm form, bool has_level, ExportLevel level) {
    ExportJob job = {.results = perfeval->pipeline.results,
                     .form = form,
                     .has_level = has_level,
                     .level = level,
                     .threads = perfeval->options.threads,
                     .context = &perfeval->bytes,
                     .take = add_bytes};
    return export_run(&job, perfeval->diag);
}

static void render(HandleCall *call) {
    Perfeval *perfeval = call->perfeval;
    ExportForm form;
    perfeval->bytes.size = 0;
    if (!is_ready(perfeval)) return;
    call->good = find_form(str_of(call->name), &form)
                     ? write_table(perfeval, form, false, EXPORT_INDICATOR)
                     : draw_report(perfeval, str_of(call->name), str_of(call->value));
    if (call->good) call->answer = buffer_text(&perfeval->bytes);
}

static void render_table(HandleCall *call) {
    static const ExportLevel levels[] = {[PERFEVAL_BUREAU] = EXPORT_BUREAU,
                                         [PERFEVAL_DEPARTMENT] = EXPORT_DEPARTMENT,
                                         [PERFEVAL_PROJECT] = EXPORT_PROJECT,
                                         [PERFEVAL_INDICATOR] = EXPORT_INDICATOR};
    Perfeval *perfeval = call->perfeval;
    ExportForm form;
    perfeval->bytes.size = 0;
    if (!is_ready(perfeval)) return;
    if (!find_form(str_of(call->name), &form)) {
        diag_add(perfeval->diag, MESSAGE_LEVEL_FORMAT, NULL, str_of(call->name));
        return;
    }
    call->good = call->level < PERFEVAL_LEVELS && write_table(perfeval, form, true, levels[call->level]);
    if (call->good) call->answer = buffer_text(&perfeval->bytes);
}

static const char *finish(HandleCall *call, HandleWork work, size_t *size) {
    bool good = handle_run(call, work);
    *size = good ? call->perfeval->bytes.size : 0;
    return good ? call->answer : NULL;
}

const char *perfeval_render(Perfeval *perfeval, const char *format, const char *report, size_t *size) {
    HandleCall call = {.perfeval = perfeval, .name = format, .value = report};
    return finish(&call, render, size);
}

const char *perfeval_table(Perfeval *perfeval, PerfevalLevel level, const char *format, size_t *size) {
    HandleCall call = {.perfeval = perfeval, .name = format, .level = level};
    return finish(&call, render_table, size);
}
