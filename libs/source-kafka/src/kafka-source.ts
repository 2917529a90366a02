import { Failure, type OnAssigned, type Position, type Source, type SourceFailure } from '@das/pipeline';
import { Kafka, logLevel, type Admin, type Consumer, type SASLOptions } from 'kafkajs';
import { classify } from './classify';
import { KafkaPartition, type Member } from './kafka-partition';
import { readHeadersOnce } from './linear-headers';
import { restIdleQueues } from './resting-queues';
import type { KafkaSourceOptions } from './options';

/** Enough that no partition waits for another one's callback. */
const CONCURRENT_PARTITIONS = 64;
const DEFAULT_SESSION_MS = 30_000;
const DEFAULT_METADATA_MS = 10_000;
const DEFAULT_RESTART_MS = 5_000;
const STOP_MS = 10_000;
/** Time enough to open a channel and to fetch. */
const PROOF_MS = 5_000;

readHeadersOnce();
restIdleQueues();

/** A topic, read as a member of a consumer group. @see KafkaPartition for how positions are kept */
export function createKafkaSource(options: KafkaSourceOptions): Source {
  return new KafkaSource(options);
}

class KafkaSource implements Source, Member {
  readonly name: string;
  readonly topic: string;
  readonly groupId: string;
  readonly admin: Admin;
  private readonly kafka: Kafka;
  private readonly partitions = new Map<number, KafkaPartition>();
  private current: Consumer | undefined;
  private joined = false;
  /** Settles once the consumer has joined or has failed to. */
  private joining: Promise<void> | undefined;
  private stopped = false;
  private restartTimer: NodeJS.Timeout | undefined;
  /** A set-up failure stopped a member: to have joined is no proof that it is cured. */
  private doubted = false;
  private proofTimer: NodeJS.Timeout | undefined;

