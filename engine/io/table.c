#include "io/table.h"

TableStep table_next(Table *table, Row *row, Diag *diag) { return table->reader->next(table, row, diag); }

Place table_place(const Table *table, const Row *row, size_t cell) {
    return table->reader->place(table, row, cell);
}

void table_close(Table *table) {
    if (table) table->reader->close(table);
}
