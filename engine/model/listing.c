#include "model/listing.h"

#include "base/text.h"
#include "io/json.h"
#include "model/compile_levels.h"
#include "model/schema.h"
#include "model/spell.h"

#include <string.h>

#define COLUMNS 6

/* Rows of texts, to be put in columns. */
typedef struct Grid {
    Str (*rows)[COLUMNS];
    size_t count, columns;
    Arena arena;
} Grid;

static Str *add_row(Grid *grid) {
    if ((grid->count & (grid->count - 1)) == 0) { /* room is 1, 2, 4, … */
        Str(*grown)[COLUMNS] = arena_new(&grid->arena, grid->count ? 2 * grid->count : 1, sizeof *grown);
        if (grid->count) memcpy(grown, grid->rows, grid->count * sizeof *grown);
        grid->rows = grown;
    }
    return grid->rows[grid->count++];
}

static void write_grid(const Grid *grid, Buffer *out) {
    size_t widths[COLUMNS] = {0};
    for (size_t row = 0; row < grid->count; row++) {
        for (size_t column = 0; column < grid->columns; column++) {
            size_t width = text_width(grid->rows[row][column]);
            if (width > widths[column]) widths[column] = width;
        }
    }
    for (size_t row = 0; row < grid->count; row++) {
        size_t pad = 0;
        for (size_t column = 0; column < grid->columns; column++) {
            Str cell = grid->rows[row][column];
            if (cell.size) buffer_add_repeat(out, ' ', pad);
            buffer_add(out, cell);
            pad = (cell.size ? 0 : pad) + widths[column] - text_width(cell) + 2;
        }
        buffer_add_char(out, '\n');
    }
}

/* What was added to `text`, kept; the buffer is released. */
static Str keep(Grid *grid, Buffer *text) {
    Buffer visible = {0};
    text_add_visible(&visible, buffer_view(text));
    Str kept = arena_copy(&grid->arena, buffer_view(&visible));
    buffer_release(&visible);
    buffer_release(text);
    return kept;
}

static Str keep_text(Grid *grid, Str text) {
    Buffer copy = {0};
    buffer_add(&copy, text);
    return keep(grid, &copy);
}

/* "rules/2019.lua:14" */
static void add_origin(Buffer *out, const Place *place) {
    buffer_add(out, place->file);
    if (place->line) buffer_addf(out, ":%u", place->line);
}

/* ---- the rule set */

typedef struct Listing {
    Grid grid;
    const Tree *rules;
    const Plan *plan;
    Str file; /* empty: of all files */
} Listing;

static const Place *place_of(const TreeItem *item) {
    return item->value->place.line ? &item->value->place : &item->place;
}

/* The text is released. */
static void add_entry(Listing *listing, const Place *place, Buffer *text) {
    if (listing->file.size && !str_equal(listing->file, place->file)) {
        buffer_release(text);
        return;
    }
    Buffer origin = {0};
    add_origin(&origin, place);
    Str *row = add_row(&listing->grid);
    row[0] = keep(&listing->grid, &origin);
    row[1] = keep(&listing->grid, text);
}

static void add_value(Listing *listing, Str path, const TreeItem *item) {
    Buffer text = {0};
    buffer_addf(&text, "%.*s = ", STR_FMT(path));
    spell_tree(&text, item->value, listing->plan);
    add_entry(listing, place_of(item), &text);
}

static void add_key(Listing *listing, const char *name) {
    const TreeItem *item = tree_item(listing->rules, name);
    if (item) add_value(listing, str_of(name), item);
}

/* { entry, entry }: an entry's own first value is never a table. */
static bool is_list(const Tree *value) {
    return value->kind == TREE_TABLE && value->positional && value->items[0].value->kind == TREE_TABLE;
}

static void add_each(Listing *listing, Str path, const Tree *table) {
    for (size_t i = 0; i < table->count; i++) {
        const TreeItem *item = &table->items[i];
        Str own = schema_path(&listing->grid.arena, path, table, i);
        if (item->name.size && is_list(item->value))
            add_each(listing, own, item->value);
        else
            add_value(listing, own, item);
    }
}

/* Entries of a table one by one, and those of lists in it: they may come from different files. */
static void add_items(Listing *listing, const char *name) {
    const TreeItem *item = tree_item(listing->rules, name);
    if (!item) return;
    if (item->value->kind != TREE_TABLE) {
        add_value(listing, str_of(name), item);
        return;
    }
    add_each(listing, str_of(name), item->value);
}

/* What a level is made of stands in its rules or not: the listing shows it. */
static void add_children(Listing *listing, const char *name, Level level) {
    const TreeItem *item = tree_item(listing->rules, name);
    if (!item || tree_get(item->value, "from") || listing->file.size) return;
    Buffer text = {0};
    buffer_addf(&text, "%s.from = \"%s\"", name,
                compile_level_children(listing->plan->rollups[level].children));
    add_entry(listing, place_of(item), &text);
}

