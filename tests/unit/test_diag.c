#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/diag.h"
#include "base/text.h"

#include <stdio.h>
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

static Place place_of(uint32_t line, uint32_t column, uint32_t span, const char *source) {
    return (Place){
        .file = STR("d.csv"), .line = line, .column = column, .span = span, .source = str_of(source)};
}

static void add_hint(Diag *diag, const char *en, const char *ko) {
    diag_hint_copy(diag, (const Str[]){str_of(en), str_of(ko)});
}

static void expect_rendered(const Diag *diag, Language language, const char *wanted) {
    Buffer out = {0};
    for (size_t i = 0; i < diag_count(diag); i++) diag_render(&out, diag_item(diag, i), language);
    if (!str_is(buffer_view(&out), wanted))
        fail_msg("rendered:\n%s\nexpected:\n%s", buffer_text(&out), wanted);
    buffer_release(&out);
}

/* Hangul takes two cells, so a caret stands twice as far. */
static const struct {
    uint32_t line, column, span;
    const char *source, *hint, *rendered; /* behind the first line */
} excerpts[] = {
    {2, 5, 3, "행정국,총무과,x", "", "    2 | 행정국,총무과,x\n      |        ^~~~~~\n"},
    {2, 1, 3, "행정국,총무과,x", "", "    2 | 행정국,총무과,x\n      | ^~~~~~\n"},
    {12345, 9, 1, "행정국,총무과,x", "아니면", "12345 | 행정국,총무과,x\n      |               ^ 아니면\n"},
    {123456, 2, 1, "abc", "h", "123456 | abc\n       |  ^ h\n"},
    /* the end of the row; a column behind it; a span that goes on behind it; no column or span at all */
    {2, 4, 1, "abc", "", "    2 | abc\n      |    ^\n"},
    {2, 9, 1, "abc", "", "    2 | abc\n      |    ^\n"},
    {2, 2, 99, "abc", "", "    2 | abc\n      |  ^~\n"},
    {2, 0, 0, "abc", "h", "    2 | abc\n      | ^ h\n"},
    /* what cannot be seen is made visible, and the caret knows its width */
    {2, 3, 1, "a\tb\x1b[1mc", "", "    2 | a␉b\\x1b[1mc\n      |   ^\n"},
    {2, 5, 2, "a\x1b\xff\xe2\x80\xaexy", "", "    2 | a\\x1b\\xff<U+202E>xy\n      |                  ^~\n"},
    /* no source line: the hint stands in the line itself */
    {2, 3, 1, "", "try that", NULL},
};

static void test_excerpts(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(excerpts); i++) {
        Diag *diag = diag_new();
        Place place = place_of(excerpts[i].line, excerpts[i].column, excerpts[i].span, excerpts[i].source);
        diag_add(diag, MESSAGE_BLANK_NAME, &place, STR("bureau"));
        if (excerpts[i].hint[0]) add_hint(diag, excerpts[i].hint, "귀띔");
        Buffer wanted = {0};
        buffer_addf(&wanted, "d.csv:%u", excerpts[i].line);
        if (excerpts[i].column) buffer_addf(&wanted, ":%u", excerpts[i].column);
        buffer_addf(&wanted, ": error[blank-name]: bureau is blank%s\n%s",
                    excerpts[i].rendered ? "" : " (try that)",
                    excerpts[i].rendered ? excerpts[i].rendered : "");
        expect_rendered(diag, LANGUAGE_EN, buffer_text(&wanted));
        buffer_release(&wanted);
        diag_free(diag);
    }
}

