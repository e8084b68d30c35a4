/* Judges every project of a data file once more, in exact rationals, and compares:
 *
 *   exact DATA PROJECTS
 *
 * DATA: a file with the columns of generate.c, rows in any order. PROJECTS: what `perfeval run
 * rules/examples/bench.lua --level project --format csv` made of it. Nothing of the engine is in here: the
 * lines are split, the numbers read and the rates worked out by this file's own means and GMP's, so that a
 * fault of the engine has no twin to agree with.
 *
 * A row's rate is actual / target x 100, or (2 - actual / target) x 100 where its direction is 'down'; none
 * where a number is blank, or the target 0. A project's rate is the mean of those; at most 80 is 'sluggish',
 * above is 'normal', none is no verdict. Printed rates (one place, half away from zero) are compared too.
 *
 * Prints "N projects, N verdicts off, N printed rates off, N at the cut"; fails when any is off, or a project
 * is missing on either side. */
#include <fcntl.h>
#include <gmp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MOST_CELLS = 16, MOST_CELL = 4096, SHOWN = 10 };

typedef struct {
    const char *name, *at, *end;
    unsigned long line;
} Text;

typedef struct {
    char bytes[MOST_CELL];
    size_t size;
} Cell;

/* Bureau, department and project with a byte 0 behind each. */
typedef struct {
    char *key;
    size_t size;
    unsigned long rows, rated;
    mpq_t sum; /* of the rates; made with the project */
    bool seen; /* in PROJECTS */
} Project;

typedef struct {
    Project *all; /* open addressing: as many places as a power of two */
    size_t places, count;
    unsigned long verdicts_off, printed_off, at_cut, shown;
} Book;

static void fail(const Text *text, const char *why) {
    fprintf(stderr, "exact: %s: line %lu: %s\n", text->name, text->line, why);
    exit(1);
}

static Text open_text(const char *name) {
    struct stat status;
    int file = open(name, O_RDONLY);
    if (file < 0 || fstat(file, &status) < 0 || status.st_size == 0) {
        fprintf(stderr, "exact: %s: cannot be read, or is empty\n", name);
        exit(1);
    }
    const char *bytes = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    close(file);
    if (bytes == MAP_FAILED) {
        perror(name);
        exit(1);
    }
    return (Text){name, bytes, bytes + status.st_size, 0};
}

static void add_byte(const Text *text, Cell *cell, char byte) {
    if (cell->size + 1 == MOST_CELL) fail(text, "a cell is too long");
    cell->bytes[cell->size++] = byte;
}

/* A cell, with or without quotation marks; a doubled one within them is one. */
static void read_cell(Text *text, Cell *cell) {
    bool quoted = text->at < text->end && *text->at == '"';
    cell->size = 0;
    if (quoted) text->at++;
    for (; text->at < text->end; text->at++) {
        char byte = *text->at;
        if (quoted && byte == '"') {
            if (text->at + 1 == text->end || text->at[1] != '"') {
                quoted = false;
                continue;
            }
            text->at++;
        } else if (!quoted && (byte == ',' || byte == '\n')) {
            break;
        }
        add_byte(text, cell, byte);
    }
    if (quoted) fail(text, "a quotation mark is not closed");
    cell->bytes[cell->size] = 0;
}

/* False at the end; else the line has that many cells. */
static bool read_line(Text *text, Cell *cells, size_t count) {
    if (text->at == text->end) return false;
    text->line++;
    for (size_t i = 0; i < count; i++) {
        read_cell(text, &cells[i]);
        bool last = text->at == text->end || *text->at == '\n';
        if (last != (i + 1 == count)) fail(text, "the number of cells is wrong");
        if (text->at < text->end) text->at++;
    }
    return true;
}

static void expect_head(Text *text, Cell *cells, const char *const *names, size_t count) {
    if (!read_line(text, cells, count)) fail(text, "there is no line");
    for (size_t i = 0; i < count; i++)
        if (strcmp(cells[i].bytes, names[i]) != 0) fail(text, "its columns are others");
}

/* ---- projects */

