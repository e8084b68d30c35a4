#include "model/export_margin.h"

#include "io/csv.h"
#include "io/json.h"
#include "model/export_sweep.h"

static void json_rate(Buffer *out, const Results *results, size_t project) {
    Buffer rate = {0};
    results_write_unit(results, LEVEL_PROJECT, project, &rate);
    json_put_number(out, "rate", buffer_view(&rate));
    buffer_release(&rate);
}

static void json_margin(Buffer *out, const Results *results, const Margin *margin) {
    const Plan *plan = results_plan(results);
    buffer_add_char(out, '{');
    export_names_json(out, results_dataset(results), margin->project);
    json_rate(out, results, margin->project);
    json_add_key(out, "verdict");
    export_key_json(out, plan, results_verdict(results, margin->project));
    json_put_number(out, "margin", margin->distance);
    if (margin->kind != MARGIN_KNOWN) {
        json_put_text(out, "reason", str_of(margin_kind_name(margin->kind)));
        buffer_add_char(out, '}');
        return;
    }
    if (margin->exact.size) json_put_text(out, "margin_exact", margin->exact);
    json_put_number(out, "cut", margin->cut);
    json_put_text(out, "direction", margin->up ? STR("up") : STR("down"));
    json_put_flag(out, "at_cut", margin->at);
    json_add_key(out, "beyond");
    export_key_json(out, plan, margin->beyond);
    if (margin->bound) {
        json_put_text(out, "file", margin->bound->place.file);
        json_add_key(out, "line");
        buffer_addf(out, "%u", margin->bound->place.line);
        if (margin->bound->param) json_put_text(out, "param", margin->bound->param->name);
    }
    buffer_add_char(out, '}');
}

void export_margin_json(const Results *results, const Margin *margins, size_t count, Buffer *out) {
    buffer_add_char(out, '{');
    json_put_text(out, "format", STR("perfeval.margin/1"));
    json_put_text(out, "title", results_plan(results)->title);
    json_add_key(out, "projects");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < count; i++) {
        if (i > 0) buffer_add_char(out, ',');
        json_margin(out, results, &margins[i]);
    }
    buffer_add(out, STR("]}\n"));
}

static void csv_key(Buffer *out, const Plan *plan, unsigned verdict) {
    if (verdict != RESULTS_NO_BAND) buffer_add(out, plan->verdicts[LEVEL_PROJECT].bands[verdict].key);
}

static void csv_margin(Buffer *out, const Results *results, const Margin *margin) {
    const Dataset *dataset = results_dataset(results);
    const Plan *plan = results_plan(results);
    uint32_t department = dataset_parent(dataset, LEVEL_PROJECT, margin->project);
    uint32_t bureau = dataset_parent(dataset, LEVEL_DEPARTMENT, department);
    csv_add_name(out, dataset_level_name(dataset, LEVEL_BUREAU, bureau), plan->formulas);
    buffer_add_char(out, ',');
    csv_add_name(out, dataset_level_name(dataset, LEVEL_DEPARTMENT, department), plan->formulas);
    buffer_add_char(out, ',');
    csv_add_name(out, dataset_level_name(dataset, LEVEL_PROJECT, margin->project), plan->formulas);
    buffer_add_char(out, ',');
    results_write_unit(results, LEVEL_PROJECT, margin->project, out);
    buffer_add_char(out, ',');
    csv_key(out, plan, results_verdict(results, margin->project));
    if (margin->kind != MARGIN_KNOWN) {
        buffer_addf(out, ",,,,,,,%s\n", margin_kind_name(margin->kind));
        return;
    }
    buffer_addf(out, ",%.*s,%.*s,%s,", STR_FMT(margin->distance), STR_FMT(margin->cut),
                margin->up ? "up" : "down");
    csv_key(out, plan, margin->beyond);
    buffer_add_char(out, ',');
    if (margin->bound) csv_add_text(out, margin->bound->place.file);
    buffer_add_char(out, ',');
    if (margin->bound) buffer_addf(out, "%u", margin->bound->place.line);
    buffer_add(out, STR(",\n"));
}

void export_margin_csv(const Results *results, const Margin *margins, size_t count, Buffer *out) {
    buffer_add(out,
               STR("bureau,department,project,rate,verdict,margin,cut,direction,beyond,file,line,reason\n"));
    for (size_t i = 0; i < count; i++) csv_margin(out, results, &margins[i]);
}
