#include "app/history_plot.h"

#include "app/held.h"
#include "base/date.h"
#include "model/drawing.h"

#include <math.h>
#include <stdio.h>

/* The field of the drawing. */
#define LEFT   70
#define TOP    50
#define WIDTH  480
#define HEIGHT 240
#define BOTTOM (TOP + HEIGHT)
/* Least distance of two labels: of values, of days, of years. */
#define VALUE_GAP 44
#define DAY_GAP   74
#define YEAR_GAP  40
/* Steps of a scale. */
#define STEPS 5

/* ---- the scale */

/* 1, 2 or 5 times a power of ten, so that at most STEPS of them hold the span. */
static double nice_step(double span) {
    static const double parts[] = {1, 2, 5, 10};
    double power = pow(10, floor(log10(span / STEPS)));
    size_t i = 0;
    while (i < 3 && parts[i] * power * STEPS < span) i++;
    return parts[i] * power;
}

void history_scale(Series *trend) {
    double low = 0, high = 0;
    for (size_t i = 0; i < trend->count; i++) {
        const Point *point = &trend->points[i];
        if (!point->none && point->value > high) high = point->value;
        if (!point->none && point->value < low) low = point->value;
    }
    bool share = !trend->single || !(high - low > 0);
    trend->step = share ? 25 : nice_step(high - low);
    trend->low = share ? 0 : trend->step * floor(low / trend->step);
    trend->high = share ? 100 : trend->step * fmax(1, ceil(high / trend->step));
}

/* ---- days */

/* Days since the first of March of the year 0: a year that begins in March ends with its leap day. */
static double day_number(int year, int month, int day) {
    int from_march = (month + 9) % 12, years = month < 3 ? year - 1 : year;
    return 365.0 * years + floor(years / 4.0) - floor(years / 100.0) + floor(years / 400.0) +
           floor((153.0 * from_march + 2) / 5) + day - 1;
}

static int digits(Str text, size_t from, size_t to) {
    int number = 0;
    for (size_t i = from; i < to; i++) number = number * 10 + (text.data[i] - '0');
    return number;
}

/* 0 for what is no day. */
static int year_of(const Point *point) { return date_is_valid(point->day) ? digits(point->day, 0, 4) : 0; }

static double number_of(const Point *point) {
    Str day = point->day;
    return year_of(point) ? day_number(year_of(point), digits(day, 5, 7), digits(day, 8, 10)) : 0;
}

/* ---- places */

/* What the places of points and years depend on. */
typedef struct Axis {
    const Series *trend;
    double first, span; /* in days; span 0: the runs stand at equal distances */
} Axis;

static Axis axis_of(const Series *trend) {
    Axis axis = {.trend = trend};
    if (!trend->count) return axis;
    axis.first = number_of(&trend->points[0]);
    axis.span = axis.first > 0 ? number_of(&trend->points[trend->count - 1]) - axis.first : 0;
    return axis;
}

static double x_of(const Axis *axis, size_t point) {
    size_t count = axis->trend->count;
    if (axis->span > 0)
        return LEFT + WIDTH * (number_of(&axis->trend->points[point]) - axis->first) / axis->span;
    return LEFT + (count > 1 ? (double)WIDTH * (double)point / (double)(count - 1) : WIDTH / 2.0);
}

static double y_of(const Series *trend, double value) {
    return BOTTOM - HEIGHT * (value - trend->low) / (trend->high - trend->low);
}

/* ---- pieces */

static void add_line(Buffer *out, double x1, double y1, double x2, double y2, const char *color) {
    svg_open(out, "path");
    svg_word(out, "stroke", color);
    buffer_addf(out, " d=\"M%.1f,%.1fL%.1f,%.1f\"", x1, y1, x2, y2);
    svg_close(out);
}

static void draw_scale(const Series *trend, Buffer *out) {
    int steps = (int)lround((trend->high - trend->low) / trend->step);
    for (int i = 0; i <= steps; i++) {
        char text[32];
        double value = trend->low + i * trend->step, y = y_of(trend, value);
        snprintf(text, sizeof text, "%.9g", value);
        add_line(out, LEFT, y, LEFT + WIDTH, y, i == 0 ? "#666666" : "#dddddd");
        svg_label(out, LEFT - 8, y + 4, "end", str_of(text));
    }
    add_line(out, LEFT, TOP, LEFT, BOTTOM, "#666666");
}

static void draw_year(int year, double from, double to, Buffer *out) {
    char text[16];
    snprintf(text, sizeof text, "%d", year);
    if (to - from >= YEAR_GAP) svg_label(out, (from + to) / 2, BOTTOM + 44, "middle", str_of(text));
}

