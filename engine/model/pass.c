#include "model/pass.h"

#include "base/memory.h"
#include "model/answers.h"
#include "model/dataset_build.h"
#include "model/results_build.h"
#include "model/walk.h"

#include <string.h>

/* Rows that an asker is asked for who is not far. */
#define NEAR_ROWS ((size_t)1024)

static bool has_function(const Selector *selector) {
    bool found = selector->kind == SELECT_FUNCTION;
    for (size_t i = 0; i < selector->part_count && !found; i++) found = has_function(&selector->parts[i]);
    return found;
}

/* Where a missing row counts, sums must tell an excluded one from the others: only a rollup does. */
static bool case_can(const Plan *plan, const Case *rule) {
    if (rule->exclude && plan->rollups[LEVEL_PROJECT].missing != MISSING_CHILD_LEFT_OUT) return false;
    return rule->adjust == ADJUST_NOTHING;
}

static bool rollup_can(const Rollup *rollup) {
    bool rates = rollup->aggregate < AGGREGATE_WORDS || rollup->aggregate == AGGREGATE_TRIMMED;
    return rates || (rollup->aggregate == AGGREGATE_COUNT_SHARE && rollup->bands == 0);
}

bool pass_can(const Plan *plan) {
    bool can = rollup_can(&plan->rollups[LEVEL_PROJECT]) && !plan->verdicts[LEVEL_PROJECT].forced &&
               !plan->rollups[LEVEL_DEPARTMENT].set && !plan->rollups[LEVEL_BUREAU].set && !plan->last_year &&
               plan->period.count == 0 && plan->verdicts[LEVEL_INDICATOR].count == 0;
    for (size_t i = 0; i < plan->special_count && can; i++) can = case_can(plan, &plan->specials[i]);
    for (size_t i = 0; i < plan->case_count && can; i++) can = case_can(plan, &plan->cases[i]);
    return can;
}

/* ---- binding */

/* Text that a selector asks for is a word. */
static void ask_words(PassPlan *bound, const BoundSelector *selector) {
    for (size_t i = 0; i < selector->selector->count; i++)
        for (size_t column = 0; selector->conditions[i].words && column < bound->form.stretch.columns;
             column++)
            if (dataset_words(bound->form.sample, column) == selector->conditions[i].words)
                bound->form.stretch.roles[column] = CELL_WORD;
    for (size_t i = 0; i < selector->selector->part_count; i++) ask_words(bound, &selector->parts[i]);
}

/* Columns that need all rows at once, or looks that a pass does not have: ids are unique, periods choose
 * rows, a revision takes the place of the target. */
static bool needs_dataset(ColumnId id) {
    return id == COLUMN_ID || id == COLUMN_PERIOD ||
           (id >= COLUMN_REVISED_TARGET && id <= COLUMN_ORIGINAL_TARGET);
}

/* False for columns that need a dataset. */
static bool bind_columns(PassPlan *bound) {
    for (size_t column = 0; column < bound->form.stretch.columns; column++) {
        if (needs_dataset(dataset_column_id(bound->form.sample, column))) return false;
    }
    for (size_t i = 0; i < bound->case_count; i++) ask_words(bound, &bound->selectors[i]);
    return true;
}

static bool bind_fields(PassPlan *bound) {
    const FieldList *fields = &bound->plan->fields;
    bound->fields = arena_new(&bound->arena, fields->count, sizeof *bound->fields);
    for (size_t i = 0; i < fields->count; i++) {
        size_t column;
        ColumnId known;
        if (dataset_find_column(bound->form.sample, fields->names[i], &column))
            bound->fields[i] = dataset_numbers(bound->form.sample, column);
        else if (!column_find(fields->names[i], &known))
            return false;
    }
    return true;
}

static bool bind_selectors(PassPlan *bound) {
    Diag *ignored = diag_new();
    bool good = true;
    bound->selectors = arena_new(&bound->arena, bound->case_count, sizeof *bound->selectors);
    for (size_t i = 0; i < bound->case_count; i++)
        good &= select_bind(&bound->arena, &results_case(bound->plan, i)->when, bound->form.sample,
                            &bound->selectors[i], ignored);
    for (size_t i = 0; i < bound->case_count; i++) {
        const Case *rule = results_case(bound->plan, i);
        bound->asks |= rule->function != 0 || has_function(&rule->when);
    }
    diag_free(ignored);
    return good;
}

static void bind_bands(PassPlan *bound) {
    const Verdicts *verdicts = &bound->plan->verdicts[LEVEL_PROJECT];
    bound->by_rate = true;
    bound->ranges = arena_new(&bound->arena, verdicts->count, sizeof *bound->ranges);
    bound->any = arena_new(&bound->arena, verdicts->count, sizeof *bound->any);
    for (size_t i = 0; i < verdicts->count; i++) {
        bound->ranges[i] = range_cuts(&verdicts->bands[i].range);
        bound->any[i] = range_cuts(&verdicts->bands[i].any);
        bound->by_rate &= range_is_open(&verdicts->bands[i].any);
    }
}

