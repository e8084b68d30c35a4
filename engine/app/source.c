#include "app/source.h"

#include "base/module.h"
#include "io/csv.h"

/* Formats that modules read, known by their first bytes. */
static const struct {
    Str start;
    const char *module, *name;
    bool query;
} formats[] = {
    {{"SQLite format 3", 16}, "sqlite", "SQLite", true},
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

static bool read_grids(Source *source, size_t format, const Options *options, Diag *diag) {
    const GridReader *reader = module_load(formats[format].module, str_of(formats[format].name), diag);
    GridAsk ask = {.file = source->name,
                   .bytes = source->file.bytes,
                   .path = source->file.path,
                   .sheet = options->sheet,
                   .query = options->query};
    if (!formats[format].query && useless(source, options->query, "--query", diag)) return false;
    return reader && reader->read(&ask, &source->grids, diag) &&
           choose_sheets(source, options->query.size ? STR("") : options->sheet, diag);
}

bool source_open(Source *source, Str path, const Options *options, Diag *diag) {
    *source = (Source){.name = str_is(path, "-") ? STR("<stdin>") : path};
    if (!file_read(path, &source->file, diag)) return false;
    size_t format = find_format(source->file.bytes);
    if (format < FORMAT_COUNT) return read_grids(source, format, options, diag);
    source->tabular = true;
    source->text = source->file.bytes;
    return !useless(source, options->sheet, "--sheet", diag) &&
           !useless(source, options->query, "--query", diag);
}

Table *source_table(const Source *source) {
    if (source->tabular) return csv_open(source->name, source->text);
    return grid_table(source->name, source->sheets[0].grid, &source->sheets[0].heading);
}

void source_release(Source *source) {
    grids_release(&source->grids);
    arena_release(&source->arena);
    file_release(&source->file);
    *source = (Source){0};
}
