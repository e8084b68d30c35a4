#include "app/inputs.h"

#include "base/memory.h"

#include <string.h>

void inputs_add(Inputs *inputs, const char *kind, Str path, Str bytes, bool copy) {
    if (!inputs) return;
    for (size_t i = 0; i < inputs->count; i++) {
        const Input *old = &inputs->items[i];
        if (strcmp(old->kind, kind) == 0 && str_equal(old->path, path)) return;
    }
    if (inputs->count == inputs->room) {
        inputs->room = inputs->room ? 2 * inputs->room : 16;
        inputs->items = memory_resize(inputs->items, inputs->room, sizeof *inputs->items);
    }
    Input *input = &inputs->items[inputs->count++];
    *input = (Input){kind, arena_copy(&inputs->arena, path), bytes, digest_of(bytes)};
    if (copy) input->bytes = arena_copy(&inputs->arena, bytes);
}

static void seen(void *context, const Script *script) {
    inputs_add(context, "script", script->path, script->source, true);
}

const ScriptWatch *inputs_watch(Inputs *inputs) {
    inputs->watch = (ScriptWatch){inputs, seen};
    return &inputs->watch;
}

const Input *inputs_find(const Inputs *inputs, const char *kind) {
    for (size_t i = 0; i < inputs->count; i++)
        if (strcmp(inputs->items[i].kind, kind) == 0) return &inputs->items[i];
    return NULL;
}

void inputs_release(Inputs *inputs) {
    memory_free(inputs->items);
    arena_release(&inputs->arena);
    *inputs = (Inputs){0};
}