static void test_heads(void **state) {
    (void)state;
    Diag *diag = diag_new();
    Place file = {.file = STR("d\n.csv")}, line = {.file = STR("d.csv"), .line = 7},
          none = {.line = 7, .column = 2};
    diag_add_plain(diag, MESSAGE_EMPTY_FILE, &file);
    diag_add(diag, MESSAGE_LENIENT_NUMBER, &line, STR("target"), STR("△5\n\x1b[2J"), STR("-5"));
    diag_add(diag, MESSAGE_SELECTOR_VALUE, &none, STR("bureau"), STR("행정"));
    add_hint(diag, "did you mean x?", "혹시 x인가요?");
    diag_add(diag, MESSAGE_UNKNOWN_COMMAND, NULL, STR("rum"));
    expect_rendered(diag, LANGUAGE_EN,
                    "d␊.csv: error[empty-file]: the file is empty; its first line should name the columns\n"
                    "d.csv:7: warning[unusual-number]: target \"△5␊\\x1b[2J\" was read as -5\n"
                    "perfeval: note[selector-value]: no row has bureau \"행정\" (did you mean x?)\n"
                    "perfeval: error[unknown-command]: unknown command: rum\n");
    expect_rendered(diag, LANGUAGE_KO,
                    "d␊.csv: 오류[empty-file]: 파일이 비어 있음. 첫 줄에 열 이름이 있어야 함\n"
                    "d.csv:7: 경고[unusual-number]: target 열의 \"△5␊\\x1b[2J\" 값을 다음과 같이 읽음: -5\n"
                    "perfeval: 참고[selector-value]: bureau 열이 \"행정\" 인 행이 없음 (혹시 x인가요?)\n"
                    "perfeval: 오류[unknown-command]: 알 수 없는 명령: rum\n");
    diag_free(diag);
}

/* A hint may quote a name from the data: it cannot forge output either. */
static void test_hostile_hint(void **state) {
    (void)state;
    Diag *diag = diag_new();
    Place place = place_of(1, 1, 1, "x");
    diag_add(diag, MESSAGE_BLANK_NAME, &place, STR("x"));
    add_hint(diag, "did you mean a\nd.csv: error\x1b[2J?", "");
    diag_add(diag, MESSAGE_BLANK_NAME, NULL, STR("y"));
    add_hint(diag, "b\rc", "");
    expect_rendered(
        diag, LANGUAGE_EN,
        "d.csv:1:1: error[blank-name]: x is blank\n    1 | x\n      | ^ did you mean a␊d.csv: error\\x1b[2J?\n"
        "perfeval: error[blank-name]: y is blank (b␍c)\n");
    diag_free(diag);
}

/* Long lines are cut around the mark: at most 40 cells before it and about 100 in all, … where something was
 * left out. */
static void test_long_lines(void **state) {
    (void)state;
    static const struct {
        const char *letter;
        size_t letters;
        uint32_t column, span;
        size_t before, shown; /* letters shown before the mark, and in all */
        bool left, right;     /* cut there */
        size_t marks;         /* cells */
    } lines[] = {
        {"a", 100, 1, 1, 0, 100, false, false, 1},  {"a", 101, 1, 1, 0, 100, false, true, 1},
        {"a", 300, 61, 2, 60, 100, false, true, 2}, {"a", 300, 62, 2, 40, 100, true, true, 2},
        {"a", 300, 200, 3, 40, 100, true, true, 3}, {"a", 300, 300, 1, 40, 41, true, false, 1},
        {"a", 300, 301, 1, 40, 40, true, false, 1}, {"a", 300, 1, 300, 0, 100, false, true, 100},
        {"가", 200, 100, 2, 20, 50, true, true, 4}, {"가", 50, 30, 1, 29, 50, false, false, 2},
        {"가", 200, 32, 1, 20, 50, true, true, 2},
    };
    for (size_t i = 0; i < COUNT(lines); i++) {
        Buffer source = {0}, wanted = {0};
        for (size_t k = 0; k < lines[i].letters; k++) buffer_add(&source, str_of(lines[i].letter));
        Place place = place_of(1, lines[i].column, lines[i].span, buffer_text(&source));
        Diag *diag = diag_new();
        diag_add(diag, MESSAGE_BLANK_NAME, &place, STR("x"));
        buffer_addf(&wanted, "d.csv:1:%u: error[blank-name]: x is blank\n    1 | ", lines[i].column);
        if (lines[i].left) buffer_add(&wanted, STR("…"));
        for (size_t k = 0; k < lines[i].shown; k++) buffer_add(&wanted, str_of(lines[i].letter));
        buffer_addf(&wanted, "%s\n      | ", lines[i].right ? "…" : "");
        buffer_add_repeat(&wanted, ' ',
                          lines[i].before * text_width(str_of(lines[i].letter)) + lines[i].left);
        buffer_add_char(&wanted, '^');
        buffer_add_repeat(&wanted, '~', lines[i].marks - 1);
        buffer_add_char(&wanted, '\n');
        expect_rendered(diag, LANGUAGE_EN, buffer_text(&wanted));
        buffer_release(&source);
        buffer_release(&wanted);
        diag_free(diag);
    }
}

