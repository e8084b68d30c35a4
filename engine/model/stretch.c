#include "model/stretch.h"

#include "base/memory.h"
#include "base/text.h"

#include <string.h>

#define PIECE       ((size_t)64 * 1024) /* bytes looked through at a time, a multiple of MARKS_BLOCK */
#define BLOCK_ROWS  128                 /* parsed at a time */
#define SHORT_WORDS 256                 /* slots of the cache, a power of two */
#define SHORT_SIZE  8                   /* bytes of a word that fits into it */

/* A word of at most SHORT_SIZE bytes: its bytes, with zeros behind them, and its id. No text holds a NUL, so
 * that its size follows from that; a free slot is the blank word, whose id is 0. */
typedef struct ShortWord {
    uint64_t bytes;
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
    if (!stretch->form) return;
    for (size_t column = 0; column < stretch->form->columns; column++) {
        memory_free(stretch->numbers[column].digits);
        memory_free(stretch->numbers[column].scale);
        release_words(&stretch->words[column]);
    }
    memory_free(stretch->numbers);
    memory_free(stretch->words);
    memory_free(stretch->runs);
    memory_free(stretch->departments);
    memory_free(stretch->absent);
    memory_free(stretch->mark_block);
    arena_release(&stretch->texts);
    arena_release(&stretch->words_arena);
    *stretch = (Stretch){0};
}

static void make_runs(Stretch *stretch, size_t count) {
    if (count <= stretch->run_capacity) return;
    stretch->run_capacity = memory_growth(stretch->run_capacity, count);
    stretch->runs = memory_resize(stretch->runs, stretch->run_capacity, sizeof *stretch->runs);
}

static void make_room(Stretch *stretch, size_t rows) {
    if (!stretch->form->no_runs) make_runs(stretch, rows + 1);
    if (rows <= stretch->row_capacity) return;
    stretch->row_capacity = memory_growth(stretch->row_capacity, rows);
    for (size_t i = 0; i < stretch->form->columns; i++) {
        if (stretch->form->roles[i] == CELL_NUMBER) {
            NumberColumn *numbers = &stretch->numbers[i];
            numbers->digits = memory_resize(numbers->digits, stretch->row_capacity, sizeof *numbers->digits);
            numbers->scale = memory_resize(numbers->scale, stretch->row_capacity, sizeof *numbers->scale);
        } else if (stretch->form->roles[i] == CELL_WORD) {
            TextColumn *words = &stretch->words[i].words;
            words->ids = memory_resize(words->ids, stretch->row_capacity, sizeof *words->ids);
        }
    }
}

