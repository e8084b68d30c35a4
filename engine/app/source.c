#include "app/source.h"

#include "base/module.h"
#include "base/text.h"
#include "io/csv.h"
#include "io/jsonrows.h"
#include "model/chain.h"

#include <glob.h>

#include <string.h>

/* Formats that modules read, known by their first bytes. */
static const struct {
    Str start;
    const char *module, *name;
    bool query;
} formats[] = {
    {{"SQLite format 3", 16}, "sqlite", "SQLite", true},
    {{"PK\x03\x04", 4}, "office", "XLSX, ODS, HWPX", false},
};
#define FORMAT_COUNT (sizeof formats / sizeof *formats)

static size_t find_format(Str bytes) {
    size_t i = 0;
    while (i < FORMAT_COUNT && !str_starts(bytes, formats[i].start)) i++;
    return i;
}

/* A flag that says nothing of this format would be passed over in silence. */
static bool useless(const Source *source, Str value, const char *flag, Diag *diag) {
    if (!value.size) return false;
    diag_add(diag, MESSAGE_SHEET_USELESS, NULL, source->name, str_of(flag));
    return true;
}

static void list_sheets(const Source *source, const bool *chosen, Buffer *out) {
    for (size_t i = 0; i < source->grids.count; i++) {
        if (chosen && !chosen[i]) continue;
        if (out->size) buffer_add(out, STR(", "));
        buffer_add(out, source->grids.grids[i].name);
    }
}

static bool add_sheet(Source *source, const Grid *grid) {
    SourceSheet *sheet = &source->sheets[source->count];
    *sheet = (SourceSheet){.grid = grid};
    heading_find(grid, &source->arena, &sheet->heading);
    if (sheet->heading.count) source->count++;
    return sheet->heading.count > 0;
}

static bool named_sheet(Source *source, Str name, Diag *diag) {
    for (size_t i = 0; i < source->grids.count; i++) {
        if (!str_equal(source->grids.grids[i].name, name)) continue;
        Place place = {.file = source->name, .cell = name};
        if (add_sheet(source, &source->grids.grids[i])) return true;
        diag_add_plain(diag, MESSAGE_EMPTY_FILE, &place);
        return false;
    }
    Buffer names = {0};
    Place place = {.file = source->name};
    list_sheets(source, NULL, &names);
    diag_add(diag, MESSAGE_SHEET_UNKNOWN, &place, name, buffer_view(&names));
    buffer_release(&names);
    return false;
}

/* The sheets that have the columns a data file needs; where none has them all, the one that comes nearest, so
 * that the loader says what it lacks. Hidden sheets are asked for by name. */
static bool likely_sheets(Source *source, bool all, Diag *diag) {
    const Grids *grids = &source->grids;
    Arena arena = {0};
    bool *chosen = arena_new(&arena, grids->count, sizeof *chosen);
    size_t found = 0, best = 0, nearest = grids->count;
    for (size_t i = 0; i < grids->count; i++) {
        GridHeading heading;
        if (grids->grids[i].hidden) continue;
        size_t needed = heading_find(&grids->grids[i], &arena, &heading);
        chosen[i] = needed == heading_needed();
        found += chosen[i];
        if (heading.count && (nearest == grids->count || needed > best)) {
            best = needed;
            nearest = i;
        }
    }
    if (!found && nearest < grids->count) {
        chosen[nearest] = true;
        found = 1;
    }
    Place place = {.file = source->name};
    bool good = found == 1 || (all && found);
    if (!found) diag_add_plain(diag, MESSAGE_EMPTY_FILE, &place);
    if (found > 1 && !all) {
        Buffer names = {0};
        list_sheets(source, chosen, &names);
        diag_add(diag, MESSAGE_SHEET_NEEDED, &place, buffer_view(&names));
        buffer_release(&names);
    }
    for (size_t i = 0; i < grids->count && good; i++)
        if (chosen[i]) add_sheet(source, &grids->grids[i]);
    arena_release(&arena);
    return good;
}

