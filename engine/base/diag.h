/* diag - the record of what went wrong, and the list of such records. Never prints: app/ draws it.
 *
 * The one error convention of the project: a function that can fail for a reason that a user can cause
 * returns bool or a pointer and takes `Diag *` last; false or NULL means that at least one error was added.
 * Functions that check a whole file add every fault they find before they return false.
 */
#ifndef PERFEVAL_BASE_DIAG_H
#define PERFEVAL_BASE_DIAG_H

#include "base/arena.h"
#include "base/message.h"

/** Messages kept per list; those behind are counted, not kept. An error takes the place of the last message
 * that is none: warnings, however many, never hide it. */
#ifndef DIAG_KEPT
#define DIAG_KEPT 100
#endif
#define DIAG_ARGUMENTS 4
/** Most bytes of one message as it is drawn, all of its lines together. */
#define DIAG_SHOWN 2000

/** Where something stands. A place without a file (size 0) or line (0) is printed without it. */
typedef struct Place {
    Str file;
    uint32_t line;   /* from 1 */
    uint32_t column; /* in characters, from 1 */
    uint32_t span;   /* characters that the caret line marks, at least 1 */
    Str source;      /* the text of that line, without its line end; empty when not at hand */
    Str cell; /* in a workbook "Sheet1!B17", printed instead of line (its row) and column; else empty */
} Place;

typedef struct DiagItem {
    MessageId message;
    Place place;
    Str arguments[DIAG_ARGUMENTS];
    size_t argument_count;
    Str hint[LANGUAGE_COUNT]; /* stands behind the caret; may be empty */
} DiagItem;

typedef struct Diag Diag;

Diag *diag_new(void);
void diag_free(Diag *diag);

/** Adds a message; all texts are copied. `place` may be NULL. Use the macro diag_add. */
void diag_add_list(Diag *diag, MessageId message, const Place *place, const Str *arguments, size_t count);
#define diag_add(diag, message, place, ...)                                                                  \
    diag_add_list((diag), (message), (place), MESSAGE_LIST(__VA_ARGS__))
/** Adds a message without arguments. */
void diag_add_plain(Diag *diag, MessageId message, const Place *place);
/** Gives the message added last a hint for its caret line: a text TEXT_… with arguments. Use the macro
 * diag_hint. */
void diag_hint_list(Diag *diag, MessageId text, const Str *arguments, size_t count);
#define diag_hint(diag, text, ...) diag_hint_list((diag), (text), MESSAGE_LIST(__VA_ARGS__))
/** Gives it a hint without arguments. */
void diag_hint_plain(Diag *diag, MessageId text);
/** Gives it the hint of a message of another list. */
void diag_hint_copy(Diag *diag, const Str hint[LANGUAGE_COUNT]);

/** True when a message of that severity, added now, would be kept: else nobody will see its place. */
bool diag_keeps(const Diag *diag, Severity severity);
/** Messages kept, in order of adding; `index` below diag_count. */
size_t diag_count(const Diag *diag);
const DiagItem *diag_item(const Diag *diag, size_t index);
/** All messages of a severity, also those not kept. */
size_t diag_total(const Diag *diag, Severity severity);
bool diag_has_errors(const Diag *diag);
/** The exit code that the errors ask for: the first of 70, 64, 5, 4, 2, 3, 1 that occurs; 0 without errors.
 */
ExitCode diag_exit_code(const Diag *diag);
/** Draws one message as "file:line:column: severity[code]: text" with source line and caret, lines ending in
 * \n; at most DIAG_SHOWN bytes. */
void diag_render(Buffer *out, const DiagItem *item, Language language);
/** Forgets every message. */
void diag_clear(Diag *diag);

#endif
