#include "library/born.h"

#include "base/memory.h"

FILE *born_stdin, *born_stdout, *born_stderr;

extern FILE *real_stdin __asm__("__real_stdin"), *real_stdout __asm__("__real_stdout"),
    *real_stderr __asm__("__real_stderr");

/* GMP is the library's own copy, so that its allocator is nobody else's either. */
__attribute__((constructor)) static void be_born(void) {
    born_stdin = real_stdin;
    born_stdout = real_stdout;
    born_stderr = real_stderr;
    memory_serve_gmp();
}
