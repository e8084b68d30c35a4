#include "model/tally.h"

#include "base/memory.h"

void tally_begin(Tally *tally, size_t names, size_t verdicts) {
    *tally = (Tally){.names = names, .verdicts = verdicts};
}

void tally_end(Tally *tally) {
    memory_free(tally->rows);
    memory_free(tally->slots);
    arena_release(&tally->arena);
    *tally = (Tally){0};
}

static void add_row(Tally *tally, const Str *names) {
    if (tally->count == tally->capacity) {
        tally->capacity = memory_growth(tally->capacity, tally->count + 1);
        tally->rows = memory_resize(tally->rows, tally->capacity, sizeof *tally->rows);
    }
    TallyRow *row = &tally->rows[tally->count++];
    *row = (TallyRow){.projects = arena_new(&tally->arena, tally->verdicts + 1, sizeof *row->projects)};
    for (size_t i = 0; i < tally->names; i++) row->names[i] = arena_copy(&tally->arena, names[i]);
}

static TallySlot *find_slot(const Tally *tally, uint64_t low, uint32_t high) {
    size_t at = low & (tally->slot_count - 1);
    const TallySlot *slots = tally->slots;
    while (slots[at].row_plus_1 && !(slots[at].low == low && slots[at].high == high))
        at = (at + 1) & (tally->slot_count - 1);
    return &tally->slots[at];
}

static void grow(Tally *tally) {
    Tally old = *tally;
    tally->slot_count = old.slot_count ? 2 * old.slot_count : 1024;
    tally->slots = memory_new(tally->slot_count, sizeof *tally->slots);
    for (size_t i = 0; i < old.slot_count; i++)
        if (old.slots[i].row_plus_1) *find_slot(tally, old.slots[i].low, old.slots[i].high) = old.slots[i];
    memory_free(old.slots);
}

size_t tally_place(Tally *tally, const Str *names, Key key) {
    if (2 * tally->count >= tally->slot_count) grow(tally);
    TallySlot *slot = find_slot(tally, key.low, (uint32_t)key.high);
    if (!slot->row_plus_1) {
        *slot = (TallySlot){key.low, (uint32_t)key.high, (uint32_t)tally->count + 1};
        add_row(tally, names);
    }
    return slot->row_plus_1 - 1;
}

TallyRow *tally_row(Tally *tally, const Str *names) {
    size_t place = tally_place(tally, names, keys_of(names, tally->names)); /* the rows may move */
    return &tally->rows[place];
}

void tally_join(Tally *tally, const Tally *other) {
    for (size_t i = 0; i < other->count; i++) {
        TallyRow *row = tally_row(tally, other->rows[i].names);
        for (size_t verdict = 0; verdict <= tally->verdicts; verdict++)
            row->projects[verdict] += other->rows[i].projects[verdict];
    }
}