bool pass_plan_begin(PassPlan *bound, const Plan *plan, Str text, const LoadOptions *options) {
    *bound = (PassPlan){.plan = plan, .case_count = plan->special_count + plan->case_count};
    bind_bands(bound);
    return form_begin(&bound->form, text, options) && bind_selectors(bound) && bind_columns(bound) &&
           bind_fields(bound);
}

void pass_plan_end(PassPlan *bound) {
    form_end(&bound->form);
    arena_release(&bound->arena);
    *bound = (PassPlan){0};
}

bool pass_plan_widen(PassPlan *bound, const bool *columns) {
    bool any = false;
    for (size_t column = 0; column < bound->form.stretch.columns; column++) {
        bool widens = columns[column] && bound->form.stretch.roles[column] == CELL_SKIPPED;
        if (widens) bound->form.stretch.roles[column] = CELL_WORD;
        any |= widens;
    }
    return any;
}

/* The pass's own column for one of the sample. */
static const NumberColumn *own_numbers(const Pass *pass, const NumberColumn *numbers) {
    for (size_t column = 0; numbers && column < pass->bound->form.stretch.columns; column++)
        if (dataset_numbers(pass->bound->form.sample, column) == numbers)
            return &pass->stretch.numbers[column];
    return NULL;
}

static const TextColumn *own_words(const Pass *pass, const TextColumn *words) {
    for (size_t column = 0; words && column < pass->bound->form.stretch.columns; column++)
        if (dataset_words(pass->bound->form.sample, column) == words)
            return &pass->stretch.words[column].words;
    return NULL;
}

static void own_selector(Pass *pass, const BoundSelector *from, BoundSelector *to) {
    *to = (BoundSelector){.selector = from->selector};
    to->conditions = arena_new(&pass->arena, from->selector->count, sizeof *to->conditions);
    to->parts = arena_new(&pass->arena, from->selector->part_count, sizeof *to->parts);
    for (size_t i = 0; i < from->selector->count; i++) {
        to->conditions[i] = from->conditions[i];
        to->conditions[i].numbers = own_numbers(pass, from->conditions[i].numbers);
        to->conditions[i].words = own_words(pass, from->conditions[i].words);
        to->conditions[i].word_holds = NULL;
        to->conditions[i].answered = 0;
    }
    for (size_t i = 0; i < from->selector->part_count; i++)
        own_selector(pass, &from->parts[i], &to->parts[i]);
}

static const NumberColumn *input_column(const Pass *pass, Str name) {
    size_t column;
    bool there = name.size && dataset_find_column(pass->bound->form.sample, name, &column);
    return there ? own_numbers(pass, dataset_numbers(pass->bound->form.sample, column)) : NULL;
}

void pass_begin(Pass *pass, const PassPlan *bound) {
    const Plan *plan = bound->plan;
    *pass = (Pass){.bound = bound};
    stretch_begin(&pass->stretch, &bound->form.stretch);
    pass->columns.columns = arena_new(&pass->arena, plan->fields.count, sizeof *pass->columns.columns);
    pass->columns.bits = plan->exact_bits;
    for (size_t i = 0; i < plan->fields.count; i++)
        pass->columns.columns[i] = own_numbers(pass, bound->fields[i]);
    pass->selectors = arena_new(&pass->arena, bound->case_count, sizeof *pass->selectors);
    for (size_t i = 0; i < bound->case_count; i++)
        own_selector(pass, &bound->selectors[i], &pass->selectors[i]);
    pass->lacks = arena_new(&pass->arena, bound->form.stretch.columns, sizeof *pass->lacks);
    pass->special_rows = arena_new(&pass->arena, plan->special_count, sizeof *pass->special_rows);
    pass->inputs.weights = input_column(pass, plan->rollups[LEVEL_PROJECT].weight);
    pass->inputs.bits = plan->exact_bits;
}

void pass_ask(Pass *pass, const RowAskers *askers, size_t asker) {
    pass->askers = askers;
    pass->asker = asker;
}

static void release_selector(BoundSelector *selector) {
    for (size_t i = 0; i < selector->selector->count; i++) memory_free(selector->conditions[i].word_holds);
    for (size_t i = 0; i < selector->selector->part_count; i++) release_selector(&selector->parts[i]);
}

