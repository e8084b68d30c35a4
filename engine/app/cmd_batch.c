#include "app/cmd_batch.h"

#include "app/batch.h"
#include "app/batch_history.h"
#include "app/expand.h"
#include "app/held.h"
#include "app/joblog.h"
#include "app/timer.h"
#include "io/json.h"

static size_t count_state(const Batch *batch, JobState state) {
    size_t count = 0;
    for (size_t i = 0; i < batch->jobs->run_count; i++) count += batch->results[i].state == state;
    return count;
}

static ExitCode worst_of(const Batch *batch) {
    ExitCode code = EXIT_DONE;
    for (size_t i = 0; i < batch->jobs->run_count; i++) code = batch_worse(code, batch->results[i].code);
    return code;
}

/* ---- the table at the end */

static void draw_table(const Batch *batch, Buffer *out) {
    Columns columns;
    columns_begin(&columns, 6, "lllrrl");
    held_heads(&columns, TEXT_BATCH_HEAD, batch->options->language);
    for (size_t i = 0; i < batch->jobs->run_count; i++) {
        const JobRun *run = &batch->jobs->runs[i];
        const JobResult *result = &batch->results[i];
        columns_add(&columns, run->job->name);
        columns_add(&columns, run->id);
        columns_add(&columns, str_of(job_state_name(result->state)));
        columns_addf(&columns, "%d", (int)result->code);
        columns_addf(&columns, "%u", (unsigned)result->projects);
        columns_add(&columns, result->counts);
    }
    columns_end(&columns, 0, out);
    Arena arena = {0};
    Str words[] = {arena_format(&arena, "%zu", count_state(batch, JOB_DONE)),
                   arena_format(&arena, "%zu", count_state(batch, JOB_CURRENT)),
                   arena_format(&arena, "%zu", count_state(batch, JOB_FAILED)),
                   arena_format(&arena, "%zu", count_state(batch, JOB_ELSEWHERE))};
    held_say(out, TEXT_BATCH_SUMMARY, words, 4, batch->options->language);
    const Str kept[] = {batch->jobs->history, arena_format(&arena, "%zu", batch->added)};
    if (kept[0].size) held_say(out, TEXT_BATCH_HISTORY, kept, 2, batch->options->language);
    arena_release(&arena);
}

/* ---- perfeval.batch/1: for --format json, and for notices */

static bool asks_notice(const Batch *batch, size_t run) {
    const JobResult *result = &batch->results[run];
    unsigned wanted = batch->jobs->runs[run].job->notify;
    bool failed = result->state == JOB_FAILED || result->state == JOB_ELSEWHERE;
    return (wanted & NOTIFY_ALWAYS) || ((wanted & NOTIFY_FAILED) && failed) ||
           ((wanted & NOTIFY_CHANGED) && result->changed);
}

static void add_run(const Batch *batch, size_t i, Buffer *out) {
    const JobRun *run = &batch->jobs->runs[i];
    const JobResult *result = &batch->results[i];
    buffer_add(out, i > 0 ? STR(",\n{\"job\":") : STR("\n{\"job\":"));
    json_add_text(out, run->job->name);
    json_put_text(out, "run", run->id);
    buffer_addf(out,
                ",\"state\":\"%s\",\"exit\":%d,\"projects\":%u,\"counts\":", job_state_name(result->state),
                (int)result->code, (unsigned)result->projects);
    json_add_text(out, result->counts);
    buffer_addf(out, ",\"changed\":%s,\"notice\":%s}", result->changed ? "true" : "false",
                asks_notice(batch, i) ? "true" : "false");
}

static void draw_json(const Batch *batch, ExitCode code, Buffer *out) {
    const Jobs *jobs = batch->jobs;
    bool notice = false;
    for (size_t i = 0; i < jobs->run_count; i++) notice |= asks_notice(batch, i);
    for (size_t i = 0; i < jobs->count; i++) {
        bool failed = code != EXIT_DONE && (jobs->items[i].notify & (NOTIFY_FAILED | NOTIFY_ALWAYS));
        notice |= failed;
    }
    buffer_add(out, STR("{\"format\":\"perfeval.batch/1\",\"list\":"));
    json_add_text(out, jobs->file);
    buffer_addf(out,
                ",\"exit\":%d,\"done\":%zu,\"current\":%zu,\"failed\":%zu,\"elsewhere\":%zu,\"notice\":%s",
                (int)code, count_state(batch, JOB_DONE), count_state(batch, JOB_CURRENT),
                count_state(batch, JOB_FAILED), count_state(batch, JOB_ELSEWHERE), notice ? "true" : "false");
    const struct {
        const char *name;
        Str text;
    } words[] = {{"from", jobs->mail_from}, {"to", jobs->mail_to}};
    for (size_t i = 0; i < 2; i++) {
        json_put_text(out, words[i].name, words[i].text.size ? words[i].text : STR(""));
    }
    if (jobs->history.size) buffer_addf(out, ",\"history\":%zu", batch->added);
    buffer_add(out, STR(",\"runs\":["));
    for (size_t i = 0; i < jobs->run_count; i++) add_run(batch, i, out);
    buffer_add(out, STR("]}\n"));
}

