import { createHmac } from 'node:crypto';
import type { StreamContract } from '@das/contracts';
import { ManualClock } from '@das/testing';
import { createEnvelope } from './envelope';
import type { Draft } from './outcome';
import type { SourceRecord } from './ports/source';
import { RowBuffer } from './row-buffer';

const START = Date.UTC(2026, 0, 1);
const material = Buffer.alloc(32, 7);
const contract = {
  version: '1.2.0',
  classification: 'pii',
  headers: ['traceparent'],
  paths: {
    eventId: ['id'],
    eventType: ['type'],
    eventTs: ['ts'],
    schemaVersion: ['v'],
    subjectKey: ['who', 'id'],
  },
} as unknown as StreamContract;

function draftOf(text: string, change: Partial<SourceRecord> = {}): Draft {
  const value = Buffer.from(text);
  const record = { position: '42', key: Buffer.from('k'), value, timestampMs: START, headers: [], ...change };
  return {
    record,
    payload: value,
    event: JSON.parse(text) as Record<string, unknown>,
    contract,
    isLate: true,
    phiTags: [],
    linkTokens: undefined,
  };
}

function write(act: (envelope: ReturnType<typeof createEnvelope>, out: RowBuffer) => void) {
  const out = new RowBuffer();
  const envelope = createEnvelope({
    collector: 'orders@1.0.0',
    source: 'kafka:orders.v1',
    epoch: 2,
    partition: '3',
    clock: new ManualClock(START + 5),
    keys: { current: (purpose) => ({ id: purpose, material }), find: () => undefined },
    sealer: { seal: (_, { epoch, partition, position }) => `sealed ${epoch}/${partition}/${position}` },
  });
  act(envelope, out);
  return Buffer.from(out.view()).toString();
}

describe('the BRONZE row', () => {
  const text =
    '{"id":"e1","type":"t","ts":"2026-01-01T00:00:00Z","v":"1.2.0","who":{"id":"ü"},"big":12345678901234567890, "x":1.0}';

  it('wraps the payload as it was sent', () => {
    const row = write((envelope, out) => {
      envelope.landed(draftOf(text), out);
    });
    expect(row.endsWith(`"PAYLOAD":${text}}\n`)).toBe(true);
    expect(JSON.parse(row)).toMatchObject({
      OUTCOME: 'landed',
      EVENT_ID: 'e1',
      EVENT_TYPE: 't',
      EVENT_TS: '2026-01-01T00:00:00Z',
      SCHEMA_VERSION: '1.2.0',
      SUBJECT_KEY: 'ü',
      IS_LATE: true,
      SOURCE: 'kafka:orders.v1',
      SOURCE_EPOCH: 2,
      SOURCE_PARTITION: '3',
      SOURCE_OFFSET: '42',
      SOURCE_TS: '2026-01-01T00:00:00.000Z',
      INGESTED_AT: '2026-01-01T00:00:00.005Z',
      COLLECTOR: 'orders@1.0.0',
      CONTRACT_VERSION: '1.2.0',
      CLASSIFICATION: 'pii',
      RECORD_HASH: createHmac('sha256', material).update('1:k').update(text).digest('base64url'),
    });
  });

  it('lands only the headers that the contract names, and the trace id', () => {
    const traceparent = `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`;
    const headers = [
      ['Traceparent', Buffer.from(traceparent)],
      ['patient-name', Buffer.from('nobody')],
    ] as const;
    const row = write((envelope, out) => {
      envelope.landed(draftOf(text, { headers }), out);
    });
    expect(JSON.parse(row)).toMatchObject({ TRACE_ID: 'a'.repeat(32), SOURCE_HEADERS: { traceparent } });
    expect(row).not.toContain('nobody');
  });

  it('shows nothing of a dead event in clear', () => {
    const dead = {
      outcome: 'dead',
      reason: 'schema_violation',
      stage: 'validate',
      errors: [{ path: '/x', rule: 'type' }],
    } as const;
    const headers = [['note', Buffer.from('secret')]] as const;
    const row = write((envelope, out) => {
      envelope.dead(draftOf('{"id":"jane@example.com"}', { headers }), dead, out);
    });
    expect(row).not.toMatch(/jane|secret|PAYLOAD":\{/);
    expect(JSON.parse(row)).toMatchObject({
      OUTCOME: 'dead',
      DEAD_REASON: 'schema_violation',
      DEAD_STAGE: 'validate',
      DEAD_ERRORS: [{ path: '/x', rule: 'type' }],
      DEAD_PAYLOAD: 'sealed 2/3/42',
    });
  });
});
