#include "app/cmd_infer.h"

#include "app/pipeline.h"
#include "base/file.h"
#include "io/json.h"
#include "model/infer_write.h"

static bool check(const Options *options, Diag *diag) {
    bool known = !options->format.size || str_is(options->format, "text") || str_is(options->format, "json");
    if (options->operand_count == 0)
        diag_add(diag, MESSAGE_MISSING_OPERAND, NULL, message_words(TEXT_OPERAND_DATA));
    else if (options->operand_count > 1)
        diag_add(diag, MESSAGE_EXTRA_OPERAND, NULL, options->operands[1]);
    else if (!known)
        diag_add(diag, MESSAGE_FLAG_CHOICE, NULL, STR("--format"), options->format, STR("text, json"));
    return !diag_has_errors(diag);
}

static bool read_published(Arena *arena, Str path, Published *out, Diag *diag) {
    File file;
    if (!file_read(path, &file, diag)) return false;
    const Tree *tree = json_parse(path, file.bytes, arena, diag);
    bool good = tree && published_read(arena, tree, out, diag);
    file_release(&file);
    return good;
}

static void infer(const Options *options, const Dataset *dataset, const Published *published, Diag *diag) {
    Inferred inferred;
    Buffer out = {0};
    if (infer_find(dataset, published, &inferred, diag)) {
        if (str_is(options->format, "json"))
            infer_write_json(dataset, &inferred, &out);
        else
            infer_write_text(dataset, &inferred, options->language, &out);
        cli_deliver(options, buffer_view(&out), diag);
    }
    buffer_release(&out);
    infer_release(&inferred);
}

ExitCode cmd_infer(Options *options, Diag *diag) {
    if (!check(options, diag)) return EXIT_USAGE;
    Published published;
    bool given = options->published.size > 0;
    Dataset *dataset = pipeline_data(options->operands[0], options, diag);
    if (dataset && (!given || read_published(&options->arena, options->published, &published, diag)))
        infer(options, dataset, given ? &published : NULL, diag);
    dataset_free(dataset);
    return diag_exit_code(diag);
}
