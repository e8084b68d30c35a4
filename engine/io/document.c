#include "io/document.h"

const DocumentExtra document_no_extra;

const char *document_kind_name(BlockKind kind) {
    static const char *const names[] = {"heading", "paragraph", "note",      "bullet",
                                        "table",   "chart",     "page_break"};
    return names[kind];
}

static const char *const charts[CHART_KINDS] = {"stacked", "histogram", "bullet", "dots", "slope"};

const char *chart_kind_name(ChartKind kind) { return charts[kind]; }

bool chart_kind_find(Str name, ChartKind *kind) {
    for (size_t i = 0; i < CHART_KINDS; i++) {
        if (!str_is(name, charts[i])) continue;
        *kind = (ChartKind)i;
        return true;
    }
    return false;
}

static const char *const aligns[] = {NULL, "left", "right", "center"};

const char *document_align_name(DocumentAlign align) { return aligns[align]; }

bool document_align_find(Str name, DocumentAlign *align) {
    for (size_t i = 1; i < sizeof aligns / sizeof *aligns; i++) {
        if (!str_is(name, aligns[i])) continue;
        *align = (DocumentAlign)i;
        return true;
    }
    return false;
}
