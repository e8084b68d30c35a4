#include "app/record.h"

#include "app/arguments.h"
#include "io/json.h"
#include "model/export_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#ifndef PERFEVAL_VERSION
#define PERFEVAL_VERSION "unknown"
#endif

#define FORMAT     "perfeval.record/1"
#define LAST_ENTRY ",\n\"digest\":\""
#define NUMBER     6 /* digits of a running number, at least */

/* ---- the text */

static void open_line(Buffer *out, const char *key) {
    buffer_add(out, STR(",\n"));
    buffer_addf(out, "\"%s\":", key);
}

static void add_inputs(Buffer *out, const Inputs *inputs) {
    open_line(out, "inputs");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < inputs->count; i++) {
        const Input *input = &inputs->items[i];
        buffer_add(out, i > 0 ? STR(",\n{") : STR("\n{"));
        json_put_known(out, "kind", str_of(input->kind));
        json_put_known(out, "path", input->path);
        json_put_whole(out, "bytes", input->bytes.size);
        json_put_known(out, "digest", digest_view(&input->digest));
        json_add_key(out, "kept");
        buffer_add(out, input->bytes.size <= RECORD_OBJECT ? STR("true}") : STR("false}"));
    }
    buffer_add_char(out, ']');
}

static void add_outputs(Buffer *out, const RecordJob *job) {
    open_line(out, "outputs");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < job->output_count; i++) {
        const RecordOutput *output = &job->outputs[i];
        const Options *options = output->options;
        bool native = output_is_native(output_format(options));
        buffer_add(out, i > 0 ? STR(",\n{") : STR("\n{"));
        json_put_known(out, "path", options->output);
        json_put_known(out, "format", output_format(options));
        json_put_known(out, "report", native ? (Str){"", 0} : output_report(job->pipeline, options));
        json_put_known(out, "level",
                       options->has_level ? str_of(export_level_name(options->level)) : (Str){"", 0});
        if (options->output_encoding != OUTPUT_UTF8)
            json_put_known(out, "encoding", str_of(output_encodings[options->output_encoding]));
        json_put_whole(out, "bytes", output->made.bytes);
        json_put_known(out, "digest", digest_view(&output->made.digest));
        buffer_add_char(out, '}');
    }
    buffer_add_char(out, ']');
}

static void add_counts(Buffer *out, const Results *results) {
    const Counts *total = results_total(results);
    const Verdicts *bands = &results_plan(results)->verdicts[LEVEL_PROJECT];
    open_line(out, "counts");
    buffer_add_char(out, '{');
    json_put_whole(out, "rows", results_rows(results));
    json_put_whole(out, "projects", total->total);
    json_put_whole(out, "none", total->none);
    json_add_key(out, "verdicts");
    buffer_add_char(out, '{');
    for (size_t i = 0; i < bands->count; i++) {
        if (i > 0) buffer_add_char(out, ',');
        json_add_text(out, bands->bands[i].key);
        buffer_addf(out, ":%zu", total->band[i]);
    }
    buffer_add(out, STR("}}"));
}

static void add_message(Buffer *out, const DiagItem *item) {
    const Message message = message_get(item->message);
    Buffer text = {0};
    message_fill(&text, message.text[LANGUAGE_EN], item->arguments, item->argument_count, LANGUAGE_EN);
    buffer_add_char(out, '{');
    json_put_known(out, "severity", str_of(message_severity(message.severity, LANGUAGE_EN)));
    json_put_known(out, "code", str_of(message.code));
    json_put_known(out, "file", item->place.file);
    json_put_whole(out, "line", item->place.line);
    json_put_whole(out, "column", item->place.column);
    json_put_known(out, "text", buffer_view(&text));
    buffer_add_char(out, '}');
    buffer_release(&text);
}

static void add_messages(Buffer *out, const Diag *messages) {
    open_line(out, "messages");
    buffer_add_char(out, '[');
    for (size_t i = 0; i < diag_count(messages); i++) {
        buffer_add(out, i > 0 ? STR(",\n") : STR("\n"));
        add_message(out, diag_item(messages, i));
    }
    buffer_add_char(out, ']');
}

