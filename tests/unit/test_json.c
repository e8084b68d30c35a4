#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/text.h"
#include "faults.h"
#include "io/json.h"

typedef struct JsonCase {
    Str input;
    const char *tree;   /* as draw() writes it; NULL: refused */
    const char *faults; /* NULL: any */
} JsonCase;

static const JsonCase accepted[] = {
    {TEXT("null"), "null", ""},
    {TEXT(" true\n"), "true", ""},
    {TEXT("false"), "false", ""},
    {TEXT("\"\""), "''", ""},
    {TEXT("[]"), "{}", ""},
    {TEXT("{}"), "{}", ""},
    {TEXT("\xef\xbb\xbf[1]"), "{1}", ""},
    {TEXT("[1,[2,\"x\"],{\"a\":null}]"), "{1,{2,'x'},{a=null}}", ""},
    {TEXT("{\"b\":1,\"a\":2,\"\\u0062c\":3}"), "{b=1,a=2,bc=3}", ""},
    {TEXT("{\"국\":{\"국\":\"행정국\"}}"), "{국={국='행정국'}}", ""},
    {TEXT(" \t\r\n[ \t\r\n1 \t\r\n, 2 ] \t\r\n"), "{1,2}", ""},
    /* numbers keep what was written */
    {TEXT("[0,-0,0.0,1.50,-12.5]"), "{0,0,0.0,1.50,-12.5}", ""},
    {TEXT("9007199254740993"), "9007199254740993", ""},
    {TEXT("123456789012345678901234567890.5"), "123456789012345678901234567890.5", ""},
    {TEXT("1234567890123456789012345678901234567890123456789012345678901234567890123456789"),
     "1234567890123456789012345678901234567890123456789012345678901234567890123456789", ""},
    {TEXT("[1e2,1E+2,125e-2]"), "{100,100,1.25}", ""},
    /* strings */
    {TEXT("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\""), "'\"\\/\b\f\n\r\t'", ""},
    {TEXT("\"\\uac00\\uAC01\""), "'가각'", ""},
    {TEXT("\"\\ud83d\\ude00\""), "'😀'", ""},
    {TEXT("\"\x7f\""), "'\x7f'", ""},
};

