/* coverage - lets a module write down what it ran, before a child ends (coverage.c): each shared object
 * counts for itself. Linked into modules by `make coverage` only. */
#include "coverage.h"

/* NOLINTBEGIN(bugprone-reserved-identifier): names of the compiler */
void __gcov_dump(void);

void coverage_of_module(void) { __gcov_dump(); }
/* NOLINTEND(bugprone-reserved-identifier) */
