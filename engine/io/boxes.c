#include "io/boxes.h"

#include "base/text.h"

#include <assert.h>
#include <string.h>

typedef struct Line {
    Str text;
    size_t width;
} Line;

/* What is wrapped when words do not fit, and the mark in its brackets. */
typedef struct Pieces {
    Str plain, mark;
} Pieces;

/* A cell or a title, with the places that it takes. */
typedef struct Box {
    const DocumentCell *cell; /* NULL: a title */
    Line words;               /* on one line, mark included */
    const Pieces *pieces;     /* of words; NULL: they are of one */
    uint32_t row, column, rows, columns;
    DocumentAlign align;
    uint32_t natural; /* width that it would like to have */
    uint32_t width;   /* that it gets, of all its columns */
    uint32_t blank;   /* empty lines above its text */
    uint32_t line_count;
    Line *lines;
} Box;

struct BoxTable {
    Arena *arena;
    const DocumentTable *table;
    const BoxStyle *style;
    size_t rows, columns; /* with the rows of titles */
    Box **grid;           /* the box of each place, row by row */
    Box **boxes;          /* each once, in the order of their first places but for titles in groups */
    size_t count;
    size_t *heights;
};

/* NULL outside. */
static Box *box_at(const BoxTable *table, size_t row, size_t column) {
    return row < table->rows && column < table->columns ? table->grid[row * table->columns + column] : NULL;
}

/* The box that begins at a place; NULL where one only goes on. */
static Box *box_from(const BoxTable *table, size_t row, size_t column) {
    Box *box = box_at(table, row, column);
    return box && box->row == row && box->column == column ? box : NULL;
}

static size_t larger(size_t a, size_t b) { return a > b ? a : b; }

static size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

/* ---- texts */

static Line line_of(Str text) { return (Line){text, text_width(text)}; }

/* Takes what the scratch buffer holds. */
static Str take(BoxTable *table) {
    Str text = arena_copy(table->arena, buffer_view(table->style->scratch));
    table->style->scratch->size = 0;
    return text;
}

/* Letters apart: up to three of them by two blanks, more by one. */
static void add_spread(Buffer *out, Str text) {
    size_t letters = 0;
    for (size_t at = 0; at < text.size; letters++) at += text_letter(str_slice(text, at, text.size));
    for (size_t at = 0, size; at < text.size; at += size) {
        size = text_letter(str_slice(text, at, text.size));
        if (at > 0) buffer_add_repeat(out, ' ', letters <= 3 ? 2 : 1);
        buffer_add(out, str_slice(text, at, at + size));
    }
}

static Str bracketed(BoxTable *table, Str mark) {
    buffer_add(table->style->scratch, STR("【"));
    text_add_visible(table->style->scratch, mark);
    buffer_add(table->style->scratch, STR("】"));
    return take(table);
}

/* The text itself where nothing is hidden in it. */
static Line visible(BoxTable *table, Str text) {
    Line line = {text, 0};
    if (text_measure(text, &line.width)) return line;
    text_add_visible(table->style->scratch, text);
    return line_of(take(table));
}

static Line cell_text(BoxTable *table, const DocumentCell *cell) {
    if (!cell->number) return visible(table, cell->text);
    Str shown = table->style->number(table->style->context, cell->text, cell->zero);
    return visible(table, str_equal(shown, cell->text) ? cell->text : arena_copy(table->arena, shown));
}

/* Words that are spaced or have a mark. */
static void join_pieces(BoxTable *table, Box *box) {
    Buffer *out = table->style->scratch;
    Pieces *pieces = arena_new(table->arena, 1, sizeof *pieces);
    pieces->plain = box->words.text;
    if (box->cell->mark.data) pieces->mark = bracketed(table, box->cell->mark);
    if (box->cell->spaced)
        add_spread(out, pieces->plain);
    else
        buffer_add(out, pieces->plain);
    if (pieces->mark.data) {
        buffer_add_char(out, ' ');
        buffer_add(out, pieces->mark);
    }
    box->pieces = pieces;
    box->words = line_of(take(table));
}

/* A title may be broken before its bracket. *tail is empty where there is nothing to break. */
static Str split_title(Str title, Str *tail) {
    size_t bracket = str_find(title, '(', 0);
    Str head = str_slice(title, 0, bracket);
    *tail = str_slice(title, bracket, title.size);
    if (tail->size == 0) return title;
    while (str_ends(head, STR(" "))) head.size--;
    if (head.size) return head;
    tail->size = 0;
    return title;
}

