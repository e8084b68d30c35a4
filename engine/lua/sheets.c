#include "lua/sheets.h"

#include "lua/reader.h"

/** Names of a record that are looked at together. */
#define FIELDS 24

bool sheets_are(lua_State *L, int index) {
    int table = lua_absindex(L, index);
    lua_pushliteral(L, "workbook");
    bool is = lua_rawget(L, table) != LUA_TNIL;
    lua_pop(L, 1);
    return is;
}

static void read_record(Reader *r, const WorkbookShape *shape, void *record);

/* The list on top; its entries become records of the field's shape, or texts. */
static void read_list(Reader *r, const WorkbookField *field, WorkbookList *list) {
    size_t size = field->shape ? field->shape->size : sizeof(Str);
    int from = lua_gettop(r->L);
    if (!reader_list_length(r, field->most, &list->count)) {
        list->count = 0;
        return;
    }
    list->items = arena_new(r->arena, list->count, size);
    for (size_t i = 0; i < list->count; i++) {
        void *item = (char *)list->items + i * size;
        reader_enter_at(r, from, i + 1);
        if (field->shape)
            read_record(r, field->shape, item);
        else
            *(Str *)item = reader_text(r);
        reader_leave(r);
    }
}

static uint32_t read_whole(Reader *r, const WorkbookField *field) {
    if (lua_isinteger(r->L, -1) && lua_tointeger(r->L, -1) >= 1 && lua_tointeger(r->L, -1) <= field->most)
        return (uint32_t)lua_tointeger(r->L, -1);
    reader_fault(r, TEXT_DOCUMENT_WHOLE, reader_count(r, field->most));
    return 0;
}

static uint32_t read_choice(Reader *r, const WorkbookField *field) {
    Str name = reader_text(r);
    for (uint32_t i = 0; name.data && field->choices[i]; i++)
        if (str_is(name, field->choices[i])) return i + 1;
    if (name.data) reader_none_of(r, field->choices);
    return 0;
}

static Str read_printed(Reader *r) {
    if (lua_isinteger(r->L, -1)) return arena_format(r->arena, "%lld", (long long)lua_tointeger(r->L, -1));
    Str text = reader_text(r);
    if (text.data && !reader_is_number(text)) reader_fault_plain(r, TEXT_DOCUMENT_NUMBER);
    return text;
}

/* The value on top. */
static void read_field(Reader *r, const WorkbookField *field, void *at) {
    switch (field->kind) {
    case WORKBOOK_FIELD_TEXT:
        *(Str *)at = reader_text(r);
        break;
    case WORKBOOK_FIELD_PRINTED:
        *(Str *)at = read_printed(r);
        break;
    case WORKBOOK_FIELD_FLAG:
        *(bool *)at = lua_toboolean(r->L, -1);
        if (!lua_isboolean(r->L, -1)) reader_wrong_type(r, TEXT_SHAPE_FLAG);
        break;
    case WORKBOOK_FIELD_WHOLE:
        *(uint32_t *)at = read_whole(r, field);
        break;
    case WORKBOOK_FIELD_CHOICE:
        *(uint32_t *)at = read_choice(r, field);
        break;
    case WORKBOOK_FIELD_RECORD:
        read_record(r, field->shape, at);
        break;
    case WORKBOOK_FIELD_LIST:
    case WORKBOOK_FIELD_TEXTS:
        read_list(r, field, at);
        break;
    }
}

/* The record on top. */
static void read_record(Reader *r, const WorkbookShape *shape, void *record) {
    const char *names[FIELDS + 1] = {0};
    size_t count = 0;
    if (!reader_is_table(r, TEXT_SHAPE_RECORD)) return;
    int from = lua_gettop(r->L);
    while (shape->fields[count].name) {
        names[count] = shape->fields[count].name;
        count++;
    }
    unsigned given = reader_check_keys(r, names);
    for (size_t i = 0; i < count; i++) {
        const WorkbookField *field = &shape->fields[i];
        if (!(given >> i & 1) && !field->required) continue;
        reader_enter(r, from, field->name);
        read_field(r, field, (char *)record + field->offset);
        reader_leave(r);
    }
}

void sheets_add(lua_State *L, int index, const Place *place, Buffer *out, Diag *diag) {
    static const char *const keys[] = {"workbook", NULL};
    Arena arena = {0}; /* of a child that ends with its answer */
    Reader reader = reader_of(L, (size_t)WORKBOOK_TEXT * 4, place, &arena, diag);
    Workbook workbook = {0};
    lua_pushvalue(L, index);
    reader_check_keys(&reader, keys);
    reader_enter(&reader, lua_gettop(L), "workbook");
    read_record(&reader, &workbook_shape, &workbook);
    reader_leave(&reader);
    lua_pop(L, 1);
    if (reader.faults) return;
    workbook_pack(&workbook_shape, &workbook, out);
}

bool sheets_take(Str message, Arena *arena, Workbook *workbook) {
    WireReader reader = {.bytes = message};
    *workbook = (Workbook){0};
    return workbook_unpack(&workbook_shape, &reader, arena, workbook) && wire_done(&reader);
}
