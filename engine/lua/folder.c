#include "lua/folder.h"

#include "base/file.h"
#include "base/text.h"
#include "model/schema.h"

#include <errno.h>
#include <string.h>
#include <utf8proc.h>

#define NAME_BYTES 100

/* Folders looked at on the way up; the root ends it earlier. */
#define PARENTS 64

/* Why a file that was looked for a moment ago could not be seen; 0 where it only is not there. */
static int unseen(void) { return errno == EIO || errno == ENOMEM || errno == EINTR ? errno : 0; }

static bool is_root(Arena *arena, Str folder) {
    Str up = path_join(arena, folder, STR(".."));
    return path_inside(folder, up);
}

Folders folder_for_rules(Arena *arena, Str rule_file, Str share) {
    Str own = path_folder(arena, rule_file), folder = own;
    Folders folders = {.project = own, .share = arena_copy(arena, share)};
    for (int i = 0; i < PARENTS; i++) {
        errno = 0;
        bool holds_rules = file_is_folder(path_join(arena, folder, STR("rules")));
        if (holds_rules && !file_is_common_folder(folder)) {
            folders.project = folder;
            break;
        }
        folders.cause = unseen();
        if (folders.cause || is_root(arena, folder)) break;
        folder = path_join(arena, folder, STR(".."));
    }
    return folders;
}

static bool is_letter(int32_t character) {
    if (character < 0x80)
        return (character >= '0' && character <= '9') || (character >= 'A' && character <= 'Z') ||
               (character >= 'a' && character <= 'z') || character == '_' || character == '-';
    utf8proc_category_t category = utf8proc_category(character);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO; /* letters, marks, numbers */
}

static bool is_name(Str name) {
    if (name.size == 0 || name.size > NAME_BYTES || text_invalid(name) != name.size) return false;
    for (size_t at = 0; at < name.size;)
        if (!is_letter(text_next(name, &at))) return false;
    return true;
}

static Str script_path(Arena *arena, Str folder, const char *kind, Str name) {
    const char *between = *kind ? "/" : "";
    return path_join(arena, folder,
                     arena_format(arena, "scripts/%s%s%.*s.lua", kind, between, STR_FMT(name)));
}

/* The folders that are looked in, each once; their number. */
static size_t script_folders(const Folders *folders, const char *kind, Arena *arena, Str out[2]) {
    out[0] = path_folder(arena, script_path(arena, folders->project, kind, STR("x")));
    if (!folders->share.size) return 1;
    out[1] = path_folder(arena, script_path(arena, folders->share, kind, STR("x")));
    bool same = file_is_folder(out[0]) && path_inside(out[0], out[1]) && path_inside(out[1], out[0]);
    return same ? 1 : 2;
}

static bool is_among(Str name, const Str *names, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (str_equal(name, names[i])) return true;
    return false;
}

/* The names of the scripts in all places, each once. */
static Str *script_names(Arena *arena, const Str *places, size_t place_count, size_t *count) {
    Str *names = NULL;
    *count = 0;
    for (size_t i = 0; i < place_count; i++) {
        size_t found;
        const Str *here = file_list(arena, places[i], STR(".lua"), &found);
        Str *all = arena_new(arena, *count + found, sizeof *all);
        if (*count) memcpy(all, names, *count * sizeof *all);
        names = all;
        for (size_t n = 0; n < found; n++)
            if (!is_among(here[n], names, *count)) names[(*count)++] = here[n];
    }
    return names;
}

static bool not_found(const Folders *folders, const char *kind, Str name, Arena *arena, Diag *diag) {
    Str places[2];
    size_t count = script_folders(folders, kind, arena, places);
    Str shown = places[0];
    if (count == 2) shown = arena_format(arena, "%.*s, %.*s", STR_FMT(places[0]), STR_FMT(places[1]));
    diag_add(diag, MESSAGE_SCRIPT_NOT_FOUND, NULL, name, shown);
    Str *names = script_names(arena, places, count, &count);
    if (!schema_suggest(diag, name, names, count)) schema_list_words(diag, TEXT_HINT_SCRIPTS, names, count);
    return false;
}

static bool outside(Str path, const Folders *folders, const Place *place, Diag *diag) {
    if (folders->cause)
        diag_add(diag, MESSAGE_FILE_OPEN, place, path, file_cause(folders->cause));
    else
        diag_add(diag, MESSAGE_FILE_OUTSIDE, place, path, folders->project);
    return false;
}

bool folder_read_script(const Folders *folders, const char *kind, Str name, Arena *arena, Script *out,
                        Diag *diag) {
    if (!is_name(name)) {
        diag_add(diag, MESSAGE_SCRIPT_NAME, NULL, name);
        return false;
    }
    out->path = script_path(arena, folders->project, kind, name);
    errno = 0;
    bool own = file_exists(out->path) || unseen(); /* reading it will tell */
    if (!own) {
        out->path = script_path(arena, folders->share, kind, name);
        if (!folders->share.size || !file_exists(out->path))
            return not_found(folders, kind, name, arena, diag);
    }
    /* A project may come from anybody, and Lua's messages quote what they read. */
    if (own && !folders->outside && !path_inside(folders->project, out->path))
        return outside(out->path, folders, NULL, diag);
    if (!file_read_text(out->path, FOLDER_SOURCE_LIMIT, arena, &out->source, diag)) return false;
    folder_tell(folders, out);
    return true;
}

