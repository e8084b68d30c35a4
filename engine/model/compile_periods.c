#include "model/compile_periods.h"

#include "base/date.h"

static const SchemaKey list_keys[] = {{"missing", ACCEPT_TEXT, true}};
static const SchemaKey share_keys[] = {{NULL, ACCEPT_TEXT, true}, {"weight", NUMBER, true}};
const SchemaTable compile_period_schema[2] = {{"PeriodList", list_keys, COUNT(list_keys)},
                                              {"PeriodShare", share_keys, COUNT(share_keys)}};

static void bad(Build *build) { build->good = false; }

static bool named_before(const PeriodRule *rule, Str name) {
    for (size_t i = 0; i < rule->count; i++)
        if (str_equal(rule->shares[i].name, name)) return true;
    return false;
}

static void read_weight(Build *build, Str path, const Tree *table, PeriodShare *share) {
    const TreeItem *item = compile_item(table, "weight", NUMBER);
    Bound weight;
    Str weight_path = arena_format(build->arena, "%.*s.weight", STR_FMT(path));
    if (!item || !compile_bound(build, weight_path, item, true, &weight)) return;
    Decimal zero = decimal_of(0);
    share->weight = weight.value;
    if (decimal_compare(&weight.value, &zero) > 0) return;
    diag_add(build->diag, MESSAGE_PERIOD_WEIGHT, &weight.place, weight_path);
    bad(build);
}

static void read_share(Build *build, Str path, const TreeItem *item, PeriodRule *rule) {
    if (item->value->kind != TREE_TABLE) return;
    compile_keys(build, path, item->value, &item->place, share_keys, COUNT(share_keys));
    const TreeItem *name = compile_item(item->value, NULL, ACCEPT_TEXT);
    if (!name) return;
    PeriodShare share = {.name = str_trim(name->value->text), .place = *compile_place(name)};
    read_weight(build, path, item->value, &share);
    if (named_before(rule, share.name)) {
        diag_add(build->diag, MESSAGE_DUPLICATE_NAME, &share.place, path, share.name);
        bad(build);
    }
    rule->shares[rule->count++] = share;
}

/* The entries of the list, and what stands beside them. */
static void check_list(Build *build, const Tree *list, const Place *place) {
    Tree named = *list;
    named.items += list->positional;
    named.count -= list->positional;
    named.positional = 0;
    compile_keys(build, STR("period"), &named, place, list_keys, COUNT(list_keys));
    Tree entries = *list;
    entries.count = list->positional;
    if (!schema_list(build->arena, STR("period"), &entries, ACCEPT_TABLE, build->diag)) bad(build);
    if (list->positional >= 2 && list->positional <= PERIOD_LIMIT) return;
    diag_add(build->diag, MESSAGE_PERIOD_COUNT, list->place.line ? &list->place : place,
             arena_format(build->arena, "%zu", list->positional),
             arena_format(build->arena, "%d", PERIOD_LIMIT));
    bad(build);
}

static void read_list(Build *build, const TreeItem *item, PeriodRule *rule) {
    const Tree *list = item->value;
    check_list(build, list, &item->place);
    const TreeItem *missing = compile_item(list, "missing", ACCEPT_TEXT);
    if (missing && !missing_child_find(missing->value->text, &rule->missing))
        compile_bad_choice(build, compile_place(missing), "period.missing", missing->value->text,
                           "leave_out, zero, missing");
    rule->mode = PERIOD_WEIGHTED;
    rule->shares = arena_new(build->arena, list->positional, sizeof *rule->shares);
    for (size_t i = 0; i < list->positional; i++)
        read_share(build, schema_path(build->arena, STR("period"), list, i), &list->items[i], rule);
}

static void name_one(Arena *arena, PeriodRule *rule, Str name, const Place *place) {
    rule->mode = PERIOD_ONE;
    rule->shares = arena_new(arena, 1, sizeof *rule->shares);
    rule->shares[0] = (PeriodShare){.name = str_trim(name), .place = *place};
    rule->count = 1;
}

