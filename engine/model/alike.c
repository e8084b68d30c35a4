#include "model/alike.h"

#include "base/text.h"
#include "model/lookup.h"

/* The first row of a word; false when no row has it. */
static bool first_row(const Dataset *dataset, const TextColumn *words, uint32_t word, size_t *row) {
    size_t rows = dataset_rows(dataset);
    for (*row = 0; *row < rows && text_id(words, *row) != word;) ++*row;
    return *row < rows;
}

static void warn(const Dataset *dataset, const TextColumn *words, uint32_t first, uint32_t second,
                 Diag *diag) {
    size_t rows[2];
    if (!first_row(dataset, words, first, &rows[0]) || !first_row(dataset, words, second, &rows[1])) return;
    Arena arena = {0};
    Place place = {.file = dataset_file(dataset), .line = dataset_line(dataset, rows[1])};
    diag_add(diag, MESSAGE_NAMES_ALIKE, &place, words->words[second], words->words[first],
             arena_format(&arena, "%u", dataset_line(dataset, rows[0])));
    arena_release(&arena);
}

static void note_words(const Dataset *dataset, const TextColumn *words, Diag *diag) {
    Lookup seen = {0};
    Arena arena = {0};
    Buffer form = {0};
    Str *forms = arena_new(&arena, words->word_count, sizeof *forms);
    for (uint32_t word = 1; word < words->word_count; word++) {
        form.size = 0;
        text_look(&form, words->words[word]);
        forms[word] = arena_copy(&arena, buffer_view(&form));
        uint32_t hash = (uint32_t)str_hash(forms[word]), other = 0;
        bool found = false;
        for (size_t at = hash; !found && lookup_next(&seen, hash, &at, &other);)
            found = str_equal(forms[other], forms[word]);
        if (found)
            warn(dataset, words, other, word, diag);
        else
            lookup_add(&seen, hash, word);
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
