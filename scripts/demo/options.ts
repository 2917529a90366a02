import { parseArgs } from 'node:util';

export const HELP = `Shows events flowing from a source through both collectors into BRONZE, and from there into SILVER and GOLD, each
exactly once. Needs Python 3.10 or newer, for dbt.

Usage: npm run demo [-- options]

  --kafka          a real Kafka broker as the source, instead of journal files (needs Java 17 and Maven)
  --events N       how many events to produce (default 20000)
  --rate R         events per second; 0: as fast as possible (default 2000)
  --seed S         seed of the synthetic events (default 1)
  --bronze-only    without SILVER and GOLD, and so without Python
  --once           exit when everything is refined and recounted; otherwise stay up until Ctrl-C
  --json FILE      write the result to FILE as JSON (with --once)
  --dir DIR        where journal, lake, SILVER and GOLD, keys and logs go; emptied first (default .das/demo)
  --help           this text

Examples:
  npm run demo
  npm run demo -- --once --events 20000 --json result.json
  npm run demo -- --kafka --rate 5000

Exit codes: 0 when every record left exactly one row, in each tier, 1 when not, 2 for wrong options.
`;

export interface DemoOptions {
  readonly kafka: boolean;
  readonly bronzeOnly: boolean;
  readonly once: boolean;
  readonly events: number;
  readonly rate: number;
  readonly seed: number;
  readonly json: string | undefined;
  readonly dir: string;
}

/** A wrong option: one line, exit code 2. */
export class UsageError extends Error {}

/** @returns undefined when help was asked for */
export function readOptions(args: readonly string[]): DemoOptions | undefined {
  const values = parse(args);
  if (values.help === true) return undefined;
  if (values.json !== undefined && values.once !== true) throw new UsageError('--json goes with --once');
  return {
    kafka: values.kafka === true,
    bronzeOnly: values['bronze-only'] === true,
    once: values.once === true,
    events: wholeNumber('--events', values.events, 1),
    rate: wholeNumber('--rate', values.rate, 0),
    seed: wholeNumber('--seed', values.seed, 0),
    json: values.json,
    dir: values.dir,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        kafka: { type: 'boolean' },
        'bronze-only': { type: 'boolean' },
        once: { type: 'boolean' },
        events: { type: 'string', default: '20000' },
        rate: { type: 'string', default: '2000' },
        seed: { type: 'string', default: '1' },
        json: { type: 'string' },
        dir: { type: 'string', default: '.das/demo' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message}; --help lists the options`);
  }
}

function wholeNumber(name: string, text: string, least: number): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= least) return number;
  throw new UsageError(`${name} takes a whole number of at least ${least}, not ${text}`);
}
