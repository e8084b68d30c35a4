#include "app/stats.h"

#include <sys/resource.h>
#include <time.h>

double stats_now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec * 1e3 + (double)time.tv_nsec / 1e6;
}

void stats_start(Stats *stats) { *stats = (Stats){.last = stats_now()}; }

void stats_end(Stats *stats, Phase phase) {
    double end = stats_now();
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

/* A share of each row; nothing to say without rows. */
static Str per_row(Arena *arena, double figure, size_t rows) {
    return rows ? arena_format(arena, "%.0f", figure / (double)rows) : STR("-");
}

/* Of the whole run, in rows. */
static Str per_second(Arena *arena, const Stats *stats, size_t rows) {
    double whole = 0;
    for (Phase phase = 0; phase < PHASE_COUNT; phase++) whole += stats->milliseconds[phase];
    return arena_format(arena, "%.0f", (double)rows * 1e3 / whole);
}

void stats_print(const Stats *stats, const Results *results, const RuleFile *rules, Language language) {
    Arena arena = {0};
    size_t translated, functions = rules_translated(rules, &translated),
                       calls = results_function_calls(results);
    size_t rows = results_rows(results);
    const Str figures[] = {
        arena_format(&arena, "%zu", rows),
        arena_format(&arena, "%zu", results_total(results)->total),
        arena_format(&arena, "%.1f", stats->milliseconds[PHASE_LOAD]),
        arena_format(&arena, "%.1f", stats->milliseconds[PHASE_EVALUATE]),
        arena_format(&arena, "%.1f", stats->milliseconds[PHASE_WRITE]),
        per_second(&arena, stats, rows),
        arena_format(&arena, "%zu", peak_memory()),
        per_row(&arena, (double)peak_memory() * 1024, rows),
    };
    const Str ways[] = {
        arena_format(&arena, "%zu", results_exact_checks(results)),
        arena_format(&arena, "%zu", calls - (translated < calls ? translated : calls)),
        arena_format(&arena, "%zu", functions),
        arena_format(&arena, "%zu", translated),
    };
    Buffer out = {0};
    message_fill(&out, message_get(TEXT_STATS).text[language], figures, sizeof figures / sizeof *figures,
                 language);
    message_fill(&out, message_get(TEXT_STATS_CALLS).text[language], ways, sizeof ways / sizeof *ways,
                 language);
    cli_complain(buffer_view(&out));
    buffer_release(&out);
    arena_release(&arena);
}