/* ---- the grid */

static Box *put(BoxTable *table, size_t row, size_t column, size_t rows, size_t columns) {
    Box *box = arena_new(table->arena, 1, sizeof *box);
    table->boxes[table->count++] = box;
    box->row = (uint32_t)row;
    box->column = (uint32_t)column;
    box->rows = (uint32_t)rows;
    box->columns = (uint32_t)columns;
    for (size_t r = row; r < row + rows; r++)
        for (size_t c = column; c < column + columns; c++) table->grid[r * table->columns + c] = box;
    return box;
}

static void put_title(BoxTable *table, Str title, size_t row, size_t column, size_t rows, size_t columns) {
    Box *box = put(table, row, column, rows, columns);
    box->align = DOCUMENT_CENTER;
    box->words = visible(table, title);
    Str tail, head = split_title(box->words.text, &tail);
    box->natural = (uint32_t)larger(text_width(head), text_width(tail));
}

static bool same_group(const DocumentTable *table, size_t a, size_t b) {
    return table->columns[b].group.data && str_equal(table->columns[a].group, table->columns[b].group);
}

/* Neighbours of one group stand in the second row of titles, its name above them in the first. */
static void put_titles(BoxTable *table, size_t levels) {
    const DocumentTable *from = table->table;
    for (size_t c = 0, next; c < table->columns; c = next) {
        next = c + 1;
        if (!from->columns[c].group.data) {
            put_title(table, from->columns[c].title, 0, c, levels, 1);
            continue;
        }
        while (next < table->columns && same_group(from, c, next)) next++;
        put_title(table, from->columns[c].group, 0, c, 1, next - c);
        for (size_t i = c; i < next; i++) put_title(table, from->columns[i].title, 1, i, 1, 1);
    }
}

static void put_cell(BoxTable *table, const DocumentCell *cell, size_t row, size_t column) {
    Box *box = put(table, row, column, cell->rows, cell->columns);
    DocumentAlign usual = cell->number ? DOCUMENT_RIGHT : DOCUMENT_LEFT;
    box->cell = cell;
    box->align = table->table->columns[column].align;
    if (box->align == DOCUMENT_UNALIGNED) box->align = usual;
    box->words = cell_text(table, cell);
    if (cell->spaced || cell->mark.data) join_pieces(table, box);
    box->natural = (uint32_t)box->words.width;
}

static void put_cells(BoxTable *table, size_t titles) {
    for (size_t i = 0; i < table->table->row_count * table->columns; i++) {
        const DocumentCell *cell = table->table->cells[i];
        if (cell) put_cell(table, cell, titles + i / table->columns, i % table->columns);
    }
}

static size_t title_rows(const DocumentTable *table) {
    for (size_t c = 0; c < table->column_count; c++)
        if (table->columns[c].group.data) return 2;
    return 1;
}

BoxTable *boxes_new(Arena *arena, const DocumentTable *from, const BoxStyle *style) {
    BoxTable *table = arena_new(arena, 1, sizeof *table);
    size_t titles = title_rows(from);
    *table = (BoxTable){.arena = arena, .table = from, .style = style};
    table->rows = titles + from->row_count;
    table->columns = from->column_count;
    table->grid = arena_new(arena, table->rows * table->columns, sizeof(Box *));
    table->boxes = arena_new(arena, table->rows * table->columns, sizeof(Box *));
    put_titles(table, titles);
    put_cells(table, titles);
    return table;
}

/* ---- widths */

size_t *boxes_widths(Arena *arena, const BoxTable *table) {
    size_t *widths = arena_new(arena, table->columns, sizeof *widths);
    for (size_t c = 0; c < table->columns; c++) widths[c] = table->style->least;
    return widths;
}

/* Of all columns of the box, and what stands between them: " │ ". */
static size_t inner_width(const size_t *widths, const Box *box) {
    size_t sum = 3 * ((size_t)box->columns - 1);
    for (size_t i = 0; i < box->columns; i++) sum += widths[box->column + i];
    return sum;
}

void boxes_widen(const BoxTable *table, size_t *widths) {
    for (size_t i = 0; i < table->count; i++) {
        const Box *box = table->boxes[i];
        size_t *width = &widths[box->column];
        if (box->columns == 1) *width = larger(*width, smaller(box->natural, table->style->width));
    }
}

