/* Workbooks and documents (XLSX, ODS, HWPX): the module reads an archive, and its sheets become data as for
 * `--data`.
 *
 * An input that begins with "PK" is the archive itself; any other says in lines what to make one of:
 *   === NAME        a part, deflated, with the lines up to the next mark as its bytes; --- NAME: a stored one
 *   @@@ PLACE HEX…  behind all parts: bytes put over those of the archive; a place below 0 counts from its
 * end
 */
#include "grids.h"

#include "base/memory.h"
#include "base/module.h"

#include <zlib.h>

/* Of the module, which is linked in. */
extern const Module perfeval_module;

#define PARTS 32
/* What parts may unpack to: little, so that an input takes no seconds. */
#define UNPACKED ((uint64_t)2 << 20)

/* ---- an archive from lines */

typedef struct Part {
    Str name, bytes;
    bool stored;
    size_t place;
    uint32_t packed, sum;
} Part;

typedef struct Recipe {
    Part parts[PARTS];
    size_t count;
    Str patches[PARTS]; /* behind their mark */
    size_t patch_count;
} Recipe;

static Str rest_behind(Str line, size_t from) {
    return str_slice(line, from < line.size ? from : line.size, line.size);
}

static void read_recipe(Str text, Recipe *out) {
    Part *part = NULL;
    for (size_t at = 0; at < text.size;) {
        size_t end = str_find(text, '\n', at), behind = end < text.size ? end + 1 : end;
        Str line = str_slice(text, at, end);
        bool deflated = str_starts(line, STR("=== ")), stored = str_starts(line, STR("--- "));
        if ((deflated || stored) && out->count < PARTS) {
            part = &out->parts[out->count++];
            *part = (Part){.name = rest_behind(line, 4), .stored = stored};
            part->bytes = str_slice(text, behind, behind);
        } else if (str_starts(line, STR("@@@ "))) {
            if (out->patch_count < PARTS) out->patches[out->patch_count++] = rest_behind(line, 4);
        } else if (part) {
            part->bytes.size = (size_t)(text.data + behind - part->bytes.data);
        }
        at = behind;
    }
}

static void add_number(Buffer *out, uint32_t value, int bytes) {
    for (int i = 0; i < bytes; i++) buffer_add_char(out, (char)(value >> 8 * i & 0xff));
}

static void add_deflated(Buffer *out, Str bytes) {
    z_stream stream = {0};
    if (deflateInit2(&stream, 6, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK) fail_msg("zlib");
    size_t room = deflateBound(&stream, bytes.size);
    char *packed = buffer_reserve(out, room);
    stream.next_in = (Bytef *)(uintptr_t)bytes.data;
    stream.avail_in = (uInt)bytes.size;
    stream.next_out = (Bytef *)packed;
    stream.avail_out = (uInt)room;
    if (deflate(&stream, Z_FINISH) != Z_STREAM_END) fail_msg("deflate");
    out->size += stream.total_out;
    deflateEnd(&stream);
}

/* The fields that a part's own header and the directory share. */
static void add_header(Buffer *out, const Part *part) {
    add_number(out, 20, 2);
    add_number(out, 0x800, 2);
    add_number(out, part->stored ? 0 : 8, 2);
    add_number(out, 0x210000, 4); /* 1980-01-01 */
    add_number(out, part->sum, 4);
    add_number(out, part->packed, 4);
    add_number(out, (uint32_t)part->bytes.size, 4);
    add_number(out, (uint32_t)part->name.size, 2);
    add_number(out, 0, 2);
}

static void add_part(Buffer *out, Part *part) {
    Buffer packed = {0};
    if (part->stored)
        buffer_add(&packed, part->bytes);
    else
        add_deflated(&packed, part->bytes);
    part->place = out->size;
    part->packed = (uint32_t)packed.size;
    part->sum = (uint32_t)crc32(0, (const Bytef *)part->bytes.data, (uInt)part->bytes.size);
    buffer_add(out, STR("PK\x03\x04"));
    add_header(out, part);
    buffer_add(out, part->name);
    buffer_add(out, buffer_view(&packed));
    buffer_release(&packed);
}

static void add_archive(Buffer *out, Recipe *recipe) {
    for (size_t i = 0; i < recipe->count; i++) add_part(out, &recipe->parts[i]);
    size_t directory = out->size;
    for (size_t i = 0; i < recipe->count; i++) {
        buffer_add(out, STR("PK\x01\x02"));
        add_number(out, 20, 2);
        add_header(out, &recipe->parts[i]);
        add_number(out, 0, 4); /* no comment, first disk */
        add_number(out, 0, 2);
        add_number(out, 0, 4);
        add_number(out, (uint32_t)recipe->parts[i].place, 4);
        buffer_add(out, recipe->parts[i].name);
    }
    uint32_t size = (uint32_t)(out->size - directory);
    buffer_add(out, STR("PK\x05\x06"));
    add_number(out, 0, 4);
    add_number(out, (uint32_t)recipe->count, 2);
    add_number(out, (uint32_t)recipe->count, 2);
    add_number(out, size, 4);
    add_number(out, (uint32_t)directory, 4);
    add_number(out, 0, 2);
}

static void make_archive(Str input, Buffer *out) {
    Recipe recipe = {0};
    read_recipe(input, &recipe);
    add_archive(out, &recipe);
    for (size_t i = 0; i < recipe.patch_count; i++) patch_bytes(out, recipe.patches[i]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    memory_serve_gmp();
    const GridReader *reader = perfeval_module.functions;
    Str input = {(const char *)data, size};
    Buffer archive = {0};
    if (!str_starts(input, STR("PK"))) make_archive(input, &archive);
    const GridAsk ask = {.file = STR("x.xlsx"),
                         .bytes = archive.size ? buffer_view(&archive) : input,
                         .path = STR("x.xlsx"),
                         .inflated = UNPACKED};
    Diag *diag = diag_new();
    Grids grids = {0};
    bool good = reader->read(&ask, &grids, diag);
    require(good == !diag_has_errors(diag), "errors and read, or neither");
    require_plain_messages(diag);
    if (good) grids_become_data(&grids, STR("x.xlsx"), true);
    grids_release(&grids);
    diag_free(diag);
    buffer_release(&archive);
    return 0;
}
