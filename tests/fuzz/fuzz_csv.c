/* CSV: cells within the file, the same cells when they are written and read again, and the two ways to a
 * dataset (model/load, model/intake) compared. */
#include <stddef.h>

static size_t unit_size = 64, least;
#define CUT_UNIT     unit_size
#define INTAKE_LEAST least
#include "io/cut.c"
#include "model/intake.c"

#include "datasettext.h"
#include "faults.h"
#include "fuzz.h"
#include "io/csv.h"

static const Str file_name = {"x.csv", 5};

static void add_cells(Buffer *out, const Row *row) {
    for (size_t i = 0; i < row->count; i++) {
        buffer_addf(out, "%zu:", row->cells[i].text.size);
        buffer_add(out, row->cells[i].text);
    }
    buffer_add_char(out, '\n');
}

static void check_row(const Table *table, const Row *row, Str bytes, uint32_t *line) {
    require(row->count > 0, "a row without cells");
    require(row->line > *line, "line %u behind line %u", row->line, *line);
    *line = row->line;
    size_t behind = 0;
    for (size_t i = 0; i < row->count; i++) {
        const Cell *cell = &row->cells[i];
        require(cell->offset >= behind && cell->size <= bytes.size - cell->offset, "cell %zu", i);
        require(cell->text.size <= cell->size, "cell %zu is longer than its bytes", i);
        behind = cell->offset + cell->size;
        Place place = table_place(table, row, i);
        require(place.line >= row->line && place.column > 0, "place %u:%u", place.line, place.column);
    }
    table_place(table, row, row->count);
}

/* The cells of all rows that can be read to `cells`, and as a file to `file`. False after a fault. */
static bool read_all(Str bytes, Buffer *cells, Buffer *file) {
    Diag *diag = diag_new();
    Table *table = csv_open(file_name, bytes);
    Row row;
    TableStep step;
    uint32_t line = 0;
    bool good = true;
    while ((step = table_next(table, &row, diag)) != TABLE_END) {
        good &= step == TABLE_ROW;
        if (step != TABLE_ROW) continue;
        check_row(table, &row, bytes, &line);
        add_cells(cells, &row);
        for (size_t i = 0; i < row.count; i++) {
            if (i > 0) buffer_add_char(file, ',');
            csv_add_cell(file, row.cells[i].text);
        }
        buffer_add_char(file, '\n');
    }
    require(good == !diag_has_errors(diag), "a fault without a message, or the other way round");
    require_plain_messages(diag);
    table_close(table);
    diag_free(diag);
    return good;
}

static void check_again(Str bytes) {
    Buffer cells = {0}, file = {0}, same = {0}, again = {0};
    /* a first cell may begin with a byte order mark, which a file without one would lose */
    buffer_add(&file, STR("\xef\xbb\xbf"));
    buffer_add(&again, STR("\xef\xbb\xbf"));
    if (read_all(bytes, &cells, &file)) {
        /* A row of one empty cell is an empty line: it comes from quotes only, and is not read again. */
        bool good = read_all(buffer_view(&file), &same, &again);
        bool empty_rows = strstr(buffer_text(&cells), "0:\n") != NULL;
        require(good, "what was written cannot be read: %s", buffer_text(&file));
        require(empty_rows || str_equal(buffer_view(&cells), buffer_view(&same)), "%s became %s",
                buffer_text(&cells), buffer_text(&same));
        require(empty_rows || str_equal(buffer_view(&file), buffer_view(&again)), "%s became %s",
                buffer_text(&file), buffer_text(&again));
    }
    buffer_release(&cells);
    buffer_release(&file);
    buffer_release(&same);
    buffer_release(&again);
}

static void add_loaded(Buffer *out, Dataset *dataset, const Diag *diag) {
    require((dataset == NULL) == diag_has_errors(diag), "a dataset after errors, or none without");
    if (dataset) add_dataset(out, dataset);
    faults_add(out, diag);
    require_plain_messages(diag);
    dataset_free(dataset);
}

static void compare_ways(Str bytes, const LoadOptions *options) {
    Buffer general = {0}, fast = {0};
    Diag *diag = diag_new(), *fast_diag = diag_new();
    const File file = {.path = file_name, .bytes = bytes};
    Dataset *dataset;
    if (intake_load(&file, options, 1, &dataset, fast_diag)) {
        add_loaded(&fast, dataset, fast_diag);
        Table *table = csv_open(file_name, bytes);
        add_loaded(&general, dataset_load(table, options, diag), diag);
        table_close(table);
        require(str_equal(buffer_view(&fast), buffer_view(&general)), "fast:\n%s\ngeneral:\n%s",
                buffer_text(&fast), buffer_text(&general));
    } else {
        require(diag_count(fast_diag) == 0, "declined with a message");
        Table *table = csv_open(file_name, bytes);
        add_loaded(&general, dataset_load(table, options, diag), diag);
        table_close(table);
    }
    buffer_release(&general);
    buffer_release(&fast);
    diag_free(diag);
    diag_free(fast_diag);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Str bytes = {(const char *)data, size};
    const LoadOptions options = {.keep_written = size % 2 != 0};
    check_again(bytes);
    unit_size = size % 3 == 0 ? 64 : 4096;
    compare_ways(bytes, &options);
    return 0;
}
