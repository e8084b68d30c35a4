#include "app/pipeline.h"

#include "base/file.h"
#include "base/module.h"
#include "io/json.h"
#include "model/compile_periods.h"
#include "model/intake.h"
#include "model/ruleset.h"
#include "model/stream.h"
#include "model/sums.h"

#ifndef PERFEVAL_SHARE
#define PERFEVAL_SHARE "/usr/local/share/perfeval"
#endif

/* The installed scripts: beside the program or library where it was moved as a whole (…/bin and …/share,
 * …/lib or a folder in it), beside build/ in a source tree, else where it was configured to be. */
Str pipeline_share(Arena *arena) {
    static const char *const beside[] = {"../share/perfeval", "..", "../..", "../../share/perfeval"};
    Str place = module_place(arena);
    for (size_t i = 0; place.size && i < sizeof beside / sizeof *beside; i++) {
        Str folder = path_join(arena, path_folder(arena, place), str_of(beside[i]));
        if (file_is_folder(path_join(arena, folder, STR("scripts/reports")))) return folder;
    }
    return STR(PERFEVAL_SHARE);
}

/* The fast way first: it reads UTF-8 alone, and puts nothing beside rows. `last`: what comes beside, or NULL;
 * `whole`: the source has all rows of this year. */
static Dataset *load_source(Source *source, const LoadOptions *options, unsigned threads, LastYear *last,
                            bool whole, Diag *diag) {
    Dataset *loaded;
    bool changed = false;
    if (source->tabular && last && !source_decode(source, &changed, diag)) return NULL;
    if (source->tabular && !last) {
        if (intake_load(&source->text, options, threads, &loaded, diag)) return loaded;
        if (!source_decode(source, &changed, diag)) return NULL;
        if (changed && intake_load(&source->text, options, threads, &loaded, diag)) return loaded;
    }
    Table *table = source_table(source);
    Table *rows = last ? last_year_table(table, source_table(source), last, whole) : table;
    Dataset *dataset = dataset_load(rows, options, diag);
    if (dataset && !source_files_agree(source, table, dataset, diag)) {
        dataset_free(dataset);
        dataset = NULL;
    }
    table_close(rows);
    return dataset;
}

Dataset *pipeline_data(Str path, const Options *options, Diag *diag) {
    Source source;
    Dataset *dataset = NULL;
    LoadOptions how = {.limits = &options->input_limits};
    if (source_open(&source, path, options, diag)) dataset = load_source(&source, &how, 0, NULL, true, diag);
    source_release(&source);
    return dataset;
}

/* A table of bureaus or departments needs their counts alone, and one of projects a few figures of each:
 * those can be had without keeping the rows. */
static bool count_file(Pipeline *pipeline, const Source *source, const LoadOptions *how,
                       const Options *options, Diag *diag) {
    bool counts = source->tabular && options->has_level && options->level <= EXPORT_PROJECT &&
                  (options->level < EXPORT_PROJECT || !options->partial) && !options->keep_data &&
                  !options->departments.size && !options->last_year_from.size;
    const RowAskers askers = rules_askers(pipeline->rules);
    StreamOptions stream = {options->threads, (Level)options->level, &askers};
    Streamed streamed;
    if (!counts || !stream_counts(pipeline->plan, &source->text, how, &stream, &streamed, diag)) return false;
    pipeline->dataset = streamed.dataset;
    pipeline->results = streamed.results;
    return true;
}

/* Files up to this size are read while their rules are still run: it takes less time than that. */
#define FORESEEN_SIZE INTAKE_LEAST

static void forget_data(Foreseen *foreseen) {
    source_release(&foreseen->source);
    dataset_free(foreseen->dataset);
    *foreseen = (Foreseen){0};
}

/* While the rules are run, whose text most often names the data: they are read as most rules want them. What
 * there is anything to say of is read again when it is asked for. */
