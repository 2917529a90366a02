import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Source } from '@das/pipeline';
import { createS3Source, type ObjectOutcome, type S3SourceOptions } from '@das/source-s3';
import { awsEnv, ObjectStore, SourceReader, startMoto, type Begin, type Moto } from '@das/testing';

export const PREFIX = 'claims/';

/** moto for the tests of a file, and the readers that a test started. */
export class S3Fixture {
  private readonly dir = mkdtempSync(join(tmpdir(), 'das-s3-'));
  private readonly stores: ObjectStore[] = [];
  private readers: SourceReader[] = [];
  private buckets = 0;
  private moto!: Moto;
  /** What became of objects, in order. */
  readonly outcomes: (readonly [outcome: ObjectOutcome, code: string | undefined])[] = [];
  unread = 0;

  /** A fixture that lives as long as the tests of this file. */
  static forThisFile(): S3Fixture {
    const fixture = new S3Fixture();
    beforeAll(async () => {
      fixture.moto = await startMoto(join(fixture.dir, 'moto.log'));
      Object.assign(process.env, awsEnv(fixture.moto.url));
    });
    beforeEach(() => {
      fixture.outcomes.length = 0;
      fixture.unread = 0;
    });
    afterEach(() => fixture.stopReaders());
    afterAll(() => fixture.stop());
    return fixture;
  }

  /** An empty bucket that no test has used. */
  async newStore(options?: { told?: boolean }): Promise<ObjectStore> {
    const store = await ObjectStore.create(this.moto.url, `bucket-${++this.buckets}`, options);
    this.stores.push(store);
    return store;
  }

  /** A source that notices changes soon. */
  source({ bucket }: ObjectStore, options: Partial<S3SourceOptions> = {}): Source {
    return createS3Source({
      log: `${bucket}.claims`,
      bucket,
      prefix: PREFIX,
      queue: bucket,
      ledgerTable: bucket,
      consumer: 'claims-collector',
      leaseMs: 3_000,
      listEveryMs: 300,
      retryMs: 50,
      observer: {
        objectOver: (outcome, _id, code) => this.outcomes.push([outcome, code]),
        notificationUnread: () => this.unread++,
      },
      ...options,
    });
  }

  reader(store: ObjectStore, begin?: Begin, options?: Partial<S3SourceOptions>): SourceReader {
    const made = new SourceReader(this.source(store, options), begin);
    this.readers.push(made);
    return made;
  }

  private async stopReaders(): Promise<void> {
    await Promise.all(this.readers.map(({ source }) => source.stop()));
    this.readers = [];
  }

  private async stop(): Promise<void> {
    for (const store of this.stores) store.close();
    await this.moto.process.stop();
    rmSync(this.dir, { recursive: true, force: true });
  }
}
