#include "io/workbook_write.h"

#include "base/file.h"
#include "base/module.h"
#include "io/workbook_check.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

static bool take_bytes(int file, Buffer *out) {
    off_t size = lseek(file, 0, SEEK_END), at = 0;
    if (size <= 0) return false;
    char *to = buffer_reserve(out, (size_t)size);
    while (at < size) {
        ssize_t got = pread(file, to + at, (size_t)(size - at), at);
        if (got <= 0) return false;
        at += got;
    }
    out->size += (size_t)size;
    return true;
}

/* The library writes files: this one is in memory. */
static bool write_bytes(const WorkbookWriter *writer, const Workbook *workbook, Str use, Buffer *out,
                        Diag *diag) {
    char path[64];
    int file = memfd_create("workbook", MFD_CLOEXEC);
    Buffer name = {0};
    buffer_addf(&name, "/proc/self/fd/%d", file);
    memcpy(path, buffer_text(&name), name.size + 1);
    buffer_release(&name);
    bool good = file >= 0 && writer->write(workbook, path) && take_bytes(file, out);
    if (!good) diag_add(diag, MESSAGE_FILE_WRITE, NULL, use, file_cause(errno));
    if (file >= 0) close(file);
    return good;
}

bool workbook_write(Workbook *workbook, Str use, const Place *place, Buffer *out, Diag *diag) {
    const WorkbookWriter *writer = module_load("xlsxwrite", use, diag);
    if (!writer || !workbook_check(workbook, place, diag)) return false;
    return write_bytes(writer, workbook, use, out, diag);
}