/* ---- the rows */

typedef struct Rows {
    Buffer *out;
    Digest digest;
    bool begun, dropped;
} Rows;

static bool take_rows(void *context, Str bytes, size_t done, size_t all) {
    Rows *rows = context;
    (void)done;
    (void)all;
    digest_add(&rows->digest, bytes);
    if (rows->dropped || rows->out->size + bytes.size > RECORD_ROWS) {
        rows->dropped = true;
        return true;
    }
    while (bytes.size) {
        size_t end = str_find(bytes, '\n', 0);
        if (rows->begun) buffer_add(rows->out, STR(",\n"));
        rows->begun = true;
        buffer_add(rows->out, str_slice(bytes, 0, end));
        bytes = str_slice(bytes, end + 1, bytes.size);
    }
    return true;
}

bool record_rows(const Pipeline *pipeline, unsigned threads, Buffer *out, DigestText *digest, Diag *diag) {
    Rows rows = {.out = out};
    ExportJob job = {.results = pipeline->results,
                     .form = EXPORT_JSONL,
                     .threads = threads,
                     .context = &rows,
                     .take = take_rows};
    digest_start(&rows.digest);
    bool good = export_run(&job, diag);
    *digest = digest_end(&rows.digest);
    if (rows.dropped) buffer_release(out);
    return good;
}

static bool add_results(Buffer *out, const RecordJob *job, Diag *diag) {
    Buffer rows = {0};
    DigestText digest;
    bool good = record_rows(job->pipeline, job->options->threads, &rows, &digest, diag);
    if (job->results) *job->results = digest;
    open_line(out, "results");
    buffer_add_char(out, '{');
    json_put_known(out, "digest", digest_view(&digest));
    json_add_key(out, "rows");
    if (rows.size) {
        buffer_add(out, STR("[\n"));
        buffer_add(out, buffer_view(&rows));
        buffer_add(out, STR("]}"));
    } else {
        buffer_add(out, STR("null}"));
    }
    buffer_release(&rows);
    return good;
}

