#include "model/infer_write.h"

#include "base/text.h"
#include "io/json.h"
#include "model/interval.h"

typedef struct Writer {
    const Dataset *dataset;
    const Inferred *inferred;
    Language language;
    Buffer *out;
    Arena arena;
} Writer;

static void fill_list(Writer *writer, MessageId text, const Str *arguments, size_t count) {
    message_fill(writer->out, message_get(text).text[writer->language], arguments, count, writer->language);
}
#define fill(writer, text, ...) fill_list(writer, text, MESSAGE_LIST(__VA_ARGS__))
#define NUMBER(writer, value)   arena_format(&(writer)->arena, "%zu", (size_t)(value))

static Str keep(Arena *arena, Buffer *text) {
    Str kept = arena_copy(arena, buffer_view(text));
    buffer_release(text);
    return kept;
}

static void add_end(Buffer *out, bool set, mpq_srcptr value, const char *beyond) {
    if (!set) {
        buffer_add(out, str_of(beyond));
        return;
    }
    size_t from = out->size;
    interval_write_number(out, value);
    if (str_find(str_slice(buffer_view(out), from, out->size), '/', 0) == out->size - from) return;
    buffer_add(out, STR("≈"));
    decimal_round(out, value, 3, ROUNDING_HALF_UP);
}

/* "[77, 85)" for at most, "(77, 85]" for below. */
static Str cut_text(Arena *arena, const Cut *cut, bool at_most) {
    Buffer text = {0};
    buffer_add_char(&text, at_most && cut->low_set ? '[' : '(');
    add_end(&text, cut->low_set, cut->low, "-∞");
    buffer_add(&text, STR(", "));
    add_end(&text, cut->high_set, cut->high, "∞");
    buffer_add_char(&text, !at_most && cut->high_set ? ']' : ')');
    return keep(arena, &text);
}

static Str roundings(Arena *arena, const Inferred *inferred) {
    Buffer text = {0};
    for (int mode = 0; mode < ROUNDING_COUNT; mode++)
        if (inferred->rounding[mode])
            buffer_addf(&text, "%s%s", text.size ? ", " : "", rounding_name((Rounding)mode));
    return keep(arena, &text);
}

static size_t count_roundings(const Inferred *inferred) {
    size_t count = 0;
    for (int mode = 0; mode < ROUNDING_COUNT; mode++) count += inferred->rounding[mode];
    return count;
}

static const InferTrial *best(const Inferred *inferred) {
    return inferred->source == INFER_NOTHING ? NULL : &inferred->trials[inferred->best];
}

static Str good_aggregates(Arena *arena, const Inferred *inferred, size_t *count) {
    Buffer text = {0};
    *count = 0;
    for (size_t i = 0; i < inferred->trial_count; i++) {
        if (!inferred->trials[i].good) continue;
        ++*count;
        buffer_addf(&text, "%s%s", text.size ? ", " : "",
                    aggregate_name(inferred->trials[i].shape.aggregate));
    }
    return keep(arena, &text);
}

static void text_rates(Writer *writer) {
    const Inferred *inferred = writer->inferred;
    if (!inferred->printed) {
        fill(writer, TEXT_INFER_NO_RATES, (Str){"", 0});
        return;
    }
    fill(writer, TEXT_INFER_RATES, NUMBER(writer, inferred->reproduced), NUMBER(writer, inferred->printed),
         roundings(&writer->arena, inferred), NUMBER(writer, inferred->places));
    for (int lower = 0; lower < LOWER_COUNT && inferred->has_lower; lower++)
        if (inferred->lower_open[lower])
            fill(writer, TEXT_INFER_LOWER, str_of(infer_lower_name((Lower)lower)));
}

