/* cmd_infer - `perfeval infer`: which rules reproduce what was published. */
#ifndef PERFEVAL_APP_CMD_INFER_H
#define PERFEVAL_APP_CMD_INFER_H

#include "app/cli.h"

ExitCode cmd_infer(Options *options, Diag *diag);

#endif
