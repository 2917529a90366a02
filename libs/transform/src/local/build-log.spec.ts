import type { BuiltModel } from '../transformer';
import { BuildLog } from './build-log';
import { readDbtEvent } from './dbt-events';

/** As dbt 1.11 wrote them, without what nobody here reads. */
const node = (type: string, name: string, status: string, schema = 'GOLD') => ({
  node_finished_at: '2026-11-25T02:54:52.269887',
  node_name: name,
  node_relation: { alias: name.toUpperCase(), database: 'BROOK_COMMERCE', relation_name: '', schema },
  node_status: status,
  resource_type: type,
  unique_id: type === 'test' ? `test.das.${name}.4ce522af31` : `model.das.${name}`,
});
const event = (name: string, data: object) =>
  JSON.stringify({ data, info: { category: '', code: 'Q012', level: 'info', msg: 'any', name, pid: 15558 } });
const model = (name: string, status: string) =>
  event('LogModelResult', {
    description: 'sql governed_dynamic_table model',
    execution_time: 0.0856,
    node_info: node('model', name, status),
    status: status === 'success' ? 'OK' : 'error',
    total: 3,
  });
const test = (name: string, status: string, failures: number | null) =>
  event('LogTestResult', {
    attached_node: 'model.das.orders',
    execution_time: 0.04,
    name,
    node_info: node('test', name, status),
    num_failures: failures,
    status,
  });
const failure = (type: string, name: string, path: string) =>
  event('RunResultFailure', {
    node_info: node(type, name, 'None'),
    node_name: name,
    path,
    resource_type: type,
  });
const error = (type: string, name: string, msg: string) =>
  event('RunResultError', { msg, node_info: node(type, name, 'None') });

function logOf(...lines: readonly string[]) {
  const told: BuiltModel[] = [];
  const log = new BuildLog((built) => told.push(built));
  for (const line of lines) {
    const read = readDbtEvent(line);
    if (read !== undefined) log.take(read);
  }
  return { log, told };
}

describe('what dbt tells of a build', () => {
  it('is a line for each model, and counts of tests', () => {
    const { log, told } = logOf(
      event('MainReportVersion', { log_version: 3, version: '=1.11.16' }),
      'a warning of Python',
      model('orders', 'success'),
      test('unique_orders_order_id', 'pass', 0),
      test('rare_orders', 'warn', 2),
      event('StatsLine', { stats: { error: 0, pass: 3 } }),
    );
    expect(told).toEqual([{ name: 'BROOK_COMMERCE.GOLD.ORDERS', seconds: 0.0856 }]);
    expect(log.models).toEqual(told);
    expect(log.tests).toEqual({ passed: 1, warned: 1, failed: 0 });
    expect(log.problems).toEqual([]);
  });

  it('names a test that failed, with how many rows it found', () => {
    const { log } = logOf(
      test('unique_orders_order_id', 'fail', 1203),
      failure('test', 'unique_orders_order_id', 'models/brook_commerce/gold/orders.yml'),
      error('test', 'unique_orders_order_id', 'Got 1203 results, configured to fail if != 0'),
    );
    expect(log.tests.failed).toBe(1);
    expect(log.problems).toEqual([
      {
        node: 'unique_orders_order_id',
        file: 'models/brook_commerce/gold/orders.yml',
        kind: 'data',
        reason: 'the test found 1,203 rows',
        cure: expect.stringContaining('docs/runbooks/transform-failed.md') as string,
      },
    ]);
  });

  it('says why a model failed, and does not count it as built', () => {
    const { log, told } = logOf(
      model('orders', 'error'),
      failure('model', 'orders', 'models/brook_commerce/gold/orders.sql'),
      error(
        'model',
        'orders',
        'Runtime Error in model orders (x.sql)\n  Constraint Error: NOT NULL constraint failed: ORDERS__FRESH.COUPON',
      ),
    );
    expect(told).toEqual([]);
    expect(log.problems).toMatchObject([
      { node: 'orders', kind: 'data', reason: 'a required column is null: ORDERS__FRESH.COUPON' },
    ]);
  });

  it('says where a project cannot be read', () => {
    const exc =
      "Compilation Error\n  Model 'model.das.bad' (models/brook_commerce/gold/bad.sql) depends on a node named 'orders_eventz' which was not found";
    expect(logOf(event('MainEncounteredError', { exc })).log.problems).toEqual([
      {
        node: 'model.das.bad',
        file: 'models/brook_commerce/gold/bad.sql',
        kind: 'setup',
        reason: exc.split('\n')[1]?.trim(),
        cure: 'npm run dbt -- parse shows it whole',
      },
    ]);
  });
});
