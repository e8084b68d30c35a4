/* encode - a text that is written in another encoding than UTF-8: CP949, which older programs expect, or
 * UTF-8 with the mark by which Excel knows it.
 *
 * A character that CP949 lacks is written as its likeness where there is one (▢ as □), else as its number,
 * <U+2713>; each is counted and reported, never dropped in silence. Letters in pieces (NFD, from macOS) are
 * put together first: they are the same text.
 */
#ifndef PERFEVAL_IO_ENCODE_H
#define PERFEVAL_IO_ENCODE_H

#include "base/diag.h"

typedef enum OutputEncoding { OUTPUT_UTF8, OUTPUT_UTF8_BOM, OUTPUT_CP949, OUTPUT_ENCODINGS } OutputEncoding;

/** "utf-8", "utf-8-bom", "cp949"; NULL ends them. */
extern const char *const output_encodings[OUTPUT_ENCODINGS + 1];

/** A text under way. */
typedef struct Encoder Encoder;

/** NULL after an error: MESSAGE_NO_ENCODING. */
Encoder *encoder_new(OutputEncoding encoding, Diag *diag);
/** Adds the bytes of valid UTF-8 to `out`; a character may come in pieces. */
void encoder_add(Encoder *encoder, Str bytes, Buffer *out);
/** Adds warnings (MESSAGE_NOT_ENCODED), one for each character that was replaced (the first hundred), in the
 * order in which they came, and frees the encoder; NULL is allowed. */
void encoder_end(Encoder *encoder, Diag *diag);

#endif