static bool fill_merges(Source *source, Diag *diag) {
    for (size_t i = 0; i < source->grids.count; i++) {
        if (grid_fill(&source->grids.grids[i])) continue;
        Place place = {.file = source->name, .cell = source->grids.grids[i].name};
        diag_add_plain(diag, MESSAGE_MERGES_LIMIT, &place);
        return false;
    }
    return true;
}

static bool choose_sheets(Source *source, Str asked, Diag *diag) {
    bool all = str_is(asked, "all");
    source->sheets = arena_new(&source->arena, source->grids.count, sizeof *source->sheets);
    if (!fill_merges(source, diag)) return false;
    return asked.size && !all ? named_sheet(source, asked, diag) : likely_sheets(source, all, diag);
}

/* The older formats share one container, which names its streams in UTF-16. */
static bool is_old(const Source *source, Diag *diag) {
    static const struct {
        const char *name;
        MessageId message;
    } streams[] = {{"EncryptedPackage", MESSAGE_ENCRYPTED_FILE},
                   {"HwpSummaryInformation", MESSAGE_OLD_HWP},
                   {"", MESSAGE_OLD_EXCEL}};
    Str bytes = source->file.bytes;
    Place place = {.file = source->name};
    if (!str_starts(bytes, STR("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"))) return false;
    for (size_t i = 0; i < sizeof streams / sizeof *streams; i++) {
        char wide[64];
        size_t size = 0;
        for (const char *at = streams[i].name; *at; at++) {
            wide[size++] = *at;
            wide[size++] = '\0';
        }
        if (size && !memmem(bytes.data, bytes.size, wide, size)) continue;
        diag_add_plain(diag, streams[i].message, &place);
        break;
    }
    return true;
}

/* Hidden rows of the sheets that are read count, and it is said. */
static void warn_hidden(const Source *source, Diag *diag) {
    for (size_t i = 0; i < source->count; i++) {
        const Grid *grid = source->sheets[i].grid;
        size_t hidden = 0;
        uint32_t first = 0;
        for (size_t row = source->sheets[i].heading.first; row < grid->row_count; row++) {
            if (!grid->rows[row].hidden) continue;
            if (!hidden++) first = grid->rows[row].number;
        }
        if (!hidden) continue;
        Arena arena = {0};
        Place place = {.file = source->name, .line = first};
        place.cell = arena_format(&arena, "%.*s!A%u", STR_FMT(grid->name), first);
        diag_add(diag, MESSAGE_HIDDEN_ROWS, &place, arena_format(&arena, "%zu", hidden));
        arena_release(&arena);
    }
}

static bool read_grids(Source *source, size_t format, const Options *options, Diag *diag) {
    const GridReader *reader = module_load(formats[format].module, str_of(formats[format].name), diag);
    GridAsk ask = {.file = source->name,
                   .bytes = source->file.bytes,
                   .path = source->file.path,
                   .sheet = options->sheet,
                   .query = options->query,
                   .inflated = options->input_limits.unpacked_mebibytes << 20,
                   .parts = options->input_limits.parts,
                   .ratio = options->input_limits.ratio,
                   .rows = options->input_limits.rows};
    if (!formats[format].query && useless(source, options->query, "--query", diag)) return false;
    if (!reader || !reader->read(&ask, &source->grids, diag) ||
        !choose_sheets(source, options->query.size ? STR("") : options->sheet, diag))
        return false;
    warn_hidden(source, diag);
    return true;
}

static bool read_json(Source *source, const Options *options, Diag *diag) {
    if (useless(source, options->query, "--query", diag) || useless(source, options->sheet, "--sheet", diag))
        return false;
    return jsonrows_read(source->name, source->file.bytes, &options->input_limits, &source->grids, diag) &&
           choose_sheets(source, STR(""), diag);
}

