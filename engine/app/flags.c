#include "app/flags.h"

#include "base/date.h"
#include "base/decimal.h"
#include "base/text.h"
#include "model/partial.h"
#include "model/schema.h"

#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

/* Columns of a limit with its unit in the page of help. */
#define COLUMN 24
/* Rows are numbered with 32 bits, and a workbook has no more columns. */
#define MOST_ROWS      1000000000
#define MOST_COLUMNS   16384
#define MOST_CELL      16777216
#define MOST_MEBIBYTES 1048576
#define MOST_UNPACKED  65536
#define MOST_PARTS     65535
/* Nothing is packed better than this. */
#define MOST_RATIO 1100
/* Below, not even the names that scripts see would fit. */
#define LEAST_MEMORY 1
#define MOST_MEMORY  65536
#define LEAST_TIME   0.01
#define DAY          86400
/* One message between the processes is not larger (32 bits for its size). */
#define MOST_OUTPUT  2048
#define MOST_OUTPUTS 65536
#define MOST_ROW     100000000

static bool choose(const char *flag, Str value, const char *choices, Diag *diag) {
    diag_add(diag, MESSAGE_FLAG_CHOICE, NULL, str_of(flag), value, str_of(choices));
    return false;
}

static bool read_data(Options *options, Str value, Diag *diag) {
    (void)diag;
    options->data = options->data_files[options->data_count++] = value;
    return true;
}

static bool read_within(Options *options, Str value, Diag *diag) {
    Decimal number, zero = decimal_of(0);
    bool good = decimal_parse(value, &number, &options->arena, NULL) <= DECIMAL_LENIENT &&
                decimal_compare(&number, &zero) >= 0;
    if (!good) diag_add(diag, MESSAGE_FLAG_DECIMAL, NULL, STR("--within"), value);
    options->within = value;
    return good;
}

static bool read_partition(Options *options, Str value, Diag *diag) {
    if (partial_parse(value, &options->part, &options->parts)) return true;
    diag_add(diag, MESSAGE_PARTITION_SYNTAX, NULL, value);
    return false;
}

static bool read_setting(Options *options, Str value, Diag *diag) {
    size_t equals = str_find(value, '=', 0);
    if (equals == 0 || equals == value.size) {
        diag_add(diag, MESSAGE_SET_SYNTAX, NULL, value);
        return false;
    }
    options->settings[options->setting_count++] =
        (Setting){str_trim(str_slice(value, 0, equals)), str_trim(str_slice(value, equals + 1, value.size))};
    return true;
}

static bool read_at(Options *options, Str value, Diag *diag) {
    options->at = value;
    if (date_is_valid(value)) return true;
    diag_add(diag, MESSAGE_FLAG_DATE, NULL, value);
    return false;
}

static bool read_level(Options *options, Str value, Diag *diag) {
    options->has_level = export_level_find(value, &options->level);
    return options->has_level || choose("--level", value, "bureau, department, project, indicator", diag);
}

static bool read_encoding(Options *options, Str value, Diag *diag) {
    return encoding_find(value, &options->encoding) ||
           choose("--encoding", value, "utf-8, cp949, utf-16le", diag);
}

static bool read_cpu(Options *options, Str value, Diag *diag) {
    return cpu_find(value, &options->cpu) || choose("--cpu", value, "plain, avx2, avx512", diag);
}

static bool read_language(Options *options, Str value, Diag *diag) {
    options->language = message_language(value);
    return str_is(value, "en") || str_is(value, "ko") || choose("--lang", value, "en, ko", diag);
}

static bool read_ambiguous(Options *options, Str value, Diag *diag) {
    options->ambiguous = str_is(value, "1") ? 1 : str_is(value, "2") ? 2 : 0;
    return options->ambiguous || choose("--ambiguous-width", value, "1, 2", diag);
}

/* The whole number that the text writes in digits; 0 when it is none, or above `most`. */
static uint64_t whole(Str text, uint64_t most) {
    uint64_t number = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') return 0;
        number = number * 10 + (uint64_t)(text.data[i] - '0');
        if (number > most) return 0;
    }
    return number;
}

static bool refuse_whole(const char *flag, Str value, uint64_t most, Diag *diag) {
    char digits[32];
    Str largest = {digits, (size_t)snprintf(digits, sizeof digits, "%" PRIu64, most)};
    diag_add(diag, MESSAGE_FLAG_NUMBER, NULL, str_of(flag), value, STR("1"), largest);
    return false;
}

