#include "app/output.h"

#include "app/screen.h"
#include "app/supply.h"
#include "lua/report.h"
#include "model/alike.h"
#include "model/export_parts.h"

/* Formats that are the results themselves; every other name is a script of scripts/formats/. */
typedef struct Native {
    const char *name;
    ExportForm form;
} Native;

static const Native natives[] = {{"csv", EXPORT_CSV}, {"json", EXPORT_JSON}, {"jsonl", EXPORT_JSONL}};

static const Native *find_native(Str format) {
    for (size_t i = 0; i < sizeof natives / sizeof *natives; i++) {
        if (str_is(format, natives[i].name)) return &natives[i];
    }
    return NULL;
}

bool output_is_native(Str format) { return find_native(format) != NULL; }

bool output_is_table(const Options *options) {
    const Native *native = find_native(output_format(options));
    return native && (options->has_level || native->form != EXPORT_JSON);
}

Str output_format(const Options *options) { return options->format.size ? options->format : STR("text"); }

Str output_report(const Pipeline *pipeline, const Options *options) {
    return options->report.size ? options->report : pipeline->plan->report;
}

/* Whether the bytes of the format may stand in another encoding: html, json and the like say that they are
 * UTF-8, or are no texts. */
static bool is_encodable(Str format) {
    return str_is(format, "csv") || str_is(format, "text") || str_is(format, "markdown");
}

bool output_check(const Options *options, Diag *diag) {
    Str format = output_format(options);
    bool level = !options->has_level || find_native(options->format);
    bool encoding = options->output_encoding == OUTPUT_UTF8 || is_encodable(format);
    if (!level) diag_add(diag, MESSAGE_LEVEL_FORMAT, NULL, format);
    if (!encoding) diag_add(diag, MESSAGE_ENCODING_FORMAT, NULL, format);
    return level && encoding;
}

void output_note_names(const Pipeline *pipeline, const Options *options, Diag *diag) {
    if (!output_is_native(output_format(options))) alike_note(pipeline->dataset, diag);
}

/* A native output under way. */
typedef struct Sink {
    Progress *progress;
    FileWriter *writer; /* NULL: the bytes are kept */
    Output *output;     /* NULL: nobody asks */
    Encoder *encoder;   /* NULL: the bytes stay as they are */
    Buffer encoded;
    Digest digest;
} Sink;

static bool keeps(const Sink *sink) { return sink->output && sink->output->keep; }

/* The bytes as they are written. */
static Str encode(Sink *sink, Str bytes) {
    if (!sink->encoder) return bytes;
    sink->encoded.size = 0;
    encoder_add(sink->encoder, bytes, &sink->encoded);
    return buffer_view(&sink->encoded);
}

static bool take(void *context, Str text, size_t done, size_t all) {
    Sink *sink = context;
    progress_step(sink->progress, PHASE_WRITE, done, all);
    Str bytes = encode(sink, text);
    if (sink->output) digest_add(&sink->digest, bytes);
    if (!keeps(sink)) return file_writer_add(sink->writer, bytes);
    buffer_add(sink->output->keep, bytes);
    return true;
}

/* The results themselves, written while they are made. */
static bool write_native(Pipeline *pipeline, const Options *options, const Native *native, Sink *sink,
                         Diag *diag) {
    ExportJob job = {.results = pipeline->results,
                     .form = native->form,
                     .has_level = options->has_level,
                     .level = options->level,
                     .threads = options->threads,
                     .context = sink,
                     .take = take};
    if (!keeps(sink)) {
        sink->writer = cli_writer(options, diag);
        if (!sink->writer) return false;
    }
    bool made = export_run(&job, diag);
    progress_erase(sink->progress);
    return (!sink->writer || file_writer_close(sink->writer, made, diag)) && made;
}

/* While the child of the report starts: see ReportJob. */
static bool read_narrative(void *context, const Tree **narrative, Diag *diag) {
    Pipeline *pipeline = ((const Supply *)context)->pipeline;
    bool good = pipeline_narrative(pipeline, diag);
    *narrative = pipeline->narrative;
    return good;
}

static bool write_report(Pipeline *pipeline, const Options *options, Sink *sink, Diag *diag) {
    bool later = !pipeline->narrative && pipeline->plan->narrative.size && !pipeline->inputs;
    if (!pipeline->narrative && !later && !pipeline_narrative(pipeline, diag)) return false;
    Supply supply = {pipeline, options};
    ReportJob job = {.results = pipeline->results,
                     .narrative = pipeline->narrative,
                     .read_narrative = later ? read_narrative : NULL,
                     .folders = &pipeline->folders,
                     .limits = &options->limits,
                     .report = output_report(pipeline, options),
                     .format = output_format(options),
                     .terminal = !sink->output && screen_is_terminal(options),
                     .supply = supply_make,
                     .context = &supply,
                     .early = pipeline->early};
    Buffer out = {0};
    bool good = report_render(&job, &out, diag);
    Str bytes = good ? encode(sink, buffer_view(&out)) : (Str){"", 0};
    uint64_t before = sink->output ? sink->output->before : 0;
    good = good && limits_take_outputs(&options->limits, before + bytes.size, diag);
    if (good && sink->output) digest_add(&sink->digest, bytes);
    progress_erase(sink->progress); /* the document may go to the same terminal */
    if (good && keeps(sink))
        buffer_add(sink->output->keep, bytes);
    else if (good)
        good = screen_deliver(options, bytes, diag);
    buffer_release(&out);
    return good;
}

bool output_write(Pipeline *pipeline, const Options *options, Progress *progress, Output *output,
                  Diag *diag) {
    const Native *native = find_native(options->format);
    Sink sink = {.progress = progress, .output = output};
    if (output) digest_start(&sink.digest);
    if (options->output_encoding != OUTPUT_UTF8) {
        sink.encoder = encoder_new((OutputEncoding)options->output_encoding, diag);
        if (!sink.encoder) return false;
    }
    bool good = native ? write_native(pipeline, options, native, &sink, diag)
                       : write_report(pipeline, options, &sink, diag);
    encoder_end(sink.encoder, diag);
    buffer_release(&sink.encoded);
    if (!output) return good;
    output->bytes = sink.digest.bytes;
    output->digest = digest_end(&sink.digest);
    return good;
}
