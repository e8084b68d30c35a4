#include "io/cut.h"

#include "base/memory.h"

size_t cut_line(Str text, size_t from) {
    bool quoted = false;
    for (; from < text.size; from++) {
        if (text.data[from] == '"') quoted = !quoted;
        if (text.data[from] == '\n' && !quoted) return from + 1;
    }
    return text.size;
}

Str cut_blank_end(Str text) {
    while (text.size >= 2 && text.data[text.size - 1] == '\n') {
        size_t before = text.size - 1 - (text.data[text.size - 2] == '\r');
        if (before == 0 || text.data[before - 1] != '\n') break;
        text.size = before;
    }
    return text;
}

void cut_begin(Cut *cut, Str text, size_t body) {
    *cut = (Cut){.text = text, .body = body, .end = text.size};
    while (cut->end > 0 && text.data[cut->end - 1] != '\n') cut->end--;
    if (cut->end > body) cut->units = (cut->end - body + CUT_UNIT - 1) / CUT_UNIT;
}

void cut_end(Cut *cut) { memory_free(cut->inside); }

bool cut_find_quotes(Cut *cut) {
    cut->inside = memory_new(cut->units + 1, sizeof *cut->inside);
    bool inside = false;
    for (size_t i = 0; i < cut->units; i++) {
        cut->inside[i] = inside;
        size_t from = cut->body + i * CUT_UNIT, to = from + CUT_UNIT;
        Str part = str_slice(cut->text, from, to < cut->end ? to : cut->end);
        for (size_t at = str_find(part, '"', 0); at < part.size; at = str_find(part, '"', at + 1))
            inside = !inside;
    }
    cut->inside[cut->units] = inside;
    return !inside;
}

size_t cut_start(const Cut *cut, size_t number) {
    size_t at = cut->body + number * CUT_UNIT;
    if (number == 0) return cut->body;
    if (at >= cut->end) return cut->end;
    if (!cut->inside) {
        const char *line = memchr(cut->text.data + at - 1, '\n', cut->end - at + 1);
        return (size_t)(line - cut->text.data) + 1;
    }
    bool quoted = cut->inside[number];
    if (cut->text.data[at - 1] == '\n' && !quoted) return at;
    for (; at < cut->end; at++) {
        if (cut->text.data[at] == '"') quoted = !quoted;
        if (cut->text.data[at] == '\n' && !quoted) return at + 1;
    }
    return cut->end;
}

Str cut_close(const Cut *cut, size_t from, size_t lead, Buffer *out) {
    bool returns = cut->end > 1 && cut->text.data[cut->end - 2] == '\r' && !str_ends(cut->text, STR("\r"));
    buffer_add_repeat(out, '\n', lead);
    buffer_add(out, str_slice(cut->text, from, cut->text.size));
    buffer_add(out, returns ? STR("\r\n") : STR("\n"));
    return str_slice(buffer_view(out), lead, out->size);
}
