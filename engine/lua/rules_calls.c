#include "base/crew.h"
#include "base/memory.h"
#include "lua/lexer.h"
#include "lua/row_calls.h"
#include "lua/rules_build.h"

/** Rows a message. */
#ifndef RULES_BATCH
#define RULES_BATCH 8192
#endif
/* The fewest calls that are worth a child. */
#ifndef RULES_SHARE
#define RULES_SHARE 10000
#endif

void rules_end_workers(RuleFile *rules) {
    for (size_t i = 0; i < RULES_WORKERS; i++) {
        worker_free(rules->workers[i]);
        rules->workers[i] = NULL;
    }
}

static bool bad_message(MessageId detail, Diag *diag) {
    diag_add(diag, MESSAGE_WORKER_PROTOCOL, NULL, message_words(detail));
    return false;
}

/* `results`: those that the functions of levels see; NULL for functions of rows. */
static bool start_worker(RuleFile *rules, size_t number, const Results *results, Diag *diag) {
    if (rules->workers[number]) return true;
    RowCalls job = {.scripts = rules->scripts,
                    .script_count = rules->count,
                    .plan = rules->plan,
                    .dataset = rules->dataset,
                    .results = results,
                    .watched = rules->watched};
    WorkerLimits limits = limits_of_functions(&rules->limits);
    rules->workers[number] = worker_start(row_calls_serve, &job, &limits, rules->folders, diag);
    return rules->workers[number] != NULL;
}

static Place failed_place(const RuleFile *rules, Str file, uint32_t line, Arena *arena);

/* Lua counts lines that only end a block; no test needs to reach those by themselves. */
static bool holds_code(Str line) {
    Lexer lexer = {.text = line, .line = 1, .column = 1};
    for (Token token = lexer_next(&lexer); token.kind != TOKEN_END; token = lexer_next(&lexer)) {
        bool closes = token.kind == TOKEN_CLOSE || token.kind == TOKEN_SIGN || str_is(token.text, "else");
        if (!closes) return true;
    }
    return false;
}

static void note_line(RuleFile *rules, const Place *place, bool hit) {
    for (size_t i = 0; i < rules->line_count; i++) {
        RuleLine *known = &rules->lines[i];
        if (known->place.line != place->line || !str_equal(known->place.file, place->file)) continue;
        known->hit |= hit;
        return;
    }
    if (rules->line_count == rules->line_room) {
        rules->line_room = memory_growth(rules->line_room, rules->line_count + 1);
        rules->lines = memory_resize(rules->lines, rules->line_room, sizeof *rules->lines);
    }
    rules->lines[rules->line_count++] = (RuleLine){*place, hit};
}

/* Asks the child, which is there, for the lines. */
static void collect_lines(RuleFile *rules, Diag *diag) {
    Buffer request = {0}, reply = {0};
    wire_add_u32(&request, 0);
    if (worker_ask(rules->workers[0], buffer_view(&request), &reply, diag)) {
        WireReader reader = {.bytes = buffer_view(&reply)};
        while (!reader.bad && reader.at < reader.bytes.size) {
            Str file = wire_text(&reader);
            uint32_t line = wire_u32(&reader), hit = wire_u32(&reader);
            Place place = failed_place(rules, file, line, &rules->arena);
            if (!reader.bad && holds_code(place.source)) note_line(rules, &place, hit != 0);
        }
    }
    buffer_release(&request);
    buffer_release(&reply);
}

static void end_functions(RuleFile *rules) {
    if (rules->watched && rules->workers[0]) {
        Diag *unheard = diag_new(); /* what cannot be had is not counted */
        collect_lines(rules, unheard);
        diag_free(unheard);
    }
    rules_end_workers(rules);
}

static Place failed_place(const RuleFile *rules, Str file, uint32_t line, Arena *arena) {
    for (size_t i = 0; i < rules->count; i++) {
        if (str_equal(file, rules->scripts[i].path)) return source_line(rules->sources[i], line);
    }
    return (Place){.file = arena_copy(arena, file), .line = line};
}

static const Complaint *read_complaint(const RuleFile *rules, WireReader *reader, Arena *arena) {
    Complaint *complaint = arena_new(arena, 1, sizeof *complaint);
    complaint->message = arena_copy(arena, wire_text(reader));
    Str file = wire_text(reader);
    complaint->place = failed_place(rules, file, wire_u32(reader), arena);
    return complaint;
}

