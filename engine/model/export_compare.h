/* export_compare - a comparison as JSON (perfeval.compare/1).
 *
 * {"format","title","from":{"projects",<a number per verdict>},"to":{…},"matrix":[{"from","to","projects"}],
 * "bureaus":[{"bureau","from":{…},"to":{…}}],"changes":[{"bureau","department","project","from","to","from_rate",
 * "to_rate","minimal","causes":[{"kind","name","from","to","file","line","points"}],"rest"}]}. A verdict is
 * its key, null for none; "status" is "added" or "removed" for a project that only one side has. In the
 * matrix such projects have the verdict "absent" on the other side.
 */
#ifndef PERFEVAL_MODEL_EXPORT_COMPARE_H
#define PERFEVAL_MODEL_EXPORT_COMPARE_H

#include "model/compare.h"

void export_compare_json(const Comparison *comparison, Buffer *out);

#endif
