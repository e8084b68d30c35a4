#include "io/csv.h"

#include "base/memory.h"
#include "base/text.h"
#include "io/lines.h"
#include "io/plain.h"

#include <stdio.h>

#define NOWHERE SIZE_MAX

typedef struct Csv {
    Table table;
    Str bytes;
    size_t at;     /* the first byte not read yet */
    uint32_t line; /* of that byte */
    Cell *cells;   /* of the row read last */
    size_t count;
    size_t capacity;
    MessageId fault; /* the row's first fault ... */
    size_t fault_at; /* ... and where; NOWHERE while there is none */
    size_t open_at;  /* the quote that is never closed, or NOWHERE */
    char separator;
    bool sound;          /* all of it is text: there is no byte to look for, row by row */
    const bool *special; /* the bytes that mean something in an unquoted cell */
    Arena arena;         /* texts of cells whose doubled quotes were taken out */
} Csv;

/* The bytes that mean something in an unquoted cell. */
static const bool special[256] = {[','] = true, ['"'] = true, ['\n'] = true, ['\r'] = true};
static const bool special_tabs[256] = {['\t'] = true, ['"'] = true, ['\n'] = true, ['\r'] = true};

static bool at_byte(const Csv *csv, char byte) {
    return csv->at < csv->bytes.size && csv->bytes.data[csv->at] == byte;
}

static bool at_line_end(const Csv *csv) { return at_byte(csv, '\n') || at_byte(csv, '\r'); }

static void take_line_end(Csv *csv) {
    csv->at = lines_behind(csv->bytes, csv->at);
    csv->line++;
}

static void note_fault(Csv *csv, MessageId fault, size_t at) {
    if (csv->fault_at != NOWHERE) return;
    csv->fault = fault;
    csv->fault_at = at;
}

static void add_cell(Csv *csv, Str text, size_t offset) {
    if (csv->count == csv->capacity) {
        csv->capacity = memory_growth(csv->capacity, csv->count + 1);
        csv->cells = memory_resize(csv->cells, csv->capacity, sizeof *csv->cells);
    }
    csv->cells[csv->count++] = (Cell){text, offset, csv->at - offset, false};
}

/* The next byte that means something, or the end. */
static size_t find_special(const Csv *csv, size_t at) {
    const unsigned char *data = (const unsigned char *)csv->bytes.data;
    const bool *stops = csv->special;
    size_t size = csv->bytes.size;
    for (; at + 4 <= size; at += 4) {
        if (stops[data[at]]) return at;
        if (stops[data[at + 1]]) return at + 1;
        if (stops[data[at + 2]]) return at + 2;
        if (stops[data[at + 3]]) return at + 3;
    }
    while (at < size && !stops[data[at]]) at++;
    return at;
}

static void skip_to(Csv *csv, bool stop_at_quote) {
    csv->at = find_special(csv, csv->at);
    while (!stop_at_quote && at_byte(csv, '"')) csv->at = find_special(csv, csv->at + 1);
}

static void read_unquoted(Csv *csv) {
    size_t from = csv->at;
    skip_to(csv, true);
    if (at_byte(csv, '"')) {
        note_fault(csv, MESSAGE_STRAY_QUOTE, csv->at);
        skip_to(csv, false);
    }
    add_cell(csv, str_slice(csv->bytes, from, csv->at), from);
}

/* `text` with each doubled quote made one; every quote in it is doubled. */
static Str unescape(Csv *csv, Str text, size_t pairs) {
    char *out = arena_new(&csv->arena, text.size - pairs, 1);
    size_t size = 0;
    for (size_t at = 0; at < text.size;) {
        size_t end = str_find(text, '"', at);
        size_t taken = end < text.size ? end + 1 - at : end - at;
        memcpy(out + size, text.data + at, taken);
        size += taken;
        at = end + 2;
    }
    return (Str){out, size};
}

static uint32_t count_breaks(Str text) {
    uint32_t breaks = 0;
    for (size_t at = lines_end(text, 0); at < text.size; at = lines_end(text, lines_behind(text, at)))
        breaks++;
    return breaks;
}

/* Moves behind the quote that closes the cell and counts the doubled ones before it; false without one. */
static bool find_closing(Csv *csv, size_t *pairs) {
    for (;;) {
        csv->at = str_find(csv->bytes, '"', csv->at);
        if (csv->at >= csv->bytes.size) return false;
        csv->at++;
        if (!at_byte(csv, '"')) return true;
        csv->at++;
        ++*pairs;
    }
}

