#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/text.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

static void test_invalid(void **state) {
    (void)state;
    static const struct {
        Str text;
        size_t expected;
    } cases[] = {
        {{"", 0}, 0},
        {{"abc\0def", 7}, 7},
        {{"한글 ○ 😀", 15}, 15},
        {{"0123456789abcdef가", 19}, 19},
        {{"0123456789abcde\xff", 16}, 15},
        {{"0123456\x80", 8}, 7},
        {{"01234567\x80", 9}, 8},
        {{"\xc0\x80", 2}, 0}, /* overlong */
        {{"\xc1\xbf", 2}, 0},
        {{"a\xe0\x80\x80", 4}, 1},
        {{"a\xe0\x9f\xbf", 4}, 1},
        {{"a\xf0\x80\x80\x80", 5}, 1},
        {{"a\xf0\x8f\xbf\xbf", 5}, 1},
        {{"\xed\xa0\x80", 3}, 0}, /* surrogates */
        {{"\xed\xbf\xbf", 3}, 0},
        {{"\xed\x9f\xbf", 3}, 3},
        {{"\xee\x80\x80", 3}, 3},
        {{"\xf4\x8f\xbf\xbf", 4}, 4}, /* U+10FFFF and the one behind */
        {{"\xf4\x90\x80\x80", 4}, 0},
        {{"\xf5\x80\x80\x80", 4}, 0},
        {{"\xf8\x88\x80\x80\x80", 5}, 0},
        {{"\xff", 1}, 0},
        {{"\xef\xbf\xbf", 3}, 3},
        {{"ab\xec\x95", 4}, 2}, /* cut short */
        {{"ab\xc2", 3}, 2},
        {{"ab\xf0\x9f\x98", 5}, 2},
        {{"\xec\x95"
          "a",
          3},
         0},
        {{"\xc7\xd1", 2}, 0}, /* CP949 */
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        /* An exact allocation, so that reading behind the end is seen. */
        size_t size = cases[i].text.size;
        char *exact = malloc(size + !size);
        memcpy(exact, cases[i].text.data, size);
        size_t found = text_invalid((Str){exact, size});
        free(exact);
        if (found != cases[i].expected)
            fail_msg("case %zu '%s': %zu, expected %zu", i, cases[i].text.data, found, cases[i].expected);
        /* and amidst others: what is cut short stays so */
        Buffer amidst = {0};
        buffer_add(&amidst, STR("a가나"));
        buffer_add(&amidst, cases[i].text);
        buffer_add(&amidst, STR("다bcde"));
        size_t expected = cases[i].expected == size ? amidst.size : 7 + cases[i].expected;
        found = text_invalid(buffer_view(&amidst));
        if (found != expected) fail_msg("case %zu amidst others: %zu, expected %zu", i, found, expected);
        buffer_release(&amidst);
    }
}

/* The way of long texts, at every place of its blocks, with a fault and without. */
static void test_invalid_in_long_texts(void **state) {
    (void)state;
    static const Str faults[] = {
        {"\xc0\x80", 2},         {"\xe0\x9f\xbf", 3}, {"\xed\xa0\x80", 3}, {"\xf0\x8f\xbf\xbf", 4},
        {"\xf4\x90\x80\x80", 4}, {"\xff", 1},         {"\x80", 1},         {"\xec\x95", 2},
        {"\xf0\x9f\x98", 3}};
    for (size_t i = 0; i < COUNT(faults); i++) {
        for (size_t before = 0; before < 100; before++) {
            for (size_t behind = 0; behind < 100; behind += 9) {
                Buffer text = {0};
                while (text.size + 3 <= before) buffer_add(&text, STR("가"));
                buffer_add_repeat(&text, 'a', before - text.size);
                assert_int_equal(text_invalid(buffer_view(&text)), before);
                buffer_add(&text, faults[i]);
                buffer_add_repeat(&text, 'z', behind);
                char *exact = malloc(text.size);
                memcpy(exact, text.data, text.size);
                assert_int_equal(text_invalid((Str){exact, text.size}), before);
                free(exact);
                buffer_release(&text);
            }
        }
    }
}

