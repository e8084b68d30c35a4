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

typedef enum Class { ACCEPT, WARN, REJECT, LIMIT } Class;

static const char *const class_names[] = {"accept", "warn", "reject", "limit"};

typedef struct OddCase {
    Str text;
    Class class;
    const char *code; /* of the first message */
} OddCase;

/* Rows below a good header: bureau, department, project, indicator, unit, target, actual. */
static const OddCase rows[] = {
    {TEXT("a,b,c,d,\352\261\264,0,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,d,\352\261\264,1,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,d,\352\261\264,-1,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,d,\352\261\264,1.5,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,d,\352\261\264,007,1\n"), WARN, "unusual-number"},
    {TEXT("a,b,c,d,\352\261\264,1.,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,\352\261\264,+3,1\n"), WARN, "unusual-number"},
    {TEXT("a,b,c,d,\352\261\264,1e3,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,\352\261\264,1E-2,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,\352\261\264,9007199254740993,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,d,\352\261\264,0.1,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,d,\352\261\264,123456789012345678901234567890,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,d,\352\261\264,\"1,234\",1\n"), WARN, "unusual-number"},
    {TEXT("a,b,c,d,\352\261\264,\"1,23\",1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,\352\261\264,\"12,34,567\",1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,\352\261\264,1 234,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,\352\261\264,\342\226\2635,1\n"), WARN, "unusual-number"},
    {TEXT("a,b,c,d,\352\261\264,\342\226\2625,1\n"), WARN, "unusual-number"},
    {TEXT("a,b,c,d,\352\261\264,(5),1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,\352\261\264,-,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,d,\352\261\264,N/A,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,d,\352\261\264,\355\225\264\353\213\271\354\227\206\354\235\214,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,d,\352\261\264,\354\213\240\352\267\234,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,\352\261\264,\353\271\204\352\263\265\352\260\234,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,\352\261\264,,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,d,\352\261\264,\" 5 \",1\n"), ACCEPT, ""},
    {TEXT("a,b,c,d,\352\261\264,5%,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,\352\261\264,\357\274\225,1\n"), WARN, "unusual-number"},
    {TEXT("a,b,c,d,\352\261\264,\302\275,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,\352\261\264,1/2,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,\352\261\264,0x10,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,\352\261\264,inf,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,\352\261\264,NaN,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,\352\261\264,\342\210\236,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,\352\261\264,--5,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,\352\261\264,-+5,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,\352\261\264,1..2,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,\352\261\264,1.2.3,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,\352\261\264,1,5,1\n"), REJECT, "cell-count"},
    {TEXT("a,b,c,d,\352\261\264,=1+1,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,\352\261\264,@x,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,\352\261\264,5\354\233\220,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,\352\261\264,5\352\261\264,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,\352\261\264,\342\202\2515,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,\352\261\264,1e400,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,\352\261\264,1e-400,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,\352\261\264,1e99999999999,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,\352\261\264,\342\210\2225,1\n"), WARN, "unusual-number"},
    {TEXT("a,b,c,d,\352\261\264,\342\200\2235,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,\352\261\264,5-,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,\352\261\264,\331\243,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,\352\261\264,\342\205\244,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,\352\261\264,1\302\240,1\n"), WARN, "unusual-number"},
    {TEXT("a,b,c,d,\352\261\264,\342\200\2135,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,\352\261\264,5\342\200\256,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,\352\261\264,1_000,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,\352\261\264,#REF!,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,\352\261\264,#N/A,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,\352\261\264,1st,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,\352\261\264,\353\257\270\354\240\225,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,\352\261\264,0.0,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,d,\352\261\264,-0,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,d,\352\261\264,  ,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,d,\352\261\264,'5,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,\352\261\264,1;2,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,\352\261\264,\331\2535,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,\352\261\264,1\331\254000,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,\352\261\264,1'000,1\n"), REJECT, "not-a-number"},
    {TEXT("a,b,c,d,\352\261\264,5\343\200\200,1\n"), WARN, "unusual-number"},
    {TEXT(",b,c,d,\352\261\264,1,1\n"), REJECT, "blank-name"},
    {TEXT("a,b,c,,\352\261\264,1,1\n"), REJECT, "blank-name"},
    {TEXT("   ,b,c,d,\352\261\264,1,1\n"), REJECT, "blank-name"},
    {TEXT("a,b,c,   ,\352\261\264,1,1\n"), REJECT, "blank-name"},
    {TEXT("a\342\200\256b,b,c,d,\352\261\264,1,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,a\342\200\256b,\352\261\264,1,1\n"), ACCEPT, ""},
    {TEXT("\"a\nb\",b,c,d,\352\261\264,1,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,\"a\nb\",\352\261\264,1,1\n"), ACCEPT, ""},
    {TEXT("a\\nb,b,c,d,\352\261\264,1,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,a\\nb,\352\261\264,1,1\n"), ACCEPT, ""},
    {TEXT("<b>x</b>,b,c,d,\352\261\264,1,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,<b>x</b>,\352\261\264,1,1\n"), ACCEPT, ""},
    {TEXT("=cmd|x,b,c,d,\352\261\264,1,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,=cmd|x,\352\261\264,1,1\n"), ACCEPT, ""},
    {TEXT("a\033[31mred,b,c,d,\352\261\264,1,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,a\033[31mred,\352\261\264,1,1\n"), ACCEPT, ""},
    {TEXT("a\007,b,c,d,\352\261\264,1,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,a\007,\352\261\264,1,1\n"), ACCEPT, ""},
    {TEXT("e\314\201,b,c,d,\352\261\264,1,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,e\314\201,\352\261\264,1,1\n"), ACCEPT, ""},
    {TEXT("\352\260\200\341\204\200\341\205\241,b,c,d,\352\261\264,1,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,\352\260\200\341\204\200\341\205\241,\352\261\264,1,1\n"), ACCEPT, ""},
    {TEXT("\"x\"\"y\",b,c,d,\352\261\264,1,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,\"x\"\"y\",\352\261\264,1,1\n"), ACCEPT, ""},
    {TEXT("a\177b,b,c,d,\352\261\264,1,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,a\177b,\352\261\264,1,1\n"), ACCEPT, ""},
    {TEXT("../../etc,b,c,d,\352\261\264,1,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,../../etc,\352\261\264,1,1\n"), ACCEPT, ""},
    {TEXT("a|b,b,c,d,\352\261\264,1,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,a|b,\352\261\264,1,1\n"), ACCEPT, ""},
    {TEXT("\357\273\277\352\260\200,b,c,d,\352\261\264,1,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,\357\273\277\352\260\200,\352\261\264,1,1\n"), ACCEPT, ""},
    {TEXT("NULL,b,c,d,\352\261\264,1,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,NULL,\352\261\264,1,1\n"), ACCEPT, ""},
    {TEXT("-,b,c,d,\352\261\264,1,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,-,\352\261\264,1,1\n"), ACCEPT, ""},
    {TEXT("a\000b,b,c,d,\352\261\264,1,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,a\000b,\352\261\264,1,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,d,\352\261\264,1\n"), REJECT, "cell-count"},
    {TEXT("a,b,c,d,\352\261\264,1,1,1\n"), REJECT, "cell-count"},
    {TEXT("a,b,c,d,\352\261\264,1,1,\n"), REJECT, "cell-count"},
    {TEXT(",,,,,,\n"), REJECT, "blank-name"},
    {TEXT("a\n"), REJECT, "cell-count"},
    {TEXT("a,b,c,d,\352\261\264,1,1\na,b,c,d,\352\261\264,1,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,d,\352\261\264,1,1\n\n\na,b,c,d,\352\261\264,1,1\n"), ACCEPT, ""},
    {TEXT("\"a,b,c,d,\352\261\264,1,1\n"), REJECT, "unclosed-quote"},
    {TEXT("a,b,c,d,\"\352\261\264,1,1\na,b,c,d,\352\261\264,1,1\n"), REJECT, "unclosed-quote"},
    {TEXT("a,b,c,d,\352\261\264,1,1\"\n"), REJECT, "stray-quote"},
    {TEXT("a,b,c,\"d\"x,\352\261\264,1,1\n"), REJECT, "text-after-quote"},
    {TEXT("a,b,\"c\"\" d\",d,\352\261\264,1,1\n"), ACCEPT, ""},
    {TEXT("\"a\",\"b\",\"c\",\"d\",\"\352\261\264\",\"1\",\"1\"\n"), ACCEPT, ""},
    {TEXT("a , b,c ,d,\352\261\264, 1 ,1\n"), ACCEPT, ""},
    {TEXT("'a','b','c','d','\352\261\264',1,1\n"), ACCEPT, ""},
    {TEXT("a,b,c,d,\352\261\264,1,1\032"), REJECT, "not-a-number"},
    {TEXT("# remark\na,b,c,d,\352\261\264,1,1\n"), REJECT, "cell-count"},
    {TEXT("sep=,\na,b,c,d,\352\261\264,1,1\n"), REJECT, "cell-count"},
    {TEXT("\355\225\251\352\263\204,,,,,2,2\n"), REJECT, "blank-name"},
    {TEXT("a,b,\377,d,x,1,1\n"), REJECT, "bad-utf8"},
    {TEXT("a,b,\300\257,d,x,1,1\n"), REJECT, "bad-utf8"},
    {TEXT("a,b,\355\240\200,d,x,1,1\n"), REJECT, "bad-utf8"},
    {TEXT("a,b,c,d,\352\261\264,1,1\r\r\n"), ACCEPT, ""},
};

