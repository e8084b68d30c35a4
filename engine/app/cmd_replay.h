/* cmd_replay - `perfeval replay RECORD`: evaluate again what a record tells of, and say what differs. */
#ifndef PERFEVAL_APP_CMD_REPLAY_H
#define PERFEVAL_APP_CMD_REPLAY_H

#include "app/cli.h"

/** See TEXT_USAGE_REPLAY. */
ExitCode cmd_replay(Options *options, Diag *diag);

#endif
