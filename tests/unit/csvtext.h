/* csvtext - random CSV files of indicator data, good and bad, for the tests of the fast ways of reading them.
 */
#ifndef PERFEVAL_TESTS_CSVTEXT_H
#define PERFEVAL_TESTS_CSVTEXT_H

#include "model/dataset.h"
#include "ruletext.h"

/* What both fast ways are tried with. */
static const size_t unit_sizes[] = {64, 512, 4096};
static const unsigned thread_counts[] = {1, 2, 8};

/** The text in a block of its own size, so that a checker sees what is read beyond it; free it. */
static inline char *exact_copy(Str text) {
    char *copy = malloc(text.size ? text.size : 1);
    assert_non_null(copy);
    memcpy(copy, text.data, text.size);
    return copy;
}

/* The columns of random files: those of all of them, and those that only some tests ask for. */
enum { BUREAU, DEPARTMENT, PROJECT, INDICATOR, UNIT, POLARITY, TARGET, ACTUAL, COLUMNS };
enum { ID = COLUMNS, NOTE, PUBLISHED, ALL_COLUMNS };

static const ColumnId csv_columns[] = {
    [BUREAU] = COLUMN_BUREAU,
    [DEPARTMENT] = COLUMN_DEPARTMENT,
    [PROJECT] = COLUMN_PROJECT,
    [INDICATOR] = COLUMN_INDICATOR,
    [UNIT] = COLUMN_UNIT,
    [POLARITY] = COLUMN_POLARITY,
    [TARGET] = COLUMN_TARGET,
    [ACTUAL] = COLUMN_ACTUAL,
    [ID] = COLUMN_ID,
    [NOTE] = COLUMN_NOTE,
    [PUBLISHED] = COLUMN_PUBLISHED_RATE,
};

/** What is wrong with a random file, or unusual. */
typedef struct Shape {
    bool quoted, crlf, korean, no_end, blank_end, breaks;
    bool odd_numbers, short_rows, twice; /* twice: ids may come again */
    unsigned disorder;                   /* 0: grouped */
    size_t giant;                        /* rows of one large project; 0: none */
    size_t columns, order[ALL_COLUMNS];
} Shape;

/** `columns` is COLUMNS or ALL_COLUMNS. */
static inline Shape random_shape(uint64_t *random, size_t columns) {
    Shape shape = {
        .columns = columns,
        .quoted = random_below(random, 3) == 0,
        .crlf = random_below(random, 4) == 0,
        .korean = random_below(random, 3) == 0,
        .no_end = random_below(random, 4) == 0,
        .blank_end = random_below(random, 6) == 0,
        .breaks = random_below(random, 3) == 0,
        .odd_numbers = random_below(random, 6) == 0,
        .short_rows = random_below(random, 12) == 0,
        .disorder = random_below(random, 2) ? (unsigned)random_below(random, 4) + 1 : 0,
        .giant = random_below(random, 3) == 0 ? random_below(random, 120) : 0,
    };
    for (size_t i = 0; i < columns; i++) shape.order[i] = i;
    for (size_t i = columns; i > 1 && random_below(random, 2); i--) {
        size_t other = random_below(random, i), kept = shape.order[i - 1];
        shape.order[i - 1] = shape.order[other];
        shape.order[other] = kept;
    }
    return shape;
}

/* A name of its own, some longer than eight bytes; the same each time. */
static inline void add_name(Buffer *out, const Shape *shape, const char *stem, size_t number) {
    static const char *const words[] = {"", "국민 ", "a-much-longer-name-", "ab ", "도시관리 "};
    const char *word = words[(number * 7 + (unsigned char)*stem) % COUNT(words)];
    bool quotes = shape->quoted && number % 3 == 1;
    if (quotes)
        buffer_addf(out, "\"%s, \"\"%s%s\"\" %zu\"", stem, word, shape->breaks ? "\n" : "", number);
    else
        buffer_addf(out, "%s%s%zu", word, stem, number);
}

static inline void add_number(Buffer *out, const Shape *shape, uint64_t *random) {
    static const char *const odd[] = {"05", ".5", "5.", "+5", "△5", "1e3", "\"1,234\"", "x", "１"};
    static const char *const rare[] = {"",    "-",    "N/A",           "해당없음",    "0",     "0.00",
                                       " 80", "80\t", "1234567890.25", "-0.00000001", "\"64\""};
    if (shape->odd_numbers && random_below(random, 40) == 0)
        buffer_add(out, str_of(odd[random_below(random, COUNT(odd))]));
    else if (random_below(random, 8) == 0)
        buffer_add(out, str_of(rare[random_below(random, COUNT(rare) - !shape->quoted)]));
    else if (random_below(random, 3) == 0)
        buffer_addf(out, "%zu.%zu", random_below(random, 130), random_below(random, 1000));
    else
        buffer_addf(out, "%zu", (random_below(random, 14) + 1) * 10);
}

/* The names of a row, and its number, from 1. */
typedef struct RowNames {
    size_t names[3];
    size_t number;
} RowNames;

