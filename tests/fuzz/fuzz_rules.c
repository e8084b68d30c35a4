/* Rule files: any text as a rule file, run in this process as the confined child would run it; what it
 * returns crosses the wire, is checked, compiled and evaluated over a small data set. */
#include "lua/row_calls.c"

#include "lua/doubles.h"
#include "lua/slips.h"
#include "lua/source.h"

#include "base/memory.h"
#include "fuzz.h"
#include "io/csv.h"
#include "io/json.h"
#include "model/evaluate.h"
#include "model/export.h"
#include "model/load.h"
#include "model/overlay.h"
#include "model/ruleset.h"
#include "model/spell.h"

/* Instructions of a file: no clock runs here. */
#define INSTRUCTIONS 200000

static const char rows[] = "bureau,department,project,indicator,unit,target,actual,polarity,weight\n"
                           "b,d,p,i1,u,3,2,higher,1\n"
                           "b,d,p,i2,u,3,2.8,higher,2\n"
                           "b,d,q,i3,u,0,5,lower,1\n"
                           "b,e,r,i4,u,,5,lower,\n"
                           "c,f,s,i5,u,100,-,higher,0\n"
                           "c,f,t,i6,u,12345678901234567890.5,0.00000001,lower,3\n";

static void stop(lua_State *L, lua_Debug *activation) {
    (void)activation;
    luaL_error(L, "too many instructions");
}

/* Functions of rules are not run: each call fails. */
static bool fail_calls(Answer *answers, size_t count, Arena *arena) {
    Complaint *complaint = arena_new(arena, 1, sizeof *complaint);
    *complaint = (Complaint){.message = STR("not run")};
    for (size_t i = 0; i < count; i++) answers[i] = (Answer){.kind = ANSWER_FAILED, .complaint = complaint};
    return true;
}

static bool ask_rows(void *context, uint32_t function, const uint32_t *which, size_t count, Answer *answers,
                     Arena *arena, Diag *diag) {
    (void)context, (void)function, (void)which, (void)diag;
    return fail_calls(answers, count, arena);
}

static bool call_level(void *context, uint32_t function, const Results *results, Level level, Answer *answers,
                       Arena *arena, Diag *diag) {
    (void)context, (void)function, (void)diag;
    return fail_calls(answers, dataset_level_size(results_dataset(results), level), arena);
}

/* ---- what must hold of results */

/* The JSON without what stands in quotes. */
static void add_unquoted(Buffer *out, Str json) {
    bool quoted = false;
    for (size_t at = 0; at < json.size; at++) {
        if (quoted && json.data[at] == '\\')
            at++;
        else if (json.data[at] == '"')
            quoted = !quoted;
        else if (!quoted)
            buffer_add_char(out, json.data[at]);
    }
}

static void require_no_strange_number(Str text) {
    static const char *const bad[] = {":inf", ":-inf", ":nan", ":-nan", ":-0,", ":-0}", ":-0.0,"};
    Buffer plain = {0};
    add_unquoted(&plain, text);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        require(!strstr(buffer_text(&plain), bad[i]), "%s in %.*s", bad[i], STR_FMT(text));
    buffer_release(&plain);
}

static void check_counts(const Results *results) {
    const Counts *total = results_total(results);
    size_t sum = total->none, with_rate = 0, without = 0;
    for (size_t i = 0; i < PLAN_BANDS; i++) sum += total->band[i];
    require(sum == total->total, "%zu of %zu projects", sum, total->total);
    for (size_t row = 0; row < results_rows(results); row++)
        with_rate += results_row_missing(results, row) == MISSING_NONE;
    for (Missing reason = MISSING_NONE + 1; reason < MISSING_COUNT; reason++)
        without += results_missing_rows(results, reason);
    require(with_rate + without == results_rows(results), "%zu + %zu of %zu rows", with_rate, without,
            results_rows(results));
}

