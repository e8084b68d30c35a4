/* hooks - included before engine/lua/state.c in the build that looks for faults: lua_Alloc can be refused. */
#ifndef PERFEVAL_TESTS_HOOKS_H
#define PERFEVAL_TESTS_HOOKS_H

#include <stdbool.h>

bool hooks_refuse_lua(void);
#define STATE_REFUSES hooks_refuse_lua

#endif
