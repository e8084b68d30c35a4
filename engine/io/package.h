/* package - a document of several parts in one ZIP archive: HWPX, DOCX.
 *
 * A format's script writes the text of each part; what may stand in the archive is checked here, and the
 * module `zip` writes it: the same parts always give the same bytes (no clock, no owner, no extra fields).
 */
#ifndef PERFEVAL_IO_PACKAGE_H
#define PERFEVAL_IO_PACKAGE_H

#include "base/diag.h"

/** Most parts of a package, most bytes of the name and of the text of one. */
#define PACKAGE_PARTS 1000
#define PACKAGE_NAME  200
#define PACKAGE_TEXT  ((size_t)1 << 30)

typedef struct PackagePart {
    Str name; /* of the entry: word/document.xml */
    Str text;
    bool stored; /* as it is, not deflated */
    bool binary; /* the bytes of a picture that the program drew; else UTF-8 */
} PackagePart;

typedef struct Package {
    PackagePart *parts; /* in the order of the archive */
    size_t count;
} Package;

/** The first fault of a package. */
typedef struct PackageFault {
    size_t part;    /* position */
    bool text;      /* of the part's text; else of its name */
    MessageId what; /* TEXT_PACKAGE_…, TEXT_RESULT_BYTES; TEXT_DOCUMENT_EMPTY of the whole list */
} PackageFault;

/** False when something may not stand in an archive: no part or too many; a name other than letters, digits
 * and . _ - [ ] between single slashes, with a step that begins or ends with two dots or ends with one; a
 * name that another part has (in any case) or that is a folder of another's; a text that is no UTF-8; a
 * mimetype that is not the first part, stored. */
bool package_check(const Package *package, PackageFault *fault);

/** What the module `zip` does: adds the archive to `out`. */
typedef struct PackageWriter {
    bool (*write)(const Package *package, Buffer *out);
} PackageWriter;

/** Adds a checked package to `out` as a ZIP archive. `format`: for messages. False after errors
 * (MESSAGE_MODULE_MISSING among them). */
bool package_write(const Package *package, Str format, Buffer *out, Diag *diag);

#endif