/* Texts far too long are kept in part, never with half a character. */
static void test_limits(void **state) {
    (void)state;
    Diag *diag = diag_new();
    Buffer text = {0};
    for (int i = 0; i < 3000; i++) buffer_add(&text, STR("가"));
    Place place = {.file = STR("d.csv"), .line = 1, .column = 2900, .span = 5, .source = buffer_view(&text)};
    diag_add(diag, MESSAGE_BLANK_NAME, &place, buffer_view(&text));
    const DiagItem *item = diag_item(diag, 0);
    assert_int_equal(item->arguments[0].size, 1998);
    assert_int_equal(item->place.source.size, 3999);
    Buffer out = {0};
    diag_render(&out, item, LANGUAGE_EN);
    assert_int_equal(text_invalid(buffer_view(&out)), out.size);
    buffer_release(&out);
    buffer_release(&text);
    diag_free(diag);
}

static void add_many(Diag *diag, MessageId message, size_t count) {
    for (size_t i = 0; i < count; i++) {
        char number[32];
        Str text = {number, (size_t)snprintf(number, sizeof number, "%zu", i)};
        diag_add(diag, message, NULL, text);
        add_hint(diag, number, number);
    }
}

/* Beyond DIAG_KEPT messages are counted only, and a hint for one of those goes to none. */
static void test_kept(void **state) {
    (void)state;
    Diag *diag = diag_new();
    add_hint(diag, "to nothing", "");
    add_many(diag, MESSAGE_BLANK_NAME, DIAG_KEPT + 50);
    assert_int_equal(diag_count(diag), DIAG_KEPT);
    assert_int_equal(diag_total(diag, SEVERITY_ERROR), DIAG_KEPT + 50);
    assert_true(str_is(diag_item(diag, DIAG_KEPT - 1)->hint[LANGUAGE_EN], "99"));
    diag_add_plain(diag, MESSAGE_NO_ROWS, NULL);
    assert_int_equal(diag_total(diag, SEVERITY_ERROR), DIAG_KEPT + 51);
    add_many(diag, MESSAGE_LENIENT_NUMBER, 5);
    assert_int_equal(diag_total(diag, SEVERITY_WARNING), 5);
    assert_true(str_is(diag_item(diag, DIAG_KEPT - 1)->arguments[0], "99"));
    diag_clear(diag);
    assert_int_equal(diag_count(diag), 0);
    assert_int_equal(diag_total(diag, SEVERITY_ERROR), 0);
    assert_false(diag_has_errors(diag));
    assert_int_equal(diag_exit_code(diag), EXIT_DONE);
    diag_free(diag);
}

/* Warnings may be many, and must not hide the errors behind them: an error takes the place of the last of
 * them. */
static void test_errors_kept(void **state) {
    (void)state;
    Diag *diag = diag_new();
    add_many(diag, MESSAGE_LENIENT_NUMBER, DIAG_KEPT);
    add_many(diag, MESSAGE_BLANK_NAME, 2);
    assert_int_equal(diag_count(diag), DIAG_KEPT);
    assert_int_equal(diag_total(diag, SEVERITY_WARNING), DIAG_KEPT);
    assert_int_equal(diag_item(diag, DIAG_KEPT - 3)->message, MESSAGE_LENIENT_NUMBER);
    assert_true(str_is(diag_item(diag, DIAG_KEPT - 3)->hint[LANGUAGE_EN], "97"));
    for (size_t i = 0; i < 2; i++) {
        const DiagItem *item = diag_item(diag, DIAG_KEPT - 2 + i);
        assert_int_equal(item->message, MESSAGE_BLANK_NAME);
        assert_true(str_is(item->arguments[0], i ? "1" : "0") &&
                    str_is(item->hint[LANGUAGE_EN], i ? "1" : "0"));
    }
    add_many(diag, MESSAGE_BLANK_NAME, DIAG_KEPT + 10);
    for (size_t i = 0; i < DIAG_KEPT; i++) assert_int_equal(diag_item(diag, i)->message, MESSAGE_BLANK_NAME);
    assert_int_equal(diag_total(diag, SEVERITY_ERROR), DIAG_KEPT + 12);
    diag_free(diag);
}

