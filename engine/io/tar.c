#include "io/tar.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#define BLOCK ((size_t)512)

/* Fields of a header: POSIX.1-1988, ustar. */
enum {
    MODE = 100,
    OWNER = 108,
    GROUP = 116,
    SIZE = 124,
    TIME = 136,
    SUM = 148,
    KIND = 156,
    MAGIC = 257,
    PREFIX = 345,
    SIZE_DIGITS = 11,
    SUM_DIGITS = 6
};

/* The sum of the header's bytes, its own field taken as blanks. */
static unsigned sum_of(const char header[BLOCK]) {
    unsigned sum = 0;
    for (size_t i = 0; i < BLOCK; i++)
        sum += i >= SUM && i < SUM + 8 ? (unsigned)' ' : (unsigned)(unsigned char)header[i];
    return sum;
}

void tar_add(Buffer *out, Str name, Str bytes) {
    char header[BLOCK] = {0};
    assert(name.size <= TAR_NAME && bytes.size < (size_t)1 << 33);
    memcpy(header, name.data, name.size);
    memcpy(header + MODE, "0000644", 8);
    memcpy(header + OWNER, "0000000", 8);
    memcpy(header + GROUP, "0000000", 8);
    snprintf(header + SIZE, 12, "%011" PRIo64, (uint64_t)bytes.size);
    memcpy(header + TIME, "00000000000", 12);
    header[KIND] = '0';
    memcpy(header + MAGIC, "ustar\00000", 8);
    snprintf(header + SUM, 8, "%06o", sum_of(header));
    header[SUM + 7] = ' ';
    buffer_add(out, (Str){header, BLOCK});
    buffer_add(out, bytes);
    buffer_add_repeat(out, '\0', (BLOCK - bytes.size % BLOCK) % BLOCK);
}

void tar_end(Buffer *out) { buffer_add_repeat(out, '\0', 2 * BLOCK); }

/* The number that octal digits write; UINT64_MAX when they are none. */
static uint64_t octal(const char *digits, size_t count) {
    uint64_t number = 0;
    for (size_t i = 0; i < count; i++) {
        if (digits[i] < '0' || digits[i] > '7') return UINT64_MAX;
        number = number * 8 + (uint64_t)(digits[i] - '0');
    }
    return number;
}

static bool is_header(const char *block) {
    return memcmp(block + MAGIC, "ustar", 6) == 0 && octal(block + SUM, SUM_DIGITS) == sum_of(block);
}

bool tar_is(Str archive) { return archive.size >= BLOCK && is_header(archive.data); }

static bool is_blank(const char *block) {
    for (size_t i = 0; i < BLOCK; i++)
        if (block[i]) return false;
    return true;
}

TarStep tar_next(Str archive, size_t *at, Str *name, Str *bytes) {
    if (archive.size < *at + BLOCK) return TAR_BAD;
    const char *header = archive.data + *at;
    if (is_blank(header)) return TAR_END;
    if (!is_header(header) || header[KIND] != '0' || header[PREFIX] != '\0') return TAR_BAD;
    uint64_t size = octal(header + SIZE, SIZE_DIGITS);
    if (size > archive.size - *at - BLOCK) return TAR_BAD;
    *name = (Str){header, strnlen(header, TAR_NAME)};
    *bytes = (Str){header + BLOCK, (size_t)size};
    *at += BLOCK + ((size_t)size + BLOCK - 1) / BLOCK * BLOCK;
    return TAR_FILE;
}

bool tar_find(Str archive, Str wanted, Str *bytes) {
    Str name;
    for (size_t at = 0; tar_next(archive, &at, &name, bytes) == TAR_FILE;)
        if (str_equal(name, wanted)) return true;
    return false;
}
