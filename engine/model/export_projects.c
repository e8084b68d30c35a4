#include "model/export_projects.h"

#include "base/digits.h"
#include "base/memory.h"
#include "io/csv.h"
#include "io/json.h"
#include "model/summaries.h"

/* What stands behind the rate of a project: its verdict and why it has no rate. */
#define TAILS (PLAN_BANDS + 1 + MISSING_COUNT)

struct ExportProjects {
    const Summaries *summaries;
    const Plan *plan;
    ExportForm form;
    Str tails[TAILS]; /* by band, without one, by reason; empty: the plan lacks the band */
    Arena arena;
};

/* ---- texts that many rows have in common */

static void add_text(const ExportProjects *projects, Str text, Buffer *out) {
    if (projects->form == EXPORT_CSV)
        csv_add_name(out, text, projects->plan->formulas);
    else
        json_add_text(out, text);
}

/* A cell behind others, with its name in JSON; empty is null there. */
static void add_word(const ExportProjects *projects, const char *name, Str text, Buffer *out) {
    bool json = projects->form != EXPORT_CSV;
    buffer_add_char(out, ',');
    if (json) buffer_addf(out, "\"%s\":", name);
    if (json && !text.size)
        buffer_add(out, STR("null"));
    else
        add_text(projects, text, out);
}

static Str make_tail(ExportProjects *projects, const Band *band, Str reason) {
    Buffer tail = {0};
    add_word(projects, "verdict", band ? band->key : (Str){"", 0}, &tail);
    add_word(projects, "verdict_name", band ? band->name : (Str){"", 0}, &tail);
    add_word(projects, "missing", reason, &tail);
    if (projects->form != EXPORT_CSV) buffer_add_char(&tail, '}');
    if (projects->form != EXPORT_JSON) buffer_add_char(&tail, '\n');
    Str kept = arena_copy(&projects->arena, buffer_view(&tail));
    buffer_release(&tail);
    return kept;
}

static Str tail_of(const ExportProjects *projects, const Summary *summary) {
    size_t missing = summary->missing, band = summary->verdict;
    if (missing != MISSING_NONE) return projects->tails[PLAN_BANDS + 1 + missing];
    return projects->tails[band == RESULTS_NO_BAND ? PLAN_BANDS : band];
}

/* The names of a department, and what stands before that of a project. */
static void add_head(const ExportProjects *projects, const Str *names, Buffer *out) {
    bool json = projects->form != EXPORT_CSV;
    if (json) buffer_add(out, STR("{\"bureau\":"));
    add_text(projects, names[LEVEL_BUREAU], out);
    buffer_add(out, json ? STR(",\"department\":") : STR(","));
    add_text(projects, names[LEVEL_DEPARTMENT], out);
    buffer_add(out, json ? STR(",\"project\":") : STR(","));
}

ExportProjects *export_projects_begin(const Results *results, ExportForm form, size_t *count) {
    ExportProjects *projects = memory_new(1, sizeof *projects);
    projects->summaries = results_summaries(results);
    projects->plan = results_plan(results);
    projects->form = form;
    const Verdicts *verdicts = &projects->plan->verdicts[LEVEL_PROJECT];
    for (size_t i = 0; i < verdicts->count; i++)
        projects->tails[i] = make_tail(projects, &verdicts->bands[i], (Str){"", 0});
    projects->tails[PLAN_BANDS] = make_tail(projects, NULL, (Str){"", 0});
    for (Missing reason = MISSING_NONE + 1; reason < MISSING_COUNT; reason++)
        projects->tails[PLAN_BANDS + 1 + reason] = make_tail(projects, NULL, str_of(missing_name(reason)));
    *count = summaries_count(projects->summaries);
    return projects;
}

void export_projects_end(ExportProjects *projects) {
    if (!projects) return;
    arena_release(&projects->arena);
    memory_free(projects);
}

/* ---- rows */

static void add_number(int64_t value, unsigned places, bool zeros, Buffer *out) {
    char *at = buffer_reserve(out, DIGITS_ROOM);
    at = (zeros ? digits_put : digits_put_short)(at, value, places);
    out->size = (size_t)(at - out->data);
}

static void add_rates(const ExportProjects *projects, const Summary *summary, Buffer *out) {
    bool json = projects->form != EXPORT_CSV;
    if (summary->missing != MISSING_NONE) {
        buffer_add(out, json ? STR(",\"rate\":null,\"rate_printed\":null") : STR(",,"));
        return;
    }
    buffer_add(out, json ? STR(",\"rate\":") : STR(","));
    add_number(summary->rate, SUMMARY_PLACES, false, out);
    buffer_add(out, json ? STR(",\"rate_printed\":\"") : STR(","));
    add_number(summary->printed, projects->plan->places, true, out);
    if (json) buffer_add_char(out, '"');
}

static void add_project(const ExportProjects *projects, const SummaryGroup *group, size_t place,
                        Buffer *out) {
    const Summary *summary = summary_of(projects->summaries, group, place);
    add_text(projects, summary_name(group, summary), out);
    buffer_add(out, projects->form == EXPORT_CSV ? STR(",") : STR(",\"indicators\":"));
    add_number(summary->indicators, 0, true, out);
    add_rates(projects, summary, out);
    buffer_add(out, tail_of(projects, summary));
}

/* Projects of a department, from place `from` to to - 1 of it. */
static void add_group(const ExportProjects *projects, const SummaryGroup *group, size_t from, size_t to,
                      Buffer *out) {
    Buffer head = {0};
    add_head(projects, group->names, &head);
    for (size_t place = from; place < to; place++) {
        if (projects->form == EXPORT_JSON && group->first + place > 0) buffer_add_char(out, ',');
        buffer_add(out, buffer_view(&head));
        add_project(projects, group, place, out);
    }
    buffer_release(&head);
    summaries_forget(projects->summaries, group, from, to);
}

void export_projects_add(const ExportProjects *projects, size_t from, size_t to, Buffer *out) {
    SummaryGroup group = {0};
    while (from < to) {
        summaries_read(projects->summaries, summaries_department(projects->summaries, from), &group);
        size_t left = to - group.first, end = left < group.count ? left : group.count;
        add_group(projects, &group, from - group.first, end, out);
        from = group.first + end;
    }
    summary_group_end(&group);
}

size_t export_projects_cut(const ExportProjects *projects, size_t row) {
    return summaries_cut(projects->summaries, row);
}
