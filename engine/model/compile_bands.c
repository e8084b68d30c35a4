#include "model/compile_bands.h"

#include "base/text.h"

static const SchemaKey band_keys[] = {
    {NULL, ACCEPT_TEXT, true},
    {"key", ACCEPT_TEXT, true},
    {"at_most", NUMBER, false},
    {"below", NUMBER, false},
    {"at_least", NUMBER, false},
    {"above", NUMBER, false},
    {"share", NUMBER, false},
    {"improved", ACCEPT_YES | ACCEPT_TABLE, false},
    {"any_indicator", ACCEPT_TABLE, false}, /* the last: of projects only */
};
static const SchemaKey any_keys[] = {
    {"at_most", NUMBER, false},
    {"below", NUMBER, false},
    {"at_least", NUMBER, false},
    {"above", NUMBER, false},
};

const SchemaTable compile_band_schema[1] = {{"VerdictBand", band_keys, COUNT(band_keys)}};

/* Small letters, digits and _, beginning with a letter. */
static bool is_plain(Str key) {
    for (size_t i = 0; i < key.size; i++) {
        char c = key.data[i];
        bool letter = (c >= 'a' && c <= 'z') || (i > 0 && (c == '_' || (c >= '0' && c <= '9')));
        if (!letter) return false;
    }
    return key.size > 0;
}

static bool good_key(Str key) {
    static const char *const taken[] = {
        "total",      "none",         "name",      "projects",          "departments",  "indicators",
        "rate",       "rate_printed", "missing",   "verdict",           "verdict_name", "bureau",
        "department", "project",      "last_year", "last_year_printed", "trend",        "indicator_verdicts"};
    for (size_t i = 0; i < COUNT(taken); i++) {
        if (str_is(key, taken[i])) return false;
    }
    return is_plain(key) && key.size <= 32 && !str_starts(key, STR("percent_"));
}

/* any_indicator = { below = 50 }, improved = { at_least = 70 } */
static void read_inner(Build *build, Str band, const Tree *table, const char *name, Range *range) {
    const TreeItem *item = compile_item(table, name, ACCEPT_TABLE);
    if (!item) return;
    Str path = arena_format(build->arena, "%.*s.%s", STR_FMT(band), name);
    bool good = compile_keys(build, path, item->value, &item->place, any_keys, COUNT(any_keys));
    compile_range(build, path, item->value, range);
    if (!good || build->params.bad) return;
    if (range_is_open(range)) {
        diag_add(build->diag, MESSAGE_MISSING_KEY, compile_place(item),
                 arena_format(build->arena, "%.*s.below", STR_FMT(path)));
        build->good = false;
    } else if (range_is_empty(range)) {
        diag_add(build->diag, MESSAGE_BAND_INVERTED, compile_place(item), path);
        build->good = false;
    }
}

/* improved = true, or a range: what it is compared with must have been declared. */
static void read_improved(Build *build, Str path, const Tree *table, Band *band) {
    const TreeItem *item = compile_item(table, "improved", ACCEPT_YES | ACCEPT_TABLE);
    if (!item) return;
    band->improved = item->value->kind != TREE_TABLE;
    read_inner(build, path, table, "improved", &band->if_improved);
    if (build->plan->last_year) return;
    diag_add(build->diag, MESSAGE_NO_LAST_YEAR, compile_place(item),
             arena_format(build->arena, "%.*s.improved", STR_FMT(path)));
    build->good = false;
}

static bool has_range(const Band *band) {
    return !range_is_open(&band->range) || !range_is_open(&band->any) || band->improved ||
           !range_is_open(&band->if_improved);
}

