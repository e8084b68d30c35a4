/* cli - the command line: flags, operands, and what every command prints in the same way. */
#ifndef PERFEVAL_APP_CLI_H
#define PERFEVAL_APP_CLI_H

#include "app/options.h"
#include "base/file_writer.h"

/** Reads the command line. False after errors. Flags may stand anywhere; "--" ends them. */
bool cli_parse(int argc, char **argv, const Command *commands, size_t count, Options *out, Diag *diag);
/** The command takes one rule file: operands[0]. False after an error. */
bool cli_one_rule_file(const Options *options, Diag *diag);
/** Prints all messages of `diag` to standard error. */
void cli_print(const Diag *diag, Language language);
/** Writes to standard error; a failure goes unheard. */
void cli_complain(Str bytes);
/** Writes to standard output. Errors: MESSAGE_FILE_WRITE. */
bool cli_put(Str bytes, Diag *diag);
/** Prints a text of the table to standard output. Errors: MESSAGE_FILE_WRITE. */
bool cli_say(MessageId text, Language language, Diag *diag);
/** False when --output names a file. */
bool cli_to_standard_output(const Options *options);
/** Writes the command's result to --output or standard output. What is no text (it has a NUL) is not written
 * to a terminal. Errors: MESSAGE_TERMINAL_FORMAT, those of writing. */
bool cli_deliver(const Options *options, Str bytes, Diag *diag);
/** A writer to --output or standard output, for results written piece by piece. NULL after an error. */
FileWriter *cli_writer(const Options *options, Diag *diag);

#endif
