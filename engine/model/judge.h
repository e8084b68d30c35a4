/* judge - the verdict of each unit: the first band that holds, decided exactly. */
#ifndef PERFEVAL_MODEL_JUDGE_H
#define PERFEVAL_MODEL_JUDGE_H

#include "model/results.h"

/** Gives each project its verdict, and counts them at every level. Rates must be there. */
void judge_projects(Results *results);

#endif
