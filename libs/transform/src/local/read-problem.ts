import type { Problem } from '../transformer';

const LOOK = 'docs/runbooks/transform-failed.md says how to find the rows';
/** Of a message that holds code alone; a longer one is cut. */
const LONGEST = 300;

type Reading = Pick<Problem, 'kind' | 'reason' | 'cure'>;

/**
 * What DuckDB says, by how its message begins. Most of its messages quote values: of those nothing is repeated but
 * the name of a column, and only where it looks like one of ours.
 */
const DUCKDB: readonly (readonly [RegExp, (name: string, node: string | null) => Reading])[] = [
  [
    /Constraint Error: NOT NULL constraint failed: ([A-Z][\w.]*)/,
    (name) => ({ kind: 'data', reason: `a required column is null: ${name}`, cure: LOOK }),
  ],
  [
    /Constraint Error: Duplicate key "([A-Z][A-Z0-9_]*):/,
    (name) => ({ kind: 'data', reason: `a key is there twice: ${name}`, cure: LOOK }),
  ],
  [
    /Constraint Error/,
    () => ({ kind: 'data', reason: 'a row breaks a constraint of its table', cure: LOOK }),
  ],
  [
    /(?:Conversion|Out of Range|Invalid Input) Error:[^]*when casting from source column ([A-Z][A-Z0-9_]*)$/m,
    (name) => ({
      kind: 'data',
      reason: `a value does not fit the type that it is cast to: ${name}`,
      cure: LOOK,
    }),
  ],
  [
    /(?:Conversion|Out of Range|Invalid Input) Error/,
    () => ({ kind: 'data', reason: 'a value does not fit the type that it is cast to', cure: LOOK }),
  ],
  [
    /IO Error: Could not set lock on file/,
    () => ({
      kind: 'transient',
      reason: 'another process has the work database open',
      cure: 'let it end: dbt by hand, or what a killed transform left running',
    }),
  ],
  [
    /(?:No space left on device|failed to offload|disk full)/i,
    () => ({ kind: 'transient', reason: 'the disk is full', cure: 'make room where DAS_REFINED is' }),
  ],
  [
    /Out of Memory Error/,
    () => ({
      kind: 'transient',
      reason: 'it needs more memory than it may have',
      cure: 'end what else runs, or raise memory_limit in dbt/profiles.yml',
    }),
  ],
  [
    /((?:Binder|Catalog|Parser) Error: .+)/,
    (text, node) => ({ kind: 'setup', reason: shortened(text), cure: cureOf(node) }),
  ],
  [
    /\b([A-Z]\w+(?: \w+)? Error): /,
    (name) => ({ kind: 'unknown', reason: `DuckDB: ${name}`, cure: 'the log file has its words' }),
  ],
];

/**
 * Why a model, or a test that could not be asked, failed; or dbt as a whole, which is then called null.
 * @param message - dbt's
 */
export function readProblem(node: string | null, message: string): Reading {
  const [, phase = ''] = /^(\w+) Error/.exec(message) ?? [];
  if (phase === 'Compilation' || phase === 'Parsing') return readCodeError(node, message);
  for (const [pattern, read] of DUCKDB) {
    // dbt's own first line names its phase and the file.
    const found = pattern.exec(message.slice(message.indexOf('\n') + 1));
    if (found !== null) return read(found[1] ?? '', node);
  }
  return {
    kind: 'unknown',
    reason: 'it failed for a reason that dbt has no name for',
    cure: 'the log file has more',
  };
}

/** Of what is wrong before a row was read dbt's words are about code. */
function readCodeError(node: string | null, message: string): Reading {
  const [missing] = /(?<=Env var required but not provided: ')\w+/.exec(message) ?? [];
  if (missing !== undefined)
    return { kind: 'setup', reason: `${missing}: is not set`, cure: 'README.md lists the settings' };
  const [first = '', ...rest] = message.split('\n').map((line) => line.trim());
  const macros = rest.findIndex((line) => line.startsWith('> '));
  const words = rest.slice(0, macros < 0 ? undefined : macros).filter((line) => line !== '');
  return {
    kind: 'setup',
    reason: shortened(words.length === 0 ? first : words.join(' ')),
    cure: cureOf(node),
  };
}

function cureOf(node: string | null): string {
  return node === null
    ? 'npm run dbt -- parse shows it whole'
    : `mend it, and try it by hand: npm run dbt -- build --select ${node}`;
}

function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}
