import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ordersEventsV1 } from '@contracts/brook-commerce';
import { makeCertificate, queryLake, startLocalSnowpipe, type ManagedProcess } from '@das/testing';

const run = promisify(execFile);
const PYTHON = join(__dirname, '..', '..', '.tools', 'python', 'bin', 'python');
const { database, schema, name } = ordersEventsV1.table;

/** local-snowpipe is a fair stand-in only if Snowflake's own client takes it for the service. */
describe('the official Snowpipe Streaming SDK', () => {
  let dir: string;
  let endpoint: { process: ManagedProcess; url: string };

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'das-sdk-'));
    const { cert, key } = makeCertificate(dir);
    endpoint = await startLocalSnowpipe({
      lake: join(dir, 'lake'),
      logFile: join(dir, 'endpoint.log'),
      args: ['--tls-cert', cert, '--tls-key', key],
    });
  });

  afterAll(async () => {
    await endpoint.process.stop();
    rmSync(dir, { recursive: true });
  });

  async function sdk(rows: readonly object[]): Promise<string> {
    const script = join(__dirname, 'snowpipe_sdk_client.py');
    const args = [
      script,
      new URL(endpoint.url).port,
      database,
      schema,
      `${name}-STREAMING`,
      JSON.stringify(rows),
    ];
    const env = { ...process.env, SSL_CERT_FILE: join(dir, 'ca.pem') };
    const { stdout } = await run(PYTHON, args, { env, timeout: 60_000 });
    return stdout;
  }

  const row = (id: string) => ({
    EVENT_ID: id,
    OUTCOME: 'landed',
    CLASSIFICATION: 'pii',
    SOURCE: 'conformance',
    SOURCE_EPOCH: 1,
    SOURCE_PARTITION: '0',
    SOURCE_OFFSET: id,
    RECORD_HASH: 'h',
    INGESTED_AT: '2026-01-01T00:00:00Z',
    COLLECTOR: 'sdk',
    CONTRACT_VERSION: '1.0.0',
    PAYLOAD: { big: 1 },
  });

  it('opens a channel, appends, sees its commit, and finds the token again', async () => {
    const first = await sdk([row('1'), row('2')]);
    expect(first).toContain('resumed None');
    expect(first).toContain('committed 2');
    expect(await sdk([])).toContain('resumed 2');

    const found = await queryLake(
      join(dir, 'lake'),
      ordersEventsV1.table,
      'SELECT EVENT_ID, PAYLOAD FROM bronze ORDER BY 1',
    );
    expect(found.map(({ EVENT_ID }) => EVENT_ID)).toEqual(['1', '2']);
  });
});
