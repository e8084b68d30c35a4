#include "io/encoding.h"

#include "base/text.h"

#include <errno.h>
#include <iconv.h>
#include <stdio.h>

static const struct {
    const char *name, *iconv, *printed;
} encodings[ENCODING_COUNT] = {
    [ENCODING_GUESSED] = {"", "", "UTF-8, CP949"},
    [ENCODING_UTF8] = {"utf-8", "UTF-8", "UTF-8"},
    [ENCODING_CP949] = {"cp949", "CP949", "CP949"},
    [ENCODING_UTF16LE] = {"utf-16le", "UTF-16LE", "UTF-16LE"},
};

bool encoding_find(Str name, Encoding *encoding) {
    char folded[16];
    size_t size = 0;
    for (; size < name.size && size + 1 < sizeof folded; size++) {
        char byte = name.data[size];
        folded[size] = (char)(byte >= 'A' && byte <= 'Z' ? byte + 32 : byte == '_' ? '-' : byte);
    }
    for (int i = ENCODING_UTF8; i < ENCODING_COUNT; i++) {
        if (size < name.size || !str_is((Str){folded, size}, encodings[i].name)) continue;
        *encoding = (Encoding)i;
        return true;
    }
    return false;
}

Str encoding_name(Encoding encoding) { return str_of(encodings[encoding].name); }

bool encoding_has_wide_mark(Str bytes) { return str_starts(bytes, STR("\xff\xfe")); }

/* Most bytes that are not ASCII are not UTF-8 either: not a slip, but another encoding. */
static bool is_foreign(Str bytes) {
    size_t foreign = 0, bad = 0;
    for (size_t at = 0; at < bytes.size; at++) foreign += (unsigned char)bytes.data[at] >= 0x80;
    for (size_t at = text_invalid(bytes); at < bytes.size;) {
        bad++;
        at++;
        at += text_invalid(str_slice(bytes, at, bytes.size));
    }
    return 2 * bad > foreign;
}

static void add_bad(Str file, Str bytes, size_t at, Encoding encoding, Diag *diag) {
    char byte[8], offset[24];
    uint32_t line = 1;
    for (size_t i = 0; i < at; i++) line += bytes.data[i] == '\n';
    snprintf(byte, sizeof byte, "0x%02x", (unsigned)(unsigned char)bytes.data[at]);
    snprintf(offset, sizeof offset, "%zu", at);
    Place place = {.file = file, .line = line};
    diag_add(diag, MESSAGE_BAD_ENCODING, &place, str_of(byte), str_of(offset),
             str_of(encodings[encoding].printed));
}

/* Converts all bytes; where it fails, *bad is the byte. */
static bool convert(iconv_t converter, Str bytes, Buffer *out, size_t *bad) {
    char *from = (char *)(uintptr_t)bytes.data; /* iconv does not write there */
    size_t left = bytes.size;
    while (left > 0) {
        size_t room = left < 65536 ? 2 * left + 16 : 131072;
        char *to = buffer_reserve(out, room), *start = to;
        size_t result = iconv(converter, &from, &left, &to, &room);
        out->size += (size_t)(to - start);
        if (result == (size_t)-1 && errno != E2BIG) break;
    }
    *bad = (size_t)(from - bytes.data);
    return left == 0;
}

static bool read_as(Str file, Str bytes, Encoding encoding, bool guessed, Buffer *buffer, Str *out,
                    Diag *diag) {
    size_t skipped = encoding == ENCODING_UTF16LE && encoding_has_wide_mark(bytes) ? 2 : 0, bad;
    iconv_t converter = iconv_open("UTF-8", encodings[encoding].iconv);
    Place place = {.file = file};
    if (converter == (iconv_t)-1) { /* nothing is open then */
#if defined __GNUC__ && !defined __clang__
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wanalyzer-malloc-leak"
#endif
        diag_add(diag, MESSAGE_NO_ENCODING, &place, str_of(encodings[encoding].printed));
        return false;
#if defined __GNUC__ && !defined __clang__
#pragma GCC diagnostic pop
#endif
    }
    bool good = convert(converter, str_slice(bytes, skipped, bytes.size), buffer, &bad);
    iconv_close(converter);
    *out = buffer_view(buffer);
    if (!good) add_bad(file, bytes, bad + skipped, guessed ? ENCODING_GUESSED : encoding, diag);
    return good;
}

bool encoding_read(Str file, Str bytes, Encoding encoding, Buffer *buffer, Str *out, Diag *diag) {
    *out = bytes;
    if (encoding == ENCODING_UTF8 || str_starts(bytes, STR("\xef\xbb\xbf"))) return true;
    if (encoding == ENCODING_GUESSED && encoding_has_wide_mark(bytes))
        return read_as(file, bytes, ENCODING_UTF16LE, false, buffer, out, diag);
    if (encoding != ENCODING_GUESSED) return read_as(file, bytes, encoding, false, buffer, out, diag);
    if (text_invalid(bytes) == bytes.size || !is_foreign(bytes)) return true;
    return read_as(file, bytes, ENCODING_CP949, true, buffer, out, diag);
}
