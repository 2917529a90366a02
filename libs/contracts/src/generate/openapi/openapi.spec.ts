import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Ajv, { type ValidateFunction } from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { loadAccess } from '../../access/load-access';
import { loadContract } from '../../load-contract';
import { toProductContract } from '../../product-view';
import { openApi } from './openapi';

const CONTRACTS = join(__dirname, '../../../../../contracts');
const DOMAIN = join(CONTRACTS, 'brook_commerce');
const access = loadAccess(CONTRACTS);
const load = (name: string) => loadContract(join(DOMAIN, `${name}.odcs.yaml`));

type Row = Record<string, unknown>;
interface ColumnSchema {
  readonly type: string | readonly string[];
  readonly examples: readonly unknown[];
  readonly description: string;
}
interface RowSchema {
  readonly properties: Readonly<Record<string, ColumnSchema>>;
}

const schemasOf = (name: string) =>
  (openApi(load(name), access, 'x.yaml') as { components: { schemas: Record<string, RowSchema> } }).components
    .schemas;

/** Strict: a keyword that is neither JSON Schema nor ours is an error. */
function compile(schema: RowSchema): ValidateFunction {
  const ajv = new Ajv({ strict: true, allowUnionTypes: true, allErrors: true });
  addFormats(ajv);
  ajv.addVocabulary(
    ['table', 'key', 'classification', 'row-access', 'phi-kind', 'mask', 'type'].map(
      (name) => `x-das-${name}`,
    ),
  );
  return ajv.compile(schema);
}

const tables = readdirSync(DOMAIN)
  .filter((file) => file.endsWith('.odcs.yaml') && !file.includes('_v1.'))
  .flatMap((file) => Object.entries(schemasOf(file.replace('.odcs.yaml', ''))));

describe('openApi', () => {
  it('has a schema for each table that consumers are promised', () => {
    expect(Object.keys(schemasOf('customers'))).toEqual(['CustomersScdRow', 'CustomersRow']);
    expect(tables.map(([name]) => name).sort()).toEqual([
      'CustomersRow',
      'CustomersScdRow',
      'OrderLinesRow',
      'OrdersRow',
      'SessionsRow',
    ]);
  });

  it.each(tables)('%s lets the row of its own examples through, and none that is broken', (_, schema) => {
    const valid = compile(schema);
    const columns = Object.entries(schema.properties);
    const row: Row = Object.fromEntries(columns.map(([name, { examples }]) => [name, examples[0]]));
    expect([valid(row), valid.errors]).toEqual([true, null]);
    for (const [name, { type }] of columns) {
      const rest = Object.fromEntries(
        columns.flatMap(([other]) => (other === name ? [] : [[other, row[other]]])),
      );
      expect([name, 'left out', valid(rest)]).toEqual([name, 'left out', false]);
      expect([name, 'of another type', valid({ ...row, [name]: { is: 'no value' } })]).toEqual([
        name,
        'of another type',
        false,
      ]);
      const isNullable = type.includes('null') && typeof type !== 'string';
      expect([name, 'null', valid({ ...row, [name]: null })]).toEqual([name, 'null', isNullable]);
    }
  });

  it('keeps what a contract allows: values, forms, bounds', () => {
    const valid = compile(schemasOf('orders').OrdersRow!);
    const columns = Object.entries(schemasOf('orders').OrdersRow!.properties);
    const row: Row = Object.fromEntries(columns.map(([name, { examples }]) => [name, examples[0]]));
    const wrong = [
      { STATE: 'lost' },
      { REGION: 'emea' },
      { TOTAL_USD: -0.01 },
      { TOTAL_USD: '12.50' },
      { LINE_COUNT: 0 },
      { LINE_COUNT: 1.5 },
      { PAID_CURRENCY: 'dollars' },
      { LAST_EVENT_AT: 'yesterday' },
      { HAS_LATE_EVENTS: 'no' },
    ];
    expect(wrong.filter((change) => valid({ ...row, ...change }))).toEqual([]);
    const right = [{ CANCELED_AT: null }, { COUPON: null }, { TOTAL_USD: 0 }, { LATER_COLUMN: 1 }];
    expect(right.filter((change) => !valid({ ...row, ...change }))).toEqual([]);
  });

  it('allows what a mask shows of a required column: its form, or null', () => {
    const row = schemasOf('customers').CustomersRow!;
    expect(row.properties.EMAIL).toMatchObject({ type: ['string', 'null'] });
    expect(row.properties.EMAIL?.description).toContain(
      'All but ANALYST_PHI, BREAK_GLASS see the form `domain`',
    );
    expect(row.properties.MEMBER_LINK_TOKEN?.description).toContain('Every reader sees the form `nothing`');
    expect(row.properties.EMAIL).not.toHaveProperty('format');
    expect(row.properties.CUSTOMER_ID).toMatchObject({ type: 'string' });
  });

  it('promises null exactly where the row type has it, or a mask does', () => {
    for (const name of ['customers', 'orders', 'order_lines', 'sessions']) {
      const schemas = Object.values(schemasOf(name));
      const promised = toProductContract(load(name)).tables.filter(({ internal }) => !internal);
      const expected = promised.map(({ columns }) =>
        columns.map((column) => [column.name, column.nullable || column.mask !== undefined]),
      );
      const got = schemas.map(({ properties }) =>
        Object.entries(properties).map(([column, { type }]) => [column, typeof type !== 'string']),
      );
      expect(got).toEqual(expected);
    }
  });

  it('says that a version is deprecated', () => {
    const document = { ...load('sessions'), status: 'deprecated' as const };
    expect(openApi(document, access, 'x.yaml')).toMatchObject({
      components: { schemas: { SessionsRow: { deprecated: true } } },
    });
    expect(schemasOf('sessions').SessionsRow).not.toHaveProperty('deprecated');
  });
});
