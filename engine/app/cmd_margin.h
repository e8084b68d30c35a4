/* cmd_margin - `perfeval margin RULES`: how far each project is from another verdict. */
#ifndef PERFEVAL_APP_CMD_MARGIN_H
#define PERFEVAL_APP_CMD_MARGIN_H

#include "app/cli.h"

/** See TEXT_USAGE_MARGIN. */
ExitCode cmd_margin(Options *options, Diag *diag);

#endif
