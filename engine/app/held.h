/* held - what commands that ask again have in common: rules and data that stay in memory, and words for
 * tables.
 */
#ifndef PERFEVAL_APP_HELD_H
#define PERFEVAL_APP_HELD_H

#include "app/pipeline.h"
#include "base/columns.h"
#include "model/whatif.h"

/** The rules and data of a pipeline, with the settings of the command line. */
Held held_of(Pipeline *pipeline, const Options *options);
/** False, with an error, when --format is none of the choices ("text, json"); the first is the default. */
bool held_check_format(const Options *options, const char *choices, Diag *diag);

/** A text of the table in the language of the command. */
Str held_text(MessageId text, Language language);
/** The same, filled and added. */
void held_say(Buffer *out, MessageId text, const Str *arguments, size_t count, Language language);
/** Adds the titles of columns, which the text separates by '|'. */
void held_heads(Columns *columns, MessageId text, Language language);
/** The name of a verdict, or that there is none. */
Str held_verdict(const Plan *plan, unsigned verdict, Language language);
/** "국 > 부서 > 사업", as the next cell. */
void held_names(Columns *columns, const Dataset *dataset, size_t project);

#endif
