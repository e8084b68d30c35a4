#include "model/periods.h"

#include "base/memory.h"
#include "model/dataset_build.h"
#include "model/lookup.h"
#include "model/schema.h"

/* Names of periods that a warning shows. */
#define PERIODS_SHOWN 8

static const TextColumn *words_of(const Dataset *dataset, ColumnId id) {
    size_t column;
    bool found = dataset_find_column(dataset, str_of(column_info(id)->name), &column);
    return found ? dataset_words(dataset, column) : NULL;
}

static Place row_place(const Dataset *dataset, size_t row) {
    return (Place){.file = dataset_file(dataset), .line = dataset_line(dataset, row)};
}

static Str count_text(Arena *arena, size_t count) { return arena_format(arena, "%zu", count); }

/* ---- one row each */

/* The columns that say which indicator a row is of, and in which period. Ids of words are compared: they are
 * those of one dictionary a column. */
typedef struct Keys {
    const TextColumn *id, *period, *names[COLUMN_INDICATOR + 1];
} Keys;

static Keys keys_of(const Dataset *dataset) {
    Keys keys = {words_of(dataset, COLUMN_ID), words_of(dataset, COLUMN_PERIOD), {NULL}};
    for (ColumnId id = COLUMN_BUREAU; id <= COLUMN_INDICATOR; id++) keys.names[id] = words_of(dataset, id);
    return keys;
}

static uint32_t word_at(const TextColumn *column, size_t row) { return column ? text_id(column, row) : 0; }

static uint32_t mix(uint32_t hash, uint32_t word) {
    uint64_t mixed = ((uint64_t)hash << 32 | word) * 0x9e3779b97f4a7c15u;
    return (uint32_t)(mixed >> 32);
}

static uint32_t name_hash(const Keys *keys, size_t row) {
    uint32_t id = word_at(keys->id, row), hash = mix(1, id);
    for (size_t i = 0; id == 0 && i <= COLUMN_INDICATOR; i++) hash = mix(hash, word_at(keys->names[i], row));
    return hash;
}

/* Whether two rows are of indicators of one name: their ids or, without one, their names. */
static bool same_name(const Keys *keys, size_t a, size_t b) {
    uint32_t id = word_at(keys->id, a);
    if (id != word_at(keys->id, b)) return false;
    for (size_t i = 0; id == 0 && i <= COLUMN_INDICATOR; i++)
        if (word_at(keys->names[i], a) != word_at(keys->names[i], b)) return false;
    return true;
}

static bool same_period(const Keys *keys, size_t a, size_t b) {
    return word_at(keys->period, a) == word_at(keys->period, b);
}

static void add_twice(const Dataset *dataset, const Keys *keys, size_t first, size_t row, Diag *diag) {
    Arena texts = {0};
    Place place = row_place(dataset, row);
    diag_add(diag, MESSAGE_DUPLICATE_ID, &place, keys->id->words[text_id(keys->id, row)],
             arena_format(&texts, "%u", dataset_line(dataset, first)));
    arena_release(&texts);
}

bool periods_check(const Dataset *dataset, Diag *diag) {
    Keys keys = keys_of(dataset);
    Lookup lookup = {0};
    bool good = true;
    if (!keys.id || !keys.period) return true; /* without periods the loader finds them */
    for (size_t row = 0; row < dataset_all_rows(dataset); row++) {
        if (word_at(keys.id, row) == 0) continue;
        uint32_t hash = mix(name_hash(&keys, row), word_at(keys.period, row)), other;
        bool twice = false;
        for (size_t at = hash; !twice && lookup_next(&lookup, hash, &at, &other);)
            twice = same_name(&keys, row, other) && same_period(&keys, row, other);
        if (twice) add_twice(dataset, &keys, other, row, diag);
        good &= !twice;
        if (!twice) lookup_add(&lookup, hash, (uint32_t)row);
    }
    lookup_release(&lookup);
    return good;
}

/* ---- the periods of the data */

static void suggest_period(const TextColumn *periods, Str name, Diag *diag) {
    if (periods && periods->word_count > 1)
        schema_suggest(diag, name, periods->words + 1, periods->word_count - 1);
}

/* The word of a period; 0 after an error. */
static uint32_t find_period(const TextColumn *periods, Str name, const Place *place, Diag *diag) {
    for (size_t word = 1; periods && word < periods->word_count; word++)
        if (str_equal(periods->words[word], name)) return (uint32_t)word;
    diag_add(diag, MESSAGE_UNKNOWN_PERIOD, place->line ? place : NULL, name);
    suggest_period(periods, name, diag);
    return 0;
}

