#include "model/overlay.h"

#include "model/schema.h"

typedef struct Merge {
    Arena *arena;
    Diag *diag;
    bool good;
} Merge;

static const char *const tables[] = {"rounding", "last_year", "indicator", "project", "department", "bureau"};

/* The lists, and the key by which their entries are named. */
static const struct {
    const char *list, *key;
} lists[] = {{"rate", "name"}, {"special", "name"}, {"verdict", "key"}};

static const SchemaKey operation_keys[] = {
    {"before", ACCEPT_TABLE, false},  {"after", ACCEPT_TABLE, false},
    {"replace", ACCEPT_TABLE, false}, {"remove", ACCEPT_TABLE | ACCEPT_TEXT, false},
    {"first", ACCEPT_TABLE, false},   {"last", ACCEPT_TABLE, false},
    {"ties", ACCEPT_TEXT, false}, /* of verdict: no operation, but stands beside them */
};
#define COUNT(array) (sizeof(array) / sizeof *(array))

static const Place *place_of(const TreeItem *item) {
    return item->value->place.line ? &item->value->place : &item->place;
}

static const TreeItem *find_item(const Tree *table, Str name) {
    for (size_t i = table->positional; i < table->count; i++) {
        if (str_equal(table->items[i].name, name)) return &table->items[i];
    }
    return NULL;
}

static void put(Merge *merge, Tree *to, Str name, Tree *value, const Place *place) {
    tree_add(merge->arena, to, name, value)->place = *place;
}

static void put_item(Merge *merge, Tree *to, const TreeItem *item) {
    put(merge, to, item->name, item->value, &item->place);
}

static Tree *new_table(Merge *merge, const Place *place) {
    Tree *table = tree_new(merge->arena, TREE_TABLE);
    table->place = *place;
    return table;
}

static void put_positional(Merge *merge, Tree *to, const Tree *from) {
    for (size_t i = 0; i < from->positional; i++) put_item(merge, to, &from->items[i]);
}

/* Adds an error about `name` and suggests one of the names that the base has. False when none is near. */
static bool not_in_base(Merge *merge, const Place *place, Str path, Str name, const Str *names,
                        size_t count) {
    merge->good = false;
    diag_add(merge->diag, MESSAGE_NOT_IN_BASE, place, path, name);
    return schema_suggest(merge->diag, name, names, count);
}

static void refuse_positional(Merge *merge, Str path, const Tree *table) {
    for (size_t i = 0; i < table->positional; i++) {
        diag_add(merge->diag, MESSAGE_UNKNOWN_KEY, &table->items[i].place,
                 schema_path(merge->arena, path, table, i));
        merge->good = false;
    }
}

/* ---- tables: key by key */

static void put_merged(Merge *merge, Tree *to, Str path, const TreeItem *base, const TreeItem *over);

/* `path`: of the table, "" for none. Lists inside of it are changed as those of the rule set are. */
static Tree *merge_tables(Merge *merge, Str path, const Tree *base, const Tree *over) {
    Tree *table = new_table(merge, &over->place);
    put_positional(merge, table, over->positional ? over : base);
    for (size_t i = base->positional; i < base->count; i++) {
        const TreeItem *changed = find_item(over, base->items[i].name);
        if (changed)
            put_merged(merge, table, path, &base->items[i], changed);
        else
            put_item(merge, table, &base->items[i]);
    }
    for (size_t i = over->positional; i < over->count; i++) {
        if (!find_item(base, over->items[i].name)) put_merged(merge, table, path, NULL, &over->items[i]);
    }
    return table;
}

/* ---- params */

/* A parameter as a table: 80 is { 80 }. */
static Tree *as_table(Merge *merge, const TreeItem *item) {
    if (item->value->kind == TREE_TABLE) return item->value;
    Tree *table = new_table(merge, &item->value->place);
    put(merge, table, (Str){"", 0}, item->value, place_of(item));
    return table;
}

/* What stays of a base's parameter: one number takes the place of the values by date, and they that of one
 * number. */
static Tree *without_values(Merge *merge, const Tree *base, const Tree *over) {
    bool dated = schema_has_dates(over);
    Tree *table = new_table(merge, &base->place);
    if (!dated) put_positional(merge, table, base);
    for (size_t i = base->positional; i < base->count; i++) {
        if (!over->positional || !schema_is_dated(&base->items[i])) put_item(merge, table, &base->items[i]);
    }
    return table;
}

static bool is_number(const Tree *value) { return value->kind == TREE_NUMBER; }

