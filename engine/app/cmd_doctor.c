#include "app/cmd_doctor.h"

#include "app/pipeline.h"
#include "base/digest.h"
#include "base/file.h"
#include "base/module.h"
#include "lua/worker.h"

#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef enum State { STATE_OK, STATE_WARNING, STATE_WRONG } State;

typedef struct Doctor {
    const Options *options;
    Arena *arena;
    Buffer out;
    bool wrong;
} Doctor;

static const char *word(const Doctor *doctor, MessageId text) {
    return message_get(text).text[doctor->options->language];
}

/* A line: state, what was looked at, what was found. */
static void say(Doctor *doctor, State state, MessageId what, Str found) {
    static const MessageId states[] = {TEXT_DOCTOR_OK, TEXT_DOCTOR_WARNING, TEXT_DOCTOR_WRONG};
    buffer_addf(&doctor->out, "%s  %s: ", word(doctor, states[state]), word(doctor, what));
    buffer_add(&doctor->out, message_part(found, doctor->options->language));
    buffer_add_char(&doctor->out, '\n');
    doctor->wrong |= state == STATE_WRONG;
}

/* What to do, below its line. */
static void advise(Doctor *doctor, MessageId remedy, Str argument) {
    buffer_add(&doctor->out, STR("         "));
    message_fill(&doctor->out, word(doctor, remedy), &argument, 1, doctor->options->language);
    buffer_add_char(&doctor->out, '\n');
}

/* The first message of what failed, in place of a remedy. */
static void quote(Doctor *doctor, const Diag *diag) {
    Language language = doctor->options->language;
    const DiagItem *item = diag_item(diag, 0);
    buffer_add(&doctor->out, STR("         "));
    message_fill(&doctor->out, message_get(item->message).text[language], item->arguments,
                 item->argument_count, language);
    buffer_add_char(&doctor->out, '\n');
}

static void look_at_locale(Doctor *doctor) {
    const char *name = NULL;
    static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};
    for (size_t i = 0; !(name && *name) && i < sizeof names / sizeof *names; i++) name = getenv(names[i]);
    Str printed = name && *name ? str_of(name) : STR("C");
    locale_t locale = newlocale(LC_CTYPE_MASK, "", (locale_t)0);
    bool utf8 = locale && strcmp(nl_langinfo_l(CODESET, locale), "UTF-8") == 0;
    say(doctor, utf8 ? STATE_OK : STATE_WARNING, TEXT_DOCTOR_LOCALE, printed);
    if (!locale)
        advise(doctor, TEXT_DOCTOR_NO_LOCALE, printed);
    else if (!utf8)
        advise(doctor, TEXT_DOCTOR_NOT_UTF8, printed);
    if (locale) freelocale(locale);
}

/* CP949 of 가 (in KS X 1001) and of 똠 (an extension of CP949). */
static void look_at_encodings(Doctor *doctor) {
    Diag *diag = diag_new();
    Buffer buffer = {0};
    Str text = {NULL, 0};
    bool good = encoding_read(STR("doctor"), STR("\xb0\xa1\x8c\x63"), ENCODING_CP949, &buffer, &text, diag) &&
                str_is(text, "가똠");
    say(doctor, good ? STATE_OK : STATE_WARNING, TEXT_DOCTOR_ENCODINGS, STR("UTF-8, UTF-16, CP949"));
    if (!good) advise(doctor, TEXT_DOCTOR_NO_CP949, STR(""));
    buffer_release(&buffer);
    diag_free(diag);
}

/* fontconfig's own program is asked: the engine draws no letters, so it does not link fontconfig. */
static void look_at_fonts(Doctor *doctor) {
    char answer[4096];
    FILE *pipe = popen("fc-match -f '%{family[0]}\\n|%{lang}|' :lang=ko 2>/dev/null", "r");
    size_t size = pipe ? fread(answer, 1, sizeof answer - 1, pipe) : 0;
    if (pipe) pclose(pipe);
    answer[size] = '\0';
    char *languages = strchr(answer, '\n');
    if (!languages) {
        say(doctor, STATE_OK, TEXT_DOCTOR_FONTS, message_words(TEXT_DOCTOR_FONTS_UNKNOWN));
        return;
    }
    *languages++ = '\0';
    bool korean = strstr(languages, "|ko|") != NULL;
    say(doctor, korean ? STATE_OK : STATE_WARNING, TEXT_DOCTOR_FONTS, str_of(answer));
    if (!korean) advise(doctor, TEXT_DOCTOR_NO_FONT, STR(""));
}

/* A module that is not there is no fault: its formats are not read. */
static void look_at_module(Doctor *doctor, const char *name, Str formats) {
    Diag *diag = diag_new();
    bool good = module_load(name, formats, diag) != NULL;
    Str found = arena_format(doctor->arena, "%s (%.*s)", name, STR_FMT(formats));
    say(doctor, good ? STATE_OK : STATE_WARNING, TEXT_DOCTOR_MODULE, found);
    if (!good) quote(doctor, diag);
    diag_free(diag);
}

