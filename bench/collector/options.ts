import { parseArgs } from 'node:util';
import { UsageError } from '../usage-error';

export const HELP = `One topic with six partitions of the generator's order events, read by the shipped orders collector with
everything on, and by two consumers that do nothing with what they read: kafkajs, which the collector is built on,
and Kafka's own in Java.

Usage: npm run bench -- collector [options]

  --events N       how many events (default 1000000)
  --against WHAT   discard: the endpoint takes the rows and forgets them (default); lake: it commits them to Parquet
  --node FILE      the Node.js that runs collector and bare kafkajs (default: this one)
  --only WHO       collector, kafkajs or java: measure that one alone
  --profile DIR    write a CPU profile of the collector to DIR (slows it down)
  --json           the result as JSON on standard output
  --help           this text

Examples:
  npm run bench -- collector --events 200000
  npm run -s bench -- collector --events 1000000 --json > result.json
  npm run bench -- collector --only collector --profile .das/profile
`;

const AGAINST = ['discard', 'lake'] as const;
const WHO = ['collector', 'kafkajs', 'java'] as const;

export interface BenchOptions {
  readonly events: number;
  readonly against: (typeof AGAINST)[number];
  readonly only: (typeof WHO)[number] | undefined;
  readonly node: string | undefined;
  readonly profile: string | undefined;
  readonly json: boolean;
}

/** @returns undefined when help was asked for. @throws UsageError */
export function readOptions(args: readonly string[]): BenchOptions | undefined {
  const values = parse(args);
  if (values.help === true) return undefined;
  const events = Number(values.events);
  if (!Number.isSafeInteger(events) || events < 1_000)
    throw new UsageError(`--events takes a whole number of at least 1000, not ${values.events}`);
  return {
    events,
    against: oneOf('--against', AGAINST, values.against),
    only: values.only === undefined ? undefined : oneOf('--only', WHO, values.only),
    node: values.node,
    profile: values.profile,
    json: values.json === true,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        events: { type: 'string', default: '1000000' },
        against: { type: 'string', default: 'discard' },
        only: { type: 'string' },
        node: { type: 'string' },
        profile: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message}; --help lists the options`);
  }
}

function oneOf<T extends string>(option: string, choices: readonly T[], text: string): T {
  const found = choices.find((choice) => choice === text);
  if (found !== undefined) return found;
  throw new UsageError(`${option} takes ${choices.join(' or ')}, not ${text}`);
}
