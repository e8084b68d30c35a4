/* The reader that puts last year's figures beside rows: see model/last_year.h. */
#include "model/last_year.h"

#include "base/memory.h"
#include "base/text.h"
#include "model/heading.h"

/* Rows of one kind that are shown one by one; the rest is counted. */
#define SHOWN 3

/* What stands beside a row. */
enum { BESIDE_TARGET, BESIDE_ACTUAL, BESIDE_VERDICT, BESIDE_COUNT };
static const char *const titles[BESIDE_COUNT] = {"previous_target", "previous_actual", "previous_verdict"};

typedef struct Beside {
    Table table;
    Table *inner;
    LastYear *last;
    Row row;                       /* of the inner table, as it gave it */
    Str *heading;                  /* names of its columns */
    size_t columns;                /* how many */
    size_t names[LAST_YEAR_NAMES]; /* where they stand */
    size_t at[BESIDE_COUNT]; /* where what stands beside goes: behind `columns` where the data lack it */
    size_t width;            /* of the rows that are handed out */
    Cell *cells;
    size_t missed, twice; /* rows so far */
    bool whole, begun, told;
    Arena arena;
} Beside;

static size_t find_column(const Row *row, ColumnId wanted) {
    for (size_t i = 0; i < row->count; i++) {
        ColumnId id;
        if (column_find(str_trim(row->cells[i].text), &id) && id == wanted) return i;
    }
    for (size_t i = 0; i < row->count; i++) {
        ColumnId id;
        if (heading_column(str_trim(row->cells[i].text), &id) && id == wanted) return i;
    }
    return row->count;
}

static size_t find_title(const Row *row, const char *title) {
    ColumnId id;
    if (column_find(str_of(title), &id)) return find_column(row, id);
    size_t i = 0;
    while (i < row->count && !str_is(str_trim(row->cells[i].text), title)) i++;
    return i;
}

static void find_names(const Row *row, size_t names[LAST_YEAR_NAMES]) {
    for (size_t i = 0; i < LAST_YEAR_NAMES; i++) names[i] = find_column(row, (ColumnId)(COLUMN_BUREAU + i));
}

/* The names that a row has. False when it lacks one of them. */
static bool names_of(const Row *row, const size_t at[LAST_YEAR_NAMES], Str out[LAST_YEAR_NAMES]) {
    for (size_t i = 0; i < LAST_YEAR_NAMES; i++) {
        if (at[i] >= row->count) return false;
        out[i] = str_trim(row->cells[at[i]].text);
    }
    return true;
}

static void count_rows(Table *table, LastYear *last) {
    Diag *unheard = diag_new(); /* the other reader says what is wrong */
    Row row;
    size_t at[LAST_YEAR_NAMES] = {SIZE_MAX, SIZE_MAX, SIZE_MAX, SIZE_MAX};
    TableStep step = table_next(table, &row, unheard);
    if (step == TABLE_ROW) find_names(&row, at);
    while (step != TABLE_END) {
        step = table_next(table, &row, unheard);
        Str names[LAST_YEAR_NAMES];
        LastFigure *figure =
            step == TABLE_ROW && names_of(&row, at, names) ? last_year_find(last, names) : NULL;
        if (figure) figure->taken++;
    }
    diag_free(unheard);
    table_close(table);
}

/* ---- what is said */

static Str joined(Arena *arena, const Str names[LAST_YEAR_NAMES]) {
    return arena_format(arena, "%.*s > %.*s > %.*s > %.*s", STR_FMT(names[0]), STR_FMT(names[1]),
                        STR_FMT(names[2]), STR_FMT(names[3]));
}

/* A row of last year that nobody found and that differs in one name, or in blanks and dots only. */
static const LastFigure *nearest(const LastYear *last, const Str names[LAST_YEAR_NAMES]) {
    for (size_t i = 0; i < last->count; i++) {
        const LastFigure *figure = &last->figures[i];
        size_t same = 0;
        for (size_t k = 0; k < LAST_YEAR_NAMES; k++) same += text_same_folded(figure->names[k], names[k]);
        if (!figure->taken && same + 1 >= LAST_YEAR_NAMES) return figure;
    }
    return NULL;
}

static void say_missed(Beside *beside, const Str names[LAST_YEAR_NAMES], Diag *diag) {
    if (++beside->missed > SHOWN) return;
    Arena arena = {0};
    Place place = table_place(beside->inner, &beside->row, beside->names[LEVEL_INDICATOR]);
    const LastFigure *near = nearest(beside->last, names);
    diag_add(diag, MESSAGE_LAST_YEAR_MISSED, &place, joined(&arena, names), beside->last->source);
    if (near) diag_hint(diag, TEXT_HINT_LAST_YEAR, joined(&arena, near->names));
    arena_release(&arena);
}

static void say_twice(Beside *beside, const LastFigure *figure, Diag *diag) {
    if (++beside->twice > SHOWN) return;
    Arena arena = {0};
    Place place = table_place(beside->inner, &beside->row, beside->names[LEVEL_INDICATOR]);
    diag_add(diag, MESSAGE_LAST_YEAR_TWICE, &place, joined(&arena, figure->names),
             arena_format(&arena, "%zu", figure->taken), arena_format(&arena, "%zu", figure->twins));
    arena_release(&arena);
}

