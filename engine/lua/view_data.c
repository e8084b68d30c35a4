#include "lua/value.h"
#include "lua/view.h"

static void get_file(lua_State *L, const void *owner, size_t index, int part) {
    (void)index, (void)part;
    const View *view = owner;
    value_push_text(L, dataset_file(view->dataset));
}

static void get_rows(lua_State *L, const void *owner, size_t index, int part) {
    (void)index, (void)part;
    const View *view = owner;
    lua_pushinteger(L, (lua_Integer)dataset_rows(view->dataset));
}

enum { READ, RATED, SET_ASIDE };

static void get_row_count(lua_State *L, const void *owner, size_t index, int part) {
    (void)index;
    const Dataset *dataset = ((const View *)owner)->dataset;
    size_t all = dataset_all_rows(dataset), rated = dataset_rated_rows(dataset);
    lua_pushinteger(L, (lua_Integer)(part == READ ? all : part == RATED ? rated : all - rated));
}

static void get_columns(lua_State *L, const void *owner, size_t index, int part) {
    (void)index, (void)part;
    const Dataset *dataset = ((const View *)owner)->dataset;
    lua_newtable(L);
    for (size_t i = 0; i < dataset_columns(dataset); i++) {
        Str name = dataset_column_name(dataset, i);
        lua_pushlstring(L, name.data, name.size);
        lua_rawseti(L, -2, (lua_Integer)i + 1);
    }
}

static const ClassField dataset_fields[] = {
    {"file", NULL, "text", get_file, 0, "file that the data came from"},
    {"rows", NULL, "integer", get_rows, 0, "number of indicators"},
    {"rows_read", NULL, "integer", get_row_count, READ,
     "records of the file: rows_evaluated + rows_set_aside"},
    {"rows_evaluated", NULL, "integer", get_row_count, RATED, "records that got a rate"},
    {"rows_set_aside", NULL, "integer", get_row_count, SET_ASIDE,
     "records of periods that the rules did not choose"},
    {"columns", NULL, "list of text", get_columns, 0, "names of the columns, in order of the file"},
    {0},
};

const Class view_dataset_class = {"Dataset", "the data that were evaluated", dataset_fields, NULL};
