#include "app/held.h"
#include "app/history_plot.h"
#include "app/history_view.h"
#include "io/json.h"
#include "model/export_level.h"

#include <stdio.h>
#include <stdlib.h>

/* Cells of a bar that reaches the end of the scale. */
#define BAR 40

static void take_flag(void *context, const Str *cells) {
    (void)cells;
    *(bool *)context = true;
}

/* The level of a name: the first that has it. */
static bool find_level(History *history, Series *trend) {
    static const struct {
        const char *level, *sql;
    } levels[] = {{"project", "SELECT 1 FROM units WHERE project=?1 LIMIT 1"},
                  {"department", "SELECT 1 FROM units WHERE department=?1 LIMIT 1"},
                  {"bureau", "SELECT 1 FROM units WHERE bureau=?1 LIMIT 1"}};
    for (size_t i = 0; i < 3 && trend->name.size; i++) {
        bool found = false;
        if (!history_run(history, levels[i].sql, &trend->name, 1, take_flag, &found)) return false;
        if (!found) continue;
        trend->level = levels[i].level;
        return true;
    }
    if (trend->name.size) diag_add(history->diag, MESSAGE_HISTORY_UNKNOWN, NULL, trend->name);
    return !trend->name.size;
}

static size_t verdict_of(Series *trend, Str key) {
    size_t i = 0;
    while (i < trend->verdict_count && !str_equal(trend->verdicts[i], key)) i++;
    if (i == trend->verdict_count && i < PLAN_BANDS) {
        trend->verdicts[trend->verdict_count++] = arena_copy(&trend->arena, key);
        if (str_is(key, "normal")) trend->percent = i;
    }
    return i;
}

static Point *point_of(Series *trend, const Str *cells) {
    if (trend->count && str_equal(trend->points[trend->count - 1].id, cells[0]))
        return &trend->points[trend->count - 1];
    if (trend->count == trend->room) {
        size_t room = trend->room ? 2 * trend->room : 32;
        Point *grown = arena_new(&trend->arena, room, sizeof *grown);
        for (size_t i = 0; i < trend->count; i++) grown[i] = trend->points[i];
        trend->points = grown;
        trend->room = room;
    }
    Point *point = &trend->points[trend->count++];
    *point = (Point){.id = arena_copy(&trend->arena, cells[0]),
                     .at = arena_copy(&trend->arena, cells[1]),
                     .rules = arena_copy(&trend->arena, cells[2]),
                     .day = arena_copy(&trend->arena, str_slice(cells[6], 0, 10))};
    return point;
}

static void take_point(void *context, const Str *cells) {
    Series *trend = context;
    Point *point = point_of(trend, cells);
    size_t projects = (size_t)strtoull(cells[4].data, NULL, 10);
    point->total += projects;
    if (cells[3].data) point->count[verdict_of(trend, cells[3])] += projects;
    if (cells[5].data) point->rate = arena_copy(&trend->arena, cells[5]);
    if (cells[3].data) point->verdict = arena_copy(&trend->arena, cells[3]);
}

/* In order of the days that the runs are of: --at, or the rules' date; else the day of the clock. */
#define DAY "coalesce(r.day, substr(r.at, 1, 10))"
#define POINTS                                                                                               \
    "SELECT r.id, r.at, r.rules, x.verdict, count(*), max(x.rate), " DAY                                     \
    " FROM rates x JOIN runs r ON r.id = x.run JOIN units u ON u.id = x.unit WHERE "
#define IN_ORDER                                                                                             \
    " GROUP BY r.id, x.verdict ORDER BY " DAY                                                                \
    ", r.id, (SELECT position FROM counts c WHERE c.run = r.id AND c.verdict = x.verdict)"

static bool read_points(History *history, Series *trend) {
    static const char all[] = POINTS "?1 IS NULL" IN_ORDER;
    static const char bureau[] = POINTS "u.bureau = ?1" IN_ORDER;
    static const char department[] = POINTS "u.department = ?1" IN_ORDER;
    static const char project[] = POINTS "u.project = ?1" IN_ORDER;
    const char *sql = trend->level ? bureau : all;
    if (trend->level && str_is(STR("department"), trend->level)) sql = department;
    if (trend->level && str_is(STR("project"), trend->level)) sql = project;
    const Str value = trend->name.size ? trend->name : (Str){NULL, 0};
    return history_run(history, sql, &value, 1, take_point, trend);
}

/* What is plotted: the rate of a project, else the percentage of "normal", or of the first verdict. */
static void finish(Series *trend) {
    trend->single = trend->level && str_is(STR("project"), trend->level);
    for (size_t i = 0; i < trend->count; i++) trend->single &= trend->points[i].total == 1;
    for (size_t i = 0; i < trend->count; i++) {
        Point *point = &trend->points[i];
        Buffer shown = {0};
        if (trend->single) {
            point->shown = point->rate.size ? point->rate : STR("-");
            point->none = point->rate.size == 0;
            point->value = point->none ? 0 : strtod(point->rate.data, NULL);
        } else {
            export_percent(point->count[trend->percent], point->total, &shown);
            point->shown = arena_copy(&trend->arena, buffer_view(&shown));
            point->none = point->total == 0;
            point->value =
                point->none ? 0 : 100.0 * (double)point->count[trend->percent] / (double)point->total;
        }
        buffer_release(&shown);
    }
    history_scale(trend);
}

