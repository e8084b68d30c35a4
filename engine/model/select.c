#include "model/select.h"

#include "model/schema.h"

/* '*' stands for any text, '?' for one character. Linear in practice: only the last star is retried. */
static bool matches(Str pattern, Str text) {
    size_t p = 0, t = 0, star = SIZE_MAX, retry = 0;
    while (t < text.size) {
        bool continued = ((unsigned char)text.data[t] & 0xC0) == 0x80;
        if (p < pattern.size && pattern.data[p] == '*') {
            star = p++;
            retry = t;
        } else if (p < pattern.size && pattern.data[p] == '?' && !continued) {
            p++;
            t++;
            while (t < text.size && ((unsigned char)text.data[t] & 0xC0) == 0x80) t++;
        } else if (p < pattern.size && pattern.data[p] == text.data[t]) {
            p++;
            t++;
        } else if (star != SIZE_MAX) {
            p = star + 1;
            t = ++retry;
        } else {
            return false;
        }
    }
    while (p < pattern.size && pattern.data[p] == '*') p++;
    return p == pattern.size;
}

static bool bound_allows(const Bound *bound, const Decimal *number, int side) {
    if (!bound->set) return true;
    int order = decimal_compare(number, &bound->value) * side;
    return order > 0 || (order == 0 && bound->closed);
}

static bool number_holds(const Condition *condition, const Decimal *number) {
    if (condition->kind == CONDITION_RANGE)
        return bound_allows(&condition->range.low, number, 1) &&
               bound_allows(&condition->range.high, number, -1);
    for (size_t i = 0; i < condition->count; i++) {
        if (decimal_compare(&condition->numbers[i], number) == 0) return true;
    }
    return false;
}

bool select_text_holds(const Condition *condition, Str text, Arena *arena) {
    if (condition->kind == CONDITION_WORDS) {
        for (size_t i = 0; i < condition->count; i++) {
            if (matches(condition->patterns[i], text)) return true;
        }
        return false;
    }
    Decimal number;
    return decimal_parse(text, &number, arena, NULL) <= DECIMAL_LENIENT && number_holds(condition, &number);
}

/* Every dictionary holds the blank text, whether a row has it or not. */
static bool some_row_matches(const BoundCondition *bound, Str pattern) {
    const TextColumn *words = bound->words;
    for (size_t w = 1; w < words->word_count; w++) {
        if (matches(pattern, words->words[w])) return true;
    }
    if (!matches(pattern, words->words[0])) return false;
    for (size_t row = 0; row < dataset_rated_rows(bound->dataset); row++) {
        if (text_id(words, row) == 0) return true;
    }
    return false;
}

/* More values than this are looked up in the data. */
#define MOST_VALUES 8

/* A value that none of the data is near to. The blank text is not worth showing. */
static void hint_values(const TextColumn *words, Str pattern, Diag *diag) {
    bool part = str_find(pattern, '*', 0) < pattern.size || str_find(pattern, '?', 0) < pattern.size;
    if (words->word_count <= MOST_VALUES + 1)
        schema_list_words(diag, TEXT_HINT_VALUES, words->words, words->word_count);
    else if (pattern.size && !part)
        diag_hint(diag, TEXT_HINT_PATTERN, pattern);
}

/* A value of the rules that no row has is worth a note: it is often a misspelling. */
static void note_unused(const BoundCondition *bound, Diag *diag) {
    const Condition *condition = bound->condition;
    for (size_t i = 0; i < condition->count; i++) {
        if (some_row_matches(bound, condition->patterns[i])) continue;
        diag_add(diag, MESSAGE_SELECTOR_VALUE, &condition->pattern_places[i], condition->column,
                 condition->patterns[i]);
        if (!schema_suggest(diag, condition->patterns[i], bound->words->words, bound->words->word_count))
            hint_values(bound->words, condition->patterns[i], diag);
    }
}