static void keep_summary(const Batch *batch, ExitCode code, Diag *diag) {
    Buffer out = {0};
    Arena arena = {0};
    draw_json(batch, code, &out);
    if (file_make_folders(batch->jobs->records, diag))
        file_write(path_join(&arena, batch->jobs->records, STR("last-batch.json")), buffer_view(&out), diag);
    arena_release(&arena);
    buffer_release(&out);
}

static void report(const Batch *batch, ExitCode code, Diag *diag) {
    Buffer out = {0};
    if (str_is(batch->options->format, "json"))
        draw_json(batch, code, &out);
    else
        draw_table(batch, &out);
    cli_deliver(batch->options, buffer_view(&out), diag);
    buffer_release(&out);
}

/* ---- --dry-run */

static void list_runs(const Jobs *jobs, const Options *options, Diag *diag) {
    Buffer out = {0};
    Columns columns;
    columns_begin(&columns, 6, "llllll");
    held_heads(&columns, TEXT_BATCH_PLAN, options->language);
    for (size_t i = 0; i < jobs->run_count; i++) {
        const JobRun *run = &jobs->runs[i];
        Arena arena = {0};
        bool due = options->force || !job_is_current(jobs, run, options, &arena);
        columns_add(&columns, run->job->name);
        columns_add(&columns, run->id);
        columns_add(&columns, held_text(due ? TEXT_BATCH_DUE : TEXT_BATCH_NOT_DUE, options->language));
        columns_add(&columns, run->rules);
        columns_add(&columns, run->data.size ? run->data : STR("-"));
        Buffer outputs = {0};
        for (size_t j = 0; j < run->job->output_count; j++) {
            if (j > 0) buffer_add_char(&outputs, ' ');
            buffer_add(&outputs, run->outputs[j].path);
        }
        columns_add(&columns, buffer_view(&outputs));
        buffer_release(&outputs);
        arena_release(&arena);
    }
    columns_end(&columns, 0, &out);
    cli_deliver(options, buffer_view(&out), diag);
    buffer_release(&out);
}

static bool check_options(const Options *options, Diag *diag) {
    if (!cli_one_rule_file(options, diag) || !held_check_format(options, "text, json", diag)) return false;
    if (!options->log.size || str_is(options->log, "text") || str_is(options->log, "json")) return true;
    diag_add(diag, MESSAGE_FLAG_CHOICE, NULL, STR("--log"), options->log, STR("text, json"));
    return false;
}

static ExitCode run_all(const Jobs *jobs, const Options *options, Diag *diag) {
    Batch batch = {.jobs = jobs, .options = options};
    batch_run(&batch, diag);
    if (jobs->history.size) batch_history(&batch, &batch.added, diag);
    ExitCode code = batch_worse(worst_of(&batch), diag_exit_code(diag));
    keep_summary(&batch, code, diag);
    code = batch_worse(code, diag_exit_code(diag));
    joblog_last(&batch, code);
    report(&batch, code, diag);
    code = batch_worse(code, diag_exit_code(diag));
    arena_release(&batch.arena);
    return code;
}

ExitCode cmd_batch(Options *options, Diag *diag) {
    if (!check_options(options, diag)) return EXIT_USAGE;
    cpu_limit(options->cpu);
    Arena arena = {0};
    Jobs jobs = {0};
    Folders folders = folder_for_rules(&arena, options->operands[0], pipeline_share(&arena));
    folders.outside = options->outside;
    ExitCode code = EXIT_DONE;
    if (jobs_load(options->operands[0], &folders, &options->limits, &jobs, diag)) {
        if (options->install_timer)
            timer_write(&jobs, options, diag);
        else if (!expand_jobs(&jobs, diag))
            code = EXIT_RULES;
        else if (options->dry_run)
            list_runs(&jobs, options, diag);
        else
            code = run_all(&jobs, options, diag);
    }
    code = batch_worse(code, diag_exit_code(diag));
    jobs_release(&jobs);
    arena_release(&arena);
    return code;
}
