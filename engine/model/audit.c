#include "model/audit.h"

#include "base/memory.h"

static const char *const kinds[] = {"rate", "count", "percent"};
static const char *const classes[] = {"matches", "other_rounding", "hidden_decimals", "impossible"};

const char *figure_kind_name(FigureKind kind) { return kinds[kind]; }
const char *figure_class_name(FigureClass class) { return classes[class]; }

/* An audit under way. */
typedef struct Work {
    Audit *audit;
    const Results *results;
    const Plan *plan;
    const Published *published;
    size_t room;
} Work;

static Figure *add_figure(Work *work, FigureKind kind) {
    Audit *audit = work->audit;
    if (audit->count == work->room) {
        work->room = memory_growth(work->room, audit->count + 1);
        audit->figures = memory_resize(audit->figures, work->room, sizeof *audit->figures);
    }
    Figure *figure = &audit->figures[audit->count++];
    *figure = (Figure){.kind = kind, .row = SIZE_MAX};
    return figure;
}

static Str keep(Work *work, Buffer *text) {
    Str kept = arena_copy(&work->audit->arena, buffer_view(text));
    buffer_release(text);
    return kept;
}

/* Places of a printed number that are not zeros. */
static unsigned used_places(const Decimal *printed) {
    Buffer text = {0};
    decimal_write_canonical(&text, printed);
    Str view = buffer_view(&text);
    size_t point = str_find(view, '.', 0);
    unsigned places = point == view.size ? 0 : (unsigned)(view.size - point - 1);
    buffer_release(&text);
    return places;
}

static bool equals_text(const Decimal *printed, Str text) {
    Arena arena = {0};
    Decimal number;
    bool same = decimal_parse_literal(text, &number, &arena) && decimal_compare(printed, &number) == 0;
    arena_release(&arena);
    return same;
}

/* The exact number of a figure. */
static bool exact_figure(const Work *work, const Figure *figure, mpq_ptr out) {
    if (figure->kind == FIGURE_RATE)
        return results_row_exact(work->results, figure->row, out) == MISSING_NONE;
    if (figure->whole == 0 || !figure->computed.size) return false;
    mpq_set_ui(out, figure->part, figure->whole);
    mpq_canonicalize(out);
    mpz_mul_ui(mpq_numref(out), mpq_numref(out), figure->kind == FIGURE_PERCENT ? 100 : 1);
    mpq_canonicalize(out);
    return true;
}

static void compare(Work *work, Figure *figure) {
    bool same = figure->computed.size && equals_text(&figure->printed, figure->computed);
    figure->class = same ? FIGURE_MATCHES : FIGURE_IMPOSSIBLE;
    mpq_t exact;
    mpq_init(exact);
    Buffer text = {0};
    if (!same && exact_figure(work, figure, exact)) interval_write_number(&text, exact);
    figure->exact = keep(work, &text);
    mpq_clear(exact);
}

static void add_rates(Work *work) {
    const Dataset *dataset = results_dataset(work->results);
    size_t column;
    if (!dataset_find_column(dataset, STR("published_rate"), &column)) return;
    const NumberColumn *rates = dataset_numbers(dataset, column);
    for (size_t row = 0; row < dataset_rows(dataset); row++) {
        Decimal printed;
        if (dataset_number(rates, row, &printed) != MISSING_NONE) {
            work->audit->unprinted++;
            continue;
        }
        Figure *figure = add_figure(work, FIGURE_RATE);
        Buffer computed = {0};
        results_print_row(work->results, row, &computed);
        figure->row = row;
        figure->printed = printed;
        figure->place = (Place){.file = dataset_file(dataset), .line = dataset_line(dataset, row)};
        figure->missing = results_row_missing(work->results, row);
        figure->computed = keep(work, &computed);
        compare(work, figure);
    }
}

/* Projects of one key among counts; false when the rules have no verdict of that key. */
static bool count_key(const Plan *plan, const Counts *counts, Str key, size_t *out) {
    const Verdicts *verdicts = &plan->verdicts[LEVEL_PROJECT];
    *out = counts->total;
    if (str_is(key, "projects")) return true;
    for (size_t i = 0; i < verdicts->count; i++) {
        *out = counts->band[i];
        if (str_equal(verdicts->bands[i].key, key)) return true;
    }
    return false;
}

static bool whole_number(const PublishedFigure *figure, size_t *out) {
    if (!figure || figure->number.text.size || figure->number.scale || figure->number.digits < 0)
        return false;
    *out = (size_t)figure->number.digits;
    return true;
}

