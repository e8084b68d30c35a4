#include "module/xlsx.h"

#include "base/memory.h"
#include "module/value.h"
#include "module/xml.h"

#include <string.h>

/* A text longer than this, in bytes, counts as unpacked in each cell that shows it. */
#define LONG_TEXT 1024

typedef struct Relation {
    Str id, kind, target; /* kind: the last step of its type */
} Relation;

typedef struct Format {
    uint32_t number;
    ValueForm form;
} Format;

typedef struct Sheet {
    Str name, id;
    bool hidden;
} Sheet;

/* A list that grows in the memory of the C library. */
#define GROW(list, count, capacity)                                                                          \
    if ((count) == (capacity)) {                                                                             \
        (capacity) = memory_growth((capacity), (count) + 1);                                                 \
        (list) = memory_resize((list), (capacity), sizeof *(list));                                          \
    }

typedef struct Book {
    Zip *zip;
    const GridAsk *ask;
    Grids *out;
    Str folder; /* of the workbook's part: what it names is seen from there */
    bool from_1904;
    Sheet *sheets;
    Relation *relations;
    Format *formats;
    ValueForm *styles;
    Str *strings;
    size_t sheet_count, relation_count, format_count, style_count, string_count;
    size_t sheet_room, relation_room, format_room, style_room, string_room;
    Arena arena;
    /* of the part that is read */
    Buffer text;
    bool in_text, in_phonetic, in_cell_formats;
    Str folder_of_relations;
} Book;

/* ---- relations between parts */

static Str last_step(Str text) {
    size_t from = text.size;
    while (from > 0 && text.data[from - 1] != '/') from--;
    return str_slice(text, from, text.size);
}

/* "xl", "worksheets/sheet1.xml" -> "xl/worksheets/sheet1.xml"; a target may begin with "/" or "../". */
static Str join(Arena *arena, Str folder, Str target) {
    if (str_starts(target, STR("/"))) return arena_copy(arena, str_slice(target, 1, target.size));
    while (str_starts(target, STR("../"))) {
        target = str_slice(target, 3, target.size);
        size_t end = folder.size;
        while (end > 0 && folder.data[end - 1] != '/') end--;
        folder.size = end > 0 ? end - 1 : 0;
    }
    return arena_format(arena, "%.*s%s%.*s", STR_FMT(folder), folder.size ? "/" : "", STR_FMT(target));
}

static void relation(void *context, const char *name, const char **attributes) {
    Book *book = context;
    if (strcmp(name, "Relationship") != 0) return;
    GROW(book->relations, book->relation_count, book->relation_room)
    book->relations[book->relation_count++] =
        (Relation){arena_copy(&book->arena, xml_attribute(attributes, "Id")),
                   arena_copy(&book->arena, last_step(xml_attribute(attributes, "Type"))),
                   join(&book->arena, book->folder_of_relations, xml_attribute(attributes, "Target"))};
}

/* The relations of the part folder/name, into an empty list. */
static bool read_relations(Book *book, Str folder, Str name) {
    Str part = arena_format(&book->arena, "%.*s%s_rels/%.*s.rels", STR_FMT(folder), folder.size ? "/" : "",
                            STR_FMT(name));
    const XmlTaker taker = {relation, NULL, NULL};
    book->relation_count = 0;
    book->folder_of_relations = folder;
    return xml_read(book->zip, part, &taker, book, NULL);
}

static const Relation *find_relation(const Book *book, Str id, const char *kind) {
    for (size_t i = 0; i < book->relation_count; i++) {
        const Relation *found = &book->relations[i];
        if (id.size ? str_equal(found->id, id) : str_is(found->kind, kind)) return found;
    }
    return NULL;
}

/* ---- the workbook: its sheets */

static void in_workbook(void *context, const char *name, const char **attributes) {
    Book *book = context;
    if (strcmp(name, "workbookPr") == 0) book->from_1904 = xml_flag(attributes, "date1904");
    if (strcmp(name, "sheet") != 0) return;
    Str state = xml_attribute(attributes, "state");
    GROW(book->sheets, book->sheet_count, book->sheet_room)
    book->sheets[book->sheet_count++] = (Sheet){arena_copy(&book->arena, xml_attribute(attributes, "name")),
                                                arena_copy(&book->arena, xml_attribute(attributes, "id")),
                                                state.size > 0 && !str_is(state, "visible")};
}

