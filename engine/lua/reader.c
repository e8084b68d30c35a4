#include "lua/reader.h"

#include "base/text.h"
#include "lua/readonly.h"
#include "lua/value.h"
#include "lua/wording.h"

#include <lauxlib.h>

void reader_fault_list(Reader *r, MessageId what, const Str *arguments, size_t count) {
    r->faults++;
    Str path = r->path->size ? buffer_view(r->path) : message_words(TEXT_DOCUMENT);
    diag_add(r->diag, MESSAGE_DOCUMENT_SHAPE, r->place, path,
             message_both_list(r->arena, what, arguments, count));
}

void reader_fault_plain(Reader *r, MessageId what) { reader_fault_list(r, what, NULL, 0); }

Str reader_count(const Reader *r, size_t count) { return arena_format(r->arena, "%zu", count); }

/* Puts the table behind a read-only view in its place. */
static void see_through(Reader *r) {
    if (readonly_target(r->L, -1)) lua_remove(r->L, -2);
}

size_t reader_enter(Reader *r, int table, const char *name) {
    size_t mark = r->path->size;
    buffer_addf(r->path, mark ? ".%s" : "%s", name);
    lua_pushstring(r->L, name);
    lua_rawget(r->L, table);
    see_through(r);
    return mark;
}

size_t reader_enter_at(Reader *r, int table, size_t position) {
    size_t mark = r->path->size;
    buffer_addf(r->path, "[%zu]", position);
    lua_rawgeti(r->L, table, (lua_Integer)position);
    see_through(r);
    return mark;
}

void reader_leave(Reader *r, size_t mark) {
    r->path->size = mark;
    lua_pop(r->L, 1);
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

void reader_check_keys(Reader *r, const char *const *names) {
    int table = lua_gettop(r->L);
    Str last = {0}, key = {0};
    for (int shown = 0; shown < 5 && next_unknown(r, table, names, last, &key); shown++) {
        unknown_key(r, key, names);
        last = key;
    }
    for (lua_pushnil(r->L); lua_next(r->L, table); lua_pop(r->L, 1)) {
        if (lua_type(r->L, -2) == LUA_TSTRING) continue;
        reader_fault_plain(r, TEXT_DOCUMENT_NAMELESS);
        lua_pop(r->L, 2);
        return;
    }
}

bool reader_list_length(Reader *r, size_t limit, size_t *length) {
    if (!reader_is_table(r, TEXT_SHAPE_LIST)) return false;
    int table = lua_gettop(r->L);
    size_t count = 0;
    lua_Integer most = 0;
    for (lua_pushnil(r->L); lua_next(r->L, table); lua_pop(r->L, 1)) {
        if (!lua_isinteger(r->L, -2) || lua_tointeger(r->L, -2) < 1) {
            reader_fault_plain(r, TEXT_DOCUMENT_NAMED);
            lua_pop(r->L, 2);
            return false;
        }
        if (lua_tointeger(r->L, -2) > most) most = lua_tointeger(r->L, -2);
        count++;
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

void reader_add(Reader *r, Tree *to, const char *name, Tree *value) {
    tree_add(r->arena, to, str_of(name), value);
}

static Tree *whole(Reader *r, lua_Integer value) { return tree_number(r->arena, decimal_of(value)); }

static Tree *flag(Reader *r, bool value) {
    Tree *tree = tree_new(r->arena, TREE_BOOL);
    tree->flag = value;
    return tree;
}

Tree *reader_text(Reader *r) {
    if (lua_type(r->L, -1) != LUA_TSTRING) {
        reader_wrong_type(r, TEXT_SHAPE_TEXT);
        return NULL;
    }
    Str text = {0};
    text.data = lua_tolstring(r->L, -1, &text.size);
    r->bytes += text.size;
    if (text.size > r->text_limit)
        reader_fault(r, TEXT_DOCUMENT_BYTES, reader_count(r, text.size), reader_count(r, r->text_limit));
    else if (text_invalid(text) != text.size)
        reader_fault(r, TEXT_DOCUMENT_UTF8, reader_count(r, text_invalid(text) + 1));
    else
        return tree_text(r->arena, text);
    return NULL;
}

void reader_add_text(Reader *r, int from, const char *name, Tree *to, const char *as, bool required) {
    size_t mark = reader_enter(r, from, name);
    Tree *text = required || !lua_isnil(r->L, -1) ? reader_text(r) : NULL;
    if (text) reader_add(r, to, as, text);
    reader_leave(r, mark);
}

size_t reader_add_whole(Reader *r, int from, const char *name, Tree *to, size_t most) {
    size_t mark = reader_enter(r, from, name), value = 1;
    if (lua_isinteger(r->L, -1) && lua_tointeger(r->L, -1) >= 1 && (size_t)lua_tointeger(r->L, -1) <= most)
        value = (size_t)lua_tointeger(r->L, -1);
    else if (!lua_isnil(r->L, -1))
        reader_fault(r, TEXT_DOCUMENT_WHOLE, reader_count(r, most));
    reader_leave(r, mark);
    reader_add(r, to, name, value == 1 ? r->one : whole(r, (lua_Integer)value));
    return value;
}

void reader_add_flag(Reader *r, int from, const char *name, Tree *to) {
    size_t mark = reader_enter(r, from, name);
    bool value = lua_toboolean(r->L, -1);
    if (!lua_isnil(r->L, -1) && !lua_isboolean(r->L, -1)) reader_wrong_type(r, TEXT_SHAPE_FLAG);
    reader_leave(r, mark);
    reader_add(r, to, name, value ? flag(r, true) : r->no);
}

void reader_add_choice(Reader *r, int from, const char *name, Tree *to, const char *const *choices) {
    size_t mark = reader_enter(r, from, name);
    Tree *choice = lua_isnil(r->L, -1) ? NULL : reader_text(r);
    if (choice && is_known(choice->text, choices))
        reader_add(r, to, name, choice);
    else if (choice)
        reader_none_of(r, choices);
    reader_leave(r, mark);
}

Reader reader_of(lua_State *L, size_t text_limit, const Place *place, Arena *arena, Diag *diag) {
    Reader r = {.L = L, .arena = arena, .diag = diag, .place = place, .text_limit = text_limit};
    luaL_checkstack(L, 40, NULL);
    r.path = value_scratch(L);
    r.one = whole(&r, 1);
    r.no = flag(&r, false);
    return r;
}
