/* ruletext - rule trees from text in the notation of rule files, datasets from CSV text, and both evaluated:
 * for the tests of engine/model.
 *
 * The notation is Lua's table constructor with formulas, 'single' or "double" quotes without escapes, words
 * (mean), calls (min(a, b), when(a):at_most(b), weighted_mean('weight')), and fn1, fn2, … for functions. As
 * in trees of rule files, positional items go first and named ones are sorted. A text that is not in the
 * notation fails the test.
 */
#ifndef PERFEVAL_TESTS_RULETEXT_H
#define PERFEVAL_TESTS_RULETEXT_H

#include "io/csv.h"
#include "model/evaluate.h"
#include "model/load.h"
#include "model/ruleset.h"
#include "random.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))
#define HEADER       "bureau,department,project,indicator,unit,target,actual"

/** The rule set of the 2019 report, in short. */
#define RULES_2019                                                                                           \
    "title = 't', data = 'd.csv',"                                                                           \
    "params = { cut = { 80, unit = '%', min = 0, max = 200, source = 's' } },"                               \
    "rate = { { when = { polarity = 'lower' }, (2 - field.actual / field.target) * 100 },"                   \
    "         { field.actual / field.target * 100 } },"                                                      \
    "rounding = { digits = 0, mode = 'half_up' }, project = { rate = mean, missing = 'leave_out' },"         \
    "verdict = { { '부진', key = 'sluggish', at_most = param.cut }, { '정상추진', key = 'normal' } }"

typedef struct RuleText {
    const char *start, *at;
    Arena *arena;
} RuleText;

static inline Place ruletext_place(const RuleText *text) {
    Place place = {.file = STR("r.lua"), .line = 1, .column = 1, .span = 1};
    for (const char *at = text->start; at < text->at; at++) {
        place.column += ((unsigned char)*at & 0xC0) != 0x80;
        if (*at != '\n') continue;
        place.line++;
        place.column = 1;
    }
    return place;
}

static inline bool ruletext_take(RuleText *text, char byte) {
    while (*text->at == ' ' || *text->at == '\n') text->at++;
    if (*text->at != byte) return false;
    text->at++;
    return true;
}

static inline void ruletext_need(RuleText *text, char byte) {
    if (!ruletext_take(text, byte)) fail_msg("rule text: '%c' expected at <%s>", byte, text->at);
}

static inline Str ruletext_name(RuleText *text) {
    const char *start = text->at;
    while (isalnum((unsigned char)*text->at) || *text->at == '_') text->at++;
    return (Str){start, (size_t)(text->at - start)};
}

static inline Str ruletext_quoted(RuleText *text) {
    const char *start = text->at, *end = strchr(start + 1, *start);
    if (!end) fail_msg("rule text: quote not closed at <%s>", start);
    text->at = end + 1;
    return (Str){start + 1, (size_t)(end - start - 1)};
}

static inline Tree *ruletext_expr(RuleText *text, const char *operator, Tree * a, Tree *b) {
    Tree *tree = tree_new(text->arena, TREE_EXPR);
    tree->text = str_of(operator);
    tree->place = a->place;
    tree_add(text->arena, tree, (Str){"", 0}, a);
    if (b) tree_add(text->arena, tree, (Str){"", 0}, b);
    return tree;
}

static inline Tree *ruletext_number(RuleText *text) {
    const char *start = text->at;
    while (*text->at && strchr("0123456789.eE", *text->at)) {
        bool exponent = *text->at == 'e' || *text->at == 'E';
        text->at++;
        if (exponent && *text->at == '-') text->at++;
    }
    Decimal number;
    if (!decimal_parse_literal((Str){start, (size_t)(text->at - start)}, &number, text->arena))
        fail_msg("rule text: no number at <%s>", start);
    return tree_number(text->arena, number);
}

static inline Tree *ruletext_value(RuleText *text);

/* What stands behind `name(`. */
static inline Tree *ruletext_call(RuleText *text, Str name) {
    Tree *tree = tree_new(text->arena, TREE_EXPR), *subject = NULL;
    if (str_is(name, "when")) {
        subject = ruletext_value(text);
        ruletext_need(text, ')');
        ruletext_need(text, ':');
        name = ruletext_name(text);
        ruletext_need(text, '(');
        tree_add(text->arena, tree, (Str){"", 0}, subject);
    }
    tree->text = arena_copy(text->arena, name);
    while (!ruletext_take(text, ')')) {
        if (tree->count > (subject != NULL)) ruletext_need(text, ',');
        tree_add(text->arena, tree, (Str){"", 0}, ruletext_value(text));
    }
    return tree;
}

