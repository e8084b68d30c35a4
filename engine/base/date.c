#include "base/date.h"

/* The number that the digits from `from` up to `to` make; -1 when one is no digit. */
static int read_digits(Str text, size_t from, size_t to) {
    int number = 0;
    for (size_t i = from; i < to; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') return -1;
        number = number * 10 + (text.data[i] - '0');
    }
    return number;
}

static int days_of(int year, int month) {
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

bool date_is_valid(Str text) {
    if (text.size != 10 || text.data[4] != '-' || text.data[7] != '-') return false;
    int year = read_digits(text, 0, 4), month = read_digits(text, 5, 7), day = read_digits(text, 8, 10);
    return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= days_of(year, month);
}
