import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import {
  createLeaseTable,
  Kinesis,
  makeKeys,
  ObjectStore,
  queryLake,
  startCollector,
  startLocalSnowpipe,
  startMoto,
  until,
  type CollectorSource,
} from '@das/testing';
import { RepositoryCopy } from './repository-copy';

const ROOT = join(__dirname, '..', '..', '..');
const EVENTS = 120;
const LEASES = 'das-leases';
const STREAMS = [
  ['readings', 'kinesis', 'readings_events_v1', 'readings-events-collector'],
  ['scans', 's3', 'scans_files_v1', 'scans-files-collector'],
] as const;

/** Collectors that nobody has edited, on what stands for the services that they are made for. */
describe('a collector that was just made', () => {
  const copy = new RepositoryCopy();
  const ends: (() => unknown)[] = [];
  const at = (...path: readonly string[]): string => join(copy.dir, ...path);
  const keys = makeKeys(at('keys'), 'brook_parcels');
  let kinesis: Kinesis;
  let store: ObjectStore;
  let motoUrl: string;
  let endpoint: string;

  const run = (file: string, ...args: readonly string[]): string =>
    execFileSync(process.execPath, [file, ...args], { cwd: copy.root, encoding: 'utf8' });
  /** The command of this repository, in the copy. */
  const das = (...args: readonly string[]): string => run(join(ROOT, 'dist/apps/das-cli/main.js'), ...args);

  beforeAll(async () => {
    das('domain', 'new', 'brook_parcels', '--yes', '--write-only');
    for (const [name, source] of STREAMS)
      das('collector', 'new', name, '--domain', 'brook_parcels', '--source', source, '--yes', '--write-only');
    // As npm links a workspace.
    symlinkSync('../../contracts/brook_parcels', join(copy.root, 'node_modules/@contracts/brook-parcels'));
    run('node_modules/tsx/dist/cli.mjs', 'scripts/generate.ts');
    for (const [, , stream, app] of STREAMS) {
      das('contract', 'sample', stream, '--count', String(EVENTS), '--journal', at('journal'));
      run('node_modules/@nestjs/cli/bin/nest.js', 'build', app);
    }
    const moto = await startMoto(at('moto.log'));
    ({ url: motoUrl } = moto);
    const snowpipe = await startLocalSnowpipe({
      lake: at('lake'),
      logFile: at('endpoint.log'),
      args: ['--ddl', join(copy.root, 'sql')],
    });
    ends.push(
      () => moto.process.stop(),
      () => snowpipe.process.stop(),
    );
    endpoint = snowpipe.url;
    kinesis = await Kinesis.start();
    ends.push(() => kinesis.stop());
    await createLeaseTable(motoUrl, LEASES);
    await kinesis.createStream('readings-v1', 2);
    store = await ObjectStore.create(motoUrl, 'brook-scans', { queue: 'brook-scans-new' });
    ends.push(() => {
      store.close();
    });
  }, 240_000);

  afterAll(async () => {
    for (const end of ends.reverse()) await end();
    copy.remove();
  });

  /** Events as the contract alone gives them. */
  function sample(log: string): readonly string[] {
    const folder = at('journal', log);
    return readdirSync(folder)
      .filter((name) => name.endsWith('.ndjson'))
      .flatMap((name) => readFileSync(join(folder, name), 'utf8').trimEnd().split('\n'));
  }

  async function landsAll(app: string, stream: string, source: CollectorSource): Promise<void> {
    const { process, url } = await startCollector({
      app,
      source,
      endpoint,
      keys,
      logFile: at(`${app}.log`),
      main: join(copy.root, `dist/apps/${app}/main.js`),
    });
    ends.push(() => process.stop());
    await process.answers(`${url}/health/ready`, 60_000);
    const table = { database: 'BROOK_PARCELS', schema: 'BRONZE', name: stream.toUpperCase() };
    const query =
      "SELECT count(DISTINCT EVENT_ID) AS ids, count(*) AS n FROM bronze WHERE OUTCOME = 'landed'";
    let found: Record<string, unknown> | undefined;
    await until(
      'everything has landed',
      async () => {
        [found] = await queryLake(at('lake'), table, query).catch(() => []);
        return Number(found?.n ?? 0) >= EVENTS;
      },
      60_000,
    );
    expect([Number(found?.ids), Number(found?.n)]).toEqual([EVENTS, EVENTS]);
  }

  it('lands what a stream in Kinesis holds', async () => {
    const lines = sample('readings-v1');
    await kinesis.put(
      'readings-v1',
      lines.map((line, index) => ({ key: String(index), data: Buffer.from(line) })),
    );
    const { url } = kinesis.front;
    await landsAll('readings-events-collector', 'readings_events_v1', {
      kind: 'kinesis',
      url,
      leases: motoUrl,
      table: LEASES,
    });
  });

  it('lands what objects of a bucket hold', async () => {
    const lines = sample('brook-scans.scans').map((line) => `${line}\n`);
    await store.put('scans/1.ndjson.gz', gzipSync(lines.slice(0, EVENTS / 2).join('')));
    await store.put('scans/2.ndjson', lines.slice(EVENTS / 2).join(''));
    await landsAll('scans-files-collector', 'scans_files_v1', {
      kind: 's3',
      url: motoUrl,
      ledgerTable: 'brook-scans',
    });
  });
});
