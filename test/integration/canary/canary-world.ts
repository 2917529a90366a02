import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { authEventsV1, ordersEventsV1 } from '@contracts/brook-commerce';
import type { StreamContract } from '@das/contracts';
import {
  collectorEnv,
  connectProducer,
  FaultyEndpoint,
  freePort,
  makeKeys,
  runDas,
  startCollector,
  startKafka,
  startLocalSnowpipe,
  until,
  visitsEventsV1,
  type DasRun,
  type KafkaBroker,
  type ManagedProcess,
  type RunKeys,
} from '@das/testing';
import { DuckDBInstance } from '@duckdb/node-api';
import { askLake } from '../ask-lake';
import { startEchoingProxy, type EchoingProxy } from './echoing-proxy';
import type { MarkedRecord } from './marked-records';

const ROOT = join(__dirname, '..', '..', '..');
export const STREAMS: readonly StreamContract[] = [ordersEventsV1, authEventsV1, visitsEventsV1];
export const ADMIN_TOKEN = 'an-admin-token-of-a-test';
/** What was sent is in these; everything else of a run is searched. */
export const SOURCES = ['kafka/data', 'journal'];

/** The whole system in one folder, with debug logging on. */
export class CanaryWorld {
  private readonly running: ManagedProcess[] = [];
  private readonly sent = new Map<StreamContract, number>();

  private constructor(
    readonly dir: string,
    private readonly kafka: KafkaBroker,
    private endpoint: { readonly process: ManagedProcess; readonly url: string },
    readonly proxy: EchoingProxy,
    private readonly port: number,
    private readonly keys: RunKeys,
  ) {
    mkdirSync(join(dir, 'answers'));
  }

  static async start(): Promise<CanaryWorld> {
    const dir = mkdtempSync(join(tmpdir(), 'das-canary-'));
    for (const tree of ['sql', 'libs/testing/sql'])
      cpSync(join(ROOT, tree), join(dir, 'ddl'), { recursive: true });
    const port = await freePort();
    const [kafka, endpoint] = await Promise.all([startKafka({ dir: join(dir, 'kafka') }), launch(dir, port)]);
    for (const { source } of STREAMS)
      await kafka.createTopic(source.log, 2, { 'max.message.bytes': '20000000' });
    const proxy = await startEchoingProxy(endpoint.url);
    return new CanaryWorld(
      dir,
      kafka,
      endpoint,
      proxy,
      port,
      makeKeys(join(dir, 'keys'), visitsEventsV1.domain),
    );
  }

  get lake(): string {
    return join(this.dir, 'lake');
  }

  get env(): Readonly<Record<string, string>> {
    const source = { kind: 'kafka' as const, brokers: this.kafka.brokers };
    return {
      ...collectorEnv({ source, endpoint: this.endpoint.url, keys: this.keys }),
      DAS_LAKE: this.lake,
      DAS_CLAIM_DIR: join(this.dir, 'claims'),
      DAS_ACTOR: 'tester',
    };
  }

  faults({ table }: StreamContract): FaultyEndpoint {
    return new FaultyEndpoint(this.endpoint.url, table);
  }

  async produce(contract: StreamContract, records: readonly MarkedRecord[]): Promise<void> {
    const producer = await connectProducer(this.kafka.brokers);
    const messages = records.map((record, index) => ({ ...record, partition: index % 2 }));
    await producer.send({ topic: contract.source.log, messages });
    await producer.disconnect();
    const rows = records.filter(({ value }) => value !== null).length;
    this.sent.set(contract, (this.sent.get(contract) ?? 0) + rows);
  }

  /** Every record that leaves a row has one. */
  async landed(contract: StreamContract): Promise<void> {
    const rows = async (): Promise<number> => {
      const [found] = await askLake(
        this.lake,
        contract.table,
        'SELECT count(*)::INT AS n FROM bronze WHERE REPLAY_OF IS NULL',
      );
      return Number(found?.n ?? 0);
    };
    await until(
      `${contract.stream} has its rows`,
      async () => (await rows()) >= (this.sent.get(contract) ?? 0),
      40_000,
    );
  }

  async rows({ table }: StreamContract): Promise<readonly Readonly<Record<string, unknown>>[]> {
    return askLake(this.lake, table, 'SELECT * FROM bronze');
  }

