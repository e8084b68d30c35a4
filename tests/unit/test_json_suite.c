/* The grammar of RFC 8259 in the three classes of the well-known test suites: what every reader must accept,
 * what every reader must refuse, and what is left to the reader, with what this one does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "faults.h"
#include "io/json.h"

/* 95 texts that the grammar accepts. Those of `policy` are refused nevertheless, each with its own reason:
 * two values of one name, a name that nobody can ask for, and a NUL, which ends names elsewhere. */
static const Str accepted[] = {
    TEXT("[[]   ]"),
    TEXT("[\"\"]"),
    TEXT("[]"),
    TEXT("[\"a\"]"),
    TEXT("[false]"),
    TEXT("[null, 1, \"1\", {}]"),
    TEXT("[null]"),
    TEXT("[1\n]"),
    TEXT(" [1]"),
    TEXT("[1,null,null,null,2]"),
    TEXT("[2] "),
    TEXT("[123e65]"),
    TEXT("[0e+1]"),
    TEXT("[0e1]"),
    TEXT("[ 4]"),
    TEXT("[-0.000000000000000000000000000000000000000000000000000000000000000000000000000001]"),
    TEXT("[20e1]"),
    TEXT("[123e-10]"),
    TEXT("[-0]"),
    TEXT("[-123]"),
    TEXT("[-1]"),
    TEXT("[-0.0]"),
    TEXT("[1E22]"),
    TEXT("[1E-2]"),
    TEXT("[1E+2]"),
    TEXT("[123e45]"),
    TEXT("[123.456e78]"),
    TEXT("[1e-2]"),
    TEXT("[1e+2]"),
    TEXT("[123]"),
    TEXT("[123.456789]"),
    TEXT("[0]"),
    TEXT("{\"a\":\"b\"}"),
    TEXT("{\"a\":\"b\", \"c\":\"d\"}"),
    TEXT("{}"),
    TEXT("{ \"min\": -1.0e+28, \"max\": 1.0e+28 }"),
    TEXT(
        "{\"x\":[{\"id\": \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}], \"id\": \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"}"),
    TEXT("{\"a\":[]}"),
    TEXT("{\"\\uc81c\\ubaa9\":\"\\uad6d\"}"),
    TEXT("{\n\"a\": \"b\"\n}"),
    TEXT("{\"a\":{\"a\":{\"a\":1}}}"),
    TEXT("[\"\\u0060\\u012a\\u12AB\"]"),
    TEXT("[\"\\ud801\\udc37\"]"),
    TEXT("[\"\\ud83d\\ude39\\ud83d\\udc8d\"]"),
    TEXT("[\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"]"),
    TEXT("[\"\\\\u0000\"]"),
    TEXT("[\"\\\"\"]"),
    TEXT("[\"a/*b*/c/*d//e\"]"),
    TEXT("[\"\\\\a\"]"),
    TEXT("[\"\\\\n\"]"),
    TEXT("[\"\\u0012\"]"),
    TEXT("[\"\\uFFFF\"]"),
    TEXT("[\"asd\"]"),
    TEXT("[ \"asd\"]"),
    TEXT("[\"\\uDBFF\\uDFFF\"]"),
    TEXT("[\"new\\u00A0line\"]"),
    TEXT("[\"\364\217\277\277\"]"),
    TEXT("[\"\357\277\277\"]"),
    TEXT("[\"\\u002c\"]"),
    TEXT("[\"\317\200\"]"),
    TEXT("[\"\360\233\277\277\"]"),
    TEXT("[\"asd \"]"),
    TEXT("\" \""),
    TEXT("[\"\\uD834\\uDd1e\"]"),
    TEXT("[\"\\u0821\"]"),
    TEXT("[\"\\u0123\"]"),
    TEXT("[\"\342\200\250\"]"),
    TEXT("[\"\342\200\251\"]"),
    TEXT("[\"\\u0061\\u30af\\u30EA\\u30b9\"]"),
    TEXT("[\"new\\u000Aline\"]"),
    TEXT("[\"\177\"]"),
    TEXT("[\"\\uA66D\"]"),
    TEXT("[\"\\u005C\"]"),
    TEXT("[\"\342\215\202\343\212\264\350\265\263\"]"),
    TEXT("[\"\\u200B\"]"),
    TEXT("[\"\\u2064\"]"),
    TEXT("[\"\\uDBFF\\uDFFE\"]"),
    TEXT("[\"\\uD83F\\uDFFE\"]"),
    TEXT("[\"\\uFDD0\"]"),
    TEXT("[\"\\uFFFE\"]"),
    TEXT("[\"\\u0022\"]"),
    TEXT("[\"a\177a\"]"),
    TEXT("[\"\342\202\254\360\235\204\236\"]"),
    TEXT("false"),
    TEXT("42"),
    TEXT("-0.1"),
    TEXT("null"),
    TEXT("\"asd\""),
    TEXT("true"),
    TEXT("\"\""),
};

