/* Odd and bad data files, one oddity each, and what becomes of them: read as they are, read with a warning
 * that shows both readings, refused with a place, or beyond a limit. The well-known good files of CSV
 * besides. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "faults.h"
#include "io/csv.h"
#include "model/dataset.h"
#include "model/load.h"

/* In Korean, as departments write it. */
#define HEADER "국,부서,주요사업,성과지표,단위,목표,실적\n"

typedef enum Class { ACCEPT, WARN, REJECT, LIMIT } Class;

static const char *const class_names[] = {"accept", "warn", "reject", "limit"};

typedef struct OddCase {
    Str text;
    Class class;
    const char *code; /* of the first message */
} OddCase;

/* Rows below a good header: bureau, department, project, indicator, unit, target, actual. */
static const OddCase rows[] = {
    {TEXT("a,b,c,d,건,0,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,d,건,1,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,d,건,-1,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,d,건,1.5,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,d,건,007,1\n"), WARN, "unusual-number"},
    {TEXT("a,b,c,d,건,1.,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,건,+3,1\n"), WARN, "unusual-number"},
    {TEXT("a,b,c,d,건,1e3,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,건,1E-2,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,건,9007199254740993,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,d,건,0.1,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,d,건,123456789012345678901234567890,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,d,건,\"1,234\",1\n"), WARN, "unusual-number"},
    {TEXT("a,b,c,d,건,\"1,23\",1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,건,\"12,34,567\",1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,건,1 234,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,건,△5,1\n"), WARN, "unusual-number"},
    {TEXT("a,b,c,d,건,▲5,1\n"), WARN, "unusual-number"},
    {TEXT("a,b,c,d,건,(5),1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,건,-,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,d,건,N/A,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,d,건,해당없음,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,d,건,신규,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,건,비공개,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,건,,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,d,건,\" 5 \",1\n"), ACCEPT, ""},
    {TEXT("a,b,c,d,건,5%,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,건,５,1\n"), WARN, "unusual-number"},
    {TEXT("a,b,c,d,건,½,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,건,1/2,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,건,0x10,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,건,inf,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,건,NaN,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,건,∞,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,건,--5,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,건,-+5,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,건,1..2,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,건,1.2.3,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,건,1,5,1\n"), REJECT, "cell-count"},
    {TEXT("a,b,c,d,건,=1+1,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,건,@x,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,건,5원,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,건,5건,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,건,₩5,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,건,1e400,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,건,1e-400,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,건,1e99999999999,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,건,−5,1\n"), WARN, "unusual-number"},
    {TEXT("a,b,c,d,건,–5,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,건,5-,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,건,٣,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,건,Ⅴ,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,건,1\302\240,1\n"), WARN, "unusual-number"},
    {TEXT("a,b,c,d,건,\342\200\2135,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,건,5\342\200\256,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,건,1_000,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,건,#REF!,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,건,#N/A,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,건,1st,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,건,미정,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,건,0.0,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,d,건,-0,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,d,건,  ,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,d,건,'5,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,건,1;2,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,건,٫5,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,건,1٬000,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,건,1'000,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,건,5\343\200\200,1\n"), WARN, "unusual-number"},
    {TEXT(",b,c,d,건,1,1\n"), REJECT, "blank-name"},
    {TEXT("a,b,c,,건,1,1\n"), REJECT, "blank-name"},
    {TEXT("   ,b,c,d,건,1,1\n"), REJECT, "blank-name"},
    {TEXT("a,b,c,   ,건,1,1\n"), REJECT, "blank-name"},
    {TEXT("a\342\200\256b,b,c,d,건,1,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,a\342\200\256b,건,1,1\n"), ACCEPT, ""},
    {TEXT("\"a\nb\",b,c,d,건,1,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,\"a\nb\",건,1,1\n"), ACCEPT, ""},
    {TEXT("a\\nb,b,c,d,건,1,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,a\\nb,건,1,1\n"), ACCEPT, ""},
    {TEXT("<b>x</b>,b,c,d,건,1,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,<b>x</b>,건,1,1\n"), ACCEPT, ""},
    {TEXT("=cmd|x,b,c,d,건,1,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,=cmd|x,건,1,1\n"), ACCEPT, ""},
    {TEXT("a\033[31mred,b,c,d,건,1,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,a\033[31mred,건,1,1\n"), ACCEPT, ""},
    {TEXT("a\007,b,c,d,건,1,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,a\007,건,1,1\n"), ACCEPT, ""},
    {TEXT("e\314\201,b,c,d,건,1,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,e\314\201,건,1,1\n"), ACCEPT, ""},
    {TEXT("가가,b,c,d,건,1,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,가가,건,1,1\n"), ACCEPT, ""},
    {TEXT("\"x\"\"y\",b,c,d,건,1,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,\"x\"\"y\",건,1,1\n"), ACCEPT, ""},
    {TEXT("a\177b,b,c,d,건,1,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,a\177b,건,1,1\n"), ACCEPT, ""},
    {TEXT("../../etc,b,c,d,건,1,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,../../etc,건,1,1\n"), ACCEPT, ""},
    {TEXT("a|b,b,c,d,건,1,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,a|b,건,1,1\n"), ACCEPT, ""},
    {TEXT("\357\273\277가,b,c,d,건,1,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,\357\273\277가,건,1,1\n"), ACCEPT, ""},
    {TEXT("NULL,b,c,d,건,1,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,NULL,건,1,1\n"), ACCEPT, ""},
    {TEXT("-,b,c,d,건,1,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,-,건,1,1\n"), ACCEPT, ""},
    {TEXT("a\000b,b,c,d,건,1,1\n"), REJECT, "nul-character"},
    {TEXT("a,b,c,a\000b,건,1,1\n"), REJECT, "nul-character"},
    {TEXT("a,b,c,d,건,1\n"), REJECT, "cell-count"},
    {TEXT("a,b,c,d,건,1,1,1\n"), REJECT, "cell-count"},
    {TEXT("a,b,c,d,건,1,1,\n"), REJECT, "cell-count"},
    {TEXT(",,,,,,\n"), REJECT, "blank-name"},
    {TEXT("a\n"), REJECT, "cell-count"},
    {TEXT("a,b,c,d,건,1,1\na,b,c,d,건,1,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,d,건,1,1\n\n\na,b,c,d,건,1,1\n"), ACCEPT, ""},
    {TEXT("\"a,b,c,d,건,1,1\n"), REJECT, "unclosed-quote"},
    {TEXT("a,b,c,d,\"건,1,1\na,b,c,d,건,1,1\n"), REJECT, "unclosed-quote"},
    {TEXT("a,b,c,d,건,1,1\"\n"), REJECT, "stray-quote"},
    {TEXT("a,b,c,\"d\"x,건,1,1\n"), REJECT, "text-after-quote"},
    {TEXT("a,b,\"c\"\" d\",d,건,1,1\n"), ACCEPT, ""},
    {TEXT("\"a\",\"b\",\"c\",\"d\",\"건\",\"1\",\"1\"\n"), ACCEPT, ""},
    {TEXT("a , b,c ,d,건, 1 ,1\n"), ACCEPT, ""},
    {TEXT("'a','b','c','d','건',1,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,d,건,1,1\032"), REJECT, "not-a-number"},
    {TEXT("# remark\na,b,c,d,건,1,1\n"), REJECT, "cell-count"},
    {TEXT("sep=,\na,b,c,d,건,1,1\n"), REJECT, "cell-count"},
    {TEXT("합계,,,,,2,2\n"), REJECT, "blank-name"},
    {TEXT("a,b,c\0d,d,x,1,1\n"), REJECT, "nul-character"},
    {TEXT("a,b,c,d,x,1\0,1\n"), REJECT, "nul-character"},
    {TEXT("a,b,\"\n\0\",d,x,1,1\n"), REJECT, "nul-character"},
    {TEXT("a,b,\377,d,x,1,1\n"), REJECT, "bad-utf8"},
    {TEXT("a,b,\300\257,d,x,1,1\n"), REJECT, "bad-utf8"},
    {TEXT("a,b,\355\240\200,d,x,1,1\n"), REJECT, "bad-utf8"},
    {TEXT("a,b,c,d,건,1,1\r\r\n"), ACCEPT, ""},
};

