#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/digest.h"
#include "io/tar.h"

#include <string.h>

/* FIPS 180-4, examples of SHA-256. */
static void test_known(void **state) {
    (void)state;
    DigestText none = digest_of(STR("")), abc = digest_of(STR("abc"));
    assert_string_equal(none.letters, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_string_equal(abc.letters, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

static void test_pieces(void **state) {
    (void)state;
    Str text = STR("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq");
    for (size_t cut = 0; cut <= text.size; cut++) {
        Digest digest;
        digest_start(&digest);
        digest_add(&digest, str_slice(text, 0, cut));
        digest_add(&digest, str_slice(text, cut, text.size));
        assert_int_equal(digest.bytes, 56);
        DigestText end = digest_end(&digest);
        assert_string_equal(end.letters, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    }
}

static void test_tar(void **state) {
    (void)state;
    Buffer out = {0};
    tar_add(&out, STR("a"), STR("one"));
    tar_add(&out, STR("b/c"), STR(""));
    tar_end(&out);
    assert_int_equal(out.size, 512 * 5);
    Str archive = buffer_view(&out), name, bytes;
    size_t at = 0;
    assert_true(tar_is(archive));
    assert_int_equal(tar_next(archive, &at, &name, &bytes), TAR_FILE);
    assert_true(str_is(name, "a") && str_is(bytes, "one"));
    assert_int_equal(tar_next(archive, &at, &name, &bytes), TAR_FILE);
    assert_true(str_is(name, "b/c") && bytes.size == 0);
    assert_int_equal(tar_next(archive, &at, &name, &bytes), TAR_END);
    assert_true(tar_find(archive, STR("b/c"), &bytes));
    assert_false(tar_find(archive, STR("d"), &bytes));
    buffer_release(&out);
}

/* Cut anywhere, or with any byte of a header changed, it is bad before it lies. */
static void test_tar_damaged(void **state) {
    (void)state;
    Buffer out = {0};
    tar_add(&out, STR("name"), STR("some bytes"));
    tar_end(&out);
    Str archive = buffer_view(&out), name, bytes;
    for (size_t size = 0; size < 512 + 10; size++) {
        size_t at = 0;
        assert_int_equal(tar_next(str_slice(archive, 0, size), &at, &name, &bytes), TAR_BAD);
    }
    for (size_t i = 0; i < 512; i++) {
        size_t at = 0;
        char kept = out.data[i];
        out.data[i] = (char)(kept + 1);
        if (i < 154 || i > 155) assert_int_equal(tar_next(archive, &at, &name, &bytes), TAR_BAD);
        out.data[i] = kept;
    }
    buffer_release(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known),
        cmocka_unit_test(test_pieces),
        cmocka_unit_test(test_tar),
        cmocka_unit_test(test_tar_damaged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
