#include "app/pipeline.h"

#include "base/file.h"
#include "io/csv.h"
#include "io/json.h"
#include "model/ruleset.h"

#include <unistd.h>

#ifndef PERFEVAL_SHARE
#define PERFEVAL_SHARE "/usr/local/share/perfeval"
#endif

/* The installed scripts: beside the program where it was moved as a whole (…/bin and …/share), beside build/
 * in a source tree, else where it was configured to be. */
Str pipeline_share(Arena *arena) {
    static const char *const beside[] = {"../share/perfeval", "..", "../.."};
    char program[4096];
    ssize_t size = readlink("/proc/self/exe", program, sizeof program);
    for (size_t i = 0; size > 0 && i < sizeof beside / sizeof *beside; i++) {
        Str folder = path_join(arena, path_folder(arena, (Str){program, (size_t)size}), str_of(beside[i]));
        if (file_is_folder(path_join(arena, folder, STR("scripts/reports")))) return folder;
    }
    return STR(PERFEVAL_SHARE);
}

static Dataset *read_data(Str path, const LoadOptions *options, File *file, Diag *diag) {
    if (!file_read(path, file, diag)) return NULL;
    Table *table = csv_open(str_is(path, "-") ? STR("<stdin>") : path, file->bytes);
    Dataset *dataset = dataset_load(table, options, diag);
    table_close(table);
    return dataset;
}

Dataset *pipeline_data(Str path, const LoadOptions *options, Diag *diag) {
    File file = {0};
    Dataset *dataset = read_data(path, options, &file, diag);
    file_release(&file);
    return dataset;
}

/* A path of the rule table, seen from the folder of the rule file that names it: the base's own paths are the
 * base's. */
static bool resolve(Pipeline *pipeline, const char *key, Str *out, Diag *diag) {
    const TreeItem *item = tree_item(rules_tree(pipeline->rules), key);
    if (!item || item->value->kind != TREE_TEXT) return false;
    const Place *place = &item->value->place;
    return folder_resolve(&pipeline->folders, place->file, item->value->text, place, &pipeline->arena, out,
                          diag);
}

bool pipeline_rules(Pipeline *pipeline, Str rule_file, const Options *options, Diag *diag) {
    *pipeline = (Pipeline){0};
    pipeline->folders = folder_for_rules(&pipeline->arena, rule_file, pipeline_share(&pipeline->arena));
    pipeline->rules = rules_load(rule_file, &pipeline->folders, diag);
    if (!pipeline->rules) return false;
    bool sound = rules_check(pipeline->rules, diag);
    pipeline->plan = plan_compile_at(rule_file, rules_tree(pipeline->rules), options->at, options->settings,
                                     options->setting_count, diag);
    return sound && pipeline->plan != NULL;
}

bool pipeline_load(Pipeline *pipeline, Str rule_file, const Options *options, Diag *diag) {
    bool sound = pipeline_rules(pipeline, rule_file, options, diag);
    if (!pipeline->rules) return false;
    Str data = options->data;
    if (!data.size && !resolve(pipeline, "data", &data, diag)) return false;
    FieldList fields = pipeline->plan ? pipeline->plan->fields : (FieldList){0};
    Absence absence;
    if (!absence_read(&pipeline->arena, rules_tree(pipeline->rules), &absence, diag)) return false;
    bool functions = pipeline->plan && pipeline->plan->has_functions;
    LoadOptions how = {fields.names, fields.count, &absence, functions};
    pipeline->dataset =
        options->keep_data ? read_data(data, &how, &pipeline->data, diag) : pipeline_data(data, &how, diag);
    return sound && pipeline->plan && pipeline->dataset;
}

bool pipeline_narrative(Pipeline *pipeline, Diag *diag) {
    if (!pipeline->plan->narrative.size) return true;
    Str path;
    if (!resolve(pipeline, "narrative", &path, diag)) return false;
    File file;
    if (!file_read(path, &file, diag)) return false;
    pipeline->narrative = json_parse(path, file.bytes, &pipeline->arena, diag);
    file_release(&file);
    return pipeline->narrative != NULL;
}

bool pipeline_evaluate(Pipeline *pipeline, Diag *diag) {
    RowFunctions functions = rules_functions(pipeline->rules, pipeline->plan, pipeline->dataset);
    pipeline->results = evaluate(pipeline->plan, pipeline->dataset, &functions, diag);
    return pipeline->results != NULL;
}

void pipeline_release(Pipeline *pipeline) {
    results_free(pipeline->results);
    rules_free(pipeline->rules);
    dataset_free(pipeline->dataset);
    file_release(&pipeline->data);
    plan_free(pipeline->plan);
    arena_release(&pipeline->arena);
    *pipeline = (Pipeline){0};
}
