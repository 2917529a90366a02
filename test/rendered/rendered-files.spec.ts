import { renderFiles } from '../../scripts/render/rendered-files';

const model = { resource_type: 'model', database: 'DB', schema: 'GOLD', alias: 'X' };
const hook = { ...model, resource_type: 'operation' };
const nodes = { 'model.das.x': model, 'operation.das.on-run-end-0': hook };

it('has what a model sends, hidden behind a comment or not', () => {
  const statements = ['select 1', 'create table x', '/* - */ grant select on x to y'].map((sql) => ({
    node: 'model.das.x',
    sql,
  }));
  const [file] = renderFiles(nodes, statements);
  expect(file?.path).toBe('db/gold/x.sql');
  expect(file?.text).toContain('create table x;\n\n/* - */ grant select on x to y;');
});

it('refuses what changes something and is of no model', () => {
  const statements = [{ node: 'operation.das.on-run-end-0', sql: 'grant select on x to y' }];
  expect(() => renderFiles(nodes, statements)).toThrow('on-run-end-0 is no model, and sends grant select');
});