static uint64_t hash_of(const char *bytes, size_t size) {
    uint64_t hash = 0xcbf29ce484222325u;
    for (size_t i = 0; i < size; i++) hash = (hash ^ (unsigned char)bytes[i]) * 0x100000001b3u;
    return hash ^ hash >> 31;
}

static Project *place_of(const Book *book, const char *key, size_t size) {
    size_t at = (size_t)hash_of(key, size) & (book->places - 1);
    while (book->all[at].key && (book->all[at].size != size || memcmp(book->all[at].key, key, size) != 0))
        at = (at + 1) & (book->places - 1);
    return &book->all[at];
}

static void *or_die(void *memory) {
    if (memory) return memory;
    fputs("exact: no memory\n", stderr);
    exit(1);
}

static void grow(Book *book) {
    Book larger = *book;
    larger.places = book->places ? 2 * book->places : 1024;
    larger.all = or_die(calloc(larger.places, sizeof *larger.all));
    for (size_t i = 0; i < book->places; i++)
        if (book->all[i].key) *place_of(&larger, book->all[i].key, book->all[i].size) = book->all[i];
    free(book->all);
    *book = larger;
}

/* The key of a line's first three cells; its size. */
static size_t key_of(const Cell *cells, char *key) {
    size_t size = 0;
    for (int i = 0; i < 3; i++) {
        memcpy(key + size, cells[i].bytes, cells[i].size + 1);
        size += cells[i].size + 1;
    }
    return size;
}

static Project *project_of(Book *book, const Cell *cells) {
    static char key[3 * MOST_CELL];
    size_t size = key_of(cells, key);
    if (book->count * 2 >= book->places) grow(book);
    Project *project = place_of(book, key, size);
    if (project->key) return project;
    project->key = memcpy(or_die(malloc(size)), key, size);
    project->size = size;
    mpq_init(project->sum);
    book->count++;
    return project;
}

static void release(Book *book) {
    for (size_t i = 0; i < book->places; i++) {
        if (!book->all[i].key) continue;
        mpq_clear(book->all[i].sum);
        free(book->all[i].key);
    }
    free(book->all);
}

/* ---- rows */

/* -12.50 is -1250 / 10^2. */
static void read_number(const Text *text, const Cell *cell, mpq_ptr number) {
    char digits[MOST_CELL];
    size_t count = 0, places = 0;
    bool point = false;
    for (size_t i = 0; i < cell->size; i++) {
        char byte = cell->bytes[i];
        bool sign = byte == '-' && i == 0, digit = byte >= '0' && byte <= '9';
        if (!digit && !sign && (byte != '.' || point)) fail(text, "a number is written otherwise");
        point |= byte == '.';
        places += point && digit;
        if (byte != '.') digits[count++] = byte;
    }
    digits[count] = 0;
    if (mpz_set_str(mpq_numref(number), digits, 10) != 0) fail(text, "a number has no digits");
    mpz_ui_pow_ui(mpq_denref(number), 10, places);
    mpq_canonicalize(number);
}

enum { DIRECTION = 5, TARGET, ACTUAL, DATA_COLUMNS };

static void read_rows(Text *text, Book *book) {
    static const char *const names[DATA_COLUMNS] = {"bureau", "department", "project", "indicator",
                                                    "unit",   "direction",  "target",  "actual"};
    static Cell cells[MOST_CELLS];
    mpq_t target, actual, whole;
    mpq_inits(target, actual, whole, NULL);
    expect_head(text, cells, names, DATA_COLUMNS);
    while (read_line(text, cells, DATA_COLUMNS)) {
        Project *project = project_of(book, cells);
        project->rows++;
        if (cells[TARGET].size == 0 || cells[ACTUAL].size == 0) continue;
        read_number(text, &cells[TARGET], target);
        read_number(text, &cells[ACTUAL], actual);
        if (mpq_sgn(target) == 0) continue;
        mpq_div(actual, actual, target);
        mpq_set_ui(whole, 2, 1);
        if (strcmp(cells[DIRECTION].bytes, "down") == 0) mpq_sub(actual, whole, actual);
        mpq_set_ui(whole, 100, 1);
        mpq_mul(actual, actual, whole);
        mpq_add(project->sum, project->sum, actual);
        project->rated++;
    }
    mpq_clears(target, actual, whole, NULL);
}