static bool read_workbook(Book *book) {
    if (!read_relations(book, STR(""), STR(""))) return false;
    const Relation *main = find_relation(book, STR(""), "officeDocument");
    Str part = main ? main->target : STR("xl/workbook.xml");
    Str name = last_step(part);
    book->folder = str_slice(part, 0, part.size > name.size ? part.size - name.size - 1 : 0);
    const XmlTaker taker = {in_workbook, NULL, NULL};
    return xml_read(book->zip, part, &taker, book, NULL) && read_relations(book, book->folder, name);
}

/* ---- texts that cells share */

static void string_start(void *context, const char *name, const char **attributes) {
    Book *book = context;
    (void)attributes;
    if (strcmp(name, "si") == 0) book->text.size = 0;
    if (strcmp(name, "rPh") == 0) book->in_phonetic = true;
    if (strcmp(name, "t") == 0) book->in_text = !book->in_phonetic;
}

static void string_end(void *context, const char *name) {
    Book *book = context;
    if (strcmp(name, "t") == 0) book->in_text = false;
    if (strcmp(name, "rPh") == 0) book->in_phonetic = false;
    if (strcmp(name, "si") != 0) return;
    GROW(book->strings, book->string_count, book->string_room)
    book->strings[book->string_count++] = value_unescape(&book->out->arena, buffer_view(&book->text));
}

static void string_text(void *context, Str text) {
    Book *book = context;
    if (book->in_text) buffer_add(&book->text, text);
}

static bool read_strings(Book *book) {
    const Relation *part = find_relation(book, STR(""), "sharedStrings");
    const XmlTaker taker = {string_start, string_end, string_text};
    return !part || xml_read(book->zip, part->target, &taker, book, NULL);
}

/* ---- number formats */

static ValueForm find_form(const Book *book, uint32_t number) {
    for (size_t i = 0; i < book->format_count; i++)
        if (book->formats[i].number == number) return book->formats[i].form;
    return value_form_known(number);
}

static void style_start(void *context, const char *name, const char **attributes) {
    Book *book = context;
    if (strcmp(name, "cellXfs") == 0) book->in_cell_formats = true;
    if (strcmp(name, "numFmt") == 0) {
        GROW(book->formats, book->format_count, book->format_room)
        book->formats[book->format_count++] = (Format){xml_number(attributes, "numFmtId", 0),
                                                       value_form(xml_attribute(attributes, "formatCode"))};
    }
    if (strcmp(name, "xf") != 0 || !book->in_cell_formats) return;
    GROW(book->styles, book->style_count, book->style_room)
    book->styles[book->style_count++] = find_form(book, xml_number(attributes, "numFmtId", 0));
}

static void style_end(void *context, const char *name) {
    Book *book = context;
    if (strcmp(name, "cellXfs") == 0) book->in_cell_formats = false;
}

static bool read_styles(Book *book) {
    const Relation *part = find_relation(book, STR(""), "styles");
    const XmlTaker taker = {style_start, style_end, NULL};
    return !part || xml_read(book->zip, part->target, &taker, book, NULL);
}

/* ---- a sheet */

typedef enum CellKind {
    KIND_NUMBER,
    KIND_SHARED,
    KIND_TEXT,
    KIND_INLINE,
    KIND_BOOL,
    KIND_ERROR,
    KIND_DATE
} CellKind;

typedef struct SheetReading {
    Book *book;
    Grid *grid;
    Str part;
    uint32_t row, column; /* those read last; columns from 1 */
    bool row_hidden, row_begun;
    CellKind kind;
    uint32_t style;
    bool formula, value; /* what the cell has */
    bool in_value, in_formula, in_inline, in_phonetic;
    bool failed;
    Buffer text, formula_text;
} SheetReading;

static void wrong_place(SheetReading *sheet) {
    if (sheet->failed) return;
    Place place = {.file = sheet->book->zip->name, .cell = sheet->grid->name};
    diag_add(sheet->book->zip->diag, MESSAGE_XML_BROKEN, &place, sheet->part,
             arena_format(&sheet->book->arena, "%u", sheet->row), message_words(TEXT_CAUSE_CELL_PLACE));
    sheet->failed = true;
}

