#include "model/params.h"

#include "base/date.h"
#include "model/schema.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

typedef struct Reader {
    Arena *arena;
    Params *params;
    Str date;
    Diag *diag;
    bool good;
} Reader;

#define SETTINGS_OF_A_PARAM                                                                                  \
    {"unit", ACCEPT_TEXT, false}, {"min", ACCEPT_NUMBER, false}, {"max", ACCEPT_NUMBER, false},              \
        {"source", ACCEPT_TEXT, false},
static const SchemaKey plain_keys[] = {{NULL, ACCEPT_NUMBER, true}, SETTINGS_OF_A_PARAM};
static const SchemaKey dated_keys[] = {SETTINGS_OF_A_PARAM};

Param *params_find(const Params *params, Str name) {
    for (size_t i = 0; i < params->count; i++) {
        if (str_equal(params->items[i].name, name)) return &params->items[i];
    }
    return NULL;
}

void params_suggest(Arena *arena, const Params *params, Str name, Diag *diag) {
    Str *words = arena_new(arena, params->count, sizeof *words);
    for (size_t i = 0; i < params->count; i++) words[i] = params->items[i].name;
    if (!schema_suggest(diag, name, words, params->count))
        schema_list_words(diag, TEXT_HINT_SETTINGS, words, params->count);
}

static const Place *place_of(const TreeItem *item) {
    return item->value->place.line ? &item->value->place : &item->place;
}

static const TreeItem *number_item(const Tree *table, const char *name) {
    const TreeItem *item = name ? tree_item(table, name) : table->positional ? &table->items[0] : NULL;
    return item && item->value->kind == TREE_NUMBER ? item : NULL;
}

static Str text_of(const Tree *table, const char *name) {
    const Tree *value = tree_get(table, name);
    return value && value->kind == TREE_TEXT ? value->text : (Str){"", 0};
}

static Bound bound_of(const Tree *table, const char *name) {
    const TreeItem *item = number_item(table, name);
    if (!item) return (Bound){0};
    return (Bound){.set = true, .closed = true, .value = item->value->number, .place = *place_of(item)};
}

/* ---- ranges */

static bool in_range(const Param *param, const Decimal *value) {
    return (!param->min.set || decimal_compare(value, &param->min.value) >= 0) &&
           (!param->max.set || decimal_compare(value, &param->max.value) <= 0);
}

static bool check_range(const Param *param, const Decimal *value, MessageId message, const Place *place,
                        Diag *diag) {
    if (in_range(param, value)) return true;
    Buffer number = {0}, low = {0}, high = {0};
    decimal_write(&number, value);
    if (param->min.set) decimal_write(&low, &param->min.value);
    if (param->max.set) decimal_write(&high, &param->max.value);
    diag_add(diag, message, place, param->name, buffer_view(&number), buffer_view(&low), buffer_view(&high));
    buffer_release(&number);
    buffer_release(&low);
    buffer_release(&high);
    return false;
}

/* ---- values by date */

static bool check_dated(Reader *reader, Str path, const TreeItem *item, const Param *param) {
    if (!date_is_valid(item->name)) {
        diag_add(reader->diag, MESSAGE_BAD_DATE, &item->place, path, item->name);
        return false;
    }
    Str value_path = arena_format(reader->arena, "%.*s[\"%.*s\"]", STR_FMT(path), STR_FMT(item->name));
    if (!schema_accepts(value_path, item->value, &item->place, ACCEPT_NUMBER, reader->diag)) return false;
    return check_range(param, &item->value->number, MESSAGE_PARAM_RANGE, place_of(item), reader->diag);
}

static void no_value_for_date(Reader *reader, const Param *param, const TreeItem *first) {
    if (reader->date.size && first)
        diag_add(reader->diag, MESSAGE_DATE_TOO_EARLY, &first->place, param->name, reader->date, first->name);
    else
        diag_add(reader->diag, MESSAGE_DATE_NEEDED, &param->place, param->name);
    reader->good = false;
}

/* The value of the latest date that is not after the date of the run. */
static const TreeItem *dated_item(Reader *reader, Str path, const Tree *table, const Param *param) {
    const TreeItem *first = NULL, *found = NULL;
    bool good = true;
    for (size_t i = table->positional; i < table->count; i++) {
        const TreeItem *item = &table->items[i];
        if (!schema_is_dated(item)) continue;
        good &= check_dated(reader, path, item, param);
        if (!first || str_compare(item->name, first->name) < 0) first = item;
        bool begun = str_compare(item->name, reader->date) <= 0;
        if (begun && (!found || str_compare(item->name, found->name) > 0)) found = item;
    }
    reader->good &= good;
    if (good && !found) no_value_for_date(reader, param, first);
    return good ? found : NULL;
}

