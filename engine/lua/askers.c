#include "lua/askers.h"

#include "base/memory.h"

typedef struct Asker {
    Worker *worker;
    bool *there;  /* columns that go with each request */
    size_t *told; /* words of each column that the child knows */
    Buffer request, reply;
    Translated translated;
    Diag *unheard; /* who declines loads the rows, and is told then */
} Asker;

struct Askers {
    const Folders *folders;
    Asker *all;
    size_t count, columns;
    bool translates;
    Ahead ahead; /* what the rule files require */
    Arena arena;
};

static bool begin_asker(Askers *askers, Asker *asker, RowCalls *job, const WorkerLimits *limits) {
    asker->unheard = diag_new();
    asker->there = memory_new(askers->columns, sizeof *asker->there);
    asker->told = memory_new(askers->columns, sizeof *asker->told);
    asker->worker = worker_start(row_calls_serve, job, limits, askers->folders, asker->unheard);
    if (asker->worker) worker_knows(asker->worker, job->ahead);
    return asker->worker != NULL;
}

Askers *askers_new(const RowCalls *job, const Dataset *sample, const WorkerLimits *limits,
                   const Folders *folders, size_t count, bool translates) {
    Askers *askers = memory_new(1, sizeof *askers);
    for (size_t i = 0; i < job->script_count; i++)
        folder_read_ahead(&askers->ahead, folders, job->scripts[i].source, &askers->arena);
    askers->columns = dataset_columns(sample);
    askers->translates = translates;
    askers->folders = folders;
    askers->all = memory_new(count, sizeof *askers->all);
    askers->count = count;
    RowCalls own = *job;
    own.sample = sample;
    own.ahead = &askers->ahead;
    bool good = true;
    for (size_t i = 0; i < count && good; i++) good = begin_asker(askers, &askers->all[i], &own, limits);
    if (good) return askers;
    askers_free(askers);
    return NULL;
}

void askers_free(Askers *askers) {
    if (!askers) return;
    for (size_t i = 0; i < askers->count; i++) {
        Asker *asker = &askers->all[i];
        worker_free(asker->worker);
        memory_free(asker->there);
        memory_free(asker->told);
        translated_end(&asker->translated);
        buffer_release(&asker->request);
        buffer_release(&asker->reply);
        if (asker->unheard) diag_free(asker->unheard);
    }
    memory_free(askers->all);
    arena_release(&askers->arena);
    memory_free(askers);
}

/* Columns that are parsed go with the next request; others must be parsed first. */
static AskedHow take_lacks(Asker *asker, WireReader *reader, const Stretch *stretch, bool *lacks) {
    AskedHow how = ASKED_ANSWERED;
    uint32_t left = wire_u32(reader);
    if (left == 0) return ASKED_DECLINED;
    for (; left > 0 && !reader->bad; left--) {
        size_t column = wire_u32(reader);
        if (column >= stretch->form->columns || asker->there[column]) return ASKED_DECLINED;
        if (stretch->form->roles[column] == CELL_SKIPPED) {
            lacks[column] = true;
            how = ASKED_LACKS;
        } else {
            asker->there[column] = true;
        }
    }
    return wire_done(reader) ? how : ASKED_DECLINED;
}

static AskedHow take_answers(WireReader *reader, Answer *answers, size_t count) {
    bool good = row_calls_read(reader, answers, count);
    for (size_t k = 0; k < count && good; k++) good = answers[k].kind != ANSWER_FAILED;
    return good && wire_done(reader) ? ASKED_ANSWERED : ASKED_DECLINED;
}

/* Few words are told, and kept by both. */
static bool words_are_few(const Asker *asker, const Stretch *stretch) {
    bool few = true;
    for (size_t i = 0; i < stretch->form->columns && few; i++)
        few = !asker->there[i] || stretch->words[i].words.word_count <= ASKED_WORDS;
    return few;
}