/* Blanks may come again. */
static inline void add_id(Buffer *out, const Shape *shape, size_t number, uint64_t *random) {
    bool again = shape->twice && number > 1 && random_below(random, 20) == 0;
    if (random_below(random, 10))
        buffer_addf(out, "row %zu", again ? 1 + random_below(random, number) : number);
}

/* Nearly each one new, some with as many line breaks as there may be. */
static inline void add_note(Buffer *out, const Shape *shape, size_t number, uint64_t *random) {
    if (random_below(random, 4) == 0) return;
    bool quotes = shape->quoted && random_below(random, 2);
    if (quotes) buffer_add_char(out, '"');
    buffer_addf(out, "remark %zu of %zu", random_below(random, 1000), number % 7);
    if (quotes && shape->breaks) buffer_add_repeat(out, '\n', random_below(random, 80));
    if (quotes) buffer_addf(out, "\"\",%zu\"", number);
}

static inline void add_cell(Buffer *out, const Shape *shape, size_t column, const RowNames *row,
                            uint64_t *random) {
    static const char *const polarities[] = {"", "lower", "higher", " lower"};
    static const char *const units[] = {"명", "%", "a longer unit", ""};
    const char *space = random_below(random, 30) == 0 ? " " : "";
    switch (column) {
    case BUREAU:
    case DEPARTMENT:
    case PROJECT:
        if (!shape->quoted) buffer_add(out, str_of(space));
        add_name(out, shape, column == BUREAU ? "b" : column == DEPARTMENT ? "d" : "p", row->names[column]);
        break;
    case INDICATOR:
        buffer_addf(out, "i%zu", random_below(random, 100));
        break;
    case UNIT:
        buffer_add(out, str_of(units[random_below(random, COUNT(units))]));
        break;
    case POLARITY:
        buffer_add(out, str_of(polarities[random_below(random, COUNT(polarities))]));
        break;
    case ID:
        add_id(out, shape, row->number, random);
        break;
    case NOTE:
        add_note(out, shape, row->number, random);
        break;
    default:
        add_number(out, shape, random);
        break;
    }
}

static inline void add_row(Buffer *out, const Shape *shape, const RowNames *row, uint64_t *random) {
    size_t count = shape->short_rows && random_below(random, 40) == 0 ? shape->columns - 1 : shape->columns;
    for (size_t i = 0; i < count; i++) {
        if (i > 0) buffer_add_char(out, ',');
        add_cell(out, shape, shape->order[i], row, random);
    }
    buffer_add(out, shape->crlf ? STR("\r\n") : STR("\n"));
}

#define MOST_ROWS 600

static inline void exchange(RowNames *rows, size_t a, size_t b) {
    RowNames kept = rows[a];
    rows[a] = rows[b];
    rows[b] = kept;
}

/* Puts the rows out of order: two exchanged, one put elsewhere, or all shuffled. */
static inline void disorder(RowNames *rows, size_t count, unsigned how, uint64_t *random) {
    size_t times = how < 3 ? how : how == 3 ? count : 0;
    for (size_t i = 0; i < times; i++)
        exchange(rows, random_below(random, count), random_below(random, count));
    if (how == 4) rows[count - 1] = rows[0];
}

/* Grouped rows by their names. */
static inline size_t random_names(RowNames *rows, const Shape *shape, uint64_t *random) {
    size_t count = 0, bureaus = 1 + random_below(random, 3), project = 0, giant = random_below(random, 5);
    for (size_t b = 0; b < bureaus; b++) {
        size_t departments = 1 + random_below(random, 3);
        for (size_t d = 0; d < departments; d++) {
            size_t projects = 1 + random_below(random, 5), base = random_below(random, 3);
            for (size_t p = 0; p < projects; p++, project++) {
                size_t size = shape->giant && project == giant ? shape->giant : 1 + random_below(random, 4);
                for (; size > 0 && count < MOST_ROWS; size--)
                    rows[count++] = (RowNames){.names = {b, d, base + p}};
            }
        }
    }
    return count;
}

/** Adds a CSV file with its header; the number of its rows. */
static inline size_t random_file(Buffer *out, const Shape *shape, uint64_t *random) {
    RowNames rows[MOST_ROWS];
    size_t count = random_names(rows, shape, random);
    if (shape->disorder) disorder(rows, count, shape->disorder, random);
    for (size_t i = 0; i < shape->columns; i++) {
        const ColumnInfo *info = column_info(csv_columns[shape->order[i]]);
        buffer_addf(out, "%s%s", i ? "," : "", shape->korean ? info->label : info->name);
    }
    buffer_add(out, shape->crlf ? STR("\r\n") : STR("\n"));
    for (size_t i = 0; i < count; i++) {
        rows[i].number = i + 1;
        add_row(out, shape, &rows[i], random);
    }
    if (shape->no_end) out->size -= shape->crlf ? 2 : 1;
    if (!shape->no_end && shape->blank_end) buffer_add(out, shape->crlf ? STR("\r\n\r\n") : STR("\n"));
    return count;
}

#endif
