import { baseType } from '../compile/sql-text';
import { broken, type Broken } from './broken';
import type { WantedTable } from './wanted-tables';

const NAME = '"\\w+"\\."\\w+"\\."\\w+"';
const CREATES = new RegExp(
  `^CREATE (?:MASKING POLICY|ROW ACCESS POLICY|PROJECTION POLICY|AGGREGATION POLICY|TAG) IF NOT EXISTS (${NAME})`,
  'i',
);
const NAMES_POLICY = new RegExp(`\\b(?:MASKING|ROW ACCESS|PROJECTION|AGGREGATION) POLICY (${NAME})`, 'gi');
const NAMES_TAG = new RegExp(`(?:TAG \\(|TAG |, )(${NAME}) = '`, 'gi');

/** Policies and tags that statements name before they are created, or that are created otherwise than once. */
export function namingFaults(statements: readonly string[]): readonly Broken[] {
  const there = new Set<string>();
  const missing = new Map<string, Broken>();
  for (const statement of statements) {
    const created = CREATES.exec(statement)?.[1];
    if (created !== undefined) there.add(created);
    const named = [...statement.matchAll(NAMES_POLICY), ...statement.matchAll(NAMES_TAG)];
    for (const [, name = ''] of named)
      if (!there.has(name) && !missing.has(name)) {
        const says = `is named before it is created: ${statement.slice(0, 80)}…`;
        missing.set(name, broken('policy-exists', name.replaceAll('"', ''), says));
      }
  }
  return [...missing.values()];
}

/** Schemas of the tiers that do not carry the class `unclassified`, and types that no policy of the tag denies. */
export function unclassifiedFaults(
  statements: readonly string[],
  wanted: readonly WantedTable[],
): readonly Broken[] {
  const tagOf = (table: string): string => `"${table.split('.')[0] ?? ''}"."OPS"."CLASSIFICATION"`;
  // OPS has none: its mapping tables would be denied to the policies that look into them.
  const schemas = new Set(
    wanted
      .map(({ name }) => name.split('.').slice(0, 2).join('.'))
      .filter((schema) => !schema.endsWith('.OPS')),
  );
  const untagged = [...schemas].filter((schema) => {
    const quoted = schema.replaceAll(/\w+/g, '"$&"');
    return !statements.includes(`ALTER SCHEMA ${quoted} SET TAG ${tagOf(schema)} = 'unclassified'`);
  });
  const isDenied = (table: string, type: string): boolean => {
    const policy = `MASKING POLICY "${table.split('.')[0] ?? ''}"."OPS"."DENY_UNCLASSIFIED_${baseType(type)}"`;
    return statements.some(
      (sql) => sql.includes(`ALTER TAG ${tagOf(table)} SET MASKING POLICY`) && sql.includes(policy),
    );
  };
  return [
    ...untagged.map((schema) => broken('unclassified-is-denied', schema, 'is not tagged unclassified')),
    ...wanted.flatMap(({ name: table, columns }) =>
      columns
        .filter(({ type }) => !isDenied(table, type))
        .map(({ name, type }) =>
          broken(
            'unclassified-is-denied',
            `${table}.${name}`,
            `is ${type}, of which nothing unclassified is denied`,
          ),
        ),
    ),
  ];
}
