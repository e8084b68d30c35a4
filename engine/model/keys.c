#include "model/keys.h"

#include <string.h>

/* Pieces that names of usual size are taken as. */
#define PIECE             16
#define BUREAU_PIECES     3
#define DEPARTMENT_PIECES 2
#define PROJECT_PIECES    4

/* The digits of pi: two words a piece, and two for what is said of each piece a second time. */
static const uint64_t words_of_pi[] = {
    0x243f6a8885a308d3, 0x13198a2e03707344, 0xa4093822299f31d0, 0x082efa98ec4e6c89, 0x452821e638d01377,
    0xbe5466cf34e90c6c, 0xc0ac29b7c97c50dd, 0x3f84d5b5b5470917, 0x9216d5d98979fb1b, 0xd1310ba698dfb5ac,
    0x2ffd72dbd01adfb7, 0xb8e1afed6a267e96, 0xba7c9045f12c7f99, 0x24a19947b3916cf7, 0x0801f2e2858efc16,
    0x636920d871574e69, 0xa458fea3f4933d7e, 0x0d95748f728eb658, 0x718bcd5882154aee, 0x7b54a41dc25a59b5,
};

/* Odd, for the sizes of names and the last step. */
#define SIZE_BUREAU     0x9c30d5392af26013u
#define SIZE_DEPARTMENT 0xc5d1b023286085f1u
#define SIZE_PROJECT    0xca417918b8db38efu
#define LAST_LOW        0x8e79dcb0603a180fu
#define LAST_HIGH       0x6c9e0e8bb01e8a3fu

__extension__ typedef unsigned __int128 Wide;

/* Sums of products of the pieces' words, each with words of pi added: two names have the same sum only where
 * the products happen to make up for each other. */
typedef struct Sum {
    Wide low, high;
} Sum;

static inline void add_words(Sum *sum, uint64_t first, uint64_t second, const uint64_t *pi) {
    sum->low += (Wide)(first + pi[0]) * (second + pi[1]);
    sum->high += (Wide)(first + pi[2]) * (second + pi[3]);
}

static inline void add_piece(Sum *sum, const char *at, const uint64_t *pi) {
    uint64_t words[2];
    memcpy(words, at, sizeof words);
    add_words(sum, words[0], words[1], pi);
}

/* The bytes from end - PIECE on, of which the last `size` are the name's; the others count as zeros. */
static inline void add_last(Sum *sum, const char *end, size_t size, const uint64_t *pi) {
    static const uint8_t kept[2 * PIECE] = {[PIECE] = 255, 255, 255, 255, 255, 255, 255, 255,
                                            255,           255, 255, 255, 255, 255, 255, 255};
    uint64_t mask[2], words[2];
    memcpy(mask, kept + (size < PIECE ? size : PIECE), sizeof mask);
    memcpy(words, end - PIECE, sizeof words);
    add_words(sum, words[0] & mask[0], words[1] & mask[1], pi);
}

/* Names of unusual size. */
static __attribute__((noinline)) void add_odd(Sum *sum, Str name, const uint64_t *pi) {
    uint64_t hash[2];
    char copy[PIECE] = {0};
    if (name.size < PIECE) {
        memcpy(copy + PIECE - name.size, name.data, name.size);
        add_piece(sum, copy, pi);
    } else {
        str_hash_wide(name, 0, hash);
        add_words(sum, hash[0], hash[1], pi);
    }
}

/* The piece from byte `from` on, or the last one. */
static inline void add_middle(Sum *sum, Str name, size_t from, const uint64_t *pi) {
    add_piece(sum, name.data + (from < name.size - PIECE ? from : name.size - PIECE), pi);
}

static inline void add_bureau(Sum *sum, Str name) {
    const uint64_t *pi = words_of_pi;
    if (name.size < PIECE || name.size > (size_t)BUREAU_PIECES * PIECE) {
        add_odd(sum, name, pi);
        return;
    }
    add_piece(sum, name.data, pi);
    add_middle(sum, name, PIECE, pi + 2);
    add_piece(sum, name.data + name.size - PIECE, pi + 4);
}