static bool read_row(Options *options, Str value, Diag *diag) {
    options->row = value;
    return whole(value, MOST_ROW) > 0 || refuse_whole("--row", value, MOST_ROW, diag);
}

static const char *const colors[] = {
    [SCREEN_AUTO] = "auto", [SCREEN_ALWAYS] = "always", [SCREEN_NEVER] = "never", NULL};
static const char *const formulas[] = {[CSV_GUARD] = "guard", [CSV_KEEP] = "keep", NULL};

/* clang-format off */
#define FIELD(name_) offsetof(Options, name_)
#define SWITCH(name_, letter_, field_) {.name = (name_), .letter = (letter_), .kind = FLAG_SWITCH, .field = FIELD(field_)}
#define VALUE(name_, letter_, field_)  {.name = (name_), .letter = (letter_), .kind = FLAG_TEXT, .field = FIELD(field_)}
#define TRIMMED(name_, letter_, field_) {.name = (name_), .letter = (letter_), .kind = FLAG_NAME, .field = FIELD(field_)}
#define LIST(name_, letter_, field_, count_) \
    {.name = (name_), .letter = (letter_), .kind = FLAG_LIST, .field = FIELD(field_), .count = FIELD(count_)}
#define CHOICE(name_, letter_, field_, words_) \
    {.name = (name_), .letter = (letter_), .kind = FLAG_CHOICE, .field = FIELD(field_), .words = (words_)}
#define WHOLE(name_, letter_, field_, most_) \
    {.name = (name_), .letter = (letter_), .kind = FLAG_WHOLE, .field = FIELD(field_), .most = (most_)}
#define READ(name_, letter_, read_) {.name = (name_), .letter = (letter_), .kind = FLAG_READ, .read = (read_)}
#define INPUT_LIMIT(name_, field_, most_, unit_, text_) \
    {.name = (name_), .letter = INPUT_FLAGS, .kind = FLAG_SIZE, .field = FIELD(input_limits.field_), \
     .most = (most_), .unit = (unit_), .text = (text_)}
#define SCRIPT_LIMIT(name_, field_, least_, most_, unit_, text_) \
    {.name = (name_), .letter = LIMIT_FLAGS, .kind = FLAG_NUMBER, .field = FIELD(limits.field_), \
     .least = (least_), .most = (most_), .unit = (unit_), .text = (text_)}