/* UTC, ISO 8601: the one thing in a record that the clock says. */
static Str now(char out[32]) {
    struct tm parts;
    time_t seconds = time(NULL);
    gmtime_r(&seconds, &parts);
    return (Str){out, strftime(out, 32, "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

bool record_write(const RecordJob *job, const Diag *messages, Buffer *out, Diag *diag) {
    const Options *options = job->options;
    char at[32];
    buffer_add(out, STR("{\"format\":\"" FORMAT "\",\n\"at\":"));
    json_add_text(out, now(at));
    open_line(out, "engine");
    json_add_text(out, STR("perfeval " PERFEVAL_VERSION));
    json_put_known(out, "job", job->name);
    json_put_known(out, "day", job->pipeline->plan->date);
    open_line(out, "rules");
    json_add_text(out, options->operands[0]);
    json_put_known(out, "data", options->data);
    arguments_add(out, options);
    json_put_known(out, "last_year_found", job->pipeline->last_year.run);
    add_inputs(out, job->inputs);
    add_outputs(out, job);
    add_counts(out, job->pipeline->results);
    add_messages(out, messages);
    if (!add_results(out, job, diag)) return false;
    DigestText digest = digest_of(buffer_view(out));
    buffer_add(out, STR(LAST_ENTRY));
    buffer_add(out, digest_view(&digest));
    buffer_add(out, STR("\"}\n"));
    return true;
}

/* ---- the folder */

static bool keep_objects(Arena *arena, Str store, const Inputs *inputs, Diag *diag) {
    Str folder = path_join(arena, store, STR("objects"));
    if (!file_make_folders(folder, diag)) return false;
    for (size_t i = 0; i < inputs->count; i++) {
        const Input *input = &inputs->items[i];
        Str path = path_join(arena, folder, digest_view(&input->digest));
        if (input->bytes.size > RECORD_OBJECT || file_exists(path)) continue;
        if (!file_write(path, input->bytes, diag)) return false;
    }
    return true;
}

uint64_t record_number(Str name) {
    uint64_t number = 0;
    for (size_t i = 0; i < name.size; i++) {
        if (name.data[i] < '0' || name.data[i] > '9' || number > UINT64_MAX / 20) return 0;
        number = number * 10 + (uint64_t)(name.data[i] - '0');
    }
    return number;
}

static uint64_t newest(Arena *arena, Str folder, Str *name) {
    size_t count;
    Str *names = file_list(arena, folder, STR(".json"), &count);
    uint64_t largest = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t number = record_number(names[i]);
        if (number <= largest) continue;
        largest = number;
        *name = names[i];
    }
    return largest;
}

Str record_newest(Arena *arena, Str folder) {
    Str name;
    if (newest(arena, folder, &name) == 0) return (Str){"", 0};
    return path_join(arena, folder, arena_format(arena, "%.*s.json", STR_FMT(name)));
}

/* Holds the folder until the descriptor is closed, so that no two records get one number. */
static int hold(Arena *arena, Str folder, Diag *diag) {
    Str path = path_join(arena, folder, STR(".lock"));
    int descriptor = open(path.data, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666), status = descriptor;
    while (descriptor >= 0 && (status = flock(descriptor, LOCK_EX)) < 0 && errno == EINTR) continue;
    if (status < 0) diag_add(diag, MESSAGE_FILE_WRITE, NULL, path, file_cause(errno));
    if (status < 0 && descriptor >= 0) close(descriptor);
    return status < 0 ? -1 : descriptor;
}

static bool keep_file(Arena *arena, Str folder, Str record, Diag *diag) {
    Str name;
    int lock = hold(arena, folder, diag);
    if (lock < 0) return false;
    uint64_t number = newest(arena, folder, &name) + 1;
    Str file = arena_format(arena, "%0*llu.json", NUMBER, (unsigned long long)number);
    bool good = file_write(path_join(arena, folder, file), record, diag);
    close(lock);
    return good;
}

bool record_keep(const RecordJob *job, Str store, Str sub, Diag *diag) {
    Arena arena = {0};
    Buffer out = {0};
    Str folder = sub.size ? path_join(&arena, store, sub) : store;
    bool good = record_write(job, diag, &out, diag) && file_make_folders(folder, diag) &&
                keep_objects(&arena, store, job->inputs, diag) &&
                keep_file(&arena, folder, buffer_view(&out), diag);
    buffer_release(&out);
    arena_release(&arena);
    return good;
}

/* ---- reading */

/* Where the last entry begins; bytes.size when it is not there. */
static size_t last_entry(Str bytes) {
    Str wanted = STR(LAST_ENTRY);
    size_t behind = wanted.size + DIGEST_LETTERS + 3; /* "}\n */
    if (bytes.size < behind) return bytes.size;
    size_t at = bytes.size - behind;
    return str_equal(str_slice(bytes, at, at + wanted.size), wanted) ? at : bytes.size;
}

const Tree *record_read(Str file, Str bytes, Arena *arena, Diag *diag) {
    size_t at = last_entry(bytes), from = at + strlen(LAST_ENTRY);
    DigestText digest = digest_of(str_slice(bytes, 0, at));
    bool whole =
        at < bytes.size && str_equal(str_slice(bytes, from, from + DIGEST_LETTERS), digest_view(&digest));
    if (!whole) {
        Place place = {.file = file};
        diag_add(diag, MESSAGE_RECORD_DAMAGED, &place, file);
        return NULL;
    }
    const Tree *tree = json_parse(file, bytes, arena, diag);
    if (tree && str_is(record_text(tree, "format"), FORMAT)) return tree;
    if (tree) diag_add(diag, MESSAGE_RECORD_DAMAGED, NULL, file);
    return NULL;
}

Str record_text(const Tree *table, const char *name) {
    const Tree *value = table && table->kind == TREE_TABLE ? tree_get(table, name) : NULL;
    return value && value->kind == TREE_TEXT ? value->text : (Str){"", 0};
}
