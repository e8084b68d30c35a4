/* born - what happens when libperfeval is loaded.
 *
 * Archives of Lua and GMP are compiled for programs: their code takes the places of the C library's streams
 * for fixed ones, which a shared library cannot have. The linker turns what they refer to into the variables
 * below
 * (--wrap, see the Makefile); nothing is read or printed there but what GMP says before an abort.
 */
#ifndef PERFEVAL_LIBRARY_BORN_H
#define PERFEVAL_LIBRARY_BORN_H

#include <stdio.h>

extern FILE *born_stdin, *born_stdout, *born_stderr;

#endif
