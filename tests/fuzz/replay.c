/* replay - runs a fuzz target over the files of a folder: replay FOLDER... */
#include "base/file.h"
#include "base/memory.h"
#include "fuzz.h"

#include <dirent.h>

static void run_file(Str path) {
    Diag *diag = diag_new();
    File file;
    if (!file_read(path, &file, diag)) fail_msg("cannot read %.*s", STR_FMT(path));
    /* A block of its own size, so that a checker sees what is read beyond it. */
    uint8_t *copy = malloc(file.bytes.size ? file.bytes.size : 1);
    if (!copy) fail_msg("no memory");
    memcpy(copy, file.bytes.size ? file.bytes.data : "", file.bytes.size);
    printf("%.*s\n", STR_FMT(path));
    fflush(stdout); /* the last line names the file that ended the process */
    LLVMFuzzerTestOneInput(copy, file.bytes.size);
    free(copy);
    file_release(&file);
    diag_free(diag);
}

int main(int argc, char **argv) {
    size_t done = 0;
    memory_serve_gmp();
    for (int i = 1; i < argc; i++) {
        Arena arena = {0};
        size_t count;
        Str *names = file_list(&arena, str_of(argv[i]), STR(""), &count);
        for (size_t n = 0; n < count; n++) {
            Str path = arena_format(&arena, "%s/%.*s", argv[i], STR_FMT(names[n]));
            if (names[n].data[0] == '.' || file_is_folder(path)) continue;
            run_file(path);
            done++;
        }
        arena_release(&arena);
    }
    printf("replayed %zu\n", done);
    return done ? 0 : 1;
}
