/* evaluate RULES [DATA]: the verdicts of a rule file, and each project that is not normal.
 *   cc -o evaluate evaluate.c $(pkg-config --cflags --libs perfeval) */
#include <perfeval.h>

#include <stdio.h>
#include <string.h>

int main(int argc, char **argv) {
    Perfeval *office = perfeval_new();
    if (!office || argc < 2) return 64;
    bool good = argc < 3 || perfeval_set(office, "data", argv[2]);
    good = good && perfeval_evaluate(office, argv[1]);
    for (size_t i = 0; i < perfeval_message_count(office); i++)
        fputs(perfeval_message(office, i)->drawn[PERFEVAL_EN], stderr);
    for (size_t i = 0; good && i < perfeval_verdict_count(office); i++) {
        const PerfevalVerdict *verdict = perfeval_verdict(office, i);
        printf("%s (%s): %zu\n", verdict->name, verdict->key, verdict->projects);
    }
    for (size_t i = 0; good && i < perfeval_count(office, PERFEVAL_PROJECT); i++) {
        const PerfevalUnit *project = perfeval_unit(office, PERFEVAL_PROJECT, i);
        if (!project || !project->verdict || strcmp(project->verdict, "normal") == 0) continue;
        printf("  %s: %s %% (%s)\n", project->name, project->rate_text, project->exact);
    }
    int code = perfeval_exit_code(office);
    perfeval_free(office);
    return code;
}
