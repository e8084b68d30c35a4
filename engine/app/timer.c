#include "app/timer.h"

#include "app/pattern.h"
#include "base/file.h"

#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

/* What the units are made of. */
typedef struct Timer {
    const Jobs *jobs;
    Arena *arena;
    Str program, folder, list, user; /* list: seen from the working folder */
    Str writable;                    /* folders, with blanks between */
    Str records;
} Timer;

typedef struct Unit {
    const char *name;
    void (*draw)(const Timer *timer, Buffer *out);
} Unit;

/* An absolute path without "..", or with the folders that are there followed. */
static Str absolute(const Timer *timer, Str path) {
    char real[4096];
    Str whole = path_join(timer->arena, timer->folder, path);
    return realpath(whole.data, real) ? arena_copy(timer->arena, str_of(real)) : whole;
}

/* A word of a unit file: % and $ stand for themselves, blanks and quotes do not end it. */
static void add_word(Buffer *out, Str word) {
    buffer_add_char(out, '"');
    for (size_t i = 0; i < word.size; i++) {
        char byte = word.data[i];
        if (byte == '%' || byte == '$') buffer_add_char(out, byte);
        if (byte == '"' || byte == '\\') buffer_add_char(out, '\\');
        buffer_add_char(out, byte);
    }
    buffer_add_char(out, '"');
}

/* A path that is a setting's whole value: only % is special there. */
static void add_path(Buffer *out, Str path) {
    for (size_t i = 0; i < path.size; i++) {
        if (path.data[i] == '%') buffer_add_char(out, '%');
        buffer_add_char(out, path.data[i]);
    }
}

/* What both services have: no network is added for one of them only. */
static void add_hardening(Buffer *out) {
    buffer_add(out, STR("NoNewPrivileges=yes\n"
                        "CapabilityBoundingSet=\n"
                        "AmbientCapabilities=\n"
                        "ProtectSystem=strict\n"
                        "ProtectHome=read-only\n"
                        "PrivateTmp=yes\n"
                        "PrivateDevices=yes\n"
                        "PrivateUsers=yes\n"
                        "ProtectHostname=yes\n"
                        "ProtectClock=yes\n"
                        "ProtectKernelTunables=yes\n"
                        "ProtectKernelModules=yes\n"
                        "ProtectKernelLogs=yes\n"
                        "ProtectControlGroups=yes\n"
                        "ProtectProc=invisible\n"
                        "ProcSubset=pid\n"
                        "LockPersonality=yes\n"
                        "MemoryDenyWriteExecute=yes\n"
                        "RestrictNamespaces=yes\n"
                        "RestrictRealtime=yes\n"
                        "RestrictSUIDSGID=yes\n"
                        "RemoveIPC=yes\n"
                        "KeyringMode=private\n"
                        "DevicePolicy=closed\n"
                        "SystemCallArchitectures=native\n"
                        "SystemCallFilter=@system-service\n"
                        "SystemCallFilter=~@privileged @resources\n"
                        "SystemCallErrorNumber=EPERM\n"
                        "UMask=0027\n"));
}

static void draw_service(const Timer *timer, Buffer *out) {
    buffer_add(out, STR("[Unit]\n"
                        "Description=perfeval: evaluate the list of jobs\n"
                        "Documentation=man:perfeval(1)\n"
                        "OnFailure=perfeval-notice.service\n"
                        "OnSuccess=perfeval-notice.service\n\n"
                        "[Service]\n"
                        "Type=oneshot\n"
                        "User="));
    buffer_add(out, timer->user);
    buffer_add(out, STR("\nWorkingDirectory="));
    add_path(out, timer->folder);
    buffer_add(out, STR("\nExecStart="));
    add_word(out, timer->program);
    buffer_add(out, STR(" batch "));
    add_word(out, timer->list);
    buffer_add(out, STR(" --log json\nReadWritePaths="));
    buffer_add(out, timer->writable);
    buffer_add(out, STR("\nMemoryMax=4G\nTasksMax=512\nNice=10\nTimeoutStartSec=6h\n"
                        "PrivateNetwork=yes\n"
                        "IPAddressDeny=any\n"
                        "RestrictAddressFamilies=AF_UNIX\n"));
    add_hardening(out);
}

static void draw_timer(const Timer *timer, Buffer *out) {
    Str delay = timer->jobs->delay.size ? timer->jobs->delay : STR("0");
    buffer_add(out, STR("[Unit]\n"
                        "Description=perfeval: when the list of jobs is evaluated\n\n"
                        "[Timer]\n"
                        "OnCalendar="));
    buffer_add(out, timer->jobs->calendar);
    buffer_add(out, STR("\nRandomizedDelaySec="));
    buffer_add(out, delay);
    buffer_add(out, STR("\nPersistent=true\nUnit=perfeval-batch.service\n\n"
                        "[Install]\nWantedBy=timers.target\n"));
}

static void add_notice(const Timer *timer, Buffer *out, const char *format, Str command) {
    Buffer line = {0};
    buffer_addf(&line, "'%.*s' notice '%.*s/last-batch.json' --format %s | %.*s", STR_FMT(timer->program),
                STR_FMT(timer->records), format, STR_FMT(command));
    buffer_add(out, STR("ExecStart=/bin/sh -c "));
    add_word(out, buffer_view(&line));
    buffer_add_char(out, '\n');
    buffer_release(&line);
}