typedef struct Refusal {
    Str input;
    const char *faults;
} Refusal;

static const Refusal policy[] = {
    {TEXT("{\"a\":\"b\",\"a\":\"c\"}"), "1:10+3 json-duplicate-key: a\n"},
    {TEXT("{\"a\":\"b\",\"a\":\"b\"}"), "1:10+3 json-duplicate-key: a\n"},
    {TEXT("{\"\":0}"), "1:2+2 json-syntax: expected a key that is not empty\n"},
    {TEXT("{\"a\\u0000b\": 42}"), "1:4+1 json-syntax: expected a character other than NUL\n"},
    {TEXT("[\"\\u0000\"]"), "1:3+1 json-syntax: expected a character other than NUL\n"},
};

/* 188 with those of nested() below */
static const Str refused[] = {
    TEXT("[1 true]"),
    TEXT("[a\345]"),
    TEXT("[\"\": 1]"),
    TEXT("[\"\"],"),
    TEXT("[,1]"),
    TEXT("[1,,2]"),
    TEXT("[\"x\",,]"),
    TEXT("[\"x\"]]"),
    TEXT("[\"\",]"),
    TEXT("[\"x\""),
    TEXT("[x"),
    TEXT("[3[4]]"),
    TEXT("[\377]"),
    TEXT("[1:2]"),
    TEXT("[,]"),
    TEXT("[-]"),
    TEXT("[   , \"\"]"),
    TEXT("[\"a\",\n4\n,1,"),
    TEXT("[1,]"),
    TEXT("[1,,]"),
    TEXT("[\"\013a\"\\f]"),
    TEXT("[*]"),
    TEXT("[\"\""),
    TEXT("[1,"),
    TEXT("[1,\n1\n,1"),
    TEXT("[{}"),
    TEXT("[fals]"),
    TEXT("[nul]"),
    TEXT("[tru]"),
    TEXT("[False]"),
    TEXT("[TRUE]"),
    TEXT("[None]"),
    TEXT("[++1234]"),
    TEXT("[+1]"),
    TEXT("[+Inf]"),
    TEXT("[-01]"),
    TEXT("[-1.0.]"),
    TEXT("[-2.]"),
    TEXT("[-NaN]"),
    TEXT("[.-1]"),
    TEXT("[.2e-3]"),
    TEXT("[0.1.2]"),
    TEXT("[0.3e+]"),
    TEXT("[0.3e]"),
    TEXT("[0.e1]"),
    TEXT("[0E+]"),
    TEXT("[0E]"),
    TEXT("[0e+]"),
    TEXT("[0e]"),
    TEXT("[1.0e+]"),
    TEXT("[1.0e-]"),
    TEXT("[1.0e]"),
    TEXT("[1 000.0]"),
    TEXT("[1eE2]"),
    TEXT("[2.e+3]"),
    TEXT("[2.e-3]"),
    TEXT("[2.e3]"),
    TEXT("[9.e+]"),
    TEXT("[Inf]"),
    TEXT("[NaN]"),
    TEXT("[\357\274\221]"),
    TEXT("[1+2]"),
    TEXT("[0x1]"),
    TEXT("[0x42]"),
    TEXT("[Infinity]"),
    TEXT("[0e+-1]"),
    TEXT("[-123.123foo]"),
    TEXT("[123\345]"),
    TEXT("[1e1\345]"),
    TEXT("[0\345]"),
    TEXT("[-Infinity]"),
    TEXT("[-foo]"),
    TEXT("[- 1]"),
    TEXT("[-012]"),
    TEXT("[-.123]"),
    TEXT("[-1x]"),
    TEXT("[1ea]"),
    TEXT("[1e\345]"),
    TEXT("[1.]"),
    TEXT("[.123]"),
    TEXT("[1.2a-3]"),
    TEXT("[1.8011670033376514H-308]"),
    TEXT("[012]"),
    TEXT("[00]"),
    TEXT("[1_000]"),
    TEXT("[1'000]"),
    TEXT("[1,5.]"),
    TEXT("[\"x\", truth]"),
    TEXT("{[: \"x\"}"),
    TEXT("{\"x\", null}"),
    TEXT("{\"x\"::\"b\"}"),
    TEXT("{\360\237\207\250\360\237\207\255}"),
    TEXT("{\"a\":\"a\" 123}"),
    TEXT("{key: 'value'}"),
    TEXT("{\"\271\":\"0\",}"),
    TEXT("{\"a\" b}"),
    TEXT("{:\"b\"}"),
    TEXT("{\"a\" \"b\"}"),
    TEXT("{\"a\":"),
    TEXT("{\"a\""),
    TEXT("{1:1}"),
    TEXT("{9999E9999:1}"),
    TEXT("{null:null,null:null}"),
    TEXT("{\"id\":0,,,,,}"),
    TEXT("{'a':0}"),
    TEXT("{\"id\":0,}"),
    TEXT("{\"a\":\"b\"}/**/"),
    TEXT("{\"a\":\"b\"}/**//"),
    TEXT("{\"a\":\"b\"}//"),
    TEXT("{\"a\":\"b\"}/"),
    TEXT("{\"a\":\"b\",,\"c\":\"d\"}"),
    TEXT("{a: \"b\"}"),
    TEXT("{\"a\":\"a"),
    TEXT("{ \"foo\" : \"bar\", \"a\" }"),
    TEXT("{\"a\":\"b\"}#"),
    TEXT("{\"a\":1 \"b\":2}"),
    TEXT("{true:1}"),
    TEXT("{\"a\":}"),
    TEXT("{,}"),
    TEXT(" "),
    TEXT("[\"\\uD800\\\"]"),
    TEXT("[\"\\uD800\\u\"]"),
    TEXT("[\"\\uD800\\u1\"]"),
    TEXT("[\"\\uD800\\u1x\"]"),
    TEXT("[\303\251]"),
    TEXT("[\"\\x00\"]"),
    TEXT("[\"\\\\\\\"]"),
    TEXT("[\"\\\t\"]"),
    TEXT("[\"\\\360\237\214\200\"]"),
    TEXT("[\"\\\"]"),
    TEXT("[\"\\u00A\"]"),
    TEXT("[\"\\uD834\\uDd\"]"),
    TEXT("[\"\\uD800\\uD800\\x\"]"),
    TEXT("[\"\\u\345\"]"),
    TEXT("[\"\\a\"]"),
    TEXT("[\"\\uqqqq\"]"),
    TEXT("[\"\\\345\"]"),
    TEXT("[\\u0020\"asd\"]"),
    TEXT("[\\n]"),
    TEXT("\""),
    TEXT("['single quote']"),
    TEXT("abc"),
    TEXT("[\"\\"),
    TEXT("[\"a\000a\"]"),
    TEXT("[\"new\nline\"]"),
    TEXT("[\"\t\"]"),
    TEXT("\"\\UA66D\""),
    TEXT("\"\"x"),
    TEXT("\"a\" \"b\""),
    TEXT("[\"\037\"]"),
    TEXT("<.>"),
    TEXT("[<null>]"),
    TEXT("[1]x"),
    TEXT("[1]]"),
    TEXT("[\"asd]"),
    TEXT("a\303\245"),
    TEXT("[True]"),
    TEXT("1]"),
    TEXT("{\"x\": true,"),
    TEXT("[][]"),
    TEXT("]"),
    TEXT("\357\273{}"),
    TEXT("\345"),
    TEXT("["),
    TEXT(""),
    TEXT("[\000]"),
    TEXT("2@"),
    TEXT("{}}"),
    TEXT("{\"\":"),
    TEXT("{\"a\":/*comment*/\"b\"}"),
    TEXT("{\"a\": true} \"x\""),
    TEXT("['"),
    TEXT("[,"),
    TEXT("[{"),
    TEXT("[\"a"),
    TEXT("[\"a\""),
    TEXT("{"),
    TEXT("{]"),
    TEXT("{,"),
    TEXT("{["),
    TEXT("{\"a"),
    TEXT("{'a'"),
    TEXT("[\"\\{[\"\\{[\"\\{[\"\\{"),
    TEXT("\351"),
    TEXT("*"),
    TEXT("{\"a\":\"b\"}#{}"),
};

