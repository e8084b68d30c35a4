#include "app/cmd_sweep.h"

#include "app/held.h"
#include "base/text.h"
#include "model/export_sweep.h"

#include <sys/ioctl.h>
#include <unistd.h>

/* Cells of a line where there is no terminal, and least cells of a plot. */
#define LINE_WIDTH 80
#define LEAST_PLOT 10

/* What the text is made of. */
typedef struct Page {
    const Sweep *sweep;
    const Dataset *dataset;
    Language language;
    size_t width;
    Buffer *out;
} Page;

static size_t line_width(const Options *options) {
    struct winsize size;
    bool screen = !options->output.size || str_is(options->output, "-");
    if (!screen || !isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return LINE_WIDTH;
    return size.ws_col ? size.ws_col : LINE_WIDTH;
}

static const Verdicts *verdicts_of(const Page *page) {
    return &page->sweep->base->plan->verdicts[LEVEL_PROJECT];
}

static void add_bar(Columns *columns, size_t part, size_t whole, size_t width) {
    Buffer bar = {0};
    size_t cells = whole ? (part * width + whole - 1) / whole : 0;
    for (size_t i = 0; i < cells; i++) buffer_add(&bar, STR("█"));
    columns_add(columns, buffer_view(&bar));
    buffer_release(&bar);
}

/* Cells that the columns before the plot take. */
static size_t used_width(const Page *page) {
    const SweepAxis *axis = &page->sweep->axes[0];
    size_t widest = text_width(axis->name);
    for (size_t i = 0; i < axis->count; i++)
        if (axis->values[i].size > widest) widest = axis->values[i].size;
    size_t used = widest + 2;
    for (size_t i = 0; i < verdicts_of(page)->count; i++) {
        size_t width = text_width(verdicts_of(page)->bands[i].name);
        used += (width > 6 ? width : 6) + 2;
    }
    return used;
}

static void add_fault(Columns *columns, const Page *page, const SweepStep *step) {
    for (size_t i = 0; i < verdicts_of(page)->count; i++) columns_add(columns, STR("-"));
    Buffer fault = {0};
    held_say(&fault, TEXT_SWEEP_FAULT, &step->fault, 1, page->language);
    columns_add(columns, buffer_view(&fault));
    buffer_release(&fault);
}

static void write_steps(const Page *page) {
    const Sweep *sweep = page->sweep;
    const Verdicts *verdicts = verdicts_of(page);
    size_t plotted = bands_sluggish(verdicts->bands, verdicts->count), most = 0;
    size_t used = used_width(page), room = page->width > used + LEAST_PLOT ? page->width - used : LEAST_PLOT;
    char sides[PLAN_BANDS + 2] = "r";
    for (size_t i = 0; i < verdicts->count; i++) sides[i + 1] = 'r';
    Columns columns;
    columns_begin(&columns, verdicts->count + 2, sides);
    columns_add(&columns, sweep->axes[0].name);
    for (size_t i = 0; i < verdicts->count; i++) columns_add(&columns, verdicts->bands[i].name);
    Buffer head = {0};
    held_say(&head, TEXT_SWEEP_PLOT, &verdicts->bands[plotted].name, 1, page->language);
    columns_add(&columns, buffer_view(&head));
    buffer_release(&head);
    for (size_t i = 0; i < sweep->step_count; i++)
        if (sweep->steps[i].counts.band[plotted] > most) most = sweep->steps[i].counts.band[plotted];
    for (size_t i = 0; i < sweep->step_count; i++) {
        const SweepStep *step = &sweep->steps[i];
        columns_add(&columns, step->values[0]);
        if (!step->valid) {
            add_fault(&columns, page, step);
            continue;
        }
        for (size_t band = 0; band < verdicts->count; band++)
            columns_addf(&columns, "%zu", step->counts.band[band]);
        add_bar(&columns, step->counts.band[plotted], most, room);
    }
    columns_end(&columns, 0, page->out);
}

static void add_count(Columns *columns, const SweepStep *step, size_t band) {
    if (step->valid)
        columns_addf(columns, "%zu", step->counts.band[band]);
    else
        columns_add(columns, STR("-"));
}

static void write_grid(const Page *page) {
    const SweepAxis *across = &page->sweep->axes[0], *down = &page->sweep->axes[1];
    const Verdicts *verdicts = verdicts_of(page);
    size_t band = bands_sluggish(verdicts->bands, verdicts->count);
    Arena arena = {0};
    char *sides = arena_new(&arena, across->count + 2, 1);
    for (size_t i = 0; i <= across->count; i++) sides[i] = 'r';
    held_say(page->out, TEXT_SWEEP_GRID, (const Str[]){verdicts->bands[band].name, across->name, down->name},
             3, page->language);
    Columns columns;
    columns_begin(&columns, across->count + 1, sides);
    columns_add(&columns, (Str){"", 0});
    for (size_t i = 0; i < across->count; i++) columns_add(&columns, across->values[i]);
    for (size_t i = 0; i < down->count; i++) {
        columns_add(&columns, down->values[i]);
        for (size_t k = 0; k < across->count; k++)
            add_count(&columns, &page->sweep->steps[i * across->count + k], band);
    }
    columns_end(&columns, 0, page->out);
    arena_release(&arena);
}

/* ">= 75", "> 75", "> 77.638191 (15451/199)", "between 79.999999 and 80" */
static void add_at(Columns *columns, const Page *page, const Flip *flip) {
    Buffer text = {0};
    if (!flip->exact) {
        held_say(&text, TEXT_FLIP_BETWEEN, (const Str[]){flip->low, flip->high}, 2, page->language);
    } else {
        bool from_here = flip->reachable && flip->verdict != flip->from;
        buffer_add(&text, from_here ? STR(">= ") : STR("> "));
        buffer_add(&text, flip->at);
        if (flip->fraction.size) buffer_addf(&text, " (%.*s)", STR_FMT(flip->fraction));
    }
    columns_add(columns, buffer_view(&text));
    buffer_release(&text);
}

static void write_flips(const Page *page) {
    const FlipList *flips = &page->sweep->flips;
    Arena arena = {0};
    Str count = arena_format(&arena, "%zu", flips->count);
    buffer_add_char(page->out, '\n');
    if (flips->count == 0)
        buffer_add(page->out, held_text(TEXT_SWEEP_NO_FLIPS, page->language));
    else
        held_say(page->out, TEXT_SWEEP_FLIPS, &count, 1, page->language);
    arena_release(&arena);
    if (flips->count == 0 || page->sweep->axis_count > 1) return;
    const Plan *plan = page->sweep->base->plan;
    Columns columns;
    columns_begin(&columns, 4, "l");
    held_heads(&columns, TEXT_FLIP_HEAD, page->language);
    for (size_t i = 0; i < flips->count; i++) {
        const Flip *flip = &flips->items[i];
        add_at(&columns, page, flip);
        columns_add(&columns, held_verdict(plan, flip->from, page->language));
        columns_add(&columns, held_verdict(plan, flip->to, page->language));
        held_names(&columns, page->dataset, flip->project);
    }
    columns_end(&columns, 2, page->out);
}

static void write_text(const Page *page) {
    if (page->sweep->axis_count > 1)
        write_grid(page);
    else
        write_steps(page);
    write_flips(page);
    if (!page->sweep->whole) buffer_add(page->out, held_text(TEXT_SWEEP_HALVED, page->language));
}

static void render(const Sweep *sweep, const Options *options, const Dataset *dataset, Buffer *out) {
    Page page = {sweep, dataset, options->language, line_width(options), out};
    if (str_is(options->format, "json"))
        export_sweep_json(sweep, dataset, out);
    else if (str_is(options->format, "svg"))
        export_sweep_svg(sweep, out);
    else
        write_text(&page);
}

static bool sweep_and_write(const Held *held, const Options *options, const SweepAxis *axes, Buffer *out,
                            Diag *diag) {
    bool judged = false; /* rates may be judged again */
    for (size_t i = 0; i < options->param_count; i++) judged |= whatif_in_verdict_alone(held, axes[i].name);
    Outcome *base = (judged ? whatif_ask : whatif_ask_verdicts)(held, NULL, 0, diag);
    Sweep *sweep = base ? sweep_new(held, base, axes, options->param_count, diag) : NULL;
    if (sweep) render(sweep, options, held->dataset, out);
    bool good = sweep && !results_refuse(base->results, diag);
    sweep_free(sweep);
    whatif_free(base);
    return good;
}

static bool read_axes(Options *options, SweepAxis *axes, Diag *diag) {
    if (options->param_count == 0) {
        diag_add(diag, MESSAGE_MISSING_OPERAND, NULL, message_words(TEXT_OPERAND_PARAM));
        return false;
    }
    if (options->param_count > SWEEP_AXES) {
        diag_add(diag, MESSAGE_EXTRA_OPERAND, NULL, options->params[SWEEP_AXES]);
        return false;
    }
    bool good = true;
    for (size_t i = 0; i < options->param_count; i++)
        good &= sweep_read(&options->arena, options->params[i], &axes[i], diag);
    return good;
}

ExitCode cmd_sweep(Options *options, Diag *diag) {
    SweepAxis axes[SWEEP_AXES];
    if (!cli_one_rule_file(options, diag) || !held_check_format(options, "text, json, svg", diag) ||
        !read_axes(options, axes, diag))
        return EXIT_USAGE;
    Pipeline pipeline;
    Buffer out = {0};
    if (pipeline_load(&pipeline, options->operands[0], options, diag)) {
        Held held = held_of(&pipeline, options);
        if (sweep_and_write(&held, options, axes, &out, diag)) cli_deliver(options, buffer_view(&out), diag);
    }
    buffer_release(&out);
    pipeline_release(&pipeline);
    return diag_exit_code(diag);
}