/* The bytes of a cell, quotes included. */
static inline Str raw_cell(const Stretch *stretch, size_t row, size_t column) {
    return cells_at(&stretch->cells, row, column);
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

/* The first byte of a character that is surely seen: nearly all names begin with one. */
static inline bool is_visible(char byte) {
    unsigned char lead = (unsigned char)byte;
    return (lead > ' ' && lead < 0x7f) || (lead > 0xe3 && lead < 0xef);
}

/* A name that nobody can see. */
static inline bool is_blank_name(Str name) {
    return !(name.size && is_visible(name.data[0])) && text_is_blank(name);
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

/* What most names are: neither quotes nor blanks at their ends, and the first byte is of a visible letter. */
static inline bool is_plain_name(Str name, bool quoted) {
    return name.size && is_visible(name.data[0]) && !quoted && !is_blank(name.data[name.size - 1]);
}

bool stretch_names(Stretch *stretch, size_t first, size_t end, Str (*names)[LEVEL_COUNT]) {
    const bool quoted = stretch->quoted;
    for (size_t row = first; row < end; row++, names++)
        for (Level level = 0; level < LEVEL_COUNT; level++) {
            size_t column = stretch->form->names[level];
            Str *name = *names + level;
            *name = raw_cell(stretch, row, column);
            if (is_plain_name(*name, quoted)) continue;
            if (!read_cell(stretch, row, column, name) || is_blank_name(*name)) return false;
        }
    return true;
}

/* The marks of the whole text are those of whole rows, as far as their number tells. */
static bool marks_are_regular(const Stretch *stretch, const Marks *marks) {
    return !marks->invalid && stretch->rows > 0 && marks->count % stretch->form->columns == 0 &&
           marks->lines == stretch->rows && stretch->marks[marks->count - 1] + 1 == stretch->text.size &&
           (!marks->returns || marks->returns == stretch->rows);
}

/* Rows of the right number of cells, none of them too long, and no line end but LF or CRLF throughout. */
static bool rows_are_regular(const Stretch *stretch, size_t first, size_t end) {
    const size_t columns = stretch->form->columns, most = stretch->form->limits.cell_bytes;
    const char *data = stretch->text.data;
    const bool returns = stretch->returns;
    const uint32_t *mark = stretch->marks + first * columns - 1;
    uint32_t from = first ? *mark : 0;
    bool regular = true;
    for (size_t row = first; row < end; row++) {
        mark += columns;
        regular &= (data[*mark] == '\n') & (*mark - from <= most);
        if (returns) regular &= data[*mark - 1] == '\r';
        from = *mark;
    }
    return regular;
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

/* A cell that is no plain number. */
static bool parse_odd(Stretch *stretch, size_t row, size_t column) {
    NumberColumn *numbers = &stretch->numbers[column];
    Str cell;
    if (!read_cell(stretch, row, column, &cell)) return false;
    if (cell.size && absence_of(stretch->form->absence, cell) != MISSING_NONE)
        add_absent(stretch, row, column);
    return parse_other(stretch->form, cell, &numbers->digits[row], &numbers->scale[row]);
}

static bool parse_numbers(Stretch *stretch, size_t column, size_t first, size_t end) {
    const NumberColumn *numbers = &stretch->numbers[column];
    CellNumbers out = {numbers->digits, numbers->scale, MISSING_BLANK, DATASET_SCALE_MISSING};
    size_t odd = cells_numbers(&stretch->cells, column, first, end, &out), row = first;
    for (; odd > 0 && (row = cells_next_odd(&out, row, end)) < end; row++, odd--)
        if (!parse_odd(stretch, row, column)) return false;
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
    find_word(stretch, column, STR(""));
}

static inline ShortWord *short_slot(ShortWord *shorts, uint64_t bytes) {
    return &shorts[(bytes * 0x9e3779b97f4a7c15u) >> 56 & (SHORT_WORDS - 1)];
}

/* The bytes of a short text as a number; text of the stretch has readable bytes before it. */
static inline uint64_t short_bytes(Str text) {
    uint64_t bytes;
    memcpy(&bytes, text.data + text.size - SHORT_SIZE, SHORT_SIZE);
    return text.size ? bytes >> (8 * (SHORT_SIZE - text.size)) : 0;
}

static uint32_t word_id(Stretch *stretch, WordColumn *column, Str text) {
    if (text.size > SHORT_SIZE) return find_word(stretch, column, text);
    uint64_t bytes = 0;
    memcpy(&bytes, text.data, text.size);
    ShortWord *slot = short_slot(column->shorts, bytes);
    if (slot->bytes != bytes) *slot = (ShortWord){bytes, find_word(stretch, column, text)};
    return slot->id;
}

static bool same_cell(const Stretch *stretch, size_t a, size_t b, size_t column) {
    return str_equal(raw_cell(stretch, a, column), raw_cell(stretch, b, column));
}

/* A word that was not met before, or is no short one; neighbours are often equal. */
static bool parse_word(Stretch *stretch, size_t column, size_t row) {
    WordColumn *words = &stretch->words[column];
    uint32_t *ids = words->words.ids;
    Str cell = raw_cell(stretch, row, column);
    if (cell.size > SHORT_SIZE && row > 0 && same_cell(stretch, row, row - 1, column)) {
        ids[row] = ids[row - 1];
        return true;
    }
    bool good =
        read_cell(stretch, row, column, &cell) && !(stretch->form->filled[column] && is_blank_name(cell));
    if (good) ids[row] = word_id(stretch, words, cell);
    return good;
}

/* Short words that were met before are found by the bytes of their cells, whatever those would be read as. */
static bool parse_words(Stretch *stretch, size_t column, size_t first, size_t end) {
    WordColumn *words = &stretch->words[column];
    const Cells cells = stretch->cells;
    const size_t least = stretch->form->filled[column], most = stretch->quoted ? 0 : SHORT_SIZE;
    begin_words(stretch, words);
    for (size_t row = first; row < end; row++) {
        Str cell = cells_at(&cells, row, column);
        if (cell.size >= least && cell.size <= most) {
            uint64_t bytes = short_bytes(cell);
            const ShortWord *slot = short_slot(words->shorts, bytes);
            words->words.ids[row] = slot->id;
            if (slot->bytes == bytes) continue;
        }
        if (!parse_word(stretch, column, row)) return false;
    }
    return true;
}

/* Names of runs are looked at where they change. */
static bool is_name(const Stretch *stretch, size_t column) {
    const size_t *names = stretch->form->names;
    bool name =
        column == names[LEVEL_BUREAU] || column == names[LEVEL_DEPARTMENT] || column == names[LEVEL_PROJECT];
    return name && (!stretch->form->no_runs || stretch->form->no_names);
}

/* Texts that nothing asks for: their quotes must be right, some must not be blank. */
static bool check_texts(Stretch *stretch, size_t column, size_t first, size_t end) {
    const bool filled = stretch->form->filled[column], quoted = stretch->quoted;
    const Cells cells = stretch->cells;
    if ((!filled && !quoted) || is_name(stretch, column)) return true;
    for (size_t row = first; row < end; row++) {
        Str cell = cells_at(&cells, row, column);
        if (!quoted && cell.size && is_visible(cell.data[0])) continue;
        if (!read_cell(stretch, row, column, &cell) || (filled && is_blank_name(cell))) return false;
    }
    return true;
}

static bool side_by_side(const Stretch *stretch) {
    const size_t *names = stretch->form->names;
    return names[LEVEL_DEPARTMENT] == names[LEVEL_BUREAU] + 1 &&
           names[LEVEL_PROJECT] == names[LEVEL_BUREAU] + 2 &&
           names[LEVEL_PROJECT] + 1 < stretch->form->columns && !stretch->quoted;
}

/* The rows whose names have other bytes than those of the row before. */
static size_t find_changes(const Stretch *stretch, size_t first, size_t end, CellChange *changes) {
    const size_t *names = stretch->form->names;
    size_t count = 0;
    if (first == 0) changes[count++] = (CellChange){(uint32_t)first++, true};
    if (side_by_side(stretch))
        return count +
               cells_changes(&stretch->cells, names[LEVEL_BUREAU], LEVEL_COUNT, first, end, changes + count);
    for (size_t row = first; row < end; row++) {
        bool upper = !same_cell(stretch, row - 1, row, names[LEVEL_BUREAU]) ||
                     !same_cell(stretch, row - 1, row, names[LEVEL_DEPARTMENT]);
        if (upper || !same_cell(stretch, row - 1, row, names[LEVEL_PROJECT]))
            changes[count++] = (CellChange){(uint32_t)row, upper};
    }
    return count;
}

__extension__ typedef unsigned __int128 Wide;

static inline uint64_t fold(const char *at, uint64_t a, uint64_t b) {
    uint64_t words[2];
    memcpy(words, at, sizeof words);
    Wide product = (Wide)(words[0] ^ a) * (words[1] ^ b);
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* Names of a usual size are four pieces of 16 bytes, which overlap: none waits for another, and nothing
 * depends on their size. */
static inline uint64_t name_hash(Str name) {
    if (name.size < 16 || name.size > 64) return str_hash(name);
    size_t last = name.size - 16, second = last < 16 ? last : 16, third = last < 32 ? last : 32;
    return fold(name.data, 0x9e3779b97f4a7c15u, name.size) +
           fold(name.data + second, 0xd6e8feb86659fd93u, 0xa0761d6478bd642fu) * 3 +
           fold(name.data + third, 0xc2b2ae3d27d4eb4fu, 0xe7037ed1a0b428dbu) * 5 +
           fold(name.data + last, 0x8ebc6af09c88c6e3u, 0x589965cc75374cc3u) * 7;
}

static RunDepartment *add_department(Stretch *stretch) {
    if (stretch->department_count == stretch->department_capacity) {
        stretch->department_capacity =
            memory_growth(stretch->department_capacity, stretch->department_count + 1);
        stretch->departments =
            memory_resize(stretch->departments, stretch->department_capacity, sizeof *stretch->departments);
    }
    return &stretch->departments[stretch->department_count++];
}

/* Reads the names of bureau and department, and which of them differs from those before; LEVEL_COUNT: none.
 */
static bool read_department(Stretch *stretch, size_t row, Level *changed) {
    const RunDepartment *before = NULL;
    RunDepartment here = {0};
    if (stretch->department_count) before = &stretch->departments[stretch->department_count - 1];
    *changed = LEVEL_COUNT;
    for (Level level = LEVEL_PROJECT; level-- > 0;) {
        Str *name = &here.names[level];
        if (!read_cell(stretch, row, stretch->form->names[level], name) || is_blank_name(*name)) return false;
        if (!before || !str_equal(*name, before->names[level])) *changed = level;
    }
    if (*changed < LEVEL_COUNT) *add_department(stretch) = here;
    return true;
}

static inline void add_run(Stretch *stretch, uint32_t row, Level changed, Str name) {
    uint32_t department = (uint32_t)stretch->department_count - 1;
    stretch->runs[stretch->run_count++] = (Run){row, department, changed, name_hash(name)};
    stretch->project = name;
}

/* A row of other bytes: they may be the same names with other blanks or quotes. */
static bool begin_run(Stretch *stretch, CellChange change) {
    Level changed = LEVEL_COUNT;
    Str name;
    if (!read_cell(stretch, change.row, stretch->form->names[LEVEL_PROJECT], &name) || is_blank_name(name))
        return false;
    if (change.upper && !read_department(stretch, change.row, &changed)) return false;
    if (changed == LEVEL_COUNT && !str_equal(name, stretch->project)) changed = LEVEL_PROJECT;
    if (changed < LEVEL_COUNT) add_run(stretch, change.row, changed, name);
    return true;
}

/* Where only the project has other bytes than before, and neither these nor those before have quotes or
 * blanks at their ends, its name is another. */
static bool parse_runs(Stretch *stretch, size_t first, size_t end) {
    CellChange changes[BLOCK_ROWS];
    size_t count = find_changes(stretch, first, end, changes);
    const size_t column = stretch->form->names[LEVEL_PROJECT];
    const Cells cells = stretch->cells;
    const bool quoted = stretch->quoted;
    bool plain = false;
    for (size_t i = 0; i < count; i++) {
        bool was_plain = plain;
        Str name = cells_at(&cells, changes[i].row, column);
        plain = is_plain_name(name, quoted);
        if (was_plain && plain && !changes[i].upper)
            add_run(stretch, changes[i].row, LEVEL_PROJECT, name);
        else if (!begin_run(stretch, changes[i]))
            return false;
    }
    return true;
}

static bool parse_column(Stretch *stretch, size_t column, size_t first, size_t end) {
    switch (stretch->form->roles[column]) {
    case CELL_NUMBER:
        return parse_numbers(stretch, column, first, end);
    case CELL_WORD:
        return parse_words(stretch, column, first, end);
    default:
        return check_texts(stretch, column, first, end);
    }
}

/* All columns of some rows, whose bytes stay in the cache meanwhile. */
static bool parse_block(Stretch *stretch, size_t first, size_t end) {
    if (!rows_are_regular(stretch, first, end)) return false;
    for (size_t column = 0; column < stretch->form->columns; column++)
        if (!parse_column(stretch, column, first, end)) return false;
    return stretch->form->no_runs || parse_runs(stretch, first, end);
}

static bool parse_rows(Stretch *stretch, size_t end) {
    make_room(stretch, end);
    bool good = true;
    while (stretch->rows < end && good) {
        size_t first = stretch->rows, left = end - first;
        stretch->rows += left < BLOCK_ROWS ? left : BLOCK_ROWS;
        good = parse_block(stretch, first, stretch->rows);
    }
    return good;
}

static void make_marks(Stretch *stretch, size_t size) {
    if (size + MARKS_SLACK <= stretch->mark_capacity) return;
    stretch->mark_capacity = size + MARKS_SLACK;
    memory_free(stretch->mark_block); /* its content is of no interest any more */
    stretch->mark_block = memory_resize(NULL, stretch->mark_capacity + 1, sizeof *stretch->marks);
    stretch->marks = stretch->mark_block + 1;
    stretch->marks[-1] = UINT32_MAX; /* so that the first cell begins at 0, as others do behind a mark */
}

bool stretch_parse(Stretch *stretch, Str text) {
    make_marks(stretch, text.size);
    if (stretch->texts.last) arena_release(&stretch->texts);
    stretch->text = text;
    stretch->absent_count = stretch->run_count = stretch->department_count = stretch->rows = 0;
    Marks marks = {0};
    bool good = text.size > 0;
    for (size_t from = 0, to; from < text.size && good; from = to) {
        to = text.size - from > PIECE ? from + PIECE : text.size;
        marks_go_on(&marks, text, from, to, stretch->marks);
        stretch->quoted = marks.quotes > 0;
        stretch->returns = marks.returns > 0;
        stretch->cells = (Cells){text.data, stretch->marks, stretch->form->columns, stretch->returns};
        good = !marks.invalid && parse_rows(stretch, marks.count / stretch->form->columns);
    }
    if (!good || !marks_are_regular(stretch, &marks)) {
        stretch->quoted = str_find(text, '"', 0) < text.size; /* also behind what is not parsed */
        return false;
    }
    if (!stretch->form->no_runs) stretch->runs[stretch->run_count] = (Run){.first = (uint32_t)stretch->rows};
    return true;
}
