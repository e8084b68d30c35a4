#include "model/bands.h"

#include <math.h>

#include <stdio.h>

/* The bounds cut the line of all rates into regions: region 0 lies below the first cut, region 2k + 1 is cut
 * k itself, region 2k + 2 lies between cut k and the next. Each band covers a run of regions. */
#define MOST_CUTS    (4 * PLAN_BANDS)
#define MOST_REGIONS (2 * MOST_CUTS + 1)
typedef struct Regions {
    Decimal cuts[MOST_CUTS];
    size_t cut_count;
    size_t count; /* 2 * cut_count + 1 */
} Regions;

typedef struct Run {
    size_t first, last;
} Run;

static void add_cut(Regions *regions, const Bound *bound) {
    if (!bound->set) return;
    size_t at = 0;
    while (at < regions->cut_count && decimal_compare(&regions->cuts[at], &bound->value) < 0) at++;
    if (at < regions->cut_count && decimal_compare(&regions->cuts[at], &bound->value) == 0) return;
    for (size_t i = regions->cut_count++; i > at; i--) regions->cuts[i] = regions->cuts[i - 1];
    regions->cuts[at] = bound->value;
}

static size_t cut_index(const Regions *regions, const Decimal *value) {
    size_t at = 0;
    while (decimal_compare(&regions->cuts[at], value) != 0) at++;
    return at;
}

/* An inverted band has last < first. */
static Run run_of(const Regions *regions, const Range *range) {
    Run run = {0, regions->count - 1};
    if (range->low.set) run.first = 2 * cut_index(regions, &range->low.value) + (range->low.closed ? 1 : 2);
    if (range->high.set) run.last = 2 * cut_index(regions, &range->high.value) + (range->high.closed ? 1 : 0);
    return run;
}

/* "80 < rate < 85", "rate = 80", "rate >= 100" */
static void describe_gap(Buffer *out, const Regions *regions, size_t first, size_t last, Str rate) {
    bool point = first == last && first % 2 == 1;
    if (point) {
        buffer_add(out, rate);
        buffer_add(out, STR(" = "));
        decimal_write(out, &regions->cuts[first / 2]);
        return;
    }
    if (first > 0) {
        decimal_write(out, &regions->cuts[(first - 1) / 2]);
        buffer_add(out, first % 2 == 1 ? STR(" <= ") : STR(" < "));
    }
    buffer_add(out, rate);
    if (last + 1 < regions->count) {
        buffer_add(out, last % 2 == 1 ? STR(" <= ") : STR(" < "));
        decimal_write(out, &regions->cuts[last / 2]);
    }
}

static bool check_gaps(const Place *place, const Regions *regions, const bool *covered, Diag *diag) {
    bool good = true;
    for (size_t first = 0; first < regions->count; first++) {
        if (covered[first]) continue;
        size_t last = first;
        while (last + 1 < regions->count && !covered[last + 1]) last++;
        Buffer gap = {0};
        describe_gap(&gap, regions, first, last, message_part(message_words(TEXT_RATE), LANGUAGE_EN));
        buffer_add(&gap, STR(MESSAGE_WORDS("", "")));
        describe_gap(&gap, regions, first, last, message_part(message_words(TEXT_RATE), LANGUAGE_KO));
        diag_add(diag, MESSAGE_BAND_GAP, place, buffer_view(&gap));
        buffer_release(&gap);
        good = false;
        first = last;
    }
    return good;
}

static bool all_covered(const bool *covered, const Regions *regions) {
    size_t region = 0;
    while (region < regions->count && covered[region]) region++;
    return region == regions->count;
}

/* Whether a run has a region that no earlier band takes. */
static bool reaches(Run run, const bool *covered) {
    size_t region = run.first;
    while (region <= run.last && covered[region]) region++;
    return region <= run.last;
}

static void cover(Run run, bool *covered) {
    for (size_t region = run.first; region <= run.last; region++) covered[region] = true;
}

/* Names the first band that takes what `band` would take highest. */
static void hint_order(Str path, const Band *bands, size_t band, Run run, const Regions *regions,
                       Diag *diag) {
    for (size_t i = 0; i < band; i++) {
        Run earlier = run_of(regions, &bands[i].range);
        if (bands[i].improved || run.last < earlier.first || run.last > earlier.last) continue;
        char text[64];
        int size = snprintf(text, sizeof text, "%.*s[%zu]", STR_FMT(path), i + 1);
        diag_hint(diag, TEXT_HINT_BAND_ORDER, ((Str){text, (size_t)size}));
        return;
    }
}

