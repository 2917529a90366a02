import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Source } from '@das/pipeline';
import { createKinesisSource, type KinesisSourceOptions } from '@das/source-kinesis';
import {
  awsEnv,
  createLeaseTable,
  Kinesis,
  range,
  SourceReader,
  startMoto,
  values,
  type Begin,
  type Held,
  type Moto,
} from '@das/testing';

export const TABLE = 'das-leases';

/** Kinesis and DynamoDB for the tests of a file, and the readers that a test started. */
export class KinesisFixture {
  private readonly dir = mkdtempSync(join(tmpdir(), 'das-kinesis-'));
  private readers: SourceReader[] = [];
  private streams = 0;
  private readonly environment = { ...process.env };
  moto!: Moto;
  kinesis!: Kinesis;

  /** A fixture that lives as long as the tests of this file. */
  static forThisFile(): KinesisFixture {
    const fixture = new KinesisFixture();
    beforeAll(() => fixture.start());
    afterEach(() => fixture.stopReaders());
    afterAll(() => fixture.stop());
    return fixture;
  }

  async newStream(shards = 1): Promise<string> {
    const stream = `stream-${++this.streams}`;
    await this.kinesis.createStream(stream, shards);
    return stream;
  }

  source(stream: string, options: Partial<KinesisSourceOptions> = {}): Source {
    return createKinesisSource({
      stream,
      consumer: 'reader',
      leaseTable: TABLE,
      leaseMs: 1_000,
      pollMs: { busy: 5, idle: 25 },
      listMs: 200,
      ...options,
    });
  }

  reader(stream: string, begin?: Begin, options?: Partial<KinesisSourceOptions>): SourceReader {
    const made = new SourceReader(this.source(stream, options), begin);
    this.readers.push(made);
    return made;
  }

  /** Values `from` up to and not including `to`, each with a key of its own. */
  async produce(stream: string, from: number, to: number): Promise<void> {
    await this.kinesis.put(
      stream,
      range(from, to).map((number) => ({ key: `key-${number}`, data: Buffer.from(String(number)) })),
    );
  }

  /** The numbers from and up to and not including, for each of four keys that lie in all shards. */
  async produceKeys(stream: string, from: number, to: number): Promise<void> {
    await this.kinesis.put(
      stream,
      range(from, to).flatMap((number) =>
        range(0, 4).map((key) => ({ key: `key-${key}`, data: Buffer.from(String(number)) })),
      ),
    );
  }

  private async start(): Promise<void> {
    [this.kinesis, this.moto] = await Promise.all([Kinesis.start(), startMoto(join(this.dir, 'moto.log'))]);
    await createLeaseTable(this.moto.url, TABLE);
    // The SDK finds region, endpoints and credentials as it does in service.
    Object.assign(process.env, awsEnv(this.moto.url), { AWS_ENDPOINT_URL_KINESIS: this.kinesis.front.url });
  }

  private async stopReaders(): Promise<void> {
    await Promise.all(this.readers.map(({ source }) => source.stop()));
    this.readers = [];
  }

  private async stop(): Promise<void> {
    process.env = this.environment;
    await this.kinesis.stop();
    await this.moto.process.stop();
    rmSync(this.dir, { recursive: true, force: true });
  }
}

/** Commits what is delivered, as the pipeline does, and does not let go of what has ended. */
export const leaveOpen: Begin = (held) => {
  held.onBatch = (batch) => {
    const position = batch.at(-1)?.position ?? '';
    // Refused where somebody else has the shard by now.
    void held.partition.writeCheckpoint({ position, kind: 'committed' }).catch(() => undefined);
  };
  void readOn(held);
};

/** From its checkpoint, or from its first record; tried again while the source cannot be asked, as the pipeline does. */
async function readOn(held: Held): Promise<void> {
  const { partition } = held;
  while (!held.revoked) {
    try {
      const checkpoint = await partition.readCheckpoint();
      partition.seek({ after: checkpoint?.position ?? (await partition.bounds()).before });
      return;
    } catch {
      await sleep(50);
    }
  }
}

/** Commits what is delivered, and lets go of what has ended, as the pipeline does. */
export const consume: Begin = (held) => {
  held.onEnded = () => {
    void finish(held).catch(() => undefined);
  };
  leaveOpen(held);
};

async function finish({ partition, records }: Held): Promise<void> {
  const position = records.at(-1)?.position ?? (await partition.readCheckpoint())?.position;
  await partition.writeCheckpoint({ position: position ?? (await partition.bounds()).before, kind: 'done' });
  await partition.finished?.();
}

/** The numbers that a reader was given, in their order as numbers. */
export function deliveredTo({ held }: SourceReader): readonly number[] {
  return held
    .flatMap(values)
    .map(Number)
    .sort((a, b) => a - b);
}
