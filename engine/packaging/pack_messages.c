/* pack_messages - the table of texts as C (make): the same entries as in base/message_codes, _inputs and
 * _texts, but with places in one run of bytes instead of addresses. A table of addresses has to be filled in
 * each time that the program starts. */
#include "base/message_build.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char *bytes = NULL;
static size_t size = 0;

static uint32_t add(const char *text) {
    size_t more = strlen(text) + 1;
    char *grown = realloc(bytes, size + more);
    if (!grown) exit(1);
    bytes = grown;
    memcpy(bytes + size, text, more);
    size += more;
    return (uint32_t)(size - more);
}

/* A text in Korean ends the text in both languages. */
static uint32_t add_last(const char *whole, uint32_t place, const char *last) {
    size_t length = strlen(whole), part = strlen(last);
    if (part <= length && strcmp(whole + length - part, last) == 0) return place + (uint32_t)(length - part);
    return add(last);
}

static const Message *find(int id) {
    if (id >= MESSAGE_INPUT_FIRST && id <= MESSAGE_INPUT_LAST)
        return &message_inputs[id - MESSAGE_INPUT_FIRST];
    return id < TEXT_FIRST ? &message_codes[id] : &message_texts[id - TEXT_FIRST];
}

static uint32_t add_known(const char *text) { return text ? add(text) : MESSAGE_NOWHERE; }

static void pack(int id) {
    const Message *message = find(id);
    const char *both = message->text[LANGUAGE_COUNT];
    uint32_t code = add_known(message->code), english = add_known(message->text[LANGUAGE_EN]);
    uint32_t whole = add_known(both), korean = message->text[LANGUAGE_KO] ? 0 : MESSAGE_NOWHERE;
    if (korean == 0)
        korean = both ? add_last(both, whole, message->text[LANGUAGE_KO]) : add(message->text[LANGUAGE_KO]);
    printf("{%uu, {%uu, %uu, %uu}, {%uu, %uu}, %d, %d},\n", code, english, korean, whole,
           add_known(message->help[LANGUAGE_EN]), add_known(message->help[LANGUAGE_KO]), message->severity,
           message->exit_code);
}

int main(void) {
    puts("#include \"base/message_build.h\"");
    puts("const PackedMessage message_packed[MESSAGE_COUNT] = {");
    for (int id = 0; id < MESSAGE_COUNT; id++) pack(id);
    puts("};\nconst unsigned char message_bytes[] = {");
    for (size_t i = 0; i < size; i++) printf("%u,%s", (unsigned char)bytes[i], i % 32 == 31 ? "\n" : "");
    puts("};");
    free(bytes);
    return ferror(stdout) || fflush(stdout) ? 1 : 0;
}