void pass_end(Pass *pass) {
    for (size_t i = 0; i < pass->bound->case_count; i++) release_selector(&pass->selectors[i]);
    stretch_end(&pass->stretch);
    memory_free(pass->rows);
    memory_free(pass->rate);
    memory_free(pass->error);
    memory_free(pass->missing);
    memory_free(pass->decided);
    memory_free(pass->answers);
    memory_free(pass->waiting);
    memory_free(pass->asked);
    memory_free(pass->batch);
    arena_release(&pass->arena);
    *pass = (Pass){0};
}

/* ---- rows */

/* Conditions answer for the words that are new since the last stretch. */
static void answer_words(Pass *pass, BoundSelector *selector) {
    for (size_t i = 0; i < selector->selector->count; i++) {
        BoundCondition *bound = &selector->conditions[i];
        if (!bound->words || bound->answered == bound->words->word_count) continue;
        bound->word_holds =
            memory_resize(bound->word_holds, bound->words->word_count, sizeof *bound->word_holds);
        for (; bound->answered < bound->words->word_count; bound->answered++)
            bound->word_holds[bound->answered] =
                select_text_holds(bound->condition, bound->words->words[bound->answered], &pass->arena);
    }
    for (size_t i = 0; i < selector->selector->part_count; i++) answer_words(pass, &selector->parts[i]);
}

void pass_make_room(Pass *pass, size_t rows) {
    rows += PASS_SHORT_RUN; /* a short run is read as if it were that long */
    if (rows <= pass->capacity) return;
    pass->capacity = memory_growth(pass->capacity, rows);
    pass->rows = memory_resize(pass->rows, pass->capacity, sizeof *pass->rows);
    pass->rate = memory_resize(pass->rate, pass->capacity, sizeof *pass->rate);
    pass->error = memory_resize(pass->error, pass->capacity, sizeof *pass->error);
    pass->missing = memory_resize(pass->missing, pass->capacity, sizeof *pass->missing);
    pass->decided = memory_resize(pass->decided, pass->capacity, sizeof *pass->decided);
    if (pass->bound->asks) {
        pass->answers = memory_resize(pass->answers, pass->capacity, sizeof *pass->answers);
        pass->waiting = memory_resize(pass->waiting, pass->capacity, sizeof *pass->waiting);
        pass->asked = memory_resize(pass->asked, pass->capacity, sizeof *pass->asked);
        pass->batch = memory_resize(pass->batch, pass->capacity, sizeof *pass->batch);
    }
    for (size_t row = 0; row < pass->capacity; row++) pass->rows[row] = (uint32_t)row;
}

bool pass_parse(Pass *pass, Str text) {
    if (!stretch_parse(&pass->stretch, text)) return false;
    for (size_t i = 0; i < pass->bound->case_count; i++) answer_words(pass, &pass->selectors[i]);
    pass_make_room(pass, pass->stretch.rows);
    return true;
}

bool pass_needs_remark(const Pass *pass) {
    const PassPlan *bound = pass->bound;
    bool needed = false;
    for (size_t i = bound->plan->special_count; i < bound->case_count && !needed; i++)
        needed = select_missed_polarity(&pass->selectors[i]) != NULL;
    return needed;
}

static void let_wait(void *context, size_t number, const uint32_t *rows, size_t count) {
    Pass *pass = context;
    pass->waiting_mixed |= pass->waiting_count > 0 && pass->waiting_case != number;
    pass->waiting_case = number;
    if (count > 0) memcpy(pass->waiting + pass->waiting_count, rows, count * sizeof *rows);
    pass->waiting_count += count;
}

void pass_wait(Pass *pass, size_t number, uint32_t row) { let_wait(pass, number, &row, 1); }

static void note_beyond(void *context, uint32_t row, size_t number) {
    Pass *pass = context;
    (void)row, (void)number;
    pass->beyond = true;
}

/* What a selector's function says of rows; an answer that is none is for the general way to tell. */
static bool ask_selector(void *context, uint32_t function, const uint32_t *rows, size_t count, Taken *taken) {
    Pass *pass = context;
    const RowAskers *askers = pass->askers;
    Answer answers[FORMULA_BLOCK];
    AskedHow how = askers ? askers->ask(askers->context, pass->asker, function, &pass->stretch, rows, count,
                                        answers, pass->lacks)
                          : ASKED_DECLINED;
    pass->function_calls += count;
    pass->lacking |= how == ASKED_LACKS;
    bool good = how == ASKED_ANSWERED;
    for (size_t k = 0; k < count && good; k++) {
        taken[k] = answers[k].kind == ANSWER_YES ? TAKEN_YES : TAKEN_NO;
        good = answers[k].kind != ANSWER_NUMBER && answers[k].kind != ANSWER_WHOLE;
    }
    return good;
}

static const WalkHooks hooks = {ask_selector, let_wait, note_beyond};

