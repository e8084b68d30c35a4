/* input_limits - what the operator accepts of a data file: its size, rows, columns, cells, and what its parts
 * may unpack to.
 *
 * Each default is a named constant here and a flag of the command line (app/flags). A file beyond one
 * is refused with exit code 4 and the name of its flag, whichever reader and way reads it.
 */
#ifndef PERFEVAL_IO_INPUT_LIMITS_H
#define PERFEVAL_IO_INPUT_LIMITS_H

#include <stdint.h>

#define INPUT_FILE_MEBIBYTES     4096
#define INPUT_ROWS               50000000
#define INPUT_COLUMNS            1000
#define INPUT_CELL_BYTES         65536
#define INPUT_UNPACKED_MEBIBYTES 256
#define INPUT_PARTS              1000
#define INPUT_RATIO              100

typedef struct InputLimits {
    uint64_t file_mebibytes;     /* one data file: --max-file */
    uint64_t rows;               /* of all data files of a run, without column names: --max-rows */
    uint64_t columns;            /* --max-columns */
    uint64_t cell_bytes;         /* without quotes and blanks at its ends: --max-cell */
    uint64_t unpacked_mebibytes; /* all parts of an archive that are read: --max-unpacked */
    uint64_t parts;              /* of an archive: --max-parts */
    uint64_t ratio; /* how often larger than packed a part of more than a MiB may be: --max-ratio */
} InputLimits;

#define INPUT_LIMITS_DEFAULT                                                                                 \
    ((InputLimits){INPUT_FILE_MEBIBYTES, INPUT_ROWS, INPUT_COLUMNS, INPUT_CELL_BYTES,                        \
                   INPUT_UNPACKED_MEBIBYTES, INPUT_PARTS, INPUT_RATIO})

/** The limits, or the defaults for NULL. */
static inline InputLimits input_limits(const InputLimits *limits) {
    return limits ? *limits : INPUT_LIMITS_DEFAULT;
}

#endif
