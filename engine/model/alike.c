#include "model/alike.h"

#include "base/text.h"
#include "model/lookup.h"

/* Of each word the first row that has it; the number of rows: none. Lives in `arena`. */
static const size_t *first_rows(const Dataset *dataset, const TextColumn *words, Arena *arena) {
    size_t rows = dataset_rows(dataset), *first = arena_new(arena, words->word_count, sizeof *first);
    for (size_t word = 0; word < words->word_count; word++) first[word] = rows;
    for (size_t row = rows; row-- > 0;) first[text_id(words, row)] = row;
    return first;
}

static void warn(const Dataset *dataset, Str first, size_t first_row, Str second, size_t second_row,
                 Diag *diag) {
    if (first_row == dataset_rows(dataset) || second_row == dataset_rows(dataset)) return;
    Arena arena = {0};
    Place place = {.file = dataset_file(dataset), .line = dataset_line(dataset, second_row)};
    diag_add(diag, MESSAGE_NAMES_ALIKE, &place, second, first,
             arena_format(&arena, "%u", dataset_line(dataset, first_row)));
    arena_release(&arena);
}

/* What a word looks like, in a buffer that is used again. */
static Str look(Buffer *out, Str word) {
    out->size = 0;
    text_look(out, word);
    return buffer_view(out);
}

/* Of looks the hashes are kept alone: two that are the same are nearly always the same look. */
static void note_words(const Dataset *dataset, const TextColumn *words, Diag *diag) {
    Lookup seen = {0};
    Arena arena = {0};
    Buffer form = {0}, other_form = {0};
    const size_t *first = NULL; /* most data have no such names */
    for (uint32_t word = 1; word < words->word_count; word++) {
        Str shown = look(&form, words->words[word]);
        uint32_t hash = (uint32_t)str_hash(shown), other = 0;
        bool found = false;
        for (size_t at = hash; !found && lookup_next(&seen, hash, &at, &other);)
            found = str_equal(look(&other_form, words->words[other]), shown);
        if (!found) {
            lookup_add(&seen, hash, word);
            continue;
        }
        if (!first) first = first_rows(dataset, words, &arena);
        warn(dataset, words->words[other], first[other], words->words[word], first[word], diag);
    }
    buffer_release(&form);
    buffer_release(&other_form);
    arena_release(&arena);
    lookup_release(&seen);
}

void alike_note(const Dataset *dataset, Diag *diag) {
    static const ColumnId names[] = {COLUMN_BUREAU, COLUMN_DEPARTMENT, COLUMN_PROJECT};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        size_t column;
        bool there = dataset_find_column(dataset, str_of(column_info(names[i])->name), &column);
        const TextColumn *words = there ? dataset_words(dataset, column) : NULL;
        if (words) note_words(dataset, words, diag);
    }
}
