#include "app/jobs.h"

#include "app/arguments.h"
#include "app/flags.h"
#include "base/date.h"
#include "base/file.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* Largest limits that a list may set. */
#define MOST_SECONDS 86400
#define MOST_RETRIES 10

typedef struct Reader {
    Jobs *jobs;
    Arena *arena;
    Diag *diag;
    bool good;
} Reader;

static const Place *place_of(const TreeItem *item) {
    return item->value->place.line ? &item->value->place : &item->place;
}

static bool check(Reader *reader, Str path, const Tree *table, const Place *place, JobTable which) {
    const SchemaTable *schema = joblist_schema(which);
    return schema_check(reader->arena, path, table, place, schema->keys, schema->count, reader->diag);
}

static void wrong(Reader *reader, MessageId message, const TreeItem *item, Str what, Str wanted) {
    diag_add(reader->diag, message, place_of(item), what, wanted);
    reader->good = false;
}

/* The text of an entry, in the list's memory; empty where there is none. */
static Str text_of(const Tree *table, const char *name) {
    const Tree *value = tree_get(table, name);
    return value && value->kind == TREE_TEXT ? value->text : (Str){"", 0};
}

/* A path of the list, seen from the working folder. */
static Str seen(Reader *reader, Str path) {
    return path.size ? path_join(reader->arena, reader->jobs->folder, path) : path;
}

static unsigned whole(Reader *reader, const Tree *table, const char *name, unsigned least, unsigned most) {
    const TreeItem *item = tree_item(table, name);
    if (!item || item->value->kind != TREE_NUMBER) return 0;
    Buffer digits = {0};
    decimal_write(&digits, &item->value->number);
    unsigned number = 0;
    bool good = digits.size > 0 && digits.size < 8;
    for (size_t i = 0; good && i < digits.size; i++) {
        good = digits.data[i] >= '0' && digits.data[i] <= '9';
        number = number * 10 + (unsigned)(digits.data[i] - '0');
    }
    if (!good || number < least || number > most)
        wrong(reader, MESSAGE_JOB_VALUE, item, str_of(name),
              arena_format(reader->arena, "%u ~ %u", least, most));
    buffer_release(&digits);
    return number;
}

/* ---- a job */

static void read_settings(Reader *reader, const Tree *params, Job *job) {
    if (!params || params->kind != TREE_TABLE) return;
    job->settings = arena_new(reader->arena, params->count + 1, sizeof *job->settings);
    for (size_t i = 0; i < params->count; i++) {
        const TreeItem *item = &params->items[i];
        Buffer value = {0};
        if (item->value->kind == TREE_NUMBER) decimal_write(&value, &item->value->number);
        if (item->value->kind == TREE_TEXT) buffer_add(&value, item->value->text);
        if (!item->name.size || !value.size)
            wrong(reader, MESSAGE_JOB_VALUE, item, STR("params"), STR("name = number"));
        else
            job->settings[job->setting_count++] =
                (Setting){item->name, arena_copy(reader->arena, buffer_view(&value))};
        buffer_release(&value);
    }
}

static void read_output(Reader *reader, Str path, const TreeItem *item, JobOutput *out) {
    const Tree *table = item->value;
    if (table->kind != TREE_TABLE) return;
    reader->good &= check(reader, path, table, &item->place, JOBLIST_OUTPUT);
    if (table->positional == 0 || table->items[0].value->kind != TREE_TEXT) return;
    Str level = text_of(table, "level");
    *out = (JobOutput){.path = seen(reader, table->items[0].value->text),
                       .format = text_of(table, "format"),
                       .report = text_of(table, "report"),
                       .place = *place_of(item)};
    out->has_level = level.size > 0;
    if (out->has_level && !export_level_find(level, &out->level))
        wrong(reader, MESSAGE_JOB_VALUE, tree_item(table, "level"), STR("level"),
              STR("bureau, department, project, indicator"));
}

static void read_outputs(Reader *reader, Str path, const TreeItem *item, Job *job) {
    if (!item || item->value->kind != TREE_TABLE) return;
    const Tree *list = item->value;
    Str at = arena_format(reader->arena, "%.*s.outputs", STR_FMT(path));
    reader->good &= schema_list(reader->arena, at, list, ACCEPT_TABLE, reader->diag);
    job->outputs = arena_new(reader->arena, list->positional + 1, sizeof *job->outputs);
    job->output_count = list->positional;
    for (size_t i = 0; i < list->positional; i++)
        read_output(reader, schema_path(reader->arena, at, list, i), &list->items[i], &job->outputs[i]);
    if (!list->positional)
        wrong(reader, MESSAGE_JOB_VALUE, item, STR("outputs"), STR("{ \"…\", format = \"…\" }"));
}