static void change_param(Merge *merge, Tree *to, const TreeItem *base, const TreeItem *over) {
    bool shapes = (is_number(base->value) || base->value->kind == TREE_TABLE) &&
                  (is_number(over->value) || over->value->kind == TREE_TABLE);
    if (!shapes || (is_number(base->value) && is_number(over->value))) {
        put_item(merge, to, over); /* a wrong kind is reported with the whole */
        return;
    }
    const Tree *changes = as_table(merge, over);
    Tree *value =
        merge_tables(merge, (Str){"", 0}, without_values(merge, as_table(merge, base), changes), changes);
    put(merge, to, over->name, value, &over->place);
}

static Tree *without_key(Merge *merge, const Tree *table, const char *name) {
    Tree *rest = new_table(merge, &table->place);
    for (size_t i = 0; i < table->count; i++) {
        if (!str_is(table->items[i].name, name)) put_item(merge, rest, &table->items[i]);
    }
    return rest;
}

/* The item without `new = true`, as the base takes it; `is_new` says whether it stood there. */
static TreeItem read_new(Merge *merge, const TreeItem *item, bool *is_new) {
    TreeItem plain = *item;
    const TreeItem *mark = tree_item(item->value, "new");
    *is_new = mark != NULL;
    if (!mark) return plain;
    Str path = arena_format(merge->arena, "params.%.*s.new", STR_FMT(item->name));
    merge->good &= schema_accepts(path, mark->value, &mark->place, ACCEPT_YES, merge->diag);
    plain.value = without_key(merge, item->value, "new");
    return plain;
}

static void unknown_param(Merge *merge, const Tree *base, const TreeItem *over) {
    Str *names = arena_new(merge->arena, base->count, sizeof *names);
    for (size_t i = 0; i < base->count; i++) names[i] = base->items[i].name;
    Str path = arena_format(merge->arena, "params.%.*s", STR_FMT(over->name));
    if (!not_in_base(merge, &over->place, path, over->name, names, base->count))
        diag_hint(merge->diag, TEXT_HINT_NEW_PARAM, over->name);
}

static void merge_param(Merge *merge, Tree *to, const Tree *base, const TreeItem *over) {
    bool is_new;
    TreeItem plain = read_new(merge, over, &is_new);
    const TreeItem *known = find_item(base, over->name);
    if (known && is_new) {
        Str path = arena_format(merge->arena, "params.%.*s", STR_FMT(over->name));
        diag_add(merge->diag, MESSAGE_IN_BASE, &over->place, path);
        change_param(merge, to, known, &plain);
        merge->good = false;
    } else if (known) {
        change_param(merge, to, known, &plain);
    } else if (is_new) {
        put_item(merge, to, &plain);
    } else {
        unknown_param(merge, base, over);
    }
}

static Tree *merge_params(Merge *merge, const Tree *base, const Tree *over) {
    Tree *table = new_table(merge, &over->place);
    refuse_positional(merge, STR("params"), over);
    put_positional(merge, table, base);
    for (size_t i = base->positional; i < base->count; i++) {
        const TreeItem *changed = find_item(over, base->items[i].name);
        if (changed)
            merge_param(merge, table, base, changed);
        else
            put_item(merge, table, &base->items[i]);
    }
    for (size_t i = over->positional; i < over->count; i++) {
        if (!find_item(base, over->items[i].name)) merge_param(merge, table, base, &over->items[i]);
    }
    return table;
}

/* ---- lists */

/* A change of a list under way. */
typedef struct ListMerge {
    Merge *merge;
    Str list;        /* path: "rate", "department.verdict" */
    const char *key; /* "name" */
    const Tree *base, *operations;
    Str *names; /* of the base's entries; empty where they have none */
} ListMerge;

static Str name_of(const Tree *entry, const char *key) {
    const Tree *name = tree_get(entry, key);
    return name && name->kind == TREE_TEXT ? name->text : (Str){"", 0};
}

/* rate = FORMULA is a list of one case. */
static const Tree *as_list(Merge *merge, const TreeItem *item, const Place *place) {
    if (!item) return new_table(merge, place);
    if (item->value->kind == TREE_TABLE) return item->value;
    Tree *entry = new_table(merge, &item->value->place), *list = new_table(merge, &item->value->place);
    put(merge, entry, (Str){"", 0}, item->value, place_of(item));
    put(merge, list, (Str){"", 0}, entry, place_of(item));
    return list;
}

static bool has_name(const ListMerge *list, Str name) {
    for (size_t i = 0; i < list->base->positional; i++) {
        if (name.size && str_equal(list->names[i], name)) return true;
    }
    return false;
}