static void add_param(Listing *listing, const Param *param) {
    Buffer text = {0};
    buffer_addf(&text, "params.%.*s = ", STR_FMT(param->name));
    decimal_write(&text, &param->file_value);
    if (param->unit.size) buffer_addf(&text, " %.*s", STR_FMT(param->unit));
    if (param->date.size) buffer_addf(&text, ", from %.*s", STR_FMT(param->date));
    if (param->overridden) {
        buffer_add(&text, STR(", --set "));
        decimal_write(&text, &param->value);
    }
    add_entry(listing, &param->value_place, &text);
}

void listing_rules(Buffer *out, const Tree *rules, const Plan *plan, Str file) {
    static const char *const keys[] = {"title", "data",   "narrative", "published", "report",
                                       "date",  "period", "targets",   "revised_by"};
    static const char *const groups[] = {"special",    "rate",   "last_year", "indicator", "project",
                                         "department", "bureau", "verdict",   "rounding"};
    Listing listing = {.grid = {.columns = 2}, .rules = rules, .plan = plan, .file = file};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) add_key(&listing, keys[i]);
    for (size_t i = 0; i < plan->param_count; i++) add_param(&listing, &plan->params[i]);
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
        add_items(&listing, groups[i]);
        if (str_is(str_of(groups[i]), "department")) add_children(&listing, groups[i], LEVEL_DEPARTMENT);
        if (str_is(str_of(groups[i]), "bureau")) add_children(&listing, groups[i], LEVEL_BUREAU);
    }
    write_grid(&listing.grid, out);
    arena_release(&listing.grid.arena);
}

/* ---- parameters */

static Str range_text(Grid *grid, const Param *param) {
    Buffer text = {0};
    if (param->min.set) decimal_write(&text, &param->min.value);
    if (param->min.set || param->max.set) buffer_add(&text, STR("~"));
    if (param->max.set) decimal_write(&text, &param->max.value);
    return keep(grid, &text);
}

static Str origin_text(Grid *grid, const Param *param) {
    Buffer text = {0};
    if (param->overridden) {
        buffer_add(&text, STR("--set"));
    } else {
        add_origin(&text, &param->value_place);
        if (param->date.size) buffer_addf(&text, " (%.*s~)", STR_FMT(param->date));
    }
    return keep(grid, &text);
}

static void add_head(Grid *grid, Str head) {
    Str *row = add_row(grid);
    for (size_t column = 0, from = 0; column < COLUMNS; column++) {
        size_t to = str_find(head, '|', from);
        row[column] = str_slice(head, from, to);
        from = to + 1;
    }
}

void listing_params(Buffer *out, const Plan *plan, Str head) {
    Grid grid = {.columns = COLUMNS};
    add_head(&grid, head);
    for (size_t i = 0; i < plan->param_count; i++) {
        const Param *param = &plan->params[i];
        Buffer value = {0};
        decimal_write(&value, &param->value);
        Str *row = add_row(&grid);
        row[0] = keep_text(&grid, param->name);
        row[1] = keep(&grid, &value);
        row[2] = keep_text(&grid, param->unit);
        row[3] = range_text(&grid, param);
        row[4] = origin_text(&grid, param);
        row[5] = keep_text(&grid, param->source);
    }
    write_grid(&grid, out);
    arena_release(&grid.arena);
}

static void json_text(Buffer *out, const char *name, Str text) {
    if (!text.size) return;
    json_put_text(out, name, text);
}

static void json_number(Buffer *out, const char *name, const Decimal *number) {
    json_add_key(out, name);
    decimal_write_canonical(out, number);
}

static void json_param(Buffer *out, const Param *param) {
    buffer_add_char(out, '{');
    json_text(out, "name", param->name);
    json_number(out, "value", &param->value);
    json_put_flag(out, "overridden", param->overridden);
    json_number(out, "file_value", &param->file_value);
    json_text(out, "date", param->date);
    json_text(out, "unit", param->unit);
    if (param->min.set) json_number(out, "min", &param->min.value);
    if (param->max.set) json_number(out, "max", &param->max.value);
    json_text(out, "source", param->source);
    json_text(out, "file", param->value_place.file);
    json_add_key(out, "line");
    buffer_addf(out, "%u}", param->value_place.line);
}

void listing_params_json(Buffer *out, const Plan *plan) {
    buffer_add_char(out, '{');
    json_text(out, "format", STR("perfeval.params/1"));
    json_text(out, "date", plan->date);
    json_add_key(out, "params");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < plan->param_count; i++) {
        if (i > 0) buffer_add_char(out, ',');
        json_param(out, &plan->params[i]);
    }
    buffer_add(out, STR("]}\n"));
}