/* Every code point, encoded by hand, is read back; surrogates are not. */
static void test_every_character(void **state) {
    (void)state;
    for (int32_t c = 0x80; c <= 0x10ffff; c++) {
        char bytes[8];
        size_t size = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4, at = 0;
        for (size_t i = size - 1; i > 0; i--) bytes[i] = (char)(0x80 | (c >> 6 * (int)(size - 1 - i) & 0x3f));
        bytes[0] = (char)((0xf00 >> size & 0xff) | c >> 6 * (int)(size - 1));
        bool surrogate = c >= 0xd800 && c <= 0xdfff;
        int32_t found = text_next((Str){bytes, size}, &at);
        if (found != (surrogate ? 0xfffd : c) || at != (surrogate ? 1 : size))
            fail_msg("U+%04X: U+%04X", c, found);
        memset(bytes + size, 'z', 4);
        size_t bad = text_invalid((Str){bytes, size + 4});
        if (bad != (surrogate ? 0 : size + 4)) fail_msg("U+%04X: %zu", c, bad);
        size_t width = text_width((Str){bytes, size + 4});
        if (!surrogate && width != (size_t)text_char_width(c) + 4) fail_msg("U+%04X: %zu wide", c, width);
    }
}

static void test_measures(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t length, width;
    } cases[] = {
        {"", 0, 0},       {"abc", 3, 3},      {"한글", 2, 4},     {"○※△Ⅰ", 4, 4},   {"e\u0301", 2, 1},
        {"a\tb\n", 4, 2}, {"\xff\xfe", 2, 2}, {"성과 A-1", 6, 8}, {"\uff11", 1, 2},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Str text = str_of(cases[i].text);
        if (text_length(text) != cases[i].length)
            fail_msg("'%s': length %zu", cases[i].text, text_length(text));
        if (text_width(text) != cases[i].width) fail_msg("'%s': width %zu", cases[i].text, text_width(text));
    }
    assert_int_equal(text_offset(STR("a한b"), 0), 0);
    assert_int_equal(text_offset(STR("a한b"), 2), 4);
    assert_int_equal(text_offset(STR("a한b"), 3), 5);
    assert_int_equal(text_offset(STR("a한b"), 99), 5);
    assert_int_equal(text_char_width('a'), 1);
    assert_int_equal(text_char_width(0x7f), 0);
    assert_int_equal(text_char_width(0xac00), 2);
    assert_int_equal(text_char_width(0x301), 0);
}

static void test_fit(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t width, bytes;
    } cases[] = {
        {"abc", 0, 0},  {"abc", 2, 2},       {"abc", 9, 3},     {"한글", 3, 3}, {"한글", 1, 0},
        {"한글", 4, 6}, {"ae\u0301b", 2, 4}, {"e\u0301", 1, 3}, {"", 3, 0},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        size_t found = text_fit(str_of(cases[i].text), cases[i].width);
        if (found != cases[i].bytes) fail_msg("'%s' in %zu: %zu bytes", cases[i].text, cases[i].width, found);
    }
}

static void test_visible(void **state) {
    (void)state;
    static const struct {
        Str text;
        const char *expected;
    } cases[] = {
        {{"plain 한글 △", 16}, "plain 한글 △"},
        {{"a\nb\r\t", 5}, "a␊b␍␉"},
        {{"\x1b[31m", 5}, "\\x1b[31m"},
        {{"a\0b\x7f", 4}, "a\\x00b\\x7f"},
        {{"\u202e\u2066\u200f", 9}, "<U+202E><U+2066><U+200F>"},
        {{"\xc2\x85\u2028\u061c", 7}, "<U+0085><U+2028><U+061C>"},
        {{"a\xff\xec\x95", 4}, "a\\xff\\xec\\x95"},
        {{"", 0}, ""},
    };
    Buffer out = {0};
    for (size_t i = 0; i < COUNT(cases); i++) {
        out.size = 0;
        text_add_visible(&out, cases[i].text);
        assert_string_equal(buffer_text(&out), cases[i].expected);
    }
    buffer_release(&out);
}

