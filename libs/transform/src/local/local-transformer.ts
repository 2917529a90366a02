import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { takeLock } from '@das/owned-lock';
import { Failure } from '@das/pipeline';
import { BuildFailed, type Problem, type RunOptions, type RunReport, type Transformer } from '../transformer';
import { BuildLog } from './build-log';
import { databaseFile, databasesIn } from './database-files';
import { writeSynced } from './durable';
import { lakeFingerprint, projectFingerprint } from './fingerprint';
import { foldersIn, makePrivate, type RefinedFolders } from './folders';
import { currentId, publish, publishedAt, readManifest } from './publish';
import { logPublication } from './publication-log';
import { runDbt, type DbtEnd } from './run-dbt';

export interface LocalSettings {
  readonly lake: string;
  readonly refined: string;
  /** The dbt project. */
  readonly project: string;
  /** The program. */
  readonly dbt: string;
  /** What of this process's environment dbt gets. */
  readonly env: Readonly<Record<string, string>>;
}

/** What a green build was made of, and what it was published as. */
interface Built {
  readonly lake: string;
  readonly project: string;
  readonly id: string;
}

/**
 * Takes the folder for itself, until it is closed.
 * @throws Failure transient while another transform has it
 */
export function openLocal(settings: LocalSettings): Transformer {
  const folders = foldersIn(settings.refined);
  const unlock = lock(folders.lock);
  return new LocalTransformer(settings, folders, unlock);
}

class LocalTransformer implements Transformer {
  constructor(
    private readonly settings: LocalSettings,
    private readonly folders: RefinedFolders,
    private readonly unlock: () => void,
  ) {}

  async run({ force, fullRefresh, signal, tell }: RunOptions): Promise<RunReport> {
    const { lake, project } = this.settings;
    // Looked at before the build: what lands during it is taken by this build or by the next one.
    const seen = { lake: lakeFingerprint(lake), project: projectFingerprint(project) };
    const id = this.upToDate(seen);
    if (id !== undefined && !force && !fullRefresh) return { state: 'unchanged', id };
    const startedMs = Date.now();
    const log = await this.build(fullRefresh, signal, tell);
    const { models, tests } = log;
    const manifest = await publish(this.folders, startedMs, { models, tests });
    const built: Built = { ...seen, id: manifest.id };
    await writeSynced(this.folders.built, JSON.stringify(built));
    return { state: 'published', ...manifest };
  }

  async close(): Promise<void> {
    this.unlock();
    return Promise.resolve();
  }

  /** @returns the snapshot that a build would make again */
  private upToDate(seen: Omit<Built, 'id'>): string | undefined {
    const { built, current, published, log, work } = this.folders;
    const last = read(built);
    if (last?.lake !== seen.lake || last.project !== seen.project) return undefined;
    if (currentId(current) !== last.id || readManifest(published, last.id) === undefined) return undefined;
    const names = databasesIn(join(published, last.id));
    if (!names.every((name) => existsSync(databaseFile(work, name)))) return undefined;
    logPublication(log, { id: last.id, publishedAt: publishedAt(current) });
    return last.id;
  }

  private async build(
    fullRefresh: boolean,
    signal: AbortSignal,
    tell: RunOptions['tell'],
  ): Promise<BuildLog> {
    const { lake, project, dbt, env } = this.settings;
    const { work, logs, target } = this.folders;
    orNotWritable(() => {
      makePrivate(this.folders);
    });
    const log = new BuildLog(tell);
    const end = await runDbt({
      command: dbt,
      args: [...globalArgs(logs), 'build', ...buildArgs(project, target, fullRefresh)],
      env: { ...env, DAS_LAKE: lake, DAS_WORK: work, DO_NOT_TRACK: '1', PYTHONDONTWRITEBYTECODE: '1' },
      errorFile: join(logs, 'python.log'),
      signal,
      onEvent: (event) => {
        log.take(event);
      },
    });
    if (signal.aborted) throw new Failure('transient', 'interrupted', 'the build was interrupted');
    if (end !== 0) throw new BuildFailed(problemsOf(log, end), join(logs, 'dbt.log'));
    return log;
  }
}

function globalArgs(logs: string): readonly string[] {
  return [
    ...['--log-format', 'json', '--log-path', logs, '--log-level-file', 'info'],
    ...['--no-use-colors', '--no-version-check', '--no-send-anonymous-usage-stats'],
  ];
}

/**
 * Unit tests judge the models, not the rows: `npm run dbt -- test` runs them. Data tests gate the publication, but for
 * those that count all of BRONZE again: their work grows with what is there, and not with what is new.
 */
function buildArgs(project: string, target: string, fullRefresh: boolean): readonly string[] {
  return [
    ...['--project-dir', project, '--profiles-dir', project, '--target', 'local', '--target-path', target],
    ...['--exclude-resource-type', 'unit_test', '--exclude', 'tag:recount'],
    ...(fullRefresh ? ['--full-refresh', '--vars', '{allow_full_refresh: true}'] : []),
  ];
}

function problemsOf(log: BuildLog, end: DbtEnd): readonly Problem[] {
  if (log.problems.length > 0) return log.problems;
  const whole = { node: null, file: null };
  if (end === 'unstarted')
    return [{ ...whole, kind: 'setup', reason: 'dbt cannot be run', cure: 'node scripts/das.mjs setup' }];
  if (typeof end === 'string')
    return [{ ...whole, kind: 'transient', reason: `dbt was ended by ${end}`, cure: 'the next run goes on' }];
  return [
    {
      ...whole,
      kind: 'unknown',
      reason: `dbt ended with ${end} and said no reason`,
      cure: 'see python.log beside the log file; node scripts/das.mjs setup installs dbt anew',
    },
  ];
}

function lock(file: string): () => void {
  const unlock = orNotWritable(() => takeLock(file));
  if (unlock !== undefined) return unlock;
  throw new Failure('transient', 'transform_locked', 'another transform refines the same folder', {
    cure: 'wait for it; if there is none any more, remove transform.lock from the folder named by DAS_REFINED',
  });
}

function orNotWritable<T>(act: () => T): T {
  try {
    return act();
  } catch (cause) {
    throw new Failure('setup', 'refined_not_writable', 'the folder named by DAS_REFINED cannot be written', {
      cure: 'let it name a folder of this user',
      cause,
    });
  }
}

function read(file: string): Built | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Built;
  } catch {
    return undefined;
  }
}
