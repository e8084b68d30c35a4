#include "model/tally.h"

#include "base/memory.h"

void tally_begin(Tally *tally, size_t names, size_t verdicts) {
    *tally = (Tally){.names = names, .verdicts = verdicts};
}

void tally_end(Tally *tally) {
    memory_free(tally->rows);
    lookup_release(&tally->lookup);
    arena_release(&tally->arena);
    *tally = (Tally){0};
}

static bool is_named(const Tally *tally, const TallyRow *row, const Str *names) {
    for (size_t i = 0; i < tally->names; i++)
        if (!str_equal(row->names[i], names[i])) return false;
    return true;
}

static TallyRow *add_row(Tally *tally, const Str *names) {
    if (tally->count == tally->capacity) {
        tally->capacity = memory_growth(tally->capacity, tally->count + 1);
        tally->rows = memory_resize(tally->rows, tally->capacity, sizeof *tally->rows);
    }
    TallyRow *row = &tally->rows[tally->count++];
    *row = (TallyRow){.projects = arena_new(&tally->arena, tally->verdicts + 1, sizeof *row->projects)};
    for (size_t i = 0; i < tally->names; i++) row->names[i] = arena_copy(&tally->arena, names[i]);
    return row;
}

TallyRow *tally_row(Tally *tally, const Str *names) {
    uint32_t hash = 0, id;
    for (size_t i = 0; i < tally->names; i++) hash = hash * 31 + (uint32_t)str_hash(names[i]);
    for (size_t at = hash; lookup_next(&tally->lookup, hash, &at, &id);)
        if (is_named(tally, &tally->rows[id], names)) return &tally->rows[id];
    lookup_add(&tally->lookup, hash, (uint32_t)tally->count);
    return add_row(tally, names);
}

void tally_join(Tally *tally, const Tally *other) {
    for (size_t i = 0; i < other->count; i++) {
        TallyRow *row = tally_row(tally, other->rows[i].names);
        for (size_t verdict = 0; verdict <= tally->verdicts; verdict++)
            row->projects[verdict] += other->rows[i].projects[verdict];
    }
}