/* Whole files. */
static const OddCase files[] = {
    {TEXT(""), REJECT, "empty-file"},
    {TEXT("\n"), REJECT, "empty-file"},
    {TEXT("\357\273\277"), REJECT, "empty-file"},
    {TEXT(HEADER), REJECT, "no-rows"},
    {TEXT("국,부서,주요사업,성과지표,단위,목표,실적"), REJECT, "no-rows"},
    {TEXT(HEADER "\n\n"), REJECT, "no-rows"},
    {TEXT(HEADER "a,b,c,d,건,1,1\n"), ACCEPT, ""},
    {TEXT(HEADER "a,b,c,d,건,1,1"), ACCEPT, ""},
    {TEXT("국,부서,주요사업,성과지표,단위,목표,실적\r\na,b,c,d,건,1,1\r\n"), ACCEPT, ""},
    {TEXT("국,부서,주요사업,성과지표,단위,목표,실적\ra,b,c,d,건,1,1\r"), ACCEPT, ""},
    {TEXT("\357\273\277" HEADER "a,b,c,d,건,1,1\n"), ACCEPT, ""},
    {TEXT("\357\273\277\357\273\277" HEADER "a,b,c,d,건,1,1\n"), ACCEPT,
     ""}, /* a name without what nobody sees */
    {TEXT(
         "\261\271,\272μ\255,\301\326\277\344\273\347\276\367,\274\272\260\372\301\366ǥ,\264\334\300\247,\270\361ǥ,\275\307\300\373\na,b,c,d,\260\307,1,1\n"),
     REJECT, "bad-utf8"},
    {TEXT(
         "\377\376m\255,\000\200\275\034\301,\000\374ȔƬ\300\305\305,\0001\301\374\254\300\311\\\324,\000\350\262\004\307,\000\251\272\\\324,\000\344\302\001\310\n\000a\000,\000b\000,\000c\000,\000d\000,\000t\254,\0001\000,\0001\000\n\000"),
     REJECT, "bad-utf8"},
    {TEXT(
         "m\255,\000\200\275\034\301,\000\374ȔƬ\300\305\305,\0001\301\374\254\300\311\\\324,\000\350\262\004\307,\000\251\272\\\324,\000\344\302\001\310\n\000a\000,\000b\000,\000c\000,\000d\000,\000t\254,\0001\000,\0001\000\n\000"),
     REJECT, "bad-utf8"},
    {TEXT(
         "\255m\000,\275\200\301\034\000,\310\374Ɣ\300\254\305\305\000,\3011\254\374\311\300\324\\\000,\262\350\307\004\000,\272\251\324\\\000,\302\344\310\001\000\n\000a\000,\000b\000,\000c\000,\000d\000,\254t\000,\0001\000,\0001\000\n"),
     REJECT, "bad-utf8"},
    {TEXT("국\t부서\t주요사업\t성과지표\t단위\t목표\t실적\na\tb\tc\td\t건\t1\t1\n"), REJECT,
     "missing-column"},
    {TEXT("국;부서;주요사업;성과지표;단위;목표;실적\na;b;c;d;건;1;1\n"), REJECT, "missing-column"},
    {TEXT("국,국,부서,주요사업,성과지표,단위,목표,실적\na,a,b,c,d,건,1,1\n"), REJECT, "duplicate-column"},
    {TEXT("국,bureau,부서,주요사업,성과지표,단위,목표,실적\na,a,b,c,d,건,1,1\n"), REJECT, "duplicate-column"},
    {TEXT("부서,주요사업,성과지표,단위,목표,실적\nb,c,d,건,1,1\n"), REJECT, "missing-column"},
    {TEXT("국,부서,주요사업,성과지표,단위,목표치,실적\na,b,c,d,건,1,1\n"), ACCEPT,
     ""}, /* another usual name */
    {TEXT("국,부서,주요사업,성과지표,단위,목포,실적\na,b,c,d,건,1,1\n"), REJECT, "missing-column"},
    {TEXT(" 국 ,부서,주요사업,성과지표,단위,목표,실적\na,b,c,d,건,1,1\n"), ACCEPT, ""},
    {TEXT("국,부서,주요사업,성과지표,단위,목표,실적,\na,b,c,d,건,1,1,\n"), REJECT, "blank-column-name"},
    {TEXT("국,부서,주요사업,성과지표,단위,목표,실적,비고\na,b,c,d,건,1,1,x\n"), ACCEPT, ""},
    {TEXT("국,부서,주요사업,성과지표,단위,목표,실적,x,x\na,b,c,d,건,1,1,1,1\n"), REJECT, "duplicate-column"},
    {TEXT("번호,국,부서,주요사업,성과지표,단위,목표,실적\n1,a,b,c,d,건,1,1\n1,a,b,c,e,건,1,1\n"), REJECT,
     "duplicate-id"},
    {TEXT("번호,국,부서,주요사업,성과지표,단위,목표,실적\n1,a,b,c,d,건,1,1\n,a,b,c,e,건,1,1\n"), ACCEPT, ""},
    {TEXT("1,2,3,4,5,6,7\na,b,c,d,건,1,1\n"), REJECT, "missing-column"},
    {TEXT("제목\n국,부서,주요사업,성과지표,단위,목표,실적\na,b,c,d,건,1,1\n"), REJECT, "missing-column"},
    {TEXT("실적,목표,단위,성과지표,주요사업,부서,국\n1,2,건,d,c,b,a\n"), ACCEPT, ""},
    {TEXT("BUREAU,department,project,indicator,unit,target,actual\na,b,c,d,건,1,1\n"), ACCEPT, ""},
    {TEXT("bureau,department,project,indicator,unit,target,actual\na,b,c,d,건,1,1\n"), ACCEPT, ""},
    {TEXT("\"국\",\"부서\",\"주요사업\",\"성과지표\",\"단위\",\"목표\",\"실적\"\na,b,c,d,건,1,1\n"), ACCEPT,
     ""},
    {TEXT("PK\003\004\000\000"), REJECT, "nul-character"},
    {TEXT("SQLite format 3\000"), REJECT, "nul-character"},
    {TEXT("\211PNG\r\n\032\n"), REJECT, "bad-utf8"},
    {TEXT("<html>"), REJECT, "missing-column"},
    {TEXT("{\"a\":1}"), REJECT, "stray-quote"},
    {TEXT(
         "\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000"),
     REJECT, "nul-character"},
};