static void read_period(Build *build, const Tree *rules) {
    const TreeItem *item = tree_item(rules, "period");
    PeriodRule *rule = &build->plan->period;
    if (!item) return;
    rule->place = *compile_place(item);
    switch (item->value->kind) {
    case TREE_TEXT:
        name_one(build->arena, rule, item->value->text, &rule->place);
        break;
    case TREE_WORD:
        rule->mode = PERIOD_EVERY;
        if (!str_is(item->value->text, "every"))
            compile_bad_choice(build, &rule->place, "period", item->value->text, "every");
        break;
    case TREE_TABLE:
        read_list(build, item, rule);
        break;
    default:
        break; /* reported with the keys of the rule table */
    }
}

/* What formulas and rollups ask of it. */
static void check_use(Build *build) {
    const Plan *plan = build->plan;
    bool chosen = plan->period.mode == PERIOD_ONE || plan->period.mode == PERIOD_WEIGHTED;
    for (size_t i = 0; !chosen && i < plan->fields.count; i++) {
        if (!plan->fields.periods[i].size) continue;
        diag_add(build->diag, MESSAGE_PERIOD_NEEDED, &plan->fields.places[i], plan->fields.periods[i]);
        bad(build);
    }
    for (int level = 0; level < LEVEL_COUNT; level++) {
        const Rollup *rollup = &plan->rollups[level];
        if (plan->period.mode != PERIOD_WEIGHTED || !rollup->set || rollup->aggregate != AGGREGATE_POOLED)
            continue;
        diag_add_plain(build->diag, MESSAGE_POOLED_PERIODS, &rollup->place);
        bad(build);
    }
}

static void read_targets(Build *build, const Tree *rules) {
    TargetRule *targets = &build->plan->targets;
    const TreeItem *item = compile_item(rules, "targets", ACCEPT_TEXT);
    const TreeItem *by = compile_item(rules, "revised_by", ACCEPT_TEXT);
    if (item && str_is(item->value->text, "original"))
        targets->mode = TARGETS_ORIGINAL;
    else if (item && str_is(item->value->text, "revised"))
        targets->mode = TARGETS_REVISED;
    else if (item)
        compile_bad_choice(build, compile_place(item), "targets", item->value->text, "original, revised");
    if (!by) return;
    targets->by = by->value->text;
    if (!date_is_valid(targets->by)) {
        diag_add(build->diag, MESSAGE_BAD_DATE, compile_place(by), STR("revised_by"), targets->by);
        bad(build);
    } else if (item && targets->mode == TARGETS_ORIGINAL && !str_equal(item->place.file, by->place.file)) {
        targets->by = (Str){"", 0}; /* of the base, whose targets = "revised" is no more */
    } else if (targets->mode != TARGETS_REVISED) {
        diag_add_plain(build->diag, MESSAGE_REVISED_BY, &by->place);
        bad(build);
    }
}

void compile_periods(Build *build, const Tree *rules) {
    read_period(build, rules);
    read_targets(build, rules);
    check_use(build);
}

/* "연말", "상반기 40, 연말 60", "every" */
static Str declared_text(const PeriodRule *rule, Arena *arena) {
    Buffer out = {0};
    if (rule->mode == PERIOD_EVERY) buffer_add(&out, STR("every"));
    for (size_t i = 0; i < rule->count; i++) {
        if (i > 0) buffer_add(&out, STR(", "));
        buffer_add(&out, rule->shares[i].name);
        if (rule->mode != PERIOD_WEIGHTED) continue;
        buffer_add_char(&out, ' ');
        decimal_write(&out, &rule->shares[i].weight);
    }
    Str text = arena_copy(arena, buffer_view(&out));
    buffer_release(&out);
    return text;
}

void compile_period_override(Plan *plan, Str period) {
    PeriodRule *rule = &plan->period;
    rule->declared = declared_text(rule, &plan->arena);
    rule->overridden = true;
    rule->place = (Place){0};
    name_one(&plan->arena, rule, period, &rule->place);
    if (plan->last_year) plan->last_year->period = *rule;
}
