#include "base/message.h"

#include "base/memory.h"

#include <string.h>

/* One entry: code, severity, exit code, {English, Korean}, {help in English, help in Korean}. */
static const Message messages[MESSAGE_COUNT] = {
    [MESSAGE_FILE_OPEN] = {"file-open", SEVERITY_ERROR, EXIT_IO,
        {"cannot open {1}: {2}", "{1} 파일을 열 수 없음: {2}"},
        {"The file does not exist or may not be read. Check the name, and where it is seen from: a path in a rule file is "
         "seen from that rule file's folder, a path on the command line from the folder you are in.",
         "파일이 없거나 읽을 권한이 없습니다. 이름과 기준 폴더를 확인하세요. 규칙 파일 안의 경로는 그 규칙 파일의 폴더, "
         "명령줄의 경로는 현재 폴더를 기준으로 합니다."}},
    [MESSAGE_FILE_READ] = {"file-read", SEVERITY_ERROR, EXIT_IO,
        {"cannot read {1}: {2}", "{1} 파일을 읽을 수 없음: {2}"},
        {"The file was found but reading it failed. Try again; if it lies on a network drive, copy it first.",
         "파일은 있으나 읽기에 실패했습니다. 다시 시도하고, 네트워크 드라이브의 파일이면 먼저 복사하세요."}},
    [MESSAGE_FILE_WRITE] = {"file-write", SEVERITY_ERROR, EXIT_IO,
        {"cannot write {1}: {2}", "{1} 파일을 쓸 수 없음: {2}"},
        {"The output could not be written whole, so nothing was changed: an older file of that name is untouched. "
         "Check free space and the folder's permissions.",
         "출력을 온전히 쓸 수 없어 아무것도 바꾸지 않았습니다. 같은 이름의 기존 파일은 그대로입니다. "
         "남은 용량과 폴더의 쓰기 권한을 확인하세요."}},
    [MESSAGE_FILE_TOO_LARGE] = {"file-too-large", SEVERITY_ERROR, EXIT_LIMIT,
        {"{1} has {2} bytes; the limit is {3}", "{1} 파일이 {2}바이트로 한도 {3}바이트를 넘음"},
        {"Split the file by bureau or year.", "국별 또는 연도별로 파일을 나누세요."}},
    [MESSAGE_FILE_OUTSIDE] = {"file-outside", SEVERITY_ERROR, EXIT_RULES,
        {"{1} lies outside the project folder {2}", "{1} 파일이 프로젝트 폴더 {2} 밖에 있음"},
        {"A rule file may name files of its own project folder only (the nearest parent folder that holds rules/). "
         "Copy the file there, or give it with --data.",
         "규칙 파일은 자기 프로젝트 폴더(rules/ 가 들어 있는 가장 가까운 상위 폴더) 안의 파일만 쓸 수 있습니다. "
         "파일을 그 안으로 복사하거나 --data 로 지정하세요."}},

    [MESSAGE_BAD_UTF8] = {"bad-utf8", SEVERITY_ERROR, EXIT_DATA,
        {"byte {1} at offset {2} is not UTF-8", "{2}번째 바이트 {1} 은(는) UTF-8 이 아님"},
        {"The file is not in UTF-8. In Excel, save it as \"CSV UTF-8\".",
         "파일이 UTF-8 이 아닙니다. 엑셀에서 'CSV UTF-8' 형식으로 저장하세요."}},
    [MESSAGE_UNCLOSED_QUOTE] = {"unclosed-quote", SEVERITY_ERROR, EXIT_DATA,
        {"this quote is not closed", "여기서 연 따옴표가 닫히지 않음"},
        {"A cell that begins with \" must end with \". A quote inside the cell is written twice: \"\".",
         "\" 로 시작한 칸은 \" 로 끝나야 합니다. 칸 안의 따옴표는 두 번(\"\") 씁니다."}},
    [MESSAGE_TEXT_AFTER_QUOTE] = {"text-after-quote", SEVERITY_ERROR, EXIT_DATA,
        {"text behind the closing quote of a cell", "칸의 닫는 따옴표 뒤에 글자가 있음"},
        {"Behind the closing \" only a comma or the end of the line may stand. A quote inside the cell is written twice: \"\".",
         "닫는 \" 뒤에는 쉼표나 줄 끝만 올 수 있습니다. 칸 안의 따옴표는 두 번(\"\") 씁니다."}},
    [MESSAGE_STRAY_QUOTE] = {"stray-quote", SEVERITY_ERROR, EXIT_DATA,
        {"a quote inside a cell that is not quoted", "따옴표로 감싸지 않은 칸 안에 따옴표가 있음"},
        {"Put the whole cell in quotes and write the inner quote twice: \"a \"\"b\"\" c\".",
         "칸 전체를 따옴표로 감싸고 안쪽 따옴표는 두 번 쓰세요: \"가 \"\"나\"\" 다\"."}},
    [MESSAGE_EMPTY_FILE] = {"empty-file", SEVERITY_ERROR, EXIT_DATA,
        {"the file is empty; its first line should name the columns", "파일이 비어 있음. 첫 줄에 열 이름이 있어야 함"},
        {"A data file begins with a line such as bureau,department,project,indicator,unit,target,actual.",
         "데이터 파일은 bureau,department,project,indicator,unit,target,actual 같은 열 이름 줄로 시작합니다."}},
    [MESSAGE_NO_ROWS] = {"no-rows", SEVERITY_ERROR, EXIT_DATA,
        {"there is no row below the column names", "열 이름 아래에 자료 행이 없음"},
        {"Each row below the first line is one indicator.", "첫 줄 아래의 한 행이 성과지표 하나입니다."}},
    [MESSAGE_CELL_COUNT] = {"cell-count", SEVERITY_ERROR, EXIT_DATA,
        {"the row has {1} cells; the first line names {2} columns", "이 행은 {1}칸인데 첫 줄의 열은 {2}개임"},
        {"A name that holds a comma must be quoted: \"1,234\". A row needs as many cells as the first line.",
         "쉼표가 든 값은 따옴표로 감싸야 합니다: \"1,234\". 모든 행의 칸 수는 첫 줄과 같아야 합니다."}},
    [MESSAGE_MISSING_COLUMN] = {"missing-column", SEVERITY_ERROR, EXIT_DATA,
        {"there is no column {1} ({2})", "{1}({2}) 열이 없음"},
        {"A data file needs the columns bureau, department, project, indicator, unit, target, actual, by these names or their "
         "Korean ones (국, 부서, 주요사업, 성과지표, 단위, 목표, 실적), in any order.",
         "데이터 파일에는 bureau, department, project, indicator, unit, target, actual 열(또는 국, 부서, 주요사업, 성과지표, "
         "단위, 목표, 실적)이 순서에 관계없이 있어야 합니다."}},
    [MESSAGE_DUPLICATE_COLUMN] = {"duplicate-column", SEVERITY_ERROR, EXIT_DATA,
        {"the column {1} occurs twice", "{1} 열이 두 번 나옴"},
        {"Each column may occur once; an English name and its Korean label are the same column.",
         "열은 한 번만 나올 수 있습니다. 영어 이름과 한글 이름은 같은 열입니다."}},
    [MESSAGE_BLANK_COLUMN_NAME] = {"blank-column-name", SEVERITY_ERROR, EXIT_DATA,
        {"column {1} has no name", "{1}번째 열에 이름이 없음"},
        {"Give the column a name in the first line or delete it.", "첫 줄에 열 이름을 쓰거나 그 열을 지우세요."}},
    [MESSAGE_NOT_A_NUMBER] = {"not-a-number", SEVERITY_ERROR, EXIT_DATA,
        {"{1} \"{2}\" is not a number", "{1} 열의 \"{2}\" 은(는) 수가 아님"},
        {"Numbers are written 1234.5 (or \"1,234.5\" in quotes), negative ones -5 or △5. Leave the cell blank when there is no "
         "number, or write - or N/A when none applies. Units belong into the unit column.",
         "수는 1234.5 (또는 따옴표로 \"1,234.5\"), 음수는 -5 나 △5 로 씁니다. 값이 없으면 칸을 비우고, 해당 없으면 - 나 N/A 를 "
         "쓰세요. 단위는 단위 열에 씁니다."}},
    [MESSAGE_NUMBER_TOO_LONG] = {"number-too-long", SEVERITY_ERROR, EXIT_LIMIT,
        {"{1} has {2} digits; the limit is {3}", "{1} 열의 수가 {2}자리로 한도 {3}자리를 넘음"},
        {"Numbers are kept exactly, up to this many digits.", "수는 이 자릿수까지 정확하게 다룹니다."}},
    [MESSAGE_BLANK_NAME] = {"blank-name", SEVERITY_ERROR, EXIT_DATA,
        {"{1} is blank", "{1} 칸이 비어 있음"},
        {"Each row names its bureau, department, project and indicator; merged cells of a spreadsheet must be filled down.",
         "모든 행에 국, 부서, 주요사업, 성과지표 이름이 있어야 합니다. 엑셀의 병합된 칸은 아래로 채우세요."}},
    [MESSAGE_LENIENT_NUMBER] = {"unusual-number", SEVERITY_WARNING, EXIT_DONE,
        {"{1} \"{2}\" was read as {3}", "{1} 열의 \"{2}\" 을(를) {3} (으)로 읽음"},
        {"The cell has one plausible reading that differs from how it is written (a separator, △ for minus, blanks). "
         "Nothing needs to be done when the reading is right.",
         "쓰인 모양과 다르지만 뜻이 하나로 읽히는 값입니다(천 단위 쉼표, 음수 △, 빈칸). 읽은 값이 맞으면 그대로 두어도 됩니다."}},
    [MESSAGE_DUPLICATE_ID] = {"duplicate-id", SEVERITY_ERROR, EXIT_DATA,
        {"the id {1} stands on line {2} already", "번호 {1} 은(는) {2}행에 이미 있음"},
        {"An id names one row. Leave the cell blank where there is none.", "번호는 한 행에만 씁니다. 없으면 칸을 비우세요."}},
    [MESSAGE_CELL_TOO_LONG] = {"cell-too-long", SEVERITY_ERROR, EXIT_LIMIT,
        {"the cell of {1} has {2} bytes; the limit is {3}", "{1} 칸이 {2}바이트로 한도 {3}바이트를 넘음"},
        {"Often a quote that is closed far too late. Shorten the text.", "따옴표가 너무 늦게 닫힌 경우가 많습니다. 글을 줄이세요."}},
    [MESSAGE_TOO_MANY_COLUMNS] = {"too-many-columns", SEVERITY_ERROR, EXIT_LIMIT,
        {"{1} columns; the limit is {2}", "열이 {1}개로 한도 {2}개를 넘음"},
        {"Leave out the columns that nobody uses.", "쓰지 않는 열을 빼세요."}},
    [MESSAGE_TOO_MANY_ROWS] = {"too-many-rows", SEVERITY_ERROR, EXIT_LIMIT,
        {"more than {1} rows", "행이 한도 {1}개를 넘음"},
        {"Split the file by bureau or year.", "국별 또는 연도별로 파일을 나누세요."}},
    [MESSAGE_JSON_SYNTAX] = {"json-syntax", SEVERITY_ERROR, EXIT_DATA,
        {"this is no JSON: {1}", "JSON 형식이 아님: {1}"},
        {"The file must follow RFC 8259; the caret marks where reading stopped.",
         "파일은 RFC 8259 형식이어야 합니다. 표시된 곳에서 읽기가 멈췄습니다."}},
    [MESSAGE_JSON_DUPLICATE_KEY] = {"json-duplicate-key", SEVERITY_ERROR, EXIT_DATA,
        {"the key \"{1}\" occurs twice in this object", "같은 객체에 키 \"{1}\" 이(가) 두 번 나옴"},
        {"Which of the two counts would be a guess; delete one.", "어느 쪽이 맞는지 알 수 없습니다. 하나를 지우세요."}},
    [MESSAGE_JSON_TOO_DEEP] = {"json-too-deep", SEVERITY_ERROR, EXIT_LIMIT,
        {"nesting deeper than {1} levels", "중첩이 {1}단계를 넘음"},
        {"Flatten the file.", "파일의 중첩을 줄이세요."}},

    [MESSAGE_LUA_SYNTAX] = {"lua-syntax", SEVERITY_ERROR, EXIT_RULES,
        {"the script cannot be read: {1}", "스크립트를 읽을 수 없음: {1}"},
        {"Often a missing comma, quote or brace on this line or the one before.",
         "이 줄이나 앞줄에 쉼표, 따옴표, 괄호가 빠진 경우가 많습니다."}},
    [MESSAGE_LUA_ERROR] = {"script-error", SEVERITY_ERROR, EXIT_RULES,
        {"{1}", "{1}"},
        {"The script stopped with this error at this line.", "스크립트가 이 줄에서 오류로 멈췄습니다."}},
    [MESSAGE_RULES_NOT_A_TABLE] = {"not-a-ruleset", SEVERITY_ERROR, EXIT_RULES,
        {"a rule file ends with `return ruleset { … }`; this one returned {1}",
         "규칙 파일은 `return ruleset { … }` 로 끝나야 하는데 {1} 을(를) 돌려줌"},
        {"Begin the table with `return ruleset {`. rules/README.md has a small complete example.",
         "`return ruleset {` 로 표를 시작하세요. rules/README.md 에 작은 예가 있습니다."}},
    [MESSAGE_UNKNOWN_KEY] = {"unknown-key", SEVERITY_ERROR, EXIT_RULES,
        {"{1}: unknown key", "{1}: 알 수 없는 키"},
        {"The rule language is closed: a key that it does not know is an error, so that a typing mistake never passes for a rule. "
         "rules/README.md lists the keys.",
         "규칙 파일에는 정해진 키만 쓸 수 있습니다. 오타가 규칙으로 오해되지 않게 하기 위해서입니다. rules/README.md 에 키 목록이 있습니다."}},
    [MESSAGE_MISSING_KEY] = {"missing-key", SEVERITY_ERROR, EXIT_RULES,
        {"{1} is missing", "{1} 이(가) 없음"},
        {"Add the key; the engine has no hidden default for it. rules/README.md shows it in an example.",
         "이 키를 추가하세요. 숨은 기본값은 없습니다. rules/README.md 의 예를 보세요."}},
    [MESSAGE_WRONG_TYPE] = {"wrong-type", SEVERITY_ERROR, EXIT_RULES,
        {"{1} should be {2}, not {3}", "{1} 에는 {2} 이(가) 와야 하는데 {3} 이(가) 있음"},
        {"Text stands in quotes (\"80\"), numbers do not (80).", "글자는 따옴표로 감싸고(\"80\"), 수는 감싸지 않습니다(80)."}},
    [MESSAGE_BAD_CHOICE] = {"bad-choice", SEVERITY_ERROR, EXIT_RULES,
        {"{1} is \"{2}\"; it can be {3}", "{1} 이(가) \"{2}\" 임. 쓸 수 있는 값: {3}"},
        {"Choose one of the values listed.", "나열된 값 가운데 하나를 쓰세요."}},
    [MESSAGE_UNKNOWN_PARAM] = {"unknown-param", SEVERITY_ERROR, EXIT_RULES,
        {"there is no parameter {1}", "{1} 이라는 매개변수(params)가 없음"},
        {"Parameters are the names under `params` in the rule file; --set can change only those.",
         "매개변수는 규칙 파일의 params 아래에 있는 이름입니다. --set 은 그 값만 바꿀 수 있습니다."}},
    [MESSAGE_UNKNOWN_FIELD] = {"unknown-field", SEVERITY_ERROR, EXIT_RULES,
        {"the data have no column {1}", "자료에 {1} 열이 없음"},
        {"A formula may use columns of the data and those of the vocabulary (data/README.md).",
         "산식에는 자료의 열과 정해진 열(data/README.md)만 쓸 수 있습니다."}},
    [MESSAGE_NOT_A_NUMBER_FIELD] = {"text-field", SEVERITY_ERROR, EXIT_RULES,
        {"the column {1} holds text, not numbers", "{1} 열은 수가 아니라 글자임"},
        {"A formula can use columns of numbers only.", "산식에는 수로 된 열만 쓸 수 있습니다."}},
    [MESSAGE_PARAM_RANGE] = {"param-range", SEVERITY_ERROR, EXIT_RULES,
        {"{1} = {2} is outside its range ({3} to {4})", "{1} = {2} 은(는) 허용 범위({3} ~ {4}) 밖임"},
        {"The rule file states min and max for this parameter.", "규칙 파일에 이 매개변수의 min 과 max 가 정해져 있습니다."}},
    [MESSAGE_PARAM_VALUE] = {"param-value", SEVERITY_ERROR, EXIT_USAGE,
        {"--set {2}={1}: \"{1}\" is not a number", "--set {2}={1}: \"{1}\" 은(는) 수가 아님"},
        {"Write --set name=number, e.g. --set sluggish_at_most=85.", "--set 이름=수 로 쓰세요. 예: --set sluggish_at_most=85"}},
    [MESSAGE_UNKNOWN_SETTING] = {"unknown-setting", SEVERITY_ERROR, EXIT_USAGE,
        {"--set {1}: the rules have no parameter {1}", "--set {1}: 규칙에 {1} 이라는 매개변수(params)가 없음"},
        {"--set changes the parameters under `params` of the rule file, and only those.",
         "--set 은 규칙 파일의 params 아래에 있는 값만 바꿀 수 있습니다."}},
    [MESSAGE_SETTING_RANGE] = {"setting-range", SEVERITY_ERROR, EXIT_USAGE,
        {"--set {1}={2} is outside the range of {1} ({3} to {4})", "--set {1}={2}: 허용 범위({3} ~ {4}) 밖임"},
        {"The rule file states min and max for this parameter.", "규칙 파일에 이 매개변수의 min 과 max 가 정해져 있습니다."}},
    [MESSAGE_TWO_BOUNDS] = {"two-bounds", SEVERITY_ERROR, EXIT_RULES,
        {"{1} has both {2} and {3}", "{1} 에 {2} 와(과) {3} 이(가) 함께 있음"},
        {"at_most and at_least include the number itself, below and above do not; give one of each pair.",
         "at_most(이하)와 at_least(이상)는 그 수를 포함하고 below(미만)와 above(초과)는 포함하지 않습니다. 하나만 쓰세요."}},
    [MESSAGE_BAD_KEY] = {"bad-key", SEVERITY_ERROR, EXIT_RULES,
        {"{1}: \"{2}\" cannot be a key", "{1}: \"{2}\" 은(는) 키로 쓸 수 없음"},
        {"A key is a short name of small ASCII letters, digits and _, beginning with a letter; total, none, name, "
         "projects, departments and indicators are taken.",
         "키는 영어 소문자로 시작하고 소문자, 숫자, _ 로만 된 짧은 이름입니다. total, none, name, "
         "projects, departments, indicators 는 쓸 수 없습니다."}},
    [MESSAGE_CASE_VALUE] = {"case-value", SEVERITY_ERROR, EXIT_RULES,
        {"{1} should give exactly one rate: a formula, a number, a function, or exclude = true",
         "{1} 에는 달성률이 하나만 있어야 함: 산식, 수, 함수 또는 exclude = true"},
        {"For example { when = { polarity = \"lower\" }, (2 - field.actual / field.target) * 100 }.",
         "예: { when = { polarity = \"lower\" }, (2 - field.actual / field.target) * 100 }"}},
    [MESSAGE_TOO_MANY_ENTRIES] = {"too-many-entries", SEVERITY_ERROR, EXIT_LIMIT,
        {"{1} has {2} entries; the limit is {3}", "{1} 의 항목이 {2}개로 한도 {3}개를 넘음"},
        {"Shorten the list.", "목록을 줄이세요."}},
    [MESSAGE_BAND_UNREACHABLE] = {"band-unreachable", SEVERITY_ERROR, EXIT_RULES,
        {"{1} can never decide: {2} before it take every rate that it would", "{1} 은(는) 결코 적용되지 않음: 앞의 {2} 이(가) 모두 먼저 판정함"},
        {"The first band that holds decides. Put the narrower band first, or change its bounds.",
         "먼저 맞는 구간이 판정합니다. 좁은 구간을 앞에 두거나 경계값을 고치세요."}},
    [MESSAGE_BAND_GAP] = {"band-gap", SEVERITY_ERROR, EXIT_RULES,
        {"no band holds for {1}", "{1} 에 해당하는 판정 구간이 없음"},
        {"Every rate needs a verdict. Often the last band stands without bounds and takes the rest.",
         "모든 달성률에 판정이 있어야 합니다. 보통 마지막 구간은 경계 없이 나머지를 모두 받습니다."}},
    [MESSAGE_BAND_INVERTED] = {"band-inverted", SEVERITY_ERROR, EXIT_RULES,
        {"{1}: the lower bound lies above the upper one, so nothing is inside", "{1}: 하한이 상한보다 커서 해당하는 값이 없음"},
        {"Exchange the two numbers.", "두 수를 서로 바꾸세요."}},
    [MESSAGE_DUPLICATE_BAND] = {"duplicate-band", SEVERITY_ERROR, EXIT_RULES,
        {"{1}: the key \"{2}\" is used by an earlier band", "{1}: 키 \"{2}\" 은(는) 앞의 구간이 이미 씀"},
        {"Counts are kept by key, so each band needs its own.", "집계는 키로 하므로 구간마다 키가 달라야 합니다."}},
    [MESSAGE_NOT_FINITE] = {"not-finite", SEVERITY_ERROR, EXIT_RULES,
        {"{1} is not a finite number", "{1} 은(는) 유한한 수가 아님"},
        {"The script divided by zero or computed a number too large.", "스크립트가 0으로 나누었거나 너무 큰 수를 계산했습니다."}},
    [MESSAGE_SELECTOR_COLUMN] = {"selector-column", SEVERITY_ERROR, EXIT_RULES,
        {"`when` names the column {1}, which the data do not have", "when 에 쓴 {1} 열이 자료에 없음"},
        {"Columns of the vocabulary (data/README.md) that the data lack read as blank; any other name must be a column of the data.",
         "정해진 열(data/README.md)은 자료에 없으면 빈칸으로 봅니다. 그 밖의 이름은 자료에 있는 열이어야 합니다."}},
    [MESSAGE_SELECTOR_VALUE] = {"selector-value", SEVERITY_NOTE, EXIT_DONE,
        {"no row has {1} \"{2}\"", "{1} 열이 \"{2}\" 인 행이 없음"},
        {"The rule is right as it stands, but applies to nothing in these data. Check the spelling, blanks and middle dots.",
         "규칙은 옳지만 이 자료에는 해당하는 행이 없습니다. 철자, 빈칸, 가운뎃점을 확인하세요."}},
    [MESSAGE_SPECIAL_UNUSED] = {"special-unused", SEVERITY_ERROR, EXIT_FINDINGS,
        {"{1} matched no row (because: {2})", "{1} 예외에 해당하는 행이 없음 (사유: {2})"},
        {"A special case that applies to nothing is a finding: its names may be misspelt, or the exception is out of date.",
         "아무 행에도 적용되지 않은 예외입니다. 이름이 틀렸거나 이미 필요 없는 예외일 수 있습니다."}},
    [MESSAGE_FUNCTION_FAILED] = {"function-failed", SEVERITY_ERROR, EXIT_FINDINGS,
        {"data row {1}: {2}", "자료 {1}번 행: {2}"},
        {"The rule's function failed on this row; its rate is missing for that reason. All other rows were evaluated.",
         "이 행에서 규칙의 함수가 실패하여 달성률이 비어 있습니다. 다른 행은 모두 평가되었습니다."}},
    [MESSAGE_FUNCTIONS_FAILED] = {"functions-failed", SEVERITY_ERROR, EXIT_FINDINGS,
        {"functions of the rules failed on {1} rows", "규칙의 함수가 {1}개 행에서 실패함"},
        {"See the messages before this one.", "앞의 메시지를 보세요."}},
    [MESSAGE_SCRIPT_NOT_FOUND] = {"script-not-found", SEVERITY_ERROR, EXIT_RULES,
        {"there is no script {1} (looked in {2})", "{1} 스크립트가 없음 (찾은 곳: {2})"},
        {"Scripts are looked up in the project's scripts/ folder, then in the installed one.",
         "스크립트는 프로젝트의 scripts/ 폴더, 그다음 설치된 폴더에서 찾습니다."}},
    [MESSAGE_SCRIPT_NAME] = {"script-name", SEVERITY_ERROR, EXIT_RULES,
        {"\"{1}\" is not a script's name", "\"{1}\" 은(는) 스크립트 이름이 될 수 없음"},
        {"A script's name has letters, digits, _ and - only; it is no path.", "스크립트 이름에는 글자, 숫자, _, - 만 쓰며 경로는 쓸 수 없습니다."}},
    [MESSAGE_SCRIPT_RESULT] = {"script-result", SEVERITY_ERROR, EXIT_RULES,
        {"{1} should return {2}, not {3}", "{1} 은(는) {2} 을(를) 돌려주어야 하는데 {3} 을(를) 돌려줌"},
        {"scripts/README.md shows how a report and a format begin and end.", "scripts/README.md 에 보고서와 서식의 틀이 있습니다."}},
    [MESSAGE_DOCUMENT_SHAPE] = {"document-shape", SEVERITY_ERROR, EXIT_RULES,
        {"{1}: {2}", "{1}: {2}"},
        {"A report returns a document of blocks; scripts/README.md lists the blocks and what each holds.",
         "보고서 스크립트는 블록으로 된 문서를 돌려줍니다. scripts/README.md 에 블록과 내용이 있습니다."}},
    [MESSAGE_SOURCE_TOO_LARGE] = {"source-too-large", SEVERITY_ERROR, EXIT_LIMIT,
        {"{1} has {2} bytes; a script may have {3}", "{1} 이(가) {2}바이트임. 스크립트 한도는 {3}바이트"},
        {"Move tables of values into the data, and helpers into scripts of their own.",
         "값의 표는 자료로, 도움 함수는 다른 스크립트로 옮기세요."}},

    [MESSAGE_CPU_LIMIT] = {"cpu-limit", SEVERITY_ERROR, EXIT_LIMIT,
        {"the script used more than {1} s of computing time{2}", "스크립트가 계산 시간 {1}초를 넘김{2}"},
        {"The script does not end, or does too much. Look for a loop without an end at the line named.",
         "스크립트가 끝나지 않거나 일이 너무 많습니다. 표시된 줄에 끝나지 않는 반복이 있는지 보세요."}},
    [MESSAGE_WALL_LIMIT] = {"wall-limit", SEVERITY_ERROR, EXIT_LIMIT,
        {"a script gave no sign of life for {1} s and was ended", "스크립트가 {1}초 동안 응답이 없어 끝냄"},
        {"The machine may be overloaded; try again.", "장비가 과부하일 수 있습니다. 다시 시도하세요."}},
    [MESSAGE_LUA_MEMORY] = {"script-memory", SEVERITY_ERROR, EXIT_LIMIT,
        {"the script needed more than {1} MiB of memory{2}", "스크립트가 메모리 {1} MiB 를 넘김{2}"},
        {"The script builds something too large. Look for a table or text that grows without an end.",
         "스크립트가 너무 큰 것을 만듭니다. 끝없이 커지는 표나 글이 있는지 보세요."}},
    [MESSAGE_OUTPUT_TOO_LARGE] = {"output-too-large", SEVERITY_ERROR, EXIT_LIMIT,
        {"the script's output is larger than {1} MiB", "스크립트의 출력이 {1} MiB 를 넘음"},
        {"For tables of all rows use --format csv or --format json: they have no limit.",
         "모든 행을 내보내려면 --format csv 나 --format json 을 쓰세요. 크기 한도가 없습니다."}},
    [MESSAGE_WORKER_DIED] = {"worker-died", SEVERITY_ERROR, EXIT_INTERNAL,
        {"the confined process that runs scripts ended unexpectedly ({1})", "스크립트를 실행하던 격리 프로세스가 갑자기 끝남 ({1})"},
        {"Nothing was written. If it happens again with the same files, it is a fault of perfeval: please report it.",
         "아무것도 쓰지 않았습니다. 같은 파일로 다시 일어나면 perfeval 의 결함이니 알려 주세요."}},
    [MESSAGE_WORKER_PROTOCOL] = {"worker-protocol", SEVERITY_ERROR, EXIT_INTERNAL,
        {"the confined process that runs scripts sent a message that makes no sense ({1})",
         "스크립트를 실행하던 격리 프로세스가 알 수 없는 메시지를 보냄 ({1})"},
        {"Nothing was written. Please report it with the files that cause it.",
         "아무것도 쓰지 않았습니다. 원인이 된 파일과 함께 알려 주세요."}},
    [MESSAGE_WORKER_START] = {"worker-start", SEVERITY_ERROR, EXIT_INTERNAL,
        {"the confined process that runs scripts could not be started: {1}", "스크립트를 실행할 격리 프로세스를 시작할 수 없음: {1}"},
        {"The system refused a process or its confinement (seccomp). Scripts are never run without it.",
         "시스템이 프로세스나 격리(seccomp)를 허용하지 않았습니다. 격리 없이는 스크립트를 실행하지 않습니다."}},

    [MESSAGE_UNKNOWN_COMMAND] = {"unknown-command", SEVERITY_ERROR, EXIT_USAGE,
        {"unknown command: {1}", "알 수 없는 명령: {1}"},
        {"`perfeval help` lists the commands.", "`perfeval help` 에 명령 목록이 있습니다."}},
    [MESSAGE_UNKNOWN_FLAG] = {"unknown-flag", SEVERITY_ERROR, EXIT_USAGE,
        {"unknown flag: {1}", "알 수 없는 옵션: {1}"},
        {"`perfeval help COMMAND` lists a command's flags.", "`perfeval help 명령` 에 옵션 목록이 있습니다."}},
    [MESSAGE_FLAG_VALUE] = {"flag-value", SEVERITY_ERROR, EXIT_USAGE,
        {"{1} needs a value", "{1} 에 값이 필요함"},
        {"Write the value behind the flag: -o report.txt or --output=report.txt.", "옵션 뒤에 값을 쓰세요: -o report.txt 또는 --output=report.txt"}},
    [MESSAGE_FLAG_CHOICE] = {"flag-choice", SEVERITY_ERROR, EXIT_USAGE,
        {"{1} {2}: it can be {3}", "{1} {2}: 쓸 수 있는 값: {3}"},
        {"Choose one of the values listed.", "나열된 값 가운데 하나를 쓰세요."}},
    [MESSAGE_MISSING_OPERAND] = {"missing-operand", SEVERITY_ERROR, EXIT_USAGE,
        {"{1} is missing", "{1} 이(가) 없음"},
        {"`perfeval help COMMAND` shows what a command needs.", "`perfeval help 명령` 에 필요한 것이 있습니다."}},
    [MESSAGE_EXTRA_OPERAND] = {"extra-operand", SEVERITY_ERROR, EXIT_USAGE,
        {"one word too many: {1}", "남는 말: {1}"},
        {"`perfeval help COMMAND` shows what a command takes.", "`perfeval help 명령` 을 보세요."}},
    [MESSAGE_SET_SYNTAX] = {"set-syntax", SEVERITY_ERROR, EXIT_USAGE,
        {"--set {1}: it should be name=value", "--set {1}: 이름=값 이어야 함"},
        {"For example --set sluggish_at_most=85.", "예: --set sluggish_at_most=85"}},
    [MESSAGE_UNKNOWN_TOPIC] = {"unknown-topic", SEVERITY_ERROR, EXIT_USAGE,
        {"no help on: {1}", "도움말이 없음: {1}"},
        {"`perfeval help` lists the topics.", "`perfeval help` 에 목록이 있습니다."}},

    [TEXT_DID_YOU_MEAN] = {NULL, SEVERITY_TEXT, EXIT_DONE, {"did you mean {1}?", "{1} 을(를) 뜻했나요?"}, {"", ""}},
    [TEXT_MORE_MESSAGES] = {NULL, SEVERITY_TEXT, EXIT_DONE, {"… and {1} more messages\n", "… 그 밖에 메시지 {1}개\n"}, {"", ""}},
    [TEXT_CHECK_OK] = {NULL, SEVERITY_TEXT, EXIT_DONE, {"no errors in {1}\n", "오류 없음 ({1})\n"}, {"", ""}},
    [TEXT_CHECK_SUMMARY] = {NULL, SEVERITY_TEXT, EXIT_DONE, {"{1} in {2}\n", "{2}: {1}\n"}, {"", ""}},
    [TEXT_TRY_HELP] = {NULL, SEVERITY_TEXT, EXIT_DONE, {"see: perfeval help {1}\n", "도움말: perfeval help {1}\n"}, {"", ""}},
    [TEXT_USAGE] = {NULL, SEVERITY_TEXT, EXIT_DONE,
        {"perfeval evaluates performance indicators by rules that you edit, and prints the report.\n"
         "\n"
         "  perfeval run RULES      evaluate and print the report\n"
         "  perfeval check FILE…    all problems of rule files and data files, with their places\n"
         "  perfeval help [TOPIC]   a command, a message's code, `exit` or `codes`\n"
         "\n"
         "examples:\n"
         "  perfeval run rules/2019.lua\n"
         "  perfeval run rules/2019.lua --set sluggish_at_most=85 -o report.txt\n"
         "\n"
         "Every command knows --help and --lang en|ko.  perfeval --version prints the version.\n",
         "perfeval 은 고칠 수 있는 규칙으로 성과지표를 평가하고 보고서를 출력합니다.\n"
         "\n"
         "  perfeval run 규칙파일    평가하고 보고서를 출력\n"
         "  perfeval check 파일…     규칙 파일과 데이터 파일의 문제를 위치와 함께 모두 출력\n"
         "  perfeval help [주제]     명령, 메시지 코드, exit, codes\n"
         "\n"
         "예:\n"
         "  perfeval run rules/2019.lua\n"
         "  perfeval run rules/2019.lua --set sluggish_at_most=85 -o report.txt\n"
         "\n"
         "모든 명령에 --help 와 --lang en|ko 를 쓸 수 있습니다.  perfeval --version 은 판 번호를 출력합니다.\n"}, {"", ""}},
    [TEXT_USAGE_RUN] = {NULL, SEVERITY_TEXT, EXIT_DONE,
        {"perfeval run RULES [flags]    evaluate and print the report\n"
         "\n"
         "  -o, --output FILE     write to FILE (whole or not at all) instead of standard output\n"
         "      --format NAME     text, markdown, csv, json, or a script of scripts/formats/   [text]\n"
         "      --report NAME     a script of scripts/reports/   [what the rules say]\n"
         "      --data FILE       evaluate FILE instead of the data that the rules name; - is standard input\n"
         "      --set NAME=VALUE  another value for a parameter of the rules, for this run; may be repeated\n"
         "      --lang en|ko      language of the messages   [from LANG]\n"
         "\n"
         "examples:\n"
         "  perfeval run rules/2019.lua\n"
         "  perfeval run rules/2019.lua --report sluggish --format markdown -o sluggish.md\n"
         "\n"
         "csv and json hold the results themselves and take no report. Exit codes: perfeval help exit\n",
         "perfeval run 규칙파일 [옵션]    평가하고 보고서를 출력\n"
         "\n"
         "  -o, --output 파일     표준 출력 대신 파일에 씀 (온전히 쓰거나 전혀 쓰지 않음)\n"
         "      --format 이름     text, markdown, csv, json 또는 scripts/formats/ 의 스크립트   [text]\n"
         "      --report 이름     scripts/reports/ 의 스크립트   [규칙 파일이 정한 것]\n"
         "      --data 파일       규칙 파일이 정한 자료 대신 이 파일을 평가. - 는 표준 입력\n"
         "      --set 이름=값     이번 실행에만 매개변수 값을 바꿈. 여러 번 쓸 수 있음\n"
         "      --lang en|ko      메시지 언어   [LANG 에서]\n"
         "\n"
         "예:\n"
         "  perfeval run rules/2019.lua\n"
         "  perfeval run rules/2019.lua --report sluggish --format markdown -o sluggish.md\n"
         "\n"
         "csv 와 json 은 결과 자체이며 보고서 스크립트를 쓰지 않습니다. 종료 코드: perfeval help exit\n"}, {"", ""}},
    [TEXT_USAGE_CHECK] = {NULL, SEVERITY_TEXT, EXIT_DONE,
        {"perfeval check FILE…    all problems of rule files (.lua) and data files, with their places\n"
         "\n"
         "      --data FILE       check the rules with FILE instead of the data that they name\n"
         "      --set NAME=VALUE  another value for a parameter of the rules; may be repeated\n"
         "      --lang en|ko      language of the messages   [from LANG]\n"
         "\n"
         "A rule file is checked together with the data that it names.\n"
         "\n"
         "examples:\n"
         "  perfeval check rules/2019.lua\n"
         "  perfeval check data/2019/indicators.csv\n",
         "perfeval check 파일…    규칙 파일(.lua)과 데이터 파일의 문제를 위치와 함께 모두 출력\n"
         "\n"
         "      --data 파일       규칙 파일이 정한 자료 대신 이 파일로 점검\n"
         "      --set 이름=값     매개변수 값을 바꿈. 여러 번 쓸 수 있음\n"
         "      --lang en|ko      메시지 언어   [LANG 에서]\n"
         "\n"
         "규칙 파일은 그 파일이 정한 자료와 함께 점검합니다.\n"
         "\n"
         "예:\n"
         "  perfeval check rules/2019.lua\n"
         "  perfeval check data/2019/indicators.csv\n"}, {"", ""}},
    [TEXT_USAGE_HELP] = {NULL, SEVERITY_TEXT, EXIT_DONE,
        {"perfeval help [TOPIC]    help on a command, a message's code, `exit` (exit codes) or `codes` (all messages)\n"
         "\n"
         "examples:\n"
         "  perfeval help run\n"
         "  perfeval help not-a-number\n",
         "perfeval help [주제]    명령, 메시지 코드, exit(종료 코드), codes(모든 메시지)의 도움말\n"
         "\n"
         "예:\n"
         "  perfeval help run\n"
         "  perfeval help not-a-number\n"}, {"", ""}},
    [TEXT_HELP_EXIT] = {NULL, SEVERITY_TEXT, EXIT_DONE,
        {"exit codes\n"
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
         "여럿이면 70, 5, 4, 2, 3, 1 순서로 먼저인 것. 0과 1이 아니면 아무것도 쓰지 않았습니다.\n"}, {"", ""}},
    [TEXT_HELP_CODES] = {NULL, SEVERITY_TEXT, EXIT_DONE, {"messages, by code:\n", "메시지 코드:\n"}, {"", ""}},
};