static void read_notify(Reader *reader, const Tree *list, Job *job) {
    static const char *const words[] = {"always", "failed", "changed"};
    for (size_t i = 0; list && list->kind == TREE_TABLE && i < list->count; i++) {
        const TreeItem *item = &list->items[i];
        unsigned bit = 0;
        for (size_t word = 0; word < COUNT(words); word++)
            if (item->value->kind == TREE_TEXT && str_is(item->value->text, words[word])) bit = 1u << word;
        if (!bit) wrong(reader, MESSAGE_JOB_VALUE, item, STR("notify"), STR("always, failed, changed"));
        job->notify |= bit;
    }
}

/* ---- limits: keys are those of the flags, "max_rows" for --max-rows */

void jobs_set_limits(const Job *job, Options *options) {
    Diag *unheard = diag_new(); /* the list was refused if a number does not do */
    for (size_t i = 0; i < job->limit_count; i++)
        flag_read(flag_find(job->limits[i].name, NULL), options, job->limits[i].value, unheard);
    diag_free(unheard);
}

/* The flag of a key; NULL where there is none, which the schema has said. */
static const Flag *limit_of(Str key) {
    const Flag *flag;
    char name[32];
    for (size_t i = 0; (flag = flag_limit(i)) != NULL; i++)
        if (str_equal(arguments_key(flag->name, name), key)) return flag;
    return NULL;
}

static void read_limits(Reader *reader, Str path, const TreeItem *item, Job *job) {
    if (!item || item->value->kind != TREE_TABLE) return;
    const Tree *table = item->value;
    Str at = arena_format(reader->arena, "%.*s.limits", STR_FMT(path));
    reader->good &= check(reader, at, table, &item->place, JOBLIST_LIMITS);
    job->limits = arena_new(reader->arena, table->count + 1, sizeof *job->limits);
    Options tried = OPTIONS_DEFAULT;
    Diag *unheard = diag_new(); /* said in words of the list */
    for (size_t i = table->positional; i < table->count; i++) {
        const TreeItem *entry = &table->items[i];
        const Flag *flag = limit_of(entry->name);
        if (!flag || entry->value->kind != TREE_NUMBER) continue;
        Buffer digits = {0};
        decimal_write(&digits, &entry->value->number);
        Setting limit = {str_of(flag->name), arena_copy(reader->arena, buffer_view(&digits))};
        buffer_release(&digits);
        double least = flag->kind == FLAG_NUMBER ? flag->least : 1;
        if (flag_read(flag, &tried, limit.value, unheard))
            job->limits[job->limit_count++] = limit;
        else
            wrong(reader, MESSAGE_JOB_VALUE, entry, entry->name,
                  arena_format(reader->arena, "%.10g ~ %.10g", least, flag->most));
    }
    diag_free(unheard);
}

/* A name becomes a folder of records. */
static bool is_name(Str name) {
    for (size_t i = 0; i < name.size; i++)
        if (name.data[i] == '/' || (unsigned char)name.data[i] < ' ' || name.data[i] == 0x7f) return false;
    return name.size > 0 && name.size <= 100 && name.data[0] != '.' && name.data[0] != '-';
}

static void read_name(Reader *reader, const Tree *table, size_t number, Job *job) {
    const TreeItem *item = tree_item(table, "name");
    if (!item || item->value->kind != TREE_TEXT) return;
    job->name = item->value->text;
    bool good = is_name(job->name) && !str_is(job->name, "objects");
    for (size_t i = 0; i < number; i++) good &= !str_equal(reader->jobs->items[i].name, job->name);
    if (!good) wrong(reader, MESSAGE_JOB_NAME, item, job->name, (Str){"", 0});
}

static Str encoding_of(Reader *reader, const Tree *table) {
    Encoding encoding;
    Str name = text_of(table, "encoding");
    if (name.size && !encoding_find(name, &encoding))
        wrong(reader, MESSAGE_JOB_VALUE, tree_item(table, "encoding"), STR("encoding"),
              STR("utf-8, cp949, utf-16le"));
    return name;
}

