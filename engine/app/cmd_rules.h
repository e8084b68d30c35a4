/* cmd_rules - `perfeval rules RULES`: what a rule file says, entry by entry. */
#ifndef PERFEVAL_APP_CMD_RULES_H
#define PERFEVAL_APP_CMD_RULES_H

#include "app/cli.h"

/** See TEXT_USAGE_RULES. */
ExitCode cmd_rules(Options *options, Diag *diag);

#endif
