#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "base/module.h"
#include "base/wire.h"
#include "lua/parts.h"

/* A part with a text. */
#define PART(name, text, stored)                                                                             \
    { STR(name), STR(text), stored, false }
#define PARTS(...) ((PackagePart[]){__VA_ARGS__})

static void expect_fault(PackagePart *parts, size_t count, size_t part, bool text, MessageId what) {
    PackageFault fault = {0};
    assert_false(package_check(&(Package){parts, count}, &fault));
    assert_int_equal(fault.part, part);
    assert_int_equal(fault.text, text);
    assert_int_equal(fault.what, what);
}

static void expect_bad_name(const char *name) {
    PackagePart part = {str_of(name), STR("x"), false, false};
    expect_fault(&part, 1, 0, false, TEXT_PACKAGE_NAME);
}

static void test_names(void **state) {
    (void)state;
    static const char *const bad[] = {"",      "/a",   "a/",    "a//b", "..",     "../a",  "a/../b", ".",
                                      "a/./b", "a\\b", "c:a",   "a b",  "a\nb",   "가",    "a%2e",   "a.",
                                      "a./b",  "...",  "a/..b", "~",    "a/b/..", "\x01a", "a*",     "a?"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) expect_bad_name(bad[i]);
    char longest[PACKAGE_NAME + 2];
    memset(longest, 'a', sizeof longest);
    PackageFault fault;
    PackagePart part = {{longest, PACKAGE_NAME}, STR(""), false, false};
    assert_true(package_check(&(Package){&part, 1}, &fault));
    part.name.size++;
    expect_fault(&part, 1, 0, false, TEXT_PACKAGE_NAME);
}

static void test_packages(void **state) {
    (void)state;
    PackageFault fault;
    PackagePart *good = PARTS(PART("mimetype", "a/b", true), PART("[Content_Types].xml", "가", false),
                              PART("_rels/.rels", "", false), PART("word/document.xml", "<x/>", false));
    assert_true(package_check(&(Package){good, 4}, &fault));
    expect_fault(NULL, 0, 0, false, TEXT_DOCUMENT_EMPTY);
    expect_fault(PARTS(PART("a/b", "", false), PART("A/B", "", false)), 2, 1, false, TEXT_PACKAGE_TWICE);
    expect_fault(PARTS(PART("a/b", "", false), PART("a", "", false)), 2, 1, false, TEXT_PACKAGE_TWICE);
    expect_fault(PARTS(PART("a", "", false), PART("a/b", "", false)), 2, 1, false, TEXT_PACKAGE_TWICE);
    expect_fault(PARTS(PART("a", "", false), PART("mimetype", "", true)), 2, 1, false, TEXT_PACKAGE_FIRST);
    expect_fault(PARTS(PART("mimetype", "", false)), 1, 0, false, TEXT_PACKAGE_FIRST);
    expect_fault(PARTS(PART("a", "", false), PART("ab", "\xff", false)), 2, 1, true, TEXT_RESULT_BYTES);
    PackagePart picture = {STR("a.png"), STR("\x89PNG\xff"), false, true};
    assert_true(package_check(&(Package){&picture, 1}, &fault));
}

/* One part, as the child sends it. */
static Buffer message_of(const char *name, char stored, const char *text) {
    Buffer out = {0};
    wire_add_u32(&out, 1);
    wire_add_text(&out, str_of(name));
    buffer_add_char(&out, stored);
    buffer_add_char(&out, 0);
    wire_add_text(&out, str_of(text));
    return out;
}

/* A picture, with its looks and its drawing behind the list. */
static Buffer picture_message(void) {
    Arena arena = {0};
    Buffer out = {0};
    Tree *looks = tree_new(&arena, TREE_TABLE), *drawing = tree_text(&arena, STR("drawing"));
    wire_add_u32(&out, 1);
    wire_add_text(&out, STR("a.png"));
    buffer_add_char(&out, 1);
    buffer_add_char(&out, 1);
    wire_add_text(&out, STR(""));
    wire_add_tree(&out, looks);
    wire_add_tree(&out, drawing);
    arena_release(&arena);
    return out;
}

