#include "base/diag.h"

#include "base/memory.h"
#include "base/text.h"

#include <string.h>

/* Cells of a source line that are shown, and how many of them before the marked part. */
#define EXCERPT_WIDTH  100
#define EXCERPT_BEFORE 40
/* Most bytes of what is shown of a message: the end of the file's name, the rest of its first line, and each
 * of the two lines below. */
#define NAME_SHOWN    300
#define LINE_SHOWN    (DIAG_SHOWN - NAME_SHOWN - 2 * EXCERPT_SHOWN)
#define EXCERPT_SHOWN 400
/* Longest argument and source line kept. */
#define ARGUMENT_LIMIT 2000
#define SOURCE_LIMIT   4000

struct Diag {
    DiagItem *items; /* DIAG_KEPT of them; NULL: there has been none, as in nearly every list */
    size_t count;
    size_t errors; /* among the items */
    size_t totals[SEVERITY_TEXT + 1];
    bool exits[EXIT_INTERNAL + 1];
    bool last_kept;
    Arena arena;
};

Diag *diag_new(void) { return memory_new(1, sizeof(Diag)); }

void diag_free(Diag *diag) {
    if (!diag) return;
    memory_free(diag->items);
    arena_release(&diag->arena);
    memory_free(diag);
}

void diag_clear(Diag *diag) {
    arena_release(&diag->arena);
    *diag = (Diag){.items = diag->items};
}

/* Not in the middle of a character. */
static Str cut(Str text, size_t limit) {
    if (text.size <= limit) return text;
    while (limit > 0 && ((unsigned char)text.data[limit] & 0xC0) == 0x80) limit--;
    return str_slice(text, 0, limit);
}

/* Each wording may have the length. */
static Str copy_argument(Arena *arena, Str argument) {
    Str en = message_part(argument, LANGUAGE_EN), ko = message_part(argument, LANGUAGE_KO);
    if (en.size == argument.size) return arena_copy(arena, cut(argument, ARGUMENT_LIMIT));
    Buffer both = {0};
    buffer_add(&both, cut(en, ARGUMENT_LIMIT));
    buffer_add(&both, str_slice(argument, en.size, en.size + 1));
    buffer_add(&both, cut(ko, ARGUMENT_LIMIT));
    Str copy = arena_copy(arena, buffer_view(&both));
    buffer_release(&both);
    return copy;
}

static Place copy_place(Arena *arena, const Place *place) {
    Place copy = *place;
    copy.file = arena_copy(arena, place->file);
    copy.source = arena_copy(arena, cut(place->source, SOURCE_LIMIT));
    copy.cell = arena_copy(arena, cut(place->cell, ARGUMENT_LIMIT));
    return copy;
}

bool diag_keeps(const Diag *diag, Severity severity) {
    return diag->count < DIAG_KEPT || (severity == SEVERITY_ERROR && diag->errors < diag->count);
}

/* A full list gives up its last message that is no error. */
static void make_room(Diag *diag) {
    if (diag->count < DIAG_KEPT) return;
    size_t at = diag->count - 1;
    while (message_get(diag->items[at].message).severity == SEVERITY_ERROR) at--;
    diag->count--;
    memmove(&diag->items[at], &diag->items[at + 1], (diag->count - at) * sizeof *diag->items);
}

void diag_add_list(Diag *diag, MessageId message, const Place *place, const Str *arguments, size_t count) {
    const Message entry = message_get(message);
    diag->totals[entry.severity]++;
    if (entry.severity == SEVERITY_ERROR) diag->exits[entry.exit_code] = true;
    diag->last_kept = diag_keeps(diag, entry.severity);
    if (!diag->last_kept) return;
    make_room(diag);
    if (entry.severity == SEVERITY_ERROR) diag->errors++;
    if (!diag->items) diag->items = memory_new(DIAG_KEPT, sizeof *diag->items);
    DiagItem *item = &diag->items[diag->count++];
    *item = (DiagItem){.message = message};
    if (place) item->place = copy_place(&diag->arena, place);
    for (size_t i = 0; i < count && i < DIAG_ARGUMENTS; i++)
        item->arguments[item->argument_count++] = copy_argument(&diag->arena, arguments[i]);
}

void diag_add_plain(Diag *diag, MessageId message, const Place *place) {
    diag_add_list(diag, message, place, NULL, 0);
}

void diag_hint_copy(Diag *diag, const Str hint[LANGUAGE_COUNT]) {
    if (!diag->last_kept) return;
    DiagItem *item = &diag->items[diag->count - 1];
    for (int language = 0; language < LANGUAGE_COUNT; language++)
        item->hint[language] = arena_copy(&diag->arena, hint[language]);
}

void diag_hint_list(Diag *diag, MessageId text, const Str *arguments, size_t count) {
    if (!diag->last_kept) return;
    Str words = message_both_list(&diag->arena, text, arguments, count);
    diag_hint_copy(diag, (const Str[]){message_part(words, LANGUAGE_EN), message_part(words, LANGUAGE_KO)});
}

void diag_hint_plain(Diag *diag, MessageId text) { diag_hint_list(diag, text, NULL, 0); }

size_t diag_count(const Diag *diag) { return diag->count; }

