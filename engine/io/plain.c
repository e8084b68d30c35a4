#include "io/plain.h"

#include <string.h>

#define EACH(byte) ((uint64_t)0x0101010101010101 * (byte))

/* The high bit of a byte that is zero; of others only above one that is. */
static inline uint64_t zeros(uint64_t word) { return (word - EACH(1)) & ~word & EACH(0x80); }

static inline uint64_t read_word(const char *from, size_t size, char fill) {
    uint64_t word = EACH((unsigned char)fill);
    memcpy(&word, from, size);
    return word;
}

static inline bool odd_in_csv(uint64_t word) {
    return (zeros(word ^ EACH(',')) | zeros(word ^ EACH('"')) | zeros(word ^ EACH('\n')) |
            zeros(word ^ EACH('\r'))) != 0;
}

/* Control characters, DEL, quotes and backslashes. */
static inline bool odd_in_json(uint64_t word) {
    uint64_t controls = (word - EACH(0x20)) & ~word & EACH(0x80);
    return (controls | zeros(word ^ EACH(0x7f)) | zeros(word ^ EACH('"')) | zeros(word ^ EACH('\\'))) != 0;
}

/* True when any byte of the text is odd; the last word may overlap the one before. */
static inline bool any(Str text, bool (*odd)(uint64_t word)) {
    if (text.size < 8) return odd(read_word(text.data, text.size, 'a'));
    for (size_t at = 0; at + 8 <= text.size; at += 8)
        if (odd(read_word(text.data + at, 8, 'a'))) return true;
    return odd(read_word(text.data + text.size - 8, 8, 'a'));
}

static bool is_blank(char byte) { return byte == ' ' || byte == '\t'; }

bool plain_csv(Str text) {
    if (text.size == 0) return true;
    if (is_blank(text.data[0]) || is_blank(text.data[text.size - 1])) return false;
    return !memchr("=+-@", text.data[0], 4) && !any(text, odd_in_csv);
}

bool plain_json(Str text) { return text.size == 0 || !any(text, odd_in_json); }