/* Whether the printed percentage is that of the printed counts. */
static bool follows_from_print(const Work *work, const PublishedFigure *figure) {
    size_t part, whole;
    Str projects = STR("projects");
    if (!whole_number(published_find(work->published, false, figure->bureau, figure->key), &part) ||
        !whole_number(published_find(work->published, false, figure->bureau, projects), &whole))
        return false;
    Buffer text = {0};
    results_print_percent(work->results, part, whole, &text);
    bool follows = text.size && equals_text(&figure->number, buffer_view(&text));
    buffer_release(&text);
    return follows;
}

static void add_count(Work *work, const PublishedFigure *printed) {
    const Dataset *dataset = results_dataset(work->results);
    size_t bureau = printed->bureau.size ? published_bureau(dataset, printed->bureau) : SIZE_MAX;
    const Counts *counts =
        bureau == SIZE_MAX ? results_total(work->results) : results_bureau(work->results, bureau);
    Figure *figure = add_figure(work, printed->percent ? FIGURE_PERCENT : FIGURE_COUNT);
    figure->bureau = printed->bureau;
    figure->key = printed->key;
    figure->place = printed->place;
    figure->printed = printed->number;
    bool known = bureau != SIZE_MAX || !printed->bureau.size;
    known = count_key(work->plan, counts, printed->key, &figure->part) && known;
    figure->whole = printed->percent ? counts->total : 1;
    Buffer text = {0};
    if (known && printed->percent)
        results_print_percent(work->results, figure->part, figure->whole, &text);
    else if (known)
        buffer_addf(&text, "%zu", figure->part);
    figure->computed = keep(work, &text);
    compare(work, figure);
    if (printed->percent && figure->class != FIGURE_MATCHES)
        figure->from_print = follows_from_print(work, printed);
}

static void add_counts(Work *work, bool percent) {
    for (size_t i = 0; work->published && i < work->published->count; i++)
        if (work->published->figures[i].percent == percent) add_count(work, &work->published->figures[i]);
}

/* What a rounding prints equals what is printed. */
static bool reproduces(const Work *work, const Figure *figure, unsigned places, Rounding mode, mpq_ptr scrap,
                       mpq_ptr printed) {
    if (!exact_figure(work, figure, scrap)) return false;
    decimal_to_rational(&figure->printed, printed);
    decimal_round_rational(scrap, places, mode);
    return mpq_equal(scrap, printed);
}

/* Roundings that are tried: each to the declared places, and to the most that the column prints. */
typedef struct Roundings {
    unsigned places[2];
    size_t place_count;
    size_t gains[2][ROUNDING_COUNT]; /* figures that the declared rounding does not reproduce and this one
                                        does */
    size_t explained;                /* figures that some rounding reproduces, not the declared one */
} Roundings;

static void gather(const Work *work, FigureKind kind, Roundings *out) {
    *out = (Roundings){.places = {work->plan->places}, .place_count = 1};
    unsigned most = 0;
    for (size_t i = 0; i < work->audit->count; i++) {
        const Figure *figure = &work->audit->figures[i];
        unsigned places = figure->kind == kind ? used_places(&figure->printed) : 0;
        if (places > most) most = places;
    }
    if (most != work->plan->places && most <= DECIMAL_PLACES) out->places[out->place_count++] = most;
}

static void count_gains(const Work *work, FigureKind kind, Roundings *out) {
    mpq_t scrap, printed;
    mpq_inits(scrap, printed, NULL);
    for (size_t i = 0; i < work->audit->count; i++) {
        const Figure *figure = &work->audit->figures[i];
        if (figure->kind != kind || figure->class == FIGURE_MATCHES) continue;
        bool any = false;
        for (size_t p = 0; p < out->place_count; p++) {
            for (int mode = 0; mode < ROUNDING_COUNT; mode++) {
                if (!reproduces(work, figure, out->places[p], (Rounding)mode, scrap, printed)) continue;
                out->gains[p][mode]++;
                any = true;
            }
        }
        out->explained += any;
    }
    mpq_clears(scrap, printed, NULL);
}

