#include "app/test_report.h"

#include "base/text.h"

/* Cells before the names of what differs, and before the lines that decided. */
#define INDENT 8
/* Cells of a line of the rules. */
#define SOURCE_WIDTH 80

static Str word(MessageId text, Language language) { return str_of(message_get(text).text[language]); }

static void add_padded(Buffer *out, Str text, size_t width) {
    size_t from = out->size;
    text_add_visible(out, text);
    size_t used = text_width(str_slice(buffer_view(out), from, out->size));
    buffer_add_repeat(out, ' ', used < width ? width - used : 0);
}

static MessageId label_of(ExpectKind kind) {
    static const MessageId labels[EXPECT_COUNT] = {TEXT_TEST_RATE, TEXT_TEST_PRINTED, TEXT_TEST_VERDICT,
                                                   TEXT_TEST_REASON};
    return labels[kind];
}

/* "rate", or "rate (row 2)" of an indicator. */
static void add_label(Buffer *out, const TrialDifference *difference, Language language) {
    buffer_add(out, word(label_of(difference->kind), language));
    if (difference->level != LEVEL_INDICATOR) return;
    size_t row = difference->unit + 1;
    buffer_add_char(out, ' ');
    test_report_counts(out, TEXT_TEST_ROW, &row, 1, language);
}

static size_t larger(size_t a, size_t b) { return a > b ? a : b; }

static void add_difference(Buffer *out, const TrialDifference *difference, size_t labels, size_t values,
                           Language language) {
    Buffer label = {0};
    add_label(&label, difference, language);
    buffer_add_repeat(out, ' ', INDENT);
    add_padded(out, buffer_view(&label), labels + 2);
    add_padded(out, difference->expected->text, values + 2);
    text_add_visible(out, difference->actual);
    if (difference->note.size) {
        buffer_add(out, STR(" ("));
        text_add_visible(out, message_part(difference->note, language));
        buffer_add_char(out, ')');
    }
    buffer_add_char(out, '\n');
    buffer_release(&label);
}

static void add_differences(Buffer *out, const TestResult *result, Language language) {
    size_t labels = 0, values = text_width(word(TEXT_TEST_EXPECTED, language));
    for (size_t i = 0; i < result->count; i++) {
        Buffer label = {0};
        add_label(&label, &result->differences[i], language);
        labels = larger(labels, text_width(buffer_view(&label)));
        values = larger(values, text_width(result->differences[i].expected->text));
        buffer_release(&label);
    }
    buffer_add_repeat(out, ' ', INDENT);
    add_padded(out, (Str){"", 0}, labels + 2);
    add_padded(out, word(TEXT_TEST_EXPECTED, language), values + 2);
    buffer_add(out, word(TEXT_TEST_ACTUAL, language));
    buffer_add_char(out, '\n');
    for (size_t i = 0; i < result->count; i++)
        add_difference(out, &result->differences[i], labels, values, language);
}

static bool said_before(const TrialLine *lines, size_t count, Str path) {
    for (size_t i = 0; i < count; i++) {
        if (str_equal(lines[i].path, path)) return true;
    }
    return false;
}

static void add_line(Buffer *out, const TrialLine *line) {
    buffer_add_repeat(out, ' ', INDENT);
    buffer_addf(out, "%.*s:%u: %.*s  ", STR_FMT(line->place.file), line->place.line, STR_FMT(line->path));
    test_report_source(out, line->place.source);
    buffer_add_char(out, '\n');
}

/* The lines of the rules, each once for all differences. */
static void add_lines(Buffer *out, const TestResult *result, Language language) {
    Arena arena = {0};
    TrialLine *said = arena_new(&arena, 64, sizeof *said);
    size_t said_count = 0;
    for (size_t i = 0; i < result->count; i++) {
        size_t count;
        const TrialLine *lines = trial_lines(result->trial, &result->differences[i], &arena, &count);
        for (size_t j = 0; j < count && said_count < 64; j++) {
            if (said_before(said, said_count, lines[j].path)) continue;
            if (said_count == 0) {
                buffer_add_repeat(out, ' ', INDENT - 2);
                buffer_add(out, word(TEXT_TEST_DECIDED, language));
            }
            said[said_count++] = lines[j];
            add_line(out, &lines[j]);
        }
    }
    arena_release(&arena);
}

void test_report_source(Buffer *out, Str source) {
    Buffer text = {0};
    source = str_trim(source);
    for (size_t i = 0; i < source.size; i++) {
        bool blank = source.data[i] == ' ' && i > 0 && source.data[i - 1] == ' ';
        if (!blank) buffer_add_char(&text, source.data[i]);
    }
    text_add_visible(out, str_slice(buffer_view(&text), 0, text_fit(buffer_view(&text), SOURCE_WIDTH)));
    buffer_release(&text);
}

