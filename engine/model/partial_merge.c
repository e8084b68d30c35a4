#include "base/digest.h"
#include "base/memory.h"
#include "io/json.h"
#include "model/partial.h"

#define DIGEST_LINE (sizeof "digest \n" - 1 + DIGEST_LETTERS)
/* Bytes that are handed on at a time, about. */
#define PIECE ((size_t)256 * 1024)
/* Counts of a bureau or department: projects, verdicts, none. */
#define COUNTS (PLAN_BANDS + 2)

/* A part under way: its entry at hand is `key` and `text`. */
typedef struct Part {
    const PartialFile *file;
    const Tree *header;
    unsigned number; /* 0: of a stream */
    Str rest;        /* entries that are not read */
    Str key, text;
} Part;

typedef struct Merge {
    Part *parts;
    size_t count;
    const Part **heap; /* the smallest key first */
    size_t heaped;
    bool units, json, lines; /* bureaus or departments; the form */
    size_t verdicts;
    Arena arena;
    Buffer out;
    bool (*take)(void *context, Str bytes);
    void *context;
    bool begun; /* a row was written */
    Diag *diag;
} Merge;

static bool damaged(const PartialFile *file, Diag *diag) {
    Place place = {.file = file->name};
    diag_add(diag, MESSAGE_PARTIAL_DAMAGED, &place, file->name);
    return false;
}

static Str text_of(const Tree *table, const char *name) {
    const Tree *value = table && table->kind == TREE_TABLE ? tree_get(table, name) : NULL;
    return value && value->kind == TREE_TEXT ? value->text : (Str){"", 0};
}

/* Reads digits; false where there are none. */
static bool take_number(Str *text, size_t *out) {
    size_t at = 0;
    for (*out = 0; at < text->size && at < 19 && text->data[at] >= '0' && text->data[at] <= '9'; at++)
        *out = *out * 10 + (size_t)(text->data[at] - '0');
    *text = str_slice(*text, at, text->size);
    return at > 0;
}

static size_t number_of(const Tree *table, const char *name) {
    Str text = text_of(table, name);
    size_t number;
    return take_number(&text, &number) ? number : 0;
}

/* ---- the files */

static bool open_part(Merge *merge, const PartialFile *file, Part *part) {
    static const char magic[] = "perfeval.partial/1\n";
    Str bytes = file->bytes, first = {magic, sizeof magic - 1};
    if (!str_starts(bytes, first) || bytes.size < first.size + DIGEST_LINE) return damaged(file, merge->diag);
    size_t end = bytes.size - DIGEST_LINE;
    DigestText digest = digest_of(str_slice(bytes, 0, end));
    Str line = str_slice(bytes, end, bytes.size);
    if (!str_starts(line, STR("digest ")) || !str_ends(line, STR("\n")) ||
        !str_equal(str_slice(line, 7, 7 + DIGEST_LETTERS), digest_view(&digest)))
        return damaged(file, merge->diag);
    size_t feed = str_find(bytes, '\n', first.size);
    *part = (Part){.file = file};
    part->header =
        json_parse_from(file->name, str_slice(bytes, first.size, feed), 2, &merge->arena, merge->diag);
    if (!part->header) return false;
    part->number = (unsigned)number_of(part->header, "part");
    part->rest = str_slice(bytes, feed + 1, end);
    return true;
}

/* What all parts of a run have in common. */
static bool same_run(const Merge *merge, const Part *part) {
    static const char *const common[] = {"run", "data", "level", "form", "parts", "percent", "head"};
    const Part *first = &merge->parts[0];
    for (size_t i = 0; i < sizeof common / sizeof *common; i++) {
        if (str_equal(text_of(first->header, common[i]), text_of(part->header, common[i]))) continue;
        Place place = {.file = part->file->name};
        diag_add(merge->diag, MESSAGE_PARTIAL_OTHER, &place, part->file->name, first->file->name,
                 str_of(common[i]));
        return false;
    }
    return true;
}

