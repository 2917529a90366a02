import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Source } from '@das/pipeline';
import { createKinesisSource, type KinesisSourceOptions } from '@das/source-kinesis';
import {
  awsEnv,
  createLeaseTable,
  Kinesis,
  range,
  SourceReader,
  startMoto,
  type Begin,
  type Moto,
} from '@das/testing';

const TABLE = 'das-leases';

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
