import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadAccess, loadContracts } from '@das/contracts';
import type { DeclaredAccount, Grantee } from '../account-model';
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

/** The account that the repository's contracts declare, those of some domains or of all. */
export function declared(domain = ''): DeclaredAccount {
  const files = readdirSync(join(folder, domain), { recursive: true, encoding: 'utf8' });
  const contracts = files.filter((name) => name.endsWith('.odcs.yaml')).sort();
  return declareAccount(
    loadContracts(contracts.map((name) => join(folder, domain, name))),
    loadAccess(folder),
    loadAccount(folder),
  );
}

/** One domain's, since hundreds of drifts are tried; and a snapshot of one that is as it is declared. */
export const account = declared('brook_commerce');
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