  /** Everything that a Parquet file holds, as text. */
  async rowsOf(file: string): Promise<string> {
    const instance = await DuckDBInstance.create(':memory:');
    const db = await instance.connect();
    try {
      const rows = await db.runAndReadAll(`FROM read_parquet('${file.replaceAll("'", "''")}')`);
      const cells = rows.getRowsJson().flat();
      return cells.map((cell) => (typeof cell === 'string' ? cell : JSON.stringify(cell))).join('\n');
    } finally {
      db.closeSync();
      instance.closeSync();
    }
  }

  /** A collector of a stream; without one of the apps that of the health contract. */
  async collect(options: {
    readonly app?: string;
    readonly name?: string;
    readonly endpoint?: string;
    readonly journal?: MarkedRecord;
    readonly env?: Readonly<Record<string, string>>;
  }): Promise<{ readonly process: ManagedProcess; readonly url: string }> {
    const {
      app,
      name = app ?? 'visits-events-collector',
      endpoint = this.endpoint.url,
      journal,
      env,
    } = options;
    const dir = join(this.dir, 'journal', name);
    if (journal !== undefined) {
      mkdirSync(join(dir, visitsEventsV1.source.log), { recursive: true });
      writeFileSync(join(dir, visitsEventsV1.source.log, '0.ndjson'), `${String(journal.value)}\n`);
    }
    const started = await startCollector({
      app: name,
      source:
        journal === undefined ? { kind: 'kafka', brokers: this.kafka.brokers } : { kind: 'journal', dir },
      endpoint,
      keys: this.keys,
      logFile: join(this.dir, `${name}.log`),
      env: {
        LOG_LEVEL: 'trace',
        DAS_ADMIN_TOKEN: ADMIN_TOKEN,
        DAS_CLAIM_DIR: join(this.dir, 'claims'),
        DAS_SETUP_RETRY_SECONDS: '0.2',
        KAFKA_SESSION_SECONDS: '2',
        NODE_DEBUG: 'http,net',
        ...env,
      },
      ...(app === undefined && {
        nodeArgs: ['--import', 'tsx'],
        main: join(__dirname, 'marked-collector.ts'),
      }),
    });
    this.running.push(started.process);
    return started;
  }

  /** Keys without those of a purpose, in a file of their own. */
  keysWithout(purpose: string): string {
    const { keys } = JSON.parse(readFileSync(this.keys.phiKeyFile, 'utf8')) as {
      keys: readonly { purpose: string }[];
    };
    const file = join(this.dir, 'keys', 'incomplete.json');
    writeFileSync(file, JSON.stringify({ keys: keys.filter((key) => key.purpose !== purpose) }), {
      mode: 0o600,
    });
    return file;
  }

  async restartEndpoint(): Promise<void> {
    await this.endpoint.process.kill9();
    this.endpoint = await launch(this.dir, this.port);
  }

  /** Keeps what was answered, to be searched. */
  async ask(url: string, request: RequestInit = {}): Promise<Response> {
    const response = await fetch(url, request);
    const headers = [...response.headers].map((pair) => pair.join(': '));
    this.keep([`${response.status}`, ...headers, await response.clone().text()].join('\n'));
    return response;
  }

  /** Runs the das command, and keeps what it said. */
  async das(...args: readonly string[]): Promise<DasRun> {
    const run = await runDas(args, this.env);
    this.keep(`${run.code}\n${run.stdout}\n${run.stderr}`);
    return run;
  }

  private answers = 0;
  private stopped = false;
  private keep(text: string): void {
    writeFileSync(join(this.dir, 'answers', `${this.answers++}.txt`), text);
  }

  log(name: string): string {
    return readFileSync(join(this.dir, `${name}.log`), 'utf8');
  }

  /** Ends everything, and leaves the folder. Idempotent. */
  async stop(): Promise<void> {
    if (this.stopped) return;
    this.stopped = true;
    await Promise.all(this.running.map((process) => process.stop()));
    await this.endpoint.process.stop();
    await this.proxy.stop();
    await this.kafka.stop();
  }

  remove(): void {
    rmSync(this.dir, { recursive: true });
  }
}

async function launch(dir: string, port: number) {
  return startLocalSnowpipe({
    lake: join(dir, 'lake'),
    port,
    logFile: join(dir, 'endpoint.log'),
    args: ['--ddl', join(dir, 'ddl'), '--faults', '--commit-ms', '100'],
  });
}
