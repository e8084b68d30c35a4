#include "base/str.h"

#include "base/memory.h"

#include <stdio.h>
#include <string.h>

Str str_of(const char *text) { return text ? (Str){text, strlen(text)} : (Str){"", 0}; }

bool str_equal(Str a, Str b) {
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

bool str_is(Str a, const char *text) { return str_equal(a, str_of(text)); }

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

Str str_slice(Str text, size_t from, size_t to) {
    if (to > text.size) to = text.size;
    if (from > to) from = to;
    if (!text.data) return (Str){"", 0};
    return (Str){text.data + from, to - from};
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

uint64_t str_hash(Str text) {
    uint64_t hash = 0x9e3779b97f4a7c15u ^ text.size;
    size_t at = 0;
    for (; at + 8 <= text.size; at += 8) {
        uint64_t word;
        memcpy(&word, text.data + at, 8);
        hash = (hash ^ word) * 0xff51afd7ed558ccdu;
        hash ^= hash >> 32;
    }
    for (; at < text.size; at++) hash = (hash ^ (unsigned char)text.data[at]) * 0x100000001b3u;
    hash ^= hash >> 29;
    hash *= 0xc4ceb9fe1a85ec53u;
    return hash ^ (hash >> 32);
}

void buffer_release(Buffer *buffer) {
    memory_free(buffer->data);
    *buffer = (Buffer){0};
}

char *buffer_reserve(Buffer *buffer, size_t extra) {
    size_t needed = buffer->size + extra;
    if (needed > buffer->capacity || !buffer->data) {
        buffer->capacity = memory_growth(buffer->capacity, needed);
        buffer->data = memory_resize(buffer->data, buffer->capacity, 1);
    }
    return buffer->data + buffer->size;
}

void buffer_add(Buffer *buffer, Str text) {
    if (text.size == 0) return;
    memcpy(buffer_reserve(buffer, text.size), text.data, text.size);
    buffer->size += text.size;
}

void buffer_add_char(Buffer *buffer, char byte) {
    *buffer_reserve(buffer, 1) = byte;
    buffer->size++;
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
