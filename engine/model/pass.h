/* pass - stretches of rows through a plan, one after the other: rates of rows, nothing kept.
 *
 * The same kernels, selectors, rollups and exact decisions as model/evaluate, over a stretch's columns
 * instead of a dataset's. For plans that need no more than the rows of one project at a time (pass_can).
 */
#ifndef PERFEVAL_MODEL_PASS_H
#define PERFEVAL_MODEL_PASS_H

#include "model/asked.h"
#include "model/form.h"
#include "model/fraction.h"
#include "model/select.h"

/** Rows of a run whose mean needs no loop: so many are readable behind the last one. */
#define PASS_SHORT_RUN 4

/** A plan bound to the columns of a file; shared by all passes, read-only. */
typedef struct PassPlan {
    const Plan *plan;
    Form form;
    const NumberColumn **fields; /* of the sample, one a field of the plan; NULL where the data lack it */
    BoundSelector *selectors;    /* bound to the sample, special cases first */
    size_t case_count;           /* special cases and cases */
    RangeCuts *ranges, *any;     /* of the project's bands */
    bool by_rate;                /* no band looks at anything but the project's rate */
    bool asks;                   /* functions give rates, or choose rows */
    Arena arena;
} PassPlan;

/** True when the plan can be evaluated project by project; where functions give rates or choose rows, with
 * RowAskers. */
bool pass_can(const Plan *plan);
/** Binds the plan to a CSV text. False when anything is unusual: model/load and model/evaluate then say what.
 */
bool pass_plan_begin(PassPlan *bound, const Plan *plan, Str text, const LoadOptions *options);
void pass_plan_end(PassPlan *bound);
/** Columns of text that get ids too, one a column; between passes. False when none of them is new. */
bool pass_plan_widen(PassPlan *bound, const bool *columns);

/** One a thread. */
typedef struct Pass {
    const PassPlan *bound;
    Stretch stretch;
    FormulaColumns columns;
    BoundSelector *selectors;
    RollupInput inputs;
    uint32_t *rows; /* 0, 1, 2, … */
    double *rate, *error;
    uint8_t *missing;
    uint16_t *decided;
    size_t capacity;
    size_t *special_rows; /* one a special case */
    size_t missing_rows[MISSING_COUNT];
    size_t row_count, project_count, exact_checks;
    bool beyond; /* an exact value would have been too large */
    /* of functions */
    const RowAskers *askers;
    size_t asker;      /* its own */
    Answer *answers;   /* by row, of those whose rate does not tell (model/answers) */
    uint32_t *waiting; /* rows that functions decide, whose answers are yet to be had */
    size_t waiting_count;
    size_t waiting_case; /* that of the last ones, */
    bool waiting_mixed;  /* where not all are of one */
    uint32_t *asked;     /* those of the case that is asked for, */
    Answer *batch;       /* and their answers */
    bool lacking;        /* functions read columns that have no ids: */
    bool *lacks;         /* one a column */
    size_t function_calls;
    Arena arena;
} Pass;

void pass_begin(Pass *pass, const PassPlan *bound);
void pass_end(Pass *pass);
/** Parses a text (see stretch_parse). */
bool pass_parse(Pass *pass, Str text);
/** Functions answer by that asker; before any rates. */
void pass_ask(Pass *pass, const RowAskers *askers, size_t asker);
/** Gives rows first to end - 1 of the stretch their rates. False when that needs what a pass cannot do, or
 * pass is lacking something. */
bool pass_rates(Pass *pass, size_t first, size_t end);
/** The two halves of pass_rates: rows rated by functions wait, and get their rates once they are asked for.
 * Between the two pass_leave makes them rows that have the rate 0, for pass_count. */
bool pass_walk(Pass *pass, size_t first, size_t end);
bool pass_answer(Pass *pass);
void pass_leave(Pass *pass);
/** Counts rows without a rate by reason. */
void pass_count(Pass *pass, size_t first, size_t end);
/** One more row waits for the function of case `number`. */
void pass_wait(Pass *pass, size_t number, uint32_t row);
/** Room for rates of so many rows. */
void pass_make_room(Pass *pass, size_t rows);
/** True when the words seen so far call for a remark that needs all of them (select_remark_polarity). */
bool pass_needs_remark(const Pass *pass);
/** The exact rate of a row that has its rate, in an initialised rational; or why there is none. */
Missing pass_exact(const Pass *pass, uint32_t row, mpq_ptr out);

/** The exact mean of such rows as of one project (walk_mean). */
bool pass_mean(const Pass *pass, size_t first, size_t end, Fraction *out);

#endif