/* The last column gets what lacks. */
void boxes_widen_spans(const BoxTable *table, size_t *widths) {
    for (size_t r = 0; r < table->rows; r++) {
        for (size_t c = 0; c < table->columns; c++) {
            const Box *box = box_from(table, r, c);
            if (!box || box->columns == 1) continue;
            size_t has = inner_width(widths, box), wants = smaller(box->natural, table->style->width);
            if (wants > has) widths[c + box->columns - 1] += wants - has;
        }
    }
}

void boxes_shrink(const BoxTable *table, size_t *widths) {
    size_t total = 1;
    for (size_t c = 0; c < table->columns; c++) total += widths[c] + 3;
    for (; total > table->style->width; total--) {
        size_t widest = 0;
        for (size_t c = 1; c < table->columns; c++)
            if (widths[c] > widths[widest]) widest = c;
        if (widths[widest] <= table->style->least) return;
        widths[widest]--;
    }
}

/* ---- lines and heights */

static void add_line(BoxTable *table, Box *box, Line line) {
    size_t count = box->line_count;
    if ((count & (count - 1)) == 0) { /* room is 1, 2, 4, 8, … */
        Line *lines = arena_new(table->arena, count ? count * 2 : 1, sizeof *lines);
        if (count) memcpy(lines, box->lines, count * sizeof *lines);
        box->lines = lines;
    }
    box->lines[box->line_count++] = line;
}

static void add_wrapped(BoxTable *table, Box *box, Str text) {
    Str rest = text_wrap_begin(text);
    do {
        Line line;
        line.text = text_wrap_measured(&rest, box->width, &line.width);
        add_line(table, box, line);
    } while (rest.size);
}

/* A mark is not broken: where the last line has no room for it, it begins a line. */
static void add_mark(BoxTable *table, Box *box) {
    Line *last = &box->lines[box->line_count - 1];
    Str mark = box->pieces->mark;
    size_t width = last->width + 1 + text_width(mark);
    if (width > box->width) {
        add_wrapped(table, box, mark);
        return;
    }
    buffer_add(table->style->scratch, last->text);
    buffer_add_char(table->style->scratch, ' ');
    buffer_add(table->style->scratch, mark);
    *last = (Line){take(table), width};
}

static void break_lines(BoxTable *table, Box *box) {
    if (box->words.width <= box->width) {
        box->lines = &box->words;
        box->line_count = 1;
        return;
    }
    if (box->cell) {
        add_wrapped(table, box, box->pieces ? box->pieces->plain : box->words.text);
        if (box->pieces && box->pieces->mark.data) add_mark(table, box);
        return;
    }
    Str tail, head = split_title(box->words.text, &tail);
    add_wrapped(table, box, head);
    if (tail.size) add_wrapped(table, box, tail);
}

/* Lines that a box has room for: those of its rows, and the rules between them. */
static size_t room(const BoxTable *table, const Box *box) {
    size_t sum = box->rows - 1;
    for (size_t r = box->row; r < box->row + box->rows; r++) sum += table->heights[r];
    return sum;
}

/* Boxes of one row first; a higher one then gets what lacks from its last row. */
static void set_heights(BoxTable *table, bool merged) {
    for (size_t i = 0; i < table->count; i++) {
        const Box *box = table->boxes[i];
        if ((box->rows > 1) != merged) continue;
        size_t has = room(table, box);
        if (box->line_count > has) table->heights[box->row + box->rows - 1] += box->line_count - has;
    }
}

static void lay_out(BoxTable *table, const size_t *widths) {
    for (size_t i = 0; i < table->count; i++) {
        Box *box = table->boxes[i];
        box->width = (uint32_t)inner_width(widths, box);
        break_lines(table, box);
    }
    table->heights = arena_new(table->arena, table->rows, sizeof *table->heights);
    for (size_t r = 0; r < table->rows; r++) table->heights[r] = 1;
    set_heights(table, false);
    set_heights(table, true);
    for (size_t i = 0; i < table->count; i++) {
        Box *box = table->boxes[i];
        bool centred = box->align == DOCUMENT_CENTER && (!box->cell || box->rows > 1);
        if (centred) box->blank = (uint32_t)(room(table, box) - box->line_count) / 2;
    }
}

/* ---- drawing */

/* Is there a line between this row and the next one below, or a wall between this column and the next? The
 * rows count from 1 here, 0 is above the first; so do the columns. */
