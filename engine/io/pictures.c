#include "io/pictures.h"

#include "base/module.h"

bool pictures_ready(Str format, Diag *diag) {
    Diag *unheard = diag_new(); /* a document without pictures is still one: no error */
    const PagesWriter *writer = module_load("pdf", format, unheard);
    MessageId cause = writer ? TEXT_NO_PICTURES_FONT : TEXT_NO_PICTURES_MODULE;
    diag_free(unheard);
    if (writer && writer->has_korean()) return true;
    diag_add(diag, MESSAGE_NO_PICTURES, NULL, format, message_words(cause));
    return false;
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

static bool draw(const PageDrawing *drawings, const Pictures *pictures, Package *package, Str format,
                 Arena *arena, Diag *diag) {
    const PagesWriter *writer = module_load("pdf", format, diag);
    PagesDrawn drawn = {0};
    if (!writer) return false;
    Buffer *made = arena_new(arena, pictures->count, sizeof *made);
    bool good = writer->draw(drawings, pictures->count, made, &drawn);
    for (size_t i = 0; i < pictures->count; i++) {
        PackagePart *part = &package->parts[pictures->list[i].part];
        part->text = arena_copy(arena, buffer_view(&made[i]));
        part->binary = true;
        buffer_release(&made[i]);
    }
    if (!good)
        diag_add(diag, MESSAGE_FILE_WRITE, NULL, format, message_words(TEXT_CAUSE_MEMORY));
    else if (drawn.unknown)
        diag_add(diag, MESSAGE_FONT_LACKS, NULL, arena_format(arena, "%zu", drawn.unknown));
    return good;
}

bool pictures_draw(const Pictures *pictures, Package *package, Str format, const Place *place, Arena *arena,
                   Diag *diag) {
    Walk walk = {.arena = arena, .diag = diag, .place = place};
    if (!pictures->count) return true;
    PageDrawing *drawings = arena_new(arena, pictures->count, sizeof *drawings);
    read_drawings(&walk, pictures, drawings);
    buffer_release(&walk.path);
    return !walk.faults && draw(drawings, pictures, package, format, arena, diag);
}