  constructor(private readonly options: KafkaSourceOptions) {
    this.topic = options.topic;
    this.groupId = options.groupId;
    this.name = `kafka:${options.topic}`;
    const { ssl, sasl } = options;
    this.kafka = new Kafka({
      brokers: [...options.brokers],
      clientId: options.clientId,
      // kafkajs quotes whatever a broker says; failures are told through onFailure instead.
      logLevel: logLevel.NOTHING,
      retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 4 },
      ...(ssl !== undefined && { ssl: ssl === true ? true : authority(ssl.ca) }),
      // The union over mechanisms is the same; kafkajs types it as a union of objects.
      ...(sasl !== undefined && { sasl: sasl as SASLOptions }),
    });
    this.admin = this.kafka.admin();
  }

  compare(a: Position, b: Position): number {
    const difference = BigInt(a) - BigInt(b);
    return difference < 0n ? -1 : difference > 0n ? 1 : 0;
  }

  owns(partition: KafkaPartition): boolean {
    return this.partitions.get(partition.number) === partition;
  }

  joinedConsumer(): Consumer | undefined {
    return this.joined ? this.current : undefined;
  }

  async start(onAssigned: OnAssigned, onFailure: (failure: SourceFailure) => void): Promise<void> {
    try {
      await this.admin.connect();
      // kafkajs would wait for a missing topic without a word.
      await this.admin.fetchTopicMetadata({ topics: [this.topic] });
      await this.join(onAssigned, onFailure);
    } catch (thrown) {
      await this.leave();
      throw classify(thrown);
    }
  }

  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.restartTimer);
    clearTimeout(this.proofTimer);
    this.partitions.clear();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, STOP_MS)));
    await Promise.race([this.leave(), late]);
    clearTimeout(timer);
  }

  private async leave(): Promise<void> {
    await this.discardConsumer();
    await this.admin.disconnect().catch(() => undefined);
  }

  /** Resolves at the first join, rejects when the consumer fails before it. */
  private async join(onAssigned: OnAssigned, onFailure: (failure: SourceFailure) => void): Promise<void> {
    const { sessionTimeoutMs = DEFAULT_SESSION_MS, metadataMaxAgeMs = DEFAULT_METADATA_MS } = this.options;
    const consumer = this.kafka.consumer({
      groupId: this.groupId,
      sessionTimeout: sessionTimeoutMs,
      heartbeatInterval: Math.min(3_000, sessionTimeoutMs / 3),
      metadataMaxAge: metadataMaxAgeMs,
      maxWaitTimeInMs: 250,
      allowAutoTopicCreation: false,
    });
    if (this.stopped) throw stoppedMeanwhile();
    this.current = consumer;
    const { GROUP_JOIN, COMMIT_OFFSETS, STOP, CRASH } = consumer.events;
    let everJoined = false;
    const first = new Promise<void>((resolve, reject) => {
      consumer.on(GROUP_JOIN, ({ payload }) => {
        if (this.current !== consumer) return;
        this.joined = everJoined = true;
        this.assign(payload.memberAssignment[this.topic] ?? [], onAssigned);
        this.noteCure(onFailure);
        resolve();
      });
      consumer.on(COMMIT_OFFSETS, ({ payload }) => {
        for (const { partition } of payload.topics.flatMap(({ partitions }) => partitions)) {
          if (this.current === consumer) this.partitions.get(partition)?.noteCommit();
        }
      });
      // From here on kafkajs throws when it is asked to seek or to pause.
      consumer.on(STOP, () => {
        if (this.current === consumer) this.joined = false;
      });
      consumer.on(CRASH, ({ payload }) => {
        if (this.current !== consumer) return;
        const failure = classify(payload.error);
        clearTimeout(this.proofTimer);
        // Before the first join it is for the caller to try again, with another consumer.
        if (!everJoined) {
          reject(failure);
          return;
        }
        this.doubted ||= failure.kind === 'setup';
        onFailure(failure);
        if (!payload.restart) this.joinAnew(onAssigned, onFailure);
      });
    });
    first.catch(() => undefined);
    await consumer.connect();
    await consumer.subscribe({ topic: this.topic, fromBeginning: true });
    if (this.current !== consumer) throw stoppedMeanwhile();
    this.joining = consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: CONCURRENT_PARTITIONS,
      eachBatch: async (payload) => {
        const { batch } = payload;
        const partition = this.current === consumer ? this.partitions.get(batch.partition) : undefined;
        if (partition?.take(batch, payload.isStale()) === true) payload.resolveOffset(batch.lastOffset());
        await payload.heartbeat();
      },
    });
    await this.joining;
    if (this.current !== consumer) throw stoppedMeanwhile();
    await first;
  }

  /** Takes over what the group gave; this runs before the first fetch of the new generation. */
  private assign(numbers: readonly number[], onAssigned: OnAssigned): void {
    for (const [number, partition] of this.partitions) {
      if (numbers.includes(number)) continue;
      this.partitions.delete(number);
      partition.handler?.revoked();
    }
    for (const number of numbers) {
      const known = this.partitions.get(number);
      if (known !== undefined) {
        known.joined();
        continue;
      }
      const partition = new KafkaPartition(number, this);
      this.partitions.set(number, partition);
      partition.joined();
      partition.handler = onAssigned(partition);
    }
  }

  /** At once, unless the earlier failure would show only in the first fetch. */
  private noteCure(onFailure: (failure: SourceFailure) => void): void {
    clearTimeout(this.proofTimer);
    if (!this.doubted) {
      onFailure(undefined);
      return;
    }
    this.proofTimer = setTimeout(() => {
      this.doubted = false;
      onFailure(undefined);
    }, PROOF_MS);
  }

  /** kafkajs has given this consumer up: another one takes its place. */
  private joinAnew(onAssigned: OnAssigned, onFailure: (failure: SourceFailure) => void): void {
    this.assign([], onAssigned);
    void this.discardConsumer();
    if (this.stopped) return;
    this.restartTimer = setTimeout(() => {
      this.join(onAssigned, onFailure).catch((thrown: unknown) => {
        if (this.stopped) return;
        const failure = classify(thrown);
        onFailure(failure);
        if (failure.kind !== 'unknown') this.joinAnew(onAssigned, onFailure);
      });
    }, this.options.restartMs ?? DEFAULT_RESTART_MS);
  }

  /** What is left of a connection that cannot be closed in order ends with the process. */
  private async discardConsumer(): Promise<void> {
    const consumer = this.current;
    this.current = undefined;
    this.joined = false;
    // A member that is cut off while it joins stays in the group until its session times out.
    await this.joining?.catch(() => undefined);
    await consumer?.disconnect().catch(() => undefined);
  }
}

/** kafkajs copies its TLS options at each connection, and so reads the property each time. */
function authority(ca: string | (() => string)): { readonly ca: string[] } {
  return {
    get ca() {
      return [typeof ca === 'string' ? ca : ca()];
    },
  };
}

function stoppedMeanwhile(): Failure {
  return new Failure('transient', 'stopped', 'the source was stopped while it was joining');
}