static void text_trials(Writer *writer) {
    const Inferred *inferred = writer->inferred;
    for (size_t i = 0; i < inferred->trial_count; i++) {
        const InferTrial *trial = &inferred->trials[i];
        MessageId text = trial->refused ? TEXT_INFER_REFUSED : trial->good ? TEXT_INFER_GOOD : TEXT_INFER_BAD;
        fill(writer, text, str_of(aggregate_name(trial->shape.aggregate)), NUMBER(writer, trial->matched),
             NUMBER(writer, trial->of), cut_text(&writer->arena, &trial->cut, true),
             cut_text(&writer->arena, &trial->cut, false));
    }
}

static void text_verdicts(Writer *writer) {
    const Inferred *inferred = writer->inferred;
    if (inferred->source == INFER_NOTHING) {
        fill(writer, TEXT_INFER_NO_VERDICTS, (Str){"", 0});
        return;
    }
    fill(writer, inferred->source == INFER_COUNTS ? TEXT_INFER_COUNTS : TEXT_INFER_COLUMN, inferred->key);
    if (inferred->several) fill(writer, TEXT_INFER_SEVERAL, inferred->key);
    text_trials(writer);
    size_t count;
    good_aggregates(&writer->arena, inferred, &count);
    if (count == 0)
        fill(writer, TEXT_INFER_NONE, str_of(aggregate_name(best(inferred)->shape.aggregate)));
    else
        fill(writer, TEXT_INFER_RESULT, str_of(aggregate_name(best(inferred)->shape.aggregate)),
             cut_text(&writer->arena, &best(inferred)->cut, true));
}

/* Caps or floors that reproduce as much as none does. */
static Str good_variants(Writer *writer, bool floored) {
    Buffer text = {0};
    for (size_t i = 0; i < writer->inferred->variant_count; i++) {
        const InferTrial *trial = &writer->inferred->variants[i];
        if (trial->shape.floored != floored || !trial->good) continue;
        buffer_addf(&text, "%s%u", text.size ? ", " : "", trial->shape.cap);
    }
    return keep(&writer->arena, &text);
}

static void text_open(Writer *writer) {
    const Inferred *inferred = writer->inferred;
    const InferTrial *trial = best(inferred);
    size_t count;
    buffer_add_char(writer->out, '\n');
    fill(writer, TEXT_INFER_OPEN, (Str){"", 0});
    Str names = good_aggregates(&writer->arena, inferred, &count);
    if (inferred->printed && count_roundings(inferred) > 1)
        fill(writer, TEXT_INFER_OPEN_ROUNDING, roundings(&writer->arena, inferred));
    if (!trial || !trial->good) {
        fill(writer, TEXT_INFER_OPEN_ALL, (Str){"", 0});
        return;
    }
    if (count > 1) fill(writer, TEXT_INFER_OPEN_AGGREGATE, names);
    fill(writer, TEXT_INFER_OPEN_SIDE, cut_text(&writer->arena, &trial->cut, true),
         cut_text(&writer->arena, &trial->cut, false));
    Str caps = good_variants(writer, false), floors = good_variants(writer, true);
    if (caps.size) fill(writer, TEXT_INFER_OPEN_CAP, caps);
    if (floors.size) fill(writer, TEXT_INFER_OPEN_FLOOR, floors);
}

static Str cell(const Dataset *dataset, const char *name, size_t row) {
    size_t column;
    if (!dataset_find_column(dataset, str_of(name), &column)) return (Str){"", 0};
    return dataset_text(dataset, column, row);
}

static void text_row(Writer *writer, size_t row) {
    size_t project = dataset_project(writer->dataset, row), column;
    size_t department = dataset_parent(writer->dataset, LEVEL_PROJECT, project);
    Buffer *out = writer->out;
    Decimal printed;
    text_add_visible(out, dataset_file(writer->dataset));
    buffer_addf(out, ":%u: ", dataset_line(writer->dataset, row));
    text_add_visible(out, dataset_level_name(writer->dataset, LEVEL_DEPARTMENT, department));
    buffer_add(out, STR(" / "));
    text_add_visible(out, dataset_level_name(writer->dataset, LEVEL_PROJECT, project));
    buffer_add(out, STR(" / "));
    text_add_visible(out, cell(writer->dataset, "indicator", row));
    if (dataset_find_column(writer->dataset, STR("published_rate"), &column) &&
        dataset_number(dataset_numbers(writer->dataset, column), row, &printed) == MISSING_NONE) {
        buffer_add(out, STR(": "));
        decimal_write(out, &printed);
    }
    buffer_add_char(out, '\n');
}

