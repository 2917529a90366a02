import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startKafka } from '@das/testing';
import { createOrdersTopic, fillTopic } from '../orders-topic';
import { say, sayProgress } from '../say';

export interface Topic {
  readonly brokers: readonly string[];
  /** For what the run leaves behind; removed at the end. */
  readonly dir: string;
  readonly fill: (events: number, stop: AbortSignal) => Promise<void>;
}

/** A broker with the orders topic, for as long as `work` takes. @returns the exit code */
export async function withTopic(work: (topic: Topic) => Promise<void>): Promise<number> {
  const dir = mkdtempSync(join(tmpdir(), 'das-bench-'));
  try {
    say('starting a Kafka broker');
    const broker = await startKafka({ dir: join(dir, 'kafka') });
    try {
      await createOrdersTopic(broker);
      await work({
        brokers: broker.brokers,
        dir,
        fill: async (events, stop) => {
          await fillTopic(broker, events, stop, sayProgress('produced', events));
        },
      });
      return 0;
    } catch (thrown) {
      // Ctrl-C ends a wait.
      if (thrown instanceof Error && thrown.name === 'AbortError') return 1;
      throw thrown;
    } finally {
      await broker.stop();
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
