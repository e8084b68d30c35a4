#include "model/edits.h"

#include "base/memory.h"
#include "model/spell.h"

#include <string.h>

#define NO_EDIT SIZE_MAX

/* An entry on both sides: what stands there without and with the edit. */
typedef struct Slot {
    const TreeItem *from, *to; /* NULL: not there */
    size_t edit;               /* its number; NO_EDIT: both are equal */
} Slot;

/* A part of the rules: a list or a table of entries, or one entry for the whole of it. */
typedef struct Part {
    Str name;
    bool whole; /* one slot: the part itself */
    Slot *slots;
    size_t count;
} Part;

struct RuleDiff {
    RuleSide from, to;
    Part *parts;
    size_t count;
    bool reads_data;
    EditList *edits;
    Arena arena;
};

const char *edit_kind_name(EditKind kind) {
    static const char *const names[] = {"param",  "case",   "band", "special_case", "rule",
                                        "target", "actual", "cell", "row_added",    "row_removed"};
    return names[kind];
}

Edit *edits_add(EditList *list, EditKind kind) {
    if ((list->count & (list->count - 1)) == 0) { /* room is 1, 2, 4, … */
        Edit *grown = arena_new(&list->arena, list->count ? 2 * list->count : 1, sizeof *grown);
        if (list->count) memcpy(grown, list->items, list->count * sizeof *grown);
        list->items = grown;
    }
    Edit *edit = &list->items[list->count++];
    *edit = (Edit){.kind = kind, .project = UINT32_MAX, .row = UINT32_MAX, .other_row = UINT32_MAX};
    return edit;
}

/* Names of trees need not end in NUL, as tree_item wants them. */
static const TreeItem *find(const Tree *table, Str name) {
    for (size_t i = table->positional; i < table->count; i++)
        if (str_equal(table->items[i].name, name)) return &table->items[i];
    return NULL;
}

/* ---- equal */

static bool same_place(const Place *a, const Place *b) {
    return a->line && a->line == b->line && a->column == b->column && str_equal(a->file, b->file);
}

/* Functions are equal where they are the same text of the same file. */
static bool equal(const Tree *a, const Tree *b) {
    if (a->kind != b->kind || a->count != b->count || a->positional != b->positional) return false;
    if (a->kind == TREE_NUMBER) return decimal_compare(&a->number, &b->number) == 0;
    if (a->kind == TREE_FUNCTION) return same_place(&a->place, &b->place);
    if (a->flag != b->flag || !str_equal(a->text, b->text)) return false;
    for (size_t i = 0; i < a->count; i++) {
        if (!str_equal(a->items[i].name, b->items[i].name) || !equal(a->items[i].value, b->items[i].value))
            return false;
    }
    return true;
}

static Str label(const Tree *entry) {
    const Tree *name = tree_get(entry, "key");
    if (!name) name = tree_get(entry, "name");
    return name && name->kind == TREE_TEXT ? name->text : (Str){"", 0};
}

/* How well two entries of a list fit. */
static unsigned fit(const Tree *a, const Tree *b) {
    if (equal(a, b)) return 6;
    if (a->kind != TREE_TABLE || b->kind != TREE_TABLE) return 2;
    Str left = label(a), right = label(b);
    if (!left.size && !right.size) return 2;
    return str_equal(left, right) ? 4 : 1;
}

/* ---- edits */

static const Place *place_of(const TreeItem *item) {
    return item->value->place.line ? &item->value->place : &item->place;
}

static Str spelled(Arena *arena, const TreeItem *item, const Plan *plan) {
    if (!item) return (Str){"", 0};
    Buffer text = {0};
    spell_tree(&text, item->value, plan);
    Str kept = arena_copy(arena, buffer_view(&text));
    buffer_release(&text);
    return kept;
}

static void add_edit(RuleDiff *diff, Slot *slot, EditKind kind, Str name) {
    Arena *arena = &diff->edits->arena;
    slot->edit = diff->edits->count;
    Edit *edit = edits_add(diff->edits, kind);
    edit->name = arena_copy(arena, name);
    edit->from = spelled(arena, slot->from, diff->from.plan);
    edit->to = spelled(arena, slot->to, diff->to.plan);
    edit->place = *place_of(slot->to ? slot->to : slot->from);
}

