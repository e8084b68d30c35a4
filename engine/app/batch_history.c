#include "app/batch_history.h"

#include "app/history.h"

static bool follow_all(const Batch *batch, History *history, size_t *added) {
    const Jobs *jobs = batch->jobs;
    bool good = true;
    for (size_t i = 0; i < jobs->run_count && good; i++) {
        const JobRun *run = &jobs->runs[i];
        Arena arena = {0};
        Str folder = arena_format(&arena, "%.*s/%.*s/%.*s", STR_FMT(jobs->records), STR_FMT(run->job->name),
                                  STR_FMT(run->id));
        if (batch->results[i].state != JOB_ELSEWHERE) good = history_follow(history, folder, added);
        arena_release(&arena);
    }
    return good;
}

bool batch_history(const Batch *batch, size_t *added, Diag *diag) {
    Arena arena = {0};
    History history = {0};
    Str path = batch->jobs->history;
    *added = 0;
    bool good = file_make_folders(path_folder(&arena, path), diag) &&
                history_open(&history, path, true, diag) && follow_all(batch, &history, added);
    history_close(&history);
    arena_release(&arena);
    return good;
}
