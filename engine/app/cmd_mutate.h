/* cmd_mutate - `perfeval mutate RULES`: small changes of a rule file that its tests should notice. */
#ifndef PERFEVAL_APP_CMD_MUTATE_H
#define PERFEVAL_APP_CMD_MUTATE_H

#include "app/cli.h"

/** See TEXT_USAGE_MUTATE. */
ExitCode cmd_mutate(Options *options, Diag *diag);

#endif