static const JsonCase refused[] = {
    {TEXT(""), NULL, "1:1+1 json-syntax: expected a value\n"},
    {TEXT(" \n "), NULL, "2:2+1 json-syntax: expected a value\n"},
    {TEXT("[1,]"), NULL, "1:4+1 json-syntax: expected a value\n"},
    {TEXT("[,1]"), NULL, "1:2+1 json-syntax: expected a value\n"},
    {TEXT("[1 2]"), NULL, "1:4+1 json-syntax: expected ',' or ']'\n"},
    {TEXT("[1"), NULL, "1:3+1 json-syntax: expected ',' or ']'\n"},
    {TEXT("{\"a\":1,}"), NULL, "1:8+1 json-syntax: expected a key in double quotes\n"},
    {TEXT("{a:1}"), NULL, "1:2+1 json-syntax: expected a key in double quotes\n"},
    {TEXT("{\"a\" 1}"), NULL, "1:6+1 json-syntax: expected ':'\n"},
    {TEXT("{\"a\":1"), NULL, "1:7+1 json-syntax: expected ',' or '}'\n"},
    {TEXT("{\"a\":}"), NULL, "1:6+1 json-syntax: expected a value\n"},
    {TEXT("1 2"), NULL, "1:3+1 json-syntax: expected the end of the file\n"},
    {TEXT("[]]"), NULL, "1:3+1 json-syntax: expected the end of the file\n"},
    {TEXT("{\n  \"국\": \"행정국\", x\n}"), NULL, "2:15+1 json-syntax: expected a key in double quotes\n"},
    {TEXT("[\r\n1,\r\r\n?]"), NULL, "4:1+1 json-syntax: expected a value\n"},
    /* numbers */
    {TEXT("01"), NULL, "1:2+1 json-syntax: expected the end of the file\n"},
    {TEXT("[-01]"), NULL, "1:4+1 json-syntax: expected ',' or ']'\n"},
    {TEXT("-"), NULL, "1:2+1 json-syntax: expected a digit\n"},
    {TEXT("+1"), NULL, "1:1+1 json-syntax: expected a value\n"},
    {TEXT(".5"), NULL, "1:1+1 json-syntax: expected a value\n"},
    {TEXT("[5.]"), NULL, "1:4+1 json-syntax: expected a digit\n"},
    {TEXT("1e"), NULL, "1:3+1 json-syntax: expected a digit\n"},
    {TEXT("1e+-2"), NULL, "1:4+1 json-syntax: expected a digit\n"},
    {TEXT("NaN"), NULL, "1:1+1 json-syntax: expected a value\n"},
    {TEXT("Infinity"), NULL, NULL},
    {TEXT("0x10"), NULL, NULL},
    {TEXT("[1,\n1e999999]"), NULL, "2:1+8 number-too-long: the number | 1000000 | 400\n"},
    {TEXT("{\"t\":12e399}"), NULL, "1:6+6 number-too-long: t | 401 | 400\n"},
    {TEXT("{\"t\":[1.25e-398]}"), NULL, "1:7+9 number-too-long: t | 401 | 400\n"},
    {TEXT("-1E+99999999999999999999"), NULL, "1:1+24 number-too-long: the number | 1000000+ | 400\n"},
    /* words */
    {TEXT("True"), NULL, NULL},
    {TEXT("tru"), NULL, NULL},
    {TEXT("nulll"), NULL, "1:5+1 json-syntax: expected the end of the file\n"},
    {TEXT("undefined"), NULL, NULL},
    {TEXT("// no\n1"), NULL, NULL},
    /* strings */
    {TEXT("'a'"), NULL, NULL},
    {TEXT("[\"a]"), NULL, "1:2+1 json-syntax: expected a closing quote for this one\n"},
    {TEXT("\"a\\"), NULL, NULL},
    {TEXT("\"a\nb\""), NULL,
     "1:3+1 json-syntax: expected an escape (\\n, \\t, \\u001f) for a control character\n"},
    {TEXT("\"a\tb\""), NULL, NULL},
    {TEXT("\"\x1f\""), NULL, NULL},
    {TEXT("\"a\0b\""), NULL, NULL},
    {TEXT("[1]\0"), NULL, "1:4+1 json-syntax: expected the end of the file\n"},
    {TEXT("\"\\u0000\""), NULL, "1:2+1 json-syntax: expected a character other than NUL\n"},
    {TEXT("{\"\\u0000\":1}"), NULL, NULL},
    {TEXT("\"\\x41\""), NULL, "1:2+1 json-syntax: expected an escape such as \\n or \\u00e9\n"},
    {TEXT("\"\\u12g4\""), NULL, "1:6+1 json-syntax: expected four hexadecimal digits\n"},
    {TEXT("\"\\u12"), NULL, NULL},
    {TEXT("\"\\ud800\""), NULL, "1:2+1 json-syntax: expected a whole surrogate pair\n"},
    {TEXT("\"\\udc00\""), NULL, "1:2+1 json-syntax: expected a whole surrogate pair\n"},
    {TEXT("\"\\ud800\\u0041\""), NULL, "1:2+1 json-syntax: expected a whole surrogate pair\n"},
    {TEXT("\"\\ud800\\n\""), NULL, NULL},
    {TEXT("\"\\ud800x\""), NULL, NULL},
    {TEXT("[\"가\",\n\"\xff\"]"), NULL, "2:2+1 bad-utf8: 0xff | 9\n"},
    {TEXT("\"\xed\xa0\x80\""), NULL, "1:2+1 bad-utf8: 0xed | 1\n"},
    {TEXT("\"\xc0\x80\""), NULL, NULL},
    /* keys */
    {TEXT("{\"a\":1,\"b\":2,\"\\u0061\":3,\n\"b\":{\"a\":1,\"a\":2}}"), NULL,
     "1:14+8 json-duplicate-key: a\n2:1+3 json-duplicate-key: b\n2:12+3 json-duplicate-key: a\n"},
    {TEXT("[{\"a\":1},{\"\":2}]"), NULL, "1:11+2 json-syntax: expected a key that is not empty\n"},
};

