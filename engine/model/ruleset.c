#include "model/ruleset.h"

#include "base/date.h"
#include "base/memory.h"
#include "model/compile_bands.h"
#include "model/compile_cases.h"
#include "model/compile_levels.h"
#include "model/compile_periods.h"

#include <string.h>

static const SchemaKey ruleset_keys[] = {
    {"base", ACCEPT_TEXT, false}, /* was followed before (model/overlay) */
    {"title", ACCEPT_TEXT, true},
    {"data", ACCEPT_TEXT, true},
    {"narrative", ACCEPT_TEXT, false},
    {"published", ACCEPT_TEXT, false},
    {"report", ACCEPT_TEXT, false},
    {"date", ACCEPT_TEXT, false},
    {"params", ACCEPT_TABLE, false},
    {"rate", ACCEPT_TABLE | NUMBER | ACCEPT_FUNCTION, true},
    {"rounding", ACCEPT_TABLE, true},
    {"project", ACCEPT_TABLE, true},
    {"department", ACCEPT_TABLE, false},
    {"bureau", ACCEPT_TABLE, false},
    {"verdict", ACCEPT_TABLE, true},
    {"special", ACCEPT_TABLE, false},
    {"indicator", ACCEPT_TABLE, false},
    {"last_year", ACCEPT_TABLE, false},
    {"period", ACCEPT_TEXT | ACCEPT_WORD | ACCEPT_TABLE, false},
    {"targets", ACCEPT_TEXT, false},
    {"revised_by", ACCEPT_TEXT, false},
    {"missing", ACCEPT_TABLE, false}, /* read by model/absence */
};
static const SchemaKey rounding_keys[] = {{"digits", ACCEPT_NUMBER, true}, {"mode", ACCEPT_TEXT, true}};

/* The day of the run: the command line's, else the rules'. */
static void read_date(Build *build, const Tree *rules, Str date) {
    const TreeItem *item = tree_item(rules, "date");
    Str declared = compile_text(rules, "date");
    build->plan->date = date.size ? date : declared;
    if (!item || item->value->kind != TREE_TEXT || date_is_valid(declared)) return;
    diag_add(build->diag, MESSAGE_BAD_DATE, compile_place(item), STR("date"), declared);
    build->good = false;
}

static void read_params(Build *build, const Tree *rules, const Setting *settings, size_t setting_count) {
    Plan *plan = build->plan;
    build->good &= params_read(build->arena, rules, plan->date, &build->params, build->diag);
    for (size_t i = 0; i < setting_count; i++)
        build->good &= params_set(build->arena, &build->params, &settings[i], build->diag);
    plan->params = build->params.items;
    plan->param_count = build->params.count;
}

static void read_rounding(Build *build, const Tree *rules) {
    const TreeItem *item = tree_item(rules, "rounding");
    if (!item || item->value->kind != TREE_TABLE) return;
    compile_keys(build, STR("rounding"), item->value, &item->place, rounding_keys, COUNT(rounding_keys));
    const TreeItem *mode = compile_item(item->value, "mode", ACCEPT_TEXT);
    const TreeItem *digits = compile_item(item->value, "digits", ACCEPT_NUMBER);
    if (mode && !rounding_find(mode->value->text, &build->plan->rounding))
        compile_bad_choice(build, compile_place(mode), "rounding.mode", mode->value->text,
                           "half_up, half_even, half_down, up, down, ceiling, floor");
    if (!digits) return;
    Decimal number = digits->value->number;
    bool whole = !number.text.size && number.scale == 0 && number.digits >= 0 && number.digits <= 12;
    if (whole) {
        build->plan->places = (unsigned)number.digits;
        return;
    }
    Buffer text = {0};
    decimal_write(&text, &number);
    compile_bad_choice(build, compile_place(digits), "rounding.digits", buffer_view(&text), "0, 1, 2, … 12");
    buffer_release(&text);
}

static void read_header(Plan *plan, const Tree *rules) {
    plan->title = compile_text(rules, "title");
    plan->data = compile_text(rules, "data");
    plan->narrative = compile_text(rules, "narrative");
    plan->published = compile_text(rules, "published");
    plan->report = tree_get(rules, "report") ? compile_text(rules, "report") : STR("status");
}

/* Last year's rates are made of the same parts as this year's. */
static void finish_last_year(Plan *plan) {
    Plan *last = plan->last_year;
    if (!last) return;
    Case *cases = last->cases;
    size_t count = last->case_count;
    *last = *plan;
    last->cases = cases;
    last->case_count = count;
    last->specials = NULL;
    last->special_count = 0;
    memset(last->verdicts, 0, sizeof last->verdicts);
    last->last_year = NULL;
    last->of_last_year = true;
    last->arena = (Arena){0};
}

Plan *plan_compile(Str file, const Tree *rules, const Setting *settings, size_t setting_count, Diag *diag) {
    return plan_compile_at(file, rules, (Str){"", 0}, settings, setting_count, diag);
}

Plan *plan_compile_at(Str file, const Tree *rules, Str date, const Setting *settings, size_t setting_count,
                      Diag *diag) {
    Plan *plan = memory_new(1, sizeof *plan);
    plan->file = arena_copy(&plan->arena, file);
    Build build = {.plan = plan, .arena = &plan->arena, .diag = diag, .good = true};
    build.scope = (FormulaScope){.fields = &plan->fields, .param = compile_param, .context = &build};
    compile_keys(&build, (Str){"", 0}, rules, &(Place){.file = file, .line = 1}, ruleset_keys,
                 COUNT(ruleset_keys));
    read_header(plan, rules);
    read_date(&build, rules, date);
    read_params(&build, rules, settings, setting_count);
    compile_rate(&build, rules);
    compile_last_year(&build, rules);
    read_rounding(&build, rules);
    compile_levels(&build, rules);
    compile_indicator(&build, rules);
    const Tree *verdict = tree_get(rules, "verdict");
    if (verdict && verdict->kind == TREE_TABLE)
        compile_bands(&build, STR("verdict"), verdict, LEVEL_PROJECT, &plan->verdicts[LEVEL_PROJECT]);
    compile_levels_links(&build, rules);
    compile_specials(&build, rules);
    compile_periods(&build, rules);
    finish_last_year(plan);
    if (build.good) return plan;
    plan_free(plan);
    return NULL;
}

const SchemaTable *ruleset_schema(size_t index) {
    static const SchemaTable own[] = {{"Ruleset", ruleset_keys, COUNT(ruleset_keys)},
                                      {"RoundingRule", rounding_keys, COUNT(rounding_keys)}};
    const SchemaTable *const tables[] = {&own[0],
                                         &compile_case_schema[0],
                                         &compile_case_schema[1],
                                         &own[1],
                                         &compile_level_schema[0],
                                         &compile_level_schema[1],
                                         &compile_level_schema[2],
                                         &compile_case_schema[3],
                                         &compile_band_schema[0],
                                         &compile_case_schema[2],
                                         &compile_period_schema[0],
                                         &compile_period_schema[1]};
    return index < COUNT(tables) ? tables[index] : NULL;
}
