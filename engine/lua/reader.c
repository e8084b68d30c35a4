#include "lua/reader.h"

#include "base/text.h"
#include "lua/readonly.h"
#include "lua/wording.h"

#include <assert.h>
#include <lauxlib.h>

void reader_fault_list(Reader *r, MessageId what, const Str *arguments, size_t count) {
    Buffer path = {0};
    r->faults++;
    for (size_t i = 0; i < r->depth; i++) {
        if (r->steps[i].name)
            buffer_addf(&path, i ? ".%s" : "%s", r->steps[i].name);
        else
            buffer_addf(&path, "[%zu]", r->steps[i].position);
    }
    diag_add(r->diag, MESSAGE_DOCUMENT_SHAPE, r->place,
             r->depth ? buffer_view(&path) : message_words(TEXT_DOCUMENT),
             message_both_list(r->arena, what, arguments, count));
    buffer_release(&path);
}

void reader_fault_plain(Reader *r, MessageId what) { reader_fault_list(r, what, NULL, 0); }

Str reader_count(const Reader *r, size_t count) { return arena_format(r->arena, "%zu", count); }

/* Puts the table behind a read-only view in its place; the value on top is of that type. */
static void see_through(Reader *r, int type) {
    if (type == LUA_TTABLE && readonly_target(r->L, -1)) lua_remove(r->L, -2);
}

static void add_step(Reader *r, const char *name, size_t position) {
    assert(r->depth < READER_DEPTH);
    r->steps[r->depth++] = (ReaderStep){name, position};
}

void reader_enter(Reader *r, int table, const char *name) {
    add_step(r, name, 0);
    lua_pushstring(r->L, name);
    see_through(r, lua_rawget(r->L, table));
}

void reader_enter_at(Reader *r, int table, size_t position) {
    add_step(r, NULL, position);
    see_through(r, lua_rawgeti(r->L, table, (lua_Integer)position));
}

void reader_leave(Reader *r) {
    r->depth--;
    lua_pop(r->L, 1);
}

const void *reader_known(const Reader *r, ReaderShared what, size_t *count) {
    const ReaderKnown *known = &r->known[what];
    if (!known->made || known->table != lua_topointer(r->L, -1)) return NULL;
    *count = known->count;
    return known->made;
}

void reader_know(Reader *r, ReaderShared what, const void *made, size_t count) {
    if (!r->faults) r->known[what] = (ReaderKnown){lua_topointer(r->L, -1), made, count};
}

bool reader_has(Reader *r, int table, const char *name) {
    lua_pushstring(r->L, name);
    bool is = lua_rawget(r->L, table) != LUA_TNIL;
    lua_pop(r->L, 1);
    return is;
}

static Str found(Reader *r) {
    int type = lua_type(r->L, -1);
    bool whole_number = lua_isinteger(r->L, -1);
    if (type == LUA_TSTRING) return message_words(TEXT_SHAPE_TEXT);
    if (type == LUA_TNUMBER) return message_words(whole_number ? TEXT_SHAPE_INTEGER : TEXT_SHAPE_FRACTION);
    if (type == LUA_TBOOLEAN) return message_words(TEXT_SHAPE_FLAG);
    return type == LUA_TUSERDATA ? message_words(TEXT_SHAPE_OBJECT) : wording_type(r->L, -1);
}

void reader_wrong_type(Reader *r, MessageId wanted) {
    if (lua_isnil(r->L, -1))
        reader_fault(r, TEXT_DOCUMENT_MISSING, message_words(wanted));
    else
        reader_fault(r, TEXT_DOCUMENT_WRONG, found(r), message_words(wanted));
}

bool reader_is_table(Reader *r, MessageId wanted) {
    if (lua_type(r->L, -1) == LUA_TTABLE) return true;
    reader_wrong_type(r, wanted);
    return false;
}

static size_t name_count(const char *const *names) {
    size_t count = 0;
    while (names[count]) count++;
    return count;
}

static bool is_known(Str key, const char *const *names) {
    for (; *names; names++)
        if (str_is(key, *names)) return true;
    return false;
}

void reader_none_of(Reader *r, const char *const *choices) {
    Buffer list = {0};
    for (size_t i = 0; choices[i]; i++) buffer_addf(&list, i ? ", %s" : "%s", choices[i]);
    reader_fault(r, TEXT_DOCUMENT_NONE_OF, buffer_view(&list));
    buffer_release(&list);
}

static void unknown_key(Reader *r, Str key, const char *const *names) {
    Str *words = arena_new(r->arena, name_count(names) + 1, sizeof *words);
    for (size_t i = 0; names[i]; i++) words[i] = str_of(names[i]);
    Str near = text_nearest(key, words, name_count(names));
    Buffer shown = {0};
    text_add_visible(&shown, str_slice(key, 0, text_fit(key, 60)));
    if (near.size)
        reader_fault(r, TEXT_DOCUMENT_KEY_NEAR, buffer_view(&shown), near);
    else
        reader_fault(r, TEXT_DOCUMENT_KEY, buffer_view(&shown));
    buffer_release(&shown);
}

/* The first unknown text key behind `last` in order of bytes: lua_next has no order that may be shown. */
static bool next_unknown(Reader *r, int table, const char *const *names, Str last, Str *least) {
    bool any = false;
    for (lua_pushnil(r->L); lua_next(r->L, table); lua_pop(r->L, 1)) {
        Str key = {0};
        if (lua_type(r->L, -2) != LUA_TSTRING) continue;
        key.data = lua_tolstring(r->L, -2, &key.size);
        if (is_known(key, names) || str_compare(key, last) <= 0) continue;
        if (!any || str_compare(key, *least) < 0) *least = key;
        any = true;
    }
    return any;
}

