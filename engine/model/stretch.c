#include "model/stretch.h"

#include "base/memory.h"
#include "model/load.h"

#include <string.h>

#define SHORT_WORDS 256 /* slots of the cache, a power of two */
#define SHORT_SIZE  8   /* bytes of a word that fits into it */

/* A word of at most SHORT_SIZE bytes: its bytes, with zeros behind them, and its id. */
typedef struct ShortWord {
    uint64_t bytes;
    uint32_t size;
    uint32_t id;
} ShortWord;

void stretch_begin(Stretch *stretch, const StretchForm *form) {
    *stretch = (Stretch){.form = form};
    stretch->numbers = memory_new(form->columns, sizeof *stretch->numbers);
    stretch->words = memory_new(form->columns, sizeof *stretch->words);
}

static void release_words(WordColumn *column) {
    memory_free(column->words.ids);
    memory_free(column->words.words);
    memory_free(column->shorts);
    lookup_release(&column->lookup);
}

void stretch_end(Stretch *stretch) {
    for (size_t column = 0; column < stretch->form->columns; column++) {
        memory_free(stretch->numbers[column].digits);
        memory_free(stretch->numbers[column].scale);
        release_words(&stretch->words[column]);
    }
    memory_free(stretch->numbers);
    memory_free(stretch->words);
    memory_free(stretch->runs);
    memory_free(stretch->absent);
    memory_free(stretch->mark_block);
    arena_release(&stretch->texts);
    arena_release(&stretch->words_arena);
    *stretch = (Stretch){0};
}

/* A block with room for `count`, whose content is of no interest any more. */
static void *renew(void *block, size_t count, size_t size) {
    memory_free(block);
    return memory_resize(NULL, count, size);
}

static void make_runs(Stretch *stretch, size_t count) {
    if (count <= stretch->run_capacity) return;
    stretch->run_capacity = memory_growth(stretch->run_capacity, count);
    stretch->runs = renew(stretch->runs, stretch->run_capacity, sizeof *stretch->runs);
}

static void make_room(Stretch *stretch, size_t rows) {
    if (rows <= stretch->row_capacity) return;
    stretch->row_capacity = memory_growth(stretch->row_capacity, rows);
    for (size_t i = 0; i < stretch->form->columns; i++) {
        if (stretch->form->roles[i] == CELL_NUMBER) {
            NumberColumn *numbers = &stretch->numbers[i];
            numbers->digits = renew(numbers->digits, stretch->row_capacity, sizeof *numbers->digits);
            numbers->scale = renew(numbers->scale, stretch->row_capacity, sizeof *numbers->scale);
        } else if (stretch->form->roles[i] == CELL_WORD) {
            TextColumn *words = &stretch->words[i].words;
            words->ids = renew(words->ids, stretch->row_capacity, sizeof *words->ids);
        }
    }
}

size_t stretch_offset(const Stretch *stretch, size_t row) {
    return (uint32_t)(stretch->marks[(ptrdiff_t)(row * stretch->form->columns) - 1] + 1);
}

/* The bytes of a cell, quotes included. */
static inline Str raw_cell(const Stretch *stretch, size_t row, size_t column) {
    const uint32_t *mark = stretch->marks + row * stretch->form->columns + column;
    uint32_t from = mark[-1] + 1, to = mark[0];
    if (stretch->returns && column + 1 == stretch->form->columns) to--;
    return (Str){stretch->text.data + from, to - from};
}

/* Takes out the quotes of a cell; false when they do not stand as they should. */
static bool unquote(Stretch *stretch, Str *cell) {
    if (!memchr(cell->data, '"', cell->size)) return true;
    if (cell->size < 2 || cell->data[0] != '"' || cell->data[cell->size - 1] != '"') return false;
    Str inner = str_slice(*cell, 1, cell->size - 1);
    *cell = inner;
    if (!memchr(inner.data, '"', inner.size)) return true;
    char *out = arena_new(&stretch->texts, inner.size, 1);
    size_t size = 0;
    for (size_t at = 0; at < inner.size; at++) {
        out[size++] = inner.data[at];
        if (inner.data[at] != '"') continue;
        if (at + 1 == inner.size || inner.data[at + 1] != '"') return false;
        at++;
    }
    *cell = (Str){out, size};
    return true;
}

