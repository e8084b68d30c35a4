#include "model/load.h"

#include "base/memory.h"
#include "base/text.h"
#include "model/dataset_build.h"
#include "model/heading.h"
#include "model/periods.h"
#include "model/revisions.h"

#include <string.h>

/* Unusual numbers of one column that are shown one by one; the rest is counted. */
#define LENIENT_SHOWN 3

typedef struct Loader {
    Table *table;
    const LoadOptions *options;
    InputLimits limits;
    Dataset *dataset;
    size_t *lenient; /* unusual numbers, a column; NULL before the header was read */
    Arena scratch;   /* texts of long numbers, until the dataset has copied them */
    Diag *diag;
    bool failed;
} Loader;

/* The place of a cell, for a message of that severity. Unknown where the message will only be counted:
 * finding places would take most of the time for a file that is wrong throughout. */
static Place place_for(const Loader *loader, Severity severity, const Row *row, size_t cell) {
    if (!diag_keeps(loader->diag, severity)) return (Place){.file = loader->table->file};
    return table_place(loader->table, row, cell);
}

static Place place_of(const Loader *loader, const Row *row, size_t cell) {
    return place_for(loader, SEVERITY_ERROR, row, cell);
}

/* Most texts have no blanks around them. */
static Str trimmed(Str text) {
    bool plain =
        text.size > 0 && (unsigned char)text.data[0] > ' ' && (unsigned char)text.data[text.size - 1] > ' ';
    return plain ? text : str_trim(text);
}

static Str number_text(Arena *arena, size_t number) { return arena_format(arena, "%zu", number); }

static void add_limit_fault(Loader *loader, MessageId message, const Place *place, Str column, size_t found,
                            size_t limit) {
    Arena texts = {0};
    diag_add(loader->diag, message, place, column, number_text(&texts, found), number_text(&texts, limit));
    arena_release(&texts);
    loader->failed = true;
}

static void add_count_fault(Loader *loader, MessageId message, const Place *place, size_t found,
                            size_t limit) {
    Arena texts = {0};
    diag_add(loader->diag, message, place, number_text(&texts, found), number_text(&texts, limit));
    arena_release(&texts);
    loader->failed = true;
}

static void add_fault(Loader *loader, MessageId message, const Place *place, Str argument) {
    diag_add(loader->diag, message, place, argument);
    loader->failed = true;
}

static bool is_named_number(const Loader *loader, Str name) {
    size_t count = loader->options ? loader->options->number_column_count : 0;
    for (size_t i = 0; i < count; i++)
        if (str_equal(loader->options->number_columns[i], name)) return true;
    return false;
}

/* Another usual name of a column, where no cell has its own name. */
static bool is_other_name(const Row *row, Str name, ColumnId *id) {
    if (!heading_column(name, id)) return false;
    for (size_t i = 0; i < row->count; i++) {
        ColumnId other;
        if (column_find(str_trim(row->cells[i].text), &other) && other == *id) return false;
    }
    return true;
}

/* The cell's name becomes the next column, also where it is wrong: cells and columns must keep the same
 * numbers. */
static void load_column(Loader *loader, const Row *row, size_t cell) {
    Str name = str_trim(row->cells[cell].text);
    ColumnId id = COLUMN_KNOWN;
    bool known = column_find(name, &id) || is_other_name(row, name, &id);
    if (!known) id = COLUMN_KNOWN;
    bool number = known ? column_info(id)->number : is_named_number(loader, name);
    size_t earlier;
    Place place = place_of(loader, row, cell);
    Arena texts = {0};
    if (name.size == 0) {
        add_fault(loader, MESSAGE_BLANK_COLUMN_NAME, &place, number_text(&texts, cell + 1));
    } else if (name.size > loader->limits.cell_bytes) {
        Str column = arena_format(&texts, "#%zu", cell + 1);
        add_limit_fault(loader, MESSAGE_CELL_TOO_LONG, &place, column, name.size, loader->limits.cell_bytes);
    } else if (known && id == COLUMN_ORIGINAL_TARGET) {
        add_fault(loader, MESSAGE_ORIGINAL_TARGET, &place, name);
    } else if (dataset_find_column(loader->dataset, known ? str_of(column_info(id)->name) : name, &earlier)) {
        add_fault(loader, MESSAGE_DUPLICATE_COLUMN, &place, name);
    }
    arena_release(&texts);
    dataset_add_column(loader->dataset, name, id, number);
}