/* Nothing of a text becomes markup, and nothing stays that XML cannot hold. */
static void test_markup(void **state) {
    (void)state;
    static const struct {
        Str text;
        const char *expected;
    } cases[] = {
        {{"plain 한글 △", 16}, "plain 한글 △"},
        {{"<a href=\"x\" b='&amp;'>", 22}, "&lt;a href=&quot;x&quot; b=&#39;&amp;amp;&#39;&gt;"},
        {{"a\n<\x1b\0]]>", 8}, "a␊&lt;\\x1b\\x00]]&gt;"},
        {{"\u202e&", 4}, "&lt;U+202E&gt;&amp;"},
        {{"a\xef\xbf\xbe\xef\xbf\xbf\xef\xbf\xbd", 10}, "a&lt;U+FFFE&gt;&lt;U+FFFF&gt;\xef\xbf\xbd"},
        {{"\xff<", 2}, "\\xff&lt;"},
        {{"", 0}, ""},
    };
    Buffer out = {0};
    for (size_t i = 0; i < COUNT(cases); i++) {
        out.size = 0;
        text_add_markup(&out, cases[i].text);
        assert_string_equal(buffer_text(&out), cases[i].expected);
    }
    buffer_release(&out);
}

static void test_nearest(void **state) {
    (void)state;
    static const Str words[] = {{"rate", 4},      {"target", 6}, {"actual", 6},  {"achievement_rate", 16},
                                {"weight", 6},    {"", 0},       {"목표", 6},    {"성과지표명", 15},
                                {"half_even", 9}, {"run", 3},    {"half_up", 7}, {"id", 2}};
    static const struct {
        const char *wanted, *expected;
    } cases[] = {
        {"rate", "rate"},
        {"rat", "rate"},
        {"raet", "rate"},
        {"RATE", "rate"},
        {"tagret", "target"},
        {"actaul", "actual"},
        {"half-even", "half_even"},
        {"Half Up", "half_up"},
        {"acheivement-rate", "achievement_rate"},
        {"wieghts", "weight"},
        {"성과지표", "성과지표명"},
        {"목", ""},
        {"xyzzy", ""},
        {"", ""},
        {"rn", "run"},
        {"ix", ""},
        {"ID", "id"},
        {"targetactual", ""},
        {"a_name_that_is_far_longer_than_any_word_that_a_person_would_ever_write", ""},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        Str found = text_nearest(str_of(cases[i].wanted), words, COUNT(words));
        if (!str_is(found, cases[i].expected))
            fail_msg("'%s': '%.*s', expected '%s'", cases[i].wanted, STR_FMT(found), cases[i].expected);
    }
    assert_int_equal(text_nearest(STR("a"), NULL, 0).size, 0);
}

/* What is folded without tables is what the tables say: blanks and controls go, the rest is decomposed; and
 * what two ways of writing a syllable look like is one. */
static void test_fold_plain(void **state) {
    (void)state;
    for (int32_t character = 0; character < 0xD7A5; character = character == 0xFF ? 0xABFF : character + 1) {
        Buffer text = {0}, wanted = {0}, found = {0}, look = {0}, look_of_parts = {0};
        utf8proc_uint8_t bytes[4];
        int32_t parts[8];
        buffer_add(&text, (Str){(const char *)bytes, (size_t)utf8proc_encode_char(character, bytes)});
        utf8proc_ssize_t count = utf8proc_decompose_char(
            character, parts, 8, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD, NULL);
        for (utf8proc_ssize_t i = 0; i < count; i++) {
            bool blank = parts[i] <= ' ' || (parts[i] >= 0x7F && parts[i] <= 0xA0) || parts[i] == 0xAD;
            bool dot = parts[i] == '.' || parts[i] == 0xB7;
            Str part = {(const char *)bytes, (size_t)utf8proc_encode_char(parts[i], bytes)};
            if (!blank && !dot) buffer_add(&wanted, part);
        }
        text_fold(&found, buffer_view(&text));
        text_look(&look, buffer_view(&text));
        text_look(&look_of_parts, buffer_view(&wanted));
        bool dotted = character == '.' || character == 0xB7;
        if (!str_equal(buffer_view(&found), buffer_view(&wanted)) ||
            (!dotted && !str_equal(buffer_view(&look), buffer_view(&look_of_parts))) ||
            (character >= 0xAC00 && character < 0xD7A4 && !str_equal(buffer_view(&look), buffer_view(&text))))
            fail_msg("U+%04X gives <%s> and <%s>", (unsigned)character, buffer_text(&found),
                     buffer_text(&look));
        buffer_release(&text);
        buffer_release(&wanted);
        buffer_release(&found);
        buffer_release(&look);
        buffer_release(&look_of_parts);
    }
}