/* ---- parameters: by their values in force. Those that one side has alone stay in every mixture. */

static Str value_text(Arena *arena, const Param *param) {
    Buffer text = {0};
    decimal_write_canonical(&text, &param->value);
    if (param->unit.size) buffer_addf(&text, " %.*s", STR_FMT(param->unit));
    Str kept = arena_copy(arena, buffer_view(&text));
    buffer_release(&text);
    return kept;
}

static void compare_param(RuleDiff *diff, Slot *slot, Str name) {
    const Param *from = plan_param(diff->from.plan, name), *to = plan_param(diff->to.plan, name);
    if (!from || !to || decimal_compare(&from->value, &to->value) == 0) return;
    Arena *arena = &diff->edits->arena;
    slot->edit = diff->edits->count;
    Edit *edit = edits_add(diff->edits, EDIT_PARAM);
    edit->name = arena_copy(arena, name);
    edit->from = value_text(arena, from);
    edit->to = value_text(arena, to);
    edit->place = to->value_place;
}

static void line_up_params(RuleDiff *diff, Part *part, const Tree *from, const Tree *to) {
    for (size_t i = 0; i < from->count; i++) {
        Slot *slot = &part->slots[part->count++];
        Str name = from->items[i].name;
        *slot = (Slot){&from->items[i], find(to, name), NO_EDIT};
        if (!slot->to) slot->to = slot->from;
        compare_param(diff, slot, name);
    }
    for (size_t i = 0; i < to->count; i++) {
        if (find(from, to->items[i].name)) continue;
        part->slots[part->count++] = (Slot){&to->items[i], &to->items[i], NO_EDIT};
    }
}

/* ---- lists */

static void add_slot(RuleDiff *diff, Part *part, EditKind kind, const TreeItem *from, const TreeItem *to,
                     size_t position) {
    Slot *slot = &part->slots[part->count++];
    *slot = (Slot){from, to, NO_EDIT};
    if (from && to && equal(from->value, to->value)) return;
    Arena scratch = {0};
    add_edit(diff, slot, kind, arena_format(&scratch, "%.*s[%zu]", STR_FMT(part->name), position + 1));
    arena_release(&scratch);
}

/* Lines up positional entries so that the fits add up to the most. */
static void line_up_list(RuleDiff *diff, Part *part, EditKind kind, const Tree *from, const Tree *to) {
    size_t n = from->positional, m = to->positional, i = 0, j = 0;
    unsigned *best = memory_new((n + 1) * (m + 1), sizeof *best);
#define BEST(a, b) best[(a) * (m + 1) + (b)]
    for (size_t a = n; a-- > 0;) {
        for (size_t b = m; b-- > 0;) {
            unsigned both = BEST(a + 1, b + 1) + fit(from->items[a].value, to->items[b].value);
            unsigned skip = BEST(a + 1, b) > BEST(a, b + 1) ? BEST(a + 1, b) : BEST(a, b + 1);
            BEST(a, b) = both > skip ? both : skip;
        }
    }
    while (i < n || j < m) {
        bool pair = i < n && j < m &&
                    BEST(i, j) == BEST(i + 1, j + 1) + fit(from->items[i].value, to->items[j].value);
        bool gone = !pair && i < n && (j == m || BEST(i, j) == BEST(i + 1, j));
        const TreeItem *left = pair || gone ? &from->items[i] : NULL;
        const TreeItem *right = gone ? NULL : &to->items[j];
        add_slot(diff, part, kind, left, right, right ? j : i);
        i += left != NULL;
        j += right != NULL;
    }
#undef BEST
    memory_free(best);
}

static void line_up_named(RuleDiff *diff, Part *part, EditKind kind, const Tree *from, const Tree *to) {
    for (size_t i = from->positional; i < from->count; i++)
        add_slot(diff, part, kind, &from->items[i], find(to, from->items[i].name), 0);
    for (size_t i = to->positional; i < to->count; i++)
        if (!find(from, to->items[i].name)) add_slot(diff, part, kind, NULL, &to->items[i], 0);
}