/* A first line without any column that is needed is no line of names. */
static bool has_needed(const Loader *loader) {
    size_t column;
    for (ColumnId id = 0; id < COLUMN_KNOWN; id++)
        if (column_info(id)->required &&
            dataset_find_column(loader->dataset, str_of(column_info(id)->name), &column))
            return true;
    return false;
}

/* A column that may be the missing one, under another name. */
static void hint_renamed(const Loader *loader, const Row *row, const ColumnInfo *info) {
    Arena texts = {0};
    Str *others = arena_new(&texts, row->count, sizeof *others);
    size_t count = 0;
    for (size_t cell = 0; cell < row->count; cell++)
        if (dataset_column_id(loader->dataset, cell) == COLUMN_KNOWN)
            others[count++] = str_trim(row->cells[cell].text);
    Str near = text_nearest(str_of(info->label), others, count), name = str_of(info->label);
    if (!near.size) {
        near = text_nearest(str_of(info->name), others, count);
        name = str_of(info->name);
    }
    if (near.size) diag_hint(loader->diag, TEXT_HINT_RENAMED, near, name);
    arena_release(&texts);
}

/* What to do about a first line that is no line of names. */
static void hint_heading(const Loader *loader, const Row *row) {
    bool semicolons = row->count == 1 && memchr(row->cells[0].text.data, ';', row->cells[0].text.size);
    diag_hint_plain(loader->diag, semicolons ? TEXT_HINT_SEMICOLONS : TEXT_HINT_NO_HEADING);
}

static void check_required(Loader *loader, const Row *row) {
    bool heading = has_needed(loader), first = true;
    for (ColumnId id = 0; id < COLUMN_KNOWN; id++) {
        const ColumnInfo *info = column_info(id);
        size_t column;
        if (!info->required || dataset_find_column(loader->dataset, str_of(info->name), &column)) continue;
        Place place = place_of(loader, row, row->count);
        diag_add(loader->diag, MESSAGE_MISSING_COLUMN, &place, str_of(info->name), str_of(info->label));
        if (heading)
            hint_renamed(loader, row, info);
        else if (first)
            hint_heading(loader, row);
        first = false;
        loader->failed = true;
    }
}

/* True after MESSAGE_TOO_MANY_COLUMNS. */
static bool has_too_many_columns(Loader *loader, const Row *row) {
    if (row->count <= loader->limits.columns) return false;
    Place place = place_of(loader, row, loader->limits.columns);
    add_count_fault(loader, MESSAGE_TOO_MANY_COLUMNS, &place, row->count, loader->limits.columns);
    return true;
}

/* Of a small table about as many rows as it will have; others grow as they come. */
static size_t rows_expected(const Loader *loader) {
    size_t rows = loader->table->size / 96;
    return rows < 16 ? 16 : rows > 1024 ? 1024 : rows;
}

/* False when the header cannot be read, so that no row has a meaning. */
static bool load_header(Loader *loader) {
    Row row;
    TableStep step = table_next(loader->table, &row, loader->diag);
    Place file = {.file = loader->table->file};
    if (step != TABLE_ROW) loader->failed = true;
    if (step == TABLE_END) diag_add_plain(loader->diag, MESSAGE_EMPTY_FILE, &file);
    if (step != TABLE_ROW) return false;
    if (has_too_many_columns(loader, &row)) return false;
    for (size_t cell = 0; cell < row.count; cell++) load_column(loader, &row, cell);
    check_required(loader, &row);
    dataset_expect(loader->dataset, rows_expected(loader));
    loader->lenient = memory_new(row.count, sizeof *loader->lenient);
    return true;
}

