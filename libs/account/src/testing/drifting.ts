import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadAccess, loadContracts } from '@das/contracts';
import type { Grantee } from '../account-model';
import { loadAccount } from '../declaration';
import { declareAccount } from '../declared-account';
import { drift, mendingStatements, type DriftFinding } from '../drift/compare';
import { declaredFacts } from '../drift/declared-facts';
import { keyOf, type Fact } from '../drift/facts';
import { foundTables } from '../drift/found-tables';
import { create } from '../drift/mend';
import type { Snapshot, SnapshotRow } from '../drift/snapshot';
import { applyStatement } from './apply-statement';
import { recordAccount } from './record-account';

const folder = join(__dirname, '../../../../contracts');
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.odcs.yaml'),
);
/** The account of the repository's own contracts, and a snapshot of one that is as it is declared. */
export const account = declareAccount(
  loadContracts(files.sort().map((name) => join(folder, name))),
  loadAccess(folder),
  loadAccount(folder),
);
export const databases = account.databases.map(({ name }) => name);
export const asDeclared = recordAccount(account, 'production');
export const facts = declaredFacts(account, 'production', foundTables(account, asDeclared));

export const role = (name: string): Grantee => ({ type: 'ROLE', name });
export const user = (name: string): Grantee => ({ type: 'USER', name });
export const ops = (name: string): string => `BROOK_COMMERCE.OPS.${name}`;

/** What somebody did to an account, and what of it is told. */
export interface Drift {
  readonly what: string;
  readonly done: (snapshot: Snapshot) => Snapshot;
  readonly severity: DriftFinding['severity'];
  /** What else follows from it. */
  readonly follows?: readonly DriftFinding['severity'][];
}

/** Somebody ran a statement. */
export const ran =
  (statement: string) =>
  (snapshot: Snapshot): Snapshot =>
    applyStatement(account, snapshot, statement);

/** What is answered is something else: undefined for a row that is gone. */
export function rows(asked: string, change: (row: SnapshotRow) => SnapshotRow | undefined) {
  return (snapshot: Snapshot): Snapshot => ({
    ...snapshot,
    answers: {
      ...snapshot.answers,
      [asked]: (snapshot.answers[asked] ?? []).flatMap((row): readonly SnapshotRow[] => {
        const changed = change(row);
        return changed === undefined ? [] : [changed];
      }),
    },
  });
}

/** Something is there that nobody declared. */
export const extra = (fact: Fact, severity: Drift['severity']): Drift => ({
  what: `extra ${keyOf(fact)}`,
  done: ran(create(fact).statement),
  severity,
});

/** A statement makes a fact another one. */
export const changed = (fact: Fact, severity: Drift['severity'], statement: string): Drift => ({
  what: `changed ${keyOf(fact)}`,
  done: ran(statement),
  severity,
});

/** After what findings say was run. */
export function mended(
  snapshot: Snapshot,
  findings: readonly DriftFinding[],
  destructive: boolean,
): Snapshot {
  return mendingStatements(findings, { destructive }).reduce(
    (state, statement) => applyStatement(account, state, statement),
    snapshot,
  );
}

export function found(snapshot: Snapshot): readonly DriftFinding[] {
  return drift(account, 'production', snapshot);
}
