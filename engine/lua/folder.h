/* folder - where rules and scripts are found.
 *
 * The project folder is the nearest parent of the rule file that holds `rules/`; scripts are looked up in
 * its `scripts/`, then in the installed share folder. Names are checked before they become paths.
 */
#ifndef PERFEVAL_LUA_FOLDER_H
#define PERFEVAL_LUA_FOLDER_H

#include "base/diag.h"

/** Largest script or rule file, in bytes. */
#ifndef FOLDER_SOURCE_LIMIT
#define FOLDER_SOURCE_LIMIT ((size_t)64 * 1024)
#endif

typedef struct Script {
    Str path; /* as named in messages: relative where the rule file's path was */
    Str source;
} Script;

/** Hears of each script that is read for somebody who asked for it, perhaps more than once and from several
 * threads; the script is borrowed for the call. */
typedef struct ScriptWatch {
    void *context;
    void (*seen)(void *context, const Script *script);
} ScriptWatch;

typedef struct Folders {
    Str project;              /* the rule file's own folder when no parent of it holds rules/ */
    Str share;                /* the installed folder that holds scripts/ */
    const ScriptWatch *watch; /* NULL: nobody */
    int cause;    /* why a folder on the way to the project could not be looked at; 0: all could */
    bool outside; /* the operator allows files outside the project folder (--allow-outside) */
} Folders;

/** The folders for a rule file: its project is the nearest folder above it that holds rules/. A folder in
 * which everybody may make files is none: anybody could make rules/ and scripts/ there. Texts live in
 * `arena`. */
Folders folder_for_rules(Arena *arena, Str rule_file, Str share);
/** Reads scripts/KIND/NAME.lua (KIND "" for scripts/NAME.lua, "reports", "formats"). NAME is letters, digits,
 * '_', '-' (any script's letters), at most 100 bytes. Errors: MESSAGE_SCRIPT_NAME, MESSAGE_SCRIPT_NOT_FOUND
 * (names the folders looked in), MESSAGE_FILE_OUTSIDE (a link out of the project folder), those of
 * reading. */
bool folder_read_script(const Folders *folders, const char *kind, Str name, Arena *arena, Script *out,
                        Diag *diag);
/** Tells folders->watch of a script. folder_read_script does so. */
void folder_tell(const Folders *folders, const Script *script);

/** The most scripts that are read ahead. */
#define FOLDER_AHEAD 8

/** Scripts read before a child asks for them, which would cost a round trip between two processes. Nearly
 * always they stand in the sources as require("NAME"), so those are read before the fork, by the same rules;
 * a child that wants another one asks. Nobody is told of them before a child takes them (lua/worker): what
 * stands in a source need not run, and whether it could be read ahead decides nothing. Born as {0}. */
typedef struct Ahead {
    Str names[FOLDER_AHEAD];
    Script scripts[FOLDER_AHEAD];
    size_t count;
} Ahead;

/** Adds the scripts that `source` requires, and those that they require. What cannot be read is left to the
 * child that asks for it. Texts live in `arena`. */
void folder_read_ahead(Ahead *ahead, const Folders *folders, Str source, Arena *arena);
/** The script of that name, or NULL. */
const Script *folder_find_ahead(const Ahead *ahead, Str name);

/** Gives the message added last, on a file that is not there, the hint "did you mean …?" when a file of the
 * same folder has a near name. False when none has. */
bool folder_suggest_file(Str path, Diag *diag);
/** Gives the message added last, when it is that a path of the command line cannot be opened, a hint: a near
 * name, a file in it where it is a folder, or which folder is missing. */
void folder_hint_file(Str path, Diag *diag);
/** The same, where a rule file was read and is wrong, for one that has the name of a data file. */
void folder_hint_data(Str path, Diag *diag);

/** Reads the rule file itself. */
bool folder_read_rules(Str path, Arena *arena, Script *out, Diag *diag);
/** A file that the rules name, seen from the rule file's folder: its path. An error (MESSAGE_FILE_OUTSIDE at
 * `place`) when it lies outside the project folder, unless folders->outside. */
bool folder_resolve(const Folders *folders, Str rule_file, Str path, const Place *place, Arena *arena,
                    Str *out, Diag *diag);

#endif
