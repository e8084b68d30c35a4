#include "model/export_sweep.h"

#include "io/json.h"
#include "model/drawing.h"

void export_names_json(Buffer *out, const Dataset *dataset, size_t project) {
    uint32_t department = dataset_parent(dataset, LEVEL_PROJECT, project);
    uint32_t bureau = dataset_parent(dataset, LEVEL_DEPARTMENT, department);
    json_put_text(out, "bureau", dataset_level_name(dataset, LEVEL_BUREAU, bureau));
    json_put_text(out, "department", dataset_level_name(dataset, LEVEL_DEPARTMENT, department));
    json_put_text(out, "project", dataset_level_name(dataset, LEVEL_PROJECT, project));
}

void export_key_json(Buffer *out, const Plan *plan, unsigned verdict) {
    if (verdict == RESULTS_NO_BAND)
        buffer_add(out, STR("null"));
    else
        json_add_text(out, plan->verdicts[LEVEL_PROJECT].bands[verdict].key);
}

static void json_axis(Buffer *out, const Plan *plan, const SweepAxis *axis) {
    const Param *param = plan_param(plan, axis->name);
    buffer_add_char(out, '{');
    json_put_text(out, "name", axis->name);
    json_put_number(out, "from", axis->values[0]);
    json_put_number(out, "to", axis->values[axis->count - 1]);
    json_put_whole(out, "steps", axis->count);
    json_add_key(out, "value");
    decimal_write_canonical(out, &param->value);
    json_put_text(out, "unit", param->unit);
    buffer_add_char(out, '}');
}

static void json_step(Buffer *out, const Sweep *sweep, const SweepStep *step) {
    const Verdicts *verdicts = &sweep->base->plan->verdicts[LEVEL_PROJECT];
    buffer_add_char(out, '{');
    json_put_number(out, "value", step->values[0]);
    if (sweep->axis_count > 1) {
        json_add_key(out, "values");
        buffer_add_char(out, '{');
        for (size_t i = 0; i < sweep->axis_count; i++)
            json_put_number(out, sweep->axes[i].name.data, step->values[i]);
        buffer_add_char(out, '}');
    }
    if (!step->valid) {
        json_put_text(out, "error", step->fault);
    } else {
        json_put_whole(out, "projects", step->counts.total);
        for (size_t i = 0; i < verdicts->count; i++) {
            buffer_addf(out, ",\"%.*s\":%zu", STR_FMT(verdicts->bands[i].key), step->counts.band[i]);
        }
        json_put_whole(out, "none", step->counts.none);
    }
    buffer_add_char(out, '}');
}

static void json_flip(Buffer *out, const Sweep *sweep, const Dataset *dataset, const Flip *flip) {
    const Plan *plan = sweep->base->plan;
    buffer_add_char(out, '{');
    export_names_json(out, dataset, flip->project);
    json_add_key(out, "from");
    export_key_json(out, plan, flip->from);
    json_add_key(out, "to");
    export_key_json(out, plan, flip->to);
    json_put_number(out, "at", flip->at);
    json_put_flag(out, "exact", flip->exact);
    if (flip->fraction.size) json_put_text(out, "at_exact", flip->fraction);
    if (flip->reachable) {
        json_add_key(out, "verdict_at");
        export_key_json(out, plan, flip->verdict);
    }
    if (!flip->exact) {
        json_add_key(out, "between");
        buffer_addf(out, "[%.*s,%.*s]", STR_FMT(flip->low), STR_FMT(flip->high));
    }
    if (flip->other.size) {
        json_add_key(out, "with");
        buffer_add_char(out, '{');
        json_put_number(out, sweep->axes[1].name.data, flip->other);
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, '}');
}

static void json_verdicts(Buffer *out, const Plan *plan) {
    const Verdicts *verdicts = &plan->verdicts[LEVEL_PROJECT];
    json_add_key(out, "verdicts");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < verdicts->count; i++) {
        if (i > 0) buffer_add_char(out, ',');
        buffer_add_char(out, '{');
        json_put_text(out, "key", verdicts->bands[i].key);
        json_put_text(out, "name", verdicts->bands[i].name);
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, ']');
}

static void json_list(Buffer *out, const char *name) {
    json_add_key(out, name);
    buffer_add_char(out, '[');
}

void export_sweep_json(const Sweep *sweep, const Dataset *dataset, Buffer *out) {
    const Plan *plan = sweep->base->plan;
    buffer_add_char(out, '{');
    json_put_text(out, "format", STR("perfeval.sweep/1"));
    json_put_text(out, "title", plan->title);
    json_list(out, "params");
    for (size_t i = 0; i < sweep->axis_count; i++) {
        if (i > 0) buffer_add_char(out, ',');
        json_axis(out, plan, &sweep->axes[i]);
    }
    buffer_add_char(out, ']');
    json_verdicts(out, plan);
    json_put_flag(out, "complete", sweep->whole);
    json_list(out, "steps");
    for (size_t i = 0; i < sweep->step_count; i++) {
        if (i > 0) buffer_add_char(out, ',');
        json_step(out, sweep, &sweep->steps[i]);
    }
    buffer_add_char(out, ']');
    json_list(out, "flips");
    for (size_t i = 0; i < sweep->flips.count; i++) {
        if (i > 0) buffer_add_char(out, ',');
        json_flip(out, sweep, dataset, &sweep->flips.items[i]);
    }
    buffer_add(out, STR("]}\n"));
}

/* ---- the drawing */

#define LEFT   70
#define TOP    50
#define WIDTH  480
#define HEIGHT 240

