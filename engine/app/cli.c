#include "app/cli.h"

#include "app/input_flags.h"
#include "app/limit_flags.h"
#include "app/shown.h"
#include "base/date.h"
#include "base/file.h"
#include "model/partial.h"
#include "model/schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef bool (*FlagReader)(Options *options, Str value, Diag *diag);

typedef struct Flag {
    const char *name;
    const char *brief; /* NULL: none */
    FlagReader read;
    char letter; /* how Command.flags names it */
    bool has_value;
} Flag;

static bool read_output(Options *options, Str value, Diag *diag) {
    (void)diag;
    options->output = value;
    return true;
}

static bool read_format(Options *options, Str value, Diag *diag) {
    (void)diag;
    options->format = value;
    return true;
}

static bool read_report(Options *options, Str value, Diag *diag) {
    (void)diag;
    options->report = value;
    return true;
}

static bool read_data(Options *options, Str value, Diag *diag) {
    (void)diag;
    options->data = options->data_files[options->data_count++] = value;
    return true;
}

static bool read_sheet(Options *options, Str value, Diag *diag) {
    (void)diag;
    options->sheet = value;
    return true;
}

static bool read_departments(Options *options, Str value, Diag *diag) {
    (void)diag;
    options->departments = value;
    return true;
}

static bool read_query(Options *options, Str value, Diag *diag) {
    (void)diag;
    options->query = value;
    return true;
}

static bool read_param(Options *options, Str value, Diag *diag) {
    (void)diag;
    options->params[options->param_count++] = value;
    return true;
}

static bool read_bureau(Options *options, Str value, Diag *diag) {
    (void)diag;
    options->bureau = str_trim(value);
    return true;
}

static bool read_department(Options *options, Str value, Diag *diag) {
    (void)diag;
    options->department = str_trim(value);
    return true;
}

static bool read_within(Options *options, Str value, Diag *diag) {
    Decimal number, zero = decimal_of(0);
    bool good = decimal_parse(value, &number, &options->arena, NULL) <= DECIMAL_LENIENT &&
                decimal_compare(&number, &zero) >= 0;
    if (!good) diag_add(diag, MESSAGE_FLAG_DECIMAL, NULL, STR("--within"), value);
    options->within = value;
    return good;
}

static bool read_exit_code(Options *options, Str value, Diag *diag) {
    (void)value;
    (void)diag;
    options->exit_code = true;
    return true;
}

static bool read_published(Options *options, Str value, Diag *diag) {
    (void)diag;
    options->published = value;
    return true;
}

static bool read_kept(Options *options, Str value, Diag *diag) {
    (void)value;
    (void)diag;
    options->kept = true;
    return true;
}

static bool read_record(Options *options, Str value, Diag *diag) {
    (void)diag;
    options->record = value;
    return true;
}

static bool read_store(Options *options, Str value, Diag *diag) {
    (void)diag;
    options->store = value;
    return true;
}

static bool read_partial(Options *options, Str value, Diag *diag) {
    (void)value;
    (void)diag;
    options->partial = true;
    return true;
}

static bool read_partition(Options *options, Str value, Diag *diag) {
    if (partial_parse(value, &options->part, &options->parts)) return true;
    diag_add(diag, MESSAGE_PARTITION_SYNTAX, NULL, value);
    return false;
}

static bool read_skip(Options *options, Str value, Diag *diag) {
    (void)diag;
    options->skip[options->skip_count++] = value;
    return true;
}

static bool read_only(Options *options, Str value, Diag *diag) {
    (void)diag;
    options->only[options->only_count++] = value;
    return true;
}

static bool read_setting(Options *options, Str value, Diag *diag) {
    size_t equals = str_find(value, '=', 0);
    if (equals == 0 || equals == value.size) {
        diag_add(diag, MESSAGE_SET_SYNTAX, NULL, value);
        return false;
    }
    options->settings[options->setting_count++] =
        (Setting){str_trim(str_slice(value, 0, equals)), str_trim(str_slice(value, equals + 1, value.size))};
    return true;
}

static bool read_at(Options *options, Str value, Diag *diag) {
    if (!date_is_valid(value)) {
        diag_add(diag, MESSAGE_FLAG_DATE, NULL, value);
        return false;
    }
    options->at = value;
    return true;
}

static bool read_level(Options *options, Str value, Diag *diag) {
    options->has_level = export_level_find(value, &options->level);
    if (options->has_level) return true;
    diag_add(diag, MESSAGE_FLAG_CHOICE, NULL, STR("--level"), value,
             STR("bureau, department, project, indicator"));
    return false;
}

