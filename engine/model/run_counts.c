#include "model/run_counts.h"

#include "base/memory.h"
#include "model/results_build.h"
#include "model/run_bands.h"
#include "model/run_summary.h"
#include "model/run_verdict.h"

#include <string.h>

/* The verdict of a run that is put aside. */
#define RUN_LATER (RUN_UNSURE - 1)

_Static_assert(PLAN_BANDS <= RUN_LATER, "a verdict is a byte");

void run_counts_begin(RunCounts *counts, const PassPlan *bound, const RowAskers *askers, size_t asker,
                      size_t names) {
    *counts = (RunCounts){0};
    pass_begin(&counts->pass, bound);
    pass_ask(&counts->pass, askers, asker);
    tally_begin(&counts->tally, names, bound->plan->verdicts[LEVEL_PROJECT].count);
}

void run_counts_end(RunCounts *counts) {
    later_end(&counts->later);
    summary_list_end(&counts->noted);
    pass_end(&counts->pass);
    tally_end(&counts->tally);
    memory_free(counts->verdicts);
    *counts = (RunCounts){0};
}

void run_counts_note(RunCounts *counts, Str text) {
    counts->notes = true;
    counts->text = text;
}

/* Verdicts of runs from to to - 1, as far as many can be found at once. */
static uint8_t *find_verdicts(RunCounts *counts, Pass *pass, size_t from, size_t to) {
    size_t count = to - from;
    if (count > counts->verdict_capacity) {
        counts->verdict_capacity = memory_growth(counts->verdict_capacity, count);
        counts->verdicts = memory_resize(counts->verdicts, counts->verdict_capacity, 1);
    }
    if (run_bands_can(pass->bound))
        run_bands(pass, from, to, counts->verdicts);
    else
        memset(counts->verdicts, RUN_UNSURE, count);
    return counts->verdicts;
}

/* The last of runs from to to - 1 that does not begin behind the row; without branches, which nobody can
 * foresee. */
static size_t run_of(const Run *runs, size_t from, size_t to, uint32_t row) {
    for (size_t count = to - from; count > 1;) {
        size_t half = count / 2;
        from += half & (0 - (size_t)(runs[from + half].first <= row));
        count -= half;
    }
    return from;
}

/* Runs from to to - 1 with rows that wait get the verdict RUN_LATER. */
static void mark_later(const Pass *pass, size_t from, size_t to, uint8_t *verdicts) {
    for (size_t i = 0; i < pass->waiting_count; i++)
        verdicts[run_of(pass->stretch.runs, from, to, pass->waiting[i]) - from] = RUN_LATER;
}

/* The verdict that it has. */
static unsigned count_run(const Tally *tally, size_t place, Pass *pass, const Run *run, unsigned verdict) {
    if (verdict == RUN_UNSURE)
        verdict = run_verdict(pass, run);
    else
        pass->project_count++;
    tally->rows[place].projects[verdict == RESULTS_NO_BAND ? tally->verdicts : verdict]++;
    return verdict;
}

static bool note_run(RunCounts *counts, size_t place, const Run *run, unsigned verdict) {
    Summary summary;
    return run_summary(&counts->pass, run, verdict, &summary) &&
           summary_list_add(&counts->noted, place, &summary, counts->text);
}

static bool count_runs(RunCounts *counts, size_t from, size_t to, const uint8_t *verdicts) {
    Tally *tally = &counts->tally;
    Pass *pass = &counts->pass;
    const Run *runs = pass->stretch.runs;
    size_t place = 0;
    bool good = true;
    for (size_t i = from; i < to && good; i++) {
        bool same = i > from && (size_t)runs[i].changed >= tally->names;
        if (!same) {
            const Str *names = pass->stretch.departments[runs[i].department].names;
            place = (size_t)(tally_row(tally, names) - tally->rows);
        }
        unsigned verdict = verdicts[i - from];
        if (verdict == RUN_LATER) {
            later_add(&counts->later, pass, i, place);
            continue;
        }
        verdict = count_run(tally, place, pass, &runs[i], verdict);
        if (counts->notes) good = note_run(counts, place, &runs[i], verdict);
    }
    return good;
}

bool run_counts_add(RunCounts *counts, size_t from, size_t to) {
    Pass *pass = &counts->pass;
    const Run *runs = pass->stretch.runs;
    if (from >= to) return true;
    size_t first = runs[from].first, end = runs[to].first;
    if (!pass_walk(pass, first, end)) return false;
    bool later = !counts->notes && later_wanted(pass);
    if (later)
        pass_leave(pass);
    else if (!pass_answer(pass))
        return false;
    pass_count(pass, first, end);
    uint8_t *verdicts = find_verdicts(counts, pass, from, to);
    if (later) mark_later(pass, from, to, verdicts);
    return count_runs(counts, from, to, verdicts) && !pass->beyond &&
           (!later_is_full(&counts->later) || run_counts_finish(counts));
}

bool run_counts_finish(RunCounts *counts) {
    Later *later = &counts->later;
    Pass *pass = &later->pass;
    const Stretch *stretch = &pass->stretch;
    if (stretch->run_count == 0) return true;
    if (!later_answer(later, &counts->pass)) return false;
    const uint8_t *verdicts = find_verdicts(counts, pass, 0, stretch->run_count);
    for (size_t i = 0; i < stretch->run_count; i++)
        count_run(&counts->tally, later->places[i], pass, &stretch->runs[i], verdicts[i]);
    later_clear(later, &counts->pass);
    return !counts->pass.beyond;
}