static bool is_blank(char byte) { return byte == ' ' || byte == '\t'; }

/* The cell's text without quotes and without blanks at its ends; false when its quotes are wrong. */
static inline bool read_cell(Stretch *stretch, size_t row, size_t column, Str *out) {
    *out = raw_cell(stretch, row, column);
    if (stretch->quoted && !unquote(stretch, out)) return false;
    if (out->size && (is_blank(out->data[0]) || is_blank(out->data[out->size - 1]))) *out = str_trim(*out);
    return true;
}

Str stretch_cell(Stretch *stretch, size_t row, size_t column) {
    Str cell = {"", 0};
    read_cell(stretch, row, column, &cell);
    return cell;
}

/* Rows of the right number of cells, none of them too long, and no line end but LF or CRLF throughout. */
static bool rows_are_regular(Stretch *stretch, const Marks *marks) {
    size_t columns = stretch->form->columns;
    stretch->rows = marks->count / columns;
    if (marks->count % columns || marks->lines != stretch->rows) return false;
    if (stretch->rows == 0 || stretch->marks[marks->count - 1] + 1 != stretch->text.size) return false;
    if (marks->returns && marks->returns != stretch->rows) return false;
    const char *data = stretch->text.data;
    uint32_t from = 0;
    for (const uint32_t *end = stretch->marks + columns - 1; end < stretch->marks + marks->count;
         end += columns) {
        if (data[*end] != '\n' || *end - from > LOAD_CELL_LIMIT) return false;
        if (marks->returns && data[*end - 1] != '\r') return false;
        from = *end;
    }
    return true;
}

/* Eight digits, the first in the lowest byte, each as a number below ten. */
static uint64_t eight_digits(uint64_t digits) {
    digits = (digits * 2561) >> 8;
    digits = ((digits & 0x00ff00ff00ff00ff) * 6553601) >> 16;
    return ((digits & 0x0000ffff0000ffff) * 42949672960001) >> 32;
}

/* A number of at most eight characters besides its sign, all at once (SWAR); false for anything else. */
static inline bool parse_eight(const char *from, const char *to, int64_t *digits, uint8_t *scale) {
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    const uint64_t ones = 0x0101010101010101, tops = 0x8080808080808080;
    bool negative = *from == '-';
    from += negative;
    size_t size = (size_t)(to - from);
    if (size - 1 >= 8) return false;
    uint64_t bytes;
    memcpy(&bytes, to - 8, sizeof bytes);
    bytes ^= ones * '0';
    bytes &= ~(uint64_t)0 << (8 * (8 - size));
    uint64_t points = bytes ^ ones * ('.' ^ '0');
    points = (points - ones) & ~points & tops; /* the lowest bit set is that of the first point */
    /* Without a branch, since half of all numbers have a point: `has` is all ones where there is one. */
    uint64_t has = 0 - (uint64_t)(points != 0);
    unsigned at = (unsigned)__builtin_ctzll(points | (uint64_t)1 << 63) & ~7u; /* first bit of its byte */
    uint64_t below = ((uint64_t)1 << at) - 1;
    uint64_t joined = (bytes & below) << 8 | (bytes & ~(below << 8 | 0xff));
    bytes = (joined & has) | (bytes & ~has);
    size_t pointed = has & 1, places = (56 - at) / 8 & has, whole = size - places - pointed;
    bool odd = (whole == 0) | (pointed & (places == 0)) | ((*from == '0') & (whole > 1)) |
               (negative & (bytes == 0)) | /* ".5", "5.", "05", "-0" */
               ((((bytes + ones * 0x76) | bytes) & tops) != 0);
    if (odd) return false;
    int64_t value = (int64_t)eight_digits(bytes);
    *digits = negative ? -value : value;
    *scale = (uint8_t)places;
    return true;
#else
    (void)from, (void)to, (void)digits, (void)scale;
    return false;
#endif
}

