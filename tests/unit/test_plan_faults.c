#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "plancheck.h"

#define ROLLUPS                                                                                              \
    "mean, min, max, median, weighted_mean(\"column\"), weighted_mean { … }, "                             \
    "pooled, trimmed(share), count_share { … }, function(children)"
#define SELECTORS "a selector: a table of columns, when(…):at_most(…), all, any, no or a function"

static const struct {
    const char *changes, *faults;
} cases[] = {
    {"", ""},
    /* keys of the whole: unknown ones, with the nearest; missing ones; wrong kinds */
    {"verdicts = {}", "1 unknown-key: verdicts <did you mean verdict?>\n"},
    {"title = nil, titel = 't'", "1 unknown-key: titel <did you mean title?>\n1 missing-key: title\n"},
    {"base = 2018", "1 wrong-type: base | text in quotes | number\n"},
    {"title = nil, data = nil, rate = nil, rounding = nil, project = nil, verdict = nil, params = nil",
     "1 missing-key: title\n1 missing-key: data\n1 missing-key: rate\n1 missing-key: rounding\n"
     "1 missing-key: project\n1 missing-key: verdict\n"},
    {"title = 2019,\ndata = {},\nnarrative = true,\npublished = mean,\nreport = fn1",
     "2 wrong-type: data | text in quotes | table\n3 wrong-type: narrative | text in quotes | true/false\n"
     "4 wrong-type: published | text in quotes | choice\n5 wrong-type: report | text in quotes | function\n"
     "1 wrong-type: title | text in quotes | number\n"},
    {"rounding = 0,\nproject = 'mean',\nverdict = 'x',\nspecial = fn1,\nrate = 'x',\nparams = 1,"
     "\ntitle = field.actual",
     "6 wrong-type: params | a table { … } | number\n2 wrong-type: project | a table { … } | text\n"
     "5 wrong-type: rate | a number or a table { … } or a formula or a function | text\n"
     "1 wrong-type: rounding | a table { … } | number\n4 wrong-type: special | a table { … } | function\n"
     "7 wrong-type: title | text in quotes | formula\n3 wrong-type: verdict | a table { … } | text\n"},
    /* params */
    {"params = { cut = 80 }", ""},
    {"params = { cut = { 80, unit = '%', min = 80, max = 80, source = 's' } }", ""},
    {"params = { cut = { 80, mim = 0 } }", "1 unknown-key: params.cut.mim <did you mean min?>\n"},
    {"params = { cut = { 80, 90 } }",
     "1 unknown-key: params.cut[2] <a value without a name is left over; a number has no commas (1000)>\n"},
    {"params = { cut = { unit = '%' } }", "1 missing-key: params.cut[1]\n"},
    {"params = { cut = { '80' } }",
     "1 wrong-type: params.cut[1] | a number | text <write 80 without quotes>\n"},
    {"params = { cut = '80' }",
     "1 wrong-type: params.cut | a number or a table { … } | text <write 80 without quotes>\n"},
    {"params = { cut = { 80, min = '0', max = field.actual, unit = 1 } }",
     "1 wrong-type: params.cut.max | a number | formula\n1 wrong-type: params.cut.min | a number | text <write 0 without quotes>\n"
     "1 wrong-type: params.cut.unit | text in quotes | number\n"},
    {"params = { 80, cut = 80 }", "1 unknown-key: params[1]\n"},
    {"params = { cut = { 201, min = 0, max = 200 } }", "1 param-range: cut | 201 | 0 | 200\n"},
    {"params = { cut = { -0.5, min = 0 } }", "1 param-range: cut | -0.5 | 0 | \n"},
    {"params = { cutt = 80 }", "1 unknown-param: cut <did you mean cutt?>\n"},
    {"rate = field.actual / param.cutt", "1 unknown-param: cutt <did you mean cut?>\n"},
    /* rate */
    {"rate = field.actual", ""},
    {"rate = 100", ""},
    {"rate = fn1", ""},
    {"rate = { { 100 } }", ""},
    {"rate = {}", "1 missing-key: rate[1]\n"},
    {"rate = { field.actual }", "1 wrong-type: rate[1] | a table { … } | formula\n"},
    {"rate = { { 100 }, fallback = { 0 } }",
     "1 unknown-key: rate.fallback <each entry of a list has braces of its own: rate = { { … }, { … } }>\n"},
    {"rate = { { when = { unit = '건' } } }", "1 case-value: rate[1]\n"},
    {"rate = { { 100, exclude = true } }", "1 case-value: rate[1]\n"},
    {"rate = { { exclude = true } }", ""},
    {"rate = { { exclude = false } }", "1 wrong-type: rate[1].exclude | true | true/false\n"},
    {"rate = { { 100, because = 'x' } }",
     "1 unknown-key: rate[1].because <known here: name, when, exclude>\n"},
    {"rate = { { 1, 2 } }",
     "1 unknown-key: rate[1][2] <a value without a name is left over; a number has no commas (1000)>\n"},
    {"rate = { { wen = {}, 100 } }", "1 unknown-key: rate[1].wen <did you mean when?>\n"},
    {"rate = { { 100, when = 'lower' } }",
     "1 wrong-type: rate[1].when | a table { … } or a formula or a function | text <say which column: when = { project = \"lower\" }>\n"},
    {"rate = { { 100, when = { 'lower' } } }", "1 unknown-key: rate[1].when[1]\n"},
    {"rate = { { '100' } }",
     "1 wrong-type: rate[1][1] | a number or a formula or a function | text <write 100 without quotes>\n"},
    {"rate = { { 100,\nwhen = { target = { at_most = 5,\nbelow = 6 } } } }",
     "3 two-bounds: rate[1].when.target | at_most | below\n"},
    {"rate = { { 100, when = { target = { at_mots = 5 } } } }",
     "1 unknown-key: rate[1].when.target.at_mots <did you mean at_most?>\n"},
    {"rate = { { 100, when = { target = { at_most = field.actual } } } }",
     "1 wrong-type: rate[1].when.target.at_most | a number or param.NAME | a formula\n"},
    {"rate = { { 100, when = { target = param.cut, unit = { 'a', 'b' }, actual = { 1, 2.5 } } } }", ""},
    {"rate = { { 100, when = { unit = { 'a',\n5 } } } }",
     "2 wrong-type: rate[1].when.unit[2] | text in quotes | number\n"},
    {"rate = { { 100, when = { unit = { 5, 'a' } } } }",
     "1 wrong-type: rate[1].when.unit[2] | a number | text\n"},
    {"rate = { { 100, when = { unit = true } } }",
     "1 wrong-type: rate[1].when.unit | text in quotes or a number or a table { … } or a formula | true/false\n"},
    {"rate = { { 100, when = { unit = {} } } }", "1 missing-key: rate[1].when.unit[1]\n"},
    {"rate = { { 100, when = { target = { at_least = 10, at_most = 5 } } } }",
     "1 band-inverted: rate[1].when.target\n"},
    {"rate = { { 100, when = { target = { above = 5, at_most = 5 } } } }",
     "1 band-inverted: rate[1].when.target\n"},
    {"rate = { { 100, when = { target = { at_least = 5, at_most = 5.0 } } } }", ""},
    {"rate = { { 100, when = { target = param.cot } } }", "1 unknown-param: cot <did you mean cut?>\n"},
    {"rate = { { field.unit } }", "1 text-field: unit\n"},
    /* rounding */
    {"rounding = { digits = 12, mode = 'floor' }", ""},
    {"rounding = { digits = 1 }", "1 missing-key: rounding.mode\n"},
    {"rounding = { digit = 1, mode = 'up' }",
     "1 unknown-key: rounding.digit <did you mean digits?>\n1 missing-key: rounding.digits\n"},
    {"rounding = { digits = 13, mode = 'half_upp' }",
     "1 bad-choice: rounding.mode | half_upp | half_up, half_even, half_down, up, down, ceiling, floor\n"
     "1 bad-choice: rounding.digits | 13 | 0, 1, 2, … 12\n"},
    {"rounding = { digits = -1, mode = 'up' }", "1 bad-choice: rounding.digits | -1 | 0, 1, 2, … 12\n"},
    {"rounding = { digits = 0.5, mode = 'up' }", "1 bad-choice: rounding.digits | 0.5 | 0, 1, 2, … 12\n"},
    {"rounding = { digits = 1, mode = mean }", "1 wrong-type: rounding.mode | text in quotes | choice\n"},
    /* project */
    {"project = { rate = median }", ""},
    {"project = {}", "1 missing-key: project.rate\n"},
    {"project = { rate = 'mean' }",
     "1 wrong-type: project.rate | a formula or a function or a word such as mean | text <write mean without quotes>\n"},
    {"project = { rate = average }", "1 bad-choice: project.rate | average | " ROLLUPS "\n"},
    {"project = { rate = trimmed }", "1 bad-choice: project.rate | trimmed | " ROLLUPS "\n"},
    {"project = { rate = trimmed(0) }", ""},
    {"project = { rate = trimmed(0.5) }", "1 bad-choice: project.rate | trimmed | " ROLLUPS "\n"},
    {"project = { rate = field.actual }", "1 bad-choice: project.rate | field | " ROLLUPS "\n"},
    {"project = { rate = pooled, missing = 'zero' }", ""},
    {"project = { rate = mean, missing = 'none' }",
     "1 bad-choice: project.missing | none | leave_out, zero, missing\n"},
    {"project = { rate = weighted_mean('weight'), weights = 100 }", ""},
    {"project = { rate = weighted_mean('가중치'), weights = 'normalised' }", ""},
    {"project = { rate = weighted_mean('weight') }", "1 missing-key: project.weights\n"},
    {"project = { rate = weighted_mean('weight'), weights = 'some' }",
     "1 bad-choice: project.weights | some | \"normalised\", 100\n"},
    {"project = { rate = weighted_mean('unit'), weights = 100 }", "1 text-field: unit\n"},
    /* department, bureau: of what they are made has no weights, targets and actuals */
    {"department = { rate = trimmed(0.1), missing = 'missing' }, bureau = { rate = median }", ""},
    {"department = { rate = pooled }", "1 bad-choice: department.rate | pooled | " ROLLUPS "\n"},
    {"department = { rate = mean }, bureau = { rate = weighted_mean('weight'), weights = 100 }",
     "1 bad-choice: bureau.rate | weighted_mean | " ROLLUPS "\n"},
    /* conditions */
    {"rate = { { 100, when = when(field.actual):at_most(80) } }", ""},
    {"rate = { { 100, when = all({ unit = 'a' }, no(fn1), any(when(1):missing(), {})) } }", ""},
    {"rate = { { 100, when = field.actual } }", "1 wrong-type: rate[1].when | " SELECTORS " | formula\n"},
    {"rate = { { 100, when = all({ unit = 'a' }, 5) } }",
     "1 wrong-type: rate[1].when[2] | " SELECTORS " | number\n"},
    {"rate = { { 100, when = no({ unit = 'a' }, { unit = 'b' }) } }", "1 formula-operand: no\n"},
    {"rate = when(field.actual):at_most(80)", "1 formula-operand: at_most\n"},
    {"rate = choose(all({ unit = 'a' }), 1, 2)", "1 formula-operand: ?\n"},
    /* verdict */
    {"verdict = { { 'a', key = 'a' } }", ""},
    {"verdict = {}", "1 missing-key: verdict[1]\n"},
    {"verdict = { sluggish = { 'a', key = 'a' } }",
     "1 unknown-key: verdict.sluggish <each entry of a list has braces of its own: verdict = { { … }, { … } }>\n"},
    {"verdict = { 'a' }", "1 wrong-type: verdict[1] | a table { … } | text\n"},
    {"verdict = { { 'a', key = 'a', at_mots = 80 } }",
     "1 unknown-key: verdict[1].at_mots <did you mean at_most?>\n"},
    {"verdict = { { key = 'a' } }",
     "1 missing-key: verdict[1][1] <the name that is printed stands first, by itself: { \"부진\", key = … }>\n"},
    {"verdict = { { 'a' } }",
     "1 missing-key: verdict[1].key <write an English name for counting: key = \"watch\">\n"},
    {"verdict = { { 5, key = 5 } }",
     "1 wrong-type: verdict[1][1] | text in quotes | number\n1 wrong-type: verdict[1].key | text in quotes | number\n"},
    {"verdict = { { 'a', key = 'a', at_most = '80' }, { 'b', key = 'b' } }",
     "1 wrong-type: verdict[1].at_most | a number or a formula | text <write 80 without quotes>\n"},
    {"verdict = { { 'a', key = 'a', at_most = param.cut * 2 }, { 'b', key = 'b' } }",
     "1 wrong-type: verdict[1].at_most | a number or param.NAME | a formula\n"},
    {"verdict = { { 'a', key = 'a', at_most = 80,\nbelow = 70 }, { 'b', key = 'b' } }",
     "2 two-bounds: verdict[1] | at_most | below\n"},
    {"verdict = { { 'a', key = 'a', at_least = 80, above = 70 }, { 'b', key = 'b' } }",
     "1 two-bounds: verdict[1] | at_least | above\n"},
    {"verdict = { { 'a', key = 'a', at_most = 80 },\n{ 'b', key = 'a' } }",
     "2 duplicate-band: verdict[2] | a\n"},
    {"verdict = { { 'a', key = '부진' } }",
     "1 bad-key: verdict[1] | 부진 <write an English name such as sluggish or normal; the first text of the entry is printed>\n"},
    {"verdict = { { 'a', key = 'A' } }",
     "1 bad-key: verdict[1] | A <small letters, digits and _, beginning with a letter>\n"},
    {"verdict = { { 'a', key = '' } }",
     "1 bad-key: verdict[1] |  <small letters, digits and _, beginning with a letter>\n"},
    {"verdict = { { 'a', key = '1a' } }",
     "1 bad-key: verdict[1] | 1a <small letters, digits and _, beginning with a letter>\n"},
    {"verdict = { { 'a', key = 'a_1' } }", ""},
    {"verdict = { { 'a', key = 'total', at_most = 1 }, { 'b', key = 'none' } }",
     "1 bad-key: verdict[1] | total\n1 bad-key: verdict[2] | none\n"},
    {"verdict = { { 'a', key = 'percent_a', at_most = 1 }, { 'b', key = 'bureau', at_most = 2 },"
     "{ 'c', key = 'department', at_most = 3 }, { 'd', key = 'project', at_most = 4 }, { 'e', key = 'percent' } }",
     "1 bad-key: verdict[1] | percent_a\n1 bad-key: verdict[2] | bureau\n1 bad-key: verdict[3] | department\n"
     "1 bad-key: verdict[4] | project\n"},
    /* keys that stand beside the counts in perfeval.result/1 */
    {"verdict = { { 'a', key = 'projects', at_most = 1 }, { 'b', key = 'departments', at_most = 2 },"
     "{ 'c', key = 'name', at_most = 3 }, { 'd', key = 'indicators' } }",
     "1 bad-key: verdict[1] | projects\n1 bad-key: verdict[2] | departments\n1 bad-key: verdict[3] | name\n"
     "1 bad-key: verdict[4] | indicators\n"},
    {"verdict = { { 'a', key = 'abcdefghijklmnopqrstuvwxyz_123456' } }",
     "1 bad-key: verdict[1] | abcdefghijklmnopqrstuvwxyz_123456\n"},
    /* special */
    {"special = {}", ""},
    {"special = { { when = { unit = '건' }, because = 'x', rate = 100 } }", ""},
    {"special = { { when = { unit = '건' }, because = 'x', exclude = true } }", ""},
    {"special = { { when = fn1, because = 'x', rate = fn2 } }", ""},
    {"special = { { when = { unit = '건' }, rate = 100 } }",
     "1 missing-key: special[1].because <write the reason: because = \"…\">\n"},
    {"special = { { when = { unit = '건' }, because = ' ', rate = 100 } }",
     "1 missing-key: special[1].because <write the reason: because = \"…\">\n"},
    {"special = { { because = 'x', rate = 100 } }",
     "1 missing-key: special[1].when <say which rows: when = { project = \"…\" }>\n"},
    {"special = { { when = {}, because = 'x' } }", "1 special-value: special[1] | 0\n"},
    {"special = { { when = {}, because = 'x', rate = 1, exclude = true } }",
     "1 special-value: special[1] | 2\n"},
    {"special = { { when = {}, because = 'x', 100 } }",
     "1 unknown-key: special[1][1] <a value without a name is left over; a number has no commas (1000)>\n1 special-value: special[1] | 0\n"},
    {"special = { { when = {}, becuase = 'x', rate = 1 } }",
     "1 unknown-key: special[1].becuase <did you mean because?>\n1 missing-key: special[1].because <write the reason: because = \"…\">\n"},
    {"special = { { when = {}, because = 'x', points = 3 }, { when = {}, because = 'x', points = -param.cut } }",
     "1 wrong-type: special[2].points | a number or param.NAME | a formula\n"},
    {"special = { { when = {}, because = 'x', points = param.cut }, { when = {}, because = 'x', points = -0.5 } }",
     ""},
    {"special = { { when = {}, because = 'x', points = '3' } }",
     "1 wrong-type: special[1].points | a number or a formula | text <write 3 without quotes>\n"},
    {"special = { { when = {}, because = 'x', points = 1, verdict = 'normal' } }",
     "1 special-value: special[1] | 2\n"},
    {"special = { { when = {}, because = 'x', verdict = 'normal' } }", ""},
    {"special = { { when = {}, because = 'x', verdict = 'norm' } }",
     "1 bad-choice: special[1].verdict | norm | sluggish, normal\n"},
#define SHARES(a, b, rest) "verdict = { { 'a', key = 'a', " a " }, { 'b', key = 'b', " b " }, " rest " }"
    {SHARES("share = 33.3", "share = 66.7", "ties = 'better'"), ""},
    {SHARES("share = param.cut", "share = 20", "ties = 'worse'"), ""},
    {SHARES("share = 33.3", "share = 66.6", "ties = 'worse'"), "1 share-sum: verdict | 99.9\n"},
    {SHARES("share = 30", "share = 70", ""), "1 missing-key: verdict.ties\n"},
    {SHARES("share = 30", "share = 70", "ties = 'best'"),
     "1 bad-choice: verdict.ties | best | better, worse\n"},
    {SHARES("share = 30", "share = 70", "ties = 5"),
     "1 wrong-type: verdict.ties | text in quotes | number\n"},
    {SHARES("share = 30", "at_most = 70", "ties = 'worse'"), "1 missing-key: verdict[2].share\n"},
    {SHARES("at_most = 80", "above = 80", "ties = 'worse'"),
     "1 missing-key: verdict[1].share\n1 missing-key: verdict[2].share\n"},
    {SHARES("share = 30, at_most = 5", "share = 70, any_indicator = { below = 5 }", "ties = 'worse'"),
     "1 share-range: verdict[1]\n1 share-range: verdict[2]\n"},
    {SHARES("share = 0", "share = 100", "ties = 'worse'"),
     "1 bad-choice: verdict[1].share | 0 | 0 < share <= 100\n"},
    {SHARES("share = -1", "share = 101", "ties = 'worse'"),
     "1 bad-choice: verdict[1].share | -1 | 0 < share <= 100\n"
     "1 bad-choice: verdict[2].share | 101 | 0 < share <= 100\n"},
    {SHARES("share = 30", "share = 70", "ties = 'worse', tie = 1"),
     "1 unknown-key: verdict.tie <each entry of a list has braces of its own: verdict = { { … }, { … } }>\n"},
    {"verdict = { ties = 'worse' }", "1 missing-key: verdict[1]\n"},
    /* verdicts of departments and bureaus */
    {"department = { rate = mean, verdict = { { 'a', key = 'a', at_most = 5 }, { 'b', key = 'b', above = 6 } } }",
     "1 band-gap: 5 < rate <= 6\n"},
    {"bureau = { from = 'projects', rate = mean, verdict = { { 'a', key = 'sluggish', share = 100 } } }",
     "1 missing-key: bureau.verdict.ties\n"},
    {"bureau = { from = 'projects', rate = mean, verdict = { { 'a', key = 'a', any_indicator = { below = 5 } } } }",
     "1 unknown-key: bureau.verdict[1].any_indicator <known here: key, at_most, below, at_least, above, share, improved>\n"},
    {"bureau = { from = 'projects', rate = mean, verdict = {} }", "1 missing-key: bureau.verdict[1]\n"},
    {"bureau = { from = 'projects', rate = mean, verdict = { { 'a', key = 'a' }, { 'b', key = 'a' } } }",
     "1 duplicate-band: bureau.verdict[2] | a\n"},
    {"project = { rate = mean, verdict = { { 'a', key = 'a' } } }",
     "1 unknown-key: project.verdict <known here: rate, missing, weights>\n"},
    {"verdict = { { 'a', key = 'verdict' } }", "1 bad-key: verdict[1] | verdict\n"},
    /* verdicts of indicators, and last year */
    {"indicator = { verdict = { { 'a', key = 'a', at_most = 5 }, { 'b', key = 'b', above = 6 } } }",
     "1 band-gap: 5 < rate <= 6\n"},
    {"indicator = { verdict = { { 'a', key = 'a', any_indicator = { below = 5 } } } }",
     "1 unknown-key: indicator.verdict[1].any_indicator <known here: key, at_most, below, at_least, above, share, improved>\n"},
    {"indicator = {}", "1 missing-key: indicator.verdict\n"},
    {"indicator = { rate = mean, verdict = { { 'a', key = 'a' } } }",
     "1 unknown-key: indicator.rate <known here: verdict>\n"},
    {"indicator = { verdict = {} }", "1 missing-key: indicator.verdict[1]\n"},
    {"indicator = 5", "1 wrong-type: indicator | a table { … } | number\n"},
    {"indicator = { verdict = { { 'a', key = 'a' } } }, special = { { when = {}, because = 'x', indicator_verdict = 'b' } }",
     "1 bad-choice: special[1].indicator_verdict | b | a\n"},
    {"special = { { when = {}, because = 'x', indicator_verdict = 'b' } }",
     "1 missing-key: indicator.verdict\n"},
    {"special = { { when = {}, because = 'x', verdict = 'normal', indicator_verdict = 'b' } }",
     "1 special-value: special[1] | 2\n"},
    {"last_year = { rate = field.previous_rate }", ""},
    {"last_year = { rate = { { when = {}, field.previous_rate } } }", ""},
    {"last_year = {}", "1 missing-key: last_year.rate\n"},
    {"last_year = { rate = {} }", "1 missing-key: last_year.rate[1]\n"},
    {"last_year = { rate = { { wen = {}, 5 } } }",
     "1 unknown-key: last_year.rate[1].wen <did you mean when?>\n"},
    {"last_year = { rate = param.cot }", "1 unknown-param: cot <did you mean cut?>\n"},
    {"last_year = { rtae = 5 }",
     "1 unknown-key: last_year.rtae <did you mean rate?>\n1 missing-key: last_year.rate\n"},
#define IMPROVED(a, b)                                                                                       \
    "last_year = { rate = field.previous_rate }, verdict = { { 'a', key = 'a', " a                           \
    " }, { 'b', key = 'b', " b " } }"
    {"verdict = { { 'a', key = 'a', improved = true }, { 'b', key = 'b' } }",
     "1 no-last-year: verdict[1].improved\n"},
    {IMPROVED("improved = true", ""), ""},
    {IMPROVED("improved = true, at_least = 50", "improved = true"), "1 band-gap: rate\n"},
    {IMPROVED("at_most = 80", "above = 80, improved = true"), "1 band-gap: 80 < rate\n"},
    {IMPROVED("improved = true, at_least = 50", "at_least = 50"), "1 band-gap: rate < 50\n"},
    {IMPROVED("", "improved = true"), "1 band-unreachable: verdict[2]" TAKEN("1") "\n"},
    {IMPROVED("at_least = 5, improved = true, below = 5", ""), "1 band-inverted: verdict[1]\n"},
    {IMPROVED("at_least = 90, improved = { at_least = 70 }", ""), ""},
    {IMPROVED("at_least = 90, improved = { above = 9, below = 9 }", ""),
     "1 band-inverted: verdict[1].improved\n"},
    {IMPROVED("at_least = 90, improved = {}", ""), "1 missing-key: verdict[1].improved.below\n"},
    {IMPROVED("at_least = 90, improved = { at_leats = 5 }", ""),
     "1 unknown-key: verdict[1].improved.at_leats <did you mean at_least?>\n"},
    {IMPROVED("improved = 5", ""), "1 wrong-type: verdict[1].improved | a table { … } or true | number\n"},
    {IMPROVED("share = 30, improved = true", "share = 70, improved = { above = 1 }"),
     "1 share-range: verdict[1]\n1 share-range: verdict[2]\n1 missing-key: verdict.ties\n"},
    {"last_year = { rate = 5 }, verdict = { { 'a', key = 'a', at_least = 80 }, { 'b', key = 'b', at_least = 90, "
     "improved = { at_least = 70 } }, { 'c', key = 'c' } }",
     ""}, /* reachable by those that improved only */
    {"last_year = { rate = 5 }, verdict = { { 'a', key = 'a', at_least = 80 }, { 'b', key = 'b', at_least = 90, "
     "improved = { at_least = 85 } }, { 'c', key = 'c' } }",
     "1 band-unreachable: verdict[2]" TAKEN("1") "\n"},
    {"verdict = { { 'a', key = 'trend' } }", "1 bad-key: verdict[1] | trend\n"},
    /* several faults: all of them, each once */
    {"titel = 'x',\nrate = { { 100, wen = {} } },\nrounding = { digits = 0, mode = 'halfup' },\n"
     "verdict = { { '부진', key = 'sluggish', at_mots = param.cut }, { 'x', key = 'normal' } },\n"
     "special = { { when = { unit = '건' }, rate = 1 } }",
     "1 unknown-key: titel <did you mean title?>\n2 unknown-key: rate[1].wen <did you mean when?>\n"
     "3 bad-choice: rounding.mode | halfup | half_up, half_even, half_down, up, down, ceiling, floor\n"
     "4 unknown-key: verdict[1].at_mots <did you mean at_most?>\n5 missing-key: special[1].because <write the reason: because = \"…\">\n"},
    /* several in one table */
    {"rate = { {\n100,\nwen = {},\nwhen = { unit = { 'a',\n5 },\ntarget = { at_mots = 5 } },\nexclude = true } }",
     "3 unknown-key: rate[1].wen <did you mean when?>\n"
     "6 unknown-key: rate[1].when.target.at_mots <did you mean at_most?>\n"
     "5 wrong-type: rate[1].when.unit[2] | text in quotes | number\n1 case-value: rate[1]\n"},
    {"verdict = { { 'a',\nkee = 'x',\nkey = 'A',\nat_most = 1,\nbelow = 2 }, { 'b', key = 'b' } }",
     "2 unknown-key: verdict[1].kee <did you mean key?>\n5 two-bounds: verdict[1] | at_most | below\n"
     "3 bad-key: verdict[1] | A <small letters, digits and _, beginning with a letter>\n"},
    {"rounding = { digits = 99,\nmode = 'x',\nplaces = 1 }",
     "3 unknown-key: rounding.places <known here: digits, mode>\n"
     "2 bad-choice: rounding.mode | x | half_up, half_even, half_down, up, down, ceiling, floor\n"
     "1 bad-choice: rounding.digits | 99 | 0, 1, 2, … 12\n"},
    {"special = { { when = { unit = 1, target = { at_mots = 1 } }, rate = param.cot, bicause = 'x' } }",
     "1 unknown-key: special[1].bicause <did you mean because?>\n1 missing-key: special[1].because <write the reason: because = \"…\">\n"
     "1 unknown-key: special[1].when.target.at_mots <did you mean at_most?>\n"
     "1 unknown-param: cot <did you mean cut?>\n"},
    {"params = { cut = { 300, max = 200, mxa = 1 } }",
     "1 unknown-key: params.cut.mxa <did you mean max?>\n1 param-range: cut | 300 |  | 200\n"},
    /* a parameter that is wrong is one fault, not one more wherever it is used */
    {"params = { lo = { '50' }, hi = '60' }, verdict = { { 'a', key = 'a', at_most = param.hi },"
     "{ 'b', key = 'b', above = param.hi, at_most = param.lo }, { 'c', key = 'c', above = param.lo } }",
     "1 wrong-type: params.hi | a number or a table { … } | text <write 60 without quotes>\n1 wrong-type: params.lo[1] | a number | text <write 50 without quotes>\n"},
};

static void test_cases(void **state) {
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++)
        check_plan(cases[i].changes, NULL, 0, cases[i].faults, cases[i].faults[0] ? EXIT_RULES : EXIT_DONE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
