/* cmd_history - `perfeval history`: the runs that records tell of, kept in a database. */
#ifndef PERFEVAL_APP_CMD_HISTORY_H
#define PERFEVAL_APP_CMD_HISTORY_H

#include "app/cli.h"

ExitCode cmd_history(Options *options, Diag *diag);

#endif
