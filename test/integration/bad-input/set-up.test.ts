import { createPublicKey } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ordersEventsV1 } from '@contracts/brook-commerce';
import {
  createEventGenerator,
  freePort,
  kafkaClient,
  kafkaRecords,
  makeCertificate,
  makeKeys,
  recount,
  startCollector,
  startKafka,
  startLocalSnowpipe,
  until,
  type CollectorSource,
  type KafkaBroker,
  type ManagedProcess,
} from '@das/testing';
import { askLake } from '../ask-lake';

const APP = 'orders-events-collector';
const ROOT = join(__dirname, '../../..');
const TOPIC = ordersEventsV1.source.topic;
const next = createEventGenerator({ stream: 'orders', seed: 1, partitions: 1, now: Date.now });

let dir: string;
let running: ManagedProcess[];
const inDir = (name: string): string => join(dir, name);
const log = (): string => readFileSync(inDir('collector.log'), 'utf8');

beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'das-set-up-'));
  running = [];
});
afterEach(async () => {
  for (const process of running.reverse()) await process.stop();
  rmSync(dir, { recursive: true });
});

const endpoint = async (args: readonly string[] = [], port = 0): Promise<string> => {
  const { process, url } = await startLocalSnowpipe({
    lake: inDir('lake'),
    logFile: inDir('endpoint.log'),
    port,
    args,
  });
  running.unshift(process);
  return url;
};
const collector = async (
  source: CollectorSource,
  snowpipe: string,
  env: Readonly<Record<string, string>> = {},
  keys = makeKeys(inDir('keys')),
) => {
  const { process, url } = await startCollector({
    app: APP,
    source,
    endpoint: snowpipe,
    keys,
    logFile: inDir('collector.log'),
    env: { DAS_SETUP_RETRY_SECONDS: '0.2', KAFKA_SESSION_SECONDS: '2', ...env },
  });
  running.push(process);
  await process.answers(`${url}/health/live`);
  return {
    process,
    url,
    /** Up, not ready, and says so in one line. */
    waitsFor: async (...reasons: readonly RegExp[]): Promise<void> => {
      await until(`it says ${String(reasons)}`, async () => {
        await sleep(20);
        const response = await fetch(`${url}/health/ready`);
        const said = await response.text();
        return response.status === 503 && reasons.every((reason) => reason.test(said));
      });
      expect((await fetch(`${url}/health/live`)).status).toBe(200);
      expect(process.exit).toBeUndefined();
    },
    ready: () => process.answers(`${url}/health/ready`, 30_000),
  };
};
const rows = async (): Promise<number> => {
  const [found] = await askLake(
    inDir('lake'),
    ordersEventsV1.table,
    'SELECT count(*)::INT AS rows FROM bronze',
  );
  return Number(found?.rows ?? 0);
};
const publicHalf = (privateKeyPath: string): string => {
  const path = `${privateKeyPath}.pub`;
  const key = createPublicKey(readFileSync(privateKeyPath, 'utf8'));
  writeFileSync(path, key.export({ type: 'spki', format: 'pem' }));
  return path;
};

describe('a collector whose set-up is wrong is up, says why in one line, and recovers once it is cured', () => {
  const journal = (): CollectorSource => {
    const folder = join(inDir('journal'), TOPIC);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, '0.ndjson'), `${String(next().value)}\n`);
    return { kind: 'journal', dir: inDir('journal') };
  };

  it('keys that are missing, unreadable, or lack one', async () => {
    const good = makeKeys(inDir('keys'));
    const keys = { phiKeyFile: inDir('a-secret-phi'), privateKeyPath: inDir('a-secret-key') };
    const { waitsFor, ready } = await collector(journal(), await endpoint(), {}, keys);
    await waitsFor(/key_file: the key file named by PHI_KEY_FILE cannot be read/);
    writeFileSync(keys.phiKeyFile, 'a-secret that is no JSON');
    await waitsFor(/PHI_KEY_FILE is not JSON/);
    writeFileSync(keys.phiKeyFile, '{"keys":[]}');
    await waitsFor(/PHI_KEY_FILE holds no key for the purpose dead-letter/);
    copyFileSync(good.phiKeyFile, keys.phiKeyFile);
    await waitsFor(/unreadable_file: the file named by SNOWFLAKE_PRIVATE_KEY_PATH cannot be read/);
    writeFileSync(keys.privateKeyPath, 'a-secret that is no key');
    await waitsFor(/private_key: SNOWFLAKE_PRIVATE_KEY_PATH names no usable RSA private key/);
    copyFileSync(good.privateKeyPath, keys.privateKeyPath);
    await ready();
    await until('the event lands', async () => (await rows()) === 1);
    expect(log()).not.toContain('a-secret');
    expect(log()).not.toMatch(/ {4}at /);
  });

  it('a key that the account does not know', async () => {
    const good = makeKeys(inDir('good'));
    const keys = makeKeys(inDir('keys'));
    const url = await endpoint(['--public-key', `COLLECTOR=${publicHalf(good.privateKeyPath)}`]);
    const { waitsFor, ready } = await collector(journal(), url, {}, keys);
    await waitsFor(/not_authorised: .*SNOWFLAKE_PRIVATE_KEY_PATH/);
    copyFileSync(good.privateKeyPath, keys.privateKeyPath);
    await ready();
    await until('the event lands', async () => (await rows()) === 1);
  });

  it('a table that does not exist', async () => {
    const port = await freePort();
    const others = join(ROOT, 'sql/bronze/brook_commerce/R__500_brook_commerce_auth_events_v1.sql');
    const url = await endpoint(['--ddl', others], port);
    const { waitsFor, ready } = await collector(journal(), url);
    await waitsFor(/pipe_missing: .*sql\//);
    await running.shift()?.stop();
    await endpoint([], port);
    await ready();
    await until('the event lands', async () => (await rows()) === 1);
  });

  it('a claim directory that cannot be written', async () => {
    const source = journal();
    const file = join(inDir('journal'), TOPIC, '0.ndjson');
    writeFileSync(file, `${'x'.repeat(5_000_000)}\n${String(next().value)}\n`);
    writeFileSync(inDir('claims'), '');
    const { waitsFor, ready } = await collector(source, await endpoint(), { DAS_CLAIM_DIR: inDir('claims') });
    await waitsFor(/claim_check: .*DAS_CLAIM_DIR/);
    rmSync(inDir('claims'));
    await ready();
    await until('both land', async () => (await rows()) === 2);
  });

  it('a journal that is not there', async () => {
    const { waitsFor, ready } = await collector({ kind: 'journal', dir: inDir('journal') }, await endpoint());
    await waitsFor(/journal_dir_missing: .*DAS_JOURNAL_DIR/);
    journal();
    await ready();
    await until('the event lands', async () => (await rows()) === 1);
  });
});

