#include "model/find.h"

#include "base/text.h"
#include "model/schema.h"

#include <string.h>

static Str fold(Arena *arena, Str text) {
    Buffer folded = {0};
    text_fold(&folded, text);
    Str kept = arena_copy(arena, buffer_view(&folded));
    buffer_release(&folded);
    return kept;
}

/* How well a folded name answers to a folded word. */
typedef enum Match { MATCH_NO, MATCH_PART, MATCH_WHOLE } Match;

static Match match(Str name, Str word) {
    if (!word.size) return MATCH_NO;
    if (str_equal(name, word)) return MATCH_WHOLE;
    return memmem(name.data, name.size, word.data, word.size) ? MATCH_PART : MATCH_NO;
}

/* The answers of a level: one a word of its column, so that each text is folded once. */
typedef struct Answers {
    const TextColumn *words;
    uint8_t *of_word; /* Match */
} Answers;

static Answers ask_column(const Dataset *dataset, Level level, Str wanted, Arena *arena) {
    static const char *const names[LEVEL_ALL] = {"bureau", "department", "project", "indicator"};
    size_t column;
    Answers answers = {NULL, NULL};
    if (!wanted.size || !dataset_find_column(dataset, str_of(names[level]), &column)) return answers;
    Str word = fold(arena, wanted);
    answers.words = dataset_words(dataset, column);
    answers.of_word = arena_new(arena, answers.words->word_count, 1);
    Buffer folded = {0};
    for (size_t i = 0; i < answers.words->word_count; i++) {
        folded.size = 0;
        text_fold(&folded, answers.words->words[i]);
        answers.of_word[i] = (uint8_t)match(buffer_view(&folded), word);
    }
    buffer_release(&folded);
    return answers;
}

static Match answer_of(const Answers *answers, size_t row) {
    return answers->words ? (Match)answers->of_word[text_id(answers->words, row)] : MATCH_NO;
}

bool find_is_empty(const Wanted *wanted) {
    bool empty = !wanted->any.size && !wanted->row;
    for (int level = 0; level < LEVEL_ALL; level++) empty = empty && !wanted->names[level].size;
    return empty;
}

typedef struct Finder {
    const Wanted *wanted;
    Answers any[LEVEL_ALL], named[LEVEL_ALL];
} Finder;

static Match match_row(const Finder *finder, const Dataset *dataset, size_t row) {
    if (finder->wanted->row && dataset_record(dataset, row) + 1 != finder->wanted->row) return MATCH_NO;
    for (int level = 0; level < LEVEL_ALL; level++) {
        if (finder->wanted->names[level].size && answer_of(&finder->named[level], row) == MATCH_NO)
            return MATCH_NO;
    }
    if (!finder->wanted->any.size) return MATCH_PART;
    Match best = MATCH_NO;
    for (int level = 0; level < LEVEL_ALL; level++) {
        Match one = answer_of(&finder->any[level], row);
        if (one > best) best = one;
    }
    return best;
}

uint32_t *find_projects(const Dataset *dataset, const Wanted *wanted, size_t *count, Arena *arena) {
    size_t projects = dataset_level_size(dataset, LEVEL_PROJECT);
    uint8_t *matches = arena_new(arena, projects, 1);
    uint32_t *found = arena_new(arena, projects, sizeof *found);
    Finder finder = {.wanted = wanted};
    Match best = MATCH_PART;
    for (int level = 0; level < LEVEL_ALL; level++) {
        finder.any[level] = ask_column(dataset, (Level)level, wanted->any, arena);
        finder.named[level] = ask_column(dataset, (Level)level, wanted->names[level], arena);
    }
    for (size_t row = 0; row < dataset_rated_rows(dataset); row++) {
        Match one = match_row(&finder, dataset, row);
        uint32_t project = dataset_project(dataset, row);
        if (one > matches[project]) matches[project] = (uint8_t)one;
        if (one > best) best = one;
    }
    *count = 0;
    for (size_t project = 0; project < projects; project++) {
        if (matches[project] >= best) found[(*count)++] = (uint32_t)project;
    }
    return found;
}

uint32_t *find_not_normal(const Results *results, size_t *count, Arena *arena) {
    const Verdicts *verdicts = &results_plan(results)->verdicts[LEVEL_PROJECT];
    size_t projects = dataset_level_size(results_dataset(results), LEVEL_PROJECT), order[PLAN_BANDS];
    uint32_t *found = arena_new(arena, projects, sizeof *found);
    bands_best_first(verdicts->bands, verdicts->count, order);
    size_t normal = order[0];
    for (size_t i = 0; i < verdicts->count; i++) {
        if (str_is(verdicts->bands[i].key, "normal")) normal = i;
    }
    *count = 0;
    for (size_t project = 0; project < projects; project++) {
        if (results_verdict(results, project) != normal) found[(*count)++] = (uint32_t)project;
    }
    return found;
}

unsigned find_verdict(const Plan *plan, Str name) {
    const Verdicts *verdicts = &plan->verdicts[LEVEL_PROJECT];
    Arena arena = {0};
    Str wanted = fold(&arena, name);
    unsigned number = 0;
    while (number < verdicts->count && !str_equal(fold(&arena, verdicts->bands[number].key), wanted) &&
           !str_equal(fold(&arena, verdicts->bands[number].name), wanted))
        number++;
    arena_release(&arena);
    return number < verdicts->count ? number : RESULTS_NO_BAND;
}

/* Most names that are compared. */
#define NAMES 20000

void find_suggest(const Dataset *dataset, Str word, Diag *diag) {
    static const char *const columns[] = {"project", "department", "bureau", "indicator"};
    Arena arena = {0};
    Str *names = arena_new(&arena, NAMES, sizeof *names);
    size_t count = 0, column;
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        if (!dataset_find_column(dataset, str_of(columns[i]), &column)) continue;
        const TextColumn *words = dataset_words(dataset, column);
        for (size_t w = 0; w < words->word_count && count < NAMES; w++) names[count++] = words->words[w];
    }
    schema_suggest(diag, word, names, count);
    arena_release(&arena);
}
