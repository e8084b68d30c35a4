/* pack - the module `zip`: the parts of a document as a ZIP archive, by minizip, in memory. */
#include "base/module.h"
#include "io/package.h"

#include <minizip/zip.h>
#include <string.h>

/* 1980-01-01 00:00, the earliest that an archive can say. */
#define DATE 0x210000
/* As PKZIP 2.0 on FAT: no attributes of any machine. */
#define MADE_BY 20

/* The archive in memory; minizip goes back to fill in sizes. */
typedef struct Archive {
    Buffer *out;
    size_t start, at; /* in `out` */
} Archive;

static voidpf open_bytes(voidpf archive, const void *name, int mode) {
    (void)name;
    (void)mode;
    return archive;
}

static uLong read_bytes(voidpf opaque, voidpf stream, void *to, uLong size) {
    (void)opaque;
    (void)stream;
    (void)to;
    (void)size;
    return 0;
}

static uLong write_bytes(voidpf opaque, voidpf stream, const void *from, uLong size) {
    Archive *archive = stream;
    (void)opaque;
    size_t kept = archive->out->size - archive->at;
    size_t over = size < kept ? size : kept;
    if (over) memcpy(archive->out->data + archive->at, from, over);
    buffer_add(archive->out, (Str){(const char *)from + over, size - over});
    archive->at += size;
    return size;
}

static ZPOS64_T tell_bytes(voidpf opaque, voidpf stream) {
    const Archive *archive = stream;
    (void)opaque;
    return archive->at - archive->start;
}

static long seek_bytes(voidpf opaque, voidpf stream, ZPOS64_T offset, int origin) {
    Archive *archive = stream;
    (void)opaque;
    size_t from = origin == ZLIB_FILEFUNC_SEEK_CUR   ? archive->at
                  : origin == ZLIB_FILEFUNC_SEEK_END ? archive->out->size
                                                     : archive->start;
    if (offset > archive->out->size - from) return -1;
    archive->at = from + offset;
    return 0;
}

static int nothing(voidpf opaque, voidpf stream) {
    (void)opaque;
    (void)stream;
    return 0;
}

static bool write_part(zipFile zip, const PackagePart *part) {
    char name[PACKAGE_NAME + 1] = {0};
    zip_fileinfo info = {.dosDate = DATE};
    int level = part->stored ? 0 : Z_BEST_COMPRESSION;
    memcpy(name, part->name.data, part->name.size);
    if (zipOpenNewFileInZip4_64(zip, name, &info, NULL, 0, NULL, 0, NULL, part->stored ? 0 : Z_DEFLATED,
                                level, 0, -MAX_WBITS, DEF_MEM_LEVEL, Z_DEFAULT_STRATEGY, NULL, 0, MADE_BY, 0,
                                0) != ZIP_OK)
        return false;
    bool good = zipWriteInFileInZip(zip, part->text.data, (unsigned)part->text.size) == ZIP_OK;
    return zipCloseFileInZip(zip) == ZIP_OK && good;
}

static bool write_package(const Package *package, Buffer *out) {
    Archive archive = {out, out->size, out->size};
    zlib_filefunc64_def functions = {open_bytes, read_bytes, write_bytes, tell_bytes,
                                     seek_bytes, nothing,    nothing,     &archive};
    zipFile zip = zipOpen2_64(&archive, APPEND_STATUS_CREATE, NULL, &functions);
    bool good = zip != NULL;
    for (size_t i = 0; good && i < package->count; i++) good = write_part(zip, &package->parts[i]);
    return zip && zipClose(zip, NULL) == ZIP_OK && good;
}

static const PackageWriter package_writer = {write_package};
MODULE_DEFINE(&package_writer);
