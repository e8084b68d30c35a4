/* intake - a CSV file to a Dataset on several threads: what model/load does, for files in which nothing is
 * unusual.
 *
 * Units are parsed as they come (model/stretch), each thread with its own dictionaries; then ids are brought
 * together in order of the file, so that the dataset is the same for any number of threads, and the same as
 * model/load makes.
 */
#ifndef PERFEVAL_MODEL_INTAKE_H
#define PERFEVAL_MODEL_INTAKE_H

#include "base/file.h"
#include "model/load.h"

/** Files below this size are read faster by model/load. */
#ifndef INTAKE_LEAST
#define INTAKE_LEAST ((size_t)64 * 1024)
#endif

/** Reads the file. False, and no message, when it holds anything unusual: read it with dataset_load then.
 * True with *out: the dataset, or NULL after errors that only all rows together show (see load_finish). */
bool intake_load(const File *file, const LoadOptions *options, unsigned threads, Dataset **out, Diag *diag);

#endif