/* What is wrong with a cell that is no number: the first that applies. */
static bool has_comma(Str text) { return memchr(text.data, ',', text.size) != NULL; }

static bool has_points(Str text) { return str_find(text, '.', str_find(text, '.', 0) + 1) < text.size; }

static bool ends_in_percent(Str text) { return str_ends(text, STR("%")) || str_ends(text, STR("％")); }

static bool is_anything(Str text) { return text.size > 0; }

static const struct {
    bool (*applies)(Str text);
    MessageId hint;
} number_hints[] = {
    {has_comma, TEXT_HINT_COMMA},
    {has_points, TEXT_HINT_POINTS},
    {ends_in_percent, TEXT_HINT_PERCENT},
    {is_anything, TEXT_HINT_NUMBER},
};

static void add_number_hint(Loader *loader, Str text) {
    size_t i = 0;
    while (!number_hints[i].applies(text)) i++;
    diag_hint_plain(loader->diag, number_hints[i].hint);
}

static size_t count_digits(Str text) {
    size_t digits = 0;
    for (size_t i = 0; i < text.size; i++) digits += text.data[i] >= '0' && text.data[i] <= '9';
    return digits;
}

static void warn_lenient(Loader *loader, const Place *place, Str column, Str text, const Decimal *number) {
    Buffer read = {0};
    decimal_write(&read, number);
    diag_add(loader->diag, MESSAGE_LENIENT_NUMBER, place, column, text, buffer_view(&read));
    buffer_release(&read);
}

static void add_number_fault(Loader *loader, const Place *place, Str column, Str text, DecimalParse parse) {
    if (parse == DECIMAL_TOO_LONG) {
        add_limit_fault(loader, MESSAGE_NUMBER_TOO_LONG, place, column, count_digits(text), DECIMAL_DIGITS);
        return;
    }
    diag_add(loader->diag, MESSAGE_NOT_A_NUMBER, place, column, text);
    add_number_hint(loader, text);
    loader->failed = true;
}

static void load_number(Loader *loader, const Row *row, size_t cell, Str text) {
    Decimal number;
    DecimalParse parse = decimal_parse(text, &number, &loader->scratch, NULL);
    if (parse == DECIMAL_PLAIN || parse == DECIMAL_LENIENT) dataset_set_number(loader->dataset, cell, number);
    if (parse != DECIMAL_PLAIN) {
        if (parse == DECIMAL_LENIENT && ++loader->lenient[cell] > LENIENT_SHOWN) goto done;
        Severity severity = parse == DECIMAL_LENIENT ? SEVERITY_WARNING : SEVERITY_ERROR;
        Place place = place_for(loader, severity, row, cell);
        Str column = dataset_column_name(loader->dataset, cell);
        if (parse == DECIMAL_LENIENT) {
            warn_lenient(loader, &place, column, text, &number);
        } else {
            add_number_fault(loader, &place, column, text, parse);
        }
    }
done:
    if (loader->scratch.last) arena_release(&loader->scratch);
}

/* The unusual numbers that were not shown. */
static void count_lenient(Loader *loader) {
    for (size_t i = 0; loader->lenient && i < dataset_columns(loader->dataset); i++) {
        if (loader->lenient[i] <= LENIENT_SHOWN) continue;
        Place file = {.file = loader->table->file};
        Arena texts = {0};
        diag_add(loader->diag, MESSAGE_LENIENT_NUMBERS, &file, dataset_column_name(loader->dataset, i),
                 number_text(&texts, loader->lenient[i] - LENIENT_SHOWN));
        arena_release(&texts);
    }
    memory_free(loader->lenient);
}

/* Whether the number, written by the program, would look otherwise. */
static bool is_written_otherwise(const Loader *loader, size_t cell, Str text) {
    Buffer plain = {0};
    dataset_add_written(loader->dataset, cell, dataset_rows(loader->dataset) - 1, &plain);
    bool otherwise = !str_equal(buffer_view(&plain), text);
    buffer_release(&plain);
    return otherwise;
}

