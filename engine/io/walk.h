/* walk - a description that a script made, read as a tree against a closed schema, every fault with its path
 * such as pdf.blocks[3].table.cells[2].
 *
 * A Walk stands on one value; walk_enter and walk_enter_at move it into an entry and answer the place to
 * which walk_leave moves it back.
 */
#ifndef PERFEVAL_IO_WALK_H
#define PERFEVAL_IO_WALK_H

#include "base/tree.h"

typedef struct Walk {
    Arena *arena; /* of what is read */
    Diag *diag;   /* gets MESSAGE_DOCUMENT_SHAPE */
    const Place *place;
    Buffer path;
    size_t faults;
} Walk;

/** Adds a fault of the value where the walk stands: TEXT_DOCUMENT_… as it reads behind the path. */
void walk_add_fault(Walk *w, MessageId what, const Str *arguments, size_t count);
#define walk_fault(w, what, ...) walk_add_fault((w), (what), MESSAGE_LIST(__VA_ARGS__))
/** The fault that `tree` (NULL: nothing) stands where `wanted` (TEXT_SHAPE_…) belongs. */
void walk_wrong_kind(Walk *w, const Tree *tree, MessageId wanted);

size_t walk_enter(Walk *w, const char *name);
size_t walk_enter_at(Walk *w, size_t position);
void walk_leave(Walk *w, size_t from);

/** Whether `tree` is a table with no names but these (ending with NULL). */
bool walk_is_record(Walk *w, const Tree *tree, const char *const *names);
/** The length of a list of at most `limit` values; 0 after a fault. */
size_t walk_list_length(Walk *w, const Tree *tree, size_t limit);

/** These read the entry `name` of a table; after a fault the answer is no data, false, `low`, 1, none, 0. */
Str walk_text_at(Walk *w, const Tree *tree, const char *name, bool required);
bool walk_flag_at(Walk *w, const Tree *tree, const char *name);
/** A number from `low` to `high`: the value itself; an entry that must be there; one that may be left out. */
double walk_number_of(Walk *w, const Tree *value, double low, double high);
double walk_required_at(Walk *w, const Tree *tree, const char *name, double low, double high);
double walk_number_at(Walk *w, const Tree *tree, const char *name, double low, double high, double other);
/** A whole number from 1 to `most`; `other` (0: it must be given) where it is left out. */
uint32_t walk_whole_at(Walk *w, const Tree *tree, const char *name, uint32_t most, uint32_t other);
/** The position of the text among the names (ending with NULL); the first where it is not given. */
unsigned walk_choice_at(Walk *w, const Tree *tree, const char *name, const char *const *names);

#endif
