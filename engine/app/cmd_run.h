/* cmd_run - `perfeval run RULES`: evaluate and print the report. */
#ifndef PERFEVAL_APP_CMD_RUN_H
#define PERFEVAL_APP_CMD_RUN_H

#include "app/cli.h"

/** See TEXT_USAGE_RUN. */
ExitCode cmd_run(Options *options, Diag *diag);

#endif
