/* xml - elements of a part of an archive, as they come (expat): no DOCTYPE, bounded depth, names without
 * prefix. */
#ifndef PERFEVAL_MODULE_XML_H
#define PERFEVAL_MODULE_XML_H

#include "module/zip.h"

#ifndef XML_DEPTH
#define XML_DEPTH 64
#endif

/** What is told of a part. Names are without their prefix; attributes come as expat gives them. */
typedef struct XmlTaker {
    void (*start)(void *context, const char *name, const char **attributes);
    void (*end)(void *context, const char *name); /* these two may be NULL */
    void (*text)(void *context, Str text);
} XmlTaker;

/** Reads the part. False after errors: those of zip_read, MESSAGE_XML_BROKEN, _XML_DOCTYPE, _ZIP_LIMIT; or
 * when *stop (may be NULL) becomes true, after which nothing more is told and whoever set it has added the
 * error. */
bool xml_read(Zip *zip, Str part, const XmlTaker *taker, void *context, const bool *stop);
/** The value of an attribute, with or without a prefix; empty where there is none. */
Str xml_attribute(const char **attributes, const char *name);
/** Its whole number; `otherwise` where there is none. */
uint32_t xml_number(const char **attributes, const char *name, uint32_t otherwise);
/** "1" or "true". */
bool xml_flag(const char **attributes, const char *name);

#endif
