#include "model/form.h"

#include "io/csv.h"
#include "io/cut.h"
#include "model/dataset_build.h"

/* What model/load accepts here is a file that it would begin to read. */
static Dataset *load_sample(Str text, size_t body, const LoadOptions *options) {
    Diag *ignored = diag_new();
    Table *table = csv_open(STR(""), str_slice(text, 0, cut_line(text, body)));
    Dataset *sample = dataset_load(table, options, ignored);
    table_close(table);
    diag_free(ignored);
    return sample;
}

static void find_roles(Form *form) {
    StretchForm *stretch = &form->stretch;
    stretch->columns = dataset_columns(form->sample);
    stretch->roles = arena_new(&form->arena, stretch->columns, sizeof *stretch->roles);
    stretch->filled = arena_new(&form->arena, stretch->columns, sizeof *stretch->filled);
    for (size_t column = 0; column < stretch->columns; column++) {
        ColumnId id = dataset_column_id(form->sample, column);
        stretch->roles[column] = dataset_numbers(form->sample, column) ? CELL_NUMBER : CELL_SKIPPED;
        stretch->filled[column] = id <= COLUMN_INDICATOR;
        if (id == COLUMN_BUREAU) stretch->names[LEVEL_BUREAU] = column;
        if (id == COLUMN_DEPARTMENT) stretch->names[LEVEL_DEPARTMENT] = column;
        if (id == COLUMN_PROJECT) stretch->names[LEVEL_PROJECT] = column;
    }
}

/* A word of absence that looks like a number is one that the fast way would take for a number. */
static bool absence_is_plain(const Absence *absence) {
    bool plain = true;
    for (size_t i = 0; absence && i < absence->count && plain; i++) {
        Decimal number;
        Arena scratch = {0};
        plain = decimal_parse(absence->words[i].word, &number, &scratch, NULL) > DECIMAL_LENIENT;
        arena_release(&scratch);
    }
    return plain;
}

/* A carriage return within the header ends a line for model/load, and none for cut_line. */
static bool header_is_plain(Str header) {
    size_t at = str_find(header, '\r', 0);
    return at == header.size || str_equal(str_slice(header, at, header.size), STR("\r\n"));
}

bool form_begin(Form *form, Str text, const LoadOptions *options) {
    *form = (Form){.stretch.absence = options ? options->absence : NULL,
                   .stretch.limits = input_limits(options ? options->limits : NULL)};
    form->body = cut_line(text, str_starts(text, STR("\xef\xbb\xbf")) ? 3 : 0);
    if (form->body < STRETCH_LEAD || form->body == text.size) return false;
    if (!header_is_plain(str_slice(text, 0, form->body))) return false;
    if (!absence_is_plain(form->stretch.absence)) return false;
    form->sample = load_sample(text, form->body, options);
    if (form->sample) find_roles(form);
    return form->sample != NULL;
}

void form_end(Form *form) {
    dataset_free(form->sample);
    arena_release(&form->arena);
    *form = (Form){0};
}
