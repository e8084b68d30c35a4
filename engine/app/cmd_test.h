/* cmd_test - `perfeval test [PATH]`: tests of rule files. */
#ifndef PERFEVAL_APP_CMD_TEST_H
#define PERFEVAL_APP_CMD_TEST_H

#include "app/cli.h"

/** See TEXT_USAGE_TEST. */
ExitCode cmd_test(Options *options, Diag *diag);

#endif