static bool is_taken(Str message) {
    Arena arena = {0};
    Package package = {0};
    Pictures pictures;
    bool taken = parts_take(message, &arena, &package, &pictures);
    if (taken) assert_int_equal(package.count, 1);
    arena_release(&arena);
    return taken;
}

/* The program believes nothing that the child says. */
static void test_messages(void **state) {
    (void)state;
    Buffer good = message_of("a/b.xml", 0, "text"), path = message_of("../b.xml", 0, "text");
    Buffer bytes = message_of("a", 0, "\xff"), more = message_of("a", 1, "b");
    assert_true(is_taken(buffer_view(&good)));
    for (size_t size = 0; size < good.size; size++) assert_false(is_taken((Str){good.data, size}));
    assert_false(is_taken(buffer_view(&path)));
    assert_false(is_taken(buffer_view(&bytes)));
    buffer_add_char(&more, 0);
    assert_false(is_taken(buffer_view(&more)));
    uint32_t many = PACKAGE_PARTS + 1;
    memcpy(good.data, &many, sizeof many);
    assert_false(is_taken(buffer_view(&good)));
    buffer_release(&good);
    buffer_release(&path);
    buffer_release(&bytes);
    buffer_release(&more);
}

static void test_pictures(void **state) {
    (void)state;
    Arena arena = {0};
    Package package = {0};
    Pictures pictures;
    Diag *diag = diag_new();
    Buffer message = picture_message();
    for (size_t size = 0; size < message.size; size++) assert_false(is_taken((Str){message.data, size}));
    assert_true(parts_take(buffer_view(&message), &arena, &package, &pictures));
    assert_int_equal(pictures.count, 1);
    assert_int_equal(pictures.list[0].part, 0);
    assert_true(str_is(pictures.list[0].drawing->text, "drawing"));
    /* a text is no drawing: the program finds that too */
    assert_false(pictures_draw(&pictures, &package, ((ApartUse){STR("hwpx"), 60}), NULL, &arena, diag));
    assert_true(diag_has_errors(diag));
    assert_false(package.parts[0].binary);
    diag_free(diag);
    buffer_release(&message);
    arena_release(&arena);
}

/* The head of the first entry: no flag, stored, 1980-01-01, CRC-32, sizes, no extra field; then its name and
 * text. */
static void test_archive(void **state) {
    (void)state;
    static const char head[] = "PK\3\4\24\0\0\0\0\0\0\0!\0\x82\xf0"
                               "AG\x13\0\0\0\x13\0\0\0\x08\0\0\0mimetypeapplication/hwp+zip";
    Package package = {PARTS(PART("mimetype", "application/hwp+zip", true),
                             PART("a.xml", "<aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/>", false)),
                       2};
    Buffer one = {0}, two = {0};
    Diag *diag = diag_new();
    if (!module_exists("zip")) {
        assert_false(package_write(&package, STR("hwpx"), &one, diag));
        assert_int_equal(diag_count(diag), 1);
    } else {
        assert_true(package_write(&package, STR("hwpx"), &one, diag));
        buffer_add_char(&two, 'x'); /* what is there stays */
        assert_true(package_write(&package, STR("hwpx"), &two, diag));
        assert_memory_equal(one.data, head, sizeof head - 1);
        assert_true(str_equal(buffer_view(&one), (Str){two.data + 1, two.size - 1}));
        assert_memory_equal(one.data + one.size - 22, "PK\5\6\0\0\0\0\2\0\2\0", 12);
    }
    diag_free(diag);
    buffer_release(&one);
    buffer_release(&two);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names),    cmocka_unit_test(test_packages), cmocka_unit_test(test_messages),
        cmocka_unit_test(test_pictures), cmocka_unit_test(test_archive),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
