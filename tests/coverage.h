/* coverage - what a module exports in the build of `make coverage`; see coverage_module.c. */
#ifndef PERFEVAL_TESTS_COVERAGE_H
#define PERFEVAL_TESTS_COVERAGE_H

/** Writes down what the module has run. */
__attribute__((visibility("default"))) void coverage_of_module(void);

#endif