static void read_quoted(Csv *csv) {
    size_t quote = csv->at++;
    size_t pairs = 0;
    if (!find_closing(csv, &pairs)) {
        csv->open_at = quote;
        return;
    }
    Str text = str_slice(csv->bytes, quote + 1, csv->at - 1);
    uint32_t breaks = count_breaks(text);
    bool text_behind = csv->at < csv->bytes.size && !at_byte(csv, csv->separator) && !at_line_end(csv);
    if (text_behind && breaks > 0) {
        /* The quote met on a later line opens another cell: this one was never closed. Go on with the next
         * line. */
        note_fault(csv, MESSAGE_UNCLOSED_QUOTE, quote);
        csv->at = lines_end(csv->bytes, quote);
        add_cell(csv, str_slice(csv->bytes, quote + 1, csv->at), quote);
        return;
    }
    csv->line += breaks;
    if (pairs > 0) text = unescape(csv, text, pairs);
    if (text_behind) {
        note_fault(csv, MESSAGE_TEXT_AFTER_QUOTE, csv->at);
        skip_to(csv, false);
    }
    add_cell(csv, text, quote);
}

static bool take_separator(Csv *csv) {
    if (!at_byte(csv, csv->separator)) return false;
    csv->at++;
    return true;
}

static void read_cells(Csv *csv) {
    csv->count = 0;
    csv->fault_at = csv->open_at = NOWHERE;
    do {
        if (at_byte(csv, '"')) {
            read_quoted(csv);
        } else {
            read_unquoted(csv);
        }
    } while (take_separator(csv));
}

static void add_bad_byte(const Csv *csv, const Place *place, size_t at, Diag *diag) {
    char byte[8], offset[24];
    if (csv->bytes.data[at] == '\0') {
        diag_add_plain(diag, MESSAGE_NUL_CHARACTER, place);
        return;
    }
    snprintf(byte, sizeof byte, "0x%02x", (unsigned)(unsigned char)csv->bytes.data[at]);
    snprintf(offset, sizeof offset, "%zu", at);
    diag_add(diag, MESSAGE_BAD_UTF8, place, str_of(byte), str_of(offset));
}

/* Most bytes of the row that are not ASCII are not UTF-8 either: not a slip, but another encoding. */
static bool is_other_encoding(Str row) {
    size_t foreign = 0, bad = 0;
    for (size_t at = 0; at < row.size; at++) foreign += (unsigned char)row.data[at] >= 0x80;
    for (size_t at = text_invalid(row); at < row.size; at += text_invalid(str_slice(row, at, row.size))) {
        bad++;
        at++;
    }
    return foreign > 3 && 2 * bad > foreign;
}

/* Reports the faults of the row that begins at `start`: at most one, and besides it a quote that is never
 * closed, since that ends the reading. */
static void report(const Csv *csv, size_t start, size_t bad, uint32_t line, Diag *diag) {
    LineCursor cursor = lines_begin(csv->bytes, start, line);
    if (bad != NOWHERE) {
        Place place = lines_place(&cursor, csv->table.file, bad, 1);
        add_bad_byte(csv, &place, bad, diag);
    } else if (csv->fault_at != NOWHERE) {
        Place place = lines_place(&cursor, csv->table.file, csv->fault_at, 1);
        diag_add_plain(diag, csv->fault, &place);
    }
    if (csv->open_at != NOWHERE) {
        Place place = lines_place(&cursor, csv->table.file, csv->open_at, 1);
        diag_add_plain(diag, MESSAGE_UNCLOSED_QUOTE, &place);
    }
}

/* No text: not UTF-8, or NUL. */
static size_t find_bad_byte(const Csv *csv, size_t start) {
    Str row = str_slice(csv->bytes, start, csv->open_at != NOWHERE ? csv->open_at : csv->at);
    size_t bad = str_find(row, '\0', 0), invalid = text_invalid(row);
    if (invalid < bad) bad = invalid;
    return bad < row.size ? start + bad : NOWHERE;
}