static void text_unexplained(Writer *writer) {
    const Inferred *inferred = writer->inferred;
    if (inferred->row_count || inferred->unexplained_count) buffer_add_char(writer->out, '\n');
    if (inferred->row_count) fill(writer, TEXT_INFER_ROWS, NUMBER(writer, inferred->row_count));
    for (size_t i = 0; i < inferred->row_count; i++) text_row(writer, inferred->rows[i]);
    if (inferred->unexplained_count)
        fill(writer, TEXT_INFER_UNITS, NUMBER(writer, inferred->unexplained_count));
    for (size_t i = 0; i < inferred->unexplained_count; i++) {
        const Unexplained *unit = &inferred->unexplained[i];
        Str name = unit->bureau.size ? unit->bureau : message_words(TEXT_AUDIT_ALL);
        if (inferred->source == INFER_COLUMN)
            name = dataset_level_name(writer->dataset, LEVEL_PROJECT, unit->unit);
        fill(writer, TEXT_INFER_UNIT, name, NUMBER(writer, unit->published), NUMBER(writer, unit->found));
    }
}

void infer_write_text(const Dataset *dataset, const Inferred *inferred, Language language, Buffer *out) {
    Writer writer = {.dataset = dataset, .inferred = inferred, .language = language, .out = out};
    text_rates(&writer);
    text_verdicts(&writer);
    text_open(&writer);
    text_unexplained(&writer);
    arena_release(&writer.arena);
}

/* ---- JSON */

static void json_end(Buffer *out, const char *name, const char *exact, bool set, mpq_srcptr value) {
    json_add_key(out, name);
    if (!set) {
        buffer_add(out, STR("null"));
        return;
    }
    size_t from = out->size;
    decimal_round(out, value, 6, ROUNDING_HALF_UP);
    decimal_trim(out, from);
    Buffer text = {0};
    interval_write_number(&text, value);
    json_put_text(out, exact, buffer_view(&text));
    buffer_release(&text);
}

static void json_cut(Buffer *out, const Cut *cut) {
    Arena arena = {0};
    buffer_add_char(out, '{');
    json_end(out, "low", "low_exact", cut->low_set, cut->low);
    json_end(out, "high", "high_exact", cut->high_set, cut->high);
    json_put_text(out, "at_most", cut_text(&arena, cut, true));
    json_put_text(out, "below", cut_text(&arena, cut, false));
    buffer_add_char(out, '}');
    arena_release(&arena);
}

static void json_trial(Buffer *out, const InferTrial *trial) {
    buffer_add_char(out, '{');
    json_put_text(out, "aggregation", str_of(aggregate_name(trial->shape.aggregate)));
    if (trial->shape.cap) json_put_whole(out, "cap", trial->shape.cap);
    if (trial->shape.floored) buffer_add(out, STR(",\"floor\":0"));
    json_put_flag(out, "reproduces", trial->good);
    if (trial->refused) {
        buffer_add(out, STR(",\"refused\":true}"));
        return;
    }
    json_put_whole(out, "matched", trial->matched);
    json_put_whole(out, "of", trial->of);
    json_add_key(out, "threshold");
    json_cut(out, &trial->cut);
    buffer_add_char(out, '}');
}

static void json_trials(Buffer *out, const char *name, const InferTrial *trials, size_t count) {
    json_add_key(out, name);
    buffer_add_char(out, '[');
    for (size_t i = 0; i < count; i++) {
        if (i > 0) buffer_add_char(out, ',');
        json_trial(out, &trials[i]);
    }
    buffer_add_char(out, ']');
}