/* Whole files. */
static const OddCase
    files[] =
        {
            {TEXT(""), REJECT, "empty-file"},
            {TEXT("\n"), REJECT, "empty-file"},
            {TEXT("\357\273\277"), REJECT, "empty-file"},
            {TEXT(
                 "\352\265\255,\353\266\200\354\204\234,\354\243\274\354\232\224\354\202\254\354\227\205,\354\204\261\352\263\274\354\247\200\355\221\234,\353\213\250\354\234\204,\353\252\251\355\221\234,\354\213\244\354\240\201\n"),
             REJECT, "no-rows"},
            {TEXT(
                 "\352\265\255,\353\266\200\354\204\234,\354\243\274\354\232\224\354\202\254\354\227\205,\354\204\261\352\263\274\354\247\200\355\221\234,\353\213\250\354\234\204,\353\252\251\355\221\234,\354\213\244\354\240\201"),
             REJECT, "no-rows"},
            {TEXT(
                 "\352\265\255,\353\266\200\354\204\234,\354\243\274\354\232\224\354\202\254\354\227\205,\354\204\261\352\263\274\354\247\200\355\221\234,\353\213\250\354\234\204,\353\252\251\355\221\234,\354\213\244\354\240\201\n\n\n"),
             REJECT, "no-rows"},
            {TEXT(
                 "\352\265\255,\353\266\200\354\204\234,\354\243\274\354\232\224\354\202\254\354\227\205,\354\204\261\352\263\274\354\247\200\355\221\234,\353\213\250\354\234\204,\353\252\251\355\221\234,\354\213\244\354\240\201\na,b,c,d,\352\261\264,1,1\n"),
             ACCEPT, ""},
            {TEXT(
                 "\352\265\255,\353\266\200\354\204\234,\354\243\274\354\232\224\354\202\254\354\227\205,\354\204\261\352\263\274\354\247\200\355\221\234,\353\213\250\354\234\204,\353\252\251\355\221\234,\354\213\244\354\240\201\na,b,c,d,\352\261\264,1,1"),
             ACCEPT, ""},
            {TEXT(
                 "\352\265\255,\353\266\200\354\204\234,\354\243\274\354\232\224\354\202\254\354\227\205,\354\204\261\352\263\274\354\247\200\355\221\234,\353\213\250\354\234\204,\353\252\251\355\221\234,\354\213\244\354\240\201\r\na,b,c,d,\352\261\264,1,1\r\n"),
             ACCEPT, ""},
            {TEXT(
                 "\352\265\255,\353\266\200\354\204\234,\354\243\274\354\232\224\354\202\254\354\227\205,\354\204\261\352\263\274\354\247\200\355\221\234,\353\213\250\354\234\204,\353\252\251\355\221\234,\354\213\244\354\240\201\ra,b,c,d,\352\261\264,1,1\r"),
             ACCEPT, ""},
            {TEXT(
                 "\357\273\277\352\265\255,\353\266\200\354\204\234,\354\243\274\354\232\224\354\202\254\354\227\205,\354\204\261\352\263\274\354\247\200\355\221\234,\353\213\250\354\234\204,\353\252\251\355\221\234,\354\213\244\354\240\201\na,b,c,d,\352\261\264,1,1\n"),
             ACCEPT, ""},
            {TEXT(
                 "\357\273\277\357\273\277\352\265\255,\353\266\200\354\204\234,\354\243\274\354\232\224\354\202\254\354\227\205,\354\204\261\352\263\274\354\247\200\355\221\234,\353\213\250\354\234\204,\353\252\251\355\221\234,\354\213\244\354\240\201\na,b,c,d,\352\261\264,1,1\n"),
             REJECT, "missing-column"},
            {TEXT(
                 "\261\271,\272\316\274\255,\301\326\277\344\273\347\276\367,\274\272\260\372\301\366\307\245,\264\334\300\247,\270\361\307\245,\275\307\300\373\na,b,c,d,\260\307,1,1\n"),
             REJECT, "bad-utf8"},
            {TEXT(
                 "\377\376m\255,\000\200\275\034\301,\000\374\310\224\306\254\300\305\305,\0001\301\374\254\300\311\\\324,\000\350\262\004\307,\000\251\272\\\324,\000\344\302\001\310\n\000a\000,\000b\000,\000c\000,\000d\000,\000t\254,\0001\000,\0001\000\n\000"),
             REJECT, "bad-utf8"},
            {TEXT(
                 "m\255,\000\200\275\034\301,\000\374\310\224\306\254\300\305\305,\0001\301\374\254\300\311\\\324,\000\350\262\004\307,\000\251\272\\\324,\000\344\302\001\310\n\000a\000,\000b\000,\000c\000,\000d\000,\000t\254,\0001\000,\0001\000\n\000"),
             REJECT, "bad-utf8"},
            {TEXT(
                 "\255m\000,\275\200\301\034\000,\310\374\306\224\300\254\305\305\000,\3011\254\374\311\300\324\\\000,\262\350\307\004\000,\272\251\324\\\000,\302\344\310\001\000\n\000a\000,\000b\000,\000c\000,\000d\000,\254t\000,\0001\000,\0001\000\n"),
             REJECT, "bad-utf8"},
            {TEXT(
                 "\352\265\255\t\353\266\200\354\204\234\t\354\243\274\354\232\224\354\202\254\354\227\205\t\354\204\261\352\263\274\354\247\200\355\221\234\t\353\213\250\354\234\204\t\353\252\251\355\221\234\t\354\213\244\354\240\201\na\tb\tc\td\t\352\261\264\t1\t1\n"),
             REJECT, "missing-column"},
            {TEXT(
                 "\352\265\255;\353\266\200\354\204\234;\354\243\274\354\232\224\354\202\254\354\227\205;\354\204\261\352\263\274\354\247\200\355\221\234;\353\213\250\354\234\204;\353\252\251\355\221\234;\354\213\244\354\240\201\na;b;c;d;\352\261\264;1;1\n"),
             REJECT, "missing-column"},
            {TEXT(
                 "\352\265\255,\352\265\255,\353\266\200\354\204\234,\354\243\274\354\232\224\354\202\254\354\227\205,\354\204\261\352\263\274\354\247\200\355\221\234,\353\213\250\354\234\204,\353\252\251\355\221\234,\354\213\244\354\240\201\na,a,b,c,d,\352\261\264,1,1\n"),
             REJECT, "duplicate-column"},
            {TEXT(
                 "\352\265\255,bureau,\353\266\200\354\204\234,\354\243\274\354\232\224\354\202\254\354\227\205,\354\204\261\352\263\274\354\247\200\355\221\234,\353\213\250\354\234\204,\353\252\251\355\221\234,\354\213\244\354\240\201\na,a,b,c,d,\352\261\264,1,1\n"),
             REJECT, "duplicate-column"},
            {TEXT(
                 "\353\266\200\354\204\234,\354\243\274\354\232\224\354\202\254\354\227\205,\354\204\261\352\263\274\354\247\200\355\221\234,\353\213\250\354\234\204,\353\252\251\355\221\234,\354\213\244\354\240\201\nb,c,d,\352\261\264,1,1\n"),
             REJECT, "missing-column"},
            {TEXT(
                 "\352\265\255,\353\266\200\354\204\234,\354\243\274\354\232\224\354\202\254\354\227\205,\354\204\261\352\263\274\354\247\200\355\221\234,\353\213\250\354\234\204,\353\252\251\355\221\234\354\271\230,\354\213\244\354\240\201\na,b,c,d,\352\261\264,1,1\n"),
             REJECT, "missing-column"},
            {TEXT(
                 " \352\265\255 ,\353\266\200\354\204\234,\354\243\274\354\232\224\354\202\254\354\227\205,\354\204\261\352\263\274\354\247\200\355\221\234,\353\213\250\354\234\204,\353\252\251\355\221\234,\354\213\244\354\240\201\na,b,c,d,\352\261\264,1,1\n"),
             ACCEPT, ""},
            {TEXT(
                 "\352\265\255,\353\266\200\354\204\234,\354\243\274\354\232\224\354\202\254\354\227\205,\354\204\261\352\263\274\354\247\200\355\221\234,\353\213\250\354\234\204,\353\252\251\355\221\234,\354\213\244\354\240\201,\na,b,c,d,\352\261\264,1,1,\n"),
             REJECT, "blank-column-name"},
            {TEXT(
                 "\352\265\255,\353\266\200\354\204\234,\354\243\274\354\232\224\354\202\254\354\227\205,\354\204\261\352\263\274\354\247\200\355\221\234,\353\213\250\354\234\204,\353\252\251\355\221\234,\354\213\244\354\240\201,\353\271\204\352\263\240\na,b,c,d,\352\261\264,1,1,x\n"),
             ACCEPT, ""},
            {TEXT(
                 "\352\265\255,\353\266\200\354\204\234,\354\243\274\354\232\224\354\202\254\354\227\205,\354\204\261\352\263\274\354\247\200\355\221\234,\353\213\250\354\234\204,\353\252\251\355\221\234,\354\213\244\354\240\201,x,x\na,b,c,d,\352\261\264,1,1,1,1\n"),
             REJECT, "duplicate-column"},
            {TEXT(
                 "\353\262\210\355\230\270,\352\265\255,\353\266\200\354\204\234,\354\243\274\354\232\224\354\202\254\354\227\205,\354\204\261\352\263\274\354\247\200\355\221\234,\353\213\250\354\234\204,\353\252\251\355\221\234,\354\213\244\354\240\201\n1,a,b,c,d,\352\261\264,1,1\n1,a,b,c,e,\352\261\264,1,1\n"),
             REJECT, "duplicate-id"},
            {TEXT(
                 "\353\262\210\355\230\270,\352\265\255,\353\266\200\354\204\234,\354\243\274\354\232\224\354\202\254\354\227\205,\354\204\261\352\263\274\354\247\200\355\221\234,\353\213\250\354\234\204,\353\252\251\355\221\234,\354\213\244\354\240\201\n1,a,b,c,d,\352\261\264,1,1\n,a,b,c,e,\352\261\264,1,1\n"),
             ACCEPT, ""},
            {TEXT("1,2,3,4,5,6,7\na,b,c,d,\352\261\264,1,1\n"), REJECT, "missing-column"},
            {TEXT(
                 "\354\240\234\353\252\251\n\352\265\255,\353\266\200\354\204\234,\354\243\274\354\232\224\354\202\254\354\227\205,\354\204\261\352\263\274\354\247\200\355\221\234,\353\213\250\354\234\204,\353\252\251\355\221\234,\354\213\244\354\240\201\na,b,c,d,\352\261\264,1,1\n"),
             REJECT, "missing-column"},
            {TEXT(
                 "\354\213\244\354\240\201,\353\252\251\355\221\234,\353\213\250\354\234\204,\354\204\261\352\263\274\354\247\200\355\221\234,\354\243\274\354\232\224\354\202\254\354\227\205,\353\266\200\354\204\234,\352\265\255\n1,2,\352\261\264,d,c,b,a\n"),
             ACCEPT, ""},
            {TEXT("BUREAU,department,project,indicator,unit,target,actual\na,b,c,d,\352\261\264,1,1\n"),
             REJECT, "missing-column"},
            {TEXT("bureau,department,project,indicator,unit,target,actual\na,b,c,d,\352\261\264,1,1\n"),
             ACCEPT, ""},
            {TEXT(
                 "\"\352\265\255\",\"\353\266\200\354\204\234\",\"\354\243\274\354\232\224\354\202\254\354\227\205\",\"\354\204\261\352\263\274\354\247\200\355\221\234\",\"\353\213\250\354\234\204\",\"\353\252\251\355\221\234\",\"\354\213\244\354\240\201\"\na,b,c,d,\352\261\264,1,1\n"),
             ACCEPT, ""},
            {TEXT("PK\003\004\000\000"), REJECT, "missing-column"},
            {TEXT("SQLite format 3\000"), REJECT, "missing-column"},
            {TEXT("\211PNG\r\n\032\n"), REJECT, "bad-utf8"},
            {TEXT("<html>"), REJECT, "missing-column"},
            {TEXT("{\"a\":1}"), REJECT, "stray-quote"},
            {TEXT(
                 "\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000\000"),
             REJECT, "missing-column"},
};

#define COUNT(table) (sizeof(table) / sizeof *(table))
#define HEADER       "국,부서,주요사업,성과지표,단위,목표,실적\n"

static void check(Str file, const OddCase *odd) {
    Diag *diag = diag_new();
    Table *table = csv_open(STR("x.csv"), file);
    Dataset *dataset = dataset_load(table, NULL, diag);
    Class class = dataset ? ACCEPT : REJECT;
    if (dataset && diag_total(diag, SEVERITY_WARNING)) class = WARN;
    if (!dataset && diag_exit_code(diag) == EXIT_LIMIT) class = LIMIT;
    const char *code = diag_count(diag) ? message_get(diag_item(diag, 0)->message)->code : "";
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
    check_length('x', LOAD_CELL_LIMIT, 3, ACCEPT, "");
    check_length('x', LOAD_CELL_LIMIT + 1, 3, LIMIT, "cell-too-long");
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
