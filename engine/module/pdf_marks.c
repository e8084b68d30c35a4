#include "module/pdf_marks.h"

#include "base/text.h"

#include <stdlib.h>

/* Of an entry of the table of objects: "0000000173 00000 n \n". */
#define ENTRY 20

/* A text that goes into the file. */
typedef struct Insertion {
    size_t at, before; /* before: bytes of those before it */
    Str text;
} Insertion;

/* A file under work. */
typedef struct File {
    Str bytes;
    size_t table, entries; /* where the table begins, and its first entry */
    size_t objects;
    Arena arena;
    Insertion *insertions;
    size_t count;
} File;

static size_t number_at(Str bytes, size_t *at) {
    size_t number = 0, from = *at;
    while (*at < bytes.size && *at < from + 10 && bytes.data[*at] >= '0' && bytes.data[*at] <= '9')
        number = number * 10 + (size_t)(bytes.data[(*at)++] - '0');
    return number;
}

static bool has_at(Str bytes, size_t at, Str text) {
    return at <= bytes.size && str_starts(str_slice(bytes, at, bytes.size), text);
}

/* The last "startxref". */
static size_t find_start(Str bytes) {
    size_t at = bytes.size;
    while (at > 0 && !has_at(bytes, at, STR("startxref\n"))) at--;
    return at;
}

/* Finds the table of objects: one, from object 0 on. */
static bool find_table(File *file) {
    Str bytes = file->bytes;
    size_t at = find_start(bytes) + strlen("startxref\n");
    if (at > bytes.size) return false;
    file->table = number_at(bytes, &at);
    at = file->table;
    if (!has_at(bytes, at, STR("xref\n0 "))) return false;
    at += strlen("xref\n0 ");
    file->objects = number_at(bytes, &at);
    file->entries = at + 1;
    size_t room = bytes.size - file->entries;
    return file->entries < bytes.size && file->objects <= room / ENTRY && bytes.data[at] == '\n' &&
           has_at(bytes, file->entries + file->objects * ENTRY, STR("trailer\n"));
}

static size_t object_at(const File *file, size_t object) {
    size_t at = file->entries + object * ENTRY;
    return number_at(file->bytes, &at);
}

/* The place behind `head` in the dictionary of the object; 0 where it does not begin so. */
static size_t behind(const File *file, size_t object, Str head) {
    size_t at = object_at(file, object);
    if (number_at(file->bytes, &at) != object || !has_at(file->bytes, at, STR(" 0 obj\n"))) return 0;
    at += strlen(" 0 obj\n");
    return has_at(file->bytes, at, head) ? at + head.size : 0;
}

static void insert(File *file, size_t at, Str text) {
    file->insertions[file->count++] = (Insertion){.at = at, .text = text};
}

static bool is_marked(Str name) { return str_is(name, "Figure") || str_is(name, "TH") || str_is(name, "TD"); }

/* Objects have numbers in the order in which their elements were begun. False when they do not agree. */
static bool place_marks(File *file, const PdfMark *marks, size_t count) {
    size_t next = 0;
    for (size_t object = 1; object < file->objects; object++) {
        size_t at = behind(file, object, STR("<< /Type /StructElem\n   /S /"));
        if (!at) continue;
        Str rest = str_slice(file->bytes, at, file->bytes.size);
        Str name = str_slice(rest, 0, str_find(rest, '\n', 0));
        if (!is_marked(name)) continue;
        if (next == count || !str_is(name, marks[next].element)) return false;
        if (marks[next].entries.size) insert(file, at + name.size + 1, marks[next].entries);
        next++;
    }
    return next == count;
}

static void place_catalog(File *file, Str catalog) {
    for (size_t object = file->objects - 1; object > 0; object--) {
        size_t at = behind(file, object, STR("<< /Type /Catalog\n"));
        if (!at) continue;
        insert(file, at, catalog);
        return;
    }
}

static int compare_insertions(const void *a, const void *b) {
    const Insertion *one = a, *other = b;
    return one->at < other->at ? -1 : one->at > other->at;
}

static void order_insertions(File *file) {
    size_t before = 0;
    qsort(file->insertions, file->count, sizeof *file->insertions, compare_insertions);
    for (size_t i = 0; i < file->count; i++) {
        file->insertions[i].before = before;
        before += file->insertions[i].text.size;
    }
}

/* Where the byte at `at` lies in the new file. */
static size_t moved(const File *file, size_t at) {
    size_t low = 0, high = file->count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (file->insertions[middle].at <= at)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? at + file->insertions[low - 1].before + file->insertions[low - 1].text.size : at;
}

static void write_new(const File *file, Buffer *out) {
    size_t from = 0;
    for (size_t i = 0; i < file->count; i++) {
        buffer_add(out, str_slice(file->bytes, from, file->insertions[i].at));
        buffer_add(out, file->insertions[i].text);
        from = file->insertions[i].at;
    }
    buffer_add(out, str_slice(file->bytes, from, file->entries));
    for (size_t object = 0; object < file->objects; object++) {
        size_t at = file->entries + object * ENTRY;
        size_t place = object ? moved(file, object_at(file, object)) : 0;
        buffer_addf(out, "%010zu", place);
        buffer_add(out, str_slice(file->bytes, at + 10, at + ENTRY));
    }
    size_t start = find_start(file->bytes);
    buffer_add(out, str_slice(file->bytes, file->entries + file->objects * ENTRY, start));
    buffer_addf(out, "startxref\n%zu\n%%%%EOF\n", moved(file, file->table));
}

Str pdf_mark_words(Arena *arena, Str words) {
    Buffer out = {0};
    buffer_add(&out, STR("/Alt <feff"));
    for (size_t at = 0; at < words.size;) {
        uint32_t letter = (uint32_t)text_next(words, &at);
        if (letter > 0xffff)
            buffer_addf(&out, "%04x%04x", (unsigned)(0xd7c0 + (letter >> 10)),
                        (unsigned)(0xdc00 | (letter & 0x3ff)));
        else
            buffer_addf(&out, "%04x", (unsigned)letter);
    }
    buffer_add(&out, STR(">\n"));
    Str made = arena_copy(arena, buffer_view(&out));
    buffer_release(&out);
    return made;
}

void pdf_marks_write(Buffer *pdf, const PdfMark *marks, size_t count, Str catalog) {
    File file = {.bytes = buffer_view(pdf)};
    Buffer out = {0};
    file.insertions = arena_new(&file.arena, count + 1, sizeof *file.insertions);
    if (find_table(&file)) {
        if (!place_marks(&file, marks, count)) file.count = 0;
        place_catalog(&file, catalog);
        order_insertions(&file);
        write_new(&file, &out);
        buffer_release(pdf);
        *pdf = out;
    }
    arena_release(&file.arena);
}
