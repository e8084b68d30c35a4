#include "module/zip.h"

#include <stdlib.h>
#include <string.h>

#define PIECE     65536
#define MOST_NAME 512

/* ---- minizip reads the bytes at hand */

static voidpf open_bytes(voidpf zip, const void *name, int mode) {
    (void)name;
    (void)mode;
    return zip;
}

static uLong read_bytes(voidpf opaque, voidpf stream, void *to, uLong size) {
    Zip *zip = stream;
    (void)opaque;
    uint64_t left = zip->bytes.size - zip->at;
    if (size > left) size = left;
    memcpy(to, zip->bytes.data + zip->at, size);
    zip->at += size;
    return size;
}

static uLong write_bytes(voidpf opaque, voidpf stream, const void *from, uLong size) {
    (void)opaque;
    (void)stream;
    (void)from;
    (void)size;
    return 0;
}

static ZPOS64_T tell_bytes(voidpf opaque, voidpf stream) {
    (void)opaque;
    return ((Zip *)stream)->at;
}

static long seek_bytes(voidpf opaque, voidpf stream, ZPOS64_T offset, int origin) {
    Zip *zip = stream;
    (void)opaque;
    uint64_t from = origin == ZLIB_FILEFUNC_SEEK_CUR   ? zip->at
                    : origin == ZLIB_FILEFUNC_SEEK_END ? zip->bytes.size
                                                       : 0;
    if (offset > zip->bytes.size - from) return -1;
    zip->at = from + offset;
    return 0;
}

static int nothing(voidpf opaque, voidpf stream) {
    (void)opaque;
    (void)stream;
    return 0;
}

/* ---- faults */

static bool broken(Zip *zip, Str part, MessageId cause) {
    Place place = {.file = zip->name};
    Str named = part.size ? arena_format(&zip->arena, "%.*s: ", STR_FMT(part)) : part;
    diag_add(zip->diag, MESSAGE_ZIP_BROKEN, &place, named, message_words(cause));
    return false;
}

bool zip_beyond(Zip *zip, Str part, MessageId what, uint64_t limit, Str flag) {
    Place place = {.file = zip->name};
    Str number = arena_format(&zip->arena, "%llu", (unsigned long long)limit);
    Str named = flag.size ? arena_format(&zip->arena, " (%.*s)", STR_FMT(flag)) : flag;
    diag_add(zip->diag, MESSAGE_ZIP_LIMIT, &place, part, message_words(what), number, named);
    return false;
}

/* ---- names */

/* No part lies outside of the archive. */
static bool is_good_name(const char *name, size_t size) {
    if (!size || strlen(name) != size || name[0] == '/' || strpbrk(name, "\\:")) return false;
    for (const char *at = name; at; at = strchr(at, '/')) {
        at += *at == '/';
        size_t step = strcspn(at, "/");
        if ((step == 2 && at[0] == '.' && at[1] == '.') || (step == 1 && at[0] == '.')) return false;
    }
    return true;
}

static int compare_names(const void *a, const void *b) {
    return str_compare(*(const Str *)a, *(const Str *)b);
}

static bool bad_name(Zip *zip, Str name) {
    Place place = {.file = zip->name};
    diag_add(zip->diag, MESSAGE_ZIP_NAME, &place, name);
    return false;
}

static bool check_names(Zip *zip, size_t count) {
    Str *names = arena_new(&zip->arena, count, sizeof *names);
    for (size_t i = 0; i < count; i++) {
        char name[MOST_NAME + 1] = {0};
        unz_file_info64 info;
        if ((i == 0 ? unzGoToFirstFile(zip->file) : unzGoToNextFile(zip->file)) != UNZ_OK ||
            unzGetCurrentFileInfo64(zip->file, &info, name, MOST_NAME, NULL, 0, NULL, 0) != UNZ_OK)
            return broken(zip, STR(""), TEXT_CAUSE_CUT_OFF);
        names[i] = arena_copy(&zip->arena, str_of(name));
        if (info.size_filename > MOST_NAME || !is_good_name(name, info.size_filename))
            return bad_name(zip, names[i]);
    }
    qsort(names, count, sizeof *names, compare_names);
    for (size_t i = 1; i < count; i++)
        if (str_equal(names[i], names[i - 1])) return bad_name(zip, names[i]);
    return true;
}

