#include "app/cmd_lock.h"

#include "app/record.h"
#include "io/tar.h"

typedef struct Lock {
    Pipeline pipeline;
    Inputs inputs;
    RecordOutput output;
    Buffer document, archive;
    Arena arena;
} Lock;

/* A snapshot is whole or not at all. */
static bool add_objects(Lock *lock, Diag *diag) {
    for (size_t i = 0; i < lock->inputs.count; i++) {
        const Input *input = &lock->inputs.items[i];
        bool known = false;
        for (size_t before = 0; before < i; before++)
            known |= str_equal(digest_view(&lock->inputs.items[before].digest), digest_view(&input->digest));
        if (input->bytes.size > RECORD_OBJECT) {
            diag_add(diag, MESSAGE_FILE_TOO_LARGE, NULL, input->path,
                     arena_format(&lock->arena, "%zu", input->bytes.size),
                     arena_format(&lock->arena, "%zu", RECORD_OBJECT));
            return false;
        }
        if (!known)
            tar_add(&lock->archive, arena_format(&lock->arena, "objects/%s", input->digest.letters),
                    input->bytes);
    }
    return true;
}

static bool pack(Lock *lock, const Options *options, Diag *diag) {
    Buffer record = {0};
    RecordJob job = {.pipeline = &lock->pipeline,
                     .options = options,
                     .inputs = &lock->inputs,
                     .outputs = &lock->output,
                     .output_count = 1};
    bool good = record_write(&job, diag, &record, diag);
    if (good) tar_add(&lock->archive, STR("record.json"), buffer_view(&record));
    buffer_release(&record);
    if (!good || !add_objects(lock, diag)) return false;
    tar_add(&lock->archive, STR("outputs/1"), buffer_view(&lock->document));
    tar_end(&lock->archive);
    return true;
}

ExitCode cmd_lock(Options *options, Diag *diag) {
    if (!cli_one_rule_file(options, diag) || !output_check(options, diag)) return EXIT_USAGE;
    if (!options->output.size) {
        diag_add(diag, MESSAGE_MISSING_OPERAND, NULL, STR("--output"));
        return EXIT_USAGE;
    }
    Lock lock = {0};
    Progress progress = {0};
    Options inner = *options;
    inner.inputs = &lock.inputs;
    inner.keep_data = true;
    inner.output = (Str){"", 0};
    lock.output = (RecordOutput){&inner, {.keep = &lock.document}};
    if (pipeline_load(&lock.pipeline, options->operands[0], &inner, diag) &&
        pipeline_evaluate(&lock.pipeline, diag) &&
        output_write(&lock.pipeline, &inner, &progress, &lock.output.made, diag) && pack(&lock, &inner, diag))
        cli_deliver(options, buffer_view(&lock.archive), diag);
    pipeline_release(&lock.pipeline);
    inputs_release(&lock.inputs);
    buffer_release(&lock.document);
    buffer_release(&lock.archive);
    arena_release(&lock.arena);
    return diag_exit_code(diag);
}