const Message *message_get(MessageId id) { return &messages[id]; }

bool message_find(Str code, MessageId *id) {
    for (int i = 0; i < MESSAGE_COUNT; i++) {
        if (messages[i].code && str_is(code, messages[i].code)) {
            *id = (MessageId)i;
            return true;
        }
    }
    return false;
}

/* The part of a two-worded argument (MESSAGE_WORDS) in this language; any other argument whole. */
static Str wording(Str argument, Language language) {
    size_t middle = str_find(argument, '\x1f', 0);
    if (middle == argument.size) return argument;
    return language == LANGUAGE_KO ? str_slice(argument, middle + 1, argument.size) : str_slice(argument, 0, middle);
}

void message_fill(Buffer *out, const char *template, const Str *arguments, size_t count, Language language) {
    for (const char *at = template; *at; at++) {
        bool placeholder = at[0] == '{' && at[1] >= '1' && at[1] <= '9' && at[2] == '}';
        if (!placeholder) {
            buffer_add_char(out, *at);
            continue;
        }
        size_t index = (size_t)(at[1] - '1');
        if (index < count) buffer_add(out, wording(arguments[index], language));
        at += 2;
    }
}

const char *message_severity(Severity severity, Language language) {
    static const char *const words[][LANGUAGE_COUNT] = {
        [SEVERITY_ERROR] = {"error", "오류"},
        [SEVERITY_WARNING] = {"warning", "경고"},
        [SEVERITY_NOTE] = {"note", "참고"},
        [SEVERITY_TEXT] = {"", ""},
    };
    return words[severity][language];
}

Language message_language(Str locale) {
    bool korean = str_starts(locale, STR("ko")) && (locale.size == 2 || strchr("_.@-", locale.data[2]));
    return korean ? LANGUAGE_KO : LANGUAGE_EN;
}
