#include "app/supply.h"

#include "app/chains.h"
#include "app/held.h"
#include "io/json.h"
#include "model/export_whatif.h"
#include "model/trace_text.h"

static void add_text(Buffer *out, const char *name, const Buffer *text) {
    json_put_text(out, name, buffer_view(text));
}

/* "부서 / 사업" */
static void add_name(Buffer *out, const Dataset *dataset, uint32_t project) {
    Buffer name = {0};
    buffer_add(&name, dataset_level_name(dataset, LEVEL_DEPARTMENT,
                                         dataset_parent(dataset, LEVEL_PROJECT, project)));
    buffer_add(&name, STR(" / "));
    buffer_add(&name, dataset_level_name(dataset, LEVEL_PROJECT, project));
    add_text(out, "name", &name);
    buffer_release(&name);
}

static void add_chain(Buffer *out, const Chains *chains, uint32_t project) {
    Buffer lines = {0};
    Trace *trace = chains_trace(chains, project, REACH_ANY);
    trace_text(&lines, trace, LANGUAGE_KO); /* reports are Korean, in any locale */
    buffer_addf(out, "%s{\"of\":\"p%u\"", project > 0 ? "," : "", (unsigned)project + 1);
    add_name(out, chains->pipeline->dataset, project);
    add_text(out, "text", &lines);
    buffer_add_char(out, '}');
    trace_free(trace);
    buffer_release(&lines);
}

static bool explain_all(const Supply *supply, Buffer *out, Diag *diag) {
    Arena arena = {0};
    size_t count = dataset_level_size(supply->pipeline->dataset, LEVEL_PROJECT);
    uint32_t *projects = arena_new(&arena, count, sizeof *projects);
    for (size_t i = 0; i < count; i++) projects[i] = (uint32_t)i;
    Chains chains;
    chains_begin(&chains, supply->pipeline, supply->options, projects, count);
    buffer_add_char(out, '[');
    for (size_t i = 0; i < count; i++) add_chain(out, &chains, projects[i]);
    buffer_add_char(out, ']');
    chains_end(&chains);
    arena_release(&arena);
    return !results_refuse(supply->pipeline->results, diag);
}

bool supply_make(void *context, Str what, Buffer *out, Diag *diag) {
    const Supply *supply = context;
    if (str_is(what, "explain")) return explain_all(supply, out, diag);
    Held held = held_of(supply->pipeline, supply->options);
    return export_whatif(&held, out, diag);
}
