#include "model/causes.h"

#include "model/number.h"

#include <stdlib.h>
#include <string.h>

/* A change under search. */
typedef struct Quest {
    Change *change;
    size_t *edits; /* those that touch the project: of the rules, then of its rows */
    size_t count;
    bool solved;
    bool *kept; /* while needless ones are left out */
    Str *rates; /* with the first 1, 2, … causes done */
} Quest;

/* A set of edits that is tried for a change. */
typedef struct Probe {
    Quest *quest;
    size_t *edits;
    size_t count;
    bool good;
    Str rate;
} Probe;

typedef struct Search {
    Comparison *comparison;
    const RuleDiff *rules;
    Quest *quests;
    size_t quest_count;
    bool apart; /* forced shares: a project's rank depends on the others, so that each set is tried by itself
                 */
    bool whole; /* parts of the edits cannot be had alone */
    Probe *probes;
    size_t probe_count;
    Arena arena; /* of a round */
} Search;

/* ---- one mixture */

static Setting *values_of(const Search *search, const bool *on, size_t *count, Arena *arena) {
    const Plan *from = search->comparison->from->plan, *to = search->comparison->to->plan;
    const EditList *edits = &search->comparison->edits;
    Setting *settings = arena_new(arena, from->param_count + to->param_count, sizeof *settings);
    *count = 0;
    for (size_t side = 0; side < 2; side++) {
        const Plan *plan = side ? to : from;
        for (size_t i = 0; i < plan->param_count; i++) {
            const Param *param = &plan->params[i];
            const Param *other = plan_param(side ? from : to, param->name);
            if (side && other) continue;
            for (size_t k = 0; k < search->comparison->rule_edits && other; k++)
                if (on[k] && edits->items[k].kind == EDIT_PARAM &&
                    str_equal(edits->items[k].name, param->name))
                    param = other;
            Buffer text = {0};
            decimal_write_canonical(&text, &param->value);
            settings[(*count)++] = (Setting){param->name, arena_copy(arena, buffer_view(&text))};
            buffer_release(&text);
        }
    }
    return settings;
}

static Str key_of(const Plan *plan, unsigned verdict) {
    return verdict == RESULTS_NO_BAND ? (Str){"", 0} : plan->verdicts[LEVEL_PROJECT].bands[verdict].key;
}

static void judge_probe(const Search *search, Probe *probe, const Outcome *outcome, uint32_t project) {
    const Change *change = probe->quest->change;
    Buffer rate = {0};
    results_write_unit(outcome->results, LEVEL_PROJECT, project, &rate);
    probe->rate = arena_copy(&search->comparison->arena, buffer_view(&rate));
    buffer_release(&rate);
    probe->good = str_equal(key_of(outcome->plan, outcome->verdicts[project]),
                            key_of(search->comparison->to->plan, change->to_verdict));
}

/* Evaluates the edits that are on, for probes that agree on those of the rules. */
static void try_mixture(const Search *search, const bool *on, Probe *probes, size_t count) {
    Comparison *comparison = search->comparison;
    Arena scratch = {0};
    Held held = *comparison->from_held;
    bool patched = false;
    for (size_t i = comparison->rule_edits; i < comparison->edits.count; i++) patched |= on[i];
    size_t projects = dataset_level_size(held.dataset, LEVEL_PROJECT);
    uint32_t *rows = arena_new(&scratch, projects, sizeof *rows);
    Dataset *data = patched ? patch_apply(comparison->patch, &comparison->edits, on, rows) : NULL;
    if (data) held.dataset = data;
    held.rules = edits_apply(search->rules, on, &scratch);
    held.settings = values_of(search, on, &held.setting_count, &scratch);
    Diag *unheard = diag_new(); /* a mixture may be no rule set */
    Outcome *outcome = whatif_ask_verdicts(&held, NULL, 0, unheard);
    for (size_t i = 0; outcome && i < count; i++) {
        uint32_t project = probes[i].quest->change->from;
        if (data && rows[project] == PATCH_NONE) continue;
        judge_probe(search, &probes[i], outcome, data ? dataset_project(data, rows[project]) : project);
    }
    whatif_free(outcome);
    diag_free(unheard);
    dataset_free(data);
    arena_release(&scratch);
}

