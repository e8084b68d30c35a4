#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "lua/source.h"

#define FILE_NAME "rules/t.lua"

static const char text[] = /* 1 */
    "-- 규칙 return { no = 1 }\n"
    /* 2 */ "local function f(x) if x then return { 1 } end end\n"
    /* 3 */ "local s = [==[ return { ]] ]==] -- [[ not\n"
    /* 4 */ "return ruleset {\n"
    /* 5 */ "  title = \"현황 }\", [\"data\"] = 'a\\'b.csv'; ['두 줄'] = 2,\n"
    /* 6 */ "  params = {\n"
    /* 7 */ "    cut = { 80, unit = \"%\", min = 0 },\n"
    /* 8 */ "  },\n"
    /* 9 */ "  rate = {\n"
    /* 10 */ "    { when = { [\"목표\"] = any{ \"가\", \"나\" }, project = \"x\" }, (2 - a / b) * 100 },\n"
    /* 11 */ "    { a / b\n"
    /* 12 */ "      * 100 --[[ , x = 1 ]] },\n"
    /* 13 */ "  },\r\n"
    /* 14 */ "  special = {\n"
    /* 15 */ "    { rate = function(i)\n"
    /* 16 */ "        for k = 1, 2 do while k do repeat local t = { 1, x = 2 } until t end end\n"
    /* 17 */ "        return i.actual >= 40 and 100 or 0\n"
    /* 18 */ "      end, because = [[why]] },\n"
    /* 19 */ "    [2] = foo(1, { deep = { x = 5 } }),\n"
    /* 20 */ "  }, last = 9 }\n";

static const struct {
    const char *path;
    unsigned line, column, span; /* of the name */
    unsigned value_line, value_column, value_span;
} places[] = {
    {"", 4, 8, 9, 4, 8, 9},
    {"title", 5, 3, 5, 5, 11, 6},
    {"data", 5, 19, 8, 5, 30, 10},
    {"[\"두 줄\"]", 5, 42, 7, 5, 52, 1},
    {"params", 6, 3, 6, 6, 12, 1},
    {"params.cut", 7, 5, 3, 7, 11, 27},
    {"params.cut[1]", 7, 13, 2, 7, 13, 2},
    {"params.cut.min", 7, 29, 3, 7, 35, 1},
    {"rate[1]", 10, 5, 73, 10, 5, 73},
    {"rate[1].when", 10, 7, 4, 10, 14, 43},
    {"rate[1].when[\"목표\"]", 10, 16, 6, 10, 25, 15},
    {"rate[1].when[\"목표\"][2]", 10, 35, 3, 10, 35, 3},
    {"rate[1].when.project", 10, 42, 7, 10, 52, 3},
    {"rate[1][1]", 10, 59, 17, 10, 59, 17},
    {"rate[2][1]", 11, 7, 5, 11, 7, 5},
    {"special[1].rate", 15, 7, 4, 15, 14, 11},
    {"special[1].because", 18, 12, 7, 18, 22, 7},
    {"special[2].deep.x", 19, 29, 1, 19, 33, 1},
    {"last", 20, 6, 4, 20, 13, 1},
};

static void check_place(const char *path, Place place, unsigned line, unsigned column, unsigned span) {
    if (place.line == line && place.column == column && place.span == span) return;
    fail_msg("%s: found %u:%u span %u, expected %u:%u span %u", path, place.line, place.column, place.span,
             line, column, span);
}

static void finds_places(void **state) {
    (void)state;
    Source *source = source_new(STR(FILE_NAME), str_of(text));
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        Place name, value;
        if (!source_find(source, str_of(places[i].path), &name, &value))
            fail_msg("%s: not found", places[i].path);
        check_place(places[i].path, name, places[i].line, places[i].column, places[i].span);
        check_place(places[i].path, value, places[i].value_line, places[i].value_column,
                    places[i].value_span);
        assert_true(str_is(name.file, FILE_NAME));
    }
    source_free(source);
}

static void gives_the_source_line(void **state) {
    (void)state;
    Source *source = source_new(STR(FILE_NAME), str_of(text));
    Place name, value;
    source_find(source, STR("rate"), &name, &value);
    assert_true(str_is(name.source, "  rate = {"));
    Place line = source_line(source, 13);
    assert_true(str_is(line.source, "  },"));
    assert_int_equal(line.span, 4);
    assert_int_equal(source_line(source, 99).line, 0);
    source_free(source);
}

