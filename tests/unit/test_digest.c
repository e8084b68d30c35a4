/* SHA-256 and base 64 against the examples of FIPS 180-4 and RFC 4648. */
#include "base/digest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void expect(Str bytes, const char *hex) {
    unsigned char digest[DIGEST_SIZE];
    Buffer out = {0};
    digest_sha256(bytes, digest);
    for (size_t i = 0; i < DIGEST_SIZE; i++) buffer_addf(&out, "%02x", digest[i]);
    assert_string_equal(buffer_text(&out), hex);
    buffer_release(&out);
}

static void examples(void **state) {
    (void)state;
    expect(STR(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect(STR("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    expect(STR("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
           "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

static void a_long_text(void **state) {
    (void)state;
    Buffer bytes = {0};
    buffer_add_repeat(&bytes, 'a', 1000000);
    expect(buffer_view(&bytes), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    buffer_release(&bytes);
}

/* Texts of 1 to 4 letters, and of none. */
static void base64(void **state) {
    (void)state;
    static const char *const pairs[][2] = {{"", ""},        {"f", "Zg=="},        {"fo", "Zm8="},
                                           {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}, {"foobar", "Zm9vYmFy"}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        Buffer out = {0};
        digest_add_base64(&out, (const unsigned char *)pairs[i][0], strlen(pairs[i][0]));
        assert_string_equal(buffer_text(&out), pairs[i][1]);
        buffer_release(&out);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(examples),
        cmocka_unit_test(a_long_text),
        cmocka_unit_test(base64),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
