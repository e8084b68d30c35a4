#include "model/intake.h"

#include "base/crew.h"
#include "base/memory.h"
#include "io/cut.h"
#include "model/dataset_build.h"
#include "model/form.h"

#include <string.h>

/* A unit as it was parsed. Columns stand one behind the other in `block`: ids, or digits and then a byte a
 * row for scales. */
typedef struct IntakeUnit {
    size_t rows, first; /* its first row in the dataset */
    size_t lines;       /* line feeds in it */
    char *block;
    size_t block_size;
    uint8_t *widths;    /* one a column: bytes of an id (1, 2, 4), or of digits (4, 8) */
    uint32_t *offsets;  /* of rows, where line breaks stand in quotes; else NULL */
    size_t *words;      /* one a column: words that the thread knew before the unit, */
    size_t *words_then; /* and then */
    size_t worker;
    AbsentCell *absent;
    Str *absent_texts;
    size_t absent_count;
} IntakeUnit;

typedef struct Intake {
    const File *file;
    Form form;
    Cut cut;
    Crew crew;
    const CrewWatch *watch;
    IntakeUnit *units;
    Dataset *dataset;
    bool keep_written;
    atomic_bool quoted;
} Intake;

typedef struct Worker {
    Intake *intake;
    size_t number;
    Stretch stretch;
    uint32_t **ids; /* one a column: the dataset's id for each word of the thread */
    Arena arena;    /* of the units it parsed */
} Worker;

/* ---- parsing */

static bool are_short(const int64_t *digits, size_t count) {
    uint64_t beyond = 0;
    for (size_t i = 0; i < count; i++) beyond |= (uint64_t)digits[i] + 0x80000000u;
    return beyond >> 32 == 0;
}

static uint8_t width_of(const Stretch *stretch, size_t column) {
    if (stretch->form->roles[column] == CELL_NUMBER)
        return are_short(stretch->numbers[column].digits, stretch->rows) ? sizeof(int32_t) : sizeof(int64_t);
    size_t words = stretch->words[column].words.word_count;
    return words <= UINT8_MAX + 1 ? 1 : words <= UINT16_MAX + 1 ? sizeof(uint16_t) : sizeof(uint32_t);
}

static char *keep_digits(char *to, const int64_t *digits, size_t count, uint8_t width) {
    if (width == sizeof *digits) memcpy(to, digits, count * sizeof *digits);
    for (size_t i = 0; i < count && width != sizeof *digits; i++) {
        int32_t cell = (int32_t)digits[i];
        memcpy(to + i * sizeof cell, &cell, sizeof cell);
    }
    return to + count * width;
}

static char *keep_ids(char *to, const uint32_t *ids, size_t count, uint8_t width) {
    if (width == sizeof *ids) memcpy(to, ids, count * sizeof *ids);
    for (size_t i = 0; i < count && width == 1; i++) to[i] = (char)ids[i];
    for (size_t i = 0; i < count && width == sizeof(uint16_t); i++) {
        uint16_t cell = (uint16_t)ids[i];
        memcpy(to + i * sizeof cell, &cell, sizeof cell);
    }
    return to + count * width;
}

static void keep_columns(Worker *worker, IntakeUnit *unit) {
    const Stretch *stretch = &worker->stretch;
    const StretchForm *form = stretch->form;
    unit->widths = arena_new(&worker->arena, form->columns, sizeof *unit->widths);
    for (size_t column = 0; column < form->columns; column++) {
        unit->widths[column] = width_of(stretch, column);
        size_t scales = form->roles[column] == CELL_NUMBER;
        unit->block_size += unit->rows * (unit->widths[column] + scales);
    }
    char *to = unit->block = memory_map(unit->block_size);
    for (size_t column = 0; column < form->columns; column++) {
        const NumberColumn *numbers = &stretch->numbers[column];
        uint8_t width = unit->widths[column];
        if (form->roles[column] != CELL_NUMBER) {
            to = keep_ids(to, stretch->words[column].words.ids, unit->rows, width);
            continue;
        }
        to = keep_digits(to, numbers->digits, unit->rows, width);
        memcpy(to, numbers->scale, unit->rows);
        to += unit->rows;
    }
}

