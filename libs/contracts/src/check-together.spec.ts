import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ContractError, type Finding } from './finding';
import { parseContracts } from './load-contract';

const FOLDER = 'contracts/brook_commerce';
const NAMES = ['orders_events_v1', 'auth_events_v1', 'orders', 'order_lines', 'customers', 'sessions'];
const TEXTS = NAMES.map((name) => {
  const file = `${FOLDER}/${name}.odcs.yaml`;
  return { name, file, text: readFileSync(join(__dirname, '..', '..', '..', file), 'utf8') };
});

/** Every finding in all contracts after one change in one of them. */
function findings(changed: string, from: string, to: string): readonly Finding[] {
  const texts = TEXTS.map(({ name, file, text }) => {
    if (name !== changed) return { file, text };
    expect(text).toContain(from);
    return { file, text: text.replace(from, to) };
  });
  try {
    parseContracts(texts);
  } catch (error) {
    if (error instanceof ContractError) return error.findings;
    throw error;
  }
  return [];
}

const after = (changed: string, from: string, to: string): readonly string[] =>
  findings(changed, from, to).map(
    ({ file, path, message }) => `${file.slice(FOLDER.length + 1, -10)} ${path}: ${message}`,
  );

const EMAIL = 'orders schema.0.properties.3';

describe('checkTogether', () => {
  it('finds nothing in the contracts as they are', () => {
    expect(after('orders', 'version: 2.0.0', 'version: 2.0.1')).toEqual([]);
  });

  it('lets a column be less than its source, where the contract says that nothing of it is left', () => {
    const from =
      'transformSourceObjects: [orders_events_v1.coupon]\n        required: false\n        classification: internal\n        examples: [WELCOME10]';
    const made = from.replace('coupon', 'customer.email');
    expect(after('orders', from, made)).toHaveLength(3);
    const said =
      '\n        customProperties: [{ property: das.declassifies, value: [{ source: orders_events_v1.customer.email, because: "It says whether there is one." }] }]';
    expect(after('orders', from, made + said)).toEqual([]);
  });

  it('names the file and the place', () => {
    const from = 'transformSourceObjects: [orders_events_v1.coupon]';
    const orders = TEXTS[2]?.text ?? '';
    const line = orders.slice(0, orders.indexOf(from)).split('\n').length;
    expect(findings('orders', from, from.replace('coupon', 'cuopon'))).toEqual([
      {
        file: `${FOLDER}/orders.odcs.yaml`,
        line,
        column: from.indexOf('orders') + 9,
        path: 'schema.0.properties.9.transformSourceObjects.0',
        message: 'orders_events_v1.cuopon is no property of a stream and no column of a table',
      },
    ]);
  });

  it.each([
    [
      'a class below its source',
      'orders',
      'classification: confidential',
      'classification: internal',
      'orders schema.0.properties.2: is internal, which is below the confidential of orders_events_v1.customer.id: raise it',
    ],
    [
      'a class that a change of the stream leaves behind',
      'orders_events_v1',
      'classification: internal\n        examples: [WELCOME10]',
      'classification: confidential\n        examples: [WELCOME10]',
      'orders schema.0.properties.9: is internal, which is below the confidential of orders_events_v1.coupon: raise it',
    ],
    [
      'a mask that was lost',
      'orders',
      '{ property: das.mask, value: domain }\n          - { property: das.clearFor, value: [ANALYST_PHI, BREAK_GLASS] }',
      '{ property: note, value: none }',
      `${EMAIL}: needs das.mask and das.clearFor, as orders_events_v1.customer.email has them`,
    ],
    [
      'a mask of another form',
      'orders',
      '{ property: das.mask, value: domain }',
      '{ property: das.mask, value: initials }',
      `${EMAIL}: is masked as initials, and orders_events_v1.customer.email as domain: use that, or nothing`,
    ],
    [
      'a role that sees more than in the stream',
      'orders',
      'value: [ANALYST_PHI, BREAK_GLASS]',
      'value: [ANALYST_PHI, BREAK_GLASS, DATA_API]',
      `${EMAIL}: is clear for DATA_API, which orders_events_v1.customer.email is not`,
    ],
    [
      'another kind',
      'orders',
      "tags: ['phi:email']",
      "tags: ['phi:phone']",
      `${EMAIL}: is made from phi:email and needs that tag`,
    ],
    [
      'a source that is declassified and not named',
      'orders',
      'transformSourceObjects: [orders_events_v1.coupon]\n        required: false\n        classification: internal\n        examples: [WELCOME10]',
      'transformSourceObjects: [orders_events_v1.coupon]\n        required: false\n        classification: internal\n        examples: [WELCOME10]\n        customProperties: [{ property: das.declassifies, value: [{ source: orders_events_v1.customer.email, because: none }] }]',
      'orders schema.0.properties.9.customProperties.0.value.0.source: orders_events_v1.customer.email is not among the transformSourceObjects of coupon',
    ],
    [
      'a source that is declassified without need',
      'orders',
      'transformSourceObjects: [orders_events_v1.coupon]\n        required: false\n        classification: internal\n        examples: [WELCOME10]',
      'transformSourceObjects: [orders_events_v1.coupon]\n        required: false\n        classification: internal\n        examples: [WELCOME10]\n        customProperties: [{ property: das.declassifies, value: [{ source: orders_events_v1.coupon, because: none }] }]',
      'orders schema.0.properties.9.customProperties.0.value.0.source: orders_events_v1.coupon is no better protected than coupon: leave that out',
    ],
    [
      'what is not personal and said to decide about rows',
      'orders',
      '- property: das.rowAccess',
      '- { property: das.declassifies, value: [{ source: orders_events_v1.total_usd, because: none }] }\n      - property: das.rowAccess',
      'orders schema.0.customProperties.0.value.0.source: orders_events_v1.total_usd is confidential, and may decide about rows: leave that out',
    ],
    [
      'a stream that declassifies',
      'auth_events_v1',
      '- property: das.rowAccess',
      '- { property: das.declassifies, value: [{ source: auth_events_v1.ip, because: none }] }\n      - property: das.rowAccess',
      'auth_events_v1 schema.0: auth_events_v1 has das.declassifies, which is of data products',
    ],
    [
      'a stream with a constraint, which SILVER would not have',
      'auth_events_v1',
      '- property: das.rowAccess',
      '- { property: das.aggregation, value: { policy: small_cells } }\n      - property: das.rowAccess',
      'auth_events_v1 schema.0: auth_events_v1 has das.aggregation, which is of data products',
    ],
    [
      'a link token that somebody sees',
      'customers',
      '{ property: das.clearFor, value: [] }',
      '{ property: das.clearFor, value: [DATA_API] }',
      'customers schema.0.properties.6: is clear for DATA_API, which orders_events_v1.member_link_token is not',
    ],
    [
      'a column of another product that is no input',
      'sessions',
      '[auth_events_v1.device]',
      '[orders.order_id]',
      'sessions schema.0.properties.8.transformSourceObjects.0: orders is not among the inputs of das.lineage',
    ],
    [
      'an input that nobody writes',
      'sessions',
      'BRONZE.AUTH_EVENTS_V1',
      'BRONZE.AUTH_EVENTS_V2',
      'sessions customProperties.4.value.inputs.0: BROOK_COMMERCE.BRONZE.AUTH_EVENTS_V2 is written by no contract',
    ],
    [
      'a purpose that the stream is not for',
      'sessions',
      '[session-analytics, account-safety]',
      '[session-analytics, advertising]',
      'sessions customProperties.1: advertising: auth_events_v1 may not be used for that',
    ],
    [
      'a freshness that its input uses up',
      'sessions',
      'value: 10,',
      'value: 8,',
      'sessions slaProperties: promises a freshness of 480 s, of which BROOK_COMMERCE.BRONZE.AUTH_EVENTS_V1 may take 300 and its own lag 240',
    ],
    [
      'a table that would forget what SILVER forgets',
      'orders',
      'dynamic_table, frozen: { column: last_event_at, after: P390D } }',
      'dynamic_table }',
      'orders schema.0: is made from a stream and needs frozen in das.model: SILVER forgets after 400 days',
    ],
    [
      'a table that freezes when SILVER has forgotten',
      'orders',
      'after: P390D',
      'after: P400D',
      'orders schema.0.customProperties.1.value.frozen.after: is not under the 400 days after which SILVER forgets: what is not frozen is folded again',
    ],
    [
      'a view of a stream',
      'orders',
      '{ materialized: dynamic_table, frozen: { column: last_event_at, after: P390D } }',
      '{ materialized: view }',
      'orders schema.0: is a view of a stream: keep its rows, as a table',
    ],
    [
      'a view that computes',
      'customers',
      'transformSourceObjects: [customers_scd.valid_from]',
      'transformSourceObjects: [customers_scd.valid_from, customers_scd.valid_to]',
      'customers schema.2.properties.6: is of a view and needs one source: the column that it shows',
    ],
    [
      'a view that shows another type',
      'customers',
      'transformSourceObjects: [customers_scd.valid_from]',
      'transformSourceObjects: [customers_scd.is_current]',
      'customers schema.2.properties.6: is TIMESTAMP_TZ, and customers_scd.is_current is BOOLEAN',
    ],
    [
      'a relationship to what is not there',
      'order_lines',
      'to: orders.order_id',
      'to: orders.id',
      'order_lines schema.0.properties.0.relationships.0.to: orders.id is no column of the type VARCHAR',
    ],
    [
      'two tables of one name',
      'sessions',
      '  - name: sessions\n    physicalName: SESSIONS',
      '  - name: orders\n    physicalName: SESSIONS',
      'sessions schema: another contract makes a table orders too: dbt knows models by their names alone',
    ],
  ])('refuses %s', (_, changed, from, to, expected) => {
    expect(after(changed, from, to)).toContain(expected);
  });

  it.each([
    [
      '{ property: das.mask, value: domain }',
      '{ property: das.mask, value: nothing }',
      'nothing, clear for ANALYST_PHI, BREAK_GLASS',
    ],
    ['value: [ANALYST_PHI, BREAK_GLASS]', 'value: [ANALYST_PHI]', 'domain, clear for ANALYST_PHI'],
  ])('refuses a second policy for a kind in one domain: %s as %s', (from, to, told) => {
    expect(after('orders', from, to)).toEqual([
      `${EMAIL}: phi:email is masked as ${told}, and in orders_events_v1.customer_email as domain, clear for ANALYST_PHI, BREAK_GLASS: a domain has one policy for a kind`,
    ]);
  });

  it('does not mind in which order roles are listed', () => {
    expect(after('orders', 'value: [ANALYST_PHI, BREAK_GLASS]', 'value: [BREAK_GLASS, ANALYST_PHI]')).toEqual(
      [],
    );
  });
});
