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

static bool text_holds(const Condition *condition, Str text, Arena *arena) {
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
    for (size_t row = 0; row < bound->rows; row++) {
        if (words->ids[row] == 0) return true;
    }
    return false;
}

/* A value of the rules that no row has is worth a note: it is often a misspelling. */
static void note_unused(const BoundCondition *bound, Diag *diag) {
    const Condition *condition = bound->condition;
    for (size_t i = 0; i < condition->count; i++) {
        if (some_row_matches(bound, condition->patterns[i])) continue;
        diag_add(diag, MESSAGE_SELECTOR_VALUE, &condition->pattern_places[i], condition->column,
                 condition->patterns[i]);
        schema_suggest(diag, condition->patterns[i], bound->words->words, bound->words->word_count);
    }
}

static void suggest_column(const Condition *condition, const Dataset *dataset, Arena *arena, Diag *diag) {
    size_t count = dataset_columns(dataset);
    Str *names = arena_new(arena, count + COLUMN_KNOWN, sizeof *names);
    for (size_t i = 0; i < count; i++) names[i] = dataset_column_name(dataset, i);
    for (int i = 0; i < COLUMN_KNOWN; i++) names[count + (size_t)i] = str_of(column_info((ColumnId)i)->name);
    schema_suggest(diag, condition->column, names, count + COLUMN_KNOWN);
}

static bool bind_column(Arena *arena, const Condition *condition, const Dataset *dataset, BoundCondition *out,
                        Diag *diag) {
    size_t column;
    ColumnId known;
    if (dataset_find_column(dataset, condition->column, &column)) {
        out->numbers = dataset_numbers(dataset, column);
        out->words = dataset_words(dataset, column);
    } else if (!column_find(condition->column, &known)) {
        diag_add(diag, MESSAGE_SELECTOR_COLUMN, &condition->place, condition->column);
        suggest_column(condition, dataset, arena, diag);
        return false;
    }
    if (!out->numbers || condition->kind != CONDITION_WORDS) return true;
    diag_add(diag, MESSAGE_WRONG_TYPE, &condition->pattern_places[0], condition->column,
             message_words(TEXT_WANT_RANGE), message_words(TEXT_FOUND_TEXT_FOR_NUMBER));
    return false;
}

static bool bind_condition(Arena *arena, const Condition *condition, const Dataset *dataset,
                           BoundCondition *out, Diag *diag) {
    *out = (BoundCondition){.condition = condition, .rows = dataset_rows(dataset)};
    if (!bind_column(arena, condition, dataset, out, diag)) return false;
    out->blank_holds = text_holds(condition, (Str){"", 0}, arena);
    if (!out->words) return true;
    out->word_holds = arena_new(arena, out->words->word_count, sizeof *out->word_holds);
    for (size_t i = 0; i < out->words->word_count; i++)
        out->word_holds[i] = text_holds(condition, out->words->words[i], arena);
    return true;
}

bool select_bind(Arena *arena, const Selector *selector, const Dataset *dataset, BoundSelector *out,
                 Diag *diag) {
    out->conditions = arena_new(arena, selector->count, sizeof *out->conditions);
    out->count = selector->count;
    bool good = true;
    for (size_t i = 0; i < selector->count; i++)
        good &= bind_condition(arena, &selector->conditions[i], dataset, &out->conditions[i], diag);
    return good;
}

void select_note(const BoundSelector *selector, Diag *diag) {
    for (size_t i = 0; i < selector->count; i++) {
        const BoundCondition *bound = &selector->conditions[i];
        if (bound->words && bound->condition->kind == CONDITION_WORDS) note_unused(bound, diag);
    }
}

static bool condition_holds(const BoundCondition *bound, size_t row) {
    if (bound->words) return bound->word_holds[bound->words->ids[row]];
    if (!bound->numbers) return bound->blank_holds;
    Decimal number;
    return dataset_number(bound->numbers, row, &number) == MISSING_NONE &&
           number_holds(bound->condition, &number);
}

bool select_holds(const BoundSelector *selector, size_t row) {
    for (size_t i = 0; i < selector->count; i++) {
        if (!condition_holds(&selector->conditions[i], row)) return false;
    }
    return true;
}
