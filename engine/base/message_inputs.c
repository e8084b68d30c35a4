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
};
/* clang-format on */
