#include "lua/early.h"

#include "base/memory.h"
#include "lua/sandbox.h"
#include "lua/shipped.h"
#include "lua/state.h"

struct Early {
    Arena arena;
    Str report, format; /* names */
    ReportScripts scripts;
    lua_State *L;   /* NULL: it is another process's */
    Worker *worker; /* the child, once it has answered */
};

static int make_environment(lua_State *L) {
    sandbox_push(L);
    return 1;
}

bool early_load(lua_State *L, const Script *script, Diag *diag) {
    lua_pushcfunction(L, make_environment);
    if (!state_call(L, 0, 1, diag)) return false;
    bool loaded = state_load(L, script, lua_gettop(L), diag);
    lua_remove(L, loaded ? -2 : -1);
    return loaded;
}

bool early_read(const Folders *folders, Str report, Str format, Arena *arena, ReportScripts *out,
                Diag *diag) {
    bool found_report = folder_read_script(folders, "reports", report, arena, &out->report, diag);
    bool found_format = folder_read_script(folders, "formats", format, arena, &out->format, diag);
    if (found_report) folder_read_ahead(&out->ahead, folders, out->report.source, arena);
    if (found_format) folder_read_ahead(&out->ahead, folders, out->format.source, arena);
    return found_report && found_format;
}

static void load(lua_State *L, const Script *script, Diag *diag) {
    if (!shipped_is(script->source) || !early_load(L, script, diag)) lua_pushnil(L);
}

/* The store is the child's, and goes as a whole; what else is made meanwhile is not of it. Without one
 * nothing is made early: this process would have to clear it away. */
static lua_State *make_state(const ReportScripts *scripts, Diag *diag) {
    if (!memory_begin_store() && !MEMORY_POOL_PLAIN) return NULL;
    lua_State *L = state_new(NULL);
    if (L) load(L, &scripts->format, diag);
    if (L) load(L, &scripts->report, diag);
    memory_pause_store();
    return L;
}

Early *early_begin(const Folders *folders, Str report, Str format) {
    Early *early = memory_new(1, sizeof *early);
    Diag *unseen = diag_new();
    early->report = report;
    early->format = format;
    if (early_read(folders, report, format, &early->arena, &early->scripts, unseen))
        early->L = make_state(&early->scripts, unseen);
    if (!early->L) {
        early_free(early);
        early = NULL;
    }
    diag_free(unseen);
    return early;
}

const ReportScripts *early_scripts(const Early *early, Str report, Str format) {
    bool same = early && early->L && str_equal(early->report, report) && str_equal(early->format, format);
    return same ? &early->scripts : NULL;
}

lua_State *early_take(const Early *early, WorkerChannel *channel) {
    memory_begin_store();
    if (early) state_join(early->L, channel);
    return early ? early->L : NULL;
}

void early_leave(Early *early) {
    if (!early) return;
    if (MEMORY_POOL_PLAIN && early->L) state_close(early->L);
    early->L = NULL;
    memory_drop_store();
}

void early_keep(Early *early, Worker *worker) {
    worker_free(early->worker);
    worker_end(worker);
    early->worker = worker;
}

void early_free(Early *early) {
    if (!early) return;
    early_leave(early);
    worker_free(early->worker);
    arena_release(&early->arena);
    memory_free(early);
}