/* Every module of the Makefile (MODULE_NAMES), with what cannot be read or written without it. */
static void look_at_modules(Doctor *doctor) {
    static const struct {
        const char *name, *formats;
    } modules[] = {{"office", "XLSX, ODS, HWPX"}, {"sqlite", "SQLite"}, {"store", "history: SQLite"},
                   {"zip", "HWPX, DOCX"},         {"pdf", "PDF"},       {"xlsxwrite", "XLSX"}};
    for (size_t i = 0; i < sizeof modules / sizeof *modules; i++)
        look_at_module(doctor, modules[i].name, str_of(modules[i].formats));
}

static void look_at_share(Doctor *doctor) {
    Str share = pipeline_share(doctor->arena);
    bool good = file_is_folder(path_join(doctor->arena, share, STR("scripts/reports"))) &&
                file_is_folder(path_join(doctor->arena, share, STR("scripts/formats")));
    say(doctor, good ? STATE_OK : STATE_WRONG, TEXT_DOCTOR_SCRIPTS, share);
    if (!good) advise(doctor, TEXT_DOCTOR_NO_SCRIPTS, share);
}

static void look_at_project(Doctor *doctor, Str folder) {
    Str path = arena_format(doctor->arena, "%.*s", STR_FMT(folder));
    bool readable = file_is_folder(folder) && access(path.data, R_OK | X_OK) == 0;
    bool writable = readable && access(path.data, W_OK) == 0;
    State state = !readable ? STATE_WRONG : writable ? STATE_OK : STATE_WARNING;
    say(doctor, state, TEXT_DOCTOR_PROJECT, folder);
    if (!writable) advise(doctor, readable ? TEXT_DOCTOR_NOT_WRITABLE : TEXT_DOCTOR_NOT_READABLE, folder);
}

static void look_at_temporary(Doctor *doctor) {
    const char *base = getenv("TMPDIR");
    Str folder = str_of(base && *base ? base : "/tmp");
    bool good = file_is_folder(folder) && access(folder.data, W_OK | X_OK) == 0;
    say(doctor, good ? STATE_OK : STATE_WARNING, TEXT_DOCTOR_TEMPORARY, folder);
    if (!good) advise(doctor, TEXT_DOCTOR_NO_TEMPORARY, folder);
}

static void answer_once(WorkerChannel *channel, void *context) {
    (void)context;
    Buffer request = {0};
    Diag *diag = diag_new();
    while (worker_receive(channel, &request)) worker_reply(channel, buffer_view(&request), diag);
    diag_free(diag);
    buffer_release(&request);
}

/* A child as that of every run: forked, confined, asked one thing. */
static void look_at_confinement(Doctor *doctor) {
    Diag *diag = diag_new();
    Buffer reply = {0};
    WorkerLimits limits = limits_of_rules(&doctor->options->limits);
    Worker *worker = worker_start(answer_once, NULL, &limits, NULL, diag);
    bool good = worker && worker_ask(worker, STR("?"), &reply, diag) && str_is(buffer_view(&reply), "?");
    worker_free(worker);
    say(doctor, good ? STATE_OK : STATE_WRONG, TEXT_DOCTOR_CONFINEMENT, STR("seccomp, prctl"));
    if (!good) advise(doctor, TEXT_DOCTOR_NOT_CONFINED, STR(""));
    if (!good && diag_count(diag)) quote(doctor, diag);
    buffer_release(&reply);
    diag_free(diag);
}

static void look_at_processor(Doctor *doctor) {
    static const char *const levels[] = {"plain", "avx2", "avx512"};
    Str found = arena_format(doctor->arena, "%s, %zu", levels[cpu_level()], crew_size(0, CLI_THREADS));
    say(doctor, STATE_OK, TEXT_DOCTOR_PROCESSOR, found);
}

/* The example of the standard: a digest that differs makes every record useless. */
static void look_at_digest(Doctor *doctor) {
    DigestText text = digest_of(STR("abc"));
    bool good =
        str_is(digest_view(&text), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    say(doctor, good ? STATE_OK : STATE_WRONG, TEXT_DOCTOR_DIGEST, STR("SHA-256"));
    if (!good) advise(doctor, TEXT_DOCTOR_BAD_DIGEST, STR(""));
}

ExitCode cmd_doctor(Options *options, Diag *diag) {
    if (options->operand_count > 1) {
        diag_add(diag, MESSAGE_EXTRA_OPERAND, NULL, options->operands[1]);
        return EXIT_USAGE;
    }
    Arena arena = {0};
    Doctor doctor = {.options = options, .arena = &arena};
    look_at_locale(&doctor);
    look_at_encodings(&doctor);
    look_at_fonts(&doctor);
    look_at_modules(&doctor);
    look_at_share(&doctor);
    look_at_project(&doctor, options->operand_count ? options->operands[0] : STR("."));
    look_at_temporary(&doctor);
    look_at_confinement(&doctor);
    look_at_processor(&doctor);
    look_at_digest(&doctor);
    bool said = cli_put(buffer_view(&doctor.out), diag);
    buffer_release(&doctor.out);
    arena_release(&arena);
    if (!said) return diag_exit_code(diag);
    return doctor.wrong ? EXIT_FINDINGS : EXIT_DONE;
}
