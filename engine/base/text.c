#include "base/text.h"

#include "base/utf8.h"

#include <string.h>
#include <utf8proc.h>

#define REPLACEMENT 0xfffd

static bool continues(unsigned char byte) { return (byte & 0xC0) == 0x80; }

/* Reads one character that is not ASCII; its bytes, or 0 for what is not UTF-8 (overlong forms, surrogates
 * and values above U+10FFFF included). */
static size_t decode_long(Str text, size_t at, int32_t *character) {
    const unsigned char *bytes = (const unsigned char *)text.data + at;
    utf8proc_ssize_t size = utf8proc_iterate(bytes, (utf8proc_ssize_t)(text.size - at), character);
    return size > 0 ? (size_t)size : 0;
}

/* Reads one character; as decode_long. */
static inline size_t decode(Str text, size_t at, int32_t *character) {
    const unsigned char *bytes = (const unsigned char *)text.data + at;
    if (bytes[0] < 0x80) {
        *character = bytes[0];
        return 1;
    }
    /* Hangul and most others: three bytes that can be neither overlong nor a surrogate */
    if (bytes[0] > 0xE0 && bytes[0] < 0xED && text.size - at >= 3 && continues(bytes[1]) &&
        continues(bytes[2])) {
        *character = (bytes[0] & 0x0F) << 12 | (bytes[1] & 0x3F) << 6 | (bytes[2] & 0x3F);
        return 3;
    }
    return decode_long(text, at, character);
}

/* Moves behind the ASCII bytes at `at`, eight at a time. */
static size_t skip_ascii(Str text, size_t at) {
    for (uint64_t word; at + sizeof word <= text.size; at += sizeof word) {
        memcpy(&word, text.data + at, sizeof word);
        if (word & 0x8080808080808080u) break;
    }
    return at;
}

/* Moves behind the characters at `at` that are ASCII or have three bytes which can be neither overlong nor a
 * surrogate, while three bytes more follow: nearly all of what is written here. */
static size_t skip_common(Str text, size_t at) {
    for (uint32_t word; at + sizeof word <= text.size;) {
        memcpy(&word, text.data + at, sizeof word); /* both architectures are little-endian */
        if (!(word & 0x80))
            at += word & 0x80808080u ? 1 : sizeof word;
        else if ((word & 0xC0C0F0u) == 0x8080E0u && (word & 0x0F) != 0 && (word & 0x0F) != 0x0D)
            at += 3;
        else
            break;
    }
    return at;
}

size_t text_invalid(Str text) {
    if (text.size >= UTF8_LONG && utf8_is_valid(text)) return text.size;
    size_t at = skip_common(text, skip_ascii(text, 0));
    while (at < text.size) {
        int32_t character;
        size_t size = decode(text, at, &character);
        if (size == 0) return at;
        at = skip_common(text, at + size);
    }
    return text.size;
}

int32_t text_next(Str text, size_t *at) {
    if (*at >= text.size) return REPLACEMENT;
    int32_t character;
    size_t size = decode(text, *at, &character);
    *at += size ? size : 1;
    return size ? character : REPLACEMENT;
}

/* The bytes of U+AC00 and U+D7A3, the first and the last syllable. */
#define HANGUL_FIRST 0xEAB080u
#define HANGUL_LAST  0xED9EA3u

/* Moves behind a visible ASCII character or a Hangul syllable at *at, most of what is written here, and
 * answers its width; 0: it is another. */
static inline size_t pass_usual(Str text, size_t *at) {
    unsigned char byte = (unsigned char)text.data[*at];
    uint32_t word, bytes;
    if (byte < 0x80) {
        bool usual = byte >= 0x20 && byte < 0x7f;
        *at += usual;
        return usual;
    }
    if (*at + sizeof word > text.size) return 0;
    memcpy(&word, text.data + *at, sizeof word); /* both architectures are little-endian */
    bytes = __builtin_bswap32(word) >> 8;
    if ((bytes & 0xC0C0u) != 0x8080u || bytes < HANGUL_FIRST || bytes > HANGUL_LAST) return 0;
    *at += 3;
    return 2;
}

size_t text_length(Str text) {
    size_t length = 0;
    for (size_t at = 0; at < text.size; length++)
        if (!pass_usual(text, &at)) text_next(text, &at);
    return length;
}

/* Every character has one byte that does not go on with another one: 10xxxxxx. */
size_t text_length_valid(Str text) {
    size_t at = 0, going_on = 0;
    for (uint64_t word; at + sizeof word <= text.size; at += sizeof word) {
        memcpy(&word, text.data + at, sizeof word);
        word = word >> 7 & ~(word >> 6) & 0x0101010101010101u;
        going_on += (size_t)(word * 0x0101010101010101u >> 56);
    }
    for (; at < text.size; at++) going_on += ((unsigned char)text.data[at] & 0xC0) == 0x80;
    return text.size - going_on;
}

