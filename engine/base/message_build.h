/* message_build - the table of texts, for the files that hold it: MESSAGE_… in message_codes.c and
 * message_inputs.c, TEXT_… in message_texts.c. The entries stand in messages/ by what they speak of.
 */
#ifndef PERFEVAL_BASE_MESSAGE_BUILD_H
#define PERFEVAL_BASE_MESSAGE_BUILD_H

#include "base/message.h"

/** Entry number MESSAGE_…, number MESSAGE_… - MESSAGE_INPUT_FIRST, and number TEXT_… - TEXT_FIRST. */
extern const Message message_codes[TEXT_FIRST];
extern const Message message_inputs[MESSAGE_INPUT_LAST - MESSAGE_INPUT_FIRST + 1];
extern const Message message_texts[MESSAGE_COUNT - TEXT_FIRST];

#endif