static void falls_back_to_the_enclosing_entry(void **state) {
    static const struct {
        const char *path;
        unsigned line, column;
    } cases[] = {
        {"rate[1].wehn.x", 10, 5}, {"rate[7]", 9, 3}, {"nothing", 4, 8}, {"special[1].rate.x", 15, 7}};
    (void)state;
    Source *source = source_new(STR(FILE_NAME), str_of(text));
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Place name, value;
        assert_false(source_find(source, str_of(cases[i].path), &name, &value));
        if (name.line != cases[i].line || name.column != cases[i].column)
            fail_msg("%s: found %u:%u", cases[i].path, name.line, name.column);
    }
    source_free(source);
}

static void finds_entries_of_odd_texts(void **state) {
    static const struct {
        const char *text, *path;
        unsigned line, column; /* 0: not in the text */
    } cases[] = {
        {"return {a={b=1}}", "a.b", 1, 12},
        {"return ruleset({a={b=1}})", "a.b", 1, 20},
        {"return a.b.c({x=1})", "x", 1, 15},
        {"return {1,2,{3}}", "[3][1]", 1, 14},
        {"return {x=1,x=2}", "x", 1, 13},
        {"return {x={y=1},x={z=2}}", "x.y", 0, 0},
        {"return {['\\x41\\66\\u{43}\\z  \\\n d']=1}", "[\"ABC\n d\"]", 0, 0},
        {"return {['\\x41\\66\\u{43}\\z  d']=1}", "ABCd", 1, 9},
        {"return {[ [=[n]=] ]=1}", "n", 1, 9},
        {"return {[1+1]=1, [k]={q=1}, 5}", "[1]", 1, 29},
        {"return {a==b, c=1}", "c", 1, 15},
        {"return {f=function() return {1,2} end, c=1}", "c", 1, 40},
        {"return {f=function() if a then b() elseif c then d() else e() end end, c=1}", "c", 1, 72},
        {"do return {c=2} end return {c=1}", "c", 1, 29},
        {"local t = {c=1}\nreturn t", "c", 0, 0},
        {"return {a=1--[[\n]],b=2}", "b", 2, 4},
        {"return {a=1,\n\rb=2}", "b", 2, 1},
        {"return {\"x\\\"}\", b=2}", "b", 1, 17},
        {"return {('x'), b=2}", "b", 1, 16},
        {"return {x[1], y{1}.z, b=2}", "b", 1, 23},
        {"return {a=0x1p+3, b=1e-5, c=.5, d=3..4}", "d", 1, 33},
        {"return {a=1", "a", 1, 9},
        {"return {a=1)}]end,b=2", "b", 0, 0},
        {"return {'abc", "[1]", 1, 9},
        {"return", "a", 0, 0},
        {"}}} end return {a=1}", "a", 1, 17},
        {"return {\xff\xfe=1, b=2}", "b", 1, 15},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Place name, value;
        Source *source = source_new(STR(FILE_NAME), str_of(cases[i].text));
        bool found = source_find(source, str_of(cases[i].path), &name, &value);
        if (found != (cases[i].line != 0)) fail_msg("%s: %s", cases[i].text, found ? "found" : "not found");
        if (found) check_place(cases[i].text, name, cases[i].line, cases[i].column, name.span);
        source_free(source);
    }
}

static void gives_texts(void **state) {
    static const struct {
        const char *text, *path, *found; /* NULL: none */
    } cases[] = {
        {text, "title", "현황 }"},
        {text, "data", "a'b.csv"},
        {text, "[\"두 줄\"]", NULL},
        {text, "rate[1].when.project", "x"},
        {text, "rate[1].when[\"목표\"][2]", "나"},
        {text, "special[1].because", NULL}, /* in long brackets */
        {text, "special[1].rate", NULL},
        {text, "nothing", NULL},
        {"return {data='a'..x}", "data", NULL},
        {"return {data='a'\n..x}", "data", NULL},
        {"return {data=('a')}", "data", NULL},
        {"return {data=f'a'}", "data", NULL},
        {"return {data='', b=1}", "data", ""},
        {"return {data='a', data='b'}", "data", "b"},
        {"return {data='a\\z\n b'}", "data", NULL}, /* two lines */
        {"return {data='a", "data", NULL},
        {"return {data=", "data", NULL},
        {"return 'a'", "", "a"},
        {"local t = {data='a'} return t", "data", NULL},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Arena arena = {0};
        Source *source = source_new(STR(FILE_NAME), str_of(cases[i].text));
        Str found = source_text(source, str_of(cases[i].path), &arena);
        bool same = cases[i].found ? found.data && str_is(found, cases[i].found) : !found.data;
        if (!same) fail_msg("case %zu, %s", i, cases[i].path);
        source_free(source);
        arena_release(&arena);
    }
}