static bool check_band(Str path, const Band *bands, size_t band, const Regions *regions, bool *covered,
                       Diag *diag) {
    Run run = run_of(regions, &bands[band].range);
    char text[64];
    Str name = {text, (size_t)snprintf(text, sizeof text, "%.*s[%zu]", STR_FMT(path), band + 1)};
    if (run.last < run.first) {
        diag_add(diag, MESSAGE_BAND_INVERTED, &bands[band].place, name);
        return false;
    }
    bool decides = !range_is_open(&bands[band].any) && !all_covered(covered, regions);
    if (!range_is_open(&bands[band].if_improved))
        decides |= reaches(run_of(regions, &bands[band].if_improved), covered);
    decides |= reaches(run, covered);
    if (!bands[band].improved) cover(run, covered);
    if (!decides) {
        diag_add(diag, MESSAGE_BAND_UNREACHABLE, &bands[band].place, name);
        hint_order(path, bands, band, run, regions, diag);
    }
    return decides;
}

static void cut_regions(Regions *regions, const Band *bands, size_t count) {
    *regions = (Regions){0};
    for (size_t i = 0; i < count; i++) {
        add_cut(regions, &bands[i].range.low);
        add_cut(regions, &bands[i].range.high);
        add_cut(regions, &bands[i].if_improved.low);
        add_cut(regions, &bands[i].if_improved.high);
    }
    regions->count = 2 * regions->cut_count + 1;
}

/* The highest region that a band decides, else holds in; covers what it holds in. */
static size_t highest_region(const Regions *regions, const Band *band, bool *covered) {
    Run run = run_of(regions, &band->range);
    size_t highest = run.last;
    bool decides = false;
    for (size_t region = run.first; region <= run.last; region++) {
        if (covered[region]) continue;
        decides = true;
        highest = region;
    }
    if (!band->improved) cover(run, covered);
    return decides ? highest : run.last;
}

void bands_best_first(const Band *bands, size_t count, size_t *order) {
    Regions regions;
    bool covered[MOST_REGIONS] = {false};
    size_t highest[PLAN_BANDS];
    cut_regions(&regions, bands, count);
    for (size_t band = 0; band < count; band++) {
        highest[band] = bands[band].forced ? 0 : highest_region(&regions, &bands[band], covered);
        size_t at = band;
        for (; at > 0 && highest[order[at - 1]] < highest[band]; at--) order[at] = order[at - 1];
        order[at] = band;
    }
}

bool bands_check(Str path, const Band *bands, size_t count, Diag *diag) {
    Regions regions;
    cut_regions(&regions, bands, count);
    bool covered[MOST_REGIONS] = {false};
    bool good = true;
    for (size_t i = 0; i < count; i++) good &= check_band(path, bands, i, &regions, covered, diag);
    return check_gaps(&bands[count - 1].place, &regions, covered, diag) && good;
}

size_t bands_sluggish(const Band *bands, size_t count) {
    size_t lowest = 0;
    while (lowest + 1 < count &&
           (bands[lowest].range.low.set || bands[lowest].forced || bands[lowest].improved))
        lowest++;
    for (size_t i = 0; i < count; i++) {
        if (str_is(bands[i].key, "sluggish")) return i;
    }
    return lowest;
}

static void write_bound(Buffer *out, const Bound *bound, const char *closed, const char *open) {
    if (!bound->set) return;
    if (out->size) buffer_add(out, STR(", "));
    buffer_addf(out, "%s ", bound->closed ? closed : open);
    decimal_write_canonical(out, &bound->value);
}

void range_write(Buffer *out, const Range *range) {
    write_bound(out, &range->low, "at_least", "above");
    write_bound(out, &range->high, "at_most", "below");
}

static bool bound_holds(const Bound *bound, mpq_srcptr value, int side) {
    if (!bound->set) return true;
    mpq_t cut;
    mpq_init(cut);
    decimal_to_rational(&bound->value, cut);
    int order = mpq_cmp(value, cut) * side;
    mpq_clear(cut);
    return order > 0 || (order == 0 && bound->closed);
}

bool range_holds(const Range *range, mpq_srcptr value) {
    return bound_holds(&range->low, value, 1) && bound_holds(&range->high, value, -1);
}

RangeCuts range_cuts(const Range *range) {
    RangeCuts cuts = {.low = -INFINITY, .high = INFINITY};
    if (range->low.set) cuts.low = decimal_to_double(&range->low.value, &cuts.low_error);
    if (range->high.set) cuts.high = decimal_to_double(&range->high.value, &cuts.high_error);
    return cuts;
}

RangeAnswer range_guess(const Range *range, double value, double error) {
    RangeCuts cuts = range_cuts(range);
    return range_near(&cuts, value, error);
}

bool range_is_open(const Range *range) { return !range->low.set && !range->high.set; }

bool range_is_empty(const Range *range) {
    if (!range->low.set || !range->high.set) return false;
    int order = decimal_compare(&range->low.value, &range->high.value);
    return order > 0 || (order == 0 && !(range->low.closed && range->high.closed));
}
