#include "app/test_cover.h"

#include "app/test_report.h"
#include "base/file.h"
#include "model/probe.h"

/* ---- collecting */

Coverage *test_cover_of(Covers *covers, const TestSet *set) {
    for (size_t i = 0; i < covers->count; i++) {
        if (str_equal(covers->items[i]->file, set->pipeline.plan->file)) return covers->items[i];
    }
    if (covers->count == covers->room) {
        size_t room = 2 * covers->room + 8;
        Coverage **more = arena_new(&covers->arena, room, sizeof(Coverage *));
        for (size_t i = 0; i < covers->count; i++) more[i] = covers->items[i];
        covers->items = more;
        covers->room = room;
    }
    return covers->items[covers->count++] = coverage_new(set->pipeline.plan);
}

void test_cover_add(Coverage *coverage, TestSet *set, const Trial *trial) {
    coverage_add(coverage, trial);
    if (!trial->plan->has_functions) return;
    Diag *unheard = diag_new();
    Arena arena = {0};
    size_t count;
    RuleLine *lines = rules_lines(set->pipeline.rules, &arena, &count, unheard);
    for (size_t i = 0; i < count; i++) coverage_add_line(coverage, &lines[i].place, lines[i].hit);
    arena_release(&arena);
    diag_free(unheard);
}

void test_cover_release(Covers *covers) {
    for (size_t i = 0; i < covers->count; i++) coverage_free(covers->items[i]);
    arena_release(&covers->arena);
    *covers = (Covers){0};
}

/* ---- the report */

static void add_item(Buffer *out, const CoverageItem *item) {
    buffer_addf(out, "    %.*s:%u", STR_FMT(item->place.file), item->place.line);
    if (item->path.size) buffer_addf(out, ": %.*s", STR_FMT(item->path));
    buffer_add(out, STR("  "));
    test_report_source(out, item->place.source);
    buffer_add_char(out, '\n');
}

/* Entries of the kinds from `from` to before `to` that no test reached, under a heading. */
static void add_missed(Buffer *out, const Coverage *coverage, CoverageKind from, CoverageKind to,
                       MessageId head, Language language) {
    bool begun = false;
    for (size_t i = 0; i < coverage->count; i++) {
        const CoverageItem *item = &coverage->items[i];
        if (item->kind < from || item->kind >= to || item->hits) continue;
        if (!begun) buffer_add(out, str_of(message_get(head).text[language]));
        begun = true;
        add_item(out, item);
    }
}

static void add_coverage(Buffer *out, const Coverage *coverage, Language language) {
    static const MessageId lines[COVERAGE_KINDS] = {TEXT_COVER_CASES, TEXT_COVER_SPECIALS, TEXT_COVER_BANDS,
                                                    TEXT_COVER_LINES, TEXT_COVER_CUTS};
    Arena arena = {0};
    Str head[] = {coverage->file, arena_format(&arena, "%u", coverage_percent(coverage))};
    message_fill(out, message_get(TEXT_COVER_HEAD).text[language], head, 2, language);
    arena_release(&arena);
    for (CoverageKind kind = 0; kind < COVERAGE_KINDS; kind++) {
        size_t numbers[2];
        numbers[1] = coverage_count(coverage, kind, &numbers[0]);
        if (numbers[1]) test_report_counts(out, lines[kind], numbers, 2, language);
    }
    add_missed(out, coverage, COVERAGE_CASES, COVERAGE_CUTS, TEXT_COVER_MISSED, language);
    add_missed(out, coverage, COVERAGE_CUTS, COVERAGE_KINDS, TEXT_COVER_UNTESTED, language);
}

unsigned test_cover_report(const Covers *covers, Buffer *out, Language language) {
    unsigned least = 100;
    for (size_t i = 0; i < covers->count; i++) {
        unsigned percent = coverage_percent(covers->items[i]);
        add_coverage(out, covers->items[i], language);
        if (percent < least) least = percent;
    }
    return least;
}

/* ---- cases at the cuts */

typedef struct Boundaries {
    const Probe *probe;
    Buffer *out;
    Arena *arena;
    Language language;
} Boundaries;

