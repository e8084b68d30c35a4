/* The messages with codes. */
#include "base/message_build.h"

/* clang-format off */
/* One entry: code, severity, exit code, {English, Korean}, {help in English, help in Korean}. */
const Message message_codes[TEXT_FIRST] = {
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
        {"{1} has {2} bytes; the limit is {3}{4}", "{1} 파일이 {2}바이트로 한도 {3}바이트를 넘음{4}"},
        {"Bad: a backup of the whole disk given as data.\nRemedy: split the file by bureau or year, or raise the limit with --max-file MIB.",
         "잘못된 예: 전체 백업 파일을 자료로 지정함.\n고치는 법: 국별 또는 연도별로 파일을 나누거나, --max-file MIB 로 한도를 올리세요."}},
    [MESSAGE_RECORD_DAMAGED] = {"record-damaged", SEVERITY_ERROR, EXIT_DATA,
        {"{1} is no whole run record", "{1}: 온전한 실행 기록이 아님"},
        {"A record ends with the digest of all that stands before, and it does not agree: the file was cut off or changed, or it is another "
         "kind of file.\nBad: a record opened and saved in an editor\nRemedy: take the copy from the backup; records are not to be edited.",
         "실행 기록의 끝에는 앞의 모든 내용의 지문(SHA-256)이 있는데 그것이 맞지 않습니다. 잘렸거나 고쳐졌거나 다른 종류의 파일입니다.\n"
         "잘못된 예: 편집기로 열어 다시 저장한 기록\n고치는 법: 백업의 사본을 쓰세요. 기록은 고치는 것이 아닙니다."}},
    [MESSAGE_RECORD_NOT_KEPT] = {"record-not-kept", SEVERITY_ERROR, EXIT_DATA,
        {"the record does not hold {1} as it was", "기록에 남아 있지 않은 파일: {1}"},
        {"objects/ in the folder of records holds every file that was read, up to 64 MiB each, under its digest. This one was larger, was "
         "removed, or is damaged.\nBad: a record copied without objects/\nRemedy: copy the whole folder, or replay without --kept from the "
         "files of today.",
         "기록 폴더의 objects/ 에는 읽은 파일이 64 MiB 까지 지문 이름으로 보관됩니다. 이 파일은 더 컸거나, 지워졌거나, 손상되었습니다.\n"
         "잘못된 예: objects/ 없이 기록만 복사함\n고치는 법: 폴더 전체를 복사하거나, --kept 없이 지금의 파일로 다시 계산하세요."}},
    [MESSAGE_REPLAY_DIFFERS] = {"replay-differs", SEVERITY_ERROR, EXIT_FINDINGS,
        {"what is computed now differs from {1}", "지금 계산한 결과가 다름: {1}"},
        {"The lines on standard output say what differs, the first of each kind: files, the cell of the data, the row, the verdict, the "
         "finished output.\nBad: an actual corrected after the report was printed\nRemedy: put the file back, or accept the change by a new run "
         "with --record.",
         "표준 출력에 다른 점이 종류마다 처음 것 하나씩 나옵니다. 파일, 자료의 칸, 행, 판정, 출력물의 순서입니다.\n"
         "잘못된 예: 보고서를 낸 뒤에 고친 실적\n고치는 법: 파일을 되돌리거나, 바뀐 것이 맞으면 --record 로 다시 실행해 새 기록을 남기세요."}},
    [MESSAGE_JOBS_NOT_A_TABLE] = {"not-jobs", SEVERITY_ERROR, EXIT_RULES,
        {"a list of jobs ends with `return jobs { … }`; this one returned {1}",
         "작업 목록은 `return jobs { … }` 로 끝나야 함 (지금 결과: {1})"},
        {"Begin the table with `return jobs {`, and put a table for each job into it.\n"
         "Bad: return { { name = \"offices\" } }\nRemedy: return jobs { records = \"records\", { name = \"offices\", … } }",
         "`return jobs {` 로 표를 시작하고 작업마다 표를 하나씩 적으세요.\n"
         "잘못된 예: return { { name = \"offices\" } }\n고치는 법: return jobs { records = \"records\", { name = \"offices\", … } }"}},
    [MESSAGE_NO_JOBS] = {"no-jobs", SEVERITY_ERROR, EXIT_RULES,
        {"the list holds no job", "목록에 작업이 없음"},
        {"Each job is a table in the list.\nBad: return jobs { records = \"records\" }\n"
         "Remedy: return jobs { records = \"records\", { name = \"offices\", rules = \"rules/2019.lua\", … } }",
         "작업은 목록 안의 표 하나씩입니다.\n잘못된 예: return jobs { records = \"records\" }\n"
         "고치는 법: return jobs { records = \"records\", { name = \"offices\", rules = \"rules/2019.lua\", … } }"}},
    [MESSAGE_JOB_VALUE] = {"job-value", SEVERITY_ERROR, EXIT_RULES,
        {"{1} can be {2}", "{1} 에 쓸 수 있는 것: {2}"},
        {"The value of the key is none that it can have.\nBad: seconds = 0, or notify = { \"fail\" }\n"
         "Remedy: seconds = 60, notify = { \"failed\" }",
         "이 항목에 쓸 수 없는 값입니다.\n잘못된 예: seconds = 0, notify = { \"fail\" }\n"
         "고치는 법: seconds = 60, notify = { \"failed\" }"}},
    [MESSAGE_JOB_NAME] = {"job-name", SEVERITY_ERROR, EXIT_RULES,
        {"\"{1}\" is no name for a job, or it is taken", "작업 이름으로 쓸 수 없거나 이미 쓴 이름: \"{1}\""},
        {"A name becomes a folder of records: at most 100 bytes (what a pattern finds: 200), without \"/\" and control characters, not beginning "
         "with \".\" or \"-\", not \"objects\", and each job has its own.\nBad: name = \"2019/offices\"\nRemedy: name = \"2019-offices\"",
         "이름은 기록 폴더의 이름이 됩니다. 100바이트까지(패턴이 찾은 이름은 200바이트까지) 쓸 수 있고, \"/\" 와 제어 문자를 쓸 수 없고, \".\" 이나 \"-\" 로 시작할 수 없고, "
         "\"objects\" 일 수 없으며, 작업마다 달라야 합니다.\n잘못된 예: name = \"2019/offices\"\n고치는 법: name = \"2019-offices\""}},
    [MESSAGE_JOB_PATTERN] = {"job-pattern", SEVERITY_ERROR, EXIT_RULES,
        {"the pattern \"{1}\" has a name that is not known or not found, or a * where nothing is looked for",
         "패턴 \"{1}\": 모르는 이름이나 찾지 못한 이름이 있거나, 파일을 찾지 않는 곳에 * 이 있음"},
        {"Names are {year} (four digits), {period}, {office} and {name}. What data (without it rules) finds is written into the other paths, so a "
         "name there must stand in it too; {name} is always there: the file's name without its suffix. `*` finds only.\n"
         "Bad: data = \"in/*.csv\" with outputs = { { \"out/{year}/*.csv\", … } }\n"
         "Remedy: data = \"in/{year}/*.csv\" with outputs = { { \"out/{year}/{name}.csv\", … } }",
         "쓸 수 있는 이름은 {year}(숫자 네 자리), {period}, {office}, {name} 입니다. data(없으면 rules)에서 찾은 것이 다른 경로에 들어가므로 그 이름이 거기에도 있어야 합니다. "
         "{name} 은 파일 이름에서 확장자를 뺀 것으로 언제나 쓸 수 있습니다. `*` 은 찾는 데만 씁니다.\n"
         "잘못된 예: data = \"in/*.csv\", outputs = { { \"out/{year}/*.csv\", … } }\n"
         "고치는 법: data = \"in/{year}/*.csv\", outputs = { { \"out/{year}/{name}.csv\", … } }"}},
    [MESSAGE_JOB_NO_FILES] = {"job-no-files", SEVERITY_ERROR, EXIT_DATA,
        {"the job {1} finds no file: {2}", "작업 {1}: 패턴에 맞는 파일이 없음 ({2})"},
        {"Nothing matches the pattern, seen from the folder of the list. The other jobs are done.\nBad: data = \"data/*.csv\" where the files are "
         "in data/2019\nRemedy: data = \"data/{year}/*.csv\"",
         "작업 목록이 있는 폴더에서 보아 패턴에 맞는 파일이 없습니다. 다른 작업은 합니다.\n잘못된 예: 파일이 data/2019 에 있는데 data = \"data/*.csv\"\n"
         "고치는 법: data = \"data/{year}/*.csv\""}},
    [MESSAGE_JOB_TWICE] = {"job-twice", SEVERITY_ERROR, EXIT_RULES,
        {"{1} is written twice, or read too, or the name of two runs", "{1}: 두 번 쓰거나, 읽는 파일이거나, 두 실행의 이름임"},
        {"Each run writes files of its own, none of which is read by another, and has a name of its own.\n"
         "Bad: data = \"in/*.csv\" with outputs = { { \"report.txt\", format = \"text\" } }\n"
         "Remedy: outputs = { { \"report-{name}.txt\", format = \"text\" } }",
         "실행마다 쓰는 파일이 달라야 하고, 그것을 다른 실행이 읽어서는 안 되며, 이름도 달라야 합니다.\n"
         "잘못된 예: data = \"in/*.csv\", outputs = { { \"report.txt\", format = \"text\" } }\n"
         "고치는 법: outputs = { { \"report-{name}.txt\", format = \"text\" } }"}},
    [MESSAGE_JOB_LOCKED] = {"job-locked", SEVERITY_ERROR, EXIT_IO,
        {"another run is active: the job {1}", "다른 실행이 진행 중: 작업 {1}"},
        {"The lock of the job is held by another process; it is free when that ends, however it ends. Nothing was done for this job.\n"
         "Bad: a batch by hand while that of the timer is at work\nRemedy: wait, and start again.",
         "이 작업의 잠금을 다른 프로세스가 가지고 있으며, 그 프로세스가 어떻게든 끝나면 풀립니다. 이 작업은 하지 않았습니다.\n"
         "잘못된 예: 타이머의 실행 중에 손으로 다시 실행함\n고치는 법: 기다렸다가 다시 실행하세요."}},
    [MESSAGE_JOB_TIME] = {"job-time", SEVERITY_ERROR, EXIT_LIMIT,
        {"the run took longer than {1} seconds and was ended", "{1}초를 넘어 끝냄"},
        {"`seconds` of the job is the most that one run may take. No file was changed.\nBad: seconds = 1 for a million rows\n"
         "Remedy: seconds = 600; `perfeval run … --stats` says how long it takes.",
         "작업의 seconds 는 실행 하나가 쓸 수 있는 시간입니다. 바뀐 파일은 없습니다.\n잘못된 예: 백만 행에 seconds = 1\n"
         "고치는 법: seconds = 600. 걸리는 시간은 `perfeval run … --stats` 로 볼 수 있습니다."}},
    [MESSAGE_JOB_DIED] = {"job-died", SEVERITY_ERROR, EXIT_INTERNAL,
        {"the run ended without an answer (signal {1})", "실행이 답 없이 끝남 (신호 {1})"},
        {"The child process of this run was ended from outside (memory, a kill) or by a fault of the program. The others went on.\n"
         "Bad: more children at a time than there is memory for\nRemedy: --jobs 1; if it happens again, report it with the files.",
         "이 실행의 프로세스가 밖에서 끝나거나(메모리 부족, kill) 프로그램 오류로 끝났습니다. 다른 실행은 계속했습니다.\n"
         "잘못된 예: 메모리에 비해 너무 많은 --jobs\n고치는 법: --jobs 1. 다시 일어나면 파일과 함께 알려 주세요."}},
    [MESSAGE_NOTICE_FILE] = {"notice-file", SEVERITY_ERROR, EXIT_DATA,
        {"{1} is no summary of a batch", "{1}: 일괄 평가의 요약이 아님"},
        {"`batch` writes a summary (perfeval.batch/1) into its folder of records.\nBad: perfeval notice records/offices/office1/000001.json\n"
         "Remedy: perfeval notice records/last-batch.json",
         "`batch` 는 기록 폴더에 요약(perfeval.batch/1)을 씁니다.\n잘못된 예: perfeval notice records/offices/office1/000001.json\n"
         "고치는 법: perfeval notice records/last-batch.json"}},
    [MESSAGE_TIMER_MISSING] = {"timer-missing", SEVERITY_ERROR, EXIT_RULES,
        {"the list does not say when: timer = { calendar = \"…\" } is missing", "목록에 언제 실행할지가 없음: timer = { calendar = \"…\" }"},
        {"`calendar` is a time as systemd.time(7) writes it, `delay` the most by which a start is put off.\n"
         "Bad: --install-timer for a list without timer\nRemedy: timer = { calendar = \"*-*-* 02:30\", delay = \"15min\" }",
         "calendar 는 systemd.time(7) 의 표기이고, delay 는 시작을 늦출 수 있는 시간입니다.\n"
         "잘못된 예: timer 가 없는 목록에 --install-timer\n고치는 법: timer = { calendar = \"*-*-* 02:30\", delay = \"15min\" }"}},
    [MESSAGE_FOLDER_IN_USE] = {"folder-in-use", SEVERITY_ERROR, EXIT_IO,
        {"{1} exists already and is not an empty folder", "이미 있으며 빈 폴더가 아님: {1}"},
        {"`perfeval new` never writes over anything. Give the name of a folder that does not exist yet.",
         "`perfeval new` 는 있는 것을 덮어쓰지 않습니다. 아직 없는 폴더의 이름을 주세요."}},
    [MESSAGE_FILE_OUTSIDE] = {"file-outside", SEVERITY_ERROR, EXIT_RULES,
        {"{1} lies outside the project folder {2}", "{1} 파일이 프로젝트 폴더 {2} 밖에 있음"},
        {"A rule file may name files of its own project folder only (the nearest parent folder that holds rules/). "
         "Copy the file there, or give it with --data. "
         "The operator can allow it for one run with --allow-outside; `perfeval check` lists the files.\n"
         "Bad: data = \"/etc/passwd\".\n"
         "Remedy: data = \"../data/2019.csv\".",
         "규칙 파일은 자기 프로젝트 폴더(rules/ 가 들어 있는 가장 가까운 상위 폴더) 안의 파일만 쓸 수 있습니다. "
         "파일을 그 안으로 복사하거나 --data 로 지정하세요. 한 번의 실행에만 허용하려면 --allow-outside 를 씁니다. "
         "쓰는 파일의 목록은 `perfeval check` 에 나옵니다.\n"
         "잘못된 예: data = \"/etc/passwd\"\n"
         "고치는 법: data = \"../data/2019.csv\""}},

    [MESSAGE_BAD_UTF8] = {"bad-utf8", SEVERITY_ERROR, EXIT_DATA,
        {"byte {1} at offset {2} is not UTF-8", "UTF-8 이 아닌 바이트가 있음: {1} (파일 처음에서 {2}바이트 뒤)"},
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
        {"{1} \"{2}\" is not a number", "{1} 열의 값이 숫자가 아님: \"{2}\""},
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
        {"{1} \"{2}\" was read as {3}", "{1} 열의 \"{2}\" 값을 다음과 같이 읽음: {3}"},
        {"The cell has one plausible reading that differs from how it is written (a separator, △ for minus, blanks). "
         "Nothing needs to be done when the reading is right.",
         "쓰인 모양과 다르지만 뜻이 하나로 읽히는 값입니다(천 단위 쉼표, 음수 △, 빈칸). 읽은 값이 맞으면 그대로 두어도 됩니다."}},
    [MESSAGE_LENIENT_NUMBERS] = {"unusual-numbers", SEVERITY_WARNING, EXIT_DONE,
        {"{2} more unusual numbers in {1} were read in the same way", "{1} 열에 모양이 다른 숫자 {2}개가 더 있어 같은 방식으로 읽음"},
        {"Only the first three of a column are shown one by one. Nothing needs to be done when their reading is right.",
         "열마다 처음 셋만 하나씩 보여 줍니다. 읽은 값이 맞으면 그대로 두어도 됩니다."}},
    [MESSAGE_DUPLICATE_ID] = {"duplicate-id", SEVERITY_ERROR, EXIT_DATA,
        {"the id {1} stands on line {2} already", "같은 번호가 {2}행에 이미 있음: {1}"},
        {"An id names one row; where the data have periods, one row of each period. Leave the cell blank where there is none.",
         "번호는 한 행에만 씁니다. 기간 열이 있으면 기간마다 한 행에만 씁니다. 없으면 칸을 비우세요."}},
    [MESSAGE_CELL_TOO_LONG] = {"cell-too-long", SEVERITY_ERROR, EXIT_LIMIT,
        {"the cell of {1} has {2} bytes; the limit is {3} (--max-cell)", "{1} 칸이 {2}바이트로 한도 {3}바이트를 넘음 (--max-cell)"},
        {"Often a quote that is closed far too late. Shorten the text, or raise the limit with --max-cell BYTES.",
         "따옴표가 너무 늦게 닫힌 경우가 많습니다. 글을 줄이거나, --max-cell 바이트 로 한도를 올리세요."}},
    [MESSAGE_TOO_MANY_COLUMNS] = {"too-many-columns", SEVERITY_ERROR, EXIT_LIMIT,
        {"{1} columns; the limit is {2} (--max-columns)", "열이 {1}개로 한도 {2}개를 넘음 (--max-columns)"},
        {"Leave out the columns that nobody uses, or raise the limit with --max-columns N.",
         "쓰지 않는 열을 빼거나, --max-columns 개수 로 한도를 올리세요."}},
    [MESSAGE_TOO_MANY_ROWS] = {"too-many-rows", SEVERITY_ERROR, EXIT_LIMIT,
        {"more than {1} rows (--max-rows)", "행이 한도 {1}개를 넘음 (--max-rows)"},
        {"Split the file by bureau or year, or raise the limit with --max-rows N.",
         "국별 또는 연도별로 파일을 나누거나, --max-rows 개수 로 한도를 올리세요."}},
    [MESSAGE_BLANK_PERIOD] = {"blank-period", SEVERITY_ERROR, EXIT_DATA,
        {"{1} is blank, and the rules choose among periods", "규칙이 기간을 고르는데 {1} 칸이 비어 있음"},
        {"Write the period of every row. Where the numbers hold for the whole year, write the period that the rules evaluate.",
         "모든 행에 기간을 적으세요. 한 해 전체의 수치라면 규칙이 평가하는 기간을 적습니다."}},
    [MESSAGE_PERIODS_UNDECLARED] = {"periods-undeclared", SEVERITY_WARNING, EXIT_DONE,
        {"the rules choose no period; every row counts as an indicator of its own: {1}",
         "규칙이 기간을 고르지 않아 모든 행을 저마다 하나의 지표로 셈: {1}"},
        {"An indicator that stands in two periods counts twice. Say in the rule file which period counts, such as period = \"연말\", "
         "or give weights: period = { missing = \"missing\", { \"상반기\", weight = 40 }, { \"연말\", weight = 60 } }. Where each row "
         "is an indicator on purpose, write period = every.",
         "두 기간에 있는 지표는 두 번 세어집니다. 어느 기간을 평가하는지 규칙 파일에 적으세요. 보기: period = \"연말\", 또는 기간의 비중: "
         "period = { missing = \"missing\", { \"상반기\", weight = 40 }, { \"연말\", weight = 60 } }. 일부러 모든 행을 지표로 센다면 "
         "period = every 로 적으세요."}},
    [MESSAGE_PERIOD_ABSENT] = {"period-absent", SEVERITY_WARNING, EXIT_DONE,
        {"indicators of other periods that have no row in \"{2}\": {1}; this is the first",
         "다른 기간에는 있고 \"{2}\" 기간에는 행이 없는 지표: {1}개. 여기가 처음"},
        {"They are not evaluated. A department may not have sent its numbers, or the id or a name differs between the periods. Add "
         "the row, with blank cells where there is no number yet.",
         "이 지표들은 평가되지 않습니다. 부서가 수치를 내지 않았거나, 번호나 이름이 기간마다 다를 수 있습니다. 행을 넣고 아직 없는 수치는 빈 칸으로 "
         "두세요."}},
    [MESSAGE_ROWS_SET_ASIDE] = {"rows-set-aside", SEVERITY_NOTE, EXIT_DONE,
        {"rows read: {1}; evaluated: {2}; set aside, of other periods: {3}",
         "읽은 행 {1}개, 평가한 행 {2}개, 다른 기간이라 따로 둔 행 {3}개"},
        {"The rules choose a period. Rows of other periods are in no rate and no count; reports can show them.",
         "규칙이 기간을 고릅니다. 다른 기간의 행은 달성률에도 수에도 들어가지 않으며, 보고서에서 함께 보일 수 있습니다."}},
    [MESSAGE_REVISION_INCOMPLETE] = {"revision-incomplete", SEVERITY_ERROR, EXIT_DATA,
        {"{1} is blank, but {2} is not", "{2} 열은 적혀 있는데 {1} 칸이 비어 있음"},
        {"A revised target has a day, a reason and evidence (revised_on, revision_reason, revision_evidence): whoever is evaluated by "
         "it can ask for them. Fill them in, or leave all four blank.",
         "변경한 목표에는 변경일, 변경사유, 변경근거를 모두 적습니다. 평가받는 사람이 물을 수 있기 때문입니다. 채우거나, 넷을 모두 비우세요."}},
    [MESSAGE_REVISION_DATE] = {"revision-date", SEVERITY_ERROR, EXIT_DATA,
        {"{1} \"{2}\" is no date", "{1} 열의 값이 날짜가 아님: \"{2}\""},
        {"A date is a day of the calendar written YYYY-MM-DD, such as 2019-10-31.",
         "날짜는 달력에 있는 날을 2019-10-31 처럼 연-월-일(YYYY-MM-DD)로 씁니다."}},
    [MESSAGE_TARGETS_UNDECLARED] = {"targets-undeclared", SEVERITY_WARNING, EXIT_DONE,
        {"rows with a revised target: {1}; the rules do not say which target counts, so the original one does",
         "변경한 목표가 있는 행: {1}개. 어느 목표로 평가하는지 규칙에 없어 당초 목표로 평가함"},
        {"Write targets = \"revised\" or targets = \"original\" in the rule file; with revised_by = \"2019-10-31\" revisions dated "
         "later do not count.",
         "규칙 파일에 targets = \"revised\"(변경한 목표) 또는 targets = \"original\"(당초 목표)을 적으세요. revised_by = \"2019-10-31\" 을 "
         "함께 적으면 그 뒤에 변경한 목표는 쓰지 않습니다."}},
    [MESSAGE_ORIGINAL_TARGET] = {"original-target", SEVERITY_ERROR, EXIT_DATA,
        {"{1} is no column of a data file", "{1}: 자료 파일에 둘 수 없는 열"},
        {"The first target stands in the column target (목표), the one that took its place in revised_target (변경목표); the rules say "
         "which counts, and formulas and reports find the first one as original_target.",
         "처음의 목표는 목표(target) 열에, 변경한 목표는 변경목표(revised_target) 열에 적습니다. 어느 것으로 평가하는지는 규칙이 정하며, 처음의 "
         "목표는 산식과 보고서에서 original_target 으로 읽습니다."}},
    [MESSAGE_JSON_SYNTAX] = {"json-syntax", SEVERITY_ERROR, EXIT_DATA,
        {"this is no JSON: {1}", "JSON 형식이 아님: {1}"},
        {"The file must follow RFC 8259; the caret marks where reading stopped.",
         "파일은 RFC 8259 형식이어야 합니다. 표시된 곳에서 읽기가 멈췄습니다."}},
    [MESSAGE_JSON_DUPLICATE_KEY] = {"json-duplicate-key", SEVERITY_ERROR, EXIT_DATA,
        {"the key \"{1}\" occurs twice in this object", "같은 키가 두 번 나옴: \"{1}\""},
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
         "규칙 파일은 `return ruleset { … }` 로 끝나야 함 (지금 결과: {1})"},
        {"Begin the table with `return ruleset {`. rules/README.md has a small complete example.",
         "`return ruleset {` 로 표를 시작하세요. rules/README.md 에 작은 예가 있습니다."}},
    [MESSAGE_REPEATED_KEY] = {"repeated-key", SEVERITY_ERROR, EXIT_RULES,
        {"{1} stands in this table already, on line {2}", "{1}: 이 표에 같은 키가 이미 있음 ({2}행)"},
        {"Lua would take the last one without a word. Delete one of them.",
         "그대로 두면 뒤의 것만 쓰입니다. 하나를 지우세요."}},
    [MESSAGE_BIT_SIGN] = {"bit-sign", SEVERITY_ERROR, EXIT_RULES,
        {"`{1}` between numbers makes another number of their bits", "`{1}`: 수 사이에 쓰면 전혀 다른 수가 됨"},
        {"Lua computes with the bits of the two numbers: 80~90 is 10. A range has two bounds.\n"
         "Wrong: at_most = 80~90\n"
         "Right: above = 80, at_most = 90",
         "Lua 는 두 수를 비트로 계산합니다. 80~90 은 10 입니다. 범위는 두 경계로 적습니다.\n"
         "잘못된 예: at_most = 80~90\n"
         "고치는 법: above = 80, at_most = 90"}},
    [MESSAGE_BIT_OPERATOR] = {"bit-operator", SEVERITY_WARNING, EXIT_DONE,
        {"`{1}` computes with the bits of numbers", "`{1}`: 수를 비트로 계산함"},
        {"Rules for indicators have no use for it, and this Lua (5.4.4) can get it wrong without a word: 1 ~ (2 or 3) gives 0 "
         "in long files, not 3.\n"
         "Bad: if i.target ~ 0 then.\n"
         "Remedy: if i.target ~= 0 then; or + - * // % for arithmetic.",
         "성과지표의 규칙에는 쓸 일이 없으며, 이 Lua(5.4.4)는 말없이 틀린 값을 낼 수 있습니다. 긴 파일에서 1 ~ (2 or 3) 은 3 이 "
         "아니라 0 이 됩니다.\n"
         "잘못된 예: if i.target ~ 0 then\n"
         "고치는 법: if i.target ~= 0 then. 계산은 + - * // % 로 하세요."}},
    [MESSAGE_FORMULA_LOGIC] = {"formula-logic", SEVERITY_ERROR, EXIT_RULES,
        {"`{1}` is decided here once, before any row is read: write `when = { … }`, or function(i) … end",
         "`{1}`: 여기서는 자료를 읽기 전에 한 번만 정해짐. `when = { … }` 이나 function(i) … end 로 쓰세요"},
        {"A formula has no value while the rules are read, so ==, ~=, and, or, not cannot ask for it: they would choose the same "
         "for every row. Write one line per case with `when = { target = 0 }`, or a function. Several conditions that "
         "must all hold stand in one table: when = { unit = \"%\", target = 100 }.",
         "규칙을 읽을 때 산식에는 아직 값이 없어서 ==, ~=, and, or, not 은 모든 행에 똑같은 쪽을 고르게 됩니다. "
         "`when = { target = 0 }` 처럼 경우마다 줄을 나누거나 함수로 쓰세요. 함께 맞아야 하는 조건은 한 표에 적습니다: "
         "when = { unit = \"%\", target = 100 }."}},
    [MESSAGE_UNKNOWN_KEY] = {"unknown-key", SEVERITY_ERROR, EXIT_RULES,
        {"{1}: unknown key", "{1}: 알 수 없는 키"},
        {"The rule language is closed: a key that it does not know is an error, so that a typing mistake never passes for a rule. "
         "rules/README.md lists the keys.",
         "규칙 파일에는 정해진 키만 쓸 수 있습니다. 오타가 규칙으로 오해되지 않게 하기 위해서입니다. rules/README.md 에 키 목록이 있습니다."}},
    [MESSAGE_MISSING_KEY] = {"missing-key", SEVERITY_ERROR, EXIT_RULES,
        {"{1} is missing", "빠진 항목: {1}"},
        {"Add the key; the engine has no hidden default for it. rules/README.md shows it in an example.",
         "이 키를 추가하세요. 숨은 기본값은 없습니다. rules/README.md 의 예를 보세요."}},
    [MESSAGE_WRONG_TYPE] = {"wrong-type", SEVERITY_ERROR, EXIT_RULES,
        {"{1} should be {2}, not {3}", "{1}: {2} 필요 (지금은 {3})"},
        {"Text stands in quotes (\"80\"), numbers do not (80).", "글자는 따옴표로 감싸고(\"80\"), 숫자는 감싸지 않습니다(80)."}},
    [MESSAGE_BAD_CHOICE] = {"bad-choice", SEVERITY_ERROR, EXIT_RULES,
        {"{1} is \"{2}\"; it can be {3}", "{1}: 쓸 수 없는 값 \"{2}\". 쓸 수 있는 값: {3}"},
        {"Choose one of the values listed.", "나열된 값 가운데 하나를 쓰세요."}},
    [MESSAGE_UNKNOWN_PARAM] = {"unknown-param", SEVERITY_ERROR, EXIT_RULES,
        {"there is no parameter {1}", "매개변수(params)에 없는 이름: {1}"},
        {"Parameters are the names under `params` in the rule file; --set can change only those.",
         "매개변수는 규칙 파일의 params 아래에 있는 이름입니다. --set 은 그 값만 바꿀 수 있습니다."}},
    [MESSAGE_UNKNOWN_FIELD] = {"unknown-field", SEVERITY_ERROR, EXIT_RULES,
        {"the data have no column {1}", "자료에 {1} 열이 없음"},
        {"A formula may use columns of the data and those of the vocabulary (data/README.md).",
         "산식에는 자료의 열과 정해진 열(data/README.md)만 쓸 수 있습니다."}},
    [MESSAGE_NOT_A_NUMBER_FIELD] = {"text-field", SEVERITY_ERROR, EXIT_RULES,
        {"the column {1} holds text, not numbers", "{1} 열은 숫자가 아니라 글자임"},
        {"A formula can use columns of numbers only.", "산식에는 숫자로 된 열만 쓸 수 있습니다."}},
    [MESSAGE_FORMULA_OPERAND] = {"formula-operand", SEVERITY_ERROR, EXIT_RULES,
        {"{1} cannot be used like this in a formula", "산식에서 {1}: 이렇게 쓸 수 없음"},
        {"Operators and what they take are listed in rules/README.md. A condition (when(…):at_most(…)) belongs into choose or `when`.",
         "연산과 그 쓰는 법은 rules/README.md 에 있습니다. 조건(when(…):at_most(…))은 choose 나 when 에 씁니다."}},
    [MESSAGE_FORMULA_TOO_LARGE] = {"formula-too-large", SEVERITY_ERROR, EXIT_LIMIT,
        {"the formula's powers and products add up to a degree beyond {1}", "산식의 거듭제곱과 곱을 합한 차수가 한도 {1} 초과"},
        {"Exact results would have too many digits. Use smaller exponents.", "정확한 결과의 자릿수가 너무 많아집니다. 지수를 줄이세요."}},
    [MESSAGE_PARAM_RANGE] = {"param-range", SEVERITY_ERROR, EXIT_RULES,
        {"{1} = {2} is outside its range ({3} to {4})", "{1} = {2}: 허용 범위({3} ~ {4})를 벗어남"},
        {"The rule file states min and max for this parameter.", "규칙 파일에 이 매개변수의 min 과 max 가 정해져 있습니다."}},
    [MESSAGE_PARAM_VALUE] = {"param-value", SEVERITY_ERROR, EXIT_USAGE,
        {"--set {2}={1}: \"{1}\" is not a number", "--set {2}={1}: 숫자가 아님"},
        {"Write --set name=number, e.g. --set sluggish_at_most=85.", "--set 이름=수 로 쓰세요. 예: --set sluggish_at_most=85"}},
    [MESSAGE_BAD_DATE] = {"bad-date", SEVERITY_ERROR, EXIT_RULES,
        {"{1}: \"{2}\" is no date", "{1}: 날짜가 아님 (\"{2}\")"},
        {"A date is a day of the calendar written YYYY-MM-DD, such as \"2020-01-01\".",
         "날짜는 달력에 있는 날을 \"2020-01-01\" 처럼 연-월-일(YYYY-MM-DD)로 씁니다."}},
    [MESSAGE_DATE_NEEDED] = {"date-needed", SEVERITY_ERROR, EXIT_RULES,
        {"{1} has values by date, and no date is declared", "{1}: 날짜별 값이 있는데 기준일이 정해지지 않음"},
        {"Write date = \"2019-12-31\" in the rule file, or give --at 2019-12-31. The day of the run is never taken: the same "
         "rules and data always give the same results.",
         "규칙 파일에 date = \"2019-12-31\" 을 쓰거나 --at 2019-12-31 을 주세요. 오늘 날짜는 쓰지 않습니다. "
         "같은 규칙과 자료는 언제나 같은 결과를 내야 하기 때문입니다."}},
    [MESSAGE_DATE_TOO_EARLY] = {"date-too-early", SEVERITY_ERROR, EXIT_RULES,
        {"{1} has no value on {2}: its first one holds from {3}", "{1}: {2} 기준 값이 없음 (첫 값은 {3}부터)"},
        {"Add a value that holds from an earlier date, or evaluate for a later one.",
         "더 이른 날짜의 값을 추가하거나, 기준일을 더 늦은 날로 하세요."}},
    [MESSAGE_UNUSED_PARAM] = {"unused-param", SEVERITY_NOTE, EXIT_DONE,
        {"the parameter {1} is used nowhere", "매개변수 {1}: 쓰이는 곳이 없음"},
        {"Changing it changes nothing. Perhaps a number was written where param.NAME was meant.",
         "바꾸어도 결과가 달라지지 않습니다. param.이름 을 쓸 곳에 수를 적었을 수 있습니다."}},
    [MESSAGE_DUPLICATE_NAME] = {"duplicate-name", SEVERITY_ERROR, EXIT_RULES,
        {"{1}: the name \"{2}\" is used by an earlier entry", "{1}: 앞의 항목이 이미 쓴 이름 (\"{2}\")"},
        {"An overlay finds an entry by its name, so each name may stand once in a list.",
         "덧붙이는 규칙 파일이 이름으로 항목을 찾으므로 한 목록에서 이름은 한 번만 씁니다."}},
    [MESSAGE_BASE_CYCLE] = {"base-cycle", SEVERITY_ERROR, EXIT_RULES,
        {"{1} is in the chain of bases already", "{1} 파일이 base 로 이미 쓰이고 있음"},
        {"A rule file builds on another by `base`; following the bases must come to an end.",
         "규칙 파일은 base 로 다른 규칙 파일을 이어받습니다. 이어받기가 돌고 돌아 자기에게 오면 안 됩니다."}},
    [MESSAGE_BASE_CHAIN] = {"base-chain", SEVERITY_ERROR, EXIT_LIMIT,
        {"more than {1} rule files build on each other", "서로 이어받는 규칙 파일이 {1}개를 넘음"},
        {"Write a complete rule file once in a while, and begin a new chain with it.",
         "완전한 규칙 파일을 하나 새로 쓰고, 그 파일을 base 로 다시 시작하세요."}},
    [MESSAGE_NOT_IN_BASE] = {"not-in-base", SEVERITY_ERROR, EXIT_RULES,
        {"{1}: the base has no \"{2}\"", "{1}: base 에 없는 이름 (\"{2}\")"},
        {"An overlay changes what its base has. Cases and special cases are found by their `name`, verdicts by their `key`; a new "
         "parameter is a table with new = true. `perfeval rules BASE --effective` shows what the base has.",
         "덧붙이는 규칙 파일은 base 에 있는 것을 바꿉니다. 산식과 예외는 name 으로, 판정은 key 로 찾습니다. 새 매개변수는 "
         "new = true 를 적은 표로 씁니다. `perfeval rules 파일 --effective` 로 base 의 내용을 볼 수 있습니다."}},
    [MESSAGE_IN_BASE] = {"in-base", SEVERITY_ERROR, EXIT_RULES,
        {"{1} is called new, but the base has it", "{1}: 새것(new)이라 했으나 base 에 이미 있음"},
        {"Leave out new = true to change the base's parameter, or choose another name.",
         "base 의 값을 바꾸려면 new = true 를 빼고, 아니면 다른 이름을 쓰세요."}},
    [MESSAGE_OVERLAY_CONFLICT] = {"overlay-conflict", SEVERITY_ERROR, EXIT_RULES,
        {"{1}: \"{2}\" is both replaced and removed", "{1}: replace 와 remove 에 함께 쓴 이름 (\"{2}\")"},
        {"Keep one of the two.", "둘 가운데 하나만 쓰세요."}},
    [MESSAGE_UNKNOWN_SETTING] = {"unknown-setting", SEVERITY_ERROR, EXIT_USAGE,
        {"--set {1}: the rules have no parameter {1}", "--set {1}: 규칙의 매개변수(params)에 없는 이름"},
        {"--set changes the parameters under `params` of the rule file, and only those.",
         "--set 은 규칙 파일의 params 아래에 있는 값만 바꿀 수 있습니다."}},
    [MESSAGE_SETTING_RANGE] = {"setting-range", SEVERITY_ERROR, EXIT_USAGE,
        {"--set {1}={2} is outside the range of {1} ({3} to {4})", "--set {1}={2}: 허용 범위({3} ~ {4})를 벗어남"},
        {"The rule file states min and max for this parameter.", "규칙 파일에 이 매개변수의 min 과 max 가 정해져 있습니다."}},
    [MESSAGE_TWO_BOUNDS] = {"two-bounds", SEVERITY_ERROR, EXIT_RULES,
        {"{1} has both {2} and {3}", "{1}: {2}, {3} 가운데 하나만 쓸 수 있음"},
        {"at_most and at_least include the number itself, below and above do not; give one of each pair.",
         "at_most(이하)와 at_least(이상)는 그 수를 포함하고 below(미만)와 above(초과)는 포함하지 않습니다. 하나만 쓰세요."}},
    [MESSAGE_BAD_KEY] = {"bad-key", SEVERITY_ERROR, EXIT_RULES,
        {"{1}: \"{2}\" cannot be a key", "{1}: 키로 쓸 수 없는 이름 \"{2}\""},
        {"A key is a short name of small ASCII letters, digits and _, beginning with a letter; total, none, name, bureau, "
         "department, project, projects, departments, indicators, rate, rate_printed, missing, verdict, verdict_name, "
         "last_year, last_year_printed, trend, indicator_verdicts and names that begin with percent_ are taken.",
         "키는 영어 소문자로 시작하고 소문자, 숫자, _ 로만 된 짧은 이름입니다. total, none, name, bureau, "
         "department, project, projects, departments, indicators, rate, rate_printed, missing, verdict, verdict_name, "
         "last_year, last_year_printed, trend, indicator_verdicts 와 percent_ 로 시작하는 이름은 쓸 수 없습니다."}},
    [MESSAGE_CASE_VALUE] = {"case-value", SEVERITY_ERROR, EXIT_RULES,
        {"{1} should give exactly one rate: a formula, a number, a function, or exclude = true",
         "{1}: 달성률은 하나만 써야 함 (산식, 숫자, 함수 또는 exclude = true)"},
        {"For example { when = { polarity = \"lower\" }, (2 - field.actual / field.target) * 100 }.",
         "예: { when = { polarity = \"lower\" }, (2 - field.actual / field.target) * 100 }"}},
    [MESSAGE_SPECIAL_VALUE] = {"special-value", SEVERITY_ERROR, EXIT_RULES,
        {"{1} should give exactly one of rate, exclude, points, verdict and indicator_verdict, not {2}",
         "{1}: rate, exclude, points, verdict, indicator_verdict 가운데 하나를 써야 함 (지금은 {2}개)"},
        {"rate, exclude and indicator_verdict change indicators, points and verdict their project. For two changes write two special cases.",
         "rate, exclude, indicator_verdict 는 지표를, points 와 verdict 는 그 사업을 바꿉니다. 두 가지를 바꾸려면 예외를 둘로 나누어 쓰세요."}},
    [MESSAGE_TOO_MANY_ENTRIES] = {"too-many-entries", SEVERITY_ERROR, EXIT_LIMIT,
        {"{1} has {2} entries; the limit is {3}", "{1}: 항목이 {2}개로 한도 {3}개를 넘음"},
        {"Shorten the list.", "목록을 줄이세요."}},
    [MESSAGE_BAND_UNREACHABLE] = {"band-unreachable", SEVERITY_ERROR, EXIT_RULES,
        {"{1} can never decide: the bands before it take every rate that it would",
         "{1}: 앞의 구간들이 먼저 판정하므로 적용될 일이 없음"},
        {"The first band that holds decides. Put the narrower band first, or change its bounds.",
         "먼저 맞는 구간이 판정합니다. 좁은 구간을 앞에 두거나 경계값을 고치세요."}},
    [MESSAGE_BAND_GAP] = {"band-gap", SEVERITY_ERROR, EXIT_RULES,
        {"no band holds for {1}", "판정 구간이 없는 범위: {1}"},
        {"Every rate needs a verdict. Often the last band stands without bounds and takes the rest.",
         "모든 달성률에 판정이 있어야 합니다. 보통 마지막 구간은 경계 없이 나머지를 모두 받습니다."}},
    [MESSAGE_BAND_INVERTED] = {"band-inverted", SEVERITY_ERROR, EXIT_RULES,
        {"{1}: the lower bound lies above the upper one, so nothing is inside", "{1}: 하한이 상한보다 커서 해당하는 값이 없음"},
        {"Exchange the two numbers.", "두 수를 서로 바꾸세요."}},
    [MESSAGE_NO_LAST_YEAR] = {"no-last-year", SEVERITY_ERROR, EXIT_RULES,
        {"{1} compares with last year, but the rules do not say what last year's rate is",
         "{1}: 작년과 견주어야 하는데 작년 달성률(last_year)이 없음"},
        {"Declare it, for example last_year = { rate = field.previous_actual / field.previous_target * 100 }.",
         "작년 달성률을 적으세요. 예: last_year = { rate = field.previous_actual / field.previous_target * 100 }"}},
    [MESSAGE_SHARE_RANGE] = {"share-range", SEVERITY_ERROR, EXIT_RULES,
        {"{1} has a share and a range", "{1}: share 와 범위를 함께 쓸 수 없음"},
        {"With shares the rank decides, so bounds, improved and any_indicator have no place. Use one or the other for all bands.",
         "share 는 순위로 판정하므로 경계값, improved, any_indicator 와 함께 쓸 수 없습니다. 모든 구간에 한 가지만 쓰세요."}},
    [MESSAGE_SHARE_SUM] = {"share-sum", SEVERITY_ERROR, EXIT_RULES,
        {"{1}: the shares add up to {2}, not to 100", "{1}: share 의 합이 100이 아니라 {2}"},
        {"Every project gets one of the bands, so the shares add up to 100.",
         "모든 사업이 판정 가운데 하나를 받으므로 share 의 합은 100이어야 합니다."}},
    [MESSAGE_DUPLICATE_BAND] = {"duplicate-band", SEVERITY_ERROR, EXIT_RULES,
        {"{1}: the key \"{2}\" is used by an earlier band", "{1}: 앞의 구간이 이미 쓴 키 \"{2}\""},
        {"Counts are kept by key, so each band needs its own.", "집계는 키로 하므로 구간마다 키가 달라야 합니다."}},
    [MESSAGE_NOT_FINITE] = {"not-finite", SEVERITY_ERROR, EXIT_RULES,
        {"{1} is not a finite number", "{1}: 유한한 숫자가 아님"},
        {"The script divided by zero or computed a number too large.", "스크립트가 0으로 나누었거나 너무 큰 수를 계산했습니다."}},
    [MESSAGE_SELECTOR_COLUMN] = {"selector-column", SEVERITY_NOTE, EXIT_DONE,
        {"`when` names the column {1}, which the data do not have", "when 에 쓴 {1} 열이 자료에 없음"},
        {"The column reads as blank in every row, so that the line takes no row (but for `\"\"`, a blank). That is right where data of "
         "another year have the column; most often the name is misspelt. Columns of the vocabulary (data/README.md) that the "
         "data lack are blank without a note. In a formula, field.NAME of such a column is an error.",
         "모든 행에서 빈칸으로 읽으므로 이 줄에 해당하는 행이 없습니다(빈칸 `\"\"` 을 고를 때는 모든 행). 다른 해의 자료에 있는 열이면 괜찮지만 "
         "이름이 틀린 경우가 많습니다. 정해진 열(data/README.md)은 자료에 없어도 알리지 않습니다. 산식의 field.이름 은 오류입니다."}},
    [MESSAGE_SELECTOR_VALUE] = {"selector-value", SEVERITY_NOTE, EXIT_DONE,
        {"no row has {1} \"{2}\"", "{1} 열이 \"{2}\" 인 행이 없음"},
        {"The rule is right as it stands, but applies to nothing in these data. Check the spelling, blanks and middle dots.",
         "규칙은 옳지만 이 자료에는 해당하는 행이 없습니다. 철자, 빈칸, 가운뎃점을 확인하세요."}},
    [MESSAGE_WEIGHT_SUM] = {"weight-sum", SEVERITY_ERROR, EXIT_DATA,
        {"the weights of {1} add up to {2}, not {3}", "{1}: 가중치의 합이 {3} 이어야 하는데 {2} 임"},
        {"The rules say what the weights of a project's indicators, a department's projects or a bureau's departments add up to "
         "(weights = 100). Correct the weights, or write weights = \"normalised\".",
         "규칙이 사업의 지표, 부서의 사업, 국의 부서에 붙인 가중치의 합을 정하고 있습니다(weights = 100). 가중치를 고치거나 "
         "weights = \"normalised\" 로 쓰세요."}},
    [MESSAGE_NEGATIVE_WEIGHT] = {"negative-weight", SEVERITY_ERROR, EXIT_DATA,
        {"{1}: the weight {2} is below zero", "{1}: 가중치 {2} 이 0보다 작음"},
        {"A weight such as -5 would turn a good rate into a bad one. Weights are 0 (does not count) or more: correct the cell.",
         "-5 같은 가중치는 좋은 달성률을 나쁘게 바꿉니다. 가중치는 0(반영하지 않음) 이상입니다. 칸을 고치세요."}},
    [MESSAGE_WEIGHT_NAME] = {"weight-name", SEVERITY_ERROR, EXIT_RULES,
        {"{1}: the table of weights names \"{2}\", which the data do not have", "{1}: 가중치 표의 이름이 자료에 없음: \"{2}\""},
        {"weighted_mean { [\"name\"] = 40 } names what the rate is made of: indicators for a project, projects for a department, "
         "departments for a bureau. Write the name as the data have it.",
         "weighted_mean { [\"이름\"] = 40 } 의 이름은 그 달성률을 이루는 것의 이름입니다: 사업은 지표, 부서는 사업, 국은 부서. "
         "자료에 있는 그대로 쓰세요."}},
    [MESSAGE_POOLED_UNITS] = {"pooled-units", SEVERITY_ERROR, EXIT_RULES,
        {"a pooled rate of {1} would add up {2} and {3}", "{1}: 단위가 달라 합산할 수 없음 ({2}, {3})"},
        {"pooled divides the sum of actuals by the sum of targets, so all indicators below need one unit. Use mean.",
         "pooled 는 실적의 합을 목표의 합으로 나눕니다. 아래 지표의 단위가 모두 같아야 합니다. mean 을 쓰세요."}},
    [MESSAGE_COUNT_SHARE] = {"count-share", SEVERITY_ERROR, EXIT_RULES,
        {"{1}: count_share needs either a range of rates or a verdict", "{1}: count_share 에는 달성률의 범위나 판정 가운데 하나만 씀"},
        {"count_share {} counts nothing, and count_share { at_least = 100, verdict = \"normal\" } says two things. Write one: "
         "count_share { at_least = 100 } or count_share { verdict = \"normal\" }.",
         "count_share {} 는 셀 것이 없고, count_share { at_least = 100, verdict = \"normal\" } 은 두 가지를 적었습니다. "
         "count_share { at_least = 100 } 이나 count_share { verdict = \"normal\" } 하나만 쓰세요."}},
    [MESSAGE_KEY_WITHOUT_USE] = {"key-without-use", SEVERITY_ERROR, EXIT_RULES,
        {"{1} has no meaning beside a function", "{1}: 함수와 함께 쓸 수 없음"},
        {"{ rate = function(children) … end, missing = \"zero\" }: the function sees the children without a rate (rate is nil) and "
         "says itself what they do. Take missing out.",
         "{ rate = function(children) … end, missing = \"zero\" }: 함수는 달성률이 없는 것(rate 가 nil)도 보며, 어떻게 할지 스스로 "
         "정합니다. missing 을 지우세요."}},
    [MESSAGE_POLARITY_MISSED] = {"polarity-missed", SEVERITY_WARNING, EXIT_DONE,
        {"no row has polarity \"{1}\", which this case asks for, but rows have another: they count as the cases below say",
         "이 경우가 찾는 지표방향 \"{1}\" 인 행이 없고 다른 낱말이 적힌 행이 있음: 그 행은 아래의 경우로 계산됨"},
        {"The rules write when = { polarity = \"lower\" } where the data say 하향: such an indicator, better when lower, would be rated as "
         "better when higher. Write the word of the data in the rules, or a list: polarity = { \"lower\", \"하향\" }.",
         "규칙은 when = { polarity = \"lower\" } 인데 자료에는 하향이라고 적혀 있으면, 낮을수록 좋은 지표가 높을수록 좋은 지표로 계산됩니다. "
         "자료의 낱말을 규칙에 쓰거나 목록으로 쓰세요: polarity = { \"lower\", \"하향\" }."}},
    [MESSAGE_MISSING_UNDECLARED] = {"missing-undeclared", SEVERITY_WARNING, EXIT_DONE,
        {"{1}: {3} without a rate: {2}; they are left out, as the rules do not say otherwise",
         "{1}: 달성률이 없는 {3} {2}개를 빼고 구함(규칙에 정해 두지 않음)"},
        {"project = { rate = mean } does not say what a child without a rate does. Declare it: missing = \"leave_out\" (the others "
         "decide), \"zero\" (it counts as 0) or \"missing\" (no rate above either).",
         "project = { rate = mean } 에는 달성률이 없는 것을 어떻게 할지 없습니다. 적어 두세요: missing = \"leave_out\"(빼고 구함), "
         "\"zero\"(0으로 침), \"missing\"(위에도 달성률 없음)."}},
    [MESSAGE_UNKNOWN_PERIOD] = {"unknown-period", SEVERITY_ERROR, EXIT_RULES,
        {"no row has the period \"{1}\"", "기간이 \"{1}\" 인 행이 없음"},
        {"The period is written as the column period (기간) of the data writes it.", "자료의 기간(period) 열에 적힌 그대로 적으세요."}},
    [MESSAGE_PERIOD_NEEDED] = {"period-needed", SEVERITY_ERROR, EXIT_RULES,
        {"at_period(\"{1}\", …) needs a rule file that chooses a period", "at_period(\"{1}\", …): 규칙이 기간을 고르지 않음"},
        {"Rows of several periods belong together only where the rules say which one is evaluated: period = \"연말\".",
         "어느 기간을 평가하는지 정해져야 다른 기간의 행을 이을 수 있습니다. period = \"연말\" 처럼 적으세요."}},
    [MESSAGE_PERIOD_COUNT] = {"period-count", SEVERITY_ERROR, EXIT_RULES,
        {"period lists {1} periods; it takes 2 to {2}", "period 에 적은 기간이 {1}개임. 2개에서 {2}개까지 적음"},
        {"A list weighs several periods. For one of them write its name: period = \"연말\".",
         "목록은 여러 기간의 비중입니다. 한 기간만 평가하면 period = \"연말\" 처럼 이름만 적으세요."}},
    [MESSAGE_PERIOD_WEIGHT] = {"period-weight", SEVERITY_ERROR, EXIT_RULES,
        {"{1} must be above 0", "{1}: 0보다 커야 함"},
        {"A period without weight counts for nothing: leave it out of the list, and its rows are set aside.",
         "비중이 없는 기간은 목록에서 빼세요. 그 기간의 행은 따로 둡니다."}},
    [MESSAGE_POOLED_PERIODS] = {"pooled-periods", SEVERITY_ERROR, EXIT_RULES,
        {"pooled adds up targets and actuals, not the weighted rates of periods", "pooled 는 목표와 실적을 합하므로 기간의 비중과 함께 쓸 수 없음"},
        {"Use mean or weighted_mean for project.rate, or choose one period.",
         "project.rate 를 mean 이나 weighted_mean 으로 하거나, 한 기간만 고르세요."}},
    [MESSAGE_REVISED_BY] = {"revised-by", SEVERITY_ERROR, EXIT_RULES,
        {"revised_by needs targets = \"revised\"", "revised_by 는 targets = \"revised\" 와 함께 씀"},
        {"revised_by says up to which day revised targets count.", "revised_by 는 어느 날까지 변경한 목표를 쓰는지 정합니다."}},
    [MESSAGE_CASE_UNREACHABLE] = {"case-unreachable", SEVERITY_WARNING, EXIT_DONE,
        {"{1} can never apply: {2} takes every row before it", "{1}: 앞의 {2} 줄이 모든 행을 받으므로 적용될 일이 없음"},
        {"The first case that applies decides, and a case without `when` applies to every row. Put it last, or give it a `when`.",
         "위에서부터 처음 맞는 줄이 적용되며, when 이 없는 줄은 모든 행에 맞습니다. 그 줄을 맨 뒤로 옮기거나 when 을 적으세요."}},
    [MESSAGE_ROWS_WITHOUT_CASE] = {"rows-without-case", SEVERITY_NOTE, EXIT_DONE,
        {"rows that no case of `rate` takes: {1}; this is the first", "rate 의 어느 줄에도 맞지 않는 행: {1}개. 여기가 처음"},
        {"These rows have no rate (no_case). Often the last case of `rate` stands without `when` and takes the rest; where rows are "
         "left out on purpose, exclude = true says so.",
         "이 행들은 달성률이 없습니다(no_case). 보통 rate 의 마지막 줄은 when 없이 나머지를 모두 받습니다. 일부러 뺀 행이면 "
         "exclude = true 로 적으세요."}},
    [MESSAGE_ZERO_DENOMINATOR] = {"zero-denominator", SEVERITY_NOTE, EXIT_DONE,
        {"rows where {2} divides by zero: {1}; this is the first", "{2} 산식이 0으로 나누게 되는 행: {1}개. 여기가 처음"},
        {"These rows have no rate. Correct the data, or say in the rules what holds there: methods.zero_target, or a case with "
         "when = { target = 0 }.",
         "이 행들은 달성률이 없습니다. 자료를 고치거나, 그때의 달성률을 규칙에 적으세요: methods.zero_target 또는 "
         "when = { target = 0 } 인 줄."}},
    [MESSAGE_FUNCTION_SILENT] = {"function-silent", SEVERITY_NOTE, EXIT_DONE,
        {"the function of {1} gave nil for every row it was asked", "{1} 함수: 물은 모든 행에서 nil 을 돌려줌"},
        {"A `return` is missing in the function, perhaps. nil of a rate says that there is none (declared); nil of a `when` says no, so "
         "that the line takes no row.\n"
         "Bad: when = function(i) local yes = i.actual > 0 end\nRemedy: when = function(i) return i.actual > 0 end",
         "함수에 return 이 빠졌을 수 있습니다. 달성률의 nil 은 달성률이 없다는 뜻(declared)이고, when 의 nil 은 아니라는 뜻이어서 그 줄은 "
         "아무 행도 받지 않습니다.\n"
         "잘못된 예: when = function(i) local yes = i.actual > 0 end\n고치는 법: when = function(i) return i.actual > 0 end"}},
    [MESSAGE_BINARY_COMPARISON] = {"binary-comparison", SEVERITY_NOTE, EXIT_DONE,
        {"`{1}` compares a binary fraction: `{2}` has rounded it, so a value exactly on the cut may fall on either side",
         "`{1}` 비교의 값이 이진 실수임: `{2}` 계산에서 반올림되어, 딱 기준인 값이 어느 쪽이 될지 모름"},
        {"The numbers of a function are doubles. A column or a number alone is what is written, but what is calculated from them is "
         "rounded: 4.35 * 100 is 434.99999999999994. Noted is a comparison inside a function one side of which divides (/, ^), "
         "or calculates with a number that no double is (1.2, a parameter of 77.6; not 0.5), or calculates while the other side is "
         "such a number; through locals, brackets and math.… too. Not noted: plain columns and numbers, whole numbers times "
         "columns, the sign of a product or quotient (compared with 0), a / b compared with 1.\n"
         "Bad: if i.actual / i.target * 100 <= 77.6 then …\n"
         "Remedy: a formula and a condition, which are exact: when = when(field.actual / field.target * 100):at_most(77.6). "
         "Or compare whole numbers: i.actual * 1000 <= i.target * 776, where the data are whole.",
         "함수의 수는 이진 실수입니다. 열이나 수 하나는 적힌 그대로지만, 계산한 값은 반올림됩니다: 4.35 * 100 은 434.99999999999994 입니다. "
         "함수 안의 비교 가운데 한쪽에 나눗셈(/, ^)이 있거나, 이진 실수로 나타낼 수 없는 수(1.2, 값이 77.6 인 매개변수. 0.5 는 괜찮음)로 "
         "계산하거나, 계산한 값을 그런 수와 비교하는 것을 알려 줍니다. local 이름, 괄호, math.… 를 거쳐도 같습니다. "
         "열과 수를 그대로 비교하는 것, 정수를 곱한 것, 곱과 몫의 부호(0 과 비교), a / b 를 1 과 비교하는 것은 알리지 않습니다.\n"
         "잘못된 예: if i.actual / i.target * 100 <= 77.6 then …\n"
         "고치는 법: 정확하게 계산하는 산식과 조건으로 적습니다: when = when(field.actual / field.target * 100):at_most(77.6). "
         "자료가 정수이면 정수끼리 비교해도 됩니다: i.actual * 1000 <= i.target * 776"}},
    [MESSAGE_TESTS_NOT_A_TABLE] = {"not-tests", SEVERITY_ERROR, EXIT_RULES,
        {"a test file ends with `return tests { … }`; this one returned {1}",
         "테스트 파일은 `return tests { … }` 로 끝나야 함 (지금 결과: {1})"},
        {"Begin the table with `return tests {`, and put a table for each case into it: "
         "{ name = \"80 %\", rows = { { target = 100, actual = 80 } }, verdict = \"sluggish\" }.",
         "`return tests {` 로 표를 시작하고 그 안에 사례마다 표를 하나씩 적으세요: "
         "{ name = \"80 %\", rows = { { target = 100, actual = 80 } }, verdict = \"sluggish\" }."}},
    [MESSAGE_NO_TESTS] = {"no-tests", SEVERITY_ERROR, EXIT_FINDINGS,
        {"no test was run: {1}", "실행한 테스트가 없음: {1}"},
        {"Tests of rules/2019.lua stand beside it, in rules/2019.test.lua or rules/2019.test.csv. There are none, they hold no "
         "case, or --run matches no name. A run without tests proves nothing, so it is a failure.",
         "rules/2019.lua 의 테스트는 같은 폴더의 rules/2019.test.lua 또는 rules/2019.test.csv 입니다. 그런 파일이 없거나, 사례가 "
         "없거나, --run 에 맞는 이름이 없습니다. 테스트가 없으면 아무것도 확인되지 않으므로 실패로 봅니다."}},
    [MESSAGE_TEST_NAME] = {"test-name", SEVERITY_ERROR, EXIT_RULES,
        {"the name \"{1}\" of a case is blank or taken by an earlier one", "사례 이름 \"{1}\": 비었거나 앞에서 이미 씀"},
        {"Each case has a name of its own: name = \"exactly 80 %\", or a cell in the column `case`.",
         "사례마다 다른 이름을 적으세요. 예: name = \"정확히 80 %\", CSV 에서는 case 열의 칸."}},
    [MESSAGE_TEST_ROWS] = {"test-rows", SEVERITY_ERROR, EXIT_RULES,
        {"the case \"{1}\" has no rows", "사례 \"{1}\": 행이 없음"},
        {"A case needs the indicators that it is about: rows = { { target = 100, actual = 80 } }, with two pairs of braces.",
         "사례에는 지표가 하나 이상 있어야 합니다. 예: rows = { { target = 100, actual = 80 } } (중괄호 두 겹)."}},
    [MESSAGE_TEST_IDLE] = {"test-idle", SEVERITY_ERROR, EXIT_RULES,
        {"the case \"{1}\" expects nothing", "사례 \"{1}\": 기대하는 결과가 없음"},
        {"A case without an expectation would always pass. Give it rate, printed, verdict or reason (in CSV: expect_rate, …).",
         "기대하는 결과가 없는 사례는 늘 통과합니다. rate, printed, verdict, reason 가운데 하나를 적으세요 (CSV 에서는 expect_rate …)."}},
    [MESSAGE_TEST_COLUMN] = {"test-column", SEVERITY_ERROR, EXIT_RULES,
        {"neither the data nor the rules know the column {1}", "자료와 규칙에 없는 열: {1}"},
        {"The rows of a test have the columns of data (target, actual, polarity, …) and those that the rules name. "
         "Expectations stand in expect_rate, expect_printed, expect_verdict, expect_reason.",
         "테스트의 행에는 자료의 열(목표, 실적, 지표방향 …)과 규칙이 쓰는 열을 적습니다. "
         "기대하는 결과는 expect_rate, expect_printed, expect_verdict, expect_reason 열에 적습니다."}},
    [MESSAGE_TEST_CASE_COLUMN] = {"test-case-column", SEVERITY_ERROR, EXIT_RULES,
        {"a test file in CSV needs the column {1}", "CSV 테스트 파일에 필요한 열이 없음: {1}"},
        {"The column `case` holds the name of the case; rows with the same name form one project.",
         "case 열에는 사례의 이름을 적습니다. 이름이 같은 행들은 한 사업의 지표가 됩니다."}},
    [MESSAGE_TEST_CONFLICT] = {"test-conflict", SEVERITY_ERROR, EXIT_RULES,
        {"an earlier row of this case says {2}, this one {1}", "같은 사례의 앞 행에는 {2}, 이 행에는 {1}"},
        {"What is expected of the project, and the values of parameters, are the same for all rows of a case: fill them in once.",
         "사업에 기대하는 결과와 매개변수 값은 한 사례에서 하나뿐입니다. 첫 행에 한 번만 적으세요."}},
    [MESSAGE_TEST_NUMBER] = {"test-number", SEVERITY_ERROR, EXIT_RULES,
        {"\"{1}\" is no exact number", "정확한 수가 아님: \"{1}\""},
        {"An expected rate is a decimal (77.6), a fraction in quotes (\"200/3\"), or \"none\".",
         "기대하는 달성률은 소수(77.6), 따옴표 안의 분수(\"200/3\"), 또는 \"none\" 으로 적습니다."}},
    [MESSAGE_TEST_VERDICT] = {"test-verdict", SEVERITY_ERROR, EXIT_RULES,
        {"no band of the rules gives the verdict \"{1}\"", "규칙에 없는 판정: \"{1}\""},
        {"A verdict is expected by its key (sluggish) or its printed name; \"none\" for a project without one.",
         "판정은 key(sluggish) 나 인쇄되는 이름으로 적습니다. 판정이 없어야 하면 \"none\" 으로 적습니다."}},
    [MESSAGE_TESTS_FAIL] = {"tests-fail", SEVERITY_ERROR, EXIT_FINDINGS,
        {"the test \"{1}\" fails already without any change of the rules", "규칙을 바꾸지 않아도 실패하는 테스트: \"{1}\""},
        {"`perfeval mutate` asks which changes of the rules the tests notice: they must pass first. Run `perfeval test`.",
         "`perfeval mutate` 는 규칙을 조금씩 바꾸어 테스트가 알아차리는지 봅니다. 먼저 모두 통과해야 합니다. `perfeval test` 를 실행하세요."}},
    [MESSAGE_SPECIAL_UNUSED] = {"special-unused", SEVERITY_ERROR, EXIT_FINDINGS,
        {"{1} matched no row (because: {2})", "{1} 예외에 해당하는 행이 없음 (사유: {2})"},
        {"A special case that applies to nothing is a finding: its names may be misspelt, or the exception is out of date.",
         "아무 행에도 적용되지 않은 예외입니다. 이름이 틀렸거나 이미 필요 없는 예외일 수 있습니다."}},
    [MESSAGE_SPECIAL_IDLE] = {"special-idle", SEVERITY_ERROR, EXIT_FINDINGS,
        {"{1} changed nothing (because: {2})", "{1}: 바뀐 것이 없음 (사유: {2})"},
        {"Its rows were found, but points need a rate to be added to, and of two special cases that set one verdict the "
         "first counts.",
         "맞는 행은 있습니다. 그러나 points 는 달성률이 있는 사업에만 더하고, 같은 판정을 정한 예외가 둘이면 앞의 것만 적용합니다."}},
    [MESSAGE_FUNCTION_FAILED] = {"function-failed", SEVERITY_ERROR, EXIT_FINDINGS,
        {"data row {1}: {2}", "자료 {1}번 행: {2}"},
        {"The rule's function failed on this row; its rate is missing for that reason. All other rows were evaluated.",
         "이 행에서 규칙의 함수가 실패하여 달성률이 비어 있습니다. 다른 행은 모두 평가되었습니다."}},
    [MESSAGE_FUNCTIONS_FAILED] = {"functions-failed", SEVERITY_ERROR, EXIT_FINDINGS,
        {"functions of the rules failed on {1} rows", "규칙의 함수가 {1}개 행에서 실패함"},
        {"See the messages before this one.", "앞의 메시지를 보세요."}},
    [MESSAGE_UNIT_FAILED] = {"unit-failed", SEVERITY_ERROR, EXIT_FINDINGS,
        {"{1} {2} (from data row {3}): {4}", "{1} {2} (자료 {3}번 행부터): {4}"},
        {"The function of the rules failed on the children of this project, department or bureau; its rate is missing for that "
         "reason (function_failed). All others were evaluated. A rate can be nil: `child.rate + 1` fails then, "
         "`(child.rate or 0) + 1` does not.",
         "규칙의 함수가 이 사업(부서, 국)에서 실패하여 달성률이 비어 있습니다(function_failed). 나머지는 모두 평가되었습니다. "
         "달성률은 nil 일 수 있습니다. 그때 `child.rate + 1` 은 실패하고 `(child.rate or 0) + 1` 은 실패하지 않습니다."}},
    [MESSAGE_UNITS_FAILED] = {"units-failed", SEVERITY_ERROR, EXIT_FINDINGS,
        {"{1}: the function failed {2} times", "{1}: 함수가 {2}번 실패함"},
        {"See the messages before this one.", "앞의 메시지를 보세요."}},
    [MESSAGE_SCRIPT_NOT_FOUND] = {"script-not-found", SEVERITY_ERROR, EXIT_RULES,
        {"there is no script {1} (looked in {2})", "{1} 스크립트가 없음 (찾은 곳: {2})"},
        {"Scripts are looked up in the project's scripts/ folder, then in the installed one.",
         "스크립트는 프로젝트의 scripts/ 폴더, 그다음 설치된 폴더에서 찾습니다."}},
    [MESSAGE_SCRIPT_NAME] = {"script-name", SEVERITY_ERROR, EXIT_RULES,
        {"\"{1}\" is not a script's name", "스크립트 이름으로 쓸 수 없음: \"{1}\""},
        {"A script's name has letters, digits, _ and - only; it is no path.", "스크립트 이름에는 글자, 숫자, _, - 만 쓰며 경로는 쓸 수 없습니다."}},
    [MESSAGE_SCRIPT_RESULT] = {"script-result", SEVERITY_ERROR, EXIT_RULES,
        {"{1} should return {2}, not {3}", "{1} 스크립트의 결과: {2} 필요 (지금은 {3})"},
        {"scripts/README.md shows how a report and a format begin and end.", "scripts/README.md 에 보고서와 서식의 틀이 있습니다."}},
    [MESSAGE_DOCUMENT_SHAPE] = {"document-shape", SEVERITY_ERROR, EXIT_RULES,
        {"{1}: {2}", "{1}: {2}"},
        {"A report returns a document of blocks; scripts/README.md lists the blocks and what each holds.",
         "보고서 스크립트는 블록으로 된 문서를 돌려줍니다. scripts/README.md 에 블록과 내용이 있습니다."}},
    [MESSAGE_SOURCE_TOO_LARGE] = {"source-too-large", SEVERITY_ERROR, EXIT_LIMIT,
        {"{1} has {2} bytes; a script may have {3}", "{1}: {2}바이트로 스크립트 한도 {3}바이트를 넘음"},
        {"Move tables of values into the data, and helpers into scripts of their own.",
         "값의 표는 자료로, 도움 함수는 다른 스크립트로 옮기세요."}},

    [MESSAGE_EXACT_LIMIT] = {"exact-limit", SEVERITY_ERROR, EXIT_LIMIT,
        {"{1}: an exact value has more than {2} bits", "{1}: 정확한 값의 비트가 한도 {2}개를 넘음"},
        {"A value near a cut or a rounding tie is decided on the exact fraction, never on a guess. Sums of many fractions with "
         "different denominators, or high powers, can make that fraction too long; nothing was evaluated.\n"
         "Bad: rate = (field.actual / field.target) ^ 64 with targets of hundreds of digits.\n"
         "Remedy: round before summing, rate = round(field.actual / field.target * 100, 6, \"half_up\"); or fewer digits in the data.",
         "판정 기준이나 반올림 경계에 가까운 값은 어림이 아니라 정확한 분수로 정합니다. 분모가 서로 다른 분수를 아주 많이 더하거나 "
         "거듭제곱이 크면 그 분수가 너무 길어지므로, 아무것도 평가하지 않고 멈춥니다.\n"
         "잘못된 예: 목표가 수백 자리인 자료에 rate = (field.actual / field.target) ^ 64\n"
         "고치는 법: 더하기 전에 반올림하거나(rate = round(field.actual / field.target * 100, 6, \"half_up\")) 자료의 자릿수를 줄이세요."}},
    [MESSAGE_CPU_LIMIT] = {"cpu-limit", SEVERITY_ERROR, EXIT_LIMIT,
        {"the script used more than {1} s of computing time{2} ({3})", "스크립트의 계산 시간이 {1}초를 넘음{2} ({3})"},
        {"The script does not end, or does too much. Look for a loop without an end at the line named, or for a search "
         "pattern with several * or - in the function named. The flag in brackets sets the limit for one run.\n"
         "Bad: while true do n = n + 1 end.\n"
         "Remedy: for i = 1, 12 do … end; or, for rules that are right and long, --call-limit 0.5.",
         "스크립트가 끝나지 않거나 일이 너무 많습니다. 표시된 줄에 끝나지 않는 반복이 있는지, 표시된 함수의 찾기 무늬에 * 나 - 가 "
         "여럿 있는지 보세요. 괄호 안의 옵션이 한 번의 실행에 대한 한도를 정합니다.\n"
         "잘못된 예: while true do n = n + 1 end\n"
         "고치는 법: for i = 1, 12 do … end. 규칙이 맞고 계산이 길 뿐이면 --call-limit 0.5"}},
    [MESSAGE_WALL_LIMIT] = {"wall-limit", SEVERITY_ERROR, EXIT_LIMIT,
        {"a script gave no sign of life for {1} s and was ended ({2})", "스크립트가 {1}초 동안 응답이 없어 끝냄 ({2})"},
        {"The machine may be overloaded; try again, or give more time with the flag in brackets.",
         "장비가 과부하일 수 있습니다. 다시 시도하거나, 괄호 안의 옵션으로 시간을 더 주세요."}},
    [MESSAGE_LUA_MEMORY] = {"script-memory", SEVERITY_ERROR, EXIT_LIMIT,
        {"the script needed more than {1} MiB of memory{2} ({3})", "스크립트가 메모리를 {1} MiB 넘게 씀{2} ({3})"},
        {"The script builds something too large. Look for a table or text that grows without an end. The flag in brackets "
         "sets the limit for one run.\n"
         "Bad: while true do list[#list + 1] = list end.\n"
         "Remedy: end the loop; or, for reports that need it, --memory-limit 256.",
         "스크립트가 너무 큰 것을 만듭니다. 끝없이 커지는 표나 글이 있는지 보세요. 괄호 안의 옵션이 한 번의 실행에 대한 한도를 정합니다.\n"
         "잘못된 예: while true do list[#list + 1] = list end\n"
         "고치는 법: 반복을 끝내세요. 보고서에 정말 필요하면 --memory-limit 256"}},
    [MESSAGE_OUTPUT_TOO_LARGE] = {"output-too-large", SEVERITY_ERROR, EXIT_LIMIT,
        {"the script's output is larger than {1} MiB ({2})", "스크립트의 출력이 {1} MiB 를 넘음 ({2})"},
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
    [MESSAGE_WORKER_START] = {"worker-start", SEVERITY_ERROR, EXIT_IO,
        {"the confined process that runs scripts could not be started: {1}", "스크립트를 실행할 격리 프로세스를 시작할 수 없음: {1}"},
        {"The system refused a process or its confinement (seccomp). Scripts are never run without it.",
         "시스템이 프로세스나 격리(seccomp)를 허용하지 않았습니다. 격리 없이는 스크립트를 실행하지 않습니다."}},
    [MESSAGE_WORKER_CHANNEL] = {"worker-channel", SEVERITY_ERROR, EXIT_IO,
        {"the connection to the confined process that runs scripts broke", "스크립트를 실행하는 격리 프로세스와 연결이 끊어짐"},
        {"The system failed to pass bytes between two processes of perfeval; nothing was written.\n"
         "Bad: a machine without free memory for the system itself.\nRemedy: run it again; where it comes back, look at the system's log.",
         "시스템이 perfeval 의 두 프로세스 사이에서 바이트를 전하지 못했으며, 아무것도 쓰지 않았습니다.\n"
         "잘못된 예: 시스템 자신이 쓸 메모리도 남지 않은 장비\n고치는 법: 다시 실행하고, 되풀이되면 시스템 기록을 살펴보세요."}},

    [MESSAGE_UNKNOWN_COMMAND] = {"unknown-command", SEVERITY_ERROR, EXIT_USAGE,
        {"unknown command: {1}", "알 수 없는 명령: {1}"},
        {"`perfeval help` lists the commands.", "`perfeval help` 에 명령 목록이 있습니다."}},
    [MESSAGE_UNKNOWN_FLAG] = {"unknown-flag", SEVERITY_ERROR, EXIT_USAGE,
        {"unknown flag: {1}", "알 수 없는 옵션: {1}"},
        {"`perfeval help COMMAND` lists a command's flags.", "`perfeval help 명령` 에 옵션 목록이 있습니다."}},
    [MESSAGE_FLAG_VALUE] = {"flag-value", SEVERITY_ERROR, EXIT_USAGE,
        {"{1} needs a value", "{1} 뒤에 값이 필요함"},
        {"Write the value behind the flag: -o report.txt or --output=report.txt.", "옵션 뒤에 값을 쓰세요: -o report.txt 또는 --output=report.txt"}},
    [MESSAGE_FLAG_CHOICE] = {"flag-choice", SEVERITY_ERROR, EXIT_USAGE,
        {"{1} {2}: it can be {3}", "{1} {2}: 쓸 수 없는 값. 쓸 수 있는 값: {3}"},
        {"Choose one of the values listed.", "나열된 값 가운데 하나를 쓰세요."}},
    [MESSAGE_MISSING_OPERAND] = {"missing-operand", SEVERITY_ERROR, EXIT_USAGE,
        {"{1} is missing", "명령줄에 빠진 것: {1}"},
        {"`perfeval help COMMAND` shows what a command needs.", "`perfeval help 명령` 에 필요한 것이 있습니다."}},
    [MESSAGE_EXTRA_OPERAND] = {"extra-operand", SEVERITY_ERROR, EXIT_USAGE,
        {"one word too many: {1}", "남는 말: {1}"},
        {"`perfeval help COMMAND` shows what a command takes.", "`perfeval help 명령` 을 보세요."}},
    [MESSAGE_SET_SYNTAX] = {"set-syntax", SEVERITY_ERROR, EXIT_USAGE,
        {"--set {1}: it should be name=value, without blanks", "--set {1}: 이름=값 을 빈칸 없이 적어야 함"},
        {"For example --set sluggish_at_most=85.", "예: --set sluggish_at_most=85"}},
    [MESSAGE_FLAG_DATE] = {"flag-date", SEVERITY_ERROR, EXIT_USAGE,
        {"--at {1}: it should be a date such as 2019-12-31", "--at {1}: 2019-12-31 같은 날짜여야 함"},
        {"The date says which of a parameter's values by date is in force: a day of the calendar, written YYYY-MM-DD.",
         "날짜별 값 가운데 어느 것을 쓸지 정하는 기준일입니다. 달력에 있는 날을 YYYY-MM-DD 로 씁니다."}},
    [MESSAGE_FLAG_NUMBER] = {"flag-number", SEVERITY_ERROR, EXIT_USAGE,
        {"{1} {2}: it should be a whole number from {3} to {4}", "{1} {2}: {3} 부터 {4} 까지의 정수여야 함"},
        {"Write digits only, such as --threads 4. Results never depend on the number of threads.",
         "--threads 4 처럼 숫자만 씁니다. 스레드 수는 결과에 영향을 주지 않습니다."}},
    [MESSAGE_FLAG_RANGE] = {"flag-range", SEVERITY_ERROR, EXIT_USAGE,
        {"{1} {2}: it should be a number from {3} to {4}", "{1} {2}: {3} 부터 {4} 까지의 수여야 함"},
        {"Limits of time are seconds, limits of memory and output MiB; no unit is written.\n"
         "Bad: --cpu-limit 10s.\n"
         "Remedy: --cpu-limit 10, or --call-limit 0.5.",
         "시간 한도는 초, 메모리와 출력 한도는 MiB 단위의 수이며 단위는 쓰지 않습니다.\n"
         "잘못된 예: --cpu-limit 10s\n"
         "고치는 법: --cpu-limit 10 또는 --call-limit 0.5"}},
    [MESSAGE_LEVEL_FORMAT] = {"level-format", SEVERITY_ERROR, EXIT_USAGE,
        {"--level goes with --format csv, json or jsonl, not with {1}",
         "--level 은 --format csv, json, jsonl 과 함께 씀. 함께 쓸 수 없는 형식: {1}"},
        {"The table of a level is written by the engine itself: run RULES --level bureau --format csv. Other formats "
         "(text, which is the default, and markdown) draw a report, and a report shows what its script says.",
         "단계별 표는 엔진이 바로 씁니다: run 규칙파일 --level bureau --format csv. 다른 형식(기본값인 text, 그리고 markdown)은 "
         "보고서를 그리며, 보고서의 내용은 그 스크립트가 정합니다."}},
    [MESSAGE_NO_MATCH] = {"no-match", SEVERITY_ERROR, EXIT_USAGE,
        {"nothing in the data is called {1}", "자료에 그런 이름이 없음: {1}"},
        {"No bureau, department, project or indicator has this in its name (explain RULES Library, where the data say "
         "도서관). Blanks, dots and width do not matter. Write a shorter part of the name, or give --row N.",
         "국, 부서, 주요사업, 성과지표의 이름 어디에도 없는 말입니다(자료에는 도서관인데 explain 규칙파일 Library). 빈칸, 점, "
         "전각과 반각은 가리지 않습니다. 이름의 일부를 더 짧게 쓰거나 --row N 으로 고르세요."}},
    [MESSAGE_EXPLAIN_ROW] = {"no-such-row", SEVERITY_ERROR, EXIT_USAGE,
        {"--row {1}: the data have the rows 1 to {2}", "--row {1}: 자료의 행은 1부터 {2}까지임"},
        {"Rows count from 1 behind the line with the names of columns: --row 1 is the first indicator, --row 0 is none.",
         "행은 열 이름이 적힌 줄 다음부터 1로 셉니다. --row 1 이 첫 지표이고, --row 0 은 없습니다."}},
    [MESSAGE_EXPLAIN_VERDICT] = {"no-such-verdict", SEVERITY_ERROR, EXIT_USAGE,
        {"--why-not {1}: the verdicts of the rules are {2}", "--why-not {1}: 규칙의 판정은 {2}"},
        {"Write the key or the printed name of one of the rules' verdicts: --why-not normal, not --why-not good.",
         "규칙에 있는 판정의 key 나 이름을 쓰세요: --why-not good 이 아니라 --why-not normal."}},
    [MESSAGE_JSONL_ALL] = {"jsonl-all", SEVERITY_ERROR, EXIT_USAGE,
        {"explain --format jsonl goes with --all and without --why-not",
         "explain --format jsonl 은 --all 과 함께, --why-not 없이 씀"},
        {"A line an indicator is meant for whole files: explain RULES --all --format jsonl. For one project (explain RULES "
         "Library --format jsonl) use --format json, which has the whole chain.",
         "지표마다 한 줄인 형식은 자료 전체를 위한 것입니다: explain 규칙파일 --all --format jsonl. 한 사업이면(explain 규칙파일 "
         "도서관 --format jsonl) 모든 내용이 있는 --format json 을 쓰세요."}},
    [MESSAGE_SWEEP_SYNTAX] = {"sweep-syntax", SEVERITY_ERROR, EXIT_USAGE,
        {"--param {1}: it should be NAME=FROM..TO:STEP", "--param {1}: 이름=처음..끝:간격 이어야 함"},
        {"Exact decimals, TO not below FROM and STEP above 0, such as --param sluggish_at_most=70..100:1 or "
         "cut=0.5..0.9:0.05. Two parameters (two --param) need two names.",
         "정확한 십진수로 쓰며, 끝은 처음보다 작지 않고 간격은 0보다 커야 합니다. 예: --param sluggish_at_most=70..100:1, "
         "cut=0.5..0.9:0.05. --param 을 두 번 쓸 때에는 이름이 서로 달라야 합니다."}},
    [MESSAGE_SWEEP_STEPS] = {"sweep-steps", SEVERITY_ERROR, EXIT_USAGE,
        {"--param {1}: more than {2} steps", "--param {1}: {2}단계를 넘음"},
        {"Choose a larger step or a shorter range: --param cut=0..100:0.5 has 201 steps. The exact values at which verdicts "
         "change are found between the steps anyway.",
         "간격을 늘리거나 범위를 줄이세요. --param cut=0..100:0.5 는 201단계입니다. 판정이 바뀌는 정확한 값은 "
         "단계 사이에서도 찾아냅니다."}},
    [MESSAGE_SWEEP_PARAM] = {"sweep-param", SEVERITY_ERROR, EXIT_USAGE,
        {"--param {1}: the rules have no parameter {1}", "--param {1}: 규칙의 매개변수(params)에 없는 이름"},
        {"--param takes a name under `params` of the rule file: `perfeval params RULES` lists them.",
         "--param 에는 규칙 파일의 params 아래에 있는 이름을 씁니다. `perfeval params 규칙파일` 에 목록이 있습니다."}},
    [MESSAGE_SWEEP_RANGE] = {"sweep-range", SEVERITY_ERROR, EXIT_USAGE,
        {"--param {1}: {2} is outside the parameter's range ({3} to {4})", "--param {1}: {2}: 허용 범위({3} ~ {4})를 벗어남"},
        {"The rule file states min and max for this parameter; a sweep from 70 to 250 does not fit into 0 to 200.",
         "규칙 파일에 이 매개변수의 min 과 max 가 정해져 있습니다. 70..250 은 0 ~ 200 에 들어가지 않습니다."}},
    [MESSAGE_FLAG_DECIMAL] = {"flag-decimal", SEVERITY_ERROR, EXIT_USAGE,
        {"{1} {2}: it should be a number, not below 0", "{1} {2}: 0 이상의 수여야 함"},
        {"Write a number of points, such as --within 2.5.", "--within 2.5 처럼 %p 단위의 수를 쓰세요."}},
    [MESSAGE_NO_SUCH_UNIT] = {"no-such-unit", SEVERITY_ERROR, EXIT_USAGE,
        {"{1} {2}: the data have no such name", "{1} {2}: 자료에 없는 이름"},
        {"Names are compared as they stand in the data; the table of `run RULES --level department --format csv` lists them.",
         "자료에 적힌 이름과 그대로 비교합니다. `run 규칙파일 --level department --format csv` 의 표에 이름이 있습니다."}},
    [MESSAGE_UNKNOWN_TOPIC] = {"unknown-topic", SEVERITY_ERROR, EXIT_USAGE,
        {"no help on: {1}", "도움말이 없음: {1}"},
        {"`perfeval help` lists the topics.", "`perfeval help` 에 목록이 있습니다."}},
    [MESSAGE_UNKNOWN_FINDING] = {"unknown-finding", SEVERITY_ERROR, EXIT_USAGE,
        {"{1} {2}: there is no finding of that code", "{1} {2}: 그런 코드의 확인 사항이 없음"},
        {"--skip leaves findings out, --only looks for nothing else. Both take codes with commas between, or all; they may be repeated.\n"
         "Bad: --skip hidden-targets\nRemedy: --skip hidden-target,stale-year",
         "--skip 은 적은 확인 사항을 빼고, --only 는 적은 것만 찾습니다. 코드를 쉼표로 이어 적거나 all 을 적으며, 여러 번 쓸 수 있습니다.\n"
         "잘못된 예: --skip hidden-targets\n고치는 법: --skip hidden-target,stale-year"}},

    [MESSAGE_WRONG_PUBLISHED] = {"wrong-published", SEVERITY_ERROR, EXIT_DATA,
        {"{1}: {2} expected, {3} found", "{1}: 있어야 할 것은 {2}, 적힌 것은 {3}"},
        {"A file of published figures holds `bureaus`, a list of {\"name\": …, \"projects\": 4, \"normal\": 4, \"sluggish\": 0}, and "
         "`totals` and `percent` without a name. Keys are those of the verdicts; null stands where nothing is printed.\n"
         "Bad: \"sluggish\": \"-\"\nRemedy: \"sluggish\": 0",
         "공표된 수치의 파일에는 bureaus 목록({\"name\": …, \"projects\": 4, \"normal\": 4, \"sluggish\": 0})과, 이름이 없는 totals, percent 를 "
         "적습니다. 키는 판정의 key 이며, 인쇄되지 않은 자리는 null 입니다.\n"
         "잘못된 예: \"sluggish\": \"-\"\n고치는 법: \"sluggish\": 0"}},
    [MESSAGE_OTHER_ROUNDING] = {"other-rounding", SEVERITY_NOTE, EXIT_DONE,
        {"printed {1}, computed {2}{3}", "인쇄 {1}, 계산 {2}{3}"},
        {"`perfeval audit`: the printed figure is the computed one under another rounding than the rules declare, and that rounding "
         "reproduces all of its column that the declared one does.\n"
         "Bad: rounding = { digits = 0, mode = \"half_up\" } and 112.96 is printed 112, as all of its column is cut off.\n"
         "Remedy: declare the rounding that is printed, mode = \"floor\", or print anew.",
         "`perfeval audit`: 인쇄된 수치는 규칙이 정한 것과 다른 반올림으로 나오는 값이며, 그 반올림 하나로 그 열의 다른 수치도 모두 나옵니다.\n"
         "잘못된 예: rounding = { digits = 0, mode = \"half_up\" } 인데 열 전체를 버림으로 인쇄하여 112.96 이 112 로 인쇄됨\n"
         "고치는 법: 인쇄한 대로 mode = \"floor\" 로 적거나, 다시 인쇄하세요."}},
    [MESSAGE_HIDDEN_DECIMALS] = {"hidden-decimals", SEVERITY_NOTE, EXIT_DONE,
        {"printed {1}, computed {2}{3}", "인쇄 {1}, 계산 {2}{3}"},
        {"`perfeval audit`: the printed figure does not follow from the printed numbers, but could from numbers that are printed like "
         "these: a printed 97 stands for all from 96.5 to below 97.5. The intervals say which target, or which actual, would give it; "
         "[ and ] belong to an interval, ( and ) do not.\n"
         "Bad: target 10, actual 14, printed 135\nRemedy: print the decimals that the rate was made of, 13.5 of 10.",
         "`perfeval audit`: 인쇄된 목표와 실적에서 바로 나오지는 않지만, 인쇄하며 줄인 소수가 있었다면 나올 수 있는 수치입니다. 인쇄된 97 은 96.5 이상 "
         "97.5 미만의 모든 수일 수 있습니다. 구간은 어떤 목표 또는 실적이면 되는지를 말합니다. [ ] 는 그 수를 포함하고 ( ) 는 포함하지 않습니다.\n"
         "잘못된 예: 목표 10, 실적 14, 인쇄 135\n고치는 법: 달성률을 구한 소수까지 인쇄하세요. 목표 10, 실적 13.5"}},
    [MESSAGE_IMPOSSIBLE] = {"impossible", SEVERITY_NOTE, EXIT_DONE,
        {"printed {1}, computed {2}{3}", "인쇄 {1}, 계산 {2}{3}"},
        {"`perfeval audit`: the printed figure does not follow from the printed numbers by these rules, with whatever decimals. The "
         "line says which actual would have given it.\n"
         "Bad: target 26, actual 37, printed 150\nRemedy: compare target, actual and rate with the papers they came from.",
         "`perfeval audit`: 이 규칙으로는 인쇄된 목표와 실적에서, 소수를 어떻게 줄였더라도, 나올 수 없는 수치입니다. 어떤 실적이면 나오는지를 함께 "
         "보입니다.\n"
         "잘못된 예: 목표 26, 실적 37, 인쇄 150\n고치는 법: 목표, 실적, 달성률을 원래의 자료와 견주어 보세요."}},
    [MESSAGE_HIDDEN_TARGET] = {"hidden-target", SEVERITY_NOTE, EXIT_DONE,
        {"the target is {1} %, and the actual ({2} %) is the rate itself: the target behind it is not printed",
         "목표가 {1}%이고 실적 {2}%가 곧 달성률임: 실제 목표는 인쇄되지 않음"},
        {"Nobody can check such a rate: which number was aimed at, and which was reached, is not said.\n"
         "Bad: target 100, actual 107, unit %\nRemedy: target 1500, actual 1605, unit 명",
         "무엇을 얼마나 하려 했고 얼마나 했는지 적혀 있지 않아 달성률을 확인할 수 없습니다.\n"
         "잘못된 예: 목표 100, 실적 107, 단위 %\n고치는 법: 목표 1500, 실적 1605, 단위 명"}},
    [MESSAGE_UNIT_AND_NAME] = {"unit-and-name", SEVERITY_NOTE, EXIT_DONE,
        {"the unit is {1}, the name reads as if it were {2}", "단위는 {1}, 이름대로면 {2}"},
        {"A name that ends in 율 or 달성도 reads as a percentage, one that ends in 건수, 횟수 or 인원 as a count.\n"
         "Bad: 공사장 안전점검 횟수 in %\nRemedy: correct the unit, or name what is counted: 공사장 안전점검 이행률 in %",
         "율, 달성도로 끝나는 이름은 백분율로, 건수, 횟수, 인원으로 끝나는 이름은 수량으로 읽힙니다.\n"
         "잘못된 예: 공사장 안전점검 횟수, 단위 %\n고치는 법: 단위를 고치거나 이름을 맞추세요. 공사장 안전점검 이행률, 단위 %"}},
    [MESSAGE_SHARE_ABOVE_100] = {"share-above-100", SEVERITY_NOTE, EXIT_DONE,
        {"a percentage above 100: target {1} %, actual {2} %", "100%를 넘는 비율: 목표 {1}%, 실적 {2}%"},
        {"A share of a whole is at most 100 %. Where growth or achievement is meant, let the name say so (증가율, 달성률).\n"
         "Bad: 처리율, target 90, actual 125\nRemedy: correct the number, or name it 처리 목표 달성률",
         "전체에 대한 비율은 100%를 넘을 수 없습니다. 증가나 달성의 비율이면 이름에 적으세요(증가율, 달성률).\n"
         "잘못된 예: 처리율, 목표 90, 실적 125\n고치는 법: 수치를 고치거나, 이름을 처리 목표 달성률로 고치세요."}},
    [MESSAGE_ON_THRESHOLD] = {"on-threshold", SEVERITY_NOTE, EXIT_DONE,
        {"the rate of the {1} is exactly {2}, on the threshold", "{1}의 달성률이 정확히 기준값 {2}에 있음"},
        {"Whether the threshold itself belongs to the verdict decides here: at_most 80 takes 80, below 80 does not.\n"
         "Bad: the guideline says 80 % or less and the rules say below = 80\nRemedy: at_most = 80",
         "기준값 자체를 포함하는지(이하, 미만)에 따라 판정이 달라지는 자리입니다. at_most 80 은 80 을 포함하고 below 80 은 포함하지 않습니다.\n"
         "잘못된 예: 지침은 80% 이하인데 규칙은 below = 80\n고치는 법: at_most = 80"}},
    [MESSAGE_REPEATED_NAME] = {"repeated-name", SEVERITY_NOTE, EXIT_DONE,
        {"the name of the {1} stands in its department already, on line {2}", "같은 부서에 이미 있는 {1} 이름임 ({2}번 줄)"},
        {"Names are labels: rows with one name are told apart by their places only. Blanks, dots and width are not looked at.\n"
         "Bad: 용역 추진율, 용역 추진율\nRemedy: 용역 추진율(1단계), 용역 추진율(2단계)",
         "같은 이름의 지표는 자리로만 구별됩니다. 빈칸, 가운뎃점, 전각·반각의 차이는 보지 않습니다.\n"
         "잘못된 예: 용역 추진율, 용역 추진율\n고치는 법: 용역 추진율(1단계), 용역 추진율(2단계)"}},
    [MESSAGE_NEGATIVE_ACTUAL] = {"negative-actual", SEVERITY_NOTE, EXIT_DONE,
        {"the actual is negative: {2} (target {1})", "실적이 음수임: {2} (목표 {1})"},
        {"It may be right (a reduction that became an increase); then its rate is negative too and weighs on the mean of the project.\n"
         "Bad: △5 for 5\nRemedy: 5, or leave it, and say in the remark what happened.",
         "맞는 값일 수도 있습니다(감량이 증가로 된 경우). 그때는 달성률도 음수가 되어 사업의 평균을 크게 낮춥니다.\n"
         "잘못된 예: 5 를 △5 로 적음\n고치는 법: 5 로 고치거나, 맞는 값이면 비고에 사정을 적으세요."}},
    [MESSAGE_STALE_YEAR] = {"stale-year", SEVERITY_NOTE, EXIT_DONE,
        {"the name of the {1} says {2}, the report is of {3}", "{1} 이름의 연도는 {2}, 보고서의 연도는 {3}"},
        {"It may be right (the accounts of the year before are closed this year), or left over from an older plan. The year of the report "
         "is that of the title of the rules, else that of the date of the run.\n"
         "Bad: 2018년 재난안전교육 실시, in a report of 2019\nRemedy: 2019년 재난안전교육 실시",
         "맞는 이름일 수도 있고(지난해 결산은 올해 함), 지난 계획에서 남은 것일 수도 있습니다. 보고서의 연도는 규칙의 title 에 적힌 해이고, 없으면 "
         "기준일의 해입니다.\n"
         "잘못된 예: 2019년 보고서의 2018년 재난안전교육 실시\n고치는 법: 2019년 재난안전교육 실시"}},
};
/* clang-format on */
