/* resultstext - results as one line of text, for the tests of engine/model that compare them. */
#ifndef PERFEVAL_TESTS_RESULTSTEXT_H
#define PERFEVAL_TESTS_RESULTSTEXT_H

#include "model/results.h"

/** "rate rate … / project:rate:verdict …", with the reason where there is no rate. */
static inline void add_results(Buffer *out, const Results *results) {
    const Dataset *dataset = results_dataset(results);
    for (size_t row = 0; row < dataset_rows(dataset); row++) {
        Missing reason = results_row_missing(results, row);
        if (reason == MISSING_NONE)
            results_print_row(results, row, out);
        else
            buffer_add(out, str_of(missing_name(reason)));
        buffer_add_char(out, ' ');
    }
    buffer_add_char(out, '/');
    for (size_t project = 0; project < dataset_level_size(dataset, LEVEL_PROJECT); project++) {
        Missing reason = results_unit_missing(results, LEVEL_PROJECT, project);
        buffer_addf(out, " %.*s:", STR_FMT(dataset_level_name(dataset, LEVEL_PROJECT, project)));
        if (reason == MISSING_NONE)
            results_print_unit(results, LEVEL_PROJECT, project, out);
        else
            buffer_add(out, str_of(missing_name(reason)));
        unsigned verdict = results_verdict(results, project);
        Str key = verdict == RESULTS_NO_BAND
                      ? STR("none")
                      : results_plan(results)->verdicts[LEVEL_PROJECT].bands[verdict].key;
        buffer_addf(out, ":%.*s", STR_FMT(key));
    }
}

#endif