/* A cell that is not blank, by the rules of model/load; false where that would say something. */
static bool parse_other(const StretchForm *form, Str text, int64_t *digits, uint8_t *scale) {
    Missing reason = absence_of(form->absence, text);
    if (reason != MISSING_NONE) {
        *digits = (int64_t)reason;
        *scale = DATASET_SCALE_MISSING;
        return true;
    }
    Decimal number;
    Arena scratch = {0};
    bool plain = decimal_parse(text, &number, &scratch, NULL) == DECIMAL_PLAIN && number.text.size == 0 &&
                 number.scale < DATASET_SCALE_LONG;
    plain = plain && (number.digits != 0 || text.data[0] != '-'); /* "-0" is kept as written */
    *digits = number.digits;
    *scale = plain ? (uint8_t)number.scale : 0;
    arena_release(&scratch);
    return plain;
}

static void add_absent(Stretch *stretch, size_t row, size_t column) {
    if (stretch->absent_count == stretch->absent_capacity) {
        stretch->absent_capacity = memory_growth(stretch->absent_capacity, stretch->absent_count + 1);
        stretch->absent = memory_resize(stretch->absent, stretch->absent_capacity, sizeof *stretch->absent);
    }
    stretch->absent[stretch->absent_count++] = (AbsentCell){(uint32_t)row, (uint32_t)column};
}

/* A cell that parse_eight refused. */
static bool parse_odd(Stretch *stretch, size_t row, size_t column) {
    NumberColumn *numbers = &stretch->numbers[column];
    Str cell;
    if (!read_cell(stretch, row, column, &cell)) return false;
    if (cell.size && absence_of(stretch->form->absence, cell) != MISSING_NONE)
        add_absent(stretch, row, column);
    return parse_other(stretch->form, cell, &numbers->digits[row], &numbers->scale[row]);
}

static bool parse_numbers(Stretch *stretch, size_t column) {
    /* Copies: what is written through `scale` may be anything for the compiler. */
    const char *data = stretch->text.data;
    const uint32_t *mark = stretch->marks + column;
    const size_t columns = stretch->form->columns, rows = stretch->rows;
    const uint32_t returns = stretch->returns && column + 1 == columns;
    int64_t *digits = stretch->numbers[column].digits;
    uint8_t *scale = stretch->numbers[column].scale;
    for (size_t row = 0; row < rows; row++, mark += columns) {
        const char *from = data + (uint32_t)(mark[-1] + 1), *to = data + (mark[0] - returns);
        if (!parse_eight(from, to, &digits[row], &scale[row]) && !parse_odd(stretch, row, column))
            return false;
    }
    return true;
}

static uint32_t find_word(Stretch *stretch, WordColumn *column, Str text) {
    TextColumn *words = &column->words;
    uint32_t hash = (uint32_t)str_hash(text), id;
    for (size_t at = hash; lookup_next(&column->lookup, hash, &at, &id);)
        if (str_equal(words->words[id], text)) return id;
    if (words->word_count == column->word_capacity) {
        column->word_capacity = memory_growth(column->word_capacity, words->word_count + 1);
        words->words = memory_resize(words->words, column->word_capacity, sizeof *words->words);
    }
    id = (uint32_t)words->word_count++;
    words->words[id] = arena_copy(&stretch->words_arena, text);
    lookup_add(&column->lookup, hash, id);
    return id;
}

static void begin_words(Stretch *stretch, WordColumn *column) {
    if (column->shorts) return;
    column->shorts = memory_new(SHORT_WORDS, sizeof *column->shorts);
    for (size_t i = 0; i < SHORT_WORDS; i++) column->shorts[i].size = SHORT_SIZE + 1; /* free */
    find_word(stretch, column, STR(""));
}

