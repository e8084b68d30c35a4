#include "model/seams.h"

#include "base/memory.h"

#include <string.h>

void seams_begin(Seams *seams, const Cut *cut) {
    *seams = (Seams){.cut = cut, .parts = memory_new(cut->units, sizeof *seams->parts)};
}

void seams_end(Seams *seams) {
    for (size_t i = 0; seams->parts && i < seams->cut->units; i++) memory_free(seams->parts[i].edges);
    memory_free(seams->parts);
    memory_free(seams->items);
    *seams = (Seams){0};
}

static void keep_edges(UnitPart *part, const char *text, size_t to) {
    size_t head = part->begin - part->from, tail = to - part->end;
    if (head + tail > SEAMS_KEPT) return;
    part->edges = memory_resize(NULL, head + tail, 1);
    memcpy(part->edges, text + part->from, head);
    memcpy(part->edges + head, text + part->end, tail);
}

void seams_note(Seams *seams, size_t number, size_t from, size_t to, size_t begin, size_t end) {
    UnitPart *part = &seams->parts[number];
    *part = (UnitPart){.from = from, .begin = begin, .end = end, .judged = true};
    keep_edges(part, seams->cut->text.data, to);
}

static void add_seam(Seams *seams, size_t begin, size_t end, size_t unit) {
    if (begin < end) seams->items[seams->count++] = (Seam){begin, end, unit};
}

void seams_find(Seams *seams) {
    const Cut *cut = seams->cut;
    seams->items = memory_new(cut->units + 1, sizeof *seams->items);
    size_t judged = cut->body;
    for (size_t i = 0; i < cut->units; i++) {
        const UnitPart *part = &seams->parts[i];
        if (!part->judged) continue;
        bool kept = i > 0 && part->edges && part[-1].edges;
        add_seam(seams, judged, part->begin, kept ? i : 0);
        judged = part->end;
    }
    add_seam(seams, judged, cut->text.size, 0);
}

Str seams_kept(const Seams *seams, const Seam *seam, size_t lead, Buffer *out) {
    const UnitPart *part = &seams->parts[seam->unit], *before = part - 1;
    buffer_add_repeat(out, '\n', lead);
    buffer_add(out, (Str){before->edges + (before->begin - before->from), part->from - seam->begin});
    buffer_add(out, (Str){part->edges, seam->end - part->from});
    return str_slice(buffer_view(out), lead, out->size);
}
