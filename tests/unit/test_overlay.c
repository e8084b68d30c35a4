#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "model/overlay.h"
#include "model/spell.h"
#include "ruletext.h"

/* Merges `over` into `base`: the tree as text, or the faults. */
static void check(const char *base, const char *over, const char *wanted) {
    Arena arena = {0};
    Diag *diag = diag_new();
    const Tree *below = ruletext_read(&arena, arena_format(&arena, "{%s}", base).data);
    const Tree *above = ruletext_read(&arena, arena_format(&arena, "{%s}", over).data);
    bool merged = true;
    const Tree *tree = overlay_merge(&arena, below, above, &merged, diag);
    if (merged == diag_has_errors(diag))
        fail_msg("<%s> + <%s>: %s", base, over, merged ? "faults" : "no fault");
    Buffer found = {0};
    if (merged)
        spell_tree(&found, tree, NULL);
    else
        faults_brief(&found, diag);
    expect_text(arena_format(&arena, "%s + %s", base, over).data, &found, wanted);
    diag_free(diag);
    arena_release(&arena);
}

static const struct {
    const char *base, *over, *wanted;
} merges[] = {
    /* scalar keys replace; what is not named stays; `base` goes */
    {"data = 'd', title = 't'", "base = 'b', title = 'u'", "{ data = \"d\", title = \"u\" }"},
    {"base = 'a', title = 't'", "base = 'b'", "{ title = \"t\" }"},
    {"title = 't'", "report = 'r'", "{ title = \"t\", report = \"r\" }"},
    {"", "", "{}"},
    {"1", "2, x = 3", "{ 1, 2, x = 3 }"}, /* faults stay, for those that check the whole */
    /* tables merge key by key */
    {"rounding = { digits = 0, mode = 'up' }", "rounding = { digits = 1 }",
     "{ rounding = { digits = 1, mode = \"up\" } }"},
    {"project = { rate = mean }", "project = { rate = min, missing = 'zero' }",
     "{ project = { rate = min, missing = \"zero\" } }"},
    {"bureau = { rate = mean }", "department = { rate = mean }",
     "{ bureau = { rate = mean }, department = { rate = mean } }"},
    {"project = { rate = mean }", "project = 1", "{ project = 1 }"},
    {"department = { rate = mean, verdict = { { 'x', key = 'a', below = 5 }, { 'y', key = 'b' } } }",
     "department = { verdict = { replace = { a = { 'z', below = 6 } } } }",
     "{ department = { rate = mean, verdict = { { \"z\", key = \"a\", below = 6 }, { \"y\", key = \"b\" } } } }"},
    {"indicator = { verdict = { { 'x', key = 'a' } } }", "indicator = { verdict = { { 'y', key = 'b' } } }",
     "{ indicator = { verdict = { { \"y\", key = \"b\" } } } }"},
    {"indicator = { verdict = { { 'x', key = 'a', below = 5 }, { 'y', key = 'b' } } }",
     "indicator = { verdict = { after = { a = { 'm', key = 'm', below = 7 } } } }",
     "{ indicator = { verdict = { { \"x\", below = 5, key = \"a\" }, { \"m\", below = 7, key = \"m\" }, { \"y\", key = \"b\" } } } }"},
    {"last_year = { rate = { { 1, name = 'n' }, { 2 } } }", "last_year = { rate = { remove = 'n' } }",
     "{ last_year = { rate = { { 2 } } } }"},
    {"last_year = { rate = 1 }", "last_year = { rate = { first = { 3 } } }",
     "{ last_year = { rate = { { 3 }, { 1 } } } }"},
    {"bureau = { rate = mean, verdict = { { 'x', key = 'top' } } }",
     "bureau = { verdict = { remove = { 'tpo' } } }",
     "1 not-in-base: bureau.verdict.remove | tpo <did you mean top?>\n"},
    /* params: a number replaces the number, a table the keys it names */
    {"params = { a = 1 }", "params = { a = 2 }", "{ params = { a = 2 } }"},
    {"params = { a = { 1, unit = '%' }, b = 3 }", "params = { a = 2 }",
     "{ params = { a = { 2, unit = \"%\" }, b = 3 } }"},
    {"params = { a = { 1, unit = '%' } }", "params = { a = { unit = 'x' } }",
     "{ params = { a = { 1, unit = \"x\" } } }"},
    {"params = { a = 1 }", "params = { a = { max = 9 } }", "{ params = { a = { 1, max = 9 } } }"},
    {"params = { a = { ['2019-01-01'] = 1, min = 0 } }", "params = { a = 2 }",
     "{ params = { a = { 2, min = 0 } } }"},
    {"params = { a = { 1, min = 0 } }", "params = { a = { ['2019-01-01'] = 2 } }",
     "{ params = { a = { min = 0, [\"2019-01-01\"] = 2 } } }"},
    {"params = { a = { ['2019-01-01'] = 1 } }", "params = { a = { ['2020-01-01'] = 2 } }",
     "{ params = { a = { [\"2019-01-01\"] = 1, [\"2020-01-01\"] = 2 } } }"},
    {"params = { a = 1 }", "params = { b = { 2, new = true } }", "{ params = { a = 1, b = { 2 } } }"},
    {"", "params = { b = { 2, new = true } }", "{ params = { b = { 2 } } }"},
    {"params = { a = 1 }", "params = { a = 'x' }", "{ params = { a = \"x\" } }"},
    {"params = { a = 1 }", "params = 2", "{ params = 2 }"},
    /* lists: a list, or what is no table, replaces all */
    {"rate = { { 1 }, { 2 } }", "rate = { { 3 } }", "{ rate = { { 3 } } }"},
    {"rate = { { 1 } }", "rate = fn1", "{ rate = function (r.lua:1) }"},
    {"special = { { exclude = true } }", "special = {}", "{ special = {} }"},
    /* operations */
    {"rate = { { 1, name = 'a' }, { 2, name = 'b' } }", "rate = { before = { b = { { 3 }, { 4 } } } }",
     "{ rate = { { name = \"a\", 1 }, { 3 }, { 4 }, { name = \"b\", 2 } } }"},
    {"rate = { { 1, name = 'a' }, { 2, name = 'b' } }", "rate = { after = { a = { 3 } } }",
     "{ rate = { { name = \"a\", 1 }, { 3 }, { name = \"b\", 2 } } }"},
    {"rate = { { 1, name = 'a' }, { 2, name = 'b' } }", "rate = { replace = { a = { 3 } } }",
     "{ rate = { { name = \"a\", 3 }, { name = \"b\", 2 } } }"},
    {"rate = { { 1, name = 'a' } }", "rate = { replace = { a = { 3, name = 'c' } } }",
     "{ rate = { { name = \"c\", 3 } } }"},
    {"rate = { { 1, name = 'a' } }", "rate = { replace = { a = { { 3 }, { 4 } } } }",
     "{ rate = { { 3 }, { 4 } } }"},
    {"rate = { { 1, name = 'a' }, { 2 } }", "rate = { remove = 'a' }", "{ rate = { { 2 } } }"},
    {"rate = { { 1, name = 'a' }, { 2, name = 'b' }, { 3 } }", "rate = { remove = { 'a', 'b' } }",
     "{ rate = { { 3 } } }"},
    {"rate = { { 1, name = 'a' } }", "rate = { remove = 'a', before = { a = { 2 } }, after = { a = { 3 } } }",
     "{ rate = { { 2 }, { 3 } } }"},
    {"rate = { { 1 } }", "rate = { first = { { 2 }, { 3 } }, last = { 4 } }",
     "{ rate = { { 2 }, { 3 }, { 1 }, { 4 } } }"},
    {"rate = field.actual", "rate = { first = { 2 } }", "{ rate = { { 2 }, { field.actual } } }"},
    {"", "special = { last = { { exclude = true } } }", "{ special = { { exclude = true } } }"},
    {"verdict = { { 'x', key = 'a', below = 5 }, { 'y', key = 'b' } }",
     "verdict = { replace = { a = { 'x', below = 6 } } }",
     "{ verdict = { { \"x\", key = \"a\", below = 6 }, { \"y\", key = \"b\" } } }"},
    /* `ties` is no operation: a list with it is a list, alone or beside operations it is replaced */
    {"verdict = { { 'x', key = 'a' } }", "verdict = { { 'y', key = 'b', share = 100 }, ties = 'worse' }",
     "{ verdict = { { \"y\", key = \"b\", share = 100 }, ties = \"worse\" } }"},
    {"verdict = { { 'y', key = 'b', share = 100 }, ties = 'worse' }", "verdict = { ties = 'better' }",
     "{ verdict = { { \"y\", key = \"b\", share = 100 }, ties = \"better\" } }"},
    {"verdict = { { 'y', key = 'b', share = 100 }, ties = 'worse' }",
     "verdict = { replace = { b = { 'z', share = 100 } } }",
     "{ verdict = { { \"z\", key = \"b\", share = 100 }, ties = \"worse\" } }"},
    /* faults */
    {"params = { cut = 1 }", "params = { cutt = 2 }",
     "1 not-in-base: params.cutt | cutt <did you mean cut?>\n"},
    {"params = { cut = 1 }", "params = { other = { 2, unit = '%' } }",
     "1 not-in-base: params.other | other <a new parameter is written other = { 80, new = true }>\n"},
    {"params = { cut = 1 }", "params = { cut = { 2, new = true } }", "1 in-base: params.cut\n"},
    {"params = { cut = 1 }", "params = { x = { 2, new = 1 } }",
     "1 wrong-type: params.x.new | true | number\n"},
    {"params = { cut = 1 }", "params = { 2 }", "1 unknown-key: params[1]\n"},
    {"rate = { { 1, name = 'lower' } }",
     "rate = {\nbefore = { lowr = { 2 } },\nafter = { x = { 2 } },\nreplace = { y = { 2 } },\n"
     "remove = { 'lower', 'z' } }",
     "2 not-in-base: rate.before | lowr <did you mean lower?>\n3 not-in-base: rate.after | x <the base has: lower>\n"
     "4 not-in-base: rate.replace | y <the base has: lower>\n5 not-in-base: rate.remove | z <the base has: lower>\n"},
    {"rate = 1", "rate = { remove = '' }", "1 not-in-base: rate.remove | \n"},
    {"rate = { { 1, name = 'a' } }", "rate = { replace = { a = { 2 } }, remove = 'a' }",
     "1 overlay-conflict: rate | a\n"},
    {"rate = { { 1, name = 'a' } }", "rate = { befor = { a = { 2 } } }",
     "1 unknown-key: rate.befor <did you mean before?>\n"},
    {"rate = { { 1 } }", "rate = { { 2 }, first = { 3 } }",
     "1 unknown-key: rate[1] <a value without a name is left over; a number has no commas (1000)>\n"},
    {"rate = { { 1, name = 'a' } }", "rate = { before = { a = 2 }, first = 1, remove = 3 }",
     "1 wrong-type: rate.first | a table { … } | number\n"
     "1 wrong-type: rate.remove | text in quotes or a table { … } | number\n"
     "1 wrong-type: rate.before.a | a table { … } | number\n"},
    {"rate = { { 1, name = 'a' } }", "rate = { before = { { 2 } } }", "1 unknown-key: rate.before[1]\n"},
    {"rate = { { 1, name = 'a' } }", "rate = { remove = { 1 } }",
     "1 wrong-type: rate.remove[1] | text in quotes | number\n"},
    {"verdict = { { 'x', key = 'sluggish' } }", "verdict = { remove = 'slugish' }",
     "1 not-in-base: verdict.remove | slugish <did you mean sluggish?>\n"},
};