/* A choice among periods needs to know the period of every row. */
static bool check_blanks(const Dataset *dataset, const TextColumn *periods, Diag *diag) {
    bool good = true;
    size_t column = 0;
    dataset_find_column(dataset, str_of(column_info(COLUMN_PERIOD)->name), &column);
    for (size_t row = 0; row < dataset_all_rows(dataset); row++) {
        if (text_id(periods, row) != 0) continue;
        Place place = row_place(dataset, row);
        diag_add(diag, MESSAGE_BLANK_PERIOD, &place, dataset_column_name(dataset, column));
        good = false;
    }
    return good;
}

/* Where the rules say nothing, one indicator in two periods would count twice. */
static void warn_undeclared(const Dataset *dataset, const TextColumn *periods, Diag *diag) {
    if (!periods || periods->word_count <= 2) return; /* the blank word is always there */
    Buffer names = {0};
    for (size_t word = 1; word < periods->word_count && word <= PERIODS_SHOWN; word++) {
        if (word > 1) buffer_add(&names, STR(", "));
        buffer_add(&names, periods->words[word]);
    }
    if (periods->word_count - 1 > PERIODS_SHOWN) buffer_add(&names, STR(", …"));
    Place place = {.file = dataset_file(dataset)};
    diag_add(diag, MESSAGE_PERIODS_UNDECLARED, &place, buffer_view(&names), periods->words[1]);
    buffer_release(&names);
}

/* ---- rows of one indicator */

/* Rows in groups: each group is an indicator. */
typedef struct Groups {
    uint32_t *of;    /* by row */
    uint32_t *first; /* by group: a row of it */
    size_t count;
} Groups;

/* The n-th row of a name in its period belongs to the n-th group of the name. Rows of a name are chained from
 * the one that was seen last, so that a row is compared with one other of its name and period. */
typedef struct Chains {
    Lookup names;      /* the first row of each name */
    Lookup periods;    /* the row seen last of each name and period, by the first row of the name */
    uint32_t *head;    /* by row that is the first of its name: its first group */
    uint32_t *next;    /* by group: the next group of the name; UINT32_MAX: none */
    uint32_t *last_of; /* by row that is the first of its name and period: the group used last */
} Chains;

static uint32_t first_of_name(Chains *chains, const Keys *keys, uint32_t row) {
    uint32_t hash = name_hash(keys, row), other;
    for (size_t at = hash; lookup_next(&chains->names, hash, &at, &other);)
        if (same_name(keys, row, other)) return other;
    lookup_add(&chains->names, hash, row);
    return row;
}

static uint32_t first_of_period(Chains *chains, const Keys *keys, uint32_t row) {
    uint32_t hash = mix(name_hash(keys, row), word_at(keys->period, row)), other;
    for (size_t at = hash; lookup_next(&chains->periods, hash, &at, &other);)
        if (same_name(keys, row, other) && same_period(keys, row, other)) return other;
    lookup_add(&chains->periods, hash, row);
    return row;
}

static uint32_t new_group(Groups *groups, Chains *chains, uint32_t row) {
    groups->first[groups->count] = row;
    chains->next[groups->count] = UINT32_MAX;
    return (uint32_t)groups->count++;
}

static void group_row(Groups *groups, Chains *chains, const Keys *keys, uint32_t row) {
    uint32_t name = first_of_name(chains, keys, row), period = first_of_period(chains, keys, row), group;
    if (name == row) {
        group = chains->head[row] = new_group(groups, chains, row);
    } else if (period == row) {
        group = chains->head[name];
    } else {
        uint32_t before = chains->last_of[period];
        group = chains->next[before];
        if (group == UINT32_MAX) group = chains->next[before] = new_group(groups, chains, row);
    }
    chains->last_of[period] = group;
    groups->of[row] = group;
}

static Groups group_rows(const Dataset *dataset, const Keys *keys, Arena *arena) {
    size_t rows = dataset_all_rows(dataset);
    Groups groups = {arena_new(arena, rows, sizeof(uint32_t)), arena_new(arena, rows, sizeof(uint32_t)), 0};
    Chains chains = {{0},
                     {0},
                     arena_new(arena, rows, sizeof(uint32_t)),
                     arena_new(arena, rows, sizeof(uint32_t)),
                     arena_new(arena, rows, sizeof(uint32_t))};
    for (size_t row = 0; row < rows; row++) group_row(&groups, &chains, keys, (uint32_t)row);
    lookup_release(&chains.names);
    lookup_release(&chains.periods);
    return groups;
}

/* ---- the choice */