static Str path_in(const ListMerge *list, const char *operation) {
    return arena_format(list->merge->arena, "%.*s.%s", STR_FMT(list->list), operation);
}

static void check_name(const ListMerge *list, const char *operation, Str name, const Place *place) {
    if (has_name(list, name)) return;
    Str *names = arena_new(list->merge->arena, list->base->positional, sizeof *names);
    size_t count = 0;
    for (size_t i = 0; i < list->base->positional; i++) {
        if (list->names[i].size) names[count++] = list->names[i];
    }
    if (not_in_base(list->merge, place, path_in(list, operation), name, names, count)) return;
    if (count)
        schema_list_words(list->merge->diag, TEXT_HINT_NAMES_IN_BASE, names, count);
    else if (name.size)
        diag_hint(list->merge->diag, TEXT_HINT_NO_NAMES, str_of(list->key), name);
}

/* before, after, replace: entries by the name of the one they belong to. */
static void check_named(const ListMerge *list, const char *operation) {
    const Tree *table = tree_get(list->operations, operation);
    if (!table || table->kind != TREE_TABLE) return;
    Merge *merge = list->merge;
    refuse_positional(merge, path_in(list, operation), table);
    for (size_t i = table->positional; i < table->count; i++) {
        const TreeItem *item = &table->items[i];
        check_name(list, operation, item->name, &item->place);
        Str path = schema_path(merge->arena, path_in(list, operation), table, i);
        merge->good &= schema_accepts(path, item->value, &item->place, ACCEPT_TABLE, merge->diag);
    }
}

static bool removes(const ListMerge *list, Str name) {
    const Tree *removed = tree_get(list->operations, "remove");
    if (!removed || !name.size) return false;
    if (removed->kind == TREE_TEXT) return str_equal(removed->text, name);
    for (size_t i = 0; removed->kind == TREE_TABLE && i < removed->positional; i++) {
        const Tree *value = removed->items[i].value;
        if (value->kind == TREE_TEXT && str_equal(value->text, name)) return true;
    }
    return false;
}

static void check_removed(const ListMerge *list) {
    const TreeItem *item = tree_item(list->operations, "remove");
    if (!item) return;
    const Tree *removed = item->value;
    Merge *merge = list->merge;
    if (removed->kind == TREE_TEXT) check_name(list, "remove", removed->text, place_of(item));
    if (removed->kind != TREE_TABLE) return;
    merge->good &= schema_list(merge->arena, path_in(list, "remove"), removed, ACCEPT_TEXT, merge->diag);
    for (size_t i = 0; i < removed->positional; i++) {
        const TreeItem *name = &removed->items[i];
        if (name->value->kind == TREE_TEXT) check_name(list, "remove", name->value->text, place_of(name));
    }
}

/* An entry cannot go and come at once. */
static void check_conflicts(const ListMerge *list) {
    const Tree *replaced = tree_get(list->operations, "replace");
    for (size_t i = replaced ? replaced->positional : 0; replaced && i < replaced->count; i++) {
        const TreeItem *item = &replaced->items[i];
        if (!removes(list, item->name)) continue;
        diag_add(list->merge->diag, MESSAGE_OVERLAY_CONFLICT, &item->place, list->list, item->name);
        list->merge->good = false;
    }
}

/* { case, case } or one case: an entry's own first value is never a table. */
static bool is_list(const Tree *value) {
    return value->count == 0 || (value->positional && value->items[0].value->kind == TREE_TABLE);
}

/* An entry that stands for another keeps its name. */
static Tree *with_name(const ListMerge *list, Tree *entry, Str name) {
    if (tree_get(entry, list->key)) return entry;
    Tree *named = new_table(list->merge, &entry->place);
    put_positional(list->merge, named, entry);
    put(list->merge, named, str_of(list->key), tree_text(list->merge->arena, name), &entry->place);
    for (size_t i = entry->positional; i < entry->count; i++) put_item(list->merge, named, &entry->items[i]);
    return named;
}

/* Adds one entry or a list of them. */
static void put_entries(const ListMerge *list, Tree *to, const TreeItem *item, Str keeps) {
    if (!item || item->value->kind != TREE_TABLE) return;
    if (is_list(item->value)) {
        put_positional(list->merge, to, item->value);
        return;
    }
    Tree *entry = keeps.size ? with_name(list, item->value, keeps) : item->value;
    put(list->merge, to, (Str){"", 0}, entry, place_of(item));
}

static const TreeItem *named_entry(const ListMerge *list, const char *operation, Str name) {
    const Tree *table = tree_get(list->operations, operation);
    return table && table->kind == TREE_TABLE && name.size ? find_item(table, name) : NULL;
}