/* "B17": column 2 and row 17; false for anything else. */
static bool read_place(Str text, uint32_t *column, uint32_t *row) {
    size_t at = 0;
    uint64_t letters = 0, digits = 0;
    for (; at < text.size && at < 3 && text.data[at] >= 'A' && text.data[at] <= 'Z'; at++)
        letters = letters * 26 + (uint64_t)(text.data[at] - 'A') + 1;
    size_t first = at;
    for (; at < text.size && at < first + 8 && text.data[at] >= '0' && text.data[at] <= '9'; at++)
        digits = digits * 10 + (uint64_t)(text.data[at] - '0');
    if (first == 0 || at == first || at < text.size) return false;
    *column = (uint32_t)letters;
    *row = (uint32_t)digits;
    return letters <= GRID_COLUMNS && digits > 0 && digits <= GRID_ROWS;
}

static CellKind kind_of(Str type) {
    static const struct {
        const char *type;
        CellKind kind;
    } kinds[] = {{"s", KIND_SHARED}, {"str", KIND_TEXT}, {"inlineStr", KIND_INLINE},
                 {"b", KIND_BOOL},   {"e", KIND_ERROR},  {"d", KIND_DATE}};
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (str_is(type, kinds[i].type)) return kinds[i].kind;
    return KIND_NUMBER;
}

static void begin_row(SheetReading *sheet, const char **attributes) {
    uint32_t number = xml_number(attributes, "r", sheet->row + 1);
    if (number <= sheet->row || number > GRID_ROWS) wrong_place(sheet);
    sheet->row = number;
    sheet->column = 0;
    sheet->row_hidden = xml_flag(attributes, "hidden");
    sheet->row_begun = false;
}

static void begin_cell(SheetReading *sheet, const char **attributes) {
    uint32_t column = sheet->column + 1, row = sheet->row;
    sheet->kind = KIND_NUMBER;
    sheet->style = 0;
    for (size_t i = 0; attributes[i]; i += 2) {
        const char *name = attributes[i];
        Str value = str_of(attributes[i + 1]);
        if (strcmp(name, "r") == 0) {
            if (!read_place(value, &column, &row)) wrong_place(sheet);
        } else if (strcmp(name, "t") == 0) {
            sheet->kind = kind_of(value);
        } else if (strcmp(name, "s") == 0) {
            sheet->style = xml_number(attributes, "s", 0);
        }
    }
    if (!row || row != sheet->row || column <= sheet->column || column > GRID_COLUMNS) wrong_place(sheet);
    sheet->column = column;
    sheet->formula = sheet->value = false;
    sheet->text.size = sheet->formula_text.size = 0;
}

static void merge(SheetReading *sheet, Str range) {
    size_t colon = str_find(range, ':', 0);
    uint32_t left, top, right, bottom;
    if (colon == range.size) return; /* of one cell */
    if (!read_place(str_slice(range, 0, colon), &left, &top) ||
        !read_place(str_slice(range, colon + 1, range.size), &right, &bottom) || left > right || top > bottom)
        wrong_place(sheet);
    else
        grid_merge(sheet->grid, (GridMerge){top, bottom, left - 1, right - 1});
}

static void sheet_start(void *context, const char *name, const char **attributes) {
    SheetReading *sheet = context;
    if (strcmp(name, "c") == 0) {
        begin_cell(sheet, attributes);
    } else if (strcmp(name, "v") == 0) {
        sheet->in_value = sheet->value = true;
    } else if (strcmp(name, "row") == 0) {
        begin_row(sheet, attributes);
    } else if (strcmp(name, "f") == 0) {
        sheet->in_formula = sheet->formula = true;
    } else if (strcmp(name, "is") == 0) {
        sheet->in_inline = sheet->value = true;
    } else if (strcmp(name, "rPh") == 0) {
        sheet->in_phonetic = true;
    } else if (strcmp(name, "t") == 0) {
        sheet->in_value = sheet->in_inline && !sheet->in_phonetic;
    } else if (strcmp(name, "mergeCell") == 0) {
        merge(sheet, xml_attribute(attributes, "ref"));
    }
}

static void sheet_text(void *context, Str text) {
    SheetReading *sheet = context;
    if (sheet->in_value) buffer_add(&sheet->text, text);
    if (sheet->in_formula) buffer_add(&sheet->formula_text, text);
}

