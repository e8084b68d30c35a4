#include "io/encode.h"

#include "base/memory.h"
#include "base/text.h"

#include <iconv.h>
#include <stdio.h>

/* Different characters that are reported. */
#define MOST_LACKED 100
/* Most bytes of a character that did not come whole. */
#define PIECE 4

const char *const output_encodings[OUTPUT_ENCODINGS + 1] = {"utf-8", "utf-8-bom", "cp949", NULL};

/* What is like a character that CP949 lacks. */
static const struct {
    uint32_t letter;
    const char *like;
} likenesses[] = {
    {0x00a0, " "},
    {0x00a9, "(c)"},
    {0x00ab, "\xe3\x80\x8a"},
    {0x00bb, "\xe3\x80\x8b"},
    {0x2010, "-"},
    {0x2011, "-"},
    {0x2012, "-"},
    {0x2013, "-"},
    {0x2014, "\xe2\x80\x95"},
    {0x2022, "\xe3\x86\x8d"},
    {0x2024, "\xc2\xb7"},
    {0x2027, "\xc2\xb7"},
    {0x2212, "-"},
    {0x2219, "\xc2\xb7"},
    {0x22c5, "\xc2\xb7"},
    {0x25a2, "\xe2\x96\xa1"},
    {0x25e6, "\xe3\x86\x8d"},
    {0x301c, "\xef\xbd\x9e"},
};

typedef struct Lacked {
    uint32_t letter;
    size_t times, line, column; /* of the first one */
} Lacked;

struct Encoder {
    OutputEncoding encoding;
    iconv_t converter;
    bool begun;
    size_t line, column; /* of the next character, from 1 */
    char piece[PIECE];   /* the beginning of a character */
    size_t piece_size;
    Lacked lacked[MOST_LACKED];
    size_t lacked_count;
};

Encoder *encoder_new(OutputEncoding encoding, Diag *diag) {
    iconv_t converter = (iconv_t)-1;
    if (encoding == OUTPUT_CP949) {
        converter = iconv_open("CP949", "UTF-8");
        if (converter == (iconv_t)-1) {
            diag_add(diag, MESSAGE_NO_ENCODING, NULL, STR("CP949"));
            return NULL;
        }
    }
    Encoder *encoder = memory_new(1, sizeof *encoder);
    *encoder = (Encoder){.encoding = encoding, .converter = converter, .line = 1, .column = 1};
    return encoder;
}

/* ---- places */

static void pass(Encoder *encoder, Str text) {
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '\n') {
            encoder->line++;
            encoder->column = 1;
        } else {
            encoder->column += (text.data[i] & 0xc0) != 0x80;
        }
    }
}

static void count_lacked(Encoder *encoder, uint32_t letter) {
    for (size_t i = 0; i < encoder->lacked_count; i++) {
        if (encoder->lacked[i].letter != letter) continue;
        encoder->lacked[i].times++;
        return;
    }
    if (encoder->lacked_count == MOST_LACKED) return;
    encoder->lacked[encoder->lacked_count++] = (Lacked){letter, 1, encoder->line, encoder->column};
}

/* ---- characters that CP949 lacks */

/* What is written for it, in UTF-8. */
static Str likeness_of(uint32_t letter, char number[16]) {
    for (size_t i = 0; i < sizeof likenesses / sizeof *likenesses; i++)
        if (likenesses[i].letter == letter) return str_of(likenesses[i].like);
    return (Str){number, (size_t)snprintf(number, 16, "<U+%04X>", (unsigned)letter)};
}

/* The letter in UTF-8; it is none of ASCII. */
static Str letter_as_text(uint32_t letter, char bytes[16]) {
    size_t size = letter > 0xffff ? 4 : letter > 0x7ff ? 3 : 2;
    for (size_t i = size - 1; i > 0; i--, letter >>= 6) bytes[i] = (char)(0x80 | (letter & 0x3f));
    bytes[0] = (char)(0xf00 >> size | letter);
    return (Str){bytes, size};
}

/* The syllable that begins at `at` in pieces, and moves `at` behind it; 0: none does. */
static uint32_t join_syllable(Str text, size_t *at) {
    size_t next = *at;
    uint32_t lead = (uint32_t)text_next(text, &next) - 0x1100;
    if (lead >= 19 || next == text.size) return 0;
    uint32_t vowel = (uint32_t)text_next(text, &next) - 0x1161;
    if (vowel >= 21) return 0;
    *at = next;
    uint32_t tail = next < text.size ? (uint32_t)text_next(text, &next) - 0x11a7 : 0;
    if (tail > 0 && tail < 28)
        *at = next;
    else
        tail = 0;
    return 0xac00 + (lead * 21 + vowel) * 28 + tail;
}

