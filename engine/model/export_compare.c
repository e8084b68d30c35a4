#include "model/export_compare.h"

#include "io/json.h"
#include "model/export_sweep.h"

static void next(Buffer *out, bool first) {
    if (!first) buffer_add_char(out, ',');
}

/* A verdict of the matrix. */
static void json_cell(Buffer *out, const char *name, const Plan *plan, unsigned verdict) {
    json_add_key(out, name);
    if (verdict == PLAN_BANDS)
        json_add_text(out, STR("absent"));
    else
        export_key_json(out, plan, verdict);
}

/* Verdict number `index` of a side: its bands, none, absent. */
static unsigned verdict_at(const Plan *plan, size_t index) {
    size_t count = plan->verdicts[LEVEL_PROJECT].count;
    if (index < count) return (unsigned)index;
    return index == count ? RESULTS_NO_BAND : PLAN_BANDS;
}

static void json_matrix(Buffer *out, const Comparison *comparison) {
    const Plan *from = comparison->from->plan, *to = comparison->to->plan;
    bool first = true;
    json_add_key(out, "matrix");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < from->verdicts[LEVEL_PROJECT].count + 2; i++) {
        for (size_t j = 0; j < to->verdicts[LEVEL_PROJECT].count + 2; j++) {
            size_t count = compare_count(comparison, verdict_at(from, i), verdict_at(to, j));
            bool bands = i < from->verdicts[LEVEL_PROJECT].count && j < to->verdicts[LEVEL_PROJECT].count;
            if (!bands && count == 0) continue;
            next(out, first);
            buffer_add_char(out, '{');
            json_cell(out, "from", from, verdict_at(from, i));
            json_cell(out, "to", to, verdict_at(to, j));
            json_add_key(out, "projects");
            buffer_addf(out, "%zu}", count);
            first = false;
        }
    }
    buffer_add_char(out, ']');
}

static void json_counts(Buffer *out, const char *name, const Plan *plan, const Counts *counts) {
    json_add_key(out, name);
    buffer_addf(out, "{\"projects\":%zu", counts->total);
    for (size_t i = 0; i < plan->verdicts[LEVEL_PROJECT].count; i++) {
        Str key = plan->verdicts[LEVEL_PROJECT].bands[i].key;
        buffer_addf(out, ",\"%.*s\":%zu", STR_FMT(key), counts->band[i]);
    }
    buffer_addf(out, ",\"none\":%zu}", counts->none);
}

static void json_bureaus(Buffer *out, const Comparison *comparison) {
    json_add_key(out, "bureaus");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < comparison->bureau_count; i++) {
        const BureauCounts *bureau = &comparison->bureaus[i];
        next(out, i == 0);
        buffer_add_char(out, '{');
        json_put_text(out, "bureau", bureau->name);
        json_counts(out, "from", comparison->from->plan, &bureau->from);
        json_counts(out, "to", comparison->to->plan, &bureau->to);
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, ']');
}

static void json_cause(Buffer *out, const Edit *edit, Str points) {
    buffer_add_char(out, '{');
    json_put_text(out, "kind", str_of(edit_kind_name(edit->kind)));
    json_put_text(out, "name", edit->name);
    json_put_text(out, "from", edit->from);
    json_put_text(out, "to", edit->to);
    json_put_text(out, "file", edit->place.file);
    json_add_key(out, "line");
    buffer_addf(out, "%u", edit->place.line);
    json_put_number(out, "points", points);
    buffer_add_char(out, '}');
}

static void json_change(Buffer *out, const Comparison *comparison, const Change *change) {
    bool added = change->from == PATCH_NONE, removed = change->to == PATCH_NONE;
    buffer_add_char(out, '{');
    export_names_json(out, added ? comparison->to_held->dataset : comparison->from_held->dataset,
                      added ? change->to : change->from);
    if (added || removed) json_put_text(out, "status", added ? STR("added") : STR("removed"));
    json_add_key(out, "from");
    export_key_json(out, comparison->from->plan, change->from_verdict);
    json_add_key(out, "to");
    export_key_json(out, comparison->to->plan, change->to_verdict);
    json_put_number(out, "from_rate", change->from_rate);
    json_put_number(out, "to_rate", change->to_rate);
    json_put_flag(out, "minimal", change->minimal);
    json_add_key(out, "causes");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < change->cause_count; i++) {
        next(out, i == 0);
        json_cause(out, &comparison->edits.items[change->causes[i].edit], change->causes[i].points);
    }
    buffer_add_char(out, ']');
    json_put_number(out, "rest", change->rest);
    buffer_add_char(out, '}');
}

void export_compare_json(const Comparison *comparison, Buffer *out) {
    buffer_add_char(out, '{');
    json_put_text(out, "format", STR("perfeval.compare/1"));
    json_put_text(out, "title", comparison->from->plan->title);
    json_counts(out, "from", comparison->from->plan, &comparison->from->counts);
    json_counts(out, "to", comparison->to->plan, &comparison->to->counts);
    json_matrix(out, comparison);
    json_bureaus(out, comparison);
    json_add_key(out, "changes");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < comparison->change_count; i++) {
        next(out, i == 0);
        json_change(out, comparison, &comparison->changes[i]);
    }
    buffer_add(out, STR("]}\n"));
}
