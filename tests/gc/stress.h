/* stress - included before engine/lua/state.c in the build that collects garbage all the time (make test-gc). */
#ifndef PERFEVAL_TESTS_STRESS_H
#define PERFEVAL_TESTS_STRESS_H

struct lua_State;

/** As GC in the environment says: a number: a full collection after so many instructions; "generational": that
 * mode. */
struct lua_State *stress_state(struct lua_State *L);

#define lua_newstate(allocate, state) stress_state((lua_newstate)((allocate), (state)))
/* what the room itself says of collecting is left out */
#define lua_gc(L, ...) ((void)0)

#endif
