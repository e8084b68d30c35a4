/* dataset - the indicator data: columns, dictionaries, and the four levels bureau, department, project,
 * indicator.
 *
 * An indicator is a row. A project is its (bureau, department, project), a department its (bureau,
 * department): names are labels, not keys. Levels keep the order in which they first occur in the data; rows
 * of one project need not be neighbours. Built by model/load, read-only once its periods are arranged.
 *
 * Where the rules choose among periods (model/periods), rows are arranged: first the indicators, which are
 * all that levels know of; behind them the rows of other periods that count in their rates; then the rows
 * that are set aside. Without a choice every row is an indicator, in order of the file.
 */
#ifndef PERFEVAL_MODEL_DATASET_H
#define PERFEVAL_MODEL_DATASET_H

#include "base/decimal.h"
#include "base/diag.h"

/** The vocabulary: columns whose meaning the engine knows. Any further column of a file is an own column. */
typedef enum ColumnId {
    COLUMN_BUREAU,
    COLUMN_DEPARTMENT,
    COLUMN_PROJECT,
    COLUMN_INDICATOR,
    COLUMN_UNIT,
    COLUMN_TARGET,
    COLUMN_ACTUAL,
    COLUMN_PUBLISHED_RATE,
    COLUMN_ID,
    COLUMN_POLARITY,
    COLUMN_WEIGHT,
    COLUMN_NOTE,
    COLUMN_REASON,
    COLUMN_COUNTERMEASURE,
    COLUMN_BASE,
    COLUMN_LOWER_BOUND,
    COLUMN_UPPER_BOUND,
    COLUMN_MILESTONES,
    COLUMN_PERIOD,
    COLUMN_GRADE,
    COLUMN_PREVIOUS_TARGET,
    COLUMN_PREVIOUS_ACTUAL,
    COLUMN_PREVIOUS_RATE,
    COLUMN_REVISED_TARGET,
    COLUMN_REVISED_ON,
    COLUMN_REVISION_REASON,
    COLUMN_REVISION_EVIDENCE,
    COLUMN_ORIGINAL_TARGET, /* of no file: model/revisions keeps the target as the file has it */
    COLUMN_KNOWN            /* number of columns of the vocabulary */
} ColumnId;

typedef struct ColumnInfo {
    const char *name;  /* "target" */
    const char *label; /* "목표"; accepted as a column name too */
    bool required;     /* a data file needs it */
    bool number;       /* its cells are numbers */
    const char *doc;   /* one line, English */
} ColumnInfo;

/** The vocabulary's entry of a column below COLUMN_KNOWN. */
const ColumnInfo *column_info(ColumnId column);
/** The vocabulary's column with this name or Korean label; false when there is none. */
bool column_find(Str name, ColumnId *column);

/** Why a number is missing. Never 0, inf or nan: every missing number has one of these. */
typedef enum Missing {
    MISSING_NONE,           /* not missing */
    MISSING_BLANK,          /* the cell is empty, or the data have no such column */
    MISSING_NEW,            /* the cell says that the indicator is new: 신규 */
    MISSING_WITHHELD,       /* the cell says that the number is withheld: 비공개 */
    MISSING_NOT_APPLICABLE, /* the cell says so: -, N/A, 해당없음 */
    MISSING_ZERO_TARGET,    /* the formula divides by a target of zero */
    MISSING_DIVISION,       /* the formula divides by something else that is zero */
    MISSING_FUNCTION,       /* the rule's function failed on this row */
    MISSING_DECLARED,       /* the rule's function answered nil: it says that there is no rate */
    MISSING_NO_CASE,        /* no case of the rules applies */
    MISSING_EXCLUDED,       /* a special case leaves the row out */
    MISSING_NO_VALUES,      /* an aggregate over nothing that is there */
    MISSING_CHILD,          /* something below has no rate, and the rules say that it spreads */
    MISSING_WEIGHT,         /* a weight is missing, or all weights are zero */
    MISSING_NO_PERIOD,      /* the indicator has no row in the period asked for */
    MISSING_TOO_LARGE,      /* an exact value would grow beyond its bits: no results are made of it */
    MISSING_COUNT
} Missing;

/** "blank", "not_applicable", … : stable names for JSON and scripts. */
const char *missing_name(Missing reason);

/** A column of numbers. Cell of row r, whose digits d are digits[r] or short_digits[r] (number_digits):
 * scale[r] below DATASET_SCALE_LONG: d / 10^scale[r]; DATASET_SCALE_LONG: long_numbers[d];
 * DATASET_SCALE_MISSING: missing, d is the Missing reason. */
#define DATASET_SCALE_LONG    254
#define DATASET_SCALE_MISSING 255
typedef struct NumberColumn {
    int64_t *digits;       /* NULL where all are short: */
    int32_t *short_digits; /* then these */
    uint8_t *scale;
    Decimal *long_numbers;
    size_t long_count;
    /* What stood in cells that do not hold the number as decimal_write writes it ("1,234", "-"): by row, and
     * only where the loader was asked for it. */
    uint32_t *written_rows;
    Str *written;
    size_t written_count;
} NumberColumn;

