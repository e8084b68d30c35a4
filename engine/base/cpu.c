#include "base/cpu.h"

#if defined __x86_64__ && defined __GLIBC__
#include <sys/platform/x86.h>
#endif

static CpuLevel limit = CPU_AVX512;

void cpu_limit(CpuLevel most) { limit = most; }

bool cpu_find(Str name, CpuLevel *level) {
    static const char *const names[CPU_LEVELS] = {"plain", "avx2", "avx512"};
    int found = 0;
    while (found < CPU_LEVELS && !str_is(name, names[found])) found++;
    *level = (CpuLevel)found;
    return found < CPU_LEVELS;
}

#if defined __x86_64__ && defined __GLIBC__

/* What the C library found when the program began: to ask the processor again costs a virtual machine a dozen
 * microseconds a question, and __builtin_cpu_supports asks a dozen. */
static CpuLevel machine_level(void) {
    if (!CPU_FEATURE_ACTIVE(AVX2) || !CPU_FEATURE_ACTIVE(BMI1)) return CPU_PLAIN;
    bool wide = CPU_FEATURE_ACTIVE(AVX512BW) && CPU_FEATURE_ACTIVE(AVX512_VBMI) &&
                CPU_FEATURE_ACTIVE(AVX512_VBMI2) && CPU_FEATURE_ACTIVE(AVX512DQ) &&
                CPU_FEATURE_ACTIVE(AVX512CD) && CPU_FEATURE_ACTIVE(BMI2);
    return wide ? CPU_AVX512 : CPU_AVX2;
}

#else

static CpuLevel machine_level(void) { return CPU_PLAIN; }

#endif

CpuLevel cpu_level(void) {
    CpuLevel level = machine_level();
    return level < limit ? level : limit;
}
