#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/cpu.h"
#include "base/text.h"
#include "io/marks_build.h"
#include "random.h"

#include <stdlib.h>
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

static const struct {
    const char *name;
    CpuLevel level;
    void (*find)(Marks *marks, Str text, size_t from, size_t to, uint32_t *at);
} ways[] = {
    {"plain", CPU_PLAIN, marks_find_plain},
    {"avx2", CPU_AVX2, marks_find_avx2},
    {"avx512", CPU_AVX512, marks_find_avx512},
};

/* What the marks should be, one byte after the other. */
static Marks expected_marks(Str text, uint32_t *at) {
    Marks marks = {.invalid = text_invalid(text) < text.size || str_find(text, '\0', 0) < text.size};
    bool inside = false;
    for (size_t i = 0; i < text.size; i++) {
        char byte = text.data[i];
        marks.quotes += byte == '"';
        marks.returns += byte == '\r';
        if (byte == '"') inside = !inside;
        if (inside || (byte != ',' && byte != '\n')) continue;
        marks.lines += byte == '\n';
        at[marks.count++] = (uint32_t)i;
    }
    return marks;
}

/* A text and its marks, in blocks of exactly their size: a checker sees what is touched beyond them. */
typedef struct Sample {
    char *bytes;
    size_t size;
    uint32_t *wanted, *found;
} Sample;

static void *block(size_t count, size_t size) {
    void *made = malloc(count * size);
    assert_non_null(made);
    memset(made, 0, count * size);
    return made;
}

static Sample sample_of(size_t size) {
    /* Exactly the text, so that a read beyond it shows; none at all for an empty one. */
    Sample sample = {size ? malloc(size) : NULL, size, block(size + 1, sizeof *sample.wanted), NULL};
    assert_true(sample.bytes || size == 0);
    sample.found = block(size + MARKS_SLACK, sizeof *sample.found);
    return sample;
}

static void sample_end(Sample *sample) {
    free(sample->bytes);
    free(sample->wanted);
    free(sample->found);
}

static void fail_bytes(const Sample *sample, const char *way, const Marks *found, const Marks *wanted) {
    char text[3 * 256 + 1] = "";
    for (size_t i = 0; i < sample->size && i < 256; i++) {
        static const char digits[] = "0123456789abcdef";
        unsigned char byte = (unsigned char)sample->bytes[i];
        const char hex[] = {digits[byte >> 4], digits[byte & 15], ' ', '\0'};
        strcat(text, hex);
    }
    fail_msg("%s, %zu bytes: %s\nfound %zu marks %zu lines %zu returns %zu quotes invalid %d\n"
             "wanted %zu marks %zu lines %zu returns %zu quotes invalid %d",
             way, sample->size, text, found->count, found->lines, found->returns, found->quotes,
             found->invalid, wanted->count, wanted->lines, wanted->returns, wanted->quotes, wanted->invalid);
}

/* The marks as the way finds them, `piece` bytes at a time. */
static Marks find(size_t way, Str text, size_t piece, uint32_t *at) {
    Marks marks = {0};
    size_t from = 0;
    for (; from + piece < text.size; from += piece) ways[way].find(&marks, text, from, from + piece, at);
    ways[way].find(&marks, text, from, text.size, at);
    return marks;
}

static void check(const Sample *sample) {
    Str text = {sample->bytes, sample->size};
    Marks wanted = expected_marks(text, sample->wanted);
    for (size_t i = 0; i < 2 * COUNT(ways) && ways[i / 2].level <= cpu_level(); i++) {
        Marks found = find(i / 2, text, i % 2 ? MARKS_BLOCK : 1 << 20, sample->found);
        bool same = found.count == wanted.count && found.lines == wanted.lines &&
                    found.returns == wanted.returns && found.quotes == wanted.quotes &&
                    found.invalid == wanted.invalid;
        if (!same || memcmp(sample->found, sample->wanted, wanted.count * sizeof *sample->wanted) != 0)
            fail_bytes(sample, ways[i / 2].name, &found, &wanted);
    }
}