static inline void add_two(Sum *sum, Str name, const uint64_t *pi) {
    add_last(sum, name.data + (name.size < PIECE ? name.size : PIECE), name.size, pi);
    add_last(sum, name.data + name.size, name.size, pi + 2);
}

static __attribute__((noinline)) void add_copy(Sum *sum, Str name, const uint64_t *pi) {
    char copy[2 * PIECE] = {0};
    memcpy(copy + PIECE, name.data, name.size);
    add_two(sum, (Str){copy + PIECE, name.size}, pi);
}

/* Many are short: with `lead`, PIECE readable bytes stand before each. */
static inline void add_department(Sum *sum, Str name, bool lead) {
    const uint64_t *pi = words_of_pi + (size_t)2 * BUREAU_PIECES;
    if (name.size > (size_t)DEPARTMENT_PIECES * PIECE)
        add_odd(sum, name, pi);
    else if (!lead && name.size < PIECE)
        add_copy(sum, name, pi);
    else
        add_two(sum, name, pi);
}

static inline void add_project(Sum *sum, Str name) {
    const uint64_t *pi = words_of_pi + (size_t)2 * (BUREAU_PIECES + DEPARTMENT_PIECES);
    if (name.size < PIECE || name.size > (size_t)PROJECT_PIECES * PIECE) {
        add_odd(sum, name, pi);
        return;
    }
    add_piece(sum, name.data, pi);
    add_middle(sum, name, PIECE, pi + 2);
    add_middle(sum, name, (size_t)2 * PIECE, pi + 4);
    add_piece(sum, name.data + name.size - PIECE, pi + 6);
}

/* As that of base/str: no product of 0 takes what the numbers were. */
static inline uint64_t fold(uint64_t a, uint64_t b) {
    Wide product = (Wide)a * b;
    return (a ^ (uint64_t)product) ^ (b ^ (uint64_t)(product >> 64));
}

static inline uint64_t last(Wide sum, uint64_t sizes) {
    return fold((uint64_t)sum ^ sizes ^ LAST_LOW, (uint64_t)(sum >> 64) ^ LAST_HIGH);
}

static inline Key key_of(const Sum *sum, uint64_t sizes) {
    return (Key){last(sum->low, sizes), last(sum->high, ~sizes)};
}

Key keys_of(const Str *names, size_t upper) {
    Sum sum = {0};
    uint64_t sizes = names[LEVEL_BUREAU].size * SIZE_BUREAU;
    add_bureau(&sum, names[LEVEL_BUREAU]);
    if (upper > 1) {
        add_department(&sum, names[LEVEL_DEPARTMENT], false);
        sizes += names[LEVEL_DEPARTMENT].size * SIZE_DEPARTMENT;
    }
    return key_of(&sum, sizes);
}

static void read_keys(Keys *keys, size_t count, size_t upper, bool lead) {
    for (size_t i = 0; i < count; i++) {
        const Str *names = keys->names[i];
        Sum sum = {0};
        uint64_t sizes = names[LEVEL_BUREAU].size * SIZE_BUREAU;
        add_bureau(&sum, names[LEVEL_BUREAU]);
        if (upper == 1) keys->upper[i] = key_of(&sum, sizes);
        add_department(&sum, names[LEVEL_DEPARTMENT], lead);
        sizes += names[LEVEL_DEPARTMENT].size * SIZE_DEPARTMENT;
        if (upper == 2) keys->upper[i] = key_of(&sum, sizes);
        add_project(&sum, names[LEVEL_PROJECT]);
        sizes += names[LEVEL_PROJECT].size * SIZE_PROJECT;
        keys->project[i] = key_of(&sum, sizes);
    }
}

bool keys_read(Keys *keys, Stretch *stretch, size_t first, size_t count, size_t upper) {
    if (!stretch_names(stretch, first, first + count, keys->names)) return false;
    read_keys(keys, count, upper, !stretch->quoted); /* then names stand in the text */
    return true;
}