Str *select_column_names(const Dataset *dataset, Arena *arena, size_t *count) {
    size_t own = dataset_columns(dataset);
    Str *names = arena_new(arena, own + (size_t)COLUMN_KNOWN * 2, sizeof *names);
    for (size_t i = 0; i < own; i++) names[i] = dataset_column_name(dataset, i);
    *count = own;
    for (ColumnId id = 0; id < COLUMN_KNOWN; id++) {
        names[(*count)++] = str_of(column_info(id)->name);
        names[(*count)++] = str_of(column_info(id)->label);
    }
    return names;
}

static void note_column(const BoundCondition *bound, Diag *diag) {
    const Condition *condition = bound->condition;
    Arena arena = {0};
    size_t count;
    Str *names = select_column_names(bound->dataset, &arena, &count);
    diag_add(diag, MESSAGE_SELECTOR_COLUMN, &condition->place, condition->column);
    schema_suggest(diag, condition->column, names, count);
    arena_release(&arena);
}

static bool suggest(Diag *diag, Str wanted, const Str *words, size_t count) {
    return schema_suggest(diag, wanted, words, count);
}

static bool suggest_column(const BoundCondition *bound, Diag *diag) {
    Arena arena = {0};
    size_t count;
    Str *names = select_column_names(bound->dataset, &arena, &count);
    bool near = suggest(diag, bound->condition->column, names, count);
    arena_release(&arena);
    return near;
}

static bool suggest_value(const BoundCondition *bound, Diag *diag) {
    const Condition *condition = bound->condition;
    for (size_t i = 0; i < condition->count; i++) {
        if (some_row_matches(bound, condition->patterns[i])) continue;
        if (suggest(diag, condition->patterns[i], bound->words->words, bound->words->word_count)) return true;
    }
    return false;
}

static bool bind_column(const Condition *condition, const Dataset *dataset, BoundCondition *out, Diag *diag) {
    size_t column;
    ColumnId known;
    if (dataset_find_column(dataset, condition->column, &column)) {
        out->numbers = dataset_numbers(dataset, column);
        out->words = dataset_words(dataset, column);
    } else {
        out->unknown = !column_find(condition->column, &known);
    }
    if (!out->numbers || condition->kind != CONDITION_WORDS) return true;
    diag_add(diag, MESSAGE_WRONG_TYPE, &condition->pattern_places[0], condition->column,
             message_words(TEXT_WANT_RANGE), message_words(TEXT_FOUND_TEXT_FOR_NUMBER));
    return false;
}

static bool bind_condition(Arena *arena, const Condition *condition, const Dataset *dataset,
                           BoundCondition *out, Diag *diag) {
    *out = (BoundCondition){.condition = condition, .dataset = dataset};
    if (!bind_column(condition, dataset, out, diag)) return false;
    out->blank_holds = select_text_holds(condition, (Str){"", 0}, arena);
    if (!out->words) return true;
    out->word_holds = arena_new(arena, out->words->word_count, sizeof *out->word_holds);
    for (size_t i = 0; i < out->words->word_count; i++)
        out->word_holds[i] = select_text_holds(condition, out->words->words[i], arena);
    return true;
}

bool select_bind(Arena *arena, const Selector *selector, const Dataset *dataset, BoundSelector *out,
                 Diag *diag) {
    *out = (BoundSelector){.selector = selector};
    out->conditions = arena_new(arena, selector->count, sizeof *out->conditions);
    out->parts = arena_new(arena, selector->part_count, sizeof *out->parts);
    bool good = true;
    for (size_t i = 0; i < selector->count; i++)
        good &= bind_condition(arena, &selector->conditions[i], dataset, &out->conditions[i], diag);
    for (size_t i = 0; i < selector->part_count; i++)
        good &= select_bind(arena, &selector->parts[i], dataset, &out->parts[i], diag);
    return good;
}

