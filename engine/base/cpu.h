/* cpu - what the machine's processor can do, for the few places that have a faster way on some. Every way
 * gives the same bytes. */
#ifndef PERFEVAL_BASE_CPU_H
#define PERFEVAL_BASE_CPU_H

#include "base/str.h"

typedef enum CpuLevel {
    CPU_PLAIN,  /* what every machine can */
    CPU_AVX2,   /* x86-64 since 2013 */
    CPU_AVX512, /* with byte operations and compression: x86-64 servers since 2019 */
    CPU_LEVELS
} CpuLevel;

/** The highest level that the machine has and cpu_limit allows. */
CpuLevel cpu_level(void);
/** Allows no higher level, for tests and for finding faults. Called at start-up, before any thread. */
void cpu_limit(CpuLevel most);
/** The level called "plain", "avx2" or "avx512"; false when there is none. */
bool cpu_find(Str name, CpuLevel *level);

#endif
