#include "model/lookup.h"

#include "base/memory.h"

bool lookup_next(const Lookup *lookup, uint32_t hash, size_t *at, uint32_t *id) {
    if (lookup->size == 0) return false;
    for (;; ++*at) {
        LookupSlot slot = lookup->slots[*at & (lookup->size - 1)];
        if (slot.id_plus_1 == 0) return false;
        if (slot.hash != hash) continue;
        *id = slot.id_plus_1 - 1;
        ++*at;
        return true;
    }
}

static void put(Lookup *lookup, LookupSlot slot) {
    size_t at = slot.hash;
    while (lookup->slots[at & (lookup->size - 1)].id_plus_1) at++;
    lookup->slots[at & (lookup->size - 1)] = slot;
    lookup->used++;
}

static void grow(Lookup *lookup) {
    Lookup grown = {.size = lookup->size ? lookup->size * 2 : 32};
    grown.slots = memory_new(grown.size, sizeof *grown.slots);
    for (size_t i = 0; i < lookup->size; i++)
        if (lookup->slots[i].id_plus_1) put(&grown, lookup->slots[i]);
    memory_free(lookup->slots);
    *lookup = grown;
}

void lookup_add(Lookup *lookup, uint32_t hash, uint32_t id) {
    if (lookup->used * 2 >= lookup->size) grow(lookup);
    put(lookup, (LookupSlot){hash, id + 1});
}

void lookup_release(Lookup *lookup) {
    memory_free(lookup->slots);
    *lookup = (Lookup){0};
}
