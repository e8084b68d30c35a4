/* cmd_merge - `perfeval merge`: the parts of a run, joined into its table. */
#ifndef PERFEVAL_APP_CMD_MERGE_H
#define PERFEVAL_APP_CMD_MERGE_H

#include "app/cli.h"

ExitCode cmd_merge(Options *options, Diag *diag);

#endif