static inline Tree *ruletext_word(RuleText *text) {
    Str name = ruletext_name(text);
    if (name.size == 0) fail_msg("rule text: a value expected at <%s>", text->at);
    if (str_is(name, "field") || str_is(name, "param")) {
        bool bracket = ruletext_take(text, '[');
        if (!bracket) ruletext_need(text, '.');
        Tree *operand = tree_text(text->arena, bracket ? ruletext_quoted(text) : ruletext_name(text));
        if (bracket) ruletext_need(text, ']');
        return ruletext_expr(text, str_is(name, "field") ? "field" : "param", operand, NULL);
    }
    if (ruletext_take(text, '(')) return ruletext_call(text, name);
    bool logical = str_is(name, "true") || str_is(name, "false");
    bool function = name.size > 2 && str_starts(name, STR("fn")) && isdigit((unsigned char)name.data[2]);
    TreeKind kind = logical ? TREE_BOOL : str_is(name, "nil") ? TREE_NIL : TREE_WORD;
    Tree *tree = tree_new(text->arena, function ? TREE_FUNCTION : kind);
    tree->flag = str_is(name, "true");
    if (function) tree->function = (uint32_t)strtoul(name.data + 2, NULL, 10);
    if (tree->kind == TREE_WORD) tree->text = arena_copy(text->arena, name);
    return tree;
}

static inline int ruletext_order(const void *a, const void *b) {
    return str_compare(((const TreeItem *)a)->name, ((const TreeItem *)b)->name);
}

static inline Tree *ruletext_table(RuleText *text) {
    Tree *table = tree_new(text->arena, TREE_TABLE);
    TreeItem named[64];
    memset(named, 0, sizeof named);
    size_t count = 0;
    while (!ruletext_take(text, '}')) {
        TreeItem item = {.place = ruletext_place(text)};
        const char *before = text->at;
        item.name = ruletext_name(text);
        if (item.name.size == 0 && ruletext_take(text, '[')) {
            item.name = ruletext_quoted(text);
            ruletext_need(text, ']');
        }
        if (item.name.size == 0 || !ruletext_take(text, '=')) {
            text->at = before;
            item.name.size = 0;
        }
        item.value = ruletext_value(text);
        if (item.name.size == 0) {
            tree_add(text->arena, table, item.name, item.value)->place = item.place;
        } else {
            if (count == COUNT(named)) fail_msg("rule text: too many names");
            named[count++] = item;
        }
        if (ruletext_take(text, ',')) continue;
        ruletext_need(text, '}');
        break;
    }
    qsort(named, count, sizeof *named, ruletext_order);
    for (size_t i = 0; i < count; i++)
        tree_add(text->arena, table, named[i].name, named[i].value)->place = named[i].place;
    return table;
}

static inline Tree *ruletext_atom(RuleText *text) {
    ruletext_take(text, ' ');
    Place place = ruletext_place(text);
    Tree *tree;
    if (ruletext_take(text, '(')) {
        tree = ruletext_value(text);
        ruletext_need(text, ')');
    } else if (ruletext_take(text, '-')) {
        tree = ruletext_atom(text);
        if (tree->kind != TREE_NUMBER)
            tree = ruletext_expr(text, "neg", tree, NULL);
        else if (tree->number.text.size)
            tree->number.text = arena_format(text->arena, "-%.*s", STR_FMT(tree->number.text));
        else
            tree->number.digits = -tree->number.digits;
    } else if (ruletext_take(text, '{')) {
        tree = ruletext_table(text);
    } else if (*text->at == '\'' || *text->at == '"') {
        tree = tree_text(text->arena, ruletext_quoted(text));
    } else if (isdigit((unsigned char)*text->at)) {
        tree = ruletext_number(text);
    } else {
        tree = ruletext_word(text);
    }
    tree->place = place;
    return tree;
}

static inline Tree *ruletext_power(RuleText *text) {
    Tree *tree = ruletext_atom(text);
    return ruletext_take(text, '^') ? ruletext_expr(text, "^", tree, ruletext_atom(text)) : tree;
}

static inline Tree *ruletext_product(RuleText *text) {
    Tree *tree = ruletext_power(text);
    for (;;) {
        if (ruletext_take(text, '*'))
            tree = ruletext_expr(text, "*", tree, ruletext_power(text));
        else if (ruletext_take(text, '/'))
            tree = ruletext_expr(text, "/", tree, ruletext_power(text));
        else
            return tree;
    }
}

