#include "library/handle.h"

#include "base/memory.h"

const char *handle_text(Arena *arena, Str text) { return text.size ? arena_copy(arena, text).data : NULL; }

/* ---- messages */

static const char *text_of(Arena *arena, const DiagItem *item, Language language) {
    Buffer text = {0};
    message_fill(&text, message_get(item->message).text[language], item->arguments, item->argument_count,
                 language);
    const char *kept = arena_copy(arena, buffer_view(&text)).data;
    buffer_release(&text);
    return kept;
}

static const char *draw(Arena *arena, const DiagItem *item, Language language) {
    Buffer text = {0};
    diag_render(&text, item, language);
    const char *kept = arena_copy(arena, buffer_view(&text)).data;
    buffer_release(&text);
    return kept;
}

static const PerfevalSeverity severities[] = {
    [SEVERITY_ERROR] = PERFEVAL_ERROR,
    [SEVERITY_WARNING] = PERFEVAL_WARNING,
    [SEVERITY_NOTE] = PERFEVAL_NOTE,
};

static PerfevalMessage make_message(Arena *arena, const DiagItem *item) {
    PerfevalMessage made = {.code = message_get(item->message).code,
                            .severity = severities[message_get(item->message).severity],
                            .file = handle_text(arena, item->place.file),
                            .line = item->place.line,
                            .column = item->place.column,
                            .cell = handle_text(arena, item->place.cell)};
    made.text[PERFEVAL_EN] = text_of(arena, item, LANGUAGE_EN);
    made.text[PERFEVAL_KO] = text_of(arena, item, LANGUAGE_KO);
    made.drawn[PERFEVAL_EN] = draw(arena, item, LANGUAGE_EN);
    made.drawn[PERFEVAL_KO] = draw(arena, item, LANGUAGE_KO);
    return made;
}

static void forget_messages(Perfeval *perfeval) {
    diag_clear(perfeval->diag);
    arena_release(&perfeval->message_arena);
    perfeval->messages = NULL;
    perfeval->message_count = 0;
}

static void keep_messages(Perfeval *perfeval) {
    size_t count = diag_count(perfeval->diag);
    perfeval->messages = arena_new(&perfeval->message_arena, count, sizeof *perfeval->messages);
    for (size_t i = 0; i < count; i++)
        perfeval->messages[i] = make_message(&perfeval->message_arena, diag_item(perfeval->diag, i));
    perfeval->message_count = count;
    perfeval->exit_code = (int)diag_exit_code(perfeval->diag);
}

/* ---- calls */

typedef struct Attempt {
    HandleCall *call;
    HandleWork work;
} Attempt;

static void attempt(void *context) {
    const Attempt *attempt = context;
    forget_messages(attempt->call->perfeval);
    attempt->work(attempt->call);
    keep_messages(attempt->call->perfeval);
}

bool handle_run(HandleCall *call, HandleWork work) {
    Perfeval *perfeval = call->perfeval;
    Attempt attempted = {call, work};
    if (!perfeval->spent && memory_try(attempt, &attempted)) return call->good;
    perfeval->spent = true;
    perfeval->evaluated = false;
    perfeval->messages = &perfeval->last;
    perfeval->message_count = 1;
    perfeval->exit_code = MEMORY_EXIT_CODE;
    return false;
}

/* ---- birth and death */

/* What is said when memory has run out is made while there is some. */
static void make(void *context) {
    Perfeval *perfeval = memory_new(1, sizeof *perfeval);
    perfeval->diag = diag_new();
    diag_add_plain(perfeval->diag, MESSAGE_OUT_OF_MEMORY, NULL);
    perfeval->last = make_message(&perfeval->own, diag_item(perfeval->diag, 0));
    diag_clear(perfeval->diag);
    *(Perfeval **)context = perfeval;
}

Perfeval *perfeval_new(void) {
    Perfeval *made = NULL;
    return memory_try(make, &made) ? made : NULL;
}

/* Memory that ran out left texts and lists whole, but rules, data and results may be half done: they stay. */
void perfeval_free(Perfeval *perfeval) {
    if (!perfeval) return;
    if (!perfeval->spent) pipeline_release(&perfeval->pipeline);
    arena_release(&perfeval->options.arena);
    arena_release(&perfeval->arena);
    buffer_release(&perfeval->bytes);
    diag_free(perfeval->diag);
    arena_release(&perfeval->message_arena);
    memory_free(perfeval->words);
    arena_release(&perfeval->own);
    memory_free(perfeval);
}

const char *perfeval_version(void) { return PERFEVAL_VERSION; }

size_t perfeval_message_count(const Perfeval *perfeval) { return perfeval->message_count; }

const PerfevalMessage *perfeval_message(const Perfeval *perfeval, size_t index) {
    return index < perfeval->message_count ? &perfeval->messages[index] : NULL;
}

int perfeval_exit_code(const Perfeval *perfeval) { return perfeval->exit_code; }