#define COUNT(table) (sizeof(table) / sizeof *(table))

static void check(Str file, const OddCase *odd) {
    Diag *diag = diag_new();
    Table *table = csv_open(STR("x.csv"), file);
    Dataset *dataset = dataset_load(table, NULL, diag);
    Class class = dataset ? ACCEPT : REJECT;
    if (dataset && diag_total(diag, SEVERITY_WARNING)) class = WARN;
    if (!dataset && diag_exit_code(diag) == EXIT_LIMIT) class = LIMIT;
    const char *code = diag_count(diag) ? message_get(diag_item(diag, 0)->message).code : "";
    if (class != odd->class) fail_msg("%.*s: %s", STR_FMT(odd->text), class_names[class]);
    assert_string_equal(code, odd->code);
    if (class == REJECT) assert_int_equal(diag_exit_code(diag), EXIT_DATA);
    /* what is drawn shows no control character and nothing that turns the direction */
    Buffer drawn = {0};
    for (size_t i = 0; i < diag_count(diag); i++) diag_render(&drawn, diag_item(diag, i), LANGUAGE_KO);
    for (size_t i = 0; i < drawn.size; i++)
        assert_true((unsigned char)drawn.data[i] >= ' ' || drawn.data[i] == '\n');
    assert_true(str_find(buffer_view(&drawn), '\177', 0) == drawn.size);
    assert_null(drawn.size ? strstr(buffer_text(&drawn), "\342\200\256") : NULL);
    buffer_release(&drawn);
    dataset_free(dataset);
    table_close(table);
    diag_free(diag);
}

