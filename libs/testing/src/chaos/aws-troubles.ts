import { setTimeout as sleep } from 'node:timers/promises';
import type { ManagedProcess } from '../processes/managed-process';
import type { AwsFault, FaultyAws } from '../servers/faulty-aws';
import { between, type SourceTrouble } from './source-trouble';

const MOST_TIMES = 6;

/** What befalls services of AWS: they refuse, are slow, are away, and their answers are lost. */
export function awsTroubles(
  name: string,
  front: FaultyAws,
  server: ManagedProcess,
  operations: { readonly reads: readonly string[]; readonly writes: readonly string[] },
): readonly SourceTrouble[] {
  const all = [...operations.reads, ...operations.writes];
  const fault = (kind: AwsFault, weight: number, some: readonly string[]): SourceTrouble => ({
    name: `${name}-${kind}`,
    weight,
    async make(random) {
      const [operation, times] = [random.pick(some), 1 + random.below(MOST_TIMES)];
      front.failNext([operation], kind, times);
      return Promise.resolve(`${operation} ${times} times`);
    },
  });
  return [
    fault('refuse', 2, all),
    fault('lose-answer', 3, operations.writes),
    fault('slow', 1, all),
    {
      name: `${name}-away`,
      weight: 1,
      async make(random) {
        const ms = between(random, 100, 3_000);
        await front.stop();
        await sleep(ms);
        await front.start();
        return `for ${ms} ms`;
      },
    },
    {
      name: `${name}-frozen`,
      weight: 1,
      async make(random) {
        const ms = between(random, 500, 3_000);
        server.freeze();
        await sleep(ms);
        server.thaw();
        return `for ${ms} ms`;
      },
    },
  ];
}
