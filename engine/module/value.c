#include "module/value.h"

#include "base/decimal.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Digits that any double keeps. */
#define KEPT_DIGITS 15

/* True for -12.5 and its like with few digits, which stand for themselves. */
static bool is_plain(Str text) {
    size_t digits = 0, points = 0, at = text.size && text.data[0] == '-';
    if (at == text.size || text.data[at] == '.' || text.data[text.size - 1] == '.') return false;
    if (text.data[at] == '0' && at + 1 < text.size && text.data[at + 1] != '.') return false;
    for (; at < text.size; at++) {
        if (text.data[at] >= '0' && text.data[at] <= '9')
            digits++;
        else if (text.data[at] == '.')
            points++;
        else
            return false;
    }
    bool zeros = points && text.data[text.size - 1] == '0';
    return points <= 1 && digits <= KEPT_DIGITS && !zeros && !str_is(text, "-0");
}

/* False for what is no number. */
static bool read_double(Str text, double *value) {
    char copy[64], *end;
    if (!text.size || text.size >= sizeof copy) return false;
    for (size_t i = 0; i < text.size; i++)
        if (!strchr("0123456789+-.eE", text.data[i])) return false;
    memcpy(copy, text.data, text.size);
    copy[text.size] = '\0';
    *value = strtod(copy, &end);
    return *end == '\0' && isfinite(*value);
}

static bool read_decimal(Arena *arena, Str text, Decimal *number) {
    double value;
    if (is_plain(text)) return decimal_parse(text, number, arena, NULL) == DECIMAL_PLAIN;
    return read_double(text, &value) && decimal_from_double(value, number, arena);
}

Str value_number(Arena *arena, Str text) {
    Decimal number;
    text = str_trim(text);
    if (is_plain(text) || !read_decimal(arena, text, &number)) return arena_copy(arena, text);
    Buffer out = {0};
    decimal_write_canonical(&out, &number);
    Str kept = arena_copy(arena, buffer_view(&out));
    buffer_release(&out);
    return kept;
}

/* The point moves by two places, so nothing is computed. */
Str value_percent(Arena *arena, Str text) {
    Decimal number;
    text = str_trim(text);
    if (!read_decimal(arena, text, &number) || number.text.size || llabs(number.digits) > INT64_MAX / 100)
        return arena_copy(arena, text);
    for (; number.scale < 2; number.scale++) number.digits *= 10;
    number.scale -= 2;
    Buffer out = {0};
    decimal_write_canonical(&out, &number);
    buffer_add_char(&out, '%');
    Str kept = arena_copy(arena, buffer_view(&out));
    buffer_release(&out);
    return kept;
}

/* Year, month and day of a day counted from 1970-01-01. */
static void civil(int64_t days, int *year, int *month, int *day) {
    days += 719468; /* from 0000-03-01 */
    int64_t era = days / 146097, of_era = days % 146097;
    int64_t of_eras_year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * of_eras_year + of_eras_year / 4 - of_eras_year / 100);
    int64_t from_march = (5 * of_year + 2) / 153;
    *day = (int)(of_year - (153 * from_march + 2) / 5 + 1);
    *month = (int)(from_march < 10 ? from_march + 3 : from_march - 9);
    *year = (int)(of_eras_year + era * 400 + (*month <= 2));
}

Str value_date(Arena *arena, Str text, bool from_1904) {
    double value;
    if (!read_double(str_trim(text), &value) || value < 0 || value >= 2958466) return arena_copy(arena, text);
    int64_t seconds = (int64_t)floor(value * 86400 + 0.5), days = seconds / 86400;
    int hour = (int)(seconds % 86400 / 3600), minute = (int)(seconds % 3600 / 60),
        second = (int)(seconds % 60);
    char date[40] = "", time[20] = "";
    int year, month, day;
    int64_t epoch = from_1904 ? -24107 : days < 60 ? -25568 : -25569;
    civil(days + epoch, &year, &month, &day);
    if (days == 60 && !from_1904) year = 1900, month = 2, day = 29;
    if (days > 0 || from_1904) snprintf(date, sizeof date, "%04d-%02d-%02d", year, month, day);
    if (seconds % 86400 || !date[0]) snprintf(time, sizeof time, "%02d:%02d:%02d", hour, minute, second);
    return arena_format(arena, "%s%s%s", date, date[0] && time[0] ? " " : "", time);
}

/* The first part of a format, without texts in quotes, escaped letters and colours. */
ValueForm value_form(Str code) {
    bool date = false;
    for (size_t at = 0; at < code.size && code.data[at] != ';'; at++) {
        char byte = code.data[at];
        if (byte == '"') {
            at = str_find(code, '"', at + 1);
        } else if (byte == '\\' || byte == '_' || byte == '*') {
            at++;
        } else if (byte == '[') {
            size_t end = str_find(code, ']', at);
            date |= end == at + 2 && strchr("hHmMsS", code.data[at + 1]) != NULL;
            at = end;
        } else if (byte == '%') {
            return VALUE_PERCENT;
        } else if (byte && strchr("yYmMdDhHsS", byte)) {
            date = true;
        }
    }
    return date ? VALUE_DATE : VALUE_PLAIN;
}

ValueForm value_form_known(uint32_t number) {
    if (number == 9 || number == 10) return VALUE_PERCENT;
    bool date = (number >= 14 && number <= 22) || (number >= 27 && number <= 36) ||
                (number >= 45 && number <= 47) || (number >= 50 && number <= 58);
    return date ? VALUE_DATE : VALUE_PLAIN;
}

static int hex(char byte) {
    if (byte >= '0' && byte <= '9') return byte - '0';
    if (byte >= 'a' && byte <= 'f') return byte - 'a' + 10;
    return byte >= 'A' && byte <= 'F' ? byte - 'A' + 10 : -1;
}

/* The character of "_xHHHH_" at the head of `text`; -1 for none. */
static int32_t escaped(Str text) {
    int32_t character = 0;
    if (text.size < 7 || text.data[0] != '_' || text.data[1] != 'x' || text.data[6] != '_') return -1;
    for (size_t i = 2; i < 6; i++) {
        int digit = hex(text.data[i]);
        if (digit < 0) return -1;
        character = character * 16 + digit;
    }
    return character >= 0xd800 && character <= 0xdfff ? -1 : character;
}

static void add_character(Buffer *out, int32_t character) {
    if (character < 0x80) {
        buffer_add_char(out, (char)character);
    } else if (character < 0x800) {
        buffer_add_char(out, (char)(0xc0 | character >> 6));
        buffer_add_char(out, (char)(0x80 | (character & 0x3f)));
    } else {
        buffer_add_char(out, (char)(0xe0 | character >> 12));
        buffer_add_char(out, (char)(0x80 | (character >> 6 & 0x3f)));
        buffer_add_char(out, (char)(0x80 | (character & 0x3f)));
    }
}

Str value_unescape(Arena *arena, Str text) {
    if (str_find(text, '_', 0) == text.size && str_find(text, '\r', 0) == text.size)
        return arena_copy(arena, text);
    Buffer out = {0};
    for (size_t at = 0; at < text.size;) {
        int32_t character = escaped(str_slice(text, at, text.size));
        if (text.data[at] == '\n' && out.size && out.data[out.size - 1] == '\r') out.size--;
        if (character >= 0)
            add_character(&out, character);
        else
            buffer_add_char(&out, text.data[at]);
        at += character >= 0 ? 7 : 1;
    }
    Str kept = arena_copy(arena, buffer_view(&out));
    buffer_release(&out);
    return kept;
}