/* The text of that number among those that cells share. */
static Str shared(SheetReading *sheet, Str text) {
    uint64_t index = 0;
    for (size_t i = 0; i < text.size && i < 10; i++) index = index * 10 + (uint64_t)(text.data[i] - '0');
    if (text.size && index < sheet->book->string_count) {
        Str string = sheet->book->strings[index];
        if (string.size > LONG_TEXT && !zip_count(sheet->book->zip, sheet->part, string.size))
            sheet->failed = true;
        return string;
    }
    wrong_place(sheet);
    return STR("");
}

static Str number(SheetReading *sheet, Str text, bool *percent) {
    Arena *arena = &sheet->grid->arena;
    ValueForm form =
        sheet->style < sheet->book->style_count ? sheet->book->styles[sheet->style] : VALUE_PLAIN;
    if (form == VALUE_DATE) return value_date(arena, text, sheet->book->from_1904);
    if (form != VALUE_PERCENT) return value_number(arena, text);
    Str shown = value_percent(arena, text);
    *percent = str_ends(shown, STR("%"));
    return shown;
}

static void end_cell(SheetReading *sheet) {
    Arena *arena = &sheet->grid->arena;
    Str text = buffer_view(&sheet->text);
    bool percent = false, failed = sheet->kind == KIND_ERROR && text.size > 0;
    if (sheet->formula && !sheet->value) { /* nobody computed it */
        text = arena_format(arena, "=%.*s", STR_FMT(buffer_view(&sheet->formula_text)));
        failed = true;
    } else if (!text.size) {
        return;
    } else if (sheet->kind == KIND_SHARED) {
        text = shared(sheet, text);
    } else if (sheet->kind == KIND_NUMBER) {
        text = number(sheet, text, &percent);
    } else if (sheet->kind == KIND_BOOL) {
        text = str_is(text, "1") || str_is(text, "true") ? STR("TRUE") : STR("FALSE");
    } else {
        text = value_unescape(arena, text);
    }
    if (sheet->failed || !text.size) return;
    if (!sheet->row_begun) grid_begin_row(sheet->grid, sheet->row, sheet->row_hidden);
    sheet->row_begun = true;
    grid_add(sheet->grid, sheet->column - 1, text);
    GridCell *cell = &sheet->grid->cells[sheet->grid->cell_count - 1];
    cell->percent = percent;
    cell->failed = failed;
}

static void sheet_end(void *context, const char *name) {
    SheetReading *sheet = context;
    if (strcmp(name, "c") == 0)
        end_cell(sheet);
    else if (strcmp(name, "v") == 0 || strcmp(name, "t") == 0)
        sheet->in_value = false;
    else if (strcmp(name, "f") == 0)
        sheet->in_formula = false;
    else if (strcmp(name, "is") == 0)
        sheet->in_inline = false;
    else if (strcmp(name, "rPh") == 0)
        sheet->in_phonetic = false;
}

static bool read_sheet(Book *book, Grid *grid, Str part) {
    SheetReading sheet = {.book = book, .grid = grid, .part = part};
    const XmlTaker taker = {sheet_start, sheet_end, sheet_text};
    bool good = xml_read(book->zip, part, &taker, &sheet, &sheet.failed);
    buffer_release(&sheet.text);
    buffer_release(&sheet.formula_text);
    return good && !sheet.failed;
}

static bool read_sheets(Book *book) {
    Str asked = book->ask->sheet;
    bool all = !asked.size || str_is(asked, "all");
    for (size_t i = 0; i < book->sheet_count; i++) {
        const Sheet *sheet = &book->sheets[i];
        const Relation *part = find_relation(book, sheet->id, "");
        if (part && !str_is(part->kind, "worksheet")) continue; /* of charts, of macros */
        Grid *grid = grids_add(book->out, sheet->name, GRID_LETTERS);
        grid->hidden = sheet->hidden;
        bool wanted = all ? !sheet->hidden : str_equal(asked, sheet->name);
        Str target = part ? part->target : sheet->id;
        if (wanted && !read_sheet(book, grid, target)) return false;
    }
    return true;
}

bool xlsx_read(Zip *zip, const GridAsk *ask, Grids *out) {
    Book book = {.zip = zip, .ask = ask, .out = out};
    bool good = read_workbook(&book) && read_strings(&book) && read_styles(&book) && read_sheets(&book);
    memory_free(book.sheets);
    memory_free(book.relations);
    memory_free(book.formats);
    memory_free(book.styles);
    memory_free(book.strings);
    buffer_release(&book.text);
    arena_release(&book.arena);
    return good;
}
