/* cmd_compare - `perfeval compare`: two rule files, one with other values, or two data files. */
#ifndef PERFEVAL_APP_CMD_COMPARE_H
#define PERFEVAL_APP_CMD_COMPARE_H

#include "app/cli.h"

/** See TEXT_USAGE_COMPARE. */
ExitCode cmd_compare(Options *options, Diag *diag);

#endif
