#include "model/dataset_build.h"

#include "base/memory.h"
#include "model/arrange.h"
#include "model/lookup.h"

#include <assert.h>
#include <string.h>

static const ColumnInfo vocabulary[COLUMN_KNOWN] = {
    [COLUMN_BUREAU] = {"bureau", "국", true, false, "bureau that the department belongs to"},
    [COLUMN_DEPARTMENT] = {"department", "부서", true, false, "department that runs the project"},
    [COLUMN_PROJECT] = {"project", "주요사업", true, false, "project whose verdict is sought"},
    [COLUMN_INDICATOR] = {"indicator", "성과지표", true, false, "what is measured"},
    [COLUMN_UNIT] = {"unit", "단위", true, false, "unit of target and actual"},
    [COLUMN_TARGET] = {"target", "목표", true, true, "value to be reached"},
    [COLUMN_ACTUAL] = {"actual", "실적", true, true, "value that was reached"},
    [COLUMN_PUBLISHED_RATE] = {"published_rate", "공표달성률", false, true,
                               "rate as printed, in percent; for audit"},
    [COLUMN_ID] = {"id", "번호", false, false, "name of the row, unique in the file"},
    [COLUMN_POLARITY] = {"polarity", "지표방향", false, false,
                         "whether a higher or a lower actual is better"},
    [COLUMN_WEIGHT] = {"weight", "가중치", false, true, "weight of the indicator in its project"},
    [COLUMN_NOTE] = {"note", "비고", false, false, "remark"},
    [COLUMN_REASON] = {"reason", "사유", false, false, "why the target was missed"},
    [COLUMN_COUNTERMEASURE] = {"countermeasure", "대책", false, false, "what is done about it"},
    [COLUMN_BASE] = {"base", "기준연도실적", false, true, "actual of the base year, which is to be improved"},
    [COLUMN_LOWER_BOUND] = {"lower_bound", "하한", false, true, "lower end of the range that is aimed at"},
    [COLUMN_UPPER_BOUND] = {"upper_bound", "상한", false, true, "upper end of the range that is aimed at"},
    [COLUMN_MILESTONES] = {"milestones", "단계", false, false, "stages that actual counts, in words"},
    [COLUMN_PERIOD] = {"period", "기간", false, false, "period that the numbers are of"},
    [COLUMN_GRADE] = {"grade", "등급", false, false, "grade that a judge gave, where no ratio exists"},
    [COLUMN_PREVIOUS_TARGET] = {"previous_target", "전년목표", false, true, "target of the year before"},
    [COLUMN_PREVIOUS_ACTUAL] = {"previous_actual", "전년실적", false, true, "actual of the year before"},
    [COLUMN_PREVIOUS_RATE] = {"previous_rate", "전년달성률", false, true,
                              "rate of the year before, in percent"},
    [COLUMN_REVISED_TARGET] = {"revised_target", "변경목표", false, true,
                               "target that took the place of the first one"},
    [COLUMN_REVISED_ON] = {"revised_on", "변경일", false, false, "day of that change, YYYY-MM-DD"},
    [COLUMN_REVISION_REASON] = {"revision_reason", "변경사유", false, false, "why the target was changed"},
    [COLUMN_REVISION_EVIDENCE] = {"revision_evidence", "변경근거", false, false,
                                  "document that changed the target"},
    [COLUMN_ORIGINAL_TARGET] = {"original_target", "당초목표", false, true,
                                "target of the file, where a revised one counts"},
};

const ColumnInfo *column_info(ColumnId column) {
    assert(column < COLUMN_KNOWN);
    return &vocabulary[column];
}

bool column_find(Str name, ColumnId *column) {
    for (ColumnId id = 0; id < COLUMN_KNOWN; id++) {
        if (!str_is(name, vocabulary[id].name) && !str_is(name, vocabulary[id].label)) continue;
        *column = id;
        return true;
    }
    return false;
}

