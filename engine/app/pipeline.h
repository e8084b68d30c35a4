/* pipeline - what run and check have in common: a rule file to a plan, a data file to a dataset, both to
 * results. */
#ifndef PERFEVAL_APP_PIPELINE_H
#define PERFEVAL_APP_PIPELINE_H

#include "app/source.h"
#include "lua/report.h"
#include "lua/rules.h"
#include "model/evaluate.h"
#include "model/last_year.h"
#include "model/load.h"
#include "model/published.h"

/** A data file that was read before the rules that name it had run. */
typedef struct Foreseen {
    Str path;
    Source source;
    Dataset *dataset; /* NULL: none was read, or it is somebody's now */
} Foreseen;

typedef struct Pipeline {
    Folders folders;
    struct Inputs *inputs; /* gets every file that is read; NULL: nobody asks */
    RuleFile *rules;
    Plan *plan;
    Str data_path;   /* the data file that is read, */
    Absence absence; /* and its words for numbers that are none */
    Dataset *dataset;
    bool shares;        /* the dataset is another pipeline's */
    Source data;        /* the data file, where options->keep_data asks for it */
    LastYear last_year; /* where --last-year-from asks for it */
    Tree *narrative;    /* NULL: none was asked for, or the rules name none */
    Early *early;       /* of the report, where options->early asks for it */
    Foreseen foreseen;  /* likewise */
    EvaluateKeep keep;  /* what the results are to hold; set before pipeline_evaluate */
    Results *results;
    Arena arena;
} Pipeline;

/** Who else reads the data of a pipeline. */
typedef struct Readers {
    FieldList fields; /* own columns that they read as numbers */
    bool functions;   /* they have functions, which see cells as they are written */
} Readers;

/** The folder of the installed scripts. */
Str pipeline_share(Arena *arena);
/** Rules and plan: pipeline->plan is NULL where it could not be had. False after errors. */
bool pipeline_rules(Pipeline *pipeline, Str rule_file, const Options *options, Diag *diag);
/** The data of a pipeline that has its rules, as pipeline_load, for `more` (NULL: nobody) too. */
bool pipeline_read(Pipeline *pipeline, const Options *options, const Readers *more, Diag *diag);
/** The data of two pipelines that have their rules, each also for the other; their options differ in the data
 * file at most. Where both read the same file in the same way they share one dataset, the first one's, which
 * must outlive the second; what there is to say of it is said once then. False after errors. */
bool pipeline_read_both(Pipeline *first, Pipeline *second, const Options options[2], Diag *diag);
/** Rules, plan and data: pipeline->plan and ->dataset are NULL where they could not be had. Goes on to the
 * data when the rules are wrong but name a data file, so that all faults of both are found. False after
 * errors. */
bool pipeline_load(Pipeline *pipeline, Str rule_file, const Options *options, Diag *diag);
/** The narrative file that the rules name. */
bool pipeline_narrative(Pipeline *pipeline, Diag *diag);
/** The published figures: of --published, else of the file that the rules name; without both there are none
 * (*out is NULL). They live in the pipeline. */
bool pipeline_published(Pipeline *pipeline, const Options *options, const Published **out, Diag *diag);
/** Evaluates what was loaded. */
bool pipeline_evaluate(Pipeline *pipeline, Diag *diag);
/** Reads a data file by itself. NULL after errors. */
Dataset *pipeline_data(Str path, const Options *options, Diag *diag);
void pipeline_release(Pipeline *pipeline);
/** Only ends the processes of the rules and the report: for when the program ends next and its memory with
 * it. */
void pipeline_end(Pipeline *pipeline);

#endif
