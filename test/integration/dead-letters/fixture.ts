import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ordersEventsV1 } from '@contracts/brook-commerce';
import {
  collectorEnv,
  createEventGenerator,
  journalRecords,
  makeKeys,
  queryLake,
  recount,
  runDas,
  startCollector,
  startDas,
  startLocalSnowpipe,
  until,
  type DasRun,
  type ManagedProcess,
} from '@das/testing';

export const STREAM = ordersEventsV1.stream;
const { topic } = ordersEventsV1.source;
const { table } = ordersEventsV1;

/** A journal, the endpoint, and a collector that refuses every event until its contract is mended. */
export class DeadLetterWorld {
  readonly dir = mkdtempSync(join(tmpdir(), 'das-dlq-'));
  readonly env: Readonly<Record<string, string>>;
  private readonly keys = makeKeys(join(this.dir, 'keys'));
  private readonly source = { kind: 'journal' as const, dir: join(this.dir, 'journal') };
  private readonly next = createEventGenerator({ stream: 'orders', seed: 7, partitions: 1, now: Date.now });

  private constructor(
    private readonly endpoint: ManagedProcess,
    readonly url: string,
    readonly lake: string,
  ) {
    mkdirSync(join(this.source.dir, topic), { recursive: true });
    this.env = {
      ...collectorEnv({ source: this.source, endpoint: url, keys: this.keys }),
      DAS_LAKE: lake,
      DAS_CLAIM_DIR: join(this.dir, 'claims'),
      DAS_ACTOR: 'tester',
    };
  }

  static async start(): Promise<DeadLetterWorld> {
    const lakeDir = mkdtempSync(join(tmpdir(), 'das-dlq-lake-'));
    const { process, url } = await startLocalSnowpipe({
      lake: lakeDir,
      logFile: join(lakeDir, 'endpoint.log'),
      args: ['--faults', '--commit-ms', '100'],
    });
    return new DeadLetterWorld(process, url, lakeDir);
  }

  async stop(): Promise<void> {
    await this.endpoint.stop();
    rmSync(this.dir, { recursive: true });
    rmSync(this.lake, { recursive: true });
  }

  /** Appends lines to a partition. */
  produce(partition: number, lines: readonly string[]): void {
    const text = lines.map((line) => `${line}\n`).join('');
    appendFileSync(join(this.source.dir, topic, `${partition}.ndjson`), text);
  }

  events(count: number): string[] {
    return Array.from({ length: count }, () => this.next().value?.toString() ?? '');
  }

  /** Lets a collector read everything, and stops it. */
  async collect(version: 'old' | 'mended'): Promise<void> {
    const before = await this.count(`WHERE REPLAY_OF IS NULL`);
    let produced = 0;
    for await (const { md5 } of journalRecords(this.source.dir, topic)) if (md5 !== undefined) produced++;
    const { process } = await startCollector({
      app: 'orders-events-collector',
      source: this.source,
      endpoint: this.url,
      keys: this.keys,
      logFile: join(this.dir, 'collector.log'),
      env: { DAS_CLAIM_DIR: join(this.dir, 'claims'), LOG_LEVEL: 'warn' },
      ...(version === 'old' && { nodeArgs: ['--import', 'tsx'], main: join(__dirname, 'old-collector.ts') }),
    });
    try {
      await until(
        `everything after ${before} rows is collected`,
        async () => (await this.count('WHERE REPLAY_OF IS NULL')) === produced,
      );
    } finally {
      await process.stop();
    }
  }

  async das(...args: readonly string[]): Promise<DasRun> {
    return runDas(args, this.env);
  }

  async dasWith(env: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<DasRun> {
    return runDas(args, env);
  }

  /** What was too large for its row is gone. */
  loseClaims(): void {
    rmSync(join(this.dir, 'claims'), { recursive: true });
  }

  /** Of a command that must go well, with --json. */
  async json<T>(...args: readonly string[]): Promise<T> {
    const { code, stdout, stderr } = await this.das(...args, '--json');
    if (code !== 0) throw new Error(`das ${args.join(' ')} ended with ${code}: ${stderr}`);
    return JSON.parse(stdout) as T;
  }

  startDas(...args: readonly string[]): ManagedProcess {
    return startDas(args, this.env, join(this.dir, 'das.log'));
  }

  async fault(fault: object): Promise<void> {
    const response = await fetch(`${this.url}/faults`, { method: 'POST', body: JSON.stringify(fault) });
    if (!response.ok) throw new Error(`a fault was refused: ${await response.text()}`);
  }

  async clearFaults(): Promise<void> {
    await fetch(`${this.url}/faults`, { method: 'DELETE' });
  }

  async query(sql: string): Promise<readonly Record<string, unknown>[]> {
    return this.ask(table, sql);
  }

  async count(where: string): Promise<number> {
    const [row] = await this.query(`SELECT count(*)::INT AS n FROM bronze ${where}`);
    return Number(row?.n ?? 0);
  }

  async audits(): Promise<readonly Record<string, unknown>[]> {
    const audit = { database: table.database, schema: 'OPS', name: 'DEAD_LETTER_AUDIT' };
    return this.ask(audit, 'SELECT * FROM bronze ORDER BY "AT"');
  }

  /** Of a table without files, nothing. */
  private async ask(of: typeof table, sql: string): Promise<readonly Record<string, unknown>[]> {
    try {
      return await queryLake(this.lake, of, sql);
    } catch (error) {
      if (String(error).includes('No files found')) return [];
      throw error;
    }
  }

  async recount() {
    return recount({ lake: this.lake, table, records: journalRecords(this.source.dir, topic) });
  }
}