static inline Tree *ruletext_value(RuleText *text) {
    Tree *tree = ruletext_product(text);
    for (;;) {
        if (ruletext_take(text, '+'))
            tree = ruletext_expr(text, "+", tree, ruletext_product(text));
        else if (ruletext_take(text, '-'))
            tree = ruletext_expr(text, "-", tree, ruletext_product(text));
        else
            return tree;
    }
}

/** The value that `text` stands for. */
static inline Tree *ruletext_read(Arena *arena, const char *text) {
    RuleText reader = {text, text, arena};
    Tree *tree = ruletext_value(&reader);
    ruletext_take(&reader, ' ');
    if (*reader.at) fail_msg("rule text: end expected at <%s>", reader.at);
    return tree;
}

/** The rule set RULES_2019 with the items of `changes` in place of its own; an item that is nil takes its own
 * away. */
static inline Tree *ruletext_rules(Arena *arena, const char *changes) {
    Tree *base = ruletext_read(arena, "{" RULES_2019 "}");
    Str braced = arena_format(arena, "{%s}", changes);
    Tree *over = ruletext_read(arena, braced.data), *rules = tree_new(arena, TREE_TABLE);
    for (size_t i = 0; i < over->count; i++) {
        if (over->items[i].value->kind == TREE_NIL) continue;
        tree_add(arena, rules, over->items[i].name, over->items[i].value)->place = over->items[i].place;
    }
    for (size_t i = 0; i < base->count; i++) {
        if (tree_item(over, arena_copy(arena, base->items[i].name).data)) continue;
        tree_add(arena, rules, base->items[i].name, base->items[i].value)->place = base->items[i].place;
    }
    return rules;
}

/** Messages as "line code: argument | argument <hint>", in English. */
static inline void faults_brief(Buffer *out, const Diag *diag) {
    for (size_t i = 0; i < diag_count(diag); i++) {
        const DiagItem *item = diag_item(diag, i);
        buffer_addf(out, "%u %s", item->place.line, message_get(item->message).code);
        for (size_t a = 0; a < item->argument_count; a++) {
            Str argument = item->arguments[a];
            buffer_add(out, a == 0 ? STR(": ") : STR(" | "));
            buffer_add(out, message_part(argument, LANGUAGE_EN));
        }
        if (item->hint[LANGUAGE_EN].size) buffer_addf(out, " <%.*s>", STR_FMT(item->hint[LANGUAGE_EN]));
        buffer_add_char(out, '\n');
    }
}

/** A rule set over data, evaluated. What could not be had is NULL. */
typedef struct Trial {
    Arena arena;
    Diag *diag;
    Plan *plan;
    Dataset *dataset;
    Results *results;
} Trial;

static inline Trial trial_of(const char *changes, Str csv, const RowFunctions *functions) {
    Trial trial = {.diag = diag_new()};
    trial.plan = plan_compile(STR("r.lua"), ruletext_rules(&trial.arena, changes), NULL, 0, trial.diag);
    LoadOptions options = {0};
    if (trial.plan)
        options = (LoadOptions){.number_columns = trial.plan->fields.names,
                                .number_column_count = trial.plan->fields.count};
    Table *table = csv_open(STR("x.csv"), csv);
    trial.dataset = dataset_load(table, &options, trial.diag);
    table_close(table);
    if (trial.plan && trial.dataset)
        trial.results = evaluate(trial.plan, trial.dataset, functions, trial.diag);
    return trial;
}

/** As trial_of, for rules and data that must be right. */
static inline Trial trial_good(const char *changes, Str csv, const RowFunctions *functions) {
    Trial trial = trial_of(changes, csv, functions);
    if (trial.results) return trial;
    Buffer faults = {0};
    faults_brief(&faults, trial.diag);
    fail_msg("rules <%s>\ndata <%.*s>\n%s", changes, STR_FMT(csv), buffer_text(&faults));
    return trial;
}

static inline void trial_end(Trial *trial) {
    results_free(trial->results);
    dataset_free(trial->dataset);
    plan_free(trial->plan);
    diag_free(trial->diag);
    arena_release(&trial->arena);
}

/** Fails unless `found` is `wanted`; releases `found`. */
static inline void expect_text(const char *input, Buffer *found, const char *wanted) {
    if (!str_is(buffer_view(found), wanted))
        fail_msg("<%s>\nfound:\n%s\nexpected:\n%s", input, buffer_text(found), wanted);
    buffer_release(found);
}

#endif