static void a_text_without_return_has_only_its_file(void **state) {
    (void)state;
    Source *source = source_new(STR(FILE_NAME), STR("local a = {}"));
    Place name, value;
    assert_false(source_find(source, STR(""), &name, &value));
    assert_int_equal(name.line, 0);
    assert_true(str_is(value.file, FILE_NAME));
    source_free(source);
}

static void annotates_a_tree(void **state) {
    (void)state;
    Arena arena = {0};
    Tree *tree = tree_new(&arena, TREE_TABLE), *rate = tree_new(&arena, TREE_TABLE);
    Tree *second = tree_new(&arena, TREE_TABLE), *product = tree_new(&arena, TREE_EXPR);
    tree_add(&arena, product, (Str){"", 0}, tree_number(&arena, decimal_of(1)));
    tree_add(&arena, second, (Str){"", 0}, product);
    tree_add(&arena, second, STR("built"), tree_new(&arena, TREE_NIL));
    tree_add(&arena, rate, (Str){"", 0}, tree_new(&arena, TREE_NIL));
    tree_add(&arena, rate, (Str){"", 0}, second);
    tree_add(&arena, tree, STR("rate"), rate);
    Source *source = source_new(STR(FILE_NAME), str_of(text));
    source_annotate(source, tree);
    check_place("", tree->place, 4, 8, 9);
    check_place("rate", tree->items[0].place, 9, 3, 4);
    check_place("rate[2]", rate->items[1].place, 11, 5, 7);
    check_place("rate[2][1]", product->place, 11, 7, 5);
    check_place("rate[2][1], operand", product->items[0].value->place, 11, 7, 5);
    check_place("rate[2].built", second->items[1].place, 11, 5, 7);
    source_free(source);
    arena_release(&arena);
}

static void spells_paths(void **state) {
    static const struct {
        const char *name, *step;
    } cases[] = {{"at_most", "x.at_most"},      {"end", "x.end"},      {"목표", "x[\"목표\"]"},
                 {"2a", "x[\"2a\"]"},           {"a b", "x[\"a b\"]"}, {"", "x[\"\"]"},
                 {"q\"\\", "x[\"q\\\"\\\\\"]"}, {"--", "x[\"--\"]"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Buffer path = {0};
        source_path_name(&path, STR("x"));
        source_path_name(&path, str_of(cases[i].name));
        assert_string_equal(buffer_text(&path), cases[i].step);
        buffer_release(&path);
    }
    Buffer path = {0};
    source_path_position(&path, 12);
    assert_string_equal(buffer_text(&path), "[12]");
    buffer_release(&path);
}

static Buffer repeated(const char *before, const char *part, size_t count, const char *behind) {
    Buffer out = {0};
    buffer_add(&out, str_of(before));
    for (size_t i = 0; i < count; i++) buffer_add(&out, str_of(part));
    buffer_add(&out, str_of(behind));
    return out;
}

/* Each takes minutes when time is quadratic in the size. */
static void takes_linear_time(void **state) {
    static const struct {
        const char *before, *part, *behind;
    } cases[] = {{"return {", "{", ""},           {"return {", "x(", ""},  {"return {", "a={},", "}"},
                 {"return {[==[", "]=", "]==]}"}, {"", "[=", ""},          {"return {", "x\n=", ""},
                 {"return {", "[[a]", ""},        {"return {", "--[", ""}, {"return {", "'\\z ", ""}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Buffer built = repeated(cases[i].before, cases[i].part, 200000, cases[i].behind);
        Place name, value;
        Source *source = source_new(STR(FILE_NAME), buffer_view(&built));
        source_find(source, STR("a[1].b"), &name, &value);
        source_free(source);
        buffer_release(&built);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_places),
        cmocka_unit_test(gives_the_source_line),
        cmocka_unit_test(falls_back_to_the_enclosing_entry),
        cmocka_unit_test(finds_entries_of_odd_texts),
        cmocka_unit_test(gives_texts),
        cmocka_unit_test(a_text_without_return_has_only_its_file),
        cmocka_unit_test(annotates_a_tree),
        cmocka_unit_test(spells_paths),
        cmocka_unit_test(takes_linear_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
