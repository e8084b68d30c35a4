#include "app/stats.h"

#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

void stats_start(Stats *stats) { *stats = (Stats){.last = now()}; }

void stats_end(Stats *stats, Phase phase) {
    double end = now();
    stats->milliseconds[phase] = end - stats->last;
    stats->last = end;
}

/* In KiB. */
static size_t peak_memory(void) {
    struct rusage self, children;
    getrusage(RUSAGE_SELF, &self);
    getrusage(RUSAGE_CHILDREN, &children);
    return (size_t)(self.ru_maxrss > children.ru_maxrss ? self.ru_maxrss : children.ru_maxrss);
}

void stats_print(const Stats *stats, const Results *results, Language language) {
    Arena arena = {0};
    const Str figures[] = {
        arena_format(&arena, "%zu", results_rows(results)),
        arena_format(&arena, "%zu", results_total(results)->total),
        arena_format(&arena, "%.1f", stats->milliseconds[PHASE_LOAD]),
        arena_format(&arena, "%.1f", stats->milliseconds[PHASE_EVALUATE]),
        arena_format(&arena, "%.1f", stats->milliseconds[PHASE_WRITE]),
        arena_format(&arena, "%zu", peak_memory()),
        arena_format(&arena, "%zu", results_exact_checks(results)),
        arena_format(&arena, "%zu", results_function_calls(results)),
    };
    Buffer out = {0};
    message_fill(&out, message_get(TEXT_STATS)->text[language], figures, sizeof figures / sizeof *figures,
                 language);
    cli_write(STDERR_FILENO, buffer_view(&out));
    buffer_release(&out);
    arena_release(&arena);
}
