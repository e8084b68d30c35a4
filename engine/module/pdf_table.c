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

static Measured measure(Paper *paper, const PageTable *table) {
    Measured m = {.paper = paper, .table = table};
    m.heights = arena_new(&m.arena, table->rows, sizeof *m.heights);
    m.joined = arena_new(&m.arena, table->rows, sizeof *m.joined);
    m.lefts = arena_new(&m.arena, table->columns + 1, sizeof *m.lefts);
    m.lefts[0] = paper->pages->left;
    for (size_t c = 0; c < table->columns; c++) m.lefts[c + 1] = m.lefts[c] + table->widths[c];
    measure_row_cells(&m);
    measure_spanning_cells(&m);
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

/* Draws the cell into the box. `passed`: how much of the cell stands on the pages before. A text that fits is
 * repeated on each page; a longer one goes on where it stopped. */
static void draw_cell(const Measured *m, const PageCell *cell, const Box *box, double passed) {
    double padding = m->table->padding, inside = box->h - 2 * padding;
    PangoLayout *layout = lay_out(m, cell);
    double height = paper_height(layout), slack = inside - height;
    double from = slack < -0.5 ? passed : 0, to = slack < -0.5 ? passed + box->h : height + 1;
    draw_box(m, cell->paint, box);
    paper_color(m->paper, cell->style->color);
    paper_show(m->paper, layout, box->x + padding, box->y + padding + fmax(slack / 2, 0), from, to);
    g_object_unref(layout);
}

/* Draws the rows from `from` to before `to` of the cells that have some, at the paper's place. `passed`: how
 * much of the row `from` stands on the pages before, `height`: what of it is drawn when it is drawn in slices
 * (else 0). */
static void draw_rows(const Measured *m, size_t from, size_t to, double passed, double height) {
    const PageTable *table = m->table;
    double all = height > 0 ? height : sum(m->heights, from, to);
    for (size_t i = 0; i < table->cell_count; i++) {
        const PageCell *cell = &table->cells[i];
        size_t first = cell->row > from ? cell->row : from, end = cell->row + cell->rows;
        if (end > to) end = to;
        if (first >= end) continue;
        double before = cell->row < from ? sum(m->heights, cell->row, from) : 0;
        Box box = {m->lefts[cell->column], m->paper->y + sum(m->heights, from, first),
                   m->lefts[cell->column + cell->columns] - m->lefts[cell->column],
                   height > 0 ? height : sum(m->heights, first, end)};
        draw_cell(m, cell, &box, before + passed);
    }
    m->paper->y += all;
    m->paper->empty = false;
}

static void turn(const Measured *m) {
    paper_turn(m->paper);
    if (m->table->head) draw_rows(m, 0, m->table->head, 0, 0);
}

/* A row that is higher than a page goes over several, a line's height short of each. */
static void draw_slices(const Measured *m, size_t row) {
    double step = fmax(room(m) - sum(m->heights, 0, m->table->head) - 40, 40);
    size_t count = (size_t)ceil(m->heights[row] / step);
    for (size_t i = 0; i < count; i++) {
        double passed = (double)i * step;
        if (!m->paper->empty) turn(m);
        draw_rows(m, row, row + 1, passed, fmin(step, m->heights[row] - passed) + 20);
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
            draw_rows(m, from, end, 0, 0);
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
        if (end > from) draw_rows(m, from, end, 0, 0);
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
    if (table->head) draw_rows(&m, 0, table->head, 0, 0);
    draw_body(&m);
    paper->y += SPACE;
    arena_release(&m.arena);
}
