#include "io/lines.h"

#include "base/text.h"

/* Looked through at a time: a text may have one of the two kinds of line breaks alone. */
#define WINDOW ((size_t)256)

size_t lines_end(Str bytes, size_t from) {
    for (; from < bytes.size; from += WINDOW) {
        Str window = str_slice(bytes, from, bytes.size - from > WINDOW ? from + WINDOW : bytes.size);
        size_t end = str_find(str_slice(window, 0, str_find(window, '\n', 0)), '\r', 0);
        if (end < window.size) return from + end;
    }
    return bytes.size;
}

size_t lines_behind(Str bytes, size_t at) {
    bool crlf = bytes.data[at] == '\r' && at + 1 < bytes.size && bytes.data[at + 1] == '\n';
    return at + (crlf ? 2 : 1);
}

static void begin_line(LineCursor *cursor, size_t start) {
    cursor->at = cursor->passed = cursor->line_start = start;
    cursor->line_end = lines_end(cursor->bytes, start);
    cursor->column = cursor->passed_column = 1;
}

LineCursor lines_begin(Str bytes, size_t start, uint32_t line) {
    LineCursor cursor = {.bytes = bytes, .line = line};
    begin_line(&cursor, start);
    return cursor;
}

static uint32_t characters(const LineCursor *cursor, size_t from, size_t to) {
    Str text = str_slice(cursor->bytes, from, to);
    return (uint32_t)(cursor->valid ? text_length_valid(text) : text_length(text));
}

Place lines_place(LineCursor *cursor, Str file, size_t offset, size_t size) {
    while (cursor->line_end < offset) {
        begin_line(cursor, lines_behind(cursor->bytes, cursor->line_end));
        cursor->line++;
    }
    if (offset >= cursor->passed) {
        cursor->at = cursor->passed;
        cursor->column = cursor->passed_column;
    }
    cursor->column += characters(cursor, cursor->at, offset);
    cursor->at = offset;
    size_t end = size < cursor->line_end - offset ? offset + size : cursor->line_end;
    uint32_t span = characters(cursor, offset, end);
    if (end > cursor->passed) {
        cursor->passed = end;
        cursor->passed_column = cursor->column + span;
    }
    return (Place){
        .file = file,
        .line = cursor->line,
        .column = cursor->column,
        .span = span > 0 ? span : 1,
        .source = str_slice(cursor->bytes, cursor->line_start, cursor->line_end),
    };
}