static void test_rows(void **context) {
    (void)context;
    for (size_t i = 0; i < COUNT(rows); i++) {
        Buffer file = {0};
        buffer_add(&file, STR(HEADER));
        buffer_add(&file, rows[i].text);
        check(buffer_view(&file), &rows[i]);
        buffer_release(&file);
    }
}

static void test_files(void **context) {
    (void)context;
    for (size_t i = 0; i < COUNT(files); i++) check(files[i].text, &files[i]);
}

/* The last length that is inside, and the first that is not. */
static void check_length(char byte, size_t length, size_t column, Class class, const char *code) {
    Buffer file = {0};
    buffer_add(&file, STR(HEADER "a,b,c,"));
    for (size_t at = 3; at < 7; at++) {
        if (at == column)
            buffer_add_repeat(&file, byte, length);
        else
            buffer_add_char(&file, '1');
        buffer_add_char(&file, at < 6 ? ',' : '\n');
    }
    check(buffer_view(&file), &(OddCase){STR("a long cell"), class, code});
    buffer_release(&file);
}

static void test_lengths(void **context) {
    (void)context;
    check_length('7', DECIMAL_DIGITS, 5, ACCEPT, "");
    check_length('7', DECIMAL_DIGITS + 1, 5, LIMIT, "number-too-long");
    check_length('x', INPUT_CELL_BYTES, 3, ACCEPT, "");
    check_length('x', INPUT_CELL_BYTES + 1, 3, LIMIT, "cell-too-long");
    assert_true(COUNT(rows) + COUNT(files) + 4 >= 120);
}

