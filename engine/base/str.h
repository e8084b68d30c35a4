/* str - text as pointer and length, and a buffer that grows.
 *
 * A Str is a borrowed view: it owns nothing, may hold NUL bytes and is not NUL-terminated. A Buffer owns its
 * bytes.
 */
#ifndef PERFEVAL_BASE_STR_H
#define PERFEVAL_BASE_STR_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct Str {
    const char *data;
    size_t size;
} Str;

/** A Str of a string literal, usable as a constant. */
#define STR(literal) ((Str){"" literal, sizeof(literal) - 1})
/** Two arguments for a printf format with "%.*s". */
#define STR_FMT(str) (int)(str).size, (str).data

/* The smallest of these stand here, so that they cost no call: a short run makes tens of thousands. */

/** A view of a NUL-terminated text; NULL gives the empty view. */
static inline Str str_of(const char *text) { return text ? (Str){text, strlen(text)} : (Str){"", 0}; }

static inline bool str_equal(Str a, Str b) {
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

static inline bool str_is(Str a, const char *text) { return str_equal(a, str_of(text)); }

/** Order by bytes: negative, 0, positive. */
int str_compare(Str a, Str b);
bool str_starts(Str text, Str prefix);
bool str_ends(Str text, Str suffix);
/** The part of `text` from byte `from` up to (not including) `to`; both are cut to the text's size. */
static inline Str str_slice(Str text, size_t from, size_t to) {
    if (to > text.size) to = text.size;
    if (from > to) from = to;
    if (!text.data) return (Str){"", 0};
    return (Str){text.data + from, to - from};
}
/** `text` without ASCII blanks and tabs at either end. */
Str str_trim(Str text);
/** Byte position of the first `byte` at or behind `from`; `text.size` when there is none. */
size_t str_find(Str text, char byte, size_t from);
/** A 64-bit hash of the bytes, for hash tables; the same on every run. */
uint64_t str_hash(Str text);
/** 128 bits of hash, mixed with `seed`: for telling texts apart without keeping them. */
void str_hash_wide(Str text, uint64_t seed, uint64_t hash[2]);

typedef struct Buffer {
    char *data; /* NULL while empty */
    size_t size;
    size_t capacity;
} Buffer;

/** Frees what the buffer owns and leaves it empty. A Buffer is born as {0}. */
void buffer_release(Buffer *buffer);
/** Gives the buffer room for `extra` more bytes, which it has not. */
void buffer_grow(Buffer *buffer, size_t extra);
/** Room for `extra` more bytes behind the present end; the place of the first of them. */
static inline char *buffer_reserve(Buffer *buffer, size_t extra) {
    if (extra > buffer->capacity - buffer->size || !buffer->data) buffer_grow(buffer, extra);
    return buffer->data + buffer->size;
}
static inline void buffer_add(Buffer *buffer, Str text) {
    if (text.size == 0) return;
    memcpy(buffer_reserve(buffer, text.size), text.data, text.size);
    buffer->size += text.size;
}
static inline void buffer_add_char(Buffer *buffer, char byte) {
    *buffer_reserve(buffer, 1) = byte;
    buffer->size++;
}
void buffer_add_repeat(Buffer *buffer, char byte, size_t count);
/** printf into the buffer (C locale: the program never calls setlocale). */
void buffer_addf(Buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
/** The content as a view, valid until the buffer changes. */
Str buffer_view(const Buffer *buffer);
/** The content with a NUL behind it, valid until the buffer changes. */
const char *buffer_text(Buffer *buffer);

#endif
