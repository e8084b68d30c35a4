#include "model/trace_lines.h"

#include "base/relay.h"
#include "io/json.h"
#include "model/export_parts.h"
#include "model/results_build.h"
#include "model/spell.h"

#include <math.h>

/* A formula taken apart: text, then a field, and so on. */
typedef struct Piece {
    Str text;                   /* JSON, escaped */
    const NumberColumn *column; /* behind it; NULL: none */
    bool field;
    bool first; /* nothing stands before the number: a negative one needs no parentheses */
} Piece;

typedef struct Template {
    Piece *pieces;
    size_t count;
    Str head; /* "case":"rate[2]","case_line":21 */
    Str tail; /* "because":… */
} Template;

typedef struct Lines {
    const LinesJob *job;
    const Results *results;
    const Dataset *dataset;
    Template *templates; /* one a case, special cases first */
    Str *words[5];       /* escaped, by word of the column */
    const TextColumn *columns[5];
    const NumberColumn *target, *actual;
    size_t parts;
    Arena arena;
} Lines;

/* What the lines of a project end with. */
typedef struct Ending {
    size_t project; /* SIZE_MAX: of none yet */
    Buffer text;
} Ending;

/* ---- formulas */

#define MARK '\x01'

/* A field as a mark and its number, to be found again. */
static void mark_field(const void *context, Str name, Buffer *out) {
    const Lines *lines = context;
    size_t column = SIZE_MAX;
    if (!dataset_find_column(lines->dataset, name, &column)) column = SIZE_MAX;
    buffer_addf(out, "%c%zu%c", MARK, column, MARK);
}

static Str escaped(Arena *arena, Str text) {
    Buffer out = {0};
    json_add_text(&out, text);
    Str kept = arena_copy(arena, str_slice(buffer_view(&out), 1, out.size - 1));
    buffer_release(&out);
    return kept;
}

static size_t read_number(Str digits) {
    size_t number = 0;
    for (size_t i = 0; i < digits.size; i++) number = number * 10 + (size_t)(digits.data[i] - '0');
    return number;
}

static void take_apart(Lines *lines, Str text, Template *out) {
    size_t pieces = 1;
    for (size_t i = 0; i < text.size; i++) pieces += text.data[i] == MARK;
    out->pieces = arena_new(&lines->arena, pieces, sizeof *out->pieces);
    for (size_t at = 0; at < text.size;) {
        Piece *piece = &out->pieces[out->count++];
        size_t mark = str_find(text, MARK, at);
        piece->text = escaped(&lines->arena, str_slice(text, at, mark));
        piece->first = mark == 0 || text.data[mark - 1] == '(';
        if (mark == text.size) break;
        size_t end = str_find(text, MARK, mark + 1);
        piece->field = true;
        piece->column = dataset_numbers(lines->dataset, read_number(str_slice(text, mark + 1, end)));
        at = end + 1;
    }
}

static void read_case(Lines *lines, const Case *rule, Template *out) {
    Buffer text = {0};
    json_add_key(&text, "case");
    json_add_text(&text, rule->path);
    buffer_addf(&text, ",\"case_line\":%u", rule->place.line);
    out->head = arena_copy(&lines->arena, buffer_view(&text));
    text.size = 0;
    if (rule->because.size) {
        buffer_add(&text, STR(",\"because\":"));
        json_add_text(&text, rule->because);
    }
    out->tail = arena_copy(&lines->arena, buffer_view(&text));
    text.size = 0;
    if (rule->formula && rule->value) {
        spell_filled(&text, rule->value, lines->results->plan, mark_field, lines);
        take_apart(lines, buffer_view(&text), out);
    }
    buffer_release(&text);
}

/* ---- columns */

/* Texts are escaped once a word, and numbers written as they are read. */
static void read_words(Lines *lines, size_t number, const char *name) {
    size_t column;
    if (!dataset_find_column(lines->dataset, str_of(name), &column)) return;
    const TextColumn *words = dataset_words(lines->dataset, column);
    lines->columns[number] = words;
    lines->words[number] = arena_new(&lines->arena, words->word_count, sizeof(Str));
    for (size_t i = 0; i < words->word_count; i++)
        lines->words[number][i] = escaped(&lines->arena, words->words[i]);
}

static const NumberColumn *find_numbers(const Lines *lines, const char *name) {
    size_t column;
    return dataset_find_column(lines->dataset, str_of(name), &column)
               ? dataset_numbers(lines->dataset, column)
               : NULL;
}

