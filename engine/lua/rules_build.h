/* rules_build - the inside of lua/rules: what loading and calling share.
 */
#ifndef PERFEVAL_LUA_RULES_BUILD_H
#define PERFEVAL_LUA_RULES_BUILD_H

#include "lua/askers.h"
#include "lua/rules.h"
#include "lua/source.h"
#include "lua/translated.h"
#include "lua/worker.h"
#include "model/overlay.h"

/* Most children. */
#define RULES_WORKERS 64

/** A rule file with its bases, and its functions. */
struct RuleFile {
    Script scripts[OVERLAY_CHAIN]; /* the file itself, its base, … */
    Source *sources[OVERLAY_CHAIN];
    Tree *trees[OVERLAY_CHAIN];
    bool faultless[OVERLAY_CHAIN]; /* rules_check has nothing to say of the text */
    size_t count;
    Tree *tree;  /* all of them merged */
    bool merged; /* without a fault */
    const Folders *folders;
    ScriptLimits limits;
    const Plan *plan;
    const Dataset *dataset;
    Worker *workers[RULES_WORKERS]; /* of the functions; the first is there while any is */
    unsigned threads;               /* as asked for; 0: as there are processors */
    bool alone;                     /* a function may keep something: one child makes all calls */
    Askers *askers;                 /* for rows that nobody keeps; NULL: none */
    Worker *loader;                 /* ran the files; it has ended, or is about to */
    Translated translated;          /* of all children but askers */
    bool ordinary;                  /* nothing is translated */
    TranslatedCounts counts;        /* of askers that have ended */
    bool watched;                   /* lines that run are noted */
    RuleLine *lines;
    size_t line_count, line_room;
    Arena arena;
};

/** Ends the children that call functions. */
void rules_end_workers(RuleFile *rules);

#endif
