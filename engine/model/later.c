#include "model/later.h"

#include "base/memory.h"
#include "model/results_build.h"

#include <string.h>

void later_end(Later *later) {
    Stretch *stretch = &later->pass.stretch;
    /* the dictionaries are those of the other pass */
    for (size_t column = 0; stretch->form && column < stretch->form->columns; column++)
        stretch->words[column].words.words = NULL;
    if (later->pass.bound) pass_end(&later->pass);
    memory_free(later->places);
    memory_free(later->rows);
    *later = (Later){0};
}

static uint32_t function_of(const Pass *pass, size_t number) {
    return number == RESULTS_NO_CASE ? 0 : results_case(pass->bound->plan, number)->function;
}

/* Whether any function of a waiting row answers from afar. */
static bool asks_far(const Pass *pass) {
    const RowAskers *askers = pass->askers;
    bool far = false;
    if (!askers || !askers->is_far) return false;
    for (size_t number = 0; number < pass->bound->case_count && !far; number++) {
        uint32_t function = function_of(pass, number);
        bool waits = function && (pass->waiting_mixed || pass->waiting_case == number);
        far = waits && askers->is_far(askers->context, pass->asker, function);
    }
    return far;
}

/* The first questions are asked at once: they may find that the file must be read in another way. */
bool later_wanted(const Pass *pass) {
    bool few = pass->waiting_count > 0 && pass->waiting_count < LATER_QUESTIONS;
    return few && pass->function_calls > 0 && asks_far(pass);
}

/* ---- putting aside */

static void begin(Later *later, const Pass *pass) {
    if (later->pass.bound) return;
    pass_begin(&later->pass, pass->bound);
    pass_ask(&later->pass, pass->askers, pass->asker);
}

static void make_columns(Stretch *stretch, size_t rows) {
    if (rows <= stretch->row_capacity) return;
    stretch->row_capacity = memory_growth(stretch->row_capacity, rows);
    for (size_t i = 0; i < stretch->form->columns; i++) {
        NumberColumn *numbers = &stretch->numbers[i];
        TextColumn *words = &stretch->words[i].words;
        if (stretch->form->roles[i] == CELL_NUMBER) {
            numbers->digits = memory_resize(numbers->digits, stretch->row_capacity, sizeof *numbers->digits);
            numbers->scale = memory_resize(numbers->scale, stretch->row_capacity, sizeof *numbers->scale);
        } else if (stretch->form->roles[i] == CELL_WORD) {
            words->ids = memory_resize(words->ids, stretch->row_capacity, sizeof *words->ids);
        }
    }
}

/* Room for one more run, and the end behind it. */
static void make_run(Later *later) {
    Stretch *stretch = &later->pass.stretch;
    if (stretch->run_count + 2 > stretch->run_capacity) {
        stretch->run_capacity = memory_growth(stretch->run_capacity, stretch->run_count + 2);
        stretch->runs = memory_resize(stretch->runs, stretch->run_capacity, sizeof *stretch->runs);
    }
    if (stretch->run_count + 1 > later->place_capacity) {
        later->place_capacity = memory_growth(later->place_capacity, stretch->run_count + 1);
        later->places = memory_resize(later->places, later->place_capacity, sizeof *later->places);
    }
}

static void copy_numbers(NumberColumn *to, size_t at, const NumberColumn *from, const uint32_t *rows,
                         size_t count) {
    for (size_t k = 0; k < count; k++) to->digits[at + k] = from->digits[rows[k]];
    for (size_t k = 0; k < count; k++) to->scale[at + k] = from->scale[rows[k]];
}

static void copy_ids(uint32_t *to, size_t at, const uint32_t *from, const uint32_t *rows, size_t count) {
    for (size_t k = 0; k < count; k++) to[at + k] = from[rows[k]];
}