/* The number that a text of digits writes; 0 when it is none, or above `most`. */
static unsigned read_whole(Str text, unsigned most) {
    unsigned number = 0;
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') return 0;
        number = number * 10 + (unsigned)(text.data[i] - '0');
        if (number > most) return 0;
    }
    return number;
}

static bool read_jobs(Options *options, Str value, Diag *diag) {
    char most[16];
    Str largest = {most, (size_t)snprintf(most, sizeof most, "%d", CLI_THREADS)};
    options->jobs = read_whole(value, CLI_THREADS);
    if (options->jobs > 0) return true;
    diag_add(diag, MESSAGE_FLAG_NUMBER, NULL, STR("--jobs"), value, STR("1"), largest);
    return false;
}

static bool read_log(Options *options, Str value, Diag *diag) {
    (void)diag;
    options->log = value;
    return true;
}

static bool read_write(Options *options, Str value, Diag *diag) {
    (void)diag;
    options->write = value;
    return true;
}

static bool read_dry_run(Options *options, Str value, Diag *diag) {
    (void)value;
    (void)diag;
    options->dry_run = true;
    return true;
}

static bool read_force(Options *options, Str value, Diag *diag) {
    (void)value;
    (void)diag;
    options->force = true;
    return true;
}

static bool read_install_timer(Options *options, Str value, Diag *diag) {
    (void)value;
    (void)diag;
    options->install_timer = true;
    return true;
}

static bool read_encoding(Options *options, Str value, Diag *diag) {
    if (encoding_find(value, &options->encoding)) return true;
    diag_add(diag, MESSAGE_FLAG_CHOICE, NULL, STR("--encoding"), value, STR("utf-8, cp949, utf-16le"));
    return false;
}

static bool read_threads(Options *options, Str value, Diag *diag) {
    char most[16];
    Str largest = {most, (size_t)snprintf(most, sizeof most, "%d", CLI_THREADS)};
    options->threads = read_whole(value, CLI_THREADS);
    if (options->threads > 0) return true;
    diag_add(diag, MESSAGE_FLAG_NUMBER, NULL, STR("--threads"), value, STR("1"), largest);
    return false;
}

static bool read_cpu(Options *options, Str value, Diag *diag) {
    if (cpu_find(value, &options->cpu)) return true;
    diag_add(diag, MESSAGE_FLAG_CHOICE, NULL, STR("--cpu"), value, STR("plain, avx2, avx512"));
    return false;
}

static bool read_stats(Options *options, Str value, Diag *diag) {
    (void)value;
    (void)diag;
    options->stats = true;
    return true;
}

static bool read_period(Options *options, Str value, Diag *diag) {
    (void)diag;
    options->period = str_trim(value);
    return true;
}

static bool read_effective(Options *options, Str value, Diag *diag) {
    (void)value;
    (void)diag;
    options->effective = true;
    return true;
}

static bool read_all(Options *options, Str value, Diag *diag) {
    (void)value;
    (void)diag;
    options->all = true;
    return true;
}

static bool read_project(Options *options, Str value, Diag *diag) {
    (void)diag;
    options->project = value;
    return true;
}

static bool read_indicator(Options *options, Str value, Diag *diag) {
    (void)diag;
    options->indicator = value;
    return true;
}

static bool read_row(Options *options, Str value, Diag *diag) {
    options->row = value;
    if (read_whole(value, 100000000) > 0) return true;
    diag_add(diag, MESSAGE_FLAG_NUMBER, NULL, STR("--row"), value, STR("1"), STR("100000000"));
    return false;
}

static bool read_why_not(Options *options, Str value, Diag *diag) {
    (void)diag;
    options->why_not = value;
    return true;
}

static bool read_run(Options *options, Str value, Diag *diag) {
    (void)diag;
    options->run = value;
    return true;
}

static bool read_junit(Options *options, Str value, Diag *diag) {
    (void)diag;
    options->junit = value;
    return true;
}

static bool read_min(Options *options, Str value, Diag *diag) {
    options->least = read_whole(value, 100);
    if (options->least > 0) return true;
    diag_add(diag, MESSAGE_FLAG_NUMBER, NULL, STR("--min"), value, STR("1"), STR("100"));
    return false;
}

static bool read_time(Options *options, Str value, Diag *diag) {
    (void)value;
    (void)diag;
    options->time = true;
    return true;
}

