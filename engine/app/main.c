#include "app/cmd_help.h"
#include "app/earlier.h"
#include "base/file.h"
#include "base/mapped.h"
#include "base/memory.h"
#include "model/schema.h"

#include <errno.h>
#include <signal.h>
#include <unistd.h>

#ifndef PERFEVAL_VERSION
#define PERFEVAL_VERSION "unknown"
#endif

static ExitCode unknown_command(Str word, Diag *diag) {
    Str names[32];
    size_t count = 0;
    for (; count < command_count && count < 32; count++) names[count] = str_of(commands[count].name);
    diag_add(diag, MESSAGE_UNKNOWN_COMMAND, NULL, word);
    schema_suggest(diag, word, names, count);
    return EXIT_USAGE;
}

static ExitCode dispatch(Options *options, Diag *diag) {
    if (options->version) {
        cli_put(STR("perfeval " PERFEVAL_VERSION "\n"), diag);
        return diag_exit_code(diag);
    }
    if (!options->command.size) {
        if (options->help)
            cli_say(TEXT_USAGE, options->language, diag);
        else
            cli_complain(str_of(message_get(TEXT_USAGE).text[options->language]));
        return options->help ? diag_exit_code(diag) : EXIT_USAGE;
    }
    for (size_t i = 0; i < command_count; i++) {
        if (!str_is(options->command, commands[i].name)) continue;
        if (!options->help) return commands[i].run(options, diag);
        help_command(&commands[i], options->language, diag);
        return diag_exit_code(diag);
    }
    return unknown_command(options->command, diag);
}

/* The language of the messages, for when a file is lost. */
static Language spoken;

/* In the middle of whatever was under way: outputs without a name vanish with the process. */
static void end_without(Str path, bool shorter) {
    Diag *diag = diag_new();
    diag_add(diag, MESSAGE_FILE_READ, NULL, path.size ? path : STR("?"),
             shorter ? message_words(TEXT_CAUSE_SHORTER) : file_cause(EIO));
    cli_print(diag, spoken);
    _exit((int)diag_exit_code(diag));
}

int main(int argc, char **argv) {
    memory_serve_gmp();
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error as any other */
    mapped_guard(end_without);
    Diag *diag = diag_new();
    Options options;
    ExitCode code = EXIT_USAGE;
    bool read = cli_parse(argc, argv, commands, command_count, &options, diag);
    options.read_last_year = earlier_read;
    spoken = options.language;
    if (read) code = dispatch(&options, diag);
    cli_print(diag, options.language);
    arena_release(&options.arena);
    diag_free(diag);
    return (int)code;
}
