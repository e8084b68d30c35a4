#include "base/str.h"

#include "base/memory.h"

#include <stdio.h>

int str_compare(Str a, Str b) {
    size_t common = a.size < b.size ? a.size : b.size;
    int order = common ? memcmp(a.data, b.data, common) : 0;
    if (order != 0) return order;
    return a.size < b.size ? -1 : a.size > b.size;
}

bool str_starts(Str text, Str prefix) {
    return text.size >= prefix.size && str_equal(str_slice(text, 0, prefix.size), prefix);
}

bool str_ends(Str text, Str suffix) {
    return text.size >= suffix.size && str_equal(str_slice(text, text.size - suffix.size, text.size), suffix);
}

static bool is_blank(char byte) { return byte == ' ' || byte == '\t'; }

Str str_trim(Str text) {
    size_t from = 0, to = text.size;
    while (from < to && is_blank(text.data[from])) from++;
    while (to > from && is_blank(text.data[to - 1])) to--;
    return str_slice(text, from, to);
}

size_t str_find(Str text, char byte, size_t from) {
    if (from >= text.size) return text.size;
    const char *found = memchr(text.data + from, byte, text.size - from);
    return found ? (size_t)(found - text.data) : text.size;
}

__extension__ typedef unsigned __int128 Wide;

/* Both halves of the product: every bit of either number reaches every bit of the result. The numbers
 * themselves besides: a product of 0, or of other numbers that is the same, would else make texts without end
 * that share their hash, which whoever writes the data could choose. */
static uint64_t fold(uint64_t a, uint64_t b) {
    Wide product = (Wide)a * b;
    return (a ^ (uint64_t)product) ^ (b ^ (uint64_t)(product >> 64));
}

static uint64_t load(const char *from, size_t size) {
    uint64_t word = 0;
    memcpy(&word, from, size);
    return word;
}

/* The last bytes of a text, at most 16, as two words that may overlap. */
static void load_last(const char *at, size_t left, uint64_t *first, uint64_t *last) {
    *first = *last = 0;
    if (left >= 8) {
        *first = load(at, 8);
        *last = load(at + left - 8, 8);
    } else if (left >= 4) {
        *first = load(at, 4);
        *last = load(at + left - 4, 4);
    } else if (left > 0) {
        *first = load(at, 1) | load(at + left / 2, 1) << 8 | load(at + left - 1, 1) << 16;
    }
}

#define ODD_0 0x9e3779b97f4a7c15u
#define ODD_1 0xd6e8feb86659fd93u
#define ODD_2 0xc2b2ae3d27d4eb4fu
#define ODD_3 0xa0761d6478bd642fu

/* Multiply and fold, 16 bytes a step. */
uint64_t str_hash(Str text) {
    uint64_t hash = ODD_0 ^ text.size, first, last;
    const char *at = text.data;
    size_t left = text.size;
    for (; left > 16; left -= 16, at += 16) hash = fold(load(at, 8) ^ ODD_1, load(at + 8, 8) ^ hash);
    load_last(at, left, &first, &last);
    return fold(ODD_1 ^ text.size, fold(first ^ ODD_1, last ^ hash));
}

void str_hash_wide(Str text, uint64_t seed, uint64_t hash[2]) {
    uint64_t a = ODD_0 ^ seed, b = ODD_3 + seed * ODD_2, first, last;
    const char *at = text.data;
    size_t left = text.size;
    for (; left > 16; left -= 16, at += 16) {
        uint64_t x = load(at, 8), y = load(at + 8, 8);
        a = fold(x ^ ODD_1, y ^ a);
        b = fold(x ^ b, y ^ ODD_2);
    }
    load_last(at, left, &first, &last);
    hash[0] = fold(ODD_1 ^ text.size, fold(first ^ ODD_1, last ^ a));
    hash[1] = fold(ODD_2 + text.size, fold(first ^ b, last ^ ODD_2));
}

void buffer_release(Buffer *buffer) {
    memory_free(buffer->data);
    *buffer = (Buffer){0};
}

void buffer_grow(Buffer *buffer, size_t extra) {
    buffer->capacity = memory_growth(buffer->capacity, buffer->size + extra);
    buffer->data = memory_resize(buffer->data, buffer->capacity, 1);
}

void buffer_add_repeat(Buffer *buffer, char byte, size_t count) {
    memset(buffer_reserve(buffer, count), byte, count);
    buffer->size += count;
}

void buffer_addf(Buffer *buffer, const char *format, ...) {
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    if (size > 0) {
        vsnprintf(buffer_reserve(buffer, (size_t)size + 1), (size_t)size + 1, format, again);
        buffer->size += (size_t)size;
    }
    va_end(again);
}

Str buffer_view(const Buffer *buffer) { return (Str){buffer->data ? buffer->data : "", buffer->size}; }

const char *buffer_text(Buffer *buffer) {
    *buffer_reserve(buffer, 1) = '\0';
    return buffer->data;
}
