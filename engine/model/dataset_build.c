#include "model/dataset_build.h"
#include "base/memory.h"
#include "model/arrange.h"

#include <assert.h>
#include <string.h>

Dataset *dataset_new(Str file) {
    Dataset *dataset = memory_new(1, sizeof *dataset);
    dataset->file = arena_copy(&dataset->arena, file);
    return dataset;
}

static void release_column(Column *column) {
    memory_free(column->numbers.digits);
    memory_free(column->numbers.short_digits);
    memory_free(column->numbers.scale);
    memory_free(column->numbers.long_numbers);
    memory_free(column->numbers.written_rows);
    memory_free(column->numbers.written);
    memory_free(column->words.ids);
    memory_free(column->words.short_ids);
    memory_free(column->words.byte_ids);
    memory_free(column->words.words);
    lookup_release(&column->lookup);
}

void dataset_free(Dataset *dataset) {
    if (!dataset) return;
    for (size_t i = 0; i < dataset->column_count; i++) release_column(&dataset->columns[i]);
    for (Level level = 0; level < LEVEL_COUNT; level++) hierarchy_release(&dataset->levels[level]);
    runmap_release(&dataset->runs);
    memory_free(dataset->columns);
    memory_free(dataset->lines);
    memory_free(dataset->projects);
    memory_free(dataset->records);
    memory_free(dataset->indicators);
    memory_free(dataset->period_rows);
    memory_free(dataset->period_starts);
    arena_release(&dataset->arena);
    memory_free(dataset);
}

/* Adds the word, which lives as long as the dataset, to the dictionary; its id. */
static uint32_t add_word(Column *column, Str word, uint32_t hash) {
    TextColumn *words = &column->words;
    if (words->word_count == column->word_capacity) {
        column->word_capacity = memory_growth(column->word_capacity, words->word_count + 1);
        words->words = memory_resize(words->words, column->word_capacity, sizeof *words->words);
    }
    uint32_t id = (uint32_t)words->word_count++;
    words->words[id] = word;
    lookup_add(&column->lookup, hash, id);
    return id;
}

void dataset_add_column(Dataset *dataset, Str name, ColumnId id, bool number) {
    assert(dataset->rows == 0);
    if (dataset->column_count == dataset->column_capacity) {
        dataset->column_capacity = memory_growth(dataset->column_capacity, dataset->column_count + 1);
        dataset->columns =
            memory_resize(dataset->columns, dataset->column_capacity, sizeof *dataset->columns);
    }
    Column *column = &dataset->columns[dataset->column_count++];
    *column = (Column){.name = arena_copy(&dataset->arena, name), .id = id, .is_number = number};
    if (!number) add_word(column, STR(""), (uint32_t)str_hash(STR("")));
}

ColumnId dataset_column_id(const Dataset *dataset, size_t column) { return dataset->columns[column].id; }

static void resize_ids(TextColumn *words, size_t capacity) {
    if (words->grouped) return;
    if (words->short_ids)
        words->short_ids = memory_resize(words->short_ids, capacity, sizeof *words->short_ids);
    else if (words->byte_ids)
        words->byte_ids = memory_resize(words->byte_ids, capacity, 1);
    else
        words->ids = memory_resize(words->ids, capacity, sizeof *words->ids);
}

static void resize_numbers(NumberColumn *numbers, size_t capacity) {
    if (numbers->short_digits)
        numbers->short_digits = memory_resize(numbers->short_digits, capacity, sizeof *numbers->short_digits);
    else
        numbers->digits = memory_resize(numbers->digits, capacity, sizeof *numbers->digits);
    numbers->scale = memory_resize(numbers->scale, capacity, sizeof *numbers->scale);
}

static void resize_rows(Dataset *dataset, size_t capacity) {
    dataset->row_capacity = capacity;
    for (size_t i = 0; i < dataset->column_count; i++) {
        Column *column = &dataset->columns[i];
        if (column->is_number)
            resize_numbers(&column->numbers, capacity);
        else
            resize_ids(&column->words, capacity);
    }
}

void dataset_expect(Dataset *dataset, size_t rows) {
    assert(dataset->rows == 0);
    resize_rows(dataset, rows);
    dataset->lines = memory_resize(dataset->lines, rows, sizeof *dataset->lines);
}