static void write_plain(Encoder *encoder, Str text, Buffer *out) {
    char *from = (char *)(uintptr_t)text.data; /* iconv does not write there */
    size_t left = text.size, room = 2 * left + 16;
    char *to = buffer_reserve(out, room), *start = to;
    iconv(encoder->converter, &from, &left, &to, &room);
    out->size += (size_t)(to - start);
}

/* Writes the character at `at`, which CP949 lacks; the answer is the place behind it. */
static size_t write_lacked(Encoder *encoder, Str text, size_t at, Buffer *out) {
    size_t from = at;
    char bytes[16];
    uint32_t syllable = join_syllable(text, &at);
    if (syllable) {
        write_plain(encoder, letter_as_text(syllable, bytes), out);
    } else {
        uint32_t letter = (uint32_t)text_next(text, &at);
        count_lacked(encoder, letter);
        write_plain(encoder, likeness_of(letter, bytes), out);
    }
    pass(encoder, str_slice(text, from, at));
    return at;
}

/* ---- the whole */

static void convert(Encoder *encoder, Str text, Buffer *out) {
    size_t at = 0;
    while (at < text.size) {
        char *from = (char *)(uintptr_t)text.data + at; /* iconv does not write there */
        size_t left = text.size - at, room = 2 * left + 16;
        char *to = buffer_reserve(out, room), *start = to;
        iconv(encoder->converter, &from, &left, &to, &room);
        out->size += (size_t)(to - start);
        size_t stop = text.size - left;
        pass(encoder, str_slice(text, at, stop));
        at = left ? write_lacked(encoder, text, stop, out) : stop;
    }
}

/* Where the last character begins, if it is not whole. */
static size_t whole_size(Str bytes) {
    size_t back = 1;
    while (back < PIECE && back <= bytes.size && (bytes.data[bytes.size - back] & 0xc0) == 0x80) back++;
    if (back > bytes.size) return bytes.size;
    unsigned char first = (unsigned char)bytes.data[bytes.size - back];
    size_t wanted = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
    return wanted > back ? bytes.size - back : bytes.size;
}

static void keep_piece(Encoder *encoder, Str piece) {
    memcpy(encoder->piece, piece.data, piece.size);
    encoder->piece_size = piece.size;
}

/* Makes the character whole whose beginning came before; the answer is what is left of the bytes. */
static Str finish_piece(Encoder *encoder, Str bytes, Buffer *out) {
    char joined[2 * PIECE];
    size_t size = encoder->piece_size, taken = 0;
    memcpy(joined, encoder->piece, size);
    while (taken < bytes.size && size < PIECE && (bytes.data[taken] & 0xc0) == 0x80)
        joined[size++] = bytes.data[taken++];
    Str whole = {joined, size};
    if (whole_size(whole) == size) {
        encoder->piece_size = 0;
        convert(encoder, whole, out);
    } else {
        keep_piece(encoder, whole);
    }
    return str_slice(bytes, taken, bytes.size);
}

void encoder_add(Encoder *encoder, Str bytes, Buffer *out) {
    if (!encoder->begun && encoder->encoding == OUTPUT_UTF8_BOM) buffer_add(out, STR("\xef\xbb\xbf"));
    encoder->begun = true;
    if (encoder->encoding != OUTPUT_CP949) {
        buffer_add(out, bytes);
        return;
    }
    if (encoder->piece_size) bytes = finish_piece(encoder, bytes, out);
    size_t whole = whole_size(bytes);
    if (whole < bytes.size) keep_piece(encoder, str_slice(bytes, whole, bytes.size));
    convert(encoder, str_slice(bytes, 0, whole), out);
}

/* ---- what was replaced */

static void report(const Lacked *lacked, Diag *diag) {
    Arena arena = {0};
    char number[16], bytes[16];
    Str letter = letter_as_text(lacked->letter, bytes), like = likeness_of(lacked->letter, number);
    diag_add(diag, MESSAGE_NOT_ENCODED, NULL,
             arena_format(&arena, "%.*s (U+%04X)", STR_FMT(letter), (unsigned)lacked->letter), like,
             arena_format(&arena, "%zu", lacked->times),
             arena_format(&arena, "%zu:%zu", lacked->line, lacked->column));
    arena_release(&arena);
}

void encoder_end(Encoder *encoder, Diag *diag) {
    if (!encoder) return;
    for (size_t i = 0; i < encoder->lacked_count; i++) report(&encoder->lacked[i], diag);
    if (encoder->encoding == OUTPUT_CP949) iconv_close(encoder->converter);
    memory_free(encoder);
}
