import { OPS_TABLES, opsDdl } from './ops-ddl';

it.each([
  ['DEAD_LETTER_AUDIT', ['AUDIT_ID', 'AT', 'ACTOR', 'ACTION', 'STREAM']],
  ['TOKEN_REKEYS', ['PURPOSE', 'FROM_KEY', 'TO_KEY', 'OLD_TOKEN', 'NEW_TOKEN', 'AT', 'ACTOR']],
])('%s is named in three parts, quoted, with what every row has', (name, columns) => {
  const table = OPS_TABLES.find((one) => one.name === name);
  const ddl = table === undefined ? '' : opsDdl(table, 'A"B', 'contracts/a/*.odcs.yaml');
  expect(ddl).toContain(`CREATE TABLE IF NOT EXISTS "A""B"."OPS"."${name}" (`);
  const required = [...ddl.matchAll(/^ {2}"([A-Z_]+)" \S+ NOT NULL/gm)].map(([, column]) => column);
  expect(required).toEqual(columns);
});

it('hides from the first row on what links tokens, and nothing else', () => {
  const hidden = OPS_TABLES.flatMap((table) => {
    const ddl = opsDdl(table, 'A', 'contracts/a/*.odcs.yaml');
    return [...ddl.matchAll(/^ {2}"(\w+)" .*WITH MASKING POLICY (\S+) WITH TAG \(\S+ = '(\w+)'\)/gm)].map(
      ([, ...found]) => [table.name, ...found],
    );
  });
  expect(hidden).toEqual([
    ['TOKEN_REKEYS', 'OLD_TOKEN', '"A"."OPS"."MASK_REKEYED_TOKEN"', 'pii'],
    ['TOKEN_REKEYS', 'NEW_TOKEN', '"A"."OPS"."MASK_REKEYED_TOKEN"', 'pii'],
  ]);
});