const char *missing_name(Missing reason) {
    static const char *const names[MISSING_COUNT] = {
        [MISSING_NONE] = "none",
        [MISSING_BLANK] = "blank",
        [MISSING_NEW] = "new",
        [MISSING_WITHHELD] = "withheld",
        [MISSING_NOT_APPLICABLE] = "not_applicable",
        [MISSING_ZERO_TARGET] = "zero_target",
        [MISSING_DIVISION] = "division_by_zero",
        [MISSING_FUNCTION] = "function_failed",
        [MISSING_DECLARED] = "declared",
        [MISSING_NO_CASE] = "no_case",
        [MISSING_EXCLUDED] = "excluded",
        [MISSING_NO_VALUES] = "no_values",
        [MISSING_CHILD] = "missing_below",
        [MISSING_WEIGHT] = "no_weight",
        [MISSING_NO_PERIOD] = "no_period",
        [MISSING_TOO_LARGE] = "too_large",
    };
    assert(reason < MISSING_COUNT);
    return names[reason];
}

typedef struct Column {
    Str name;
    ColumnId id;
    bool is_number;
    NumberColumn numbers;
    size_t long_capacity;
    size_t written_capacity;
    TextColumn words;
    size_t word_capacity;
    Lookup lookup;
} Column;

/* A unit is known by its parent and the word that names it. */
typedef struct Units {
    Str *names;
    uint32_t *parents;
    uint32_t *words;
    size_t count;
    size_t capacity;
    uint32_t *children; /* of all units, one unit's behind the other's */
    uint32_t *starts;   /* count + 1 places in `children` */
    Lookup lookup;
} Units;

struct Dataset {
    Arena arena;
    Str file;
    Column *columns;
    size_t column_count;
    size_t column_capacity;
    size_t rows;
    size_t rated;
    size_t all;
    size_t row_capacity;
    uint32_t *lines;
    uint32_t *projects;
    uint32_t *records;       /* by row: its place in the file; NULL: the same */
    uint32_t *indicators;    /* by rated row: its indicator; NULL: itself */
    uint32_t *period_rows;   /* of all indicators, one's behind the other's; NULL: not arranged */
    uint32_t *period_starts; /* indicators + 1 places in `period_rows` */
    Units levels[LEVEL_COUNT];
};

Dataset *dataset_new(Str file) {
    Dataset *dataset = memory_new(1, sizeof *dataset);
    dataset->file = arena_copy(&dataset->arena, file);
    return dataset;
}

static void release_column(Column *column) {
    memory_free(column->numbers.digits);
    memory_free(column->numbers.scale);
    memory_free(column->numbers.long_numbers);
    memory_free(column->numbers.written_rows);
    memory_free(column->numbers.written);
    memory_free(column->words.ids);
    memory_free(column->words.words);
    lookup_release(&column->lookup);
}

static void release_units(Units *units) {
    memory_free(units->names);
    memory_free(units->parents);
    memory_free(units->words);
    memory_free(units->children);
    memory_free(units->starts);
    lookup_release(&units->lookup);
}