static void begin_data(Pipeline *pipeline, const RuleFile *begun, Str rule_file, const Options *options) {
    Foreseen *foreseen = &pipeline->foreseen;
    LoadOptions how = {.limits = &options->input_limits};
    Diag *unseen = diag_new();
    bool known = options->data.size > 0;
    foreseen->path = known ? options->data : rules_foresee(begun, "data", &pipeline->arena);
    if (!known && foreseen->path.data)
        known = folder_resolve(&pipeline->folders, rule_file, foreseen->path, NULL, &pipeline->arena,
                               &foreseen->path, unseen);
    known = known && !options->last_year_from.size && file_is_small(foreseen->path, FORESEEN_SIZE);
    if (known && source_open(&foreseen->source, foreseen->path, options, unseen))
        foreseen->dataset = load_source(&foreseen->source, &how, options->threads, NULL, true, unseen);
    if (diag_count(unseen) > 0) forget_data(foreseen);
    diag_free(unseen);
}

/* True with the source and the dataset of the pipeline when they have been read already, and as `how` says.
 */
static bool take_foreseen(Pipeline *pipeline, Str path, const LoadOptions *how, Source *source) {
    Foreseen *foreseen = &pipeline->foreseen;
    bool same = foreseen->dataset && str_equal(foreseen->path, path) && !how->keep_written &&
                (!how->absence || !how->absence->words);
    for (size_t i = 0; same && i < how->number_column_count; i++) {
        size_t column;
        same = !dataset_find_column(foreseen->dataset, how->number_columns[i], &column) ||
               dataset_numbers(foreseen->dataset, column);
    }
    if (same) {
        *source = foreseen->source;
        pipeline->dataset = foreseen->dataset;
        *foreseen = (Foreseen){0};
    } else
        forget_data(foreseen);
    return same;
}

static bool read_data(Pipeline *pipeline, Str path, const LoadOptions *how, const Options *options,
                      Diag *diag) {
    Source source;
    bool taken = take_foreseen(pipeline, path, how, &source);
    bool opened = taken || source_open(&source, path, options, diag);
    bool copy = source.files || !options->keep_data;
    bool noted =
        !options->partial || options->parts; /* nobody asks of what data a part of a stream was made */
    if (opened && noted) source_note(&source, path, "data", copy, pipeline->inputs);
    bool sound = pipeline->plan != NULL && diag_exit_code(diag) == EXIT_DONE;
    if (opened && !taken && (!sound || !count_file(pipeline, &source, how, options, diag)))
        pipeline->dataset = load_source(&source, how, options->threads,
                                        options->last_year_from.size ? &pipeline->last_year : NULL,
                                        !options->partial || options->parts, diag);
    bool listed = options->departments.size && pipeline->dataset;
    if (listed && !source_departments(options->departments, options, pipeline->dataset, diag)) opened = false;
    bool named = pipeline->results && results_summaries(pipeline->results); /* in the bytes of the file */
    if (options->keep_data || named)
        pipeline->data = source;
    else
        source_release(&source);
    return opened && pipeline->dataset != NULL;
}

/* A path of the rule table, seen from the folder of the rule file that names it: the base's own paths are the
 * base's. A file that is not there is reported where it is named. */
static bool resolve(Pipeline *pipeline, const char *key, Str *out, Diag *diag) {
    const TreeItem *item = tree_item(rules_tree(pipeline->rules), key);
    if (!item || item->value->kind != TREE_TEXT) return false;
    const Place *place = &item->value->place;
    if (!folder_resolve(&pipeline->folders, place->file, item->value->text, place, &pipeline->arena, out,
                        diag))
        return false;
    if (file_exists(*out)) return true;
    diag_add(diag, MESSAGE_FILE_OPEN, place, *out, message_words(TEXT_CAUSE_NO_FILE));
    if (!folder_suggest_file(*out, diag)) diag_hint_plain(diag, TEXT_HINT_RULE_PATH);
    return false;
}

/* While the rules are run, whose usual report is a good guess. */
static void begin_report(Pipeline *pipeline, const Options *options) {
    Str report = options->report.size ? options->report : STR("status");
    Str format = options->format.size ? options->format : STR("text");
    pipeline->early = report_begin(&pipeline->folders, report, format);
}

