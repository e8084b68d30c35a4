#include "app/joblog.h"

#include "app/held.h"
#include "io/json.h"

#include <time.h>

Str joblog_now(char out[32]) {
    struct tm parts;
    time_t seconds = time(NULL);
    gmtime_r(&seconds, &parts);
    return (Str){out, strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

const char *job_state_name(JobState state) {
    static const char *const names[] = {"waiting", "done", "current", "failed", "elsewhere"};
    return names[state];
}

static bool is_json(const Batch *batch) { return str_is(batch->options->log, "json"); }

static void begin(Buffer *out, const Batch *batch, size_t run, const char *event) {
    char at[32];
    const JobRun *what = &batch->jobs->runs[run];
    buffer_add(out, STR("{\"at\":"));
    json_add_text(out, joblog_now(at));
    buffer_addf(out, ",\"event\":\"%s\",\"job\":", event);
    json_add_text(out, what->job->name);
    json_put_text(out, "run", what->id);
}

static void end(Buffer *out) {
    cli_complain(buffer_view(out));
    buffer_release(out);
}

void joblog_start(const Batch *batch, size_t run) {
    Buffer out = {0};
    if (!is_json(batch)) return;
    begin(&out, batch, run, "start");
    buffer_addf(&out, ",\"try\":%u}\n", batch->results[run].tries);
    end(&out);
}

/* "job/run: done: 154 projects (sluggish 3, normal 151)" */
static void say(const Batch *batch, size_t run, bool again, Buffer *out) {
    const JobResult *result = &batch->results[run];
    const JobRun *what = &batch->jobs->runs[run];
    Arena arena = {0};
    MessageId text = result->state == JOB_DONE      ? TEXT_BATCH_DONE
                     : result->state == JOB_CURRENT ? TEXT_BATCH_CURRENT
                     : again                        ? TEXT_BATCH_AGAIN
                                                    : TEXT_BATCH_FAILED;
    bool failed = result->state == JOB_FAILED;
    Str words[] = {arena_format(&arena, "%.*s/%.*s", STR_FMT(what->job->name), STR_FMT(what->id)),
                   failed ? arena_format(&arena, "%d", (int)result->code)
                          : arena_format(&arena, "%u", (unsigned)result->projects),
                   result->counts};
    held_say(out, text, words, 3, batch->options->language);
    arena_release(&arena);
}

void joblog_end(const Batch *batch, size_t run, bool again, Str messages) {
    const JobResult *result = &batch->results[run];
    Buffer out = {0};
    if (is_json(batch)) {
        begin(&out, batch, run, again ? "again" : job_state_name(result->state));
        buffer_addf(&out,
                    ",\"try\":%u,\"exit\":%d,\"seconds\":%.3f,\"projects\":%u,\"changed\":%s,\"messages\":",
                    result->tries, (int)result->code, result->seconds, (unsigned)result->projects,
                    result->changed ? "true" : "false");
        json_add_text(&out, messages);
        buffer_add(&out, STR("}\n"));
    } else {
        buffer_add(&out, messages);
        say(batch, run, again, &out);
    }
    end(&out);
}

void joblog_last(const Batch *batch, ExitCode code) {
    Buffer out = {0};
    char at[32];
    if (!is_json(batch)) return;
    buffer_add(&out, STR("{\"at\":"));
    json_add_text(&out, joblog_now(at));
    buffer_addf(&out, ",\"event\":\"end\",\"runs\":%zu,\"exit\":%d}\n", batch->jobs->run_count, (int)code);
    end(&out);
}
