/* cmd_sweep - `perfeval sweep RULES --param …`: a parameter through a range. */
#ifndef PERFEVAL_APP_CMD_SWEEP_H
#define PERFEVAL_APP_CMD_SWEEP_H

#include "app/cli.h"

/** See TEXT_USAGE_SWEEP. */
ExitCode cmd_sweep(Options *options, Diag *diag);

#endif
