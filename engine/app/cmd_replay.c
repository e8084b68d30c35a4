#include "app/cmd_replay.h"

#include "app/arguments.h"
#include "app/held.h"
#include "app/replay.h"
#include "io/tar.h"

#include <errno.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>

#ifndef PERFEVAL_VERSION
#define PERFEVAL_VERSION "unknown"
#endif

/* What a record names by paths such as ../../x is unpacked below so many folders. */
#define DEEP "/1/2/3/4/5/6/7/8"

typedef struct Again {
    Replay replay;
    File file;
    Str folder; /* where the inputs were unpacked to; empty: the files of today are read */
    Options options;
    Pipeline pipeline;
    Inputs inputs;
    Output *outputs;
    size_t output_count;
} Again;

static bool damaged(const Again *again, Diag *diag) {
    Place place = {.file = again->replay.file};
    diag_add(diag, MESSAGE_RECORD_DAMAGED, &place, again->replay.file);
    return false;
}

static bool open_record(Again *again, Str path, Diag *diag) {
    Replay *replay = &again->replay;
    replay->file = path;
    if (!file_read(path, &again->file, diag)) return false;
    Str bytes = again->file.bytes;
    if (tar_is(bytes)) {
        replay->archive = bytes;
        if (!tar_find(replay->archive, STR("record.json"), &bytes)) return damaged(again, diag);
    }
    replay->record = record_read(path, bytes, &replay->arena, diag);
    return replay->record != NULL;
}

/* ---- unpacking */

/* Where a path of the record stands in the folder of this replay. A path that leads out of it is refused. */
static bool place_of(Again *again, Str path, Str *out, Diag *diag) {
    Arena *arena = &again->replay.arena;
    Str inside = arena_format(arena, "%.*s/", STR_FMT(again->folder));
    Str base = arena_format(arena, "%.*s" DEEP, STR_FMT(again->folder));
    if (str_starts(path, STR("/"))) {
        base = arena_format(arena, "%.*sabsolute", STR_FMT(inside));
        path = str_slice(path, 1, path.size);
    }
    *out = path_join(arena, base, path);
    return str_starts(*out, inside) || damaged(again, diag);
}

/* Scripts are looked up by name: all stand in the project's folder. */
static bool script_place(Again *again, Str path, Str *out, Diag *diag) {
    Arena *arena = &again->replay.arena;
    Str rules = {"", 0}, name = {"", 0}, marker = STR("scripts/");
    for (size_t i = 0; i + marker.size <= path.size; i++)
        if (str_starts(str_slice(path, i, path.size), marker)) name = str_slice(path, i, path.size);
    if (!name.size) return damaged(again, diag);
    if (!place_of(again, record_text(again->replay.record, "rules"), &rules, diag)) return false;
    Folders folders = folder_for_rules(arena, rules, again->folder);
    if (folders.cause) {
        diag_add(diag, MESSAGE_FILE_OPEN, NULL, path_folder(arena, rules), file_cause(folders.cause));
        return false;
    }
    *out = path_join(arena, folders.project, name);
    return str_starts(*out, again->folder) || damaged(again, diag);
}

static bool unpack_one(Again *again, const Tree *entry, Diag *diag) {
    Arena *arena = &again->replay.arena;
    Str path = record_text(entry, "path"), bytes, to;
    bool script = str_is(record_text(entry, "kind"), "script");
    if (!(script ? script_place(again, path, &to, diag) : place_of(again, path, &to, diag))) return false;
    if (!replay_object(&again->replay, record_text(entry, "digest"), &bytes)) {
        diag_add(diag, MESSAGE_RECORD_NOT_KEPT, NULL, path);
        return false;
    }
    return file_make_folders(path_folder(arena, to), diag) && file_write(to, bytes, diag);
}

/* The rules first: the project's folder, where scripts go, is found by them. */
static bool unpack_all(Again *again, Diag *diag) {
    const Tree *list = tree_get(again->replay.record, "inputs");
    if (!list || list->kind != TREE_TABLE) return damaged(again, diag);
    for (int scripts = 0; scripts < 2; scripts++) {
        for (size_t i = 0; i < list->positional; i++) {
            const Tree *entry = list->items[i].value;
            if (str_is(record_text(entry, "kind"), "script") != scripts) continue;
            if (!unpack_one(again, entry, diag)) return false;
        }
    }
    return true;
}

static bool make_folder(Again *again, Diag *diag) {
    const char *base = getenv("TMPDIR");
    Arena *arena = &again->replay.arena;
    Str name = arena_format(arena, "%s/perfeval-replay-XXXXXX", base && *base ? base : "/tmp");
    char *made = mkdtemp((char *)(uintptr_t)name.data);
    if (made) again->folder = name;
    if (!made) diag_add(diag, MESSAGE_FILE_WRITE, NULL, name, file_cause(errno));
    return made != NULL;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *where) {
    (void)status;
    (void)kind;
    (void)where;
    return remove(path) < 0 ? -1 : 0;
}

/* ---- running */

