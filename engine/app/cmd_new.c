#include "app/cmd_new.h"

#include "app/pipeline.h"
#include "base/file.h"
#include "lua/stubs.h"

#define TEMPLATE_LIMIT ((size_t)1 << 20)

/* Under scripts/new/, and under the new folder. */
static const char *const files[] = {"rules/rules.lua", "rules/rules.test.csv", "data/sample.csv",
                                    ".luarc.json",     ".luacheckrc",          "README.md"};
#define FILE_COUNT (sizeof files / sizeof *files)
static const char *const folders[] = {".", "rules", "data"};

static bool read_templates(Arena *arena, Str out[FILE_COUNT], Diag *diag) {
    Str share = pipeline_share(arena);
    for (size_t i = 0; i < FILE_COUNT; i++) {
        Str path = path_join(arena, share, arena_format(arena, "scripts/new/%s", files[i]));
        if (!file_read_text(path, TEMPLATE_LIMIT, arena, &out[i], diag)) return false;
    }
    return true;
}

static bool write_templates(Arena *arena, Str folder, const Str texts[FILE_COUNT], Diag *diag) {
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        if (!file_make_folder(path_join(arena, folder, str_of(folders[i])), diag)) return false;
    for (size_t i = 0; i < FILE_COUNT; i++)
        if (!file_write(path_join(arena, folder, str_of(files[i])), texts[i], diag)) return false;
    return true;
}

static bool write_stubs(Arena *arena, Str folder, const Options *options, Diag *diag) {
    Pipeline pipeline;
    Buffer out = {0};
    bool good = pipeline_load(&pipeline, path_join(arena, folder, str_of(files[0])), options, diag);
    if (good) {
        stubs_write(&out, pipeline.plan, pipeline.dataset);
        good = file_write(path_join(arena, folder, STR("perfeval.d.lua")), buffer_view(&out), diag);
    }
    buffer_release(&out);
    pipeline_release(&pipeline);
    return good;
}

static void say_made(Str folder, Language language, Diag *diag) {
    Buffer out = {0};
    message_fill(&out, message_get(TEXT_NEW_MADE).text[language], &folder, 1, language);
    cli_put(buffer_view(&out), diag);
    buffer_release(&out);
}

static bool is_free(const Options *options, Diag *diag) {
    if (options->operand_count == 0) {
        diag_add(diag, MESSAGE_MISSING_OPERAND, NULL, message_words(TEXT_OPERAND_FOLDER));
        return false;
    }
    if (options->operand_count > 1) {
        diag_add(diag, MESSAGE_EXTRA_OPERAND, NULL, options->operands[1]);
        return false;
    }
    Str folder = options->operands[0];
    if (!file_exists(folder) || file_folder_is_empty(folder)) return true;
    diag_add(diag, MESSAGE_FOLDER_IN_USE, NULL, folder);
    return false;
}

ExitCode cmd_new(Options *options, Diag *diag) {
    Str texts[FILE_COUNT];
    if (!is_free(options, diag)) return diag_exit_code(diag);
    Str folder = options->operands[0];
    bool good = read_templates(&options->arena, texts, diag) &&
                write_templates(&options->arena, folder, texts, diag) &&
                write_stubs(&options->arena, folder, options, diag);
    if (good) say_made(folder, options->language, diag);
    return diag_exit_code(diag);
}
