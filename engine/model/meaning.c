#include "model/meaning.h"

#include "base/memory.h"
#include "base/text.h"
#include "model/lookup.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

typedef struct Work {
    const Results *results;
    const Dataset *dataset;
    const bool *left_out;
    Findings *out;
    size_t room;
} Work;

static Finding *add(Work *work, MessageId code, size_t row, const Str *arguments, size_t count) {
    Findings *out = work->out;
    if (out->count == work->room) {
        work->room = memory_growth(work->room, out->count + 1);
        out->items = memory_resize(out->items, work->room, sizeof *out->items);
    }
    Finding *finding = &out->items[out->count++];
    *finding = (Finding){.code = code, .row = row, .argument_count = count};
    for (size_t i = 0; i < count; i++) finding->arguments[i] = arena_copy(&out->arena, arguments[i]);
    return finding;
}

static Str text_of(const Dataset *dataset, ColumnId id, size_t row) {
    size_t column;
    if (!dataset_find_column(dataset, str_of(column_info(id)->name), &column)) return (Str){"", 0};
    return dataset_text(dataset, column, row);
}

static bool number_of(const Dataset *dataset, ColumnId id, size_t row, Decimal *out) {
    size_t column;
    return dataset_find_column(dataset, str_of(column_info(id)->name), &column) &&
           dataset_number(dataset_numbers(dataset, column), row, out) == MISSING_NONE;
}

static bool is_one_of(Str text, const char *const *words, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (str_is(text, words[i])) return true;
    return false;
}

static bool is_percent(Str unit) {
    static const char *const words[] = {"%", "％", "퍼센트", "percent"};
    return is_one_of(unit, words, COUNT(words));
}

static bool contains(Str text, const char *word) {
    for (size_t i = 0; i < text.size; i++)
        if (str_starts(str_slice(text, i, text.size), str_of(word))) return true;
    return false;
}

/* The name without what stands in brackets at its end, and that. */
static Str name_stem(Str name, Str *inside) {
    *inside = (Str){"", 0};
    name = str_trim(name);
    if (!str_ends(name, STR(")"))) return name;
    size_t open = name.size;
    while (open > 0 && name.data[open - 1] != '(') open--;
    if (open == 0) return name;
    *inside = str_trim(str_slice(name, open, name.size - 1));
    return str_trim(str_slice(name, 0, open - 1));
}

/* Words that names end in, and what the unit then ends in; the first that fits decides. A last word that is
 * no such number ("효율") asks for nothing. */
static const struct {
    const char *word;
    const char *units[3];
} wordings[] = {
    {"효율", {0}},
    {"자율", {0}},
    {"법률", {0}},
    {"규율", {0}},
    {"조율", {0}},
    {"율", {"%", "‰"}},
    {"률", {"%", "‰"}},
    {"비중", {"%"}},
    {"달성도", {"%"}},
    {"건수", {"건"}},
    {"횟수", {"회", "번"}},
    {"대수", {"대"}},
    {"인원수", {"명", "인"}},
    {"인원", {"명", "인"}},
    {"자수", {"명", "인"}},
    {"자 수", {"명", "인"}},
    {"객수", {"명", "인"}},
    {"명수", {"명", "인"}},
    {"가구수", {"가구"}},
    {"세대수", {"세대"}},
    {"기관수", {"소", "개", "곳"}},
    {"업소수", {"소", "개", "곳"}},
    {"점포수", {"소", "개", "곳"}},
    {"개소수", {"소"}},
    {"개소", {"소"}},
    {"금액", {"원"}},
    {"절감액", {"원"}},
    {"징수액", {"원"}},
};

Str meaning_unit_wanted(Str name, Str unit) {
    static const char *const units[] = {"%",  "건", "회",   "명",     "개",   "개소", "톤",
                                        "대", "원", "천원", "백만원", "시간", "점"};
    Str inside, stem = name_stem(name, &inside), none = {"", 0};
    if (!unit.size) return none;
    if (is_one_of(inside, units, COUNT(units))) return str_equal(inside, unit) ? none : inside;
    for (size_t i = 0; i < COUNT(wordings); i++) {
        if (!str_ends(stem, str_of(wordings[i].word))) continue;
        const char *const *wanted = wordings[i].units;
        for (size_t k = 0; k < COUNT(wordings[i].units) && wanted[k]; k++) {
            if (str_ends(unit, str_of(wanted[k]))) return none;
            if (str_is(str_of(wanted[k]), "%") && is_percent(unit)) return none;
        }
        return str_of(wanted[0]);
    }
    return none;
}

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