static bool read_text(Source *source, const Options *options, Diag *diag) {
    source->tabular = true;
    source->text = source->file; /* a view: the file is released */
    source->encoding = options->encoding;
    bool certain = source->encoding > ENCODING_UTF8 || encoding_has_wide_mark(source->file.bytes);
    if (certain && !source_decode(source, NULL, diag)) return false;
    return !useless(source, options->sheet, "--sheet", diag) &&
           !useless(source, options->query, "--query", diag);
}

static bool open_file(Source *source, Str path, const Options *options, Diag *diag) {
    *source = (Source){.name = str_is(path, "-") ? STR("<stdin>") : path};
    uint64_t most = options->input_limits.file_mebibytes << 20;
    if (!file_read_most(path, most, STR("--max-file"), &source->file, diag)) {
        folder_hint_file(path, diag);
        return false;
    }
    if (is_old(source, diag)) return false;
    size_t format = find_format(source->file.bytes);
    if (format < FORMAT_COUNT) return read_grids(source, format, options, diag);
    if (jsonrows_is(source->file.bytes)) return read_json(source, options, diag);
    return read_text(source, options, diag);
}

static bool is_pattern(Str path) {
    return (str_find(path, '*', 0) < path.size || str_find(path, '?', 0) < path.size) && !file_exists(path);
}

/* The files of a pattern in order of their names, without those that Excel keeps while a file is open. */
static bool open_files(Source *source, Str path, const Options *options, Diag *diag) {
    glob_t found = {0};
    bool good = glob(arena_copy(&source->arena, path).data, GLOB_NOSORT, NULL, &found) == 0;
    Str *names = arena_new(&source->arena, found.gl_pathc + 1, sizeof *names);
    size_t count = 0;
    for (size_t i = 0; good && i < found.gl_pathc; i++) {
        Str name = str_of(found.gl_pathv[i]);
        if (str_starts(path_name(name), STR("~$"))) continue;
        size_t at = count++;
        for (; at > 0 && str_compare(name, names[at - 1]) < 0; at--) names[at] = names[at - 1];
        names[at] = arena_copy(&source->arena, name);
    }
    globfree(&found);
    if (!count) diag_add(diag, MESSAGE_NO_FILES, NULL, path);
    good = count > 0;
    source->files = arena_new(&source->arena, count, sizeof *source->files);
    for (size_t i = 0; i < count; i++) {
        good &= open_file(&source->files[source->file_count++], names[i], options, diag);
        if (good && source->files[i].tabular) good &= source_decode(&source->files[i], NULL, diag);
    }
    return good;
}

bool source_open(Source *source, Str path, const Options *options, Diag *diag) {
    *source = (Source){.name = path};
    return is_pattern(path) ? open_files(source, path, options, diag)
                            : open_file(source, path, options, diag);
}

void source_note(const Source *source, Str path, const char *kind, bool copy, Inputs *inputs) {
    for (size_t i = 0; i < source->file_count; i++)
        inputs_add(inputs, kind, source->files[i].name, source->files[i].file.bytes, copy);
    if (!source->files) inputs_add(inputs, kind, path, source->file.bytes, copy);
}

bool source_decode(Source *source, bool *changed, Diag *diag) {
    Str text;
    if (changed) *changed = false;
    if (source->decoded.size) return true;
    if (!encoding_read(source->name, source->file.bytes, source->encoding, &source->decoded, &text, diag))
        return false;
    if (text.data == source->file.bytes.data) return true;
    source->text.bytes = text;
    source->text.mapping = NULL;
    source->text.descriptor = 0;
    if (changed) *changed = true;
    return true;
}

static Table *text_table(const Source *source) {
    Str text = source->text.bytes;
    return csv_has_tabs(text) ? csv_open_tabs(source->name, text) : csv_open(source->name, text);
}

