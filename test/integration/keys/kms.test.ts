import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ordersEventsV1 } from '@contracts/brook-commerce';
import { openKeys, readRing, type RingEntry } from '@das/keys';
import { Failure } from '@das/pipeline';
import {
  awsEnv,
  createKmsKey,
  createEventGenerator,
  FaultyKms,
  makeKeys,
  runDas,
  startCollector,
  startLocalSnowpipe,
  startMoto,
  until,
  type ManagedProcess,
  type Moto,
  type RunKeys,
} from '@das/testing';

const MATERIAL = /"material"/;

/** Keys that KMS wraps, on moto; behind something that fails as KMS does where moto does not. */
describe('keys that KMS wraps', () => {
  const dir = mkdtempSync(join(tmpdir(), 'das-kms-'));
  const file = join(dir, 'ring.json');
  const before = { ...process.env };
  let moto: Moto;
  let kms: FaultyKms;
  let kmsKey: string;
  let env: Readonly<Record<string, string>>;

  const das = async (...args: readonly string[]) => runDas(['keys', ...args], { ...env, PHI_KEY_FILE: file });

  beforeAll(async () => {
    moto = await startMoto(join(dir, 'moto.log'));
    kms = await new FaultyKms(moto.url).start();
    env = awsEnv(kms.url);
    Object.assign(process.env, env, { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' });
    kmsKey = await createKmsKey(moto.url);
    const made = await das('make', '--kms', kmsKey);
    expect([made.code, made.stderr]).toEqual([0, '']);
  });
  afterAll(async () => {
    process.env = before;
    await kms.stop();
    await moto.process.stop();
    rmSync(dir, { recursive: true });
  });

  /** The ring, changed on its way to another file. */
  function ringWith(change: (keys: RingEntry[]) => readonly RingEntry[]): string {
    const path = join(dir, 'other.json');
    writeFileSync(path, JSON.stringify({ keys: change([...readRing(file)]) }));
    return path;
  }

  const failureOf = async (path: string): Promise<Failure> =>
    openKeys(path).then(
      () => {
        throw new Error('it was opened');
      },
      (thrown: unknown) => {
        expect(thrown).toBeInstanceOf(Failure);
        // AWS's words name accounts.
        expect((thrown as Failure).line).not.toMatch(/123456789012|a-raw-message/);
        return thrown as Failure;
      },
    );

  it('are made without anybody seeing one, listed without opening one, and opened by KMS', async () => {
    const text = readFileSync(file, 'utf8');
    expect(text).not.toMatch(MATERIAL);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(new Set(kms.requests)).toEqual(new Set(['GenerateDataKeyWithoutPlaintext']));
    const listed = JSON.parse((await das('list', '--json')).stdout) as { wrappedBy: string }[];
    expect(new Set(listed.map(({ wrappedBy }) => wrappedBy))).toEqual(new Set([kmsKey]));
    expect(kms.requests).not.toContain('Decrypt');
    const [one, again] = [await openKeys(file), await openKeys(file)];
    for (const { purpose, id } of readRing(file)) {
      expect(one.find(purpose, id)?.material).toHaveLength(32);
      expect(one.find(purpose, id)?.material).toEqual(again.find(purpose, id)?.material);
    }
  });

  it.each([
    ['another id', (key: RingEntry) => ({ ...key, id: 'another' }), 'kms_wrong_key'],
    ['another purpose', (key: RingEntry) => ({ ...key, purpose: 'record-hash' as const }), 'kms_wrong_key'],
    ['an altered text', (key: RingEntry) => ({ ...key, wrapped: altered(key.wrapped) }), 'kms_wrong_key'],
  ])('are not opened under %s', async (_, change, code) => {
    const path = ringWith(([first]) => (first === undefined ? [] : [change(first)]));
    expect(await failureOf(path)).toMatchObject({ kind: 'setup', code });
  });

  it('are not opened as another KMS key’s', async () => {
    const other = await createKmsKey(moto.url);
    const path = ringWith((keys) => keys.map((key) => ({ ...key, kmsKey: other })));
    // What KMS says of it, and what moto says.
    expect(['kms_wrong_key', 'kms_denied']).toContain((await failureOf(path)).code);
  });

  it('tell a KMS key that is gone, disabled or denied apart', async () => {
    const missing = kmsKey.replace(/[0-9a-f-]{36}$/, '00000000-0000-0000-0000-000000000000');
    const path = ringWith((keys) => keys.map((key) => ({ ...key, kmsKey: missing })));
    expect(['kms_key_missing', 'kms_denied']).toContain((await failureOf(path)).code);
    kms.failAll('DisabledException');
    expect(await failureOf(file)).toMatchObject({ kind: 'setup', code: 'kms_key_disabled' });
    kms.failAll('AccessDeniedException');
    expect(await failureOf(file)).toMatchObject({ kind: 'setup', code: 'kms_denied' });
    kms.failAll(undefined);
    const made = await das('rotate', 'dead-letter', '--kms', missing);
    expect([made.code, made.stderr]).toEqual([78, expect.stringContaining('kms_key_missing')]);
    expect(readRing(file).filter(({ purpose }) => purpose === 'dead-letter')).toHaveLength(1);
  });

  it('are tried again when KMS throttles, not for ever', async () => {
    kms.failNext('ThrottlingException', 'ThrottlingException');
    expect((await openKeys(file)).current('link').material).toHaveLength(32);
    kms.failAll('ThrottlingException');
    expect(await failureOf(file)).toMatchObject({ kind: 'transient', code: 'kms_throttled' });
    kms.failAll(undefined);
  });

  it('are asked for over nothing that others can read', async () => {
    const { code, stderr } = await runDas(['keys', 'rotate', 'dead-letter'], {
      ...env,
      PHI_KEY_FILE: file,
      AWS_ENDPOINT_URL: 'http://kms.example',
    });
    expect([code, stderr]).toEqual([78, expect.stringMatching(/^das: aws_endpoint: (?!.*example).*\n$/)]);
  });

  it('are transient where nobody answers', async () => {
    await kms.stop();
    // As a process: the SDK does not know an error of jest's own realm for one.
    const { code, stderr } = await das('rotate', 'dead-letter');
    expect([code, stderr]).toEqual([75, expect.stringMatching(/^das: kms_unreachable: .*\n$/)]);
    await kms.start();
  });

  describe('in a collector', () => {
    let running: ManagedProcess[];
    beforeEach(() => (running = []));
    afterEach(async () => {
      for (const one of running.reverse()) await one.stop();
    });

    it('lets it wait for KMS at the start, go on without it later, and take a new key up', async () => {
      await kms.stop();
      const journal = join(dir, 'journal');
      const topic = join(journal, ordersEventsV1.source.topic);
      mkdirSync(topic, { recursive: true });
      const next = createEventGenerator({ stream: 'orders', seed: 1, partitions: 1, now: Date.now });
      const produce = (): void => {
        appendFileSync(join(topic, '0.ndjson'), `${next().value?.toString() ?? ''}\n`);
      };
      const endpoint = await startLocalSnowpipe({
        lake: join(dir, 'lake'),
        logFile: join(dir, 'endpoint.log'),
        args: ['--commit-ms', '50'],
      });
      running.push(endpoint.process);
      const keys: RunKeys = { ...makeKeys(join(dir, 'plain')), phiKeyFile: file };
      const { process: collector, url } = await startCollector({
        app: 'orders-events-collector',
        source: { kind: 'journal', dir: journal },
        endpoint: endpoint.url,
        keys,
        logFile: join(dir, 'collector.log'),
        env: { ...env, DAS_SETUP_RETRY_SECONDS: '0.2', DAS_KEY_REFRESH_SECONDS: '0.2' },
      });
      running.push(collector);
      const metric = async (line: RegExp): Promise<number> =>
        Number(line.exec(await (await fetch(`${url}/metrics`)).text())?.[1] ?? 0);
      const committed = async (rows: number): Promise<void> =>
        until(`${rows} rows`, async () => (await metric(/das_rows_committed_total\{[^}]*\} (\d+)/)) === rows);
      const ready = async (): Promise<string> => (await fetch(`${url}/health/ready`)).text();

      await collector.answers(`${url}/health/live`);
      produce();
      await until('it says why', async () => (await ready()).includes('kms_unreachable'));
      expect(await ready()).toContain('see that KMS answers');
      await kms.start();
      await collector.answers(`${url}/health/ready`);
      await committed(1);

      await kms.stop();
      const failures = /das_key_refresh_failures_total\{[^}]*code="kms_unreachable"[^}]*\} (\d+)/;
      await until('it notices', async () => (await metric(failures)) > 0);
      produce();
      await committed(2);
      expect(await ready()).toContain('ok');
      expect(await metric(/das_key_age_seconds\{[^}]*\} ([\d.]+)/)).toBeGreaterThan(0.2);

      await kms.start();
      const rotated = await das('rotate', 'dead-letter', '--json');
      const { id } = JSON.parse(rotated.stdout) as { id: string };
      const inUse = new RegExp(`das_key_in_use\\{[^}]*purpose="dead-letter",key="${id}"[^}]*\\} (1)`);
      await until('the new key is used', async () => (await metric(inUse)) === 1);
      appendFileSync(join(topic, '0.ndjson'), 'no json\n');
      await committed(3);
      const log = readFileSync(join(dir, 'collector.log'), 'utf8');
      expect(log.match(/keys could not be read again/g)?.length).toBe(1);
      expect(log).toContain('keys are read again');
      expect(log).not.toMatch(/123456789012|NodeVersionSupportWarning|\n\s+at /);
    });
  });
});

function altered(text: string | undefined): string {
  const bytes = Buffer.from(text ?? '', 'base64');
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  return bytes.toString('base64');
}
