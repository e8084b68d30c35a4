#include "base/text.h"

#include <utf8proc.h>

/* Longest word, in characters, that text_nearest looks at. */
#define WORD_LENGTH 64

typedef struct Word {
    int32_t characters[WORD_LENGTH];
    size_t length;
} Word;

/* False for a word that is too long. */
static bool fold(Str text, Word *word) {
    word->length = 0;
    for (size_t at = 0; at < text.size;) {
        int32_t character = text_next(text, &at);
        if (word->length == WORD_LENGTH) return false;
        if (character == '-' || character == ' ') character = '_';
        word->characters[word->length++] = utf8proc_tolower(character);
    }
    return true;
}

static size_t least(size_t a, size_t b) { return a < b ? a : b; }

/* Insertions, deletions, replacements and swaps of neighbours that make one word of the other
 * (Damerau-Levenshtein, where no part is edited twice). */
static size_t distance(const Word *a, const Word *b) {
    size_t rows[3][WORD_LENGTH + 1];
    size_t *before = rows[0], *above = rows[1], *row = rows[2];
    for (size_t j = 0; j <= b->length; j++) above[j] = before[j] = j;
    for (size_t i = 1; i <= a->length; i++) {
        row[0] = i;
        for (size_t j = 1; j <= b->length; j++) {
            bool same = a->characters[i - 1] == b->characters[j - 1];
            row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + !same);
            if (i > 1 && j > 1 && a->characters[i - 1] == b->characters[j - 2] &&
                a->characters[i - 2] == b->characters[j - 1])
                row[j] = least(row[j], before[j - 2] + 1);
        }
        size_t *free_row = before;
        before = above;
        above = row;
        row = free_row;
    }
    return above[b->length];
}

Str text_nearest(Str wanted, const Str *words, size_t count) {
    Word asked, word;
    Str nearest = {"", 0};
    size_t best = SIZE_MAX;
    if (!fold(wanted, &asked)) return nearest;
    for (size_t i = 0; i < count; i++) {
        if (words[i].size == 0 || !fold(words[i], &word)) continue;
        size_t away = distance(&asked, &word);
        if (away > word.length / 3 || away >= best) continue;
        best = away;
        nearest = words[i];
    }
    return nearest;
}

/* Dots that names are written with, as they are once compatibility forms are folded. */
static bool is_dot(int32_t character) {
    static const int32_t dots[] = {'.',    0xB7,   0x119E, 0x2022, 0x2024, 0x2027,
                                   0x2219, 0x22C5, 0x318D, 0x30FB, 0xFF65};
    size_t i = 0;
    while (i < sizeof dots / sizeof *dots && dots[i] != character) i++;
    return i < sizeof dots / sizeof *dots;
}

static bool is_blank(int32_t character) {
    utf8proc_category_t category = utf8proc_category(character);
    return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_CC ||
           category == UTF8PROC_CATEGORY_CF || category == UTF8PROC_CATEGORY_ZL;
}

/* Syllables of Hangul stand in the order of what they are made of: a lead, a vowel, and an end or none. */
#define SYLLABLES     0xAC00
#define SYLLABLES_END 0xD7A4
#define LEADS         0x1100
#define LEAD_COUNT    19
#define VOWELS        0x1161
#define ENDS          0x11A7
#define VOWEL_COUNT   21
#define END_COUNT     28

static void add_character(Buffer *out, int32_t character) {
    utf8proc_uint8_t bytes[4];
    utf8proc_ssize_t size = utf8proc_encode_char(character, bytes);
    buffer_add(out, (Str){(const char *)bytes, (size_t)size});
}

/* What names are mostly made of, without a look into tables; false: something else. */
static bool add_folded_plain(Buffer *out, int32_t character, bool dots) {
    if (character >= SYLLABLES && character < SYLLABLES_END) {
        int32_t number = character - SYLLABLES, end = number % END_COUNT;
        add_character(out, LEADS + number / (VOWEL_COUNT * END_COUNT));
        add_character(out, VOWELS + number / END_COUNT % VOWEL_COUNT);
        if (end) add_character(out, ENDS + end);
        return true;
    }
    if (character >= 0x7F) return false;
    bool capital = character >= 'A' && character <= 'Z';
    if (character > ' ' && (dots || character != '.'))
        buffer_add_char(out, (char)(capital ? character - 'A' + 'a' : character));
    return true;
}

static void add_folded(Buffer *out, Str text, bool dots) {
    for (size_t at = 0; at < text.size;) {
        int32_t folded[32];
        int32_t character = text_next(text, &at);
        if (add_folded_plain(out, character, dots)) continue;
        utf8proc_ssize_t count = utf8proc_decompose_char(
            character, folded, 32, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD, NULL);
        for (utf8proc_ssize_t i = 0; i < count && i < 32; i++) {
            if ((!dots && is_dot(folded[i])) || is_blank(folded[i])) continue;
            add_character(out, folded[i]);
        }
    }
}

void text_fold(Buffer *out, Str text) { add_folded(out, text, false); }

/* ASCII and syllables of Hangul, which most names are made of: without blanks and capitals they are what they
 * look like. False, and nothing is added, where there is anything else. */
static bool add_plain_look(Buffer *out, Str text) {
    uint8_t *to = (uint8_t *)buffer_reserve(out, text.size);
    size_t size = 0;
    for (size_t at = 0; at < text.size;) {
        const uint8_t *from = (const uint8_t *)text.data + at;
        unsigned code = at + 3 <= text.size ? (unsigned)from[0] << 16 | (unsigned)from[1] << 8 | from[2] : 0;
        if (code >= 0xEAB080 && code <= 0xED9EA3 && (code & 0xC0C0) == 0x8080) {
            memcpy(to + size, from, 3);
            size += 3;
            at += 3;
            continue;
        }
        if (*from >= 0x7F) return false;
        if (*from > ' ') to[size++] = *from >= 'A' && *from <= 'Z' ? (uint8_t)(*from + ('a' - 'A')) : *from;
        at++;
    }
    out->size += size;
    return true;
}

static bool is_between(int32_t character, int32_t from, int32_t count) {
    return character >= from && character < from + count;
}

/* Adds the text with its parts of Hangul put together to syllables. */
static void add_composed(Buffer *out, Str text) {
    for (size_t at = 0; at < text.size;) {
        int32_t character = text_next(text, &at);
        size_t behind = at, end_behind;
        int32_t vowel = behind < text.size ? text_next(text, &behind) : 0;
        if (is_between(character, LEADS, LEAD_COUNT) && is_between(vowel, VOWELS, VOWEL_COUNT)) {
            character = SYLLABLES + ((character - LEADS) * VOWEL_COUNT + vowel - VOWELS) * END_COUNT;
            at = end_behind = behind;
            int32_t end = at < text.size ? text_next(text, &end_behind) : 0;
            if (is_between(end, ENDS + 1, END_COUNT - 1)) {
                character += end - ENDS;
                at = end_behind;
            }
        }
        add_character(out, character);
    }
}

void text_look(Buffer *out, Str text) {
    if (add_plain_look(out, text)) return;
    Buffer parts = {0};
    add_folded(&parts, text, true);
    add_composed(out, buffer_view(&parts));
    buffer_release(&parts);
}

bool text_same_folded(Str a, Str b) {
    Buffer x = {0}, y = {0};
    text_fold(&x, a);
    text_fold(&y, b);
    bool same = str_equal(buffer_view(&x), buffer_view(&y));
    buffer_release(&x);
    buffer_release(&y);
    return same;
}
