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
    bool tried, exhausted; /* memory that runs out ends the relay, not the process; it did */
} State;

static bool can_begin(const State *state) {
    return state->begun < state->relay->parts && state->begun < state->passed + state->slot_count;
}

/* False when memory ran out. */
static bool attempt(const State *state, void (*work)(void *context), void *context) {
    if (state->tried) return memory_try(work, context);
    work(context);
    return true;
}

typedef struct Making {
    State *state;
    size_t number;
} Making;

static void make_part(void *context) {
    const Making *making = context;
    State *state = making->state;
    Slot *slot = &state->slots[making->number % state->slot_count];
    slot->part.size = 0;
    state->relay->make(state->relay->context, making->number, &slot->part);
}

/* Makes the next part. Called and left with the lock held. */
static void make_next(State *state) {
    Making making = {state, state->begun++};
    pthread_mutex_unlock(&state->lock);
    bool made = attempt(state, make_part, &making);
    pthread_mutex_lock(&state->lock);
    state->slots[making.number % state->slot_count].ready = made;
    if (!made) state->stop = state->exhausted = true;
    pthread_cond_broadcast(&state->moved);
}

typedef struct Passing {
    State *state;
    Str part;
    bool good;
} Passing;

static void pass_part(void *context) {
    Passing *passing = context;
    const State *state = passing->state;
    passing->good = state->relay->pass(state->relay->context, state->passed, passing->part);
}

/* Passes the next part, which is ready. Called and left with the lock held. */
static void pass_next(State *state) {
    Slot *slot = &state->slots[state->passed % state->slot_count];
    Passing passing = {state, buffer_view(&slot->part), false};
    pthread_mutex_unlock(&state->lock);
    bool passed = attempt(state, pass_part, &passing);
    pthread_mutex_lock(&state->lock);
    if (!passed) state->exhausted = true;
    slot->ready = false;
    state->passed++;
    if (!passing.good) state->stop = true;
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
    State state = {.relay = relay, .slot_count = threads > 1 ? 2 * threads : 1, .tried = memory_is_tried()};
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
    if (state.exhausted) memory_exhausted();
    return !state.stop;
}