bool pipeline_rules(Pipeline *pipeline, Str rule_file, const Options *options, Diag *diag) {
    *pipeline = (Pipeline){.inputs = options->inputs};
    pipeline->folders = folder_for_rules(&pipeline->arena, rule_file, options->share);
    if (pipeline->inputs) pipeline->folders.watch = inputs_watch(pipeline->inputs);
    pipeline->folders.outside = options->outside;
    RuleFile *begun = rules_begin(rule_file, &pipeline->folders, &options->limits, diag);
    if (!options->share.size) pipeline->folders.share = pipeline_share(&pipeline->arena);
    if (begun && options->early) begin_report(pipeline, options);
    if (begun && options->early) begin_data(pipeline, begun, rule_file, options);
    pipeline->rules = rules_finish(begun, diag);
    if (!pipeline->rules) return false;
    for (size_t i = 0; rules_file(pipeline->rules, i).size > 0; i++)
        inputs_add(pipeline->inputs, "rules", rules_file(pipeline->rules, i), rules_text(pipeline->rules, i),
                   true);
    rules_set_threads(pipeline->rules, options->threads);
    if (options->no_translate) rules_set_ordinary(pipeline->rules);
    bool sound = rules_check(pipeline->rules, diag);
    pipeline->plan = plan_compile_at(rule_file, rules_tree(pipeline->rules), options->at, options->settings,
                                     options->setting_count, diag);
    if (pipeline->plan) plan_set_threads(pipeline->plan, options->threads);
    if (pipeline->plan) pipeline->plan->formulas = options->formulas;
    if (pipeline->plan && options->period.size) compile_period_override(pipeline->plan, options->period);
    return sound && pipeline->plan != NULL;
}

/* What the rules say of targets and periods, done to the data. */
static bool arrange(Pipeline *pipeline, Diag *diag) {
    revisions_apply(&pipeline->plan->targets, pipeline->dataset, diag);
    return periods_apply(&pipeline->plan->period, pipeline->dataset, diag);
}

/* The plan's own fields, and further ones. */
static FieldList all_fields(Pipeline *pipeline, const Readers *more) {
    FieldList fields = pipeline->plan ? pipeline->plan->fields : (FieldList){0};
    if (!more) return fields;
    Str *names = arena_new(&pipeline->arena, fields.count + more->fields.count, sizeof *names);
    for (size_t i = 0; i < fields.count; i++) names[i] = fields.names[i];
    for (size_t i = 0; i < more->fields.count; i++) names[fields.count + i] = more->fields.names[i];
    return (FieldList){.names = names, .count = fields.count + more->fields.count};
}

/* Last year's figures, which are of use only where the rules say what rate they make. */
static bool read_last_year(Pipeline *pipeline, const Options *options, Diag *diag) {
    if (!options->last_year_from.size) return true;
    if (pipeline->plan && !pipeline->plan->last_year) {
        Place place = {.file = pipeline->plan->file};
        diag_add_plain(diag, MESSAGE_LAST_YEAR_RULES, &place);
        return false;
    }
    if (!options->read_last_year(options, &pipeline->last_year, diag)) return false;
    Buffer kept = {0};
    last_year_write(&pipeline->last_year, &kept);
    inputs_add(pipeline->inputs, "last_year", options->last_year_from, buffer_view(&kept), true);
    buffer_release(&kept);
    return true;
}

/* The data file, and what its cells of numbers mean. */
static bool find_data(Pipeline *pipeline, const Options *options, Diag *diag) {
    if (!absence_read(&pipeline->arena, rules_tree(pipeline->rules), &pipeline->absence, diag)) return false;
    pipeline->data_path = options->data;
    return options->data.size || resolve(pipeline, "data", &pipeline->data_path, diag);
}

