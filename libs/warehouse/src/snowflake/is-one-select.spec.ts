import { isOneSelect, isOneShow } from './is-one-select';

it.each([
  ['SELECT 1', true],
  ['-- a note; two\n/* and\n; another */ (select 1) ;; -- end', true],
  ['with a as (select 1) select * from a;', true],
  ["SELECT ';', \"a;b\", $$;DROP$$, 'it''s;', 'it\\'s;'", true],
  ['VALUES (1)', true],
  ['', false],
  [';', false],
  ['-- SELECT', false],
  ['DELETE FROM t', false],
  ['/* SELECT */ DROP TABLE t', false],
  ['"SELECT" 1', false],
  ['SELECT 1; DELETE FROM t', false],
  ["SELECT '\\''; DELETE FROM t --'", false],
  ["SELECT 'a\\\\'; DELETE FROM t", false],
  ['SELECT 1 // x\n; DELETE FROM t', false],
  ['SELECT 1;;(SELECT 2)', false],
  ['CALL p()', false],
  ['EXECUTE IMMEDIATE $$SELECT 1$$', false],
])('%j: %p', (sql, isOne) => {
  expect(isOneSelect(sql)).toBe(isOne);
});

it.each([
  ['SHOW GRANTS TO ROLE "A;B"', true],
  ['show roles;', true],
  ['DESCRIBE USER "A"', true],
  ['DESCRIBE USER "A"; DROP USER "A"', false],
  ['SHOW ROLES; DROP ROLE "A"', false],
  ['SELECT 1', false],
])('tells whether it is one SHOW: %j: %p', (sql, isOne) => {
  expect(isOneShow(sql)).toBe(isOne);
});
