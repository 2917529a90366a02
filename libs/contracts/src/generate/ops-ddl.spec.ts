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
