#include "lua/stubs.h"

#include "lua/calls.h"
#include "lua/objects.h"
#include "lua/sandbox.h"
#include "model/joblist.h"
#include "model/ruleset.h"
#include "model/suite.h"

#include <string.h>

/* ---- names and types */

/* A name that may stand in `["…"]` on one line. */
static bool is_plain(Str name) {
    for (size_t i = 0; i < name.size; i++)
        if ((unsigned char)name.data[i] < 0x20 || strchr("\"\\]", name.data[i])) return false;
    return name.size > 0;
}

static bool is_identifier(Str name) {
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        if (!letter && !(i > 0 && c >= '0' && c <= '9')) return false;
    }
    return name.size > 0;
}

static void add_field(Buffer *out, Str name, Str type, const char *doc) {
    if (!is_plain(name)) return;
    buffer_addf(out, is_identifier(name) ? "---@field %.*s %.*s" : "---@field [\"%.*s\"] %.*s", STR_FMT(name),
                STR_FMT(type));
    if (*doc) buffer_addf(out, " # %s", doc);
    buffer_add_char(out, '\n');
}

static void add_class(Buffer *out, const char *name, const char *doc) {
    buffer_add_char(out, '\n');
    if (*doc) buffer_addf(out, "---%s\n", doc);
    buffer_addf(out, "---@class %s\n", name);
}

static void add_global(Buffer *out, const char *type, const char *name, const char *value) {
    buffer_addf(out, "\n---@type %s\n%s = %s\n", type, name, value);
}

/* Types of fields that the binding tables tell in general words only. */
static const struct {
    const char *class, *field; /* class NULL: any */
    const char *type;
} refined[] = {
    {"Project", "verdict", "VerdictKey?"},
    {"Indicator", "raw", "fun(self: Indicator, column: string): string"},
    {NULL, "count", "Counts"},
    {NULL, "percent", "Percents"},
    {NULL, "indicator_count", "IndicatorCounts?"},
    {NULL, "indicator_percent", "IndicatorPercents?"},
    {"Indicator", "verdict", "IndicatorVerdictKey?"},
    {"Special", "indicator_verdict", "IndicatorVerdictKey?"},
    {"Band", "key", "VerdictKey|IndicatorVerdictKey"},
    {NULL, "trend", "Trend?"},
    {"Results", "missing", "MissingRows[]"},
    {NULL, "missing", "MissingReason?"},
};

static const struct { const char *name, *type; } plain_types[] = {{"text", "string"}};

/* "list of Project" is Project[], "text?" is string?. */
static void add_type(Buffer *out, Str type) {
    static const char list_of[] = "list of ";
    Str list = str_of(list_of);
    bool optional = str_ends(type, STR("?")), is_list = str_starts(type, list);
    Str name = str_slice(type, is_list ? list.size : 0, type.size - optional);
    for (size_t i = 0; i < sizeof plain_types / sizeof *plain_types; i++)
        if (str_is(name, plain_types[i].name)) name = str_of(plain_types[i].type);
    buffer_add(out, name);
    if (is_list) buffer_add(out, STR("[]"));
    if (optional) buffer_add_char(out, '?');
}

static void add_field_type(Buffer *out, const Class *class, const ClassField *field) {
    for (size_t i = 0; i < sizeof refined / sizeof *refined; i++) {
        if (strcmp(field->name, refined[i].field) != 0) continue;
        if (refined[i].class && strcmp(class->name, refined[i].class) != 0) continue;
        buffer_add(out, str_of(refined[i].type));
        return;
    }
    add_type(out, str_of(field->type));
}

/* ---- objects */

static void add_own_columns(Buffer *out, const Dataset *dataset, bool formulas) {
    for (size_t i = 0; dataset && i < dataset_columns(dataset); i++) {
        Str name = dataset_column_name(dataset, i);
        ColumnId known;
        if (column_find(name, &known)) continue;
        Str type = dataset_numbers(dataset, i) ? STR("number?") : STR("string?");
        add_field(out, name, formulas ? STR("Formula") : type, "");
    }
}

static void add_object(Buffer *out, const Class *class, const Dataset *dataset) {
    Buffer type = {0};
    add_class(out, class->name, class->doc);
    for (const ClassField *field = class->fields; field->name; field++) {
        type.size = 0;
        add_field_type(&type, class, field);
        add_field(out, str_of(field->name), buffer_view(&type), field->doc);
        if (field->label) add_field(out, str_of(field->label), buffer_view(&type), "");
    }
    if (class->other) add_own_columns(out, dataset, false);
    buffer_release(&type);
}

/* ---- what the rules name */

static void add_alias(Buffer *out, const char *name) { buffer_addf(out, "\n---@alias %s", name); }

static void add_choice(Buffer *out, size_t number, Str name) {
    buffer_addf(out, "%s\"%.*s\"", number ? "|" : " ", STR_FMT(name));
}

static void add_verdicts(Buffer *out, const char *name, const Plan *plan, Level level) {
    size_t count = plan ? plan->verdicts[level].count : 0;
    add_alias(out, name);
    for (size_t i = 0; i < count; i++) add_choice(out, i, plan->verdicts[level].bands[i].key);
    buffer_add(out, count ? STR("\n") : STR(" string\n"));
}

