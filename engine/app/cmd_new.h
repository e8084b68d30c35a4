/* cmd_new - `perfeval new DIR`: a folder to begin with: rules, data, a page to read, files for editors. */
#ifndef PERFEVAL_APP_CMD_NEW_H
#define PERFEVAL_APP_CMD_NEW_H

#include "app/cli.h"

/** See TEXT_USAGE_NEW. */
ExitCode cmd_new(Options *options, Diag *diag);

#endif
