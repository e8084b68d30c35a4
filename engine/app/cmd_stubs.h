/* cmd_stubs - `perfeval stubs [RULES]`: what scripts can use, for editors. */
#ifndef PERFEVAL_APP_CMD_STUBS_H
#define PERFEVAL_APP_CMD_STUBS_H

#include "app/cli.h"

/** See TEXT_USAGE_STUBS. */
ExitCode cmd_stubs(Options *options, Diag *diag);

#endif