/* "verdict[1].at_most 80, just below". */
static Str case_name(Boundaries *work, Str path, const Bound *bound, MessageId side) {
    Buffer text = {0};
    Buffer number = {0};
    decimal_write_canonical(&number, &bound->value);
    message_fill(&text, message_get(side).text[work->language], (const Str[]){path, buffer_view(&number)}, 2,
                 work->language);
    Str name = arena_copy(work->arena, buffer_view(&text));
    buffer_release(&text);
    buffer_release(&number);
    return name;
}

static void add_side(Boundaries *work, ProbeRate what, Str path, const Bound *bound, int thousandths,
                     MessageId side) {
    SuiteCase test;
    mpq_t cut, step;
    mpq_inits(cut, step, NULL);
    decimal_to_rational(&bound->value, cut);
    mpq_set_si(step, thousandths, 1000);
    mpq_canonicalize(step);
    mpq_add(cut, cut, step);
    bool found = probe_rate(work->probe, what, cut, work->arena, &test);
    test.name = case_name(work, path, bound, side);
    buffer_add(work->out, STR("  "));
    if (found) {
        probe_write(work->out, &test);
    } else {
        buffer_addf(work->out, "-- %.*s: ", STR_FMT(test.name));
        buffer_add(work->out, str_of(message_get(TEXT_BOUNDARY_NONE).text[work->language]));
    }
    buffer_add_char(work->out, '\n');
    mpq_clears(cut, step, NULL);
}

static void add_bound(Boundaries *work, ProbeRate what, Str path, const char *key, const Bound *bound) {
    if (!bound->set) return;
    Str name = arena_format(work->arena, "%.*s.%s", STR_FMT(path), key);
    add_side(work, what, name, bound, -1, TEXT_BOUNDARY_BELOW);
    add_side(work, what, name, bound, 0, TEXT_BOUNDARY_ON);
    add_side(work, what, name, bound, 1, TEXT_BOUNDARY_ABOVE);
}

static void add_range(Boundaries *work, ProbeRate what, Str path, const Range *range) {
    add_bound(work, what, path, range->low.closed ? "at_least" : "above", &range->low);
    add_bound(work, what, path, range->high.closed ? "at_most" : "below", &range->high);
}

static void add_bands(Boundaries *work, const Plan *plan, Level level, const char *list) {
    for (size_t i = 0; i < plan->verdicts[level].count; i++) {
        const Band *band = &plan->verdicts[level].bands[i];
        Str path = arena_format(work->arena, "%s[%zu]", list, i + 1);
        add_range(work, level == LEVEL_PROJECT ? PROBE_PROJECT : PROBE_INDICATOR, path, &band->range);
        add_range(work, PROBE_BESIDE, arena_format(work->arena, "%.*s.any_indicator", STR_FMT(path)),
                  &band->any);
    }
}

static RowFunctions functions_of(void *context, const Plan *plan, const Dataset *dataset) {
    Pipeline *pipeline = context;
    return rules_functions(pipeline->rules, plan, dataset);
}

static void write_file(Pipeline *pipeline, const TrialRules *rules, Buffer *out, Arena *arena,
                       Language language) {
    Probe *probe = probe_new(rules, pipeline->plan);
    Boundaries work = {.probe = probe, .out = out, .arena = arena, .language = language};
    Str name = path_name(rules->file);
    message_fill(out, message_get(TEXT_BOUNDARY_HEAD).text[language], &name, 1, language);
    buffer_addf(out, "return %s {\n  rules = \"%.*s\",\n", "tests", STR_FMT(name));
    add_bands(&work, pipeline->plan, LEVEL_PROJECT, "verdict");
    add_bands(&work, pipeline->plan, LEVEL_INDICATOR, "indicator.verdict");
    buffer_add(out, STR("}\n"));
    probe_free(probe);
}

bool test_cover_boundaries(Str file, const Options *options, Buffer *out, Diag *diag) {
    Pipeline pipeline;
    Absence absence;
    Arena arena = {0};
    bool good = pipeline_rules(&pipeline, file, options, diag) &&
                absence_read(&arena, rules_tree(pipeline.rules), &absence, diag);
    if (good) {
        TrialRules rules = {file, rules_tree(pipeline.rules), &absence, functions_of, &pipeline};
        write_file(&pipeline, &rules, out, &arena, options->language);
    }
    pipeline_release(&pipeline);
    arena_release(&arena);
    return good;
}
