/* fuzz - what the fuzz targets share.
 *
 * A target is a file tests/fuzz/fuzz_NAME.c with LLVMFuzzerTestOneInput, and texts to begin with in
 * tests/fuzz/seeds/NAME/. It tries to break its room with the bytes it is given and checks what must hold for
 * any input; what does not hold ends the process. `make fuzz` searches (libFuzzer); `make test` replays the
 * seeds (tests/fuzz/replay.c).
 */
#ifndef PERFEVAL_TESTS_FUZZ_H
#define PERFEVAL_TESTS_FUZZ_H

#include "base/diag.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/** Ends the process with what went wrong. The names are cmocka's, so that helpers of unit tests serve here
 * too. */
#define fail_msg(...) (fprintf(stderr, __VA_ARGS__), fputc('\n', stderr), abort())
#define require(condition, ...)                                                                              \
    do {                                                                                                     \
        if (!(condition)) {                                                                                  \
            fprintf(stderr, "%s:%d: %s: ", __FILE__, __LINE__, #condition);                                  \
            fail_msg(__VA_ARGS__);                                                                           \
        }                                                                                                    \
    } while (0)
#define assert_non_null(pointer) require((pointer) != NULL, "is NULL")
#define assert_null(pointer)     require((pointer) == NULL, "is not NULL")

/** The bytes of an input, taken one after the other; zeros behind its end. */
typedef struct Bytes {
    const uint8_t *data;
    size_t size;
} Bytes;

static inline unsigned bytes_take(Bytes *bytes) {
    if (bytes->size == 0) return 0;
    bytes->size--;
    return *bytes->data++;
}

/** Below `count`. */
static inline size_t bytes_below(Bytes *bytes, size_t count) { return bytes_take(bytes) % count; }

/** Up to the next `end` byte, which is taken too. */
static inline Str bytes_text(Bytes *bytes, char end) {
    Str rest = {(const char *)bytes->data, bytes->size};
    size_t size = str_find(rest, end, 0), taken = size < rest.size ? size + 1 : size;
    bytes->data += taken;
    bytes->size -= taken;
    return str_slice(rest, 0, size);
}

/** Nothing that could forge what a terminal shows: no control character but line ends, no override of the
 * direction of text. */
static inline void require_plain(Str text) {
    for (size_t at = 0; at < text.size; at++) {
        unsigned char byte = (unsigned char)text.data[at];
        Str rest = str_slice(text, at, text.size);
        require((byte >= 0x20 || byte == '\n') && byte != 0x7f, "byte %u in <%.*s>", byte, STR_FMT(text));
        bool turns = rest.size >= 3 && byte == 0xe2 &&
                     ((rest.data[1] == '\x80' && rest.data[2] >= '\xaa' && rest.data[2] <= '\xae') ||
                      (rest.data[1] == '\x81' && rest.data[2] >= '\xa6' && rest.data[2] <= '\xa9'));
        require(!turns, "a direction override in <%.*s>", STR_FMT(text));
        bool c1 = rest.size >= 2 && byte == 0xc2 && (unsigned char)rest.data[1] < 0xa0;
        require(!c1, "a control character in <%.*s>", STR_FMT(text));
    }
}

/** All messages can be drawn in both languages, and are plain. */
static inline void require_plain_messages(const Diag *diag) {
    for (size_t i = 0; i < diag_count(diag) * 2; i++) {
        Buffer text = {0};
        diag_render(&text, diag_item(diag, i / 2), i % 2 ? LANGUAGE_KO : LANGUAGE_EN);
        require_plain(buffer_view(&text));
        buffer_release(&text);
    }
}

#endif