/* The bytes of a short text as a number. Text of the stretch has readable bytes before it. */
static inline uint64_t short_bytes(Str text, bool in_stretch) {
    uint64_t bytes = 0;
    if (!in_stretch) {
        memcpy(&bytes, text.data, text.size);
        return bytes;
    }
    memcpy(&bytes, text.data + text.size - SHORT_SIZE, SHORT_SIZE);
    return text.size ? bytes >> (8 * (SHORT_SIZE - text.size)) : 0;
}

/* The id of a text; short ones are compared as numbers. */
static inline uint32_t word_id(Stretch *stretch, WordColumn *column, Str text) {
    if (text.size > SHORT_SIZE) return find_word(stretch, column, text);
    uint64_t bytes = short_bytes(text, !stretch->quoted);
    ShortWord *slot = &column->shorts[((bytes + text.size) * 0x9e3779b97f4a7c15u) >> 56 & (SHORT_WORDS - 1)];
    if (slot->bytes == bytes && slot->size == text.size) return slot->id;
    *slot = (ShortWord){bytes, (uint32_t)text.size, find_word(stretch, column, text)};
    return slot->id;
}

/* Neighbours are often equal. */
static inline bool as_before(const Stretch *stretch, size_t row, size_t column) {
    return row > 0 && str_equal(raw_cell(stretch, row, column), raw_cell(stretch, row - 1, column));
}

static bool parse_words(Stretch *stretch, size_t column) {
    WordColumn *words = &stretch->words[column];
    const bool filled = stretch->form->filled[column];
    begin_words(stretch, words);
    uint32_t *ids = words->words.ids;
    const size_t rows = stretch->rows;
    for (size_t row = 0; row < rows; row++) {
        Str cell = raw_cell(stretch, row, column);
        if (cell.size > SHORT_SIZE && as_before(stretch, row, column)) {
            ids[row] = ids[row - 1];
            continue;
        }
        if (!read_cell(stretch, row, column, &cell) || (filled && cell.size == 0)) return false;
        ids[row] = word_id(stretch, words, cell);
    }
    return true;
}

/* Texts that nothing asks for: their quotes must be right, some must not be blank. */
static bool check_texts(Stretch *stretch, size_t column) {
    const bool filled = stretch->form->filled[column];
    if (!filled && !stretch->quoted) return true;
    for (size_t row = 0; row < stretch->rows; row++) {
        Str cell = raw_cell(stretch, row, column);
        if (!stretch->quoted && cell.size && !is_blank(cell.data[0])) continue;
        if (!read_cell(stretch, row, column, &cell) || (filled && cell.size == 0)) return false;
    }
    return true;
}

static bool same_cell(const Stretch *stretch, size_t a, size_t b, size_t column) {
    return str_equal(raw_cell(stretch, a, column), raw_cell(stretch, b, column));
}

/* The bytes of the names from the bureau's to that of `level`, commas included, where they stand side by
 * side. */
static inline Str raw_names(const Stretch *stretch, size_t row, Level level) {
    const uint32_t *mark = stretch->marks + row * stretch->form->columns + stretch->form->names[LEVEL_BUREAU];
    uint32_t from = mark[-1] + 1;
    return (Str){stretch->text.data + from, mark[level] - from};
}

static bool side_by_side(const Stretch *stretch) {
    const size_t *names = stretch->form->names;
    return names[LEVEL_DEPARTMENT] == names[LEVEL_BUREAU] + 1 &&
           names[LEVEL_PROJECT] == names[LEVEL_BUREAU] + 2 &&
           names[LEVEL_PROJECT] + 1 < stretch->form->columns && !stretch->quoted;
}

/* The rows whose names have other bytes than those of the row before go to runs[].first. No branch depends on
 * whether a row is one: nobody can foresee it. */
