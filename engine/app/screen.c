#include "app/screen.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#define BOLD  "\x1b[1m"
#define ALERT "\x1b[1;31m"
#define PLAIN "\x1b[0m"

/* ---- what is asked for */

/* The variable of the environment; empty where there is none. */
static const char *value_of(const char *name) {
    const char *value = getenv(name);
    return value ? value : "";
}

static bool is_set(const char *name) { return *value_of(name); }

static bool is_forced(const char *name) { return is_set(name) && strcmp(value_of(name), "0") != 0; }

static bool is_dumb(void) { return !is_set("TERM") || strcmp(value_of("TERM"), "dumb") == 0; }

static bool to_standard_output(const Options *options) {
    return !options->output.size || str_is(options->output, "-");
}

bool screen_is_terminal(const Options *options) {
    bool text = !options->format.size || str_is(options->format, "text");
    return text && to_standard_output(options) && isatty(STDOUT_FILENO);
}

static bool wants_color(const Options *options) {
    if (options->color != SCREEN_AUTO) return options->color == SCREEN_ALWAYS;
    if (is_set("NO_COLOR")) return false;
    if (is_forced("CLICOLOR_FORCE") || is_forced("FORCE_COLOR")) return true;
    return isatty(STDOUT_FILENO) && !is_dumb();
}

static bool is_wide(const Options *options) {
    if (options->ambiguous) return options->ambiguous == 2;
    return strcmp(value_of("PERFEVAL_AMBIGUOUS_WIDTH"), "2") == 0;
}

/* ---- dressing */

/* What stands for a character of three bytes E2 94 80 to E2 96 9F, lines and blocks; 0: it is none. */
static char plain_of(Str character) {
    if (character.size != 3 || character.data[0] != '\xe2') return 0;
    unsigned char page = (unsigned char)character.data[1], place = (unsigned char)character.data[2];
    if (page == 0x96 && place == 0x88) return '#';
    if (page == 0x96 && place < 0xa0) return 'x';
    if (page != 0x94 && page != 0x95) return 0;
    if (page == 0x94 && place == 0x80) return '-';
    if (page == 0x94 && place == 0x81) return '=';
    if (page == 0x94 && (place == 0x82 || place == 0x83)) return '|';
    return '+';
}

