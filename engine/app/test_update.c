#include "app/test_update.h"

#include "base/file.h"
#include "base/text.h"
#include "io/csv.h"

#include <string.h>

static bool is_number(Str text) {
    Decimal number;
    Arena arena = {0};
    bool good = decimal_parse_literal(text, &number, &arena);
    arena_release(&arena);
    return good;
}

void test_update_add(TestEdits *edits, const TestResult *result) {
    for (size_t i = 0; i < result->count; i++) {
        const TrialDifference *difference = &result->differences[i];
        if (edits->count == edits->room) {
            TestEdit *more = arena_new(&edits->arena, 2 * edits->room + 8, sizeof *more);
            if (edits->count) memcpy(more, edits->items, edits->count * sizeof *more);
            edits->items = more;
            edits->room = 2 * edits->room + 8;
        }
        edits->items[edits->count++] =
            (TestEdit){difference->expected->place, arena_copy(&edits->arena, difference->actual),
                       difference->kind == EXPECT_RATE && is_number(difference->actual)};
    }
}

/* The bytes of a place in the text: from, size. False when the place is not in it. */
static bool find_bytes(Str text, const Place *place, size_t *from, size_t *size) {
    size_t at = str_starts(text, STR("\xef\xbb\xbf")) ? 3 : 0;
    for (uint32_t line = 1; line < place->line; line++) {
        at = str_find(text, '\n', at);
        if (at++ >= text.size) return false;
    }
    Str line = str_slice(text, at, str_find(text, '\n', at));
    *from = at + text_offset(line, place->column - 1);
    *size = text_offset(line, place->column - 1 + place->span) - text_offset(line, place->column - 1);
    return *size > 0;
}

/* A text in quotes without escapes, or a number. */
static bool is_literal(Str token) {
    static const char *const quotes[] = {"\"", "'"};
    for (size_t i = 0; i < 2; i++) {
        Str quote = str_of(quotes[i]);
        if (!str_starts(token, quote)) continue;
        if (token.size < 2 || !str_ends(token, quote)) return false;
        Str inner = str_slice(token, 1, token.size - 1);
        return str_find(inner, *quotes[i], 0) == inner.size && str_find(inner, '\\', 0) == inner.size;
    }
    return is_number(token);
}

static void add_lua(Buffer *out, const TestEdit *edit) {
    if (edit->number) {
        buffer_add(out, edit->text);
        return;
    }
    buffer_add_char(out, '"');
    for (size_t i = 0; i < edit->text.size; i++) {
        if (edit->text.data[i] == '"' || edit->text.data[i] == '\\') buffer_add_char(out, '\\');
        buffer_add_char(out, edit->text.data[i]);
    }
    buffer_add_char(out, '"');
}

/* Replaces one place; false when it cannot be. */
static bool apply(Buffer *text, const TestEdit *edit, bool lua) {
    size_t from, size;
    if (!find_bytes(buffer_view(text), &edit->place, &from, &size)) return false;
    Str token = str_slice(buffer_view(text), from, from + size);
    if (lua && !is_literal(token)) return false;
    Buffer out = {0};
    buffer_add(&out, str_slice(buffer_view(text), 0, from));
    if (lua)
        add_lua(&out, edit);
    else
        csv_add_cell(&out, edit->text);
    buffer_add(&out, str_slice(buffer_view(text), from + size, text->size));
    buffer_release(text);
    *text = out;
    return true;
}

/* From the end to the beginning, so that no edit moves the place of another. */
static const TestEdit *last_before(const TestEdits *edits, const TestEdit *before) {
    const TestEdit *found = NULL;
    for (size_t i = 0; i < edits->count; i++) {
        const Place *place = &edits->items[i].place;
        bool earlier = !before || place->line < before->place.line ||
                       (place->line == before->place.line && place->column < before->place.column);
        bool later = !found || place->line > found->place.line ||
                     (place->line == found->place.line && place->column > found->place.column);
        if (earlier && later) found = &edits->items[i];
    }
    return found;
}

bool test_update_write(const TestEdits *edits, Str path, size_t *done, Diag *diag) {
    File file;
    *done = 0;
    if (!edits->count) return true;
    if (!file_read(path, &file, diag)) return false;
    Buffer text = {0};
    buffer_add(&text, file.bytes);
    file_release(&file);
    for (const TestEdit *edit = NULL; (edit = last_before(edits, edit)) != NULL;)
        *done += apply(&text, edit, str_ends(path, STR(".lua")));
    bool good = *done == 0 || file_write(path, buffer_view(&text), diag);
    buffer_release(&text);
    return good;
}

void test_update_release(TestEdits *edits) { arena_release(&edits->arena); }
