/* The texts without codes: parts of messages, hints, help pages. */
#include "base/message_build.h"

/* clang-format off */
#define TEXT(id, en, ko) \
    [(id) - TEXT_FIRST] = {NULL, SEVERITY_TEXT, EXIT_DONE, {en, ko, MESSAGE_WORDS(en, ko)}, {"", ""}}

const Message message_texts[MESSAGE_COUNT - TEXT_FIRST] = {
#include "base/messages/help.inc"
#include "base/messages/help_tests.inc"
#include "base/messages/help_batch.inc"
#include "base/messages/commands.inc"
#include "base/messages/explain.inc"
#include "base/messages/hints.inc"
#include "base/messages/sandbox.inc"
#include "base/messages/lua.inc"
};
/* clang-format on */