/* A row starts blank, so that no cell is ever undefined. */
void dataset_add_row(Dataset *dataset, uint32_t line) {
    if (dataset->rows == dataset->row_capacity) {
        resize_rows(dataset, memory_growth(dataset->row_capacity, dataset->rows + 1));
        dataset->lines = memory_resize(dataset->lines, dataset->row_capacity, sizeof *dataset->lines);
    }
    dataset->lines[dataset->rows++] = line;
    for (size_t i = 0; i < dataset->column_count; i++) {
        if (dataset->columns[i].is_number) {
            dataset_set_missing(dataset, i, MISSING_BLANK);
        } else {
            dataset->columns[i].words.ids[dataset->rows - 1] = 0;
        }
    }
}

void dataset_add_rows(Dataset *dataset, size_t rows) {
    assert(dataset->rows == 0);
    resize_rows(dataset, rows);
    dataset->rows = rows;
}

/* A column that has begun with few words goes on so. */
static void choose_width(TextColumn *words) {
    if (words->word_count <= UINT8_MAX + 1)
        words->byte_ids = memory_new(1, 1);
    else if (words->word_count <= UINT16_MAX + 1)
        words->short_ids = memory_new(1, sizeof *words->short_ids);
}

void dataset_add_packed_rows(Dataset *dataset, size_t rows, const bool *shorts) {
    dataset->packed = true;
    for (size_t i = 0; i < dataset->column_count; i++) {
        Column *column = &dataset->columns[i];
        if (!column->is_number)
            choose_width(&column->words);
        else if (shorts && shorts[i])
            column->numbers.short_digits = memory_new(1, sizeof *column->numbers.short_digits);
    }
    dataset_add_rows(dataset, rows);
}

void dataset_put_numbers(Dataset *dataset, size_t column, size_t first, const char *digits, bool shorts,
                         const char *scales, size_t count) {
    NumberColumn *numbers = &dataset->columns[column].numbers;
    memcpy(numbers->scale + first, scales, count);
    if (numbers->short_digits)
        memcpy(numbers->short_digits + first, digits, count * sizeof *numbers->short_digits);
    else if (!shorts)
        memcpy(numbers->digits + first, digits, count * sizeof *numbers->digits);
    for (size_t i = 0; i < count && shorts && numbers->digits; i++) {
        int32_t cell;
        memcpy(&cell, digits + i * sizeof cell, sizeof cell);
        numbers->digits[first + i] = cell;
    }
}

static uint32_t id_at(const char *ids, size_t width, size_t i) {
    uint32_t id;
    uint16_t short_id;
    if (width == 1) return (unsigned char)ids[i];
    memcpy(&short_id, ids + i * width, sizeof short_id);
    if (width == sizeof short_id) return short_id;
    memcpy(&id, ids + i * width, sizeof id);
    return id;
}

/* The width is the same for all: the compiler makes a loop for each. */
static inline void put_ids(const TextColumn *words, size_t first, const char *ids, size_t width, size_t count,
                           const uint32_t *new_ids) {
    for (size_t i = 0; i < count && words->ids; i++) words->ids[first + i] = new_ids[id_at(ids, width, i)];
    for (size_t i = 0; i < count && words->short_ids; i++)
        words->short_ids[first + i] = (uint16_t)new_ids[id_at(ids, width, i)];
    for (size_t i = 0; i < count && words->byte_ids; i++)
        words->byte_ids[first + i] = (unsigned char)new_ids[id_at(ids, width, i)];
}

void dataset_put_ids(Dataset *dataset, size_t column, size_t first, PackedIds ids, const uint32_t *new_ids) {
    const TextColumn words = dataset->columns[column].words;
    if (ids.width == 1)
        put_ids(&words, first, ids.bytes, 1, ids.count, new_ids);
    else if (ids.width == 2)
        put_ids(&words, first, ids.bytes, 2, ids.count, new_ids);
    else
        put_ids(&words, first, ids.bytes, 4, ids.count, new_ids);
}

uint32_t *dataset_ids(Dataset *dataset, size_t column) { return dataset->columns[column].words.ids; }
int64_t *dataset_digits(Dataset *dataset, size_t column) { return dataset->columns[column].numbers.digits; }
uint8_t *dataset_scales(Dataset *dataset, size_t column) { return dataset->columns[column].numbers.scale; }

void dataset_number_lines(Dataset *dataset, uint32_t first) { dataset->first_line = first; }

uint32_t *dataset_lines(Dataset *dataset) {
    if (!dataset->lines) dataset->lines = memory_new(dataset->rows, sizeof *dataset->lines);
    return dataset->lines;
}

/* The id of a word that is not blank; *added says whether it is new, and was copied into `arena` (NULL: it
 * stays where it is). */
