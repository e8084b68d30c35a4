#include "app/timer.h"

#include "app/pattern.h"
#include "app/pipeline.h"

#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* What the units are made of. */
typedef struct Timer {
    const Jobs *jobs;
    Arena *arena;
    Str program, folder, list, user; /* list: seen from the working folder */
    Str writable;                    /* folders, with blanks between */
    Str records, summary, log, sendmail;
    int *error; /* why the system did not say where something is */
} Timer;

#define TEMPLATE_LIMIT ((size_t)64 * 1024)

/* An absolute path without "..", or with the folders that are there followed. */
static Str absolute(const Timer *timer, Str path) {
    char real[4096];
    Str whole = path_join(timer->arena, timer->folder, path);
    if (realpath(whole.data, real)) return arena_copy(timer->arena, str_of(real));
    if (errno != ENOENT && errno != ENOTDIR) *timer->error = errno;
    return whole;
}

typedef enum Quoting { QUOTE_NONE, QUOTE_PATH, QUOTE_WORD, QUOTE_SHELL, QUOTE_CRON } Quoting;

static const char *const quotings[] = {"", "path:", "word:", "shell:", "cron:"};

/* One byte of a value, as the place where it stands needs it. QUOTE_PATH: a setting's whole value, where only
 * % is special; QUOTE_WORD: a word in double quotes; QUOTE_SHELL: in single quotes within such a word;
 * QUOTE_CRON: in single quotes of a line of cron, where % ends the command. */
static void add_byte(Buffer *out, char byte, Quoting quoting) {
    bool unit = quoting == QUOTE_PATH || quoting == QUOTE_WORD || quoting == QUOTE_SHELL;
    if (unit && byte == '%') buffer_add_char(out, '%');
    if ((quoting == QUOTE_WORD || quoting == QUOTE_SHELL) && byte == '$') buffer_add_char(out, '$');
    if ((quoting == QUOTE_WORD || quoting == QUOTE_SHELL) && (byte == '"' || byte == '\\'))
        buffer_add_char(out, '\\');
    if (quoting == QUOTE_CRON && byte == '%') buffer_add_char(out, '\\');
    if ((quoting == QUOTE_SHELL || quoting == QUOTE_CRON) && byte == '\'')
        buffer_add(out, quoting == QUOTE_SHELL ? STR("'\\\\'") : STR("'\\'"));
    buffer_add_char(out, byte);
}

static void add_value(Buffer *out, Str value, Quoting quoting) {
    char mark = quoting == QUOTE_WORD ? '"' : '\'';
    if (quoting >= QUOTE_WORD) buffer_add_char(out, mark);
    for (size_t i = 0; i < value.size; i++) add_byte(out, value.data[i], quoting);
    if (quoting >= QUOTE_WORD) buffer_add_char(out, mark);
}

static bool find_value(const Timer *timer, Str name, Str *out) {
    const Jobs *jobs = timer->jobs;
    const struct {
        const char *name;
        Str value;
    } values[] = {{"program", timer->program},   {"folder", timer->folder},
                  {"list", timer->list},         {"user", timer->user},
                  {"writable", timer->writable}, {"calendar", jobs->calendar},
                  {"webhook", jobs->webhook},    {"delay", jobs->delay.size ? jobs->delay : STR("0")},
                  {"summary", timer->summary},   {"log", timer->log},
                  {"sendmail", timer->sendmail}};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        if (!str_is(name, values[i].name)) continue;
        *out = values[i].value;
        return true;
    }
    return false;
}

/* A line of a template, with what stands in braces filled in. */
static void fill_line(const Timer *timer, Str line, Buffer *out) {
    for (size_t i = 0; i < line.size;) {
        size_t end = str_find(line, '}', i);
        Str value, name = str_slice(line, i + 1, end);
        Quoting quoting = QUOTE_CRON;
        while (quoting > QUOTE_NONE && !str_starts(name, str_of(quotings[quoting]))) quoting--;
        name = str_slice(name, str_of(quotings[quoting]).size, name.size);
        if (line.data[i] == '{' && end < line.size && find_value(timer, name, &value)) {
            add_value(out, value, quoting);
            i = end + 1;
        } else {
            buffer_add_char(out, line.data[i++]);
        }
    }
    buffer_add_char(out, '\n');
}

/* A line may begin with a condition: ?mail, ?webhook, ?none. */
static void fill(const Timer *timer, Str template, Buffer *out) {
    bool mail = timer->jobs->mail_to.size > 0, webhook = timer->jobs->webhook.size > 0;
    const struct {
        Str mark;
        bool holds;
    } conditions[] = {{STR("?mail "), mail}, {STR("?webhook "), webhook}, {STR("?none "), !mail && !webhook}};
    while (template.size) {
        size_t end = str_find(template, '\n', 0);
        Str line = str_slice(template, 0, end);
        bool kept = true;
        for (size_t i = 0; i < sizeof conditions / sizeof *conditions; i++) {
            if (!str_starts(line, conditions[i].mark)) continue;
            kept = conditions[i].holds;
            line = str_slice(line, conditions[i].mark.size, line.size);
        }
        if (kept) fill_line(timer, line, out);
        template = str_slice(template, end + 1, template.size);
    }
}