void dataset_free(Dataset *dataset) {
    if (!dataset) return;
    for (size_t i = 0; i < dataset->column_count; i++) release_column(&dataset->columns[i]);
    for (Level level = 0; level < LEVEL_COUNT; level++) release_units(&dataset->levels[level]);
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

/* Adds the word to the dictionary; its id. */
static uint32_t add_word(Dataset *dataset, Column *column, Str word, uint32_t hash) {
    TextColumn *words = &column->words;
    if (words->word_count == column->word_capacity) {
        column->word_capacity = memory_growth(column->word_capacity, words->word_count + 1);
        words->words = memory_resize(words->words, column->word_capacity, sizeof *words->words);
    }
    uint32_t id = (uint32_t)words->word_count++;
    words->words[id] = arena_copy(&dataset->arena, word);
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
    if (!number) add_word(dataset, column, STR(""), (uint32_t)str_hash(STR("")));
}

ColumnId dataset_column_id(const Dataset *dataset, size_t column) { return dataset->columns[column].id; }

static void resize_rows(Dataset *dataset, size_t capacity) {
    dataset->row_capacity = capacity;
    dataset->lines = memory_resize(dataset->lines, capacity, sizeof *dataset->lines);
    for (size_t i = 0; i < dataset->column_count; i++) {
        Column *column = &dataset->columns[i];
        if (column->is_number) {
            column->numbers.digits = memory_resize(column->numbers.digits, capacity, sizeof(int64_t));
            column->numbers.scale = memory_resize(column->numbers.scale, capacity, sizeof(uint8_t));
        } else {
            column->words.ids = memory_resize(column->words.ids, capacity, sizeof(uint32_t));
        }
    }
}

/* A row starts blank, so that no cell is ever undefined. */
void dataset_add_row(Dataset *dataset, uint32_t line) {
    if (dataset->rows == dataset->row_capacity)
        resize_rows(dataset, memory_growth(dataset->row_capacity, dataset->rows + 1));
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

uint32_t *dataset_ids(Dataset *dataset, size_t column) { return dataset->columns[column].words.ids; }
int64_t *dataset_digits(Dataset *dataset, size_t column) { return dataset->columns[column].numbers.digits; }
uint8_t *dataset_scales(Dataset *dataset, size_t column) { return dataset->columns[column].numbers.scale; }
uint32_t *dataset_lines(Dataset *dataset) { return dataset->lines; }

/* The id of a word that is not blank; *added says whether it is new. */
static uint32_t find_word(Dataset *dataset, Column *column, Str text, bool *added) {
    uint32_t hash = (uint32_t)str_hash(text), id;
    *added = false;
    for (size_t at = hash; lookup_next(&column->lookup, hash, &at, &id);)
        if (str_equal(column->words.words[id], text)) return id;
    *added = true;
    return add_word(dataset, column, text, hash);
}

uint32_t dataset_word(Dataset *dataset, size_t column, Str text) {
    bool added;
    return text.size ? find_word(dataset, &dataset->columns[column], text, &added) : 0;
}

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
    words->ids[row] = find_word(dataset, into, text, &added);
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
    const uint32_t *ids = dataset->columns[column].words.ids;
    size_t row = 0;
    while (ids[row] != ids[dataset->rows - 1]) row++;
    return row;
}

static void grow_units(Units *units) {
    units->capacity = memory_growth(units->capacity, units->count + 1);
    units->names = memory_resize(units->names, units->capacity, sizeof *units->names);
    units->parents = memory_resize(units->parents, units->capacity, sizeof *units->parents);
    units->words = memory_resize(units->words, units->capacity, sizeof *units->words);
}

/* The unit of this parent and word, added where it is new. */
static uint32_t find_unit(Units *units, uint32_t parent, uint32_t word, Str name) {
    uint64_t mixed = ((uint64_t)parent << 32 | word) * 0x9e3779b97f4a7c15u;
    uint32_t hash = (uint32_t)(mixed >> 32), unit;
    for (size_t at = hash; lookup_next(&units->lookup, hash, &at, &unit);)
        if (units->parents[unit] == parent && units->words[unit] == word) return unit;
    if (units->count == units->capacity) grow_units(units);
    unit = (uint32_t)units->count++;
    units->names[unit] = name;
    units->parents[unit] = parent;
    units->words[unit] = word;
    lookup_add(&units->lookup, hash, unit);
    return unit;
}

static const TextColumn *vocabulary_words(const Dataset *dataset, ColumnId id) {
    size_t column = 0;
    while (column < dataset->column_count && dataset->columns[column].id != id) column++;
    assert(column < dataset->column_count);
    return &dataset->columns[column].words;
}

static void build_units(Dataset *dataset) {
    const TextColumn *columns[LEVEL_COUNT] = {
        [LEVEL_BUREAU] = vocabulary_words(dataset, COLUMN_BUREAU),
        [LEVEL_DEPARTMENT] = vocabulary_words(dataset, COLUMN_DEPARTMENT),
        [LEVEL_PROJECT] = vocabulary_words(dataset, COLUMN_PROJECT),
    };
    dataset->projects = memory_resize(dataset->projects, dataset->rows, sizeof *dataset->projects);
    for (size_t row = 0; row < dataset->rows; row++) {
        uint32_t unit = 0;
        bool same = row > 0; /* neighbours are often of one project */
        for (Level level = 0; level < LEVEL_COUNT && same; level++)
            same = columns[level]->ids[row] == columns[level]->ids[row - 1];
        if (same) {
            dataset->projects[row] = dataset->projects[row - 1];
            continue;
        }
        for (Level level = 0; level < LEVEL_COUNT; level++) {
            uint32_t word = columns[level]->ids[row];
            unit = find_unit(&dataset->levels[level], unit, word, columns[level]->words[word]);
        }
        dataset->projects[row] = unit;
    }
}

/* Sorts `count` children by their parents, keeping their order (a counting sort). */
static void build_children(Units *units, const uint32_t *parents, size_t count) {
    units->starts = memory_new(units->count + 1, sizeof *units->starts);
    units->children = memory_new(count, sizeof *units->children);
    for (size_t child = 0; child < count; child++) units->starts[parents[child] + 1]++;
    for (size_t unit = 0; unit < units->count; unit++) units->starts[unit + 1] += units->starts[unit];
    for (size_t child = 0; child < count; child++)
        units->children[units->starts[parents[child]]++] = (uint32_t)child;
    /* Each start has moved to its end, which is where the next one starts. */
    for (size_t unit = units->count; unit > 0; unit--) units->starts[unit] = units->starts[unit - 1];
    units->starts[0] = 0;
}

static void build_levels(Dataset *dataset) {
    build_units(dataset);
    Units *levels = dataset->levels;
    for (Level level = LEVEL_BUREAU; level < LEVEL_PROJECT; level++)
        build_children(&levels[level], levels[level + 1].parents, levels[level + 1].count);
    build_children(&levels[LEVEL_PROJECT], dataset->projects, dataset->rows);
    for (Level level = 0; level < LEVEL_COUNT; level++) lookup_release(&levels[level].lookup);
}

void dataset_finish(Dataset *dataset) {
    dataset->rated = dataset->all = dataset->rows;
    build_levels(dataset);
    for (size_t i = 0; i < dataset->column_count; i++) lookup_release(&dataset->columns[i].lookup);
    resize_rows(dataset, dataset->rows);
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
        to->digits[row] = from->digits[row];
        to->scale[row] = from->scale[row];
        if (from->scale[row] == DATASET_SCALE_LONG && dataset_number(from, row, &number) == MISSING_NONE)
            to->digits[row] = add_long(dataset, copy, number);
    }
    return dataset->column_count - 1;
}