static bool read_answers(RuleFile *rules, Str reply, Answer *answers, size_t count, Arena *arena,
                         Diag *diag) {
    WireReader reader = {.bytes = reply};
    if (wire_u32(&reader) != 0) rules->alone = true;
    if (!row_calls_read(&reader, answers, count)) return bad_message(TEXT_PROTOCOL_ANSWERS, diag);
    for (size_t i = 0; i < count && !reader.bad; i++)
        if (answers[i].kind == ANSWER_FAILED) answers[i].complaint = read_complaint(rules, &reader, arena);
    return wire_done(&reader) || bad_message(TEXT_PROTOCOL_ANSWERS, diag);
}

/* What is asked: a function, for rows or for units of a level. */
typedef struct Question {
    uint32_t function;
    Level level;          /* LEVEL_COUNT: rows */
    const uint32_t *rows; /* NULL: all units from 0 */
    size_t count;
} Question;

static void write_request(Buffer *request, const Question *question, size_t first, size_t count) {
    request->size = 0;
    wire_add_u32(request, question->function);
    wire_add_u32(request, question->level);
    wire_add_u32(request, (uint32_t)count);
    for (size_t i = first; i < first + count; i++)
        wire_add_u32(request, question->rows ? question->rows[i] : (uint32_t)i);
}

/* Batch by batch; the child is there. After a false it is gone. */
static bool ask(RuleFile *rules, const Question *question, Answer *answers, Arena *arena, Diag *diag) {
    Buffer request = {0}, reply = {0};
    bool ok = true;
    for (size_t done = 0; ok && done < question->count;) {
        size_t left = question->count - done, batch = left < RULES_BATCH ? left : RULES_BATCH;
        write_request(&request, question, done, batch);
        ok = worker_ask(rules->workers[0], buffer_view(&request), &reply, diag) &&
             read_answers(rules, buffer_view(&reply), answers + done, batch, arena, diag);
        done += batch;
    }
    buffer_release(&request);
    buffer_release(&reply);
    if (!ok) rules_end_workers(rules);
    return ok;
}

/* What one of several children is asked. */
typedef struct Share {
    Worker *worker;
    size_t next, end; /* of the question's rows, those not asked for yet */
    size_t asked;     /* rows of the request under way, before next */
} Share;

static bool send_batch(Share *share, const Question *question, Buffer *request, Diag *diag) {
    size_t left = share->end - share->next;
    share->asked = left < RULES_BATCH ? left : RULES_BATCH;
    if (share->asked == 0) return true;
    write_request(request, question, share->next, share->asked);
    share->next += share->asked;
    return worker_send(share->worker, buffer_view(request), diag);
}

/* While one reply is read the other children are at work. */
static bool ask_shares(RuleFile *rules, Share *shares, size_t count, const Question *question,
                       Answer *answers, Arena *arena, Diag *diag) {
    Buffer request = {0}, reply = {0};
    bool good = true, busy = true;
    for (size_t i = 0; good && i < count; i++) good = send_batch(&shares[i], question, &request, diag);
    while (good && busy) {
        busy = false;
        for (size_t i = 0; good && i < count; i++) {
            Share *share = &shares[i];
            Answer *into = answers + share->next - share->asked;
            if (share->asked == 0) continue;
            good = worker_take(share->worker, &reply, diag) &&
                   read_answers(rules, buffer_view(&reply), into, share->asked, arena, diag) &&
                   !rules->alone && send_batch(share, question, &request, diag);
            busy = true;
        }
    }
    buffer_release(&request);
    buffer_release(&reply);
    return good;
}

static void pass_on(const Diag *from, Diag *to) {
    for (size_t i = 0; i < diag_count(from); i++) {
        const DiagItem *item = diag_item(from, i);
        diag_add_list(to, item->message, &item->place, item->arguments, item->argument_count);
    }
}

/* Rows are shared out in stretches, one a child. What goes wrong is not told: one child will be asked again,
 * and its messages do not depend on how many there were. Only a limit is: it would take as long to meet it
 * again. */
