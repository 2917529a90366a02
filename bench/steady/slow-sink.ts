import { setTimeout as sleep } from 'node:timers/promises';
import { CollectorPair } from '../collector-pair';
import { readNumbers } from '../read-numbers';
import { count, say } from '../say';
import { withTopic } from './with-topic';

const HELP = `Whether a collector's memory stays flat while the endpoint is slower than the topic: every append waits, reading
pauses when the byte budget is spent, and what is not read stays in the topic.

Usage: npm run bench -- slow-sink [options]

  --minutes N      how long (default 10)
  --append-ms N    how long the endpoint waits with each append (default 2000)
  --events N       how many events are in the topic at the start (default 2000000)
  --json           the result, with a sample every five seconds, as JSON on standard output
`;
const SAMPLE_MS = 5_000;
const FAULTS_AT_ONCE = 1_000_000;

export interface MemorySample {
  readonly seconds: number;
  readonly rssMb: number;
  readonly heldMb: number;
  readonly committed: number;
}

/** @returns the exit code. @throws UsageError */
export async function slowSinkBench(args: readonly string[], stop: AbortSignal): Promise<number> {
  const options = readNumbers(args, { minutes: 10, 'append-ms': 2_000, events: 2_000_000 });
  if (options === undefined) {
    process.stdout.write(HELP);
    return 0;
  }
  return withTopic(async ({ brokers, dir, fill }) => {
    await fill(options.events, stop);
    const pair = await CollectorPair.start({ brokers, dir, endpointArgs: ['--discard', '--faults'] });
    try {
      const slow = { kind: 'slow', on: 'append', ms: options['append-ms'], times: FAULTS_AT_ONCE };
      await fetch(`${pair.endpointUrl}/faults`, { method: 'POST', body: JSON.stringify(slow) });
      await pair.ready();
      const samples = await sample(pair, options.minutes * 60_000, stop);
      const result = { ...summary(samples), samples };
      say(
        `peak RSS ${result.peakRssMb} MB; first half ${result.firstHalfMb} MB, second half ${result.secondHalfMb} MB on average`,
      );
      if (options.json) process.stdout.write(`${JSON.stringify({ slowSink: result })}\n`);
    } finally {
      await pair.stop();
    }
  });
}

async function sample(pair: CollectorPair, ms: number, stop: AbortSignal): Promise<readonly MemorySample[]> {
  const samples: MemorySample[] = [];
  const startedMs = performance.now();
  while (performance.now() - startedMs < ms) {
    await sleep(SAMPLE_MS, undefined, { signal: stop });
    const one = {
      seconds: Math.round((performance.now() - startedMs) / 1000),
      rssMb: Math.round(pair.usage().rssBytes / 2 ** 20),
      heldMb: Math.round((await pair.metric('das_in_flight_bytes')) / 2 ** 20),
      committed: await pair.metric('das_rows_committed_total'),
    };
    samples.push(one);
    say(
      `${one.seconds} s: RSS ${one.rssMb} MB, in flight ${one.heldMb} MB, committed ${count(one.committed)}`,
    );
  }
  return samples;
}

function summary(samples: readonly MemorySample[]) {
  const mean = (part: readonly MemorySample[]): number =>
    Math.round(part.reduce((sum, { rssMb }) => sum + rssMb, 0) / Math.max(1, part.length));
  const half = samples.length >> 1;
  return {
    peakRssMb: Math.max(...samples.map(({ rssMb }) => rssMb)),
    firstHalfMb: mean(samples.slice(0, half)),
    secondHalfMb: mean(samples.slice(half)),
  };
}