static void put_entry(const ListMerge *list, Tree *to, size_t number) {
    Str name = list->names[number];
    const TreeItem *replaced = named_entry(list, "replace", name);
    put_entries(list, to, named_entry(list, "before", name), (Str){"", 0});
    if (replaced)
        put_entries(list, to, replaced, name);
    else if (!removes(list, name))
        put_item(list->merge, to, &list->base->items[number]);
    put_entries(list, to, named_entry(list, "after", name), (Str){"", 0});
}

static void check_operations(const ListMerge *list, const TreeItem *over) {
    Merge *merge = list->merge;
    merge->good &= schema_check(merge->arena, list->list, over->value, &over->place, operation_keys,
                                COUNT(operation_keys), merge->diag);
    static const char *const named[] = {"before", "after", "replace"};
    for (size_t i = 0; i < COUNT(named); i++) check_named(list, named[i]);
    check_removed(list);
    check_conflicts(list);
}

static Tree *merge_list(Merge *merge, Str path, const char *key, const TreeItem *base, const TreeItem *over) {
    ListMerge list = {merge, path, key, as_list(merge, base, &over->value->place), over->value, NULL};
    list.names = arena_new(merge->arena, list.base->positional, sizeof *list.names);
    for (size_t i = 0; i < list.base->positional; i++)
        list.names[i] = name_of(list.base->items[i].value, list.key);
    check_operations(&list, over);
    Tree *result = new_table(merge, &over->value->place);
    put_entries(&list, result, tree_item(over->value, "first"), (Str){"", 0});
    for (size_t i = 0; i < list.base->positional; i++) put_entry(&list, result, i);
    put_entries(&list, result, tree_item(over->value, "last"), (Str){"", 0});
    const TreeItem *ties = tree_item(over->value, "ties");
    for (size_t i = list.base->positional; i < list.base->count; i++) {
        if (!ties || !str_is(list.base->items[i].name, "ties")) put_item(merge, result, &list.base->items[i]);
    }
    if (ties) put_item(merge, result, ties);
    return result;
}

/* ---- the whole */

static size_t list_of(Str name) {
    size_t which = 0;
    while (which < COUNT(lists) && !str_is(name, lists[which].list)) which++;
    return which;
}

static bool is_table_key(Str name) {
    for (size_t i = 0; i < COUNT(tables); i++) {
        if (str_is(name, tables[i])) return true;
    }
    return false;
}

/* `path` is that of the table around them; `base` may be NULL. */
static Tree *merge_value(Merge *merge, Str path, const TreeItem *base, const TreeItem *over) {
    static const Tree nothing = {.kind = TREE_TABLE};
    size_t which = list_of(over->name);
    bool table = over->value->kind == TREE_TABLE, both = table && base && base->value->kind == TREE_TABLE;
    if (str_is(over->name, "params") && table)
        return merge_params(merge, both ? base->value : &nothing, over->value);
    if (path.size)
        path = arena_format(merge->arena, "%.*s.%.*s", STR_FMT(path), STR_FMT(over->name));
    else
        path = over->name;
    if (is_table_key(over->name) && both) return merge_tables(merge, path, base->value, over->value);
    size_t ties = table && over->value->positional && tree_item(over->value, "ties");
    bool operations = which < COUNT(lists) && table && over->value->count > over->value->positional + ties;
    return operations ? merge_list(merge, path, lists[which].key, base, over) : over->value;
}

static void put_merged(Merge *merge, Tree *to, Str path, const TreeItem *base, const TreeItem *over) {
    put(merge, to, over->name, merge_value(merge, path, base, over), &over->place);
}

Tree *overlay_merge(Arena *arena, const Tree *base, const Tree *over, bool *good, Diag *diag) {
    Merge merge = {arena, diag, true};
    Tree *rules = new_table(&merge, &over->place);
    put_positional(&merge, rules, base);
    put_positional(&merge, rules, over);
    for (size_t i = base->positional; i < base->count; i++) {
        const TreeItem *changed = find_item(over, base->items[i].name);
        if (str_is(base->items[i].name, "base")) continue;
        if (changed)
            put_merged(&merge, rules, (Str){"", 0}, &base->items[i], changed);
        else
            put_item(&merge, rules, &base->items[i]);
    }
    for (size_t i = over->positional; i < over->count; i++) {
        const TreeItem *item = &over->items[i];
        if (!str_is(item->name, "base") && !find_item(base, item->name))
            put_merged(&merge, rules, (Str){"", 0}, NULL, item);
    }
    *good &= merge.good;
    return rules;
}