static uint32_t find_word(Arena *arena, Column *column, Str text, bool *added) {
    uint32_t hash = (uint32_t)str_hash(text), id;
    *added = false;
    for (size_t at = hash; lookup_next(&column->lookup, hash, &at, &id);)
        if (str_equal(column->words.words[id], text)) return id;
    *added = true;
    return add_word(column, arena ? arena_copy(arena, text) : text, hash);
}

uint32_t dataset_word(Dataset *dataset, size_t column, Str text) {
    bool added;
    return text.size ? find_word(&dataset->arena, &dataset->columns[column], text, &added) : 0;
}

uint32_t dataset_word_kept(Dataset *dataset, size_t column, Str text) {
    bool added;
    return text.size ? find_word(NULL, &dataset->columns[column], text, &added) : 0;
}

void dataset_take_texts(Dataset *dataset, Arena *texts) { arena_take(&dataset->arena, texts); }

bool dataset_set_text(Dataset *dataset, size_t column, Str text) {
    Column *into = &dataset->columns[column];
    TextColumn *words = &into->words;
    size_t row = dataset->rows - 1;
    words->ids[row] = 0;
    if (text.size == 0) return false;
    uint32_t before = row > 0 ? words->ids[row - 1] : 0;
    if (str_equal(words->words[before], text)) { /* neighbours are often equal */
        words->ids[row] = before;
        return false;
    }
    bool added;
    words->ids[row] = find_word(&dataset->arena, into, text, &added);
    return added;
}

static int64_t add_long(Dataset *dataset, Column *column, Decimal number) {
    NumberColumn *numbers = &column->numbers;
    if (numbers->long_count == column->long_capacity) {
        column->long_capacity = memory_growth(column->long_capacity, numbers->long_count + 1);
        numbers->long_numbers = memory_resize(numbers->long_numbers, column->long_capacity, sizeof(Decimal));
    }
    if (number.text.size > 0) number.text = arena_copy(&dataset->arena, number.text);
    numbers->long_numbers[numbers->long_count] = number;
    return (int64_t)numbers->long_count++;
}

void dataset_set_number(Dataset *dataset, size_t column, Decimal number) {
    Column *into = &dataset->columns[column];
    size_t row = dataset->rows - 1;
    bool is_long = number.text.size > 0 || number.scale >= DATASET_SCALE_LONG;
    into->numbers.scale[row] = is_long ? DATASET_SCALE_LONG : (uint8_t)number.scale;
    into->numbers.digits[row] = is_long ? add_long(dataset, into, number) : number.digits;
}

void dataset_set_missing(Dataset *dataset, size_t column, Missing reason) {
    NumberColumn *numbers = &dataset->columns[column].numbers;
    numbers->scale[dataset->rows - 1] = DATASET_SCALE_MISSING;
    numbers->digits[dataset->rows - 1] = (int64_t)reason;
}

void dataset_set_written(Dataset *dataset, size_t column, Str text) {
    dataset_keep_written(dataset, column, dataset->rows - 1, text);
}

/* Neighbours are often equal ("-"): they share one text. */
void dataset_keep_written(Dataset *dataset, size_t column, size_t row, Str text) {
    Column *into = &dataset->columns[column];
    NumberColumn *numbers = &into->numbers;
    size_t count = numbers->written_count;
    if (count == into->written_capacity) {
        into->written_capacity = memory_growth(count, count + 1);
        numbers->written = memory_resize(numbers->written, into->written_capacity, sizeof(Str));
        numbers->written_rows =
            memory_resize(numbers->written_rows, into->written_capacity, sizeof(uint32_t));
    }
    bool again = count > 0 && str_equal(numbers->written[count - 1], text);
    numbers->written[count] = again ? numbers->written[count - 1] : arena_copy(&dataset->arena, text);
    numbers->written_rows[count] = (uint32_t)row;
    numbers->written_count++;
}

size_t dataset_first_equal(const Dataset *dataset, size_t column) {
    const TextColumn *words = &dataset->columns[column].words;
    size_t row = 0;
    while (text_id(words, row) != text_id(words, dataset->rows - 1)) row++;
    return row;
}

void dataset_finish(Dataset *dataset) {
    dataset->rated = dataset->all = dataset->rows;
    dataset_build_levels(dataset);
    for (size_t i = 0; i < dataset->column_count; i++) lookup_release(&dataset->columns[i].lookup);
    resize_rows(dataset, dataset->rows);
    if (dataset->lines) dataset->lines = memory_resize(dataset->lines, dataset->rows, sizeof *dataset->lines);
}

