/* The messages on where data come from: modules, encodings, containers, several files. */
#include "base/message_build.h"

/* clang-format off */
const Message message_inputs[MESSAGE_INPUT_LAST - MESSAGE_INPUT_FIRST + 1] = {
    [MESSAGE_MODULE_MISSING - MESSAGE_INPUT_FIRST] = {"module-missing", SEVERITY_ERROR, EXIT_IO,
        {"{1} needs the module {2}, which was not built: install {3} and build again",
         "{1} 형식에는 {2} 모듈이 필요한데 빌드되지 않음. 설치 후 다시 빌드: {3}"},
        {"Formats that need further libraries lie in modules beside the program; a machine without those libraries builds the rest.\n"
         "Bad: make on a machine without libexpat1-dev, then perfeval run RULES --data targets.xlsx\n"
         "Remedy: apt-get install the packages named, then make; or save the data as CSV UTF-8.",
         "라이브러리가 더 필요한 형식은 프로그램 옆의 모듈에 들어 있으며, 라이브러리가 없는 곳에서는 나머지만 빌드합니다.\n"
         "잘못된 예: libexpat1-dev 가 없는 곳에서 make 한 뒤 --data 목표.xlsx 로 실행\n"
         "고치는 법: 메시지에 적힌 패키지를 apt-get install 로 설치하고 make 를 다시 실행하거나, 자료를 'CSV UTF-8' 로 저장하세요."}},
    [MESSAGE_MODULE_BROKEN - MESSAGE_INPUT_FIRST] = {"module-broken", SEVERITY_ERROR, EXIT_IO,
        {"cannot load the module {1}: {2} (packages it runs with: {3})", "{1} 모듈을 쓸 수 없음: {2} (실행에 필요한 패키지: {3})"},
        {"The module was found, but a library that it runs with is missing, or it was built from another version of the program.\n"
         "Bad: the program was installed anew and the modules were not\n"
         "Remedy: install the packages named; else build and install program and modules together (make, make install).",
         "모듈은 있으나 실행에 필요한 라이브러리가 없거나, 프로그램과 다른 판에서 빌드된 모듈입니다.\n"
         "잘못된 예: 프로그램만 새로 설치하고 모듈은 옛것을 그대로 둠\n"
         "고치는 법: 적힌 패키지를 설치하거나, 프로그램과 모듈을 함께 다시 빌드해 설치하세요(make, make install)."}},
    [MESSAGE_SQL_FAILED - MESSAGE_INPUT_FIRST] = {"sql-failed", SEVERITY_ERROR, EXIT_DATA,
        {"the database cannot be read: {1}", "데이터베이스를 읽을 수 없음: {1}"},
        {"The file is opened for reading only; a query must be one SELECT.\n"
         "Bad: --query \"DELETE FROM indicators\"\nRemedy: --query \"SELECT * FROM indicators WHERE year = 2019\"",
         "파일은 읽기 전용으로 열며, 질의는 SELECT 하나여야 합니다.\n"
         "잘못된 예: --query \"DELETE FROM indicators\"\n고치는 법: --query \"SELECT * FROM indicators WHERE year = 2019\""}},
    [MESSAGE_CELL_UTF8 - MESSAGE_INPUT_FIRST] = {"cell-utf8", SEVERITY_ERROR, EXIT_DATA,
        {"a cell with the byte {1}, which is not UTF-8", "UTF-8 이 아닌 바이트가 든 칸: {1}"},
        {"The program that filled the database wrote text in another encoding, such as CP949, as if it were UTF-8.\n"
         "Bad: CP949 bytes written into a TEXT column.\n"
         "Remedy: convert the text when it is written; or export it as CSV and read that with --encoding cp949.",
         "데이터베이스를 채운 프로그램이 CP949 같은 다른 부호화의 글을 UTF-8 인 것처럼 넣었습니다.\n"
         "잘못된 예: TEXT 열에 CP949 바이트를 그대로 넣음\n"
         "고치는 법: 넣을 때 변환하거나, CSV 로 내보내 --encoding cp949 로 읽으세요."}},
    [MESSAGE_CELL_BINARY - MESSAGE_INPUT_FIRST] = {"cell-binary", SEVERITY_ERROR, EXIT_DATA,
        {"the cell of {1} holds bytes, not text or a number", "{1} 칸에 글자나 숫자가 아닌 바이트(BLOB)가 들어 있음"},
        {"A column of a database that holds files or pictures cannot be a column of indicators.\n"
         "Bad: SELECT * FROM indicators, where one column is a picture\nRemedy: name the columns: SELECT bureau, department, … FROM indicators",
         "파일이나 그림이 든 열은 지표 자료의 열이 될 수 없습니다.\n"
         "잘못된 예: 그림 열이 있는 표에 SELECT * FROM indicators\n고치는 법: 필요한 열만 고르세요: SELECT bureau, department, … FROM indicators"}},
    [MESSAGE_SHEET_UNKNOWN - MESSAGE_INPUT_FIRST] = {"sheet-unknown", SEVERITY_ERROR, EXIT_DATA,
        {"there is no sheet \"{1}\"; there are: {2}", "이름이 \"{1}\"인 시트가 없음. 있는 시트: {2}"},
        {"--sheet takes the name of a sheet (XLSX, ODS), of a table (SQLite), or the number of a table (HWPX).\n"
         "Bad: --sheet Sheet1, where the sheet was renamed\nRemedy: one of the names that the message lists, in quotes if it has blanks",
         "--sheet 에는 시트 이름(XLSX, ODS), 테이블 이름(SQLite), 표 번호(HWPX)를 적습니다.\n"
         "잘못된 예: 이름을 바꾼 시트를 --sheet Sheet1 로 부름\n고치는 법: 메시지에 적힌 이름 하나를 쓰세요. 빈칸이 있으면 따옴표로 감쌉니다."}},
    [MESSAGE_SHEET_NEEDED - MESSAGE_INPUT_FIRST] = {"sheet-needed", SEVERITY_ERROR, EXIT_DATA,
        {"several sheets hold indicators: {1}; say which with --sheet, or read them all with --sheet all",
         "지표 자료가 여러 시트에 있음: {1}. --sheet 로 고르거나 --sheet all 로 모두 읽음"},
        {"Which sheet counts would be a guess.\n"
         "Bad: a workbook with the sheets 상반기 and 연말, and no --sheet\nRemedy: --sheet 연말, or --sheet all",
         "어느 시트를 쓸지 짐작하지 않습니다.\n"
         "잘못된 예: 시트가 상반기, 연말 둘인데 --sheet 없이 실행\n고치는 법: --sheet 연말, 또는 --sheet all"}},
    [MESSAGE_SHEET_USELESS - MESSAGE_INPUT_FIRST] = {"sheet-useless", SEVERITY_ERROR, EXIT_USAGE,
        {"{2} is not for this kind of file: {1}", "이 형식의 파일에는 {2} 옵션을 쓸 수 없음: {1}"},
        {"--sheet is for XLSX, ODS, HWPX and SQLite, --query for SQLite, --encoding for CSV.\n"
         "Bad: --data targets.csv --sheet 연말\nRemedy: leave the flag out",
         "--sheet 는 XLSX, ODS, HWPX, SQLite 에, --query 는 SQLite 에, --encoding 은 CSV 에 씁니다.\n"
         "잘못된 예: --data 목표.csv --sheet 연말\n고치는 법: 그 옵션을 빼세요."}},
    [MESSAGE_CELL_FAILED - MESSAGE_INPUT_FIRST] = {"cell-failed", SEVERITY_ERROR, EXIT_DATA,
        {"the cell holds no value but {1}", "칸에 값이 없고 다음 오류가 들어 있음: {1}"},
        {"A formula of the workbook failed, or was written by a program that did not compute it.\n"
         "Bad: =F3/E3 with a blank E3, which shows #DIV/0!\n"
         "Remedy: correct the formula or clear the cell; open the file in Excel and save it, so that its formulas have values.",
         "엑셀 수식이 실패했거나, 수식을 계산하지 않는 프로그램이 만든 파일입니다.\n"
         "잘못된 예: E3 이 빈칸인 =F3/E3 (#DIV/0! 로 보임)\n"
         "고치는 법: 수식을 고치거나 칸을 지우세요. 값이 없는 수식이면 엑셀에서 열어 다시 저장하세요."}},
    [MESSAGE_CELL_OUTSIDE - MESSAGE_INPUT_FIRST] = {"cell-outside", SEVERITY_ERROR, EXIT_DATA,
        {"\"{1}\" stands in a column that has no name", "이름 없는 열에 값이 있음: \"{1}\""},
        {"Every column with something in it has a name in the row of column names.\n"
         "Bad: a remark to the right of the table\nRemedy: give the column a name such as 비고, or delete the cell.",
         "값이 있는 열에는 모두 열 이름이 있어야 합니다.\n"
         "잘못된 예: 표 오른쪽 빈 열에 적은 메모\n고치는 법: 그 열에 비고 같은 이름을 쓰거나, 칸을 지우세요."}},
    [MESSAGE_MERGES_LIMIT - MESSAGE_INPUT_FIRST] = {"merges-limit", SEVERITY_ERROR, EXIT_LIMIT,
        {"merged cells would fill more cells than a table may have", "병합된 칸이 채울 칸이 한도를 넘음"},
        {"Merged cells are filled down. This many come from merges of whole columns, or that overlap.\n"
         "Bad: column A merged from A2 to A1048576, many times\nRemedy: merge the rows of one project only.",
         "병합된 칸은 아래로 채웁니다. 이렇게 많은 것은 열 전체를 병합했거나 병합이 겹쳤기 때문입니다.\n"
         "잘못된 예: A2 부터 A1048576 까지 병합\n고치는 법: 한 사업의 행만 병합하세요."}},
    [MESSAGE_BAD_ENCODING - MESSAGE_INPUT_FIRST] = {"bad-encoding", SEVERITY_ERROR, EXIT_DATA,
        {"byte {1} at offset {2} is none of {3}", "바이트 {1} (파일 처음에서 {2}바이트 뒤)의 부호가 다음 어느 것도 아님: {3}"},
        {"The encoding of a text is told by its byte order mark; without one it is UTF-8 where that is valid, else CP949, as Korean Excel writes it.\nBad: a file in Shift_JIS, or one that was damaged on its way\nRemedy: in Excel save it as \"CSV UTF-8\"; or say which it is with --encoding utf-8, cp949 or utf-16le.",
         "글자 부호는 파일 앞의 표시(BOM)로 알고, 없으면 UTF-8 로 맞을 때 UTF-8, 아니면 CP949(한글 엑셀의 CSV)로 읽습니다.\n잘못된 예: 일본어 부호로 저장했거나 옮기는 중에 손상된 파일\n고치는 법: 엑셀에서 'CSV UTF-8' 로 저장하거나, --encoding utf-8, cp949, utf-16le 가운데 하나를 적으세요."}},
    [MESSAGE_NO_ENCODING - MESSAGE_INPUT_FIRST] = {"no-encoding", SEVERITY_ERROR, EXIT_IO,
        {"this machine cannot convert {1}", "이 컴퓨터에는 다음 글자 부호의 변환기가 없음: {1}"},
        {"The C library converts encodings with files of its own (gconv), which small images leave out.\nBad: a container without /usr/lib/*/gconv\nRemedy: install libc6 whole (Debian: apt-get install --reinstall libc6, or libc-bin), or save the file as UTF-8.",
         "C 라이브러리의 변환 파일(gconv)이 빠진 작은 이미지에서 생깁니다.\n잘못된 예: /usr/lib/*/gconv 가 없는 컨테이너\n고치는 법: libc6 를 온전히 설치하거나(apt-get install --reinstall libc6), 파일을 UTF-8 로 저장하세요."}},
    [MESSAGE_OLD_EXCEL - MESSAGE_INPUT_FIRST] = {"old-excel", SEVERITY_ERROR, EXIT_DATA,
        {"this is a workbook of Excel 97-2003 (.xls)", "엑셀 97-2003 통합 문서(.xls)임"},
        {"Only the newer format (.xlsx) is read.\nBad: targets.xls\nRemedy: open it in Excel and save it as \"Excel Workbook (*.xlsx)\" or \"CSV UTF-8\".",
         "새 형식(.xlsx)만 읽습니다.\n잘못된 예: 목표.xls\n고치는 법: 엑셀에서 열어 'Excel 통합 문서(*.xlsx)' 나 'CSV UTF-8' 로 저장하세요."}},
    [MESSAGE_ENCRYPTED_FILE - MESSAGE_INPUT_FIRST] = {"encrypted-file", SEVERITY_ERROR, EXIT_DATA,
        {"the file is encrypted with a password", "암호로 잠긴 파일임"},
        {"A locked workbook cannot be read.\nBad: a workbook saved with a password to open it\nRemedy: in Excel: File, Info, Protect Workbook, Encrypt with Password, clear the password, save.",
         "암호로 잠긴 통합 문서는 읽을 수 없습니다.\n잘못된 예: 열기 암호를 건 통합 문서\n고치는 법: 엑셀에서 파일 > 정보 > 통합 문서 보호 > 암호 설정의 암호를 지우고 저장하세요."}},
    [MESSAGE_OLD_HWP - MESSAGE_INPUT_FIRST] = {"old-hwp", SEVERITY_ERROR, EXIT_DATA,
        {"this is a document of the older Hangul format (.hwp)", "옛 한글 문서(.hwp)임"},
        {"Only the open format (.hwpx) is read.\nBad: report.hwp\nRemedy: open it in Hangul and save it as HWPX.",
         "개방형 한글 문서(.hwpx)만 읽습니다.\n잘못된 예: 보고서.hwp\n고치는 법: 한글에서 열어 HWPX 형식으로 저장하세요."}},
    [MESSAGE_ZIP_BROKEN - MESSAGE_INPUT_FIRST] = {"zip-broken", SEVERITY_ERROR, EXIT_DATA,
        {"the file cannot be unpacked: {1}{2}", "파일의 압축을 풀 수 없음: {1}{2}"},
        {"XLSX, ODS and HWPX files are archives; this one is damaged, often because it was copied or downloaded in part.\nBad: the first half of a workbook\nRemedy: copy or download it again; open it in Excel and save it anew.",
         "XLSX, ODS, HWPX 는 압축 파일인데 손상되었습니다. 복사나 내려받기가 중간에 끊긴 경우가 많습니다.\n잘못된 예: 앞부분만 복사된 통합 문서\n고치는 법: 다시 복사하거나 내려받고, 엑셀에서 열어 다시 저장하세요."}},
    [MESSAGE_ZIP_LIMIT - MESSAGE_INPUT_FIRST] = {"zip-limit", SEVERITY_ERROR, EXIT_LIMIT,
        {"{1} is beyond the limit: {2}, at most {3}{4}", "{1}: 한도를 넘음: {2}, 최대 {3}{4}"},
        {"A small file can unpack to one that fills the memory; limits stop that.\nBad: an archive that unpacks to a hundred times its size\nRemedy: if the file is one of your own, raise the limit with the flag in brackets; else ask who sent it.",
         "작은 파일이 메모리를 가득 채울 만큼 커질 수 있어 한도를 둡니다.\n잘못된 예: 풀면 백 배가 넘게 커지는 압축 파일\n고치는 법: 직접 만든 큰 파일이면 괄호 안의 옵션으로 한도를 올리고, 아니면 보낸 사람에게 확인하세요."}},
    [MESSAGE_ZIP_NAME - MESSAGE_INPUT_FIRST] = {"zip-name", SEVERITY_ERROR, EXIT_DATA,
        {"the archive has a part of a name that none may have: {1}", "압축 파일 안에 쓸 수 없는 이름이 있음: {1}"},
        {"No office program writes parts whose names lead elsewhere (../, /, \\) or stand twice.\nBad: ../../etc/passwd\nRemedy: do not open the file; ask who sent it.",
         "다른 곳을 가리키는 이름(../, /, \\)이나 두 번 나오는 이름은 어떤 사무 프로그램도 쓰지 않습니다.\n잘못된 예: ../../etc/passwd\n고치는 법: 파일을 열지 말고 보낸 사람에게 확인하세요."}},
    [MESSAGE_ZIP_FORMAT - MESSAGE_INPUT_FIRST] = {"zip-format", SEVERITY_ERROR, EXIT_DATA,
        {"the archive is no workbook (XLSX, ODS) and no HWPX document", "압축 파일이 통합 문서(XLSX, ODS)도 HWPX 문서도 아님"},
        {"The parts that make a workbook or document are not in it.\nBad: a DOCX, or a folder packed as ZIP\nRemedy: give the workbook itself; unpack the ZIP first.",
         "통합 문서나 문서를 이루는 부분이 들어 있지 않습니다.\n잘못된 예: DOCX, 폴더를 묶은 ZIP\n고치는 법: ZIP 을 풀어 안의 통합 문서를 지정하세요."}},
    [MESSAGE_PART_MISSING - MESSAGE_INPUT_FIRST] = {"part-missing", SEVERITY_ERROR, EXIT_DATA,
        {"a part is missing in the file: {1}", "파일 안에 있어야 할 부분이 없음: {1}"},
        {"The workbook names a part that is not in it.\nBad: a workbook whose sheet was taken out of the archive\nRemedy: open it in Excel, let it repair the file, save it.",
         "통합 문서가 가리키는 부분이 들어 있지 않습니다.\n잘못된 예: 압축에서 시트를 빼낸 통합 문서\n고치는 법: 엑셀에서 열어 복구하고 다시 저장하세요."}},
    [MESSAGE_XML_BROKEN - MESSAGE_INPUT_FIRST] = {"xml-broken", SEVERITY_ERROR, EXIT_DATA,
        {"{1}, line {2}: {3}", "{1} {2}번 줄: {3}"},
        {"A part of the file is damaged, or was not written by an office program.\nBad: <row><c></row>\nRemedy: open it in Excel and save it anew.",
         "파일의 한 부분이 손상되었거나, 사무 프로그램이 쓴 것이 아닙니다.\n잘못된 예: <row><c></row>\n고치는 법: 엑셀에서 열어 다시 저장하세요."}},
    [MESSAGE_XML_DOCTYPE - MESSAGE_INPUT_FIRST] = {"xml-doctype", SEVERITY_ERROR, EXIT_DATA,
        {"{1} declares a DOCTYPE, which no workbook or document does", "{1}: 통합 문서에 있을 수 없는 DOCTYPE 선언이 있음"},
        {"A DOCTYPE can make a few bytes grow without end, so none is read.\nBad: <!DOCTYPE x [<!ENTITY a \"…\">]>\nRemedy: do not use the file; ask who sent it.",
         "DOCTYPE 선언은 몇 바이트를 끝없이 커지게 할 수 있어 읽지 않습니다.\n잘못된 예: <!DOCTYPE x [<!ENTITY a \"…\">]>\n고치는 법: 파일을 쓰지 말고 보낸 사람에게 확인하세요."}},
    [MESSAGE_HIDDEN_ROWS - MESSAGE_INPUT_FIRST] = {"hidden-rows", SEVERITY_WARNING, EXIT_DONE,
        {"hidden rows were read like the others: {1}; this is the first", "숨긴 행도 함께 읽음: {1}개. 여기가 처음"},
        {"A filter or \"Hide\" hides rows without taking them out, so they count.\nBad: last year's rows, hidden instead of deleted\nRemedy: delete rows that shall not count; show the others.",
         "필터나 숨기기는 행을 없애지 않으므로 숨긴 행도 셉니다.\n잘못된 예: 지난해 행을 지우지 않고 숨김\n고치는 법: 세지 않을 행은 지우고, 나머지는 숨기기를 취소하세요."}},
    [MESSAGE_NO_FILES - MESSAGE_INPUT_FIRST] = {"no-files", SEVERITY_ERROR, EXIT_IO,
        {"no file matches {1}", "맞는 파일이 없음: {1}"},
        {"A pattern with * or ? stands for all files of that name in the folder; temporary files of Excel (~$…) are left out.\nBad: --data 'in/*.xls', where the files are .xlsx\nRemedy: --data 'in/*.xlsx', in quotes",
         "* 나 ? 가 든 이름은 폴더에서 그 이름에 맞는 모든 파일을 뜻합니다. 엑셀의 임시 파일(~$…)은 뺍니다.\n잘못된 예: 파일은 .xlsx 인데 --data 'in/*.xls'\n고치는 법: 따옴표로 감싸 --data 'in/*.xlsx'"}},
    [MESSAGE_PARTIAL_FORMAT - MESSAGE_INPUT_FIRST] = {"partial-format", SEVERITY_ERROR, EXIT_USAGE,
        {"--partial makes tables (csv or jsonl; json with --level), not {1}", "--partial 은 표(csv, jsonl, --level 을 쓴 json)만 만듦: {1}"},
        {"A part of a run holds the rows of a table. Reports, and JSON of the whole tree, need all rows at once.\nBad: run RULES --partial --partition 1/4 --format text\nRemedy: --format csv, or --level project --format json; for a report run the whole data.",
         "나누어 실행한 결과에는 표의 행만 들어 있습니다. 보고서와 전체 JSON 은 모든 행이 한꺼번에 있어야 합니다.\n잘못된 예: run 규칙 --partial --partition 1/4 --format text\n고치는 법: --format csv 나 --level project --format json 을 쓰고, 보고서는 전체 자료로 실행하세요."}},
    [MESSAGE_PARTIAL_FLAG - MESSAGE_INPUT_FIRST] = {"partial-flag", SEVERITY_ERROR, EXIT_USAGE,
        {"{1} does not go with this: --partition needs --partial, and --partial takes no --record", "함께 쓸 수 없는 옵션: {1} (--partition 은 --partial 과 함께, --partial 은 --record 없이)"},
        {"--partition says which part --partial makes; a record is of a whole run.\nBad: run RULES --partition 1/4\nRemedy: run RULES --partial --partition 1/4 --format csv -o 1.part",
         "--partition 은 --partial 이 만들 부분을 정하며, 실행 기록은 전체 실행에만 남깁니다.\n잘못된 예: run 규칙 --partition 1/4\n고치는 법: run 규칙 --partial --partition 1/4 --format csv -o 1.part"}},
    [MESSAGE_PARTIAL_ORDER - MESSAGE_INPUT_FIRST] = {"partial-order", SEVERITY_ERROR, EXIT_USAGE,
        {"the table of indicators stands in order of the data, which a part without --partition does not know", "지표 표는 자료의 순서대로 놓이는데, --partition 없이는 그 순서를 알 수 없음"},
        {"A stream of projects says nothing of where its rows stand among all. Tables of bureaus, departments and projects stand in order of their names.\nBad: run RULES --data - --partial --format csv\nRemedy: --level project, or --partition I/N over the whole data.",
         "사업의 흐름(표준 입력)으로는 행이 전체에서 몇 번째인지 알 수 없습니다. 국, 부서, 사업의 표는 이름 순서입니다.\n잘못된 예: run 규칙 --data - --partial --format csv\n고치는 법: --level project 를 쓰거나, 전체 자료에 --partition I/N 을 쓰세요."}},
    [MESSAGE_PARTITION_SYNTAX - MESSAGE_INPUT_FIRST] = {"partition-syntax", SEVERITY_ERROR, EXIT_USAGE,
        {"--partition takes I/N, part I of N, from 1/1 to 65536/65536: {1}", "--partition 은 N개 중 I번째를 뜻하는 I/N 으로 씀(1/1~65536/65536): {1}"},
        {"Parts are numbered from 1.\nBad: --partition 0/4\nRemedy: --partition 1/4, 2/4, 3/4 and 4/4",
         "부분의 번호는 1부터입니다.\n잘못된 예: --partition 0/4\n고치는 법: --partition 1/4, 2/4, 3/4, 4/4"}},
    [MESSAGE_PARTIAL_RULES - MESSAGE_INPUT_FIRST] = {"partial-rules", SEVERITY_ERROR, EXIT_RULES,
        {"these rules cannot be evaluated in parts: {1}", "나누어 평가할 수 없는 규칙: {1}"},
        {"A part sees its own projects alone. Forced shares (the best 20 %) need all projects; functions may keep something from one row to the next; periods that set rows aside ask whether all data have one.\nBad: run RULES --partial, where a band has share\nRemedy: run the whole data (--threads uses all processors).",
         "부분은 제 사업만 봅니다. 강제 배분(상위 20%)에는 모든 사업이 필요하고, 함수는 앞 행의 것을 기억할 수 있으며, 기간 선택은 자료 전체를 봅니다.\n잘못된 예: 구간에 share 가 있는 규칙을 --partial 로 실행\n고치는 법: 전체 자료를 실행하세요(--threads 로 모든 프로세서를 씀)."}},
    [MESSAGE_PARTIAL_DAMAGED - MESSAGE_INPUT_FIRST] = {"partial-damaged", SEVERITY_ERROR, EXIT_DATA,
        {"{1} is no whole part of a run", "{1}: 온전한 부분 결과가 아님"},
        {"A part ends with the digest of all that stands before, and it does not agree: the file was cut off or changed, or it is another kind of file.\nBad: a part that was copied while it was written\nRemedy: make the part again with run --partial.",
         "부분 결과의 끝에는 앞의 모든 내용의 지문이 있는데 맞지 않습니다. 잘렸거나 바뀌었거나 다른 종류의 파일입니다.\n잘못된 예: 쓰는 중에 복사한 부분 결과\n고치는 법: run --partial 로 다시 만드세요."}},
    [MESSAGE_PARTIAL_OTHER - MESSAGE_INPUT_FIRST] = {"partial-other", SEVERITY_ERROR, EXIT_DATA,
        {"{1} is of another run than {2}: {3} differs", "{2} 와 다른 실행의 부분 결과: {1} ({3})"},
        {"Parts join when rules, values, date, engine (run), data, level, form and number of parts are the same in all.\nBad: one part made before the rules were edited\nRemedy: make all parts again with the same files and flags.",
         "규칙·값·날짜·엔진(run), 자료(data), 단계, 형식, 부분의 수가 모두 같아야 합칠 수 있습니다.\n잘못된 예: 한 부분만 규칙을 고치기 전에 만듦\n고치는 법: 같은 파일과 옵션으로 모든 부분을 다시 만드세요."}},
    [MESSAGE_PARTIAL_MISSING - MESSAGE_INPUT_FIRST] = {"partial-missing", SEVERITY_ERROR, EXIT_DATA,
        {"part {1} of {2} is missing", "빠진 부분: {2}개 중 {1}번째"},
        {"All parts of a run are joined at once.\nBad: merge 1.part 2.part, of a run in four parts\nRemedy: make the missing part with run --partial --partition I/N, and name all files.",
         "한 실행의 모든 부분을 한꺼번에 합칩니다.\n잘못된 예: 넷으로 나눈 실행에서 merge 1.part 2.part\n고치는 법: 빠진 부분을 run --partial --partition I/N 으로 만들고 모든 파일을 적으세요."}},
    [MESSAGE_PARTIAL_TWICE - MESSAGE_INPUT_FIRST] = {"partial-twice", SEVERITY_ERROR, EXIT_DATA,
        {"{1} is the same part as {2}", "{2} 와 같은 부분임: {1}"},
        {"A part counts once.\nBad: merge *.part, in a folder that also holds a copy\nRemedy: name each part once.",
         "한 부분은 한 번만 셉니다.\n잘못된 예: 사본도 있는 폴더에서 merge *.part\n고치는 법: 부분마다 한 번씩만 적으세요."}},
    [MESSAGE_PARTIAL_PROJECT - MESSAGE_INPUT_FIRST] = {"partial-project", SEVERITY_ERROR, EXIT_DATA,
        {"{1} stands in two parts: {2} and {3}", "두 부분에 나뉜 사업: {1} ({2}, {3})"},
        {"A project is evaluated from all of its rows; the stream was cut within it, or was read twice.\nBad: split -l 1000 data.csv\nRemedy: cut between projects only (scripts/cluster/map.awk), or use --partition.",
         "사업은 모든 행을 함께 평가합니다. 사업 중간에서 나뉘었거나 같은 자료를 두 번 읽었습니다.\n잘못된 예: split -l 1000 자료.csv\n고치는 법: 사업 사이에서만 나누거나(scripts/cluster/map.awk) --partition 을 쓰세요."}},
    [MESSAGE_STORE_FAILED - MESSAGE_INPUT_FIRST] = {"store-failed", SEVERITY_ERROR, EXIT_IO,
        {"cannot keep the history {1}: {2}", "이력 파일을 쓸 수 없음: {1} ({2})"},
        {"What was under way was rolled back: the history is as it was before.\nBad: a history on a full disk, or in a folder that is read-only\nRemedy: make room or give permission, and run history add again; what is there already is not added twice.",
         "하던 일은 되돌렸으므로 이력은 그 전 그대로입니다.\n잘못된 예: 가득 찬 디스크나 읽기 전용 폴더의 이력\n고치는 법: 공간이나 권한을 마련하고 history add 를 다시 실행하세요. 이미 있는 실행은 두 번 들어가지 않습니다."}},
    [MESSAGE_STORE_BUSY - MESSAGE_INPUT_FIRST] = {"store-busy", SEVERITY_ERROR, EXIT_IO,
        {"another process keeps the history {1} busy", "다른 프로세스가 이력을 쓰는 중: {1}"},
        {"Writers wait for each other, ten seconds at most.\nBad: a database tool that holds a transaction open\nRemedy: end it and run the command again.",
         "쓰는 프로세스는 서로 최대 10초를 기다립니다.\n잘못된 예: 트랜잭션을 열어 둔 데이터베이스 도구\n고치는 법: 그 도구를 끝내고 다시 실행하세요."}},
    [MESSAGE_STORE_DAMAGED - MESSAGE_INPUT_FIRST] = {"store-damaged", SEVERITY_ERROR, EXIT_DATA,
        {"the history {1} is damaged: {2}", "손상된 이력: {1} ({2})"},
        {"The file is no whole database. A history holds nothing that the records do not hold.\nBad: history.db copied while it was written (history backup makes whole copies)\nRemedy: take the last backup, or make it again: perfeval history add records --store new.db",
         "온전한 데이터베이스가 아닙니다. 이력의 내용은 모두 실행 기록에 있습니다.\n잘못된 예: 쓰는 중에 복사한 history.db (history backup 은 온전한 사본을 만듦)\n고치는 법: 마지막 백업을 쓰거나 다시 만드세요: perfeval history add records --store new.db"}},
    [MESSAGE_STORE_OTHER - MESSAGE_INPUT_FIRST] = {"store-other", SEVERITY_ERROR, EXIT_DATA,
        {"{1} is a database, but no history", "이력이 아닌 데이터베이스: {1}"},
        {"The file was made by another program; nothing was written into it.\nBad: history add records/000001.json --store offices.db\nRemedy: name another file.",
         "다른 프로그램이 만든 파일이며, 아무것도 쓰지 않았습니다.\n잘못된 예: history add records/000001.json --store offices.db\n고치는 법: 다른 파일 이름을 쓰세요."}},
    [MESSAGE_STORE_NEWER - MESSAGE_INPUT_FIRST] = {"store-newer", SEVERITY_ERROR, EXIT_DATA,
        {"the history {1} was made by a newer version", "더 새로운 판이 만든 이력: {1}"},
        {"Older histories are brought up to date when they are written; newer ones are left alone.\nBad: an old perfeval on a machine beside new ones\nRemedy: use the newer version.",
         "옛 이력은 쓸 때 새 판의 형식으로 바뀌지만, 더 새로운 이력은 건드리지 않습니다.\n잘못된 예: 새 판을 쓰는 곳 옆의 옛 perfeval\n고치는 법: 새 판을 쓰세요."}},
    [MESSAGE_STORE_UNFINISHED - MESSAGE_INPUT_FIRST] = {"store-unfinished", SEVERITY_ERROR, EXIT_IO,
        {"{1} is being written, or was left unfinished: a part of it is in {2}", "쓰는 중이거나 쓰다가 중단된 데이터베이스: {1} (일부가 {2} 에 있음)"},
        {"A database that is only read is not changed, so a program that writes it has to end, or one that was broken off has to be made good.\n"
         "Bad: history show beside a history add that was killed; --data of a database that another program has open\n"
         "Remedy: of a history: perfeval history add RECORD, which takes back what was not finished, also with a record that is there already. "
         "Of data: close the program; if that does not help, sqlite3 FILE 'PRAGMA journal_mode=DELETE'. Where nothing can be written, copy both files elsewhere first.",
         "읽기만 할 때에는 데이터베이스를 고치지 않습니다. 쓰는 프로그램이 끝나거나, 중단된 쓰기를 먼저 정리해야 합니다.\n"
         "잘못된 예: history add 가 강제로 끝난 뒤의 history show, 다른 프로그램이 열어 둔 데이터베이스를 --data 로 읽음\n"
         "고치는 법: 이력은 perfeval history add 기록 을 실행하면 끝나지 않은 부분이 되돌려집니다(이미 있는 기록이라도 됨). "
         "자료는 그 프로그램을 닫고, 그래도 안 되면 sqlite3 파일 'PRAGMA journal_mode=DELETE' 를 실행하세요. 쓸 수 없는 곳이면 두 파일을 함께 다른 곳에 복사해 하세요."}},
    [MESSAGE_HISTORY_ROWS - MESSAGE_INPUT_FIRST] = {"history-rows", SEVERITY_ERROR, EXIT_DATA,
        {"the record {1} does not hold the rows of its results", "결과의 행이 없는 실행 기록: {1}"},
        {"A record holds rows up to 64 MiB; of larger results it keeps the digest alone.\nBad: history add, of a record of ten million rows\nRemedy: keep records of the offices one by one (batch).",
         "기록에는 64 MiB 까지의 행이 들어가며, 더 큰 결과는 지문만 남습니다.\n잘못된 예: 천만 행의 기록을 history add\n고치는 법: 기관별로 따로 기록하세요(batch)."}},
    [MESSAGE_HISTORY_UNKNOWN - MESSAGE_INPUT_FIRST] = {"history-unknown", SEVERITY_ERROR, EXIT_USAGE,
        {"the history has no such run or name: {1}", "이력에 없는 실행 또는 이름: {1}"},
        {"show takes the number of a run, trend the whole name of a project, department or bureau.\nBad: history trend 청소\nRemedy: history list shows the runs; history trend 청소과",
         "show 에는 실행 번호를, trend 에는 사업·부서·국의 이름 전체를 적습니다.\n잘못된 예: history trend 청소\n고치는 법: history list 로 실행을 보고, history trend 청소과 처럼 적으세요."}},
    [MESSAGE_LAST_YEAR_MISSED - MESSAGE_INPUT_FIRST] = {"last-year-missed", SEVERITY_WARNING, EXIT_DONE,
        {"no figures of last year for {1} in {2}", "작년의 수치가 없는 행: {1} ({2})"},
        {"Rows are found by the names of bureau, department, project and indicator as they are written; a new indicator has no last year, one whose name was changed has lost it.\n"
         "Bad: 지표 1 last year, 지표1 this year\nRemedy: give the row its figures yourself, in the columns previous_target and previous_actual: what stands in the data counts.",
         "국, 부서, 사업, 지표의 이름이 적힌 그대로 같은 행을 찾습니다. 새 지표에는 작년이 없고, 이름이 바뀐 지표는 작년을 찾지 못합니다.\n"
         "잘못된 예: 작년에는 지표 1, 올해는 지표1\n고치는 법: 그 행의 전년목표와 전년실적 열에 수치를 적으세요. 자료에 적힌 것을 씁니다."}},
    [MESSAGE_LAST_YEAR_TWICE - MESSAGE_INPUT_FIRST] = {"last-year-twice", SEVERITY_WARNING, EXIT_DONE,
        {"{1} stands {2} times this year and {3} times last year: which is which nobody can tell, so it has no last year", "같은 이름의 행이 올해 {2}개, 작년 {3}개라 짝을 알 수 없어 작년의 수치를 쓰지 않음: {1}"},
        {"Rows of the same names are not told apart by their order.\nBad: two rows 참여 인원 in one project\nRemedy: give the rows names of their own, or their figures in the columns previous_target and previous_actual.",
         "이름이 같은 행은 순서로 짝짓지 않습니다.\n잘못된 예: 한 사업에 참여 인원 지표가 두 행\n고치는 법: 지표 이름을 다르게 적거나, 전년목표와 전년실적 열에 수치를 적으세요."}},
    [MESSAGE_LAST_YEAR_MORE - MESSAGE_INPUT_FIRST] = {"last-year-more", SEVERITY_WARNING, EXIT_DONE,
        {"{1} more rows without figures of last year in {2}", "작년의 수치가 없는 행이 {1}개 더 있음 ({2})"},
        {"The first three were named before; when it is nearly all, the figures are those of another office or year.\nBad: --last-year-from history.db --last-year-run 12, a run of another office\nRemedy: perfeval history list shows the runs.",
         "앞의 세 행만 하나씩 알렸습니다. 거의 모든 행이 그렇다면 다른 기관이나 다른 해의 수치입니다.\n잘못된 예: 다른 기관의 실행인 --last-year-from history.db --last-year-run 12\n고치는 법: perfeval history list 로 실행을 보세요."}},
    [MESSAGE_LAST_YEAR_GONE - MESSAGE_INPUT_FIRST] = {"last-year-gone", SEVERITY_WARNING, EXIT_DONE,
        {"{1} rows of last year ({2}) are in no row of this year: {3}", "올해 자료에 없는 작년의 행 {1}개 ({2}): {3}"},
        {"Indicators that ended, or whose names were changed.\nBad: the project was renamed: its last year is lost\nRemedy: when it is the same indicator, give the new row the figures in the columns previous_target and previous_actual.",
         "끝난 지표이거나 이름이 바뀐 지표입니다.\n잘못된 예: 사업 이름이 바뀌어 작년과 이어지지 않음\n고치는 법: 같은 지표라면 새 행의 전년목표와 전년실적 열에 수치를 적으세요."}},
    [MESSAGE_LAST_YEAR_PERIODS - MESSAGE_INPUT_FIRST] = {"last-year-periods", SEVERITY_ERROR, EXIT_DATA,
        {"--last-year-from is for data with one row an indicator; these have periods", "--last-year-from 은 지표마다 한 행인 자료에 씀: 이 자료에는 기간 열이 있음"},
        {"Which of the rows of an indicator has the figures of last year nobody can tell.\nBad: --last-year-from 2024.lock with data that have a column period\nRemedy: give the figures in the columns previous_target and previous_actual.",
         "한 지표의 여러 기간 가운데 어느 행이 작년과 같은지 알 수 없습니다.\n잘못된 예: 기간 열이 있는 자료에 --last-year-from 2024.lock\n고치는 법: 전년목표와 전년실적 열에 수치를 적으세요."}},
    [MESSAGE_LAST_YEAR_REVISED - MESSAGE_INPUT_FIRST] = {"last-year-revised", SEVERITY_ERROR, EXIT_DATA,
        {"{1} has revised targets: which of them counted last year its rules said", "변경한 목표가 있는 작년 자료임: {1} (어느 목표로 평가했는지는 작년의 규칙에 있음)"},
        {"A data file alone does not say which target counted; a run of last year does.\nBad: --last-year-from data/2024.csv, with a column revised_target\n"
         "Remedy: give the record, the file of `lock`, or the history of last year; or make one now: perfeval lock rules/2024.lua -o 2024.lock",
         "자료 파일만으로는 어느 목표로 평가했는지 알 수 없습니다. 작년의 실행에는 있습니다.\n잘못된 예: 변경목표 열이 있는 --last-year-from data/2024.csv\n"
         "고치는 법: 작년의 실행 기록, lock 의 파일, 이력을 쓰거나 지금 만드세요: perfeval lock rules/2024.lua -o 2024.lock"}},
    [MESSAGE_LAST_YEAR_RULES - MESSAGE_INPUT_FIRST] = {"last-year-rules", SEVERITY_ERROR, EXIT_RULES,
        {"--last-year-from: the rules do not say what rate the figures of last year make", "--last-year-from: 규칙에 작년의 달성률을 구하는 방법이 없음"},
        {"The flag gives rows targets and actuals of last year; the rules say by `last_year` what they make of them.\nBad: --last-year-from 2024.lock with rules without last_year\n"
         "Remedy: last_year = { rate = field.previous_actual / field.previous_target * 100 }",
         "이 옵션은 행마다 작년의 목표와 실적을 붙이며, 그것으로 무엇을 할지는 규칙의 last_year 에 적습니다.\n잘못된 예: last_year 가 없는 규칙에 --last-year-from 2024.lock\n"
         "고치는 법: last_year = { rate = field.previous_actual / field.previous_target * 100 }"}},
    [MESSAGE_LAST_YEAR_WHICH - MESSAGE_INPUT_FIRST] = {"last-year-which", SEVERITY_ERROR, EXIT_USAGE,
        {"{2} runs of {1} may be meant: --last-year-run says which", "{1} 의 실행 {2}개 가운데 어느 것인지 알 수 없음: --last-year-run 으로 정하세요"},
        {"A run is named by its number, or by a rule file or data file that it read: then the newest run of that file counts, where all of them read the same rules and data.\n"
         "Bad: --last-year-run rules/2024.lua where offices with data of their own were evaluated by it\nRemedy: --last-year-run in/2024/office001.csv, or the number that perfeval history list shows.",
         "실행은 번호로 정하거나, 읽은 규칙 파일 또는 자료 파일로 정합니다. 파일로 정하면 그 파일의 가장 새로운 실행을 쓰며, 그 실행들의 규칙과 자료가 모두 같은 파일이어야 합니다.\n"
         "잘못된 예: 여러 기관의 자료를 평가한 rules/2024.lua 를 --last-year-run 에 적음\n고치는 법: --last-year-run in/2024/office001.csv, 또는 perfeval history list 에 나오는 번호"}},
    [MESSAGE_FILES_COLUMNS - MESSAGE_INPUT_FIRST] = {"files-columns", SEVERITY_ERROR, EXIT_DATA,
        {"the column {1} of the first file ({2}) is not in this one", "첫 파일({2})에 있는 {1} 열이 이 파일에 없음"},
        {"Files that are merged have the same columns, in any order.\nBad: one department deleted the column 비고\nRemedy: add the column, with blank cells where there is nothing to say.",
         "함께 읽는 파일들은 열이 같아야 합니다. 순서는 달라도 됩니다.\n잘못된 예: 한 부서가 비고 열을 지움\n고치는 법: 그 열을 넣고 적을 것이 없으면 빈 칸으로 두세요."}},
    [MESSAGE_FILES_EXTRA - MESSAGE_INPUT_FIRST] = {"files-extra", SEVERITY_ERROR, EXIT_DATA,
        {"the column {1} is not in the first file ({2})", "{1} 열이 첫 파일({2})에 없음"},
        {"Files that are merged have the same columns, in any order; a further one would be lost.\n"
         "Bad: one department added the column 메모\nRemedy: delete the column, or add it to all files.",
         "함께 읽는 파일들은 열이 같아야 합니다. 한 파일에만 있는 열은 버려지게 됩니다.\n"
         "잘못된 예: 한 부서가 메모 열을 더함\n고치는 법: 그 열을 지우거나 모든 파일에 넣으세요."}},
    [MESSAGE_DEPARTMENT_ABSENT - MESSAGE_INPUT_FIRST] = {"department-absent", SEVERITY_ERROR, EXIT_DATA,
        {"no file has rows of {2} ({1})", "자료가 없는 부서: {2} ({1})"},
        {"--departments FILE lists who must send numbers: its columns bureau and department.\nBad: one department has not sent its workbook, or its name is written in another way\nRemedy: ask for it; correct the name; or take it off the list.",
         "--departments 파일에는 자료를 내야 하는 부서가 적혀 있습니다(국, 부서 열).\n잘못된 예: 한 부서가 파일을 내지 않았거나 부서 이름을 다르게 적음\n고치는 법: 자료를 받거나, 이름을 고치거나, 목록에서 빼세요."}},
    [MESSAGE_DEPARTMENT_TWICE - MESSAGE_INPUT_FIRST] = {"department-twice", SEVERITY_WARNING, EXIT_DONE,
        {"{1} has rows in another file too: {2}", "{1}: 다른 파일에도 이 부서의 행이 있음: {2}"},
        {"Often a file that was sent again, with the old one left in the folder.\nBad: 총무과.xlsx and 총무과 (수정).xlsx in one folder\nRemedy: keep the one that counts.",
         "다시 낸 파일과 옛 파일이 함께 있는 경우가 많습니다.\n잘못된 예: 한 폴더에 총무과.xlsx 와 총무과 (수정).xlsx\n고치는 법: 맞는 파일 하나만 두세요."}},
    [MESSAGE_ROW_TWICE - MESSAGE_INPUT_FIRST] = {"row-twice", SEVERITY_ERROR, EXIT_DATA,
        {"{1} stands in another file already: {2}", "다른 파일에 이미 있는 지표임: {1} ({2})"},
        {"The same indicator of the same project, department and period comes from two files; it would count twice.\nBad: 총무과.xlsx and a copy of it in one folder\nRemedy: keep the file that counts.",
         "같은 부서, 사업, 기간의 같은 지표가 두 파일에 있어 두 번 세어집니다.\n잘못된 예: 한 폴더에 총무과.xlsx 와 그 사본\n고치는 법: 맞는 파일 하나만 두세요."}},
    [MESSAGE_NO_KOREAN_FONT - MESSAGE_INPUT_FIRST] = {"no-korean-font", SEVERITY_ERROR, EXIT_IO,
        {"no font for Korean is installed: install fonts-nanum or fonts-noto-cjk", "한글 글꼴이 없음: fonts-nanum 이나 fonts-noto-cjk 를 설치하세요"},
        {"PDF carries its fonts with it, so a font that has Korean letters must be installed where it is made.\n"
         "Bad: perfeval run RULES --format pdf in a container without fonts\n"
         "Remedy: apt-get install fonts-nanum (or fonts-noto-cjk).",
         "PDF 에는 글꼴이 함께 들어가므로, 만드는 곳에 한글 글꼴이 설치되어 있어야 합니다.\n"
         "잘못된 예: 글꼴이 없는 컨테이너에서 perfeval run 규칙 --format pdf\n"
         "고치는 법: apt-get install fonts-nanum (또는 fonts-noto-cjk)"}},
    [MESSAGE_FONT_LACKS - MESSAGE_INPUT_FIRST] = {"font-lacks", SEVERITY_WARNING, EXIT_DONE,
        {"characters that no installed font has: {1}; they stand as boxes", "설치된 글꼴에 없는 글자 {1}개가 네모로 찍힘"},
        {"Rare Chinese characters, pictures and old Korean letters are not in every font.\n"
         "Bad: a project whose name has an emoji\n"
         "Remedy: apt-get install fonts-noto-cjk, or write the name without them.",
         "드문 한자, 그림 글자, 옛한글은 모든 글꼴에 있지 않습니다.\n"
         "잘못된 예: 그림 글자가 든 사업명\n"
         "고치는 법: apt-get install fonts-noto-cjk, 또는 그 글자 없이 적으세요."}},
    [MESSAGE_NO_PICTURES - MESSAGE_INPUT_FIRST] = {"no-pictures", SEVERITY_WARNING, EXIT_DONE,
        {"{1} is made without its charts: {2}", "{1} 문서에 차트를 넣지 못함: {2}"},
        {"The charts of this format are pictures, which the module `pdf` draws with an installed font. Without them the document is whole and has no charts.\n"
         "Bad: perfeval run RULES --format hwpx -o report.hwpx on a machine without libcairo2\n"
         "Remedy: `perfeval doctor` says what is missing; install it (libcairo2 libpangocairo-1.0-0 fonts-nanum) and run again.",
         "이 형식의 차트는 그림이고, 모듈 pdf 가 설치된 글꼴로 그립니다. 그릴 수 없으면 차트가 없을 뿐 문서는 온전합니다.\n"
         "잘못된 예: libcairo2 가 없는 컴퓨터에서 perfeval run 규칙 --format hwpx -o 보고서.hwpx\n"
         "고치는 법: perfeval doctor 로 빠진 것을 찾아 설치하고(libcairo2 libpangocairo-1.0-0 fonts-nanum) 다시 실행하세요."}},
    [MESSAGE_NOT_ENCODED - MESSAGE_INPUT_FIRST] = {"not-encoded", SEVERITY_WARNING, EXIT_DONE,
        {"CP949 has no {1}: {2} stands in its place, {3} times, first at {4} of the output (line:character)",
         "CP949 에 없는 글자 {1}: {2} 로 바꾸어 씀, {3}번, 처음은 출력의 {4} (줄:글자)"},
        {"CP949, which older programs read, holds some 17,000 characters. A few that it lacks are written as their likeness (▢ as □, ‧ and ․ as ·, ◦ and • as ㆍ), all others as their number, <U+2713>.\n"
         "Bad: perfeval run RULES --format csv --output-encoding cp949 for names with ✓ in them\n"
         "Remedy: write UTF-8 (--output-encoding utf-8-bom, which Excel reads too), or change the character in the data.",
         "옛 프로그램이 읽는 CP949 에는 글자가 17,000자쯤 있습니다. 없는 글자 가운데 몇은 닮은 글자로(▢는 □, ‧ ․는 ·, ◦ •는 ㆍ), 나머지는 <U+2713> 처럼 번호로 적습니다.\n"
         "잘못된 예: 이름에 ✓ 가 있는데 perfeval run 규칙 --format csv --output-encoding cp949\n"
         "고치는 법: UTF-8 로 쓰거나(--output-encoding utf-8-bom, Excel 도 읽음) 자료에서 그 글자를 바꾸세요."}},
    [MESSAGE_ENCODING_FORMAT - MESSAGE_INPUT_FIRST] = {"encoding-format", SEVERITY_ERROR, EXIT_USAGE,
        {"--output-encoding goes with --format csv, text or markdown, not with {1}",
         "--output-encoding 은 --format csv, text, markdown 과 함께 씀. 함께 쓸 수 없는 형식: {1}"},
        {"The other formats are UTF-8 by their own rules, or no text.\n"
         "Bad: perfeval run RULES --format json --output-encoding cp949\n"
         "Remedy: leave the option out, or write csv.",
         "다른 형식은 UTF-8 로 정해져 있거나 글이 아닙니다.\n"
         "잘못된 예: perfeval run 규칙 --format json --output-encoding cp949\n"
         "고치는 법: 옵션을 빼거나 csv 로 쓰세요."}},
};
/* clang-format on */