/* A line where a year begins, its number below its part of the field; of many years every so many. */
static void draw_years(const Axis *axis, Buffer *out) {
    const Series *trend = axis->trend;
    int first = trend->count ? year_of(&trend->points[0]) : 0;
    int last = trend->count ? year_of(&trend->points[trend->count - 1]) : 0;
    if (!first || !last) return;
    int every = 1 + (last - first) * YEAR_GAP / WIDTH;
    double from = LEFT;
    int since = first;
    for (int year = first + 1; year <= last; year++) {
        if ((year - first) % every != 0 || !(axis->span > 0)) continue;
        double x = LEFT + WIDTH * (day_number(year, 1, 1) - axis->first) / axis->span;
        add_line(out, x, TOP, x, BOTTOM + 50, "#bbbbbb");
        draw_year(since, from, x, out);
        from = x;
        since = year;
    }
    draw_year(since, from, LEFT + WIDTH, out);
}

/* A gap where there is no value. */
static void draw_curve(const Axis *axis, Buffer *out) {
    const Series *trend = axis->trend;
    bool drawn = false;
    svg_open(out, "path");
    svg_word(out, "fill", "none");
    svg_word(out, "stroke-width", "2");
    svg_word(out, "stroke", "#1a5fb4");
    buffer_add(out, STR(" d=\""));
    for (size_t i = 0; i < trend->count; i++) {
        const Point *point = &trend->points[i];
        if (!point->none)
            buffer_addf(out, "%s%.1f,%.1f", drawn ? "L" : "M", x_of(axis, i), y_of(trend, point->value));
        drawn = !point->none;
    }
    buffer_add(out, STR("\"/>\n"));
}

/* Whether a label at x leaves the one before room, and does not take that of the last. */
static bool has_room(double x, double *before, double last, double gap) {
    bool room = x - *before >= gap && (last - x >= gap || x >= last);
    if (room) *before = x;
    return room;
}

/* Above the point; below one that is lower than what is beside it. */
static void draw_value(const Axis *axis, size_t i, double y, Buffer *out) {
    const Series *trend = axis->trend;
    const Point *point = &trend->points[i];
    char text[64];
    bool low = i > 0 && i + 1 < trend->count && point->value < trend->points[i - 1].value &&
               point->value < trend->points[i + 1].value;
    snprintf(text, sizeof text, "%.2f", point->value);
    Str shown = trend->single && !point->none ? str_of(text) : point->shown;
    bool first = i == 0 && trend->count > 1; /* beside the numbers of the scale */
    svg_label(out, x_of(axis, i) + (first ? 4 : 0), low ? y + 18 : y - 8, first ? "start" : "middle", shown);
}

static void draw_points(const Axis *axis, Buffer *out) {
    const Series *trend = axis->trend;
    double value = -WIDTH, day = -WIDTH, last = trend->count ? x_of(axis, trend->count - 1) : 0;
    for (size_t i = 0; i < trend->count; i++) {
        const Point *point = &trend->points[i];
        double x = x_of(axis, i), y = point->none ? BOTTOM : y_of(trend, point->value);
        if (!point->none) {
            svg_open(out, "circle");
            svg_number(out, "cx", x);
            svg_number(out, "cy", y);
            svg_word(out, "r", "3");
            svg_word(out, "fill", "#1a5fb4");
            svg_close(out);
        }
        if (has_room(x, &value, last, VALUE_GAP)) draw_value(axis, i, y, out);
        if (has_room(x, &day, last, DAY_GAP)) svg_label(out, x, BOTTOM + 20, "middle", point->day);
    }
}

void history_plot(const Series *trend, Language language, Buffer *out) {
    Str title = trend->name.size ? trend->name : held_text(TEXT_HISTORY_ALL, language);
    Str what = trend->single          ? held_text(TEXT_HISTORY_RATE, language)
               : trend->verdict_count ? trend->verdicts[trend->percent]
                                      : (Str){"", 0};
    Arena arena = {0};
    Axis axis = axis_of(trend);
    svg_begin(out, LEFT + WIDTH + 50, BOTTOM + 60, title);
    svg_label(out, LEFT, 20, "start", arena_format(&arena, "%.*s: %.*s (%%)", STR_FMT(title), STR_FMT(what)));
    draw_scale(trend, out);
    draw_years(&axis, out);
    draw_curve(&axis, out);
    draw_points(&axis, out);
    svg_end(out);
    arena_release(&arena);
}