/* Good files, as every reader of CSV is to read them: cells between |, rows between newlines of the output.
 */
typedef struct GoodCase {
    const char *text, *cells;
} GoodCase;

static const GoodCase good[] = {
    {"first,last,address\nJohn,Doe,\"Anytown, WW\"\n", "[first][last][address]\n[John][Doe][Anytown, WW]\n"},
    {"a,b,c\n1,\"\",\"\"\n2,3,4\n", "[a][b][c]\n[1][][]\n[2][3][4]\n"},
    {"a,b,c\r\n1,\"\",\"\"\r\n2,3,4\r\n", "[a][b][c]\n[1][][]\n[2][3][4]\n"},
    {"a,b\n1,\"ha \"\"ha\"\" ha\"\n3,4\n", "[a][b]\n[1][ha \"ha\" ha]\n[3][4]\n"},
    {"key,val\n1,\"{\"\"type\"\": \"\"Point\"\", \"\"at\"\": [102.0, 0.5]}\"\n",
     "[key][val]\n[1][{\"type\": \"Point\", \"at\": [102.0, 0.5]}]\n"},
    {"latitude,longitude,name\n37.5666,126.9782,\"Seoul, Jung-gu\"\n",
     "[latitude][longitude][name]\n[37.5666][126.9782][Seoul, Jung-gu]\n"},
    {"a,b,c\n1,2,3\n\"Once upon \na time\",5,6\n7,8,9\n",
     "[a][b][c]\n[1][2][3]\n[Once upon \na time][5][6]\n[7][8][9]\n"},
    {"a,b,c\r\n1,2,3\r\n\"Once upon \r\na time\",5,6\r\n7,8,9\r\n",
     "[a][b][c]\n[1][2][3]\n[Once upon \r\na time][5][6]\n[7][8][9]\n"},
    {"a,b\n1,\"ha \n\"\"ha\"\" \nha\"\n3,4\n", "[a][b]\n[1][ha \n\"ha\" \nha]\n[3][4]\n"},
    {"a,b,c\n1,2,3\n", "[a][b][c]\n[1][2][3]\n"},
    {"a,b,c\r\n1,2,3\r\n", "[a][b][c]\n[1][2][3]\n"},
    {"a,b,c\n1,2,3\n4,5,ʤ\n", "[a][b][c]\n[1][2][3]\n[4][5][ʤ]\n"},
};

static void test_good(void **context) {
    (void)context;
    assert_int_equal(COUNT(good), 12);
    for (size_t i = 0; i < COUNT(good); i++) {
        Buffer cells = {0};
        Diag *diag = diag_new();
        Table *table = csv_open(STR("x.csv"), str_of(good[i].text));
        for (Row row; table_next(table, &row, diag) == TABLE_ROW; buffer_add_char(&cells, '\n'))
            for (size_t cell = 0; cell < row.count; cell++)
                buffer_addf(&cells, "[%.*s]", STR_FMT(row.cells[cell].text));
        assert_string_equal(buffer_text(&cells), good[i].cells);
        assert_int_equal(diag_count(diag), 0);
        table_close(table);
        diag_free(diag);
        buffer_release(&cells);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rows),
        cmocka_unit_test(test_files),
        cmocka_unit_test(test_lengths),
        cmocka_unit_test(test_good),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
