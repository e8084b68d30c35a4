/* screen - a report on a terminal: colours, lines of ASCII, wide signs, the pager.
 *
 * Only standard output is dressed, and only the text format; what is no terminal gets the plain bytes unless
 * a flag asks for more.
 */
#ifndef PERFEVAL_APP_SCREEN_H
#define PERFEVAL_APP_SCREEN_H

#include "app/cli.h"

/** True when the text format goes to a terminal: reports draw a sketch of bars then. */
bool screen_is_terminal(const Options *options);
/** Delivers the text to standard output: dressed as the options and the environment say (NO_COLOR,
 * CLICOLOR_FORCE, FORCE_COLOR, TERM, PERFEVAL_AMBIGUOUS_WIDTH), on a terminal through the PAGER. What is no
 * text is not written to a terminal (MESSAGE_TERMINAL_FORMAT). False after errors. */
bool screen_deliver(const Options *options, Str text, Diag *diag);
/** Adds the text with lines of ASCII (`ascii`), each line as wide as before where signs of ambiguous width
 * take two columns (`wide`), and colours. */
void screen_dress(Buffer *out, Str text, bool ascii, bool wide, bool color);

#endif
