#include "model/run_bands.h"

#include "model/blockwise.h"
#include "model/kernels.h"

#include <string.h>

/* Rows that stay in the cache together. */
#define ROWS BLOCKWISE_UNITS

_Static_assert(PASS_SHORT_RUN >= KERNEL_RUN, "rows behind the last one are read");

bool run_bands_can(const PassPlan *bound) {
    return bound->by_rate && bound->plan->rollups[LEVEL_PROJECT].aggregate == AGGREGATE_MEAN;
}

/* What some rows and those behind them are to the kernels. */
typedef struct Rows {
    double present[ROWS + KERNEL_RUN], link[ROWS + KERNEL_RUN];
    double mean[ROWS], bound[ROWS], divisor[ROWS];
    uint8_t verdicts[ROWS];
} Rows;

/* Runs begin at their first rows; what is behind the last one is a run as well. */
static void find_links(Rows *rows, const Run *run, const Run *end, uint32_t base) {
    for (size_t k = 0; k < ROWS + KERNEL_RUN; k++) rows->link[k] = 1;
    for (; run < end && run->first < base + ROWS + KERNEL_RUN; run++) rows->link[run->first - base] = 0;
    for (size_t at = end->first - base; run == end && at < ROWS + KERNEL_RUN; at++) rows->link[at] = 0;
}

static void judge_rows(const Pass *pass, Rows *rows, uint32_t base, size_t count) {
    MissingChild policy = pass->bound->plan->rollups[LEVEL_PROJECT].missing;
    const KernelRuns runs = {pass->rate + base, pass->error + base, rows->present, rows->link};
    const KernelShare share = {policy == MISSING_CHILD_ZERO, policy == MISSING_CHILD_SPREADS};
    const uint8_t *missing = pass->missing + base;
    for (size_t k = 0; k < count + KERNEL_RUN; k++) rows->present[k] = missing[k] == MISSING_NONE;
    kernels_here()->means(runs, share, count, rows->mean, rows->bound, rows->divisor);
    blockwise_verdicts(pass->bound->ranges, pass->bound->plan->verdicts[LEVEL_PROJECT].count, rows->mean,
                       rows->bound, count, rows->verdicts);
}

void run_bands(Pass *pass, size_t from, size_t to, uint8_t *verdicts) {
    const Run *run = pass->stretch.runs + from, *end = pass->stretch.runs + to;
    Rows rows;
    memset(pass->rate + end->first, 0, KERNEL_RUN * sizeof *pass->rate);
    memset(pass->error + end->first, 0, KERNEL_RUN * sizeof *pass->error);
    memset(pass->missing + end->first, 0, KERNEL_RUN);
    while (run < end) {
        uint32_t base = run->first;
        size_t left = end->first - base, count = left < ROWS ? left : ROWS;
        find_links(&rows, run, end, base);
        judge_rows(pass, &rows, base, count);
        for (; run < end && run->first - base < count; run++) {
            size_t k = run->first - base;
            *verdicts++ = rows.divisor[k] > 0 ? rows.verdicts[k] : RESULTS_NO_BAND;
        }
    }
}