/* Texts in single quotes, objects with "=", so that a mistake in the writer of JSON cannot hide one in the
 * reader. */
static void draw(Buffer *out, const Tree *tree) {
    switch (tree->kind) {
    case TREE_NIL:
        buffer_add(out, STR("null"));
        return;
    case TREE_BOOL:
        buffer_add(out, tree->flag ? STR("true") : STR("false"));
        return;
    case TREE_NUMBER:
        decimal_write(out, &tree->number);
        return;
    case TREE_TEXT:
        buffer_addf(out, "'%.*s'", STR_FMT(tree->text));
        return;
    default:
        break;
    }
    buffer_add_char(out, '{');
    for (size_t i = 0; i < tree->count; i++) {
        if (i > 0) buffer_add_char(out, ',');
        if (i >= tree->positional) buffer_addf(out, "%.*s=", STR_FMT(tree->items[i].name));
        draw(out, tree->items[i].value);
    }
    buffer_add_char(out, '}');
}

static void check(const JsonCase *test) {
    Arena arena = {0};
    Diag *diag = diag_new();
    Buffer drawn = {0}, faults = {0};
    Tree *tree = json_parse(STR("x.json"), test->input, &arena, diag);
    if (tree) draw(&drawn, tree);
    faults_add(&faults, diag);
    bool good = test->tree ? tree && str_is(buffer_view(&drawn), test->tree) : !tree && diag_has_errors(diag);
    if (test->faults && !str_is(buffer_view(&faults), test->faults)) good = false;
    if (!good)
        fail_msg("<%.*s>: read <%s>, %s", STR_FMT(test->input), buffer_text(&drawn), buffer_text(&faults));
    buffer_release(&drawn);
    buffer_release(&faults);
    diag_free(diag);
    arena_release(&arena);
}

static void test_accepted(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof accepted / sizeof *accepted; i++) check(&accepted[i]);
}

static void test_refused(void **state) {
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) check(&refused[i]);
}

static void check_depth(size_t depth, const char *open, const char *close, bool accept) {
    Arena arena = {0};
    Diag *diag = diag_new();
    Buffer input = {0};
    for (size_t i = 0; i < depth; i++) buffer_add(&input, str_of(open));
    for (size_t i = 0; i < depth; i++) buffer_add(&input, str_of(close));
    Tree *tree = json_parse(STR("x.json"), buffer_view(&input), &arena, diag);
    if ((tree != NULL) != accept) fail_msg("%zu of %s", depth, open);
    if (!accept) assert_int_equal(diag_item(diag, 0)->message, MESSAGE_JSON_TOO_DEEP);
    buffer_release(&input);
    diag_free(diag);
    arena_release(&arena);
}

static void test_depth(void **state) {
    (void)state;
    check_depth(TREE_DEPTH, "[", "]", true);
    check_depth(TREE_DEPTH + 1, "[", "]", false);
    check_depth(1000000, "[", "", false);
    check_depth(1000000, "{\"a\":", "", false);
}

static void assert_place(const Place *place, uint32_t line, uint32_t column, uint32_t span,
                         const char *source) {
    if (place->line != line || place->column != column || place->span != span ||
        !str_is(place->source, source))
        fail_msg("%u:%u+%u <%.*s>, not %u:%u+%u <%s>", place->line, place->column, place->span,
                 STR_FMT(place->source), line, column, span, source);
}

