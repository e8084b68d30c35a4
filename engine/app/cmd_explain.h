/* cmd_explain - perfeval explain: why a verdict is what it is. */
#ifndef PERFEVAL_APP_CMD_EXPLAIN_H
#define PERFEVAL_APP_CMD_EXPLAIN_H

#include "app/cli.h"

ExitCode cmd_explain(Options *options, Diag *diag);

#endif
