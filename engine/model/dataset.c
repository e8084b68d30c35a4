#include "model/dataset_build.h"

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
    return words ? words->words[text_id(words, row)] : STR("");
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
    int64_t digits = number_digits(column, row);
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

uint32_t dataset_line(const Dataset *dataset, size_t row) {
    return dataset->lines ? dataset->lines[row]
                          : dataset->first_line + (uint32_t)dataset_record(dataset, row);
}

size_t dataset_level_size(const Dataset *dataset, Level level) {
    return level == LEVEL_INDICATOR ? dataset->rows : dataset->levels[level].count;
}

Str dataset_level_name(const Dataset *dataset, Level level, size_t unit) {
    const Str *words = dataset->columns[dataset->name_columns[level]].words.words;
    return words[dataset->levels[level].words[unit]];
}

uint32_t dataset_parent(const Dataset *dataset, Level level, size_t unit) {
    assert(level > LEVEL_BUREAU);
    return dataset->levels[level].parents[unit];
}

const uint32_t *dataset_children(const Dataset *dataset, Level level, size_t unit, size_t *count) {
    const Units *units = &dataset->levels[level];
    *count = units->starts[unit + 1] - units->starts[unit];
    return hierarchy_children(units) + units->starts[unit];
}

size_t dataset_child_count(const Dataset *dataset, Level level, size_t unit) {
    const Units *units = &dataset->levels[level];
    return units->starts[unit + 1] - units->starts[unit];
}

const uint32_t *dataset_runs(const Dataset *dataset, Level level) {
    return dataset->levels[level].grouped ? dataset->levels[level].starts : NULL;
}

uint32_t dataset_indicator(const Dataset *dataset, size_t row) {
    return dataset->indicators ? dataset->indicators[row] : (uint32_t)row;
}

uint32_t dataset_project(const Dataset *dataset, size_t row) {
    uint32_t indicator = dataset_indicator(dataset, row);
    return dataset->projects ? dataset->projects[indicator] : runmap_find(&dataset->runs, indicator);
}
