#include "model/published.h"

#include "base/text.h"

typedef struct Reader {
    Published *out;
    Arena *arena;
    Diag *diag;
    size_t room;
    bool good;
} Reader;

static void refuse(Reader *reader, const TreeItem *item, Str path, Str wanted) {
    diag_add(reader->diag, MESSAGE_WRONG_PUBLISHED, &item->value->place, path, wanted,
             tree_kind_name(item->value));
    reader->good = false;
}

static size_t count_items(const Tree *tree) {
    size_t count = 1;
    for (size_t i = 0; tree->kind == TREE_TABLE && i < tree->count; i++)
        count += count_items(tree->items[i].value);
    return count;
}

static void read_figures(Reader *reader, const Tree *table, Str bureau, bool percent);

static void read_figure(Reader *reader, const TreeItem *item, Str bureau, bool percent) {
    const Tree *value = item->value;
    if (!percent && str_is(item->name, "percent") && value->kind == TREE_TABLE) {
        read_figures(reader, value, bureau, true);
    } else if (value->kind == TREE_NUMBER) {
        reader->out->figures[reader->out->count++] =
            (PublishedFigure){percent, bureau, item->name, value->number, value->place};
    } else if (value->kind != TREE_NIL && !str_is(item->name, "name")) {
        refuse(reader, item, item->name, message_words(TEXT_KIND_NUMBER));
    }
}

static void read_figures(Reader *reader, const Tree *table, Str bureau, bool percent) {
    for (size_t i = table->positional; i < table->count; i++)
        read_figure(reader, &table->items[i], bureau, percent);
}

static void read_bureau(Reader *reader, const TreeItem *item) {
    if (item->value->kind != TREE_TABLE) {
        refuse(reader, item, STR("bureaus"), message_words(TEXT_KIND_TABLE));
        return;
    }
    const TreeItem *name = tree_item(item->value, "name");
    if (name && name->value->kind == TREE_TEXT && str_trim(name->value->text).size)
        read_figures(reader, item->value, str_trim(name->value->text), false);
    else
        refuse(reader, name ? name : item, STR("bureaus.name"), message_words(TEXT_KIND_TEXT));
}

static void read_part(Reader *reader, const TreeItem *item) {
    bool bureaus = str_is(item->name, "bureaus"), percent = str_is(item->name, "percent");
    if (!bureaus && !percent && !str_is(item->name, "totals")) return;
    if (item->value->kind == TREE_NIL) return;
    if (item->value->kind != TREE_TABLE) {
        refuse(reader, item, item->name, message_words(TEXT_KIND_TABLE));
        return;
    }
    for (size_t i = 0; bureaus && i < item->value->count; i++) read_bureau(reader, &item->value->items[i]);
    if (!bureaus) read_figures(reader, item->value, (Str){"", 0}, percent);
}

bool published_read(Arena *arena, const Tree *tree, Published *out, Diag *diag) {
    Reader reader = {.out = out, .arena = arena, .diag = diag, .good = true};
    *out = (Published){arena_new(arena, count_items(tree), sizeof *out->figures), 0};
    if (tree->kind != TREE_TABLE) {
        TreeItem whole = {.value = (Tree *)tree};
        refuse(&reader, &whole, STR("{ }"), message_words(TEXT_KIND_TABLE));
        return false;
    }
    for (size_t i = tree->positional; i < tree->count; i++) read_part(&reader, &tree->items[i]);
    return reader.good;
}

static bool same_name(Str a, Str b) {
    if (str_equal(a, b)) return true;
    Buffer x = {0}, y = {0};
    text_fold(&x, a);
    text_fold(&y, b);
    bool same = x.size && str_equal(buffer_view(&x), buffer_view(&y));
    buffer_release(&x);
    buffer_release(&y);
    return same;
}

size_t published_bureau(const Dataset *dataset, Str name) {
    for (size_t i = 0; i < dataset_level_size(dataset, LEVEL_BUREAU); i++)
        if (same_name(dataset_level_name(dataset, LEVEL_BUREAU, i), name)) return i;
    return SIZE_MAX;
}

const PublishedFigure *published_find(const Published *published, bool percent, Str bureau, Str key) {
    for (size_t i = 0; i < published->count; i++) {
        const PublishedFigure *figure = &published->figures[i];
        if (figure->percent == percent && str_equal(figure->bureau, bureau) && str_equal(figure->key, key))
            return figure;
    }
    return NULL;
}
