import type { AccessBook, OdcsDocument } from '@das/contracts';
import { lineageFaults } from '../lineage/lineage-faults';
import type { RenderedSql } from '../rendered/load-rendered';
import { readPolicies } from '../rendered/read-policies';
import { statementsOf } from '../rendered/statements';
import { broken, type Broken } from './broken';
import { bodyFaults, type MaskedColumn } from './mask-bodies';
import { namingFaults, unclassifiedFaults } from './policy-statements';
import { shareFaults } from './share-statements';
import { orderFaults } from './statement-order';
import { wantedTables, type WantedTable } from './wanted-tables';
import { reachFaults } from './who-reaches';

/** Everything that is sent to Snowflake, and what it is made from. */
export interface Deployment extends RenderedSql {
  readonly documents: readonly OdcsDocument[];
  readonly access: AccessBook;
}

/** Every invariant that does not hold of what is sent to Snowflake. */
export function brokenInvariants(deployment: Deployment): readonly Broken[] {
  const { documents, access, account, files, shares } = deployment;
  const wanted = wantedTables(documents);
  const statements = [...account, ...files.flatMap(statementsOf), ...shares];
  return [
    ...missingTables(statements, wanted),
    ...orderFaults(account, wanted),
    ...files.flatMap((file) => orderFaults(statementsOf(file), wanted)),
    // They come when every table stands.
    ...orderFaults(
      shares,
      wanted,
      wanted.map(({ name }) => name),
    ),
    ...shareFaults(statements, documents),
    ...namingFaults(statements),
    ...bodyFaults(readPolicies(account).values(), access, masked(wanted)),
    ...unclassifiedFaults(account, wanted),
    ...reachFaults(
      statements,
      access,
      wanted.map(({ name }) => name),
    ),
    ...lineageFaults(deployment),
  ];
}

function missingTables(statements: readonly string[], wanted: readonly WantedTable[]): readonly Broken[] {
  return wanted
    .filter(({ name }) => creationOf(statements, name) === undefined)
    .map(({ name }) => broken('personal-is-masked', name, 'is not created at all'));
}

function creationOf(statements: readonly string[], name: string): string | undefined {
  const quoted = name.replaceAll(/\w+/g, '"$&"');
  return statements.find((sql) => /^create /i.test(sql) && sql.includes(` ${quoted} (`));
}

/** By policy, the columns that it masks. */
function masked(wanted: readonly WantedTable[]): ReadonlyMap<string, readonly MaskedColumn[]> {
  const byPolicy = new Map<string, MaskedColumn[]>();
  for (const { name, columns } of wanted)
    for (const { name: column, policy, isToken = false } of columns) {
      if (policy === undefined) continue;
      const key = `${name.split('.')[0] ?? ''}.OPS.${policy}`;
      byPolicy.set(key, [...(byPolicy.get(key) ?? []), { where: `${name}.${column}`, isToken }]);
    }
  return byPolicy;
}
