/* cmd_help - `perfeval help [TOPIC]`: pages of help from the message table. */
#ifndef PERFEVAL_APP_CMD_HELP_H
#define PERFEVAL_APP_CMD_HELP_H

#include "app/cli.h"

/** All commands, in the order of the help page. */
extern const Command commands[];
extern const size_t command_count;

/** Prints the page of a command. */
void help_command(const Command *command, Language language, Diag *diag);
/** See TEXT_USAGE_HELP. */
ExitCode cmd_help(Options *options, Diag *diag);

#endif
