#!/bin/sh
# sqlite.sh FILE: the benchmark's table by SQLite, imported into memory.
here=$(dirname "$0")
query=$(sed 's/FROM SOURCE/FROM clean/' "$here/table.sql")
exec sqlite3 -bail :memory: <<SQL
CREATE TABLE rows(bureau TEXT, department TEXT, project TEXT, indicator TEXT, unit TEXT, direction TEXT,
                  target REAL, actual REAL);
.mode csv
.import --skip 1 "$1" rows
CREATE VIEW clean AS SELECT bureau, department, project, direction, nullif(target, '') AS target,
                            nullif(actual, '') AS actual FROM rows;
.mode list
.separator ,
.headers on
$query;
SQL
