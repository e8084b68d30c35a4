#include "model/absence.h"

#include "model/schema.h"

static const struct {
    const char *word;
    Missing reason;
} usual[] = {
    {"-", MISSING_NOT_APPLICABLE},        {"–", MISSING_NOT_APPLICABLE},
    {"N/A", MISSING_NOT_APPLICABLE},      {"n/a", MISSING_NOT_APPLICABLE},
    {"해당없음", MISSING_NOT_APPLICABLE}, {"해당 없음", MISSING_NOT_APPLICABLE},
};

/* The reasons that a cell can give, by their stable names. */
static const SchemaKey reasons[] = {
    {"blank", ACCEPT_TABLE, false},
    {"not_applicable", ACCEPT_TABLE, false},
    {"new", ACCEPT_TABLE, false},
    {"withheld", ACCEPT_TABLE, false},
};
static const Missing meanings[] = {MISSING_BLANK, MISSING_NOT_APPLICABLE, MISSING_NEW, MISSING_WITHHELD};
#define REASONS (sizeof reasons / sizeof *reasons)

Missing absence_of(const Absence *absence, Str text) {
    if (text.size == 0) return MISSING_BLANK;
    if (absence && absence->words) {
        for (size_t i = 0; i < absence->count; i++) {
            if (str_equal(text, absence->words[i].word)) return absence->words[i].reason;
        }
        return MISSING_NONE;
    }
    if (text.data[0] >= '0' && text.data[0] <= '9') return MISSING_NONE; /* no usual word begins so */
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) {
        if (str_is(text, usual[i].word)) return usual[i].reason;
    }
    return MISSING_NONE;
}

static bool add_words(Arena *arena, const Tree *list, Str path, Missing reason, AbsenceWord *words,
                      size_t *count, Diag *diag) {
    if (!schema_list(arena, path, list, ACCEPT_TEXT, diag)) return false;
    bool good = true;
    for (size_t i = 0; i < list->count; i++) {
        Str word = str_trim(list->items[i].value->text);
        for (size_t k = 0; k < *count; k++) {
            if (!str_equal(words[k].word, word)) continue;
            diag_add(diag, MESSAGE_DUPLICATE_NAME, &list->items[i].value->place, path, word);
            good = false;
        }
        words[(*count)++] = (AbsenceWord){word, reason};
    }
    return good;
}

bool absence_read(Arena *arena, const Tree *rules, Absence *out, Diag *diag) {
    *out = (Absence){NULL, 0};
    const TreeItem *item = tree_item(rules, "missing");
    if (!item || item->value->kind != TREE_TABLE) return true; /* a wrong kind is reported with all keys */
    const Tree *table = item->value;
    bool good = schema_check(arena, STR("missing"), table, &item->place, reasons, REASONS, diag);
    size_t room = 1, count = 0;
    for (size_t i = 0; i < table->count; i++) room += table->items[i].value->count;
    AbsenceWord *words = arena_new(arena, room, sizeof *words);
    for (size_t i = 0; i < REASONS; i++) {
        const Tree *list = tree_get(table, reasons[i].name);
        if (!list || list->kind != TREE_TABLE) continue;
        Str path = arena_format(arena, "missing.%s", reasons[i].name);
        good &= add_words(arena, list, path, meanings[i], words, &count, diag);
    }
    *out = (Absence){words, count};
    return good;
}

bool absence_same(const Absence *a, const Absence *b) {
    bool same = a->count == b->count && !a->words == !b->words;
    for (size_t i = 0; same && a->words && i < a->count; i++)
        same = a->words[i].reason == b->words[i].reason && str_equal(a->words[i].word, b->words[i].word);
    return same;
}
