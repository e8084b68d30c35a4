/* workerask - what tests of confined children share: one request to a child, and scripts as requests.
 */
#ifndef PERFEVAL_TESTS_WORKERASK_H
#define PERFEVAL_TESTS_WORKERASK_H

#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "faults.h"
#include "lua/describe.h"
#include "lua/sandbox.h"
#include "lua/state.h"
#include "lua/worker.h"

/* Sends one request to a child; reply and messages as text. */
static inline char *ask(WorkerBody body, void *context, const WorkerLimits *limits, const Folders *folders,
                        Str request) {
    Diag *diag = diag_new();
    Buffer reply = {0};
    Worker *worker = worker_start(body, context, limits, folders, diag);
    assert_non_null(worker);
    bool fine = worker_ask(worker, request, &reply, diag);
    assert_int_equal(fine, !diag_has_errors(diag));
    faults_add(&reply, diag);
    if (!fine) assert_false(worker_ask(worker, request, &reply, diag));
    char *text = strdup(buffer_text(&reply));
    worker_free(worker);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1); /* no zombie */
    buffer_release(&reply);
    diag_free(diag);
    return text;
}

/* Runs each request as the script rules/t.lua and answers with what it returned. */
static inline void run_scripts(WorkerChannel *channel, void *context) {
    (void)context;
    Buffer request = {0}, reply = {0};
    lua_State *L = state_new(channel);
    while (worker_receive(channel, &request)) {
        Diag *diag = diag_new();
        Script script = {STR("rules/t.lua"), buffer_view(&request)};
        reply.size = 0;
        lua_settop(L, 0);
        sandbox_push(L);
        worker_begin_call(channel);
        if (state_load(L, &script, 1, diag) && state_call(L, 0, 1, diag)) describe_value(L, -1, &reply);
        worker_reply(channel, buffer_view(&reply), diag);
        diag_free(diag);
    }
}

#endif
