#include "io/walk.h"

/* ---- faults */

void walk_add_fault(Walk *w, MessageId what, const Str *arguments, size_t count) {
    w->faults++;
    diag_add(w->diag, MESSAGE_DOCUMENT_SHAPE, w->place, buffer_view(&w->path),
             message_both_list(w->arena, what, arguments, count));
}

void walk_wrong_kind(Walk *w, const Tree *tree, MessageId wanted) {
    if (!tree || tree->kind == TREE_NIL)
        walk_fault(w, TEXT_DOCUMENT_MISSING, message_words(wanted));
    else
        walk_fault(w, TEXT_DOCUMENT_WRONG, tree_kind_name(tree), message_words(wanted));
}

size_t walk_enter(Walk *w, const char *name) {
    size_t from = w->path.size;
    buffer_addf(&w->path, from ? ".%s" : "%s", name);
    return from;
}

size_t walk_enter_at(Walk *w, size_t position) {
    size_t from = w->path.size;
    buffer_addf(&w->path, "[%zu]", position + 1);
    return from;
}

void walk_leave(Walk *w, size_t from) { w->path.size = from; }

/* ---- plain values */

static bool is_known(Str name, const char *const *names) {
    for (; *names; names++)
        if (str_is(name, *names)) return true;
    return false;
}

bool walk_is_record(Walk *w, const Tree *tree, const char *const *names) {
    if (!tree || tree->kind != TREE_TABLE) {
        walk_wrong_kind(w, tree, TEXT_SHAPE_TABLE);
        return false;
    }
    size_t before = w->faults;
    if (tree->positional) walk_add_fault(w, TEXT_DOCUMENT_NAMELESS, NULL, 0);
    for (size_t i = tree->positional; i < tree->count && w->faults < before + 5; i++)
        if (!is_known(tree->items[i].name, names)) walk_fault(w, TEXT_DOCUMENT_KEY, tree->items[i].name);
    return w->faults == before;
}

size_t walk_list_length(Walk *w, const Tree *tree, size_t limit) {
    if (!tree || tree->kind != TREE_TABLE)
        walk_wrong_kind(w, tree, TEXT_SHAPE_LIST);
    else if (tree->positional < tree->count)
        walk_add_fault(w, TEXT_DOCUMENT_NAMED, NULL, 0);
    else if (tree->count > limit)
        walk_fault(w, TEXT_DOCUMENT_MANY, arena_format(w->arena, "%zu", tree->count),
                   arena_format(w->arena, "%zu", limit));
    else
        return tree->count;
    return 0;
}

Str walk_text_at(Walk *w, const Tree *tree, const char *name, bool required) {
    const Tree *value = tree_get(tree, name);
    if (value && value->kind == TREE_TEXT) return value->text;
    size_t from = walk_enter(w, name);
    if (value || required) walk_wrong_kind(w, value, TEXT_SHAPE_TEXT);
    walk_leave(w, from);
    return (Str){NULL, 0};
}

bool walk_flag_at(Walk *w, const Tree *tree, const char *name) {
    const Tree *value = tree_get(tree, name);
    if (!value) return false;
    if (value->kind == TREE_BOOL) return value->flag;
    size_t from = walk_enter(w, name);
    walk_wrong_kind(w, value, TEXT_SHAPE_FLAG);
    walk_leave(w, from);
    return false;
}

double walk_number_of(Walk *w, const Tree *value, double low, double high) {
    if (!value || value->kind != TREE_NUMBER) {
        walk_wrong_kind(w, value, TEXT_SHAPE_NUMBER);
        return low;
    }
    double number = decimal_to_double(&value->number, NULL);
    if (number >= low && number <= high) return number;
    walk_fault(w, TEXT_DOCUMENT_RANGE, arena_format(w->arena, "%g", low), arena_format(w->arena, "%g", high));
    return low;
}

double walk_required_at(Walk *w, const Tree *tree, const char *name, double low, double high) {
    size_t from = walk_enter(w, name);
    double number = walk_number_of(w, tree_get(tree, name), low, high);
    walk_leave(w, from);
    return number;
}

double walk_number_at(Walk *w, const Tree *tree, const char *name, double low, double high, double other) {
    return tree_get(tree, name) ? walk_required_at(w, tree, name, low, high) : other;
}

uint32_t walk_whole_at(Walk *w, const Tree *tree, const char *name, uint32_t most, uint32_t other) {
    const Tree *value = tree_get(tree, name);
    if (!value && other) return other;
    double number = value && value->kind == TREE_NUMBER ? decimal_to_double(&value->number, NULL) : 0;
    if (number >= 1 && number <= most && number == (double)(uint32_t)number) return (uint32_t)number;
    size_t from = walk_enter(w, name);
    walk_fault(w, TEXT_DOCUMENT_WHOLE, arena_format(w->arena, "%u", most));
    walk_leave(w, from);
    return 1;
}

unsigned walk_choice_at(Walk *w, const Tree *tree, const char *name, const char *const *names) {
    Str text = walk_text_at(w, tree, name, false);
    Buffer list = {0};
    if (!text.data) return 0;
    for (unsigned i = 0; names[i]; i++)
        if (str_is(text, names[i])) return i;
    for (unsigned i = 0; names[i]; i++) buffer_addf(&list, i ? ", %s" : "%s", names[i]);
    size_t from = walk_enter(w, name);
    walk_fault(w, TEXT_DOCUMENT_NONE_OF, buffer_view(&list));
    walk_leave(w, from);
    buffer_release(&list);
    return 0;
}