/* What most numbers are needs no printf. */
static void add_whole(Buffer *out, uint64_t number) {
    char digits[20];
    size_t at = sizeof digits;
    do {
        digits[--at] = (char)('0' + number % 10);
        number /= 10;
    } while (number);
    buffer_add(out, (Str){digits + at, sizeof digits - at});
}

static void add_decimal(Buffer *out, const Decimal *number) {
    if (!number->text.size && number->scale == 0 && number->digits >= 0)
        add_whole(out, (uint64_t)number->digits);
    else
        decimal_write_canonical(out, number);
}

static void add_cell(Buffer *out, Str key, const NumberColumn *column, size_t row) {
    Decimal number;
    buffer_add(out, key);
    if (column && dataset_number(column, row, &number) == MISSING_NONE)
        add_decimal(out, &number);
    else
        buffer_add(out, STR("null"));
}

static void add_filled(const Template *template, size_t row, Buffer *out) {
    Decimal number;
    if (!template->count) return;
    buffer_add(out, STR(",\"filled\":\""));
    for (size_t i = 0; i < template->count; i++) {
        const Piece *piece = &template->pieces[i];
        buffer_add(out, piece->text);
        if (!piece->field) continue;
        Missing missing = piece->column ? dataset_number(piece->column, row, &number) : MISSING_BLANK;
        if (missing != MISSING_NONE) {
            buffer_addf(out, "[%s]", missing_name(missing));
            continue;
        }
        size_t from = out->size;
        decimal_write(out, &number);
        if (out->data[from] != '-' || piece->first) continue;
        out->size = from;
        buffer_add_char(out, '(');
        decimal_write(out, &number);
        buffer_add_char(out, ')');
    }
    buffer_add_char(out, '"');
}

/* ---- projects */

static void nearest_bound(const Bound *bound, Guess rate, double *distance, double *error) {
    if (!bound->set) return;
    double cut_error, cut = decimal_to_double(&bound->value, &cut_error);
    double away = fabs(rate.value - cut);
    if (away >= *distance) return;
    *distance = away;
    *error = rate.error + cut_error + away * 0x1p-52;
}

static void exact_margin(const Lines *lines, size_t project, Buffer *out) {
    const Verdicts *verdicts = &lines->results->plan->verdicts[LEVEL_PROJECT];
    mpq_t rate, cut, least;
    mpq_inits(rate, cut, least, NULL);
    bool found = false;
    results_unit_exact(lines->results, LEVEL_PROJECT, project, rate);
    for (size_t i = 0; i < 2 * verdicts->count; i++) {
        const Range *range = &verdicts->bands[i / 2].range;
        const Bound *bound = i % 2 ? &range->high : &range->low;
        if (!bound->set) continue;
        decimal_to_rational(&bound->value, cut);
        mpq_sub(cut, cut, rate);
        mpq_abs(cut, cut);
        if (!found || mpq_cmp(cut, least) < 0) mpq_set(least, cut);
        found = true;
    }
    size_t from = out->size;
    decimal_round(out, least, 6, ROUNDING_HALF_UP);
    decimal_trim(out, from);
    mpq_clears(rate, cut, least, NULL);
}

static void add_margin(const Lines *lines, size_t project, Buffer *out) {
    const Verdicts *verdicts = &lines->results->plan->verdicts[LEVEL_PROJECT];
    Guess rate = results_guess(lines->results, LEVEL_PROJECT, project);
    double distance = INFINITY, error = 0;
    for (size_t i = 0; i < verdicts->count && rate.missing == MISSING_NONE && !verdicts->forced; i++) {
        nearest_bound(&verdicts->bands[i].range.low, rate, &distance, &error);
        nearest_bound(&verdicts->bands[i].range.high, rate, &distance, &error);
    }
    buffer_add(out, STR(",\"margin\":"));
    size_t from = out->size;
    if (!isfinite(distance))
        buffer_add(out, STR("null"));
    else if (decimal_round_double(out, distance, error, 6, ROUNDING_HALF_UP))
        decimal_trim(out, from);
    else
        exact_margin(lines, project, out);
}

static void add_value(const Lines *lines, Level level, size_t unit, Str rate, Str printed, Buffer *out) {
    buffer_add(out, rate);
    if (results_unit_missing(lines->results, level, unit) != MISSING_NONE) {
        buffer_add(out, STR("null"));
        return;
    }
    results_write_unit(lines->results, level, unit, out);
    buffer_add(out, printed);
    results_print_unit(lines->results, level, unit, out);
    buffer_add_char(out, '"');
}