static bool set_options(Again *again, const Options *given, Diag *diag) {
    const Tree *record = again->replay.record;
    Options *options = &again->options;
    *options = *given;
    options->operands = arena_new(&again->replay.arena, 1, sizeof *options->operands);
    options->operands[0] = record_text(record, "rules");
    options->inputs = &again->inputs;
    options->keep_data = true;
    Str data = record_text(record, "data");
    if (again->folder.size) {
        options->share = again->folder;
        if (!place_of(again, options->operands[0], &options->operands[0], diag)) return false;
        if (data.size && !place_of(again, data, &data, diag)) return false;
    }
    if (!given->data.size) options->data = data;
    size_t errors = diag_count(diag);
    if (!arguments_read(record, &again->replay.arena, options, diag))
        return diag_count(diag) == errors ? damaged(again, diag) : false;
    Str run = record_text(record, "last_year_found");
    if (run.size && !given->last_year_run.size) options->last_year_run = run;
    if (!again->folder.size) return true;
    bool listed = options->departments.size && !given->departments.size;
    bool earlier = options->last_year_from.size && !given->last_year_from.size;
    if (earlier) options->last_year_run = (Str){"", 0}; /* what is kept are the figures of that run */
    return (!listed || place_of(again, options->departments, &options->departments, diag)) &&
           (!earlier || place_of(again, options->last_year_from, &options->last_year_from, diag));
}

static bool make_output(Again *again, const Tree *entry, Output *output, Diag *diag) {
    Options options = again->options;
    Progress progress = {0};
    Buffer bytes = {0};
    options.format = record_text(entry, "format");
    options.report = record_text(entry, "report");
    options.has_level = export_level_find(record_text(entry, "level"), &options.level);
    for (unsigned i = OUTPUT_UTF8; i < OUTPUT_ENCODINGS; i++)
        if (str_is(record_text(entry, "encoding"), output_encodings[i])) options.output_encoding = i;
    Output made = {.keep = &bytes};
    bool good = output_write(&again->pipeline, &options, &progress, &made, diag);
    *output = (Output){.digest = made.digest, .bytes = made.bytes};
    buffer_release(&bytes);
    return good;
}

static bool make_outputs(Again *again, Diag *diag) {
    const Tree *list = tree_get(again->replay.record, "outputs");
    if (!list || list->kind != TREE_TABLE) return damaged(again, diag);
    again->output_count = list->positional;
    again->outputs = arena_new(&again->replay.arena, list->positional + 1, sizeof *again->outputs);
    for (size_t i = 0; i < list->positional; i++)
        if (!make_output(again, list->items[i].value, &again->outputs[i], diag)) return false;
    return true;
}

static void report(Again *again, Str rows, const DigestText *digest, const Options *options, Diag *diag) {
    Replay *replay = &again->replay;
    Buffer out = {0};
    size_t differences =
        replay_compare(replay, &again->inputs, rows, digest, again->outputs, again->output_count, &out);
    if (differences) {
        Buffer all = {0};
        held_say(&all, TEXT_REPLAY_DIFFERS, &replay->file, 1, replay->language);
        buffer_add(&all, buffer_view(&out));
        buffer_release(&out);
        out = all;
        diag_add(diag, MESSAGE_REPLAY_DIFFERS, NULL, replay->file);
    } else {
        Str words[] = {arena_format(&replay->arena, "%zu", results_rows(again->pipeline.results)),
                       arena_format(&replay->arena, "%zu", again->output_count)};
        held_say(&out, TEXT_REPLAY_IDENTICAL, words, 2, replay->language);
    }
    Str builds[] = {STR("perfeval " PERFEVAL_VERSION), record_text(replay->record, "engine")};
    if (!str_equal(builds[0], builds[1])) held_say(&out, TEXT_REPLAY_ENGINE, builds, 2, replay->language);
    cli_deliver(options, buffer_view(&out), diag);
    buffer_release(&out);
}

static void run(Again *again, const Options *options, Diag *diag) {
    bool unpacked = again->replay.archive.size > 0 || options->kept;
    if (unpacked && (!make_folder(again, diag) || !unpack_all(again, diag))) return;
    if (!set_options(again, options, diag)) return;
    if (!pipeline_load(&again->pipeline, again->options.operands[0], &again->options, diag) ||
        !pipeline_evaluate(&again->pipeline, diag) || !make_outputs(again, diag))
        return;
    Buffer rows = {0};
    DigestText digest;
    if (record_rows(&again->pipeline, options->threads, &rows, &digest, diag))
        report(again, buffer_view(&rows), &digest, options, diag);
    buffer_release(&rows);
}

ExitCode cmd_replay(Options *options, Diag *diag) {
    if (options->operand_count != 1) {
        if (options->operand_count)
            diag_add(diag, MESSAGE_EXTRA_OPERAND, NULL, options->operands[1]);
        else
            diag_add(diag, MESSAGE_MISSING_OPERAND, NULL, message_words(TEXT_OPERAND_RECORD));
        return EXIT_USAGE;
    }
    Again again = {.replay = {.language = options->language}};
    if (open_record(&again, options->operands[0], diag)) run(&again, options, diag);
    pipeline_release(&again.pipeline);
    inputs_release(&again.inputs);
    if (again.folder.size) nftw(again.folder.data, remove_one, 8, FTW_DEPTH | FTW_PHYS);
    file_release(&again.file);
    arena_release(&again.replay.arena);
    return diag_exit_code(diag);
}