/* One request at a time, each with more columns than the one before. */
static AskedHow ask_some(Asker *asker, uint32_t function, const Stretch *stretch, const uint32_t *rows,
                         size_t count, Answer *answers, bool *lacks) {
    for (;;) {
        if (!words_are_few(asker, stretch)) return ASKED_DECLINED;
        asker->request.size = 0;
        wire_add_u32(&asker->request, function);
        wire_add_u32(&asker->request, (uint32_t)count);
        window_write(&asker->request, stretch, rows, count, asker->there, asker->told);
        if (!worker_ask(asker->worker, buffer_view(&asker->request), &asker->reply, asker->unheard))
            return ASKED_DECLINED;
        WireReader reader = {.bytes = buffer_view(&asker->reply)};
        uint32_t state = wire_u32(&reader);
        if (state == CALLS_ANSWERED) return take_answers(&reader, answers, count);
        AskedHow how = state == CALLS_LACK ? take_lacks(asker, &reader, stretch, lacks) : ASKED_DECLINED;
        if (how != ASKED_ANSWERED) return how;
    }
}

static AskedHow ask_lua(Asker *asker, uint32_t function, const Stretch *stretch, const uint32_t *rows,
                        size_t count, Answer *answers, bool *lacks) {
    AskedHow how = ASKED_ANSWERED;
    for (size_t done = 0; done < count && how == ASKED_ANSWERED;) {
        size_t left = count - done, some = left < WINDOW_ROWS ? left : WINDOW_ROWS;
        how = ask_some(asker, function, stretch, rows + done, some, answers + done, lacks);
        done += some;
    }
    return how;
}

/* The cells that a program reads; false where some are not parsed. */
static bool find_cells(const Program *program, const Stretch *stretch, ProgramCells *cells, bool *lacks) {
    bool all = true;
    for (size_t i = 0; i < program->column_count; i++) {
        size_t column = program->columns[i];
        CellRole role = stretch->form->roles[column];
        cells[i] = (ProgramCells){role == CELL_NUMBER ? &stretch->numbers[column] : NULL,
                                  role == CELL_WORD ? &stretch->words[column].words : NULL};
        lacks[column] |= role == CELL_SKIPPED;
        all &= role != CELL_SKIPPED;
    }
    return all;
}

AskedHow askers_ask(Askers *askers, size_t number, uint32_t function, const Stretch *stretch,
                    const uint32_t *rows, size_t count, Answer *answers, bool *lacks) {
    Asker *asker = &askers->all[number];
    ProgramCells cells[PROGRAM_COLUMNS];
    bool failed = false;
    ProgramRun *run = askers->translates
                          ? translated_find(&asker->translated, asker->worker, function, NULL, count,
                                            stretch->form->columns, &failed, asker->unheard)
                          : NULL;
    if (failed) return ASKED_DECLINED;
    if (!run) return ask_lua(asker, function, stretch, rows, count, answers, lacks);
    if (!find_cells(run->program, stretch, cells, lacks)) return ASKED_LACKS;
    Translated *translated = &asker->translated;
    size_t left = translated_run(translated, run, cells, rows, count, answers);
    AskedHow how =
        ask_lua(asker, function, stretch, translated->left_rows, left, translated->left_answers, lacks);
    if (how == ASKED_ANSWERED) translated_join(translated, left, answers);
    return how;
}

bool askers_is_far(const Askers *askers, size_t number, uint32_t function) {
    return !translated_exists(&askers->all[number].translated, function);
}

bool askers_again(Askers *askers, size_t count) {
    bool good = count == askers->count;
    for (size_t i = 0; i < askers->count && good; i++)
        for (size_t column = 0; column < askers->columns && good; column++)
            good = askers->all[i].told[column] == 0;
    for (size_t i = 0; i < askers->count && good; i++) translated_forget(&askers->all[i].translated);
    return good;
}

void askers_count(const Askers *askers, TranslatedCounts *counts) {
    for (size_t i = 0; i < askers->count; i++) translated_count(&askers->all[i].translated, counts);
}