size_t dataset_copy_numbers(Dataset *dataset, size_t column, Str name, ColumnId id) {
    dataset->columns = memory_resize(dataset->columns, ++dataset->column_count, sizeof *dataset->columns);
    dataset->column_capacity = dataset->column_count;
    const NumberColumn *from = &dataset->columns[column].numbers;
    Column *copy = &dataset->columns[dataset->column_count - 1];
    *copy = (Column){.name = arena_copy(&dataset->arena, name), .id = id, .is_number = true};
    NumberColumn *to = &copy->numbers;
    to->digits = memory_new(dataset->all, sizeof *to->digits);
    to->scale = memory_new(dataset->all, sizeof *to->scale);
    for (size_t row = 0; row < dataset->all; row++) {
        Decimal number;
        to->digits[row] = number_digits(from, row);
        to->scale[row] = from->scale[row];
        if (from->scale[row] == DATASET_SCALE_LONG && dataset_number(from, row, &number) == MISSING_NONE)
            to->digits[row] = add_long(dataset, copy, number);
    }
    return dataset->column_count - 1;
}

/* Digits of 64 bits, whatever they had. */
static void make_long(NumberColumn *numbers, size_t rows) {
    if (numbers->digits) return;
    numbers->digits = memory_resize(NULL, rows, sizeof *numbers->digits);
    for (size_t row = 0; row < rows; row++) numbers->digits[row] = numbers->short_digits[row];
    memory_free(numbers->short_digits);
    numbers->short_digits = NULL;
}

void dataset_take_number(Dataset *dataset, size_t column, size_t from, size_t row) {
    Column *to = &dataset->columns[column];
    const NumberColumn *numbers = &dataset->columns[from].numbers;
    Decimal number;
    make_long(&to->numbers, dataset->all);
    to->numbers.digits[row] = number_digits(numbers, row);
    to->numbers.scale[row] = numbers->scale[row];
    if (numbers->scale[row] == DATASET_SCALE_LONG && dataset_number(numbers, row, &number) == MISSING_NONE)
        to->numbers.digits[row] = add_long(dataset, to, number);
}

static void arrange_ids(const TextColumn *words, const uint32_t *order, size_t rows, char *scratch) {
    if (words->ids) arrange_cells(words->ids, sizeof *words->ids, order, rows, scratch);
    if (words->short_ids) arrange_cells(words->short_ids, sizeof *words->short_ids, order, rows, scratch);
    if (words->byte_ids) arrange_cells(words->byte_ids, 1, order, rows, scratch);
}

static void move_rows(Dataset *dataset, const uint32_t *order, const uint32_t *moved) {
    char *scratch = memory_new(dataset->all, sizeof(int64_t));
    if (dataset->lines) arrange_cells(dataset->lines, sizeof *dataset->lines, order, dataset->all, scratch);
    for (size_t i = 0; i < dataset->column_count; i++) {
        Column *column = &dataset->columns[i];
        if (column->is_number) {
            make_long(&column->numbers, dataset->all);
            arrange_cells(column->numbers.digits, sizeof(int64_t), order, dataset->all, scratch);
            arrange_cells(column->numbers.scale, sizeof(uint8_t), order, dataset->all, scratch);
            arrange_texts(column->numbers.written_rows, column->numbers.written,
                          column->numbers.written_count, moved);
        } else {
            arrange_ids(&column->words, order, dataset->all, scratch);
        }
    }
    memory_free(scratch);
}

void dataset_arrange(Dataset *dataset, const Arrangement *arrangement) {
    assert(!dataset->period_rows);
    dataset_release_levels(dataset);
    uint32_t *moved = memory_new(dataset->all, sizeof *moved);
    dataset->records = memory_new(dataset->all, sizeof *dataset->records);
    memcpy(dataset->records, arrangement->order, dataset->all * sizeof *dataset->records);
    for (size_t row = 0; row < dataset->all; row++) moved[arrangement->order[row]] = (uint32_t)row;
    move_rows(dataset, arrangement->order, moved);
    arrange_groups(arrangement->indicators, moved, dataset->all, arrangement->indicator_count,
                   &dataset->period_starts, &dataset->period_rows);
    dataset->rows = arrangement->indicator_count;
    dataset->rated = arrangement->rated_count;
    dataset_build_levels(dataset);
    dataset->indicators = memory_new(dataset->rated, sizeof *dataset->indicators);
    for (size_t row = 0; row < dataset->rated; row++)
        dataset->indicators[row] = arrangement->indicators[dataset->records[row]];
    memory_free(moved);
}
