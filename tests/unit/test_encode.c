#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "io/encode.h"

/* Encodes the text in pieces of `step` bytes. */
static Buffer encode(OutputEncoding encoding, Str text, size_t step, Diag *diag) {
    Buffer out = {0};
    Encoder *encoder = encoder_new(encoding, diag);
    assert_non_null(encoder);
    for (size_t at = 0; at < text.size; at += step)
        encoder_add(encoder, str_slice(text, at, at + step < text.size ? at + step : text.size), &out);
    encoder_end(encoder, diag);
    return out;
}

/* The same bytes and warnings, in pieces of any size. */
static void expect(OutputEncoding encoding, const char *text, const char *wanted, const char *warnings) {
    for (size_t step = 1; step <= strlen(text); step++) {
        Diag *diag = diag_new();
        Buffer shown = {0}, out = encode(encoding, str_of(text), step, diag);
        for (size_t i = 0; i < diag_count(diag); i++) diag_render(&shown, diag_item(diag, i), LANGUAGE_EN);
        assert_true(str_is(buffer_view(&out), wanted));
        assert_true(str_is(buffer_view(&shown), warnings));
        assert_false(diag_has_errors(diag));
        buffer_release(&out);
        buffer_release(&shown);
        diag_free(diag);
    }
}

static void test_utf8(void **state) {
    (void)state;
    expect(OUTPUT_UTF8, "a\xe2\x96\xa2\n", "a\xe2\x96\xa2\n", "");
    expect(OUTPUT_UTF8_BOM, "a\xe2\x96\xa2\n",
           "\xef\xbb\xbf"
           "a\xe2\x96\xa2\n",
           "");
}

/* ga-hih, a triangle, and a syllable that EUC-KR lacks. */
static void test_cp949(void **state) {
    (void)state;
    expect(OUTPUT_CP949, "a,\xea\xb0\x80\xed\x9e\xa3\xe2\x96\xb3\n\xeb\xa2\xad",
           "a,\xb0\xa1\xc6R\xa1\xe2\n\x8fm", "");
}

/* The like is written, the place is that of the first, in characters. */
static void test_likenesses(void **state) {
    (void)state;
    expect(
        OUTPUT_CP949, "\xea\xb0\x80\n\xea\xb0\x80\xe2\x96\xa2-\xe2\x80\xa7\xe2\x96\xa2",
        "\xb0\xa1\n\xb0\xa1\xa1\xe0-\xa1\xa4\xa1\xe0",
        "perfeval: warning[not-encoded]: CP949 has no \xe2\x96\xa2 (U+25A2): \xe2\x96\xa1 stands in its place, 2 times, "
        "first at 2:2 of the output (line:character)\n"
        "perfeval: warning[not-encoded]: CP949 has no \xe2\x80\xa7 (U+2027): \xc2\xb7 stands in its place, 1 times, first "
        "at 2:4 of the output (line:character)\n");
}

/* A check mark and a face have no like: their numbers stand. */
static void test_numbers(void **state) {
    (void)state;
    expect(
        OUTPUT_CP949, "x\xe2\x9c\x93\xf0\x9f\x98\x80y", "x<U+2713><U+1F600>y",
        "perfeval: warning[not-encoded]: CP949 has no \xe2\x9c\x93 (U+2713): <U+2713> stands in its place, 1 times, first "
        "at 1:2 of the output (line:character)\n"
        "perfeval: warning[not-encoded]: CP949 has no \xf0\x9f\x98\x80 (U+1F600): <U+1F600> stands in its place, 1 times, "
        "first at 1:3 of the output (line:character)\n");
}

/* h-a-n and g-a in pieces, as macOS writes them: put together, nothing is lacking. */
static void test_pieces_of_letters(void **state) {
    (void)state;
    static const char pieces[] = "\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab\xe1\x84\x80\xe1\x85\xa1!";
    Diag *diag = diag_new();
    Buffer out = encode(OUTPUT_CP949, str_of(pieces), sizeof pieces, diag);
    assert_true(str_is(buffer_view(&out), "\xc7\xd1\xb0\xa1!"));
    assert_int_equal(diag_count(diag), 0);
    buffer_release(&out);
    diag_free(diag);
}

/* A hundred kinds are reported, the rest are replaced all the same. */
static void test_many(void **state) {
    (void)state;
    Diag *diag = diag_new();
    Buffer text = {0};
    for (unsigned i = 0; i < 120; i++) buffer_addf(&text, "\xf0\x9f%c%c", 0x98 + i / 64, 0x80 + i % 64);
    Buffer out = encode(OUTPUT_CP949, buffer_view(&text), text.size, diag);
    assert_int_equal(out.size, 120 * strlen("<U+1F600>"));
    assert_int_equal(diag_count(diag), 100);
    buffer_release(&text);
    buffer_release(&out);
    diag_free(diag);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_utf8),
        cmocka_unit_test(test_cp949),
        cmocka_unit_test(test_likenesses),
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_pieces_of_letters),
        cmocka_unit_test(test_many),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