static void test_places(void **state) {
    (void)state;
    Arena arena = {0};
    Diag *diag = diag_new();
    Buffer input = {0};
    buffer_add(&input, STR("\xef\xbb\xbf{\"국\": \"행정국\",\r\n  \"수\": [1.5, {}]}"));
    Tree *tree = json_parse(STR("x.json"), buffer_view(&input), &arena, diag);
    buffer_release(&input); /* the tree does not need it */
    assert_non_null(tree);
    assert_place(&tree->place, 1, 1, 1, "{\"국\": \"행정국\",");
    assert_place(&tree_item(tree, "국")->place, 1, 2, 3, "{\"국\": \"행정국\",");
    assert_place(&tree_get(tree, "국")->place, 1, 7, 5, "{\"국\": \"행정국\",");
    const Tree *list = tree_get(tree, "수");
    assert_place(&list->place, 2, 8, 1, "  \"수\": [1.5, {}]}");
    assert_place(&list->items[0].place, 2, 9, 3, "  \"수\": [1.5, {}]}");
    assert_place(&list->items[1].value->place, 2, 14, 1, "  \"수\": [1.5, {}]}");
    assert_true(str_is(tree->place.file, "x.json"));
    diag_free(diag);
    arena_release(&arena);
}

/* Many values on one line and many keys in one object take time in proportion to their number. */
static void test_large(void **state) {
    (void)state;
    Arena arena = {0};
    Diag *diag = diag_new();
    Buffer input = {0};
    buffer_add_char(&input, '{');
    for (int i = 0; i < 200000; i++) buffer_addf(&input, "\"k%d\":%d,", i, i);
    buffer_add(&input, STR("\"last\":true}"));
    Tree *tree = json_parse(STR("x.json"), buffer_view(&input), &arena, diag);
    assert_non_null(tree);
    assert_int_equal(tree->count, 200001);
    assert_int_equal(tree->items[200000].place.column, input.size - STR("\"last\":true}").size + 1);
    buffer_release(&input);
    diag_free(diag);
    arena_release(&arena);
}

static void test_write(void **state) {
    (void)state;
    Buffer out = {0};
    json_add_key(&out, "first");
    out.size = 0;
    buffer_add_char(&out, '{');
    json_add_key(&out, "국");
    json_add_text(&out, STR("\"\\/\b\f\n\r\t\x01\x7f\0가"));
    json_add_key(&out, "b");
    buffer_add_char(&out, '{');
    json_add_key(&out, "c");
    buffer_add(&out, STR("1}}"));
    assert_string_equal(buffer_text(&out),
                        "{\"국\":\"\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u007f\\u0000가\",\"b\":{\"c\":1}}");
    buffer_release(&out);
}

static void test_entries(void **state) {
    (void)state;
    Buffer out = {0};
    buffer_add_char(&out, '{');
    json_put_text(&out, "a", STR("x\"y"));
    json_put_text(&out, "b", (Str){"", 0});
    json_put_known(&out, "c", STR("z"));
    json_put_known(&out, "d", (Str){"", 0});
    json_put_number(&out, "e", STR("-1.50"));
    json_put_number(&out, "f", (Str){"", 0});
    json_put_whole(&out, "g", UINT64_MAX);
    json_put_flag(&out, "h", true);
    json_put_flag(&out, "i", false);
    buffer_add_char(&out, '}');
    assert_string_equal(buffer_text(&out),
                        "{\"a\":\"x\\\"y\",\"b\":\"\",\"c\":\"z\",\"d\":null,\"e\":-1.50,\"f\":null,"
                        "\"g\":18446744073709551615,\"h\":true,\"i\":false}");
    buffer_release(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_accepted), cmocka_unit_test(test_refused), cmocka_unit_test(test_depth),
        cmocka_unit_test(test_places),   cmocka_unit_test(test_large),   cmocka_unit_test(test_write),
        cmocka_unit_test(test_entries),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
