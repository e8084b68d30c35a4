#include "module/fonts.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangofc-font.h>
#include <pango/pangofc-fontmap.h>
#include <string.h>

static void hear(const gchar *domain, GLogLevelFlags level, const gchar *words, gpointer context) {
    (void)domain;
    (void)words;
    if (level & (G_LOG_LEVEL_ERROR | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING))
        ((Fonts *)context)->wrong = true;
}

static int count_fonts(FcConfig *config) {
    const FcFontSet *set = FcConfigGetFonts(config, FcSetSystem);
    return set ? set->nfont : 0;
}

bool fonts_open(Fonts *fonts) {
    int counts[FONTS_READINGS];
    *fonts = (Fonts){.heard = g_log_set_default_handler(hear, fonts)};
    for (int i = 0; i < FONTS_READINGS && !fonts->wrong; i++) {
        FcConfig *config = FcInitLoadConfigAndFonts();
        if (!config) {
            fonts->wrong = true;
            break;
        }
        if (i == 0) FcConfigSetCurrent(config); /* else a thread of pango's reads them once more */
        fonts->maps[i] = pango_cairo_font_map_new();
        pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(fonts->maps[i]), config);
        counts[i] = count_fonts(config);
        fonts->none = counts[i] == 0;
        fonts->wrong = counts[i] != counts[0];
        FcConfigDestroy(config);
    }
    return !fonts->wrong;
}

void fonts_close(Fonts *fonts) {
    for (int i = 0; i < FONTS_READINGS; i++)
        if (fonts->maps[i]) g_object_unref(fonts->maps[i]);
    g_log_set_default_handler(fonts->heard, NULL);
}

/* ---- what was made of a text */

static bool is_usable(PangoFont *font) {
    cairo_scaled_font_t *scaled =
        font ? pango_cairo_font_get_scaled_font((PangoCairoFont *)(void *)font) : NULL;
    return scaled && cairo_scaled_font_status(scaled) == CAIRO_STATUS_SUCCESS;
}

static bool is_same_font(PangoFont *one, PangoFont *other) {
    return is_usable(one) && is_usable(other) &&
           FcPatternEqual(pango_fc_font_get_pattern(PANGO_FC_FONT(one)),
                          pango_fc_font_get_pattern(PANGO_FC_FONT(other)));
}

static bool is_same_glyph(const PangoGlyphInfo *one, const PangoGlyphInfo *other) {
    return one->glyph == other->glyph && memcmp(&one->geometry, &other->geometry, sizeof one->geometry) == 0;
}

static bool is_same_run(const PangoLayoutRun *one, const PangoLayoutRun *other) {
    const PangoGlyphString *glyphs = one->glyphs, *others = other->glyphs;
    if (one->item->offset != other->item->offset || one->item->length != other->item->length ||
        glyphs->num_glyphs != others->num_glyphs)
        return false;
    for (int i = 0; i < glyphs->num_glyphs; i++)
        if (!is_same_glyph(&glyphs->glyphs[i], &others->glyphs[i])) return false;
    return is_same_font(one->item->analysis.font, other->item->analysis.font);
}

static bool is_same_line(const PangoLayoutLine *one, const PangoLayoutLine *other) {
    const GSList *runs = one->runs, *others = other->runs;
    if (one->start_index != other->start_index || one->length != other->length) return false;
    for (; runs && others; runs = runs->next, others = others->next)
        if (!is_same_run(runs->data, others->data)) return false;
    return !runs && !others;
}

static bool is_same(PangoLayout *one, PangoLayout *other) {
    const GSList *lines = pango_layout_get_lines_readonly(one),
                 *others = pango_layout_get_lines_readonly(other);
    for (; lines && others; lines = lines->next, others = others->next)
        if (!is_same_line(lines->data, others->data)) return false;
    return !lines && !others;
}

void fonts_compare(Fonts *fonts, PangoLayout *const layouts[FONTS_READINGS]) {
    fonts->wrong = fonts->wrong || !is_same(layouts[0], layouts[1]);
}
