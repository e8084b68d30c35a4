#include "module/xml.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>

typedef struct Reading {
    XML_Parser parser;
    Zip *zip;
    Str part;
    const XmlTaker *taker;
    void *context;
    const bool *stop;
    unsigned depth;
    bool told; /* an error was added */
} Reading;

static const char *local(const char *name) {
    const char *colon = strchr(name, ':');
    return colon ? colon + 1 : name;
}

static void give_up(Reading *reading) {
    reading->told = true;
    XML_StopParser(reading->parser, XML_FALSE);
}

static void on_start(void *data, const char *name, const char **attributes) {
    Reading *reading = data;
    if (++reading->depth > XML_DEPTH) {
        zip_beyond(reading->zip, reading->part, TEXT_CAUSE_DEPTH, XML_DEPTH, STR(""));
        give_up(reading);
        return;
    }
    reading->taker->start(reading->context, local(name), attributes);
    if (reading->stop && *reading->stop) give_up(reading);
}

static void on_end(void *data, const char *name) {
    Reading *reading = data;
    reading->depth--;
    if (reading->taker->end) reading->taker->end(reading->context, local(name));
    if (reading->stop && *reading->stop) give_up(reading);
}

static void on_text(void *data, const char *text, int size) {
    Reading *reading = data;
    reading->taker->text(reading->context, (Str){text, (size_t)size});
}

static void on_doctype(void *data, const char *name, const char *system, const char *public, int internal) {
    Reading *reading = data;
    Place place = {.file = reading->zip->name};
    (void)name;
    (void)system;
    (void)public;
    (void)internal;
    diag_add(reading->zip->diag, MESSAGE_XML_DOCTYPE, &place, reading->part);
    give_up(reading);
}

static bool take(void *context, const char *bytes, size_t size, bool last) {
    Reading *reading = context;
    if (XML_Parse(reading->parser, bytes, (int)size, last) == XML_STATUS_OK) return true;
    if (XML_GetErrorCode(reading->parser) == XML_ERROR_NO_MEMORY) {
        if (!reading->told) diag_add_plain(reading->zip->diag, MESSAGE_OUT_OF_MEMORY, NULL);
    } else if (!reading->told) {
        Place place = {.file = reading->zip->name};
        diag_add(reading->zip->diag, MESSAGE_XML_BROKEN, &place, reading->part,
                 arena_format(&reading->zip->arena, "%lu",
                              (unsigned long)XML_GetCurrentLineNumber(reading->parser)),
                 str_of(XML_ErrorString(XML_GetErrorCode(reading->parser))));
    }
    return false;
}

bool xml_read(Zip *zip, Str part, const XmlTaker *taker, void *context, const bool *stop) {
    Reading reading = {XML_ParserCreate(NULL), zip, part, taker, context, stop, 0, false};
    XML_SetUserData(reading.parser, &reading);
    XML_SetElementHandler(reading.parser, on_start, on_end);
    if (taker->text) XML_SetCharacterDataHandler(reading.parser, on_text);
    XML_SetStartDoctypeDeclHandler(reading.parser, on_doctype);
    bool good = zip_read(zip, part, take, &reading);
    XML_ParserFree(reading.parser);
    return good;
}

Str xml_attribute(const char **attributes, const char *name) {
    for (size_t i = 0; attributes[i]; i += 2)
        if (strcmp(local(attributes[i]), name) == 0) return str_of(attributes[i + 1]);
    return STR("");
}

uint32_t xml_number(const char **attributes, const char *name, uint32_t otherwise) {
    Str text = xml_attribute(attributes, name);
    uint64_t number = 0;
    if (!text.size || text.size > 10) return otherwise;
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] < '0' || text.data[i] > '9') return otherwise;
        number = number * 10 + (uint64_t)(text.data[i] - '0');
    }
    return number > UINT32_MAX ? otherwise : (uint32_t)number;
}

bool xml_flag(const char **attributes, const char *name) {
    Str text = xml_attribute(attributes, name);
    return str_is(text, "1") || str_is(text, "true");
}
