#include "base/cpu.h"

static bool plain;

void cpu_use_plain(void) { plain = true; }

#if defined __x86_64__ && defined __GNUC__

bool cpu_has_avx2(void) { return !plain && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi"); }

#else

bool cpu_has_avx2(void) { return false; }

#endif