/* ---- a round: the probes of all quests */

static int compare_sets(const Probe *x, const Probe *y, size_t limit) {
    size_t i = 0;
    for (;; i++) {
        bool left = i < x->count && x->edits[i] < limit, right = i < y->count && y->edits[i] < limit;
        if (!left || !right) return (int)left - (int)right;
        if (x->edits[i] != y->edits[i]) return x->edits[i] < y->edits[i] ? -1 : 1;
    }
}

/* Comparison.rule_edits, or all of them where sets are tried apart, is the same for every probe of a round.
 */
typedef struct Sorting {
    const Probe *probe;
    size_t limit, number;
} Sorting;

static int compare_sorting(const void *a, const void *b) {
    const Sorting *x = a, *y = b;
    int order = compare_sets(x->probe, y->probe, x->limit);
    return order ? order : (x->number > y->number) - (x->number < y->number);
}

static void run_group(const Search *search, Probe *probes, size_t count) {
    Arena scratch = {0};
    bool *on = arena_new(&scratch, search->comparison->edits.count, sizeof *on);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < probes[i].count; k++) on[probes[i].edits[k]] = true;
    try_mixture(search, on, probes, count);
    arena_release(&scratch);
}

/* Probes that agree on the edits of the rules share a mixture: those of rows concern one project each. */
static void run_probes(Search *search) {
    size_t count = search->probe_count;
    if (count == 0) return;
    Sorting *sorted = arena_new(&search->arena, count, sizeof *sorted);
    Probe *probes = arena_new(&search->arena, count, sizeof *probes);
    size_t limit = search->apart ? SIZE_MAX : search->comparison->rule_edits;
    for (size_t i = 0; i < count; i++) sorted[i] = (Sorting){&search->probes[i], limit, i};
    qsort(sorted, count, sizeof *sorted, compare_sorting);
    for (size_t i = 0; i < count; i++) probes[i] = *sorted[i].probe;
    for (size_t first = 0, end; first < count; first = end) {
        end = first + 1;
        while (end < count && compare_sets(&probes[first], &probes[end], limit) == 0) end++;
        run_group(search, &probes[first], end - first);
    }
    search->probes = probes;
}

static void begin_round(Search *search) {
    arena_release(&search->arena);
    search->probes = arena_new(&search->arena, search->quest_count, sizeof *search->probes);
    search->probe_count = 0;
}

static void add_probe(Search *search, Quest *quest, const size_t *edits, size_t count) {
    Probe *probe = &search->probes[search->probe_count++];
    *probe = (Probe){.quest = quest, .count = count};
    probe->edits = arena_new(&search->arena, count, sizeof *probe->edits);
    if (count) memcpy(probe->edits, edits, count * sizeof *edits);
}

static void solve(const Search *search, const Probe *probe, bool minimal) {
    Change *change = probe->quest->change;
    probe->quest->solved = true;
    change->minimal = minimal;
    change->cause_count = probe->count;
    change->causes = arena_new(&search->comparison->arena, probe->count, sizeof *change->causes);
    for (size_t i = 0; i < probe->count; i++) change->causes[i].edit = probe->edits[i];
}

static void solve_good(Search *search) {
    run_probes(search);
    for (size_t i = 0; i < search->probe_count; i++)
        if (search->probes[i].good) solve(search, &search->probes[i], true);
}

/* ---- singles, pairs, and all but the needless */

static bool offer_single(Search *search, Quest *quest, size_t round) {
    if (round >= quest->count) return false;
    add_probe(search, quest, &quest->edits[round], 1);
    return true;
}

static bool offer_pair(Search *search, Quest *quest, size_t round) {
    if (quest->count > COMPARE_PAIRS) return false;
    for (size_t i = 0; i + 1 < quest->count; i++) {
        size_t pairs = quest->count - 1 - i;
        if (round < pairs) {
            add_probe(search, quest, (const size_t[]){quest->edits[i], quest->edits[i + 1 + round]}, 2);
            return true;
        }
        round -= pairs;
    }
    return false;
}