static void keep_absent(Worker *worker, IntakeUnit *unit) {
    Stretch *stretch = &worker->stretch;
    unit->absent_count = stretch->absent_count;
    if (!unit->absent_count) return;
    unit->absent = arena_new(&worker->arena, unit->absent_count, sizeof *unit->absent);
    unit->absent_texts = arena_new(&worker->arena, unit->absent_count, sizeof *unit->absent_texts);
    memcpy(unit->absent, stretch->absent, unit->absent_count * sizeof *unit->absent);
    for (size_t i = 0; i < unit->absent_count; i++) {
        Str text = stretch_cell(stretch, unit->absent[i].row, unit->absent[i].column);
        unit->absent_texts[i] = arena_copy(&worker->arena, text);
    }
}

static size_t count_lines(Str text) {
    size_t lines = 0;
    for (size_t at = str_find(text, '\n', 0); at < text.size; at = str_find(text, '\n', at + 1)) lines++;
    return lines;
}

/* Lines are rows, but for those in quotes. */
static void keep_lines(Worker *worker, IntakeUnit *unit) {
    const Stretch *stretch = &worker->stretch;
    unit->lines = stretch->quoted ? count_lines(stretch->text) : unit->rows;
    if (unit->lines == unit->rows) return;
    unit->offsets = arena_new(&worker->arena, unit->rows, sizeof *unit->offsets);
    size_t line = 0;
    for (size_t row = 0; row < unit->rows; row++) {
        unit->offsets[row] = (uint32_t)line;
        line += count_lines(
            str_slice(stretch->text, stretch_offset(stretch, row), stretch_offset(stretch, row + 1)));
    }
}

static void parse_text(Worker *worker, IntakeUnit *unit, Str text) {
    Intake *intake = worker->intake;
    Stretch *stretch = &worker->stretch;
    size_t columns = stretch->form->columns;
    unit->worker = worker->number;
    unit->words = arena_new(&worker->arena, columns, sizeof *unit->words);
    unit->words_then = arena_new(&worker->arena, columns, sizeof *unit->words_then);
    for (size_t column = 0; column < columns; column++)
        unit->words[column] = stretch->words[column].words.word_count;
    bool good = stretch_parse(stretch, text);
    if (stretch->quoted && !intake->cut.inside)
        crew_stop(&intake->crew, &intake->quoted); /* the unit may begin within quotes */
    else if (!good)
        crew_stop(&intake->crew, NULL);
    if (crew_stopped(&intake->crew)) return;
    unit->rows = stretch->rows;
    for (size_t column = 0; column < columns; column++)
        unit->words_then[column] = stretch->words[column].words.word_count;
    keep_columns(worker, unit);
    keep_lines(worker, unit);
    if (intake->keep_written) keep_absent(worker, unit);
}

/* The last row, where it has no line feed, is a unit of its own. */
static void parse_tail(Worker *worker, IntakeUnit *unit) {
    const Cut *cut = &worker->intake->cut;
    Buffer closed = {0};
    parse_text(worker, unit, cut_close(cut, cut->end, STRETCH_LEAD, &closed));
    buffer_release(&closed);
}

static void parse_unit(void *argument, size_t number) {
    Worker *worker = argument;
    Intake *intake = worker->intake;
    const Cut *cut = &intake->cut;
    IntakeUnit *unit = &intake->units[number];
    if (number == cut->units) {
        if (cut->end < cut->text.size) parse_tail(worker, unit);
        return;
    }
    size_t from = cut_start(cut, number), to = cut_start(cut, number + 1);
    if (from >= to) return;
    parse_text(worker, unit, str_slice(cut->text, from, to));
    file_forget(intake->file, from, to);
}

/* ---- bringing together */

