import { parseArgs } from 'node:util';
import { UsageError } from './usage-error';

export const HELP = `Shows events of every domain flowing from their sources through the collectors into BRONZE, and from there into SILVER
and GOLD, each exactly once. Kinesis is kinesalite, S3, SQS and DynamoDB are moto, and journal files stand for Kafka's topics.
Needs Python 3.10 or newer, for dbt and moto.

Usage: npm run demo [-- options]

  --domains A,B    which domains, with or without brook_ (default: all that contracts/ has)
  --kafka          a real Kafka broker for Kafka's topics, instead of journal files (needs Java 17 and Maven)
  --journal        journal files for Kinesis and S3, too: neither kinesalite nor moto
  --events N       how many events to produce, over all streams by turns (default 20000)
  --rate R         events per second; 0: as fast as possible (default 2000)
  --seed S         seed of the synthetic events (default 1)
  --bronze-only    without SILVER and GOLD, and so without dbt; where Python is missing, as with --journal
  --once           exit when everything is refined and recounted; otherwise stay up until Ctrl-C
  --json FILE      write the result to FILE as JSON (with --once)
  --dir DIR        where sources, lake, SILVER and GOLD, keys and logs go; emptied first (default .das/demo)
  --help           this text

Examples:
  npm run demo
  npm run demo -- --domains commerce,health --once --events 20000 --json result.json
  npm run demo -- --kafka --rate 5000
  npm run demo -- --bronze-only --journal

Exit codes: 0 when every record left exactly one row, in each tier, 1 when not, 2 for wrong options.
`;

export interface DemoOptions {
  /** As they were asked for; undefined: all. */
  readonly domains: readonly string[] | undefined;
  readonly kafka: boolean;
  readonly journal: boolean;
  readonly bronzeOnly: boolean;
  readonly once: boolean;
  readonly events: number;
  readonly rate: number;
  readonly seed: number;
  readonly json: string | undefined;
  readonly dir: string;
}

/** @returns undefined when help was asked for. @throws UsageError */
export function readOptions(args: readonly string[]): DemoOptions | undefined {
  const values = parse(args);
  if (values.help === true) return undefined;
  if (values.json !== undefined && values.once !== true) throw new UsageError('--json goes with --once');
  return {
    domains: values.domains === undefined ? undefined : namesIn(values.domains),
    kafka: values.kafka === true,
    journal: values.journal === true,
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
        domains: { type: 'string' },
        kafka: { type: 'boolean' },
        journal: { type: 'boolean' },
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

function namesIn(text: string): readonly string[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.every((name) => name !== '')) return names;
  throw new UsageError(`--domains takes names with commas between them, not ${JSON.stringify(text)}`);
}

function wholeNumber(name: string, text: string, least: number): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= least) return number;
  throw new UsageError(`${name} takes a whole number of at least ${least}, not ${text}`);
}
