#include "app/history_view.h"

#include "app/held.h"
#include "base/text.h"

/* Columns of runs, in the order of RUN. */
typedef struct Run {
    bool found;
    Str id, at, job, engine, rules, data, settings, rules_digest, data_digest, rows, projects;
} Run;
#define RUN                                                                                                  \
    "SELECT id, at, job, engine, rules, data, settings, rules_digest, data_digest, rows, projects FROM runs "

typedef struct Page {
    History *history;
    Language language;
    Buffer *out;
    Arena arena;
    Run run, before;
    size_t changes;
} Page;

/* Names come from data, and the database may come from anybody. */
static void say(const Page *page, MessageId text, Str a, Str b, Str c) {
    const Str words[] = {a, b, c};
    Buffer visible[3] = {{0}};
    Str shown[3];
    for (size_t i = 0; i < 3; i++) {
        text_add_visible(&visible[i], words[i]);
        shown[i] = buffer_view(&visible[i]);
    }
    held_say(page->out, text, shown, 3, page->language);
    for (size_t i = 0; i < 3; i++) buffer_release(&visible[i]);
}

/* ---- list */

typedef struct List {
    Columns columns;
} List;

static void take_listed(void *context, const Str *cells) {
    List *list = context;
    for (size_t i = 0; i < 6; i++) columns_add(&list->columns, cells[i].data ? cells[i] : STR(""));
}

bool history_list(History *history, Language language, Buffer *out) {
    static const char sql[] =
        "SELECT id, at, job, rules, projects, (SELECT group_concat(verdict || ' ' || projects, ', ') FROM (SELECT verdict, "
        "projects FROM counts WHERE run = id ORDER BY position)) FROM runs ORDER BY id";
    List list;
    columns_begin(&list.columns, 6, "rlllrl");
    held_heads(&list.columns, TEXT_HISTORY_HEAD, language);
    bool good = history_run(history, sql, NULL, 0, take_listed, &list);
    columns_end(&list.columns, 0, out);
    return good;
}

/* ---- one run */

typedef struct Found {
    Page *page;
    Run *run;
} Found;

static void take_run(void *context, const Str *cells) {
    const Found *found = context;
    Run *run = found->run;
    Str *const fields[] = {&run->id,          &run->at,   &run->job,      &run->engine,
                           &run->rules,       &run->data, &run->settings, &run->rules_digest,
                           &run->data_digest, &run->rows, &run->projects};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        *fields[i] = cells[i].data ? arena_copy(&found->page->arena, cells[i]) : (Str){"", 0};
    run->found = true;
}

static bool find_run(Page *page, Str id) {
    Found found = {page, &page->run};
    if (!id.size)
        return history_run(page->history, RUN "ORDER BY id DESC LIMIT 1", NULL, 0, take_run, &found);
    return history_run(page->history, RUN "WHERE CAST(id AS TEXT) = ?1", &id, 1, take_run, &found);
}

/* The run before of the same rule file and job; else the run before. */
static bool find_before(Page *page) {
    Found found = {page, &page->before};
    const Str values[] = {page->run.id, page->run.rules, page->run.job};
    if (!history_run(
            page->history,
            RUN
            "WHERE id < CAST(?1 AS INTEGER) AND rules = ?2 AND ifnull(job, '') = ?3 ORDER BY id DESC LIMIT 1",
            values, 3, take_run, &found))
        return false;
    if (page->before.found) return true;
    return history_run(page->history, RUN "WHERE id < CAST(?1 AS INTEGER) ORDER BY id DESC LIMIT 1", values,
                       1, take_run, &found);
}

static void take_count(void *context, const Str *cells) {
    const Page *page = context;
    say(page, TEXT_HISTORY_COUNT, cells[0], cells[1], cells[2].data ? cells[2] : STR("-"));
}