/* share = 20 */
static void read_share(Build *build, Str path, const Tree *table, Band *band) {
    const TreeItem *item = compile_item(table, "share", NUMBER);
    if (!item) return;
    Str key = arena_format(build->arena, "%.*s.share", STR_FMT(path));
    Bound share = {0};
    band->forced = true;
    bool known = compile_bound(build, key, item, true, &share) && !build->params.bad;
    band->share = share.value;
    Decimal zero = decimal_of(0), all = decimal_of(100);
    if (known && (decimal_compare(&band->share, &zero) <= 0 || decimal_compare(&band->share, &all) > 0)) {
        Buffer text = {0};
        decimal_write(&text, &band->share);
        compile_bad_choice(build, compile_place(item), key.data, buffer_view(&text), "0 < share <= 100");
        buffer_release(&text);
    }
    if (!has_range(band)) return;
    diag_add(build->diag, MESSAGE_SHARE_RANGE, &band->place, path);
    build->good = false;
}

static void read_band(Build *build, Str path, const TreeItem *item, Level level, const Band *first,
                      Band *band) {
    const Tree *table = item->value;
    band->place = *compile_place(item);
    size_t keys = COUNT(band_keys) - (level != LEVEL_PROJECT);
    compile_keys(build, path, table, &item->place, band_keys, keys);
    const TreeItem *name = compile_item(table, NULL, ACCEPT_TEXT),
                   *key = compile_item(table, "key", ACCEPT_TEXT);
    if (name) band->name = name->value->text;
    band->key = compile_text(table, "key");
    compile_range(build, path, table, &band->range);
    if (level == LEVEL_PROJECT) read_inner(build, path, table, "any_indicator", &band->any);
    read_improved(build, path, table, band);
    read_share(build, path, table, band);
    if (!key) return;
    MessageId fault = MESSAGE_COUNT;
    if (!good_key(band->key)) fault = MESSAGE_BAD_KEY;
    for (const Band *earlier = first; earlier < band; earlier++) {
        if (str_equal(earlier->key, band->key)) fault = MESSAGE_DUPLICATE_BAND;
    }
    if (fault == MESSAGE_COUNT) return;
    diag_add(build->diag, fault, compile_place(key), path, band->key);
    bool foreign = text_length(band->key) < band->key.size; /* most often the name that is printed */
    if (fault == MESSAGE_BAD_KEY && foreign)
        diag_hint_plain(build->diag, TEXT_HINT_KEY_NAME);
    else if (fault == MESSAGE_BAD_KEY && !is_plain(band->key))
        diag_hint_plain(build->diag, TEXT_HINT_KEY_LETTERS);
    build->good = false;
}

/* The bands of a list that may say `ties` as well. */
static Tree *bands_of(Build *build, const Tree *list) {
    Tree *bands = tree_new(build->arena, TREE_TABLE);
    bands->place = list->place;
    for (size_t i = 0; i < list->count; i++) {
        const TreeItem *item = &list->items[i];
        if (!str_is(item->name, "ties"))
            tree_add(build->arena, bands, item->name, item->value)->place = item->place;
    }
    return bands;
}

static bool check_list(Build *build, Str path, const Tree *bands) {
    if (bands->count == 0)
        diag_add(build->diag, MESSAGE_MISSING_KEY, &bands->place,
                 arena_format(build->arena, "%.*s[1]", STR_FMT(path)));
    else if (bands->count > PLAN_BANDS)
        diag_add(build->diag, MESSAGE_TOO_MANY_ENTRIES, &bands->place, path,
                 arena_format(build->arena, "%zu", bands->count),
                 arena_format(build->arena, "%d", PLAN_BANDS));
    else if (schema_list(build->arena, path, bands, ACCEPT_TABLE, build->diag))
        return true;
    build->good = false;
    return false;
}

static void read_ties(Build *build, Str path, const Tree *list, Verdicts *out) {
    const TreeItem *item = tree_item(list, "ties");
    Str key = arena_format(build->arena, "%.*s.ties", STR_FMT(path));
    if (!item) {
        diag_add(build->diag, MESSAGE_MISSING_KEY, &list->place, key);
        build->good = false;
    } else if (!schema_accepts(key, item->value, &item->place, ACCEPT_TEXT, build->diag)) {
        build->good = false;
    } else if (!ties_find(item->value->text, &out->ties)) {
        compile_bad_choice(build, compile_place(item), key.data, item->value->text, "better, worse");
    }
}