void folder_tell(const Folders *folders, const Script *script) {
    if (folders->watch) folders->watch->seen(folders->watch->context, script);
}

/* ---- what to do about a file that is not there */

static const char *const suffixes[] = {".lua",  ".csv",   ".xlsx", ".tsv", ".ods",
                                       ".json", ".jsonl", ".hwpx", ".xls"};
#define SUFFIX_COUNT (sizeof suffixes / sizeof *suffixes)

bool folder_suggest_file(Str path, Diag *diag) {
    Arena arena = {0};
    size_t count;
    Str folder = path_folder(&arena, path);
    Str *names = file_list(&arena, folder, STR(""), &count);
    Str near = text_nearest(path_name(path), names, count);
    if (near.size) diag_hint(diag, TEXT_DID_YOU_MEAN, path_join(&arena, folder, near));
    arena_release(&arena);
    return near.size > 0;
}

/* A rule file in the folder, or else a data file. */
static void hint_file_in(Str folder, Arena *arena, Diag *diag) {
    for (size_t i = 0; i < SUFFIX_COUNT; i++) {
        size_t count;
        Str suffix = str_of(suffixes[i]), *names = file_list(arena, folder, suffix, &count);
        if (!count) continue;
        Str name = arena_format(arena, "%.*s%.*s", STR_FMT(names[0]), STR_FMT(suffix));
        diag_hint(diag, TEXT_HINT_IN_FOLDER, path_join(arena, folder, name));
        return;
    }
}

static void hint_missing_folder(Str path, Arena *arena, Diag *diag) {
    Str missing = {"", 0}, folder = path_folder(arena, path);
    for (int i = 0; i < PARENTS && !file_exists(folder) && !str_is(folder, "."); i++) {
        missing = folder;
        folder = path_folder(arena, folder);
    }
    if (missing.size) diag_hint(diag, TEXT_HINT_NO_FOLDER, missing);
}

void folder_hint_file(Str path, Diag *diag) {
    size_t count = diag_count(diag);
    if (!count || diag_item(diag, count - 1)->message != MESSAGE_FILE_OPEN || str_is(path, "-")) return;
    Arena arena = {0};
    if (file_is_folder(path))
        hint_file_in(path, &arena, diag);
    else if (!file_exists(path) && !folder_suggest_file(path, diag))
        hint_missing_folder(path, &arena, diag);
    arena_release(&arena);
}

void folder_hint_data(Str path, Diag *diag) {
    for (size_t i = 1; i < SUFFIX_COUNT; i++)
        if (str_ends(path, str_of(suffixes[i]))) diag_hint_plain(diag, TEXT_HINT_DATA_FILE);
}

bool folder_read_rules(Str path, Arena *arena, Script *out, Diag *diag) {
    out->path = arena_copy(arena, path);
    return file_read_text(path, FOLDER_SOURCE_LIMIT, arena, &out->source, diag);
}

bool folder_resolve(const Folders *folders, Str rule_file, Str path, const Place *place, Arena *arena,
                    Str *out, Diag *diag) {
    bool possible = path.size > 0 && !memchr(path.data, '\0', path.size);
    *out = path_join(arena, path_folder(arena, rule_file), path);
    if (possible && (folders->outside || path_inside(folders->project, *out))) return true;
    return outside(path, folders, place, diag);
}

/* ---- ahead */

/* Behind the next require(" at `from`; the end of the source when there is none. */
static size_t next_name(Str source, size_t from) {
    static const char call[] = "require(\"";
    if (from >= source.size) return source.size;
    const char *found = memmem(source.data + from, source.size - from, call, sizeof call - 1);
    return found ? (size_t)(found - source.data) + sizeof call - 1 : source.size;
}

static void read_one(Ahead *ahead, const Folders *folders, Str name, Arena *arena) {
    if (ahead->count == FOLDER_AHEAD || folder_find_ahead(ahead, name)) return;
    Diag *faults = diag_new();
    Script *script = &ahead->scripts[ahead->count];
    Folders untold = *folders;
    untold.watch = NULL;
    if (folder_read_script(&untold, "", name, arena, script, faults)) {
        ahead->names[ahead->count++] = name;
        folder_read_ahead(ahead, folders, script->source, arena); /* as deep as there are scripts */
    }
    diag_free(faults);
}

void folder_read_ahead(Ahead *ahead, const Folders *folders, Str source, Arena *arena) {
    for (size_t at = next_name(source, 0); at < source.size; at = next_name(source, at))
        read_one(ahead, folders, str_slice(source, at, str_find(source, '"', at)), arena);
}

const Script *folder_find_ahead(const Ahead *ahead, Str name) {
    for (size_t i = 0; i < ahead->count; i++)
        if (str_equal(ahead->names[i], name)) return &ahead->scripts[i];
    return NULL;
}
