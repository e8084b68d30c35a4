#include "model/joblist.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const SchemaKey list_keys[] = {
    {"records", ACCEPT_TEXT, true},
    {"history", ACCEPT_TEXT, false},
    {"timer", ACCEPT_TABLE, false},
    {"notice", ACCEPT_TABLE, false},
};
static const SchemaKey timer_keys[] = {{"calendar", ACCEPT_TEXT, true}, {"delay", ACCEPT_TEXT, false}};
static const SchemaKey notice_keys[] = {{"from", ACCEPT_TEXT, false},
                                        {"to", ACCEPT_TEXT, false},
                                        {"sendmail", ACCEPT_TEXT, false},
                                        {"webhook", ACCEPT_TEXT, false}};
static const SchemaKey job_keys[] = {
    {"name", ACCEPT_TEXT, true},
    {"rules", ACCEPT_TEXT, true},
    {"data", ACCEPT_TEXT, false},
    {"params", ACCEPT_TABLE, false},
    {"at", ACCEPT_TEXT, false},
    {"period", ACCEPT_TEXT, false},
    {"outputs", ACCEPT_TABLE, true},
    {"seconds", ACCEPT_NUMBER, true},
    {"retries", ACCEPT_NUMBER, false},
    {"notify", ACCEPT_TABLE, false},
    {"limits", ACCEPT_TABLE, false},
    {"sheet", ACCEPT_TEXT, false},
    {"query", ACCEPT_TEXT, false},
    {"encoding", ACCEPT_TEXT, false},
    {"departments", ACCEPT_TEXT, false},
    {"last_year", ACCEPT_TEXT, false},
    {"last_year_run", ACCEPT_TEXT | ACCEPT_NUMBER, false},
};
/* The flags of limits without their dashes. */
static const SchemaKey limit_keys[] = {
    {"memory_limit", ACCEPT_NUMBER, false}, {"load_limit", ACCEPT_NUMBER, false},
    {"call_limit", ACCEPT_NUMBER, false},   {"cpu_limit", ACCEPT_NUMBER, false},
    {"time_limit", ACCEPT_NUMBER, false},   {"output_limit", ACCEPT_NUMBER, false},
    {"draw_limit", ACCEPT_NUMBER, false},   {"outputs_limit", ACCEPT_NUMBER, false},
    {"max_file", ACCEPT_NUMBER, false},     {"max_rows", ACCEPT_NUMBER, false},
    {"max_columns", ACCEPT_NUMBER, false},  {"max_cell", ACCEPT_NUMBER, false},
    {"max_unpacked", ACCEPT_NUMBER, false}, {"max_parts", ACCEPT_NUMBER, false},
    {"max_ratio", ACCEPT_NUMBER, false},
};
static const SchemaKey output_keys[] = {{NULL, ACCEPT_TEXT, true},
                                        {"format", ACCEPT_TEXT, true},
                                        {"report", ACCEPT_TEXT, false},
                                        {"level", ACCEPT_TEXT, false}};

const SchemaTable *joblist_schema(size_t index) {
    static const SchemaTable tables[] = {
        {"Jobs", list_keys, COUNT(list_keys)},           {"JobsTimer", timer_keys, COUNT(timer_keys)},
        {"JobsNotice", notice_keys, COUNT(notice_keys)}, {"Job", job_keys, COUNT(job_keys)},
        {"JobLimits", limit_keys, COUNT(limit_keys)},    {"JobOutput", output_keys, COUNT(output_keys)}};
    return index < COUNT(tables) ? &tables[index] : NULL;
}
