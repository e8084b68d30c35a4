/* wire - trees and plain values as bytes, for the socket between the program and the confined child.
 *
 * The reader trusts nothing: every length is checked against the bytes at hand, nesting and counts are
 * bounded, numbers are what base/decimal makes, expressions have a known operator with its number and kinds
 * of operands, and a message that is not whole is refused as a whole. Integers are in the machine's byte
 * order (both ends are one program).
 */
#ifndef PERFEVAL_BASE_WIRE_H
#define PERFEVAL_BASE_WIRE_H

#include "base/tree.h"

void wire_add_u32(Buffer *out, uint32_t value);
void wire_add_text(Buffer *out, Str text);
void wire_add_tree(Buffer *out, const Tree *tree);
/** The same without the places, for who asks for none. */
void wire_add_values(Buffer *out, const Tree *tree);

/** A reader over received bytes; `bad` becomes true at the first fault and stays so. */
typedef struct WireReader {
    Str bytes;
    size_t at;
    bool bad;
} WireReader;

uint32_t wire_u32(WireReader *reader);
/** The next `size` bytes, a view into the reader's; empty (and reader->bad) when there are not so many. */
Str wire_bytes(WireReader *reader, size_t size);
/** A text with its size in front, a view too. */
Str wire_text(WireReader *reader);
/** A tree whose texts are copied into `arena`; NULL (and reader->bad) when the bytes are no tree. */
Tree *wire_tree(WireReader *reader, Arena *arena);
/** What stands at the head of a value: for who needs no tree of it. */
typedef struct WireValue {
    TreeKind kind;
    bool flag;
    Decimal number;
    Str text; /* a view, as that of wire_text */
    size_t count, positional;
} WireValue;
/** The head of the next value. Behind that of a table stand so many items: of each wire_name and the value,
 * positional ones first. False (and reader->bad) when the bytes are none, or hold a place: see
 * wire_add_values. Long numbers live in `arena`. */
bool wire_value(WireReader *reader, Arena *arena, WireValue *value);
/** The name of the next item; empty: it is positional. */
Str wire_name(WireReader *reader);
/** True when all was well and no byte is left. */
bool wire_done(const WireReader *reader);

#endif