static bool ask_several(RuleFile *rules, size_t count, const Question *question, Answer *answers,
                        Arena *arena, bool *limited, Diag *diag) {
    Share shares[RULES_WORKERS];
    Diag *unheard = diag_new();
    bool good = true;
    for (size_t i = 0; good && i < count; i++) {
        good = start_worker(rules, i, NULL, unheard);
        shares[i] =
            (Share){rules->workers[i], question->count * i / count, question->count * (i + 1) / count, 0};
    }
    good = good && ask_shares(rules, shares, count, question, answers, arena, unheard);
    *limited = !good && diag_exit_code(unheard) == EXIT_LIMIT;
    if (*limited) pass_on(unheard, diag);
    diag_free(unheard);
    if (!good) rules_end_workers(rules);
    return good;
}

/* How many children a question is worth. */
static size_t worker_count(const RuleFile *rules, size_t calls) {
    size_t count = rules->alone || rules->watched || calls / 2 < RULES_SHARE
                       ? 1
                       : crew_size(rules->threads, calls / RULES_SHARE);
    return count < RULES_WORKERS ? count : RULES_WORKERS;
}

static bool ask_lua(RuleFile *rules, uint32_t function, const uint32_t *rows, size_t count, Answer *answers,
                    Arena *arena, Diag *diag) {
    if (count == 0) return true;
    Question question = {function, LEVEL_COUNT, rows, count};
    size_t workers = worker_count(rules, count);
    bool limited = false;
    if (workers > 1 && ask_several(rules, workers, &question, answers, arena, &limited, diag)) return true;
    return !limited && start_worker(rules, 0, NULL, diag) && ask(rules, &question, answers, arena, diag);
}

/* The program of a function, where it has one. A child that fails over it is started anew for the calls. */
static ProgramRun *find_program(RuleFile *rules, uint32_t function, size_t count) {
    bool failed = false;
    ProgramRun *run = NULL;
    Diag *unheard = diag_new();
    if (!rules->ordinary && !rules->watched && start_worker(rules, 0, NULL, unheard))
        run = translated_find(&rules->translated, rules->workers[0], function, NULL, count,
                              dataset_columns(rules->dataset), &failed, unheard);
    if (failed) rules_end_workers(rules);
    diag_free(unheard);
    return run;
}

static void find_cells(const RuleFile *rules, const Program *program, ProgramCells *cells) {
    for (size_t i = 0; i < program->column_count; i++) {
        size_t column = program->columns[i];
        bool there = column < dataset_columns(rules->dataset);
        cells[i] = there ? (ProgramCells){dataset_numbers(rules->dataset, column),
                                          dataset_words(rules->dataset, column)}
                         : (ProgramCells){NULL, NULL};
    }
}

static bool call_functions(void *context, uint32_t function, const uint32_t *rows, size_t count,
                           Answer *answers, Arena *arena, Diag *diag) {
    RuleFile *rules = context;
    ProgramRun *run = find_program(rules, function, count);
    if (!run) return ask_lua(rules, function, rows, count, answers, arena, diag);
    ProgramCells cells[PROGRAM_COLUMNS];
    find_cells(rules, run->program, cells);
    Translated *translated = &rules->translated;
    size_t left = translated_run(translated, run, cells, rows, count, answers);
    bool good = ask_lua(rules, function, translated->left_rows, left, translated->left_answers, arena, diag);
    if (good) translated_join(translated, left, answers);
    return good;
}

/* The program of a function of units, as find_program; the child knows their results. */
static ProgramRun *find_units_program(RuleFile *rules, const Question *question, const Results *results) {
    const ProgramUnits units = {rules->dataset, results, question->level};
    bool failed = false, rows = results_plan(results)->rollups[question->level].children == LEVEL_COUNT;
    ProgramRun *run = NULL;
    Diag *unheard = diag_new();
    if (rows && !rules->ordinary && !rules->watched && start_worker(rules, 0, results, unheard))
        run = translated_find(&rules->translated, rules->workers[0], question->function, &units,
                              question->count, dataset_columns(rules->dataset), &failed, unheard);
    if (failed) rules_end_workers(rules);
    diag_free(unheard);
    return run;
}