/* Words that a thread met first in this unit get their ids in the dataset. */
static void name_words(Intake *intake, const IntakeUnit *unit) {
    Worker *worker = crew_worker(&intake->crew, unit->worker);
    for (size_t column = 0; unit->rows && column < intake->form.stretch.columns; column++) {
        size_t then = unit->words_then[column];
        if (then == unit->words[column]) continue;
        const Str *words = worker->stretch.words[column].words.words;
        if (!worker->ids[column])
            worker->ids[column] =
                memory_new(worker->stretch.words[column].words.word_count, sizeof *worker->ids[column]);
        for (size_t word = unit->words[column]; word < then; word++)
            worker->ids[column][word] = dataset_word_kept(intake->dataset, column, words[word]);
    }
}

static void place_unit(void *argument, size_t number) {
    Worker *worker = argument;
    Intake *intake = worker->intake;
    IntakeUnit *unit = &intake->units[number];
    if (unit->rows == 0) return;
    const StretchForm *form = &intake->form.stretch;
    const Worker *owner = crew_worker(&intake->crew, unit->worker);
    const char *from = unit->block;
    for (size_t column = 0; column < form->columns; column++) {
        uint8_t width = unit->widths[column];
        const char *behind = from + unit->rows * width;
        if (form->roles[column] == CELL_NUMBER) {
            dataset_put_numbers(intake->dataset, column, unit->first, from, width == sizeof(int32_t), behind,
                                unit->rows);
            behind += unit->rows;
        } else {
            dataset_put_ids(intake->dataset, column, unit->first, (PackedIds){from, width, unit->rows},
                            owner->ids[column]);
        }
        from = behind;
    }
    memory_unmap(unit->block, unit->block_size);
    unit->block = NULL;
}

/* Every row is a line. */
static bool lines_are_rows(const Intake *intake) {
    size_t i = 0;
    while (i <= intake->cut.units && intake->units[i].lines == intake->units[i].rows) i++;
    return i > intake->cut.units;
}

/* Lines of the file: the header's, then each unit's. */
static void place_lines(Intake *intake) {
    size_t line = 1 + count_lines(str_slice(intake->cut.text, 0, intake->cut.body));
    dataset_number_lines(intake->dataset, (uint32_t)line);
    if (lines_are_rows(intake)) return;
    uint32_t *lines = dataset_lines(intake->dataset);
    for (size_t i = 0; i <= intake->cut.units; i++) {
        const IntakeUnit *unit = &intake->units[i];
        for (size_t row = 0; row < unit->rows; row++)
            lines[unit->first + row] = (uint32_t)(line + (unit->offsets ? unit->offsets[row] : row));
        line += unit->lines;
    }
}

static void place_written(Intake *intake) {
    for (size_t column = 0; intake->keep_written && column < intake->form.stretch.columns; column++)
        for (size_t i = 0; i <= intake->cut.units; i++) {
            const IntakeUnit *unit = &intake->units[i];
            for (size_t k = 0; k < unit->absent_count; k++)
                if (unit->absent[k].column == column)
                    dataset_keep_written(intake->dataset, column, unit->first + unit->absent[k].row,
                                         unit->absent_texts[k]);
        }
}

/* False when an id stands twice, which model/load reports. */
static bool ids_are_unique(const Intake *intake) {
    size_t column, period;
    const Dataset *dataset = intake->dataset;
    if (!dataset_find_column(dataset, STR("id"), &column)) return true;
    if (dataset_find_column(dataset, STR("period"), &period)) return true;
    const TextColumn *words = dataset_words(dataset, column);
    size_t filled = 0;
    for (size_t row = 0; row < dataset_rows(dataset); row++) filled += text_id(words, row) != 0;
    return filled == words->word_count - 1;
}

/* Whether all digits of a column take 32 bits. */
static bool is_short_column(const Intake *intake, size_t column) {
    size_t i = 0;
    while (i <= intake->cut.units &&
           (!intake->units[i].rows || intake->units[i].widths[column] == sizeof(int32_t)))
        i++;
    return i > intake->cut.units;
}

static void add_rows(Intake *intake, size_t rows) {
    size_t columns = intake->form.stretch.columns;
    bool *shorts = memory_new(columns, sizeof *shorts);
    for (size_t column = 0; column < columns; column++) shorts[column] = is_short_column(intake, column);
    dataset_add_packed_rows(intake->dataset, rows, shorts);
    memory_free(shorts);
}

