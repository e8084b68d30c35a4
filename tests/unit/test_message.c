#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/message.h"
#include "base/text.h"

#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

static bool is_kebab(const char *code) {
    if (*code < 'a' || *code > 'z') return false;
    for (; *code; code++) {
        bool letter = (*code >= 'a' && *code <= 'z') || (*code >= '0' && *code <= '9');
        bool dash = *code == '-' && code[1] && code[1] != '-';
        if (!letter && !dash) return false;
    }
    return true;
}

/* Bit n for {n}. */
static unsigned placeholders(const char *template) {
    unsigned found = 0;
    for (const char *at = template; *at; at++)
        if (at[0] == '{' && at[1] >= '1' && at[1] <= '9' && at[2] == '}') found |= 1u << (at[1] - '0');
    return found;
}

static void test_codes(void **state) {
    (void)state;
    for (int id = 0; id < MESSAGE_COUNT; id++) {
        const Message message = message_get((MessageId)id);
        if (!message.code) {
            if (message.severity != SEVERITY_TEXT) fail_msg("message %d has no code", id);
            continue;
        }
        MessageId found;
        if (message.severity == SEVERITY_TEXT) fail_msg("text %s has a code", message.code);
        if (!is_kebab(message.code)) fail_msg("code <%s>", message.code);
        /* the first of equal codes is found: another id means that the code is used twice */
        if (!message_find(str_of(message.code), &found) || (int)found != id)
            fail_msg("%s twice", message.code);
        bool error = message.severity == SEVERITY_ERROR;
        if ((message.exit_code != EXIT_DONE) != error) fail_msg("exit code of %s", message.code);
    }
    MessageId found;
    assert_false(message_find(STR(""), &found));
    assert_false(message_find(STR("not-a-numbe"), &found));
    assert_false(message_find(STR("not-a-number "), &found));
}

static void check_text(const char *name, const char *text, bool needed) {
    if (!text) {
        fail_msg("%s: no text", name);
        return;
    }
    if (needed && str_trim(str_of(text)).size == 0) fail_msg("%s: empty text", name);
    if (text_invalid(str_of(text)) != strlen(text)) fail_msg("%s: no UTF-8", name);
    for (const char *at = text; *at; at++)
        if ((unsigned char)*at < 0x20 && *at != '\n') fail_msg("%s: control character", name);
}

static void test_texts(void **state) {
    (void)state;
    for (int id = 0; id < MESSAGE_COUNT; id++) {
        const Message message = message_get((MessageId)id);
        const char *name = message.code ? message.code : message.text[LANGUAGE_EN];
        for (int language = 0; language < LANGUAGE_COUNT; language++) {
            check_text(name, message.text[language], true);
            check_text(name, message.help[language], message.code != NULL);
            if (message.code &&
                (strchr(message.text[language], '\n') || placeholders(message.help[language])))
                fail_msg("%s: a message is one line, its help has no arguments", name);
        }
        unsigned used = placeholders(message.text[LANGUAGE_EN]);
        if (used != placeholders(message.text[LANGUAGE_KO])) fail_msg("%s: placeholders differ", name);
        if (used & (used + 2)) fail_msg("%s: placeholders with a gap", name);
    }
}

/* Every line of a help page fits a terminal. */
static void test_widths(void **state) {
    (void)state;
    for (int id = 0; id < MESSAGE_COUNT; id++) {
        const Message message = message_get((MessageId)id);
        for (int language = 0; !message.code && language < LANGUAGE_COUNT; language++) {
            const char *at = message.text[language];
            while (*at) {
                size_t size = strcspn(at, "\n");
                if (text_width((Str){at, size}) > 110) fail_msg("too wide: %.*s", (int)size, at);
                at += size + (at[size] != '\0');
            }
        }
    }
}

static const struct {
    const char *template;
    const char *arguments[3];
    const char *en, *ko;
} fills[] = {
    {"", {NULL}, "", ""},
    {"no arguments", {"a"}, "no arguments", "no arguments"},
    {"{1} and {2}", {"a", "b"}, "a and b", "a and b"},
    {"{2}, {1}, {2}", {"a", "b"}, "b, a, b", "b, a, b"},
    {"<{1}{2}{3}{4}{9}>", {"a"}, "<a>", "<a>"},
    {"{0} {10} {x} {1 {} }{1}{", {"a"}, "{0} {10} {x} {1 {} }a{", "{0} {10} {x} {1 {} }a{"},
    {"{1}", {"{2}", "b"}, "{2}", "{2}"},
    {"{1} {2}", {MESSAGE_WORDS("a number", "수"), "x"}, "a number x", "수 x"},
    {"{1}", {MESSAGE_WORDS("", "수")}, "", "수"},
};

static void test_fill(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(fills); i++) {
        Str arguments[3];
        size_t count = 0;
        while (count < 3 && fills[i].arguments[count]) {
            arguments[count] = str_of(fills[i].arguments[count]);
            count++;
        }
        for (int language = 0; language < LANGUAGE_COUNT; language++) {
            Buffer out = {0};
            message_fill(&out, fills[i].template, arguments, count, (Language)language);
            if (!str_is(buffer_view(&out), language == LANGUAGE_KO ? fills[i].ko : fills[i].en))
                fail_msg("<%s>: <%s>", fills[i].template, buffer_text(&out));
            buffer_release(&out);
        }
    }
}

