#include "app/arguments.h"

#include "app/flags.h"
#include "io/json.h"

/* Texts of a record that are flags, in the order in which they stand there. */
typedef struct TextArgument {
    const char *key;
    size_t at; /* of the Str in Options */
} TextArgument;

static const TextArgument texts[] = {
    {"date", offsetof(Options, at)},
    {"period", offsetof(Options, period)},
    {"sheet", offsetof(Options, sheet)},
    {"query", offsetof(Options, query)},
    {"departments", offsetof(Options, departments)},
    {"last_year_from", offsetof(Options, last_year_from)},
    {"last_year_run", offsetof(Options, last_year_run)},
};
#define TEXT_COUNT (sizeof texts / sizeof *texts)

/* "guard" is said by the absence of the other. */
#define KEEP "keep"

static Str *text_at(const TextArgument *text, Options *options) {
    return (Str *)(void *)((char *)options + text->at);
}

static Str text_of(const TextArgument *text, const Options *options) {
    return *(const Str *)(const void *)((const char *)options + text->at);
}

Str arguments_key(const char *flag, char out[32]) {
    size_t size = 0;
    for (flag += strspn(flag, "-"); *flag && size < 31; flag++) {
        out[size] = *flag;
        if (*flag == '-') out[size] = '_';
        size++;
    }
    out[size] = '\0';
    return (Str){out, size};
}

/* ---- writing */

static void add_settings(Buffer *out, const Options *options) {
    buffer_add(out, STR(",\n\"settings\":["));
    for (size_t i = 0; i < options->setting_count; i++) {
        if (i > 0) buffer_add_char(out, ',');
        buffer_add_char(out, '{');
        json_put_known(out, "name", options->settings[i].name);
        json_put_known(out, "value", options->settings[i].value);
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, ']');
}

static void add_limits(Buffer *out, const Options *options) {
    const Flag *flag;
    char key[32];
    for (size_t i = 0; (flag = flag_limit(i)) != NULL; i++) {
        arguments_key(flag->name, key);
        json_add_key(out, key);
        flag_add_number(flag, options, out);
    }
}

void arguments_add(Buffer *out, const Options *options) {
    for (size_t i = 0; i < TEXT_COUNT; i++) json_put_known(out, texts[i].key, text_of(&texts[i], options));
    add_settings(out, options);
    buffer_add(out, STR(",\n\"arguments\":{"));
    json_put_known(out, "encoding", encoding_name(options->encoding));
    json_put_known(out, "csv_formulas", options->formulas == CSV_KEEP ? STR(KEEP) : (Str){"", 0});
    json_put_flag(out, "allow_outside", options->outside);
    add_limits(out, options);
    buffer_add_char(out, '}');
}

/* ---- reading */

static const Tree *entry_of(const Tree *table, const char *key) {
    return table && table->kind == TREE_TABLE ? tree_get(table, key) : NULL;
}

static Str entry_text(const Tree *table, const char *key) {
    const Tree *value = entry_of(table, key);
    return value && value->kind == TREE_TEXT ? value->text : (Str){"", 0};
}

/* The digits of a number; empty where there is none. */
static Str entry_digits(const Tree *table, const char *flag, Arena *arena) {
    char key[32];
    arguments_key(flag, key);
    const Tree *value = entry_of(table, key);
    if (!value || value->kind != TREE_NUMBER) return (Str){"", 0};
    Buffer digits = {0};
    decimal_write(&digits, &value->number);
    Str text = arena_copy(arena, buffer_view(&digits));
    buffer_release(&digits);
    return text;
}

static bool read_settings(const Tree *list, Arena *arena, Options *options) {
    if (!list || list->kind != TREE_TABLE) return false;
    options->settings = arena_new(arena, list->positional + 1, sizeof *options->settings);
    options->setting_count = list->positional;
    for (size_t i = 0; i < list->positional; i++) {
        const Tree *entry = list->items[i].value;
        options->settings[i] = (Setting){entry_text(entry, "name"), entry_text(entry, "value")};
    }
    return true;
}

static bool same_limit(const Flag *flag, const Options *a, const Options *b) {
    Buffer x = {0}, y = {0};
    flag_add_number(flag, a, &x);
    flag_add_number(flag, b, &y);
    bool same = str_equal(buffer_view(&x), buffer_view(&y));
    buffer_release(&x);
    buffer_release(&y);
    return same;
}

/* Limits that the command line left as they are by default. */
static bool read_limits(const Tree *arguments, Arena *arena, Options *options, Diag *diag) {
    const Options defaults = OPTIONS_DEFAULT;
    const Flag *flag;
    bool good = true;
    for (size_t i = 0; (flag = flag_limit(i)) != NULL; i++) {
        Str digits = entry_digits(arguments, flag->name, arena);
        if (digits.size && same_limit(flag, options, &defaults))
            good &= flag_read(flag, options, digits, diag);
    }
    return good;
}

bool arguments_read(const Tree *record, Arena *arena, Options *options, Diag *diag) {
    const Tree *arguments = entry_of(record, "arguments");
    for (size_t i = 0; i < TEXT_COUNT; i++) {
        Str *text = text_at(&texts[i], options);
        if (!text->size) *text = entry_text(record, texts[i].key);
    }
    if (options->encoding == ENCODING_GUESSED)
        encoding_find(entry_text(arguments, "encoding"), &options->encoding);
    if (str_is(entry_text(arguments, "csv_formulas"), KEEP)) options->formulas = CSV_KEEP;
    const Tree *outside = entry_of(arguments, "allow_outside");
    options->outside |= outside && outside->kind == TREE_BOOL && outside->flag;
    return read_settings(entry_of(record, "settings"), arena, options) &&
           read_limits(arguments, arena, options, diag);
}

/* ---- comparing */

static bool same_settings(const Options *a, const Options *b) {
    if (a->setting_count != b->setting_count) return false;
    for (size_t i = 0; i < a->setting_count; i++)
        if (!str_equal(a->settings[i].name, b->settings[i].name) ||
            !str_equal(a->settings[i].value, b->settings[i].value))
            return false;
    return true;
}

static bool same_limits(const Options *a, const Options *b) {
    const Flag *flag;
    bool same = true;
    for (size_t i = 0; (flag = flag_limit(i)) != NULL; i++) same &= same_limit(flag, a, b);
    return same;
}

bool arguments_same(const Tree *record, const Options *options) {
    Arena arena = {0};
    Diag *unheard = diag_new(); /* what cannot be read is not the same */
    Options then = OPTIONS_DEFAULT;
    bool same = arguments_read(record, &arena, &then, unheard) && then.encoding == options->encoding &&
                then.formulas == options->formulas && then.outside == options->outside &&
                same_settings(&then, options) && same_limits(&then, options);
    for (size_t i = 0; i < TEXT_COUNT; i++)
        same &= str_equal(text_of(&texts[i], &then), text_of(&texts[i], options));
    diag_free(unheard);
    arena_release(&arena);
    return same;
}
