#include "model/spell.h"

#include "base/text.h"

/* How tightly an operator binds, as in Lua. */
enum { BINDS_LOOSELY, BINDS_SUM, BINDS_PRODUCT, BINDS_SIGN, BINDS_POWER, BINDS_WHOLE };

static const struct {
    const char *op;
    int binds;
} infix[] = {
    {"+", BINDS_SUM}, {"-", BINDS_SUM}, {"*", BINDS_PRODUCT}, {"/", BINDS_PRODUCT}, {"^", BINDS_POWER}};

/* when(a):at_most(b) */
static const char *const comparisons[] = {"at_most", "below", "at_least", "above", "equals", "missing"};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static int binding(const Tree *tree) {
    if (tree->kind == TREE_NUMBER) {
        bool negative = tree->number.text.size ? tree->number.text.data[0] == '-' : tree->number.digits < 0;
        return negative ? BINDS_SIGN : BINDS_WHOLE;
    }
    if (tree->kind != TREE_EXPR) return BINDS_WHOLE;
    for (size_t i = 0; i < COUNT(infix); i++) {
        if (str_is(tree->text, infix[i].op)) return infix[i].binds;
    }
    return str_is(tree->text, "neg") ? BINDS_SIGN : BINDS_WHOLE;
}

typedef struct Speller {
    const Plan *plan;
    SpellField field; /* NULL: names stand for themselves */
    const void *context;
    size_t start; /* of what is written, in its buffer */
} Speller;

static void spell(Buffer *out, const Tree *tree, const Speller *speller);

static void spell_text(Buffer *out, Str text) {
    buffer_add_char(out, '"');
    for (size_t at = 0, from = 0; at <= text.size; at++) {
        bool escape = at < text.size && (text.data[at] == '"' || text.data[at] == '\\');
        if (!escape && at < text.size) continue;
        text_add_visible(out, str_slice(text, from, at));
        if (escape) buffer_add_char(out, '\\');
        from = at;
    }
    buffer_add_char(out, '"');
}

