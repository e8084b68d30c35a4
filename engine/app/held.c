#include "app/held.h"

static RowFunctions functions_of(void *context, const Plan *plan, const Dataset *dataset) {
    return rules_functions(context, plan, dataset);
}

Held held_of(Pipeline *pipeline, const Options *options) {
    return (Held){.file = options->operands[0],
                  .rules = rules_tree(pipeline->rules),
                  .date = options->at,
                  .period = options->period,
                  .settings = options->settings,
                  .setting_count = options->setting_count,
                  .dataset = pipeline->dataset,
                  .functions = functions_of,
                  .context = pipeline->rules};
}

bool held_check_format(const Options *options, const char *choices, Diag *diag) {
    Str rest = str_of(choices);
    if (!options->format.size) return true;
    while (rest.size) {
        size_t comma = str_find(rest, ',', 0);
        if (str_equal(str_trim(str_slice(rest, 0, comma)), options->format)) return true;
        rest = str_slice(rest, comma + 1, rest.size);
    }
    diag_add(diag, MESSAGE_FLAG_CHOICE, NULL, STR("--format"), options->format, str_of(choices));
    return false;
}

Str held_text(MessageId text, Language language) { return str_of(message_get(text).text[language]); }

void held_say(Buffer *out, MessageId text, const Str *arguments, size_t count, Language language) {
    message_fill(out, message_get(text).text[language], arguments, count, language);
}

void held_heads(Columns *columns, MessageId text, Language language) {
    Str rest = held_text(text, language);
    while (rest.size) {
        size_t bar = str_find(rest, '|', 0);
        columns_add(columns, str_slice(rest, 0, bar));
        rest = str_slice(rest, bar + 1, rest.size);
    }
}

Str held_verdict(const Plan *plan, unsigned verdict, Language language) {
    if (verdict == RESULTS_NO_BAND) return held_text(TEXT_NO_VERDICT, language);
    return plan->verdicts[LEVEL_PROJECT].bands[verdict].name;
}

void held_names(Columns *columns, const Dataset *dataset, size_t project) {
    uint32_t department = dataset_parent(dataset, LEVEL_PROJECT, project);
    uint32_t bureau = dataset_parent(dataset, LEVEL_DEPARTMENT, department);
    Buffer names = {0};
    buffer_add(&names, dataset_level_name(dataset, LEVEL_BUREAU, bureau));
    buffer_add(&names, STR(" > "));
    buffer_add(&names, dataset_level_name(dataset, LEVEL_DEPARTMENT, department));
    buffer_add(&names, STR(" > "));
    buffer_add(&names, dataset_level_name(dataset, LEVEL_PROJECT, project));
    columns_add(columns, buffer_view(&names));
    buffer_release(&names);
}
