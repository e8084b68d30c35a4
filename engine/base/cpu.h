/* cpu - what the machine's processor can do, for the few places that have a faster way on some. */
#ifndef PERFEVAL_BASE_CPU_H
#define PERFEVAL_BASE_CPU_H

#include <stdbool.h>

/** True when AVX2 can be used and was not forbidden. Both ways give the same bytes. */
bool cpu_has_avx2(void);
/** Forbids it, for tests and for finding faults. Called at start-up, before any thread is started. */
void cpu_use_plain(void);

#endif