static void add_trend(Buffer *out) {
    add_alias(out, "Trend");
    for (Trend trend = TREND_DOWN; trend <= TREND_UP; trend++)
        add_choice(out, trend - TREND_DOWN, str_of(trend_name(trend)));
    buffer_add_char(out, '\n');
}

static void add_figures(Buffer *out, const char *name, const char *type, const Plan *plan, Level level) {
    add_class(out, name, "");
    add_field(out, STR("total"), str_of(type), "");
    add_field(out, STR("none"), str_of(type), "");
    size_t count = plan ? plan->verdicts[level].count : 0;
    for (size_t i = 0; i < count; i++) add_field(out, plan->verdicts[level].bands[i].key, str_of(type), "");
    if (!count) buffer_addf(out, "---@field [string] %s\n", type);
}

static void add_missing(Buffer *out) {
    add_alias(out, "MissingReason");
    for (Missing reason = MISSING_NONE + 1; reason < MISSING_COUNT; reason++)
        if (reason != MISSING_TOO_LARGE) /* which no results have */
            add_choice(out, reason - 1, str_of(missing_name(reason)));
    buffer_add_char(out, '\n');
    add_class(out, "MissingRows", "");
    add_field(out, STR("reason"), STR("MissingReason"), "");
    add_field(out, STR("rows"), STR("integer"), "");
}

static void add_fields(Buffer *out, const Dataset *dataset) {
    add_class(out, "Fields", "");
    for (ColumnId id = 0; id < COLUMN_KNOWN; id++) {
        const ColumnInfo *info = column_info(id);
        if (!info->number) continue;
        add_field(out, str_of(info->name), STR("Formula"), info->doc);
        add_field(out, str_of(info->label), STR("Formula"), "");
    }
    add_own_columns(out, dataset, true);
    if (!dataset) buffer_add(out, STR("---@field [string] Formula\n"));
    add_global(out, "Fields", "field", "{}");
}

static void add_params(Buffer *out, const Plan *plan) {
    Buffer value = {0};
    add_class(out, "Params", "");
    for (size_t i = 0; plan && i < plan->param_count; i++) {
        value.size = 0;
        decimal_write(&value, &plan->params[i].value);
        buffer_add_char(&value, '\0');
        add_field(out, plan->params[i].name, STR("number"), value.data);
    }
    if (!plan) buffer_add(out, STR("---@field [string] number\n"));
    add_global(out, "Params", "param", "{}");
    buffer_release(&value);
}

/* ---- the rule table */

static const struct {
    unsigned accept;
    const char *type;
} accepted[] = {
    {ACCEPT_TEXT, "string"},     {ACCEPT_NUMBER, "number"},     {ACCEPT_TABLE, "table"},
    {ACCEPT_FORMULA, "Formula"}, {ACCEPT_FUNCTION, "function"}, {ACCEPT_WORD, "Word"},
    {ACCEPT_YES, "true"},
};

/* Every key may be left out by a rule file that builds on another. */
static void add_schema(Buffer *out, const SchemaTable *table) {
    Buffer type = {0};
    add_class(out, table->name, "");
    for (size_t k = 0; k < table->count; k++) {
        const SchemaKey *key = &table->keys[k];
        type.size = 0;
        for (size_t i = 0; i < sizeof accepted / sizeof *accepted; i++)
            if (key->accept & accepted[i].accept)
                buffer_addf(&type, "%s%s", type.size ? "|" : "", accepted[i].type);
        if (strcmp(key->name ? key->name : "", "when") == 0) buffer_add(&type, STR("|Condition"));
        if (!key->required || strcmp(table->name, "Ruleset") == 0) buffer_add(&type, STR("|nil"));
        if (key->name)
            add_field(out, str_of(key->name), buffer_view(&type), "");
        else
            buffer_addf(out, "---@field [1] %s\n", buffer_text(&type));
    }
    buffer_release(&type);
}

/* ---- functions */

/* From a signature "number: Number, digits: integer". */
static void add_function(Buffer *out, const char *name, const char *arguments, const char *result) {
    Buffer names = {0};
    Str rest = str_of(arguments);
    buffer_add_char(out, '\n');
    while (rest.size) {
        size_t colon = str_find(rest, ':', 0), end = str_find(rest, ',', 0);
        Str argument = str_slice(rest, 0, colon);
        bool optional = str_ends(argument, STR("?"));
        buffer_addf(out, "---@param %.*s %.*s\n", STR_FMT(argument),
                    STR_FMT(str_trim(str_slice(rest, colon + 1, end))));
        buffer_addf(&names, "%s%.*s", names.size ? ", " : "",
                    STR_FMT(str_slice(argument, 0, argument.size - optional)));
        rest = end < rest.size ? str_trim(str_slice(rest, end + 1, rest.size)) : (Str){"", 0};
    }
    if (*result) buffer_addf(out, "---@return %s\n", result);
    buffer_addf(out, "function %s(%s) end\n", name, names.size ? buffer_text(&names) : "");
    buffer_release(&names);
}

