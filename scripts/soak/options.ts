import { parseArgs } from 'node:util';
import { SOURCE_KINDS, type SourceKind } from '@das/testing';

export const HELP = `Troubles of every kind while events flow through a source, collectors and the local endpoint; then a recount.

Usage: npm run soak -- --minutes M [options]

  --minutes M      how long (default 10); what was begun is brought to an end
  --source S       kafka: a real broker (default)
                   kinesis: kinesalite, and leases in moto; also reshards, expired iterators, throttling, lost answers
                   s3: bucket, queue and ledger in moto; also objects that are overwritten, deleted, told of again or to
                   nobody, and damaged, bodies that are cut, lost answers
                   journal: files of lines
  --profile P      chaos: kill -9, freezes, restarts of all processes, 1 to 3 collectors, all faults of the endpoint,
                   at random, with a calm now and then in which everything must be committed (default)
                   recovery: throughput while a channel is invalidated every 5 to 120 seconds and some processes are
                   restarted, against that of a clean phase of the same length before; of kafka alone
                   object: one gzipped object of 5 GB uncompressed, in S3, and the memory that reading it takes; it has
                   no --minutes and no --seed
  --seed N         makes the same troubles in the same order again (default: a random one, which is printed)
  --json FILE      write the report to FILE as JSON
  --dir DIR        where data and logs go: a folder that does not exist yet (default .das/soak-<time>); removed when
                   nothing was wrong
  --help           this text

Examples:
  npm run soak -- --minutes 30
  npm run soak -- --minutes 10 --profile recovery --json recovery.json
  npm run soak -- --minutes 5 --seed 4711
  npm run soak -- --source kinesis --minutes 10 --seed 4711
  npm run soak -- --source s3 --minutes 10 --json s3.json
  npm run soak -- --profile object

Takes about 4 GB of disk per hour (chaos) or per ten minutes (recovery). Ctrl-C ends it early, with a report; a
second one at once. Exit codes: 0 when every record left exactly one row, nothing stood still for too long and the
object took less than 300 MB, 1 when not, 2 for wrong options, 130 after Ctrl-C.
`;

const PROFILES = ['chaos', 'recovery', 'object'] as const;

export interface SoakOptions {
  readonly source: SourceKind;
  readonly minutes: number;
  readonly profile: (typeof PROFILES)[number];
  readonly seed: number;
  readonly json: string | undefined;
  readonly dir: string;
}

/** A wrong option: one line, exit code 2. */
export class UsageError extends Error {}

/** @returns undefined when help was asked for. @throws UsageError */
export function readOptions(args: readonly string[]): SoakOptions | undefined {
  const values = parse(args);
  if (values.help === true) return undefined;
  const { json } = values;
  const profile = PROFILES.find((name) => name === values.profile);
  if (profile === undefined)
    throw new UsageError(`--profile is chaos, recovery or object, not ${values.profile}`);
  const source = SOURCE_KINDS.find((name) => name === (values.source ?? 'kafka'));
  if (source === undefined)
    throw new UsageError(`--source is ${SOURCE_KINDS.join(', ')}, not ${values.source}`);
  if (values.source !== undefined && profile !== 'chaos')
    throw new UsageError(`--source is for --profile chaos: ${profile} has its own`);
  const minutes = Number(values.minutes);
  if (!(minutes > 0 && minutes <= 10_080))
    throw new UsageError(`--minutes takes a number above 0 and up to 10080, not ${values.minutes}`);
  const seed = values.seed === undefined ? Math.floor(Math.random() * 1_000_000) : Number(values.seed);
  if (!Number.isSafeInteger(seed) || seed < 0)
    throw new UsageError(`--seed takes a whole number of at least 0, not ${values.seed}`);
  const dir = values.dir ?? `.das/soak-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
  return { source, minutes, profile, seed, json, dir };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        minutes: { type: 'string', default: '10' },
        profile: { type: 'string', default: 'chaos' },
        source: { type: 'string' },
        seed: { type: 'string' },
        json: { type: 'string' },
        dir: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message}; --help lists the options`);
  }
}
