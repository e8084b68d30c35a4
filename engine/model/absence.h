/* absence - the words in a cell of numbers that say why there is no number: "-", "N/A", 신규, 비공개.
 *
 * A rule file declares them: missing = { not_applicable = { "-" }, new = { "신규" }, withheld = { "비공개" }
 * }. Without a declaration the usual words for "not applicable" hold.
 */
#ifndef PERFEVAL_MODEL_ABSENCE_H
#define PERFEVAL_MODEL_ABSENCE_H

#include "base/tree.h"
#include "model/dataset.h"

typedef struct AbsenceWord {
    Str word;
    Missing reason;
} AbsenceWord;

typedef struct Absence {
    const AbsenceWord *words; /* the rule file's; NULL: the usual ones */
    size_t count;
} Absence;

/** What a cell's text means; MISSING_NONE when it is no word of absence. An empty cell is MISSING_BLANK.
 * `absence` may be NULL. */
Missing absence_of(const Absence *absence, Str text);
/** Reads the key `missing` of a rule table, which may lack it. Lives in `arena`. False after errors (an
 * unknown reason, a list that holds no texts, a word that stands twice). */
bool absence_read(Arena *arena, const Tree *rules, Absence *out, Diag *diag);
/** Whether both give every text the same meaning: the same words in the same order. */
bool absence_same(const Absence *a, const Absence *b);

#endif