static bool is_identifier(Str name) {
    for (size_t i = 0; i < name.size; i++) {
        char c = name.data[i];
        bool letter =
            (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (i > 0 && c >= '0' && c <= '9');
        if (!letter) return false;
    }
    return name.size > 0;
}

/* A number in place of a name; a negative one behind something else stands in parentheses. */
static void spell_value(Buffer *out, Str kind, Str name, const Speller *speller) {
    Buffer number = {0};
    const Param *param = str_is(kind, "param") && speller->plan ? plan_param(speller->plan, name) : NULL;
    if (param)
        decimal_write(&number, &param->value);
    else
        speller->field(speller->context, name, &number);
    bool negative = str_starts(buffer_view(&number), STR("-"));
    bool first = out->size == speller->start || out->data[out->size - 1] == '(';
    buffer_addf(out, negative && !first ? "(%.*s)" : "%.*s", STR_FMT(buffer_view(&number)));
    buffer_release(&number);
}

static void spell_reference(Buffer *out, const Tree *tree, const Speller *speller) {
    Str name = tree->items[0].value->text;
    if (speller->field) {
        spell_value(out, tree->text, name, speller);
        return;
    }
    buffer_add(out, tree->text);
    if (is_identifier(name)) {
        buffer_add_char(out, '.');
        buffer_add(out, name);
    } else {
        buffer_add_char(out, '[');
        spell_text(out, name);
        buffer_add_char(out, ']');
    }
    const Param *param =
        speller->plan && str_is(tree->text, "param") ? plan_param(speller->plan, name) : NULL;
    if (!param) return;
    buffer_add(out, STR(" (= "));
    decimal_write(out, &param->value);
    buffer_add_char(out, ')');
}

static void spell_operand(Buffer *out, const Tree *tree, bool parentheses, const Speller *speller) {
    if (parentheses) buffer_add_char(out, '(');
    spell(out, tree, speller);
    if (parentheses) buffer_add_char(out, ')');
}

/* a - (b - c) needs its parentheses, (a - b) - c does not; for a power it is the other way round. */
static void spell_infix(Buffer *out, const Tree *tree, const Speller *speller) {
    const Tree *left = tree->items[0].value, *right = tree->items[1].value;
    int binds = binding(tree);
    bool power = binds == BINDS_POWER;
    bool filled = speller->field != NULL;
    spell_operand(out, left, binding(left) < binds + power || (power && filled), speller);
    buffer_addf(out, " %.*s ", STR_FMT(filled && str_is(tree->text, "*") ? STR("x") : tree->text));
    spell_operand(out, right, binding(right) < binds + !power, speller);
}

static void spell_list(Buffer *out, const Tree *tree, size_t from, const Speller *speller) {
    buffer_add_char(out, '(');
    for (size_t i = from; i < tree->count; i++) {
        if (i > from) buffer_add(out, STR(", "));
        spell(out, tree->items[i].value, speller);
    }
    buffer_add_char(out, ')');
}

static bool is_comparison(Str op) {
    for (size_t i = 0; i < COUNT(comparisons); i++) {
        if (str_is(op, comparisons[i])) return true;
    }
    return false;
}

static void spell_call(Buffer *out, const Tree *tree, const Speller *speller) {
    Speller names = *speller;
    if (str_is(tree->text, "at_period")) { /* the numbers at hand are of another row */
        names.field = NULL;
        names.plan = NULL;
        speller = &names;
    }
    Aggregate rate;
    if (aggregate_find(tree->text, &rate) && tree->count == 1 && tree->items[0].value->kind == TREE_TABLE) {
        buffer_add(out, tree->text);
        buffer_add_char(out, ' ');
        spell(out, tree->items[0].value, speller);
        return;
    }
    bool compares = is_comparison(tree->text) && tree->count > 0;
    if (compares) {
        buffer_add(out, STR("when("));
        spell(out, tree->items[0].value, speller);
        buffer_add(out, STR("):"));
    }
    buffer_add(out, tree->text);
    spell_list(out, tree, compares ? 1 : 0, speller);
}

static void spell_expr(Buffer *out, const Tree *tree, const Speller *speller) {
    int binds = binding(tree);
    bool reference = (str_is(tree->text, "field") || str_is(tree->text, "param")) && tree->count == 1 &&
                     tree->items[0].value->kind == TREE_TEXT;
    if (reference) {
        spell_reference(out, tree, speller);
    } else if (binds == BINDS_SIGN && tree->count == 1) {
        buffer_add_char(out, '-');
        spell_operand(out, tree->items[0].value, binding(tree->items[0].value) <= BINDS_SIGN, speller);
    } else if (binds < BINDS_WHOLE && tree->count == 2) {
        spell_infix(out, tree, speller);
    } else {
        spell_call(out, tree, speller);
    }
}

static void spell_item(Buffer *out, const TreeItem *item, const Speller *speller) {
    buffer_add(out, str_is((Str){out->data + out->size - 1, 1}, "{") ? STR(" ") : STR(", "));
    if (item->name.size && is_identifier(item->name)) {
        buffer_addf(out, "%.*s = ", STR_FMT(item->name));
    } else if (item->name.size) {
        buffer_add_char(out, '[');
        spell_text(out, item->name);
        buffer_add(out, STR("] = "));
    }
    spell(out, item->value, speller);
}

/* What says which case it is goes before what it gives. */
static bool goes_first(const TreeItem *item) {
    return str_is(item->name, "name") || str_is(item->name, "when");
}

static void spell_table(Buffer *out, const Tree *tree, const Speller *speller) {
    buffer_add_char(out, '{');
    for (int first = 1; first >= 0; first--) {
        for (size_t i = 0; i < tree->count; i++) {
            if (goes_first(&tree->items[i]) == (first == 1)) spell_item(out, &tree->items[i], speller);
        }
    }
    buffer_add(out, tree->count ? STR(" }") : STR("}"));
}

static void spell(Buffer *out, const Tree *tree, const Speller *speller) {
    switch (tree->kind) {
    case TREE_NIL:
        buffer_add(out, STR("nil"));
        break;
    case TREE_BOOL:
        buffer_add(out, tree->flag ? STR("true") : STR("false"));
        break;
    case TREE_NUMBER:
        decimal_write(out, &tree->number);
        break;
    case TREE_TEXT:
        spell_text(out, tree->text);
        break;
    case TREE_TABLE:
        spell_table(out, tree, speller);
        break;
    case TREE_EXPR:
        spell_expr(out, tree, speller);
        break;
    case TREE_FUNCTION:
        buffer_addf(out, "function (%.*s:%u)", STR_FMT(tree->place.file), tree->place.line);
        break;
    case TREE_WORD:
        buffer_add(out, tree->text);
        break;
    }
}

void spell_tree(Buffer *out, const Tree *tree, const Plan *plan) {
    Speller speller = {.plan = plan};
    spell(out, tree, &speller);
}

void spell_filled(Buffer *out, const Tree *tree, const Plan *plan, SpellField field, const void *context) {
    Speller speller = {.plan = plan, .field = field, .context = context, .start = out->size};
    spell(out, tree, &speller);
}
