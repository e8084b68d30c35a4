#include "app/cmd_notice.h"

#include "app/pipeline.h"
#include "app/record.h"
#include "io/json.h"
#include "lua/report.h"

#define SUMMARY "perfeval.batch/1"

static const Tree *read_summary(Str path, const File *file, Arena *arena, Diag *diag) {
    const Tree *notice = json_parse(path, file->bytes, arena, diag);
    if (!notice || str_is(record_text(notice, "format"), SUMMARY)) return notice;
    diag_add(diag, MESSAGE_NOTICE_FILE, NULL, path);
    return NULL;
}

/* A notice is made where a job of the list asks for one. */
static bool is_asked(const Tree *notice) {
    const Tree *asked = tree_get(notice, "notice");
    return asked && asked->kind == TREE_BOOL && asked->flag;
}

static void make(const Tree *notice, const Options *options, Arena *arena, Diag *diag) {
    Buffer out = {0};
    /* The scripts of the project, else those installed: the list stands where the rules do. */
    Folders folders = folder_for_rules(arena, record_text(notice, "list"), pipeline_share(arena));
    folders.outside = options->outside;
    ReportJob job = {.notice = notice,
                     .folders = &folders,
                     .limits = &options->limits,
                     .format = options->format.size ? options->format : STR("mail")};
    if (report_render(&job, &out, diag)) cli_deliver(options, buffer_view(&out), diag);
    buffer_release(&out);
}

ExitCode cmd_notice(Options *options, Diag *diag) {
    if (options->operand_count != 1) {
        if (options->operand_count)
            diag_add(diag, MESSAGE_EXTRA_OPERAND, NULL, options->operands[1]);
        else
            diag_add(diag, MESSAGE_MISSING_OPERAND, NULL, message_words(TEXT_OPERAND_SUMMARY));
        return EXIT_USAGE;
    }
    Arena arena = {0};
    File file;
    if (file_read(options->operands[0], &file, diag)) {
        const Tree *notice = read_summary(options->operands[0], &file, &arena, diag);
        if (notice && (options->force || is_asked(notice))) make(notice, options, &arena, diag);
        file_release(&file);
    }
    arena_release(&arena);
    return diag_exit_code(diag);
}