/* Says what this machine leaves out. */
static void test_ways(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(ways); i++) {
        CpuLevel level;
        assert_true(cpu_find(str_of(ways[i].name), &level));
        assert_int_equal(level, ways[i].level);
        if (level > cpu_level()) print_message("skipped: this machine has no %s\n", ways[i].name);
    }
    CpuLevel level;
    assert_false(cpu_find(STR("avx"), &level));
    assert_false(cpu_find(STR(""), &level));
}

/* A NUL is UTF-8 and yet no text, wherever it stands; the room behind the end is not taken for one. */
static void test_nul(void **state) {
    (void)state;
    enum { SIZE = 3 * MARKS_BLOCK + 7 };
    const size_t block = MARKS_BLOCK;
    char text[SIZE];
    uint32_t at[SIZE + MARKS_SLACK];
    memset(text, 'a', SIZE);
    for (size_t i = 0; i < COUNT(ways) && ways[i].level <= cpu_level(); i++) {
        for (size_t piece = block; piece <= 4 * block; piece += 3 * block) {
            for (size_t size = SIZE - block - 1; size <= SIZE; size++)
                assert_false(find(i, (Str){text, size}, piece, at).invalid);
            for (size_t nul = 0; nul < SIZE; nul++) {
                text[nul] = '\0';
                assert_true(find(i, (Str){text, SIZE}, piece, at).invalid);
                text[nul] = 'a';
            }
        }
    }
}

static void test_by_hand(void **state) {
    (void)state;
    static const char text[] = "a,\"b,\n\"\"\r\n\",c\r\n,";
    static const uint32_t wanted[] = {1, 11, 14, 15};
    for (size_t i = 0; i < COUNT(ways) && ways[i].level <= cpu_level(); i++) {
        uint32_t at[sizeof text + MARKS_SLACK];
        Marks marks = find(i, (Str){text, sizeof text - 1}, MARKS_BLOCK, at);
        assert_int_equal(marks.count, COUNT(wanted));
        assert_memory_equal(at, wanted, sizeof wanted);
        assert_int_equal(marks.lines, 1);
        assert_int_equal(marks.returns, 2);
        assert_int_equal(marks.quotes, 4);
        assert_false(marks.invalid);
    }
}

/* Every length, of texts rich in what is marked, or poor in it; some with bytes that are no UTF-8. */
static void test_lengths(void **state) {
    (void)state;
    static const char *const bytes[] = {
        ",\n\"\rab",     "abcdefghijklmnop,",     ",,,,\n", "\"", "ab\"\"\",\n",
        "\xea\xb5\xad,", "\xf0\x9f\x98\x80\"\n,x"};
    uint64_t random = 1;
    for (size_t size = 0; size <= 200; size++) {
        Sample sample = sample_of(size);
        for (size_t kind = 0; kind < 8 * COUNT(bytes); kind++) {
            const char *from = bytes[kind % COUNT(bytes)];
            size_t count = strlen(from), at = 0;
            bool whole = kind % 2;
            for (; at < size; at++)
                sample.bytes[at] = from[(whole ? at + kind : next_random(&random)) % count];
            check(&sample);
        }
        sample_end(&sample);
    }
}

/* Random texts of ten thousand bytes, quotes open over many blocks. */
static void test_long(void **state) {
    (void)state;
    uint64_t random = 2;
    for (size_t round = 0; round < 60; round++) {
        Sample sample = sample_of(10000 + round);
        size_t rare = 1 + round * 3;
        for (size_t i = 0; i < sample.size; i++) {
            uint64_t bits = next_random(&random);
            static const char signs[] = {',', '\n', '"', '\r', ',', ',', '\n'};
            sample.bytes[i] = 'x';
            if (bits % rare == 0) sample.bytes[i] = signs[(bits >> 32) % sizeof signs];
        }
        check(&sample);
        sample_end(&sample);
    }
}

#define TEXT_SIZE 130

/* Blocks of ASCII are checked in another way than those with other bytes. */
static void fill(Sample *sample, bool ascii) {
    for (size_t i = 0; i < sample->size; i++) sample->bytes[i] = 'x';
    for (size_t i = 10; !ascii && i + 1 < sample->size; i += 32) memcpy(sample->bytes + i, "\xc3\xa9", 2);
}

