#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/crew.h"
#include "base/memory.h"
#include "base/relay.h"

#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#define COUNT(table) (sizeof(table) / sizeof *(table))

typedef struct Trial {
    Buffer out;
    size_t next;         /* part that is to be passed */
    size_t stop;         /* part that is refused */
    atomic_size_t ahead; /* parts made */
    size_t most;         /* parts made and not passed, at most */
} Trial;

/* Parts of very different sizes, so that later ones are ready before earlier ones. */
static void make(void *context, size_t number, Buffer *out) {
    Trial *trial = context;
    assert_int_equal(out->size, 0);
    for (size_t i = 0; i < (number % 7 == 0 ? 2000u : 1u); i++) buffer_addf(out, "%zu,", number);
    atomic_fetch_add(&trial->ahead, 1);
}

static bool pass(void *context, size_t number, Str part) {
    Trial *trial = context;
    assert_int_equal(number, trial->next++);
    size_t held = atomic_load(&trial->ahead) - number;
    if (held > trial->most) trial->most = held;
    buffer_add(&trial->out, part);
    return number != trial->stop;
}

static bool run(Trial *trial, size_t parts, unsigned threads) {
    *trial = (Trial){.stop = SIZE_MAX};
    return relay_run(&(Relay){parts, threads, trial, make, pass});
}

static void test_order(void **state) {
    (void)state;
    static const unsigned threads[] = {1, 2, 3, 8, 0};
    Trial plain, trial;
    assert_true(run(&plain, 200, 1));
    assert_int_equal(plain.next, 200);
    assert_int_equal(plain.most, 1);
    for (size_t i = 0; i < COUNT(threads); i++) {
        assert_true(run(&trial, 200, threads[i]));
        assert_int_equal(trial.out.size, plain.out.size);
        assert_memory_equal(trial.out.data, plain.out.data, plain.out.size);
        if (threads[i]) assert_in_range(trial.most, 1, 2 * threads[i]);
        buffer_release(&trial.out);
    }
    buffer_release(&plain.out);
}

/* What was refused was the last to be passed. */
static void test_stop(void **state) {
    (void)state;
    for (unsigned threads = 1; threads <= 4; threads++) {
        Trial trial = {.stop = 5};
        assert_false(relay_run(&(Relay){1000, threads, &trial, make, pass}));
        assert_int_equal(trial.next, 6);
        assert_in_range(atomic_load(&trial.ahead), 6, 6 + 2 * threads);
        buffer_release(&trial.out);
    }
}

static void test_few(void **state) {
    (void)state;
    Trial trial;
    assert_true(run(&trial, 0, 4));
    assert_int_equal(trial.next, 0);
    assert_true(run(&trial, 1, 256));
    assert_int_equal(trial.next, 1);
    buffer_release(&trial.out);
}

/* ---- memory that runs out, in whatever thread */

static void exhaust(void *context, size_t number, Buffer *out) {
    (void)context;
    (void)out;
    if (number == 7) memory_exhausted();
}

static bool pass_six(void *context, size_t number, Str part) {
    (void)part;
    *(size_t *)context = number;
    return true;
}

static bool exhaust_passing(void *context, size_t number, Str part) {
    (void)part;
    *(size_t *)context = number;
    if (number == 3) memory_exhausted();
    return true;
}

static void make_nothing(void *context, size_t number, Buffer *out) {
    (void)context;
    (void)number;
    (void)out;
}

static void run_relay(void *context) { relay_run(context); }

static void test_relay_exhausted(void **state) {
    (void)state;
    for (unsigned threads = 1; threads <= 4; threads++) {
        size_t last = 0;
        assert_false(memory_try(run_relay, &(Relay){100, threads, &last, exhaust, pass_six}));
        assert_in_range(last, 0, 6);
        assert_false(memory_try(run_relay, &(Relay){100, threads, &last, make_nothing, exhaust_passing}));
        assert_int_equal(last, 3);
        assert_true(memory_try(run_relay, &(Relay){100, threads, &last, make_nothing, pass_six}));
        assert_int_equal(last, 99);
        assert_false(memory_is_tried());
    }
}

static void exhaust_or_count(void *worker, size_t number) {
    if (number == 5) memory_exhausted();
    ++*(size_t *)worker;
}

static void run_crew(void *context) { crew_run(context, 100, exhaust_or_count); }
static void run_five(void *context) { crew_run(context, 5, exhaust_or_count); }

static void test_crew_exhausted(void **state) {
    (void)state;
    for (unsigned threads = 1; threads <= 4; threads++) {
        Crew crew;
        size_t done = 0;
        crew_begin(&crew, threads, sizeof done);
        assert_true(memory_try(run_five, &crew));
        for (size_t i = 0; i < threads; i++) done += *(size_t *)crew_worker(&crew, i);
        assert_int_equal(done, 5);
        assert_false(memory_try(run_crew, &crew));
        assert_true(crew_stopped(&crew));
        crew_end(&crew);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),
        cmocka_unit_test(test_stop),
        cmocka_unit_test(test_few),
        cmocka_unit_test(test_relay_exhausted),
        cmocka_unit_test(test_crew_exhausted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
