#include "base/relay.h"

#include "base/crew.h"
#include "base/memory.h"

#include <pthread.h>

typedef struct Slot {
    Buffer part;
    bool ready;
} Slot;

/* Part n lies in slot n % slot_count from when it is begun until it was passed. */
typedef struct State {
    const Relay *relay;
    pthread_mutex_t lock;
    pthread_cond_t moved; /* a part was made or passed, or all are to stop */
    Slot *slots;
    size_t slot_count;
    size_t begun, passed; /* parts */
    bool stop;
} State;

static bool can_begin(const State *state) {
    return state->begun < state->relay->parts && state->begun < state->passed + state->slot_count;
}

/* Makes the next part. Called and left with the lock held. */
static void make_next(State *state) {
    size_t number = state->begun++;
    Slot *slot = &state->slots[number % state->slot_count];
    pthread_mutex_unlock(&state->lock);
    slot->part.size = 0;
    state->relay->make(state->relay->context, number, &slot->part);
    pthread_mutex_lock(&state->lock);
    slot->ready = true;
    pthread_cond_broadcast(&state->moved);
}

/* Passes the next part, which is ready. Called and left with the lock held. */
static void pass_next(State *state) {
    Slot *slot = &state->slots[state->passed % state->slot_count];
    pthread_mutex_unlock(&state->lock);
    bool good = state->relay->pass(state->relay->context, state->passed, buffer_view(&slot->part));
    pthread_mutex_lock(&state->lock);
    slot->ready = false;
    state->passed++;
    if (!good) state->stop = true;
    pthread_cond_broadcast(&state->moved);
}

static void *run_worker(void *argument) {
    State *state = argument;
    pthread_mutex_lock(&state->lock);
    while (!state->stop && state->begun < state->relay->parts) {
        if (can_begin(state))
            make_next(state);
        else
            pthread_cond_wait(&state->moved, &state->lock);
    }
    pthread_mutex_unlock(&state->lock);
    return NULL;
}

/* The caller passes what is ready and works while nothing is. */
static void run_caller(State *state) {
    pthread_mutex_lock(&state->lock);
    while (!state->stop && state->passed < state->relay->parts) {
        if (state->slots[state->passed % state->slot_count].ready)
            pass_next(state);
        else if (can_begin(state))
            make_next(state);
        else
            pthread_cond_wait(&state->moved, &state->lock);
    }
    pthread_mutex_unlock(&state->lock);
}

bool relay_run(const Relay *relay) {
    size_t threads = crew_size(relay->threads, relay->parts), started = 0;
    pthread_t workers[CREW_MOST];
    State state = {.relay = relay, .slot_count = threads > 1 ? 2 * threads : 1};
    state.slots = memory_new(state.slot_count, sizeof *state.slots);
    pthread_mutex_init(&state.lock, NULL);
    pthread_cond_init(&state.moved, NULL);
    /* a thread that cannot be had is done without */
    for (size_t i = 1; i < threads; i++)
        started += pthread_create(&workers[started], NULL, run_worker, &state) == 0;
    run_caller(&state);
    for (size_t i = 0; i < started; i++) pthread_join(workers[i], NULL);
    for (size_t i = 0; i < state.slot_count; i++) buffer_release(&state.slots[i].part);
    pthread_cond_destroy(&state.moved);
    pthread_mutex_destroy(&state.lock);
    memory_free(state.slots);
    return !state.stop;
}
