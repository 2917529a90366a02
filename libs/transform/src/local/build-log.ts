import type { BuiltModel, Problem, TestCounts } from '../transformer';
import type { DbtEvent } from './dbt-events';
import { readProblem } from './read-problem';

/** What one build has told so far. */
export class BuildLog {
  readonly models: BuiltModel[] = [];
  private readonly counts = { passed: 0, warned: 0, failed: 0 };
  private readonly failedTests = new Map<string, number>();
  private readonly files = new Map<string, string>();
  private readonly errors: Extract<DbtEvent, { kind: 'error' }>[] = [];
  private readonly givenUp: string[] = [];

  constructor(private readonly tell: (model: BuiltModel) => void) {}

  take(event: DbtEvent): void {
    switch (event.kind) {
      case 'model':
        if (event.ok) this.built({ name: event.name, seconds: event.seconds });
        break;
      case 'test':
        if (event.status === 'pass') this.counts.passed++;
        else if (event.status === 'warn') this.counts.warned++;
        else this.counts.failed++;
        if (event.status === 'fail') this.failedTests.set(event.name, event.failures);
        break;
      case 'file':
        this.files.set(event.node, event.path);
        break;
      case 'error':
        this.errors.push(event);
        break;
      case 'gave-up':
        this.givenUp.push(event.message);
    }
  }

  get tests(): TestCounts {
    return this.counts;
  }

  get problems(): readonly Problem[] {
    return [
      ...this.givenUp.map((message) => ({ ...placeIn(message), ...readProblem(null, message) })),
      ...this.errors.map((error) => this.problemOf(error)),
    ];
  }

  private built(model: BuiltModel): void {
    this.models.push(model);
    this.tell(model);
  }

  private problemOf({ node, message }: Extract<DbtEvent, { kind: 'error' }>): Problem {
    const rows = this.failedTests.get(node);
    const reading =
      rows === undefined
        ? readProblem(node, message)
        : {
            kind: 'data' as const,
            reason: `the test found ${rows.toLocaleString('en-US')} ${rows === 1 ? 'row' : 'rows'}`,
            cure: 'docs/runbooks/transform-failed.md says how to find the rows',
          };
    return { node, file: this.files.get(node) ?? null, ...reading };
  }
}

/** `Compilation Error in model x (models/x.sql)`. */
function placeIn(message: string): Pick<Problem, 'node' | 'file'> {
  const [, node = null, file = null] =
    /\b(?:model|test|macro|Model) '?([\w.]+)'? \(([\w./-]+)\)/.exec(message) ?? [];
  return { node, file };
}
