/* cmd_audit - `perfeval audit`: what was printed against what the rules give. */
#ifndef PERFEVAL_APP_CMD_AUDIT_H
#define PERFEVAL_APP_CMD_AUDIT_H

#include "app/cli.h"

ExitCode cmd_audit(Options *options, Diag *diag);

#endif
