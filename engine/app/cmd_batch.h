/* cmd_batch - `perfeval batch JOBS`: every run of a list of jobs that is due. */
#ifndef PERFEVAL_APP_CMD_BATCH_H
#define PERFEVAL_APP_CMD_BATCH_H

#include "app/cli.h"

/** See TEXT_USAGE_BATCH. */
ExitCode cmd_batch(Options *options, Diag *diag);

#endif