static void rounds(Search *search, bool (*offer)(Search *search, Quest *quest, size_t round)) {
    bool more = true;
    for (size_t round = 0; more; round++) {
        more = false;
        begin_round(search);
        for (size_t i = 0; i < search->quest_count; i++)
            if (!search->quests[i].solved) more |= offer(search, &search->quests[i], round);
        solve_good(search);
    }
}

/* All that are kept, less one. */
static void offer_less(Search *search, Quest *quest, size_t left_out) {
    Probe *probe = &search->probes[search->probe_count++];
    *probe = (Probe){.quest = quest};
    probe->edits = arena_new(&search->arena, quest->count, sizeof *probe->edits);
    for (size_t i = 0; i < quest->count; i++)
        if (quest->kept[i] && i != left_out) probe->edits[probe->count++] = quest->edits[i];
}

static void give_all(const Search *search, Quest *quest) {
    Probe all = {.quest = quest, .edits = quest->edits, .count = quest->count};
    solve(search, &all, false);
}

/* Those whose edits together do not do it either (others' ranks, say) get all of them. */
static void begin_leaving_out(Search *search) {
    begin_round(search);
    for (size_t i = 0; i < search->quest_count; i++) {
        Quest *quest = &search->quests[i];
        if (quest->solved) continue;
        quest->kept = arena_new(&search->comparison->arena, quest->count, sizeof *quest->kept);
        for (size_t k = 0; k < quest->count; k++) quest->kept[k] = true;
        if (quest->count > COMPARE_EDITS)
            give_all(search, quest);
        else
            offer_less(search, quest, SIZE_MAX);
    }
    run_probes(search);
    for (size_t i = 0; i < search->probe_count; i++)
        if (!search->probes[i].good) give_all(search, search->probes[i].quest);
}

static void leave_out(Search *search) {
    begin_leaving_out(search);
    for (size_t round = 0; round < COMPARE_EDITS; round++) {
        begin_round(search);
        for (size_t i = 0; i < search->quest_count; i++) {
            Quest *quest = &search->quests[i];
            if (!quest->solved && round < quest->count) offer_less(search, quest, round);
        }
        run_probes(search);
        for (size_t i = 0; i < search->probe_count; i++)
            if (search->probes[i].good) search->probes[i].quest->kept[round] = false;
    }
    begin_round(search);
    for (size_t i = 0; i < search->quest_count; i++)
        if (!search->quests[i].solved) offer_less(search, &search->quests[i], SIZE_MAX);
    for (size_t i = 0; i < search->probe_count; i++) solve(search, &search->probes[i], true);
}

/* ---- the parts of the rate */

static Str difference(Str from, Str to, Arena *arena) {
    if (!from.size || !to.size) return (Str){"", 0};
    mpq_t left, right;
    mpq_inits(left, right, NULL);
    number_read(from, left);
    number_read(to, right);
    mpq_sub(right, right, left);
    Str text = number_text(arena, right);
    mpq_clears(left, right, NULL);
    return text;
}

static void find_parts(Search *search) {
    size_t most = 0;
    for (size_t i = 0; i < search->quest_count; i++) {
        Quest *quest = &search->quests[i];
        size_t count = quest->change->cause_count;
        quest->rates = arena_new(&search->comparison->arena, count + 1, sizeof *quest->rates);
        quest->rates[0] = quest->change->from_rate;
        if (count > most && count <= COMPARE_EDITS) most = count;
    }
    for (size_t round = 1; round <= most; round++) {
        begin_round(search);
        for (size_t i = 0; i < search->quest_count; i++) {
            Quest *quest = &search->quests[i];
            if (round > quest->change->cause_count) continue;
            size_t set[COMPARE_EDITS];
            for (size_t k = 0; k < round; k++) set[k] = quest->change->causes[k].edit;
            add_probe(search, quest, set, round);
        }
        run_probes(search);
        for (size_t i = 0; i < search->probe_count; i++)
            search->probes[i].quest->rates[round] = search->probes[i].rate;
    }
    for (size_t i = 0; i < search->quest_count; i++) {
        Change *change = search->quests[i].change;
        Arena *arena = &search->comparison->arena;
        const Str *rates = search->quests[i].rates;
        for (size_t k = 0; k < change->cause_count; k++)
            change->causes[k].points = difference(rates[k], rates[k + 1], arena);
        change->rest = difference(rates[change->cause_count], change->to_rate, arena);
    }
}

