/* The texts without codes: parts of messages, hints, help pages. */
#include "base/message_build.h"

/* clang-format off */
#define TEXT(id, en, ko) \
    [(id) - TEXT_FIRST] = {NULL, SEVERITY_TEXT, EXIT_DONE, {en, ko, MESSAGE_WORDS(en, ko)}, {"", ""}}

const Message message_texts[MESSAGE_COUNT - TEXT_FIRST] = {
    /* hints, summaries, help pages */
    TEXT(TEXT_DID_YOU_MEAN, "did you mean {1}?", "혹시 {1}인가요?"),
    TEXT(TEXT_MORE_MESSAGES, "… and {1} more messages\n", "… 그 밖에 메시지 {1}개\n"),
    TEXT(TEXT_CHECK_OK, "no errors in {1}\n", "오류 없음 ({1})\n"),
    TEXT(TEXT_CHECK_SUMMARY, "{1} in {2}\n", "{2}: {1}\n"),
    TEXT(TEXT_USAGE, "perfeval evaluates performance indicators by rules that you edit, and prints the report.\n"
         "\n"
         "  perfeval run RULES      evaluate and print the report\n"
         "  perfeval check FILE…    all problems of rule files and data files, with their places\n"
         "  perfeval params RULES   the parameters of a rule file, their values and where they stand\n"
         "  perfeval rules RULES    what a rule file says, entry by entry, with its base\n"
         "  perfeval explain RULES  why a verdict is what it is: cells, cases, formula, band, and what would change it\n"
         "  perfeval sweep RULES    a parameter through a range: counts, and who changes at which exact value\n"
         "  perfeval compare …      two rule files, values or data files: who changes, and which edit does it\n"
         "  perfeval margin RULES   how far each project is from another verdict\n"
         "  perfeval audit RULES    printed figures against computed ones, and what to look at before printing\n"
         "  perfeval infer DATA     which rules reproduce what was published\n"
         "  perfeval stubs [RULES]  what scripts can use, for editors\n"
         "  perfeval template RULES the workbook that departments fill in\n"
         "  perfeval new DIR        a folder to begin with: rules, data and a page to read\n"
         "  perfeval test [PATH]    run the tests that stand beside the rules\n"
         "  perfeval mutate RULES   small changes of the rules that the tests do not notice\n"
         "  perfeval batch JOBS     every run of a list of jobs that is due\n"
         "  perfeval notice SUMMARY a mail or webhook body about what a batch came to\n"
         "  perfeval replay RECORD  evaluate a run again from its record, and say what differs\n"
         "  perfeval lock RULES     close a period: a run and all that it was made of, in one file\n"
         "  perfeval history …      runs over the years: list, what changed, trend\n"
         "  perfeval merge FILE…    join the parts of a run over several processes or machines\n"
         "  perfeval doctor [DIR]   what is missing on this machine\n"
         "  perfeval help [TOPIC]   a command, a message's code, `exit` or `codes`\n"
         "\n"
         "examples:\n"
         "  perfeval run rules/2019.lua\n"
         "\n"
         "Every command knows --help and --lang en|ko.  perfeval --version prints the version.\n",
         "perfeval 은 고칠 수 있는 규칙으로 성과지표를 평가하고 보고서를 출력합니다.\n"
         "\n"
         "  perfeval run 규칙파일    평가하고 보고서를 출력\n"
         "  perfeval check 파일…     규칙과 자료의 문제를 위치와 함께 모두\n"
         "  perfeval params 규칙파일 매개변수의 값과 적힌 곳\n"
         "  perfeval rules 규칙파일  규칙의 내용을 하나씩, 이어받은 것까지\n"
         "  perfeval explain 규칙파일 판정이 왜 그런지, 무엇이 바뀌면 달라지는지\n"
         "  perfeval sweep 규칙파일  매개변수를 바꾸어 가며 판정과 그 바뀌는 값\n"
         "  perfeval compare …       규칙 파일, 값, 자료 둘의 비교와 판정이 바뀐 원인\n"
         "  perfeval margin 규칙파일 다른 판정까지 남은 거리\n"
         "  perfeval audit 규칙파일  인쇄된 수치의 검산과 인쇄 전에 볼 것\n"
         "  perfeval infer 자료파일  공표된 결과가 나오는 규칙\n"
         "  perfeval stubs [규칙파일] 스크립트에서 쓸 수 있는 것(편집기용)\n"
         "  perfeval template 규칙파일 부서가 채울 엑셀 파일\n"
         "  perfeval new 폴더        처음 시작할 폴더: 규칙, 자료, 읽을거리\n"
         "  perfeval test [경로]     규칙 옆의 테스트를 실행\n"
         "  perfeval mutate 규칙파일 테스트가 놓치는 작은 변경\n"
         "  perfeval batch 작업목록  작업 목록의 때가 된 실행을 모두\n"
         "  perfeval notice 요약     일괄 평가를 알리는 메일이나 웹훅\n"
         "  perfeval replay 기록     실행 기록대로 다시 계산\n"
         "  perfeval lock 규칙파일   기간 마감: 실행과 그 바탕을 파일 하나로 보관\n"
         "  perfeval history …       여러 해의 실행과 추이\n"
         "  perfeval merge 파일…     나누어 실행한 결과를 합침\n"
         "  perfeval doctor [폴더]   이 컴퓨터에 없는 것 점검\n"
         "  perfeval merge 파일…     나눈 실행을 합침\n"
         "  perfeval help [주제]     명령, 메시지 코드, exit, codes\n"
         "\n"
         "예:\n"
         "  perfeval run rules/2019.lua\n"
         "\n"
         "모든 명령에 --help 와 --lang en|ko 를 쓸 수 있습니다.  perfeval --version 은 판 번호를 출력합니다.\n"),
    TEXT(TEXT_USAGE_SCREEN, "\n"
         "the text report on a terminal:\n"
         "      --color WHEN      auto, always or never: marks and headings of the text report in colour   [auto]\n"
         "      --ambiguous-width N   2: the terminal shows △ ○ ※ two columns wide; lines are ASCII then   [1]\n"
         "      --ascii           draw the lines of tables in ASCII\n"
         "      --no-pager        do not show the report through $PAGER on a terminal\n",
         "\n"
         "터미널에서의 글 보고서:\n"
         "      --color 때        auto, always, never: 글 보고서의 표시와 제목에 색을 씀   [auto]\n"
         "      --ambiguous-width N   터미널이 △ ○ ※ 와 선을 두 칸으로 보이면 2. 선은 ASCII 로 그림   [1]\n"
         "      --ascii           표의 선을 ASCII 로 그림\n"
         "      --no-pager        터미널에서 $PAGER 를 거치지 않고 출력\n"),
    TEXT(TEXT_USAGE_RUN, "perfeval run RULES [flags]    evaluate and print the report\n"
         "\n"
         "  -o, --output FILE     write to FILE (whole or not at all) instead of standard output\n"
         "      --format NAME     text, html, hwpx, docx, csv, json, jsonl, any of scripts/formats/   [text]\n"
         "      --level NAME      the table of bureau, department, project or indicator, as csv, json or jsonl\n"
         "      --report NAME     a script of scripts/reports/   [what the rules say]\n"
         "      --data FILE       evaluate FILE instead of the data that the rules name; - is standard input\n"
         "                        'in/*.xlsx' reads all files of that name, one after the other\n"
         "      --departments FILE   who must have sent data: departments without rows are an error\n"
         "      --sheet NAME      the sheet of a workbook, or table of a database, to read; all: every one that fits\n"
         "      --query SQL       what a SELECT gives of an SQLite database\n"
         "      --encoding NAME   of a CSV file: utf-8, cp949 or utf-16le   [told by its bytes]\n"
         "      --set NAME=VALUE  another value for a parameter of the rules, for this run; may be repeated\n"
         "      --at DATE         the day (YYYY-MM-DD) whose values of dated parameters hold   [date of the rules]\n"
         "      --period NAME     evaluate the rows of that period   [period of the rules]\n"
         "      --threads N       compute with at most N threads, 1 to 256; results never depend on it\n"
         "      --cpu LEVEL       use no more of the processor than plain, avx2 or avx512: for finding faults\n"
         "      --record DIR      keep a record of the run in DIR, for `perfeval replay`\n"
         "      --partial         write a part of a table, for `perfeval merge`: of what --data - brings, or of\n"
         "      --partition I/N   the projects that fall into part I of N\n"
         "      --stats           say behind the run, on standard error, how much was done, in which time and memory\n"
         "      --lang en|ko      language of the messages   [from LANG]\n"
         "\n"
         "examples:\n"
         "  perfeval run rules/2019.lua\n"
         "  perfeval run rules/2019.lua --report sluggish --format markdown -o sluggish.md\n"
         "\n"
         "csv, json and jsonl hold the results themselves and take no report. Exit codes: perfeval help exit\n",
         "perfeval run 규칙파일 [옵션]    평가하고 보고서를 출력\n"
         "\n"
         "  -o, --output 파일     표준 출력 대신 파일에 씀 (온전히 쓰거나 전혀 쓰지 않음)\n"
         "      --format 이름     text, html, hwpx, docx, csv, json, jsonl, 그 밖의 scripts/formats/   [text]\n"
         "      --level 이름      bureau, department, project, indicator 단계의 표 (csv, json, jsonl)\n"
         "      --report 이름     scripts/reports/ 의 스크립트   [규칙 파일이 정한 것]\n"
         "      --data 파일       규칙 파일이 정한 자료 대신 이 파일을 평가. - 는 표준 입력\n"
         "                        'in/*.xlsx' 는 맞는 파일을 모두 이어서 읽음\n"
         "      --departments 파일   자료를 내야 하는 부서의 목록. 행이 없는 부서는 오류\n"
         "      --sheet 이름      읽을 시트(엑셀)나 테이블(데이터베이스). all 은 맞는 것 모두\n"
         "      --query SQL       SQLite 데이터베이스에서 SELECT 로 고른 자료\n"
         "      --encoding 이름   CSV 파일의 글자 부호: utf-8, cp949, utf-16le   [파일을 보고 앎]\n"
         "      --set 이름=값     이번 실행에만 매개변수 값을 바꿈\n"
         "      --at 날짜         날짜별 매개변수 값의 기준일(YYYY-MM-DD)   [규칙 파일의 date]\n"
         "      --period 이름     이 기간의 행을 평가   [규칙 파일의 period]\n"
         "      --threads N       스레드 수의 상한, 1~256. 결과에 영향 없음\n"
         "      --cpu 수준        plain, avx2, avx512 중 이 수준까지만 씀(결함 찾기)\n"
         "      --record 폴더     실행 기록을 남김 (perfeval replay 로 다시 계산)\n"
         "      --partial         merge 로 합칠 표의 부분을 씀\n"
         "      --partition I/N   사업을 N개로 나눈 I번째 부분\n"
         "      --stats           표준 오류에 처리량, 시간, 메모리\n"
         "      --lang en|ko      메시지 언어   [LANG 에서]\n"
         "\n"
         "예:\n"
         "  perfeval run rules/2019.lua\n"
         "  perfeval run rules/2019.lua --report sluggish --format markdown -o sluggish.md\n"
         "\n"
         "csv, json, jsonl 은 결과 자체입니다. 종료 코드: perfeval help exit\n"),
    TEXT(TEXT_STATS, "rows              {1}\n"
         "projects          {2}\n"
         "load              {3} ms\n"
         "evaluate          {4} ms\n"
         "write             {5} ms\n"
         "rows per second   {6}\n"
         "peak memory       {7} KiB\n"
         "bytes per row     {8}\n",
         "행                {1}\n"
         "사업              {2}\n"
         "읽기              {3} ms\n"
         "평가              {4} ms\n"
         "쓰기              {5} ms\n"
         "초당 행           {6}\n"
         "최대 메모리       {7} KiB\n"
         "행당 바이트       {8}\n"),
    TEXT(TEXT_STATS_CALLS, "exact re-checks   {1}\n"
         "Lua calls         {2}\n",
         "정확 재계산       {1}\n"
         "Lua 호출          {2}\n"),
    TEXT(TEXT_PROGRESS_LOAD, "load {1}", "읽기 {1}"),
    TEXT(TEXT_PROGRESS_EVALUATE, "evaluate {1}", "평가 {1}"),
    TEXT(TEXT_PROGRESS_WRITE, "write {1}", "쓰기 {1}"),
    TEXT(TEXT_USAGE_CHECK, "perfeval check FILE…    all problems of rule files (.lua) and data files, with their places\n"
         "\n"
         "      --data FILE       check the rules with FILE instead of the data that they name\n"
         "                        'in/*.xlsx' reads all files of that name, one after the other\n"
         "      --departments FILE   who must have sent data: departments without rows are an error\n"
         "      --sheet NAME      the sheet of a workbook, or table of a database, to read; all: every one that fits\n"
         "      --query SQL       what a SELECT gives of an SQLite database\n"
         "      --encoding NAME   of a CSV file: utf-8, cp949 or utf-16le   [told by its bytes]\n"
         "      --set NAME=VALUE  another value for a parameter of the rules; may be repeated\n"
         "      --at DATE         the day (YYYY-MM-DD) whose values of dated parameters hold   [date of the rules]\n"
         "      --period NAME     evaluate the rows of that period   [period of the rules]\n"
         "      --lang en|ko      language of the messages   [from LANG]\n"
         "\n"
         "A rule file is checked together with the data that it names. The files that it reads are\n"
         "listed on standard output.\n"
         "\n"
         "examples:\n"
         "  perfeval check rules/2019.lua\n"
         "  perfeval check data/2019/indicators.csv\n",
         "perfeval check 파일…    규칙 파일(.lua)과 데이터 파일의 문제를 위치와 함께 모두 출력\n"
         "\n"
         "      --data 파일       규칙 파일이 정한 자료 대신 이 파일로 점검\n"
         "                        'in/*.xlsx' 는 이름이 맞는 모든 파일을 이어서 읽음\n"
         "      --departments 파일   자료를 내야 하는 부서의 목록. 행이 없는 부서는 오류\n"
         "      --sheet 이름      읽을 시트(엑셀)나 테이블(데이터베이스). all 은 맞는 것 모두\n"
         "      --query SQL       SQLite 데이터베이스에서 SELECT 로 고른 자료\n"
         "      --encoding 이름   CSV 파일의 글자 부호: utf-8, cp949, utf-16le   [파일을 보고 앎]\n"
         "      --set 이름=값     매개변수 값을 바꿈. 여러 번 쓸 수 있음\n"
         "      --at 날짜         날짜별 매개변수 값의 기준일(YYYY-MM-DD)   [규칙 파일의 date]\n"
         "      --period 이름     이 기간의 행을 평가   [규칙 파일의 period]\n"
         "      --lang en|ko      메시지 언어   [LANG 에서]\n"
         "\n"
         "규칙 파일은 그 파일이 정한 자료와 함께 점검합니다. 규칙 파일이 읽는 파일의 목록은 표준 출력에 나옵니다.\n"
         "\n"
         "예:\n"
         "  perfeval check rules/2019.lua\n"
         "  perfeval check data/2019/indicators.csv\n"),
    TEXT(TEXT_USAGE_PARAMS, "perfeval params RULES [flags]    the parameters of a rule file: value, range, and where it stands\n"
         "\n"
         "      --format NAME     text or json   [text]\n"
         "      --set NAME=VALUE  another value for a parameter; may be repeated\n"
         "      --at DATE         the day (YYYY-MM-DD) whose values of dated parameters hold   [date of the rules]\n"
         "  -o, --output FILE     write to FILE instead of standard output\n"
         "      --lang en|ko      language of the messages   [from LANG]\n"
         "\n"
         "examples:\n"
         "  perfeval params rules/2019.lua\n"
         "  perfeval params rules/2020.lua --format json\n",
         "perfeval params 규칙파일 [옵션]    매개변수의 값, 범위, 적힌 곳\n"
         "\n"
         "      --format 이름     text 또는 json   [text]\n"
         "      --set 이름=값     매개변수 값을 바꿈. 여러 번 쓸 수 있음\n"
         "      --at 날짜         날짜별 매개변수 값의 기준일(YYYY-MM-DD)   [규칙 파일의 date]\n"
         "  -o, --output 파일     표준 출력 대신 파일에 씀\n"
         "      --lang en|ko      메시지 언어   [LANG 에서]\n"
         "\n"
         "예:\n"
         "  perfeval params rules/2019.lua\n"
         "  perfeval params rules/2020.lua --format json\n"),
    TEXT(TEXT_USAGE_RULES, "perfeval rules RULES [flags]    what a rule file says, entry by entry, in the order of evaluation\n"
         "\n"
         "      --effective       with everything that it takes over from its base\n"
         "      --set NAME=VALUE  another value for a parameter; may be repeated\n"
         "      --at DATE         the day (YYYY-MM-DD) whose values of dated parameters hold   [date of the rules]\n"
         "  -o, --output FILE     write to FILE instead of standard output\n"
         "      --lang en|ko      language of the messages   [from LANG]\n"
         "\n"
         "examples:\n"
         "  perfeval rules rules/2020.lua\n"
         "  perfeval rules rules/2020.lua --effective\n",
         "perfeval rules 규칙파일 [옵션]    규칙의 내용을 적힌 곳과 함께 적용되는 순서로 출력\n"
         "\n"
         "      --effective       base 에서 이어받은 것까지 모두\n"
         "      --set 이름=값     매개변수 값을 바꿈. 여러 번 쓸 수 있음\n"
         "      --at 날짜         날짜별 매개변수 값의 기준일(YYYY-MM-DD)   [규칙 파일의 date]\n"
         "  -o, --output 파일     표준 출력 대신 파일에 씀\n"
         "      --lang en|ko      메시지 언어   [LANG 에서]\n"
         "\n"
         "예:\n"
         "  perfeval rules rules/2020.lua\n"
         "  perfeval rules rules/2020.lua --effective\n"),
    TEXT(TEXT_USAGE_EXPLAIN, "perfeval explain RULES [SELECTION] [flags]    why a verdict is what it is\n"
         "\n"
         "SELECTION is a part of the name of a bureau, department, project or indicator; blanks, dots and width do not\n"
         "matter. Without a selection: the projects that are not normal. Several that match are listed.\n"
         "\n"
         "      --bureau NAME     those whose bureau has NAME in its name; so --department, --project, --indicator\n"
         "      --row N           the project of data row N (the first row behind the heading is 1)\n"
         "      --all             every project that is selected; without a selection: all\n"
         "      --why-not VERDICT what keeps it from that verdict (its key or name), and what would do\n"
         "      --format NAME     text, json (perfeval.explain/1), or with --all jsonl: a line an indicator   [text]\n"
         "      --data FILE       FILE instead of the data that the rules name; - is standard input\n"
         "      --sheet NAME      the sheet of a workbook, or table of a database, to read; all: every one that fits\n"
         "      --query SQL       what a SELECT gives of an SQLite database\n"
         "      --encoding NAME   of a CSV file: utf-8, cp949 or utf-16le   [told by its bytes]\n"
         "      --set NAME=VALUE  another value for a parameter; may be repeated\n"
         "      --at DATE         the day (YYYY-MM-DD) whose values of dated parameters hold   [date of the rules]\n"
         "  -o, --output FILE     write to FILE instead of standard output\n"
         "      --lang en|ko      language of the messages   [from LANG]\n"
         "\n"
         "examples:\n"
         "  perfeval explain rules/2019.lua 도서관운영\n"
         "  perfeval explain rules/2019.lua --row 77 --why-not normal --format json\n",
         "perfeval explain 규칙파일 [찾을말] [옵션]    판정이 왜 그런지\n"
         "\n"
         "찾을말은 국, 부서, 주요사업, 성과지표 이름의 일부입니다. 빈칸, 점, 전각과 반각은 가리지 않습니다.\n"
         "찾을말이 없으면 정상이 아닌 사업을 모두 설명하고, 맞는 것이 여럿이면 목록을 보여 줍니다.\n"
         "\n"
         "      --bureau 이름     국의 이름으로 찾음. --department, --project, --indicator 도 같음\n"
         "      --row N           자료 N행의 사업 (열 이름 다음 행이 1)\n"
         "      --all             찾은 사업 모두. 찾을말이 없으면 전체\n"
         "      --why-not 판정    그 판정(key 또는 이름)이 아닌 까닭과, 무엇이 바뀌면 되는지\n"
         "      --format 이름     text, json(perfeval.explain/1), --all 과 함께 jsonl(지표마다 한 줄)   [text]\n"
         "      --data 파일       규칙에 적힌 자료 대신 이 파일로. - 는 표준 입력\n"
         "      --sheet 이름      읽을 시트(엑셀)나 테이블(데이터베이스). all 은 맞는 것 모두\n"
         "      --query SQL       SQLite 데이터베이스에서 SELECT 로 고른 자료\n"
         "      --encoding 이름   CSV 파일의 글자 부호: utf-8, cp949, utf-16le   [파일을 보고 앎]\n"
         "      --set 이름=값     매개변수 값을 바꿈. 여러 번 쓸 수 있음\n"
         "      --at 날짜         날짜별 매개변수 값의 기준일(YYYY-MM-DD)   [규칙 파일의 date]\n"
         "  -o, --output 파일     표준 출력 대신 파일에 씀\n"
         "      --lang en|ko      메시지 언어   [LANG 에서]\n"
         "\n"
         "예:\n"
         "  perfeval explain rules/2019.lua 도서관운영\n"
         "  perfeval explain rules/2019.lua --row 77 --why-not normal --format json\n"),
    TEXT(TEXT_USAGE_STUBS, "perfeval stubs [RULES] [flags]    definitions of everything that scripts can use, for editors (LuaCATS)\n"
         "\n"
         "  -o, --output FILE     write to FILE instead of standard output\n"
         "      --data FILE       take the own columns of FILE instead of the data that the rules name\n"
         "      --set NAME=VALUE  another value for a parameter; may be repeated\n"
         "      --at DATE         the day (YYYY-MM-DD) whose values of dated parameters hold   [date of the rules]\n"
         "      --lang en|ko      language of the messages   [from LANG]\n"
         "\n"
         "With RULES also the own columns of its data, its parameters and its verdicts.\n"
         "\n"
         "examples:\n"
         "  perfeval stubs -o perfeval.d.lua\n"
         "  perfeval stubs rules/2019.lua -o perfeval.d.lua\n",
         "perfeval stubs [규칙파일] [옵션]    스크립트에서 쓸 수 있는 모든 이름의 정의(편집기용, LuaCATS)\n"
         "\n"
         "  -o, --output 파일     표준 출력 대신 파일에 씀\n"
         "      --data 파일       규칙 파일이 정한 자료 대신 이 파일의 열을 씀\n"
         "      --set 이름=값     매개변수 값을 바꿈. 여러 번 쓸 수 있음\n"
         "      --at 날짜         날짜별 매개변수 값의 기준일(YYYY-MM-DD)   [규칙 파일의 date]\n"
         "      --lang en|ko      메시지 언어   [LANG 에서]\n"
         "\n"
         "규칙 파일을 주면 자료에만 있는 열, 매개변수, 판정의 이름도 넣습니다.\n"
         "\n"
         "예:\n"
         "  perfeval stubs -o perfeval.d.lua\n"
         "  perfeval stubs rules/2019.lua -o perfeval.d.lua\n"),
    TEXT(TEXT_USAGE_TEMPLATE, "perfeval template RULES -o FILE.xlsx [flags]    the workbook that departments fill in\n"
         "\n"
         "  -o, --output FILE     write to FILE instead of standard output\n"
         "      --data FILE       the indicators of FILE instead of the data that the rules name\n"
         "      --set NAME=VALUE  another value for a parameter; may be repeated\n"
         "      --at DATE         the day (YYYY-MM-DD) whose values of dated parameters hold   [date of the rules]\n"
         "      --lang en|ko      language of the messages   [from LANG]\n"
         "\n"
         "A row for each indicator. Names, units and targets are locked (there is no password), actuals, reasons,\n"
         "countermeasures and remarks are open, also what the data lack. Rates that a spreadsheet can compute as the\n"
         "rules do are shown. The filled workbook is data: perfeval run RULES --data FILE.xlsx\n"
         "\n"
         "example:\n"
         "  perfeval template rules/2019.lua -o 2019.xlsx\n",
         "perfeval template 규칙파일 -o 파일.xlsx [옵션]    부서가 채울 통합 문서(XLSX)\n"
         "\n"
         "  -o, --output 파일     표준 출력 대신 파일에 씀\n"
         "      --data 파일       규칙 파일이 정한 자료 대신 이 파일의 지표를 씀\n"
         "      --set 이름=값     매개변수 값을 바꿈. 여러 번 쓸 수 있음\n"
         "      --at 날짜         날짜별 매개변수 값의 기준일(YYYY-MM-DD)   [규칙 파일의 date]\n"
         "      --lang en|ko      메시지 언어   [LANG 에서]\n"
         "\n"
         "지표마다 한 행입니다. 이름, 단위, 목표는 잠겨 있고(암호 없음)\n"
         "실적, 사유, 대책, 비고와 자료에 없는 칸은 열려 있습니다.\n"
         "스프레드시트가 규칙대로 계산할 수 있는 달성률은 미리 보여 줍니다. 채운 파일은 그대로 자료입니다:\n"
         "perfeval run 규칙파일 --data 파일.xlsx\n"
         "\n"
         "예:\n"
         "  perfeval template rules/2019.lua -o 2019.xlsx\n"),
    TEXT(TEXT_TEMPLATE_SHEET, "entries", "입력"),
    TEXT(TEXT_TEMPLATE_RATE, "rate, for a look", "달성률 미리보기"),
    TEXT(TEXT_TEMPLATE_NUMBER, "numbers only", "숫자만 적습니다."),
    TEXT(TEXT_TEMPLATE_CHOOSE, "one of the list", "목록에서 고릅니다."),
    TEXT(TEXT_USAGE_NEW, "perfeval new DIR    a folder to begin with: rules, sample data, a page to read (in Korean), files for editors\n"
         "\n"
         "      --lang en|ko      language of the messages   [from LANG]\n"
         "\n"
         "A folder that exists must be empty. The rules can be run at once.\n"
         "\n"
         "examples:\n"
         "  perfeval new evaluation-2026\n"
         "  perfeval new ../evaluation --lang ko\n",
         "perfeval new 폴더    처음 시작할 폴더를 만듦: 규칙, 예시 자료, 읽을거리, 편집기용 파일\n"
         "\n"
         "      --lang en|ko      메시지 언어   [LANG 에서]\n"
         "\n"
         "이미 있는 폴더는 비어 있어야 합니다. 만든 규칙은 바로 실행할 수 있습니다.\n"
         "\n"
         "예:\n"
         "  perfeval new evaluation-2026\n"
         "  perfeval new ../evaluation --lang ko\n"),
    TEXT(TEXT_USAGE_TEST, "perfeval test [PATH] [flags]    run the tests that stand beside rules\n"
         "\n"
         "The tests of rules/2019.lua are rules/2019.test.lua and rules/2019.test.csv.\n"
         "PATH is a test file, a rule file (its tests), or a folder (all below it)   [rules/ of the project folder]\n"
         "\n"
         "      --run PATTERN     only the cases whose name holds PATTERN; * and ? stand for any characters\n"
         "      --time            with the time that each case took\n"
         "      --junit FILE      write the results to FILE in JUnit's XML too\n"
         "      --coverage        which cases, special cases, bands and lines of functions no test reached\n"
         "      --min N           with --coverage: exit code 1 when less than N percent of them were reached\n"
         "      --boundaries      of a rule file: write cases just below, on and above each cut, to begin with\n"
         "      --update          rewrite what the test files expect, after showing what differs\n"
         "  -o, --output FILE     write to FILE instead of standard output\n"
         "      --lang en|ko      language of the messages   [from LANG]\n"
         "\n"
         "Exit code 1 when a case failed, or none was run.\n"
         "\n"
         "examples:\n"
         "  perfeval test\n"
         "  perfeval test rules/2019.lua --run 80\n",
         "perfeval test [경로] [옵션]    규칙 옆의 테스트를 실행\n"
         "\n"
         "rules/2019.lua 의 테스트는 rules/2019.test.lua 와 rules/2019.test.csv 입니다.\n"
         "경로는 테스트 파일, 규칙 파일(그 테스트), 폴더(그 아래 모두)   [프로젝트 폴더의 rules/]\n"
         "\n"
         "      --run 무늬        이름에 무늬가 들어 있는 사례만. * 와 ? 는 아무 글자\n"
         "      --time            사례마다 걸린 시간도 출력\n"
         "      --junit 파일      결과를 JUnit XML 로도 씀\n"
         "      --coverage        테스트가 거치지 않은 줄(산식, 예외, 판정, 함수)을 출력\n"
         "      --min N           --coverage 와 함께: 거친 비율이 N% 보다 낮으면 종료 코드 1\n"
         "      --boundaries      규칙 파일의 기준마다 바로 아래, 기준, 바로 위의 사례를 테스트 파일로 출력\n"
         "      --update          다른 점을 보인 뒤, 테스트 파일의 기댓값을 고쳐 씀\n"
         "  -o, --output 파일     표준 출력 대신 파일에 씀\n"
         "      --lang en|ko      메시지 언어   [LANG 에서]\n"
         "\n"
         "실패한 사례가 있거나 실행한 사례가 없으면 종료 코드 1 입니다.\n"
         "\n"
         "예:\n"
         "  perfeval test\n"
         "  perfeval test rules/2019.lua --run 80\n"),
    TEXT(TEXT_USAGE_MUTATE, "perfeval mutate RULES [flags]    small changes of a rule file that its tests should notice\n"
         "\n"
         "Thresholds, sides of comparisons, polarity, rounding, parameters, formulas and entries are changed one\n"
         "at a time, and the tests run again. Each change that no test notices is shown with a test that would.\n"
         "The inside of Lua functions is not changed.\n"
         "\n"
         "      --list            show the other changes too, with the test that noticed them\n"
         "  -o, --output FILE     write to FILE instead of standard output\n"
         "      --lang en|ko      language of the messages   [from LANG]\n"
         "\n"
         "Exit code 1 when a change was not noticed.\n"
         "\n"
         "examples:\n"
         "  perfeval mutate rules/2019.lua\n"
         "  perfeval mutate rules/2019.lua --list\n",
         "perfeval mutate 규칙파일 [옵션]    규칙을 조금씩 바꾸어 테스트가 알아차리는지 확인\n"
         "\n"
         "기준, 비교의 이하·미만, 방향, 반올림, 매개변수, 산식, 줄을 하나씩 바꾸고 테스트를 다시 실행합니다.\n"
         "알아차리지 못한 변경마다 그것을 찾아낼 테스트를 함께 보여 줍니다. Lua 함수의 속은 바꾸지 않습니다.\n"
         "\n"
         "      --list            알아차린 변경도, 알아차린 테스트와 함께 모두 출력\n"
         "  -o, --output 파일     표준 출력 대신 파일에 씀\n"
         "      --lang en|ko      메시지 언어   [LANG 에서]\n"
         "\n"
         "알아차리지 못한 변경이 있으면 종료 코드 1 입니다.\n"
         "\n"
         "예:\n"
         "  perfeval mutate rules/2019.lua\n"
         "  perfeval mutate rules/2019.lua --list\n"),
    TEXT(TEXT_COVER_HEAD, "coverage of {1}: {2} %\n", "테스트가 거친 비율, {1}: {2} %\n"),
    TEXT(TEXT_COVER_CASES, "  cases               {1} of {2}\n", "  산식의 줄       {2}개 가운데 {1}개\n"),
    TEXT(TEXT_COVER_SPECIALS, "  special cases       {1} of {2}\n", "  예외            {2}개 가운데 {1}개\n"),
    TEXT(TEXT_COVER_BANDS, "  bands               {1} of {2}\n", "  판정            {2}개 가운데 {1}개\n"),
    TEXT(TEXT_COVER_LINES, "  lines of functions  {1} of {2} (lines, not branches)\n",
         "  함수의 줄       {2}개 가운데 {1}개 (갈림길이 아니라 줄)\n"),
    TEXT(TEXT_COVER_CUTS, "  exact boundaries    {1} of {2} (not in the percentage)\n",
         "  정확한 기준값   {2}개 가운데 {1}개 (비율에 넣지 않음)\n"),
    TEXT(TEXT_COVER_MISSED, "  not reached\n", "  거치지 않음\n"),
    TEXT(TEXT_COVER_UNTESTED, "  never tested at the exact boundary\n", "  정확한 기준값에서 확인하지 않음\n"),
    TEXT(TEXT_BOUNDARY_HEAD, "-- Cases at the cuts of {1}, as its rules decide now: check each by hand before you rely on it.\n",
         "-- {1} 의 기준마다 만든 사례. 기댓값은 지금 규칙의 결과이므로, 맞는지 하나씩 확인하고 쓰세요.\n"),
    TEXT(TEXT_BOUNDARY_BELOW, "{1} {2}, just below", "{1} {2} 바로 아래"),
    TEXT(TEXT_BOUNDARY_ON, "{1} {2}, exactly", "{1} 정확히 {2}"),
    TEXT(TEXT_BOUNDARY_ABOVE, "{1} {2}, just above", "{1} {2} 바로 위"),
    TEXT(TEXT_BOUNDARY_NONE, "no input with this rate was found", "이 달성률이 나오는 입력을 찾지 못함"),
    TEXT(TEXT_MUTANT_REFUSED, "refused, the rules would be wrong\n", "규칙 오류로 걸러짐\n"),
    TEXT(TEXT_MUTANT_NOTICED, "noticed by \"{1}\"\n", "알아차림: \"{1}\"\n"),
    TEXT(TEXT_MUTANT_SURVIVED, "not noticed; a test that would be:\n", "알아차리지 못함. 찾아낼 테스트:\n"),
    TEXT(TEXT_MUTANT_BEHIND, "behind {1}", "{1} 뒤로"),
    TEXT(TEXT_MUTANT_DROPPED, "(left out)", "(뺌)"),
    TEXT(TEXT_MUTANT_ALIKE, "-- none was found: perhaps the change makes no difference\n",
         "-- 찾지 못함: 결과가 달라지지 않는 변경일 수 있음\n"),
    TEXT(TEXT_MUTANT_SUMMARY, "{1} changes: {2} noticed by {5} tests, {3} refused by the rules, {4} not noticed\n",
         "변경 {1}개: 테스트 {5}개가 알아차림 {2}, 규칙 오류로 걸러짐 {3}, 알아차리지 못함 {4}\n"),
    TEXT(TEXT_MUTANT_THRESHOLD, "threshold", "기준"),
    TEXT(TEXT_MUTANT_SIDE, "side", "이하·미만"),
    TEXT(TEXT_MUTANT_POLARITY, "polarity", "방향"),
    TEXT(TEXT_MUTANT_ROUNDING, "rounding", "반올림"),
    TEXT(TEXT_MUTANT_PARAM, "parameter", "매개변수"),
    TEXT(TEXT_MUTANT_FORMULA, "formula", "산식"),
    TEXT(TEXT_MUTANT_ENTRY, "entry", "줄"),
    TEXT(TEXT_TEST_OK, "ok", "통과"),
    TEXT(TEXT_TEST_FAILED, "FAIL", "실패"),
    TEXT(TEXT_TEST_EXPECTED, "expected", "기댓값"),
    TEXT(TEXT_TEST_ACTUAL, "actual", "실제값"),
    TEXT(TEXT_TEST_RATE, "rate", "달성률"),
    TEXT(TEXT_TEST_PRINTED, "printed", "인쇄값"),
    TEXT(TEXT_TEST_VERDICT, "verdict", "판정"),
    TEXT(TEXT_TEST_REASON, "reason", "사유"),
    TEXT(TEXT_TEST_ROW, "(row {1})", "({1}번 행)"),
    TEXT(TEXT_TEST_DECIDED, "decided by\n", "정한 규칙\n"),
    TEXT(TEXT_TEST_SUMMARY, "{3} passed, {4} failed; cases: {1}, files: {2}\n", "통과 {3}, 실패 {4} (사례 {1}개, 파일 {2}개)\n"),
    TEXT(TEXT_TEST_UPDATED, "values rewritten: {1}, left as they are: {2}\n", "고쳐 쓴 값 {1}개, 그대로 둔 값 {2}개\n"),
    TEXT(TEXT_TESTS_USE, "tests takes one table: write return tests { … }",
         "tests 는 표 하나를 받음: return tests { … } 로 쓰세요"),
    TEXT(TEXT_HINT_TESTS, "write `return tests {`", "`return tests {` 로 쓰세요"),
    TEXT(TEXT_NEW_MADE, "made {1}. Begin with its README.md, and in that folder with: perfeval run rules/rules.lua\n",
         "{1} 폴더를 만들었습니다. README.md 부터 읽고, 그 폴더에서 실행하세요: perfeval run rules/rules.lua\n"),
    TEXT(TEXT_PARAMS_HEAD, "name|value|unit|range|where|source", "이름|값|단위|범위|적힌 곳|근거"),
    TEXT(TEXT_USAGE_SWEEP, "perfeval sweep RULES --param NAME=FROM..TO:STEP [flags]    counts while a parameter runs through a range\n"
         "\n"
         "      --param NAME=FROM..TO:STEP  the parameter and its values; two of them make a grid\n"
         "      --format NAME     text, json or svg   [text]\n"
         "      --data FILE       evaluate FILE instead of the data that the rules name; - is standard input\n"
         "      --sheet NAME      the sheet of a workbook, or table of a database, to read; all: every one that fits\n"
         "      --query SQL       what a SELECT gives of an SQLite database\n"
         "      --encoding NAME   of a CSV file: utf-8, cp949 or utf-16le   [told by its bytes]\n"
         "      --set NAME=VALUE  another value for a parameter, at every step; may be repeated\n"
         "      --at DATE         the day (YYYY-MM-DD) whose values of dated parameters hold   [date of the rules]\n"
         "      --period NAME     the period to evaluate   [what the rules declare]\n"
         "  -o, --output FILE     write to FILE instead of standard output\n"
         "      --lang en|ko      language of the texts   [from LANG]\n"
         "\n"
         "Data and rules are read once. Below the counts stands each project whose verdict changes, with the exact\n"
         "value: \">= 75\" from 75 on, \"> 75\" above it. Where a parameter enters formulas, a value that is not on a\n"
         "straight line is narrowed down to 6 places: \"between 79.999999 and 80\".\n"
         "\n"
         "examples:\n"
         "  perfeval sweep rules/2019.lua --param sluggish_at_most=70..100:5\n"
         "  perfeval sweep rules/2019.lua --param sluggish_at_most=70..100:1 --format svg -o sweep.svg\n",
         "perfeval sweep 규칙파일 --param 이름=처음..끝:간격 [옵션]    매개변수를 바꾸어 가며 판정별 사업 수를 셈\n"
         "\n"
         "      --param 이름=처음..끝:간격  매개변수와 그 값들. 두 번 쓰면 두 매개변수의 표\n"
         "      --format 이름     text, json, svg   [text]\n"
         "      --data 파일       규칙이 정한 자료 대신 평가할 파일. - 는 표준 입력\n"
         "      --sheet 이름      읽을 시트(엑셀)나 테이블(데이터베이스). all 은 맞는 것 모두\n"
         "      --query SQL       SQLite 데이터베이스에서 SELECT 로 고른 자료\n"
         "      --encoding 이름   CSV 파일의 글자 부호: utf-8, cp949, utf-16le   [파일을 보고 앎]\n"
         "      --set 이름=값     모든 단계에서 쓸 다른 매개변수의 값. 여러 번 쓸 수 있음\n"
         "      --at 날짜         날짜별 매개변수 값의 기준일(YYYY-MM-DD)   [규칙 파일의 date]\n"
         "      --period 이름     평가할 기간   [규칙 파일이 정한 것]\n"
         "  -o, --output 파일     표준 출력 대신 파일에 씀\n"
         "      --lang en|ko      언어   [LANG 에서]\n"
         "\n"
         "자료와 규칙은 한 번만 읽습니다. 표 아래에는 판정이 바뀌는 사업과 정확한 값이 나옵니다. \">= 75\" 는 75부터,\n"
         "\"> 75\" 는 75를 넘을 때 바뀐다는 뜻입니다. 산식에 쓰인 매개변수에서 직선이 아닌 값은 소수 여섯째 자리까지 좁혀\n"
         "\"79.999999 ~ 80 사이\"처럼 나옵니다.\n"
         "\n"
         "예:\n"
         "  perfeval sweep rules/2019.lua --param sluggish_at_most=70..100:5\n"
         "  perfeval sweep rules/2019.lua --param sluggish_at_most=70..100:1 --format svg -o sweep.svg\n"),
    TEXT(TEXT_USAGE_MARGIN, "perfeval margin RULES [flags]    every project by how far its rate is from another verdict\n"
         "\n"
         "      --within N        only projects at most N points away\n"
         "      --bureau NAME     only projects of this bureau\n"
         "      --department NAME only projects of this department\n"
         "      --format NAME     text, csv or json   [text]\n"
         "      --data FILE       evaluate FILE instead of the data that the rules name; - is standard input\n"
         "      --sheet NAME      the sheet of a workbook, or table of a database, to read; all: every one that fits\n"
         "      --query SQL       what a SELECT gives of an SQLite database\n"
         "      --encoding NAME   of a CSV file: utf-8, cp949 or utf-16le   [told by its bytes]\n"
         "      --set NAME=VALUE  another value for a parameter of the rules; may be repeated\n"
         "      --at DATE         the day (YYYY-MM-DD) whose values of dated parameters hold   [date of the rules]\n"
         "      --period NAME     the period to evaluate   [what the rules declare]\n"
         "  -o, --output FILE     write to FILE instead of standard output\n"
         "      --lang en|ko      language of the texts   [from LANG]\n"
         "\n"
         "examples:\n"
         "  perfeval margin rules/2019.lua --within 5\n"
         "  perfeval margin rules/2019.lua --bureau 재정국 --format csv\n",
         "perfeval margin 규칙파일 [옵션]    다른 판정까지 남은 거리가 가까운 사업부터 출력\n"
         "\n"
         "      --within N        거리가 N%p 이하인 사업만\n"
         "      --bureau 이름     이 국의 사업만\n"
         "      --department 이름 이 부서의 사업만\n"
         "      --format 이름     text, csv, json   [text]\n"
         "      --data 파일       규칙이 정한 자료 대신 평가할 파일. - 는 표준 입력\n"
         "      --sheet 이름      읽을 시트(엑셀)나 테이블(데이터베이스). all 은 맞는 것 모두\n"
         "      --query SQL       SQLite 데이터베이스에서 SELECT 로 고른 자료\n"
         "      --encoding 이름   CSV 파일의 글자 부호: utf-8, cp949, utf-16le   [파일을 보고 앎]\n"
         "      --set 이름=값     매개변수 값을 바꿈. 여러 번 쓸 수 있음\n"
         "      --at 날짜         날짜별 매개변수 값의 기준일(YYYY-MM-DD)   [규칙 파일의 date]\n"
         "      --period 이름     평가할 기간   [규칙 파일이 정한 것]\n"
         "  -o, --output 파일     표준 출력 대신 파일에 씀\n"
         "      --lang en|ko      언어   [LANG 에서]\n"
         "\n"
         "예:\n"
         "  perfeval margin rules/2019.lua --within 5\n"
         "  perfeval margin rules/2019.lua --bureau 재정국 --format csv\n"),
    TEXT(TEXT_SWEEP_VALUE, "value", "값"),
    TEXT(TEXT_SWEEP_PLOT, "plot of {1}", "{1} 그래프"),
    TEXT(TEXT_SWEEP_GRID, "{1} (projects), {2} across, {3} down\n", "{1} (사업 수), 가로 {2}, 세로 {3}\n"),
    TEXT(TEXT_SWEEP_FAULT, "wrong rules: {1}", "규칙 오류: {1}"),
    TEXT(TEXT_SWEEP_FLIPS, "verdicts that change: {1}\n", "판정이 바뀌는 곳: {1}\n"),
    TEXT(TEXT_SWEEP_NO_FLIPS, "no verdict changes\n", "바뀌는 판정이 없음\n"),
    TEXT(TEXT_SWEEP_HALVED, "found between steps; a verdict that changes and changes back within one step is not seen\n",
         "단계 사이에서 찾음. 한 단계 안에서 바뀌었다가 되돌아온 판정은 보이지 않음\n"),
    TEXT(TEXT_FLIP_HEAD, "at|from|to|project", "값|이전|이후|사업"),
    TEXT(TEXT_FLIP_BETWEEN, "between {1} and {2}", "{1} ~ {2} 사이"),
    TEXT(TEXT_NO_VERDICT, "(no verdict)", "(판정 없음)"),
    TEXT(TEXT_MARGIN_HEAD, "distance|rate|verdict|at rate|then|where|project", "거리|달성률|판정|달성률이|되면|기준|사업"),
    TEXT(TEXT_MARGIN_NONE, "no such project\n", "해당하는 사업이 없음\n"),
    TEXT(TEXT_MARGIN_LAST_YEAR, "last year's rate", "지난해 달성률"),
    TEXT(TEXT_MARGIN_NO_RATE, "no rate", "달성률 없음"),
    TEXT(TEXT_MARGIN_GIVEN, "a special case gives the verdict", "예외가 판정을 정함"),
    TEXT(TEXT_MARGIN_SHARES, "forced shares: the rates of all decide", "비율 배분: 다른 사업의 달성률에 따름"),
    TEXT(TEXT_MARGIN_ALWAYS, "the same at any rate", "달성률과 상관없이 같음"),
    TEXT(TEXT_USAGE_COMPARE, "perfeval compare A.lua B.lua | RULES --set NAME=VALUE | RULES --data A --data B [flags]\n"
         "    whose verdict changes from one to the other, and the smallest set of edits that alone causes it\n"
         "\n"
         "      --set NAME=VALUE  with one rule file and one data file: the values of the second side; else of both\n"
         "      --data FILE       twice: the data of the two sides; once: of both, instead of what the rules name\n"
         "      --sheet NAME      the sheet of a workbook, or table of a database, to read; all: every one that fits\n"
         "      --query SQL       what a SELECT gives of an SQLite database\n"
         "      --encoding NAME   of a CSV file: utf-8, cp949 or utf-16le   [told by its bytes]\n"
         "      --exit-code       exit with 1 when a verdict changes\n"
         "      --format NAME     text, markdown, html or json   [text]\n"
         "      --at DATE         the day (YYYY-MM-DD) whose values of dated parameters hold   [date of the rules]\n"
         "      --period NAME     the period to evaluate   [what the rules declare]\n"
         "  -o, --output FILE     write to FILE instead of standard output\n"
         "      --lang en|ko      language of the texts   [from LANG]\n"
         "\n"
         "Rows of two data files are matched by id, else by their names and order. An edit is a parameter, a case,\n"
         "a band, a special case or another part of the rules, a target, an actual or another cell, a row. Sets of\n"
         "edits are found by evaluating with each of them.\n"
         "\n"
         "examples:\n"
         "  perfeval compare rules/2019.lua --set sluggish_at_most=90\n"
         "  perfeval compare rules/2019.lua rules/2020.lua --format markdown -o compare.md\n",
         "perfeval compare 가.lua 나.lua | 규칙파일 --set 이름=값 | 규칙파일 --data 가 --data 나 [옵션]\n"
         "    판정이 바뀌는 사업과, 그것만으로 판정을 바꾸는 가장 적은 수정\n"
         "\n"
         "      --set 이름=값     규칙 파일과 자료가 하나씩이면 둘째 쪽의 값, 아니면 두 쪽 모두의 값\n"
         "      --data 파일       두 번: 두 쪽의 자료. 한 번: 규칙이 정한 자료 대신 두 쪽 모두의 자료\n"
         "      --sheet 이름      읽을 시트(엑셀)나 테이블(데이터베이스). all 은 맞는 것 모두\n"
         "      --query SQL       SQLite 데이터베이스에서 SELECT 로 고른 자료\n"
         "      --encoding 이름   CSV 파일의 글자 부호: utf-8, cp949, utf-16le   [파일을 보고 앎]\n"
         "      --exit-code       바뀌는 판정이 있으면 1로 끝남\n"
         "      --format 이름     text, markdown, html, json   [text]\n"
         "      --at 날짜         날짜별 매개변수 값의 기준일(YYYY-MM-DD)   [규칙 파일의 date]\n"
         "      --period 이름     평가할 기간   [규칙 파일이 정한 것]\n"
         "  -o, --output 파일     표준 출력 대신 파일에 씀\n"
         "      --lang en|ko      언어   [LANG 에서]\n"
         "\n"
         "두 자료의 행은 id 로, 없으면 이름과 순서로 짝을 짓습니다. 수정은 매개변수, 산식, 판정 구간, 예외,\n"
         "그 밖의 규칙, 목표, 실적, 다른 칸, 행 하나하나입니다. 원인은 수정을 하나씩, 둘씩 넣어 다시 평가하여\n"
         "찾습니다.\n"
         "\n"
         "예:\n"
         "  perfeval compare rules/2019.lua --set sluggish_at_most=90\n"
         "  perfeval compare rules/2019.lua rules/2020.lua --format markdown -o compare.md\n"),
    TEXT(TEXT_OPERAND_OTHER, "the other side (a second rule file, --set, or a second --data)",
         "비교할 상대 (둘째 규칙 파일, --set, 둘째 --data)"),
    TEXT(TEXT_COMPARE_TITLE, "Comparison of verdicts", "판정 비교"),
    TEXT(TEXT_COMPARE_BEFORE, "before: {1}", "이전: {1}"),
    TEXT(TEXT_COMPARE_AFTER, "after: {1}", "이후: {1}"),
    TEXT(TEXT_COMPARE_MATRIX, "Projects by verdict before (down) and after (across)", "판정별 사업 수 (세로: 이전, 가로: 이후)"),
    TEXT(TEXT_COMPARE_TOTAL, "all", "계"),
    TEXT(TEXT_COMPARE_ABSENT, "(not there)", "(없음)"),
    TEXT(TEXT_COMPARE_BUREAUS, "By bureau", "국별"),
    TEXT(TEXT_COMPARE_CHANGES, "Projects whose verdict changes: {1}", "판정이 바뀌는 사업: {1}"),
    TEXT(TEXT_COMPARE_CHANGE, "{1}: {2} → {3} (rate {4} → {5})", "{1}: {2} → {3} (달성률 {4} → {5})"),
    TEXT(TEXT_COMPARE_CAUSE, "{1} {2}: {3} → {4} ({5})", "{1} {2}: {3} → {4} ({5})"),
    TEXT(TEXT_COMPARE_ROW, "{1}: {2} ({3})", "{1}: {2} ({3})"),
    TEXT(TEXT_COMPARE_NOTHING, "(nothing)", "(없음)"),
    TEXT(TEXT_COMPARE_POINTS, "{1}, rate {2}", "{1}, 달성률 {2}"),
    TEXT(TEXT_COMPARE_REST, "other edits: rate {1}", "그 밖의 수정: 달성률 {1}"),
    TEXT(TEXT_COMPARE_NOT_MINIMAL, "these are all edits that touch it; no smaller set was found by trying",
         "이 사업에 닿는 모든 수정. 더 적은 원인을 가려내지 못함"),
    TEXT(TEXT_EDIT_PARAM, "parameter", "매개변수"),
    TEXT(TEXT_EDIT_CASE, "case", "산식"),
    TEXT(TEXT_EDIT_BAND, "band", "판정 구간"),
    TEXT(TEXT_EDIT_SPECIAL, "special case", "예외"),
    TEXT(TEXT_EDIT_RULE, "rule", "규칙"),
    TEXT(TEXT_EDIT_TARGET, "cell", "칸"),
    TEXT(TEXT_EDIT_ACTUAL, "cell", "칸"),
    TEXT(TEXT_EDIT_CELL, "cell", "칸"),
    TEXT(TEXT_EDIT_ROW_ADDED, "row added", "행 추가"),
    TEXT(TEXT_EDIT_ROW_REMOVED, "row removed", "행 삭제"),
    TEXT(TEXT_USAGE_BATCH, "perfeval batch JOBS [flags]    every run of a list of jobs that is due, each in a process of its own\n"
         "\n"
         "A run is due unless its newest record was made of the files as they are now and its outputs are there\n"
         "unchanged: so what was missed is caught up. One that fails does not stop the others.\n"
         "\n"
         "      --jobs N          at most N runs at a time, 1 to 256   [processors]\n"
         "      --force           do all runs, whether due or not\n"
         "      --dry-run         list the runs, and which are due; nothing is written\n"
         "      --log NAME        on standard error: text, or json (an object a line)   [text]\n"
         "      --format NAME     of the table at the end: text or json (perfeval.batch/1)   [text]\n"
         "      --install-timer   print units of systemd, a line for cron and a stanza for logrotate\n"
         "      --write DIR       with --install-timer: write them into DIR\n"
         "  -o, --output FILE     write the table to FILE instead of standard output\n"
         "      --lang en|ko      language of the messages   [from LANG]\n"
         "\n"
         "examples:\n"
         "  perfeval batch jobs.lua --dry-run\n"
         "  perfeval batch jobs.lua --jobs 4 --log json\n"
         "\n"
         "Exit code: the first of 70, 5, 4, 2, 3, 1 that a run ended with, else 0.\n",
         "perfeval batch 작업목록 [옵션]    목록에서 할 때가 된 실행을 모두, 각각 별도의 프로세스로\n"
         "\n"
         "가장 새로운 기록이 지금의 파일로 만든 것이고 출력물도 그대로이면 하지 않습니다. 그래서 빠진 실행은\n"
         "다음에 하게 됩니다. 하나가 실패해도 나머지는 계속합니다.\n"
         "\n"
         "      --jobs N          한꺼번에 할 실행의 수(1~256)   [프로세서 수]\n"
         "      --force           바뀐 것이 없어도 모두 실행\n"
         "      --dry-run         실행할 것의 목록만 출력. 아무것도 쓰지 않음\n"
         "      --log 이름        표준 오류의 기록: text 또는 json(한 줄에 하나)   [text]\n"
         "      --format 이름     끝에 나오는 표: text 또는 json(perfeval.batch/1)   [text]\n"
         "      --install-timer   systemd 유닛, cron 줄, logrotate 설정을 출력\n"
         "      --write 폴더      --install-timer 와 함께: 폴더에 씀\n"
         "  -o, --output 파일     표를 표준 출력 대신 파일에 씀\n"
         "      --lang en|ko      메시지 언어   [LANG 에서]\n"
         "\n"
         "예:\n"
         "  perfeval batch jobs.lua --dry-run\n"
         "  perfeval batch jobs.lua --jobs 4 --log json\n"
         "\n"
         "종료 코드: 실행들의 종료 코드 가운데 70, 5, 4, 2, 3, 1 순으로 먼저인 것, 없으면 0.\n"),
    TEXT(TEXT_USAGE_DOCTOR, "perfeval doctor [DIR] [flags]    whether this machine has what a run needs\n"
         "\n"
         "Looks at locale, encodings, fonts, modules, installed scripts, the project folder DIR (where you are),\n"
         "temporary files, the confinement of scripts, processor and digest: a line each, with what to do.\n"
         "\n"
         "      --lang en|ko      language of the messages   [from LANG]\n"
         "\n"
         "examples:\n"
         "  perfeval doctor\n"
         "\n"
         "Exit code 1: something that every run needs is wrong; 0 with warnings: some inputs or outputs are affected.\n",
         "perfeval doctor [폴더] [옵션]    이 컴퓨터에서 실행할 수 있는지 점검\n"
         "\n"
         "로캘, 글자 부호, 글꼴, 모듈, 설치된 스크립트, 작업 폴더(없으면 지금 폴더), 임시 폴더, 스크립트 격리,\n"
         "프로세서, 해시를 한 줄씩 점검하고 고칠 방법을 알려 줍니다.\n"
         "\n"
         "      --lang en|ko      메시지 언어   [LANG 에서]\n"
         "\n"
         "예:\n"
         "  perfeval doctor\n"
         "\n"
         "종료 코드 1: 모든 실행에 필요한 것이 잘못됨. 경고만 있으면 0 (일부 입력이나 출력에만 영향).\n"),
    TEXT(TEXT_DOCTOR_OK, "ok     ", "정상"),
    TEXT(TEXT_DOCTOR_WARNING, "warning", "경고"),
    TEXT(TEXT_DOCTOR_WRONG, "wrong  ", "오류"),
    TEXT(TEXT_DOCTOR_LOCALE, "locale", "로캘"),
    TEXT(TEXT_DOCTOR_NO_LOCALE, "locale {1} is not installed: choose one of `locale -a`, such as C.UTF-8", "설치되지 않은 로캘({1}): locale -a 에 있는 것(예: C.UTF-8)을 쓰세요"),
    TEXT(TEXT_DOCTOR_NOT_UTF8, "the terminal may garble Korean: export LANG=ko_KR.UTF-8 or C.UTF-8", "화면에서 한글이 깨질 수 있음: export LANG=ko_KR.UTF-8 (또는 C.UTF-8)"),
    TEXT(TEXT_DOCTOR_ENCODINGS, "encodings", "글자 부호"),
    TEXT(TEXT_DOCTOR_NO_CP949, "iconv cannot read CP949: install its gconv modules, or save data as UTF-8", "iconv 가 CP949 를 읽지 못함: gconv 모듈을 설치하거나 자료를 UTF-8 로 저장하세요"),
    TEXT(TEXT_DOCTOR_FONTS, "Hangul font", "한글 글꼴"),
    TEXT(TEXT_DOCTOR_FONTS_UNKNOWN, "not looked for: no fontconfig here (documents name fonts and do not carry them)", "확인하지 않음: fontconfig 없음 (문서에는 글꼴 이름만 들어감)"),
    TEXT(TEXT_DOCTOR_NO_FONT, "it has no Hangul; install one that has, such as fonts-noto-cjk or fonts-nanum", "한글이 없는 글꼴: fonts-noto-cjk 나 fonts-nanum 을 설치하세요"),
    TEXT(TEXT_DOCTOR_MODULE, "module", "모듈"),
    TEXT(TEXT_DOCTOR_SCRIPTS, "scripts of reports and formats", "보고서와 형식 스크립트"),
    TEXT(TEXT_DOCTOR_NO_SCRIPTS, "not found in {1}: install again (make install), or move bin and share together", "{1} 에 없음: 다시 설치(make install)하거나 bin 과 share 를 함께 옮기세요"),
    TEXT(TEXT_DOCTOR_PROJECT, "project folder", "작업 폴더"),
    TEXT(TEXT_DOCTOR_NOT_READABLE, "no folder that you may read: {1}", "읽을 수 있는 폴더가 아님: {1}"),
    TEXT(TEXT_DOCTOR_NOT_WRITABLE, "you may not write there: let -o and --record name another folder", "쓸 수 없음: -o 와 --record 에 다른 폴더를 적으세요"),
    TEXT(TEXT_DOCTOR_TEMPORARY, "temporary files", "임시 폴더"),
    TEXT(TEXT_DOCTOR_NO_TEMPORARY, "`replay` cannot write there: let TMPDIR name another folder", "replay 가 쓸 수 없음: TMPDIR 에 다른 폴더를 적으세요"),
    TEXT(TEXT_DOCTOR_CONFINEMENT, "confinement of scripts", "스크립트 격리"),
    TEXT(TEXT_DOCTOR_NOT_CONFINED, "no run is possible: the kernel or the container must allow seccomp filters and prctl", "실행할 수 없음: 커널이나 컨테이너에서 seccomp 필터와 prctl 을 허용해야 함"),
    TEXT(TEXT_DOCTOR_PROCESSOR, "processor (level, threads)", "프로세서(수준, 스레드 수)"),
    TEXT(TEXT_DOCTOR_DIGEST, "digest", "해시"),
    TEXT(TEXT_DOCTOR_BAD_DIGEST, "digests of records are wrong: install libnettle and perfeval again", "기록의 해시가 틀림: libnettle 과 perfeval 을 다시 설치하세요"),
    TEXT(TEXT_USAGE_NOTICE, "perfeval notice SUMMARY [flags]    a finished mail or webhook body about what a batch came to\n"
         "\n"
         "SUMMARY is last-batch.json in the folder of records. Where no job of the list asks for a notice (notify),\n"
         "nothing is printed.\n"
         "\n"
         "      --format NAME     mail, webhook, or a script of scripts/notices/   [mail]\n"
         "      --force           make the notice whether it is asked for or not\n"
         "  -o, --output FILE     write to FILE instead of standard output\n"
         "      --lang en|ko      language of the messages   [from LANG]\n"
         "\n"
         "examples:\n"
         "  perfeval notice records/last-batch.json\n"
         "  perfeval notice records/last-batch.json --format webhook --force\n",
         "perfeval notice 요약 [옵션]    일괄 평가의 결과를 알리는 메일이나 웹훅의 내용을 출력\n"
         "\n"
         "요약은 기록 폴더의 last-batch.json 입니다. 알림을 청한 작업(notify)이 없으면 아무것도 출력하지 않습니다.\n"
         "\n"
         "      --format 이름     mail, webhook 또는 scripts/notices/ 의 스크립트   [mail]\n"
         "      --force           청하지 않았어도 출력\n"
         "  -o, --output 파일     표준 출력 대신 파일에 씀\n"
         "      --lang en|ko      메시지 언어   [LANG 에서]\n"
         "\n"
         "예:\n"
         "  perfeval notice records/last-batch.json\n"
         "  perfeval notice records/last-batch.json --format webhook --force\n"),
    TEXT(TEXT_OPERAND_SUMMARY, "the summary of a batch", "일괄 평가의 요약"),
    TEXT(TEXT_JOBS_USE, "jobs takes one table: write return jobs { … }", "jobs 는 표 하나를 받음: return jobs { … } 로 쓰세요"),
    TEXT(TEXT_HINT_JOBS, "write `return jobs {`", "`return jobs {` 로 쓰세요"),
    TEXT(TEXT_BATCH_HEAD, "job|run|state|exit|projects|verdicts", "작업|실행|상태|종료 코드|사업|판정"),
    TEXT(TEXT_BATCH_SUMMARY, "{1} done, {2} current, {3} failed, {4} elsewhere\n", "한 것 {1}, 그대로 {2}, 실패 {3}, 다른 곳에서 진행 중 {4}\n"),
    TEXT(TEXT_BATCH_PLAN, "job|run|due|rules|data|outputs", "작업|실행|할 차례|규칙|자료|출력"),
    TEXT(TEXT_BATCH_DUE, "yes", "예"),
    TEXT(TEXT_BATCH_NOT_DUE, "no", "아니요"),
    TEXT(TEXT_BATCH_DONE, "{1}: done, {2} projects ({3})\n", "{1}: 완료, 사업 {2}개 ({3})\n"),
    TEXT(TEXT_BATCH_CURRENT, "{1}: nothing has changed\n", "{1}: 바뀐 것 없음\n"),
    TEXT(TEXT_BATCH_AGAIN, "{1}: failed with exit code {2}, will be tried again\n", "{1}: 종료 코드 {2} 로 실패, 다시 시도함\n"),
    TEXT(TEXT_BATCH_FAILED, "{1}: failed with exit code {2}\n", "{1}: 종료 코드 {2} 로 실패\n"),
    TEXT(TEXT_USAGE_REPLAY, "perfeval replay RECORD [flags]    evaluate again what a record of a run tells of, and say what differs\n"
         "\n"
         "A record of run --record DIR is evaluated from the files of today, looked for from the folder that\n"
         "the run was started in; the file of `lock` from what it holds itself.\n"
         "\n"
         "      --kept            evaluate the files as the folder of records keeps them, not those of today\n"
         "      --data FILE       evaluate FILE instead of the data of the record\n"
         "      --threads N       compute with at most N threads, 1 to 256; results never depend on it\n"
         "  -o, --output FILE     write to FILE instead of standard output\n"
         "      --lang en|ko      language of the messages   [from LANG]\n"
         "\n"
         "examples:\n"
         "  perfeval replay records/000001.json\n"
         "  perfeval replay 2019.lock\n"
         "\n"
         "Exit code 0 when everything is identical, 1 when something differs.\n",
         "perfeval replay 기록 [옵션]    실행 기록대로 다시 계산하여 다른 점을 출력\n"
         "\n"
         "기록(run --record 폴더, batch)은 실행을 시작한 폴더에서 찾은 지금의 파일로, lock 의 파일은 그 안에 든 것으로\n"
         "다시 계산합니다.\n"
         "\n"
         "      --kept            지금의 파일 대신 기록 폴더에 보관된 파일로 계산\n"
         "      --data 파일       기록의 자료 대신 이 파일을 평가\n"
         "      --threads N       계산에 쓸 스레드 수 한도(1~256). 결과는 이에 따라 달라지지 않음\n"
         "  -o, --output 파일     표준 출력 대신 파일에 씀\n"
         "      --lang en|ko      메시지 언어   [LANG 에서]\n"
         "\n"
         "예:\n"
         "  perfeval replay records/000001.json\n"
         "  perfeval replay 2019.lock\n"
         "\n"
         "모두 같으면 종료 코드 0, 다른 것이 있으면 1 입니다.\n"),
    TEXT(TEXT_USAGE_LOCK, "perfeval lock RULES -o FILE [flags]    close a period: a run with all that it was made of, in one file\n"
         "\n"
         "FILE is a plain tar: the record of the run, the rules, scripts and data as they were read, the report.\n"
         "`perfeval replay FILE` evaluates it again from these alone.\n"
         "\n"
         "  -o, --output FILE     the file to write\n"
         "      --format, --level, --report, --data, --set, --at, --period, --threads    as for run\n"
         "      --lang en|ko      language of the messages   [from LANG]\n"
         "\n"
         "examples:\n"
         "  perfeval lock rules/2019.lua -o 2019.lock\n"
         "  perfeval lock rules/2019.lua --format json -o 2019.lock\n",
         "perfeval lock 규칙파일 -o 파일 [옵션]    기간 마감: 실행 하나를 그 바탕과 함께 파일 하나로 보관\n"
         "\n"
         "파일은 보통의 tar 이며 실행 기록, 읽은 그대로의 규칙·스크립트·자료, 완성된 보고서가 들어 있습니다.\n"
         "`perfeval replay 파일` 은 이것만으로 다시 계산합니다.\n"
         "\n"
         "  -o, --output 파일     쓸 파일\n"
         "      --format, --level, --report, --data, --set, --at, --period, --threads    run 과 같음\n"
         "      --lang en|ko      메시지 언어   [LANG 에서]\n"
         "\n"
         "예:\n"
         "  perfeval lock rules/2019.lua -o 2019.lock\n"
         "  perfeval lock rules/2019.lua --format json -o 2019.lock\n"),
    TEXT(TEXT_OPERAND_RECORD, "the record", "기록 파일"),
    TEXT(TEXT_REPLAY_IDENTICAL, "identical: {1} rows, {2} outputs\n", "같음: {1}행, 출력물 {2}개\n"),
    TEXT(TEXT_REPLAY_DIFFERS, "differs from {1}:\n", "기록과 다름 ({1}):\n"),
    TEXT(TEXT_REPLAY_CELL, "  {1}: {2}: \"{4}\", was \"{3}\"\n", "  {1}: {2}: \"{4}\", 기록에는 \"{3}\"\n"),
    TEXT(TEXT_REPLAY_COLUMNS, "  {1}: the columns are not the same\n", "  {1}: 열이 다름\n"),
    TEXT(TEXT_REPLAY_ROWS, "  {1}: the number of rows is not the same\n", "  {1}: 행의 수가 다름\n"),
    TEXT(TEXT_REPLAY_INPUT, "  {1}: {2} is not the file that it was\n", "  {1}: 내용이 달라진 파일 {2}\n"),
    TEXT(TEXT_REPLAY_UNREAD, "  {1}: {2} is no longer read\n", "  {1}: 이제 읽지 않는 파일 {2}\n"),
    TEXT(TEXT_REPLAY_MORE, "  {1} was not read then\n", "  그때는 읽지 않은 파일 {1}\n"),
    TEXT(TEXT_REPLAY_ROW, "  {1}: {2}\n", "  {1}: {2}\n"),
    TEXT(TEXT_REPLAY_VERDICT, "  verdict of {1}: {2} → {3}\n", "  판정, {1}: {2} → {3}\n"),
    TEXT(TEXT_REPLAY_COUNT, "  rows of the results: {1} → {2}\n", "  결과의 행: {1} → {2}\n"),
    TEXT(TEXT_REPLAY_RESULTS, "  the results have another digest{1}\n", "  결과의 지문이 다름{1}\n"),
    TEXT(TEXT_REPLAY_OUTPUT, "  output {1}: other bytes\n", "  출력물 {1}: 내용이 다름\n"),
    TEXT(TEXT_USAGE_HISTORY, "perfeval history WORD [flags]    the runs that records tell of, in one database\n"
         "\n"
         "  history add RECORD…     add run records, or all of a folder; what is there already is not added twice\n"
         "  history list            the runs, the oldest first\n"
         "  history show [RUN]      what a run found, and what changed since the run before: data, target, rule or param\n"
         "  history trend [NAME]    all runs of a project, department or bureau: table and plot\n"
         "  history check           is the database whole?\n"
         "  history backup FILE     a whole copy, also while others write\n"
         "\n"
         "      --store FILE        the database   [history.db]\n"
         "      --format NAME       of trend: text, json or svg   [text]\n"
         "  -o, --output FILE       write to FILE instead of standard output\n"
         "      --lang en|ko        language of the messages   [from LANG]\n"
         "\n"
         "examples:\n"
         "  perfeval run rules/2019.lua --record records -o report.txt\n"
         "  perfeval history add records\n"
         "  perfeval history trend 청소과 --format svg -o trend.svg\n",
         "perfeval history 낱말 [옵션]    실행 기록을 데이터베이스 하나에 모은 이력\n"
         "\n"
         "  history add 기록…       실행 기록, 또는 폴더의 모든 기록을 더함. 이미 있는 것은 두 번 넣지 않음\n"
         "  history list            실행의 목록, 오래된 것부터\n"
         "  history show [번호]     실행의 결과와 앞 실행에서 바뀐 것: 자료, 목표, 규칙, 매개변수\n"
         "  history trend [이름]    사업, 부서, 국의 모든 실행: 표와 그림\n"
         "  history check           데이터베이스가 온전한지 확인\n"
         "  history backup 파일     온전한 사본. 다른 프로세스가 쓰는 중에도 됨\n"
         "\n"
         "      --store 파일        데이터베이스   [history.db]\n"
         "      --format 이름       trend 의 형식: text, json, svg   [text]\n"
         "  -o, --output 파일       표준 출력 대신 파일에 씀\n"
         "      --lang en|ko        메시지 언어   [LANG 에서]\n"
         "\n"
         "예:\n"
         "  perfeval run rules/2019.lua --record records -o report.txt\n"
         "  perfeval history add records\n"
         "  perfeval history trend 청소과 --format svg -o trend.svg\n"),
    TEXT(TEXT_OPERAND_BACKUP, "the file of the copy", "사본의 파일 이름"),
    TEXT(TEXT_HISTORY_HEAD, "run|at|job|rules|projects|verdicts", "실행|시각|작업|규칙|사업|판정"),
    TEXT(TEXT_HISTORY_SAVED, "{1} added, {2} already there\n", "추가 {1}, 이미 있음 {2}\n"),
    TEXT(TEXT_HISTORY_RUN, "run {1} of {2}: {3}\n", "실행 {1} ({2}): {3}\n"),
    TEXT(TEXT_HISTORY_MADE, "  data {1}, values {2}, {3}\n", "  자료 {1}, 바꾼 값 {2}, {3}\n"),
    TEXT(TEXT_HISTORY_COUNT, "  {1}: {2}, before {3}\n", "  {1}: {2}, 앞 실행 {3}\n"),
    TEXT(TEXT_HISTORY_SINCE, "since run {1} of {2}: verdicts that changed: {3}\n", "실행 {1} ({2}) 이후 바뀐 판정: {3}\n"),
    TEXT(TEXT_HISTORY_NEW, "  new: {1}: {2} → {3}\n", "  새로 나빠짐: {1}: {2} → {3}\n"),
    TEXT(TEXT_HISTORY_RECOVERED, "  recovered: {1}: {2} → {3}\n", "  회복: {1}: {2} → {3}\n"),
    TEXT(TEXT_HISTORY_MOVED, "  moved: {1}: {2} → {3}\n", "  바뀜: {1}: {2} → {3}\n"),
    TEXT(TEXT_HISTORY_TARGET, "    target of {1}: {2} → {3}\n", "    목표, {1}: {2} → {3}\n"),
    TEXT(TEXT_HISTORY_ACTUAL, "    data, actual of {1}: {2} → {3}\n", "    자료(실적), {1}: {2} → {3}\n"),
    TEXT(TEXT_HISTORY_ADDED, "    data, row added: {1}\n", "    자료, 더해진 행: {1}\n"),
    TEXT(TEXT_HISTORY_REMOVED, "    data, row removed: {1}\n", "    자료, 없어진 행: {1}\n"),
    TEXT(TEXT_HISTORY_RULE, "    rule: {1} → {2}, other text\n", "    규칙: {1} → {2}, 내용이 다름\n"),
    TEXT(TEXT_HISTORY_PARAM, "    param: {1} → {2}\n", "    매개변수: {1} → {2}\n"),
    TEXT(TEXT_HISTORY_OTHER, "    data: another column\n", "    자료: 다른 열\n"),
    TEXT(TEXT_HISTORY_UNIT_NEW, "  project added: {1} > {2} > {3}\n", "  새 사업: {1} > {2} > {3}\n"),
    TEXT(TEXT_HISTORY_UNIT_GONE, "  project gone: {1} > {2} > {3}\n", "  없어진 사업: {1} > {2} > {3}\n"),
    TEXT(TEXT_HISTORY_TREND_HEAD, "run|day|rules|projects", "실행|날짜|규칙|사업"),
    TEXT(TEXT_HISTORY_VERDICT, "verdict", "판정"),
    TEXT(TEXT_HISTORY_RATE, "rate", "달성률"),
    TEXT(TEXT_HISTORY_ALL, "all projects", "모든 사업"),
    TEXT(TEXT_USAGE_MERGE, "perfeval merge FILE… [flags]    join the parts of a run (run --partial) into its table\n"
         "\n"
         "All parts, in any order; the table has the same bytes as that of one run over all data.\n"
         "\n"
         "  -o, --output FILE     write to FILE (whole or not at all) instead of standard output\n"
         "      --lang en|ko      language of the messages   [from LANG]\n"
         "\n"
         "examples:\n"
         "  perfeval run rules/2019.lua --partial --partition 1/2 --level bureau --format csv -o 1.part\n"
         "  perfeval run rules/2019.lua --partial --partition 2/2 --level bureau --format csv -o 2.part\n"
         "  perfeval merge 2.part 1.part -o bureaus.csv\n",
         "perfeval merge 파일… [옵션]    나누어 실행한 결과(run --partial)를 표 하나로 합침\n"
         "\n"
         "모든 부분을 아무 순서로나 적습니다. 전체 자료를 한 번에 실행한 표와 바이트까지 같습니다.\n"
         "\n"
         "  -o, --output 파일     표준 출력 대신 파일에 씀 (온전히 쓰거나 전혀 쓰지 않음)\n"
         "      --lang en|ko      메시지 언어   [LANG 에서]\n"
         "\n"
         "예:\n"
         "  perfeval run rules/2019.lua --partial --partition 1/2 --level bureau --format csv -o 1.part\n"
         "  perfeval run rules/2019.lua --partial --partition 2/2 --level bureau --format csv -o 2.part\n"
         "  perfeval merge 2.part 1.part -o bureaus.csv\n"),
    TEXT(TEXT_OPERAND_PART, "the parts of a run", "부분 결과 파일"),
    TEXT(TEXT_PARTIAL_SHARES, "forced shares of verdicts", "판정의 강제 배분(share)"),
    TEXT(TEXT_PARTIAL_FUNCTIONS, "functions", "함수"),
    TEXT(TEXT_PARTIAL_PERIODS, "a period, or several with weights", "기간 선택 또는 기간별 가중치"),
    TEXT(TEXT_USAGE_HELP, "perfeval help [TOPIC]    help on a command, a message's code, `exit` (exit codes) or `codes` (all messages)\n"
         "\n"
         "examples:\n"
         "  perfeval help run\n"
         "  perfeval help not-a-number\n",
         "perfeval help [주제]    명령, 메시지 코드, exit(종료 코드), codes(모든 메시지)의 도움말\n"
         "\n"
         "예:\n"
         "  perfeval help run\n"
         "  perfeval help not-a-number\n"),
    TEXT(TEXT_HELP_EXIT, "exit codes\n"
         "   0  done, whatever the verdicts and missing values\n"
         "   1  findings: a special case that matched nothing, functions of the rules that failed on rows\n"
         "   2  the rules or a script are wrong\n"
         "   3  the data are wrong\n"
         "   4  a limit was hit (time, memory, size)\n"
         "   5  a file could not be read or written\n"
         "  64  the command line is wrong\n"
         "  70  an internal fault: the confined process that runs scripts died\n"
         "Several at once: the first of 70, 5, 4, 2, 3, 1. On every code but 0 and 1 nothing was written.\n",
         "종료 코드\n"
         "   0  끝냄 (판정이나 빈 값과 관계없이)\n"
         "   1  확인할 것이 있음: 해당 행이 없는 예외, 행에서 실패한 규칙 함수\n"
         "   2  규칙이나 스크립트가 잘못됨\n"
         "   3  자료가 잘못됨\n"
         "   4  한도를 넘음 (시간, 메모리, 크기)\n"
         "   5  파일을 읽거나 쓸 수 없음\n"
         "  64  명령줄이 잘못됨\n"
         "  70  내부 결함: 스크립트를 실행하던 격리 프로세스가 죽음\n"
         "여럿이면 70, 5, 4, 2, 3, 1 순서로 먼저인 것. 0과 1이 아니면 아무것도 쓰지 않았습니다.\n"),
    TEXT(TEXT_HELP_CODES, "messages, by code:\n", "메시지 코드:\n"),

    /* words for numbers of things */
    TEXT(TEXT_COUNT_ONE, "{1} {2}", "{2} {1}개"),
    TEXT(TEXT_COUNT_MANY, "{1} {2}s", "{2} {1}개"),
    TEXT(TEXT_FILE, "file", "파일"),
    TEXT(TEXT_OR, " or ", " 또는 "),
    /* explain: the lines of a chain */
    TEXT(TEXT_EXPLAIN_HEAD, "{1} ({2} {3}): {4}\n", "{1} ({2} {3}): {4}\n"),
    TEXT(TEXT_EXPLAIN_NONE, "no verdict", "판정 없음"),
    TEXT(TEXT_EXPLAIN_ROW, "  {1}. {2} ({3}), row {4}\n", "  {1}. {2} ({3}), 자료 {4}행\n"),
    TEXT(TEXT_EXPLAIN_CELL, "{1} \"{2}\" = {3} ({4})", "{1} \"{2}\" = {3} ({4})"),
    TEXT(TEXT_EXPLAIN_BLANK, "blank", "빈 칸"),
    TEXT(TEXT_EXPLAIN_NO_RATE, ": no rate, {1}", ": 달성률 없음, {1}"),
    TEXT(TEXT_EXPLAIN_EXACTLY, ", exactly {1}", ", 정확히 {1}"),
    TEXT(TEXT_EXPLAIN_PRINTED, ", printed {1}", ", 인쇄 {1}"),
    TEXT(TEXT_EXPLAIN_APPLIES, "{1} applies ({2})", "{1} 적용 ({2})"),
    TEXT(TEXT_EXPLAIN_EXCLUDES, ": left out", ": 제외"),
    TEXT(TEXT_EXPLAIN_FUNCTION, ": function", ": 함수"),
    TEXT(TEXT_EXPLAIN_BECAUSE, ", because: {1}", ", 사유: {1}"),
    TEXT(TEXT_EXPLAIN_NO_CASE, "no case applies", "맞는 경우 없음"),
    TEXT(TEXT_EXPLAIN_NOT, "; not {1} ({2}): {3}, here {4}", "; {1} 아님 ({2}): {3}, 자료는 {4}"),
    TEXT(TEXT_EXPLAIN_NOT_UNSEEN, "; not {1} ({2}): {3}", "; {1} 아님 ({2}): {3}"),
    TEXT(TEXT_EXPLAIN_MORE, "; nor {1} more", "; 그 밖에 {1}개도 아님"),
    TEXT(TEXT_EXPLAIN_MATCHES, " · published {1}: reproduced", " · 공표 {1}: 재현됨"),
    TEXT(TEXT_EXPLAIN_ROUNDED, " · published {1}: reproduced by rounding {2}, digits {3}", " · 공표 {1}: {2}, 소수 {3}자리로 반올림하면 재현됨"),
    TEXT(TEXT_EXPLAIN_HIDDEN, " · published {1}: possible with hidden decimals, {2} in {3}",
         " · 공표 {1}: 인쇄되지 않은 소수가 있으면 가능, {2} {3}"),
    TEXT(TEXT_EXPLAIN_HIDDEN_BOTH, " · published {1}: possible with hidden decimals of target and actual together",
         " · 공표 {1}: 목표와 실적 모두에 인쇄되지 않은 소수가 있으면 가능"),
    TEXT(TEXT_EXPLAIN_WOULD_NEED, " · published {1}: does not follow from these numbers, an actual of {2} would give it",
         " · 공표 {1}: 이 수치로는 나오지 않음, 실적이 {2} 이면 나옴"),
    TEXT(TEXT_EXPLAIN_NOT_SOUGHT, "  no change was looked for: each would take evaluating all rows again\n",
         "  바뀌려면 얼마이어야 하는지는 찾지 않음: 그때마다 모든 행을 다시 평가해야 함\n"),
    TEXT(TEXT_EXPLAIN_DIFFERS, " · published {1}: does not follow from these numbers", " · 공표 {1}: 이 수치로는 나오지 않음"),
    TEXT(TEXT_EXPLAIN_PERIOD, "{1} x {2}: {3}", "{1} x {2}: {3}"),
    TEXT(TEXT_EXPLAIN_OWN_VERDICT, " · {1}", " · {1}"),
    TEXT(TEXT_EXPLAIN_LAST_ROW, " · last year {1}", " · 작년 {1}"),
    TEXT(TEXT_EXPLAIN_ROLLUP, "  project rate: {1} ({2})", "  사업의 달성률: {1} ({2})"),
    TEXT(TEXT_EXPLAIN_LEFT_OUT, " · {1} without a rate: {2}", " · 달성률 없는 지표 {1}개: {2}"),
    TEXT(TEXT_EXPLAIN_LAST_YEAR, "  last year: {1}, now {2}\n", "  작년: {1}, 올해는 {2}\n"),
    TEXT(TEXT_EXPLAIN_POINTS, "    points {1}: {2} ({3}): {4}\n", "    가감점 {1}: {2} ({3}): {4}\n"),
    TEXT(TEXT_EXPLAIN_MORE_POINTS, "    and points by {1} more\n", "    그 밖에 가감점 {1}개\n"),
    TEXT(TEXT_EXPLAIN_REST, "all that is left", "나머지 모두"),
    TEXT(TEXT_EXPLAIN_PARAM, "    {1} is param.{2}, {3}", "    {1}: param.{2}, {3}"),
    TEXT(TEXT_EXPLAIN_FILE_VALUE, " instead of {1} ({2})", " (규칙 파일의 값 {1}, {2})"),
    TEXT(TEXT_EXPLAIN_NOT_BAND, "    not {1} ({2}): {3} does not hold for {4}\n", "    {1} 아님 ({2}): {3}, 달성률은 {4}\n"),
    TEXT(TEXT_EXPLAIN_MORE_BANDS, "    nor {1} more\n", "    그 밖에 {1}개도 아님\n"),
    TEXT(TEXT_EXPLAIN_NO_BAND, "  verdict: none\n", "  판정: 없음\n"),
    TEXT(TEXT_EXPLAIN_GIVEN, "  verdict: {1}, given by {2} ({3}): {4}\n", "  판정: {1}, {2} 예외에 따름 ({3}): {4}\n"),
    TEXT(TEXT_EXPLAIN_RANK, "  verdict: {1} ({2}): place {3} of {4}\n", "  판정: {1} ({2}): {4}개 사업 가운데 {3}위\n"),
    TEXT(TEXT_EXPLAIN_VERDICT, "  verdict: {1} ({2}): {3} holds for {4}\n", "  판정: {1} ({2}): {3}, 달성률은 {4}\n"),
    TEXT(TEXT_EXPLAIN_IS_WANTED, "  why not {1}: it is\n", "  왜 {1} 판정이 아닌가: 이미 그 판정임\n"),
    TEXT(TEXT_EXPLAIN_KEPT_BY_CASE, "  why not {1} ({2}): {3} gives another verdict\n",
         "  왜 {1} 판정이 아닌가 ({2}): {3} 예외가 다른 판정을 줌\n"),
    TEXT(TEXT_EXPLAIN_KEPT_NO_RATE, "  why not {1} ({2}): the project has no rate\n",
         "  왜 {1} 판정이 아닌가 ({2}): 사업의 달성률이 없음\n"),
    TEXT(TEXT_EXPLAIN_KEPT_BY_RANK, "  why not {1} ({2}): place {3} of {4}\n",
         "  왜 {1} 판정이 아닌가 ({2}): {4}개 사업 가운데 {3}위\n"),
    TEXT(TEXT_EXPLAIN_KEPT_BY_BAND, "  why not {1} ({2}): {3} comes first ({4}): {5}\n",
         "  왜 {1} 판정이 아닌가 ({2}): {3} 판정이 먼저임 ({4}): {5}\n"),
    TEXT(TEXT_EXPLAIN_KEPT, "  why not {1} ({2}): {3} does not hold for {4}\n",
         "  왜 {1} 판정이 아닌가 ({2}): {3}, 달성률은 {4}\n"),
    TEXT(TEXT_EXPLAIN_NO_MARGIN, "  margin: with the indicators as they are no other rate of the project gives another verdict\n",
         "  차이: 지표가 그대로이면 사업의 달성률이 얼마든 판정이 같음\n"),
    TEXT(TEXT_EXPLAIN_BELOW_CUT, "  margin: {1} points below {2}; {3} above it\n", "  차이: {2} 보다 {1}%p 낮음, 넘으면 {3}\n"),
    TEXT(TEXT_EXPLAIN_BELOW_CUT_AT, "  margin: {1} points below {2}; {3} from there on\n",
         "  차이: {2} 보다 {1}%p 낮음, 그 값부터 {3}\n"),
    TEXT(TEXT_EXPLAIN_ABOVE_CUT, "  margin: {1} points above {2}; {3} below it\n",
         "  차이: {2} 보다 {1}%p 높음, 더 낮으면 {3}\n"),
    TEXT(TEXT_EXPLAIN_ABOVE_CUT_AT, "  margin: {1} points above {2}; {3} from there down\n",
         "  차이: {2} 보다 {1}%p 높음, 그 값부터 아래는 {3}\n"),
    TEXT(TEXT_EXPLAIN_ON_CUT_ABOVE, "  margin: exactly on {1}; {2} above it\n", "  차이: 정확히 {1}, 넘으면 {2}\n"),
    TEXT(TEXT_EXPLAIN_ON_CUT_BELOW, "  margin: exactly on {1}; {2} below it\n", "  차이: 정확히 {1}, 더 낮으면 {2}\n"),
    TEXT(TEXT_EXPLAIN_WOULD, "  would do: ", "  바뀌려면: "),
    TEXT(TEXT_EXPLAIN_OR, "        or: ", "      또는: "),
    TEXT(TEXT_EXPLAIN_CHANGE, "{1} {2} instead of {3}", "{1} {3} 대신 {2}"),
    TEXT(TEXT_EXPLAIN_IN_ROW, ", row {1}", ", 자료 {1}행"),
    TEXT(TEXT_EXPLAIN_NEW_RATE, ", rate {1}", ", 달성률 {1}"),
    TEXT(TEXT_EXPLAIN_NO_CHANGE, "  no change of one actual, target or threshold alone would do\n",
         "  실적, 목표, 기준 가운데 하나만 바꾸어서는 바뀌지 않음\n"),
    TEXT(TEXT_EXPLAIN_BRIEF, "{1} {2}  {3}: {4}, {5}  row {6}, {7}:{8}\n",
         "{1} {2}  {3}: {4}, {5}  자료 {6}행, {7}:{8}\n"),
    TEXT(TEXT_EXPLAIN_SEVERAL, "{1} projects match: name one of them, choose one with --row, or explain every one with --all\n",
         "맞는 사업이 {1}개입니다. 하나의 이름을 쓰거나, --row 로 고르거나, --all 로 모두 설명하세요\n"),
    TEXT(TEXT_EXACT_ROW, "data row {1} ({2}:{3})", "자료 {1}번 행 ({2}:{3})"),
    TEXT(TEXT_EXACT_PROJECT, "project {1}", "사업 {1}"),
    TEXT(TEXT_EXACT_DEPARTMENT, "department {1}", "부서 {1}"),
    TEXT(TEXT_EXACT_BUREAU, "bureau {1}", "국 {1}"),

    /* what a command line lacks, and where it writes */
    TEXT(TEXT_OPERAND_RULES, "the rule file", "규칙 파일"),
    TEXT(TEXT_OPERAND_PARAM, "--param NAME=FROM..TO:STEP", "--param 이름=처음..끝:간격"),
    TEXT(TEXT_OPERAND_FOLDER, "the name of the folder", "새 폴더의 이름"),
    TEXT(TEXT_OPERAND_CHECK, "the file to check", "점검할 파일"),
    TEXT(TEXT_STANDARD_OUTPUT, "standard output", "표준 출력"),

    /* causes that the system gives, in its own English */
    TEXT(TEXT_CAUSE_NO_FILE, "No such file or directory", "그런 파일이나 폴더가 없음"),
    TEXT(TEXT_CAUSE_DENIED, "Permission denied", "권한이 없음"),
    TEXT(TEXT_CAUSE_NOT_PERMITTED, "Operation not permitted", "허용되지 않음"),
    TEXT(TEXT_CAUSE_FOLDER, "Is a directory", "파일이 아니라 폴더임"),
    TEXT(TEXT_CAUSE_NO_FOLDER, "Not a directory", "폴더가 아님"),
    TEXT(TEXT_CAUSE_EXISTS, "File exists", "같은 이름의 파일이 이미 있음"),
    TEXT(TEXT_CAUSE_NO_SPACE, "No space left on device", "디스크에 남은 공간이 없음"),
    TEXT(TEXT_CAUSE_QUOTA, "Disk quota exceeded", "디스크 사용 한도를 넘음"),
    TEXT(TEXT_CAUSE_TOO_LARGE, "File too large", "파일이 너무 큼"),
    TEXT(TEXT_CAUSE_READ_ONLY, "Read-only file system", "읽기 전용 디스크임"),
    TEXT(TEXT_CAUSE_DEVICE, "Input/output error", "읽고 쓰는 장치의 오류"),
    TEXT(TEXT_CAUSE_NO_DEVICE, "No such device or address", "그런 장치가 없음"),
    TEXT(TEXT_CAUSE_BUSY, "Device or resource busy", "다른 프로그램이 쓰는 중임"),
    TEXT(TEXT_CAUSE_PIPE, "Broken pipe", "받는 쪽이 닫힘"),
    TEXT(TEXT_CAUSE_LINKS, "Too many levels of symbolic links", "링크가 너무 많이 이어짐"),
    TEXT(TEXT_CAUSE_LONG_NAME, "File name too long", "파일 이름이 너무 긺"),
    TEXT(TEXT_CAUSE_INVALID, "Invalid argument", "쓸 수 없는 이름이나 값임"),
    TEXT(TEXT_CAUSE_OPEN_FILES, "Too many open files", "열린 파일이 너무 많음"),
    TEXT(TEXT_CAUSE_MEMORY, "Cannot allocate memory", "메모리가 모자람"),
    TEXT(TEXT_CAUSE_AGAIN, "Resource temporarily unavailable", "지금은 자원이 모자람"),
    TEXT(TEXT_CAUSE_NO_CALL, "Function not implemented", "이 시스템에 없는 기능임"),
    TEXT(TEXT_CAUSE_OTHER_BUILD, "it was built from another version of perfeval", "perfeval 의 다른 판에서 빌드됨"),
    TEXT(TEXT_CAUSE_ZIP, "the archive cannot be made", "압축 파일을 만들 수 없음"),
    TEXT(TEXT_CAUSE_NO_SELECT, "the query is not one SELECT", "질의가 SELECT 하나가 아님"),
    TEXT(TEXT_CAUSE_CUT_OFF, "it is cut off, or no archive", "잘렸거나 압축 파일이 아님"),
    TEXT(TEXT_CAUSE_ZIP_DATA, "its data are damaged", "내용이 손상됨"),
    TEXT(TEXT_CAUSE_ENTRIES, "parts", "파일 수"),
    TEXT(TEXT_CAUSE_INFLATED, "bytes when unpacked", "압축을 푼 크기(바이트)"),
    TEXT(TEXT_CAUSE_RATIO, "times its packed size", "압축률(배)"),
    TEXT(TEXT_CAUSE_DEPTH, "nested elements", "XML 깊이"),
    TEXT(TEXT_CAUSE_CELL_PLACE, "a cell has a place that no sheet has, or rows are out of order",
         "칸의 위치가 잘못되었거나 행의 순서가 뒤바뀜"),

    /* what is wrong with a JSON file */
    TEXT(TEXT_JSON_VALUE, "expected a value", "값이 필요함"),
    TEXT(TEXT_JSON_DIGIT, "expected a digit", "숫자가 필요함"),
    TEXT(TEXT_JSON_KEY, "expected a key in double quotes", "큰따옴표로 감싼 키가 필요함"),
    TEXT(TEXT_JSON_EMPTY_KEY, "expected a key that is not empty", "키는 비울 수 없음"),
    TEXT(TEXT_JSON_COLON, "expected ':'", "':' 표시가 필요함"),
    TEXT(TEXT_JSON_OBJECT_END, "expected ',' or '}'", "',' 또는 '}' 표시가 필요함"),
    TEXT(TEXT_JSON_LIST_END, "expected ',' or ']'", "',' 또는 ']' 표시가 필요함"),
    TEXT(TEXT_JSON_END, "expected the end of the file", "파일이 여기서 끝나야 함"),
    TEXT(TEXT_JSON_QUOTE, "expected a closing quote for this one", "여기서 연 따옴표가 닫히지 않음"),
    TEXT(TEXT_JSON_CONTROL, "expected an escape (\\n, \\t, \\u001f) for a control character",
         "제어 문자는 \\n, \\t, \\u001f 처럼 써야 함"),
    TEXT(TEXT_JSON_ESCAPE, "expected an escape such as \\n or \\u00e9", "\\ 뒤에는 \\n, \\u00e9 같은 표시가 와야 함"),
    TEXT(TEXT_JSON_HEX, "expected four hexadecimal digits", "\\u 뒤에는 16진수 네 자리가 와야 함"),
    TEXT(TEXT_JSON_NUL, "expected a character other than NUL", "NUL 문자는 쓸 수 없음"),
    TEXT(TEXT_JSON_SURROGATE, "expected a whole surrogate pair", "\\u 두 개로 쓰는 글자의 한쪽이 없거나 틀림"),
    TEXT(TEXT_JSON_ROWS, "data are a list of objects, or an object on each line", "자료는 객체의 목록이거나 줄마다 객체 하나여야 함"),
    TEXT(TEXT_JSON_FLAT, "a value of a row is a text, a number, true, false or null",
         "행의 값은 글, 수, true, false, null 중 하나여야 함"),
    TEXT(TEXT_JSON_NUMBER, "expected a number of at most {1} digits and an exponent of at most {2}",
         "숫자는 {1}자리, 지수는 {2}까지만 쓸 수 있음"),

    /* hints at a number cell */
    TEXT(TEXT_HINT_ENCODING, "the whole file seems to be in another encoding (CP949): in Excel, save it as \"CSV UTF-8\"",
         "파일 전체가 다른 부호(CP949)로 저장된 듯합니다. 엑셀에서 'CSV UTF-8' 형식으로 저장하세요"),
    TEXT(TEXT_HINT_COMMA, "the thousands separator is ',' in groups of three and the decimal point is '.'",
         "천 단위 구분은 세 자리마다 ',', 소수점은 '.' 로 씁니다"),
    TEXT(TEXT_HINT_POINTS, "a number has one decimal point", "소수점은 하나만 쓸 수 있습니다"),
    TEXT(TEXT_HINT_EXACT, "a formula is exact: when(…):at_most(…); or compare whole numbers",
         "산식 when(…):at_most(…) 은 정확합니다. 정수끼리 비교해도 됩니다"),
    TEXT(TEXT_HINT_PERCENT, "write the number without '%'", "'%' 없이 숫자만 쓰세요"),
    TEXT(TEXT_HINT_NUMBER, "expected a number such as 1234.5", "1234.5 같은 숫자를 쓰세요"),

    /* kinds of values in rules and documents */
    TEXT(TEXT_KIND_NIL, "nothing", "없음"),
    TEXT(TEXT_KIND_BOOL, "true/false", "참/거짓"),
    TEXT(TEXT_KIND_NUMBER, "number", "숫자"),
    TEXT(TEXT_KIND_TEXT, "text", "글자"),
    TEXT(TEXT_KIND_TABLE, "table", "표"),
    TEXT(TEXT_KIND_FORMULA, "formula", "산식"),
    TEXT(TEXT_KIND_FUNCTION, "function", "함수"),
    TEXT(TEXT_KIND_WORD, "choice", "낱말"),

    /* what the rules want in a place, and what they found there instead */
    TEXT(TEXT_WANT_TEXT, "text in quotes", "따옴표로 감싼 글자"),
    TEXT(TEXT_WANT_NUMBER, "a number", "숫자"),
    TEXT(TEXT_WANT_TABLE, "a table { … }", "표 { … }"),
    TEXT(TEXT_WANT_FORMULA, "a formula", "산식"),
    TEXT(TEXT_WANT_FUNCTION, "a function", "함수"),
    TEXT(TEXT_WANT_WORD, "a word such as mean", "mean 같은 낱말"),
    TEXT(TEXT_WANT_TRUE, "true", "true"),
    TEXT(TEXT_WANT_BOUND, "a number or param.NAME", "숫자 또는 param.이름"),
    TEXT(TEXT_WANT_RANGE, "a number or a range", "숫자 또는 범위"),
    TEXT(TEXT_FOUND_TEXT_FOR_NUMBER, "text (the column holds numbers)", "글자 (숫자로 된 열임)"),
    TEXT(TEXT_RATE, "rate", "달성률"),
    TEXT(TEXT_RULESET, "the ruleset", "규칙 표"),
    TEXT(TEXT_WANT_FEW, "one of at most {1} values", "값 {1}개 이하"),
    TEXT(TEXT_FOUND_MORE, "more", "더 많음"),
    TEXT(TEXT_WANT_NO_GAP, "a value (positions go from 1 without a gap)", "값 (1번부터 빈자리 없이)"),
    TEXT(TEXT_WANT_PLAIN_TABLE, "a table written in a script", "스크립트에 쓴 표"),
    TEXT(TEXT_FOUND_LIBRARY, "a library", "함수 모음"),
    TEXT(TEXT_WANT_UTF8, "text in UTF-8", "UTF-8 글자"),
    TEXT(TEXT_FOUND_BYTES, "text with other bytes", "UTF-8 이 아닌 글자"),
    TEXT(TEXT_WANT_VALUE, "a number, text, true, false, table, formula or function",
         "숫자, 글자, true, false, 표, 산식, 함수 가운데 하나"),
    TEXT(TEXT_WANT_SHALLOW, "at most {1} levels deep", "깊이 {1}단계 이하"),
    TEXT(TEXT_FOUND_DEEPER, "deeper", "더 깊음"),
    TEXT(TEXT_FOUND_UNCALLED, "a function that is not called", "부르지 않은 함수"),
    TEXT(TEXT_FOUND_SEVERAL, "several values", "여러 값"),
    TEXT(TEXT_FOUND_PLAIN_TABLE, "a plain table", "ruleset 없이 쓴 표"),
    TEXT(TEXT_HINT_RULESET, "write `return ruleset {`", "`return ruleset {` 로 쓰세요"),

    /* functions of the rules */
    TEXT(TEXT_WHEN_GAVE_NUMBER, "the `when` function gave a number; it should answer true or false",
         "`when` 함수의 결과는 true 또는 false 여야 함 (지금은 숫자)"),
    TEXT(TEXT_RATE_GAVE_FLAG, "the `rate` function gave true or false; it should give a number or nil",
         "`rate` 함수의 결과는 숫자나 nil 이어야 함 (지금은 true 또는 false)"),
    TEXT(TEXT_GAVE_FORMULA,
         "the function returned a formula: inside a function, write i.NAME for a field and param.NAME for a parameter",
         "함수의 결과가 산식임: 함수 안에서는 항목을 i.이름, 매개변수를 param.이름 으로 쓰세요"),
    TEXT(TEXT_GAVE_OTHER, "the function returned a {1}, not a number, true, false or nil",
         "함수의 결과는 숫자, true, false, nil 가운데 하나여야 함 (지금은 {1})"),
    TEXT(TEXT_GAVE_INFINITE, "the result is not a finite number", "결과가 유한한 숫자가 아님"),
    TEXT(TEXT_NO_RESULT_YET,
         "an indicator has no result yet while rules are evaluated, its siblings neither: read their columns",
         "규칙을 적용하는 동안에는 지표의 결과를 읽을 수 없음. 같은 사업의 지표도 열만 읽음"),
    TEXT(TEXT_RAW_USE, "write i:raw(\"target\"), with a colon and a column's name",
         "i:raw(\"target\") 처럼 쌍점과 열 이름으로 써야 함"),
    TEXT(TEXT_RAW_IN_REPORT, "raw is for functions of the rules: a report prints target_printed, actual_printed",
         "raw 는 규칙의 함수에서만 쓸 수 있음. 보고서에서는 target_printed, actual_printed 를 찍어야 함"),

    TEXT(TEXT_BUREAUS, "bureaus", "국"),
    TEXT(TEXT_DEPARTMENTS, "departments", "부서"),
    TEXT(TEXT_PROJECTS, "projects", "사업"),
    TEXT(TEXT_INDICATORS, "indicators", "지표"),
    TEXT(TEXT_HINT_FROM, "from = \"projects\" makes it of projects", "사업에서 바로 구하려면 from = \"projects\""),
    TEXT(TEXT_HINT_MISSING, "declare missing = \"leave_out\", \"zero\" or \"missing\"",
         "missing = \"leave_out\", \"zero\", \"missing\" 가운데 하나를 적어 두세요"),

    /* formulas */
    TEXT(TEXT_FORMULA_CONDITION, "a condition is no number: write choose(condition, value, other_value)",
         "조건은 수가 아님: choose(조건, 값, 다른값) 으로 쓰세요"),
    TEXT(TEXT_CALL_USAGE, "write {1}",
         "이렇게 쓰세요: {1}"),
    TEXT(TEXT_CALL_NUMBERS, "{1} takes 1 to {2} numbers",
         "{1} 에는 수를 1개에서 {2}개까지 씀"),
    TEXT(TEXT_CALL_WORD, "{1} is a word for the project's rate: write project = { rate = {1} }",
         "{1} 은 사업의 달성률에 쓰는 낱말: project = { rate = {1} } 로 쓰세요"),
    TEXT(TEXT_ROUND_DIGITS, "round takes 0 to {1} digits",
         "round 의 자릿수는 0에서 {1}까지"),
    TEXT(TEXT_ROUND_MODE, "round takes a mode: half_up, half_even, half_down, up, down, ceiling or floor",
         "round 의 방법: half_up, half_even, half_down, up, down, ceiling, floor 가운데 하나"),
    TEXT(TEXT_CHOOSE_CONDITION, "choose begins with a condition: choose(when(field.actual):at_most(0), value, other_value)",
         "choose 는 조건으로 시작함: choose(when(field.actual):at_most(0), 값, 다른값)"),
    TEXT(TEXT_WHEN_COLON, "write when(number):{1}({2}), with a colon",
         "콜론으로 쓰세요: when(수):{1}({2})"),
    TEXT(TEXT_WHEN_ALONE, "when(…) alone is no condition: write when(number):at_most(number), or another comparison",
         "when(…) 만으로는 조건이 아님: when(수):at_most(수) 처럼 비교를 쓰세요"),
    TEXT(TEXT_CONDITION_PARTS, "{1} takes conditions: when(…):at_most(…), a table of columns or function(i)",
         "{1} 에는 조건을 씀: when(…):at_most(…), 열과 값의 표 또는 function(i)"),
    TEXT(TEXT_CONDITION_COUNT, "{1} takes 1 to {2} conditions",
         "{1} 에는 조건을 1개에서 {2}개까지 씀"),
    TEXT(TEXT_WEIGHTED_MEAN,
         "weighted_mean takes the column of weights or a table: weighted_mean(\"weight\"), weighted_mean { [\"A\"] = 40 }",
         "weighted_mean 에는 열이나 이름별 가중치를 씀: weighted_mean(\"weight\"), weighted_mean { [\"가\"] = 40 }"),
    TEXT(TEXT_COUNT_SHARE,
         "count_share takes what counts: count_share { at_least = 100 } or count_share { verdict = \"normal\" }",
         "count_share 에는 셀 것을 씀: count_share { at_least = 100 } 또는 count_share { verdict = \"normal\" }"),
    TEXT(TEXT_TRIMMED, "trimmed takes the share cut at each end, at least 0 and below 0.5: trimmed(0.1)",
         "trimmed 에는 양끝에서 뺄 비율을 씀(0 이상 0.5 미만): trimmed(0.1)"),
    TEXT(TEXT_AT_PERIOD, "at_period takes the name of a period and a formula: at_period(\"상반기\", field.actual)",
         "at_period 에는 기간의 이름과 산식을 씀: at_period(\"상반기\", field.actual)"),
    TEXT(TEXT_WANT_SELECTOR, "a selector: a table of columns, when(…):at_most(…), all, any, no or a function",
         "고르는 조건: 열과 값의 표, when(…):at_most(…), all, any, no 또는 함수"),
    TEXT(TEXT_FORMULA_WITH_WORD, "a formula works with numbers and fields; {1} is a word for the project's rate, not a number",
         "산식에는 숫자와 항목만 쓸 수 있음: {1} 낱말은 주요사업 달성률을 정할 때 씁니다"),
    TEXT(TEXT_FORMULA_WITH_FIELD, "a formula works with numbers and fields; field stands for no column: write field.NAME",
         "산식에는 숫자와 항목만 쓸 수 있음: field.이름 으로 쓰세요"),
    TEXT(TEXT_FORMULA_WITH_PARAM, "a formula works with numbers and fields; param stands for no number: write param.NAME",
         "산식에는 숫자와 항목만 쓸 수 있음: param.이름 으로 쓰세요"),
    TEXT(TEXT_FORMULA_WITH_TEXT, "a formula works with numbers and fields, not with text: write a number without quotes",
         "산식에는 숫자와 항목만 쓸 수 있음 (지금은 글자): 숫자는 따옴표 없이 쓰세요"),
    TEXT(TEXT_FORMULA_WITH_INFINITE, "a formula needs finite numbers; this one is infinite or not a number",
         "산식에는 유한한 숫자만 쓸 수 있음"),
    TEXT(TEXT_FORMULA_WITH_OTHER, "a formula works with numbers and fields, not with {1}",
         "산식에는 숫자와 항목만 쓸 수 있음 (지금은 {1})"),
    TEXT(TEXT_FORMULA_DEEP, "this formula is nested more than {1} deep: split it into cases, or write a function(i)",
         "산식의 괄호가 {1}단계를 넘음: 경우를 나누거나 function(i) 로 쓰세요"),
    TEXT(TEXT_FORMULA_COMPARED, "a formula cannot be compared: use `when` with a range, or write a function(i)",
         "산식은 비교할 수 없음: `when` 에 범위를 쓰거나 function(i) 로 쓰세요"),
    TEXT(TEXT_FORMULA_BITWISE, "a formula has no bitwise operators: it is built with + - * /",
         "산식에는 비트 연산을 쓸 수 없음: + - * / 만 쓰세요"),
    TEXT(TEXT_FORMULA_JOINED, "a formula cannot be joined to text: it has no value before the data are read",
         "산식은 글자에 이어 붙일 수 없음: 자료를 읽기 전에는 값이 없습니다"),
    TEXT(TEXT_FORMULA_LENGTH, "a formula has no length", "산식에는 길이가 없음"),
    TEXT(TEXT_FORMULA_FIELDS, "a formula has no fields: `field.actual` is complete",
         "산식에는 하위 항목이 없음: `field.actual` 까지만 쓰세요"),
    TEXT(TEXT_FORMULA_CHANGED, "a formula cannot be changed: build a new one with + - * /",
         "산식은 고칠 수 없음: + - * / 로 새 산식을 만드세요"),
    TEXT(TEXT_FORMULA_CALLED, "a formula cannot be called: is a * missing before the parenthesis?",
         "산식은 함수가 아님: 괄호 앞에 * 표시가 빠졌는지 확인하세요"),
    TEXT(TEXT_FORMULA_MODULO, "a formula has no %: write a function(i)", "산식에는 % 연산을 쓸 수 없음: function(i) 로 쓰세요"),
    TEXT(TEXT_FORMULA_FLOOR, "a formula has no //: use / for an exact quotient, or write a function(i)",
         "산식에는 // 연산을 쓸 수 없음: / 로 나누거나 function(i) 로 쓰세요"),
    TEXT(TEXT_WORD_USE, "mean, min, max and median are words of the rules: write project = { rate = mean }",
         "mean, min, max, median 은 규칙의 낱말임: project = { rate = mean } 처럼 쓰세요"),
    TEXT(TEXT_FIELD_USE, "field alone is no value: write field.NAME, for example field.actual",
         "field 만으로는 값이 아님: field.actual 처럼 field.이름 으로 쓰세요"),
    TEXT(TEXT_PARAM_USE, "param alone is no value: write param.NAME", "param 만으로는 값이 아님: param.이름 으로 쓰세요"),
    TEXT(TEXT_TAKES_NAME, "{1} takes a name: write {1}.NAME or {1}[\"NAME\"]",
         "{1} 뒤에는 이름이 와야 함: {1}.이름 또는 {1}[\"이름\"] 으로 쓰세요"),
    TEXT(TEXT_FIELD_IN_FUNCTION, "field.{1} is a whole column: inside a function(i) write i.{1}",
         "field.{1} 표시는 열 전체를 뜻함: function(i) 안에서는 i.{1} 로 쓰세요"),
    TEXT(TEXT_NO_PARAM, "there is no param '{1}'", "매개변수(params)에 없는 이름 '{1}'"),
    TEXT(TEXT_NO_PARAM_NEAR, "there is no param '{1}', did you mean '{2}'?",
         "매개변수(params)에 없는 이름 '{1}'. 혹시 '{2}'인가요?"),
    TEXT(TEXT_RULESET_USE, "ruleset takes one table: write return ruleset { … }",
         "ruleset 에는 표 하나만 줄 수 있음: return ruleset { … } 로 쓰세요"),

    /* what scripts see of data and results */
    TEXT(TEXT_NO_FIELD, "{1} has no field '{2}'", "{1}: '{2}' 항목이 없음"),
    TEXT(TEXT_NO_FIELD_NEAR, "{1} has no field '{2}', did you mean '{3}'?", "{1}: '{2}' 항목이 없음. 혹시 '{3}'인가요?"),
    TEXT(TEXT_NO_LIST, "{1} is no list: read its fields by name", "{1}: 목록이 아니므로 항목을 이름으로 읽어야 함"),
    TEXT(TEXT_NO_LIST_KEY, "{1} is no list: its fields have names, not {2}",
         "{1}: 목록이 아니므로 항목을 이름으로 읽어야 함 (지금은 {2})"),
    TEXT(TEXT_NO_FUNCTION, "{1} is no function", "{1}: 함수가 아님"),
    TEXT(TEXT_OBJECT_READ_ONLY, "{1} is read-only: scripts cannot change data or results",
         "{1}: 스크립트는 자료와 결과를 바꿀 수 없음"),
    TEXT(TEXT_READ_ONLY, "{1} is read-only", "{1}: 읽기만 할 수 있고 바꿀 수 없음"),

    /* names of the sandbox */
    TEXT(TEXT_NAMED_ONLY, "{1} has named entries only", "{1}: 이름으로만 읽을 수 있음"),
    TEXT(TEXT_UNAVAILABLE, "{1} is not available to scripts: {2}", "{1}: 스크립트에서 쓸 수 없음. {2}"),
    TEXT(TEXT_UNKNOWN_NAME, "unknown name '{1}'", "알 수 없는 이름 '{1}'"),
    TEXT(TEXT_UNKNOWN_NAME_NEAR, "unknown name '{1}' (did you mean {2}?)", "알 수 없는 이름 '{1}'. 혹시 {2}인가요?"),
    TEXT(TEXT_GLOBAL, "assignment to the global '{1}': add `local` before it", "'{1}' 이름 앞에 `local` 을 붙여야 함"),
    TEXT(TEXT_GLOBAL_ENTRY, "assignment to an entry of _ENV", "_ENV 에는 값을 넣을 수 없음"),
    TEXT(TEXT_REQUIRE_CIRCLE, "scripts require each other in a circle: {1} is still being read",
         "스크립트들이 서로를 require 하고 있음: {1} 파일을 아직 읽는 중"),
    TEXT(TEXT_REQUIRE_DEEP, "scripts require each other more than {1} deep", "require 가 {1}단계를 넘게 이어짐"),
    TEXT(TEXT_REQUIRE_NONE, "there are no other scripts here", "여기에는 다른 스크립트가 없음"),
    TEXT(TEXT_TEXT_ARITHMETIC, "a text is no number: write tonumber(…) around it",
         "글자는 숫자처럼 계산할 수 없음: tonumber(…) 로 감싸세요"),

    /* why stock names are absent */
    TEXT(TEXT_ABSENT_CODE, "a script is only what its file says; use `require` for another script",
         "스크립트는 파일에 적힌 것만 실행합니다. 다른 스크립트는 `require` 로 쓰세요"),
    TEXT(TEXT_ABSENT_METATABLE, "they can corrupt memory in this Lua when memory is limited",
         "메모리 한도가 있는 이 Lua 에서는 메모리를 망가뜨릴 수 있습니다"),
    TEXT(TEXT_ABSENT_CHANCE, "the same rules and data must give the same result on every run",
         "규칙과 자료가 같으면 결과도 늘 같아야 합니다"),
    TEXT(TEXT_ABSENT_CATCHING, "an error stops the script, so that no limit can be held up; check values before",
         "오류가 나면 스크립트는 멈춥니다. 값을 먼저 확인하세요"),
    TEXT(TEXT_ABSENT_OUTSIDE, "scripts see the evaluation and nothing of the machine",
         "스크립트는 평가 내용만 볼 수 있습니다"),
    TEXT(TEXT_ABSENT_RAW, "it goes around read-only tables", "바꿀 수 없는 표를 바꾸게 됩니다"),
    TEXT(TEXT_ABSENT_COROUTINE, "this Lua's coroutines can crash it", "이 Lua 에서는 실행이 중단될 수 있습니다"),
    TEXT(TEXT_ABSENT_NEXT, "its order differs from run to run; use `pairs`",
         "실행할 때마다 순서가 다릅니다. `pairs` 를 쓰세요"),
    TEXT(TEXT_ABSENT_PRINT, "a report returns a document, a format returns its text",
         "보고서는 문서를, 서식은 글을 결과로 냅니다"),
    TEXT(TEXT_ABSENT_UNPACK, "it is table.unpack", "table.unpack 으로 쓰세요"),
    TEXT(TEXT_ABSENT_WARN, "`error` is how a script says that something is wrong", "잘못을 알릴 때는 `error` 를 쓰세요"),
    TEXT(TEXT_ABSENT_POW, "write x ^ y", "x ^ y 로 쓰세요"),
    TEXT(TEXT_ABSENT_BINARY, "scripts make text, not binary data", "스크립트는 글만 만듭니다"),
    TEXT(TEXT_ABSENT_LENGTH, "write #list", "#목록 으로 쓰세요"),
    TEXT(TEXT_ABSENT_MOVE, "it may run without an end; use a loop", "끝나지 않을 수 있습니다. 반복문으로 쓰세요"),
    TEXT(TEXT_ABSENT_CODES, "it accepts bytes that are no UTF-8; use text.letters",
         "UTF-8 이 아닌 바이트도 받아들입니다. text.letters 를 쓰세요"),

    /* functions of scripts */
    TEXT(TEXT_PAIRS_KEY, "pairs goes through keys that are numbers, texts or true/false; this table has a {1} as a key",
         "pairs 는 키가 숫자, 글자, 참/거짓인 표에 씀 (지금 키는 {1})"),
    TEXT(TEXT_NOT_LISTED, "these names cannot be listed", "이 이름들은 나열할 수 없음"),
    TEXT(TEXT_REP_LARGE, "string.rep would make a text of more than {1} MiB", "string.rep 의 결과가 {1} MiB 를 넘게 됨"),
    TEXT(TEXT_ADDRESS, "'%p' would show an address", "'%p' 표시는 쓸 수 없음"),
    TEXT(TEXT_SEARCH_LARGE, "{1} looks through texts of at most {2} KiB, not {3}",
         "{1}: {2} KiB 이하의 글에서만 찾을 수 있음 (지금은 {3} KiB)"),
    TEXT(TEXT_POSITION, "no list has so many positions", "목록에 없는 위치임"),
    TEXT(TEXT_LIST_LONG, "a list may have {1} entries", "목록의 항목은 {1}개까지임"),
    TEXT(TEXT_LIST_READ_ONLY, "table functions change plain tables only; this one is read-only",
         "table 함수로 바꿀 수 없는 표임"),
    TEXT(TEXT_UNPACK_MANY, "too many results to unpack", "한 번에 풀기에는 항목이 너무 많음"),
    TEXT(TEXT_TOO_LONG, "text is too long", "글이 너무 긺"),
    TEXT(TEXT_NOT_UTF8, "text is no valid UTF-8", "UTF-8 이 아닌 글임"),
    TEXT(TEXT_WIDTH_RANGE, "width is out of range", "너비가 허용 범위를 벗어남"),
    TEXT(TEXT_TABLE_BLOCKS, "a list of table blocks of the document is wanted", "문서의 표 블록의 목록이어야 함"),
    TEXT(TEXT_STYLE_NUMBER, "number must be a function that returns a text", "number는 글을 돌려주는 함수여야 함"),
    TEXT(TEXT_NUMBER_WANTED, "number text or integer expected", "숫자로 된 글자나 정수 필요"),
    TEXT(TEXT_NO_NUMBER_TEXT, "text is no number such as \"-1234.50\"", "\"-1234.50\" 같은 숫자가 아님"),
    TEXT(TEXT_ERROR_VALUE, "the error value is {1}", "오류로 넘긴 값: {1}"),
    TEXT(TEXT_HINT_NAMES, "Lua names are ASCII: write i[\"목표\"] instead of i.목표",
         "스크립트의 이름은 영문자로 써야 합니다: i.목표 대신 i[\"목표\"] 로 쓰세요"),
    TEXT(TEXT_HINT_NAME_DOT, "Lua names are ASCII: write {1}[\"{2}\"] instead of {1}.{2}",
         "점 뒤에는 영문 이름만 쓸 수 있습니다. {1}.{2} 대신 {1}[\"{2}\"] 로 쓰세요"),
    TEXT(TEXT_HINT_NAME_KEY, "Lua names are ASCII: write [\"{1}\"] = … for a column",
         "= 앞의 이름은 영문으로 씁니다. 우리말 열 이름은 [\"{1}\"] = … 처럼 묶으세요"),
    TEXT(TEXT_HINT_STRAY_QUOTE, "{1} is not a quote of Lua: write {2}", "{1} 따옴표는 쓸 수 없습니다. 대신 쓸 따옴표: {2}"),
    TEXT(TEXT_HINT_STRAY_BLANK, "this is no ordinary blank: write one", "전각 빈칸처럼 다른 빈칸입니다. 보통 빈칸으로 바꾸세요"),
    TEXT(TEXT_HINT_STRAY_SIGN, "{1} is not a sign of Lua: write {2}", "{1} 기호는 쓸 수 없습니다. 대신 쓸 기호: {2}"),
    TEXT(TEXT_HINT_COMMA_BEFORE, "is a comma missing at the end of line {1}?", "{1}행 끝에 쉼표가 빠지지 않았나요?"),
    TEXT(TEXT_HINT_COMMA_HERE, "is a comma missing before {1}?", "{1} 앞에 쉼표가 빠지지 않았나요?"),
    TEXT(TEXT_HINT_UNQUOTED, "write {1} without quotes", "따옴표 없이 {1} 만 쓰세요"),
    TEXT(TEXT_HINT_KEY_NAME, "write an English name such as sluggish or normal; the first text of the entry is printed",
         "sluggish, normal 같은 영문 이름을 쓰세요. 인쇄되는 것은 항목의 첫 글입니다"),
    TEXT(TEXT_NAME_IS_TEXT, "unknown name '{1}': it is a text, put it in quotes: \"{1}\"",
         "알 수 없는 이름 '{1}'. 글이므로 따옴표를 붙여 쓰세요: \"{1}\""),
    TEXT(TEXT_HINT_BOUND_WORD, "instead of {1} write {2} = 80", "'{1}' 대신 {2} = 80 처럼 쓰세요"),
    TEXT(TEXT_HINT_REMARK, "is this a remark? begin it with --", "설명하는 글이면 맨 앞에 -- 를 붙이세요"),
    TEXT(TEXT_HINT_NAME_TEXT, "a text stands in quotes: \"{1}\"", "글은 따옴표로 묶으세요: \"{1}\""),
    TEXT(TEXT_HINT_OPEN_QUOTE, "a quote is missing in this line", "이 줄에 빠진 따옴표가 있습니다. 여는 \" 와 닫는 \" 의 짝을 맞추세요"),
    TEXT(TEXT_HINT_TWO_COMMAS, "one comma is enough", "쉼표는 하나만 쓰세요"),
    TEXT(TEXT_HINT_COMPARE, "to compare write ==", "견줄 때는 == 를 쓰세요"),
    TEXT(TEXT_HINT_ONE_VALUE, "one = for each entry; several conditions stand in braces: when = { unit = \"%\", target = 100 }",
         "= 는 한 항목에 한 번만 씁니다. 조건은 중괄호로 묶고 쉼표로 나누세요: when = { unit = \"%\", target = 100 }"),
    TEXT(TEXT_HINT_COLON, "between a name and its value write =", "이름과 값 사이에는 : 이 아니라 = 를 쓰세요"),
    TEXT(TEXT_HINT_ESCAPE, "in a path write / instead of \\", "경로에는 \\ 대신 / 를 쓰세요"),
    TEXT(TEXT_HINT_OPEN_TABLE, "the { of line {1} is not closed", "{1}행의 { 를 닫는 } 표시가 없습니다"),
    TEXT(TEXT_HINT_METHODS, "write in the first line: local methods = require(\"methods\")",
         "파일 첫 줄에 local methods = require(\"methods\") 를 적으세요"),
    TEXT(TEXT_HINT_EXCLUDE, "write exclude = true", "exclude = true 로 쓰세요"),
    TEXT(TEXT_HINT_KEY_SIGN, "to set a key write {1} = …, not {1} {2} …", "값을 정할 때는 {2} 대신 = 를 쓰세요: {1} = …"),
    TEXT(TEXT_HINT_UNKNOWN_NAME, "a text stands in quotes: \"{1}\"; in a rule file a parameter is param.{1}",
         "글이면 \"{1}\", 규칙 파일의 매개변수이면 param.{1} 처럼 쓰세요"),
    TEXT(TEXT_HINT_KEYS, "known here: {1}", "여기에 쓸 수 있는 키: {1}"),
    TEXT(TEXT_HINT_KEYS_HERE, "columns stand inside when: when = { {1} = … }", "열은 when 안에 적으세요: when = { {1} = … }"),
    TEXT(TEXT_HINT_VALUE_LEFT, "a value without a name is left over; a number has no commas (1000)",
         "이름 없이 적은 값이 남습니다. 수에는 쉼표를 넣지 않습니다(1000)"),
    TEXT(TEXT_HINT_ENTRY_BRACES, "each entry of a list has braces of its own: {1} = { { … }, { … } }",
         "목록은 한 줄씩 중괄호로 한 번 더 묶으세요: {1} = { { … }, { … } }"),
    TEXT(TEXT_HINT_BECAUSE, "write the reason: because = \"…\"", "사유를 적으세요: because = \"…\""),
    TEXT(TEXT_HINT_WHEN, "say which rows: when = { project = \"…\" }", "어떤 행인지 적으세요: when = { project = \"…\" }"),
    TEXT(TEXT_HINT_KEY_WANTED, "write an English name for counting: key = \"watch\"",
         "집계에 쓸 영문 이름을 적으세요: key = \"watch\""),
    TEXT(TEXT_HINT_PRINTED, "the name that is printed stands first, by itself: { \"부진\", key = … }",
         "인쇄할 이름은 = 없이 맨 앞에 적으세요: { \"부진\", key = … }"),
    TEXT(TEXT_HINT_WHEN_TEXT, "say which column: when = { project = \"{1}\" }", "어느 열인지 적으세요: when = { project = \"{1}\" }"),
    TEXT(TEXT_HINT_KEY_LETTERS, "small letters, digits and _, beginning with a letter",
         "영어 소문자로 시작하고 소문자, 숫자, _ 로만 쓰세요"),
    TEXT(TEXT_HINT_VALUES, "the column has: {1}", "이 열에 있는 값: {1}"),
    TEXT(TEXT_HINT_PATTERN, "write the whole name as in the data, or a part of it with *: \"*{1}*\"",
         "자료에 있는 이름 그대로 적거나, 일부만 적으려면 \"*{1}*\" 처럼 * 를 쓰세요"),
    TEXT(TEXT_HINT_NAMES_IN_BASE, "the base has: {1}", "base 에 있는 이름: {1}"),
    TEXT(TEXT_HINT_NO_NAMES, "no entry of the base has a name: write {1} = \"{2}\" into the line there",
         "base 의 줄에 이름이 없습니다. base 파일에서 고칠 줄에 이름을 적으세요: {1} = \"{2}\""),
    TEXT(TEXT_HINT_NEW_PARAM, "a new parameter is written {1} = { 80, new = true }", "새로 만드는 매개변수는 {1} = { 80, new = true } 처럼 쓰세요"),
    TEXT(TEXT_HINT_VERDICT_KEY, "the key of \"{1}\" is \"{2}\"", "\"{1}\" 판정의 key 는 \"{2}\" 입니다"),
    TEXT(TEXT_HINT_BAND_ORDER, "the first band that holds decides: {1} stands before it and takes these rates",
         "먼저 맞는 줄이 판정합니다. {1} 보다 앞에 적거나 경계를 고치세요"),
    TEXT(TEXT_HINT_SETTING, "for example --set {1}=85, without blanks and without %", "빈칸과 % 없이 적으세요. 예: --set {1}=85"),
    TEXT(TEXT_HINT_SETTINGS, "the parameters are: {1}", "params 에 있는 이름: {1}"),
    TEXT(TEXT_HINT_RANGE, "a range has two bounds: above = 80, at_most = 90", "범위는 두 경계로 적으세요: above = 80, at_most = 90"),
    TEXT(TEXT_HINT_RULE_PATH, "a path in a rule file is seen from the folder of that file",
         "규칙 파일에 적은 경로는 그 규칙 파일이 있는 폴더에서 찾습니다"),
    TEXT(TEXT_HINT_BASE_PATH, "base is seen from the folder of this file and ends in .lua",
         "base 는 이 파일이 있는 폴더에서 찾습니다. \"2019.lua\" 처럼 적으세요"),

    /* what scripts return */
    TEXT(TEXT_RESULT_TABLE, "a table", "표"),
    TEXT(TEXT_RESULT_REPORT, "a table { purpose = …, build = function(results) … end }",
         "표 { purpose = …, build = function(results) … end }"),
    TEXT(TEXT_RESULT_FORMAT, "a table { purpose = …, draw = function(document) … end }",
         "표 { purpose = …, draw = function(document) … end }"),
    TEXT(TEXT_RESULT_WITHOUT, "a table without {1}", "{1} 함수가 없는 표"),
    TEXT(TEXT_RESULT_TEXT, "a text, a list of lines or { parts = … } from draw",
         "draw 함수가 만든 글, 줄의 목록, { parts = … } 가운데 하나"),
    TEXT(TEXT_RESULT_UTF8, "UTF-8 text from draw", "draw 함수가 만든 UTF-8 글"),
    TEXT(TEXT_RESULT_BYTES, "bytes that are no UTF-8", "UTF-8 이 아닌 바이트"),

    /* faults of a document, behind the path of the faulty value */
    TEXT(TEXT_DOCUMENT, "document", "문서"),
    TEXT(TEXT_DOCUMENT_MISSING, "is missing: {1} belongs here", "빠짐: {1} 필요"),
    TEXT(TEXT_DOCUMENT_WRONG, "is {1} where {2} belongs", "{2} 필요 (지금은 {1})"),
    TEXT(TEXT_DOCUMENT_KEY, "has an unknown key {1}", "알 수 없는 키 {1}"),
    TEXT(TEXT_DOCUMENT_KEY_NEAR, "has an unknown key {1}, did you mean {2}?", "알 수 없는 키 {1}. 혹시 {2}인가요?"),
    TEXT(TEXT_DOCUMENT_NONE_OF, "is none of {1}", "다음 가운데 하나여야 함: {1}"),
    TEXT(TEXT_DOCUMENT_NAMELESS, "has entries without a name", "이름 없는 항목이 있음"),
    TEXT(TEXT_DOCUMENT_NAMED, "is no list: it has entries with names", "목록이 아님: 이름 있는 항목이 있음"),
    TEXT(TEXT_DOCUMENT_MANY, "has {1} entries, more than {2}", "항목이 {1}개로 한도 {2}개를 넘음"),
    TEXT(TEXT_DOCUMENT_GAP, "has a gap: {1} entries, the last is number {2}",
         "중간에 빈자리가 있음: 항목은 {1}개인데 마지막 번호가 {2}번"),
    TEXT(TEXT_DOCUMENT_BYTES, "has {1} bytes, more than {2}", "{1}바이트로 한도 {2}바이트를 넘음"),
    TEXT(TEXT_DOCUMENT_UTF8, "is no valid UTF-8 at byte {1}", "{1}번째 바이트가 UTF-8 이 아님"),
    TEXT(TEXT_DOCUMENT_WHOLE, "is no whole number from 1 to {1}", "1부터 {1}까지의 정수여야 함"),
    TEXT(TEXT_DOCUMENT_NUMBER, "is no number such as \"97.0\"", "\"97.0\" 같은 숫자가 아님"),
    TEXT(TEXT_DOCUMENT_COLUMNS, "spans {1} columns where {2} are free", "{1}열을 차지하는데 남은 열은 {2}개임"),
    TEXT(TEXT_DOCUMENT_ROWS, "spans {1} rows, the table ends after {2}", "{1}행을 차지하는데 남은 행은 {2}개임"),
    TEXT(TEXT_DOCUMENT_CELLS, "has {1} cells, which do not fill the {2} columns exactly", "칸 {1}개가 열 {2}개와 맞지 않음"),
    TEXT(TEXT_DOCUMENT_EMPTY, "is empty", "비어 있음"),
    TEXT(TEXT_DOCUMENT_LARGE, "has a cell too many: a document has at most {1}", "칸이 너무 많음: 문서 하나에 {1}개까지임"),
    TEXT(TEXT_DOCUMENT_TEXT, "has more than {1} MiB of text", "글이 {1} MiB 를 넘음"),
    TEXT(TEXT_DOCUMENT_BOTH, "has both {1} and {2}: a block is one thing", "{1}, {2} 가운데 하나만 쓸 수 있음"),
    TEXT(TEXT_SHAPE_DOCUMENT, "a document { title = …, blocks = { … } }", "문서 { title = …, blocks = { … } }"),
    TEXT(TEXT_SHAPE_BLOCK, "a block such as { paragraph = … }", "{ paragraph = … } 같은 블록"),
    TEXT(TEXT_SHAPE_TABLE, "a table { columns = …, rows = … }", "표 { columns = …, rows = … }"),
    TEXT(TEXT_SHAPE_COLUMN, "a column { title = … }", "열 { title = … }"),
    TEXT(TEXT_SHAPE_CELL, "a cell (a text, an integer or a table)", "칸 (글자, 정수 또는 표)"),
    TEXT(TEXT_SHAPE_NUMBER, "an integer, or a printed number such as rate_printed,",
         "정수 또는 rate_printed 같은 인쇄용 숫자"),
    TEXT(TEXT_SHAPE_LIST, "a list { … }", "목록 { … }"),
    TEXT(TEXT_SHAPE_TEXT, "a text", "글자"),
    TEXT(TEXT_SHAPE_TRUE, "the value true", "true"),
    TEXT(TEXT_SHAPE_FLAG, "true or false", "true 또는 false"),
    TEXT(TEXT_SHAPE_INTEGER, "an integer", "정수"),
    TEXT(TEXT_SHAPE_FRACTION, "a number with a fraction", "소수"),
    TEXT(TEXT_SHAPE_OBJECT, "an object such as a Project", "Project 같은 객체"),
    TEXT(TEXT_SHAPE_CHART, "a chart { kind = …, title = …, rows = … }", "차트 { kind = …, title = …, rows = … }"),
    TEXT(TEXT_SHAPE_CHART_ROW, "a row { label = …, values = … }", "행 { label = …, values = … }"),
    TEXT(TEXT_SHAPE_CHART_SERIES, "a series { name = … }", "계열 { name = … }"),
    TEXT(TEXT_SHAPE_CHART_LINE, "a line { value = …, label = … }", "선 { value = …, label = … }"),
    TEXT(TEXT_DOCUMENT_SERIES, "has {1} entries where {2} belong", "항목 {2}개가 필요한데 {1}개임"),
    TEXT(TEXT_DOCUMENT_RANGE, "is no number from {1} to {2}", "{1}부터 {2}까지의 숫자여야 함"),
    TEXT(TEXT_DOCUMENT_COLOR, "is no colour such as \"#1b1f24\"", "\"#1b1f24\" 같은 색이 아님"),
    TEXT(TEXT_DOCUMENT_STYLE, "names {1}, which is not described", "{1}: 정의되지 않은 이름임"),
    TEXT(TEXT_DOCUMENT_PLACE, "lies over another cell or over the edge of the head", "다른 칸과 겹치거나 머리의 경계를 넘음"),
    TEXT(TEXT_SHAPE_RECORD, "a table { … = … }", "표 { … = … }"),
    TEXT(TEXT_WORKBOOK_PLACE, "lies outside the sheet, or on a sheet that is not there",
         "시트 밖이거나 없는 시트를 가리킴"),
    TEXT(TEXT_WORKBOOK_TAKEN, "lies on a cell that is taken already", "이미 쓰인 칸과 겹침"),
    TEXT(TEXT_WORKBOOK_THINGS, "must be one of text, number, formula (value belongs to a formula)",
         "text, number, formula 가운데 하나여야 함 (value 는 formula 에만)"),
    TEXT(TEXT_WORKBOOK_LONG, "has a text that is too long for a spreadsheet", "글이 스프레드시트의 한도보다 긺"),
    TEXT(TEXT_WORKBOOK_FORMULA,
         "is a formula of more than numbers, places of this workbook, texts in quotes, operators, SUM and their like",
         "숫자, 이 통합 문서의 칸, 따옴표 안의 글, 연산자, SUM 같은 함수 말고 다른 것이 든 수식임"),
    TEXT(TEXT_WORKBOOK_STYLE, "has a style that is not there", "없는 style 을 가리킴"),
    TEXT(TEXT_WORKBOOK_CELLS, "has a cell too many for one workbook", "통합 문서의 칸 수 한도를 넘음"),
    TEXT(TEXT_WORKBOOK_COLOR, "has a colour that is not written as #1F2937", "색은 #1F2937 처럼 적어야 함"),
    TEXT(TEXT_WORKBOOK_CHOICES, "has choices that are empty, hold a comma or have over 255 characters together",
         "고를 말이 비었거나 쉼표가 들었거나 모두 합해 255자를 넘음"),
    TEXT(TEXT_WORKBOOK_NAME, "has a name that no sheet may have: 1 to 31 characters, without [ ] : * ? / \\ and ' at the ends",
         "시트 이름이 될 수 없음: 1~31자, [ ] : * ? / \\ 와 양 끝의 ' 없이"),
    TEXT(TEXT_WORKBOOK_TWICE, "has a name that is taken already", "이미 쓰인 이름임"),
    TEXT(TEXT_SHAPE_PART, "a part { name = …, text = … }", "부분 { name = …, text = … }"),
    TEXT(TEXT_PACKAGE_NAME, "is no name of a part: letters, digits, . _ - [ ] and single slashes, such as word/document.xml",
         "부분의 이름이 아님: 영문자, 숫자, . _ - [ ] 와 / 하나씩 (예: word/document.xml)"),
    TEXT(TEXT_PACKAGE_TWICE, "is the name of another part, or a folder of one", "다른 부분의 이름이거나 그 폴더임"),
    TEXT(TEXT_PACKAGE_FIRST, "must be the first part, with stored = true", "stored = true 로 맨 앞에 두어야 함"),

    /* the confined process */
    TEXT(TEXT_USAGE_AUDIT, "perfeval audit RULES [flags]    compare what was printed with what the rules give\n"
         "\n"
         "  -o, --output FILE     write to FILE (whole or not at all) instead of standard output\n"
         "      --format NAME     text or json   [text]\n"
         "      --published FILE  printed counts and percentages (JSON) instead of those that the rules name\n"
         "      --skip CODE       leave findings of this code out; several with commas, all for every one\n"
         "      --only CODE       look for findings of this code only\n"
         "      --data FILE       audit FILE instead of the data that the rules name; - is standard input\n"
         "      --sheet NAME      the sheet of a workbook, or table of a database, to read; all: every one that fits\n"
         "      --query SQL       what a SELECT gives of an SQLite database\n"
         "      --encoding NAME   of a CSV file: utf-8, cp949 or utf-16le   [told by its bytes]\n"
         "      --set NAME=VALUE  another value for a parameter of the rules, for this run; may be repeated\n"
         "      --at DATE         the day (YYYY-MM-DD) whose values of dated parameters hold   [date of the rules]\n"
         "      --lang en|ko      language of text and messages   [from LANG]\n"
         "\n"
         "Printed rates stand in the column published_rate of the data. Each printed figure matches, or it is one of\n"
         "  other-rounding        another rounding gives it, and all of its column\n"
         "  hidden-decimals       decimals of target or actual that the print dropped could give it\n"
         "  impossible            nothing that is printed like these numbers gives it\n"
         "Findings are about meaning: hidden-target, unit-and-name, share-above-100, on-threshold, repeated-name,\n"
         "negative-actual, stale-year. perfeval help CODE says more of each. Exit code 1: a figure does not match.\n"
         "\n"
         "examples:\n"
         "  perfeval audit rules/2019.lua\n"
         "  perfeval audit rules/2019.lua --skip hidden-target --format json -o audit.json\n",
         "perfeval audit 규칙파일 [옵션]    인쇄된 수치를 규칙으로 계산한 값과 견줌\n"
         "\n"
         "  -o, --output 파일     표준 출력 대신 파일에 씀 (온전히 쓰거나 전혀 쓰지 않음)\n"
         "      --format 이름     text 또는 json   [text]\n"
         "      --published 파일  규칙 파일이 정한 것 대신 쓸, 인쇄된 건수와 비율(JSON)\n"
         "      --skip 코드       이 코드의 확인 사항을 뺌. 여러 개는 쉼표로, 모두는 all\n"
         "      --only 코드       이 코드의 확인 사항만 찾음\n"
         "      --data 파일       규칙 파일이 정한 자료 대신 이 파일을 검산. - 는 표준 입력\n"
         "      --sheet 이름      읽을 시트(엑셀)나 테이블(데이터베이스). all 은 맞는 것 모두\n"
         "      --query SQL       SQLite 데이터베이스에서 SELECT 로 고른 자료\n"
         "      --encoding 이름   CSV 파일의 글자 부호: utf-8, cp949, utf-16le   [파일을 보고 앎]\n"
         "      --set 이름=값     이번 실행에만 매개변수 값을 바꿈. 여러 번 쓸 수 있음\n"
         "      --at 날짜         날짜별 매개변수 값의 기준일(YYYY-MM-DD)   [규칙 파일의 date]\n"
         "      --lang en|ko      출력과 메시지의 언어   [LANG 에서]\n"
         "\n"
         "인쇄된 달성률은 자료의 published_rate(공표달성률) 열에 적습니다. 인쇄된 수치는 일치하거나\n"
         "다음 가운데 하나입니다.\n"
         "  other-rounding        다른 반올림 하나로 그 열 전체와 함께 나옴\n"
         "  hidden-decimals       인쇄하며 줄인 목표나 실적의 소수에서 나올 수 있음\n"
         "  impossible            인쇄된 수에서는 나올 수 없음\n"
         "확인 사항은 뜻에 관한 것입니다: hidden-target, unit-and-name, share-above-100, on-threshold, repeated-name,\n"
         "negative-actual, stale-year. 자세한 설명은 perfeval help 코드. 일치하지 않는 수치가 있으면 종료 코드는 1.\n"
         "\n"
         "예:\n"
         "  perfeval audit rules/2019.lua\n"
         "  perfeval audit rules/2019.lua --skip hidden-target --format json -o audit.json\n"),
    TEXT(TEXT_CUT_PROJECT, "project", "사업"),
    TEXT(TEXT_CUT_INDICATOR, "indicator", "지표"),
    TEXT(TEXT_AUDIT_PROJECTS, "projects", "사업 수"),
    TEXT(TEXT_AUDIT_ALL, "all bureaus", "전체"),
    TEXT(TEXT_AUDIT_COUNT, "{1}, {2}", "{1}, {2}"),
    TEXT(TEXT_AUDIT_PERCENT, "{1}, {2} (%)", "{1}, {2} 비율(%)"),
    TEXT(TEXT_AUDIT_ROUNDING, "; rounding {1} to {2} digits gives the column", "; 열 전체가 나오는 반올림: {1}, 소수 {2}자리"),
    TEXT(TEXT_AUDIT_TARGET, "; target in {1} would do", "; 가능한 목표: {1}"),
    TEXT(TEXT_AUDIT_ACTUAL, "; actual in {1} would do", "; 가능한 실적: {1}"),
    TEXT(TEXT_AUDIT_TOGETHER, "; only hidden decimals of both target and actual would do", "; 목표와 실적 모두에 줄인 소수가 있어야 가능"),
    TEXT(TEXT_AUDIT_NEAREST, "; an actual of {2} would give it, and any in {1}", "; 그렇게 되는 실적: {2}, 구간 {1}"),
    TEXT(TEXT_AUDIT_UNTRIED, "; a function gives the rate, or several periods do: other numbers were not tried", "; 함수나 여러 기간으로 구한 달성률이어서 다른 수는 시험하지 못함"),
    TEXT(TEXT_AUDIT_FROM_PRINT, "; it follows from the printed counts", "; 인쇄된 건수에서는 나옴"),
    TEXT(TEXT_AUDIT_NONE, "none", "없음"),
    TEXT(TEXT_AUDIT_RATES, "{1} rates", "달성률 {1}개"),
    TEXT(TEXT_AUDIT_COUNTS, "{1} counts", "건수 {1}개"),
    TEXT(TEXT_AUDIT_PERCENTS, "{1} percentages", "비율 {1}개"),
    TEXT(TEXT_AUDIT_SUMMARY, "{1}: {2} match, {3} under another rounding, {4} possible with hidden decimals, {5} impossible\n",
         "{1}: 일치 {2}, 다른 반올림 {3}, 줄인 소수로 가능 {4}, 불가능 {5}\n"),
    TEXT(TEXT_AUDIT_NOTHING, "nothing is published: no column published_rate, and no file of published figures\n",
         "공표된 수치가 없음: published_rate 열도, 공표된 수치의 파일도 없음\n"),
    TEXT(TEXT_AUDIT_UNPRINTED, "{1} rows print no rate\n", "달성률이 인쇄되지 않은 행 {1}개\n"),
    TEXT(TEXT_AUDIT_FINDINGS, "findings on meaning: {1}\n", "뜻에 관한 확인 사항 {1}개\n"),
    TEXT(TEXT_USAGE_INFER, "perfeval infer DATA [flags]    which rules reproduce what was published\n"
         "\n"
         "  -o, --output FILE     write to FILE (whole or not at all) instead of standard output\n"
         "      --format NAME     text or json   [text]\n"
         "      --published FILE  printed counts by bureau (JSON, as data/2019/published.json)\n"
         "      --lang en|ko      language of text and messages   [from LANG]\n"
         "\n"
         "Looks at the columns published_rate and published_verdict (공표판정, verdict, 판정) of the data; without the\n"
         "latter at the counts of --published. Tries mean, weighted_mean, median, min (any indicator), max (every\n"
         "indicator) and pooled, each with all thresholds, roundings, caps and a floor; says what the data leave open.\n"
         "\n"
         "examples:\n"
         "  perfeval infer data/2019/indicators.csv --published data/2019/published.json\n"
         "  perfeval infer data/2019/indicators.csv --format json -o inferred.json\n",
         "perfeval infer 자료파일 [옵션]    공표된 결과가 나오는 규칙을 찾음\n"
         "\n"
         "  -o, --output 파일     표준 출력 대신 파일에 씀 (온전히 쓰거나 전혀 쓰지 않음)\n"
         "      --format 이름     text 또는 json   [text]\n"
         "      --published 파일  인쇄된 국별 건수(JSON, data/2019/published.json 처럼)\n"
         "      --lang en|ko      출력과 메시지의 언어   [LANG 에서]\n"
         "\n"
         "자료의 published_rate(공표달성률) 열과 published_verdict(공표판정, verdict, 판정) 열을 봅니다.\n"
         "판정 열이 없으면 --published 의 건수를 봅니다. mean, weighted_mean, median, min(지표 하나라도),\n"
         "max(모든 지표), pooled 를 모든 기준값, 반올림, 상한, 하한으로 시험하고, 자료로는 알 수 없는 것을 밝힙니다.\n"
         "\n"
         "예:\n"
         "  perfeval infer data/2019/indicators.csv --published data/2019/published.json\n"
         "  perfeval infer data/2019/indicators.csv --format json -o inferred.json\n"),
    TEXT(TEXT_OPERAND_DATA, "the data file", "자료 파일"),
    TEXT(TEXT_INFER_NO_RATES, "rates: none are published\n", "달성률: 공표된 것이 없음\n"),
    TEXT(TEXT_INFER_RATES, "rates: actual / target x 100 gives {1} of {2} published rates, rounded {3} to {4} digits\n",
         "달성률: 실적 / 목표 x 100 으로 공표된 {2}개 가운데 {1}개가 나옴, 반올림 {3}, 소수 {4}자리\n"),
    TEXT(TEXT_INFER_LOWER, "rates of polarity lower: {1}\n", "역지표의 달성률: {1}\n"),
    TEXT(TEXT_INFER_NO_VERDICTS, "verdicts: none are published\n", "판정: 공표된 것이 없음\n"),
    TEXT(TEXT_INFER_COUNTS, "verdicts: counts of {1} by bureau\n", "판정: 국별 {1} 건수\n"),
    TEXT(TEXT_INFER_COLUMN, "verdicts: {1} by project, a column of the data\n", "판정: 자료의 열에 적힌 사업별 {1}\n"),
    TEXT(TEXT_INFER_SEVERAL, "  of more than two verdicts only the lowest threshold is sought, that of {1}\n",
         "  판정이 셋 이상이어서 가장 낮은 기준값({1})만 찾음\n"),
    TEXT(TEXT_INFER_GOOD, "  {1}: reproduces {2} of {3}, at_most a number in {4}, or below one in {5}\n",
         "  {1}: {3}개 가운데 {2}개 나옴. {4} 안의 수 이하(at_most), 또는 {5} 안의 수 미만(below)\n"),
    TEXT(TEXT_INFER_BAD, "  {1}: reproduces {2} of {3} at best, threshold in {4}\n", "  {1}: 많아야 {3}개 가운데 {2}개, 기준값 {4}\n"),
    TEXT(TEXT_INFER_REFUSED, "  {1}: not tried, units that do not add up or weights that are missing\n",
         "  {1}: 시험하지 못함. 더할 수 없는 단위이거나 빠진 가중치가 있음\n"),
    TEXT(TEXT_INFER_NONE, "result: no rule tried reproduces all; {1} comes nearest\n",
         "결과: 시험한 규칙 가운데 모두 나오는 것은 없음. 가장 가까운 것은 {1}\n"),
    TEXT(TEXT_INFER_RESULT, "result: {1}, threshold in {2}\n", "결과: {1}, 기준값 {2}\n"),
    TEXT(TEXT_INFER_OPEN, "not identified by these data:\n", "이 자료로 알 수 없는 것:\n"),
    TEXT(TEXT_INFER_OPEN_ROUNDING, "  rounding: {1}\n", "  반올림: {1}\n"),
    TEXT(TEXT_INFER_OPEN_ALL, "  aggregation, threshold, side, cap and floor\n", "  집계, 기준값, 이하·미만, 상한, 하한\n"),
    TEXT(TEXT_INFER_OPEN_AGGREGATE, "  aggregation: {1} give the same verdicts\n", "  집계: 같은 판정이 나오는 것 {1}\n"),
    TEXT(TEXT_INFER_OPEN_SIDE, "  side: at_most with a threshold in {1} and below with one in {2} give the same verdicts\n",
         "  이하·미만: {1} 안의 수 이하와 {2} 안의 수 미만이 같은 판정임\n"),
    TEXT(TEXT_INFER_OPEN_CAP, "  cap: none, or rates capped at {1}\n", "  상한: 없음, 또는 달성률을 {1} 까지만\n"),
    TEXT(TEXT_INFER_OPEN_FLOOR, "  floor: none, or rates below {1} counted as {1}\n", "  하한: 없음, 또는 {1} 보다 낮은 달성률을 {1} 으로\n"),
    TEXT(TEXT_INFER_ROWS, "rates that no rule explains: {1}\n", "어느 규칙으로도 나오지 않는 달성률: {1}개\n"),
    TEXT(TEXT_INFER_UNITS, "verdicts that the nearest rule does not give: {1}\n", "가장 가까운 규칙으로도 나오지 않는 판정: {1}개\n"),
    TEXT(TEXT_INFER_UNIT, "  {1}: published {2}, found {3}\n", "  {1}: 공표 {2}, 계산 {3}\n"),
    TEXT(TEXT_START_FAILED, "{1}: {2}", "{1}: {2}"),
    TEXT(TEXT_LIMIT_TITLE, "limits of scripts (past one the run ends with exit code 4, and nothing is written):\n",
         "스크립트의 한도 (넘으면 아무것도 쓰지 않고 종료 코드 4로 끝남):\n"),
    TEXT(TEXT_UNIT_SECONDS, "SECONDS", "초"),
    TEXT(TEXT_UNIT_MEBIBYTES, "MIB", "MIB"),
    TEXT(TEXT_LIMIT_MEMORY, "memory of a process that runs scripts", "스크립트를 실행하는 프로세스 하나의 메모리"),
    TEXT(TEXT_LIMIT_LOAD, "computing time of loading the rules", "규칙을 읽어 들이는 계산 시간"),
    TEXT(TEXT_LIMIT_CALL, "computing time of one call of a function of the rules", "규칙의 함수를 한 번 부르는 계산 시간"),
    TEXT(TEXT_LIMIT_CPU, "computing time of all calls in a process, and of a report", "한 프로세스의 모든 호출, 그리고 보고서의 계산 시간"),
    TEXT(TEXT_LIMIT_WALL, "time in which scripts may give no sign of life", "스크립트가 응답하지 않아도 되는 시간"),
    TEXT(TEXT_LIMIT_OUTPUT, "size of a finished document", "완성된 문서의 크기"),
    TEXT(TEXT_LIMIT_OUTSIDE, "      --allow-outside         rules and scripts may be files, and name files, outside the project folder\n",
         "      --allow-outside         프로젝트 폴더 밖의 파일도 쓸 수 있게 함\n"),
    TEXT(TEXT_CSV_FORMULAS,
         "\n      --csv-formulas guard|keep  whether a name in CSV that a spreadsheet would take for a formula gets an\n"
         "                              apostrophe before it, or stands as in the data   [guard]\n",
         "\n      --csv-formulas guard|keep  CSV 에서 수식으로 읽힐 이름 앞에 작은따옴표를 붙이거나, 그대로 씀   [guard]\n"),
    TEXT(TEXT_INPUT_TITLE, "limits of data files (a file beyond one is refused with exit code 4):\n",
         "자료 파일의 한도 (넘으면 읽지 않고 종료 코드 4로 끝남):\n"),
    TEXT(TEXT_INPUT_FILE, "size of a file", "파일의 크기"),
    TEXT(TEXT_INPUT_ROWS, "rows", "행의 수"),
    TEXT(TEXT_INPUT_COLUMNS, "columns", "열의 수"),
    TEXT(TEXT_INPUT_CELL, "size of a cell's text", "한 칸의 글의 크기"),
    TEXT(TEXT_INPUT_UNPACKED, "what an archive (XLSX, ODS, HWPX) unpacks to", "압축 파일(XLSX, ODS, HWPX)을 푼 크기"),
    TEXT(TEXT_UNIT_NUMBER, "N", "개수"),
    TEXT(TEXT_UNIT_BYTES, "BYTES", "바이트"),
    TEXT(TEXT_FILE_OUTSIDE, " (outside the project folder)", " (프로젝트 폴더 밖)"),
    TEXT(TEXT_LIMIT_INSIDE, " in {1}", " ({1} 안)"),
    TEXT(TEXT_DIED_BY_SIGNAL, "signal {1} ({2})", "신호 {1}, {2}"),
    TEXT(TEXT_DIED_WITH_STATUS, "exit status {1}", "종료 상태 {1}"),
    TEXT(TEXT_DIED_BEFORE, "asked after its end", "이미 끝난 뒤에 부름"),
    TEXT(TEXT_PROTOCOL_KIND, "kind", "종류"),
    TEXT(TEXT_PROTOCOL_MESSAGES, "messages", "메시지"),
    TEXT(TEXT_PROTOCOL_SCRIPT, "script", "스크립트"),
    TEXT(TEXT_PROTOCOL_SCRIPTS, "too many scripts", "스크립트가 너무 많음"),
    TEXT(TEXT_PROTOCOL_LIMIT, "limit", "한도"),
    TEXT(TEXT_PROTOCOL_REQUEST, "a request for functions", "함수 요청"),
    TEXT(TEXT_PROTOCOL_ANSWERS, "answers of functions", "함수의 답"),
    TEXT(TEXT_PROTOCOL_RULES, "a rule table", "규칙 표"),
    TEXT(TEXT_PROTOCOL_PAGES, "a description of pages", "쪽의 설명"),
    TEXT(TEXT_PROTOCOL_WORKBOOK, "an answer that is no document", "문서가 아닌 답"),
    TEXT(TEXT_PROTOCOL_PARTS, "parts of a document", "문서의 부분"),

    /* What Lua itself says when a script fails (TEXT_LUA_FIRST to TEXT_LUA_LAST); the first that fits is taken. */
    TEXT(TEXT_LUA_ARITHMETIC_ON, "attempt to perform arithmetic on a {1} value ({2})",
         "{2}: 숫자가 아니어서 계산할 수 없음, 지금은 {1}"),
    TEXT(TEXT_LUA_ARITHMETIC, "attempt to perform arithmetic on a {1} value", "숫자가 아니어서 계산할 수 없음, 지금은 {1}"),
    TEXT(TEXT_LUA_INDEX_ON, "attempt to index a {1} value ({2})", "{2}: 표가 아니어서 항목을 읽거나 쓸 수 없음, 지금은 {1}"),
    TEXT(TEXT_LUA_INDEX, "attempt to index a {1} value", "표가 아니어서 항목을 읽거나 쓸 수 없음, 지금은 {1}"),
    TEXT(TEXT_LUA_CALL_ON, "attempt to call a {1} value ({2})", "{2}: 함수가 아니어서 부를 수 없음, 지금은 {1}"),
    TEXT(TEXT_LUA_CALL, "attempt to call a {1} value", "함수가 아니어서 부를 수 없음, 지금은 {1}"),
    TEXT(TEXT_LUA_CONCATENATE_ON, "attempt to concatenate a {1} value ({2})",
         "{2}: 글자나 숫자가 아니어서 이어 붙일 수 없음, 지금은 {1}"),
    TEXT(TEXT_LUA_CONCATENATE, "attempt to concatenate a {1} value",
         "글자나 숫자가 아니어서 이어 붙일 수 없음, 지금은 {1}"),
    TEXT(TEXT_LUA_LENGTH_ON, "attempt to get length of a {1} value ({2})", "{2}: 길이를 셀 수 없음, 지금은 {1}"),
    TEXT(TEXT_LUA_LENGTH, "attempt to get length of a {1} value", "길이를 셀 수 없음, 지금은 {1}"),
    TEXT(TEXT_LUA_BITWISE_ON, "attempt to perform bitwise operation on a {1} value ({2})",
         "{2}: 숫자가 아니어서 비트 연산을 할 수 없음, 지금은 {1}"),
    TEXT(TEXT_LUA_BITWISE, "attempt to perform bitwise operation on a {1} value",
         "숫자가 아니어서 비트 연산을 할 수 없음, 지금은 {1}"),
    TEXT(TEXT_LUA_COMPARE_TWO, "attempt to compare two {1} values", "크기를 비교할 수 없는 값임: 둘 다 {1}"),
    TEXT(TEXT_LUA_COMPARE, "attempt to compare {1} with {2}", "크기를 비교할 수 없는 값임: {1}, {2}"),
    TEXT(TEXT_LUA_DIVIDE, "attempt to divide by zero", "0으로 나눌 수 없음"),
    TEXT(TEXT_LUA_DIVIDE_FLOOR, "attempt to perform 'n//0'", "0으로 나눌 수 없음"),
    TEXT(TEXT_LUA_MODULO, "attempt to perform 'n%%0'", "0으로 나눈 나머지를 구할 수 없음"),
    TEXT(TEXT_LUA_MODULO_PLAIN, "attempt to perform 'n%0'", "0으로 나눈 나머지를 구할 수 없음"),
    TEXT(TEXT_LUA_INTEGER_ON, "number ({1}) has no integer representation", "{1}: 정수가 아님"),
    TEXT(TEXT_LUA_INTEGER, "number has no integer representation", "정수가 아님"),
    TEXT(TEXT_LUA_FOR_TYPE, "bad 'for' {1} (number expected, got {2})", "for 의 {1}: 숫자여야 함, 지금은 {2}"),
    TEXT(TEXT_LUA_FOR_NUMBER, "'for' {1} must be a number", "for 의 {1}: 숫자여야 함"),
    TEXT(TEXT_LUA_FOR_ZERO, "'for' step is zero", "for 의 증가값이 0임"),
    TEXT(TEXT_LUA_KEY_NIL, "table index is nil", "표의 키가 빈 값임"),
    TEXT(TEXT_LUA_KEY_NAN, "table index is NaN", "표의 키가 숫자가 아닌 값(NaN)임"),
    TEXT(TEXT_LUA_STACK, "stack overflow", "함수 부르기가 너무 깊이 이어짐"),
    TEXT(TEXT_LUA_STACK_IN, "stack overflow ({1})", "함수 부르기가 너무 깊이 이어짐: {1}"),
    TEXT(TEXT_LUA_STACK_C, "C stack overflow", "함수 부르기가 너무 깊이 이어짐"),
    TEXT(TEXT_LUA_BAD_ARGUMENT, "bad argument #{1} to '{2}' ({3})", "{2} 함수의 {1}번째 값이 잘못됨: {3}"),
    TEXT(TEXT_LUA_BAD_SELF, "calling '{1}' on bad self ({2})", "{1} 함수의 대상이 잘못됨: {2}"),
    TEXT(TEXT_LUA_CONCAT_VALUE, "invalid value ({1}) at index {2} in table for 'concat'",
         "table.concat: {2}번째 항목이 글자나 숫자가 아님, 지금은 {1}"),
    TEXT(TEXT_LUA_ARGUMENTS, "wrong number of arguments to '{1}'", "{1} 함수에 준 값의 수가 맞지 않음"),
    TEXT(TEXT_LUA_ASSERTION, "assertion failed!", "assert 로 확인한 조건이 맞지 않음"),
    TEXT(TEXT_LUA_SLICE, "string slice too long", "글이 너무 긺"),
    TEXT(TEXT_LUA_LARGE, "resulting string too large", "결과 글이 너무 긺"),
    TEXT(TEXT_LUA_PATTERN, "malformed pattern ({1})", "찾을 모양(pattern)이 잘못됨: {1}"),
    TEXT(TEXT_LUA_PATTERN_COMPLEX, "pattern too complex", "찾을 모양(pattern)이 너무 복잡함"),
    TEXT(TEXT_LUA_PATTERN_CAPTURES, "too many captures", "찾을 모양(pattern)에 괄호가 너무 많음"),
    TEXT(TEXT_LUA_PATTERN_CAPTURE, "invalid capture index %{1}", "찾을 모양(pattern)에 없는 괄호 번호 %{1}"),
    TEXT(TEXT_LUA_CONVERSION, "invalid conversion '{1}' to 'format'", "string.format 에 쓸 수 없는 표시 '{1}'"),
    TEXT(TEXT_LUA_CONVERSION_LONG, "invalid conversion specification: '{1}'", "string.format 에 쓸 수 없는 표시 '{1}'"),
    TEXT(TEXT_LUA_UTF8, "invalid UTF-8 code", "UTF-8 이 아닌 글임"),
    TEXT(TEXT_LUA_STRAY, "<eof> expected near {1}", "{1} 앞에서 스크립트가 끝나야 함: `end` 나 괄호가 남는지 확인하세요"),
    TEXT(TEXT_LUA_NAME, "<name> expected near {1}", "{1} 앞에 이름이 필요함"),
    TEXT(TEXT_LUA_CLOSE, "{1} expected (to close {2} at line {3}) near {4}", "{4} 앞에 {1} 필요: {3}행의 {2} 표시를 닫아야 함"),
    TEXT(TEXT_LUA_CALL_ARGUMENTS, "function arguments expected near {1}", "{1} 앞에 함수의 괄호가 필요함"),
    TEXT(TEXT_LUA_EXPECTED, "{1} expected near {2}", "{2} 앞에 {1} 필요"),
    TEXT(TEXT_LUA_UNEXPECTED, "unexpected symbol near {1}", "여기에 올 수 없는 표시 {1}"),
    TEXT(TEXT_LUA_SYNTAX, "syntax error near {1}", "문장이 잘못됨: {1} 근처"),
    TEXT(TEXT_LUA_STRING, "unfinished string near {1}", "따옴표가 닫히지 않음, {1} 근처"),
    TEXT(TEXT_LUA_LONG_STRING, "unfinished long string (starting at line {1}) near {2}",
         "{1}행에서 연 [[ 표시가 닫히지 않음, {2} 근처"),
    TEXT(TEXT_LUA_LONG_COMMENT, "unfinished long comment (starting at line {1}) near {2}",
         "{1}행에서 연 --[[ 표시가 닫히지 않음, {2} 근처"),
    TEXT(TEXT_LUA_NUMBER, "malformed number near {1}", "숫자의 모양이 잘못됨: {1}"),
    TEXT(TEXT_LUA_ESCAPE, "invalid escape sequence near {1}", "따옴표 안의 \\ 표시가 잘못됨: {1}"),
    TEXT(TEXT_LUA_CONSTANT, "attempt to assign to const variable '{1}'", "값을 바꿀 수 없는 이름 '{1}'"),
    TEXT(TEXT_LUA_BREAK, "break outside loop at line {1}", "반복문 밖에 break 가 있음 ({1}행)"),
    TEXT(TEXT_LUA_BREAK_NEAR, "break outside a loop at line {1} near {2}", "반복문 밖에 break 가 있음 ({1}행): {2} 근처"),
    TEXT(TEXT_LUA_GOTO, "no visible label '{1}' for {2} at line {3}", "{2} 로 갈 이름 '{1}' 없음 ({3}행)"),
    TEXT(TEXT_LUA_BINARY, "attempt to load a {1} chunk (mode is '{2}')", "글로 된 스크립트가 아님 ({1}, {2})"),
    TEXT(TEXT_LUA_MANY, "too many {1} (limit is {2}) in {3} near {4}", "{3}: {1} 수가 한도 {2}개를 넘음, {4} 근처"),

    /* Parts of those (TEXT_LUA_PART_FIRST to TEXT_LUA_PART_LAST). */
    TEXT(TEXT_LUA_TYPE_NIL, "nil", "빈 값"),
    TEXT(TEXT_LUA_TYPE_NONE, "no value", "없음"),
    TEXT(TEXT_LUA_TYPE_BOOLEAN, "boolean", "참/거짓"),
    TEXT(TEXT_LUA_TYPE_NUMBER, "number", "숫자"),
    TEXT(TEXT_LUA_TYPE_STRING, "string", "글자"),
    TEXT(TEXT_LUA_TYPE_TABLE, "table", "표"),
    TEXT(TEXT_LUA_TYPE_FUNCTION, "function", "함수"),
    TEXT(TEXT_LUA_TYPE_USERDATA, "userdata", "객체"),
    TEXT(TEXT_LUA_TYPE_FORMULA, "formula", "산식"),
    TEXT(TEXT_LUA_LOCAL, "local '{1}'", "변수 {1}"),
    TEXT(TEXT_LUA_UPVALUE, "upvalue '{1}'", "변수 {1}"),
    TEXT(TEXT_LUA_GLOBAL, "global '{1}'", "이름 {1}"),
    TEXT(TEXT_LUA_FIELD, "field '{1}'", "항목 {1}"),
    TEXT(TEXT_LUA_METHOD, "method '{1}'", "함수 {1}"),
    TEXT(TEXT_LUA_LITERAL, "constant '{1}'", "글자 '{1}'"),
    TEXT(TEXT_LUA_ITERATOR, "for iterator 'for iterator'", "for 의 in 뒤"),
    TEXT(TEXT_LUA_EXPECTED_TYPE, "{1} expected, got {2}", "{1} 필요, 지금은 {2}"),
    TEXT(TEXT_LUA_EXPECTED_VALUE, "value expected", "값이 필요함"),
    TEXT(TEXT_LUA_OPTION, "invalid option '{1}'", "쓸 수 없는 값 '{1}'"),
    TEXT(TEXT_LUA_VALUE_RANGE, "value out of range", "허용 범위를 벗어남"),
    TEXT(TEXT_LUA_INDEX_RANGE, "index out of range", "허용 범위를 벗어남"),
    TEXT(TEXT_LUA_POSITION_RANGE, "position out of bounds", "목록에 없는 위치임"),
    TEXT(TEXT_LUA_PART_INTEGER, "number has no integer representation", "정수가 아님"),
    TEXT(TEXT_LUA_FOR_START, "initial value", "시작값"),
    TEXT(TEXT_LUA_FOR_LIMIT, "limit", "끝값"),
    TEXT(TEXT_LUA_FOR_STEP, "step", "증가값"),
    TEXT(TEXT_LUA_END_OF_FILE, "<eof>", "파일 끝"),
    TEXT(TEXT_LUA_EITHER, "'=' or 'in'", "'=' 또는 'in'"),
};
/* clang-format on */
