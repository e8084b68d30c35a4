#include "app/inputs.h"

#include "base/memory.h"

#include <string.h>

#define SCRIPT "script"

/* A script's path from its folder scripts/ on. */
static Str script_name(Str path) {
    size_t at = path.size;
    while (at > 0 && !str_starts(str_slice(path, at, path.size), STR("scripts/"))) at--;
    return str_slice(path, at, path.size);
}

/* Where a new input belongs. */
static size_t find_place(const Inputs *inputs, const char *kind, Str path) {
    bool script = strcmp(kind, SCRIPT) == 0;
    Str name = script_name(path);
    size_t at = inputs->count;
    while (at > 0 && strcmp(inputs->items[at - 1].kind, SCRIPT) == 0 &&
           (!script || str_compare(name, script_name(inputs->items[at - 1].path)) < 0))
        at--;
    return at;
}

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
    size_t at = find_place(inputs, kind, path);
    Input *input = &inputs->items[at];
    memmove(input + 1, input, (inputs->count++ - at) * sizeof *input);
    *input = (Input){kind, arena_copy(&inputs->arena, path), bytes, digest_of(bytes)};
    if (copy) input->bytes = arena_copy(&inputs->arena, bytes);
}

static void seen(void *context, const Script *script) {
    Inputs *inputs = context;
    pthread_mutex_lock(&inputs->lock);
    inputs_add(inputs, SCRIPT, script->path, script->source, true);
    pthread_mutex_unlock(&inputs->lock);
}

const ScriptWatch *inputs_watch(Inputs *inputs) {
    if (!inputs->watch.seen) pthread_mutex_init(&inputs->lock, NULL);
    inputs->watch = (ScriptWatch){inputs, seen};
    return &inputs->watch;
}

const Input *inputs_find(const Inputs *inputs, const char *kind) {
    for (size_t i = 0; i < inputs->count; i++)
        if (strcmp(inputs->items[i].kind, kind) == 0) return &inputs->items[i];
    return NULL;
}

const Input *inputs_script(const Inputs *inputs, Str path) {
    Str name = script_name(path);
    for (size_t i = 0; i < inputs->count; i++) {
        const Input *input = &inputs->items[i];
        if (strcmp(input->kind, SCRIPT) == 0 && str_equal(script_name(input->path), name)) return input;
    }
    return NULL;
}

void inputs_release(Inputs *inputs) {
    memory_free(inputs->items);
    arena_release(&inputs->arena);
    if (inputs->watch.seen) pthread_mutex_destroy(&inputs->lock);
    *inputs = (Inputs){0};
}
