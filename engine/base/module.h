/* module - parts of the program that lie in files of their own and are loaded when they are asked for.
 *
 * A module is a shared object NAME.so in build/modules beside build/perfeval, or in lib/perfeval beside bin/
 * or below the folder of the library when installed. It carries the few rooms of base/ and io/ that it needs
 * within itself, hidden, and exports one symbol: a Module named "perfeval_module". So the program exports
 * nothing, a module needs nothing of it, and whatever stands in the headers of base/ and io/ may pass between
 * them. Both must be built from one source: the mark says whether they are.
 */
#ifndef PERFEVAL_BASE_MODULE_H
#define PERFEVAL_BASE_MODULE_H

#include "base/diag.h"

#ifndef PERFEVAL_VERSION
#define PERFEVAL_VERSION "unknown"
#endif

/** Raised when a struct that modules share changes its shape. */
#define MODULE_ABI 4

typedef struct Module {
    uint32_t abi;          /* MODULE_ABI */
    uint32_t messages;     /* MESSAGE_COUNT: messages are numbers */
    const char *version;   /* PERFEVAL_VERSION */
    const void *functions; /* what the module does: its kind of module says which struct this is */
} Module;

/** What a module's one exported definition is made of. */
#define MODULE_DEFINE(functions)                                                                             \
    extern const Module perfeval_module;                                                                     \
    __attribute__((visibility("default")))                                                                   \
    const Module perfeval_module = {MODULE_ABI, MESSAGE_COUNT, PERFEVAL_VERSION, (functions)}

/** Loads the module NAME for `use`, a word for the message ("XLSX"). Its functions, valid until the process
 * ends. NULL after an error: MESSAGE_MODULE_MISSING (with the packages that it needs), MESSAGE_MODULE_BROKEN.
 */
const void *module_load(const char *name, Str use, Diag *diag);
/** The file that this code lies in, the program or libperfeval.so.0, as an absolute path; empty when that is
 * not to be known. */
Str module_place(Arena *arena);
/** True when the module is there to be loaded. */
bool module_exists(const char *name);

#endif