/* A workbook's 0.785 that is shown as 78.5%: the number is 78.5, and it is said. */
static void load_percent(Loader *loader, const Row *row, size_t cell, Str text) {
    Decimal number;
    Str shown = str_slice(text, 0, text.size - 1);
    if (decimal_parse(shown, &number, &loader->scratch, NULL) > DECIMAL_LENIENT) {
        load_number(loader, row, cell, text);
        return;
    }
    dataset_set_number(loader->dataset, cell, number);
    if (++loader->lenient[cell] <= LENIENT_SHOWN) {
        Place place = place_for(loader, SEVERITY_WARNING, row, cell);
        warn_lenient(loader, &place, dataset_column_name(loader->dataset, cell), text, &number);
    }
    if (loader->scratch.last) arena_release(&loader->scratch);
}

static void load_number_cell(Loader *loader, const Row *row, size_t cell, Str text) {
    if (row->cells[cell].percent && text.size) {
        load_percent(loader, row, cell, text);
        return;
    }
    Missing reason = absence_of(loader->options ? loader->options->absence : NULL, text);
    if (reason == MISSING_NONE)
        load_number(loader, row, cell, text);
    else
        dataset_set_missing(loader->dataset, cell, reason);
    if (loader->options && loader->options->keep_written && is_written_otherwise(loader, cell, text))
        dataset_set_written(loader->dataset, cell, text);
}

static void add_duplicate_id(Loader *loader, const Row *row, size_t cell, Str id) {
    Place place = place_of(loader, row, cell);
    /* Finding the first takes a walk over all rows, so it is done only for messages that are kept. */
    bool kept = place.line > 0;
    size_t first = kept ? dataset_first_equal(loader->dataset, cell) : 0;
    Arena texts = {0};
    diag_add(loader->diag, MESSAGE_DUPLICATE_ID, &place, id,
             number_text(&texts, dataset_line(loader->dataset, first)));
    arena_release(&texts);
    loader->failed = true;
}

/* A row whose first text is a word for a sum. */
static bool is_total(const Row *row) {
    static const char *const words[] = {"계", "합계", "소계", "총계", "누계", "total", "subtotal", "sum"};
    size_t cell = 0;
    while (cell < row->count && text_is_blank(row->cells[cell].text)) cell++;
    for (size_t i = 0; cell < row->count && i < sizeof words / sizeof *words; i++)
        if (text_same_folded(row->cells[cell].text, str_of(words[i]))) return true;
    return false;
}

static void add_blank_name(Loader *loader, const Row *row, size_t cell) {
    Place place = place_of(loader, row, cell);
    add_fault(loader, MESSAGE_BLANK_NAME, &place, dataset_column_name(loader->dataset, cell));
    if (is_total(row))
        diag_hint_plain(loader->diag, TEXT_HINT_TOTAL_ROW);
    else if (dataset_rows(loader->dataset) > 1 && dataset_column_id(loader->dataset, cell) < COLUMN_INDICATOR)
        diag_hint_plain(loader->diag, TEXT_HINT_MERGED);
}

/* As nearly all: it begins with a letter of ASCII or a syllable of Hangul. */
static bool is_plainly_seen(Str text) {
    unsigned char first = text.size ? (unsigned char)*text.data : 0;
    return (first > ' ' && first < 0x7F) || (first > 0xEA && first < 0xED);
}

static void load_text_cell(Loader *loader, const Row *row, size_t cell, Str text) {
    bool is_new = dataset_set_text(loader->dataset, cell, text);
    ColumnId id = dataset_column_id(loader->dataset, cell);
    if (id <= COLUMN_INDICATOR && !is_plainly_seen(text) && text_is_blank(text))
        add_blank_name(loader, row, cell);
    size_t period;
    if (is_new || text.size == 0 || id != COLUMN_ID) return;
    bool periods = dataset_find_column(loader->dataset, STR("period"), &period); /* model/periods looks */
    if (!periods) add_duplicate_id(loader, row, cell, text);
}

