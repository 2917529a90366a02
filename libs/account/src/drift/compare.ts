import { OPS_TABLES } from '@das/contracts';
import type { Profile } from '../declaration-schema';
import type { DeclaredAccount } from '../account-model';
import { matters, type Concerns } from './concerns';
import { declaredFacts } from './declared-facts';
import { withoutEnded } from './declared-shares';
import { keyOf, valueOf, type Fact } from './facts';
import { foundFacts, openEmergencies } from './found-facts';
import { foundTables } from './found-tables';
import { change, create, remove } from './mend';
import type { Mending } from './mending';
import { severityOfChange, severityOfExtra, severityOfMissing, SEVERITIES, type Severity } from './severity';
import type { Snapshot } from './snapshot';

/** One way in which an account is not what is declared. */
export interface DriftFinding extends Mending {
  readonly severity: Severity;
  readonly kind: Fact['is'];
  /** What it is about, in a few words. */
  readonly object: string;
  /** Null: nothing is. */
  readonly declared: string | null;
  readonly found: string | null;
}

/** How an account differs from what is declared, the worst first; the same snapshot gives the same findings. */
export function drift(
  account: DeclaredAccount,
  profile: Profile,
  snapshot: Snapshot,
): readonly DriftFinding[] {
  const tables = foundTables(account, snapshot);
  const current = withoutEnded(account, snapshot.recordedAt.slice(0, 10));
  const declared = byKey(declaredFacts(current, profile, tables));
  const found = byKey(foundFacts(account, snapshot));
  const kinds = new Map(tables.map(({ name, kind }) => [name, kind]));
  const concerns = concernsOf(account, snapshot);
  const findings: DriftFinding[] = [];
  for (const [key, fact] of declared) {
    const other = found.get(key);
    if (other === undefined) findings.push(missing(fact));
    else if (valueOf(fact) !== valueOf(other)) findings.push(changed(fact, other));
  }
  for (const [key, fact] of found)
    if (!declared.has(key) && matters(fact, concerns)) findings.push(extra(withKind(fact, kinds), concerns));
  return findings.sort(bySeverity);
}

/**
 * In the order in which statements mend: who there is, what is there, then who may what; what takes away comes last. A kind
 * may be followed by how its object begins.
 */
const ORDER: readonly string[] = [
  'role',
  'setting NETWORK RULE',
  'setting',
  'policy',
  'tag mask',
  'warehouse',
  'procedure',
  'task',
  'tag ',
  'protection',
  'mapping',
  'attached',
  'held',
  'future',
  'reader',
  'shared view',
  'share',
  'privilege',
  'credential',
];

/** Statements that mend findings, in an order in which each finds what it needs. */
export function mendingStatements(
  findings: readonly DriftFinding[],
  options: { readonly destructive: boolean },
): readonly string[] {
  const rank = ({ kind, object, destructive }: DriftFinding): number =>
    ORDER.findIndex((begins) => `${kind} ${object}`.startsWith(begins)) + (destructive ? ORDER.length : 0);
  return findings
    .filter(({ destructive }) => options.destructive || !destructive)
    .toSorted((a, b) => rank(a) - rank(b))
    .map(({ statement }) => statement);
}

function missing(fact: Fact): DriftFinding {
  return {
    ...named(fact),
    severity: severityOfMissing(fact),
    declared: said(fact),
    found: null,
    ...create(fact),
  };
}

function changed(fact: Fact, other: Fact): DriftFinding {
  return {
    ...named(fact),
    severity: severityOfChange(fact, other),
    declared: said(fact),
    found: said(other),
    ...change(fact, other),
  };
}

function extra(fact: Fact, concerns: Concerns): DriftFinding {
  return {
    ...named(fact),
    severity: severityOfExtra(fact, concerns),
    declared: null,
    found: said(fact),
    ...remove(fact),
  };
}

function named(fact: Fact): Pick<DriftFinding, 'kind' | 'object'> {
  return { kind: fact.is, object: keyOf(fact).replace(`${fact.is} `, '').trim() };
}

function said(fact: Fact): string {
  return valueOf(fact) || 'is there';
}

/** A table's kind is what its statement names it by; views of the account tell it in their own words. */
function withKind(fact: Fact, kinds: ReadonlyMap<string, string>): Fact {
  if (fact.is === 'protection') return { ...fact, on: kinds.get(fact.table) ?? fact.on };
  return fact.is === 'tag' ? { ...fact, on: kinds.get(fact.object) ?? fact.on } : fact;
}

function concernsOf(account: DeclaredAccount, snapshot: Snapshot): Concerns {
  return {
    account,
    programs: new Set(Object.keys(account.services)),
    unheld: new Set(Object.values(account.services).map(({ role }) => role)),
    refreshers: new Set(account.refreshers),
    emergencies: openEmergencies(account, snapshot),
    tables: new Set([
      ...account.tables.map(({ database, tier, name }) => `${database}.${tier}.${name}`),
      ...account.streams.map(({ database, name }) => `${database}.BRONZE.${name}`),
      ...account.databases.flatMap((database) =>
        OPS_TABLES.map(({ name }) => `${database.name}.OPS.${name}`),
      ),
    ]),
  };
}

function byKey(facts: readonly Fact[]): ReadonlyMap<string, Fact> {
  return new Map(facts.map((fact) => [keyOf(fact), fact]));
}

function bySeverity(a: DriftFinding, b: DriftFinding): number {
  const rank = SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
  if (rank !== 0) return rank;
  const [one, other] = [`${a.kind} ${a.object}`, `${b.kind} ${b.object}`];
  return one < other ? -1 : one > other ? 1 : 0;
}
