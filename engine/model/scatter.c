#include "model/scatter.h"

#include "base/memory.h"
#include "model/kernels.h"

#include <math.h>

#define MOST_NAMES ((size_t)1 << 24)   /* rows of a tally */
#define MOST_TEXT  ((uint64_t)1 << 32) /* bytes of a file */

/* Chunks begin at a multiple of their size, so that a place in one tells where it begins and whether it is
 * full. */
#define CHUNK_SIZE    4096
#define CHUNK_RECORDS ((CHUNK_SIZE - 16) / sizeof(ScatterRecord))

typedef struct Chunk {
    struct Chunk *before; /* of the same partition */
    uint64_t unused;
    ScatterRecord records[CHUNK_RECORDS];
} Chunk;

_Static_assert(sizeof(Chunk) == CHUNK_SIZE, "records fill a chunk to its end");

/* Most time goes into touching fresh memory: all but the first block are large enough for huge pages. */
#define FIRST_BLOCK ((size_t)1 << 20)
#define NEXT_BLOCK  ((size_t)32 << 20)

/* Stands where a block's first chunk would. */
typedef struct ScatterBlock {
    struct ScatterBlock *before;
    size_t size;
} ScatterBlock;

void scatter_end(Scatter *scatter) {
    for (ScatterBlock *block = scatter->last, *before; block; block = before) {
        before = block->before;
        memory_unmap(block, block->size);
    }
    *scatter = (Scatter){0};
}

static Chunk *new_chunk(Scatter *scatter) {
    if (scatter->left == 0) {
        size_t size = scatter->last ? NEXT_BLOCK : FIRST_BLOCK;
        ScatterBlock *block = memory_map(size);
        *block = (ScatterBlock){scatter->last, size};
        scatter->last = block;
        scatter->left = size / CHUNK_SIZE - 1;
    }
    return (Chunk *)((char *)scatter->last + scatter->last->size) - scatter->left--;
}

/* The chunk that the record before `next` is in; NULL: there is none. */
static Chunk *chunk_of(const ScatterRecord *next) {
    return next ? (Chunk *)(((uintptr_t)next - 1) / CHUNK_SIZE * CHUNK_SIZE) : NULL;
}

static ScatterRecord *new_record(Scatter *scatter, size_t part) {
    ScatterRecord *next = scatter->next[part];
    if ((uintptr_t)next % CHUNK_SIZE == 0) { /* NULL too */
        Chunk *chunk = new_chunk(scatter);
        chunk->before = chunk_of(next);
        next = chunk->records;
    }
    scatter->next[part] = next + 1;
    return next;
}

ScatterChunk scatter_last(const Scatter *scatter, size_t part) {
    const ScatterRecord *next = scatter->next[part];
    const Chunk *chunk = chunk_of(next);
    return chunk ? (ScatterChunk){chunk->records, (size_t)(next - chunk->records)} : (ScatterChunk){0};
}

ScatterChunk scatter_before(ScatterChunk chunk) {
    const Chunk *before = chunk_of(chunk.records)->before;
    return before ? (ScatterChunk){before->records, CHUNK_RECORDS} : (ScatterChunk){0};
}

/* ---- adding */

/* Half of what scatter_error allows is for the sum's own error, half for the rounding to float. */
static float pack_sum(double sum, double error) {
    return error <= fabs(sum) * 0x1p-25 + 0x1p-31 && fabs(sum) < 0x1p100 ? (float)sum : NAN;
}

/* Rates of the rows first to end - 1. */
static void add_rows(ScatterRecord *record, const Pass *pass, size_t first, size_t end, size_t name) {
    double sum = 0, error = 0;
    unsigned rated = 0;
    for (size_t row = first; row < end; row++) {
        rated += pass->missing[row] == MISSING_NONE; /* a missing row has rate and error 0 */
        sum += pass->rate[row];
        error += pass->error[row] + KERNEL_ROUNDOFF * fabs(sum);
    }
    record->sum = pack_sum(sum, error);
    record->packed = (uint32_t)(name << 8 | (end - first) << 4 | rated);
}

static void add_block(Scatter *scatter, const Pass *pass, const Keys *keys, size_t base, size_t first,
                      size_t count, Tally *tally) {
    uint32_t places[KEYS_BLOCK];
    for (size_t i = 0; i < count; i++) {
        __builtin_prefetch(scatter->next[keys->project[i].high % SCATTER_PARTS], 1);
        places[i] = (uint32_t)tally_place(tally, keys->names[i], keys->upper[i]);
    }
    for (size_t i = 0, end; i < count; i = end) {
        const Key *key = &keys->project[i];
        ScatterRecord *record = new_record(scatter, key->high % SCATTER_PARTS);
        end = i + 1;
        while (end < count && end - i < SCATTER_ROWS && key->low == keys->project[end].low &&
               key->high == keys->project[end].high)
            end++;
        record->hash = key->low;
        record->offset = (uint32_t)(base + stretch_offset(&pass->stretch, first + i));
        add_rows(record, pass, first + i, first + end, places[i]);
    }
}

bool scatter_add(Scatter *scatter, Pass *pass, size_t base, Tally *tally) {
    Stretch *stretch = &pass->stretch;
    Keys keys;
    if (base + stretch->text.size >= MOST_TEXT) return false;
    for (size_t first = 0; first < stretch->rows; first += KEYS_BLOCK) {
        size_t left = stretch->rows - first, count = left < KEYS_BLOCK ? left : KEYS_BLOCK;
        if (!keys_read(&keys, stretch, first, count, tally->names)) return false;
        add_block(scatter, pass, &keys, base, first, count, tally);
    }
    return tally->count <= MOST_NAMES;
}
