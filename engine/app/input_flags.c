#include "app/input_flags.h"

#include "base/text.h"

#include <inttypes.h>
#include <stdio.h>

/* Columns of a flag with its value in the page of help. */
#define COLUMN 24
/* A workbook has no more columns. */
#define MOST_COLUMNS 16384
/* Rows are numbered with 32 bits. */
#define MOST_ROWS      1000000000
#define MOST_CELL      16777216
#define MOST_MEBIBYTES 1048576
#define MOST_UNPACKED  65536

const InputFlag input_flags[INPUT_FLAG_COUNT] = {
    {"--max-file", TEXT_UNIT_MEBIBYTES, TEXT_INPUT_FILE, offsetof(InputLimits, file_mebibytes),
     MOST_MEBIBYTES},
    {"--max-rows", TEXT_UNIT_NUMBER, TEXT_INPUT_ROWS, offsetof(InputLimits, rows), MOST_ROWS},
    {"--max-columns", TEXT_UNIT_NUMBER, TEXT_INPUT_COLUMNS, offsetof(InputLimits, columns), MOST_COLUMNS},
    {"--max-cell", TEXT_UNIT_BYTES, TEXT_INPUT_CELL, offsetof(InputLimits, cell_bytes), MOST_CELL},
    {"--max-unpacked", TEXT_UNIT_MEBIBYTES, TEXT_INPUT_UNPACKED, offsetof(InputLimits, unpacked_mebibytes),
     MOST_UNPACKED},
};

const InputFlag *input_flag_find(Str name) {
    for (size_t i = 0; i < INPUT_FLAG_COUNT; i++)
        if (str_is(name, input_flags[i].name)) return &input_flags[i];
    return NULL;
}

static uint64_t *number_of(const InputFlag *flag, InputLimits *limits) {
    return (uint64_t *)(void *)((char *)limits + flag->at);
}

uint64_t input_flag_number(const InputFlag *flag, const InputLimits *limits) {
    return *(const uint64_t *)(const void *)((const char *)limits + flag->at);
}

/* 0 for what is no number of digits, or above `most`. */
static uint64_t read_digits(Str text, uint64_t most) {
    uint64_t number = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') return 0;
        number = number * 10 + (uint64_t)(text.data[i] - '0');
        if (number > most) return 0;
    }
    return number;
}

bool input_flag_read(const InputFlag *flag, InputLimits *limits, Str value, Diag *diag) {
    char most[32];
    uint64_t number = read_digits(value, flag->most);
    if (number > 0) {
        *number_of(flag, limits) = number;
        return true;
    }
    Str largest = {most, (size_t)snprintf(most, sizeof most, "%" PRIu64, flag->most)};
    diag_add(diag, MESSAGE_FLAG_NUMBER, NULL, str_of(flag->name), value, STR("1"), largest);
    return false;
}

void input_flags_add(Buffer *out, Language language) {
    InputLimits defaults = INPUT_LIMITS_DEFAULT;
    buffer_addf(out, "\n%s", message_get(TEXT_INPUT_TITLE)->text[language]);
    for (size_t i = 0; i < INPUT_FLAG_COUNT; i++) {
        char word[64];
        snprintf(word, sizeof word, "%s %s", input_flags[i].name,
                 message_get(input_flags[i].unit)->text[language]);
        buffer_addf(out, "      %s", word);
        buffer_add_repeat(out, ' ', COLUMN - text_width(str_of(word)));
        buffer_addf(out, "%s   [%" PRIu64 "]\n", message_get(input_flags[i].text)->text[language],
                    input_flag_number(&input_flags[i], &defaults));
    }
}
