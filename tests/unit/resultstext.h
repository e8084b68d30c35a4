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

/** Fails unless every row and every project is counted once, at every level. */
static inline void check_counts(const char *input, const Results *results) {
    const Dataset *dataset = results_dataset(results);
    size_t rows = 0, bands = results_plan(results)->verdicts[LEVEL_PROJECT].count;
    for (size_t row = 0; row < dataset_rows(dataset); row++)
        rows += results_row_missing(results, row) == MISSING_NONE;
    for (int reason = MISSING_NONE + 1; reason < MISSING_COUNT; reason++)
        rows += results_missing_rows(results, (Missing)reason);
    bool good = rows == dataset_rows(dataset) &&
                results_total(results)->total == dataset_level_size(dataset, LEVEL_PROJECT);
    for (size_t band = 0; band <= bands; band++) {
        size_t wanted = band < bands ? results_total(results)->band[band] : results_total(results)->none;
        size_t bureaus = 0, departments = 0, projects = 0;
        for (size_t i = 0; i < dataset_level_size(dataset, LEVEL_BUREAU); i++) {
            const Counts *counts = results_bureau(results, i);
            bureaus += band < bands ? counts->band[band] : counts->none;
        }
        for (size_t i = 0; i < dataset_level_size(dataset, LEVEL_DEPARTMENT); i++) {
            const Counts *counts = results_department(results, i);
            departments += band < bands ? counts->band[band] : counts->none;
        }
        for (size_t i = 0; i < dataset_level_size(dataset, LEVEL_PROJECT); i++)
            projects += results_verdict(results, i) == (band < bands ? band : RESULTS_NO_BAND);
        good &= bureaus == wanted && departments == wanted && projects == wanted;
    }
    if (!good) fail_msg("<%s> counts do not add up", input);
}

#endif
