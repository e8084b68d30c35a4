#include "model/arrange.h"

#include "base/memory.h"

#include <stdlib.h>
#include <string.h>

void arrange_cells(void *cells, size_t size, const uint32_t *order, size_t count, char *scratch) {
    for (size_t i = 0; i < count; i++) memcpy(scratch + i * size, (char *)cells + order[i] * size, size);
    if (count) memcpy(cells, scratch, count * size);
}

typedef struct RowText {
    uint32_t row;
    Str text;
} RowText;

static int compare_rows(const void *a, const void *b) {
    uint32_t x = ((const RowText *)a)->row, y = ((const RowText *)b)->row;
    return (x > y) - (x < y);
}

void arrange_texts(uint32_t *rows, Str *texts, size_t count, const uint32_t *moved) {
    if (count == 0) return;
    RowText *all = memory_new(count, sizeof *all);
    for (size_t i = 0; i < count; i++) all[i] = (RowText){moved[rows[i]], texts[i]};
    qsort(all, count, sizeof *all, compare_rows);
    for (size_t i = 0; i < count; i++) {
        rows[i] = all[i].row;
        texts[i] = all[i].text;
    }
    memory_free(all);
}

/* A counting sort: while rows are listed, starts[k + 1] is where the next row of owner k goes. */
void arrange_groups(const uint32_t *owners, const uint32_t *moved, size_t count, size_t owner_count,
                    uint32_t **starts, uint32_t **rows) {
    uint32_t *from = *starts = memory_new(owner_count + 2, sizeof *from);
    *rows = memory_new(count, sizeof **rows);
    for (size_t row = 0; row < count; row++)
        if (owners[row] != UINT32_MAX) from[owners[row] + 2]++;
    for (size_t owner = 1; owner <= owner_count; owner++) from[owner + 1] += from[owner];
    for (size_t row = 0; row < count; row++)
        if (owners[row] != UINT32_MAX) (*rows)[from[owners[row] + 1]++] = moved[row];
}
