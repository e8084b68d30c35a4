#include "app/shown.h"

#include <stdio.h>

/* Whether the message belongs to the first that are drawn where not all can be: errors do. */
static bool is_urgent(const DiagItem *item) { return message_get(item->message).severity == SEVERITY_ERROR; }

/* Draws the messages, as many as SHOWN_MOST bytes hold; how many. */
static size_t add_some(Buffer *out, const Diag *diag, Language language) {
    bool drawn[DIAG_KEPT] = {0};
    size_t left = SHOWN_MOST, shown = 0;
    for (int urgent = 1; urgent >= 0; urgent--)
        for (size_t i = 0; i < diag_count(diag); i++) {
            Buffer one = {0};
            if (is_urgent(diag_item(diag, i)) == (urgent == 1))
                diag_render(&one, diag_item(diag, i), language);
            drawn[i] |= one.size > 0 && one.size <= left;
            if (one.size <= left) left -= one.size;
            shown += one.size > 0 && drawn[i];
            buffer_release(&one);
        }
    for (size_t i = 0; i < diag_count(diag); i++)
        if (drawn[i]) diag_render(out, diag_item(diag, i), language);
    return shown;
}

void shown_add(Buffer *out, const Diag *diag, Language language) {
    size_t total = diag_total(diag, SEVERITY_ERROR) + diag_total(diag, SEVERITY_WARNING) +
                   diag_total(diag, SEVERITY_NOTE);
    size_t shown = add_some(out, diag, language);
    if (total == shown) return;
    char number[32];
    Str more = {number, (size_t)snprintf(number, sizeof number, "%zu", total - shown)};
    message_fill(out, message_get(TEXT_MORE_MESSAGES).text[language], &more, 1, language);
}