static size_t character_size(char first) {
    unsigned char byte = (unsigned char)first;
    return byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

/* Signs of the reports that a terminal may show two columns wide. */
static bool is_ambiguous(Str character) {
    static const char *const signs[] = {"△", "▲", "▽", "○", "◇", "※", "·", "․", "‧", "□", "▢", "■", "▪",
                                        "→", "Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "‘", "’", "“", "”", "①", "②", "③"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (str_is(character, signs[i])) return true;
    return false;
}

/* Adds a cell of a table without a blank for each sign that is wider than it was counted: where there are
 * more blanks than one on a side. */
static void add_cell(Buffer *out, Str cell) {
    size_t signs = 0, left = 0, right = 0;
    for (size_t at = 0; at < cell.size; at += character_size(cell.data[at]))
        signs += is_ambiguous(str_slice(cell, at, at + character_size(cell.data[at])));
    while (left < cell.size && cell.data[left] == ' ') left++;
    while (right < cell.size - left && cell.data[cell.size - 1 - right] == ' ') right++;
    size_t from = 0, to = cell.size;
    for (; signs && right > 1 && right >= left; signs--, right--) to--;
    for (; signs && left > 1; signs--, left--) from++;
    for (; signs && right > 1; signs--, right--) to--;
    buffer_add(out, str_slice(cell, from, to));
}

/* The line with each cell between lines of a table made as wide as it was. */
static void add_narrowed(Buffer *out, Str line) {
    Str bar = STR("│");
    size_t from = 0;
    for (size_t at = 0; at < line.size; at += character_size(line.data[at])) {
        if (!str_starts(str_slice(line, at, line.size), bar)) continue;
        if (at > from) add_cell(out, str_slice(line, from, at));
        buffer_add(out, bar);
        from = at + bar.size;
    }
    buffer_add(out, str_slice(line, from, line.size));
}

static void add_ascii(Buffer *out, Str line) {
    for (size_t at = 0, size; at < line.size; at += size) {
        size = character_size(line.data[at]);
        Str character = str_slice(line, at, at + size);
        char plain = plain_of(character);
        if (plain)
            buffer_add_char(out, plain);
        else
            buffer_add(out, character);
    }
}

static void add_colored(Buffer *out, Str line) {
    bool heading = str_starts(line, STR("■ ")) || str_starts(line, STR("▢ ")) || str_starts(line, STR("▪ "));
    bool open = heading;
    if (heading) buffer_add(out, STR(BOLD));
    for (size_t at = 0, size; at < line.size; at += size) {
        size = character_size(line.data[at]);
        Str character = str_slice(line, at, at + size);
        bool begins = str_is(character, "【") || (str_is(character, "▒") && !open);
        bool ends = open && !heading && (str_is(character, "】") || str_is(character, " "));
        if (begins) buffer_add(out, STR(ALERT));
        if (begins) open = true;
        buffer_add(out, character);
        if (!ends) continue;
        buffer_add(out, STR(PLAIN));
        open = false;
    }
    if (open) buffer_add(out, STR(PLAIN));
}

void screen_dress(Buffer *out, Str text, bool ascii, bool wide, bool color) {
    Buffer narrowed = {0}, colored = {0};
    for (size_t from = 0, to; from < text.size; from = to + 1) {
        to = str_find(text, '\n', from);
        Str line = str_slice(text, from, to);
        narrowed.size = colored.size = 0;
        if (wide) add_narrowed(&narrowed, line);
        if (wide) line = buffer_view(&narrowed);
        if (color) add_colored(&colored, line);
        if (color) line = buffer_view(&colored);
        if (ascii)
            add_ascii(out, line);
        else
            buffer_add(out, line);
        if (to < text.size) buffer_add_char(out, '\n');
    }
    buffer_release(&narrowed);
    buffer_release(&colored);
}

/* ---- the pager */

static void become_pager(const char *pager, const int ends[2]) {
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
    close(ends[1]);
    setenv("LESS", "FRX", 0); /* one screen is not held back, colours are shown */
    signal(SIGPIPE, SIG_DFL);
    execl("/bin/sh", "sh", "-c", pager, (char *)NULL);
    _exit(127);
}

/* False when the pager could not be started: nothing was shown. Who leaves it early has seen enough. */
static bool page(const char *pager, Str text) {
    int ends[2], status = 0;
    if (pipe(ends) != 0) return false;
    pid_t child = fork();
    if (child == 0) become_pager(pager, ends);
    close(ends[0]);
    void (*interrupt)(int) = signal(SIGINT, SIG_IGN), (*broken)(int) = signal(SIGPIPE, SIG_IGN);
    for (size_t at = 0; child > 0 && at < text.size;) {
        ssize_t written = write(ends[1], text.data + at, text.size - at);
        if (written <= 0) break;
        at += (size_t)written;
    }
    close(ends[1]);
    if (child > 0) waitpid(child, &status, 0);
    signal(SIGINT, interrupt);
    signal(SIGPIPE, broken);
    return child > 0 && !(WIFEXITED(status) && (WEXITSTATUS(status) == 127 || WEXITSTATUS(status) == 126));
}

/* The pager to use; NULL: none. */
static const char *pager_of(const Options *options) {
    const char *pager = getenv("PAGER");
    if (options->no_pager || is_dumb() || !isatty(STDOUT_FILENO)) return NULL;
    if (!pager) return "less";
    return *pager ? pager : NULL;
}

/* Documents of office programs have NUL bytes; no text has. */
static bool is_no_text(const Options *options, Str bytes) {
    return to_standard_output(options) && isatty(STDOUT_FILENO) && str_find(bytes, '\0', 0) < bytes.size;
}

bool screen_deliver(const Options *options, Str text, Diag *diag) {
    bool dressed = to_standard_output(options) && (!options->format.size || str_is(options->format, "text"));
    bool wide = dressed && is_wide(options), ascii = dressed && (options->ascii || wide);
    bool color = dressed && wants_color(options);
    const char *pager = dressed ? pager_of(options) : NULL;
    if (is_no_text(options, text)) {
        diag_add(diag, MESSAGE_TERMINAL_FORMAT, NULL, options->format);
        return false;
    }
    Buffer out = {0};
    if (ascii || color) screen_dress(&out, text, ascii, wide, color);
    Str shown = ascii || color ? buffer_view(&out) : text;
    bool done = (pager && page(pager, shown)) || cli_deliver(options, shown, diag);
    buffer_release(&out);
    return done;
}