static bool write_counts(Page *page) {
    const Str values[] = {page->run.id, page->before.found ? page->before.id : STR("0")};
    return history_run(
        page->history,
        "SELECT verdict, projects, (SELECT b.projects FROM counts b WHERE b.run = CAST(?2 AS INTEGER) AND "
        "b.verdict = a.verdict) FROM counts a WHERE run = CAST(?1 AS INTEGER) ORDER BY position",
        values, 2, take_count, page);
}

/* ---- what changed */

typedef struct Change {
    Page *page;
    size_t figures;
} Change;

static void add_figure(const Page *page, MessageId kind, Str indicator, Str before, Str after) {
    say(page, kind, indicator, before.data ? before : STR("-"), after.data ? after : STR("-"));
}

static void take_figure(void *context, const Str *cells) {
    Change *change = context;
    bool there = cells[1].data != NULL, was = cells[2].data != NULL;
    change->figures++;
    if (!there || !was) {
        add_figure(change->page, there ? TEXT_HISTORY_ADDED : TEXT_HISTORY_REMOVED, cells[0], cells[0],
                   cells[0]);
        return;
    }
    bool target = !str_equal(cells[3], cells[4]), actual = !str_equal(cells[5], cells[6]);
    if (target) add_figure(change->page, TEXT_HISTORY_TARGET, cells[0], cells[3], cells[4]);
    if (actual) add_figure(change->page, TEXT_HISTORY_ACTUAL, cells[0], cells[5], cells[6]);
}

/* Figures of a project that differ; the n-th indicator of a name is held against the n-th. */
static bool write_figures(Page *page, Str unit, size_t *count) {
    static const char sql[] =
        "WITH n AS (SELECT run, position, indicator, target, actual, row_number() OVER (PARTITION BY run, indicator ORDER "
        "BY position) AS nth FROM figures WHERE unit = CAST(?3 AS INTEGER) AND run IN (CAST(?1 AS INTEGER), CAST(?2 AS "
        "INTEGER))), a AS (SELECT * FROM n WHERE run = CAST(?1 AS INTEGER)), b AS (SELECT * FROM n WHERE run = CAST(?2 AS "
        "INTEGER)) "
        "SELECT b.indicator, b.run, a.run, a.target, b.target, a.actual, b.actual, b.position FROM b LEFT JOIN a USING "
        "(indicator, nth) WHERE a.run IS NULL OR a.target IS NOT b.target OR a.actual IS NOT b.actual "
        "UNION ALL SELECT a.indicator, NULL, a.run, NULL, NULL, NULL, NULL, a.position FROM a LEFT JOIN b USING "
        "(indicator, nth) WHERE b.run IS NULL ORDER BY 8";
    const Str values[] = {page->before.id, page->run.id, unit};
    Change change = {page, 0};
    bool good = history_run(page->history, sql, values, 3, take_figure, &change);
    *count = change.figures;
    return good;
}

/* Projects whose verdict is another; they are read before their figures are asked for. */
typedef struct Moves {
    Page *page;
    Str *cells; /* MOVE_CELLS each */
    size_t count, room;
} Moves;
#define MOVE_CELLS 8

static void take_move(void *context, const Str *cells) {
    Moves *moves = context;
    Arena *arena = &moves->page->arena;
    if (moves->count == moves->room) {
        size_t room = moves->room ? 2 * moves->room : 64;
        Str *grown = arena_new(arena, room * MOVE_CELLS, sizeof *grown);
        for (size_t i = 0; i < moves->count * MOVE_CELLS; i++) grown[i] = moves->cells[i];
        moves->cells = grown;
        moves->room = room;
    }
    for (size_t i = 0; i < MOVE_CELLS; i++)
        moves->cells[moves->count * MOVE_CELLS + i] = cells[i].data ? arena_copy(arena, cells[i]) : STR("-");
    moves->count++;
}

/* Better and worse are told by the verdict "normal". */
static MessageId kind_of(Str before, Str after) {
    if (str_is(after, "normal")) return TEXT_HISTORY_RECOVERED;
    return str_is(before, "normal") ? TEXT_HISTORY_NEW : TEXT_HISTORY_MOVED;
}

