#include "app/both.h"

/* Functions of the second rule file have numbers from here on. */
#define SECOND_FUNCTIONS 0x40000000u

/* The tree with other numbers of functions; parts without functions are shared. */
static Tree *renumber(const Tree *tree, Arena *arena) {
    Tree *copy = arena_new(arena, 1, sizeof *copy);
    *copy = *tree;
    if (tree->kind == TREE_FUNCTION) copy->function += SECOND_FUNCTIONS;
    copy->items = arena_new(arena, tree->count, sizeof *copy->items);
    copy->room = (uint32_t)tree->count;
    for (size_t i = 0; i < tree->count; i++) {
        copy->items[i] = tree->items[i];
        copy->items[i].value = renumber(tree->items[i].value, arena);
    }
    return copy;
}

static bool call(void *context, uint32_t function, const uint32_t *rows, size_t count, Answer *answers,
                 Arena *arena, Diag *diag) {
    const Both *both = context;
    const RowFunctions *own = &both->functions[function >= SECOND_FUNCTIONS];
    return own->call(own->context, function % SECOND_FUNCTIONS, rows, count, answers, arena, diag);
}

static bool call_units(void *context, uint32_t function, const Results *results, Level level, Answer *answers,
                       Arena *arena, Diag *diag) {
    const Both *both = context;
    const RowFunctions *own = &both->functions[function >= SECOND_FUNCTIONS];
    return own->call_units(own->context, function % SECOND_FUNCTIONS, results, level, answers, arena, diag);
}

static RowFunctions functions_of(void *context, const Plan *plan, const Dataset *dataset) {
    Both *both = context;
    both->functions[0] = rules_functions(both->from.rules, plan, dataset);
    if (both->two) both->functions[1] = rules_functions(both->to.rules, plan, dataset);
    return (RowFunctions){.context = both, .call = call, .call_units = call_units};
}

/* The options of each side: its rule file, its data, its settings. */
static bool share_out(Both *both, const Options *options, Diag *diag) {
    both->two = options->operand_count == 2;
    bool data = options->data_count == 2, set = !both->two && !data;
    if (options->operand_count > 2 || options->data_count > 2) {
        diag_add(diag, MESSAGE_EXTRA_OPERAND, NULL,
                 options->operand_count > 2 ? options->operands[2] : options->data_files[2]);
        return false;
    }
    if (options->operand_count == 0 || (set && options->setting_count == 0)) {
        MessageId lacks = options->operand_count ? TEXT_OPERAND_OTHER : TEXT_OPERAND_RULES;
        diag_add(diag, MESSAGE_MISSING_OPERAND, NULL, message_words(lacks));
        return false;
    }
    both->options[0] = both->options[1] = *options;
    if (both->two) both->options[1].operands = options->operands + 1;
    if (data) both->options[0].data = options->data_files[0];
    if (set) both->options[0].setting_count = 0;
    return true;
}

static Held hold(const Both *both, const Pipeline *pipeline, const Options *options, const Dataset *dataset) {
    Held held = {.file = options->operands[0],
                 .rules = rules_tree(pipeline->rules),
                 .date = options->at,
                 .period = options->period,
                 .settings = options->settings,
                 .setting_count = options->setting_count,
                 .dataset = dataset,
                 .functions = functions_of};
    held.context = (void *)both;
    return held;
}

/* One rule file: the second side is the first with other settings, or other data. */
static bool load_one(Both *both, const Options *options, Diag *diag) {
    if (!pipeline_load(&both->from, options->operands[0], &both->options[0], diag)) return false;
    both->from_held = hold(both, &both->from, &both->options[0], both->from.dataset);
    both->to_held = hold(both, &both->from, &both->options[1], both->from.dataset);
    if (options->data_count < 2) return true;
    if (!pipeline_load(&both->to, options->operands[0], &both->options[1], diag)) return false;
    both->to_held.dataset = both->to.dataset;
    return true;
}

static bool load_two(Both *both, Diag *diag) {
    bool good = pipeline_rules(&both->from, both->options[0].operands[0], &both->options[0], diag);
    good &= pipeline_rules(&both->to, both->options[1].operands[0], &both->options[1], diag);
    if (!good) return false;
    if (!pipeline_read_both(&both->from, &both->to, both->options, diag)) return false;
    both->from_held = hold(both, &both->from, &both->options[0], both->from.dataset);
    both->to_held = hold(both, &both->to, &both->options[1], both->to.dataset);
    both->to_held.rules = renumber(both->to_held.rules, &both->to.arena);
    return true;
}

bool both_load(Both *both, const Options *options, Diag *diag) {
    *both = (Both){0};
    if (!share_out(both, options, diag)) return false;
    return both->two ? load_two(both, diag) : load_one(both, options, diag);
}

void both_release(Both *both) {
    pipeline_release(&both->to);
    pipeline_release(&both->from);
}