static bool read_update(Options *options, Str value, Diag *diag) {
    (void)value;
    (void)diag;
    options->update = true;
    return true;
}

static bool read_coverage(Options *options, Str value, Diag *diag) {
    (void)value;
    (void)diag;
    options->coverage = true;
    return true;
}

static bool read_boundaries(Options *options, Str value, Diag *diag) {
    (void)value;
    (void)diag;
    options->boundaries = true;
    return true;
}

static bool read_list(Options *options, Str value, Diag *diag) {
    (void)value;
    (void)diag;
    options->list = true;
    return true;
}

static bool read_language(Options *options, Str value, Diag *diag) {
    if (!str_is(value, "en") && !str_is(value, "ko")) {
        diag_add(diag, MESSAGE_FLAG_CHOICE, NULL, STR("--lang"), value, STR("en, ko"));
        return false;
    }
    options->language = message_language(value);
    return true;
}

static bool read_no_translate(Options *options, Str value, Diag *diag) {
    (void)value;
    (void)diag;
    options->no_translate = true;
    return true;
}

static bool read_outside(Options *options, Str value, Diag *diag) {
    (void)value;
    (void)diag;
    options->outside = true;
    return true;
}

static bool read_color(Options *options, Str value, Diag *diag) {
    static const char *const names[] = {
        [SCREEN_AUTO] = "auto", [SCREEN_ALWAYS] = "always", [SCREEN_NEVER] = "never"};
    for (unsigned i = 0; i <= SCREEN_NEVER; i++) {
        options->color = i;
        if (str_is(value, names[i])) return true;
    }
    diag_add(diag, MESSAGE_FLAG_CHOICE, NULL, STR("--color"), value, STR("auto, always, never"));
    return false;
}

static bool read_ambiguous(Options *options, Str value, Diag *diag) {
    options->ambiguous = str_is(value, "1") ? 1 : str_is(value, "2") ? 2 : 0;
    if (options->ambiguous) return true;
    diag_add(diag, MESSAGE_FLAG_CHOICE, NULL, STR("--ambiguous-width"), value, STR("1, 2"));
    return false;
}

static bool read_ascii(Options *options, Str value, Diag *diag) {
    (void)value;
    (void)diag;
    options->ascii = true;
    return true;
}

static bool read_no_pager(Options *options, Str value, Diag *diag) {
    (void)value;
    (void)diag;
    options->no_pager = true;
    return true;
}

static bool read_formulas(Options *options, Str value, Diag *diag) {
    options->formulas = str_is(value, "keep");
    if (options->formulas || str_is(value, "guard")) return true;
    diag_add(diag, MESSAGE_FLAG_CHOICE, NULL, STR("--csv-formulas"), value, STR("guard, keep"));
    return false;
}

static bool read_help(Options *options, Str value, Diag *diag) {
    (void)value;
    (void)diag;
    options->help = true;
    return true;
}

static bool read_version(Options *options, Str value, Diag *diag) {
    (void)value;
    (void)diag;
    options->version = true;
    return true;
}

