#include "app/inventory.h"

#include "base/text.h"

typedef struct Inventory {
    Buffer *out;
    const Pipeline *pipeline;
    const Options *options;
    Arena arena;
    Diag *unheard, *diag; /* what is wrong with a file is said elsewhere, but of the report */
} Inventory;

static void add_file(Inventory *inventory, const char *what, Str path) {
    const Folders *folders = &inventory->pipeline->folders;
    buffer_addf(inventory->out, "  %-10s ", what);
    text_add_visible(inventory->out, path);
    if (!path_inside(folders->project, path) && !str_is(path, "-")) {
        Str outside = str_of(message_get(TEXT_FILE_OUTSIDE).text[inventory->options->language]);
        buffer_add(inventory->out, outside);
    }
    buffer_add_char(inventory->out, '\n');
}

static void add_named(Inventory *inventory, const char *key) {
    const Pipeline *pipeline = inventory->pipeline;
    const TreeItem *item = tree_item(rules_tree(pipeline->rules), key);
    if (!item || item->value->kind != TREE_TEXT) return;
    const Place *place = &item->value->place;
    Str path;
    if (folder_resolve(&pipeline->folders, place->file, item->value->text, place, &inventory->arena, &path,
                       inventory->unheard))
        add_file(inventory, key, path);
}

static void add_report(Inventory *inventory) {
    const TreeItem *item = tree_item(rules_tree(inventory->pipeline->rules), "report");
    if (!item || item->value->kind != TREE_TEXT) return;
    Script script;
    if (!folder_read_script(&inventory->pipeline->folders, "reports", item->value->text, &inventory->arena,
                            &script, inventory->diag))
        return;
    buffer_addf(inventory->out, "  %-10s ", "report");
    text_add_visible(inventory->out, script.path); /* the installed ones are outside, and no rule's choice */
    buffer_add_char(inventory->out, '\n');
}

void inventory_add(Buffer *out, const Pipeline *pipeline, const Options *options, Diag *diag) {
    Inventory inventory = {
        .out = out, .pipeline = pipeline, .options = options, .unheard = diag_new(), .diag = diag};
    for (size_t i = 0; rules_file(pipeline->rules, i).size; i++)
        add_file(&inventory, i ? "base" : "rules", rules_file(pipeline->rules, i));
    if (options->data.size)
        add_file(&inventory, "data", options->data);
    else
        add_named(&inventory, "data");
    add_named(&inventory, "narrative");
    add_named(&inventory, "published");
    add_report(&inventory);
    diag_free(inventory.unheard);
    arena_release(&inventory.arena);
}
