#include "lua/clock.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* A signal handler is given nothing, so what it must know is the one mutable file-scope state of the program.
 * It belongs to the forked child, which has one thread; atomics are for the handler that interrupts it. */
static struct {
    lua_State *_Atomic state;
    ClockPlace _Atomic place;
    const char *_Atomic inside;
    atomic_uint_fast64_t call; /* number of the present call, 0 before the first */
    atomic_int hold;
    atomic_int limit;   /* a ClockLimit, once met */
    atomic_int stopped; /* the script has ended because of it */
    /* only the handler's, after clock_start */
    uint_fast64_t seen_call;
    int64_t seen_at, met_at;
    int64_t call_limit, total_limit;
    int descriptor;
    uint32_t kind;
} watch;

/* Its address is the error value of a limit: no script can make or catch it. */
static const char limit_value = 0;

static int64_t nanoseconds(double seconds) { return (int64_t)(seconds * 1e9); }

/* CPU time of the child's thread, which began with the fork. */
static int64_t used(void) {
    struct timespec now = {0};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static void raise_limit(lua_State *L, lua_Debug *record) {
    (void)record;
    lua_pushlightuserdata(L, (void *)&limit_value);
    lua_error(L);
}

/* At most `room` bytes, whole characters, with a zero behind them; what was there was zero. */
static void put(char *to, size_t room, Str text) {
    size_t size = text.size < room ? text.size : room - 1;
    while (size < text.size && size > 0 && ((unsigned char)text.data[size] & 0xC0) == 0x80) size--;
    if (size) memcpy(to, text.data, size);
}

/* A script has been inside one C function since the hook was set, so that Lua's stack stands still. A file
 * whose name does not fit is not named. */
static _Noreturn void say_farewell(void) {
    ClockFarewell farewell = {
        .size = sizeof farewell - sizeof farewell.size, .kind = watch.kind, .limit = (uint32_t)watch.limit};
    lua_State *L = watch.state;
    ClockPlace find = watch.place;
    Place place = L && find ? find(L) : (Place){0};
    if (place.line && place.file.size < sizeof farewell.file) {
        farewell.line = place.line;
        farewell.column = place.column;
        farewell.span = place.span;
        put(farewell.file, sizeof farewell.file, place.file);
        put(farewell.source, sizeof farewell.source, place.source);
    }
    const char *name = watch.inside;
    if (name) put(farewell.inside, sizeof farewell.inside, str_of(name));
    ssize_t ignored = write(watch.descriptor, &farewell, sizeof farewell);
    (void)ignored;
    _exit(0);
}

static ClockLimit limit_met(int64_t now) {
    if (now >= watch.total_limit) return CLOCK_TOTAL;
    uint_fast64_t call = watch.call;
    if (call == 0) return CLOCK_NONE;
    if (call != watch.seen_call) {
        watch.seen_call = call;
        watch.seen_at = now;
    }
    return now - watch.seen_at >= watch.call_limit ? CLOCK_CALL : CLOCK_NONE;
}

static void meet(ClockLimit limit, int64_t now) {
    watch.met_at = now;
    watch.limit = limit;
    lua_State *L = watch.state;
    if (L) lua_sethook(L, raise_limit, LUA_MASKCALL | LUA_MASKRET | LUA_MASKLINE | LUA_MASKCOUNT, 1);
}

static void tick(int number) {
    (void)number;
    int error = errno;
    int64_t now = used();
    if (watch.limit == CLOCK_NONE) {
        ClockLimit limit = limit_met(now);
        if (limit != CLOCK_NONE) meet(limit, now);
    } else if (!watch.stopped && !watch.hold && now - watch.met_at > nanoseconds(CLOCK_GRACE_SECONDS))
        say_farewell();
    errno = error;
}

bool clock_start(int descriptor, uint32_t kind, double call_seconds, double cpu_seconds) {
    watch.descriptor = descriptor;
    watch.kind = kind;
    watch.call_limit = nanoseconds(call_seconds);
    watch.total_limit = nanoseconds(cpu_seconds);
    struct sigaction action = {.sa_handler = tick, .sa_flags = SA_RESTART};
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGALRM};
    struct itimerspec period = {{0, CLOCK_TICK_NANOSECONDS}, {0, CLOCK_TICK_NANOSECONDS}};
    timer_t timer;
    return sigaction(SIGALRM, &action, NULL) == 0 &&
           timer_create(CLOCK_THREAD_CPUTIME_ID, &event, &timer) == 0 &&
           timer_settime(timer, 0, &period, NULL) == 0;
}

void clock_watch(lua_State *L, ClockPlace place) {
    watch.place = place;
    watch.state = L;
}

/* Only the thread that the handler interrupts counts: no locked addition is needed. */
void clock_begin_call(void) {
    uint_fast64_t call = atomic_load_explicit(&watch.call, memory_order_relaxed);
    atomic_store_explicit(&watch.call, call + 1, memory_order_relaxed);
}

void clock_hold(bool hold) { watch.hold = hold; }

void clock_inside(const char *name) { atomic_store_explicit(&watch.inside, name, memory_order_relaxed); }

bool clock_raised(lua_State *L, int index) {
    return lua_islightuserdata(L, index) && lua_touserdata(L, index) == (const void *)&limit_value;
}

ClockLimit clock_stopped(void) {
    watch.stopped = 1;
    return (ClockLimit)watch.limit;
}