/* Every part of a run once; parts of a stream are not numbered. */
static bool all_there(Merge *merge) {
    size_t parts = number_of(merge->parts[0].header, "parts");
    if (parts == 0) return true;
    const Part **seen = arena_new(&merge->arena, parts + 1, sizeof *seen);
    bool good = true;
    for (size_t i = 0; i < merge->count; i++) {
        const Part *part = &merge->parts[i];
        if (part->number == 0 || part->number > parts) return damaged(part->file, merge->diag);
        Place place = {.file = part->file->name};
        if (seen[part->number]) {
            diag_add(merge->diag, MESSAGE_PARTIAL_TWICE, &place, part->file->name,
                     seen[part->number]->file->name);
            good = false;
        }
        seen[part->number] = part;
    }
    for (size_t i = 1; i <= parts; i++) {
        if (seen[i]) continue;
        Str number = arena_format(&merge->arena, "%zu", i), all = arena_format(&merge->arena, "%zu", parts);
        diag_add(merge->diag, MESSAGE_PARTIAL_MISSING, NULL, number, all);
        good = false;
    }
    return good;
}

/* ---- entries in order of their keys */

/* The next entry of a part: 1, or 0 at its end, or -1 when it is damaged. */
static int next_entry(Part *part) {
    size_t key, text;
    Str rest = part->rest;
    if (!rest.size) return 0;
    bool good = take_number(&rest, &key) && str_starts(rest, STR(" "));
    rest = str_slice(rest, 1, rest.size);
    good = good && take_number(&rest, &text) && str_starts(rest, STR("\n"));
    rest = str_slice(rest, 1, rest.size);
    if (!good || key > rest.size || text > rest.size - key || rest.size - key - text < 1) return -1;
    Str before = part->key;
    part->key = str_slice(rest, 0, key);
    part->text = str_slice(rest, key, key + text);
    part->rest = str_slice(rest, key + text + 1, rest.size);
    return before.data && str_compare(before, part->key) > 0 ? -1 : 1;
}

static bool before(const Part *a, const Part *b) {
    int order = str_compare(a->key, b->key);
    return order ? order < 0 : a < b;
}

static void sink(Merge *merge, size_t at) {
    const Part **heap = merge->heap, *part = heap[at];
    for (size_t child; (child = 2 * at + 1) < merge->heaped; at = child) {
        if (child + 1 < merge->heaped && before(heap[child + 1], heap[child])) child++;
        if (!before(heap[child], part)) break;
        heap[at] = heap[child];
    }
    heap[at] = part;
}

/* Moves the part whose entry was used on to its next. */
static bool advance(Merge *merge) {
    Part *part = &merge->parts[merge->heap[0] - merge->parts];
    int step = next_entry(part);
    if (step < 0) return damaged(part->file, merge->diag);
    if (step == 0) merge->heap[0] = merge->heap[--merge->heaped];
    if (merge->heaped) sink(merge, 0);
    return true;
}

static bool fill_heap(Merge *merge) {
    merge->heap = arena_new(&merge->arena, merge->count, sizeof(const Part *));
    for (size_t i = 0; i < merge->count; i++) {
        int step = next_entry(&merge->parts[i]);
        if (step < 0) return damaged(merge->parts[i].file, merge->diag);
        if (step > 0) merge->heap[merge->heaped++] = &merge->parts[i];
    }
    for (size_t i = merge->heaped; i-- > 0;) sink(merge, i);
    return true;
}

/* ---- rows */

static bool hand_on(Merge *merge, bool all) {
    if (!all && merge->out.size < PIECE) return true;
    bool good = merge->take(merge->context, buffer_view(&merge->out));
    merge->out.size = 0;
    return good;
}

static void begin_row(Merge *merge) {
    if (merge->json && merge->begun) buffer_add_char(&merge->out, ',');
    merge->begun = true;
}

static bool read_counts(const Merge *merge, Str text, size_t counts[COUNTS]) {
    for (size_t i = 0; i < merge->verdicts + 2; i++) {
        size_t number;
        if (i > 0 && !str_starts(text, STR(" "))) return false;
        text = str_slice(text, i > 0, text.size);
        if (!take_number(&text, &number)) return false;
        counts[i] += number;
    }
    return !text.size;
}

/* As export_level writes them. */
static void write_counts(Merge *merge, const size_t counts[COUNTS]) {
    const Tree *header = merge->parts[0].header, *keys = tree_get(header, "verdicts");
    Str percent = text_of(header, "percent");
    Buffer *out = &merge->out;
    bool csv = !merge->json && !merge->lines;
    size_t chosen = 0;
    buffer_addf(out, csv ? "%zu," : "\"projects\":%zu,", counts[0]);
    for (size_t i = 0; i < merge->verdicts; i++) {
        Str key = keys->items[i].value->text;
        if (str_equal(key, percent)) chosen = counts[i + 1];
        if (!csv) buffer_addf(out, "\"%.*s\":", STR_FMT(key));
        buffer_addf(out, "%zu,", counts[i + 1]);
    }
    if (!csv)
        buffer_addf(out, "\"none\":%zu,\"percent_%.*s\":", counts[merge->verdicts + 1], STR_FMT(percent));
    export_percent(chosen, counts[0], out);
    if (!csv) buffer_add(out, counts[0] ? STR("}") : STR("null}"));
    if (!merge->json) buffer_add_char(out, '\n');
}

