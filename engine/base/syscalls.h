/* syscalls - pieces of filters for system calls (seccomp), and descriptors closed by number: what lua/confine
 * and base/guard are made of. */
#ifndef PERFEVAL_BASE_SYSCALLS_H
#define PERFEVAL_BASE_SYSCALLS_H

#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** A program that is being written: the place of its next step. */
typedef struct sock_filter *SyscallsStep;

/** Steps that syscalls_begin writes. */
#define SYSCALLS_BEGINNING 4

/** Ends the process for a call of another architecture, whose numbers mean other calls; loads the number. */
void syscalls_begin(SyscallsStep *step);
/** Loads four bytes at `offset` of struct seccomp_data. */
void syscalls_load(SyscallsStep *step, size_t offset);
/** Loads the lower half of an argument. */
void syscalls_load_argument(SyscallsStep *step, unsigned argument);
/** Goes on where what was loaded passes `test` (BPF_JEQ, BPF_JGE, BPF_JSET) with `value`, else behind as many
 * steps. */
void syscalls_test(SyscallsStep *step, unsigned test, uint32_t value, unsigned char steps);
/** Writes at `step`, kept free before: goes on at `target`, at most 255 steps behind, where what was loaded
 * passes `test` with `value`, else at the next step. */
void syscalls_branch(SyscallsStep step, unsigned test, uint32_t value, const struct sock_filter *target);
/** Ends with a SECCOMP_RET_ action. */
void syscalls_answer(SyscallsStep *step, uint32_t action);
/** For ever, for this process: the steps from `program` to `end`. PR_SET_NO_NEW_PRIVS must be set. False when
 * the system refuses. */
bool syscalls_filter(struct sock_filter *program, const struct sock_filter *end);

/** Closes the descriptors from `first` to `last`, open or not; none where `last` is less. False when it
 * cannot be told which there may be. */
bool syscalls_close(unsigned first, unsigned last);

#endif