/* A rounding holds for the column when it reproduces all that the declared one does. */
static bool holds(const Work *work, FigureKind kind, unsigned places, Rounding mode) {
    mpq_t scrap, printed;
    mpq_inits(scrap, printed, NULL);
    bool good = true;
    for (size_t i = 0; i < work->audit->count && good; i++) {
        const Figure *figure = &work->audit->figures[i];
        if (figure->kind == kind && figure->class == FIGURE_MATCHES)
            good = reproduces(work, figure, places, mode, scrap, printed);
    }
    mpq_clears(scrap, printed, NULL);
    return good;
}

static void choose(const Work *work, FigureKind kind, const Roundings *tried, AuditColumn *out) {
    size_t best = 0;
    for (size_t p = 0; p < tried->place_count; p++) {
        for (int mode = 0; mode < ROUNDING_COUNT; mode++) {
            size_t gain = tried->gains[p][mode];
            if (2 * gain <= tried->explained || gain < best) continue;
            if (gain == best && tried->places[p] != out->places) continue;
            if (!holds(work, kind, tried->places[p], (Rounding)mode)) continue;
            if (gain == best) {
                out->also[mode] = true;
                continue;
            }
            *out = (AuditColumn){.found = true, .mode = (Rounding)mode, .places = tried->places[p]};
            best = gain;
        }
    }
}

static void round_column(Work *work, FigureKind kind) {
    AuditColumn *column = &work->audit->columns[kind];
    *column = (AuditColumn){.mode = work->plan->rounding, .places = work->plan->places};
    Roundings tried;
    gather(work, kind, &tried);
    count_gains(work, kind, &tried);
    if (tried.explained) choose(work, kind, &tried, column);
    if (!column->found) return;
    mpq_t scrap, printed;
    mpq_inits(scrap, printed, NULL);
    for (size_t i = 0; i < work->audit->count; i++) {
        Figure *figure = &work->audit->figures[i];
        if (figure->kind != kind || figure->class == FIGURE_MATCHES ||
            !reproduces(work, figure, column->places, column->mode, scrap, printed))
            continue;
        Buffer text = {0};
        decimal_round(&text, scrap, column->places, ROUNDING_DOWN);
        figure->class = FIGURE_OTHER_ROUNDING;
        figure->other = keep(work, &text);
    }
    mpq_clears(scrap, printed, NULL);
}

/* The intervals of one number that would do; they last as long as the audit. */
static const Would *solve(Work *work, Response *response, Asked asked, const Interval *within,
                          const Interval *wanted) {
    Would *would = arena_new(&work->audit->arena, 1, sizeof *would);
    for (size_t i = 0; i < AUDIT_INTERVALS; i++) interval_init(&would->intervals[i]);
    would->count = response_solve(response, asked, within, wanted, would->intervals, AUDIT_INTERVALS);
    return would;
}

static void would_clear(const Would *would) {
    for (size_t i = 0; would && i < AUDIT_INTERVALS; i++)
        interval_clear((Interval *)(uintptr_t)&would->intervals[i]);
}

/* Any actual that may be meant: sixteen times as far from zero as the larger of target and actual. */
static void wide(const Response *response, Interval *out) {
    mpq_abs(out->high, response_number(response, ASKED_TARGET));
    mpq_abs(out->low, response_number(response, ASKED_ACTUAL));
    if (mpq_cmp(out->low, out->high) > 0) mpq_set(out->high, out->low);
    mpq_set_ui(out->low, 1, 1);
    mpq_add(out->high, out->high, out->low);
    mpq_mul_2exp(out->high, out->high, 4);
    mpq_neg(out->low, out->high);
}

/* How far the middle of an interval lies from the row's actual. */
static void distance(const Interval *interval, mpq_srcptr actual, mpq_ptr out) {
    mpq_add(out, interval->low, interval->high);
    mpq_div_2exp(out, out, 1);
    mpq_sub(out, out, actual);
    mpq_abs(out, out);
}

/* The number of the interval nearest to the actual, with as many places as the actual has or few more. */
static void name_nearest(Work *work, Figure *figure, const Response *response) {
    const Would *would = figure->any_actual;
    if (!would || would->count == 0) return;
    mpq_srcptr actual = response_number(response, ASKED_ACTUAL);
    unsigned places = response_places(response, ASKED_ACTUAL);
    mpq_t best, other;
    mpq_inits(best, other, NULL);
    size_t nearest = 0;
    distance(&would->intervals[0], actual, best);
    for (size_t i = 1; i < would->count; i++) {
        distance(&would->intervals[i], actual, other);
        if (mpq_cmp(other, best) >= 0) continue;
        nearest = i;
        mpq_set(best, other);
    }
    Buffer text = {0};
    if (interval_pick(&would->intervals[nearest], places, best)) {
        while (places < DECIMAL_PLACES) {
            mpq_set(other, best);
            decimal_round_rational(other, places, ROUNDING_DOWN);
            if (mpq_equal(other, best)) break;
            places++;
        }
        decimal_round(&text, best, places, ROUNDING_DOWN);
    }
    figure->nearest = keep(work, &text);
    mpq_clears(best, other, NULL);
}