static TableStep csv_next(Table *table, Row *row, Diag *diag) {
    Csv *csv = (Csv *)table;
    while (at_line_end(csv)) take_line_end(csv);
    if (csv->at >= csv->bytes.size) return TABLE_END;
    size_t start = csv->at;
    uint32_t line = csv->line;
    read_cells(csv);
    size_t bad = csv->sound ? NOWHERE : find_bad_byte(csv, start);
    if (at_line_end(csv)) take_line_end(csv);
    *row = (Row){csv->cells, csv->count, line};
    if (bad == NOWHERE && csv->fault_at == NOWHERE && csv->open_at == NOWHERE) return TABLE_ROW;
    report(csv, start, bad, line, diag);
    if (bad != NOWHERE && is_other_encoding(str_slice(csv->bytes, start, csv->at))) {
        diag_hint_plain(diag, TEXT_HINT_ENCODING);
        csv->at = csv->bytes.size; /* every row would be wrong in the same way */
    }
    return TABLE_FAULT;
}

static Place csv_place(const Table *table, const Row *row, size_t cell) {
    const Csv *csv = (const Csv *)table;
    LineCursor cursor = lines_begin(csv->bytes, row->cells[0].offset, row->line);
    if (cell < row->count)
        return lines_place(&cursor, table->file, row->cells[cell].offset, row->cells[cell].size);
    const Cell *last = &row->cells[row->count - 1];
    return lines_place(&cursor, table->file, last->offset + last->size, 0);
}

static void csv_close(Table *table) {
    Csv *csv = (Csv *)table;
    arena_release(&csv->arena);
    memory_free(csv->cells);
    memory_free(csv);
}

static const TableReader csv_reader = {csv_next, csv_place, csv_close};

/* Larger texts are looked at row by row, while they are at hand. */
#define LOOKED_AT_WHOLE ((size_t)256 * 1024)

static bool is_sound(Str bytes) {
    return bytes.size <= LOOKED_AT_WHOLE && str_find(bytes, '\0', 0) == bytes.size &&
           text_invalid(bytes) >= bytes.size;
}

static Table *open_csv(Str file, Str bytes, char separator, const bool *stops) {
    Csv *csv = memory_new(1, sizeof *csv);
    csv->table = (Table){&csv_reader, file, bytes.size};
    csv->bytes = bytes;
    csv->at = str_starts(bytes, STR("\xef\xbb\xbf")) ? 3 : 0;
    csv->line = 1;
    csv->separator = separator;
    csv->special = stops;
    csv->sound = is_sound(bytes);
    return &csv->table;
}

Table *csv_open(Str file, Str bytes) { return open_csv(file, bytes, ',', special); }

Table *csv_open_tabs(Str file, Str bytes) { return open_csv(file, bytes, '\t', special_tabs); }

bool csv_has_tabs(Str bytes) {
    Str line = str_slice(bytes, 0, lines_end(bytes, 0));
    size_t tabs = 0, commas = 0;
    for (size_t at = 0; at < line.size; at++) {
        tabs += line.data[at] == '\t';
        commas += line.data[at] == ',';
    }
    return tabs > commas;
}

static bool needs_quotes(Str text) {
    if (text.size == 0) return false;
    for (size_t at = 0; at < text.size; at++)
        if (special[(unsigned char)text.data[at]]) return true;
    return str_trim(text).size < text.size;
}

static void add_quoted(Buffer *out, Str text) {
    buffer_add_char(out, '"');
    for (size_t at = 0; at < text.size;) {
        size_t end = str_find(text, '"', at);
        buffer_add(out, str_slice(text, at, end));
        if (end < text.size) buffer_add(out, STR("\"\""));
        at = end + 1;
    }
    buffer_add_char(out, '"');
}

void csv_add_cell(Buffer *out, Str text) {
    if (needs_quotes(text)) {
        add_quoted(out, text);
    } else {
        buffer_add(out, text);
    }
}

static bool looks_like_formula(Str text) {
    if (text.size == 0) return false;
    if (text.data[0] == '\t' || text.data[0] == '\r') return true;
    Str inner = str_trim(text);
    return inner.size > 0 && memchr("=+-@", inner.data[0], 4) != NULL;
}

void csv_add_name(Buffer *out, Str text, bool formulas) {
    (formulas ? csv_add_cell : csv_add_text)(out, text);
}

void csv_add_text(Buffer *out, Str text) {
    if (plain_csv(text)) {
        buffer_add(out, text);
        return;
    }
    if (!looks_like_formula(text)) {
        csv_add_cell(out, text);
        return;
    }
    Buffer guarded = {0};
    buffer_add_char(&guarded, '\'');
    buffer_add(&guarded, text);
    csv_add_cell(out, buffer_view(&guarded));
    buffer_release(&guarded);
}