/* Puts `bytes` at every place around the ends of the registers and of the text, in both fillings. */
static void check_at_places(Sample *sample, const char *bytes, size_t count) {
    static const size_t places[] = {0,  27, 28, 29, 30, 31, 32, 33, 59, 60,
                                    61, 62, 63, 64, 65, 93, 94, 95, 96};
    for (size_t i = 0; i < COUNT(places) + count; i++) {
        size_t at = i < COUNT(places) ? places[i] : TEXT_SIZE - 1 - (i - COUNT(places));
        size_t fits = at + count <= TEXT_SIZE ? count : TEXT_SIZE - at;
        char kept[8];
        memcpy(kept, sample->bytes + at, fits);
        memcpy(sample->bytes + at, bytes, fits);
        check(sample);
        memcpy(sample->bytes + at, kept, fits);
    }
}

static void test_pairs(void **state) {
    (void)state;
    Sample sample = sample_of(67);
    memset(sample.bytes, 'x', sample.size);
    static const size_t places[] = {5, 31, 63, 65};
    for (unsigned pair = 0; pair < 65536; pair += RANDOM_ONE_IN) {
        const char bytes[] = {(char)(pair >> 8), (char)pair};
        for (size_t i = 0; i < COUNT(places); i++) {
            memcpy(sample.bytes + places[i], bytes, 2);
            check(&sample);
            memset(sample.bytes + places[i], 'x', 2);
        }
    }
    sample_end(&sample);
}

static const unsigned char seconds[] = {0x00, 0x22, 0x2c, 0x7f, 0x80, 0x8f, 0x90,
                                        0x9f, 0xa0, 0xbf, 0xc0, 0xc2, 0xe0, 0xff};
static const unsigned char thirds[] = {0x7f, 0x80, 0xbf, 0xc0};

/* Sequences of three and four bytes: all lead bytes, continuations at the ends of their ranges. */
static void check_sequences(bool ascii) {
    Sample sample = sample_of(TEXT_SIZE);
    size_t number = 0;
    fill(&sample, ascii);
    for (unsigned lead = 0x80; lead < 0x100; lead++) {
        for (size_t i = 0; i < COUNT(seconds) * COUNT(thirds); i++) {
            if (number++ % RANDOM_ONE_IN) continue;
            char bytes[4] = {(char)lead, (char)seconds[i / COUNT(thirds)], (char)thirds[i % COUNT(thirds)],
                             0};
            if (lead < 0xf0) check_at_places(&sample, bytes, 3);
            for (size_t k = 0; lead >= 0xe0 && k < COUNT(thirds); k++) {
                bytes[3] = (char)thirds[k];
                check_at_places(&sample, bytes, 4);
            }
        }
    }
    sample_end(&sample);
}

static void test_sequences(void **state) {
    (void)state;
    check_sequences(true);
    check_sequences(false);
}

/* One character after the other, then one byte spoilt. */
static void test_spoilt(void **state) {
    (void)state;
    static const char *const characters[] = {"a",
                                             ",",
                                             "\xc3\xa9",
                                             "\xea\xb5\xad",
                                             "\xed\x9f\xbf",
                                             "\xee\x80\x80",
                                             "\xf0\x90\x80\x80",
                                             "\xf4\x8f\xbf\xbf"};
    uint64_t random = 3;
    for (size_t round = 0; round < RANDOM_ROUNDS(20000); round++) {
        char text[300];
        size_t size = 0, wanted = next_random(&random) % 280;
        while (size < wanted) {
            const char *character = characters[next_random(&random) % COUNT(characters)];
            memcpy(text + size, character, strlen(character));
            size += strlen(character);
        }
        Sample sample = sample_of(size);
        if (size) memcpy(sample.bytes, text, size);
        assert_int_equal(text_invalid((Str){sample.bytes, size}), size);
        check(&sample);
        if (size) sample.bytes[next_random(&random) % size] = (char)next_random(&random);
        check(&sample);
        sample_end(&sample);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ways),      cmocka_unit_test(test_by_hand), cmocka_unit_test(test_nul),
        cmocka_unit_test(test_lengths),   cmocka_unit_test(test_long),    cmocka_unit_test(test_pairs),
        cmocka_unit_test(test_sequences), cmocka_unit_test(test_spoilt),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