/* Flags without a letter belong to every command. */
static const Flag flags[] = {
    {"--output", "-o", read_output, 'o', true},
    {"--format", NULL, read_format, 'f', true},
    {"--report", NULL, read_report, 'r', true},
    {"--color", NULL, read_color, 'Y', true},
    {"--ambiguous-width", NULL, read_ambiguous, 'Y', true},
    {"--ascii", NULL, read_ascii, 'Y', false},
    {"--no-pager", NULL, read_no_pager, 'Y', false},
    {"--data", NULL, read_data, 'd', true},
    {"--sheet", NULL, read_sheet, 'i', true},
    {"--query", NULL, read_query, 'i', true},
    {"--departments", NULL, read_departments, 'i', true},
    {"--encoding", NULL, read_encoding, 'i', true},
    {"--set", NULL, read_setting, 's', true},
    {"--at", NULL, read_at, 'a', true},
    {"--level", NULL, read_level, 'l', true},
    {"--threads", NULL, read_threads, 't', true},
    {"--cpu", NULL, read_cpu, 'u', true},
    {"--stats", NULL, read_stats, 'c', false},
    {"--effective", NULL, read_effective, 'e', false},
    {"--lang", NULL, read_language, 0, true},
    {"--help", "-h", read_help, 0, false},
    {"--period", NULL, read_period, 'p', true},
    {"--version", NULL, read_version, 0, false},
    {"--run", NULL, read_run, 'R', true},
    {"--junit", NULL, read_junit, 'J', true},
    {"--min", NULL, read_min, 'M', true},
    {"--time", NULL, read_time, 'T', false},
    {"--update", NULL, read_update, 'U', false},
    {"--coverage", NULL, read_coverage, 'C', false},
    {"--list", NULL, read_list, 'L', false},
    {"--boundaries", NULL, read_boundaries, 'B', false},
    {"--published", NULL, read_published, 'P', true},
    {"--skip", NULL, read_skip, 'K', true},
    {"--only", NULL, read_only, 'O', true},
    {"--project", NULL, read_project, 'N', true},
    {"--indicator", NULL, read_indicator, 'N', true},
    {"--row", NULL, read_row, 'N', true},
    {"--all", NULL, read_all, 'N', false},
    {"--why-not", NULL, read_why_not, 'N', true},
    {"--param", NULL, read_param, 'm', true},
    {"--bureau", NULL, read_bureau, 'b', true},
    {"--department", NULL, read_department, 'D', true},
    {"--within", NULL, read_within, 'w', true},
    {"--exit-code", NULL, read_exit_code, 'x', false},
    {"--csv-formulas", NULL, read_formulas, 'g', true},
    {"--allow-outside", NULL, read_outside, LIMIT_FLAGS, false},
    {"--no-translate", NULL, read_no_translate, LIMIT_FLAGS, false},
    {"--record", NULL, read_record, 'k', true},
    {"--store", NULL, read_store, 'S', true},
    {"--partial", NULL, read_partial, 'z', false},
    {"--partition", NULL, read_partition, 'z', true},
    {"--jobs", NULL, read_jobs, 'j', true},
    {"--log", NULL, read_log, 'j', true},
    {"--write", NULL, read_write, 'j', true},
    {"--dry-run", NULL, read_dry_run, 'j', false},
    {"--force", NULL, read_force, 'y', false},
    {"--install-timer", NULL, read_install_timer, 'j', false},
    {"--kept", NULL, read_kept, 'q', false},
};
#define FLAG_COUNT (sizeof flags / sizeof *flags)

static bool takes(const Command *command, char letter) {
    return !letter || !command || strchr(command->flags, letter);
}

static const Flag *find_flag(Str word, const Command *command) {
    for (size_t i = 0; i < FLAG_COUNT; i++) {
        if (!str_is(word, flags[i].name) && !(flags[i].brief && str_is(word, flags[i].brief))) continue;
        return takes(command, flags[i].letter) ? &flags[i] : NULL;
    }
    return NULL;
}

static bool add_unknown_flag(Str word, const Command *command, Diag *diag) {
    Str names[FLAG_COUNT + LIMIT_FLAG_COUNT + INPUT_FLAG_COUNT];
    size_t count = 0;
    for (size_t i = 0; i < FLAG_COUNT; i++) {
        if (takes(command, flags[i].letter)) names[count++] = str_of(flags[i].name);
    }
    for (size_t i = 0; i < LIMIT_FLAG_COUNT && takes(command, LIMIT_FLAGS); i++)
        names[count++] = str_of(limit_flags[i].name);
    for (size_t i = 0; i < INPUT_FLAG_COUNT && takes(command, INPUT_FLAGS); i++)
        names[count++] = str_of(input_flags[i].name);
    diag_add(diag, MESSAGE_UNKNOWN_FLAG, NULL, word);
    schema_suggest(diag, word, names, count);
    return false;
}

/* Reads the flag at *at and moves *at to its last word. */
static bool read_flag(int argc, char **argv, int *at, const Command *command, Options *options, Diag *diag) {
    Str word = str_of(argv[*at]);
    size_t equals = str_starts(word, STR("--")) ? str_find(word, '=', 0) : word.size;
    Str name = str_slice(word, 0, equals);
    const Flag *flag = find_flag(name, command);
    const LimitFlag *limit = takes(command, LIMIT_FLAGS) ? limit_flag_find(name) : NULL;
    const InputFlag *input = takes(command, INPUT_FLAGS) ? input_flag_find(name) : NULL;
    if (!flag && !limit && !input) return add_unknown_flag(name, command, diag);
    bool has_value = limit || input || flag->has_value;
    if (!has_value && equals < word.size) return add_unknown_flag(name, command, diag);
    if (!has_value) return flag->read(options, (Str){"", 0}, diag);
    Str value = {"", 0};
    if (equals < word.size)
        value = str_slice(word, equals + 1, word.size);
    else if (*at + 1 < argc)
        value = str_of(argv[++*at]);
    if (value.size && input) return input_flag_read(input, &options->input_limits, value, diag);
    if (value.size)
        return limit ? limit_flag_read(limit, &options->limits, value, diag)
                     : flag->read(options, value, diag);
    diag_add(diag, MESSAGE_FLAG_VALUE, NULL, name); /* also for "$NAME" of a shell that has no NAME */
    return false;
}