int meaning_year(Str text) {
    int last = 0;
    for (size_t i = 0; i + 4 <= text.size; i++) {
        if (i > 0 && (is_digit(text.data[i - 1]) || text.data[i - 1] == '.' || text.data[i - 1] == ','))
            continue;
        if (!is_digit(text.data[i]) || !is_digit(text.data[i + 1]) || !is_digit(text.data[i + 2]) ||
            !is_digit(text.data[i + 3]) || (i + 4 < text.size && is_digit(text.data[i + 4])))
            continue;
        int year = (text.data[i] - '0') * 1000 + (text.data[i + 1] - '0') * 100 +
                   (text.data[i + 2] - '0') * 10 + (text.data[i + 3] - '0');
        if (year >= 1900 && year <= 2099 && year > last) last = year;
    }
    return last;
}

static bool is_number(const Dataset *dataset, ColumnId id, size_t row, int64_t wanted) {
    Decimal number, other = decimal_of(wanted);
    return number_of(dataset, id, row, &number) && decimal_compare(&number, &other) == 0;
}

static bool is_above(const Dataset *dataset, ColumnId id, size_t row, int64_t limit) {
    Decimal number, other = decimal_of(limit);
    return number_of(dataset, id, row, &number) && decimal_compare(&number, &other) > 0;
}

static bool hides_target(const Dataset *dataset, size_t row) {
    Decimal actual;
    return is_percent(text_of(dataset, COLUMN_UNIT, row)) && is_number(dataset, COLUMN_TARGET, row, 100) &&
           number_of(dataset, COLUMN_ACTUAL, row, &actual);
}

static void write_number(const Dataset *dataset, ColumnId id, size_t row, Buffer *out) {
    Decimal number;
    if (number_of(dataset, id, row, &number)) decimal_write(out, &number);
}

static void add_numbers(Work *work, MessageId code, size_t row) {
    Buffer target = {0}, actual = {0};
    write_number(work->dataset, COLUMN_TARGET, row, &target);
    write_number(work->dataset, COLUMN_ACTUAL, row, &actual);
    add(work, code, row, (const Str[]){buffer_view(&target), buffer_view(&actual)}, 2);
    buffer_release(&target);
    buffer_release(&actual);
}

static void find_hidden_targets(Work *work) {
    for (size_t row = 0; row < dataset_rows(work->dataset); row++)
        if (hides_target(work->dataset, row)) add_numbers(work, MESSAGE_HIDDEN_TARGET, row);
}

static void find_units(Work *work) {
    for (size_t row = 0; row < dataset_rows(work->dataset); row++) {
        Str unit = text_of(work->dataset, COLUMN_UNIT, row);
        Str wanted = meaning_unit_wanted(text_of(work->dataset, COLUMN_INDICATOR, row), unit);
        if (wanted.size) add(work, MESSAGE_UNIT_AND_NAME, row, (const Str[]){unit, wanted}, 2);
    }
}

/* Growth and achievement may well be above 100 %; a share of a whole may not. */
static bool is_share(const Dataset *dataset, size_t row) {
    static const char *const open[] = {"달성", "증가", "증감", "신장", "성장", "상승", "초과", "증액"};
    Str inside, name = name_stem(text_of(dataset, COLUMN_INDICATOR, row), &inside);
    for (size_t i = 0; i < COUNT(open); i++)
        if (contains(name, open[i])) return false;
    bool named = str_ends(name, STR("율")) || str_ends(name, STR("률")) || str_ends(name, STR("비중"));
    return named || !hides_target(dataset, row);
}

static void find_shares(Work *work) {
    for (size_t row = 0; row < dataset_rows(work->dataset); row++) {
        if (!is_percent(text_of(work->dataset, COLUMN_UNIT, row)) || !is_share(work->dataset, row)) continue;
        if (is_above(work->dataset, COLUMN_ACTUAL, row, 100) ||
            is_above(work->dataset, COLUMN_TARGET, row, 100))
            add_numbers(work, MESSAGE_SHARE_ABOVE_100, row);
    }
}