static void check_sum(Build *build, Str path, const Tree *list, const Verdicts *verdicts) {
    mpq_t sum, share;
    mpq_inits(sum, share, NULL);
    for (size_t i = 0; i < verdicts->count; i++) {
        decimal_to_rational(&verdicts->bands[i].share, share);
        mpq_add(sum, sum, share);
    }
    if (mpq_cmp_ui(sum, 100, 1) != 0) {
        Buffer found = {0};
        decimal_round(&found, sum, 6, ROUNDING_HALF_UP);
        decimal_trim(&found, 0);
        diag_add(build->diag, MESSAGE_SHARE_SUM, &list->place, path, buffer_view(&found));
        buffer_release(&found);
        build->good = false;
    }
    mpq_clears(sum, share, NULL);
}

/* Are the shares known: written as numbers, or by parameters that could be read? */
static bool knows_shares(const Build *build, const Tree *list) {
    for (size_t i = 0; i < list->positional && build->params.bad; i++) {
        const Tree *share = tree_get(list->items[i].value, "share");
        if (share && share->kind != TREE_NUMBER) return false;
    }
    return true;
}

/* Shares: all bands have one, they add up to 100, and it is said where equal rates go. */
static void check_shares(Build *build, Str path, const Tree *list, Verdicts *verdicts) {
    bool all = true;
    for (size_t i = 0; i < verdicts->count; i++) {
        if (verdicts->bands[i].forced) continue;
        diag_add(build->diag, MESSAGE_MISSING_KEY, &verdicts->bands[i].place,
                 arena_format(build->arena, "%.*s[%zu].share", STR_FMT(path), i + 1));
        build->good = all = false;
    }
    if (verdicts->forced) read_ties(build, path, list, verdicts);
    if (all && build->good && knows_shares(build, list)) check_sum(build, path, list, verdicts);
}

void compile_bands(Build *build, Str path, const Tree *list, Level level, Verdicts *out) {
    const Tree *bands = bands_of(build, list);
    if (!check_list(build, path, bands)) return;
    bool good_before = build->good;
    build->good = true;
    out->bands = arena_new(build->arena, bands->count, sizeof *out->bands);
    for (size_t i = 0; i < bands->count; i++) {
        read_band(build, schema_path(build->arena, path, bands, i), &bands->items[i], level, out->bands,
                  &out->bands[i]);
        out->forced |= out->bands[i].forced;
        out->count++;
    }
    if (out->forced || tree_item(list, "ties"))
        check_shares(build, path, list, out);
    else if (build->good && !build->params.bad) /* bounds that could not be read have no order */
        build->good = bands_check(path, out->bands, out->count, build->diag);
    build->good &= good_before;
}

void compile_verdict(Build *build, Str path, const TreeItem *item, const Verdicts *verdicts,
                     unsigned *number) {
    Str wanted = item->value->text;
    *number = 0;
    while (*number < verdicts->count && !str_equal(verdicts->bands[*number].key, wanted)) ++*number;
    if (*number < verdicts->count || verdicts->count == 0) return; /* none: reported with them */
    *number = 0;
    Buffer keys = {0};
    for (size_t i = 0; i < verdicts->count; i++)
        buffer_addf(&keys, "%s%.*s", i > 0 ? ", " : "", STR_FMT(verdicts->bands[i].key));
    compile_bad_choice(build, compile_place(item), path.data, wanted,
                       arena_copy(build->arena, buffer_view(&keys)).data);
    buffer_release(&keys);
    for (size_t i = 0; i < verdicts->count; i++)
        if (str_equal(verdicts->bands[i].name, wanted))
            diag_hint(build->diag, TEXT_HINT_VERDICT_KEY, wanted, verdicts->bands[i].key);
}
