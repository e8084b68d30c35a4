#include "base/digest.h"

void digest_start(Digest *digest) {
    sha256_init(&digest->state);
    digest->bytes = 0;
}

void digest_add(Digest *digest, Str bytes) {
    digest->bytes += bytes.size;
    if (bytes.size) sha256_update(&digest->state, bytes.size, (const uint8_t *)bytes.data);
}

DigestText digest_end(Digest *digest) {
    static const char hex[] = "0123456789abcdef";
    uint8_t raw[SHA256_DIGEST_SIZE];
    DigestText text = {{0}};
    sha256_digest(&digest->state, sizeof raw, raw);
    for (size_t i = 0; i < sizeof raw; i++) {
        text.letters[2 * i] = hex[raw[i] >> 4];
        text.letters[2 * i + 1] = hex[raw[i] & 15];
    }
    return text;
}

DigestText digest_of(Str bytes) {
    Digest digest;
    digest_start(&digest);
    digest_add(&digest, bytes);
    return digest_end(&digest);
}

Str digest_view(const DigestText *text) { return (Str){text->letters, DIGEST_LETTERS}; }
