// node duckdb.mjs FILE SQL [QUERIES]: the benchmark's table by DuckDB. Types are given and no order is kept: its
// fastest way. With QUERIES the rows become a table of its own first, which is asked that many times.
import { readFileSync } from 'node:fs';
import { DuckDBInstance } from '@duckdb/node-api';

const [file, query, queries] = process.argv.slice(2);
const columns = `{bureau: 'VARCHAR', department: 'VARCHAR', project: 'VARCHAR', indicator: 'VARCHAR', unit: 'VARCHAR',
  direction: 'VARCHAR', target: 'DOUBLE', actual: 'DOUBLE'}`;
const source = `read_csv('${file}', header = true, auto_detect = false, delim = ',', quote = '"', escape = '"',
  columns = ${columns})`;
const table = queries ? 'rows' : source;
const sql = readFileSync(query, 'utf8').replace('FROM SOURCE', `FROM ${table}`);

const instance = await DuckDBInstance.create(':memory:');
const connection = await instance.connect();
await connection.run('SET preserve_insertion_order = false');
if (queries) await connection.run(`CREATE TABLE rows AS SELECT * FROM ${source}`);
for (let i = 0; i < Number(queries ?? 1); i++)
  await connection.run(`COPY (${sql}) TO '/dev/stdout' (HEADER, DELIMITER ',')`);