static void load_cell(Loader *loader, const Row *row, size_t cell) {
    Str text = trimmed(row->cells[cell].text);
    if (text.size > loader->limits.cell_bytes) {
        Place place = place_of(loader, row, cell);
        Str column = dataset_column_name(loader->dataset, cell);
        add_limit_fault(loader, MESSAGE_CELL_TOO_LONG, &place, column, text.size, loader->limits.cell_bytes);
    } else if (dataset_numbers(loader->dataset, cell)) {
        load_number_cell(loader, row, cell, text);
    } else {
        load_text_cell(loader, row, cell, text);
    }
}

/* Sheets that were printed repeat the column names on each page. */
static bool is_heading(const Loader *loader, const Row *row) {
    if (row->count != dataset_columns(loader->dataset)) return false;
    for (size_t cell = 0; cell < row->count; cell++)
        if (!str_equal(trimmed(row->cells[cell].text), dataset_column_name(loader->dataset, cell)))
            return false;
    return true;
}

static void load_row(Loader *loader, const Row *row) {
    if (is_heading(loader, row)) return;
    size_t expected = dataset_columns(loader->dataset);
    if (row->count != expected && !has_too_many_columns(loader, row)) {
        /* The first cell too many, or the end of the row, where one is missing. */
        Place place = place_of(loader, row, expected);
        add_count_fault(loader, MESSAGE_CELL_COUNT, &place, row->count, expected);
    }
    if (row->count != expected) return;
    dataset_add_row(loader->dataset, row->line);
    for (size_t cell = 0; cell < expected; cell++) load_cell(loader, row, cell);
}

static void add_row_limit(Loader *loader, const Row *row) {
    Place place = place_of(loader, row, 0);
    Arena texts = {0};
    add_fault(loader, MESSAGE_TOO_MANY_ROWS, &place, number_text(&texts, loader->limits.rows));
    arena_release(&texts);
}

/* Every few thousand rows. */
static void tell(const Loader *loader, const Row *row) {
    const CrewWatch *watch = loader->options ? loader->options->watch : NULL;
    if (!watch || dataset_rows(loader->dataset) % 4096 != 0) return;
    watch->step(watch->context, row->cells[0].offset, loader->table->size);
}

/* Without a header, rows are only read for the reader's own faults. */
static void load_rows(Loader *loader, bool has_header) {
    Row row;
    TableStep step;
    while ((step = table_next(loader->table, &row, loader->diag)) != TABLE_END) {
        if (step == TABLE_FAULT) loader->failed = true;
        if (step == TABLE_FAULT || !has_header) continue;
        if (dataset_rows(loader->dataset) == loader->limits.rows) {
            add_row_limit(loader, &row);
            return;
        }
        load_row(loader, &row);
        tell(loader, &row);
    }
}

Dataset *load_finish(Dataset *dataset, Diag *diag) {
    dataset_finish(dataset);
    bool sound = periods_check(dataset, diag);
    if (revisions_check(dataset, diag) && sound) return dataset;
    dataset_free(dataset);
    return NULL;
}

Dataset *dataset_load(Table *table, const LoadOptions *options, Diag *diag) {
    Loader loader = {.table = table, .options = options, .dataset = dataset_new(table->file), .diag = diag};
    loader.limits = input_limits(options ? options->limits : NULL);
    load_rows(&loader, load_header(&loader));
    if (!loader.failed && dataset_rows(loader.dataset) == 0) {
        Place file = {.file = table->file};
        diag_add_plain(diag, MESSAGE_NO_ROWS, &file);
        loader.failed = true;
    }
    count_lenient(&loader);
    arena_release(&loader.scratch);
    if (!loader.failed) return load_finish(loader.dataset, diag);
    dataset_free(loader.dataset);
    return NULL;
}