static Walk begin_walk(Pass *pass) {
    return (Walk){.plan = pass->bound->plan,
                  .selectors = pass->selectors,
                  .case_count = pass->bound->case_count,
                  .columns = &pass->columns,
                  .hooks = &hooks,
                  .context = pass,
                  .rate = pass->rate,
                  .error = pass->error,
                  .missing = pass->missing,
                  .decided = pass->decided,
                  .special_rows = pass->special_rows};
}

/* The waiting rows of case `number`, in their order. */
static const uint32_t *gather_asked(const Pass *pass, size_t number, size_t *count) {
    *count = 0;
    if (!pass->waiting_mixed) {
        *count = pass->waiting_case == number ? pass->waiting_count : 0;
        return pass->waiting;
    }
    for (size_t k = 0; k < pass->waiting_count; k++) {
        pass->asked[*count] = pass->waiting[k];
        *count += pass->decided[pass->waiting[k]] == number;
    }
    return pass->asked;
}

static AnswerRates own_rates(const Pass *pass) {
    return (AnswerRates){pass->rate, pass->error, pass->missing, pass->answers};
}

static bool ask_rows(Pass *pass, uint32_t function, const uint32_t *rows, size_t count) {
    const RowAskers *askers = pass->askers;
    const AnswerRates out = own_rates(pass);
    AskedHow how = askers->ask(askers->context, pass->asker, function, &pass->stretch, rows, count,
                               pass->batch, pass->lacks);
    pass->function_calls += count;
    pass->lacking |= how == ASKED_LACKS;
    return how == ASKED_ANSWERED && answers_rates(pass->batch, rows, count, &out);
}

/* Who is far is asked for all rows at once; else answers do not get far before they are taken. */
static bool ask_case(Pass *pass, size_t number) {
    const RowAskers *askers = pass->askers;
    uint32_t function = results_case(pass->bound->plan, number)->function;
    size_t count;
    const uint32_t *rows = gather_asked(pass, number, &count);
    bool far = !askers->is_far || askers->is_far(askers->context, pass->asker, function), good = true;
    for (size_t done = 0, some; done < count && good; done += some) {
        some = far || count - done < NEAR_ROWS ? count - done : NEAR_ROWS;
        good = ask_rows(pass, function, rows + done, some);
    }
    return good;
}

bool pass_walk(Pass *pass, size_t first, size_t end) {
    Walk walk = begin_walk(pass);
    bool good = true;
    pass->row_count += end - first;
    pass->waiting_count = 0;
    pass->waiting_mixed = false;
    for (size_t row = first; row < end && good; row += FORMULA_BLOCK)
        good = walk_block(&walk, pass->rows + row, end - row < FORMULA_BLOCK ? end - row : FORMULA_BLOCK);
    pass->exact_checks += walk.exact_checks;
    return good && !pass->beyond;
}

/* Once all rows have their cases: many calls together cost less each. */
bool pass_answer(Pass *pass) {
    bool any = pass->waiting_count > 0, good = !any || pass->askers;
    for (size_t number = 0; any && good && number < pass->bound->case_count; number++)
        if (results_case(pass->bound->plan, number)->function) good = ask_case(pass, number);
    return good;
}

void pass_leave(Pass *pass) {
    for (size_t i = 0; i < pass->waiting_count; i++) {
        uint32_t row = pass->waiting[i];
        pass->rate[row] = pass->error[row] = 0;
        pass->missing[row] = MISSING_NONE;
    }
}

void pass_count(Pass *pass, size_t first, size_t end) {
    const Walk walk = begin_walk(pass);
    walk_count_missing(&walk, first, end, pass->missing_rows);
}

bool pass_rates(Pass *pass, size_t first, size_t end) {
    bool good = pass_walk(pass, first, end) && pass_answer(pass);
    if (good) pass_count(pass, first, end);
    return good;
}

static Answer own_answer(const void *context, size_t row) {
    const AnswerRates rates = own_rates(context);
    return answers_exact(&rates, (uint32_t)row);
}

Missing pass_exact(const Pass *pass, uint32_t row, mpq_ptr out) {
    if (pass->missing[row] != MISSING_NONE) return (Missing)pass->missing[row];
    const Case *rule = results_case(pass->bound->plan, pass->decided[row]);
    if (rule->formula) return formula_exact(rule->formula, &pass->columns, row, out);
    Answer answer = own_answer(pass, row);
    results_answer_exact(&answer, out);
    return MISSING_NONE;
}

bool pass_mean(const Pass *pass, size_t first, size_t end, Fraction *out) {
    const Walk walk = {.plan = pass->bound->plan,
                       .columns = &pass->columns,
                       .context = (void *)(uintptr_t)pass,
                       .missing = pass->missing,
                       .decided = pass->decided,
                       .answer = own_answer};
    return walk_mean(&walk, first, end, pass->bound->plan->rollups[LEVEL_PROJECT].missing, out);
}