static bool write_move(Page *page, const Str *cells) {
    const Run *run = &page->run, *before = &page->before;
    Arena *arena = &page->arena;
    size_t figures;
    say(page, kind_of(cells[5], cells[7]),
        arena_format(arena, "%.*s > %.*s > %.*s", STR_FMT(cells[1]), STR_FMT(cells[2]), STR_FMT(cells[3])),
        arena_format(arena, "%.*s (%.*s)", STR_FMT(cells[5]), STR_FMT(cells[4])),
        arena_format(arena, "%.*s (%.*s)", STR_FMT(cells[7]), STR_FMT(cells[6])));
    if (!write_figures(page, cells[0], &figures)) return false;
    bool rule = !str_equal(run->rules_digest, before->rules_digest);
    bool param = !str_equal(run->settings, before->settings);
    if (rule) say(page, TEXT_HISTORY_RULE, before->rules, run->rules, STR(""));
    if (param)
        say(page, TEXT_HISTORY_PARAM, before->settings.size ? before->settings : STR("-"),
            run->settings.size ? run->settings : STR("-"), STR(""));
    if (!figures && !rule && !param) buffer_add(page->out, held_text(TEXT_HISTORY_OTHER, page->language));
    return true;
}

static bool write_changes(Page *page) {
    static const char sql[] =
        "SELECT u.id, u.bureau, u.department, u.project, a.rate, a.verdict, b.rate, b.verdict FROM rates b JOIN units u ON "
        "u.id = b.unit JOIN rates a ON a.unit = b.unit AND a.run = CAST(?1 AS INTEGER) WHERE b.run = CAST(?2 AS INTEGER) "
        "AND a.verdict IS NOT b.verdict ORDER BY u.bureau, u.department, u.project";
    const Str values[] = {page->before.id, page->run.id};
    Moves moves = {.page = page};
    if (!history_run(page->history, sql, values, 2, take_move, &moves)) return false;
    say(page, TEXT_HISTORY_SINCE, page->before.id, page->before.at,
        arena_format(&page->arena, "%zu", moves.count));
    bool good = true;
    for (size_t i = 0; good && i < moves.count; i++) good = write_move(page, moves.cells + i * MOVE_CELLS);
    return good;
}

static void take_unit(void *context, const Str *cells) {
    const Page *page = context;
    say(page, str_is(cells[3], "1") ? TEXT_HISTORY_UNIT_NEW : TEXT_HISTORY_UNIT_GONE, cells[0], cells[1],
        cells[2]);
}

/* Projects of one of the two runs alone. */
static bool write_units(Page *page) {
    static const char sql[] =
        "SELECT u.bureau, u.department, u.project, b.run = CAST(?2 AS INTEGER) FROM rates b JOIN units u ON u.id = b.unit "
        "WHERE b.run IN (CAST(?1 AS INTEGER), CAST(?2 AS INTEGER)) GROUP BY u.id HAVING count(*) = 1 "
        "ORDER BY u.bureau, u.department, u.project";
    const Str values[] = {page->before.id, page->run.id};
    return history_run(page->history, sql, values, 2, take_unit, page);
}

bool history_show(History *history, Str id, Language language, Buffer *out) {
    Page page = {.history = history, .language = language, .out = out};
    bool good = find_run(&page, id);
    if (good && !page.run.found) {
        diag_add(history->diag, MESSAGE_HISTORY_UNKNOWN, NULL, id.size ? id : STR("-"));
        good = false;
    }
    good = good && find_before(&page);
    if (good) {
        say(&page, TEXT_HISTORY_RUN, page.run.id, page.run.at, page.run.rules);
        say(&page, TEXT_HISTORY_MADE, page.run.data, page.run.settings.size ? page.run.settings : STR("-"),
            page.run.engine);
    }
    good = good && write_counts(&page);
    if (good && page.before.found) good = write_changes(&page) && write_units(&page);
    arena_release(&page.arena);
    return good;
}