/* The word, but for the first with a comma before it. */
static void json_word(Buffer *out, const char *word) {
    if (out->data[out->size - 1] != '[') buffer_add_char(out, ',');
    json_add_text(out, str_of(word));
}

static void json_rates(Buffer *out, const Inferred *inferred) {
    json_add_key(out, "rates");
    buffer_add_char(out, '{');
    json_put_whole(out, "printed", inferred->printed);
    json_put_whole(out, "reproduced", inferred->reproduced);
    json_put_whole(out, "digits", inferred->places);
    json_add_key(out, "rounding");
    buffer_add_char(out, '[');
    for (int mode = 0; mode < ROUNDING_COUNT; mode++)
        if (inferred->rounding[mode]) json_word(out, rounding_name((Rounding)mode));
    buffer_add(out, STR("],\"lower\":["));
    for (int lower = 0; lower < LOWER_COUNT && inferred->has_lower; lower++)
        if (inferred->lower_open[lower]) json_word(out, infer_lower_name((Lower)lower));
    buffer_add(out, STR("]}"));
}

static bool any_good(const Inferred *inferred, bool floored) {
    for (size_t i = 0; i < inferred->variant_count; i++)
        if (inferred->variants[i].good && inferred->variants[i].shape.floored == floored) return true;
    return false;
}

static void json_open(Buffer *out, const Inferred *inferred) {
    Arena arena = {0};
    size_t count;
    const InferTrial *trial = best(inferred);
    good_aggregates(&arena, inferred, &count);
    arena_release(&arena);
    json_add_key(out, "not_identified");
    buffer_add_char(out, '[');
    if (count_roundings(inferred) != 1) json_word(out, "rounding");
    if (!trial || count != 1) json_word(out, "aggregation");
    if (!trial || !trial->good) json_word(out, "threshold");
    json_word(out, "side");
    if (!trial || !trial->good || any_good(inferred, false)) json_word(out, "cap");
    if (!trial || !trial->good || any_good(inferred, true)) json_word(out, "floor");
    buffer_add_char(out, ']');
}

static void json_verdicts(Buffer *out, const Inferred *inferred) {
    static const char *const sources[] = {NULL, "column", "counts"};
    const InferTrial *trial = best(inferred);
    if (!trial) return;
    json_put_text(out, "source", str_of(sources[inferred->source]));
    json_put_text(out, "verdict", inferred->key);
    json_put_text(out, "aggregation", str_of(aggregate_name(trial->shape.aggregate)));
    json_put_flag(out, "reproduces", trial->good);
    json_add_key(out, "threshold");
    json_cut(out, &trial->cut);
    json_trials(out, "candidates", inferred->trials, inferred->trial_count);
    json_trials(out, "variants", inferred->variants, inferred->variant_count);
}

static void json_unexplained(Buffer *out, const Dataset *dataset, const Inferred *inferred) {
    json_add_key(out, "unexplained_rows");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < inferred->row_count; i++)
        buffer_addf(out, "%s%zu", i > 0 ? "," : "", dataset_record(dataset, inferred->rows[i]) + 1);
    buffer_add(out, STR("],\"unexplained_verdicts\":["));
    for (size_t i = 0; i < inferred->unexplained_count; i++) {
        const Unexplained *unit = &inferred->unexplained[i];
        bool project = inferred->source == INFER_COLUMN;
        buffer_add(out, i > 0 ? STR(",{") : STR("{"));
        json_put_text(out, project ? "project" : "bureau",
                      project ? dataset_level_name(dataset, LEVEL_PROJECT, unit->unit) : unit->bureau);
        json_put_whole(out, "published", unit->published);
        json_put_whole(out, "found", unit->found);
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, ']');
}

void infer_write_json(const Dataset *dataset, const Inferred *inferred, Buffer *out) {
    buffer_add_char(out, '{');
    json_put_text(out, "format", STR("perfeval.infer/1"));
    json_rates(out, inferred);
    json_verdicts(out, inferred);
    json_open(out, inferred);
    json_unexplained(out, dataset, inferred);
    buffer_add(out, STR("}\n"));
}
