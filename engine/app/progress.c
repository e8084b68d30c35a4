#include "app/progress.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Milliseconds before the first line, and between two. */
#define PATIENCE 1000.0
#define INTERVAL 100.0
/* Columns that the longest line may take. */
#define LINE 40

static bool terminal_at(int descriptor) {
    const char *terminal = getenv("TERM");
    return isatty(descriptor) && terminal && *terminal && strcmp(terminal, "dumb") != 0;
}

void progress_start(Progress *progress, Language language) {
    *progress = (Progress){.language = language, .on = terminal_at(STDERR_FILENO)};
    if (progress->on) progress->start = stats_now();
}

static void show(const Progress *progress, size_t done, size_t all) {
    static const MessageId words[PHASE_COUNT] = {[PHASE_LOAD] = TEXT_PROGRESS_LOAD,
                                                 [PHASE_EVALUATE] = TEXT_PROGRESS_EVALUATE,
                                                 [PHASE_WRITE] = TEXT_PROGRESS_WRITE};
    Arena arena = {0};
    Buffer out = {0};
    Str percent =
        all ? arena_format(&arena, "%zu %%", (size_t)(100.0 * (double)done / (double)all)) : STR("");
    buffer_add_char(&out, '\r');
    message_fill(&out, message_get(words[progress->phase]).text[progress->language], &percent, 1,
                 progress->language);
    buffer_add(&out, STR("  ")); /* over the end of a longer one */
    cli_complain(buffer_view(&out));
    buffer_release(&out);
    arena_release(&arena);
}

void progress_step(Progress *progress, Phase phase, size_t done, size_t all) {
    if (!progress->on) return;
    double now = stats_now();
    if (now - progress->start < PATIENCE) return;
    if (progress->shown && progress->phase == phase && now - progress->last < INTERVAL) return;
    if (progress->phase != phase) progress_erase(progress);
    progress->phase = phase;
    progress->last = now;
    progress->shown = true;
    show(progress, done, all);
}

void progress_erase(Progress *progress) {
    if (!progress->shown) return;
    Buffer out = {0};
    buffer_add_char(&out, '\r');
    buffer_add_repeat(&out, ' ', LINE);
    buffer_add_char(&out, '\r');
    cli_complain(buffer_view(&out));
    buffer_release(&out);
    progress->shown = false;
}