static const char *const units[] = {"perfeval-batch.service", "perfeval-batch.timer",
                                    "perfeval-notice.service", "perfeval.cron", "perfeval.logrotate"};
#define UNITS (sizeof units / sizeof *units)

/* The templates are in scripts/timer, installed with the scripts. */
static bool draw(const Timer *timer, size_t unit, Buffer *out, Diag *diag) {
    Str text, path = path_join(timer->arena, pipeline_share(timer->arena),
                               arena_format(timer->arena, "scripts/timer/%s", units[unit]));
    if (!file_read_text(path, TEMPLATE_LIMIT, timer->arena, &text, diag)) return false;
    fill(timer, text, out);
    return true;
}

/* The folder of a pattern that is the same for all that it stands for. */
static Str fixed_folder(const Timer *timer, Str pattern) {
    Str folder = path_folder(timer->arena, pattern);
    while (pattern_is_open(folder)) folder = path_folder(timer->arena, folder);
    return absolute(timer, folder);
}

/* Adds a folder, once. */
static void add_folder(Buffer *out, Str folder) {
    Buffer word = {0};
    add_value(&word, folder, QUOTE_WORD);
    bool known = false;
    for (size_t at = 0; at + word.size <= out->size; at++)
        known |= str_starts(str_slice(buffer_view(out), at, out->size), buffer_view(&word));
    if (!known && out->size) buffer_add_char(out, ' ');
    if (!known) buffer_add(out, buffer_view(&word));
    buffer_release(&word);
}

static Str writable_folders(const Timer *timer) {
    const Jobs *jobs = timer->jobs;
    Buffer out = {0};
    add_folder(&out, timer->records);
    if (jobs->history.size) add_folder(&out, fixed_folder(timer, jobs->history));
    for (size_t i = 0; i < jobs->count; i++)
        for (size_t j = 0; j < jobs->items[i].output_count; j++)
            add_folder(&out, fixed_folder(timer, jobs->items[i].outputs[j].path));
    Str text = arena_copy(timer->arena, buffer_view(&out));
    buffer_release(&out);
    return text;
}

/* From the machine's own list first: asking further afield ends the process where memory runs out. */
static Str user_name(const Timer *timer) {
    FILE *list = fopen("/etc/passwd", "re");
    const struct passwd *user = NULL;
    Str name = STR("");
    if (!list) *timer->error = errno;
    while (list && (user = fgetpwent(list)) != NULL && user->pw_uid != geteuid()) {
    }
    if (list && !user && ferror(list)) *timer->error = errno;
    if (!user && !*timer->error) user = getpwuid(geteuid());
    if (user) name = arena_copy(timer->arena, str_of(user->pw_name));
    if (list) fclose(list);
    return name.size ? name : arena_format(timer->arena, "%ld", (long)geteuid());
}

static void open_timer(Timer *timer, const Options *options) {
    char path[4096];
    ssize_t size = readlink("/proc/self/exe", path, sizeof path);
    if (size <= 0) *timer->error = errno;
    timer->program = arena_copy(timer->arena, (Str){path, size > 0 ? (size_t)size : 0});
    if (!getcwd(path, sizeof path)) *timer->error = errno;
    timer->folder = *timer->error ? STR("/") : arena_copy(timer->arena, str_of(path));
    timer->list = options->operands[0];
    timer->user = user_name(timer);
    timer->records = absolute(timer, timer->jobs->records);
    timer->writable = writable_folders(timer);
    timer->summary = path_join(timer->arena, timer->records, STR("last-batch.json"));
    timer->log = path_join(timer->arena, timer->records, STR("batch.log"));
    timer->sendmail =
        timer->jobs->mail_command.size ? timer->jobs->mail_command : STR("/usr/sbin/sendmail -t");
}

static bool print_all(const Timer *timer, const Options *options, Diag *diag) {
    Buffer out = {0};
    bool good = true;
    for (size_t i = 0; i < UNITS && good; i++) {
        buffer_addf(&out, "%s# ---- %s\n", i > 0 ? "\n" : "", units[i]);
        good = draw(timer, i, &out, diag);
    }
    good = good && cli_deliver(options, buffer_view(&out), diag);
    buffer_release(&out);
    return good;
}

static bool write_all(const Timer *timer, const Options *options, Diag *diag) {
    bool good = file_make_folders(options->write, diag);
    for (size_t i = 0; good && i < UNITS; i++) {
        Buffer out = {0};
        Str path = path_join(timer->arena, options->write, str_of(units[i]));
        good = draw(timer, i, &out, diag) && file_write(path, buffer_view(&out), diag);
        buffer_release(&out);
    }
    return good;
}

bool timer_write(const Jobs *jobs, const Options *options, Diag *diag) {
    Arena arena = {0};
    int error = 0;
    Timer timer = {.jobs = jobs, .arena = &arena, .error = &error};
    if (!jobs->calendar.size) {
        Place place = {.file = jobs->file};
        diag_add_plain(diag, MESSAGE_TIMER_MISSING, &place);
        return false;
    }
    open_timer(&timer, options);
    if (error) diag_add(diag, MESSAGE_FILE_OPEN, NULL, jobs->records, file_cause(error));
    bool good =
        !error && (options->write.size ? write_all(&timer, options, diag) : print_all(&timer, options, diag));
    arena_release(&arena);
    return good;
}
