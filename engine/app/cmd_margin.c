#include "app/cmd_margin.h"

#include "app/held.h"
#include "model/export_margin.h"
#include "model/schema.h"

/* ---- which projects */

/* Names are labels: several units can have one. False, with an error, when none has it. */
static bool check_name(const Dataset *dataset, Level level, const char *flag, Str name, Diag *diag) {
    size_t count = dataset_level_size(dataset, level);
    for (size_t i = 0; i < count; i++) {
        if (str_equal(dataset_level_name(dataset, level, i), name)) return true;
    }
    if (!name.size) return true;
    Arena arena = {0};
    Str *names = arena_new(&arena, count, sizeof *names);
    for (size_t i = 0; i < count; i++) names[i] = arena_copy(&arena, dataset_level_name(dataset, level, i));
    diag_add(diag, MESSAGE_NO_SUCH_UNIT, NULL, str_of(flag), name);
    schema_suggest(diag, name, names, count);
    arena_release(&arena);
    return false;
}

static bool is_near(const Margin *margin, Str within) {
    if (!within.size) return true;
    if (margin->kind != MARGIN_KNOWN) return false;
    Arena arena = {0};
    Decimal number = decimal_of(0);
    mpq_t distance, limit;
    mpq_inits(distance, limit, NULL);
    decimal_parse(within, &number, &arena, NULL);
    decimal_to_rational(&number, limit);
    margin_distance(margin, distance);
    bool near = mpq_cmp(distance, limit) <= 0;
    mpq_clears(distance, limit, NULL);
    arena_release(&arena);
    return near;
}

static bool is_chosen(const Dataset *dataset, const Margin *margin, const Options *options) {
    uint32_t department = dataset_parent(dataset, LEVEL_PROJECT, margin->project);
    uint32_t bureau = dataset_parent(dataset, LEVEL_DEPARTMENT, department);
    if (options->department.size &&
        !str_equal(dataset_level_name(dataset, LEVEL_DEPARTMENT, department), options->department))
        return false;
    if (options->bureau.size &&
        !str_equal(dataset_level_name(dataset, LEVEL_BUREAU, bureau), options->bureau))
        return false;
    return is_near(margin, options->within);
}

static size_t choose(const Dataset *dataset, Margin *margins, const Options *options) {
    size_t kept = 0, count = dataset_level_size(dataset, LEVEL_PROJECT);
    for (size_t i = 0; i < count; i++)
        if (is_chosen(dataset, &margins[i], options)) margins[kept++] = margins[i];
    return kept;
}

/* ---- the table */

static void add_where(Columns *columns, const Margin *margin, Language language) {
    if (!margin->bound) {
        columns_add(columns, held_text(TEXT_MARGIN_LAST_YEAR, language));
        return;
    }
    Buffer text = {0};
    const Place *place = &margin->bound->place;
    buffer_addf(&text, "%.*s:%u", STR_FMT(place->file), place->line);
    if (margin->bound->param) buffer_addf(&text, " (%.*s)", STR_FMT(margin->bound->param->name));
    columns_add(columns, buffer_view(&text));
    buffer_release(&text);
}

static void add_reason(Columns *columns, const Margin *margin, Language language) {
    static const MessageId reasons[] = {[MARGIN_NO_RATE] = TEXT_MARGIN_NO_RATE,
                                        [MARGIN_GIVEN] = TEXT_MARGIN_GIVEN,
                                        [MARGIN_SHARES] = TEXT_MARGIN_SHARES,
                                        [MARGIN_ALWAYS] = TEXT_MARGIN_ALWAYS};
    columns_add(columns, (Str){"", 0});
    columns_add(columns, (Str){"", 0});
    columns_add(columns, held_text(reasons[margin->kind], language));
}

static void add_line(Columns *columns, const Results *results, const Margin *margin, Language language) {
    Buffer rate = {0};
    results_write_unit(results, LEVEL_PROJECT, margin->project, &rate);
    columns_add(columns, margin->kind == MARGIN_KNOWN ? margin->distance : STR("-"));
    columns_add(columns, rate.size ? buffer_view(&rate) : STR("-"));
    columns_add(columns,
                held_verdict(results_plan(results), results_verdict(results, margin->project), language));
    if (margin->kind == MARGIN_KNOWN) {
        const char *order = margin->up ? (margin->at ? ">=" : ">") : (margin->at ? "<=" : "<");
        columns_addf(columns, "%s %.*s", order, STR_FMT(margin->cut));
        columns_add(columns, held_verdict(results_plan(results), margin->beyond, language));
        add_where(columns, margin, language);
    } else {
        add_reason(columns, margin, language);
    }
    held_names(columns, results_dataset(results), margin->project);
    buffer_release(&rate);
}

static void write_text(const Results *results, const Margin *margins, size_t count, Language language,
                       Buffer *out) {
    if (count == 0) {
        buffer_add(out, held_text(TEXT_MARGIN_NONE, language));
        return;
    }
    Columns columns;
    columns_begin(&columns, 7, "rr");
    held_heads(&columns, TEXT_MARGIN_HEAD, language);
    for (size_t i = 0; i < count; i++) add_line(&columns, results, &margins[i], language);
    columns_end(&columns, 0, out);
}

static bool write(Results *results, const Options *options, Buffer *out, Diag *diag) {
    Arena arena = {0};
    Margin *margins = margin_all(results, &arena);
    size_t count = choose(results_dataset(results), margins, options);
    if (str_is(options->format, "json"))
        export_margin_json(results, margins, count, out);
    else if (str_is(options->format, "csv"))
        export_margin_csv(results, margins, count, out);
    else
        write_text(results, margins, count, options->language, out);
    arena_release(&arena);
    return !results_refuse(results, diag);
}

static bool run(Pipeline *pipeline, const Options *options, Buffer *out, Diag *diag) {
    if (!pipeline_load(pipeline, options->operands[0], options, diag)) return false;
    bool known = check_name(pipeline->dataset, LEVEL_BUREAU, "--bureau", options->bureau, diag);
    known &= check_name(pipeline->dataset, LEVEL_DEPARTMENT, "--department", options->department, diag);
    return known && pipeline_evaluate(pipeline, diag) && write(pipeline->results, options, out, diag) &&
           cli_deliver(options, buffer_view(out), diag);
}

ExitCode cmd_margin(Options *options, Diag *diag) {
    if (!cli_one_rule_file(options, diag) || !held_check_format(options, "text, csv, json", diag))
        return EXIT_USAGE;
    Pipeline pipeline;
    Buffer out = {0};
    run(&pipeline, options, &out, diag);
    buffer_release(&out);
    pipeline_release(&pipeline);
    return diag_exit_code(diag);
}
