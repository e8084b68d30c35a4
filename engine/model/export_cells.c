#include "model/export_cells.h"

#include "base/memory.h"
#include "io/csv.h"
#include "io/json.h"
#include "io/plain.h"
#include "model/results_build.h"

#include <assert.h>
#include <string.h>

/* Words of a column that are made ready at most. */
#define READY_WORDS ((size_t)16 * 1024)
/* Bytes that a short word is copied in, whatever its size. */
#define SHORT_WORD ((size_t)32)

Pen pen_begin(Buffer *out) {
    char *at = buffer_reserve(out, 1);
    return (Pen){.out = out, .at = at, .end = out->data + out->capacity};
}

/* Behind what others added. */
static void pen_go_on(Pen *pen) {
    const RowRates *rates = pen->rates;
    *pen = pen_begin(pen->out);
    pen->rates = rates;
}

void pen_end(Pen *pen) { pen->out->size = (size_t)(pen->at - pen->out->data); }

void pen_grow(Pen *pen, size_t size) {
    pen_end(pen);
    pen->at = buffer_reserve(pen->out, size);
    pen->end = pen->out->data + pen->out->capacity;
}

void pen_add(Pen *pen, Str text) {
    pen_room(pen, text.size);
    if (text.size) memcpy(pen->at, text.data, text.size);
    pen->at += text.size;
}

/* ---- words */

/* Adds what the text holds behind the last word as a word. */
static void end_word(Wordlist *list) {
    if (list->count + 2 > list->capacity) {
        list->capacity = memory_growth(list->capacity, list->count + 2);
        list->starts = memory_resize(list->starts, list->capacity, sizeof *list->starts);
        if (list->count == 0) list->starts[0] = 0;
    }
    list->starts[++list->count] = (uint32_t)list->text.size;
    memset(buffer_reserve(&list->text, SHORT_WORD), 0, SHORT_WORD);
}

static void wordlist_release(Wordlist *list) {
    buffer_release(&list->text);
    memory_free(list->starts);
}

static inline void put_word(Pen *pen, const Wordlist *list, size_t number) {
    size_t from = list->starts[number], size = list->starts[number + 1] - from;
    pen_room(pen, size + SHORT_WORD);
    if (size <= SHORT_WORD)
        memcpy(pen->at, list->text.data + from, SHORT_WORD);
    else
        memcpy(pen->at, list->text.data + from, size);
    pen->at += size;
}

static void add_text(const RowCell *cell, Buffer *out, Str text) {
    if (cell->json)
        json_add_text(out, text);
    else
        csv_add_name(out, text, results_plan(cell->results)->formulas);
}

/* Ready: with what stands before it; text.data NULL: nothing, in JSON null. */
static void add_ready(RowCell *cell, Str text) {
    Buffer *out = &cell->words.text;
    buffer_add(out, (Str){cell->before, cell->before_size});
    if (text.data)
        add_text(cell, out, text);
    else
        buffer_add(out, cell->none);
    end_word(&cell->words);
}

static RowCell begin_cell(RowCellKind kind, const Results *results, Str before, bool json) {
    RowCell cell = {.kind = kind,
                    .json = json,
                    .none = json ? STR("null") : STR(""),
                    .before_size = before.size,
                    .results = results};
    assert(before.size <= sizeof cell.before);
    memcpy(cell.before, before.data, before.size);
    return cell;
}

RowCell cell_of_column(const Results *results, size_t column, Str before, bool json) {
    const Dataset *dataset = results_dataset(results);
    RowCell cell = begin_cell(ROW_NOTHING, results, before, json);
    cell.texts = dataset_words(dataset, column);
    cell.numbers = dataset_numbers(dataset, column);
    if (cell.numbers) cell.kind = ROW_NUMBER;
    if (!cell.texts) return cell;
    size_t count = cell.texts->word_count, bytes = 0;
    for (size_t i = 0; i < count && count <= READY_WORDS; i++) bytes += cell.texts->words[i].size;
    bool few = count <= READY_WORDS && bytes <= UINT32_MAX / 16;
    cell.kind = few ? ROW_WORD : ROW_TEXT;
    for (size_t i = 0; i < count && few; i++) {
        Str word = cell.texts->words[i];
        add_ready(&cell, word.size ? word : STR(""));
    }
    return cell;
}

RowCell cell_of_rate(const Results *results, Level level, Str before, bool json) {
    RowCell cell = begin_cell(ROW_RATE, results, before, json);
    cell.level = level;
    return cell;
}

