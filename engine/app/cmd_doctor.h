/* cmd_doctor - `perfeval doctor [DIR]`: whether this machine has what a run needs, and what to do where not.
 */
#ifndef PERFEVAL_APP_CMD_DOCTOR_H
#define PERFEVAL_APP_CMD_DOCTOR_H

#include "app/cli.h"

/** See TEXT_USAGE_DOCTOR. EXIT_FINDINGS when something that a run needs is wrong. */
ExitCode cmd_doctor(Options *options, Diag *diag);

#endif
