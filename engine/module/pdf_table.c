#include "module/pdf_table.h"

#include <math.h>

/* Space between a table and what follows. */
#define SPACE 8.0

/* A table that has been measured. */
typedef struct Measured {
    Paper *paper;
    const PageTable *table;
    double *heights; /* of rows */
    bool *joined;    /* whether a cell spans from the row above into this one */
    double *lefts;   /* of columns, from the page's edge; one more: the right edge */
    size_t *order;   /* cells by the row where they begin, from firsts[row] to before firsts[row + 1] */
    size_t *firsts;
    Arena arena;
} Measured;

static double sum(const double *values, size_t from, size_t to) {
    double all = 0;
    for (size_t i = from; i < to; i++) all += values[i];
    return all;
}

static PangoLayout *lay_out(const Measured *m, const PageCell *cell) {
    double width = sum(m->table->widths, cell->column, cell->column + cell->columns) - 2 * m->table->padding;
    return paper_layout(m->paper, cell->text, cell->style, width > 1 ? width : 1);
}

/* The lines of a table's cell take this much, with the padding. */
static double cell_height(const Measured *m, const PageCell *cell) {
    size_t unknown = m->paper->unknown; /* counted when it is drawn */
    PangoLayout *layout = lay_out(m, cell);
    double height = paper_height(layout) + 2 * m->table->padding;
    g_object_unref(layout);
    m->paper->unknown = unknown;
    return height;
}

static void measure_row_cells(Measured *m) {
    const PageTable *table = m->table;
    for (size_t i = 0; i < table->cell_count; i++) {
        const PageCell *cell = &table->cells[i];
        for (size_t r = 1; r < cell->rows; r++) m->joined[cell->row + r] = true;
        if (cell->rows > 1) continue;
        m->heights[cell->row] = fmax(m->heights[cell->row], cell_height(m, cell));
    }
}

/* What a spanning cell needs beyond its rows goes to the last of them. */
static void measure_spanning_cells(Measured *m) {
    const PageTable *table = m->table;
    for (size_t i = 0; i < table->cell_count; i++) {
        const PageCell *cell = &table->cells[i];
        if (cell->rows == 1) continue;
        size_t last = cell->row + cell->rows - 1;
        double lack = cell_height(m, cell) - sum(m->heights, cell->row, last + 1);
        if (lack > 0) m->heights[last] += lack;
    }
}

/* As they come within a row. */
static void order_cells(Measured *m) {
    const PageTable *table = m->table;
    m->order = arena_new(&m->arena, table->cell_count, sizeof *m->order);
    m->firsts = arena_new(&m->arena, table->rows + 2, sizeof *m->firsts);
    for (size_t i = 0; i < table->cell_count; i++) m->firsts[table->cells[i].row + 2]++;
    for (size_t r = 2; r < table->rows + 2; r++) m->firsts[r] += m->firsts[r - 1];
    for (size_t i = 0; i < table->cell_count; i++) m->order[m->firsts[table->cells[i].row + 1]++] = i;
}

static Measured measure(Paper *paper, const PageTable *table) {
    Measured m = {.paper = paper, .table = table};
    m.heights = arena_new(&m.arena, table->rows, sizeof *m.heights);
    m.joined = arena_new(&m.arena, table->rows, sizeof *m.joined);
    m.lefts = arena_new(&m.arena, table->columns + 1, sizeof *m.lefts);
    m.lefts[0] = paper->pages->left;
    for (size_t c = 0; c < table->columns; c++) m.lefts[c + 1] = m.lefts[c] + table->widths[c];
    measure_row_cells(&m);
    measure_spanning_cells(&m);
    order_cells(&m);
    return m;
}

static double room(const Measured *m) { return paper_bottom(m->paper) - m->paper->pages->top; }

/* The first row behind the rows that belong to `row`. */
static size_t group_end(const Measured *m, size_t row) {
    size_t end = row + 1;
    while (end < m->table->rows && m->joined[end]) end++;
    return end;
}

/* ---- drawing */

/* A rectangle on the page. */
typedef struct Box {
    double x, y, w, h;
} Box;

static void draw_box(const Measured *m, const PagePaint *paint, const Box *box) {
    cairo_t *cairo = m->paper->cairo;
    cairo_rectangle(cairo, box->x, box->y, box->w, box->h);
    if (paint->fill.given) {
        paper_color(m->paper, paint->fill);
        cairo_fill_preserve(cairo);
    }
    if (paint->stroke.given) {
        paper_color(m->paper, paint->stroke);
        cairo_set_line_width(cairo, paint->width);
        cairo_stroke(cairo);
    }
    cairo_new_path(cairo);
}

/* What its structure says of a cell: spans, and of a head that it stands over its columns. */
static Str cell_entries(Arena *arena, const PageTable *table, const PageCell *cell) {
    Buffer entries = {0};
    bool head = cell->row < table->head;
    if (!head && cell->rows == 1 && cell->columns == 1) return (Str){"", 0};
    buffer_add(&entries, STR("/A << /O /Table"));
    if (head) buffer_add(&entries, STR(" /Scope /Column"));
    if (cell->rows > 1) buffer_addf(&entries, " /RowSpan %u", cell->rows);
    if (cell->columns > 1) buffer_addf(&entries, " /ColSpan %u", cell->columns);
    buffer_add(&entries, STR(" >>\n"));
    Str made = arena_copy(arena, buffer_view(&entries));
    buffer_release(&entries);
    return made;
}

/* Draws the cell into the box. `passed`: how much of the cell stands on the pages before. A text that fits is
 * repeated on each page; a longer one goes on where it stopped. */
