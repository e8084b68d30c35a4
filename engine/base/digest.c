#include "base/digest.h"

#include <string.h>

#define BLOCK 64

static const uint32_t rounds[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

static uint32_t turn(uint32_t word, int bits) { return word >> bits | word << (32 - bits); }

static uint32_t read_word(const unsigned char *at) {
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

static void spread(const unsigned char *block, uint32_t words[64]) {
    for (int i = 0; i < 16; i++) words[i] = read_word(block + 4 * i);
    for (int i = 16; i < 64; i++) {
        uint32_t early = words[i - 15], late = words[i - 2];
        words[i] = words[i - 16] + (turn(early, 7) ^ turn(early, 18) ^ early >> 3) + words[i - 7] +
                   (turn(late, 17) ^ turn(late, 19) ^ late >> 10);
    }
}

static void take_block(uint32_t state[8], const unsigned char *block) {
    uint32_t words[64], now[8];
    spread(block, words);
    memcpy(now, state, sizeof now);
    for (int i = 0; i < 64; i++) {
        uint32_t e = now[4], a = now[0];
        uint32_t first = now[7] + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & now[5]) ^ (~e & now[6])) +
                         rounds[i] + words[i];
        uint32_t second =
            (turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & now[1]) ^ (a & now[2]) ^ (now[1] & now[2]));
        memmove(now + 1, now, 7 * sizeof *now);
        now[4] += first;
        now[0] = first + second;
    }
    for (int i = 0; i < 8; i++) state[i] += now[i];
}

/* The last blocks: what is left, a one bit, zeros, the number of bits. */
static void finish(uint32_t state[8], Str rest, uint64_t size) {
    unsigned char last[2 * BLOCK] = {0};
    size_t length = rest.size + 9 > BLOCK ? 2 * BLOCK : BLOCK;
    if (rest.size) memcpy(last, rest.data, rest.size);
    last[rest.size] = 0x80;
    for (size_t i = 0; i < 8; i++) last[length - 1 - i] = (unsigned char)(size * 8 >> (8 * i));
    for (size_t at = 0; at < length; at += BLOCK) take_block(state, last + at);
}

void digest_sha256(Str bytes, unsigned char out[DIGEST_SIZE]) {
    uint32_t state[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                         0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    size_t at = 0;
    for (; at + BLOCK <= bytes.size; at += BLOCK) take_block(state, (const unsigned char *)bytes.data + at);
    finish(state, str_slice(bytes, at, bytes.size), bytes.size);
    for (size_t i = 0; i < DIGEST_SIZE; i++) out[i] = (unsigned char)(state[i / 4] >> (24 - 8 * (i % 4)));
}

void digest_add_base64(Buffer *out, const unsigned char *bytes, size_t size) {
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t at = 0; at < size; at += 3) {
        size_t left = size - at;
        uint32_t word = (uint32_t)bytes[at] << 16;
        if (left > 1) word |= (uint32_t)bytes[at + 1] << 8;
        if (left > 2) word |= bytes[at + 2];
        buffer_add_char(out, letters[word >> 18]);
        buffer_add_char(out, letters[word >> 12 & 63]);
        buffer_add_char(out, left > 1 ? letters[word >> 6 & 63] : '=');
        buffer_add_char(out, left > 2 ? letters[word & 63] : '=');
    }
}