/* All units of a level: those that the program leaves are asked of Lua. */
static bool ask_units(RuleFile *rules, const Question *all, const Results *results, Answer *answers,
                      Arena *arena, Diag *diag) {
    ProgramRun *run = find_units_program(rules, all, results);
    if (!run) return start_worker(rules, 0, results, diag) && ask(rules, all, answers, arena, diag);
    ProgramCells cells[PROGRAM_COLUMNS];
    find_cells(rules, run->program, cells);
    uint32_t *units = memory_new(all->count, sizeof *units);
    for (size_t i = 0; i < all->count; i++) units[i] = (uint32_t)i;
    Translated *translated = &rules->translated;
    size_t left = translated_run(translated, run, cells, units, all->count, answers);
    memory_free(units);
    const Question others = {all->function, all->level, translated->left_rows, left};
    bool good = left == 0 || ask(rules, &others, translated->left_answers, arena, diag);
    if (good) translated_join(translated, left, answers);
    return good;
}

/* A child sees what was in memory when it was forked: each level needs a new one. */
static bool call_units(void *context, uint32_t function, const Results *results, Level level, Answer *answers,
                       Arena *arena, Diag *diag) {
    RuleFile *rules = context;
    Question question = {function, level, NULL, dataset_level_size(rules->dataset, level)};
    end_functions(rules);
    bool ok = ask_units(rules, &question, results, answers, arena, diag);
    end_functions(rules);
    return ok;
}

void rules_set_threads(RuleFile *rules, unsigned threads) { rules->threads = threads; }

void rules_set_ordinary(RuleFile *rules) { rules->ordinary = true; }

size_t rules_translated(const RuleFile *rules, size_t *rows) {
    TranslatedCounts counts = rules->counts;
    translated_count(&rules->translated, &counts);
    *rows = counts.rows;
    return counts.functions;
}

RowFunctions rules_functions(RuleFile *rules, const Plan *plan, const Dataset *dataset) {
    rules_end_workers(rules);
    translated_end(&rules->translated);
    rules->counts = (TranslatedCounts){0};
    rules->alone = false;
    rules->line_count = 0;
    rules->plan = plan;
    rules->dataset = dataset;
    return (RowFunctions){.context = rules, .call = call_functions, .call_units = call_units};
}

/* ---- for rows that nobody keeps */

static void end_askers(void *context) {
    RuleFile *rules = context;
    if (rules->askers) askers_count(rules->askers, &rules->counts);
    askers_free(rules->askers);
    rules->askers = NULL;
}

static bool begin_askers(void *context, const Plan *plan, const Dataset *sample, size_t count) {
    RuleFile *rules = context;
    const RowCalls job = {.scripts = rules->scripts, .script_count = rules->count, .plan = plan};
    if (rules->watched) return false;
    rules->counts = (TranslatedCounts){0};
    const WorkerLimits limits = limits_of_functions(&rules->limits);
    rules->askers = askers_new(&job, sample, &limits, rules->folders, count, !rules->ordinary);
    return rules->askers != NULL;
}

static AskedHow ask_rows(void *context, size_t asker, uint32_t function, const struct Stretch *stretch,
                         const uint32_t *rows, size_t count, Answer *answers, bool *lacks) {
    const RuleFile *rules = context;
    return askers_ask(rules->askers, asker, function, stretch, rows, count, answers, lacks);
}

static bool is_far(void *context, size_t asker, uint32_t function) {
    const RuleFile *rules = context;
    return askers_is_far(rules->askers, asker, function);
}

static bool ask_again(void *context, size_t count) {
    const RuleFile *rules = context;
    return rules->askers && askers_again(rules->askers, count);
}

RowAskers rules_askers(RuleFile *rules) {
    return (RowAskers){rules, begin_askers, ask_rows, end_askers, is_far, ask_again};
}

void rules_watch_lines(RuleFile *rules) { rules->watched = true; }

RuleLine *rules_lines(RuleFile *rules, Arena *arena, size_t *count, Diag *diag) {
    *count = 0;
    if (!rules->watched || !start_worker(rules, 0, NULL, diag)) return NULL;
    end_functions(rules);
    RuleLine *lines = arena_new(arena, rules->line_count, sizeof *lines);
    for (size_t i = 0; i < rules->line_count; i++) lines[i] = rules->lines[i];
    *count = rules->line_count;
    return lines;
}
