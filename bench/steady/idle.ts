import { setTimeout as sleep } from 'node:timers/promises';
import { CollectorPair } from '../collector-pair';
import { say } from '../say';
import { readNumbers } from '../read-numbers';
import { withTopic } from './with-topic';

const HELP = `How much CPU a collector takes that has six partitions and nothing to do.

Usage: npm run bench -- idle [--seconds N] [--json]
`;
/** Just-in-time compilation and the first polls are over by then. */
const SETTLE_MS = 10_000;

/** @returns the exit code. @throws UsageError */
export async function idleBench(args: readonly string[], stop: AbortSignal): Promise<number> {
  const options = readNumbers(args, { seconds: 60 });
  if (options === undefined) {
    process.stdout.write(HELP);
    return 0;
  }
  const ms = options.seconds * 1000;
  return withTopic(async ({ brokers, dir }) => {
    const pair = await CollectorPair.start({ brokers, dir });
    try {
      await pair.ready();
      await sleep(SETTLE_MS, undefined, { signal: stop });
      say(`measuring for ${options.seconds} s`);
      const before = { ms: performance.now(), ...pair.usage() };
      await sleep(ms, undefined, { signal: stop });
      const after = pair.usage();
      const cpuPercent =
        ((after.cpuSeconds - before.cpuSeconds) / ((performance.now() - before.ms) / 1000)) * 100;
      const result = {
        cpuPercent: Number(cpuPercent.toFixed(2)),
        rssMb: Math.round(after.rssBytes / 2 ** 20),
      };
      say(`an idle collector takes ${result.cpuPercent} % of a core and ${result.rssMb} MB`);
      if (options.json) process.stdout.write(`${JSON.stringify({ idle: result })}\n`);
    } finally {
      await pair.stop();
    }
  });
}