/* The number of a run, or a path of a file that it read. */
static Str run_of(Reader *reader, const Tree *value) {
    if (!value || value->kind != TREE_NUMBER)
        return seen(reader, value && value->kind == TREE_TEXT ? value->text : (Str){"", 0});
    Buffer digits = {0};
    decimal_write(&digits, &value->number);
    Str text = arena_copy(reader->arena, buffer_view(&digits));
    buffer_release(&digits);
    return text;
}

static void read_job(Reader *reader, Str path, const TreeItem *item, size_t number, Job *job) {
    const Tree *table = item->value;
    if (table->kind != TREE_TABLE) return;
    reader->good &= check(reader, path, table, &item->place, JOBLIST_JOB);
    job->place = *place_of(item);
    read_name(reader, table, number, job);
    job->rules = seen(reader, text_of(table, "rules"));
    job->data = seen(reader, text_of(table, "data"));
    job->at = text_of(table, "at");
    job->period = text_of(table, "period");
    job->sheet = text_of(table, "sheet");
    job->query = text_of(table, "query");
    job->encoding = encoding_of(reader, table);
    job->departments = seen(reader, text_of(table, "departments"));
    job->last_year = seen(reader, text_of(table, "last_year"));
    job->last_year_run = run_of(reader, tree_get(table, "last_year_run"));
    job->seconds = whole(reader, table, "seconds", 1, MOST_SECONDS);
    job->retries = whole(reader, table, "retries", 0, MOST_RETRIES);
    if (job->at.size && !date_is_valid(job->at))
        wrong(reader, MESSAGE_JOB_VALUE, tree_item(table, "at"), STR("at"), STR("2019-12-31"));
    read_settings(reader, tree_get(table, "params"), job);
    read_outputs(reader, path, tree_item(table, "outputs"), job);
    read_notify(reader, tree_get(table, "notify"), job);
    read_limits(reader, path, tree_item(table, "limits"), job);
}

/* ---- the list */

static const Tree *read_table(Reader *reader, const Tree *list, const char *name, JobTable table) {
    const TreeItem *item = tree_item(list, name);
    if (!item || item->value->kind != TREE_TABLE) return NULL;
    reader->good &= check(reader, str_of(name), item->value, &item->place, table);
    return item->value;
}

static void read_list(Reader *reader, const Tree *list) {
    Jobs *jobs = reader->jobs;
    Place top = {.file = jobs->file};
    Tree named = *list; /* its named entries; the jobs are the others */
    named.items += list->positional;
    named.count -= list->positional;
    named.positional = 0;
    reader->good &= check(reader, STR(""), &named, &top, JOBLIST);
    jobs->records = seen(reader, text_of(list, "records"));
    jobs->history = seen(reader, text_of(list, "history"));
    const Tree *timer = read_table(reader, list, "timer", JOBLIST_TIMER);
    const Tree *notice = read_table(reader, list, "notice", JOBLIST_NOTICE);
    if (timer) jobs->calendar = text_of(timer, "calendar");
    if (timer) jobs->delay = text_of(timer, "delay");
    if (notice) {
        jobs->mail_from = text_of(notice, "from");
        jobs->mail_to = text_of(notice, "to");
        jobs->mail_command = text_of(notice, "sendmail");
        jobs->webhook = text_of(notice, "webhook");
    }
    jobs->items = arena_new(reader->arena, list->positional + 1, sizeof *jobs->items);
    for (size_t i = 0; i < list->positional; i++) {
        Str path = schema_path(reader->arena, STR(""), list, i);
        reader->good &=
            schema_accepts(path, list->items[i].value, &list->items[i].place, ACCEPT_TABLE, reader->diag);
        read_job(reader, path, &list->items[i], i, &jobs->items[i]);
        jobs->count++;
    }
    if (list->positional) return;
    diag_add_plain(reader->diag, MESSAGE_NO_JOBS, &top);
    reader->good = false;
}

bool jobs_load(Str path, const Folders *folders, const ScriptLimits *limits, Jobs *out, Diag *diag) {
    *out = (Jobs){.file = path};
    out->folder = path_folder(&out->arena, path);
    out->source = testfile_load_jobs(path, folders, limits, diag);
    if (!out->source) return false;
    Reader reader = {out, &out->arena, diag, true};
    read_list(&reader, testfile_tree(out->source));
    return reader.good;
}

void jobs_release(Jobs *jobs) {
    testfile_free(jobs->source);
    arena_release(&jobs->arena);
    *jobs = (Jobs){0};
}