typedef struct Choice {
    Str input;
    bool accepted;
} Choice;

/* Left to the reader: numbers beyond the limits of base/decimal, lone surrogates, bytes that are no UTF-8,
 * other encodings and deep nesting are refused; long whole numbers and a byte order mark are accepted. */
static const Choice free_choice[] = {
    {TEXT("[123.456e-789]"), false},
    {TEXT("[0.4e00669999999999999999999999999999999999999999999999999999999999999999999999999999999999]"),
     false},
    {TEXT("[-1e+9999]"), false},
    {TEXT("[1.5e+9999]"), false},
    {TEXT("[-123123e100000]"), false},
    {TEXT("[123123e100000]"), false},
    {TEXT("[123e-10000000]"), false},
    {TEXT("[-123123123123123123123123123123]"), true},
    {TEXT("[100000000000000000000]"), true},
    {TEXT("[-237462374673276894279832749832423479823246327846]"), true},
    {TEXT("{\"\\uDFAA\":0}"), false},
    {TEXT("[\"\\uDADA\"]"), false},
    {TEXT("[\"\\uD888\\u1234\"]"), false},
    {TEXT("\377\376[\000\"\000\351\000\"\000]\000"), false},
    {TEXT("[\"\346\227\245\321\210\372\"]"), false},
    {TEXT("[\"\355\240\200\"]"), false},
    {TEXT("[\"\\uD800\\n\"]"), false},
    {TEXT("[\"\\uDd1ea\"]"), false},
    {TEXT("[\"\\uD800\\uD800\"]"), false},
    {TEXT("[\"\\ud800\"]"), false},
    {TEXT("[\"\\ud800abc\"]"), false},
    {TEXT("[\"\377\"]"), false},
    {TEXT("[\"\\uDd1e\\uD834\"]"), false},
    {TEXT("[\"\351\"]"), false},
    {TEXT("[\"\\uDFAA\"]"), false},
    {TEXT("[\"\201\"]"), false},
    {TEXT("[\"\364\277\277\277\"]"), false},
    {TEXT("[\"\300\257\"]"), false},
    {TEXT("[\"\374\203\277\277\277\277\"]"), false},
    {TEXT("[\"\374\200\200\200\200\200\"]"), false},
    {TEXT("[\"\340\200\257\"]"), false},
    {TEXT("[\"\340\377\"]"), false},
    {TEXT("\000[\000\"\000\351\000\"\000]"), false},
    {TEXT("\357\273\277{}"), true},
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

/* NULL, or what the reader says against the text. The caller frees. */
static void read_text(Str input, bool *good, Buffer *faults) {
    Arena arena = {0};
    Diag *diag = diag_new();
    *good = json_parse(STR("x.json"), input, &arena, diag) != NULL;
    assert_true(*good != diag_has_errors(diag));
    faults->size = 0;
    faults_add(faults, diag);
    diag_free(diag);
    arena_release(&arena);
}

static void expect(Str input, bool wanted) {
    Buffer faults = {0};
    bool good;
    read_text(input, &good, &faults);
    if (good != wanted)
        fail_msg("%.*s: %s %s", STR_FMT(input), good ? "accepted" : "refused", buffer_text(&faults));
    buffer_release(&faults);
}

static void test_accepted(void **context) {
    (void)context;
    assert_int_equal(COUNT(accepted) + COUNT(policy), 95);
    for (size_t i = 0; i < COUNT(accepted); i++) expect(accepted[i], true);
}

static void test_policy(void **context) {
    (void)context;
    for (size_t i = 0; i < COUNT(policy); i++) {
        Buffer faults = {0};
        bool good;
        read_text(policy[i].input, &good, &faults);
        assert_false(good);
        assert_string_equal(buffer_text(&faults), policy[i].faults);
        buffer_release(&faults);
    }
}

static void repeat(const char *part, size_t count, bool wanted) {
    Buffer text = {0};
    for (size_t i = 0; i < count; i++) buffer_add(&text, str_of(part));
    expect(buffer_view(&text), wanted);
    buffer_release(&text);
}

static void test_refused(void **context) {
    (void)context;
    assert_int_equal(COUNT(refused) + 2, 188);
    for (size_t i = 0; i < COUNT(refused); i++) expect(refused[i], false);
    repeat("[", 100000, false);
    repeat("[{\"\":", 50000, false);
}

static void test_free_choice(void **context) {
    (void)context;
    assert_int_equal(COUNT(free_choice) + 1, 35);
    for (size_t i = 0; i < COUNT(free_choice); i++) expect(free_choice[i].input, free_choice[i].accepted);
    Buffer deep = {0};
    buffer_add_repeat(&deep, '[', 500);
    buffer_add_repeat(&deep, ']', 500);
    expect(buffer_view(&deep), false);
    buffer_release(&deep);
}

/* A text that is cut anywhere is refused or, where a number or a blank end is cut, still a value. */
static void test_cut(void **context) {
    (void)context;
    static const Str whole = TEXT("{\"a\":[1.5e3,\"\\ud83d\\ude00\",true,{\"b\":null}]}");
    for (size_t size = 0; size < whole.size; size++) expect(str_slice(whole, 0, size), false);
    expect(whole, true);
}

/* Limits: the last value that is inside, and the first that is not. */
static void test_limits(void **context) {
    (void)context;
    Buffer text = {0};
    buffer_add_repeat(&text, '[', TREE_DEPTH);
    buffer_add_repeat(&text, ']', TREE_DEPTH);
    expect(buffer_view(&text), true);
    text.size = 0;
    buffer_add_repeat(&text, '[', TREE_DEPTH + 1);
    buffer_add_repeat(&text, ']', TREE_DEPTH + 1);
    expect(buffer_view(&text), false);
    text.size = 0;
    buffer_add_repeat(&text, '7', DECIMAL_DIGITS);
    expect(buffer_view(&text), true);
    buffer_add_char(&text, '7');
    expect(buffer_view(&text), false);
    buffer_release(&text);
    char exponent[32];
    snprintf(exponent, sizeof exponent, "1e%d", DECIMAL_EXPONENT);
    expect(str_of(exponent), true);
    snprintf(exponent, sizeof exponent, "1e%d", DECIMAL_EXPONENT + 1);
    expect(str_of(exponent), false);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_accepted),    cmocka_unit_test(test_policy), cmocka_unit_test(test_refused),
        cmocka_unit_test(test_free_choice), cmocka_unit_test(test_cut),    cmocka_unit_test(test_limits),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
