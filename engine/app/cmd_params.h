/* cmd_params - `perfeval params RULES`: the parameters of a rule file. */
#ifndef PERFEVAL_APP_CMD_PARAMS_H
#define PERFEVAL_APP_CMD_PARAMS_H

#include "app/cli.h"

/** See TEXT_USAGE_PARAMS. */
ExitCode cmd_params(Options *options, Diag *diag);

#endif
