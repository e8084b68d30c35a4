#include "lua/translated.h"

#include "base/memory.h"
#include "lua/row_calls.h"

typedef struct TranslatedFunction {
    uint32_t function;
    bool asked;  /* the child was asked for it */
    bool exists; /* and it has a program */
    size_t rows; /* seen so far */
    ProgramRun run;
} TranslatedFunction;

void translated_end(Translated *translated) {
    for (size_t i = 0; i < translated->count; i++) program_end(&translated->functions[i].run);
    memory_free(translated->functions);
    memory_free(translated->left);
    memory_free(translated->left_rows);
    memory_free(translated->left_answers);
    arena_release(&translated->arena);
    *translated = (Translated){0};
}

static TranslatedFunction *find(Translated *translated, uint32_t function) {
    size_t i = 0;
    while (i < translated->count && translated->functions[i].function != function) i++;
    if (i < translated->count) return &translated->functions[i];
    if (translated->count == translated->room) {
        translated->room = memory_growth(translated->room, translated->count + 1);
        translated->functions =
            memory_resize(translated->functions, translated->room, sizeof *translated->functions);
    }
    translated->functions[translated->count] = (TranslatedFunction){.function = function};
    return &translated->functions[translated->count++];
}

/* False when the child failed. */
static bool ask_program(Translated *translated, Worker *worker, TranslatedFunction *entry,
                        const ProgramUnits *units, size_t columns, Diag *diag) {
    Buffer request = {0}, reply = {0};
    wire_add_u32(&request, ROW_CALLS_TRANSLATE);
    wire_add_u32(&request, entry->function);
    wire_add_u32(&request, units != NULL);
    bool good = worker_ask(worker, buffer_view(&request), &reply, diag);
    WireReader reader = {.bytes = buffer_view(&reply)};
    const Program *program =
        good && reply.size ? program_read(&reader, columns, units != NULL, &translated->arena) : NULL;
    if (program) program_begin(&entry->run, program, units);
    entry->asked = true;
    entry->exists = program != NULL;
    buffer_release(&request);
    buffer_release(&reply);
    return good;
}

ProgramRun *translated_find(Translated *translated, Worker *worker, uint32_t function,
                            const ProgramUnits *units, size_t rows, size_t columns, bool *failed,
                            Diag *diag) {
    TranslatedFunction *entry = find(translated, function);
    entry->rows += rows;
    *failed = !entry->asked && entry->rows >= TRANSLATED_FROM &&
              !ask_program(translated, worker, entry, units, columns, diag);
    if (entry->exists && units) entry->run.units = *units; /* perhaps those of another year */
    return entry->exists ? &entry->run : NULL;
}

bool translated_exists(const Translated *translated, uint32_t function) {
    size_t i = 0;
    while (i < translated->count && translated->functions[i].function != function) i++;
    return i < translated->count && translated->functions[i].exists;
}

static void make_room(Translated *translated, size_t count) {
    if (count <= translated->left_room) return;
    translated->left_room = memory_growth(translated->left_room, count);
    translated->left = memory_resize(translated->left, translated->left_room, sizeof *translated->left);
    translated->left_rows =
        memory_resize(translated->left_rows, translated->left_room, sizeof *translated->left_rows);
    translated->left_answers =
        memory_resize(translated->left_answers, translated->left_room, sizeof *translated->left_answers);
}

size_t translated_run(Translated *translated, ProgramRun *run, const ProgramCells *cells,
                      const uint32_t *rows, size_t count, Answer *answers) {
    make_room(translated, count);
    size_t left = program_run(run, cells, rows, count, answers, translated->left);
    for (size_t i = 0; i < left; i++) translated->left_rows[i] = rows[translated->left[i]];
    translated->rows += count - left;
    return left;
}

void translated_join(const Translated *translated, size_t left, Answer *answers) {
    for (size_t i = 0; i < left; i++) answers[translated->left[i]] = translated->left_answers[i];
}

void translated_forget(Translated *translated) {
    for (size_t i = 0; i < translated->count; i++) program_forget(&translated->functions[i].run);
    translated->rows = 0;
}

void translated_count(const Translated *translated, TranslatedCounts *counts) {
    size_t functions = 0;
    for (size_t i = 0; i < translated->count; i++) functions += translated->functions[i].exists;
    if (functions > counts->functions) counts->functions = functions; /* threads have the same ones */
    counts->rows += translated->rows;
}
