import { auditDdl } from './audit-ddl';

it('the audit of dead letters names its table in three parts, quoted, and what every row has', () => {
  const ddl = auditDdl('A"B', 'contracts/a/*.odcs.yaml');
  expect(ddl).toContain('CREATE TABLE IF NOT EXISTS "A""B"."OPS"."DEAD_LETTER_AUDIT" (');
  const required = [...ddl.matchAll(/^ {2}"([A-Z_]+)" \S+ NOT NULL/gm)].map(([, name]) => name);
  expect(required).toEqual(['AUDIT_ID', 'AT', 'ACTOR', 'ACTION', 'STREAM']);
});