size_t text_offset(Str text, size_t index) {
    size_t at = 0;
    while (index-- > 0 && at < text.size) text_next(text, &at);
    return at;
}

int text_char_width(int32_t character) {
    if (character >= 0x20 && character < 0x7f) return 1;
    if (character >= 0xAC00 && character <= 0xD7A3) return 2; /* Hangul syllables */
    int width = utf8proc_charwidth(character);
    return width > 0 ? width : 0;
}

size_t text_width(Str text) {
    size_t width = 0;
    for (size_t at = 0; at < text.size;) {
        size_t usual = pass_usual(text, &at);
        width += usual ? usual : (size_t)text_char_width(text_next(text, &at));
    }
    return width;
}

/* As text_fit; *used is the width of that start. */
static size_t fit(Str text, size_t width, size_t *used) {
    size_t at = 0;
    *used = 0;
    while (at < text.size) {
        size_t behind = at, usual = pass_usual(text, &behind);
        size_t own = usual ? usual : (size_t)text_char_width(text_next(text, &behind));
        if (*used + own > width) break;
        *used += own;
        at = behind;
    }
    return at;
}

size_t text_fit(Str text, size_t width) {
    size_t used;
    return fit(text, width, &used);
}

size_t text_letter(Str text) {
    size_t at = 0;
    if (text.size) text_next(text, &at);
    for (size_t next = at; next < text.size; at = next)
        if (text_char_width(text_next(text, &next)) != 0) break;
    return at;
}

/* The end of the line that starts at the head of `text`: at the last blank that fits, else inside the word,
 * and at least one character even where that is wider than the line. *used: the width up to there. */
static size_t line_end(Str text, size_t width, size_t *used) {
    size_t most = fit(text, width, used);
    if (most == text.size) return most;
    for (size_t end = most; end > 0; end--) {
        if (text.data[end] != ' ') continue;
        *used -= text_width(str_slice(text, end, most));
        return end;
    }
    if (most == 0) *used = (size_t)text_char_width(text_next(text, &most));
    return most;
}

static Str skip_blanks(Str text) {
    size_t at = 0;
    while (at < text.size && text.data[at] == ' ') at++;
    return str_slice(text, at, text.size);
}

static Str drop_end_blanks(Str text) {
    while (text.size && text.data[text.size - 1] == ' ') text.size--;
    return text;
}

Str text_wrap_begin(Str text) { return drop_end_blanks(skip_blanks(text)); }

Str text_wrap_measured(Str *rest, size_t width, size_t *used) {
    size_t end = line_end(*rest, width, used);
    Str line = drop_end_blanks(str_slice(*rest, 0, end));
    *used -= end - line.size;
    *rest = skip_blanks(str_slice(*rest, end, rest->size));
    return line;
}

Str text_wrap(Str *rest, size_t width) {
    size_t used;
    return text_wrap_measured(rest, width, &used);
}

/* Characters that move, hide or reorder what stands around them: C1 controls, line and paragraph separators,
 * marks, embeddings, overrides and isolates of direction. */
static bool is_forging(int32_t character) {
    if (character < 0x80 || (character >= 0x2070 && character < 0xfeff)) return false;
    static const struct {
        int32_t first, last;
    } ranges[] = {{0x80, 0x9f},     {0x61c, 0x61c},   {0x200e, 0x200f},
                  {0x2028, 0x202e}, {0x2066, 0x2069}, {0xfeff, 0xfeff}};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (character >= ranges[i].first && character <= ranges[i].last) return true;
    return false;
}

/* Spaces, controls, and what Unicode lets a program draw as nothing. */
static bool is_unseen(int32_t character) {
    static const struct {
        int32_t first, last;
    } ranges[] = {{0, 0x20},          {0x7f, 0xa0},      {0xad, 0xad},     {0x34f, 0x34f},
                  {0x61c, 0x61c},     {0x115f, 0x1160},  {0x1680, 0x1680}, {0x17b4, 0x17b5},
                  {0x180b, 0x180f},   {0x2000, 0x200f},  {0x2028, 0x202f}, {0x205f, 0x206f},
                  {0x2800, 0x2800},   {0x3000, 0x3000},  {0x3164, 0x3164}, {0xfe00, 0xfe0f},
                  {0xfeff, 0xfeff},   {0xffa0, 0xffa0},  {0xfff0, 0xfff8}, {0x1bca0, 0x1bca3},
                  {0x1d173, 0x1d17a}, {0xe0000, 0xe0fff}};
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (character <= ranges[i].last) return character >= ranges[i].first;
    return false;
}

