/* cmd_notice - `perfeval notice SUMMARY`: a finished mail or webhook body about what a batch came to. */
#ifndef PERFEVAL_APP_CMD_NOTICE_H
#define PERFEVAL_APP_CMD_NOTICE_H

#include "app/cli.h"

/** See TEXT_USAGE_NOTICE. */
ExitCode cmd_notice(Options *options, Diag *diag);

#endif