static void add_words(Buffer *out) {
    for (Aggregate word = 0; word < AGGREGATE_COUNT; word++) {
        if (word >= AGGREGATE_WORDS && word != AGGREGATE_POOLED) continue;
        bool picks = word == AGGREGATE_MIN || word == AGGREGATE_MAX;
        const char *type = picks ? "Word|fun(...: Number): Formula" : "Word";
        add_global(out, type, aggregate_name(word), "nil");
    }
    add_global(out, "Word", "every", "nil");
}

static void add_calls(Buffer *out) {
    const CallInfo *info;
    for (size_t i = 0; (info = calls_info(i)) != NULL; i++)
        add_function(out, info->name, info->arguments, info->result);
    add_class(out, "Subject", "");
    for (size_t i = 0; (info = calls_comparison(i)) != NULL; i++)
        buffer_addf(out, "---@field %s %s(self: Subject%s%s): %s\n", info->name, "fun",
                    *info->arguments ? ", " : "", info->arguments, info->result);
}

/* Functions that Lua has not itself; editors know the others. */
static const struct {
    const char *name, *arguments, *result;
} own_functions[] = {
    {"text.block", "first: string, words: string, width: integer", "string"},
    {"text.grouped", "number: string|integer, minus?: string, zero?: string", "string"},
    {"text.letters", "text: string", "string[]"},
    {"text.markup", "text: string", "string"},
    {"text.numbers", "minus: string", "fun(number: string|integer, zero?: string): string"},
    {"text.pad", "text: string, width: integer, side?: \"left\"|\"right\"|\"center\"", "string"},
    {"text.sha256", "text: string", "string"},
    {"text.tables", "blocks: table[], style: table", "string[]"},
    {"text.visible", "text: string", "string"},
    {"text.width", "text: string", "integer"},
    {"text.wrap", "text: string, width: integer", "string[]"},
};

static void add_own_function(Buffer *out, const char *name) {
    for (size_t i = 0; i < sizeof own_functions / sizeof *own_functions; i++) {
        if (strcmp(name, own_functions[i].name) != 0) continue;
        add_function(out, name, own_functions[i].arguments, own_functions[i].result);
        return;
    }
    add_function(out, name, "...: any", "any");
}

static void add_sandbox(Buffer *out) {
    static const char names[] = "\n-- Of Lua's own names a script sees these, and no others:\n";
    buffer_add(out, str_of(names));
    for (const SandboxName *entry = sandbox_names(); entry->name; entry++)
        if (strncmp(entry->name, "text.", 5) != 0)
            buffer_addf(out, "--   %s: %s\n", entry->name, entry->reason);
    buffer_add(out, STR("\ntext = {}\n"));
    for (const SandboxName *entry = sandbox_names(); entry->name; entry++)
        if (strncmp(entry->name, "text.", 5) == 0) add_own_function(out, entry->name);
}

/* ---- the whole */

static const char head[] =
    "---@meta\n"
    "-- Everything that perfeval's scripts can use, for editors. Written by `perfeval stubs`.\n"
    "\n"
    "---@class Formula\n"
    "---@operator add(Number): Formula\n"
    "---@operator sub(Number): Formula\n"
    "---@operator mul(Number): Formula\n"
    "---@operator div(Number): Formula\n"
    "---@operator pow(integer): Formula\n"
    "---@operator unm: Formula\n"
    "\n"
    "---@class Condition\n"
    "\n"
    "---@class Word\n"
    "\n"
    "---@alias Number number|Formula\n"
    "---@alias Part Condition|table|fun(i: Indicator): boolean?\n";

void stubs_write(Buffer *out, const Plan *plan, const Dataset *dataset) {
    buffer_add(out, str_of(head));
    add_verdicts(out, "VerdictKey", plan, LEVEL_PROJECT);
    add_verdicts(out, "IndicatorVerdictKey", plan, LEVEL_INDICATOR);
    add_trend(out);
    add_missing(out);
    add_figures(out, "Counts", "integer", plan, LEVEL_PROJECT);
    add_figures(out, "Percents", "string?", plan, LEVEL_PROJECT);
    add_figures(out, "IndicatorCounts", "integer", plan, LEVEL_INDICATOR);
    add_figures(out, "IndicatorPercents", "string?", plan, LEVEL_INDICATOR);
    for (const Class *const *class = objects_classes(); *class; class ++) add_object(out, *class, dataset);
    add_fields(out, dataset);
    add_params(out, plan);
    const SchemaTable *table;
    for (size_t i = 0; (table = ruleset_schema(i)) != NULL; i++) add_schema(out, table);
    add_function(out, "ruleset", "rules: Ruleset", "Ruleset");
    for (size_t i = 0; (table = suite_schema(i)) != NULL; i++) add_schema(out, table);
    add_function(out, "tests", "cases: Tests", "Tests");
    for (size_t i = 0; (table = joblist_schema(i)) != NULL; i++) add_schema(out, table);
    add_function(out, "jobs", "list: Jobs", "Jobs");
    add_words(out);
    add_calls(out);
    add_sandbox(out);
}
