#include "model/last_year.h"

#include "base/memory.h"

/* ---- the figures */

static uint64_t hash_names(const Str names[LAST_YEAR_NAMES]) {
    uint64_t hash = 0;
    for (size_t i = 0; i < LAST_YEAR_NAMES; i++) hash = hash * 31 + str_hash(names[i]);
    return hash;
}

static bool same_names(const Str a[LAST_YEAR_NAMES], const Str b[LAST_YEAR_NAMES]) {
    for (size_t i = 0; i < LAST_YEAR_NAMES; i++)
        if (!str_equal(a[i], b[i])) return false;
    return true;
}

/* The slot of these names: free, or with the first figure that has them. */
static uint32_t *slot_of(const LastYear *last, const Str names[LAST_YEAR_NAMES]) {
    size_t at = hash_names(names) & (last->slot_count - 1);
    while (last->slots[at] && !same_names(last->figures[last->slots[at] - 1].names, names))
        at = (at + 1) & (last->slot_count - 1);
    return &last->slots[at];
}

LastFigure *last_year_find(const LastYear *last, const Str names[LAST_YEAR_NAMES]) {
    uint32_t slot = last->slot_count ? *slot_of(last, names) : 0;
    return slot ? &last->figures[slot - 1] : NULL;
}

/* Twice as many slots as figures at least. */
static void grow(LastYear *last) {
    last->room = last->room ? 2 * last->room : 64;
    last->figures = memory_resize(last->figures, last->room, sizeof *last->figures);
    memory_free(last->slots);
    last->slot_count = 4 * last->room;
    last->slots = memory_new(last->slot_count, sizeof *last->slots);
    for (size_t i = 0; i < last->count; i++) {
        uint32_t *slot = slot_of(last, last->figures[i].names);
        if (!*slot) *slot = (uint32_t)i + 1;
    }
}

void last_year_add(LastYear *last, const LastFigure *figure) {
    if (last->count == last->room) grow(last);
    LastFigure *own = &last->figures[last->count];
    *own = (LastFigure){.twins = 1};
    for (size_t i = 0; i < LAST_YEAR_NAMES; i++) own->names[i] = arena_copy(&last->arena, figure->names[i]);
    own->target = arena_copy(&last->arena, figure->target);
    own->actual = arena_copy(&last->arena, figure->actual);
    own->verdict = arena_copy(&last->arena, figure->verdict);
    uint32_t *slot = slot_of(last, own->names);
    last->count++;
    if (*slot)
        last->figures[*slot - 1].twins++;
    else
        *slot = (uint32_t)last->count;
}

void last_year_release(LastYear *last) {
    memory_free(last->figures);
    memory_free(last->slots);
    arena_release(&last->arena);
    *last = (LastYear){0};
}

/* The cell of a column of numbers as a decimal. */
static Str number_of(const Dataset *dataset, const char *name, size_t row, Arena *arena) {
    size_t column;
    Decimal number;
    if (!dataset_find_column(dataset, str_of(name), &column)) return (Str){"", 0};
    const NumberColumn *numbers = dataset_numbers(dataset, column);
    if (!numbers || dataset_number(numbers, row, &number) != MISSING_NONE) return (Str){"", 0};
    Buffer out = {0};
    decimal_write_canonical(&out, &number);
    Str text = arena_copy(arena, buffer_view(&out));
    buffer_release(&out);
    return text;
}

void last_year_take(LastYear *last, const Dataset *dataset) {
    size_t indicator, verdict;
    bool named = dataset_find_column(dataset, STR("indicator"), &indicator);
    bool judged = dataset_find_column(dataset, STR("verdict"), &verdict);
    for (size_t row = 0; row < dataset_rows(dataset) && named; row++) {
        Arena arena = {0};
        size_t unit = dataset_project(dataset, row);
        LastFigure figure = {.target = number_of(dataset, "target", row, &arena),
                             .actual = number_of(dataset, "actual", row, &arena)};
        for (size_t level = LEVEL_PROJECT + 1; level-- > LEVEL_BUREAU;) {
            figure.names[level] = dataset_level_name(dataset, (Level)level, unit);
            if (level > LEVEL_BUREAU) unit = dataset_parent(dataset, (Level)level, unit);
        }
        figure.names[LEVEL_INDICATOR] = dataset_text(dataset, indicator, row);
        if (judged) figure.verdict = dataset_text(dataset, verdict, row);
        last_year_add(last, &figure);
        arena_release(&arena);
    }
}

static void add_cell(Buffer *out, Str text, char end) {
    bool quoted = false;
    for (size_t i = 0; i < text.size; i++)
        quoted |= text.data[i] == ',' || text.data[i] == '"' || text.data[i] == '\n' || text.data[i] == '\r';
    if (quoted) buffer_add_char(out, '"');
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '"') buffer_add_char(out, '"');
        buffer_add_char(out, text.data[i]);
    }
    if (quoted) buffer_add_char(out, '"');
    buffer_add_char(out, end);
}

void last_year_write(const LastYear *last, Buffer *out) {
    buffer_add(out, STR("bureau,department,project,indicator,target,actual,verdict,unit\n"));
    for (size_t i = 0; i < last->count; i++) {
        const LastFigure *figure = &last->figures[i];
        for (size_t k = 0; k < LAST_YEAR_NAMES; k++) add_cell(out, figure->names[k], ',');
        add_cell(out, figure->target, ',');
        add_cell(out, figure->actual, ',');
        add_cell(out, figure->verdict, ',');
        buffer_add_char(out, '\n'); /* data need a unit */
    }
}