static const Flag flags[] = {
    {.name = "--output", .brief = "-o", .letter = 'o', .kind = FLAG_TEXT, .field = FIELD(output)},
    VALUE("--format", 'f', format),
    VALUE("--report", 'r', report),
    CHOICE("--color", SCREEN_FLAGS, color, colors),
    READ("--ambiguous-width", SCREEN_FLAGS, read_ambiguous),
    SWITCH("--ascii", SCREEN_FLAGS, ascii),
    SWITCH("--no-pager", SCREEN_FLAGS, no_pager),
    READ("--data", 'd', read_data),
    VALUE("--sheet", INPUT_FLAGS, sheet),
    VALUE("--query", INPUT_FLAGS, query),
    VALUE("--departments", INPUT_FLAGS, departments),
    READ("--encoding", INPUT_FLAGS, read_encoding),
    VALUE("--last-year-from", 'h', last_year_from),
    VALUE("--last-year-run", 'h', last_year_run),
    READ("--set", 's', read_setting),
    READ("--at", 'a', read_at),
    READ("--level", 'l', read_level),
    WHOLE("--threads", 't', threads, CLI_THREADS),
    READ("--cpu", 'u', read_cpu),
    SWITCH("--stats", 'c', stats),
    SWITCH("--effective", 'e', effective),
    READ("--lang", 0, read_language),
    {.name = "--help", .brief = "-h", .kind = FLAG_SWITCH, .field = FIELD(help)},
    TRIMMED("--period", 'p', period),
    SWITCH("--version", 0, version),
    VALUE("--run", 'R', run),
    VALUE("--junit", 'J', junit),
    WHOLE("--min", 'M', least, 100),
    SWITCH("--time", 'T', time),
    SWITCH("--update", 'U', update),
    SWITCH("--coverage", 'C', coverage),
    SWITCH("--list", 'L', list),
    SWITCH("--boundaries", 'B', boundaries),
    VALUE("--published", 'P', published),
    LIST("--skip", 'K', skip, skip_count),
    LIST("--only", 'O', only, only_count),
    VALUE("--project", 'N', project),
    VALUE("--indicator", 'N', indicator),
    READ("--row", 'N', read_row),
    SWITCH("--all", 'N', all),
    VALUE("--why-not", 'N', why_not),
    LIST("--param", 'm', params, param_count),
    TRIMMED("--bureau", 'b', bureau),
    TRIMMED("--department", 'D', department),
    READ("--within", 'w', read_within),
    SWITCH("--exit-code", 'x', exit_code),
    CHOICE("--csv-formulas", 'g', formulas, formulas),
    CHOICE("--output-encoding", 'g', output_encoding, output_encodings),
    SWITCH("--allow-outside", LIMIT_FLAGS, outside),
    SWITCH("--no-translate", LIMIT_FLAGS, no_translate),
    VALUE("--record", 'k', record),
    VALUE("--store", 'S', store),
    SWITCH("--partial", 'z', partial),
    READ("--partition", 'z', read_partition),
    WHOLE("--jobs", 'j', jobs, CLI_THREADS),
    VALUE("--log", 'j', log),
    VALUE("--write", 'j', write),
    SWITCH("--dry-run", 'j', dry_run),
    SWITCH("--force", 'y', force),
    SWITCH("--install-timer", 'j', install_timer),
    SWITCH("--kept", 'q', kept),
    SCRIPT_LIMIT("--memory-limit", memory_mebibytes, LEAST_MEMORY, MOST_MEMORY, TEXT_UNIT_MEBIBYTES, TEXT_LIMIT_MEMORY),
    SCRIPT_LIMIT("--load-limit", load_seconds, LEAST_TIME, DAY, TEXT_UNIT_SECONDS, TEXT_LIMIT_LOAD),
    SCRIPT_LIMIT("--call-limit", call_seconds, LEAST_TIME, DAY, TEXT_UNIT_SECONDS, TEXT_LIMIT_CALL),
    SCRIPT_LIMIT("--cpu-limit", cpu_seconds, LEAST_TIME, DAY, TEXT_UNIT_SECONDS, TEXT_LIMIT_CPU),
    SCRIPT_LIMIT("--time-limit", wall_seconds, LEAST_TIME, DAY, TEXT_UNIT_SECONDS, TEXT_LIMIT_WALL),
    SCRIPT_LIMIT("--draw-limit", draw_seconds, LEAST_TIME, DAY, TEXT_UNIT_SECONDS, TEXT_LIMIT_DRAW),
    SCRIPT_LIMIT("--output-limit", output_mebibytes, 1, MOST_OUTPUT, TEXT_UNIT_MEBIBYTES, TEXT_LIMIT_OUTPUT),
    SCRIPT_LIMIT("--outputs-limit", outputs_mebibytes, 1, MOST_OUTPUTS, TEXT_UNIT_MEBIBYTES, TEXT_LIMIT_OUTPUTS),
    INPUT_LIMIT("--max-file", file_mebibytes, MOST_MEBIBYTES, TEXT_UNIT_MEBIBYTES, TEXT_INPUT_FILE),
    INPUT_LIMIT("--max-rows", rows, MOST_ROWS, TEXT_UNIT_NUMBER, TEXT_INPUT_ROWS),
    INPUT_LIMIT("--max-columns", columns, MOST_COLUMNS, TEXT_UNIT_NUMBER, TEXT_INPUT_COLUMNS),
    INPUT_LIMIT("--max-cell", cell_bytes, MOST_CELL, TEXT_UNIT_BYTES, TEXT_INPUT_CELL),
    INPUT_LIMIT("--max-unpacked", unpacked_mebibytes, MOST_UNPACKED, TEXT_UNIT_MEBIBYTES, TEXT_INPUT_UNPACKED),
    INPUT_LIMIT("--max-parts", parts, MOST_PARTS, TEXT_UNIT_NUMBER, TEXT_INPUT_PARTS),
    INPUT_LIMIT("--max-ratio", ratio, MOST_RATIO, TEXT_UNIT_NUMBER, TEXT_INPUT_RATIO),
};
/* clang-format on */
#define FLAG_COUNT (sizeof flags / sizeof *flags)

static bool takes(const Command *command, char letter) {
    return !letter || !command || strchr(command->flags, letter);
}

const Flag *flag_find(Str name, const Command *command) {
    for (size_t i = 0; i < FLAG_COUNT; i++) {
        if (!str_is(name, flags[i].name) && !(flags[i].brief && str_is(name, flags[i].brief))) continue;
        return takes(command, flags[i].letter) ? &flags[i] : NULL;
    }
    return NULL;
}

