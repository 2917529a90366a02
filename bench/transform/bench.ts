import { readNumbers } from '../read-numbers';
import { count, say } from '../say';
import { GrowingLake } from './growing-lake';
import { measureRun, type DbtRun } from './measured-dbt';
import { withPlace } from './with-place';

const HELP = `What a run of all models takes on DuckDB: over a table that nothing has been refined of, and for new rows.

Usage: npm run bench -- transform [--rows N] [--new N] [--seed N] [--json]

  --rows   of BRONZE, orders and logins together (1000000)
  --new    that come afterwards (10000)

Examples:
  npm run bench -- transform
  npm run -s bench -- transform --rows 100000 --json > transform.json
`;

/** @returns the exit code. @throws UsageError */
export async function transformBench(args: readonly string[], stop: AbortSignal): Promise<number> {
  const options = readNumbers(args, { rows: 1_000_000, new: 10_000, seed: 1 });
  if (options === undefined) {
    process.stdout.write(HELP);
    return 0;
  }
  return withPlace(async (place) => {
    const lake = await GrowingLake.make(place.lake, options.rows + options.new, options.seed);
    try {
      const startedMs = performance.now();
      await lake.addHistory(options.rows);
      const written = (performance.now() - startedMs) / 1_000;
      say(`${count(options.rows)} rows written in ${written.toFixed(1)} s`);
      const cold = await measureRun(place, stop);
      tell('all models, cold', cold);
      await lake.addNew(options.new);
      const warm = await measureRun(place, stop);
      tell(`${count(options.new)} rows more`, warm);
      if (options.json) {
        const result = { rows: options.rows, new: options.new, cold, warm };
        process.stdout.write(`${JSON.stringify({ transform: result })}\n`);
      }
    } finally {
      lake.close();
    }
  });
}

function tell(what: string, { seconds, cpuSeconds, peakRssMb, models }: DbtRun): void {
  say(`${what}: ${seconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} CPU-seconds, peak RSS ${peakRssMb} MB`);
  const dearest = Object.entries(models).sort(([, a], [, b]) => b - a);
  for (const [model, took] of dearest) say(`  ${model.padEnd(20)} ${took.toFixed(2).padStart(7)} s`);
}
