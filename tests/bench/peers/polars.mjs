// node polars.mjs FILE: the benchmark's table by polars, its streaming engine.
import polars from 'nodejs-polars';

const [file] = process.argv.slice(2);
const text = polars.Utf8, number = polars.Float64;
const schema = { bureau: text, department: text, project: text, indicator: text, unit: text, direction: text,
  target: number, actual: number };
const share = polars.col('actual').div(polars.col('target'));
const rate = polars.when(polars.col('target').eq(0)).then(polars.lit(null))
  .otherwise(polars.when(polars.col('direction').eq(polars.lit('down')))
    .then(polars.lit(2).minus(share).mul(100)).otherwise(share.mul(100)));

const table = polars.scanCSV(file, { schema })
  .select('bureau', 'department', 'project', rate.alias('rate'))
  .groupBy(['bureau', 'department', 'project'], false)
  .agg(polars.col('rate').mean().alias('mean'))
  .groupBy(['bureau'], false)
  .agg(polars.col('project').count().alias('projects'), polars.col('mean').gt(80).sum().alias('normal'),
    polars.col('mean').ltEq(80).sum().alias('sluggish'))
  .sort('bureau')
  .collectSync({ engine: 'streaming' });

console.log('bureau,projects,normal,sluggish,percent_normal');
const lines = table.rows().map(([bureau, projects, normal, sluggish]) => {
  const hundredths = Math.floor((20000 * normal + projects) / (2 * projects)); // half up
  const percent = `${Math.floor(hundredths / 100)}.${String(hundredths % 100).padStart(2, '0')}`;
  return `${bureau},${projects},${normal},${sluggish},${percent}`;
});
console.log(lines.join('\n'));
