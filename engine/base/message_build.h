/* message_build - the table of texts, for the files that hold it: MESSAGE_… in message_codes.c and
 * message_inputs.c, TEXT_… in message_texts.c. The entries stand in messages/ by what they speak of. The
 * program holds what make packs of them (engine/packaging/pack_messages.c).
 */
#ifndef PERFEVAL_BASE_MESSAGE_BUILD_H
#define PERFEVAL_BASE_MESSAGE_BUILD_H

#include "base/message.h"

#include <stdint.h>

/** Entry number MESSAGE_…, number MESSAGE_… - MESSAGE_INPUT_FIRST, and number TEXT_… - TEXT_FIRST. */
extern const Message message_codes[TEXT_FIRST];
extern const Message message_inputs[MESSAGE_INPUT_LAST - MESSAGE_INPUT_FIRST + 1];
extern const Message message_texts[MESSAGE_COUNT - TEXT_FIRST];

/** An entry of the program, for MESSAGE_… and TEXT_… alike: where its texts begin in message_bytes. */
typedef struct PackedMessage {
    uint32_t code, text[LANGUAGE_COUNT + 1], help[LANGUAGE_COUNT];
    uint8_t severity, exit_code;
} PackedMessage;

/** In place of a text that is NULL. */
#define MESSAGE_NOWHERE UINT32_MAX

extern const PackedMessage message_packed[MESSAGE_COUNT];
extern const unsigned char message_bytes[];

#endif
