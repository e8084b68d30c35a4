/* shown - the messages of a run as they are printed: no flood, however bad the data. */
#ifndef PERFEVAL_APP_SHOWN_H
#define PERFEVAL_APP_SHOWN_H

#include "base/diag.h"

/** Most bytes of all messages of a run together. */
#define SHOWN_MOST ((size_t)98000)

/** Adds the messages that are kept, in their order, as many as SHOWN_MOST bytes hold (errors go before others
 * where not all do), and a line that counts the rest. */
void shown_add(Buffer *out, const Diag *diag, Language language);

#endif