/* Rows of last year that no row of this year found. */
static void say_gone(const Beside *beside, Diag *diag) {
    const LastYear *last = beside->last;
    Arena arena = {0};
    Buffer list = {0};
    size_t gone = 0;
    for (size_t i = 0; i < last->count; i++) {
        const LastFigure *figure = &last->figures[i];
        const LastFigure *first = last_year_find(last, figure->names);
        if (first->taken || ++gone > SHOWN) continue;
        if (gone > 1) buffer_add(&list, STR(", "));
        buffer_add(&list, joined(&arena, figure->names));
    }
    if (gone > SHOWN) buffer_add(&list, STR(", …"));
    if (gone)
        diag_add(diag, MESSAGE_LAST_YEAR_GONE, NULL, arena_format(&arena, "%zu", gone), last->source,
                 buffer_view(&list));
    buffer_release(&list);
    arena_release(&arena);
}

static void say_rest(Beside *beside, Diag *diag) {
    Arena arena = {0};
    if (beside->told) return;
    beside->told = true;
    size_t more = (beside->missed > SHOWN ? beside->missed - SHOWN : 0) +
                  (beside->twice > SHOWN ? beside->twice - SHOWN : 0);
    if (more)
        diag_add(diag, MESSAGE_LAST_YEAR_MORE, NULL, arena_format(&arena, "%zu", more), beside->last->source);
    if (beside->whole) say_gone(beside, diag);
    arena_release(&arena);
}

/* ---- reading */

static TableStep begin(Beside *beside, Row *row, Diag *diag) {
    const Row *inner = &beside->row;
    beside->columns = beside->width = inner->count;
    beside->heading = arena_new(&beside->arena, inner->count + 1, sizeof *beside->heading);
    for (size_t i = 0; i < inner->count; i++)
        beside->heading[i] = arena_copy(&beside->arena, str_trim(inner->cells[i].text));
    find_names(inner, beside->names);
    size_t period = find_column(inner, COLUMN_PERIOD);
    if (period < inner->count) {
        Place place = table_place(beside->inner, inner, period);
        diag_add_plain(diag, MESSAGE_LAST_YEAR_PERIODS, &place);
        return TABLE_FAULT;
    }
    beside->cells = arena_new(&beside->arena, inner->count + BESIDE_COUNT, sizeof *beside->cells);
    for (size_t i = 0; i < inner->count; i++) beside->cells[i] = inner->cells[i];
    for (size_t i = 0; i < BESIDE_COUNT; i++) {
        beside->at[i] = find_title(inner, titles[i]);
        if (beside->at[i] < inner->count) continue;
        beside->at[i] = beside->width++;
        beside->cells[beside->at[i]] = (Cell){.text = str_of(titles[i])};
    }
    *row = (Row){beside->cells, beside->width, inner->line};
    return TABLE_ROW;
}

/* Sheets that were printed repeat the names of their columns. */
static bool is_heading(const Beside *beside) {
    for (size_t i = 0; i < beside->columns; i++)
        if (!str_equal(str_trim(beside->row.cells[i].text), beside->heading[i])) return false;
    return true;
}

/* What the data hold themselves counts. */
static bool is_filled(const Beside *beside) {
    for (size_t i = 0; i < BESIDE_COUNT; i++)
        if (beside->at[i] < beside->columns && str_trim(beside->row.cells[beside->at[i]].text).size)
            return true;
    return false;
}

static void fill(Beside *beside, Diag *diag) {
    Str names[LAST_YEAR_NAMES];
    if (is_filled(beside) || !names_of(&beside->row, beside->names, names)) return;
    const LastFigure *figure = last_year_find(beside->last, names);
    if (!figure) {
        say_missed(beside, names, diag);
    } else if (figure->twins > 1 || figure->taken > 1) {
        say_twice(beside, figure, diag);
    } else {
        beside->cells[beside->at[BESIDE_TARGET]].text = figure->target;
        beside->cells[beside->at[BESIDE_ACTUAL]].text = figure->actual;
        beside->cells[beside->at[BESIDE_VERDICT]].text = figure->verdict;
    }
}

static TableStep beside_next(Table *table, Row *row, Diag *diag) {
    Beside *beside = (Beside *)table;
    TableStep step = table_next(beside->inner, &beside->row, diag);
    *row = beside->row;
    if (step == TABLE_END) say_rest(beside, diag);
    if (step != TABLE_ROW) return step;
    if (!beside->begun) {
        beside->begun = true;
        return begin(beside, row, diag);
    }
    if (beside->row.count != beside->columns || !beside->cells) return TABLE_ROW; /* the loader refuses it */
    for (size_t i = 0; i < beside->columns; i++) beside->cells[i] = beside->row.cells[i];
    bool heading = is_heading(beside);
    for (size_t i = 0; i < BESIDE_COUNT; i++)
        if (beside->at[i] >= beside->columns)
            beside->cells[beside->at[i]] = (Cell){.text = heading ? str_of(titles[i]) : (Str){"", 0}};
    if (!heading) fill(beside, diag);
    *row = (Row){beside->cells, beside->width, beside->row.line};
    return TABLE_ROW;
}

static Place beside_place(const Table *table, const Row *row, size_t cell) {
    const Beside *beside = (const Beside *)table;
    (void)row;
    return table_place(beside->inner, &beside->row, cell);
}

static void beside_close(Table *table) {
    Beside *beside = (Beside *)table;
    table_close(beside->inner);
    arena_release(&beside->arena);
    memory_free(beside);
}

static const TableReader reader = {beside_next, beside_place, beside_close};

Table *last_year_table(Table *table, Table *again, LastYear *last, bool whole) {
    Beside *beside = memory_new(1, sizeof *beside);
    beside->table = (Table){&reader, table->file, table->size};
    beside->inner = table;
    beside->last = last;
    beside->whole = whole;
    count_rows(again, last);
    return &beside->table;
}