static void read_project(const Lines *lines, size_t project, Ending *ending) {
    if (ending->project == project) return;
    Buffer *end = &ending->text;
    const Band *band = results_band(lines->results, LEVEL_PROJECT, project);
    end->size = 0;
    ending->project = project;
    add_value(lines, LEVEL_PROJECT, project, STR(",\"project_rate\":"), STR(",\"project_rate_printed\":\""),
              end);
    if (band)
        buffer_addf(end, ",\"verdict\":\"%.*s\",\"verdict_line\":%u", STR_FMT(band->key), band->place.line);
    else
        buffer_add(end, STR(",\"verdict\":null"));
    add_margin(lines, project, end);
    buffer_add(end, STR("}\n"));
}

static void add_line(const Lines *lines, size_t row, const Buffer *ending, Buffer *out) {
    static const Str keys[] = {{"{\"bureau\":\"", 11},
                               {"\",\"department\":\"", 16},
                               {"\",\"project\":\"", 13},
                               {"\",\"indicator\":\"", 15},
                               {"\",\"unit\":\"", 10}};
    const Results *results = lines->results;
    for (size_t i = 0; i < 5; i++) {
        buffer_add(out, keys[i]);
        if (lines->words[i]) buffer_add(out, lines->words[i][text_id(lines->columns[i], row)]);
    }
    buffer_add(out, STR("\",\"row\":"));
    add_whole(out, dataset_record(lines->dataset, row) + 1);
    buffer_add(out, STR(",\"line\":"));
    add_whole(out, dataset_line(lines->dataset, row));
    add_cell(out, STR(",\"target\":"), lines->target, row);
    add_cell(out, STR(",\"actual\":"), lines->actual, row);
    RowRate rate = results_row(results, row);
    if (rate.decided != RESULTS_NO_CASE) {
        const Template *template = &lines->templates[rate.decided];
        buffer_add_char(out, ',');
        buffer_add(out, template->head);
        if (!results->own) add_filled(template, row, out);
        buffer_add(out, template->tail);
    }
    add_value(lines, LEVEL_INDICATOR, row, STR(",\"rate\":"), STR(",\"rate_printed\":\""), out);
    if (rate.missing != MISSING_NONE)
        buffer_addf(out, ",\"missing\":\"%s\"", missing_name((Missing)rate.missing));
    buffer_add(out, buffer_view(ending));
}

/* ---- parts, made by several threads */

static void make_lines(void *context, size_t number, Buffer *out) {
    const Lines *lines = context;
    const bool *chosen = lines->job->chosen;
    size_t from = number * EXPORT_PART, to = from + EXPORT_PART, rows = dataset_rows(lines->dataset);
    Ending ending = {.project = SIZE_MAX};
    for (size_t row = from; row < to && row < rows; row++) {
        uint32_t project = dataset_project(lines->dataset, row);
        if (chosen && !chosen[project]) continue;
        read_project(lines, project, &ending);
        add_line(lines, row, &ending.text, out);
    }
    buffer_release(&ending.text);
}

static bool pass_lines(void *context, size_t number, Str part) {
    const Lines *lines = context;
    return lines->job->take(lines->job->context, part, number + 1, lines->parts);
}

bool trace_lines(const LinesJob *job, Diag *diag) {
    static const char *const texts[] = {"bureau", "department", "project", "indicator", "unit"};
    const Results *results = job->results;
    const Plan *plan = results->plan;
    if (!export_ask(results, job->threads, diag)) return false;
    Lines lines = {.job = job, .results = results, .dataset = results->dataset};
    size_t cases = plan->special_count + plan->case_count;
    lines.templates = arena_new(&lines.arena, cases, sizeof *lines.templates);
    for (size_t i = 0; i < cases; i++) read_case(&lines, results_case(plan, i), &lines.templates[i]);
    for (size_t i = 0; i < 5; i++) read_words(&lines, i, texts[i]);
    lines.target = find_numbers(&lines, "target");
    lines.actual = find_numbers(&lines, "actual");
    lines.parts = (dataset_rows(results->dataset) + EXPORT_PART - 1) / EXPORT_PART;
    bool done = relay_run(&(Relay){lines.parts, job->threads, &lines, make_lines, pass_lines});
    arena_release(&lines.arena);
    return done && !results_refuse(results, diag);
}
