/* encoding - the bytes of a text file in UTF-8: what Korean Excel writes is CP949, or UTF-16 with a mark. */
#ifndef PERFEVAL_IO_ENCODING_H
#define PERFEVAL_IO_ENCODING_H

#include "base/diag.h"

typedef enum Encoding {
    ENCODING_GUESSED, /* by the byte order mark; else UTF-8 where that is valid; else CP949 */
    ENCODING_UTF8,
    ENCODING_CP949,
    ENCODING_UTF16LE,
    ENCODING_COUNT
} Encoding;

/** "utf-8", "cp949", "utf-16le"; capitals and '_' are folded. False for other names. */
bool encoding_find(Str name, Encoding *encoding);
/** Its name; empty for ENCODING_GUESSED. */
Str encoding_name(Encoding encoding);
/** True for bytes with a mark of UTF-16, which nothing else begins with. */
bool encoding_has_wide_mark(Str bytes);
/** Makes UTF-8 of the bytes: *out is a view of them where they are UTF-8 already, else of `buffer`. A text
 * most of which is UTF-8 counts as UTF-8 with a slip, which the reader of rows reports. Errors:
 * MESSAGE_BAD_ENCODING with the offset of the byte, MESSAGE_NO_ENCODING. */
bool encoding_read(Str file, Str bytes, Encoding encoding, Buffer *buffer, Str *out, Diag *diag);

#endif