void test_report_counts(Buffer *out, MessageId text, const size_t *numbers, size_t count, Language language) {
    Arena arena = {0};
    Str words[6];
    for (size_t i = 0; i < count && i < 6; i++) words[i] = arena_format(&arena, "%zu", numbers[i]);
    message_fill(out, message_get(text).text[language], words, count, language);
    arena_release(&arena);
}

static void add_milliseconds(Buffer *out, double time) {
    buffer_addf(out, " %.2f", time);
    buffer_add(out, STR(" ms"));
}

void test_report_case(Buffer *out, const TestResult *result, Language language) {
    bool passed = result->ran && !result->count;
    buffer_add(out, STR("  "));
    add_padded(out, word(passed ? TEXT_TEST_OK : TEXT_TEST_FAILED, language), 6);
    text_add_visible(out, result->test->name);
    if (!passed) buffer_addf(out, " (%.*s:%u)", STR_FMT(result->test->place.file), result->test->place.line);
    if (result->milliseconds >= 0) add_milliseconds(out, result->milliseconds);
    buffer_add_char(out, '\n');
    if (passed || !result->ran) return;
    add_differences(out, result, language);
    add_lines(out, result, language);
}

/* ---- JUnit */

static void add_escaped(Buffer *out, Str text) {
    Buffer visible = {0};
    text_add_visible(&visible, text);
    for (size_t i = 0; i < visible.size; i++) {
        char byte = visible.data[i];
        if (byte == '&')
            buffer_add(out, STR("&amp;"));
        else if (byte == '<')
            buffer_add(out, STR("&lt;"));
        else if (byte == '>')
            buffer_add(out, STR("&gt;"));
        else if (byte == '"')
            buffer_add(out, STR("&quot;"));
        else
            buffer_add_char(out, byte);
    }
    buffer_release(&visible);
}

static void add_attribute(Buffer *out, const char *name, Str value) {
    buffer_addf(out, " %s=\"", name);
    add_escaped(out, value);
    buffer_add_char(out, '"');
}

static void add_number(Buffer *out, const char *name, size_t number) {
    buffer_addf(out, " %s=\"%zu\"", name, number);
}

/* Line by line: line ends stay what they are. */
static void add_escaped_lines(Buffer *out, Str text) {
    for (size_t at = 0; at < text.size;) {
        size_t end = str_find(text, '\n', at);
        add_escaped(out, str_slice(text, at, end));
        buffer_add_char(out, '\n');
        at = end + 1;
    }
}

static void add_failure(Buffer *out, const TestResult *result, Language language) {
    Buffer lines = {0};
    if (result->ran) {
        add_differences(&lines, result, language);
        add_lines(&lines, result, language);
    }
    Buffer said = {0};
    for (size_t i = 0; i < result->count; i++) {
        const TrialDifference *difference = &result->differences[i];
        buffer_addf(&said, "%s%s: %.*s", i ? "; " : "", expect_name(difference->kind),
                    STR_FMT(difference->expected->text));
        buffer_addf(&said, " -> %.*s", STR_FMT(difference->actual));
    }
    buffer_add(out, result->ran ? STR("<failure") : STR("<error"));
    add_attribute(out, "message", buffer_view(&said));
    buffer_release(&said);
    buffer_add(out, STR(">\n"));
    add_escaped_lines(out, buffer_view(&lines));
    buffer_add(out, result->ran ? STR("</failure>") : STR("</error>"));
    buffer_release(&lines);
}

void test_report_junit_case(Buffer *out, Str file, const TestResult *result, Language language) {
    bool passed = result->ran && !result->count;
    buffer_add(out, STR("    <testcase"));
    add_attribute(out, "classname", file);
    add_attribute(out, "name", result->test->name);
    if (result->milliseconds >= 0) buffer_addf(out, " time=\"%.6f\"", result->milliseconds / 1000);
    if (!passed) {
        buffer_add_char(out, '>');
        add_failure(out, result, language);
        buffer_add(out, STR("</testcase>\n"));
    } else {
        buffer_add(out, STR("/>\n"));
    }
}

void test_report_junit_suite(Buffer *out, Str file, size_t tests, size_t failures, Str cases) {
    buffer_add(out, STR("  <testsuite"));
    add_attribute(out, "name", file);
    add_number(out, "tests", tests);
    add_number(out, "failures", failures);
    buffer_add(out, STR(">\n"));
    buffer_add(out, cases);
    buffer_add(out, STR("  </testsuite>\n"));
}

void test_report_junit(Buffer *out, size_t tests, size_t failures, Str suites) {
    buffer_add(out, STR("<?xml"));
    add_attribute(out, "version", STR("1.0"));
    add_attribute(out, "encoding", STR("UTF-8"));
    buffer_add(out, STR("?>\n<testsuites"));
    add_number(out, "tests", tests);
    add_number(out, "failures", failures);
    buffer_add(out, STR(">\n"));
    buffer_add(out, suites);
    buffer_add(out, STR("</testsuites>\n"));
}