const DiagItem *diag_item(const Diag *diag, size_t index) { return &diag->items[index]; }

size_t diag_total(const Diag *diag, Severity severity) { return diag->totals[severity]; }

bool diag_has_errors(const Diag *diag) { return diag->totals[SEVERITY_ERROR] > 0; }

ExitCode diag_exit_code(const Diag *diag) {
    static const ExitCode order[] = {EXIT_INTERNAL, EXIT_USAGE, EXIT_IO,      EXIT_LIMIT,
                                     EXIT_RULES,    EXIT_DATA,  EXIT_FINDINGS};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        if (diag->exits[order[i]]) return order[i];
    }
    return EXIT_DONE;
}

/* What was added behind `from` in at most `most` bytes, ending in … where it was cut, and a line end. */
static void end_line(Buffer *out, size_t from, size_t most) {
    size_t size = out->size - from, mark = sizeof "…\n" - 1;
    if (size + 1 > most) {
        out->size = from + cut((Str){out->data + from, size}, most - mark).size;
        buffer_add(out, STR("…"));
    }
    buffer_add_char(out, '\n');
}

/* The part of the source line that is shown: EXCERPT_WIDTH cells around the marked part, with … where it was
 * cut. */
static void render_excerpt(Buffer *out, const Place *place, Str hint) {
    Buffer margin = {0};
    size_t start = out->size;
    buffer_addf(&margin, "%5u | ", place->line);
    size_t mark = text_offset(place->source, place->column > 0 ? place->column - 1 : 0);
    size_t from = 0;
    if (text_width(str_slice(place->source, 0, mark)) > EXCERPT_WIDTH - EXCERPT_BEFORE) {
        while (from < mark && text_width(str_slice(place->source, from, mark)) > EXCERPT_BEFORE)
            text_next(place->source, &from);
    }
    Str rest = str_slice(place->source, from, place->source.size);
    Str shown = str_slice(rest, 0, text_fit(rest, EXCERPT_WIDTH));
    Buffer before = {0};
    if (from > 0) buffer_add(&before, STR("…"));
    text_add_visible(&before, str_slice(place->source, from, mark));
    buffer_add(out, buffer_view(&margin));
    buffer_add(out, buffer_view(&before));
    size_t column = mark - from < shown.size ? mark - from : shown.size;
    text_add_visible(out, str_slice(shown, column, shown.size));
    if (shown.size < rest.size) buffer_add(out, STR("…"));
    end_line(out, start, EXCERPT_SHOWN);

    start = out->size;
    buffer_add_repeat(out, ' ', margin.size - 2);
    buffer_add(out, STR("| "));
    buffer_add_repeat(out, ' ', text_width(buffer_view(&before)));
    size_t end =
        text_offset(rest, text_length(str_slice(rest, 0, mark - from)) + (place->span ? place->span : 1));
    Buffer marked = {0};
    text_add_visible(&marked, str_slice(shown, column, end));
    size_t width = text_width(buffer_view(&marked));
    buffer_add_char(out, '^');
    if (width > 1) buffer_add_repeat(out, '~', width - 1);
    if (hint.size) {
        buffer_add_char(out, ' ');
        text_add_visible(out, hint);
    }
    end_line(out, start, EXCERPT_SHOWN);
    buffer_release(&margin);
    buffer_release(&before);
    buffer_release(&marked);
}

/* The end of a long name says more than its beginning. */
static void render_file(Buffer *out, Str file) {
    Buffer name = {0};
    text_add_visible(&name, file);
    size_t from = name.size > NAME_SHOWN ? name.size - NAME_SHOWN + sizeof "…" - 1 : 0;
    while (from < name.size && ((unsigned char)name.data[from] & 0xC0) == 0x80) from++;
    if (from) buffer_add(out, STR("…"));
    buffer_add(out, str_slice(buffer_view(&name), from, name.size));
    buffer_release(&name);
}

static void render_place(Buffer *out, const Place *place) {
    if (!place->file.size) {
        buffer_add(out, STR("perfeval: "));
        return;
    }
    render_file(out, place->file);
    if (place->cell.size) {
        buffer_add_char(out, ':');
        text_add_visible(out, place->cell);
        buffer_add(out, STR(": "));
        return;
    }
    if (place->line) buffer_addf(out, ":%u", place->line);
    if (place->line && place->column) buffer_addf(out, ":%u", place->column);
    buffer_add(out, STR(": "));
}

void diag_render(Buffer *out, const DiagItem *item, Language language) {
    const Message message = message_get(item->message);
    size_t from = out->size;
    render_place(out, &item->place);
    buffer_addf(out, "%s[%s]: ", message_severity(message.severity, language), message.code);
    Buffer text = {0};
    message_fill(&text, message.text[language], item->arguments, item->argument_count, language);
    text_add_visible(out, buffer_view(&text));
    buffer_release(&text);
    bool excerpt = item->place.line > 0 && item->place.source.size > 0;
    if (!excerpt && item->hint[language].size) {
        buffer_add(out, STR(" ("));
        text_add_visible(out, item->hint[language]);
        buffer_add_char(out, ')');
    }
    end_line(out, from, NAME_SHOWN + LINE_SHOWN);
    if (excerpt) render_excerpt(out, &item->place, item->hint[language]);
}