static void find_changes(Stretch *stretch) {
    const bool joined = side_by_side(stretch);
    make_runs(stretch, stretch->rows + 1);
    size_t count = 0;
    for (size_t row = 0; row < stretch->rows; row++) {
        bool same = row > 0;
        if (joined && same) {
            Str a = raw_names(stretch, row - 1, LEVEL_PROJECT), b = raw_names(stretch, row, LEVEL_PROJECT);
            size_t size = a.size < b.size ? a.size : b.size;
            same = (memcmp(a.data, b.data, size) == 0) & (a.size == b.size);
        }
        for (Level level = 0; level < LEVEL_COUNT && !joined && same; level++)
            same = same_cell(stretch, row - 1, row, stretch->form->names[level]);
        stretch->runs[count].first = (uint32_t)row;
        count += !same;
    }
    stretch->run_count = count;
}

/* Whether the names of the two levels above the project have the same bytes in both rows. */
static bool same_department(const Stretch *stretch, size_t a, size_t b, bool joined) {
    if (!joined)
        return same_cell(stretch, a, b, stretch->form->names[LEVEL_BUREAU]) &&
               same_cell(stretch, a, b, stretch->form->names[LEVEL_DEPARTMENT]);
    Str x = raw_names(stretch, a, LEVEL_DEPARTMENT), y = raw_names(stretch, b, LEVEL_DEPARTMENT);
    return str_equal(x, y) &&
           raw_names(stretch, a, LEVEL_BUREAU).size == raw_names(stretch, b, LEVEL_BUREAU).size;
}

/* Reads the names of a run, and which differ from those before: other bytes may be the same name with other
 * blanks or quotes. */
static bool read_names(Stretch *stretch, const Run *before, bool known, Run *run) {
    run->changed = LEVEL_COUNT;
    for (Level level = 0; level < LEVEL_COUNT; level++) {
        Str *name = &run->names[level];
        if (known && level < LEVEL_PROJECT) {
            *name = before->names[level];
            continue;
        }
        if (!read_cell(stretch, run->first, stretch->form->names[level], name) || name->size == 0)
            return false;
        bool same = before && str_equal(*name, before->names[level]);
        if (!same && run->changed == LEVEL_COUNT) run->changed = level;
    }
    return true;
}

static bool parse_runs(Stretch *stretch) {
    const bool joined = side_by_side(stretch);
    find_changes(stretch);
    size_t count = 0;
    for (size_t i = 0; i < stretch->run_count; i++) {
        Run *run = &stretch->runs[count], *before = i > 0 ? run - 1 : NULL;
        run->first = stretch->runs[i].first;
        bool known = before && same_department(stretch, before->first, run->first, joined);
        if (!read_names(stretch, before, known, run)) return false;
        count += run->changed < LEVEL_COUNT;
    }
    stretch->run_count = count;
    stretch->runs[count] = (Run){.first = (uint32_t)stretch->rows};
    return true;
}

static bool parse_column(Stretch *stretch, size_t column) {
    switch (stretch->form->roles[column]) {
    case CELL_NUMBER:
        return parse_numbers(stretch, column);
    case CELL_WORD:
        return parse_words(stretch, column);
    default:
        return check_texts(stretch, column);
    }
}

bool stretch_parse(Stretch *stretch, Str text) {
    if (text.size + MARKS_SLACK > stretch->mark_capacity) {
        stretch->mark_capacity = text.size + MARKS_SLACK;
        stretch->mark_block = renew(stretch->mark_block, stretch->mark_capacity + 1, sizeof *stretch->marks);
        stretch->marks = stretch->mark_block + 1;
        stretch->marks[-1] = UINT32_MAX; /* so that the first cell begins at 0, as others do behind a mark */
    }
    if (stretch->texts.last) arena_release(&stretch->texts);
    stretch->text = text;
    stretch->absent_count = 0;
    Marks marks = marks_find(text, stretch->marks);
    stretch->quoted = marks.quotes > 0;
    stretch->returns = marks.returns > 0;
    if (!marks.valid || !rows_are_regular(stretch, &marks)) return false;
    make_room(stretch, stretch->rows);
    for (size_t column = 0; column < stretch->form->columns; column++)
        if (!parse_column(stretch, column)) return false;
    return stretch->form->no_runs || parse_runs(stretch);
}
