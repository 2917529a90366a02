import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { authEventsV1, ordersEventsV1 } from '@contracts/brook-commerce';
import type { StreamContract } from '@das/contracts';
import type { Draft } from '@das/pipeline';
import { validate } from '@das/schema-validation';
import { createEventGenerator } from '@das/testing';
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { parse } from 'yaml';
import { TOKENS } from './extreme-tokens';

const MODELS = join(__dirname, '../../../dbt/models/brook_commerce');

interface Column {
  readonly name: string;
  readonly data_type: string;
  readonly config?: { readonly meta?: { readonly das?: { readonly path?: readonly string[] } } };
}
type Path = readonly (string | number)[];
interface Leaf {
  readonly path: Path;
  /** Of its column. */
  readonly type: string;
}

function columnsOf(file: string): readonly Column[] {
  const yaml = parse(readFileSync(join(MODELS, file), 'utf8')) as {
    models: readonly { columns: readonly Column[] }[];
  };
  return yaml.models[0]?.columns ?? [];
}

const typeOf = (columns: readonly Column[], name: string): string =>
  columns.find((column) => column.name === name)?.data_type ?? `no column ${name}`;

function silverLeaves(file: string, { paths }: StreamContract): readonly Leaf[] {
  const columns = columnsOf(file);
  return [
    { path: paths.eventId, type: typeOf(columns, 'event_id') },
    { path: paths.eventType, type: typeOf(columns, 'event_type') },
    { path: paths.eventTs, type: typeOf(columns, 'event_ts') },
    ...columns.flatMap(({ data_type: type, config }): Leaf[] => {
      const path = config?.meta?.das?.path;
      return path === undefined || type === 'VARIANT' ? [] : [{ path, type }];
    }),
  ];
}

const lines = columnsOf('gold/order_lines.yml');
const lineLeaves = ['sku', 'quantity', 'unit_price_usd'].map((name): Leaf => ({
  path: ['items', 0, name],
  type: typeOf(lines, name),
}));

/** An event with these characters where the path leads. */
function withToken(event: object, path: Path, token: string): string {
  const marked = structuredClone(event) as Record<string | number, unknown>;
  let holder = marked;
  for (const key of path.slice(0, -1)) holder = holder[key] as typeof holder;
  holder[path.at(-1) ?? ''] = '@token@';
  return JSON.stringify(marked).split('"@token@"').join(token);
}

/** Each is compiled once. */
const validators = new Map(
  [ordersEventsV1, authEventsV1].map((contract: StreamContract) => [contract, validate([contract])]),
);

function isAccepted(text: string, contract: StreamContract): boolean {
  const payload = Buffer.from(text);
  const draft: Draft = {
    record: { position: '1', key: null, value: payload, timestampMs: undefined, headers: [] },
    payload,
    event: JSON.parse(text) as Record<string, unknown>,
    contract,
    isLate: false,
    phiTags: [],
    linkTokens: undefined,
  };
  return validators.get(contract)?.(draft) === undefined;
}

/** As the models take a value out of PAYLOAD (dbt/macros/duckdb). */
function cast({ path, type }: Leaf, payload: string): string {
  const steps = path.map((key) => (typeof key === 'number' ? `[${key}]` : `."${key}"`)).join('');
  const local = type.replace('TIMESTAMP_TZ', 'TIMESTAMPTZ').replace('NUMBER', 'DECIMAL');
  return `try_cast(json_extract_string(${payload}, '$${steps}') as ${local})`;
}

describe('a value at the edge that collectors let through', () => {
  let duckdb: DuckDBConnection;
  beforeAll(async () => {
    duckdb = await (await DuckDBInstance.create(':memory:')).connect();
  });
  afterAll(() => {
    duckdb.closeSync();
  });

  /** Those of the texts of which the column would be null. */
  async function nulls(leaf: Leaf, texts: readonly string[]): Promise<unknown[]> {
    const reader = await duckdb.runAndReadAll(
      `select text from (select unnest(from_json($1, '["VARCHAR"]')) as text) where ${cast(leaf, 'text')} is null`,
      [JSON.stringify(texts)],
    );
    return reader.getRows().flat();
  }

  const streams = [
    ['orders', ordersEventsV1, [...silverLeaves('silver/orders_events.yml', ordersEventsV1), ...lineLeaves]],
    ['auth', authEventsV1, silverLeaves('silver/auth_events.yml', authEventsV1)],
  ] as const;

  it.each(
    streams.flatMap(([stream, contract, leaves]) =>
      leaves.map((leaf) => [stream, leaf.path.join('.'), leaf.type, contract, leaf] as const),
    ),
  )('of %s, %s, is no null as %s', async (stream, _path, _type, contract, leaf) => {
    const next = createEventGenerator({ stream, seed: 1, partitions: 1, now: Date.now });
    const event = JSON.parse(String(next().value)) as Record<string, unknown>;
    const texts = [JSON.stringify(event), ...TOKENS.map((token) => withToken(event, leaf.path, token))];
    const accepted = texts.filter((text) => isAccepted(text, contract) && !text.includes(':null'));
    expect(accepted).toContain(texts[0]);
    expect(await nulls(leaf, accepted)).toEqual([]);
  });

  it('is among those that are tried, and the next one is refused', () => {
    const next = createEventGenerator({ stream: 'orders', seed: 1, partitions: 1, now: Date.now });
    const event = JSON.parse(String(next().value)) as Record<string, unknown>;
    const taken = (path: Path): string[] =>
      TOKENS.filter((token) => isAccepted(withToken(event, path, token), ordersEventsV1));
    const total = taken(['total_usd']);
    expect(total).toContain('9999999999.99');
    for (const token of ['9999999999.995', '2e10', '1e20', '1e400']) expect(total).not.toContain(token);
    const price = taken(['items', 0, 'unit_price_usd']);
    expect(price).toContain('99999999.99');
    for (const token of ['99999999.995', '1e11']) expect(price).not.toContain(token);
    const quantity = taken(['items', 0, 'quantity']);
    expect(quantity).toContain('1000000');
    for (const token of ['1000001', '1e20']) expect(quantity).not.toContain(token);
    expect(taken(['sent_at'])).toContain('"2026-01-01T00:00:00.123456789-23:59"');
  });

  it('fits the total of its line, too', async () => {
    const text = JSON.stringify({ items: [{ quantity: 1_000_000, unit_price_usd: 99_999_999.99 }] });
    const [, quantity, price] = lineLeaves.map((leaf) => cast(leaf, `'${text}'`));
    const total = typeOf(lines, 'line_total_usd').replace('NUMBER', 'DECIMAL');
    const reader = await duckdb.runAndReadAll(
      `select cast(try_cast(round(${quantity} * ${price}, 2) as ${total}) as varchar)`,
    );
    expect(reader.getRows()).toEqual([['99999999990000.00']]);
  });
});