/* Target and actual as printed stand for intervals: which of their numbers give the printed rate? */
static void explain_rate(Work *work, Figure *figure, Response *response) {
    const AuditColumn *column = &work->audit->columns[FIGURE_RATE];
    unsigned used = used_places(&figure->printed);
    Interval wanted, within[2], any, span;
    Interval *const all[] = {&wanted, &within[0], &within[1], &any, &span};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) interval_init(all[i]);
    mpq_t printed;
    mpq_init(printed);
    decimal_to_rational(&figure->printed, printed);
    interval_of_printed(&wanted, printed, used > column->places ? used : column->places, column->mode);
    for (int asked = ASKED_TARGET; asked <= ASKED_ACTUAL; asked++)
        interval_of_printed(&within[asked], response_number(response, (Asked)asked),
                            response_places(response, (Asked)asked), work->plan->rounding);
    wide(response, &any);
    figure->target = solve(work, response, ASKED_TARGET, &within[ASKED_TARGET], &wanted);
    figure->actual = solve(work, response, ASKED_ACTUAL, &within[ASKED_ACTUAL], &wanted);
    bool one = figure->target->count || figure->actual->count, both = false;
    if (!one && response_span(response, &within[ASKED_TARGET], &within[ASKED_ACTUAL], &span)) {
        interval_meet(&span, &wanted);
        both = !interval_is_empty(&span);
    }
    figure->together = both;
    if (one || both) figure->class = FIGURE_HIDDEN_DECIMALS;
    if (!one) figure->any_actual = solve(work, response, ASKED_ACTUAL, &any, &wanted);
    name_nearest(work, figure, response);
    mpq_clear(printed);
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) interval_clear(all[i]);
}

static void explain_rates(Work *work) {
    for (size_t i = 0; i < work->audit->count; i++) {
        Figure *figure = &work->audit->figures[i];
        if (figure->kind != FIGURE_RATE || figure->class != FIGURE_IMPOSSIBLE) continue;
        if (figure->missing != MISSING_NONE) continue;
        Response *response = response_new(work->results, figure->row);
        figure->untried = !response;
        if (response) explain_rate(work, figure, response);
        response_free(response);
    }
}

/* The most severe first, else in order: a stable sort by counting. */
static void sort(Work *work) {
    Audit *audit = work->audit;
    Figure *sorted = memory_new(audit->count, sizeof *sorted);
    size_t at = 0;
    for (int class = FIGURE_CLASSES - 1; class >= 0; class --) {
        for (size_t i = 0; i < audit->count; i++) {
            const Figure *figure = &audit->figures[i];
            if ((int)figure->class != class) continue;
            audit->tally[figure->kind][class]++;
            sorted[at++] = *figure;
        }
    }
    memory_free(audit->figures);
    audit->figures = sorted;
}

Audit *audit_new(const Results *results, const Published *published) {
    Audit *audit = memory_new(1, sizeof *audit);
    Work work = {.audit = audit, .results = results, .plan = results_plan(results), .published = published};
    add_rates(&work);
    add_counts(&work, false);
    add_counts(&work, true);
    round_column(&work, FIGURE_RATE);
    round_column(&work, FIGURE_PERCENT);
    explain_rates(&work);
    sort(&work);
    return audit;
}

void audit_free(Audit *audit) {
    if (!audit) return;
    for (size_t i = 0; i < audit->count; i++) {
        would_clear(audit->figures[i].target);
        would_clear(audit->figures[i].actual);
        would_clear(audit->figures[i].any_actual);
    }
    memory_free(audit->figures);
    arena_release(&audit->arena);
    memory_free(audit);
}

size_t audit_mismatches(const Audit *audit) {
    size_t count = 0;
    for (int kind = 0; kind < FIGURE_KINDS; kind++)
        for (int class = FIGURE_OTHER_ROUNDING; class < FIGURE_CLASSES; class ++)
            count += audit->tally[kind][class];
    return count;
}
