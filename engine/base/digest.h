/* digest - SHA-256 of bytes (FIPS 180-4). */
#ifndef PERFEVAL_BASE_DIGEST_H
#define PERFEVAL_BASE_DIGEST_H

#include "base/str.h"

/** Bytes of a digest. */
#define DIGEST_SIZE 32

/** The SHA-256 of `bytes`. */
void digest_sha256(Str bytes, unsigned char out[DIGEST_SIZE]);
/** Adds bytes in base 64 (RFC 4648, with padding). */
void digest_add_base64(Buffer *out, const unsigned char *bytes, size_t size);

#endif
