#include "base/columns.h"

#include "base/memory.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

void columns_begin(Columns *columns, size_t count, const char *sides) {
    *columns = (Columns){.count = count, .sides = sides};
}

static void add(Columns *columns, const Buffer *text) {
    size_t count = columns->cell_count;
    if ((count & (count - 1)) == 0) { /* room is 1, 2, 4, … */
        Str *grown = arena_new(&columns->arena, count ? 2 * count : 1, sizeof *grown);
        if (count) memcpy(grown, columns->cells, count * sizeof *grown);
        columns->cells = grown;
    }
    columns->cells[columns->cell_count++] = arena_copy(&columns->arena, buffer_view(text));
}

void columns_add(Columns *columns, Str text) {
    Buffer visible = {0};
    text_add_visible(&visible, text);
    add(columns, &visible);
    buffer_release(&visible);
}

void columns_addf(Columns *columns, const char *format, ...) {
    char text[256];
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    columns_add(columns, (Str){text, size < (int)sizeof text ? (size_t)size : sizeof text - 1});
}

static void write_row(const Columns *columns, const Str *row, const size_t *widths, size_t indent,
                      Buffer *out) {
    size_t blanks = indent; /* owed before the next text */
    for (size_t i = 0; i < columns->count; i++) {
        size_t rest = widths[i] - text_width(row[i]);
        bool right = i < strlen(columns->sides) && columns->sides[i] == 'r';
        if (row[i].size) {
            buffer_add_repeat(out, ' ', blanks + (right ? rest : 0));
            buffer_add(out, row[i]);
            blanks = 2 + (right ? 0 : rest);
        } else {
            blanks += widths[i] + 2;
        }
    }
    buffer_add_char(out, '\n');
}

void columns_end(Columns *columns, size_t indent, Buffer *out) {
    size_t *widths = memory_new(columns->count, sizeof *widths);
    for (size_t i = 0; i < columns->cell_count; i++) {
        size_t width = text_width(columns->cells[i]), column = i % columns->count;
        if (width > widths[column]) widths[column] = width;
    }
    for (size_t i = 0; i + columns->count <= columns->cell_count; i += columns->count)
        write_row(columns, &columns->cells[i], widths, indent, out);
    memory_free(widths);
    arena_release(&columns->arena);
}
