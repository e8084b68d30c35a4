/* The messages with codes. */
#include "base/message_build.h"

/* clang-format off */
/* One entry: code, severity, exit code, {English, Korean}, {help in English, help in Korean}. */
const Message message_codes[TEXT_FIRST] = {
#include "base/messages/files.inc"
#include "base/messages/jobs.inc"
#include "base/messages/data.inc"
#include "base/messages/rules.inc"
#include "base/messages/scripts.inc"
#include "base/messages/limits.inc"
#include "base/messages/flags.inc"
#include "base/messages/published.inc"
};
/* clang-format on */