/* One message for each exit code, the weightier first. */
static const MessageId exits[] = {MESSAGE_WORKER_DIED,   MESSAGE_UNKNOWN_FLAG, MESSAGE_FILE_READ,
                                  MESSAGE_CPU_LIMIT,     MESSAGE_UNKNOWN_KEY,  MESSAGE_BLANK_NAME,
                                  MESSAGE_SPECIAL_UNUSED};
static const ExitCode order[] = {70, 64, 5, 4, 2, 3, 1};

static void test_exit_codes(void **state) {
    (void)state;
    for (unsigned set = 0; set < 1u << COUNT(exits); set++) {
        Diag *diag = diag_new();
        ExitCode wanted = EXIT_DONE;
        diag_add_plain(diag, MESSAGE_LENIENT_NUMBER, NULL); /* neither warnings nor notes count */
        diag_add_plain(diag, MESSAGE_SELECTOR_VALUE, NULL);
        for (size_t i = COUNT(exits); i-- > 0;) {
            if (!(set >> i & 1)) continue;
            diag_add_plain(diag, exits[i], NULL);
            wanted = order[i];
        }
        if (diag_exit_code(diag) != wanted) fail_msg("set %x: %d", set, (int)diag_exit_code(diag));
        if (diag_has_errors(diag) != (set != 0)) fail_msg("set %x", set);
        diag_free(diag);
    }
    Diag *diag = diag_new(); /* an error that is not kept counts too */
    add_many(diag, MESSAGE_BLANK_NAME, DIAG_KEPT);
    diag_add_plain(diag, MESSAGE_WORKER_DIED, NULL);
    assert_int_equal(diag_exit_code(diag), 70);
    diag_free(diag);
}

/* What was added may be freed or changed afterwards. */
static void test_copies(void **state) {
    (void)state;
    Diag *diag = diag_new();
    char text[] = "abc";
    Str view = {text, 3};
    Place place = {.file = view, .line = 1, .column = 1, .span = 1, .source = view};
    diag_add(diag, MESSAGE_BAD_CHOICE, &place, view, view, view, view, view);
    add_hint(diag, text, text);
    memset(text, 'x', 3);
    assert_int_equal(diag_item(diag, 0)->argument_count, DIAG_ARGUMENTS);
    expect_rendered(
        diag, LANGUAGE_EN,
        "abc:1:1: error[bad-choice]: abc is \"abc\"; it can be abc\n    1 | abc\n      | ^ abc\n");
    diag_free(diag);
    diag_free(NULL);
}

/* However long what is named, hinted at and quoted: a message stays below DIAG_SHOWN, whole characters, with
 * its three lines, its code and the end of the file's name. */
static void test_shown(void **state) {
    (void)state;
    static const char *const pieces[] = {"a", "가", "\x01", "\u0301", "\u202e", "\xff"};
    for (size_t i = 0; i < COUNT(pieces); i++) {
        Buffer text = {0}, out = {0}, name = {0};
        while (text.size < 50000) buffer_add(&text, str_of(pieces[i]));
        Diag *diag = diag_new();
        Place place = place_of(2, 3, 40000, buffer_text(&text));
        buffer_add(&name, str_slice(buffer_view(&text), 0, 3000));
        buffer_add(&name, STR("/name.csv"));
        place.file = buffer_view(&name);
        diag_add(diag, MESSAGE_NOT_A_NUMBER, &place, buffer_view(&text), buffer_view(&text));
        add_hint(diag, buffer_text(&text), "");
        diag_render(&out, diag_item(diag, 0), LANGUAGE_EN);
        assert_true(out.size <= DIAG_SHOWN);
        assert_true(str_find(buffer_view(&out), '\n', 0) < out.size);
        assert_non_null(strstr(buffer_text(&out), "/name.csv:2:3: error[not-a-number]: "));
        assert_int_equal(text_invalid(buffer_view(&out)), out.size);
        size_t lines = 0;
        for (size_t at = 0; at < out.size; at++) lines += out.data[at] == '\n';
        assert_int_equal(lines, 3);
        buffer_release(&text);
        buffer_release(&name);
        buffer_release(&out);
        diag_free(diag);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_excerpts),     cmocka_unit_test(test_heads),
        cmocka_unit_test(test_hostile_hint), cmocka_unit_test(test_long_lines),
        cmocka_unit_test(test_limits),       cmocka_unit_test(test_kept),
        cmocka_unit_test(test_errors_kept),  cmocka_unit_test(test_exit_codes),
        cmocka_unit_test(test_shown),        cmocka_unit_test(test_copies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
