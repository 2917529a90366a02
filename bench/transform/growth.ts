import { readNumbers } from '../read-numbers';
import { count, say } from '../say';
import { GrowingLake } from './growing-lake';
import { measureRun, silverSeconds } from './measured-dbt';
import { withPlace } from './with-place';

const HELP = `What SILVER takes for the same number of new rows while its tables grow tenfold, and how that compares.

Usage: npm run bench -- transform-growth [--rows N] [--new N] [--runs N] [--seed N] [--json]

  --rows   of BRONZE at the end, a tenth of them at the beginning (1000000)
  --new    rows of each measured run (10000)
  --runs   measured at each size; the median counts (3)
`;

/** Of the final size. */
const SIZES = [0.1, 0.25, 0.5, 1] as const;

interface SizeCost {
  readonly rows: number;
  /** Median of the runs: the two SILVER models together. */
  readonly silverSeconds: number;
  /** Median of the runs: the whole of dbt. */
  readonly seconds: number;
}

/** @returns the exit code. @throws UsageError */
export async function growthBench(args: readonly string[], stop: AbortSignal): Promise<number> {
  const options = readNumbers(args, { rows: 1_000_000, new: 10_000, runs: 3, seed: 1 });
  if (options === undefined) {
    process.stdout.write(HELP);
    return 0;
  }
  return withPlace(async (place) => {
    const lake = await GrowingLake.make(place.lake, options.rows, options.seed);
    const costs: SizeCost[] = [];
    let rows = 0;
    try {
      for (const size of SIZES) {
        // The measured runs are part of what the size counts.
        const history = options.rows * size - rows - options.runs * options.new;
        await lake.addHistory(history);
        await measureRun(place, stop);
        const runs = [];
        for (let run = 0; run < options.runs; run++) {
          await lake.addNew(options.new);
          runs.push(await measureRun(place, stop));
        }
        rows += history + options.runs * options.new;
        const cost = {
          rows,
          silverSeconds: median(runs.map(silverSeconds)),
          seconds: median(runs.map(({ seconds }) => seconds)),
        };
        costs.push(cost);
        say(
          `${count(rows).padStart(10)} rows: SILVER ${cost.silverSeconds.toFixed(2)} s of ${cost.seconds.toFixed(1)} s for ${count(options.new)} new rows`,
        );
      }
    } finally {
      lake.close();
    }
    const ratio = (costs.at(-1)?.silverSeconds ?? NaN) / (costs[0]?.silverSeconds ?? NaN);
    say(`ten times the table, ${ratio.toFixed(2)} times the cost`);
    if (options.json) process.stdout.write(`${JSON.stringify({ growth: { costs, ratio } })}\n`);
  });
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