describe('on the broker', () => {
  const user = { username: 'collector', password: 'synthetic-password' };
  const kafkaDir = mkdtempSync(join(tmpdir(), 'das-set-up-kafka-'));
  let certificate: ReturnType<typeof makeCertificate>;
  let broker: KafkaBroker;
  beforeAll(async () => {
    certificate = makeCertificate(kafkaDir);
    broker = await startKafka({ dir: kafkaDir, secured: { certificate, user } });
  });
  afterAll(async () => {
    await broker.stop();
    rmSync(kafkaDir, { recursive: true });
  });
  const secured = (password = user.password) => ({
    KAFKA_SASL_MECHANISM: 'plain',
    KAFKA_SASL_USERNAME: user.username,
    KAFKA_SASL_PASSWORD: password,
    KAFKA_SSL_CA_PATH: inDir('ca.pem'),
  });
  const produce = async (partition: number, count: number): Promise<void> => {
    const producer = kafkaClient(broker.brokers).producer({ idempotent: true, maxInFlightRequests: 1 });
    await producer.connect();
    const messages = Array.from({ length: count }, () => ({ ...next(), partition }));
    await producer.send({ topic: TOPIC, messages });
    await producer.disconnect();
  };

  it('wrong credentials are named and not told', async () => {
    copyFileSync(certificate.ca, inDir('ca.pem'));
    const source: CollectorSource = { kind: 'kafka', brokers: broker.securedBrokers };
    const { waitsFor } = await collector(source, 'http://127.0.0.1:1', secured('a-wrong-password'));
    await waitsFor(/kafka_authentication: .*KAFKA_SASL_PASSWORD/);
    expect(log()).not.toContain('a-wrong-password');
  });

  it('an authority, a topic, partitions that come, and a broker that goes', async () => {
    const source: CollectorSource = { kind: 'kafka', brokers: broker.securedBrokers };
    const { waitsFor, ready, process } = await collector(source, await endpoint(), secured());
    await waitsFor(/unreadable_file: the file named by KAFKA_SSL_CA_PATH/);
    writeFileSync(inDir('ca.pem'), 'no certificate');
    await waitsFor(/ca_file: .*KAFKA_SSL_CA_PATH/);
    mkdirSync(inDir('other'));
    copyFileSync(makeCertificate(inDir('other')).ca, inDir('ca.pem'));
    await waitsFor(/kafka_tls: .*KAFKA_SSL_CA_PATH/);
    copyFileSync(certificate.ca, inDir('ca.pem'));
    await waitsFor(/topic_missing: /);
    await broker.createTopic(TOPIC, 1);
    await ready();
    await produce(0, 10);
    await until('they land', async () => (await rows()) === 10);

    const admin = kafkaClient(broker.brokers).admin();
    await admin.connect();
    await admin.createPartitions({ topicPartitions: [{ topic: TOPIC, count: 2 }] });
    await admin.disconnect();
    await produce(1, 10);
    await until('those of the new partition land', async () => (await rows()) === 20, 30_000);

    // Many sessions, and every retry of the client: a longer time would change nothing any more.
    await broker.kill9();
    await waitsFor(/broker_unreachable: .*KAFKA_BROKERS/);
    await sleep(14_000);
    expect(process.exit).toBeUndefined();
    await broker.restart();
    await ready();
    await produce(0, 10);
    await produce(1, 10);
    await until('everything lands', async () => (await rows()) === 40, 30_000);
    const found = await recount({
      lake: inDir('lake'),
      table: ordersEventsV1.table,
      records: kafkaRecords(broker.brokers, TOPIC),
    });
    expect(found).toMatchObject({
      produced: 40,
      rows: 40,
      lost: 0,
      duplicated: 0,
      altered: 0,
      misordered: 0,
    });
    expect(log()).not.toContain(user.password);
  });

  // Last: a broker that starts again gives a topic made anew the settings of the earlier one of its name.
  it('records in a compression that is not read', async () => {
    const admin = kafkaClient(broker.brokers).admin();
    await admin.connect();
    await admin.deleteTopics({ topics: [TOPIC] });
    await admin.disconnect();
    await broker.createTopic(TOPIC, 1, { 'compression.type': 'lz4' });
    await produce(0, 1);
    const source: CollectorSource = { kind: 'kafka', brokers: broker.brokers };
    const { waitsFor } = await collector(source, await endpoint(), { KAFKA_GROUP_ID: 'compression' });
    await waitsFor(/kafka_compression: /);
  });
});
