#include "io/workbook_write.h"

#include "base/module.h"
#include "io/workbook_check.h"

#include <stdio.h>
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

typedef struct Task {
    const WorkbookWriter *writer;
    const Workbook *workbook;
} Task;

/* The library writes files: this one is in memory. */
static bool write_file(const Task *task, Buffer *out) {
    char path[64];
    int file = memfd_create("workbook", MFD_CLOEXEC);
    snprintf(path, sizeof path, "/proc/self/fd/%d", file);
    bool good = file >= 0 && task->writer->write(task->workbook, path) && take_bytes(file, out);
    if (file >= 0) close(file);
    return good;
}

/* Where memory runs out the library may leave out a cell and say nothing: what it writes twice is the same.
 */
static bool draw(void *context, Buffer *out) {
    Buffer again = {0};
    bool good = write_file(context, out) && write_file(context, &again) &&
                str_equal(buffer_view(out), buffer_view(&again));
    buffer_release(&again);
    return good;
}

/* Where memory runs out the library complains and goes on, or dies. */
bool workbook_write(Workbook *workbook, ApartUse use, const Place *place, Buffer *out, Diag *diag) {
    Task task = {module_load("xlsxwrite", use.name, diag), workbook};
    if (!task.writer || !workbook_check(workbook, place, diag)) return false;
    return apart_run(draw, &task, APART_PACKS, use, out, diag);
}