typedef struct Choice {
    const PeriodRule *rule;
    Dataset *dataset;
    const TextColumn *periods;
    uint8_t *shares; /* by word: 1 + the share of the rule that names it, or 0 */
    Groups groups;
    uint32_t *chosen; /* by group: the row that is the indicator; UINT32_MAX: it has none */
    Arena arena;
} Choice;

static unsigned share_of(const Choice *choice, size_t row) {
    return choice->shares[text_id(choice->periods, row)];
}

static bool name_periods(Choice *choice, Diag *diag) {
    bool good = true;
    size_t words = choice->periods ? choice->periods->word_count : 1;
    choice->shares = arena_new(&choice->arena, words, sizeof *choice->shares);
    for (size_t i = 0; i < choice->rule->count; i++) {
        const PeriodShare *share = &choice->rule->shares[i];
        uint32_t word = find_period(choice->periods, share->name, &share->place, diag);
        if (word) choice->shares[word] = (uint8_t)(i + 1);
        good &= word != 0;
    }
    return good;
}

/* An indicator is its row of the last period of the rule that it has one in. */
static void choose_rows(Choice *choice) {
    Keys keys = keys_of(choice->dataset);
    size_t rows = dataset_all_rows(choice->dataset);
    choice->groups = group_rows(choice->dataset, &keys, &choice->arena);
    choice->chosen = arena_new(&choice->arena, choice->groups.count, sizeof *choice->chosen);
    for (size_t group = 0; group < choice->groups.count; group++) choice->chosen[group] = UINT32_MAX;
    for (size_t row = 0; row < rows; row++) {
        uint32_t *chosen = &choice->chosen[choice->groups.of[row]];
        unsigned share = share_of(choice, row);
        if (share && (*chosen == UINT32_MAX || share_of(choice, *chosen) < share)) *chosen = (uint32_t)row;
    }
}

/* Indicators that stand in other periods only are easily forgotten. */
static void warn_absent(const Choice *choice, Diag *diag) {
    size_t count = 0, first = 0;
    for (size_t group = choice->groups.count; group-- > 0;) {
        if (choice->chosen[group] != UINT32_MAX) continue;
        first = choice->groups.first[group];
        count++;
    }
    if (!count) return;
    Arena texts = {0};
    Place place = row_place(choice->dataset, first);
    diag_add(diag, MESSAGE_PERIOD_ABSENT, &place, count_text(&texts, count),
             choice->rule->shares[choice->rule->count - 1].name);
    arena_release(&texts);
}

/* Indicators first, in order of the file; then rows that count in their rates; then the others. */
static void arrange(const Choice *choice) {
    size_t rows = dataset_all_rows(choice->dataset), count = 0;
    Arena arena = {0};
    uint32_t *order = arena_new(&arena, rows, sizeof *order),
             *owners = arena_new(&arena, rows, sizeof *owners);
    uint32_t *places = arena_new(&arena, choice->groups.count, sizeof *places);
    Arrangement arrangement = {.order = order, .indicators = owners};
    for (size_t group = 0; group < choice->groups.count; group++) places[group] = UINT32_MAX;
    for (size_t row = 0; row < rows; row++) {
        if (choice->chosen[choice->groups.of[row]] != row) continue;
        places[choice->groups.of[row]] = (uint32_t)count;
        order[count++] = (uint32_t)row;
    }
    arrangement.indicator_count = count;
    for (int counts = 1; counts >= 0; counts--) {
        for (size_t row = 0; row < rows; row++) {
            bool rated = share_of(choice, row) != 0;
            if (rated == counts && choice->chosen[choice->groups.of[row]] != row)
                order[count++] = (uint32_t)row;
        }
        if (counts) arrangement.rated_count = count;
    }
    for (size_t row = 0; row < rows; row++) owners[row] = places[choice->groups.of[row]];
    dataset_arrange(choice->dataset, &arrangement);
    arena_release(&arena);
}

bool periods_same(const PeriodRule *a, const PeriodRule *b) {
    bool same = a->mode == b->mode && a->count == b->count;
    for (size_t i = 0; same && i < a->count; i++) same = str_equal(a->shares[i].name, b->shares[i].name);
    return same;
}

bool periods_apply(const PeriodRule *rule, Dataset *dataset, Diag *diag) {
    const TextColumn *periods = words_of(dataset, COLUMN_PERIOD);
    if (rule->mode == PERIOD_UNDECLARED) warn_undeclared(dataset, periods, diag);
    if (rule->mode == PERIOD_UNDECLARED || rule->mode == PERIOD_EVERY) return true;
    Choice choice = {.rule = rule, .dataset = dataset, .periods = periods};
    bool good = name_periods(&choice, diag) && check_blanks(dataset, periods, diag);
    if (good) {
        choose_rows(&choice);
        warn_absent(&choice, diag);
        arrange(&choice);
    }
    arena_release(&choice.arena);
    return good;
}