static void test_languages(void **state) {
    (void)state;
    static const struct {
        const char *locale;
        Language language;
    } locales[] = {
        {"ko_KR.UTF-8", LANGUAGE_KO}, {"ko", LANGUAGE_KO},    {"ko_KR", LANGUAGE_KO},
        {"ko.UTF-8", LANGUAGE_KO},    {"ko-KR", LANGUAGE_KO}, {"ko@x", LANGUAGE_KO},
        {"en_US", LANGUAGE_EN},       {"C", LANGUAGE_EN},     {"", LANGUAGE_EN},
        {"kok_IN", LANGUAGE_EN},      {"k", LANGUAGE_EN},     {"en_KO", LANGUAGE_EN},
    };
    for (size_t i = 0; i < COUNT(locales); i++)
        if (message_language(str_of(locales[i].locale)) != locales[i].language)
            fail_msg("<%s>", locales[i].locale);
    assert_string_equal(message_severity(SEVERITY_ERROR, LANGUAGE_EN), "error");
    assert_string_equal(message_severity(SEVERITY_WARNING, LANGUAGE_EN), "warning");
    assert_string_equal(message_severity(SEVERITY_NOTE, LANGUAGE_EN), "note");
    assert_string_equal(message_severity(SEVERITY_ERROR, LANGUAGE_KO), "오류");
}

static void test_words(void **state) {
    (void)state;
    Str words = message_words(TEXT_WANT_NUMBER), plain = STR("plain");
    assert_true(str_is(message_part(words, LANGUAGE_EN), "a number"));
    assert_true(str_is(message_part(words, LANGUAGE_KO), "숫자"));
    assert_true(str_equal(message_part(plain, LANGUAGE_KO), plain));
    Arena arena = {0};
    Str both = message_both(&arena, TEXT_DOCUMENT_WRONG, words, message_words(TEXT_SHAPE_TEXT));
    assert_true(str_is(message_part(both, LANGUAGE_EN), "is a number where a text belongs"));
    assert_true(str_is(message_part(both, LANGUAGE_KO), "글자 필요 (지금은 숫자)"));
    arena_release(&arena);
    /* a text that may be an argument holds the separator once, between its wordings */
    for (int id = TEXT_FIRST; id < MESSAGE_COUNT; id++) {
        const Message text = message_get((MessageId)id);
        words = message_words((MessageId)id);
        for (int language = 0; language < LANGUAGE_COUNT; language++)
            if (!str_is(message_part(words, (Language)language), text.text[language]))
                fail_msg("%s", text.text[LANGUAGE_EN]);
    }
}

/* A Korean text is Korean, and does not leave the choice of a particle to its reader. */
static void test_korean(void **state) {
    (void)state;
    static const char *const particles[] = {"은(는)", "이(가)", "을(를)", "와(과)", "과(와)", "(으)로"};
    for (int id = 0; id < MESSAGE_COUNT; id++) {
        const Message message = message_get((MessageId)id);
        const char *const texts[] = {message.text[LANGUAGE_KO], message.help[LANGUAGE_KO]};
        for (size_t i = 0; i < COUNT(texts); i++)
            for (size_t k = 0; k < COUNT(particles); k++)
                if (strstr(texts[i], particles[k])) fail_msg("%s", texts[i]);
    }
}

static const struct {
    const char *template, *text;
    const char *arguments[3]; /* none: no match */
} matches[] = {
    {"", "", {""}},
    {"", "a", {NULL}},
    {"a", "a", {""}},
    {"a", "ab", {NULL}},
    {"ab", "a", {NULL}},
    {"{1}", "", {""}},
    {"{1}", "abc", {"abc"}},
    {"a {1} value ({2})", "a nil value (field 'x')", {"nil", "field 'x'"}},
    {"a {1} value ({2})", "a nil value (field 'x'", {NULL}},
    {"a {1} value ({2})", "a value (x)", {NULL}},
    {"a {1} value", "a nil value (field 'x')", {NULL}},
    {"#{1} to '{2}' ({3})", "#1 to 'f' (g (h) i)", {"1", "f", "g (h) i"}},
    {"{2} then {1}", "a then b", {"b", "a"}},
    {"{1} with {2}", "a with b with c", {"a", "b with c"}},
    {"({1})", "()", {""}},
    {"(({1}))", "(()", {NULL}},
};

static void test_match(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(matches); i++) {
        Str arguments[9] = {{0}};
        bool fits = message_match(str_of(matches[i].text), matches[i].template, arguments);
        if (fits != (matches[i].arguments[0] != NULL))
            fail_msg("<%s> <%s>", matches[i].template, matches[i].text);
        for (size_t k = 0; fits && k < 3 && matches[i].arguments[k]; k++)
            if (!str_is(arguments[k], matches[i].arguments[k]))
                fail_msg("<%s> {%zu}: <%.*s>", matches[i].text, k + 1, STR_FMT(arguments[k]));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_codes),  cmocka_unit_test(test_texts),     cmocka_unit_test(test_widths),
        cmocka_unit_test(test_fill),   cmocka_unit_test(test_languages), cmocka_unit_test(test_words),
        cmocka_unit_test(test_korean), cmocka_unit_test(test_match),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