/* ---- the parts */

static bool is_one_of(Str name, const char *const *names, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (str_is(name, names[i])) return true;
    return false;
}

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static bool is_idle(Str name) {
    static const char *const idle[] = {"title", "data", "narrative", "published", "report", "base", "date"};
    return is_one_of(name, idle, COUNT_OF(idle));
}

static EditKind kind_of(Str part) {
    if (str_is(part, "rate")) return EDIT_CASE;
    if (str_is(part, "verdict")) return EDIT_BAND;
    return str_is(part, "special") ? EDIT_SPECIAL : EDIT_RULE;
}

static void add_part(RuleDiff *diff, const TreeItem *from, const TreeItem *to) {
    static const char *const reading[] = {"period", "targets", "revised_by", "missing"};
    static const Tree none = {.kind = TREE_TABLE};
    Part *part = &diff->parts[diff->count++];
    *part = (Part){.name = from ? from->name : to->name};
    const Tree *left = from ? from->value : &none, *right = to ? to->value : &none;
    bool params = str_is(part->name, "params"), list = params || kind_of(part->name) != EDIT_RULE;
    part->whole = !list || left->kind != TREE_TABLE || right->kind != TREE_TABLE;
    part->slots = arena_new(&diff->arena, left->count + right->count + 1, sizeof *part->slots);
    if (part->whole) {
        Slot *slot = &part->slots[part->count++];
        *slot = (Slot){from, to, NO_EDIT};
        bool same = is_idle(part->name) || (from && to && equal(from->value, to->value));
        if (!same) add_edit(diff, slot, kind_of(part->name), part->name);
        if (!same && is_one_of(part->name, reading, COUNT_OF(reading))) diff->reads_data = true;
    } else if (params) {
        line_up_params(diff, part, left, right);
    } else {
        line_up_list(diff, part, kind_of(part->name), left, right);
        line_up_named(diff, part, kind_of(part->name), left, right);
    }
}

RuleDiff *edits_of_rules(const RuleSide *from, const RuleSide *to, EditList *out) {
    RuleDiff *diff = memory_new(1, sizeof *diff);
    diff->from = *from;
    diff->to = *to;
    diff->edits = out;
    diff->parts = arena_new(&diff->arena, from->tree->count + to->tree->count, sizeof *diff->parts);
    for (size_t i = 0; i < from->tree->count; i++) {
        const TreeItem *item = &from->tree->items[i];
        add_part(diff, item, find(to->tree, item->name));
    }
    for (size_t i = 0; i < to->tree->count; i++) {
        const TreeItem *item = &to->tree->items[i];
        if (!find(from->tree, item->name)) add_part(diff, NULL, item);
    }
    return diff;
}

void edits_free(RuleDiff *diff) {
    if (!diff) return;
    arena_release(&diff->arena);
    memory_free(diff);
}

bool edits_reads_data(const RuleDiff *diff) { return diff->reads_data; }

static const TreeItem *chosen(const Slot *slot, const bool *on) {
    return slot->edit != NO_EDIT && on[slot->edit] ? slot->to : slot->from;
}

static void copy_item(Arena *arena, Tree *table, const TreeItem *item) {
    if (item) tree_add(arena, table, item->name, item->value)->place = item->place;
}

Tree *edits_apply(const RuleDiff *diff, const bool *on, Arena *arena) {
    Tree *rules = tree_new(arena, TREE_TABLE);
    rules->place = diff->from.tree->place;
    for (size_t i = 0; i < diff->count; i++) {
        const Part *part = &diff->parts[i];
        if (part->whole) {
            copy_item(arena, rules, chosen(&part->slots[0], on));
            continue;
        }
        const TreeItem *first = find(diff->from.tree, part->name);
        if (!first) first = find(diff->to.tree, part->name);
        Tree *table = tree_new(arena, TREE_TABLE);
        table->place = first->value->place;
        for (size_t k = 0; k < part->count; k++) copy_item(arena, table, chosen(&part->slots[k], on));
        tree_add(arena, rules, part->name, table)->place = first->place;
    }
    return rules;
}
