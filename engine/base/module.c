#include "base/module.h"

#include "base/file.h"

#include <dlfcn.h>
#include <link.h>
#include <unistd.h>

/* Debian packages: what a module is built with, and what it runs with. */
static const struct {
    const char *module, *build, *run;
} packages[] = {
    {"office", "libminizip-dev libexpat1-dev", "libminizip1 libexpat1"},
    {"sqlite", "libsqlite3-dev", "libsqlite3-0"},
    {"pdf", "libcairo2-dev libpango1.0-dev", "libcairo2 libpangocairo-1.0-0"},
    {"store", "libsqlite3-dev", "libsqlite3-0"},
    {"zip", "libminizip-dev", "libminizip1"},
    {"xlsxwrite", "libxlsxwriter-dev", "libxlsxwriter4"},
};

/* Of the program the system knows better than its loader, which has the name that it was called by. */
Str module_place(Arena *arena) {
    char program[4096];
    Dl_info info;
    void *found = NULL;
    bool loaded = dladdr1(packages, &info, &found, RTLD_DL_LINKMAP) != 0;
    const char *library = loaded && found ? ((const struct link_map *)found)->l_name : "";
    if (*library) return *library == '/' ? arena_copy(arena, str_of(library)) : STR("");
    ssize_t size = readlink("/proc/self/exe", program, sizeof program);
    return size > 0 ? arena_copy(arena, (Str){program, (size_t)size}) : STR("");
}

/* The file of a module, seen from the place of this code; data NULL where there is none. Tests stand one
 * folder below the program; a library lies beside bin/, or one folder deeper. */
static Str find(Arena *arena, const char *name) {
    static const char *const folders[] = {"modules", "../modules", "../lib/perfeval", "perfeval",
                                          "../perfeval"};
    Str place = module_place(arena);
    for (size_t i = 0; place.size && i < sizeof folders / sizeof *folders; i++) {
        Str folder = path_join(arena, path_folder(arena, place), str_of(folders[i]));
        Str path = arena_format(arena, "%.*s/%s.so", STR_FMT(folder), name);
        if (file_exists(path)) return path;
    }
    return (Str){NULL, 0};
}

bool module_exists(const char *name) {
    Arena arena = {0};
    bool found = find(&arena, name).data != NULL;
    arena_release(&arena);
    return found;
}

static const Module *open_module(Str path, Str *cause) {
    void *handle = dlopen(path.data, RTLD_NOW | RTLD_LOCAL); /* stays open: there is nothing to give back */
    const Module *module = handle ? dlsym(handle, "perfeval_module") : NULL;
    if (!module) {
        *cause = str_of(dlerror());
        return NULL;
    }
    if (module->abi == MODULE_ABI && module->messages == MESSAGE_COUNT &&
        str_is(str_of(module->version), PERFEVAL_VERSION))
        return module;
    *cause = message_words(TEXT_CAUSE_OTHER_BUILD);
    return NULL;
}

const void *module_load(const char *name, Str use, Diag *diag) {
    Arena arena = {0};
    size_t entry = 0;
    while (entry + 1 < sizeof packages / sizeof *packages && !str_is(str_of(name), packages[entry].module))
        entry++;
    Str path = find(&arena, name), cause = {NULL, 0};
    const Module *module = path.data ? open_module(path, &cause) : NULL;
    if (!path.data)
        diag_add(diag, MESSAGE_MODULE_MISSING, NULL, use, str_of(name), str_of(packages[entry].build));
    else if (!module)
        diag_add(diag, MESSAGE_MODULE_BROKEN, NULL, path, cause, str_of(packages[entry].run));
    const void *functions = module ? module->functions : NULL;
    arena_release(&arena);
    return functions;
}