static bool read_found(Pipeline *pipeline, const Options *options, const Readers *more, Diag *diag) {
    FieldList fields = all_fields(pipeline, more);
    bool functions = (pipeline->plan && pipeline->plan->has_functions) || (more && more->functions);
    LoadOptions how = {fields.names, fields.count,   &pipeline->absence,
                       functions,    options->watch, &options->input_limits};
    if (!read_last_year(pipeline, options, diag)) return false;
    if (!read_data(pipeline, pipeline->data_path, &how, options, diag) || !pipeline->plan) return false;
    bool counted = pipeline->results != NULL; /* then there is nothing to arrange */
    return counted || arrange(pipeline, diag);
}

bool pipeline_read(Pipeline *pipeline, const Options *options, const Readers *more, Diag *diag) {
    return find_data(pipeline, options, diag) && read_found(pipeline, options, more, diag);
}

/* Whether both read the same file, and take the same from it. */
static bool read_alike(const Pipeline *first, const Pipeline *second, const Options options[2]) {
    return str_equal(first->data_path, second->data_path) &&
           absence_same(&first->absence, &second->absence) &&
           revisions_same(&first->plan->targets, &second->plan->targets) &&
           periods_same(&first->plan->period, &second->plan->period) && !options->last_year_from.size;
}

bool pipeline_read_both(Pipeline *first, Pipeline *second, const Options options[2], Diag *diag) {
    const Readers of_first = {first->plan->fields, first->plan->has_functions};
    const Readers of_second = {second->plan->fields, second->plan->has_functions};
    bool good = pipeline_read(first, &options[0], &of_second, diag) && find_data(second, &options[1], diag);
    if (!good || !read_alike(first, second, options))
        return good && read_found(second, &options[1], &of_first, diag);
    second->dataset = first->dataset;
    second->shares = true;
    return true;
}

bool pipeline_load(Pipeline *pipeline, Str rule_file, const Options *options, Diag *diag) {
    bool sound = pipeline_rules(pipeline, rule_file, options, diag);
    return pipeline->rules && pipeline_read(pipeline, options, NULL, diag) && sound;
}

bool pipeline_narrative(Pipeline *pipeline, Diag *diag) {
    if (!pipeline->plan->narrative.size) return true;
    Str path;
    if (!resolve(pipeline, "narrative", &path, diag)) return false;
    File file;
    if (!file_read(path, &file, diag)) return false;
    inputs_add(pipeline->inputs, "narrative", path, file.bytes, true);
    pipeline->narrative = json_parse(path, file.bytes, &pipeline->arena, diag);
    file_release(&file);
    return pipeline->narrative != NULL;
}

bool pipeline_published(Pipeline *pipeline, const Options *options, const Published **out, Diag *diag) {
    Str path = options->published;
    *out = NULL;
    if (!path.size && !pipeline->plan->published.size) return true;
    if (!path.size && !resolve(pipeline, "published", &path, diag)) return false;
    File file;
    if (!file_read(path, &file, diag)) return false;
    Published *published = arena_new(&pipeline->arena, 1, sizeof *published);
    const Tree *tree = json_parse(path, file.bytes, &pipeline->arena, diag);
    bool good = tree && published_read(&pipeline->arena, tree, published, diag);
    file_release(&file);
    if (good) *out = published;
    return good;
}

bool pipeline_evaluate(Pipeline *pipeline, Diag *diag) {
    if (pipeline->results) return sums_check(pipeline->results, diag); /* counted without the rows */
    RowFunctions functions = rules_functions(pipeline->rules, pipeline->plan, pipeline->dataset);
    pipeline->results = evaluate_keeping(pipeline->keep, pipeline->plan, pipeline->dataset, &functions, diag);
    return pipeline->results && sums_check(pipeline->results, diag);
}

void pipeline_end(Pipeline *pipeline) {
    report_end(pipeline->early);
    rules_free(pipeline->rules);
}

void pipeline_release(Pipeline *pipeline) {
    report_end(pipeline->early);
    results_free(pipeline->results);
    rules_free(pipeline->rules);
    if (!pipeline->shares) dataset_free(pipeline->dataset);
    forget_data(&pipeline->foreseen);
    source_release(&pipeline->data);
    last_year_release(&pipeline->last_year);
    plan_free(pipeline->plan);
    arena_release(&pipeline->arena);
    *pipeline = (Pipeline){0};
}
