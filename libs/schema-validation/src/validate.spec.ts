import type { StreamContract, UnknownFields } from '@das/contracts';
import type { Draft } from '@das/pipeline';
import { validate } from './validate';

function contract(version: string, unknownFields: UnknownFields): StreamContract {
  const path = (name: string) => [name];
  return {
    id: 'test',
    stream: 'test_v1',
    version,
    domain: 'test',
    table: { database: 'TEST', schema: 'BRONZE', name: 'TEST_V1' },
    source: { kind: 'kafka', log: 'test.v1', topic: 'test.v1', partitions: 1, format: 'json' },
    paths: {
      eventId: path('id'),
      eventType: path('type'),
      eventTs: path('ts'),
      schemaVersion: path('schema_version'),
      subjectKey: path('id'),
    },
    lateness: { watermarkSeconds: 7200, allowedSeconds: 86_400 },
    unknownFields,
    undeclaredPhi: 'allow',
    properties: [],
    phi: [],
    startFrom: 'earliest',
    onGap: 'stop',
    onOffsetRegression: 'stop',
    deadLetters: { fuseRatio: 1, fuseRunLength: 1000 },
    headers: [],
    classification: 'internal',
    schema: {
      $id: `test/${version}`,
      type: 'object',
      required: ['id', 'schema_version', ...(version === '2.0.0' ? ['added'] : [])],
      properties: {
        id: { type: 'string' },
        schema_version: { type: 'string' },
        added: { type: 'string' },
        big: { type: 'integer' },
        lines: {
          type: 'array',
          items: { type: 'object', required: ['sku'], properties: { sku: { type: 'string' } } },
        },
      },
    },
  };
}

function judge(text: string, ...contracts: [StreamContract, ...StreamContract[]]) {
  const payload = Buffer.from(text);
  const draft: Draft = {
    record: { position: '1', key: null, value: payload, timestampMs: undefined, headers: [] },
    payload,
    event: JSON.parse(text) as Record<string, unknown>,
    contract: contracts[0],
    isLate: false,
    phiTags: [],
    linkTokens: undefined,
  };
  return { outcome: validate(contracts)(draft), draft };
}

describe('validate', () => {
  const v1 = contract('1.0.0', 'evolve');
  const v2 = contract('2.0.0', 'evolve');

  it('chooses the validator by the version that the event names', () => {
    const old = judge('{"id":"a","schema_version":"1.0.0"}', v2, v1);
    expect(old.outcome).toBeUndefined();
    expect(old.draft.contract.version).toBe('1.0.0');
    expect(judge('{"id":"a","schema_version":"2.0.0"}', v2, v1).outcome).toMatchObject({
      reason: 'schema_violation',
      errors: [{ path: '/added', rule: 'required' }],
    });
  });

  it.each(['{"id":"a","schema_version":"9.0.0"}', '{"id":"a"}', '{"schema_version":1}'])(
    'refuses an unknown version: %s',
    (text) => {
      expect(judge(text, v1).outcome).toMatchObject({ reason: 'unknown_version' });
    },
  );

  it('names path and rule, never a value and never an undeclared name', () => {
    const wrong = judge('{"id":"a","schema_version":"1.0.0","lines":[{"sku":"x"},{"sku":7}]}', v1).outcome;
    expect(wrong).toMatchObject({
      reason: 'schema_violation',
      errors: [{ path: '/lines/1/sku', rule: 'type' }],
    });
    const frozen = contract('1.0.0', 'freeze');
    const unknown = judge('{"id":"a","schema_version":"1.0.0","jane@example.com":1}', frozen).outcome;
    expect(unknown).toMatchObject({
      reason: 'unknown_field',
      errors: [{ path: '/*', rule: 'additionalProperties' }],
    });
  });

  it('lands an unknown field under evolve, at any depth, byte for byte', () => {
    const text = '{"id":"a","schema_version":"1.0.0","lines":[{"sku":"x","extra":1}],"more":{}}';
    const { outcome, draft } = judge(text, v1);
    expect(outcome).toBeUndefined();
    expect(Buffer.from(draft.payload).toString()).toBe(text);
  });

  it('removes an unknown field under discard and keeps every digit of the rest', () => {
    const text =
      '{"id":"a","schema_version":"1.0.0","big":12345678901234567890,"lines":[{"sku":"x","extra":1}],"__proto__":{"a":1}}';
    const { outcome, draft } = judge(text, contract('1.0.0', 'discard'));
    expect(outcome).toBeUndefined();
    expect(Buffer.from(draft.payload).toString()).toBe(
      '{"id":"a","schema_version":"1.0.0","big":12345678901234567890,"lines":[{"sku":"x"}]}',
    );
    expect(draft.event).not.toHaveProperty('more');
  });

  it('leaves a payload alone under discard when nothing is unknown', () => {
    const text = '{ "id":"a", "schema_version":"1.0.0" }';
    expect(Buffer.from(judge(text, contract('1.0.0', 'discard')).draft.payload).toString()).toBe(text);
  });
});