void dataset_take_number(Dataset *dataset, size_t column, size_t from, size_t row) {
    Column *to = &dataset->columns[column];
    const NumberColumn *numbers = &dataset->columns[from].numbers;
    Decimal number;
    to->numbers.digits[row] = numbers->digits[row];
    to->numbers.scale[row] = numbers->scale[row];
    if (numbers->scale[row] == DATASET_SCALE_LONG && dataset_number(numbers, row, &number) == MISSING_NONE)
        to->numbers.digits[row] = add_long(dataset, to, number);
}

static void move_rows(Dataset *dataset, const uint32_t *order, const uint32_t *moved) {
    char *scratch = memory_new(dataset->all, sizeof(int64_t));
    arrange_cells(dataset->lines, sizeof *dataset->lines, order, dataset->all, scratch);
    for (size_t i = 0; i < dataset->column_count; i++) {
        Column *column = &dataset->columns[i];
        if (column->is_number) {
            arrange_cells(column->numbers.digits, sizeof(int64_t), order, dataset->all, scratch);
            arrange_cells(column->numbers.scale, sizeof(uint8_t), order, dataset->all, scratch);
            arrange_texts(column->numbers.written_rows, column->numbers.written,
                          column->numbers.written_count, moved);
        } else {
            arrange_cells(column->words.ids, sizeof(uint32_t), order, dataset->all, scratch);
        }
    }
    memory_free(scratch);
}

void dataset_arrange(Dataset *dataset, const Arrangement *arrangement) {
    assert(!dataset->period_rows);
    uint32_t *moved = memory_new(dataset->all, sizeof *moved);
    dataset->records = memory_new(dataset->all, sizeof *dataset->records);
    memcpy(dataset->records, arrangement->order, dataset->all * sizeof *dataset->records);
    for (size_t row = 0; row < dataset->all; row++) moved[arrangement->order[row]] = (uint32_t)row;
    move_rows(dataset, arrangement->order, moved);
    arrange_groups(arrangement->indicators, moved, dataset->all, arrangement->indicator_count,
                   &dataset->period_starts, &dataset->period_rows);
    dataset->rows = arrangement->indicator_count;
    dataset->rated = arrangement->rated_count;
    for (Level level = 0; level < LEVEL_COUNT; level++) {
        release_units(&dataset->levels[level]);
        dataset->levels[level] = (Units){0};
    }
    build_levels(dataset);
    dataset->indicators = memory_new(dataset->rated, sizeof *dataset->indicators);
    for (size_t row = 0; row < dataset->rated; row++)
        dataset->indicators[row] = arrangement->indicators[dataset->records[row]];
    memory_free(moved);
}

Str dataset_file(const Dataset *dataset) { return dataset->file; }

size_t dataset_rows(const Dataset *dataset) { return dataset->rows; }

size_t dataset_rated_rows(const Dataset *dataset) { return dataset->rated; }

