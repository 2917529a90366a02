import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ManagedProcess } from './managed-process';

const ROOT = join(__dirname, '..', '..', '..', '..');
const DBT = join(ROOT, '.tools/dbt/bin/dbt');

/** Where a project of a test or a bench keeps what it reads and makes. */
export interface DbtPlace {
  readonly lake: string;
  /** The folder of the database files. */
  readonly work: string;
  /** The folder of dbt's own files: what it parsed, what it did, what it said. */
  readonly target: string;
}

/** What dbt says of a model or test. */
export interface DbtResult {
  /** `model.das.orders` */
  readonly id: string;
  readonly status: string;
  readonly seconds: number;
}

/** Starts the real dbt on the target `local`. */
export function startDbt(args: readonly string[], { lake, work, target }: DbtPlace): ManagedProcess {
  const project = join(ROOT, 'dbt');
  const places = [
    '--project-dir',
    project,
    '--profiles-dir',
    project,
    '--target-path',
    target,
    '--log-path',
    target,
  ];
  return ManagedProcess.start({
    name: 'dbt',
    command: DBT,
    args: [...args, '--target', 'local', ...places],
    env: { DAS_LAKE: lake, DAS_WORK: work },
    logFile: join(target, 'output.txt'),
  });
}

/** Runs dbt to its end. @throws Error with its last lines when it fails */
export async function runDbt(args: readonly string[], place: DbtPlace): Promise<readonly DbtResult[]> {
  const dbt = startDbt(args, place);
  const exit = await dbt.whenEnded();
  if (exit !== 0) throw new Error(`dbt ${args.join(' ')} ended with ${exit}:\n${dbt.tail()}`);
  return dbtResults(place);
}

/** Of the last run. */
export function dbtResults({ target }: DbtPlace): readonly DbtResult[] {
  const { results } = JSON.parse(readFileSync(join(target, 'run_results.json'), 'utf8')) as {
    readonly results: readonly {
      readonly unique_id: string;
      readonly status: string;
      readonly execution_time: number;
    }[];
  };
  return results.map(({ unique_id: id, status, execution_time: seconds }) => ({ id, status, seconds }));
}
