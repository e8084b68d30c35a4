#include "lua/limits.h"

#include <stdio.h>

#define MEBIBYTE ((size_t)1024 * 1024)
/* What one message about a rule file may hold: its table, or the answers for a batch of rows. */
#define RULES_MESSAGE     (16 * MEBIBYTE)
#define FUNCTIONS_MESSAGE (64 * MEBIBYTE)
/* Of a document's message, over the document. */
#define REPORT_ROOM MEBIBYTE

static size_t bytes(double mebibytes) { return (size_t)(mebibytes * (double)MEBIBYTE); }

WorkerLimits limits_of_rules(const ScriptLimits *limits) {
    return (WorkerLimits){.cpu_seconds = limits->load_seconds,
                          .call_seconds = limits->load_seconds,
                          .wall_seconds = limits->wall_seconds,
                          .memory_bytes = bytes(limits->memory_mebibytes),
                          .message_bytes = RULES_MESSAGE,
                          .loading = true};
}

WorkerLimits limits_of_functions(const ScriptLimits *limits) {
    return (WorkerLimits){.cpu_seconds = limits->cpu_seconds,
                          .call_seconds = limits->call_seconds,
                          .wall_seconds = limits->wall_seconds,
                          .memory_bytes = bytes(limits->memory_mebibytes),
                          .message_bytes = FUNCTIONS_MESSAGE};
}

WorkerLimits limits_of_report(const ScriptLimits *limits) {
    return (WorkerLimits){.cpu_seconds = limits->cpu_seconds,
                          .call_seconds = limits->cpu_seconds,
                          .wall_seconds = limits->wall_seconds,
                          .memory_bytes = bytes(limits->memory_mebibytes),
                          .message_bytes = bytes(limits->output_mebibytes) + REPORT_ROOM};
}

void limits_add_cpu(Diag *diag, const WorkerLimits *limits, bool whole, const Place *place, Str inside) {
    char number[32];
    int size = snprintf(number, sizeof number, "%g", whole ? limits->cpu_seconds : limits->call_seconds);
    Str flag = whole ? STR("--cpu-limit") : STR("--call-limit");
    if (limits->loading) flag = STR("--load-limit");
    Buffer where = {0};
    if (inside.size) message_fill_both(&where, TEXT_LIMIT_INSIDE, &inside, 1);
    diag_add(diag, MESSAGE_CPU_LIMIT, place, ((Str){number, (size_t)size}), buffer_view(&where), flag);
    buffer_release(&where);
}

void limits_add_memory(Diag *diag, const WorkerLimits *limits, const Place *place, Str where) {
    char number[32];
    int size = snprintf(number, sizeof number, "%g", (double)limits->memory_bytes / (double)MEBIBYTE);
    diag_add(diag, MESSAGE_LUA_MEMORY, place, ((Str){number, (size_t)size}), where, STR("--memory-limit"));
}

static bool take(double bytes, double mebibytes, MessageId message, Str flag, Diag *diag) {
    char number[32];
    if (bytes <= mebibytes * (double)MEBIBYTE) return true;
    int size = snprintf(number, sizeof number, "%g", mebibytes);
    diag_add(diag, message, NULL, ((Str){number, (size_t)size}), flag);
    return false;
}

bool limits_take_output(const ScriptLimits *limits, size_t bytes, Diag *diag) {
    return take((double)bytes, limits->output_mebibytes, MESSAGE_OUTPUT_TOO_LARGE, STR("--output-limit"),
                diag);
}

bool limits_take_outputs(const ScriptLimits *limits, uint64_t bytes, Diag *diag) {
    return take((double)bytes, limits->outputs_mebibytes, MESSAGE_OUTPUTS_TOO_LARGE, STR("--outputs-limit"),
                diag);
}
