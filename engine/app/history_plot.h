/* history_plot - a trend as a drawing: days to the right with the years below, what is plotted upwards. */
#ifndef PERFEVAL_APP_HISTORY_PLOT_H
#define PERFEVAL_APP_HISTORY_PLOT_H

#include "model/plan.h"

/** A run as far as the units of the name go. */
typedef struct Point {
    Str id, at, rules;
    Str day;                      /* that the run is of: YYYY-MM-DD */
    Str rate, verdict;            /* of a single project */
    size_t count[PLAN_BANDS + 1]; /* projects by verdict, in the order of Series.verdicts */
    size_t total;
    bool none;    /* there is no value: no rate, or no projects */
    double value; /* the percentage, or the rate */
    Str shown;    /* the same as it is printed */
} Point;

/** Runs in order of their days. */
typedef struct Series {
    Arena arena;
    Str name;
    const char *level; /* "project", "department", "bureau"; NULL: all */
    bool single;       /* one project: its rate is shown */
    Str verdicts[PLAN_BANDS + 1];
    size_t verdict_count, percent;
    Point *points;
    size_t count, room;
    double low, high, step; /* of the scale: low at most 0, high above 0, both multiples of step */
} Series;

/** Finds a scale that holds all values. */
void history_scale(Series *trend);
/** Adds the drawing (SVG). */
void history_plot(const Series *trend, Language language, Buffer *out);

#endif
