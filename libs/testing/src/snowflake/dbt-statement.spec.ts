import { changes } from './dbt-statement';

it.each([
  'grant select on table x to role y',
  '/* harmless */ grant select on table x to role y',
  '-- harmless\n\n  GRANT SELECT ON TABLE x TO ROLE y',
  'execute immediate $$ drop table x $$',
  'call somebody()',
  'copy into x from @y',
  'begin drop table x; end',
])('something changes: %s', (sql) => {
  expect(changes({ node: 'model.das.x', sql })).toBe(true);
});

it.each([
  'select 1',
  '/* why */ select 1',
  'show tables',
  'BEGIN',
  'begin transaction;',
  'commit',
  'describe table x',
])('nothing changes: %s', (sql) => {
  expect(changes({ node: 'model.das.x', sql })).toBe(false);
});