bool flag_unknown(Str name, const Command *command, Diag *diag) {
    Str names[FLAG_COUNT];
    size_t count = 0;
    for (size_t i = 0; i < FLAG_COUNT; i++)
        if (takes(command, flags[i].letter)) names[count++] = str_of(flags[i].name);
    diag_add(diag, MESSAGE_UNKNOWN_FLAG, NULL, name);
    schema_suggest(diag, name, names, count);
    return false;
}

static void *field_of(const Flag *flag, Options *options) { return (char *)options + flag->field; }

static bool read_choice(const Flag *flag, unsigned *number, Str value, Diag *diag) {
    Buffer choices = {0};
    for (*number = 0; flag->words[*number]; ++*number) {
        if (str_is(value, flag->words[*number])) break;
        buffer_addf(&choices, "%s%s", *number ? ", " : "", flag->words[*number]);
    }
    bool found = flag->words[*number];
    if (!found) diag_add(diag, MESSAGE_FLAG_CHOICE, NULL, str_of(flag->name), value, buffer_view(&choices));
    buffer_release(&choices);
    return found;
}

static bool read_whole(const Flag *flag, void *field, Str value, Diag *diag) {
    uint64_t number = whole(value, (uint64_t)flag->most);
    if (!number) return refuse_whole(flag->name, value, (uint64_t)flag->most, diag);
    if (flag->kind == FLAG_SIZE)
        *(uint64_t *)field = number;
    else
        *(unsigned *)field = (unsigned)number;
    return true;
}

static Str show(double number, char text[32]) {
    return (Str){text, (size_t)snprintf(text, 32, "%.9g", number)};
}

static bool read_number(const Flag *flag, double *number, Str value, Diag *diag) {
    Arena arena = {0};
    Decimal decimal;
    char least[32], most[32];
    bool good = decimal_parse(value, &decimal, &arena, NULL) == DECIMAL_PLAIN;
    double read = good ? decimal_to_double(&decimal, NULL) : 0;
    arena_release(&arena);
    if (good && read >= flag->least && read <= flag->most) {
        *number = read;
        return true;
    }
    diag_add(diag, MESSAGE_FLAG_RANGE, NULL, str_of(flag->name), value, show(flag->least, least),
             show(flag->most, most));
    return false;
}

bool flag_read(const Flag *flag, Options *options, Str value, Diag *diag) {
    void *field = field_of(flag, options);
    switch (flag->kind) {
    case FLAG_SWITCH:
        *(bool *)field = true;
        return true;
    case FLAG_TEXT:
        *(Str *)field = value;
        return true;
    case FLAG_NAME:
        *(Str *)field = str_trim(value);
        return true;
    case FLAG_LIST: {
        size_t *count = (void *)((char *)options + flag->count);
        (*(Str **)field)[(*count)++] = value;
        return true;
    }
    case FLAG_CHOICE:
        return read_choice(flag, field, value, diag);
    case FLAG_WHOLE:
    case FLAG_SIZE:
        return read_whole(flag, field, value, diag);
    case FLAG_NUMBER:
        return read_number(flag, field, value, diag);
    case FLAG_READ:
        return flag->read(options, value, diag);
    }
    return false;
}

const Flag *flag_limit(size_t index) {
    for (size_t i = 0; i < FLAG_COUNT; i++)
        if (flags[i].text && index-- == 0) return &flags[i];
    return NULL;
}

void flag_add_number(const Flag *flag, const Options *options, Buffer *out) {
    const void *field = (const char *)options + flag->field;
    char text[32];
    if (flag->kind == FLAG_NUMBER)
        buffer_add(out, show(*(const double *)field, text));
    else
        buffer_addf(out, "%" PRIu64, *(const uint64_t *)field);
}

void flags_add_limits(Buffer *out, char letter, MessageId title, Language language) {
    Options defaults = OPTIONS_DEFAULT;
    const Flag *flag;
    buffer_addf(out, "\n%s", message_get(title).text[language]);
    for (size_t i = 0; (flag = flag_limit(i)) != NULL; i++) {
        if (flag->letter != letter) continue;
        char word[64];
        snprintf(word, sizeof word, "%s %s", flag->name, message_get(flag->unit).text[language]);
        buffer_addf(out, "      %s", word);
        buffer_add_repeat(out, ' ', COLUMN - text_width(str_of(word)));
        buffer_addf(out, "%s   [", message_get(flag->text).text[language]);
        flag_add_number(flag, &defaults, out);
        buffer_add(out, STR("]\n"));
    }
}
