#include "io/workbook.h"

#include "base/decimal.h"
#include "base/text.h"

/* ---- the schema */

static const char *const aligns[] = {"left", "center", "right", NULL};
static const char *const condition_kinds[] = {"at_most",  "below", "at_least", "above",
                                              "contains", "bars",  NULL};
static const char *const input_kinds[] = {"one_of", "number", NULL};
static const char *const chart_kinds[] = {"stacked", "column", "line", NULL};

#define TEXT_OF(type, name, member, required)                                                                \
    { name, WORKBOOK_FIELD_TEXT, offsetof(type, member), required, 0, NULL, NULL }
#define PRINTED(type, name, member)                                                                          \
    { name, WORKBOOK_FIELD_PRINTED, offsetof(type, member), false, 0, NULL, NULL }
#define FLAG(type, name)                                                                                     \
    { #name, WORKBOOK_FIELD_FLAG, offsetof(type, name), false, 0, NULL, NULL }
#define WHOLE(type, name, member, required, most)                                                            \
    { name, WORKBOOK_FIELD_WHOLE, offsetof(type, member), required, most, NULL, NULL }
#define CHOICE(type, name, required, choices)                                                                \
    { #name, WORKBOOK_FIELD_CHOICE, offsetof(type, name), required, 0, choices, NULL }
#define LIST(type, name, most, shape)                                                                        \
    { #name, WORKBOOK_FIELD_LIST, offsetof(type, name), false, most, NULL, &(shape) }
#define RECORD(type, name, shape)                                                                            \
    { #name, WORKBOOK_FIELD_RECORD, offsetof(type, name), true, 0, NULL, &(shape) }
/* NOLINTBEGIN(bugprone-macro-parentheses): names of members */
#define PLACE(type, at)                                                                                      \
    WHOLE(type, "row", at.row, true, WORKBOOK_ROWS),                                                         \
        WHOLE(type, "column", at.column, true, WORKBOOK_COLUMNS),                                            \
        WHOLE(type, "rows", at.rows, false, WORKBOOK_ROWS),                                                  \
        WHOLE(type, "columns", at.columns, false, WORKBOOK_COLUMNS)
/* NOLINTEND(bugprone-macro-parentheses) */
#define END                                                                                                  \
    { NULL, WORKBOOK_FIELD_TEXT, 0, false, 0, NULL, NULL }

static const WorkbookField style_fields[] = {
    TEXT_OF(WorkbookStyle, "name", name, true),
    FLAG(WorkbookStyle, bold),
    FLAG(WorkbookStyle, wrap),
    FLAG(WorkbookStyle, border),
    FLAG(WorkbookStyle, open),
    WHOLE(WorkbookStyle, "size", size, false, 72),
    WHOLE(WorkbookStyle, "indent", indent, false, 15),
    CHOICE(WorkbookStyle, align, false, aligns),
    TEXT_OF(WorkbookStyle, "color", color, false),
    TEXT_OF(WorkbookStyle, "fill", fill, false),
    TEXT_OF(WorkbookStyle, "number", number, false),
    END,
};
static const WorkbookShape style_shape = {sizeof(WorkbookStyle), style_fields};

static const WorkbookField range_fields[] = {
    {"sheet", WORKBOOK_FIELD_TEXT, offsetof(WorkbookRange, sheet), false, 0, NULL, NULL},
    WHOLE(WorkbookRange, "row", row, true, WORKBOOK_ROWS),
    WHOLE(WorkbookRange, "column", column, true, WORKBOOK_COLUMNS),
    WHOLE(WorkbookRange, "rows", rows, false, WORKBOOK_ROWS),
    WHOLE(WorkbookRange, "columns", columns, false, WORKBOOK_COLUMNS),
    END,
};
static const WorkbookShape range_shape = {sizeof(WorkbookRange), range_fields};

static const WorkbookField cell_fields[] = {
    PLACE(WorkbookCell, at),
    TEXT_OF(WorkbookCell, "text", text, false),
    PRINTED(WorkbookCell, "number", number),
    TEXT_OF(WorkbookCell, "formula", formula, false),
    PRINTED(WorkbookCell, "value", value),
    TEXT_OF(WorkbookCell, "style", style, false),
    END,
};
static const WorkbookShape cell_shape = {sizeof(WorkbookCell), cell_fields};

static const WorkbookField row_fields[] = {
    WHOLE(WorkbookRow, "row", row, true, WORKBOOK_ROWS),
    WHOLE(WorkbookRow, "height", height, false, 400),
    FLAG(WorkbookRow, page),
    END,
};
static const WorkbookShape row_shape = {sizeof(WorkbookRow), row_fields};

static const WorkbookField width_fields[] = {WHOLE(WorkbookWidth, "width", width, true, 200), END};
static const WorkbookShape width_shape = {sizeof(WorkbookWidth), width_fields};

static const WorkbookField condition_fields[] = {
    PLACE(WorkbookCondition, at),
    CHOICE(WorkbookCondition, kind, true, condition_kinds),
    TEXT_OF(WorkbookCondition, "value", value, false),
    TEXT_OF(WorkbookCondition, "style", style, false),
    TEXT_OF(WorkbookCondition, "color", color, false),
    END,
};
static const WorkbookShape condition_shape = {sizeof(WorkbookCondition), condition_fields};

static const WorkbookField input_fields[] = {
    PLACE(WorkbookInput, at),
    CHOICE(WorkbookInput, kind, true, input_kinds),
    {"choices", WORKBOOK_FIELD_TEXTS, offsetof(WorkbookInput, choices), false, 255, NULL, NULL},
    PRINTED(WorkbookInput, "least", least),
    PRINTED(WorkbookInput, "most", most),
    TEXT_OF(WorkbookInput, "title", title, false),
    TEXT_OF(WorkbookInput, "message", message, false),
    END,
};
static const WorkbookShape input_shape = {sizeof(WorkbookInput), input_fields};

static const WorkbookField series_fields[] = {
    TEXT_OF(WorkbookSeries, "name", name, true),
    TEXT_OF(WorkbookSeries, "color", color, false),
    FLAG(WorkbookSeries, hatched),
    RECORD(WorkbookSeries, names, range_shape),
    RECORD(WorkbookSeries, values, range_shape),
    END,
};
static const WorkbookShape series_shape = {sizeof(WorkbookSeries), series_fields};

static const WorkbookField chart_fields[] = {
    CHOICE(WorkbookChart, kind, true, chart_kinds),
    WHOLE(WorkbookChart, "row", row, true, WORKBOOK_ROWS),
    WHOLE(WorkbookChart, "column", column, true, WORKBOOK_COLUMNS),
    WHOLE(WorkbookChart, "width", width, true, 4000),
    WHOLE(WorkbookChart, "height", height, true, 4000),
    TEXT_OF(WorkbookChart, "title", title, true),
    TEXT_OF(WorkbookChart, "text", text, false),
    TEXT_OF(WorkbookChart, "x", x, false),
    TEXT_OF(WorkbookChart, "y", y, false),
    LIST(WorkbookChart, series, 50, series_shape),
    END,
};
static const WorkbookShape chart_shape = {sizeof(WorkbookChart), chart_fields};

static const WorkbookField sheet_fields[] = {
    TEXT_OF(WorkbookSheet, "name", name, true),
    TEXT_OF(WorkbookSheet, "header", header, false),
    WHOLE(WorkbookSheet, "frozen_rows", frozen_rows, false, 1000),
    WHOLE(WorkbookSheet, "frozen_columns", frozen_columns, false, WORKBOOK_COLUMNS),
    WHOLE(WorkbookSheet, "repeat_row", repeat_row, false, WORKBOOK_ROWS),
    WHOLE(WorkbookSheet, "repeat_rows", repeat_rows, false, 100),
    FLAG(WorkbookSheet, landscape),
    FLAG(WorkbookSheet, guarded),
    LIST(WorkbookSheet, widths, WORKBOOK_COLUMNS, width_shape),
    LIST(WorkbookSheet, rows, WORKBOOK_ROWS, row_shape),
    LIST(WorkbookSheet, cells, WORKBOOK_CELLS, cell_shape),
    LIST(WorkbookSheet, conditions, WORKBOOK_ENTRIES, condition_shape),
    LIST(WorkbookSheet, inputs, WORKBOOK_ENTRIES, input_shape),
    LIST(WorkbookSheet, charts, 100, chart_shape),
    END,
};
static const WorkbookShape sheet_shape = {sizeof(WorkbookSheet), sheet_fields};

static const WorkbookField workbook_fields[] = {
    TEXT_OF(Workbook, "title", title, true),
    TEXT_OF(Workbook, "font", font, false),
    LIST(Workbook, styles, 500, style_shape),
    LIST(Workbook, sheets, WORKBOOK_SHEETS, sheet_shape),
    END,
};
const WorkbookShape workbook_shape = {sizeof(Workbook), workbook_fields};

/* ---- as bytes */

static void pack_list(const WorkbookField *field, const WorkbookList *list, Buffer *out) {
    size_t size = field->shape ? field->shape->size : sizeof(Str);
    wire_add_u32(out, (uint32_t)list->count);
    for (size_t i = 0; i < list->count; i++) {
        const void *item = (const char *)list->items + i * size;
        if (field->shape)
            workbook_pack(field->shape, item, out);
        else
            wire_add_text(out, *(const Str *)item);
    }
}

static void pack_text(Str text, Buffer *out) {
    wire_add_u32(out, text.data != NULL);
    if (text.data) wire_add_text(out, text);
}

void workbook_pack(const WorkbookShape *shape, const void *record, Buffer *out) {
    for (const WorkbookField *field = shape->fields; field->name; field++) {
        const void *at = (const char *)record + field->offset;
        if (field->kind == WORKBOOK_FIELD_TEXT || field->kind == WORKBOOK_FIELD_PRINTED)
            pack_text(*(const Str *)at, out);
        else if (field->kind == WORKBOOK_FIELD_FLAG)
            wire_add_u32(out, *(const bool *)at);
        else if (field->kind == WORKBOOK_FIELD_WHOLE || field->kind == WORKBOOK_FIELD_CHOICE)
            wire_add_u32(out, *(const uint32_t *)at);
        else if (field->kind == WORKBOOK_FIELD_RECORD)
            workbook_pack(field->shape, at, out);
        else
            pack_list(field, at, out);
    }
}

/* No more records are believed in than fit into what is left: each takes four bytes at least. */
static bool unpack_list(const WorkbookField *field, WireReader *reader, Arena *arena, WorkbookList *list) {
    size_t size = field->shape ? field->shape->size : sizeof(Str);
    list->count = wire_u32(reader);
    if (reader->bad || list->count > field->most || list->count > (reader->bytes.size - reader->at) / 4)
        return false;
    list->items = arena_new(arena, list->count, size);
    for (size_t i = 0; i < list->count; i++) {
        void *item = (char *)list->items + i * size;
        if (!field->shape) {
            Str text = wire_text(reader);
            if (text_invalid(text) < text.size) return false;
            *(Str *)item = text;
        } else if (!workbook_unpack(field->shape, reader, arena, item)) {
            return false;
        }
    }
    return !reader->bad;
}

static bool unpack_text(WireReader *reader, Str *text) {
    uint32_t given = wire_u32(reader);
    *text = given ? wire_text(reader) : (Str){NULL, 0};
    return given <= 1 && !reader->bad && text_invalid(*text) == text->size;
}

static uint32_t most_of(const WorkbookField *field) {
    uint32_t most = field->most;
    for (size_t i = 0; field->kind == WORKBOOK_FIELD_CHOICE && field->choices[i]; i++) most = (uint32_t)i + 1;
    return most;
}

static bool unpack_whole(const WorkbookField *field, WireReader *reader, uint32_t *number) {
    *number = wire_u32(reader);
    return !reader->bad && *number <= most_of(field) && (*number || !field->required);
}

static bool unpack_field(const WorkbookField *field, WireReader *reader, Arena *arena, void *at) {
    switch (field->kind) {
    case WORKBOOK_FIELD_TEXT:
    case WORKBOOK_FIELD_PRINTED:
        return unpack_text(reader, at) && (((Str *)at)->data || !field->required);
    case WORKBOOK_FIELD_FLAG: {
        uint32_t flag = wire_u32(reader);
        *(bool *)at = flag == 1;
        return flag <= 1 && !reader->bad;
    }
    case WORKBOOK_FIELD_WHOLE:
    case WORKBOOK_FIELD_CHOICE:
        return unpack_whole(field, reader, at);
    case WORKBOOK_FIELD_RECORD:
        return workbook_unpack(field->shape, reader, arena, at);
    case WORKBOOK_FIELD_LIST:
    case WORKBOOK_FIELD_TEXTS:
        break;
    }
    return unpack_list(field, reader, arena, at);
}

bool workbook_unpack(const WorkbookShape *shape, WireReader *reader, Arena *arena, void *record) {
    for (const WorkbookField *field = shape->fields; field->name; field++)
        if (!unpack_field(field, reader, arena, (char *)record + field->offset)) return false;
    return true;
}

/* ---- writing */

double workbook_number(Str printed) {
    Arena arena = {0};
    Decimal number;
    double value = 0;
    if (decimal_parse(printed, &number, &arena, NULL) == DECIMAL_PLAIN)
        value = decimal_to_double(&number, NULL);
    arena_release(&arena);
    return value;
}