/* The place of the key at stack place `index` among the names; where none is, that of the NULL. */
static size_t find_key(Reader *r, int index, const char *const *names) {
    Str key = {0};
    size_t i = 0;
    if (lua_type(r->L, index) != LUA_TSTRING) return name_count(names);
    key.data = lua_tolstring(r->L, index, &key.size);
    while (names[i] && !(key.size && key.data[0] == names[i][0] && str_is(key, names[i]))) i++;
    return i;
}

unsigned reader_find_keys(Reader *r, int table, const char *const *names) {
    unsigned found = 0;
    for (lua_pushnil(r->L); lua_next(r->L, table); lua_pop(r->L, 1)) found |= 1u << find_key(r, -2, names);
    return found;
}

unsigned reader_check_keys(Reader *r, const char *const *names) {
    int table = lua_gettop(r->L);
    Str last = {0}, key = {0};
    unsigned found = reader_find_keys(r, table, names);
    if (!(found >> name_count(names))) return found; /* nearly always */
    for (int shown = 0; shown < 5 && next_unknown(r, table, names, last, &key); shown++) {
        unknown_key(r, key, names);
        last = key;
    }
    for (lua_pushnil(r->L); lua_next(r->L, table); lua_pop(r->L, 1)) {
        if (lua_type(r->L, -2) == LUA_TSTRING) continue;
        reader_fault_plain(r, TEXT_DOCUMENT_NAMELESS);
        lua_pop(r->L, 2);
        break;
    }
    return found;
}

bool reader_list_length(Reader *r, size_t limit, size_t *length) {
    if (!reader_is_table(r, TEXT_SHAPE_LIST)) return false;
    int table = lua_gettop(r->L);
    size_t count = 0;
    lua_Integer most = 0;
    for (lua_pushnil(r->L); lua_next(r->L, table); lua_pop(r->L, 1), count++) {
        lua_Integer key = lua_isinteger(r->L, -2) ? lua_tointeger(r->L, -2) : 0;
        if (key > most) most = key;
        if (key >= 1) continue;
        reader_fault_plain(r, TEXT_DOCUMENT_NAMED);
        lua_pop(r->L, 2);
        return false;
    }
    *length = count;
    if (count > limit)
        reader_fault(r, TEXT_DOCUMENT_MANY, reader_count(r, count), reader_count(r, limit));
    else if ((size_t)most != count)
        reader_fault(r, TEXT_DOCUMENT_GAP, reader_count(r, count), reader_count(r, (size_t)most));
    else
        return true;
    return false;
}

Str reader_text(Reader *r) {
    if (lua_type(r->L, -1) != LUA_TSTRING) {
        reader_wrong_type(r, TEXT_SHAPE_TEXT);
        return (Str){0};
    }
    Str text = {0};
    text.data = lua_tolstring(r->L, -1, &text.size);
    r->bytes += text.size;
    if (text.size > r->text_limit)
        reader_fault(r, TEXT_DOCUMENT_BYTES, reader_count(r, text.size), reader_count(r, r->text_limit));
    else if (text_invalid(text) != text.size)
        reader_fault(r, TEXT_DOCUMENT_UTF8, reader_count(r, text_invalid(text) + 1));
    else
        return arena_copy(r->arena, text);
    return (Str){0};
}

Str reader_text_at(Reader *r, int from, const char *name, bool required) {
    reader_enter(r, from, name);
    Str text = {0};
    if (required || !lua_isnil(r->L, -1)) text = reader_text(r);
    reader_leave(r);
    return text;
}

static bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

bool reader_is_number(Str text) {
    size_t at = text.size && text.data[0] == '-', start = at;
    while (at < text.size && is_digit(text.data[at])) at++;
    if (at == start || at == text.size) return at > start;
    size_t point = at++;
    while (at < text.size && is_digit(text.data[at])) at++;
    return text.data[point] == '.' && at == text.size && at > point + 1;
}

size_t reader_whole_at(Reader *r, int from, const char *name, size_t most) {
    reader_enter(r, from, name);
    size_t value = 1;
    if (lua_isinteger(r->L, -1) && lua_tointeger(r->L, -1) >= 1 && (size_t)lua_tointeger(r->L, -1) <= most)
        value = (size_t)lua_tointeger(r->L, -1);
    else if (!lua_isnil(r->L, -1))
        reader_fault(r, TEXT_DOCUMENT_WHOLE, reader_count(r, most));
    reader_leave(r);
    return value;
}

bool reader_flag_at(Reader *r, int from, const char *name) {
    reader_enter(r, from, name);
    bool value = lua_toboolean(r->L, -1);
    if (!lua_isnil(r->L, -1) && !lua_isboolean(r->L, -1)) reader_wrong_type(r, TEXT_SHAPE_FLAG);
    reader_leave(r);
    return value;
}

Reader reader_of(lua_State *L, size_t text_limit, const Place *place, Arena *arena, Diag *diag) {
    Reader r = {.L = L, .arena = arena, .diag = diag, .place = place, .text_limit = text_limit};
    luaL_checkstack(L, 40, NULL);
    return r;
}