/* A bureau or department: the counts of all parts that have it. */
static bool merge_unit(Merge *merge) {
    size_t counts[COUNTS] = {0};
    Str key = merge->heap[0]->key;
    begin_row(merge);
    buffer_add(&merge->out, str_slice(merge->heap[0]->text, 0, str_find(merge->heap[0]->text, '\0', 0)));
    while (merge->heaped && str_equal(merge->heap[0]->key, key)) {
        Str text = merge->heap[0]->text;
        if (!read_counts(merge, str_slice(text, str_find(text, '\0', 0) + 1, text.size), counts))
            return damaged(merge->heap[0]->file, merge->diag);
        if (!advance(merge)) return false;
    }
    write_counts(merge, counts);
    return true;
}

static bool twice(const Merge *merge, const Part *a, const Part *b, Str key) {
    Buffer name = {0};
    Place place = {.file = b->file->name};
    for (size_t i = 0; i < key.size; i++)
        buffer_add(&name, key.data[i] ? str_slice(key, i, i + 1) : STR(" > "));
    diag_add(merge->diag, MESSAGE_PARTIAL_PROJECT, &place, buffer_view(&name), a->file->name, b->file->name);
    buffer_release(&name);
    return false;
}

/* A project or an indicator: of one part alone. */
static bool merge_row(Merge *merge) {
    const Part *part = merge->heap[0];
    Str key = part->key;
    begin_row(merge);
    buffer_add(&merge->out, part->text);
    if (!advance(merge)) return false;
    const Part *next = merge->heaped ? merge->heap[0] : part;
    return next == part || !str_equal(next->key, key) || twice(merge, part, next, key);
}

/* A special case that took no row in any part. */
static void remark_specials(const Merge *merge) {
    const Tree *specials = tree_get(merge->parts[0].header, "specials");
    for (size_t i = 0; specials && i < specials->count; i++) {
        const Tree *special = specials->items[i].value;
        size_t rows = 0;
        for (size_t k = 0; k < merge->count; k++) {
            const Tree *list = tree_get(merge->parts[k].header, "specials");
            if (list && i < list->count) rows += number_of(list->items[i].value, "rows");
        }
        Place place = {.file = text_of(special, "file"), .line = (uint32_t)number_of(special, "line")};
        if (rows == 0)
            diag_add(merge->diag, MESSAGE_SPECIAL_UNUSED, &place, text_of(special, "path"),
                     text_of(special, "because"));
    }
}

static bool write_table(Merge *merge) {
    const Tree *header = merge->parts[0].header, *keys = tree_get(header, "verdicts");
    Str level = text_of(header, "level"), form = text_of(header, "form");
    merge->units = str_is(level, "bureau") || str_is(level, "department");
    merge->json = str_is(form, "json");
    merge->lines = str_is(form, "jsonl");
    merge->verdicts = keys ? keys->count : 0;
    if (!keys || merge->verdicts > PLAN_BANDS || !fill_heap(merge)) return false;
    buffer_add(&merge->out, text_of(header, "head"));
    bool good = true;
    while (good && merge->heaped)
        good = (merge->units ? merge_unit(merge) : merge_row(merge)) && hand_on(merge, false);
    if (merge->json) buffer_add(&merge->out, STR("]}\n"));
    return good && hand_on(merge, true);
}

bool partial_merge(const PartialFile *files, size_t count, bool (*take)(void *context, Str bytes),
                   void *context, Diag *diag) {
    Merge merge = {.take = take, .context = context, .diag = diag};
    merge.parts = memory_new(count, sizeof *merge.parts);
    bool good = true;
    for (size_t i = 0; i < count && good; i++, merge.count++)
        good = open_part(&merge, &files[i], &merge.parts[i]) && same_run(&merge, &merge.parts[i]);
    good = good && all_there(&merge) && write_table(&merge);
    if (good) remark_specials(&merge);
    memory_free(merge.parts);
    buffer_release(&merge.out);
    arena_release(&merge.arena);
    return good;
}
