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

static void note_words(const Dataset *dataset, const TextColumn *words, Diag *diag) {
    Lookup seen = {0};
    Arena arena = {0};
    Buffer form = {0};
    Str *forms = arena_new(&arena, words->word_count, sizeof *forms);
    const size_t *first = NULL; /* most data have no such names */
    for (uint32_t word = 1; word < words->word_count; word++) {
        form.size = 0;
        text_look(&form, words->words[word]);
        forms[word] = arena_copy(&arena, buffer_view(&form));
        uint32_t hash = (uint32_t)str_hash(forms[word]), other = 0;
        bool found = false;
        for (size_t at = hash; !found && lookup_next(&seen, hash, &at, &other);)
            found = str_equal(forms[other], forms[word]);
        if (!found) {
            lookup_add(&seen, hash, word);
            continue;
        }
        if (!first) first = first_rows(dataset, words, &arena);
        warn(dataset, words->words[other], first[other], words->words[word], first[word], diag);
    }
    buffer_release(&form);
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