static bool assemble(Intake *intake) {
    size_t rows = 0;
    for (size_t i = 0; i <= intake->cut.units; i++) {
        intake->units[i].first = rows;
        rows += intake->units[i].rows;
    }
    if (rows == 0 || rows > intake->form.stretch.limits.rows) return false;
    Str path = intake->file->path;
    intake->dataset = dataset_new(str_is(path, "-") ? STR("<stdin>") : path);
    const Dataset *sample = intake->form.sample;
    for (size_t column = 0; column < dataset_columns(sample); column++)
        dataset_add_column(intake->dataset, dataset_column_name(sample, column),
                           dataset_column_id(sample, column), dataset_numbers(sample, column) != NULL);
    for (size_t i = 0; i <= intake->cut.units; i++) name_words(intake, &intake->units[i]);
    for (size_t i = 0; i < intake->crew.threads; i++) { /* their dictionaries have become the dataset's */
        Worker *worker = crew_worker(&intake->crew, i);
        dataset_take_texts(intake->dataset, &worker->stretch.words_arena);
        stretch_end(&worker->stretch);
    }
    add_rows(intake, rows);
    crew_run(&intake->crew, intake->cut.units + 1, place_unit);
    place_lines(intake);
    place_written(intake);
    return ids_are_unique(intake);
}

/* ---- the whole */

static void begin_attempt(Intake *intake, size_t threads) {
    intake->units = memory_new(intake->cut.units + 1, sizeof *intake->units);
    crew_begin(&intake->crew, threads, sizeof(Worker));
    intake->crew.watch = intake->watch;
    for (size_t i = 0; i < threads; i++) {
        Worker *worker = crew_worker(&intake->crew, i);
        worker->intake = intake;
        worker->number = i;
        worker->ids = memory_new(intake->form.stretch.columns, sizeof *worker->ids);
        stretch_begin(&worker->stretch, &intake->form.stretch);
    }
}

static void end_attempt(Intake *intake) {
    for (size_t i = 0; i <= intake->cut.units; i++)
        memory_unmap(intake->units[i].block, intake->units[i].block_size);
    for (size_t i = 0; i < intake->crew.threads; i++) {
        Worker *worker = crew_worker(&intake->crew, i);
        for (size_t column = 0; column < intake->form.stretch.columns; column++)
            memory_free(worker->ids[column]);
        memory_free(worker->ids);
        stretch_end(&worker->stretch);
        arena_release(&worker->arena);
    }
    crew_end(&intake->crew);
    memory_free(intake->units);
}

static bool attempt(Intake *intake, size_t threads) {
    begin_attempt(intake, threads);
    crew_run(&intake->crew, intake->cut.units + 1, parse_unit);
    bool done = !crew_stopped(&intake->crew) && assemble(intake);
    end_attempt(intake);
    if (!done) dataset_free(intake->dataset);
    if (!done) intake->dataset = NULL;
    return done;
}

static void ask_all_texts(StretchForm *form) {
    form->no_runs = true;
    for (size_t column = 0; column < form->columns; column++)
        if (form->roles[column] == CELL_SKIPPED) form->roles[column] = CELL_WORD;
}

bool intake_load(const File *file, const LoadOptions *options, unsigned threads, Dataset **out, Diag *diag) {
    *out = NULL;
    Str text = cut_blank_end(file->bytes);
    Intake intake = {.file = file,
                     .watch = options ? options->watch : NULL,
                     .keep_written = options && options->keep_written};
    bool done = text.size >= INTAKE_LEAST && form_begin(&intake.form, text, options);
    if (done) {
        ask_all_texts(&intake.form.stretch);
        cut_begin(&intake.cut, text, intake.form.body);
        size_t crew = crew_size(threads, (intake.cut.units + 1) / 2);
        done = attempt(&intake, crew) ||
               (atomic_load(&intake.quoted) && cut_find_quotes(&intake.cut) && attempt(&intake, crew));
        cut_end(&intake.cut);
    }
    form_end(&intake.form);
    if (done) *out = load_finish(intake.dataset, diag);
    return done;
}