/* The table without its values by date: those have no fixed names. */
static Tree without_dates(Arena *arena, const Tree *table) {
    Tree rest = *table;
    rest.items = arena_new(arena, table->count, sizeof *rest.items);
    rest.count = 0;
    for (size_t i = 0; i < table->count; i++) {
        if (!schema_is_dated(&table->items[i])) rest.items[rest.count++] = table->items[i];
    }
    return rest;
}

/* ---- one parameter */

static void check_keys(Reader *reader, Str path, const TreeItem *item, bool dated) {
    Tree rest = without_dates(reader->arena, item->value);
    reader->good &= dated ? schema_check(reader->arena, path, &rest, &item->place, dated_keys,
                                         COUNT(dated_keys), reader->diag)
                          : schema_check(reader->arena, path, &rest, &item->place, plain_keys,
                                         COUNT(plain_keys), reader->diag);
}

/* The item that holds the number; NULL when there is none. */
static const TreeItem *read_table(Reader *reader, Str path, const TreeItem *item, Param *param) {
    const Tree *table = item->value;
    bool dated = schema_has_dates(table);
    check_keys(reader, path, item, dated);
    param->unit = text_of(table, "unit");
    param->source = text_of(table, "source");
    param->min = bound_of(table, "min");
    param->max = bound_of(table, "max");
    if (!dated) return number_item(table, NULL);
    const TreeItem *number = dated_item(reader, path, table, param);
    if (number) param->date = number->name;
    return number;
}

static void read_param(Reader *reader, const TreeItem *item, Param *param) {
    Str path = arena_format(reader->arena, "params.%.*s", STR_FMT(item->name));
    *param = (Param){.name = item->name, .place = *place_of(item)};
    const TreeItem *number = item;
    if (item->value->kind == TREE_TABLE) number = read_table(reader, path, item, param);
    if (!number || number->value->kind != TREE_NUMBER) {
        reader->params->bad = true;
        return;
    }
    param->value = param->file_value = number->value->number;
    param->value_place = *place_of(number);
    if (!param->date.size)
        reader->good &= check_range(param, &param->value, MESSAGE_PARAM_RANGE, &param->place, reader->diag);
}

bool params_read(Arena *arena, const Tree *rules, Str date, Params *out, Diag *diag) {
    const Tree *table = tree_get(rules, "params");
    *out = (Params){.unknown = table && table->kind != TREE_TABLE};
    out->bad = out->unknown;
    if (!table || out->unknown) return true; /* a wrong kind was reported with the keys of the rule table */
    Reader reader = {arena, out, date, diag, true};
    out->items = arena_new(arena, table->count, sizeof *out->items);
    for (size_t i = 0; i < table->count; i++) {
        const TreeItem *item = &table->items[i];
        Str path = schema_path(arena, STR("params"), table, i);
        if (!item->name.size) {
            diag_add(diag, MESSAGE_UNKNOWN_KEY, &item->place, path);
            reader.good = false;
        } else {
            reader.good &=
                schema_accepts(path, item->value, &item->place, ACCEPT_NUMBER | ACCEPT_TABLE, diag);
            read_param(&reader, item, &out->items[out->count++]);
        }
    }
    return reader.good;
}

bool params_set(Arena *arena, Params *params, const Setting *setting, Diag *diag) {
    Param *param = params_find(params, setting->name);
    Decimal value;
    if (!param) {
        diag_add(diag, MESSAGE_UNKNOWN_SETTING, NULL, setting->name);
        params_suggest(arena, params, setting->name, diag);
        return false;
    }
    if (decimal_parse(setting->value, &value, arena, NULL) > DECIMAL_LENIENT) {
        diag_add(diag, MESSAGE_PARAM_VALUE, NULL, setting->value, setting->name);
        diag_hint(diag, TEXT_HINT_SETTING, setting->name);
        return false;
    }
    param->value = value;
    param->overridden = true;
    return check_range(param, &value, MESSAGE_SETTING_RANGE, NULL, diag);
}