/** The digits of a row. */
static inline int64_t number_digits(const NumberColumn *column, size_t row) {
    return column->digits ? column->digits[row] : column->short_digits[row];
}

typedef enum Level {
    LEVEL_BUREAU,
    LEVEL_DEPARTMENT,
    LEVEL_PROJECT,
    LEVEL_COUNT,                   /* levels of units: each is made of those below */
    LEVEL_INDICATOR = LEVEL_COUNT, /* the rows; only where it is said */
    LEVEL_ALL                      /* levels with that of the rows */
} Level;

typedef struct Dataset Dataset;

/** The word that names a row's unit of a level; of data whose units stand in runs (text_id). */
uint32_t dataset_unit_word(const Dataset *dataset, Level level, size_t row);

/** A column of text: an entry of its dictionary per row, text_id. */
typedef struct TextColumn {
    uint32_t *ids;           /* by row; NULL where there are few words: */
    uint16_t *short_ids;     /* then these, or NULL: */
    unsigned char *byte_ids; /* these; or NULL: */
    const Dataset *grouped;  /* the words of its units are those of their rows: */
    Level level;             /* of this level */
    Str *words;              /* words[0] is the blank text */
    size_t word_count;
} TextColumn;

/** The word of a row. */
static inline uint32_t text_id(const TextColumn *column, size_t row) {
    if (column->ids) return column->ids[row];
    if (column->short_ids) return column->short_ids[row];
    return column->byte_ids ? column->byte_ids[row] : dataset_unit_word(column->grouped, column->level, row);
}

void dataset_free(Dataset *dataset);
/** The file the data came from, as named in messages. */
Str dataset_file(const Dataset *dataset);
/** Indicators. */
size_t dataset_rows(const Dataset *dataset);
/** Rows that get a rate: the indicators and, behind them, their rows of other periods that count. */
size_t dataset_rated_rows(const Dataset *dataset);
/** Rows of the file; those behind the rated ones are set aside. */
size_t dataset_all_rows(const Dataset *dataset);
/** Where a row stands among the rows of the file, from 0. */
size_t dataset_record(const Dataset *dataset, size_t row);
/** The rows of an indicator in all periods, in order of the file, itself among them. None where the rules do
 * not choose among periods. */
const uint32_t *dataset_periods(const Dataset *dataset, size_t indicator, size_t *count);
/** Columns of the file, in its order. */
size_t dataset_columns(const Dataset *dataset);
/** The name as it stands in the file, in English or Korean, trimmed. */
Str dataset_column_name(const Dataset *dataset, size_t column);
/** The column with this name or, for columns of the vocabulary, either of its names; false when the data have
 * none. The original target of data whose targets were not exchanged is the target. */
bool dataset_find_column(const Dataset *dataset, Str name, size_t *column);
/** The text of a cell of a text column, trimmed. Empty for a column of numbers (decimal_write prints those
 * with their places as written) and for a column the data lack. */
Str dataset_text(const Dataset *dataset, size_t column, size_t row);
/** A column read as numbers: those of the vocabulary, and own columns that formulas use. NULL when it holds
 * text. */
const NumberColumn *dataset_numbers(const Dataset *dataset, size_t column);
/** The dictionary of a text column; NULL when it holds numbers. */
const TextColumn *dataset_words(const Dataset *dataset, size_t column);
/** A cell of a number column. MISSING_NONE and the number, or the reason. */
Missing dataset_number(const NumberColumn *column, size_t row, Decimal *out);
/** Adds a cell as it stands in the file, trimmed. Cells of number columns that were written in another way,
 * or hold a word, need LoadOptions.keep_written: without it they give the number as read, or nothing. */
void dataset_add_written(const Dataset *dataset, size_t column, size_t row, Buffer *out);
/** Line of the file that a row begins on, from 1. */
uint32_t dataset_line(const Dataset *dataset, size_t row);

/** Units of a level; of LEVEL_INDICATOR the rows. */
size_t dataset_level_size(const Dataset *dataset, Level level);
Str dataset_level_name(const Dataset *dataset, Level level, size_t unit);
/** The unit of the level above that `unit` belongs to (not for LEVEL_BUREAU). */
uint32_t dataset_parent(const Dataset *dataset, Level level, size_t unit);
/** The units below `unit`: departments of a bureau, projects of a department, rows of a project; in order of
 * data. Where the data are grouped the list of a level is made when it is first asked for: whoever goes
 * through all units of large data asks dataset_runs. */
const uint32_t *dataset_children(const Dataset *dataset, Level level, size_t unit, size_t *count);
/** How many those are. */
size_t dataset_child_count(const Dataset *dataset, Level level, size_t unit);
/** Where what is below the units of a level stands in one run each, in the order of the units: below `unit`
 * are the numbers from [unit] to [unit + 1] - 1. NULL elsewhere. */
const uint32_t *dataset_runs(const Dataset *dataset, Level level);
/** The indicator that a rated row belongs to: itself, or that of its row of another period. */
uint32_t dataset_indicator(const Dataset *dataset, size_t row);
/** The project of a rated row. */
uint32_t dataset_project(const Dataset *dataset, size_t row);

#endif