static double at_step(const Sweep *sweep, size_t step) {
    size_t count = sweep->axes[0].count;
    return LEFT + (count > 1 ? (double)WIDTH * (double)step / (double)(count - 1) : 0);
}

/* The line of one verdict; a gap where the rules are wrong. Lines differ by dashes too. */
static void svg_line(Buffer *out, const Sweep *sweep, size_t band, size_t most) {
    static const char *const colours[] = {"#b3261e", "#1a5fb4", "#26734d", "#8b5a00", "#6a3fa0", "#444444"};
    static const char *const dashes[] = {"none", "6 3", "2 3", "8 3 2 3", "12 4", "1 5"};
    const SweepStep *last = NULL;
    svg_open(out, "path");
    svg_word(out, "fill", "none");
    svg_word(out, "stroke-width", "2");
    svg_word(out, "stroke", colours[band % 6]);
    svg_word(out, "stroke-dasharray", dashes[band % 6]);
    buffer_add(out, STR(" d=\""));
    bool drawing = false;
    for (size_t i = 0; i < sweep->axes[0].count; i++) {
        const SweepStep *step = &sweep->steps[i];
        if (step->valid) {
            double y = TOP + HEIGHT - (double)HEIGHT * (double)step->counts.band[band] / (double)most;
            buffer_addf(out, "%s%.1f,%.1f", drawing ? "L" : "M", at_step(sweep, i), y);
            last = step;
        }
        drawing = step->valid;
    }
    buffer_add(out, STR("\"/>\n"));
    if (!last) return;
    const Band *named = &sweep->base->plan->verdicts[LEVEL_PROJECT].bands[band];
    svg_label(out, LEFT + WIDTH + 8,
              TOP + HEIGHT - (double)HEIGHT * (double)last->counts.band[band] / (double)most + 4, "start",
              named->name);
}

static void svg_lines(const Sweep *sweep, Buffer *out) {
    const SweepAxis *axis = &sweep->axes[0];
    size_t most = 1;
    for (size_t i = 0; i < sweep->step_count; i++)
        if (sweep->steps[i].counts.total > most) most = sweep->steps[i].counts.total;
    svg_open(out, "path");
    svg_word(out, "fill", "none");
    svg_word(out, "stroke", "#666666");
    buffer_addf(out, " d=\"M%d,%dV%dH%d\"", LEFT, TOP, TOP + HEIGHT, LEFT + WIDTH);
    svg_close(out);
    svg_count(out, LEFT - 8, TOP + 4, "end", most);
    svg_count(out, LEFT - 8, TOP + HEIGHT + 4, "end", 0);
    svg_label(out, LEFT, TOP + HEIGHT + 20, "middle", axis->values[0]);
    svg_label(out, LEFT + WIDTH, TOP + HEIGHT + 20, "middle", axis->values[axis->count - 1]);
    svg_label(out, LEFT + WIDTH / 2.0, TOP + HEIGHT + 40, "middle", axis->name);
    for (size_t band = 0; band < sweep->base->plan->verdicts[LEVEL_PROJECT].count; band++)
        svg_line(out, sweep, band, most);
}

static void svg_field(Buffer *out, const SweepStep *step, size_t band, double x, double y, double width,
                      double height) {
    double part =
        step->valid && step->counts.total ? (double)step->counts.band[band] / (double)step->counts.total : 0;
    svg_open(out, "rect");
    svg_number(out, "x", x);
    svg_number(out, "y", y);
    svg_number(out, "width", width);
    svg_number(out, "height", height);
    svg_word(out, "fill", "#b3261e");
    buffer_addf(out, " fill-opacity=\"%.3f\"", 0.45 * part);
    svg_word(out, "stroke", "#cccccc");
    svg_close(out);
    if (step->valid)
        svg_count(out, x + width / 2, y + height / 2 + 4, "middle", step->counts.band[band]);
    else
        svg_label(out, x + width / 2, y + height / 2 + 4, "middle", STR("-"));
}

static void svg_fields(const Sweep *sweep, Buffer *out) {
    const SweepAxis *across = &sweep->axes[0], *down = &sweep->axes[1];
    const Verdicts *verdicts = &sweep->base->plan->verdicts[LEVEL_PROJECT];
    size_t band = bands_sluggish(verdicts->bands, verdicts->count);
    double width = (double)WIDTH / (double)across->count, height = (double)HEIGHT / (double)down->count;
    for (size_t j = 0; j < down->count; j++) {
        svg_label(out, LEFT - 8, TOP + height * ((double)j + 0.5) + 4, "end", down->values[j]);
        for (size_t i = 0; i < across->count; i++)
            svg_field(out, &sweep->steps[j * across->count + i], band, LEFT + width * (double)i,
                      TOP + height * (double)j, width, height);
    }
    for (size_t i = 0; i < across->count; i++)
        svg_label(out, LEFT + width * ((double)i + 0.5), TOP + HEIGHT + 20, "middle", across->values[i]);
    svg_label(out, LEFT + WIDTH / 2.0, TOP + HEIGHT + 40, "middle", across->name);
    svg_label(out, LEFT, TOP - 8, "end", down->name);
    svg_label(out, LEFT + WIDTH + 8, TOP + 4, "start", verdicts->bands[band].name);
}

void export_sweep_svg(const Sweep *sweep, Buffer *out) {
    svg_begin(out, LEFT + WIDTH + 110, TOP + HEIGHT + 60, sweep->base->plan->title);
    svg_label(out, LEFT, 24, "start", sweep->base->plan->title);
    if (sweep->axis_count > 1)
        svg_fields(sweep, out);
    else
        svg_lines(sweep, out);
    svg_end(out);
}
