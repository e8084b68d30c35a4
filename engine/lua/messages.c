#include "lua/messages.h"

void messages_add(Buffer *out, const Diag *diag) {
    size_t count = diag ? diag_count(diag) : 0;
    wire_add_u32(out, (uint32_t)count);
    for (size_t i = 0; i < count; i++) {
        const DiagItem *item = diag_item(diag, i);
        wire_add_u32(out, item->message);
        wire_add_text(out, item->place.file);
        wire_add_u32(out, item->place.line);
        wire_add_u32(out, item->place.column);
        wire_add_u32(out, item->place.span);
        wire_add_text(out, item->place.source);
        wire_add_u32(out, (uint32_t)item->argument_count);
        for (size_t j = 0; j < item->argument_count; j++) wire_add_text(out, item->arguments[j]);
        for (size_t j = 0; j < LANGUAGE_COUNT; j++) wire_add_text(out, item->hint[j]);
    }
}

static void read_message(WireReader *reader, Diag *diag) {
    uint32_t id = wire_u32(reader);
    Place place = {.file = wire_text(reader)};
    place.line = wire_u32(reader);
    place.column = wire_u32(reader);
    place.span = wire_u32(reader);
    place.source = wire_text(reader);
    size_t count = wire_u32(reader);
    Str arguments[DIAG_ARGUMENTS], hint[LANGUAGE_COUNT];
    if (count > DIAG_ARGUMENTS || id >= MESSAGE_COUNT || message_get((MessageId)id).severity == SEVERITY_TEXT)
        reader->bad = true;
    for (size_t i = 0; i < count && !reader->bad; i++) arguments[i] = wire_text(reader);
    for (size_t i = 0; i < LANGUAGE_COUNT; i++) hint[i] = wire_text(reader);
    if (reader->bad) return;
    diag_add_list(diag, (MessageId)id, &place, arguments, count);
    diag_hint_copy(diag, hint);
}

bool messages_read(WireReader *reader, Diag *diag) {
    size_t before = diag_total(diag, SEVERITY_ERROR);
    uint32_t count = wire_u32(reader);
    if (count > DIAG_KEPT) reader->bad = true;
    for (uint32_t i = 0; i < count && !reader->bad; i++) read_message(reader, diag);
    return !reader->bad && diag_total(diag, SEVERITY_ERROR) == before;
}
