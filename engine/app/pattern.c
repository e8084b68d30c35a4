#include "app/pattern.h"

#include "base/file.h"
#include "base/text.h"

#include <string.h>
#include <strings.h>

static const char *const names[PATTERN_NAMES] = {"{year}", "{period}", "{office}", "{name}"};
enum { YEAR = 0, NAME = 3 };

/* The name that begins here; PATTERN_NAMES when none does. */
static size_t name_at(Str text) {
    size_t name = 0;
    while (name < PATTERN_NAMES && !str_starts(text, str_of(names[name]))) name++;
    return name;
}

/* Names that stand for devices on Windows, whatever comes behind a dot. */
static bool is_device(Str name) {
    static const char *const devices[] = {"CON", "PRN", "AUX", "NUL", "COM", "LPT"};
    Str stem = str_slice(name, 0, str_find(name, '.', 0));
    for (size_t i = 0; i < sizeof devices / sizeof *devices; i++) {
        if (stem.size < 3 || strncasecmp(stem.data, devices[i], 3) != 0) continue;
        if (i < 4 ? stem.size == 3 : stem.size == 4 && stem.data[3] >= '1' && stem.data[3] <= '9')
            return true;
    }
    return false;
}

bool pattern_is_file_name(Str name) {
    if (!name.size || name.size > PATTERN_NAME_BYTES || !text_is_visible(name) || is_device(name))
        return false;
    char first = name.data[0], last = name.data[name.size - 1];
    if (first == '.' || first == '-' || first == ' ' || last == '.' || last == ' ') return false;
    for (size_t i = 0; i < name.size; i++)
        if (strchr("/\\<>:\"|?*", name.data[i])) return false;
    return true;
}

static Str rest_of(Str text, size_t from) { return str_slice(text, from, text.size); }

bool pattern_is_sound(Str pattern) {
    for (size_t i = 0; i < pattern.size; i++)
        if (pattern.data[i] == '{' && name_at(rest_of(pattern, i)) == PATTERN_NAMES) return false;
    return true;
}

bool pattern_is_open(Str pattern) {
    return str_find(pattern, '*', 0) < pattern.size || str_find(pattern, '{', 0) < pattern.size;
}

static bool is_year(Str text) {
    bool digits = text.size == 4;
    for (size_t i = 0; i < text.size; i++) digits &= text.data[i] >= '0' && text.data[i] <= '9';
    return digits;
}

static bool match(Str pattern, Str text, Found *found);

/* The first `size` bytes of the text for a name, the rest for the rest. */
static bool match_name(size_t name, Str pattern, Str text, Found *found) {
    Str *known = &found->names[name], before = *known;
    for (size_t size = 1; size <= text.size; size++) {
        Str part = str_slice(text, 0, size);
        if ((name == YEAR && !is_year(part)) || (before.size && !str_equal(before, part))) continue;
        *known = part;
        if (match(pattern, rest_of(text, size), found)) return true;
    }
    *known = before;
    return false;
}

/* One part of a path against one name of a file. */
static bool match(Str pattern, Str text, Found *found) {
    while (pattern.size) {
        if (pattern.data[0] == '*') {
            for (size_t size = 0; size <= text.size; size++)
                if (match(rest_of(pattern, 1), rest_of(text, size), found)) return true;
            return false;
        }
        size_t name = name_at(pattern);
        if (name < PATTERN_NAMES)
            return match_name(name, rest_of(pattern, str_of(names[name]).size), text, found);
        if (!text.size || text.data[0] != pattern.data[0]) return false;
        pattern = rest_of(pattern, 1);
        text = rest_of(text, 1);
    }
    return text.size == 0;
}

typedef struct Search {
    Arena *arena;
    Found *items;
    size_t count, room;
} Search;

static void add(Search *search, const Found *found) {
    if (search->count == search->room) {
        size_t room = 2 * search->room + 8;
        Found *more = arena_new(search->arena, room, sizeof *more);
        for (size_t i = 0; i < search->count; i++) more[i] = search->items[i];
        search->items = more;
        search->room = room;
    }
    search->items[search->count++] = *found;
}

/* A file's name without what stands behind its last dot. */
static Str stem_of(Str name) {
    for (size_t i = name.size; i > 1; i--)
        if (name.data[i - 1] == '.') return str_slice(name, 0, i - 1);
    return name;
}

static void finish(Search *search, Found found) {
    Str stem = stem_of(path_name(found.path));
    if (!found.names[NAME].size) found.names[NAME] = stem;
    if (!found.id.size) found.id = stem;
    add(search, &found);
}

static Str join_id(Arena *arena, Str id, Str part) {
    return id.size ? arena_format(arena, "%.*s+%.*s", STR_FMT(id), STR_FMT(part)) : part;
}

/* Follows the pattern from a folder. */
static void walk(Search *search, Str rest, Found found) {
    Arena *arena = search->arena;
    size_t slash = str_find(rest, '/', 0);
    Str part = str_slice(rest, 0, slash);
    bool last = slash >= rest.size;
    Str below = last ? (Str){"", 0} : rest_of(rest, slash + 1);
    if (!pattern_is_open(part)) {
        found.path = found.path.size ? path_join(arena, found.path, part)
                     : slash == 0    ? STR("/")
                                     : arena_copy(arena, part);
        if (last)
            finish(search, found);
        else
            walk(search, below, found);
        return;
    }
    size_t count;
    Str folder = found.path.size ? found.path : STR(".");
    Str *entries = file_list(arena, folder, STR(""), &count);
    for (size_t i = 0; i < count; i++) {
        Found next = found;
        if (entries[i].data[0] == '.' || !match(part, entries[i], &next)) continue;
        next.path = found.path.size ? path_join(arena, found.path, entries[i]) : entries[i];
        next.id = join_id(arena, found.id, last ? stem_of(entries[i]) : entries[i]);
        bool is_folder = file_is_folder(next.path);
        if (last && !is_folder) finish(search, next);
        if (!last && is_folder) walk(search, below, next);
    }
}

Found *pattern_find(Arena *arena, Str pattern, size_t *count) {
    Search search = {.arena = arena};
    walk(&search, pattern, (Found){0});
    bool open = pattern_is_open(pattern);
    *count = 0;
    for (size_t i = 0; i < search.count; i++)
        if (!open || file_exists(search.items[i].path)) search.items[(*count)++] = search.items[i];
    return search.items;
}

bool pattern_fill(Arena *arena, Str pattern, const Found *found, Str *out) {
    Buffer text = {0};
    bool good = true;
    for (size_t i = 0; i < pattern.size;) {
        size_t name = name_at(rest_of(pattern, i));
        if (name == PATTERN_NAMES) {
            buffer_add_char(&text, pattern.data[i++]);
            continue;
        }
        good &= found->names[name].size > 0;
        buffer_add(&text, found->names[name]);
        i += str_of(names[name]).size;
    }
    *out = arena_copy(arena, buffer_view(&text));
    buffer_release(&text);
    return good;
}