static const Command *find_command(Str word, const Command *commands, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (str_is(word, commands[i].name)) return &commands[i];
    }
    return NULL;
}

static Language environment_language(void) {
    static const char *const names[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *value = getenv(names[i]);
        if (value && *value) return message_language(str_of(value));
    }
    return LANGUAGE_EN;
}

/* --lang counts for every message, also for one about a word that stands before it. */
static void find_language(int argc, char **argv, Options *out) {
    out->language = environment_language();
    for (int at = 1; at < argc; at++) {
        Str word = str_of(argv[at]);
        if (str_starts(word, STR("--lang="))) out->language = message_language(str_slice(word, 7, word.size));
        if (str_is(word, "--lang") && at + 1 < argc) out->language = message_language(str_of(argv[at + 1]));
    }
}

bool cli_parse(int argc, char **argv, const Command *commands, size_t count, Options *out, Diag *diag) {
    *out = (Options){.cpu = CPU_LEVELS - 1, .limits = LIMITS_DEFAULT, .input_limits = INPUT_LIMITS_DEFAULT};
    find_language(argc, argv, out);
    out->operands = arena_new(&out->arena, (size_t)argc, sizeof *out->operands);
    out->settings = arena_new(&out->arena, (size_t)argc, sizeof *out->settings);
    out->params = arena_new(&out->arena, (size_t)argc, sizeof *out->params);
    out->data_files = arena_new(&out->arena, (size_t)argc, sizeof *out->data_files);
    out->skip = arena_new(&out->arena, (size_t)argc, sizeof *out->skip);
    out->only = arena_new(&out->arena, (size_t)argc, sizeof *out->only);
    const Command *command = NULL;
    bool only_operands = false, good = true;
    for (int at = 1; at < argc; at++) {
        Str word = str_of(argv[at]);
        if (!only_operands && str_is(word, "--")) {
            only_operands = true;
        } else if (!only_operands && word.size > 1 && word.data[0] == '-') {
            good &= read_flag(argc, argv, &at, command, out, diag);
        } else if (!out->command.size) {
            out->command = word;
            command = find_command(word, commands, count);
        } else {
            out->operands[out->operand_count++] = word;
        }
    }
    return good;
}

bool cli_one_rule_file(const Options *options, Diag *diag) {
    if (options->operand_count == 1) return true;
    if (options->operand_count == 0)
        diag_add(diag, MESSAGE_MISSING_OPERAND, NULL, message_words(TEXT_OPERAND_RULES));
    else
        diag_add(diag, MESSAGE_EXTRA_OPERAND, NULL, options->operands[1]);
    return false;
}

void cli_complain(Str bytes) {
    Diag *unheard = diag_new(); /* there is nowhere left to report that messages cannot be written */
    file_write_descriptor(STDERR_FILENO, STR("stderr"), bytes, unheard);
    diag_free(unheard);
}

void cli_print(const Diag *diag, Language language) {
    Buffer out = {0};
    shown_add(&out, diag, language);
    cli_complain(buffer_view(&out));
    buffer_release(&out);
}

bool cli_put(Str bytes, Diag *diag) {
    return file_write_descriptor(STDOUT_FILENO, message_words(TEXT_STANDARD_OUTPUT), bytes, diag);
}

bool cli_say(MessageId text, Language language, Diag *diag) {
    return cli_put(str_of(message_get(text)->text[language]), diag);
}

FileWriter *cli_writer(const Options *options, Diag *diag) {
    bool to_file = options->output.size && !str_is(options->output, "-");
    if (to_file) return file_writer_open(options->output, diag);
    return file_writer_descriptor(STDOUT_FILENO, message_words(TEXT_STANDARD_OUTPUT));
}

bool cli_deliver(const Options *options, Str bytes, Diag *diag) {
    FileWriter *writer = cli_writer(options, diag);
    if (!writer) return false;
    file_writer_add(writer, bytes);
    return file_writer_close(writer, true, diag);
}
