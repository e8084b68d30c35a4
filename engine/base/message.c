#include "base/message.h"

#include "base/message_build.h"

#include <string.h>

#define SEPARATOR '\x1f'

static const char *text_at(uint32_t place) {
    return place == MESSAGE_NOWHERE ? NULL : (const char *)message_bytes + place;
}

Message message_get(MessageId id) {
    const PackedMessage *packed = &message_packed[id];
    Message message = {.code = text_at(packed->code),
                       .severity = (Severity)packed->severity,
                       .exit_code = (ExitCode)packed->exit_code};
    for (size_t i = 0; i <= LANGUAGE_COUNT; i++) message.text[i] = text_at(packed->text[i]);
    for (size_t i = 0; i < LANGUAGE_COUNT; i++) message.help[i] = text_at(packed->help[i]);
    return message;
}

bool message_find(Str code, MessageId *id) {
    for (int i = 0; i < TEXT_FIRST; i++) {
        if (str_is(code, message_get((MessageId)i).code)) {
            *id = (MessageId)i;
            return true;
        }
    }
    return false;
}

Str message_words(MessageId text) { return str_of(message_get(text).text[LANGUAGE_COUNT]); }

Str message_part(Str words, Language language) {
    size_t middle = str_find(words, SEPARATOR, 0);
    if (middle == words.size) return words;
    return language == LANGUAGE_KO ? str_slice(words, middle + 1, words.size) : str_slice(words, 0, middle);
}

/* The index of the argument at a place of a template, or -1 for a letter. */
static int placeholder(const char *at) {
    return at[0] == '{' && at[1] >= '1' && at[1] <= '9' && at[2] == '}' ? at[1] - '1' : -1;
}

void message_fill(Buffer *out, const char *template, const Str *arguments, size_t count, Language language) {
    for (const char *at = template; *at; at++) {
        int index = placeholder(at);
        if (index < 0) {
            buffer_add_char(out, *at);
            continue;
        }
        if ((size_t)index < count) buffer_add(out, message_part(arguments[index], language));
        at += 2;
    }
}

void message_fill_both(Buffer *out, MessageId text, const Str *arguments, size_t count) {
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        if (language > 0) buffer_add_char(out, SEPARATOR);
        message_fill(out, message_get(text).text[language], arguments, count, (Language)language);
    }
}

Str message_both_list(Arena *arena, MessageId text, const Str *arguments, size_t count) {
    Buffer out = {0};
    message_fill_both(&out, text, arguments, count);
    Str both = arena_copy(arena, buffer_view(&out));
    buffer_release(&out);
    return both;
}

/* Where `part` is first found in `text` at or behind `from`; text.size + 1 when it is not. */
static size_t find_part(Str text, Str part, size_t from) {
    for (size_t at = from; at + part.size <= text.size; at++)
        if (str_starts(str_slice(text, at, text.size), part)) return at;
    return text.size + 1;
}

/* Bytes of a template before its next placeholder. */
static size_t plain_size(const char *template) {
    size_t size = 0;
    while (template[size] && placeholder(template + size) < 0) size++;
    return size;
}

bool message_match(Str text, const char *template, Str *arguments) {
    size_t at = plain_size(template);
    if (!str_starts(text, (Str){template, at})) return false;
    for (template += at; *template;) {
        Str *argument = &arguments[placeholder(template)];
        template += 3;
        Str part = {template, plain_size(template)};
        template += part.size;
        size_t end = find_part(text, part, at);
        if (!*template && str_ends(text, part) && at + part.size <= text.size) end = text.size - part.size;
        if (end > text.size) return false;
        *argument = str_slice(text, at, end);
        at = end + part.size;
    }
    return at == text.size;
}

const char *message_severity(Severity severity, Language language) {
    static const char *const words[][LANGUAGE_COUNT] = {
        [SEVERITY_ERROR] = {"error", "오류"},
        [SEVERITY_WARNING] = {"warning", "경고"},
        [SEVERITY_NOTE] = {"note", "참고"},
        [SEVERITY_TEXT] = {"", ""},
    };
    return words[severity][language];
}

Language message_language(Str locale) {
    bool korean = str_starts(locale, STR("ko")) && (locale.size == 2 || strchr("_.@-", locale.data[2]));
    return korean ? LANGUAGE_KO : LANGUAGE_EN;
}