static void draw_cell(const Measured *m, const PageCell *cell, const Box *box, double passed) {
    double padding = m->table->padding, inside = box->h - 2 * padding;
    PangoLayout *layout = lay_out(m, cell);
    double height = paper_height(layout), slack = inside - height;
    double from = slack < -0.5 ? passed : 0, to = slack < -0.5 ? passed + box->h : height + 1;
    const char *tag = cell->row < m->table->head ? "TH" : "TD";
    bool again = passed > 0 && slack >= -0.5;
    draw_box(m, cell->paint, box);
    paper_color(m->paper, cell->style->color);
    if (again)
        paper_begin_aside(m->paper);
    else
        paper_tag_with(m->paper, tag, cell_entries(m->paper->arena, m->table, cell));
    paper_show(m->paper, layout, box->x + padding, box->y + padding + fmax(slack / 2, 0), from, to);
    if (again)
        paper_end_aside(m->paper);
    else
        paper_untag(m->paper, tag);
    g_object_unref(layout);
}

/* Rows from `from` to before `to`, at the paper's place. */
typedef struct Band {
    size_t from, to;
    double passed; /* how much of the row `from` stands on the pages before */
    double height; /* of what is drawn of it, when it is drawn in slices; else 0 */
} Band;

/* Draws what of the cell lies in the band. */
static void draw_in_band(const Measured *m, const PageCell *cell, const Band *band) {
    size_t first = cell->row > band->from ? cell->row : band->from, end = cell->row + cell->rows;
    if (end > band->to) end = band->to;
    if (first >= end) return;
    double before = cell->row < band->from ? sum(m->heights, cell->row, band->from) : 0;
    Box box = {m->lefts[cell->column], m->paper->y + sum(m->heights, band->from, first),
               m->lefts[cell->column + cell->columns] - m->lefts[cell->column],
               band->height > 0 ? band->height : sum(m->heights, first, end)};
    draw_cell(m, cell, &box, before + band->passed);
}

/* Row by row, each with the cells that begin in it; the first also with those that reach into it. */
static void draw_band(const Measured *m, const Band *band) {
    const PageTable *table = m->table;
    for (size_t row = band->from; row < band->to; row++) {
        paper_tag(m->paper, "TR");
        for (size_t i = 0; row == band->from && i < m->firsts[row]; i++)
            draw_in_band(m, &table->cells[m->order[i]], band);
        for (size_t i = m->firsts[row]; i < m->firsts[row + 1]; i++)
            draw_in_band(m, &table->cells[m->order[i]], band);
        paper_untag(m->paper, "TR");
    }
    m->paper->y += band->height > 0 ? band->height : sum(m->heights, band->from, band->to);
    m->paper->empty = false;
}

static void draw_rows(const Measured *m, size_t from, size_t to) {
    draw_band(m, &(Band){.from = from, .to = to});
}

static void turn(const Measured *m) {
    paper_turn(m->paper);
    if (!m->table->head) return;
    paper_begin_aside(m->paper);
    draw_rows(m, 0, m->table->head);
    paper_end_aside(m->paper);
}

/* A row that is higher than a page goes over several, a line's height short of each. */
static void draw_slices(const Measured *m, size_t row) {
    double step = fmax(room(m) - sum(m->heights, 0, m->table->head) - 40, 40);
    size_t count = (size_t)ceil(m->heights[row] / step);
    for (size_t i = 0; i < count; i++) {
        double passed = (double)i * step;
        if (!m->paper->empty) turn(m);
        draw_band(m, &(Band){row, row + 1, passed, fmin(step, m->heights[row] - passed) + 20});
    }
}

static bool fits(const Measured *m, size_t from, size_t to) {
    return m->paper->y + sum(m->heights, from, to) <= paper_bottom(m->paper) + 0.01;
}

/* Draws a group that no page can hold, row by row. */
static void draw_split(const Measured *m, size_t from, size_t to) {
    double head = sum(m->heights, 0, m->table->head);
    while (from < to) {
        size_t end = from;
        while (end < to && fits(m, from, end + 1)) end++;
        if (end > from) {
            draw_rows(m, from, end);
        } else if (m->heights[from] > room(m) - head) {
            draw_slices(m, from);
            end = from + 1;
        }
        from = end;
        if (from < to) turn(m);
    }
}

/* The body: groups of joined rows stay on one page where one can hold them. */
static void draw_body(const Measured *m) {
    double head = sum(m->heights, 0, m->table->head);
    size_t end = m->table->head;
    for (size_t from = end; from < m->table->rows; from = end) {
        while (end < m->table->rows && fits(m, from, group_end(m, end))) end = group_end(m, end);
        if (end > from) draw_rows(m, from, end);
        if (end == m->table->rows) return;
        size_t next = group_end(m, end);
        bool large = head + sum(m->heights, end, next) > room(m);
        if (!large || end > from || !m->paper->empty) turn(m);
        if (large) {
            draw_split(m, end, next);
            end = next;
        }
    }
}

double pdf_table_start(Paper *paper, const PageTable *table) {
    Measured m = measure(paper, table);
    size_t end = table->head < table->rows ? group_end(&m, table->head) : table->head;
    double height = fmin(sum(m.heights, 0, end), room(&m));
    arena_release(&m.arena);
    return height;
}

void pdf_table_draw(Paper *paper, const PageTable *table) {
    if (!table->rows) return;
    Measured m = measure(paper, table);
    size_t first = table->head < table->rows ? group_end(&m, table->head) : table->head;
    if (!fits(&m, 0, first) && !paper->empty) paper_turn(paper);
    paper_tag(paper, "Table");
    if (table->head) draw_rows(&m, 0, table->head);
    draw_body(&m);
    paper_untag(paper, "Table");
    paper->y += SPACE;
    arena_release(&m.arena);
}
