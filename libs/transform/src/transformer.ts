import { Failure } from '@das/pipeline';
import type { ObservedDynamicTable, ObservedTask } from './snowflake/observed';

/** Brings SILVER and GOLD up to date with BRONZE, or tells how far whoever does that by itself has come. */
export interface Transformer {
  /**
   * One run.
   * @param options.tell - is told of each model as it is done
   * @param options.signal - ends the run where it is; what was published stays
   * @throws BuildFailed what is published stays as it was
   * @throws Failure
   */
  run(options: RunOptions): Promise<RunReport>;
  /** Lets go of what it holds. Idempotent. */
  close(): Promise<void>;
}

export interface RunOptions {
  /** Also where nothing is new. */
  readonly force: boolean;
  /** Everything anew from what BRONZE still holds; the rest is forgotten. */
  readonly fullRefresh: boolean;
  readonly signal: AbortSignal;
  readonly tell: (model: BuiltModel) => void;
}

export type RunReport = Published | Unchanged | Observed;

export interface BuiltModel {
  /** `DB.SCHEMA.TABLE`. */
  readonly name: string;
  readonly seconds: number;
}

export interface TestCounts {
  readonly passed: number;
  readonly warned: number;
  readonly failed: number;
}

export interface Published {
  readonly state: 'published';
  readonly id: string;
  /** ISO 8601: readers saw it from then on. */
  readonly publishedAt: string;
  /** From the start of the build to the publication. */
  readonly seconds: number;
  readonly models: readonly BuiltModel[];
  readonly tests: TestCounts;
  /** Rows by `DB.SCHEMA.TABLE`. */
  readonly tables: Readonly<Record<string, number>>;
}

/** Nothing is new: what is published is what a build would make. */
export interface Unchanged {
  readonly state: 'unchanged';
  readonly id: string;
}

/** The warehouse refines by itself; this is what it says of it. */
export interface Observed {
  readonly state: 'observed';
  readonly tasks: readonly ObservedTask[];
  readonly dynamicTables: readonly ObservedDynamicTable[];
}

/** Why a model or a test is not green; without a value of any row. */
export interface Problem {
  /** A model or a test; null where no single one is at fault. */
  readonly node: string | null;
  /** Within the dbt project. */
  readonly file: string | null;
  readonly kind: Failure['kind'];
  readonly reason: string;
  readonly cure: string;
}

/** A build that is not published: its kind is that of the worst of its problems. */
export class BuildFailed extends Failure {
  constructor(
    readonly problems: readonly Problem[],
    /** What dbt itself says; it may quote rows. */
    readonly logFile: string,
  ) {
    super(worstOf(problems), 'build_failed', summaryOf(problems), { cure: `dbt's own words: ${logFile}` });
    this.name = 'BuildFailed';
  }
}

/** What a person must mend comes before what may pass by itself. */
const WORST_FIRST: readonly Failure['kind'][] = ['data', 'setup', 'unknown', 'transient'];

function worstOf(problems: readonly Problem[]): Failure['kind'] {
  return WORST_FIRST.find((kind) => problems.some((problem) => problem.kind === kind)) ?? 'unknown';
}

function summaryOf(problems: readonly Problem[]): string {
  const nodes = problems.flatMap(({ node }) => (node === null ? [] : [node]));
  return nodes.length === 0 ? 'the build failed' : `the build failed at ${nodes.join(', ')}`;
}
