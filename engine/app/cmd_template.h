/* cmd_template - `perfeval template`: the workbook that departments fill in. */
#ifndef PERFEVAL_APP_CMD_TEMPLATE_H
#define PERFEVAL_APP_CMD_TEMPLATE_H

#include "app/cli.h"

ExitCode cmd_template(Options *options, Diag *diag);

#endif