static bool has_rule(const BoxTable *table, size_t row, size_t column) {
    if (row == 0 || row == table->rows) return true;
    return box_at(table, row - 1, column - 1) != box_at(table, row, column - 1);
}

static bool has_wall(const BoxTable *table, size_t row, size_t column) {
    if (row == 0 || row > table->rows) return false;
    if (column == 0 || column == table->columns) return true;
    return box_at(table, row - 1, column - 1) != box_at(table, row - 1, column);
}

/* The joint by the arms up (8), down (4), left (2), right (1). */
static void add_joint(Buffer *out, bool up, bool down, bool left, bool right) {
    static const struct {
        char bytes[4];
        unsigned size;
    } joints[] = {{" ", 1}, {" ", 1}, {" ", 1}, {"─", 3}, {" ", 1}, {"┌", 3}, {"┐", 3}, {"┬", 3},
                  {" ", 1}, {"└", 3}, {"┘", 3}, {"┴", 3}, {"│", 3}, {"├", 3}, {"┤", 3}, {"┼", 3}};
    unsigned arms = (unsigned)up << 3 | (unsigned)down << 2 | (unsigned)left << 1 | (unsigned)right;
    char *to = buffer_reserve(out, sizeof joints[arms].bytes);
    memcpy(to, joints[arms].bytes, sizeof joints[arms].bytes);
    out->size += joints[arms].size;
}

static size_t blanks_before(const Box *box, size_t blanks) {
    return box->align == DOCUMENT_RIGHT ? blanks : box->align == DOCUMENT_CENTER ? blanks / 2 : 0;
}

/* Line `number` (from 0) of row `row` of the box; number = the row's height is the rule below it. */
static void add_piece(Buffer *out, const BoxTable *table, const Box *box, size_t row, size_t number) {
    for (size_t above = box->row; above < row; above++) number += table->heights[above] + 1;
    Line line = {STR(""), 0};
    if (number >= box->blank && number - box->blank < box->line_count) line = box->lines[number - box->blank];
    size_t blanks = box->width - smaller(line.width, box->width), before = blanks_before(box, blanks);
    buffer_add_repeat(out, ' ', before + 1);
    buffer_add(out, line.text);
    buffer_add_repeat(out, ' ', blanks - before + 1);
}

/* Sixteen at a time, which may write behind the last. */
static void add_dashes(Buffer *out, size_t count) {
    enum { DASH = 3, DASHES = 48 };
    static const char dashes[] = "────────────────";
    static_assert(sizeof dashes == DASHES + 1, "sixteen of three bytes");
    size_t size = count * DASH;
    char *to = buffer_reserve(out, size + DASHES);
    for (size_t at = 0; at < size; at += DASHES) memcpy(to + at, dashes, DASHES);
    out->size += size;
}

/* The line below a row, counted from 1; 0: the first line of all. */
static void add_rule(Buffer *out, const BoxTable *table, const size_t *widths, size_t row) {
    bool left = false;
    for (size_t c = 0, next; c < table->columns; c = next) {
        bool right = has_rule(table, row, c + 1);
        add_joint(out, has_wall(table, row, c), has_wall(table, row + 1, c), left, right);
        next = c + 1;
        left = right;
        if (right) {
            add_dashes(out, widths[c] + 2);
            continue;
        }
        const Box *box = box_at(table, row - 1, c);
        add_piece(out, table, box, row - 1, table->heights[row - 1]);
        next = c + box->columns;
    }
    add_joint(out, has_wall(table, row, table->columns), has_wall(table, row + 1, table->columns), left,
              false);
}

static void add_content(Buffer *out, const BoxTable *table, size_t row, size_t number) {
    for (size_t c = 0; c < table->columns;) {
        const Box *box = box_at(table, row, c);
        buffer_add(out, STR("│"));
        add_piece(out, table, box, row, number);
        c += box->columns;
    }
    buffer_add(out, STR("│\n"));
}

void boxes_draw(BoxTable *table, const size_t *widths, Buffer *out) {
    lay_out(table, widths);
    add_rule(out, table, widths, 0);
    for (size_t r = 0; r < table->rows; r++) {
        buffer_add_char(out, '\n');
        for (size_t i = 0; i < table->heights[r]; i++) add_content(out, table, r, i);
        add_rule(out, table, widths, r + 1);
    }
}