static void test_merges(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(merges); i++) check(merges[i].base, merges[i].over, merges[i].wanted);
}

/* Each entry keeps the place of its own file. */
static void test_places(void **state) {
    (void)state;
    Arena arena = {0};
    Diag *diag = diag_new();
    Tree *base = ruletext_read(&arena, "{ title = 't',\nrate = {\n{ 1, name = 'a' } } }");
    Tree *over = ruletext_read(&arena, "{\n\n\n\nrate = { first = { { 2 } } } }");
    bool good = true;
    const Tree *merged = overlay_merge(&arena, base, over, &good, diag);
    assert_true(good);
    assert_non_null(merged);
    assert_int_equal(tree_item(merged, "title")->place.line, 1);
    const Tree *rate = tree_get(merged, "rate");
    assert_int_equal(rate->items[0].value->place.line, 5);
    assert_int_equal(rate->items[1].value->place.line, 3);
    diag_free(diag);
    arena_release(&arena);
}

static const struct {
    const char *text, *wanted;
} spellings[] = {
    {"field.actual / field.target * 100", "field.actual / field.target * 100"},
    {"(2 - field.actual / field.target) * 100", "(2 - field.actual / field.target) * 100"},
    {"1 - (2 - field.x)", "1 - (2 - field.x)"},
    {"(1 - field.x) - 2", "1 - field.x - 2"},
    {"1 / (2 / field.x)", "1 / (2 / field.x)"},
    {"field['목표'] - -2", "field[\"목표\"] - -2"},
    {"-(field.x + 1)", "-(field.x + 1)"},
    {"param.cut + param.none", "param.cut (= 80) + param.none"},
    {"{ 'a\"b', x = true, ['y z'] = 97.0, w = mean, when = { p = 'q' } }",
     "{ when = { p = \"q\" }, \"a\\\"b\", w = mean, x = true, [\"y z\"] = 97.0 }"},
    {"{ { }, { 1 } }", "{ {}, { 1 } }"},
};

static void test_spelling(void **state) {
    (void)state;
    Trial trial = trial_good("", STR(HEADER "\nb,d,p,i,u,1,1\n"), NULL);
    for (size_t i = 0; i < COUNT(spellings); i++) {
        Buffer found = {0};
        spell_tree(&found, ruletext_read(&trial.arena, spellings[i].text), trial.plan);
        expect_text(spellings[i].text, &found, spellings[i].wanted);
    }
    trial_end(&trial);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_merges),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_spelling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
