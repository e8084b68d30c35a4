#include "app/cmd_history.h"

#include "app/held.h"
#include "app/history_view.h"

#include <glob.h>

/* A call of the command: `history WORD [OPERAND…]`. */
typedef struct Call {
    const Options *options;
    History history;
    Buffer out;
    Arena arena;
    size_t added, known;
} Call;

static Str operand(const Call *call, size_t index) {
    return index < call->options->operand_count ? call->options->operands[index] : (Str){"", 0};
}

/* ---- add */

static bool add_one(Call *call, Str file) {
    bool added;
    if (!history_add(&call->history, file, &added)) return false;
    call->added += added;
    call->known += !added;
    return true;
}

/* The records of a folder, of the jobs in it, and of their runs, in order of their names. */
static bool add_folder(Call *call, Str folder) {
    static const char *const depths[] = {"", "*/", "*/*/"};
    static const char digits[] = "[0-9][0-9][0-9][0-9][0-9][0-9]*.json";
    bool good = true;
    for (size_t depth = 0; depth < 3; depth++) {
        glob_t found = {0};
        Str pattern = arena_format(&call->arena, "%.*s/%s%s", STR_FMT(folder), depths[depth], digits);
        size_t count = glob(pattern.data, 0, NULL, &found) == 0 ? found.gl_pathc : 0;
        for (size_t i = 0; i < count && good; i++)
            good = add_one(call, arena_copy(&call->arena, str_of(found.gl_pathv[i])));
        globfree(&found);
    }
    return good;
}

static bool do_add(Call *call, Diag *diag) {
    if (call->options->operand_count < 2) {
        diag_add(diag, MESSAGE_MISSING_OPERAND, NULL, message_words(TEXT_OPERAND_RECORD));
        return false;
    }
    bool good = true;
    for (size_t i = 1; i < call->options->operand_count && good; i++) {
        Str path = operand(call, i);
        good = file_is_folder(path) ? add_folder(call, path) : add_one(call, path);
    }
    const Str words[] = {arena_format(&call->arena, "%zu", call->added),
                         arena_format(&call->arena, "%zu", call->known)};
    held_say(&call->out, TEXT_HISTORY_SAVED, words, 2, call->options->language);
    return good;
}

/* ---- the others */

static bool do_list(Call *call, Diag *diag) {
    (void)diag;
    return history_list(&call->history, call->options->language, &call->out);
}

static bool do_show(Call *call, Diag *diag) {
    (void)diag;
    return history_show(&call->history, operand(call, 1), call->options->language, &call->out);
}

static bool do_trend(Call *call, Diag *diag) {
    if (!held_check_format(call->options, "text, json, svg", diag)) return false;
    return history_trend(&call->history, operand(call, 1), call->options->format, call->options->language,
                         &call->out);
}

static bool do_check(Call *call, Diag *diag) {
    (void)diag;
    if (!history_check(&call->history)) return false;
    held_say(&call->out, TEXT_CHECK_OK, &call->history.path, 1, call->options->language);
    return true;
}

static bool do_backup(Call *call, Diag *diag) {
    if (call->options->operand_count == 2)
        return call->history.driver->backup(call->history.store, operand(call, 1), diag);
    diag_add(diag, MESSAGE_MISSING_OPERAND, NULL, message_words(TEXT_OPERAND_BACKUP));
    return false;
}

typedef struct Word {
    const char *name;
    bool (*run)(Call *call, Diag *diag);
    size_t operands; /* at most, with the word */
} Word;

static const Word words[] = {{"add", do_add, SIZE_MAX}, {"list", do_list, 1},   {"show", do_show, 2},
                             {"trend", do_trend, 2},    {"check", do_check, 1}, {"backup", do_backup, 2}};

static const Word *find_word(const Options *options, Diag *diag) {
    if (options->operand_count == 0) {
        diag_add(diag, MESSAGE_MISSING_OPERAND, NULL, STR("add, list, show, trend, check, backup"));
        return NULL;
    }
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (!str_is(options->operands[0], words[i].name)) continue;
        if (options->operand_count <= words[i].operands) return &words[i];
        diag_add(diag, MESSAGE_EXTRA_OPERAND, NULL, options->operands[words[i].operands]);
        return NULL;
    }
    diag_add(diag, MESSAGE_FLAG_CHOICE, NULL, STR("history"), options->operands[0],
             STR("add, list, show, trend, check, backup"));
    return NULL;
}

ExitCode cmd_history(Options *options, Diag *diag) {
    const Word *word = find_word(options, diag);
    if (!word) return EXIT_USAGE;
    Call call = {.options = options};
    Str path = options->store.size ? options->store : STR("history.db");
    bool good = history_open(&call.history, path, word->run == do_add, diag) && word->run(&call, diag);
    history_close(&call.history);
    if (good) cli_deliver(options, buffer_view(&call.out), diag);
    buffer_release(&call.out);
    arena_release(&call.arena);
    return diag_exit_code(diag);
}