void periods_note(const PeriodRule *rule, const Dataset *dataset, Diag *diag) {
    size_t all = dataset_all_rows(dataset), rated = dataset_rated_rows(dataset);
    if (all == rated) return;
    Arena texts = {0};
    diag_add(diag, MESSAGE_ROWS_SET_ASIDE, rule->place.line ? &rule->place : NULL, count_text(&texts, all),
             count_text(&texts, rated), count_text(&texts, all - rated));
    arena_release(&texts);
}

const uint32_t *periods_rows(const Dataset *dataset, Str period, const Place *place, Arena *arena,
                             Diag *diag) {
    const TextColumn *periods = words_of(dataset, COLUMN_PERIOD);
    uint32_t word = find_period(periods, period, place, diag);
    if (!word) return NULL;
    size_t rated = dataset_rated_rows(dataset);
    uint32_t *rows = arena_new(arena, rated, sizeof *rows);
    for (size_t row = 0; row < rated; row++) rows[row] = UINT32_MAX;
    for (size_t indicator = 0; indicator < dataset_rows(dataset); indicator++) {
        size_t count;
        const uint32_t *group = dataset_periods(dataset, indicator, &count);
        uint32_t found = UINT32_MAX;
        for (size_t i = 0; i < count; i++)
            if (text_id(periods, group[i]) == word) found = group[i];
        for (size_t i = 0; i < count; i++)
            if (group[i] < rated) rows[group[i]] = found;
    }
    return rows;
}

/* ---- the mean of several periods */

/* What the rate of a period does: false where it ends the matter, *used where it goes into the mean. */
static bool goes_on(const PeriodRule *rule, Missing missing, Missing *first, bool *used) {
    *used = missing == MISSING_NONE || rule->missing == MISSING_CHILD_ZERO;
    if (missing != MISSING_NONE && *first == MISSING_NONE) *first = missing;
    if (missing == MISSING_TOO_LARGE)
        *first = missing; /* no results are made of it, whatever the rule says */
    return missing != MISSING_TOO_LARGE && (*used || rule->missing == MISSING_CHILD_LEFT_OUT);
}

Guess periods_guess(const PeriodRule *rule, const uint32_t *const *rows, uint32_t indicator, GuessChild own,
                    const void *context) {
    Guess sum = {0, 0, MISSING_NONE}, weights = sum;
    Missing first = MISSING_NONE;
    size_t count = 0;
    for (size_t i = 0; i < rule->count; i++) {
        uint32_t row = rows[i][indicator];
        Guess rate = row == UINT32_MAX ? (Guess){0, 0, MISSING_NO_PERIOD} : own(context, row);
        bool used;
        if (!goes_on(rule, rate.missing, &first, &used)) return (Guess){0, 0, first};
        if (!used) continue;
        Guess weight = {.missing = MISSING_NONE};
        weight.value = decimal_to_double(&rule->shares[i].weight, &weight.error);
        if (rate.missing == MISSING_NONE) sum = guess_add(sum, guess_multiply(rate, weight));
        weights = guess_add(weights, weight);
        count++;
    }
    return count ? guess_divide(sum, weights, MISSING_WEIGHT) : (Guess){0, 0, first};
}

Missing periods_exact(const PeriodRule *rule, const uint32_t *const *rows, uint32_t indicator, ExactChild own,
                      const void *context, mpq_ptr out) {
    mpq_t rate, weight, weights;
    mpq_inits(rate, weight, weights, NULL);
    mpq_set_ui(out, 0, 1);
    Missing first = MISSING_NONE;
    bool good = true, any = false;
    for (size_t i = 0; good && i < rule->count; i++) {
        uint32_t row = rows[i][indicator];
        Missing missing = row == UINT32_MAX ? MISSING_NO_PERIOD : own(context, row, rate);
        bool used;
        good = goes_on(rule, missing, &first, &used);
        if (!good || !used) continue;
        decimal_to_rational(&rule->shares[i].weight, weight);
        mpq_add(weights, weights, weight);
        any = true;
        if (missing != MISSING_NONE) continue;
        mpq_mul(rate, rate, weight);
        mpq_add(out, out, rate);
    }
    if (good && any) mpq_div(out, out, weights);
    mpq_clears(rate, weight, weights, NULL);
    return good && any ? MISSING_NONE : first;
}
