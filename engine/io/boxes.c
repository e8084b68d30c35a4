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

/* A cell or a title, with the places that it takes. There are thousands. */
typedef struct Box {
    const DocumentCell *cell; /* of a title too */
    Str text;                 /* on one line, mark included */
    const Pieces *pieces;     /* of the text; NULL: it is of one */
    Line *lines;              /* NULL: the text is the only one */
    uint32_t row;
    uint16_t column;
    uint8_t align;  /* DocumentAlign */
    uint32_t taken; /* by the text */
    uint32_t width; /* that it would like to have; laid out: that it gets, of all its columns */
    uint32_t line_count;
    int32_t next; /* line that is drawn next; below 0: empty ones above the text */
} Box;

struct BoxTable {
    Arena *arena;
    const DocumentTable *table;
    const BoxStyle *style;
    size_t titles, rows, columns; /* rows of titles, and of all */
    Box **grid;                   /* the box of each place, row by row */
    Box *boxes;                   /* each once, in the order of their first places but for titles in groups */
    size_t count;
    size_t *heights;
    Str rule;        /* the line between rows that have no spans */
    size_t *rule_at; /* where in it each column begins, behind the joint to its left */
};

/* NULL outside. */
static Box *box_at(const BoxTable *table, size_t row, size_t column) {
    return row < table->rows && column < table->columns ? table->grid[row * table->columns + column] : NULL;
}

static bool is_title(const BoxTable *table, const Box *box) { return box->row < table->titles; }

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
    Str shown = table->style->number(table->style->context, cell->text, cell->extra->zero);
    return visible(table, str_equal(shown, cell->text) ? cell->text : arena_copy(table->arena, shown));
}

static void set_words(Box *box, Line words) {
    box->text = words.text;
    box->taken = box->width = (uint32_t)words.width;
}

