#include "app/cli.h"

#include "app/flags.h"
#include "app/shown.h"
#include "base/file.h"

#include <stdlib.h>
#include <unistd.h>

/* Reads the flag at *at and moves *at to its last word. */
static bool read_flag(int argc, char **argv, int *at, const Command *command, Options *options, Diag *diag) {
    Str word = str_of(argv[*at]);
    size_t equals = str_starts(word, STR("--")) ? str_find(word, '=', 0) : word.size;
    Str name = str_slice(word, 0, equals);
    const Flag *flag = flag_find(name, command);
    bool switched = flag && flag->kind == FLAG_SWITCH;
    if (!flag || (switched && equals < word.size)) return flag_unknown(name, command, diag);
    Str value = {"", 0};
    if (equals < word.size)
        value = str_slice(word, equals + 1, word.size);
    else if (!switched && *at + 1 < argc)
        value = str_of(argv[++*at]);
    if (switched || value.size) return flag_read(flag, options, value, diag);
    diag_add(diag, MESSAGE_FLAG_VALUE, NULL, name); /* also for "$NAME" of a shell that has no NAME */
    return false;
}

static const Command *find_command(Str word, const Command *commands, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (str_is(word, commands[i].name)) return &commands[i];
    }
    return NULL;
}

static Language environment_language(void) {
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value && *value) return message_language(str_of(value));
    }
    return LANGUAGE_EN;
}

/* --lang counts for every message, also for one about a word that stands before it. */
static void find_language(int argc, char **argv, Options *out) {
    out->language = environment_language();
    for (int at = 1; at < argc; at++) {
        Str word = str_of(argv[at]);
        if (str_starts(word, STR("--lang="))) out->language = message_language(str_slice(word, 7, word.size));
        if (str_is(word, "--lang") && at + 1 < argc) out->language = message_language(str_of(argv[at + 1]));
    }
}

bool cli_parse(int argc, char **argv, const Command *commands, size_t count, Options *out, Diag *diag) {
    *out = OPTIONS_DEFAULT;
    find_language(argc, argv, out);
    out->operands = arena_new(&out->arena, (size_t)argc, sizeof *out->operands);
    out->settings = arena_new(&out->arena, (size_t)argc, sizeof *out->settings);
    out->params = arena_new(&out->arena, (size_t)argc, sizeof *out->params);
    out->data_files = arena_new(&out->arena, (size_t)argc, sizeof *out->data_files);
    out->skip = arena_new(&out->arena, (size_t)argc, sizeof *out->skip);
    out->only = arena_new(&out->arena, (size_t)argc, sizeof *out->only);
    const Command *command = NULL;
    bool only_operands = false, good = true;
    for (int at = 1; at < argc; at++) {
        Str word = str_of(argv[at]);
        if (!only_operands && str_is(word, "--")) {
            only_operands = true;
        } else if (!only_operands && word.size > 1 && word.data[0] == '-') {
            good &= read_flag(argc, argv, &at, command, out, diag);
        } else if (!out->command.size) {
            out->command = word;
            command = find_command(word, commands, count);
        } else {
            out->operands[out->operand_count++] = word;
        }
    }
    return good;
}

bool cli_one_rule_file(const Options *options, Diag *diag) {
    if (options->operand_count == 1) return true;
    if (options->operand_count == 0)
        diag_add(diag, MESSAGE_MISSING_OPERAND, NULL, message_words(TEXT_OPERAND_RULES));
    else
        diag_add(diag, MESSAGE_EXTRA_OPERAND, NULL, options->operands[1]);
    return false;
}

void cli_complain(Str bytes) {
    Diag *unheard = diag_new(); /* there is nowhere left to report that messages cannot be written */
    file_write_descriptor(STDERR_FILENO, STR("stderr"), bytes, unheard);
    diag_free(unheard);
}

void cli_print(const Diag *diag, Language language) {
    Buffer out = {0};
    shown_add(&out, diag, language);
    cli_complain(buffer_view(&out));
    buffer_release(&out);
}

bool cli_put(Str bytes, Diag *diag) {
    return file_write_descriptor(STDOUT_FILENO, message_words(TEXT_STANDARD_OUTPUT), bytes, diag);
}

bool cli_say(MessageId text, Language language, Diag *diag) {
    return cli_put(str_of(message_get(text).text[language]), diag);
}

bool cli_to_standard_output(const Options *options) {
    return !options->output.size || str_is(options->output, "-");
}

FileWriter *cli_writer(const Options *options, Diag *diag) {
    if (!cli_to_standard_output(options)) return file_writer_open(options->output, diag);
    return file_writer_descriptor(STDOUT_FILENO, message_words(TEXT_STANDARD_OUTPUT));
}

/* Documents, workbooks and archives have NUL bytes; no text has. */
static bool is_for_files(Str bytes) { return str_find(bytes, '\0', 0) < bytes.size; }

bool cli_deliver(const Options *options, Str bytes, Diag *diag) {
    if (cli_to_standard_output(options) && isatty(STDOUT_FILENO) && is_for_files(bytes)) {
        diag_add_plain(diag, MESSAGE_TERMINAL_FORMAT, NULL);
        return false;
    }
    FileWriter *writer = cli_writer(options, diag);
    if (!writer) return false;
    file_writer_add(writer, bytes);
    return file_writer_close(writer, true, diag);
}