/* ---- text */

/* A year stands where it begins. */
static void add_year(Columns *columns, const Series *trend, size_t i) {
    Str year = str_slice(trend->points[i].day, 0, 4);
    bool begins = i == 0 || !str_equal(year, str_slice(trend->points[i - 1].day, 0, 4));
    columns_add(columns, begins ? year : STR(""));
}

static void add_bar(Columns *columns, const Series *trend, const Point *point) {
    Buffer bar = {0};
    double part = point->none ? 0 : point->value / trend->high;
    size_t cells = part > 0 ? (size_t)(part * BAR + 0.5) : 0;
    buffer_add(&bar, STR("│"));
    for (size_t i = 0; i < cells; i++) buffer_add(&bar, STR("█"));
    columns_add(columns, buffer_view(&bar));
    buffer_release(&bar);
}

/* "0         50        100": the ends and the middle of the scale above the bars. */
static void add_scale(Columns *columns, const Series *trend) {
    char middle[32], high[32], line[3 * BAR];
    int half = snprintf(middle, sizeof middle, "%.9g", trend->high / 2);
    int end = snprintf(high, sizeof high, "%.9g", trend->high);
    snprintf(line, sizeof line, "0%*s%*s", BAR / 2 + half / 2, middle,
             BAR - BAR / 2 - half / 2 + (end + 1) / 2, high);
    columns_add(columns, str_of(line));
}

static void write_text(const Series *trend, Language language, Buffer *out) {
    char sides[PLAN_BANDS + 8] = "rllr";
    size_t verdicts = trend->single ? 1 : trend->verdict_count;
    for (size_t i = 0; i <= verdicts; i++) sides[4 + i] = trend->single && i == 0 ? 'l' : 'r';
    sides[5 + verdicts] = sides[6 + verdicts] = 'l';
    Columns columns;
    columns_begin(&columns, verdicts + 7, sides);
    held_heads(&columns, TEXT_HISTORY_TREND_HEAD, language);
    if (trend->single) columns_add(&columns, held_text(TEXT_HISTORY_VERDICT, language));
    for (size_t i = 0; i < verdicts && !trend->single; i++) columns_add(&columns, trend->verdicts[i]);
    Buffer head = {0};
    if (trend->single)
        buffer_add(&head, held_text(TEXT_HISTORY_RATE, language));
    else if (verdicts)
        buffer_addf(&head, "%.*s %%", STR_FMT(trend->verdicts[trend->percent]));
    columns_add(&columns, buffer_view(&head));
    buffer_release(&head);
    columns_add(&columns, held_text(TEXT_HISTORY_YEAR, language));
    add_scale(&columns, trend);
    for (size_t i = 0; i < trend->count; i++) {
        const Point *point = &trend->points[i];
        columns_add(&columns, point->id);
        columns_add(&columns, point->day);
        columns_add(&columns, point->rules);
        columns_addf(&columns, "%zu", point->total);
        if (trend->single) columns_add(&columns, point->verdict.size ? point->verdict : STR("-"));
        for (size_t k = 0; k < verdicts && !trend->single; k++)
            columns_addf(&columns, "%zu", point->count[k]);
        columns_add(&columns, point->shown);
        add_year(&columns, trend, i);
        add_bar(&columns, trend, point);
    }
    columns_end(&columns, 0, out);
}

/* ---- JSON */

static void write_json(const Series *trend, Buffer *out) {
    buffer_add(out, STR("{\"format\":\"perfeval.trend/1\""));
    json_put_known(out, "name", trend->name);
    json_put_known(out, "level", str_of(trend->level));
    buffer_add(out, STR(",\"runs\":["));
    for (size_t i = 0; i < trend->count; i++) {
        const Point *point = &trend->points[i];
        buffer_addf(out, "%s{\"run\":%.*s", i > 0 ? "," : "", STR_FMT(point->id));
        json_put_known(out, "at", point->at);
        json_put_known(out, "day", point->day);
        json_put_known(out, "rules", point->rules);
        buffer_addf(out, ",\"projects\":%zu,\"verdicts\":{", point->total);
        for (size_t k = 0; k < trend->verdict_count; k++) {
            if (k > 0) buffer_add_char(out, ',');
            json_add_text(out, trend->verdicts[k]);
            buffer_addf(out, ":%zu", point->count[k]);
        }
        buffer_add_char(out, '}');
        if (trend->single) buffer_addf(out, ",\"rate\":%s", point->rate.size ? point->rate.data : "null");
        buffer_add_char(out, '}');
    }
    buffer_add(out, STR("]}\n"));
}

bool history_trend(History *history, Str name, Str format, Language language, Buffer *out) {
    Series trend = {.name = name};
    bool good = find_level(history, &trend) && read_points(history, &trend);
    if (good) finish(&trend);
    if (good && str_is(format, "json"))
        write_json(&trend, out);
    else if (good && str_is(format, "svg"))
        history_plot(&trend, language, out);
    else if (good)
        write_text(&trend, language, out);
    arena_release(&trend.arena);
    return good;
}
