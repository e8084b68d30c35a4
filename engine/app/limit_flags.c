#include "app/limit_flags.h"

#include "base/decimal.h"
#include "base/text.h"

#include <stddef.h>
#include <stdio.h>

/* Columns of a flag with its value in the page of help. */
#define COLUMN 24
#define DAY    86400.0
/* Below, not even the names that scripts see would fit. */
#define LEAST_MEMORY 1.0
#define MOST_MEMORY  65536.0
#define LEAST_TIME   0.01
/* One message between the processes is not larger (32 bits for its size). */
#define MOST_OUTPUT 2048.0

const LimitFlag limit_flags[LIMIT_FLAG_COUNT] = {
    {"--memory-limit", TEXT_UNIT_MEBIBYTES, TEXT_LIMIT_MEMORY, offsetof(ScriptLimits, memory_mebibytes),
     LEAST_MEMORY, MOST_MEMORY},
    {"--load-limit", TEXT_UNIT_SECONDS, TEXT_LIMIT_LOAD, offsetof(ScriptLimits, load_seconds), LEAST_TIME,
     DAY},
    {"--call-limit", TEXT_UNIT_SECONDS, TEXT_LIMIT_CALL, offsetof(ScriptLimits, call_seconds), LEAST_TIME,
     DAY},
    {"--cpu-limit", TEXT_UNIT_SECONDS, TEXT_LIMIT_CPU, offsetof(ScriptLimits, cpu_seconds), LEAST_TIME, DAY},
    {"--time-limit", TEXT_UNIT_SECONDS, TEXT_LIMIT_WALL, offsetof(ScriptLimits, wall_seconds), LEAST_TIME,
     DAY},
    {"--output-limit", TEXT_UNIT_MEBIBYTES, TEXT_LIMIT_OUTPUT, offsetof(ScriptLimits, output_mebibytes), 1,
     MOST_OUTPUT},
};

const LimitFlag *limit_flag_find(Str name) {
    for (size_t i = 0; i < LIMIT_FLAG_COUNT; i++)
        if (str_is(name, limit_flags[i].name)) return &limit_flags[i];
    return NULL;
}

static double *number_of(const LimitFlag *flag, ScriptLimits *limits) {
    return (double *)(void *)((char *)limits + flag->at);
}

static Str show(double number, char text[32]) {
    return (Str){text, (size_t)snprintf(text, 32, "%.9g", number)};
}

bool limit_flag_read(const LimitFlag *flag, ScriptLimits *limits, Str value, Diag *diag) {
    Arena arena = {0};
    Decimal decimal;
    char least[32], most[32];
    bool good = decimal_parse(value, &decimal, &arena, NULL) == DECIMAL_PLAIN;
    double number = good ? decimal_to_double(&decimal, NULL) : 0;
    arena_release(&arena);
    if (good && number >= flag->least && number <= flag->most) {
        *number_of(flag, limits) = number;
        return true;
    }
    diag_add(diag, MESSAGE_FLAG_RANGE, NULL, str_of(flag->name), value, show(flag->least, least),
             show(flag->most, most));
    return false;
}

void limit_flags_add(Buffer *out, Language language) {
    ScriptLimits defaults = LIMITS_DEFAULT;
    buffer_addf(out, "\n%s", message_get(TEXT_LIMIT_TITLE)->text[language]);
    for (size_t i = 0; i < LIMIT_FLAG_COUNT; i++) {
        char number[32], word[64];
        snprintf(word, sizeof word, "%s %s", limit_flags[i].name,
                 message_get(limit_flags[i].unit)->text[language]);
        Str shown = show(*number_of(&limit_flags[i], &defaults), number);
        buffer_addf(out, "      %s", word);
        buffer_add_repeat(out, ' ', COLUMN - text_width(str_of(word)));
        buffer_addf(out, "%s   [%.*s]\n", message_get(limit_flags[i].text)->text[language], STR_FMT(shown));
    }
    buffer_add(out, str_of(message_get(TEXT_LIMIT_OUTSIDE)->text[language]));
    buffer_add(out, str_of(message_get(TEXT_NO_TRANSLATE)->text[language]));
}
