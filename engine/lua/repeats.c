#include "lua/repeats.h"

#include "base/memory.h"

/* Places for answers: a power of two. */
#define PLACES 4096

typedef struct Repeat {
    uint32_t function; /* 0: free */
    CurrentTexts texts;
    AnswerRecord answer;
} Repeat;

static bool same_texts(const CurrentTexts *a, const CurrentTexts *b) {
    bool same = a->count == b->count;
    for (size_t i = 0; i < a->count && same; i++)
        same = a->columns[i] == b->columns[i] && a->words[i] == b->words[i];
    return same;
}

static Repeat *place_of(const Repeats *repeats, uint32_t function, const CurrentTexts *texts) {
    uint64_t hash = function;
    for (size_t i = 0; i < texts->count; i++)
        hash = (hash ^ texts->words[i]) * 0x9e3779b97f4a7c15u + texts->columns[i];
    return &repeats->entries[(hash ^ hash >> 29) & (PLACES - 1)];
}

const AnswerRecord *repeats_find(const Repeats *repeats, uint32_t function, const Current *current,
                                 size_t row) {
    CurrentTexts texts;
    if (!repeats->entries || !current_texts(current, row, &texts)) return NULL;
    const Repeat *repeat = place_of(repeats, function, &texts);
    return repeat->function == function && same_texts(&repeat->texts, &texts) ? &repeat->answer : NULL;
}

void repeats_keep(Repeats *repeats, uint32_t function, const Current *current, size_t row,
                  const AnswerRecord *answer) {
    CurrentTexts texts;
    if (!current_texts(current, row, &texts)) return;
    if (!repeats->entries) repeats->entries = memory_new(PLACES, sizeof *repeats->entries);
    *place_of(repeats, function, &texts) = (Repeat){function, texts, *answer};
}
