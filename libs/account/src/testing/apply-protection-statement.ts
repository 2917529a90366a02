import type { PolicyKind } from '../declared-policies';
import type { Fact } from '../drift/facts';
import { ASK } from '../drift/questions';
import type { SnapshotRow } from '../drift/snapshot';
import { policyRow, referenceRow, tagRow } from './record-account';
import type { World } from './world';
import { type Effect, lastOf, NAME, plain, told } from './effect';

const KIND = '(TABLE|DYNAMIC TABLE|VIEW|SCHEMA|WAREHOUSE)';
const POLICY = '((?:MASKING|ROW ACCESS|PROJECTION|AGGREGATION) POLICY)';

/** Statements about policies, where they are, and tags. */
export const PROTECTION_EFFECTS: readonly (readonly [string, Effect])[] = [
  [
    `ALTER ${POLICY} ${NAME} SET BODY ->\n(.*)`,
    ([kind, name, body = ''], world) => {
      world.update(policyView(world, kind), (row) => isPolicy(row, plain(name)), {
        POLICY_BODY: body,
      });
    },
  ],
  [
    `CREATE (OR REPLACE )?${POLICY} (?:IF NOT EXISTS )?${NAME} AS (\\([^)]*\\)) RETURNS (\\w+) ->\n(.*)`,
    ([, kind, name, signature = '', returns = '', body = ''], world) => {
      const fact = {
        is: 'policy',
        kind: kind as PolicyKind,
        name: plain(name),
        signature,
        returns,
        body,
      } as const;
      world.drop(policyView(world, kind), (row) => isPolicy(row, fact.name));
      world.add(policyView(world, kind), policyRow(fact));
    },
  ],
  [
    `ALTER ${KIND} ${NAME} MODIFY COLUMN "(\\w+)" SET ((?:MASKING|PROJECTION) POLICY) ${NAME}( FORCE)?`,
    ([on = '', table, column = '', kind, policy, force], world) => {
      if (force !== '') unmask(world, plain(table), column, kind);
      world.add(
        ASK.references(world.databases),
        referenceRow({
          is: 'protection',
          kind: kind as PolicyKind,
          table: plain(table),
          on,
          columns: [column],
          policy: plain(policy),
        }),
      );
    },
  ],
  [
    `ALTER ${KIND} ${NAME} MODIFY COLUMN "(\\w+)" UNSET ((?:MASKING|PROJECTION) POLICY)`,
    ([, table, column = '', kind], world) => {
      unmask(world, plain(table), column, kind);
    },
  ],
  [
    `ALTER ${KIND} ${NAME} (SET|UNSET) AGGREGATION POLICY(?: ${NAME}(?: ENTITY KEY \\(.*\\))?( FORCE)?)?`,
    ([on = '', table, act, policy], world) => {
      world.drop(
        ASK.references(world.databases),
        (row) => row.POLICY_KIND === 'AGGREGATION_POLICY' && isTable(row, plain(table)),
      );
      if (act === 'SET')
        world.add(
          ASK.references(world.databases),
          referenceRow({
            is: 'protection',
            kind: 'AGGREGATION POLICY',
            table: plain(table),
            on,
            columns: [],
            policy: plain(policy),
          }),
        );
    },
  ],
  [
    `ALTER ${KIND} ${NAME} (?:DROP ROW ACCESS POLICY ${NAME},? ?)?(?:ADD ROW ACCESS POLICY ${NAME} ON \\(([^)]*)\\))?`,
    ([on = '', table, dropped, added, columns = ''], world) => {
      if (dropped !== '')
        world.drop(
          ASK.references(world.databases),
          (row) => row.POLICY_KIND === 'ROW_ACCESS_POLICY' && isTable(row, plain(table)),
        );
      if (added !== '')
        world.add(
          ASK.references(world.databases),
          referenceRow({
            is: 'protection',
            kind: 'ROW ACCESS POLICY',
            table: plain(table),
            on,
            columns: columns.split(', ').map(plain),
            policy: plain(added),
          }),
        );
    },
  ],
  [
    `ALTER ${KIND} ${NAME}(?: MODIFY COLUMN "(\\w+)")? SET TAG ${NAME} = '(.*)'`,
    ([on = '', object, column = '', tag, value = ''], world) => {
      const fact: Extract<Fact, { is: 'tag' }> = {
        is: 'tag',
        on,
        object: plain(object),
        ...(column !== '' && { column }),
        tag: plain(tag),
        value,
      };
      untag(world, fact.object, column, fact.tag);
      world.add(ASK.tags(world.databases), tagRow(fact));
    },
  ],
  [
    `ALTER ${KIND} ${NAME}(?: MODIFY COLUMN "(\\w+)")? UNSET TAG ${NAME}`,
    ([, object, column = '', tag], world) => {
      untag(world, plain(object), column, plain(tag));
    },
  ],
];

function policyView({ databases }: World, kind = ''): string {
  return ASK.policies(kind as PolicyKind, databases);
}

/** Domains have policies of the same names. */
function isPolicy(row: SnapshotRow, name: string): boolean {
  return `${row.POLICY_CATALOG}.${row.POLICY_SCHEMA}.${row.POLICY_NAME}` === name;
}

function isTable(row: SnapshotRow, table: string): boolean {
  return `${row.REF_DATABASE_NAME}.${row.REF_SCHEMA_NAME}.${row.REF_ENTITY_NAME}` === table;
}

function unmask(world: World, table: string, column: string, kind?: string): void {
  world.drop(
    ASK.references(world.databases),
    (row) => isTable(row, table) && row.REF_COLUMN_NAME === column && row.POLICY_KIND === told(kind),
  );
}

function untag(world: World, object: string, column: string, tag: string): void {
  const parts = object.split('.');
  world.drop(
    ASK.tags(world.databases),
    (row) =>
      row.OBJECT_NAME === parts.at(-1) &&
      (parts.length < 2 || row.OBJECT_DATABASE === parts[0]) &&
      (parts.length < 3 || row.OBJECT_SCHEMA === parts[1]) &&
      (row.COLUMN_NAME ?? '') === column &&
      row.TAG_NAME === lastOf(tag),
  );
}