/* ---- what was made of them */

/* With one place: floor(|rate| x 10 + 1/2), which takes the sign of the rate again. */
static void print_rate(mpq_srcptr rate, char *out, size_t room) {
    mpz_t tenths, twice;
    mpz_inits(tenths, twice, NULL);
    mpz_abs(tenths, mpq_numref(rate));
    mpz_mul_ui(tenths, tenths, 20);
    mpz_add(tenths, tenths, mpq_denref(rate));
    mpz_mul_ui(twice, mpq_denref(rate), 2);
    mpz_fdiv_q(tenths, tenths, twice);
    unsigned long last = mpz_fdiv_q_ui(twice, tenths, 10);
    const char *sign = mpq_sgn(rate) < 0 && mpz_sgn(tenths) > 0 ? "-" : "";
    gmp_snprintf(out, room, "%s%Zd.%lu", sign, twice, last);
    mpz_clears(tenths, twice, NULL);
}

static void show(Book *book, const Text *text, const char *what, const char *is, const char *wanted) {
    if (book->shown++ < SHOWN)
        fprintf(stderr, "exact: %s: line %lu: %s '%s', exactly '%s'\n", text->name, text->line, what, is,
                wanted);
}

enum { INDICATORS = 3, RATE_PRINTED = 5, VERDICT, MISSING = 8, PROJECT_COLUMNS };

static void compare(Book *book, const Text *text, const Cell *cells, Project *project) {
    char wanted_rate[256] = "";
    const char *wanted = "";
    mpq_t mean, count;
    mpq_inits(mean, count, NULL);
    if (project->rated > 0) {
        mpq_set_ui(count, project->rated, 1);
        mpq_div(mean, project->sum, count);
        int side = mpq_cmp_ui(mean, 80, 1);
        book->at_cut += side == 0;
        wanted = side <= 0 ? "sluggish" : "normal";
        print_rate(mean, wanted_rate, sizeof wanted_rate);
    }
    mpq_clears(mean, count, NULL);
    if (strcmp(cells[VERDICT].bytes, wanted) != 0) {
        book->verdicts_off++;
        show(book, text, "the verdict is", cells[VERDICT].bytes, wanted);
    }
    if (strcmp(cells[RATE_PRINTED].bytes, wanted_rate) != 0) {
        book->printed_off++;
        show(book, text, "the printed rate is", cells[RATE_PRINTED].bytes, wanted_rate);
    }
}

static void read_projects(Text *text, Book *book) {
    static const char *const names[PROJECT_COLUMNS] = {"bureau",     "department",   "project",
                                                       "indicators", "rate",         "rate_printed",
                                                       "verdict",    "verdict_name", "missing"};
    static Cell cells[MOST_CELLS];
    size_t seen = 0, count = book->count;
    expect_head(text, cells, names, PROJECT_COLUMNS);
    while (read_line(text, cells, PROJECT_COLUMNS)) {
        Project *project = project_of(book, cells);
        if (project->rows == 0) fail(text, "the data have no such project");
        if (project->seen) fail(text, "the project stands there twice");
        if (strtoul(cells[INDICATORS].bytes, NULL, 10) != project->rows)
            fail(text, "the number of indicators is wrong");
        if ((cells[MISSING].size > 0) != (project->rated == 0)) fail(text, "a reason is wrong");
        project->seen = true;
        seen++;
        compare(book, text, cells, project);
    }
    if (seen != count) fail(text, "projects are missing");
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fputs("usage: exact DATA PROJECTS\n", stderr);
        return 2;
    }
    Book book = {0};
    Text data = open_text(argv[1]), projects = open_text(argv[2]);
    read_rows(&data, &book);
    read_projects(&projects, &book);
    printf("%zu projects, %lu verdicts off, %lu printed rates off, %lu at the cut\n", book.count,
           book.verdicts_off, book.printed_off, book.at_cut);
    bool off = book.verdicts_off + book.printed_off > 0;
    release(&book);
    return off;
}
