#include "model/drawing.h"

#include "base/arena.h"
#include "base/text.h"

static void add_xml(Buffer *out, Str text) {
    Buffer visible = {0};
    text_add_visible(&visible, text);
    for (size_t i = 0; i < visible.size; i++) {
        char c = visible.data[i];
        if (c == '<')
            buffer_add(out, STR("&lt;"));
        else if (c == '>')
            buffer_add(out, STR("&gt;"));
        else if (c == '&')
            buffer_add(out, STR("&amp;"));
        else if (c == '"')
            buffer_add(out, STR("&quot;"));
        else
            buffer_add_char(out, c);
    }
    buffer_release(&visible);
}

/* <name attribute="value"…: attributes follow, then one of svg_close, svg_body. */
void svg_open(Buffer *out, const char *name) { buffer_addf(out, "<%s", name); }

void svg_word(Buffer *out, const char *name, const char *value) {
    buffer_addf(out, " %s=\"%s\"", name, value);
}

void svg_number(Buffer *out, const char *name, double value) {
    buffer_addf(out, " %s=\"%.1f\"", name, value);
}

void svg_close(Buffer *out) { buffer_add(out, STR("/>\n")); }

void svg_body(Buffer *out, const char *name, Str text) {
    buffer_add_char(out, '>');
    add_xml(out, text);
    buffer_addf(out, "</%s>\n", name);
}

void svg_label(Buffer *out, double x, double y, const char *anchor, Str text) {
    svg_open(out, "text");
    svg_number(out, "x", x);
    svg_number(out, "y", y);
    svg_word(out, "text-anchor", anchor);
    svg_body(out, "text", text);
}

void svg_count(Buffer *out, double x, double y, const char *anchor, size_t count) {
    Arena arena = {0};
    svg_label(out, x, y, anchor, arena_format(&arena, "%zu", count));
    arena_release(&arena);
}

void svg_begin(Buffer *out, int width, int height, Str title) {
    svg_open(out, "svg");
    svg_word(out, "xmlns", "http://www.w3.org/2000/svg");
    buffer_addf(out, " viewBox=\"0 0 %d %d\"", width, height);
    svg_word(out, "role", "img");
    svg_word(out, "font-family", "sans-serif");
    svg_word(out, "font-size", "12");
    svg_word(out, "fill", "#222222");
    buffer_add(out, STR(">\n<title"));
    svg_body(out, "title", title);
    svg_open(out, "rect");
    svg_word(out, "width", "100%");
    svg_word(out, "height", "100%");
    svg_word(out, "fill", "#ffffff");
    svg_close(out);
}

void svg_end(Buffer *out) { buffer_add(out, STR("</svg>\n")); }
