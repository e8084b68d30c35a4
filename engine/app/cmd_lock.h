/* cmd_lock - `perfeval lock RULES -o FILE`: a run with all that it was made of in one file, to be replayed
 * years later.
 *
 * The file is a plain tar (io/tar): record.json (app/record), objects/DIGEST for each file that the record
 * names, and outputs/N with the finished outputs in the order of the record.
 */
#ifndef PERFEVAL_APP_CMD_LOCK_H
#define PERFEVAL_APP_CMD_LOCK_H

#include "app/cli.h"

/** See TEXT_USAGE_LOCK. */
ExitCode cmd_lock(Options *options, Diag *diag);

#endif
