/* Workbooks that the confined child describes: what crosses the wire is refused as a whole or comes out as it
 * went in, and what the check lets through is one that a spreadsheet may hold. An input that begins with
 * "raw" is the message itself; of any other a message is made that mostly fits the schema. */
#include "fuzz.h"

#include "base/memory.h"
#include "base/text.h"
#include "io/workbook_check.h"

#define ENTRIES 4

static void make_record(const WorkbookShape *shape, Bytes *bytes, Buffer *out);

/* A line of the input, or a text that says something in a workbook. */
static Str make_text(Bytes *bytes) {
    static const char *const known[] = {"",           "A1",           "#1F2937",     "#,##0",
                                        "sheet",      "12.5",         "SUM(A1:B2)",  "'sheet'!$A$1+1",
                                        "IF(A1>2,1)", "HYPERLINK(1)", "\"a\"&\"b\"", "style"};
    size_t choice = bytes_below(bytes, 2 * sizeof known / sizeof *known);
    if (choice < sizeof known / sizeof *known) return str_of(known[choice]);
    return bytes_text(bytes, '\n');
}

static uint32_t make_number(uint32_t most, Bytes *bytes) {
    unsigned byte = bytes_take(bytes);
    if (byte >= 0xf0) return most + byte - 0xf8;
    return most ? byte % (most < 16 ? most + 1 : 16) : byte;
}

static uint32_t choices_of(const WorkbookField *field) {
    uint32_t count = 0;
    while (field->choices && field->choices[count]) count++;
    return count;
}

static void make_list(const WorkbookField *field, Bytes *bytes, Buffer *out) {
    uint32_t count = bytes->size ? (uint32_t)bytes_below(bytes, ENTRIES) : 0;
    wire_add_u32(out, count);
    for (uint32_t i = 0; i < count; i++) {
        if (field->shape)
            make_record(field->shape, bytes, out);
        else
            wire_add_text(out, make_text(bytes));
    }
}

static void make_field(const WorkbookField *field, Bytes *bytes, Buffer *out) {
    bool text = field->kind == WORKBOOK_FIELD_TEXT || field->kind == WORKBOOK_FIELD_PRINTED;
    if (text) {
        bool given = field->required || bytes_below(bytes, 2);
        wire_add_u32(out, given);
        if (given) wire_add_text(out, make_text(bytes));
    } else if (field->kind == WORKBOOK_FIELD_FLAG) {
        wire_add_u32(out, (uint32_t)bytes_below(bytes, 2));
    } else if (field->kind == WORKBOOK_FIELD_WHOLE) {
        wire_add_u32(out, make_number(field->most, bytes));
    } else if (field->kind == WORKBOOK_FIELD_CHOICE) {
        wire_add_u32(out, make_number(choices_of(field), bytes));
    } else if (field->kind == WORKBOOK_FIELD_RECORD) {
        make_record(field->shape, bytes, out);
    } else {
        make_list(field, bytes, out);
    }
}

static void make_record(const WorkbookShape *shape, Bytes *bytes, Buffer *out) {
    for (const WorkbookField *field = shape->fields; field->name; field++) make_field(field, bytes, out);
}

static void check_book(Workbook *book) {
    Diag *diag = diag_new();
    const Place place = {.file = STR("f.lua"), .line = 1, .column = 1, .span = 1};
    bool good = workbook_check(book, &place, diag);
    require(good == !diag_has_errors(diag), "errors and accepted, or neither");
    require_plain_messages(diag);
    for (size_t i = 0; good && i < book->sheets.count; i++) {
        const WorkbookSheet *sheet = (const WorkbookSheet *)book->sheets.items + i;
        const size_t longest = 124; /* 31 characters of four bytes */
        require(sheet->name.size > 0 && sheet->name.size <= longest, "a sheet named <%.*s>",
                STR_FMT(sheet->name));
        for (size_t at = 0; at < sheet->name.size; at++)
            require(!strchr("[]:*?/\\", sheet->name.data[at]), "a sheet named <%.*s>", STR_FMT(sheet->name));
    }
    diag_free(diag);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    memory_serve_gmp();
    Bytes bytes = {data, size};
    Str input = {(const char *)data, size};
    Buffer made = {0}, again = {0};
    Arena arena = {0};
    Workbook book = {0};
    if (str_starts(input, STR("raw")))
        buffer_add(&made, str_slice(input, 3, size));
    else
        make_record(&workbook_shape, &bytes, &made);
    WireReader reader = {buffer_view(&made), 0, false};
    if (workbook_unpack(&workbook_shape, &reader, &arena, &book) && wire_done(&reader)) {
        workbook_pack(&workbook_shape, &book, &again);
        require(str_equal(buffer_view(&again), buffer_view(&made)), "another message");
        check_book(&book);
    }
    buffer_release(&made);
    buffer_release(&again);
    arena_release(&arena);
    return 0;
}
