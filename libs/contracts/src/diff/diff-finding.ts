import { categoryOf, RULES, type Bump, type Category, type RuleId } from './rules';

/** One change between two states of a contract, of the roles or of a policy. */
export interface DiffFinding {
  readonly rule: RuleId;
  readonly category: Category;
  readonly breaking: boolean;
  /** By names: `orders.schema.orders.customer_email.das.mask`. */
  readonly path: string;
  readonly bump: Bump;
  /** What it was and what it is. */
  readonly message: string;
  /** As `<domain>/<name>`, or the file of roles or policies. */
  readonly contract: string;
  /** Of the newer state; of the older one where the newer has it no more. */
  readonly file: string;
}

export interface DiffResult {
  /** Whether any finding is. */
  readonly breaking: boolean;
  readonly findings: readonly DiffFinding[];
}

/** Where a comparison puts what it finds. */
export type Report = (rule: RuleId, path: string, message: string) => void;

export function reporter(contract: string, file: string, findings: DiffFinding[]): Report {
  return (rule, path, message) => {
    const { breaking, bump } = RULES[rule];
    const full = path === '' ? contract : `${contract}.${path}`;
    findings.push({ rule, category: categoryOf(rule), breaking, path: full, bump, message, contract, file });
  };
}

const BUMPS: readonly Bump[] = ['patch', 'minor', 'major'];

/** The version that changes need; undefined: none of them is a change. */
export function bumpOf(findings: readonly Pick<DiffFinding, 'bump'>[]): Bump | undefined {
  return BUMPS[Math.max(-1, ...findings.map(({ bump }) => BUMPS.indexOf(bump)))];
}

/** As text for a message. */
export function told(value: unknown): string {
  if (value === undefined) return 'nothing';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