/* The cells of rows of a stretch, behind those that are there. */
static void copy_cells(Stretch *to, const Stretch *from, const uint32_t *rows, size_t count) {
    for (size_t i = 0; i < to->form->columns; i++) {
        if (to->form->roles[i] == CELL_NUMBER)
            copy_numbers(&to->numbers[i], to->rows, &from->numbers[i], rows, count);
        else if (to->form->roles[i] == CELL_WORD)
            copy_ids(to->words[i].words.ids, to->rows, from->words[i].words.ids, rows, count);
    }
}

static void copy_rates(Pass *to, const Pass *from, const uint32_t *rows, size_t count) {
    size_t at = to->stretch.rows;
    for (size_t k = 0; k < count; k++) {
        to->rate[at + k] = from->rate[rows[k]];
        to->error[at + k] = from->error[rows[k]];
        to->missing[at + k] = from->missing[rows[k]];
        to->decided[at + k] = from->decided[rows[k]];
    }
    for (size_t row = at; row < at + count; row++)
        if (function_of(to, to->decided[row])) pass_wait(to, to->decided[row], (uint32_t)row);
}

void later_add(Later *later, const Pass *pass, size_t run, size_t place) {
    Stretch *stretch = &later->pass.stretch;
    begin(later, pass);
    const Run *from = &pass->stretch.runs[run];
    make_run(later);
    size_t first = stretch->rows + later->row_count, count = from[1].first - from[0].first;
    if (later->row_count + count > later->row_capacity) {
        later->row_capacity = memory_growth(later->row_capacity, later->row_count + count);
        later->rows = memory_resize(later->rows, later->row_capacity, sizeof *later->rows);
    }
    for (size_t k = 0; k < count; k++) later->rows[later->row_count++] = from->first + (uint32_t)k;
    stretch->runs[stretch->run_count] = (Run){.first = (uint32_t)first, .changed = LEVEL_BUREAU};
    later->places[stretch->run_count++] = place;
    stretch->runs[stretch->run_count] = (Run){.first = (uint32_t)(first + count)};
}

void later_copy(Later *later, const Pass *pass) {
    Pass *own = &later->pass;
    size_t count = later->row_count, all = own->stretch.rows + count;
    if (count == 0) return;
    make_columns(&own->stretch, all);
    pass_make_room(own, all);
    copy_cells(&own->stretch, &pass->stretch, later->rows, count);
    copy_rates(own, pass, later->rows, count);
    own->stretch.rows = all;
    later->row_count = 0;
}

bool later_is_full(const Later *later) {
    return later->pass.waiting_count >= LATER_QUESTIONS || later->pass.stretch.rows >= LATER_ROWS;
}

/* ---- asking */

static void borrow_words(Stretch *to, const Stretch *from) {
    for (size_t i = 0; i < to->form->columns; i++) {
        to->words[i].words.words = from->words[i].words.words;
        to->words[i].words.word_count = from->words[i].words.word_count;
    }
}

bool later_answer(Later *later, Pass *pass) {
    Pass *own = &later->pass;
    borrow_words(&own->stretch, &pass->stretch);
    bool good = pass_answer(own);
    pass->function_calls += own->function_calls;
    pass->lacking |= own->lacking;
    for (size_t i = 0; own->lacking && i < own->stretch.form->columns; i++) pass->lacks[i] |= own->lacks[i];
    own->function_calls = 0;
    for (size_t i = 0; good && i < own->waiting_count; i++) {
        uint8_t missing = own->missing[own->waiting[i]];
        if (missing != MISSING_NONE) pass->missing_rows[missing]++;
    }
    return good;
}

void later_clear(Later *later, Pass *pass) {
    Pass *own = &later->pass;
    pass->project_count += own->project_count;
    pass->exact_checks += own->exact_checks;
    pass->beyond |= own->beyond;
    own->project_count = own->exact_checks = 0;
    own->stretch.rows = own->stretch.run_count = 0;
    own->waiting_count = 0;
    own->waiting_mixed = false;
}
