import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ContractError } from './finding';
import { parseContract } from './load-contract';

const FOLDER = 'contracts/brook_commerce';

/** `path: message` of every finding in a product's contract after one change. */
function after(name: string, from: string, to: string): readonly string[] {
  const file = `${FOLDER}/${name}.odcs.yaml`;
  const yaml = readFileSync(join(__dirname, '..', '..', '..', file), 'utf8');
  expect(yaml).toContain(from);
  try {
    parseContract(yaml.replace(from, to), file);
  } catch (error) {
    if (error instanceof ContractError)
      return error.findings.map(({ path, message }) => `${path}: ${message}`);
    throw error;
  }
  return [];
}

const MODEL = 'schema.0.customProperties.1.value';
const FROZEN = '{ materialized: dynamic_table, frozen: { column: last_event_at, after: P390D } }';

describe('checkProduct', () => {
  it.each(['orders', 'order_lines', 'customers', 'sessions'])('finds nothing in %s', (name) => {
    expect(after(name, 'status: active', 'status: draft')).toEqual([]);
  });

  it.each([
    ['no model', 'das.model', 'model', 'schema.0: das.model is missing: dynamic_table, task or view'],
    [
      'a way to keep a table that is none',
      FROZEN,
      '{ materialized: table }',
      `${MODEL}.materialized: is none of dynamic_table, task, view`,
    ],
    [
      'a setting that nobody reads',
      FROZEN,
      '{ materialized: view, internl: true }',
      `${MODEL}.internl: is not known here: a typing error?`,
    ],
    [
      'a refresh mode of what is not refreshed by mode',
      FROZEN,
      '{ materialized: task, refreshMode: full, frozen: { column: last_event_at, after: P390D } }',
      `${MODEL}.refreshMode: is of dynamic tables alone`,
    ],
    [
      'a view that keeps rows',
      FROZEN,
      FROZEN.replace('dynamic_table', 'view'),
      `${MODEL}.frozen: is of tables: a view keeps no rows`,
    ],
    [
      'frozen rows by the hour',
      'after: P390D',
      'after: P389DT12H',
      `${MODEL}.frozen.after: must be of whole days, such as P390D`,
    ],
    [
      'frozen rows by a column that may be null',
      'column: last_event_at, after',
      'column: paid_at, after',
      `${MODEL}.frozen.column: paid_at is no required timestamp of the table: whether a row is frozen could not be told`,
    ],
    [
      'frozen rows by a column that is no time',
      'column: last_event_at, after',
      'column: order_id, after',
      `${MODEL}.frozen.column: order_id is no required timestamp of the table: whether a row is frozen could not be told`,
    ],
    ['no key', 'primaryKey: true', 'primaryKey: false', 'schema.0: has no primaryKey: what is one row?'],
    [
      'a key without its order',
      'primaryKeyPosition: 1',
      'primaryKeyPosition: 2',
      'schema.0: needs primaryKeyPosition 1, 2, … on the columns of its key',
    ],
    [
      'a key that may be null',
      'required: true',
      'required: false',
      'schema.0.properties.0: is part of the key and must be required',
    ],
    [
      'no row access',
      'das.rowAccess',
      'rowAccess',
      'schema.0: das.rowAccess is missing: by which column is it decided who sees a row?',
    ],
    [
      'row access by a column that does not exist',
      '{ region: region }',
      '{ region: regoin }',
      'schema.0.customProperties.0.value.columns.region: regoin is not a column: row access would guard nothing',
    ],
    [
      'row access by a column that may be null',
      '{ region: region }',
      '{ region: coupon }',
      'schema.0.customProperties.0.value.columns.region: coupon must be required: a row without it would be seen by nobody',
    ],
    [
      'a lag that Snowflake refuses',
      '{ archetype: aggregate }',
      '{ archetype: aggregate, targetLag: PT59S }',
      'customProperties.0.value.targetLag: is under 60 seconds, the shortest that Snowflake takes',
    ],
    [
      'a lag that breaks the promise by itself',
      '{ archetype: aggregate }',
      '{ archetype: aggregate, targetLag: PT10M }',
      'customProperties.0.value.targetLag: is not under the freshness that is promised, 600 seconds: shorten it',
    ],
    [
      'a freshness of no known unit',
      'unit: m,',
      'unit: fortnights,',
      'slaProperties: a property freshness in s, m, h or d is missing',
    ],
    [
      'a retention that is not one',
      'value: 1825, unit: d',
      'value: 5, unit: y',
      'slaProperties: a property retention with a whole number of days (unit d) is missing',
    ],
    [
      'lineage to another table',
      'GOLD.ORDERS]',
      'GOLD.ORDER]',
      'customProperties.5.value.outputs: are not its tables, which are BROOK_COMMERCE.GOLD.ORDERS',
    ],
    [
      'a column that is clear for somebody who may not read',
      'role: CARE_TEAM, access: read',
      'role: CARE_TEAM, access: none',
      'schema.0.properties.4: is clear for CARE_TEAM, which is no role with access: read: add it to roles, or take it out',
    ],
    [
      'a rule that nobody checks',
      'type: sql',
      'type: library',
      'schema.0.quality.0.type: library is checked by nobody: use primaryKey, required, das.enum, relationships, minimum, or sql',
    ],
    [
      'a rule without an expectation',
      'mustBe: 0',
      'mustNotBe: 0',
      'schema.0.quality.0: needs a query and, as a number, what its result mustBe',
    ],
    [
      'a rule about some other table',
      '${object} where first',
      'orders where first',
      'schema.0.quality.0.query: must read ${object}, which stands for the table',
    ],
    [
      'a column of another name in the table',
      'physicalName: STATE',
      'physicalName: STATUS',
      'schema.0.properties.1: has the physicalName STATUS: it is STATE',
    ],
    [
      'a column that is a list',
      'logicalType: integer\n        logicalTypeOptions: { minimum: 1 }\n        physicalType: NUMBER(38,0)\n        transformSourceObjects: [orders_events_v1.items]',
      'logicalType: array\n        physicalType: VARIANT\n        transformSourceObjects: [orders_events_v1.items]',
      'schema.0.properties.19: is an array: a product has columns, each with a class and a mask of its own',
    ],
    [
      'no purpose',
      'das.purposes',
      'purposes',
      'customProperties: das.purposes is missing: what may it be used for?',
    ],
    [
      'no service level',
      'das.slo',
      'slo',
      'customProperties: das.slo is missing: how often is what it promises kept, and over which time?',
    ],
    [
      'a column without its type',
      'physicalType: NUMBER(12,2)',
      'unit: USD',
      'schema.0.properties.8: needs a physicalType of Snowflake, such as VARCHAR or NUMBER(12,2)',
    ],
    [
      'a column from nowhere',
      'transformSourceObjects: [orders_events_v1.coupon]',
      'transformSourceObjects: []',
      'schema.0.properties.9: needs transformSourceObjects: the properties that it is made from',
    ],
    [
      'a product that decides what lands',
      '{ property: das.mask, value: domain }',
      '{ property: das.protect, value: tokenize }',
      'schema.0.properties.3: das.protect is of streams: a product does not decide what lands',
    ],
    [
      'a mask for nobody',
      '{ property: das.clearFor, value: [ANALYST_PHI, BREAK_GLASS] }',
      '{ property: note, value: none }',
      'schema.0.properties.3: needs both das.mask and das.clearFor, or neither',
    ],
    [
      'personal data without its kind',
      "tags: ['phi:email']",
      'tags: [email]',
      'schema.0.properties.3: is pii and needs a tag that names its kind, such as phi:email',
    ],
    [
      'a kind that is none',
      "tags: ['phi:email']",
      "tags: ['phi:mail']",
      expect.stringMatching(
        /^schema\.0\.properties\.3: has the tags phi:mail: give one of phi:email, /,
      ) as string,
    ],
  ])('refuses %s', (_, from, to, expected) => {
    expect(after('orders', from, to)).toContainEqual(expected);
  });

  it('refuses both a source and a product', () => {
    expect(
      after(
        'orders',
        '- property: das.purposes',
        '- property: das.collector\n    value: {}\n  - property: das.purposes',
      ),
    ).toContain('customProperties: das.collector and das.product are both there: a stream is no product');
  });

  it('takes the order of a compound key from its positions', () => {
    const twice = after('order_lines', 'primaryKeyPosition: 2', 'primaryKeyPosition: 1');
    expect(twice).toEqual(['schema.0: needs primaryKeyPosition 1, 2, … on the columns of its key']);
  });
});