void select_note(const BoundSelector *selector, Diag *diag) {
    for (size_t i = 0; i < selector->selector->count; i++) {
        const BoundCondition *bound = &selector->conditions[i];
        if (bound->unknown) note_column(bound, diag);
        if (bound->words && bound->condition->kind == CONDITION_WORDS) note_unused(bound, diag);
    }
    for (size_t i = 0; i < selector->selector->part_count; i++) select_note(&selector->parts[i], diag);
}

static bool is_polarity(const BoundCondition *bound) {
    ColumnId id;
    bool words = bound->words && bound->condition->kind == CONDITION_WORDS;
    return words && column_find(bound->condition->column, &id) && id == COLUMN_POLARITY;
}

/* Word 0 is the blank one. */
static bool misses_all(const BoundCondition *bound) {
    bool doubtful = false;
    for (size_t word = 1; word < bound->words->word_count; word++) {
        if (bound->word_holds[word]) return false;
        Str text = bound->words->words[word];
        doubtful |= !str_is(text, "higher") && !str_is(text, "상향");
    }
    return doubtful;
}

const BoundCondition *select_missed_polarity(const BoundSelector *selector) {
    for (size_t i = 0; i < selector->selector->count; i++) {
        const BoundCondition *bound = &selector->conditions[i];
        if (is_polarity(bound) && misses_all(bound)) return bound;
    }
    const BoundCondition *missed = NULL;
    for (size_t i = 0; i < selector->selector->part_count && !missed; i++)
        missed = select_missed_polarity(&selector->parts[i]);
    return missed;
}

void select_remark_polarity(const BoundSelector *selector, Diag *diag) {
    const BoundCondition *missed = select_missed_polarity(selector);
    if (!missed) return;
    diag_add(diag, MESSAGE_POLARITY_MISSED, &missed->condition->pattern_places[0],
             missed->condition->patterns[0]);
    hint_values(missed->words, missed->condition->patterns[0], diag);
}

bool select_suggest(const BoundSelector *selector, Diag *diag) {
    bool found = false;
    for (size_t i = 0; i < selector->selector->count && !found; i++) {
        const BoundCondition *bound = &selector->conditions[i];
        if (bound->unknown) found = suggest_column(bound, diag);
        if (bound->words && bound->condition->kind == CONDITION_WORDS) found = suggest_value(bound, diag);
    }
    for (size_t i = 0; i < selector->selector->part_count && !found; i++)
        found = select_suggest(&selector->parts[i], diag);
    return found;
}

static bool condition_holds(const BoundCondition *bound, size_t row) {
    if (bound->words) return bound->word_holds[text_id(bound->words, row)];
    if (!bound->numbers) return bound->blank_holds;
    Decimal number;
    return dataset_number(bound->numbers, row, &number) == MISSING_NONE &&
           number_holds(bound->condition, &number);
}

static void take_condition(const BoundCondition *bound, const uint32_t *rows, size_t count, Taken *taken) {
    if (!bound->words) {
        for (size_t k = 0; k < count; k++)
            if (taken[k] == TAKEN_YES && !condition_holds(bound, rows[k])) taken[k] = TAKEN_NO;
        return;
    }
    const bool *holds = bound->word_holds;
    for (size_t k = 0; k < count; k++) taken[k] = holds[text_id(bound->words, rows[k])] ? taken[k] : TAKEN_NO;
}

static void take_columns(const BoundSelector *selector, const uint32_t *rows, size_t count, Taken *taken) {
    const BoundCondition *first = selector->conditions;
    if (selector->selector->count == 1 && first->words) { /* as most are */
        for (size_t k = 0; k < count; k++)
            taken[k] = first->word_holds[text_id(first->words, rows[k])] ? TAKEN_YES : TAKEN_NO;
        return;
    }
    for (size_t k = 0; k < count; k++) taken[k] = TAKEN_YES;
    for (size_t i = 0; i < selector->selector->count; i++)
        take_condition(&selector->conditions[i], rows, count, taken);
}