/* The bound of a band that the rate is, exactly; NULL when it is none. */
static const Bound *cut_at(const Results *results, Level level, size_t unit, mpq_ptr rate, mpq_ptr cut) {
    const Plan *plan = results_plan(results);
    const Verdicts *verdicts = &plan->verdicts[LEVEL_PROJECT];
    double near = results_unit_rate(results, level, unit);
    if (results_unit_missing(results, level, unit) != MISSING_NONE) return NULL;
    for (size_t i = 0; i < verdicts->count; i++) {
        const Range *ranges[] = {&verdicts->bands[i].range, &verdicts->bands[i].any};
        for (size_t k = 0; k < 2 * COUNT(ranges); k++) {
            const Bound *bound = k % 2 ? &ranges[k / 2]->high : &ranges[k / 2]->low;
            if (!bound->set) continue;
            double value = decimal_to_double(&bound->value, NULL);
            if (near < value - 1 || near > value + 1) continue; /* far off; doubles are closer than that */
            decimal_to_rational(&bound->value, cut);
            if (results_unit_exact(results, level, unit, rate) == MISSING_NONE && mpq_equal(rate, cut))
                return bound;
        }
    }
    return NULL;
}

static void add_cut(Work *work, size_t row, bool project, const Bound *bound) {
    Buffer text = {0};
    decimal_write_canonical(&text, &bound->value);
    Str what = message_words(project ? TEXT_CUT_PROJECT : TEXT_CUT_INDICATOR);
    add(work, MESSAGE_ON_THRESHOLD, row, (const Str[]){what, buffer_view(&text)}, 2)->project = project;
    buffer_release(&text);
}

static void find_cuts(Work *work) {
    mpq_t rate, cut;
    mpq_inits(rate, cut, NULL);
    for (size_t row = 0; row < dataset_rows(work->dataset); row++) {
        size_t count, project = dataset_project(work->dataset, row);
        const uint32_t *rows = dataset_children(work->dataset, LEVEL_PROJECT, project, &count);
        const Bound *own = cut_at(work->results, LEVEL_INDICATOR, row, rate, cut);
        const Bound *of_project =
            rows[0] == row ? cut_at(work->results, LEVEL_PROJECT, project, rate, cut) : NULL;
        if (of_project) add_cut(work, row, true, of_project);
        if (own && !(of_project && count == 1)) add_cut(work, row, false, own);
    }
    mpq_clears(rate, cut, NULL);
}

/* Names of one department that were met before. */
typedef struct Names {
    Lookup lookup;
    Str *folded; /* by entry */
    size_t *rows;
    size_t count;
    Arena arena;
} Names;

/* The row that had this name before; SIZE_MAX when none had, and then it is kept. */
static size_t met(Names *names, uint32_t department, Str name, size_t row) {
    Buffer folded = {0};
    buffer_addf(&folded, "%u ", department);
    text_fold(&folded, name);
    uint32_t hash = (uint32_t)str_hash(buffer_view(&folded)), id;
    size_t before = SIZE_MAX;
    for (size_t at = hash; before == SIZE_MAX && lookup_next(&names->lookup, hash, &at, &id);)
        if (str_equal(names->folded[id], buffer_view(&folded))) before = names->rows[id];
    if (before == SIZE_MAX) {
        names->folded[names->count] = arena_copy(&names->arena, buffer_view(&folded));
        names->rows[names->count] = row;
        lookup_add(&names->lookup, hash, (uint32_t)names->count++);
    }
    buffer_release(&folded);
    return before;
}

static void names_begin(Names *names, size_t room) {
    *names = (Names){0};
    names->folded = arena_new(&names->arena, room, sizeof *names->folded);
    names->rows = arena_new(&names->arena, room, sizeof *names->rows);
}

static void names_end(Names *names) {
    lookup_release(&names->lookup);
    arena_release(&names->arena);
}

