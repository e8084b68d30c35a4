/* digest - SHA-256, by which records name files and results.
 *
 * The work is done by nettle, which uses the processor's own instructions where it has them.
 */
#ifndef PERFEVAL_BASE_DIGEST_H
#define PERFEVAL_BASE_DIGEST_H

#include "base/str.h"

#include <nettle/sha2.h>

/** Letters of a digest: lower case hexadecimal. */
#define DIGEST_LETTERS 64

/** A digest under way; bytes counted. */
typedef struct Digest {
    struct sha256_ctx state;
    uint64_t bytes;
} Digest;

/** A finished digest, with a NUL behind it. */
typedef struct DigestText {
    char letters[DIGEST_LETTERS + 1];
} DigestText;

void digest_start(Digest *digest);
void digest_add(Digest *digest, Str bytes);
/** The digest of all bytes since the start; the Digest is spent. */
DigestText digest_end(Digest *digest);
/** The digest of some bytes. */
DigestText digest_of(Str bytes);
/** A view of the letters. */
Str digest_view(const DigestText *text);

#endif
