/* tree - a value of any shape: what a rule file returns, what a JSON file holds, what a document is.
 *
 * Trees are what crosses the socket between the program and the confined child (base/wire packs them), so
 * they hold plain data only: no pointers into Lua, no code.
 */
#ifndef PERFEVAL_BASE_TREE_H
#define PERFEVAL_BASE_TREE_H

#include "base/decimal.h"
#include "base/diag.h"

/** Nesting that any walk over a tree must accept, and no reader may exceed. */
#ifndef TREE_DEPTH
#define TREE_DEPTH 64
#endif

typedef enum TreeKind {
    TREE_NIL,
    TREE_BOOL,
    TREE_NUMBER,
    TREE_TEXT,
    TREE_TABLE,    /* items: positional ones first, in order, then named ones, by name or as in the file */
    TREE_EXPR,     /* text: the operator (see below); items: its operands, positional */
    TREE_FUNCTION, /* a Lua function: `function` is its number in the rule file that the child can call by */
    TREE_WORD      /* a named choice of the rule language that is no text: text is "mean", "min", … */
} TreeKind;

/* Operators of TREE_EXPR: "field" and "param" (one TREE_TEXT operand: the name), and those of
 * model/operators. Operands are TREE_EXPR or TREE_NUMBER, and where an operator says so texts, tables
 * (selectors) or functions. */

typedef struct Tree Tree;

typedef struct TreeItem {
    Str name;    /* empty for a positional item */
    Place place; /* of the name, or of the value where it is positional; may be unknown */
    Tree *value;
} TreeItem;

struct Tree {
    TreeKind kind;
    bool flag;         /* TREE_BOOL */
    Decimal number;    /* TREE_NUMBER */
    Str text;          /* TREE_TEXT, TREE_EXPR, TREE_WORD */
    uint32_t function; /* TREE_FUNCTION, from 1 */
    uint32_t room;     /* items that there is room for */
    Place place;       /* of the value; line 0 when unknown */
    TreeItem *items;   /* TREE_TABLE, TREE_EXPR */
    size_t count;
    size_t positional; /* how many of the items are positional */
};

/** A new tree of a kind in `arena`. */
Tree *tree_new(Arena *arena, TreeKind kind);
/** Makes room for so many items at once, where their number is known. */
void tree_expect(Arena *arena, Tree *table, size_t count);
Tree *tree_text(Arena *arena, Str text);
Tree *tree_number(Arena *arena, Decimal number);
/** Adds an item; `name` empty: positional (before the first named one only: a reader of files refuses empty
 * names). Items grow in the arena; the item returned stays in place until the next is added. */
TreeItem *tree_add(Arena *arena, Tree *table, Str name, Tree *value);
/** The value under a name; NULL when there is none. */
const Tree *tree_get(const Tree *table, const char *name);
const TreeItem *tree_item(const Tree *table, const char *name);
/** For messages, in both wordings: "table", "number", "text", "function", "formula", "true/false", "choice",
 * "nothing" (or NULL). */
Str tree_kind_name(const Tree *tree);

#endif
