import type { Failure, SourceFailure, SourcePartition, SourceRecord } from '@das/pipeline';
import { createKafkaSource, type KafkaSourceOptions } from '@das/source-kafka';

/** One assigned partition and what came of it. */
export interface Held {
  readonly partition: SourcePartition;
  readonly batches: (readonly SourceRecord[])[];
  disturbed: number;
  revoked: boolean;
  /** Called with each batch, after it was noted. */
  onBatch: (() => void) | undefined;
}

/** An instance of the source whose consumers write down everything that they are told. */
export class KafkaReader {
  readonly held: Held[] = [];
  readonly failures: SourceFailure[] = [];
  readonly source;

  /** @param begin - what is done with a new partition; by default it is read on from its checkpoint */
  constructor(
    options: Pick<KafkaSourceOptions, 'brokers' | 'topic' | 'groupId'> & Partial<KafkaSourceOptions>,
    private readonly begin: (held: Held) => void = (held) => void readOn(held),
  ) {
    this.source = createKafkaSource({
      clientId: 'reader',
      sessionTimeoutMs: 6_000,
      metadataMaxAgeMs: 500,
      restartMs: 200,
      ...options,
    });
  }

  async start(): Promise<this> {
    await this.source.start(
      (partition) => {
        const held: Held = { partition, batches: [], disturbed: 0, revoked: false, onBatch: undefined };
        this.held.push(held);
        this.begin(held);
        return {
          deliver: (records) => {
            held.batches.push(records);
            held.onBatch?.();
          },
          disturbed: () => held.disturbed++,
          revoked: () => (held.revoked = true),
        };
      },
      (failure) => this.failures.push(failure),
    );
    return this;
  }

  /** Why it did not start; undefined when it did. */
  async refusal(): Promise<Failure | undefined> {
    return this.start().then(
      () => undefined,
      (thrown: unknown) => thrown as Failure,
    );
  }

  /** Partitions that are held now. */
  get owned(): string[] {
    return this.held
      .filter(({ revoked }) => !revoked)
      .map(({ partition }) => partition.id)
      .sort();
  }

  get count(): number {
    return this.held.reduce((sum, held) => sum + records(held).length, 0);
  }

  /** The first partition that was assigned. */
  get only(): Held {
    const [first] = this.held;
    if (first === undefined) throw new Error('no partition was assigned');
    return first;
  }
}

/** A broker that has just started takes a moment before it has groups. @throws any failure but that */
export async function coordinatorReady(brokers: readonly string[], topic: string): Promise<void> {
  const first = new KafkaReader({ brokers, topic, groupId: 'first' }, () => undefined);
  for (;;) {
    const failure = await first.refusal();
    if (failure === undefined) break;
    if (failure.code !== 'coordinator_unavailable') throw failure;
  }
  await first.source.stop();
}

export function records(held: Held): readonly SourceRecord[] {
  return held.batches.flat();
}

export function positions(held: Held): readonly number[] {
  return records(held).map(({ position }) => Number(position));
}

export function text(bytes: Uint8Array | null): string | null {
  return bytes === null ? null : Buffer.from(bytes).toString('utf8');
}

/** From, up to and not including. */
export function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

export async function sleep(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}

/** @throws Error when it has not come true after `boundMs` */
export async function until(what: string, isTrue: () => boolean, boundMs = 20_000): Promise<void> {
  const endMs = Date.now() + boundMs;
  while (!isTrue()) {
    if (Date.now() > endMs) throw new Error(`waited ${boundMs} ms in vain: ${what}`);
    await sleep(10);
  }
}

async function readOn({ partition }: Held): Promise<void> {
  const checkpoint = await partition.readCheckpoint();
  partition.seek({ after: checkpoint?.position ?? (await partition.bounds()).before });
}
