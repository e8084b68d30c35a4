/* cmd_check - `perfeval check FILE…`: everything but the report. */
#ifndef PERFEVAL_APP_CMD_CHECK_H
#define PERFEVAL_APP_CMD_CHECK_H

#include "app/cli.h"

/** See TEXT_USAGE_CHECK. */
ExitCode cmd_check(Options *options, Diag *diag);

#endif