Table *source_table(const Source *source) {
    if (source->tabular) return text_table(source);
    size_t count = source->files ? source->file_count : source->count;
    Arena arena = {0};
    Table **tables = arena_new(&arena, count, sizeof *tables);
    for (size_t i = 0; i < count; i++)
        tables[i] = source->files
                        ? source_table(source->files + i)
                        : grid_table(source->name, source->sheets[i].grid, &source->sheets[i].heading);
    bool single = count == 1 && !source->files;
    Table *table = single ? tables[0] : chain_table(source->name, tables, count);
    arena_release(&arena);
    return table;
}

bool source_files_agree(const Source *source, const Table *table, const Dataset *dataset, Diag *diag) {
    return !source->files || chain_check(table, dataset, diag);
}

/* ---- departments that must be there */

static bool has_department(const Dataset *dataset, Str bureau, Str department) {
    for (size_t i = 0; i < dataset_level_size(dataset, LEVEL_DEPARTMENT); i++) {
        Str above = dataset_level_name(dataset, LEVEL_BUREAU, dataset_parent(dataset, LEVEL_DEPARTMENT, i));
        if (text_same_folded(dataset_level_name(dataset, LEVEL_DEPARTMENT, i), department) &&
            (!bureau.size || text_same_folded(above, bureau)))
            return true;
    }
    return false;
}

/* Where a column of the list stands; `count` where it has none. */
static size_t find_column(const Row *heading, ColumnId wanted) {
    size_t i = 0;
    ColumnId id;
    while (i < heading->count && !(heading_column(str_trim(heading->cells[i].text), &id) && id == wanted))
        i++;
    return i;
}

static bool check_listed(Table *list, const Dataset *dataset, Diag *diag) {
    Row row;
    Str bureau = STR(""), department = STR("");
    bool good = table_next(list, &row, diag) == TABLE_ROW;
    if (!good) return false;
    size_t departments = find_column(&row, COLUMN_DEPARTMENT), bureaus = find_column(&row, COLUMN_BUREAU);
    if (departments == row.count) {
        Place place = table_place(list, &row, row.count);
        diag_add(diag, MESSAGE_MISSING_COLUMN, &place, STR("department"), STR("부서"));
        return false;
    }
    Arena arena = {0};
    for (TableStep step; (step = table_next(list, &row, diag)) != TABLE_END;) {
        good &= step == TABLE_ROW;
        if (step != TABLE_ROW || departments >= row.count || bureaus > row.count) continue;
        Str of = bureaus < row.count ? str_trim(row.cells[bureaus].text) : STR("");
        Str name = str_trim(row.cells[departments].text);
        if (str_equal(of, bureau) && str_equal(name, department)) continue; /* a list of indicators will do */
        bureau = arena_copy(&arena, of);
        department = arena_copy(&arena, name);
        if (has_department(dataset, of, name)) continue;
        Place place = table_place(list, &row, departments);
        diag_add(diag, MESSAGE_DEPARTMENT_ABSENT, &place, of, name);
        good = false;
    }
    arena_release(&arena);
    return good;
}

bool source_departments(Str path, const Options *options, const Dataset *dataset, Diag *diag) {
    Source source;
    Options plain = *options;
    plain.sheet = plain.query = STR(""); /* flags about the data are not about the list */
    plain.encoding = ENCODING_GUESSED;
    bool good = source_open(&source, path, &plain, diag);
    if (good) source_note(&source, path, "departments", true, options->inputs);
    if (good && source.tabular) good = source_decode(&source, NULL, diag);
    if (good) {
        Table *list = source_table(&source);
        good = check_listed(list, dataset, diag);
        table_close(list);
    }
    source_release(&source);
    return good;
}

void source_release(Source *source) {
    for (size_t i = 0; i < source->file_count; i++) source_release(&source->files[i]);
    grids_release(&source->grids);
    buffer_release(&source->decoded);
    arena_release(&source->arena);
    file_release(&source->file);
    *source = (Source){0};
}
