#include "model/compile.h"

bool compile_keys(Build *build, Str path, const Tree *table, const Place *place, const SchemaKey *keys,
                  size_t count) {
    bool good = schema_check(build->arena, path, table, place, keys, count, build->diag);
    build->good &= good;
    return good;
}

const TreeItem *compile_item(const Tree *table, const char *name, unsigned accept) {
    const TreeItem *item = name ? tree_item(table, name) : table->positional ? &table->items[0] : NULL;
    return item && schema_is(item->value, accept) ? item : NULL;
}

const Place *compile_place(const TreeItem *item) {
    return item->value->place.line ? &item->value->place : &item->place;
}

Str compile_text(const Tree *table, const char *name) {
    const Tree *value = tree_get(table, name);
    return value && value->kind == TREE_TEXT ? value->text : (Str){"", 0};
}

bool compile_param(void *context, Str name, const Place *place, Decimal *value, Diag *diag) {
    Build *build = context;
    Param *param = params_find(&build->params, name);
    if (param) {
        param->used = true;
        *value = param->value;
        return true;
    }
    *value = decimal_of(0);
    if (build->params.unknown) return true;
    diag_add(diag, MESSAGE_UNKNOWN_PARAM, place, name);
    params_suggest(build->arena, &build->params, name, diag);
    build->good = false;
    return false;
}

bool compile_bound(Build *build, Str path, const TreeItem *item, bool closed, Bound *bound) {
    const Tree *value = item->value;
    *bound = (Bound){.set = true, .closed = closed, .place = *compile_place(item)};
    if (value->kind == TREE_NUMBER) {
        bound->value = value->number;
        return true;
    }
    if (value->kind == TREE_EXPR && str_is(value->text, "param")) {
        Str name = value->items[0].value->text;
        bound->param = plan_param(build->plan, name);
        return compile_param(build, name, &bound->place, &bound->value, build->diag);
    }
    diag_add(build->diag, MESSAGE_WRONG_TYPE, &bound->place, path, message_words(TEXT_WANT_BOUND),
             message_words(TEXT_WANT_FORMULA));
    build->good = false;
    return false;
}

/* One side of a range: at most one of two keys, the closed one and the open one. */
static void read_side(Build *build, Str path, const Tree *table, const char *closed, const char *open,
                      Bound *bound) {
    const TreeItem *items[2] = {compile_item(table, closed, NUMBER), compile_item(table, open, NUMBER)};
    if (items[0] && items[1]) {
        diag_add(build->diag, MESSAGE_TWO_BOUNDS, &items[1]->place, path, str_of(closed), str_of(open));
        build->good = false;
    }
    for (int side = 0; side < 2; side++) {
        const char *name = side == 0 ? closed : open;
        if (items[side])
            compile_bound(build, arena_format(build->arena, "%.*s.%s", STR_FMT(path), name), items[side],
                          side == 0, bound);
    }
}

void compile_range(Build *build, Str path, const Tree *table, Range *range) {
    read_side(build, path, table, "at_least", "above", &range->low);
    read_side(build, path, table, "at_most", "below", &range->high);
}

void compile_bad_choice(Build *build, const Place *place, const char *path, Str value, const char *choices) {
    diag_add(build->diag, MESSAGE_BAD_CHOICE, place, str_of(path), value, str_of(choices));
    build->good = false;
}

const char *compile_key_path(Build *build, const char *table, const char *key) {
    return arena_format(build->arena, "%s.%s", table, key).data;
}