/* The one that may use the network; it reads the summary and writes nothing. */
static void draw_notice(const Timer *timer, Buffer *out) {
    const Jobs *jobs = timer->jobs;
    Buffer command = {0};
    buffer_add(out, STR("[Unit]\n"
                        "Description=perfeval: say what the evaluation came to\n\n"
                        "[Service]\n"
                        "Type=oneshot\n"
                        "User="));
    buffer_add(out, timer->user);
    buffer_add_char(out, '\n');
    if (jobs->mail_to.size)
        add_notice(timer, out, "mail",
                   jobs->mail_command.size ? jobs->mail_command : STR("/usr/sbin/sendmail -t"));
    buffer_addf(&command, "/usr/bin/curl -fsS -H 'Content-Type: application/json' --data-binary @- '%.*s'",
                STR_FMT(jobs->webhook));
    if (jobs->webhook.size) add_notice(timer, out, "webhook", buffer_view(&command));
    if (!jobs->webhook.size && !jobs->mail_to.size) add_notice(timer, out, "mail", STR("/bin/cat"));
    buffer_add(out, STR("RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6\n"));
    add_hardening(out);
    buffer_release(&command);
}

static void draw_cron(const Timer *timer, Buffer *out) {
    buffer_add(out,
               STR("# In place of the timer; cron does not catch up a run that was missed.\n30 2 * * * "));
    buffer_add(out, timer->user);
    buffer_addf(out, " cd '%.*s' && '%.*s' batch '%.*s' --log json >>'%.*s/batch.log' 2>&1\n",
                STR_FMT(timer->folder), STR_FMT(timer->program), STR_FMT(timer->list),
                STR_FMT(timer->records));
}

static void draw_logrotate(const Timer *timer, Buffer *out) {
    buffer_addf(out,
                "\"%.*s/batch.log\" {\n    monthly\n    rotate 60\n    compress\n    delaycompress\n"
                "    missingok\n    notifempty\n    create 0640 %.*s\n}\n",
                STR_FMT(timer->records), STR_FMT(timer->user));
}

static const Unit units[] = {{"perfeval-batch.service", draw_service},
                             {"perfeval-batch.timer", draw_timer},
                             {"perfeval-notice.service", draw_notice},
                             {"perfeval.cron", draw_cron},
                             {"perfeval.logrotate", draw_logrotate}};

/* The folder of a pattern that is the same for all that it stands for. */
static Str fixed_folder(const Timer *timer, Str pattern) {
    Str folder = path_folder(timer->arena, pattern);
    while (pattern_is_open(folder)) folder = path_folder(timer->arena, folder);
    return absolute(timer, folder);
}

static Str writable_folders(const Timer *timer) {
    const Jobs *jobs = timer->jobs;
    Buffer out = {0};
    add_word(&out, timer->records);
    for (size_t i = 0; i < jobs->count; i++) {
        for (size_t j = 0; j < jobs->items[i].output_count; j++) {
            Buffer word = {0};
            add_word(&word, fixed_folder(timer, jobs->items[i].outputs[j].path));
            bool known = false;
            for (size_t at = 0; at + word.size <= out.size; at++)
                known |= str_starts(str_slice(buffer_view(&out), at, out.size), buffer_view(&word));
            if (!known) buffer_add_char(&out, ' ');
            if (!known) buffer_add(&out, buffer_view(&word));
            buffer_release(&word);
        }
    }
    Str text = arena_copy(timer->arena, buffer_view(&out));
    buffer_release(&out);
    return text;
}

static void open_timer(Timer *timer, const Options *options) {
    char path[4096];
    ssize_t size = readlink("/proc/self/exe", path, sizeof path);
    timer->program = arena_copy(timer->arena, (Str){path, size > 0 ? (size_t)size : 0});
    timer->folder = getcwd(path, sizeof path) ? arena_copy(timer->arena, str_of(path)) : STR("/");
    timer->list = options->operands[0];
    const struct passwd *user = getpwuid(geteuid());
    timer->user = user ? arena_copy(timer->arena, str_of(user->pw_name))
                       : arena_format(timer->arena, "%ld", (long)geteuid());
    timer->records = absolute(timer, timer->jobs->records);
    timer->writable = writable_folders(timer);
}

static bool print_all(const Timer *timer, const Options *options, Diag *diag) {
    Buffer out = {0};
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        buffer_addf(&out, "%s# ---- %s\n", i > 0 ? "\n" : "", units[i].name);
        units[i].draw(timer, &out);
    }
    bool good = cli_deliver(options, buffer_view(&out), diag);
    buffer_release(&out);
    return good;
}

static bool write_all(const Timer *timer, const Options *options, Diag *diag) {
    bool good = file_make_folders(options->write, diag);
    for (size_t i = 0; good && i < sizeof units / sizeof *units; i++) {
        Buffer out = {0};
        units[i].draw(timer, &out);
        good = file_write(path_join(timer->arena, options->write, str_of(units[i].name)), buffer_view(&out),
                          diag);
        buffer_release(&out);
    }
    return good;
}

bool timer_write(const Jobs *jobs, const Options *options, Diag *diag) {
    Arena arena = {0};
    Timer timer = {.jobs = jobs, .arena = &arena};
    if (!jobs->calendar.size) {
        Place place = {.file = jobs->file};
        diag_add_plain(diag, MESSAGE_TIMER_MISSING, &place);
        return false;
    }
    open_timer(&timer, options);
    bool good = options->write.size ? write_all(&timer, options, diag) : print_all(&timer, options, diag);
    arena_release(&arena);
    return good;
}
