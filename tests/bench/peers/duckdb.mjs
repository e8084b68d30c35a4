// node duckdb.mjs FILE SQL: the benchmark's table by DuckDB. Types are given and no order is kept: its fastest way.
import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

const [file, query] = process.argv.slice(2);
const columns = `{bureau: 'VARCHAR', department: 'VARCHAR', project: 'VARCHAR', indicator: 'VARCHAR', unit: 'VARCHAR',
  direction: 'VARCHAR', target: 'DOUBLE', actual: 'DOUBLE'}`;
const source = `read_csv('${file}', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"',
  columns = ${columns})`;
const sql = readFileSync(query, 'utf8').replace('FROM SOURCE', `FROM ${source}`);

const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
await connection.run('SET preserve_insertion_order = false');
await connection.run(`COPY (${sql}) TO '/dev/stdout' (HEADER, DELIMITER ',')`);