RowCell cell_of_band(const Results *results, Level level, Str before, bool json) {
    const Verdicts *verdicts = &results_plan(results)->verdicts[level];
    RowCell cell = begin_cell(ROW_BAND, results, before, json);
    cell.level = level;
    for (size_t i = 0; i < verdicts->count; i++) add_ready(&cell, verdicts->bands[i].key);
    add_ready(&cell, (Str){NULL, 0});
    return cell;
}

RowCell cell_of_missing(const Results *results, Str before, bool json) {
    RowCell cell = begin_cell(ROW_MISSING, results, before, json);
    add_ready(&cell, (Str){NULL, 0});
    for (Missing reason = MISSING_NONE + 1; reason < MISSING_COUNT; reason++)
        add_ready(&cell, str_of(missing_name(reason)));
    return cell;
}

void cell_release(RowCell *cell) { wordlist_release(&cell->words); }

/* ---- one cell of one row */

static inline void put_before(const RowCell *cell, Pen *pen) {
    pen_room(pen, sizeof cell->before);
    memcpy(pen->at, cell->before, sizeof cell->before);
    pen->at += cell->before_size;
}

static void put_slowly(const RowCell *cell, Str text, Pen *pen) {
    pen_end(pen);
    add_text(cell, pen->out, text);
    pen_go_on(pen);
}

static void put_text(const RowCell *cell, size_t row, Pen *pen) {
    Str text = cell->texts->words[text_id(cell->texts, row)];
    put_before(cell, pen);
    if (!(cell->json ? plain_json : plain_csv)(text)) {
        put_slowly(cell, text, pen);
        return;
    }
    if (cell->json) pen_add_char(pen, '"');
    pen_add(pen, text);
    if (cell->json) pen_add_char(pen, '"');
}

static void put_number(const RowCell *cell, size_t row, Pen *pen) {
    const NumberColumn *numbers = cell->numbers;
    put_before(cell, pen);
    if (numbers->scale[row] <= DIGITS_PLACES) {
        pen_room(pen, DIGITS_ROOM);
        pen->at = digits_put_short(pen->at, number_digits(numbers, row), numbers->scale[row]);
        return;
    }
    Decimal number;
    if (dataset_number(numbers, row, &number) != MISSING_NONE) {
        pen_add(pen, cell->none);
        return;
    }
    pen_end(pen);
    decimal_write_canonical(pen->out, &number);
    pen_go_on(pen);
}

static Guess guess_unit(const RowCell *cell, size_t unit, const Pen *pen) {
    const RowRates *rates = cell->level == LEVEL_INDICATOR ? pen->rates : NULL;
    if (!rates) return results_guess(cell->results, cell->level, unit);
    size_t at = unit - rates->first;
    return (Guess){rates->value[at], rates->error[at], (Missing)rates->missing[at]};
}

static Missing row_missing(const RowCell *cell, size_t row, const Pen *pen) {
    return pen->rates ? (Missing)pen->rates->missing[row - pen->rates->first]
                      : results_row_missing(cell->results, row);
}

static void put_rate(const RowCell *cell, size_t unit, Pen *pen) {
    Guess guess = guess_unit(cell, unit, pen);
    int64_t millionths;
    put_before(cell, pen);
    pen_room(pen, DIGITS_ROOM);
    if (guess.missing == MISSING_NONE && decimal_round_millionths(guess.value, guess.error, &millionths)) {
        pen->at = digits_put_short(pen->at, millionths, 6);
        return;
    }
    pen_end(pen);
    size_t before = pen->out->size;
    results_write_unit(cell->results, cell->level, unit, pen->out);
    if (pen->out->size == before) buffer_add(pen->out, cell->none);
    pen_go_on(pen);
}

static void put_band(const RowCell *cell, size_t unit, Pen *pen) {
    const Verdicts *verdicts = &results_plan(cell->results)->verdicts[cell->level];
    const Band *band = results_band(cell->results, cell->level, unit);
    put_word(pen, &cell->words, band ? (size_t)(band - verdicts->bands) : verdicts->count);
}

void cell_put(const RowCell *cell, size_t row, size_t project, Pen *pen) {
    size_t unit = cell->level == LEVEL_PROJECT ? project : row;
    switch (cell->kind) {
    case ROW_NOTHING:
        put_before(cell, pen);
        pen_add(pen, cell->none);
        break;
    case ROW_WORD:
        put_word(pen, &cell->words, text_id(cell->texts, row));
        break;
    case ROW_TEXT:
        put_text(cell, row, pen);
        break;
    case ROW_NUMBER:
        put_number(cell, row, pen);
        break;
    case ROW_RATE:
        put_rate(cell, unit, pen);
        break;
    case ROW_BAND:
        put_band(cell, unit, pen);
        break;
    case ROW_MISSING:
        put_word(pen, &cell->words, (size_t)row_missing(cell, row, pen));
        break;
    }
}
