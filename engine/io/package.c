#include "io/package.h"

#include "base/module.h"
#include "base/text.h"

#include <strings.h>

static bool is_name_byte(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') ||
           byte == '.' || byte == '_' || byte == '-' || byte == '[' || byte == ']';
}

/* What stands between slashes. */
static bool is_good_step(Str step) {
    for (size_t i = 0; i < step.size; i++)
        if (!is_name_byte(step.data[i])) return false;
    return step.size && !str_starts(step, STR("..")) && step.data[step.size - 1] != '.';
}

static bool is_good_name(Str name) {
    size_t from = 0;
    if (name.size > PACKAGE_NAME) return false;
    for (size_t at = 0; at <= name.size; at++) {
        if (at < name.size && name.data[at] != '/') continue;
        if (!is_good_step(str_slice(name, from, at))) return false;
        from = at + 1;
    }
    return true;
}

/* Whether one is the other, in any case, or a folder of it: an archive is unpacked where names are files. */
static bool collide(Str a, Str b) {
    Str shorter = a.size < b.size ? a : b, longer = a.size < b.size ? b : a;
    if (strncasecmp(shorter.data, longer.data, shorter.size) != 0) return false;
    return shorter.size == longer.size || longer.data[shorter.size] == '/';
}

static bool check_name(const Package *package, size_t at, MessageId *what) {
    const PackagePart *part = &package->parts[at];
    *what = TEXT_PACKAGE_NAME;
    if (!is_good_name(part->name)) return false;
    *what = TEXT_PACKAGE_FIRST;
    if (str_is(part->name, "mimetype") && (at > 0 || !part->stored)) return false;
    *what = TEXT_PACKAGE_TWICE;
    for (size_t i = 0; i < at; i++)
        if (collide(package->parts[i].name, part->name)) return false;
    return true;
}

bool package_check(const Package *package, PackageFault *fault) {
    *fault = (PackageFault){.what = TEXT_DOCUMENT_EMPTY};
    if (!package->count || package->count > PACKAGE_PARTS) return false;
    for (size_t i = 0; i < package->count; i++) {
        Str text = package->parts[i].text;
        fault->part = i;
        if (!check_name(package, i, &fault->what)) return false;
        if (package->parts[i].binary || text_invalid(text) == text.size) continue;
        *fault = (PackageFault){i, true, TEXT_RESULT_BYTES};
        return false;
    }
    return true;
}

bool package_write(const Package *package, Str format, Buffer *out, Diag *diag) {
    const PackageWriter *writer = module_load("zip", format, diag);
    if (!writer) return false;
    bool written = writer->write(package, out);
    if (!written) diag_add(diag, MESSAGE_FILE_WRITE, NULL, format, message_words(TEXT_CAUSE_ZIP));
    return written;
}