static void test_fold(void **state) {
    (void)state;
    assert_true(text_same_folded(STR("청소ㆍ관리 ＡＢ"), STR("청소 관리ab")));
    assert_false(text_same_folded(STR("청소과"), STR("청소팀")));
    Buffer look = {0};
    text_look(&look, STR("３．１ 절ㆍA"));
    assert_true(str_is(buffer_view(&look), "3.1절\xe1\x86\x9e\x61"));
    buffer_release(&look);
    static const char *const looks[][2] = {
        {"총무 과", "총무과"},
        {"IT과", "it과"},
        {"\xe1\x84\x80\xe1\x85\xa1\xe1\x86\xa8\xe1\x84\x82\xe1\x85\xa1", "각나"}, /* in pieces */
        {"가\xe1\x86\xa8", "각"},                                                 /* half in pieces */
        {"\xe1\x84\x80 \xe1\x84\x80", "\xe1\x84\x80\xe1\x84\x80"},                /* leads alone */
        {"가\xe1\x85\xa1", "가\xe1\x85\xa1"},                                     /* a vowel too many */
        {"각\xe1\x86\xa8·", "각\xe1\x86\xa8·"},                                   /* an end too many */
        {"\xed\x9e\xa4", "\xed\x9e\xa4"},                                         /* behind the last */
        {"A", "a"},
        {"\xea\xb0\x20 a", "\xef\xbf\xbd\xef\xbf\xbd\x61"}, /* no UTF-8 */
        {"", ""},
    };
    for (size_t i = 0; i < COUNT(looks); i++) {
        Buffer found = {0};
        text_look(&found, str_of(looks[i][0]));
        if (!str_is(buffer_view(&found), looks[i][1]))
            fail_msg("<%s> looks like <%s>", looks[i][0], buffer_text(&found));
        buffer_release(&found);
    }
    static const struct {
        const char *text, *folded;
    } table[] = {
        {"공원·녹지", "공원녹지"},
        {"공원․녹지", "공원녹지"},
        {"공원‧녹지", "공원녹지"},
        {"공원ㆍ녹지", "공원녹지"},
        {"３．３．３ 프로젝트", "333프로젝트"},
        {" A b\tC　", "abc"},
        {"ＡＢＣ", "abc"},
        {"ﾃｽﾄ", "テスト"},
        {". · •", ""},
        {"", ""},
        {"3-3", "3-3"},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        Buffer found = {0}, wanted = {0};
        text_fold(&found, str_of(table[i].text));
        text_fold(&wanted, str_of(table[i].folded)); /* Hangul is decomposed: folded twice it is the same */
        if (!str_equal(buffer_view(&found), buffer_view(&wanted)))
            fail_msg("<%s> gives <%s>", table[i].text, buffer_text(&found));
        buffer_release(&found);
        buffer_release(&wanted);
    }
    Buffer bad = {0};
    text_fold(&bad, STR("a\xff"));
    assert_true(str_is(buffer_view(&bad), "a\xef\xbf\xbd"));
    buffer_release(&bad);
}