/* False when the exact value is too large. */
static bool take_exactly(const Formula *formula, const SelectContext *context, uint32_t row, Taken *taken) {
    mpq_t holds;
    mpq_init(holds);
    Missing missing = formula_exact(formula, context->columns, row, holds);
    *taken = missing == MISSING_NONE && mpq_sgn(holds) != 0 ? TAKEN_YES : TAKEN_NO;
    mpq_clear(holds);
    if (missing == MISSING_TOO_LARGE && context->beyond) context->beyond(context->context, row);
    return missing != MISSING_TOO_LARGE;
}

static bool take_formula(const Formula *formula, const SelectContext *context, const uint32_t *rows,
                         size_t count, Taken *taken) {
    double value[FORMULA_BLOCK], error[FORMULA_BLOCK];
    uint8_t missing[FORMULA_BLOCK];
    formula_block(formula, context->columns, rows, count, value, error, missing);
    for (size_t k = 0; k < count; k++) {
        bool sure = missing[k] != MISSING_NONE || error[k] == 0;
        taken[k] = missing[k] == MISSING_NONE && value[k] != 0 ? TAKEN_YES : TAKEN_NO;
        if (!sure && !take_exactly(formula, context, rows[k], &taken[k])) return false;
    }
    return true;
}

/* all goes on with the rows that every part took so far, any with those that no part took; no turns its part
 * round. */
static bool take_parts(const BoundSelector *selector, const SelectContext *context, const uint32_t *rows,
                       size_t count, Taken *taken) {
    SelectorKind kind = selector->selector->kind;
    Taken open = kind == SELECT_ANY ? TAKEN_NO : TAKEN_YES;
    uint32_t left[FORMULA_BLOCK];
    size_t at[FORMULA_BLOCK];
    Taken part[FORMULA_BLOCK];
    for (size_t k = 0; k < count; k++) taken[k] = open;
    for (size_t i = 0; i < selector->selector->part_count; i++) {
        size_t asked = 0;
        for (size_t k = 0; k < count; k++) {
            if (taken[k] != open) continue;
            left[asked] = rows[k];
            at[asked++] = k;
        }
        if (!select_block(&selector->parts[i], context, left, asked, part)) return false;
        for (size_t k = 0; k < asked; k++) {
            bool turned = kind == SELECT_NO && part[k] != TAKEN_FAILED;
            taken[at[k]] = !turned ? part[k] : part[k] == TAKEN_YES ? TAKEN_NO : TAKEN_YES;
        }
    }
    return true;
}

bool select_block(const BoundSelector *selector, const SelectContext *context, const uint32_t *rows,
                  size_t count, Taken *taken) {
    const Selector *kind = selector->selector;
    if (count == 0) return true;
    switch (kind->kind) {
    case SELECT_COLUMNS:
        take_columns(selector, rows, count, taken);
        return true;
    case SELECT_FORMULA:
        return take_formula(kind->formula, context, rows, count, taken);
    case SELECT_FUNCTION:
        return context->ask(context->context, kind->function, rows, count, taken);
    default:
        return take_parts(selector, context, rows, count, taken);
    }
}

/* Without a branch that depends on the word: nobody can foresee it. */
bool select_split(const BoundSelector *selector, const uint32_t *rows, size_t count, RowSplit *split) {
    const BoundCondition *bound = selector->conditions;
    const Selector *kind = selector->selector;
    if (kind->kind != SELECT_COLUMNS || kind->count != 1 || !bound->words) return false;
    const TextColumn words = *bound->words;
    const bool *holds = bound->word_holds;
    uint32_t *taken = split->taken, *left = split->left;
    for (size_t k = 0; k < count; k++) {
        uint32_t row = rows[k];
        bool takes = holds[text_id(&words, row)];
        *taken = *left = row;
        taken += takes;
        left += !takes;
    }
    split->taken_count = (size_t)(taken - split->taken);
    split->left_count = (size_t)(left - split->left);
    return true;
}
