/* plain - texts that stand in CSV or JSON as they are: what nearly all are, found eight bytes at a time. */
#ifndef PERFEVAL_IO_PLAIN_H
#define PERFEVAL_IO_PLAIN_H

#include "base/str.h"

/** True: csv_add_text and csv_add_cell add the text as it is. False where they might not. */
bool plain_csv(Str text);
/** True: json_add_text adds the text as it is, between quotes. */
bool plain_json(Str text);

#endif