bool text_is_blank(Str text) {
    for (size_t at = 0; at < text.size;) {
        size_t begin = at;
        if (pass_usual(text, &at)) {
            if (text.data[begin] != ' ') return false;
        } else if (!is_unseen(text_next(text, &at))) {
            return false;
        }
    }
    return true;
}

static void add_control(Buffer *out, int32_t character) {
    switch (character) {
    case '\t':
        buffer_add(out, STR("\u2409"));
        break;
    case '\n':
        buffer_add(out, STR("\u240a"));
        break;
    case '\r':
        buffer_add(out, STR("\u240d"));
        break;
    default:
        buffer_addf(out, "\\x%02x", (unsigned)character);
    }
}

/* Whether a character of that many bytes stands for itself; 0: it is none. */
static bool is_plain(size_t size, int32_t character) {
    return size > 0 && character >= 0x20 && character != 0x7f && !is_forging(character);
}

/* Moves behind the characters at `at` that stand for themselves. */
static size_t skip_visible(Str text, size_t at) {
    while (at < text.size) {
        int32_t character;
        if (pass_usual(text, &at)) continue;
        size_t size = decode(text, at, &character);
        if (!is_plain(size, character)) break;
        at += size;
    }
    return at;
}

bool text_is_visible(Str text) { return skip_visible(text, 0) == text.size; }

/* Moves behind the ASCII characters at `at` that are visible, eight at a time. */
static inline size_t skip_visible_words(Str text, size_t at) {
    const uint64_t each = 0x0101010101010101u;
    for (uint64_t word; at + sizeof word <= text.size; at += sizeof word) {
        memcpy(&word, text.data + at, sizeof word);
        if ((word | (word - each * 0x20) | (word + each)) & each * 0x80) break;
    }
    return at;
}

bool text_measure(Str text, size_t *width) {
    size_t at = skip_visible_words(text, 0);
    *width = at;
    while (at < text.size) {
        size_t usual = pass_usual(text, &at);
        if (!usual) {
            int32_t character;
            size_t size = decode(text, at, &character);
            if (!is_plain(size, character)) return false;
            usual = (size_t)text_char_width(character);
            at += size;
        }
        *width += usual;
    }
    return true;
}

void text_add_visible(Buffer *out, Str text) {
    for (size_t at = 0;;) {
        size_t end = skip_visible(text, at);
        buffer_add(out, str_slice(text, at, end));
        if (end == text.size) return;
        int32_t character;
        size_t size = decode(text, end, &character);
        if (size == 0)
            buffer_addf(out, "\\x%02x", (unsigned)(unsigned char)text.data[end]);
        else if (is_forging(character))
            buffer_addf(out, "<U+%04X>", (unsigned)character);
        else
            add_control(out, character);
        at = end + (size ? size : 1);
    }
}

/* What stands for a byte of markup; NULL: it stands for itself. */
static const char *reference_of(char byte) {
    return byte == '&'    ? "&amp;"
           : byte == '<'  ? "&lt;"
           : byte == '>'  ? "&gt;"
           : byte == '"'  ? "&quot;"
           : byte == '\'' ? "&#39;"
                          : NULL;
}

/* Bytes of a character at `at` that XML cannot hold, U+FFFE or U+FFFF; 0: it is another. */
static size_t outside_xml(Str text, size_t at) {
    if (text.data[at] != '\xef' || text.size - at < 3 || text.data[at + 1] != '\xbf') return 0;
    return text.data[at + 2] == '\xbe' || text.data[at + 2] == '\xbf' ? 3 : 0;
}

static void add_references(Buffer *out, Str text) {
    size_t from = 0;
    for (size_t at = 0; at < text.size; at++) {
        const char *reference = reference_of(text.data[at]);
        size_t outside = outside_xml(text, at);
        if (!reference && !outside) continue;
        buffer_add(out, str_slice(text, from, at));
        if (outside)
            buffer_addf(out, "&lt;U+FFF%c&gt;", text.data[at + 2] == '\xbe' ? 'E' : 'F');
        else
            buffer_add(out, str_of(reference));
        at += outside ? outside - 1 : 0;
        from = at + 1;
    }
    buffer_add(out, str_slice(text, from, text.size));
}

void text_add_markup(Buffer *out, Str text) {
    Buffer shown = {0};
    bool visible = text_is_visible(text);
    if (!visible) text_add_visible(&shown, text);
    add_references(out, visible ? text : buffer_view(&shown));
    buffer_release(&shown);
}
