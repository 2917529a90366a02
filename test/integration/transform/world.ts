import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { authEventsV1, ordersEventsV1 } from '@contracts/brook-commerce';
import { createJournalWriter } from '@das/source-journal';
import {
  createEventGenerator,
  makeKeys,
  REALISTIC,
  runDas,
  startCollector,
  startDas,
  startLocalSnowpipe,
  until,
  type DasRun,
  type ManagedProcess,
} from '@das/testing';

const STREAMS = [
  { app: 'orders-events-collector', stream: 'orders', contract: ordersEventsV1 },
  { app: 'auth-events-collector', stream: 'auth', contract: authEventsV1 },
] as const;
const PROJECT = join(__dirname, '..', '..', '..', 'dbt');
const EVENTS_PER_STREAM = 1_500;
/** So many commits, and so files, a stream has at least. */
const PORTIONS = 12;

/** Tests of its rows that a build of the world has. */
export const KEPT_TESTS = ['customer_history_has_no_gaps', 'every_order_of_silver_is_in_gold'];

/** A lake that the real collectors wrote, which reaches the one that is refined file by file. */
export class TransformWorld {
  readonly dir = mkdtempSync(join(tmpdir(), 'das-transform-'));
  /** What was collected. */
  private readonly all = join(this.dir, 'all');
  /** What has come so far. */
  readonly lake = join(this.dir, 'lake');
  readonly refined = join(this.dir, 'refined');
  /** Ours, but for most tests of its rows: they take half of a build, and are judged elsewhere. */
  readonly project = join(this.dir, 'project');
  private waiting: string[] = [];
  private runs = 0;

  static async create(): Promise<TransformWorld> {
    const world = new TransformWorld();
    cpSync(PROJECT, world.project, { recursive: true, filter: (file) => !/\/(target|logs)$/.test(file) });
    appendFileSync(
      join(world.project, 'dbt_project.yml'),
      [
        'data_tests:',
        '  das:',
        '    +enabled: false',
        ...KEPT_TESTS.map((name) => `    ${name}: { +enabled: true }`),
      ]
        .map((line) => `${line}\n`)
        .join(''),
    );
    await collect(world.dir, world.all);
    cpSync(world.all, world.lake, { recursive: true, filter: (file) => !file.endsWith('.parquet') });
    world.waiting = readdirSync(world.all, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.parquet'))
      .sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
    return world;
  }

  remove(): void {
    rmSync(this.dir, { recursive: true });
  }

  get left(): number {
    return this.waiting.length;
  }

  /** Of all that dbt has logged so far, event by event. */
  get logBytes(): number {
    return statSync(join(this.refined, 'work', 'logs', 'dbt.log'), { throwIfNoEntry: false })?.size ?? 0;
  }

  /** Whether something is on its way to readers. */
  get isPublishing(): boolean {
    return readdirSync(join(this.refined, 'published')).some((name) => name.endsWith('.tmp'));
  }

  /** The next files of the lake. */
  land(files: number): void {
    for (const file of this.waiting.splice(0, files)) {
      mkdirSync(dirname(join(this.lake, file)), { recursive: true });
      cpSync(join(this.all, file), join(this.lake, file));
    }
  }

  async transform(args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Promise<DasRun> {
    return runDas(['transform', ...args], { ...this.env, ...env });
  }

  startTransform(...args: readonly string[]): ManagedProcess {
    const log = join(this.dir, `transform-${this.runs++}.log`);
    return startDas(['transform', ...args], this.env, log);
  }

  private get env(): Readonly<Record<string, string>> {
    return { DAS_LAKE: this.lake, DAS_REFINED: this.refined, DAS_DBT_PROJECT: this.project };
  }
}

/** In the order in which they were committed, as far as the streams are independent. */
function nameOf(file: string): string {
  return file.slice(file.lastIndexOf('.', file.lastIndexOf('~')) - 20);
}

async function collect(dir: string, lake: string): Promise<void> {
  const keys = makeKeys(join(dir, 'keys'));
  const journal = join(dir, 'journal');
  const endpoint = await startLocalSnowpipe({
    lake,
    logFile: join(dir, 'endpoint.log'),
    args: ['--commit-ms', '50'],
  });
  const writers = STREAMS.map(({ contract: { source } }) =>
    createJournalWriter({ dir: journal, topic: source.topic, partitions: source.partitions }),
  );
  for (const writer of writers) await writer.flush();
  const collectors = await Promise.all(
    STREAMS.map(({ app }) =>
      startCollector({
        app,
        source: { kind: 'journal', dir: journal },
        endpoint: endpoint.url,
        keys,
        logFile: join(dir, `${app}.log`),
        env: { DAS_CLAIM_DIR: join(dir, 'claims') },
      }),
    ),
  );
  await Promise.all(collectors.map(({ process, url }) => process.answers(`${url}/health/ready`)));
  const generators = STREAMS.map(({ stream, contract: { source } }, index) =>
    createEventGenerator({
      stream,
      seed: 6 + index,
      partitions: source.partitions,
      now: Date.now,
      rates: REALISTIC,
    }),
  );
  for (let portion = 1; portion <= PORTIONS; portion++) {
    for (const [index, writer] of writers.entries()) {
      for (let event = 0; event < EVENTS_PER_STREAM / PORTIONS; event++) {
        const next = generators[index]?.();
        if (next !== undefined) writer.append(next.partition, next.value);
      }
      await writer.flush();
    }
    const sent = portion * (EVENTS_PER_STREAM / PORTIONS) * STREAMS.length;
    await until(`${sent} records are settled`, async () => (await settled(collectors)) >= sent);
  }
  for (const writer of writers) await writer.close();
  for (const { process } of collectors) await process.stop();
  await endpoint.process.stop();
}

async function settled(collectors: readonly { readonly url: string }[]): Promise<number> {
  const texts = await Promise.all(collectors.map(async ({ url }) => (await fetch(`${url}/metrics`)).text()));
  return texts
    .flatMap((text) => text.split('\n'))
    .filter((line) => /^das_rows_committed_total|^das_records_total\{.*outcome="dropped"/.test(line))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' '))), 0);
}
