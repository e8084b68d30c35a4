#include "app/cmd_merge.h"

#include "model/partial.h"

static bool take(void *context, Str bytes) { return file_writer_add(context, bytes); }

static bool merge(const PartialFile *files, const Options *options, Diag *diag) {
    FileWriter *writer = cli_writer(options, diag);
    if (!writer) return false;
    bool good = partial_merge(files, options->operand_count, take, writer, diag);
    return file_writer_close(writer, good, diag) && good;
}

ExitCode cmd_merge(Options *options, Diag *diag) {
    size_t count = options->operand_count, opened = 0;
    if (count == 0) {
        diag_add(diag, MESSAGE_MISSING_OPERAND, NULL, message_words(TEXT_OPERAND_PART));
        return EXIT_USAGE;
    }
    Arena arena = {0};
    File *files = arena_new(&arena, count, sizeof *files);
    PartialFile *parts = arena_new(&arena, count, sizeof *parts);
    while (opened < count && file_read(options->operands[opened], &files[opened], diag)) {
        parts[opened] = (PartialFile){options->operands[opened], files[opened].bytes};
        opened++;
    }
    if (opened == count) merge(parts, options, diag);
    for (size_t i = 0; i < opened; i++) file_release(&files[i]);
    arena_release(&arena);
    return diag_exit_code(diag);
}
