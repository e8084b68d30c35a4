#include "base/cpu.h"

static CpuLevel limit = CPU_AVX512;

void cpu_limit(CpuLevel most) { limit = most; }

bool cpu_find(Str name, CpuLevel *level) {
    static const char *const names[CPU_LEVELS] = {"plain", "avx2", "avx512"};
    int found = 0;
    while (found < CPU_LEVELS && !str_is(name, names[found])) found++;
    *level = (CpuLevel)found;
    return found < CPU_LEVELS;
}

#if defined __x86_64__ && defined __GNUC__

static CpuLevel machine_level(void) {
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("bmi")) return CPU_PLAIN;
    bool wide = __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi2") &&
                __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512cd") &&
                __builtin_cpu_supports("bmi2");
    return wide ? CPU_AVX512 : CPU_AVX2;
}

#else

static CpuLevel machine_level(void) { return CPU_PLAIN; }

#endif

CpuLevel cpu_level(void) {
    CpuLevel level = machine_level();
    return level < limit ? level : limit;
}
