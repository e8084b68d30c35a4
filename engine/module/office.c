/* office - the module that reads workbooks and documents: XLSX, ODS, HWPX. */
#include "base/module.h"
#include "module/hwpx.h"
#include "module/ods.h"
#include "module/xlsx.h"
#include "module/xml.h"

#include <string.h>

static void find_encryption(void *context, const char *name, const char **attributes) {
    bool *encrypted = context;
    (void)attributes;
    if (strcmp(name, "encryption-data") == 0) *encrypted = true;
}

/* ODS and HWPX say in their manifest that they are locked. */
static bool is_open(Zip *zip, const GridAsk *ask) {
    static const XmlTaker taker = {find_encryption, NULL, NULL};
    bool encrypted = false;
    if (!zip_has(zip, STR("META-INF/manifest.xml"))) return true;
    if (!xml_read(zip, STR("META-INF/manifest.xml"), &taker, &encrypted, NULL)) return false;
    Place place = {.file = ask->file};
    if (encrypted) diag_add_plain(zip->diag, MESSAGE_ENCRYPTED_FILE, &place);
    return !encrypted;
}

static bool read_archive(const GridAsk *ask, Grids *out, Diag *diag) {
    Zip zip;
    bool good = zip_open(&zip, ask, diag);
    if (good && zip_has(&zip, STR("[Content_Types].xml")) && zip_has(&zip, STR("_rels/.rels")) &&
        !zip_has(&zip, STR("word/document.xml"))) {
        good = xlsx_read(&zip, ask, out);
    } else if (good && zip_has(&zip, STR("Contents/section0.xml"))) {
        good = is_open(&zip, ask) && hwpx_read(&zip, ask, out);
    } else if (good && zip_has(&zip, STR("content.xml"))) {
        good = is_open(&zip, ask) && ods_read(&zip, ask, out);
    } else if (good) {
        Place place = {.file = ask->file};
        diag_add_plain(diag, MESSAGE_ZIP_FORMAT, &place);
        good = false;
    }
    zip_close(&zip);
    return good;
}

static const GridReader office_reader = {read_archive};
MODULE_DEFINE(&office_reader);