bool zip_open(Zip *zip, const GridAsk *ask, Diag *diag) {
    *zip = (Zip){.bytes = ask->bytes,
                 .name = ask->file,
                 .limit = ask->inflated ? ask->inflated : ZIP_INFLATED,
                 .ratio = ask->ratio ? ask->ratio : ZIP_RATIO,
                 .diag = diag};
    zlib_filefunc64_def functions = {open_bytes, read_bytes, write_bytes, tell_bytes,
                                     seek_bytes, nothing,    nothing,     zip};
    unz_global_info64 all;
    zip->file = unzOpen2_64(zip, &functions);
    if (!zip->file || unzGetGlobalInfo64(zip->file, &all) != UNZ_OK || all.number_entry == 0)
        return broken(zip, STR(""), TEXT_CAUSE_CUT_OFF);
    uint64_t parts = ask->parts ? ask->parts : ZIP_ENTRIES;
    if (all.number_entry > parts)
        return zip_beyond(zip, zip->name, TEXT_CAUSE_ENTRIES, parts, STR("--max-parts"));
    return check_names(zip, (size_t)all.number_entry);
}

void zip_close(Zip *zip) {
    if (zip->file) unzClose(zip->file);
    arena_release(&zip->arena);
}

bool zip_has(const Zip *zip, Str part) {
    Arena arena = {0};
    bool found = unzLocateFile(zip->file, arena_copy(&arena, part).data, 1) == UNZ_OK;
    arena_release(&arena);
    return found;
}

/* The sizes that the archive declares are not believed: what comes out is counted. */
static bool within(Zip *zip, Str part, uint64_t unpacked, uint64_t packed) {
    if (zip->inflated > zip->limit)
        return zip_beyond(zip, part, TEXT_CAUSE_INFLATED, zip->limit, STR("--max-unpacked"));
    if (unpacked > ZIP_RATIO_FROM && unpacked / zip->ratio > packed)
        return zip_beyond(zip, part, TEXT_CAUSE_RATIO, zip->ratio, STR("--max-ratio"));
    return true;
}

static bool read_open(Zip *zip, Str part, uint64_t packed,
                      bool (*take)(void *context, const char *bytes, size_t size, bool last), void *context) {
    char piece[PIECE];
    uint64_t unpacked = 0;
    for (;;) {
        int size = unzReadCurrentFile(zip->file, piece, PIECE);
        if (size < 0) return broken(zip, part, TEXT_CAUSE_ZIP_DATA);
        unpacked += (uint64_t)size;
        zip->inflated += (uint64_t)size;
        if (!within(zip, part, unpacked, packed)) return false;
        if (!take(context, piece, (size_t)size, size == 0)) return false;
        if (size == 0) return true;
    }
}

bool zip_read(Zip *zip, Str part, bool (*take)(void *context, const char *bytes, size_t size, bool last),
              void *context) {
    unz_file_info64 info;
    if (!zip_has(zip, part)) {
        Place place = {.file = zip->name};
        diag_add(zip->diag, MESSAGE_PART_MISSING, &place, part);
        return false;
    }
    if (unzGetCurrentFileInfo64(zip->file, &info, NULL, 0, NULL, 0, NULL, 0) != UNZ_OK ||
        unzOpenCurrentFile(zip->file) != UNZ_OK)
        return broken(zip, part, TEXT_CAUSE_ZIP_DATA);
    uint64_t packed = info.compressed_size < zip->bytes.size ? info.compressed_size : zip->bytes.size;
    bool good = read_open(zip, part, packed, take, context);
    if (unzCloseCurrentFile(zip->file) != UNZ_OK && good) return broken(zip, part, TEXT_CAUSE_ZIP_DATA);
    return good;
}

bool zip_count(Zip *zip, Str part, uint64_t bytes) {
    zip->inflated += bytes;
    return within(zip, part, 0, 0);
}
