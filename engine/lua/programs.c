#include "lua/programs.h"

#include "lua/harvest.h"
#include "lua/probes.h"
#include "lua/state.h"
#include "lua/translate.h"

typedef struct Translating {
    const Dataset *dataset;
    const Results *results; /* NULL: for rows */
    const Plan *plan;
    uint32_t function;
    Arena arena;
    Program program;
    bool good;
} Translating;

/* Stack: the Translating. */
static int look_at_scripts(lua_State *L) {
    Translating *translating = lua_touserdata(L, 1);
    translating->good = translate_scripts_keep_still(L);
    return 0;
}

/* Stack: the Translating. */
static int translate_function(lua_State *L) {
    Translating *translating = lua_touserdata(L, 1);
    const View *view = translating->results ? view_of_results(L, translating->results, NULL)
                                            : view_of_dataset(L, translating->dataset);
    translating->good = harvest_push_function(L, translating->function) &&
                        translate(L, view, translating->plan, translating->results != NULL,
                                  &translating->arena, &translating->program);
    return 0;
}

/* What goes wrong goes unheard: Lua answers then. */
static bool call(lua_State *L, lua_CFunction part, Translating *translating) {
    Diag *unheard = diag_new();
    translating->good = false;
    lua_pushcfunction(L, part);
    lua_pushlightuserdata(L, translating);
    bool good = state_call(L, 1, 0, unheard) && translating->good;
    diag_free(unheard);
    return good;
}

void programs_add(Programs *programs, lua_State *L, const Dataset *dataset, const Results *results,
                  const Plan *plan, uint32_t function, Buffer *out) {
    Translating translating = {.dataset = dataset, .results = results, .plan = plan, .function = function};
    if (programs->may == PROGRAMS_UNKNOWN) {
        bool may = call(L, look_at_scripts, &translating) &&
                   probes_agree(L, probes_rows()); /* the child ends with them */
        programs->may = may ? PROGRAMS_MAY : PROGRAMS_MAY_NOT;
    }
    if (programs->may == PROGRAMS_MAY && call(L, translate_function, &translating))
        program_write(out, &translating.program);
    arena_release(&translating.arena);
}
