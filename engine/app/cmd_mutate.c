#include "app/cmd_mutate.h"

#include "app/test_report.h"
#include "app/testset.h"
#include "base/text.h"
#include "model/mutate.h"
#include "model/probe.h"

/* The tests of one rule file, and what became of its mutants. */
typedef struct MutateRun {
    const Options *options;
    Diag *diag;
    TestSet *sets;
    const Suite **suites;
    size_t count;
    size_t fates[MUTANT_FATES];
    size_t cases;
    Buffer out;
    Arena arena;
} MutateRun;

static bool load(MutateRun *run, const Str *paths, size_t count) {
    run->sets = arena_new(&run->arena, count, sizeof *run->sets);
    run->suites = arena_new(&run->arena, count, sizeof *run->suites);
    bool good = true;
    for (size_t i = 0; i < count; i++) {
        good &= testset_load(&run->sets[i], paths[i], run->options, run->diag);
        run->suites[i] = &run->sets[i].suite;
        run->cases += run->sets[i].suite.count;
        run->count++;
    }
    if (good && !run->cases) diag_add(run->diag, MESSAGE_NO_TESTS, NULL, paths[0]);
    return good && run->cases > 0;
}

/* Tests that fail already would notice every mutant. */
static bool tests_pass(MutateRun *run) {
    Mutant same = {.tree = run->sets[0].trial.tree};
    Str failed;
    if (mutate_judge(&run->sets[0].trial, &same, run->suites, run->count, &failed) == MUTANT_SURVIVED)
        return true;
    diag_add(run->diag, MESSAGE_TESTS_FAIL, NULL, failed);
    return false;
}

/* "80 -> 81" */
static void add_change(Buffer *out, const Mutant *mutant, Language language) {
    text_add_visible(out, mutant->from);
    buffer_add(out, mutant->from.size ? STR(" -> ") : STR("-> "));
    if (mutant->to.size)
        text_add_visible(out, message_part(mutant->to, language));
    else
        buffer_add(out, str_of(message_get(TEXT_MUTANT_DROPPED).text[language]));
}

static void add_mutant(Buffer *out, const Mutant *mutant, MutantFate fate, Str test, Language language) {
    static const MessageId words[MUTANT_FATES] = {TEXT_MUTANT_REFUSED, TEXT_MUTANT_NOTICED,
                                                  TEXT_MUTANT_SURVIVED};
    static const MessageId kinds[MUTANT_KINDS] = {
        TEXT_MUTANT_THRESHOLD, TEXT_MUTANT_SIDE,    TEXT_MUTANT_POLARITY, TEXT_MUTANT_ROUNDING,
        TEXT_MUTANT_PARAM,     TEXT_MUTANT_FORMULA, TEXT_MUTANT_ENTRY};
    buffer_addf(out, "  %.*s:%u: %.*s", STR_FMT(mutant->place.file), mutant->place.line,
                STR_FMT(mutant->path));
    buffer_addf(out, " [%s] ", message_get(kinds[mutant->kind]).text[language]);
    add_change(out, mutant, language);
    buffer_add(out, STR(": "));
    Buffer name = {0};
    text_add_visible(&name, test);
    message_fill(out, message_get(words[fate]).text[language], (const Str[]){buffer_view(&name)}, 1,
                 language);
    buffer_release(&name);
}

/* A survivor, and a test that it would fail. */
static void add_survivor(MutateRun *run, const Probe *probe, const Mutant *mutant) {
    SuiteCase test;
    Language language = run->options->language;
    buffer_add(&run->out, STR("      "));
    if (probe_differs(probe, mutant->tree, &run->arena, &test)) {
        Buffer name = {0};
        buffer_addf(&name, "%.*s: ", STR_FMT(mutant->path));
        add_change(&name, mutant, language);
        test.name = arena_copy(&run->arena, buffer_view(&name));
        buffer_release(&name);
        probe_write(&run->out, &test);
        buffer_add_char(&run->out, '\n');
    } else {
        buffer_add(&run->out, str_of(message_get(TEXT_MUTANT_ALIKE).text[language]));
    }
}

static void judge_all(MutateRun *run) {
    const TestSet *set = &run->sets[0];
    Mutants mutants = mutants_of(&run->arena, set->trial.tree, set->pipeline.plan);
    Probe *probe = probe_new(&set->trial, set->pipeline.plan);
    for (size_t i = 0; i < mutants.count; i++) {
        Str test;
        MutantFate fate = mutate_judge(&set->trial, &mutants.items[i], run->suites, run->count, &test);
        run->fates[fate]++;
        if (fate == MUTANT_SURVIVED || run->options->list)
            add_mutant(&run->out, &mutants.items[i], fate, test, run->options->language);
        if (fate == MUTANT_SURVIVED) add_survivor(run, probe, &mutants.items[i]);
    }
    probe_free(probe);
    size_t numbers[] = {mutants.count, run->fates[MUTANT_NOTICED], run->fates[MUTANT_REFUSED],
                        run->fates[MUTANT_SURVIVED], run->cases};
    test_report_counts(&run->out, TEXT_MUTANT_SUMMARY, numbers, 5, run->options->language);
    cli_deliver(run->options, buffer_view(&run->out), run->diag);
}

static void release(MutateRun *run) {
    for (size_t i = 0; i < run->count; i++) testset_release(&run->sets[i]);
    buffer_release(&run->out);
    arena_release(&run->arena);
}

ExitCode cmd_mutate(Options *options, Diag *diag) {
    if (!cli_one_rule_file(options, diag)) return EXIT_USAGE;
    MutateRun run = {.options = options, .diag = diag};
    size_t count;
    Str *paths = testset_find(&options->arena, options->operands[0], &count, diag);
    if (count && load(&run, paths, count) && tests_pass(&run)) judge_all(&run);
    ExitCode code = diag_exit_code(diag);
    if (code == EXIT_DONE && run.fates[MUTANT_SURVIVED]) code = EXIT_FINDINGS;
    release(&run);
    return code;
}