/* Words that are spaced or have a mark. */
static void join_pieces(BoxTable *table, Box *box) {
    Buffer *out = table->style->scratch;
    Pieces *pieces = arena_new(table->arena, 1, sizeof *pieces);
    pieces->plain = box->text;
    if (box->cell->extra->mark.data) pieces->mark = bracketed(table, box->cell->extra->mark);
    if (box->cell->spaced)
        add_spread(out, pieces->plain);
    else
        buffer_add(out, pieces->plain);
    if (pieces->mark.data) {
        buffer_add_char(out, ' ');
        buffer_add(out, pieces->mark);
    }
    box->pieces = pieces;
    set_words(box, line_of(take(table)));
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

static Box *put(BoxTable *table, const DocumentCell *cell, size_t row, size_t column) {
    Box *box = &table->boxes[table->count++], **place = table->grid + row * table->columns + column;
    *box = (Box){.cell = cell, .row = (uint32_t)row, .column = (uint16_t)column};
    for (size_t r = 0; r < cell->rows; r++, place += table->columns)
        for (size_t c = 0; c < cell->columns; c++) place[c] = box;
    return box;
}

static void put_title(BoxTable *table, Str title, size_t row, size_t column, size_t rows, size_t columns) {
    DocumentCell *cell = arena_new(table->arena, 1, sizeof *cell);
    *cell = (DocumentCell){title, &document_no_extra, (uint32_t)rows, (uint16_t)columns, false, false};
    Box *box = put(table, cell, row, column);
    box->align = DOCUMENT_CENTER;
    set_words(box, visible(table, title));
    Str tail, head = split_title(box->text, &tail);
    if (tail.size) box->width = (uint32_t)larger(text_width(head), text_width(tail));
}

static bool same_group(const DocumentTable *table, size_t a, size_t b) {
    return table->columns[b].group.data && str_equal(table->columns[a].group, table->columns[b].group);
}

/* A table with the same columns has the same titles. */
static void put_titles_of(BoxTable *table, const BoxTable *like) {
    for (const Box *from = like->boxes; from < like->boxes + like->count && is_title(like, from); from++)
        *put(table, from->cell, from->row, from->column) = *from;
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
    Box *box = put(table, cell, row, column);
    DocumentAlign align = table->table->columns[column].align;
    if (align == DOCUMENT_UNALIGNED) align = cell->number ? DOCUMENT_RIGHT : DOCUMENT_LEFT;
    box->align = (uint8_t)align;
    set_words(box, cell_text(table, cell));
    if (cell->spaced || cell->extra->mark.data) join_pieces(table, box);
}

static void put_cells(BoxTable *table) {
    const DocumentCell *cell = table->table->cells;
    for (size_t r = table->titles; r < table->rows; r++)
        for (size_t c = 0; c < table->columns; c++, cell++)
            if (cell->rows) put_cell(table, cell, r, c);
}

static size_t title_rows(const DocumentTable *table) {
    for (size_t c = 0; c < table->column_count; c++)
        if (table->columns[c].group.data) return 2;
    return 1;
}

static size_t count_cells(const DocumentTable *table) {
    size_t count = 0;
    for (size_t i = 0; i < table->row_count * table->column_count; i++) count += table->cells[i].rows > 0;
    return count;
}

BoxTable *boxes_new(Arena *arena, const DocumentTable *from, const BoxStyle *style, const BoxTable *like) {
    BoxTable *table = arena_new(arena, 1, sizeof *table);
    *table = (BoxTable){.arena = arena, .table = from, .style = style};
    table->titles = title_rows(from);
    table->rows = table->titles + from->row_count;
    table->columns = from->column_count;
    table->grid = arena_new(arena, table->rows * table->columns, sizeof *table->grid);
    size_t most = table->titles * table->columns + count_cells(from);
    table->boxes = arena_room(arena, most, sizeof *table->boxes);
    if (like && like->table->columns == from->columns)
        put_titles_of(table, like);
    else
        put_titles(table, table->titles);
    put_cells(table);
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
    size_t sum = widths[box->column];
    for (size_t i = 1; i < box->cell->columns; i++) sum += 3 + widths[box->column + i];
    return sum;
}

void boxes_widen(const BoxTable *table, size_t *widths) {
    for (const Box *box = table->boxes; box < table->boxes + table->count; box++) {
        size_t *width = &widths[box->column];
        if (box->cell->columns == 1) *width = larger(*width, smaller(box->width, table->style->width));
    }
}

/* The last column gets what lacks. */
void boxes_widen_spans(const BoxTable *table, size_t *widths) {
    for (const Box *box = table->boxes; box < table->boxes + table->count; box++) {
        size_t columns = box->cell->columns;
        if (columns == 1) continue;
        size_t has = inner_width(widths, box), wants = smaller(box->width, table->style->width);
        if (wants > has) widths[box->column + columns - 1] += wants - has;
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
    if (box->taken <= box->width) {
        box->line_count = 1;
        return;
    }
    if (!is_title(table, box)) {
        add_wrapped(table, box, box->pieces ? box->pieces->plain : box->text);
        if (box->pieces && box->pieces->mark.data) add_mark(table, box);
        return;
    }
    Str tail, head = split_title(box->text, &tail);
    add_wrapped(table, box, head);
    if (tail.size) add_wrapped(table, box, tail);
}

/* Lines that a box has room for: those of its rows, and the rules between them. */
static size_t room(const BoxTable *table, const Box *box) {
    size_t sum = box->cell->rows - 1;
    for (size_t i = 0; i < box->cell->rows; i++) sum += table->heights[box->row + i];
    return sum;
}

/* Boxes of one row first; a higher one then gets what lacks from its last row. */
static void set_heights(BoxTable *table) {
    const Box *end = table->boxes + table->count;
    for (const Box *box = table->boxes; box < end; box++)
        if (box->cell->rows == 1 && box->line_count > table->heights[box->row])
            table->heights[box->row] = box->line_count;
    for (const Box *box = table->boxes; box < end; box++) {
        if (box->cell->rows == 1) continue;
        size_t has = room(table, box);
        if (box->line_count > has) table->heights[box->row + box->cell->rows - 1] += box->line_count - has;
    }
}

static void lay_out(BoxTable *table, const size_t *widths) {
    for (Box *box = table->boxes; box < table->boxes + table->count; box++) {
        box->width = (uint32_t)inner_width(widths, box);
        break_lines(table, box);
    }
    table->heights = arena_new(table->arena, table->rows, sizeof *table->heights);
    for (size_t r = 0; r < table->rows; r++) table->heights[r] = 1;
    set_heights(table);
    for (Box *box = table->boxes; box < table->boxes + table->count; box++) {
        if (box->align != DOCUMENT_CENTER || (!is_title(table, box) && box->cell->rows == 1)) continue;
        box->next = -(int32_t)((room(table, box) - box->line_count) / 2);
    }
}

/* ---- drawing */

/* What is written at once, and so may be written behind the end. */
#define SIXTEEN ((size_t)16)

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

/* Sixteen at a time, which may write behind the last. */
static char *put_blanks(char *to, size_t count) {
    for (size_t at = 0; at < count; at += SIXTEEN) memcpy(to + at, "                ", SIXTEEN);
    return to + count;
}

/* The next line of the box, of all its columns. */
static void add_piece(Buffer *out, Box *box) {
    Line line = {{"", 0}, 0};
    int32_t number = box->next++;
    if (number >= 0 && (uint32_t)number < box->line_count)
        line = box->lines ? box->lines[number] : (Line){box->text, box->taken};
    size_t blanks = box->width - smaller(line.width, box->width), before = blanks_before(box, blanks);
    char *to = buffer_reserve(out, line.text.size + blanks + 4 * SIXTEEN);
    to = put_blanks(to, before + 1);
    memcpy(to, line.text.data, line.text.size);
    to = put_blanks(to + line.text.size, blanks - before + 1);
    out->size = (size_t)(to - out->data);
}

/* As put_blanks. */
static void add_dashes(Buffer *out, size_t count) {
    enum { DASH = 3, DASHES = SIXTEEN * DASH };
    static const char dashes[] = "────────────────";
    static_assert(sizeof dashes == DASHES + 1, "sixteen of three bytes");
    size_t size = count * DASH;
    char *to = buffer_reserve(out, size + DASHES);
    for (size_t at = 0; at < size; at += DASHES) memcpy(to + at, dashes, DASHES);
    out->size += size;
}

static void make_rule(BoxTable *table, const size_t *widths) {
    Buffer *out = table->style->scratch;
    table->rule_at = arena_new(table->arena, table->columns, sizeof *table->rule_at);
    for (size_t c = 0; c < table->columns; c++) {
        add_joint(out, true, true, c > 0, true);
        table->rule_at[c] = out->size;
        add_dashes(out, widths[c] + 2);
    }
    add_joint(out, true, true, true, false);
    table->rule = take(table);
}

/* The first of the columns at the end that no span touches, neither in the row nor in the next; the row
 * counts from 1. */
static size_t plain_from(const BoxTable *table, size_t row) {
    size_t column = table->columns;
    if (row == 0 || row == table->rows) return column;
    Box *const *above = table->grid + (row - 1) * column, *const *below = above + column;
    for (; column > 0; column--) {
        const Box *a = above[column - 1], *b = below[column - 1];
        if (a == b || a->cell->columns > 1 || b->cell->columns > 1) break;
    }
    return column;
}

/* The line below a row, counted from 1; 0: the first line of all. */
static void add_rule(Buffer *out, const BoxTable *table, const size_t *widths, size_t row) {
    bool left = false;
    size_t plain = plain_from(table, row);
    for (size_t c = 0, next; c < plain; c = next) {
        bool right = has_rule(table, row, c + 1);
        add_joint(out, has_wall(table, row, c), has_wall(table, row + 1, c), left, right);
        next = c + 1;
        left = right;
        if (right) {
            add_dashes(out, widths[c] + 2);
            continue;
        }
        Box *box = box_at(table, row - 1, c);
        add_piece(out, box);
        next = c + box->cell->columns;
    }
    bool more = plain < table->columns;
    add_joint(out, has_wall(table, row, plain), has_wall(table, row + 1, plain), left, more);
    if (more) buffer_add(out, str_slice(table->rule, table->rule_at[plain], table->rule.size));
}

static void add_content(Buffer *out, const BoxTable *table, size_t row) {
    for (size_t c = 0; c < table->columns;) {
        Box *box = box_at(table, row, c);
        buffer_add(out, STR("│"));
        add_piece(out, box);
        c += box->cell->columns;
    }
    buffer_add(out, STR("│\n"));
}

void boxes_draw(BoxTable *table, const size_t *widths, Buffer *out) {
    lay_out(table, widths);
    make_rule(table, widths);
    add_rule(out, table, widths, 0);
    for (size_t r = 0; r < table->rows; r++) {
        buffer_add_char(out, '\n');
        for (size_t i = 0; i < table->heights[r]; i++) add_content(out, table, r);
        add_rule(out, table, widths, r + 1);
    }
}