static void add_duplicate(Work *work, size_t row, size_t before, bool project) {
    Str what = message_words(project ? TEXT_CUT_PROJECT : TEXT_CUT_INDICATOR);
    Str line = arena_format(&work->out->arena, "%u", dataset_line(work->dataset, before));
    add(work, MESSAGE_REPEATED_NAME, row, (const Str[]){what, line}, 2)->project = project;
}

/* Indicators of one name in a department; and projects of its whose names differ in blanks and dots only. */
static void find_duplicates(Work *work) {
    const Dataset *dataset = work->dataset;
    Names indicators, projects;
    names_begin(&indicators, dataset_rows(dataset));
    names_begin(&projects, dataset_rows(dataset));
    for (size_t row = 0; row < dataset_rows(dataset); row++) {
        size_t count, project = dataset_project(dataset, row);
        const uint32_t *rows = dataset_children(dataset, LEVEL_PROJECT, project, &count);
        uint32_t department = dataset_parent(dataset, LEVEL_PROJECT, project);
        size_t before = met(&indicators, department, text_of(dataset, COLUMN_INDICATOR, row), row);
        if (before != SIZE_MAX) add_duplicate(work, row, before, false);
        if (rows[0] != row) continue;
        before = met(&projects, department, dataset_level_name(dataset, LEVEL_PROJECT, project), row);
        if (before != SIZE_MAX) add_duplicate(work, row, before, true);
    }
    names_end(&indicators);
    names_end(&projects);
}

static void find_negatives(Work *work) {
    for (size_t row = 0; row < dataset_rows(work->dataset); row++) {
        Decimal actual, zero = decimal_of(0);
        if (number_of(work->dataset, COLUMN_ACTUAL, row, &actual) && decimal_compare(&actual, &zero) < 0)
            add_numbers(work, MESSAGE_NEGATIVE_ACTUAL, row);
    }
}

static void add_year(Work *work, size_t row, bool project, int year) {
    Str what = message_words(project ? TEXT_CUT_PROJECT : TEXT_CUT_INDICATOR);
    Str named = arena_format(&work->out->arena, "%d", year);
    Str now = arena_format(&work->out->arena, "%d", work->out->year);
    add(work, MESSAGE_STALE_YEAR, row, (const Str[]){what, named, now}, 3)->project = project;
}

static void find_years(Work *work) {
    const Dataset *dataset = work->dataset;
    for (size_t row = 0; work->out->year && row < dataset_rows(dataset); row++) {
        size_t count, project = dataset_project(dataset, row);
        const uint32_t *rows = dataset_children(dataset, LEVEL_PROJECT, project, &count);
        int of_project =
            rows[0] == row ? meaning_year(dataset_level_name(dataset, LEVEL_PROJECT, project)) : 0;
        int own = meaning_year(text_of(dataset, COLUMN_INDICATOR, row));
        if (of_project && of_project < work->out->year) add_year(work, row, true, of_project);
        if (own && own < work->out->year) add_year(work, row, false, own);
    }
}

void meaning_find(const Results *results, const bool *left_out, Findings *out) {
    static void (*const searches[MEANING_CODES])(Work *) = {
        [MESSAGE_HIDDEN_TARGET - MEANING_FIRST] = find_hidden_targets,
        [MESSAGE_UNIT_AND_NAME - MEANING_FIRST] = find_units,
        [MESSAGE_SHARE_ABOVE_100 - MEANING_FIRST] = find_shares,
        [MESSAGE_ON_THRESHOLD - MEANING_FIRST] = find_cuts,
        [MESSAGE_REPEATED_NAME - MEANING_FIRST] = find_duplicates,
        [MESSAGE_NEGATIVE_ACTUAL - MEANING_FIRST] = find_negatives,
        [MESSAGE_STALE_YEAR - MEANING_FIRST] = find_years,
    };
    const Plan *plan = results_plan(results);
    *out = (Findings){.year = meaning_year(plan->title)};
    if (!out->year) out->year = meaning_year(plan->date);
    Work work = {results, results_dataset(results), left_out, out, 0};
    for (size_t i = 0; i < MEANING_CODES; i++)
        if (!left_out[i]) searches[i](&work);
}

void meaning_release(Findings *findings) {
    memory_free(findings->items);
    arena_release(&findings->arena);
}