/* Nothing to see: spaces of all kinds, controls, fillers, marks of direction. A letter among them is seen. */
static void test_blank(void **state) {
    (void)state;
    static const char *const blank[] = {
        "",       " \t\n",  "\u00a0", "\u00ad", "\u200b",           "\u3000\u200d",
        "\u3164", "\u115f", "\ufeff", "\u202e", "\x07\x7f",         "\u2800",
        "\uffa0", "\u2060", "\ufe0f", "\u034f", "\U000e0041 \u2028"};
    static const char *const seen[] = {"a", "\u200b가", "-", "\u3131", "\u00a1", "\u2070", "\x80", "\u0301"};
    for (size_t i = 0; i < sizeof blank / sizeof *blank; i++) assert_true(text_is_blank(str_of(blank[i])));
    for (size_t i = 0; i < sizeof seen / sizeof *seen; i++) assert_false(text_is_blank(str_of(seen[i])));
}

/* What several measures say of one text: characters, whether it is visible, its width then. */
static void test_measured_at_once(void **state) {
    (void)state;
    static const struct {
        const char *text;
        size_t length, width;
        bool visible;
    } table[] = {
        {"", 0, 0, true},
        {"abcdefgh", 8, 8, true},
        {"abcdefghi", 9, 9, true},
        {"87.663842 %", 11, 11, true},
        {"가나다라마바사아", 8, 16, true},
        {"abcdefg가", 8, 9, true},
        {"e\u0301", 2, 1, true},
        {"△ 1,234,567․89", 14, 14, true},
        {"\U0001f600 ok", 4, 5, true},
        {"12345678\t", 9, 0, false},
        {"1234567\x7f", 8, 0, false},
        {"1234567\x1f", 8, 0, false},
        {"가나\u202e다", 4, 0, false},
        {"\xc2\x85", 1, 0, false},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        Str text = str_of(table[i].text);
        size_t width;
        assert_int_equal(text_length_valid(text), table[i].length);
        assert_int_equal(text_length(text), table[i].length);
        assert_int_equal(text_measure(text, &width), table[i].visible);
        assert_int_equal(text_is_visible(text), table[i].visible);
        if (table[i].visible) assert_int_equal(width, table[i].width);
        if (table[i].visible) assert_int_equal(text_width(text), table[i].width);
    }
    size_t width;
    assert_false(text_measure(STR("abc\xff"), &width));
    /* syllables that are none: U+AC00 without its second or its third byte, and with one of ASCII there */
    assert_false(text_measure(STR("\xea\x80zz"), &width));
    assert_false(text_measure(STR("\xea\xb0zz"), &width));
    assert_false(text_measure(STR("\xeaz\x80zz"), &width));
    assert_false(text_measure(STR("\xea\xb0"), &width));
}

/* Lines and their widths, worked out by hand. */
static void test_wrap_measured(void **state) {
    (void)state;
    static const struct {
        const char *line;
        size_t width;
    } lines[] = {{"가나", 4}, {"ab cd", 5}, {"다라마", 6}, {"바", 2}, {"x", 1}};
    Str rest = text_wrap_begin(STR(" 가나 ab cd   다라마바 x "));
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        size_t used = 99;
        Str line = text_wrap_measured(&rest, i == 3 ? 3 : 6, &used);
        assert_true(str_is(line, lines[i].line));
        assert_int_equal(used, lines[i].width);
    }
    assert_int_equal(rest.size, 0);
    size_t used = 99;
    rest = text_wrap_begin(STR("가나"));
    assert_true(str_is(text_wrap_measured(&rest, 1, &used), "가")); /* wider than the line */
    assert_int_equal(used, 2);
    rest = text_wrap_begin(STR(""));
    assert_int_equal(text_wrap_measured(&rest, 5, &used).size, 0);
    assert_int_equal(used, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_fold),
        cmocka_unit_test(test_fold_plain),
        cmocka_unit_test(test_invalid),
        cmocka_unit_test(test_invalid_in_long_texts),
        cmocka_unit_test(test_every_character),
        cmocka_unit_test(test_measures),
        cmocka_unit_test(test_fit),
        cmocka_unit_test(test_measured_at_once),
        cmocka_unit_test(test_wrap_measured),
        cmocka_unit_test(test_visible),
        cmocka_unit_test(test_blank),
        cmocka_unit_test(test_markup),
        cmocka_unit_test(test_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