static void check_results(const Results *results) {
    Arena arena = {0};
    Diag *diag = diag_new();
    Buffer json = {0}, csv = {0};
    check_counts(results);
    export_json(results, &json);
    export_csv(results, &csv);
    if (!results_refuse(results, diag)) {
        require(json_parse(STR("out.json"), buffer_view(&json), &arena, diag), "%s", buffer_text(&json));
        require_no_strange_number(buffer_view(&json));
        Table *table = csv_open(STR("out.csv"), buffer_view(&csv));
        Row row;
        size_t count = 0;
        while (table_next(table, &row, diag) == TABLE_ROW) count++;
        require(count == results_rows(results) + 1 && !diag_has_errors(diag), "%s", buffer_text(&csv));
        table_close(table);
    }
    buffer_release(&json);
    buffer_release(&csv);
    diag_free(diag);
    arena_release(&arena);
}

static void evaluate_plan(const Plan *plan, Diag *diag) {
    const LoadOptions options = {.number_columns = plan->fields.names,
                                 .number_column_count = plan->fields.count};
    const RowFunctions functions = {.call = ask_rows, .call_units = call_level};
    Table *table = csv_open(STR("d.csv"), str_of(rows));
    Dataset *dataset = dataset_load(table, &options, diag);
    table_close(table);
    if (dataset && evaluate_check(plan, dataset, diag)) {
        Results *results = evaluate(plan, dataset, &functions, diag);
        if (results) check_results(results);
        results_free(results);
    }
    dataset_free(dataset);
}

static void check_tree(const Tree *tree, Diag *diag) {
    Plan *plan = plan_compile(STR("r.lua"), tree, NULL, 0, diag);
    require(plan || diag_has_errors(diag), "no plan and no error");
    if (plan) evaluate_plan(plan, diag);
    plan_free(plan);
}

/* As an overlay of nothing: what an empty overlay leaves must be what was there. */
static void check_overlay(const Tree *tree) {
    if (tree_item(tree, "base")) return; /* it would go */
    Arena arena = {0};
    Diag *diag = diag_new();
    bool good = true;
    Tree *merged = overlay_merge(&arena, tree, tree_new(&arena, TREE_TABLE), &good, diag);
    Buffer before = {0}, after = {0};
    spell_tree(&before, tree, NULL);
    spell_tree(&after, merged, NULL);
    require(good && str_equal(buffer_view(&before), buffer_view(&after)), "%s became %s",
            buffer_text(&before), buffer_text(&after));
    buffer_release(&before);
    buffer_release(&after);
    diag_free(diag);
    arena_release(&arena);
}

/* The tree as the parent gets it. */
static Tree *sent(const Tree *tree, Arena *arena) {
    Buffer bytes = {0}, again = {0};
    wire_add_tree(&bytes, tree);
    WireReader reader = {.bytes = buffer_view(&bytes)};
    Tree *received = wire_tree(&reader, arena);
    require(received && wire_done(&reader), "the wire refuses what the child sends");
    wire_add_tree(&again, received);
    require(str_equal(buffer_view(&bytes), buffer_view(&again)), "another tree arrives");
    buffer_release(&bytes);
    buffer_release(&again);
    return received;
}

static void check_text(const Script *script, const Tree *tree, Diag *diag) {
    Arena arena = {0};
    Source *source = source_new(script->path, script->source);
    bool sound = source_check(source, diag);
    sound &= slips_check(source, script->source, diag);
    if (tree) {
        Tree *received = sent(tree, &arena);
        source_annotate(source, received);
        if (sound) check_tree(received, diag);
        check_overlay(received);
    }
    source_free(source);
    arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
    const Script script = {STR("r.lua"), {(const char *)bytes, size}};
    memory_serve_gmp();
    Session session;
    if (open_session(&session, NULL, NULL)) {
        lua_sethook(session.L, stop, LUA_MASKCOUNT, INSTRUCTIONS);
        Tree *tree = run_file(&session, &script);
        check_text(&script, tree, session.diag);
    }
    require_plain_messages(session.diag);
    state_close(session.L);
    arena_release(&session.arena);
    arena_release(&session.scratch);
    diag_free(session.diag);
    return 0;
}