size_t dataset_all_rows(const Dataset *dataset) { return dataset->all; }

size_t dataset_record(const Dataset *dataset, size_t row) {
    return dataset->records ? dataset->records[row] : row;
}

const uint32_t *dataset_periods(const Dataset *dataset, size_t indicator, size_t *count) {
    *count = 0;
    if (!dataset->period_rows) return NULL;
    *count = dataset->period_starts[indicator + 1] - dataset->period_starts[indicator];
    return dataset->period_rows + dataset->period_starts[indicator];
}

size_t dataset_columns(const Dataset *dataset) { return dataset->column_count; }

Str dataset_column_name(const Dataset *dataset, size_t column) { return dataset->columns[column].name; }

bool dataset_find_column(const Dataset *dataset, Str name, size_t *column) {
    ColumnId id = COLUMN_KNOWN;
    bool known = column_find(name, &id);
    for (size_t i = 0; i < dataset->column_count; i++) {
        const Column *candidate = &dataset->columns[i];
        if (known ? candidate->id != id : !str_equal(candidate->name, name)) continue;
        *column = i;
        return true;
    }
    return id == COLUMN_ORIGINAL_TARGET && dataset_find_column(dataset, STR("target"), column);
}

Str dataset_text(const Dataset *dataset, size_t column, size_t row) {
    const TextColumn *words = dataset_words(dataset, column);
    return words ? words->words[words->ids[row]] : STR("");
}

const NumberColumn *dataset_numbers(const Dataset *dataset, size_t column) {
    bool there = column < dataset->column_count && dataset->columns[column].is_number;
    return there ? &dataset->columns[column].numbers : NULL;
}

const TextColumn *dataset_words(const Dataset *dataset, size_t column) {
    bool there = column < dataset->column_count && !dataset->columns[column].is_number;
    return there ? &dataset->columns[column].words : NULL;
}

Missing dataset_number(const NumberColumn *column, size_t row, Decimal *out) {
    uint8_t scale = column->scale[row];
    int64_t digits = column->digits[row];
    if (scale == DATASET_SCALE_MISSING) return (Missing)digits;
    *out = scale == DATASET_SCALE_LONG ? column->long_numbers[digits]
                                       : (Decimal){.digits = digits, .scale = scale};
    return MISSING_NONE;
}

/* The text kept for a cell of numbers; NULL when there is none. */
static const Str *find_written(const NumberColumn *numbers, size_t row) {
    size_t first = 0, end = numbers->written_count;
    while (first < end) {
        size_t middle = first + (end - first) / 2;
        if (numbers->written_rows[middle] < row)
            first = middle + 1;
        else
            end = middle;
    }
    bool found = first < numbers->written_count && numbers->written_rows[first] == row;
    return found ? &numbers->written[first] : NULL;
}

void dataset_add_written(const Dataset *dataset, size_t column, size_t row, Buffer *out) {
    const NumberColumn *numbers = dataset_numbers(dataset, column);
    const Str *written = numbers ? find_written(numbers, row) : NULL;
    Decimal number;
    if (!numbers)
        buffer_add(out, dataset_text(dataset, column, row));
    else if (written)
        buffer_add(out, *written);
    else if (dataset_number(numbers, row, &number) == MISSING_NONE)
        decimal_write(out, &number);
}

uint32_t dataset_line(const Dataset *dataset, size_t row) { return dataset->lines[row]; }

size_t dataset_level_size(const Dataset *dataset, Level level) {
    return level == LEVEL_INDICATOR ? dataset->rows : dataset->levels[level].count;
}

Str dataset_level_name(const Dataset *dataset, Level level, size_t unit) {
    return dataset->levels[level].names[unit];
}

uint32_t dataset_parent(const Dataset *dataset, Level level, size_t unit) {
    assert(level > LEVEL_BUREAU);
    return dataset->levels[level].parents[unit];
}

const uint32_t *dataset_children(const Dataset *dataset, Level level, size_t unit, size_t *count) {
    const Units *units = &dataset->levels[level];
    *count = units->starts[unit + 1] - units->starts[unit];
    return units->children + units->starts[unit];
}

uint32_t dataset_indicator(const Dataset *dataset, size_t row) {
    return dataset->indicators ? dataset->indicators[row] : (uint32_t)row;
}

uint32_t dataset_project(const Dataset *dataset, size_t row) {
    return dataset->projects[dataset_indicator(dataset, row)];
}
