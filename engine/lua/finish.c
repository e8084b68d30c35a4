#include "lua/finish.h"

#include "io/pages.h"
#include "io/workbook_write.h"
#include "lua/parts.h"
#include "lua/sheets.h"

static bool draw_pages(const FinishJob *job, Str answered, Arena *arena, Buffer *drawn, Diag *diag) {
    WireReader reader = {.bytes = answered};
    const Tree *tree = wire_tree(&reader, arena);
    Place place = {.file = job->script};
    if (!tree || !wire_done(&reader)) {
        diag_add(diag, MESSAGE_WORKER_PROTOCOL, NULL, message_words(TEXT_PROTOCOL_PAGES));
        return false;
    }
    const Pages *pages = pages_read(tree, &place, arena, diag);
    return pages && pages_write(pages, job->use, drawn, diag);
}

static bool pack_parts(const FinishJob *job, Str answered, Arena *arena, Buffer *packed, Diag *diag) {
    Package package = {0};
    Pictures pictures;
    Place place = {.file = job->script};
    if (parts_take(answered, arena, &package, &pictures))
        return pictures_draw(&pictures, &package, job->use, &place, arena, diag) &&
               package_write(&package, job->format, packed, diag);
    diag_add(diag, MESSAGE_WORKER_PROTOCOL, NULL, message_words(TEXT_PROTOCOL_PARTS));
    return false;
}

static bool draw_workbook(const FinishJob *job, Str answered, Arena *arena, Buffer *drawn, Diag *diag) {
    Workbook workbook = {0};
    Place place = {.file = job->script};
    if (sheets_take(answered, arena, &workbook))
        return workbook_write(&workbook, job->use, &place, drawn, diag);
    diag_add(diag, MESSAGE_WORKER_PROTOCOL, NULL, message_words(TEXT_PROTOCOL_WORKBOOK));
    return false;
}

bool finish_answer(const FinishJob *job, Buffer *answered, Arena *arena, Diag *diag) {
    Buffer made = {0};
    bool done = false;
    char kind = 0;
    if (answered->size) kind = answered->data[--answered->size];
    if (kind == ANSWER_TEXT) return true;
    Str bytes = buffer_view(answered);
    if (kind == ANSWER_PAGES)
        done = draw_pages(job, bytes, arena, &made, diag);
    else if (kind == ANSWER_WORKBOOK)
        done = draw_workbook(job, bytes, arena, &made, diag);
    else
        done = pack_parts(job, bytes, arena, &made, diag);
    buffer_release(answered);
    *answered = made;
    return done;
}