/* ---- the whole */

/* Rows that came or went with their project: those are the cause. */
static void causes_of_rows(Comparison *comparison, Change *change) {
    const EditList *edits = &comparison->edits;
    change->minimal = true;
    change->causes = arena_new(&comparison->arena, edits->count, sizeof *change->causes);
    for (size_t i = comparison->rule_edits; i < edits->count; i++) {
        const Edit *edit = &edits->items[i];
        bool own = change->from != PATCH_NONE
                       ? edit->project == change->from
                       : edit->kind == EDIT_ROW_ADDED &&
                             dataset_project(comparison->to_held->dataset, edit->other_row) == change->to;
        if (own) change->causes[change->cause_count++].edit = i;
    }
}

static void add_quest(Search *search, Change *change, const size_t *first, const size_t *list) {
    Comparison *comparison = search->comparison;
    Quest *quest = &search->quests[search->quest_count++];
    size_t own = first[change->from + 1] - first[change->from];
    *quest = (Quest){.change = change, .count = comparison->rule_edits + own};
    quest->edits = arena_new(&comparison->arena, quest->count, sizeof *quest->edits);
    for (size_t i = 0; i < comparison->rule_edits; i++) quest->edits[i] = i;
    for (size_t i = 0; i < own; i++) quest->edits[comparison->rule_edits + i] = list[first[change->from] + i];
}

/* The edits of rows by project: those of project p are list[first[p]] … list[first[p + 1] - 1]. */
static void list_by_project(const Comparison *comparison, size_t *first, size_t *list) {
    const EditList *edits = &comparison->edits;
    size_t projects = dataset_level_size(comparison->from_held->dataset, LEVEL_PROJECT);
    if (edits->count == comparison->rule_edits) return;
    for (size_t i = comparison->rule_edits; i < edits->count; i++)
        if (edits->items[i].project != UINT32_MAX) first[edits->items[i].project + 1]++;
    for (size_t i = 0; i < projects; i++) first[i + 1] += first[i];
    Arena scratch = {0};
    size_t *next = arena_new(&scratch, projects + 1, sizeof *next);
    memcpy(next, first, (projects + 1) * sizeof *next);
    for (size_t i = comparison->rule_edits; i < edits->count; i++)
        if (edits->items[i].project != UINT32_MAX) list[next[edits->items[i].project]++] = i;
    arena_release(&scratch);
}

static void add_quests(Search *search) {
    Comparison *comparison = search->comparison;
    Arena scratch = {0};
    size_t projects = dataset_level_size(comparison->from_held->dataset, LEVEL_PROJECT);
    size_t *first = arena_new(&scratch, projects + 1, sizeof *first);
    size_t *list = arena_new(&scratch, comparison->edits.count, sizeof *list);
    list_by_project(comparison, first, list);
    for (size_t i = 0; i < comparison->change_count; i++) {
        Change *change = &comparison->changes[i];
        if (change->from == PATCH_NONE || change->to == PATCH_NONE)
            causes_of_rows(comparison, change);
        else
            add_quest(search, change, first, list);
    }
    arena_release(&scratch);
}

void causes_find(Comparison *comparison) {
    Search search = {.comparison = comparison, .rules = comparison->rules};
    const Plan *from = comparison->from->plan, *to = comparison->to->plan;
    search.apart = from->verdicts[LEVEL_PROJECT].forced || to->verdicts[LEVEL_PROJECT].forced;
    bool two = comparison->patch || comparison->from_held->rules != comparison->to_held->rules;
    search.whole = two && (edits_reads_data(comparison->rules) || from->period.mode > PERIOD_EVERY);
    search.quests = arena_new(&comparison->arena, comparison->change_count, sizeof *search.quests);
    add_quests(&search);
    for (size_t i = 0; search.whole && i < search.quest_count; i++) give_all(&search, &search.quests[i]);
    if (!search.whole) {
        rounds(&search, offer_single);
        rounds(&search, offer_pair);
        leave_out(&search);
        find_parts(&search);
    }
    arena_release(&search.arena);
}
