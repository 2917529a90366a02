import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ContractError } from './finding';
import { parseContract } from './load-contract';

const ORDERS = 'contracts/brook_commerce/orders_events_v1.odcs.yaml';
/** Where every protection is. */
const VISITS = 'libs/testing/contracts/brook_clinic/visits_events_v1.odcs.yaml';

/** `path: message` of every finding in a contract after one change. */
function after(from: string, to: string, file = ORDERS): readonly string[] {
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

const COLLECTOR = 'customProperties.0.value';
const EMAIL = 'schema.0.properties.6.properties.1';
/** The e-mail property's own lines, so that no other property is hit. */
const EMAIL_TAIL = `tags: ['phi:email']
            examples: [customer@example.com]
            customProperties:
              - { property: das.protect, value: clear }
              - { property: das.mask, value: domain }`;

describe('crossCheck', () => {
  it('knows the formats that a stream may come in', () => {
    for (const format of ['json', 'json-schema', 'avro', 'protobuf'])
      expect(after('format: json,', `format: ${format},`)).toEqual([]);
    expect(after('format: json,', 'format: xml,')).toEqual([
      expect.stringMatching(/^customProperties\.0\.value\.source\.format: /),
    ]);
  });

  it.each([
    [
      'an envelope path that leads nowhere',
      ['eventTs: event_ts', 'eventTs: meta.event_ts'],
      `${COLLECTOR}.envelope.eventTs: meta.event_ts is not a property of the schema: declare it, or mend the path`,
    ],
    [
      'an envelope path to an optional property',
      ['subjectKey: order_id', 'subjectKey: customer.phone'],
      `${COLLECTOR}.envelope.subjectKey: customer.phone must be a required property`,
    ],
    [
      'a dedupe key that is no property',
      ['dedupeKeys: [event_id]', 'dedupeKeys: [event_id, evnt_id]'],
      `${COLLECTOR}.dedupeKeys.1: evnt_id is not a property of the schema: declare it, or mend the path`,
    ],
    [
      'a source key that is no property',
      ['format: json, key: order_id', 'format: json, key: ordr_id'],
      `${COLLECTOR}.source.key: ordr_id is not a property of the schema: declare it, or mend the path`,
    ],
    [
      'a watermark beyond the allowed lateness',
      ['watermark: PT2H', 'watermark: P2D'],
      `${COLLECTOR}.lateness.watermark: is longer than the allowed lateness PT24H: shorten it`,
    ],
    [
      'no collector',
      ['das.collector', 'collector'],
      'customProperties: das.collector is missing (of a stream), or das.product (of a data product)',
    ],
    [
      'no Snowflake server',
      ['type: snowflake', 'type: postgres'],
      'servers: a server of type snowflake with database and schema is missing',
    ],
    [
      'a second table',
      [
        '\nservers:',
        '\n  - name: more\n    physicalName: MORE\n    description: x\n    properties: [{ name: a, description: x, logicalType: string, classification: internal }]\n\nservers:',
      ],
      'schema.1: is a second table: a stream lands in one',
    ],
    [
      'a model, which is of products',
      [
        'policy: region, columns: { region: region } }',
        'policy: region, columns: { region: region } }\n      - property: das.model\n        value: { materialized: view }',
      ],
      'schema.0.customProperties.1: das.model is of data products',
    ],
    [
      'a property whose column of SILVER is there already',
      ['name: coupon', 'name: customer_email'],
      'schema.0.properties: two columns of SILVER would be named customer_email: rename a property that is called so, or whose path is',
    ],
    [
      'a property that is called as what SILVER adds',
      ['name: coupon', 'name: is_late'],
      'schema.0.properties: two columns of SILVER would be named is_late: rename a property that is called so, or whose path is',
    ],
    [
      'two topics',
      ['value: orders.v1', 'value: orders.v2'],
      'servers.0: a server of type kafka names no topic orders.v1, which das.collector reads',
    ],
    [
      'a retention in a unit that has no fixed length',
      ['value: 30, unit: d', 'value: 1, unit: m'],
      'slaProperties: a property retention with a whole number of days (unit d) is missing',
    ],
    [
      'row access by a column that does not exist',
      ['{ region: region }', '{ region: regoin }'],
      'schema.0.customProperties.0.value.columns.region: regoin is not a property of the schema: row access would guard nothing',
    ],
    [
      'a das name that nobody reads',
      ['das.mask', 'das.maks'],
      `${EMAIL}.customProperties.1.property: das.maks is not known here; known: das.protect, das.mask, das.clearFor, das.link, das.projection, das.enum, das.nullable, das.declassifies`,
    ],
    [
      'a property without a class',
      ["classification: pii\n            tags: ['phi:email']", "tags: ['phi:email']"],
      `${EMAIL}.classification: is missing: one of public, internal, confidential, pii, phi`,
    ],
    [
      'personal data without its kind',
      [EMAIL_TAIL, EMAIL_TAIL.replace('phi:email', 'email')],
      `${EMAIL}: is pii and needs a tag that names its kind, such as phi:email`,
    ],
    [
      'personal data without protection',
      [
        EMAIL_TAIL,
        EMAIL_TAIL.replace('{ property: das.protect, value: clear }', '{ property: note, value: none }'),
      ],
      `${EMAIL}: is pii and needs das.protect: clear, tokenize, redact, encrypt or generalize`,
    ],
    [
      'personal data that lands clear and is masked for nobody',
      [
        EMAIL_TAIL,
        EMAIL_TAIL.replace('{ property: das.mask, value: domain }', '{ property: note, value: none }'),
      ],
      `${EMAIL}: is pii and lands clear, so it needs das.mask: domain, last2, initials, year, region, chapter, token, nothing`,
    ],
    [
      'a mask that what landed cannot support',
      [EMAIL_TAIL, EMAIL_TAIL.replace('value: clear', 'value: tokenize')],
      `${EMAIL}: das.mask cannot be made of what das.protect tokenize lands: it needs clear`,
    ],
    [
      'a part above the class of the whole',
      [
        'logicalType: object\n        physicalType: OBJECT\n        required: true\n        classification: pii\n        properties',
        'logicalType: object\n        physicalType: OBJECT\n        required: true\n        classification: confidential\n        properties',
      ],
      `${EMAIL}: is pii, which is above the confidential of what holds it: raise that`,
    ],
    [
      'an array that does not say of what',
      ['        items:\n          name: item', '        parts:\n          name: item'],
      'schema.0.properties.10: is an array and must say what its items are',
    ],
    [
      'a number of any size',
      ['{ minimum: 1, maximum: 1000000 }', '{ minimum: 1 }'],
      'schema.0.properties.10.items.properties.1: is a number that may be of any size: give it a minimum and a maximum, or a physicalType',
    ],
    [
      'a number that may be as far below zero as it likes',
      ['{ minimum: 0, maximum: 99999999.99 }', '{ maximum: 99999999.99 }'],
      'schema.0.properties.10.items.properties.2: is a number that may be of any size: give it a minimum and a maximum, or a physicalType',
    ],
    [
      'a number of a type whose bounds are not known',
      ['physicalType: NUMBER(12,2)', 'physicalType: NUMBER'],
      'schema.0.properties.9.physicalType: is none of a number, such as NUMBER(12,2)',
    ],
    [
      'a text of a type that not every text fits',
      [
        '{ maxLength: 64 }\n        physicalType: VARCHAR\n        required: false',
        '{ maxLength: 64 }\n        physicalType: NUMBER(12,2)',
      ],
      'schema.0.properties.12.physicalType: is not VARCHAR, which every string can be kept as',
    ],
  ])('refuses %s', (_, [from, to], expected) => {
    expect(after(from!, to!)).toContain(expected);
  });

  it.each([
    ['eventId: event_id', 'eventId: remarks', 'envelope.eventId', 'remarks', 'redact', 'clear or tokenize'],
    ['eventType: event_type', 'eventType: member_id', 'envelope.eventType', 'member_id', 'tokenize', 'clear'],
    ['eventTs: event_ts', 'eventTs: member_id', 'envelope.eventTs', 'member_id', 'tokenize', 'clear'],
    [
      'schemaVersion: schema_version',
      'schemaVersion: member_id',
      'envelope.schemaVersion',
      'member_id',
      'tokenize',
      'clear',
    ],
    ['patient.mrn,', 'patient.name,', 'envelope.subjectKey', 'patient.name', 'encrypt', 'clear or tokenize'],
    ['[event_id]', '[event_id, device_ip]', 'dedupeKeys.1', 'device_ip', 'generalize', 'clear or tokenize'],
    ['key: member_id', 'key: remarks', 'source.key', 'remarks', 'redact', 'clear or tokenize'],
  ])('refuses %s as %s: what lands says nothing there', (from, to, path, name, protect, lands) => {
    expect(after(from, to, VISITS)).toContain(
      `${COLLECTOR}.${path}: ${name} lands by ${protect}, which makes it useless here: ${lands} it`,
    );
  });

  it.each([
    ['subjectKey: patient.mrn', 'subjectKey: member_id'],
    ['[event_id]', '[event_id, member_id]'],
  ])('lets %s be %s, which is a token', (from, to) => {
    expect(after(from, to, VISITS)).toEqual([]);
  });

  it('refuses row access by what no policy could read', () => {
    expect(after('{ region: region }', '{ region: member_id }', VISITS)).toEqual([
      'schema.0.customProperties.0.value.columns.region: member_id lands by tokenize: no row access policy could read it',
    ]);
  });

  it('refuses two values for one link', () => {
    const mrn = '- { property: das.mask, value: token }';
    expect(after(mrn, `${mrn}\n          - { property: das.link, value: member }`, VISITS)).toEqual([
      'schema.0.properties: das.link member is given to several properties: an event links by one value of each name',
    ]);
  });

  it('lets a contract alone that agrees with itself', () => {
    expect(after('value: 30, unit: d', 'value: 60, unit: d')).toEqual([]);
  });
});
