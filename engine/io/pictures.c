#include "io/pictures.h"

#include "base/apart.h"
#include "base/memory.h"
#include "base/wire.h"

/* Whether there is a module, and a font. */
static bool look_for_font(void *context, Buffer *out) {
    const ApartUse *use = context;
    const PagesWriter *writer = pages_load_writer(use->name, out);
    bool found = false;
    if (writer && !writer->has_korean(&found)) return false;
    wire_add_u32(out, found);
    return true;
}

bool pictures_ready(ApartUse use, Diag *diag) {
    Buffer found = {0};
    bool looked = apart_run(look_for_font, &use, APART_DRAWS, use, &found, diag);
    WireReader reader = {buffer_view(&found), 0, false};
    bool module = looked && pages_has_writer(&reader, NULL), ready = module && wire_u32(&reader);
    buffer_release(&found);
    if (!looked || ready) return ready;
    MessageId cause = module ? TEXT_NO_PICTURES_FONT : TEXT_NO_PICTURES_MODULE;
    diag_add(diag, MESSAGE_NO_PICTURES, NULL, use.name, message_words(cause));
    return false; /* a document without pictures is still one */
}

static void check_side(Walk *w, const char *name, double units, double scale) {
    if (units * scale <= PICTURE_SIDE) return;
    size_t from = walk_enter(w, name);
    walk_fault(w, TEXT_DOCUMENT_RANGE, STR("1"), arena_format(w->arena, "%g", PICTURE_SIDE / scale));
    walk_leave(w, from);
}

static void read_drawings(Walk *w, const Pictures *pictures, PageDrawing *drawings) {
    Looks looks = {0};
    size_t room = DRAWING_SHAPES;
    drawing_looks(w, pictures->looks, &looks);
    for (size_t i = 0; i < pictures->count && !w->faults; i++) {
        size_t list = walk_enter(w, "parts"), at = walk_enter_at(w, pictures->list[i].part);
        walk_enter(w, "drawing");
        drawing_read(w, pictures->list[i].drawing, &looks, &room, &drawings[i]);
        check_side(w, "width", drawings[i].width, drawings[i].scale);
        check_side(w, "height", drawings[i].height, drawings[i].scale);
        walk_leave(w, at), walk_leave(w, list);
    }
}

typedef struct Task {
    const PageDrawing *drawings;
    size_t count;
    Str use;
} Task;

/* Whether there is a module, characters without a glyph, then the pictures. */
static bool draw_all(void *context, Buffer *out) {
    const Task *task = context;
    const PagesWriter *writer = pages_load_writer(task->use, out);
    PagesDrawn drawn = {0};
    Buffer *made = memory_new(task->count, sizeof *made);
    bool good = !writer || writer->draw(task->drawings, task->count, made, &drawn);
    wire_add_u32(out, (uint32_t)drawn.unknown);
    for (size_t i = 0; i < task->count; i++) {
        wire_add_text(out, buffer_view(&made[i]));
        buffer_release(&made[i]);
    }
    memory_free(made);
    return good;
}

static bool draw(const PageDrawing *drawings, const Pictures *pictures, Package *package, ApartUse use,
                 Arena *arena, Diag *diag) {
    Task task = {drawings, pictures->count, use.name};
    Buffer made = {0};
    bool good = apart_run(draw_all, &task, APART_DRAWS, use, &made, diag);
    WireReader reader = {buffer_view(&made), 0, false};
    good = good && pages_has_writer(&reader, diag);
    uint32_t unknown = good ? wire_u32(&reader) : 0;
    for (size_t i = 0; good && i < pictures->count; i++) {
        PackagePart *part = &package->parts[pictures->list[i].part];
        part->text = arena_copy(arena, wire_text(&reader));
        part->binary = true;
    }
    if (unknown) diag_add(diag, MESSAGE_FONT_LACKS, NULL, arena_format(arena, "%u", unknown));
    buffer_release(&made);
    return good;
}

bool pictures_draw(const Pictures *pictures, Package *package, ApartUse use, const Place *place, Arena *arena,
                   Diag *diag) {
    Walk walk = {.arena = arena, .diag = diag, .place = place};
    if (!pictures->count) return true;
    PageDrawing *drawings = arena_new(arena, pictures->count, sizeof *drawings);
    read_drawings(&walk, pictures, drawings);
    buffer_release(&walk.path);
    return !walk.faults && draw(drawings, pictures, package, use, arena, diag);
}
