import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createHmac } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { authEventsV1, ordersEventsV1 } from '@contracts/brook-commerce';
import { claimsFilesV1, consentsEventsV1, encountersEventsV1 } from '@contracts/brook-health';
import { landingOf, landingOn, type Landing } from './landing';

const dir = mkdtempSync(join(tmpdir(), 'das-landing-'));
const ring = join(dir, 'ring.json');
const material = Buffer.alloc(32, 7);
writeFileSync(
  ring,
  JSON.stringify({
    keys: [{ id: 'token-1', purpose: 'token:brook_health', material: material.toString('base64') }],
  }),
);
afterAll(() => {
  rmSync(dir, { recursive: true });
});

const token = (text: string): string =>
  `tok.token-1.${createHmac('sha256', material).update(`identifier\0${text}`).digest('base64url')}`;
const landed = (landing: Landing, event: unknown): unknown =>
  JSON.parse(Buffer.from(landing(Buffer.from(JSON.stringify(event)))).toString());

describe('what is to land', () => {
  it('is what was sent, where nothing is protected', () => {
    const value = Buffer.from('{ "customer":{"email":"a@example.com"}, "x":1.50 }');
    expect(landingOf(ordersEventsV1)(value)).toBe(value);
    expect(landingOn('any.log')(value)).toBe(value);
  });

  it('is a network for an address', () => {
    expect(landed(landingOf(authEventsV1), { ip: '203.0.113.7', device: 'mobile' })).toEqual({
      ip: '203.0.113.0/24',
      device: 'mobile',
    });
  });

  it('is a token for a number, an area for a ZIP code, nothing for a street and for what was said', () => {
    const event = {
      patient: {
        mrn: 'MRN-1',
        name: 'Sam Sample',
        address: { line1: '1 Sample Street', city: 'Muestra', postal_code: '10203', country: 'BR' },
      },
      provider_npi: '1234567893',
      diagnoses: [
        { code: 'I10', note: 'told so' },
        { code: 'E11.9', note: null },
      ],
    };
    expect(landed(landingOf(encountersEventsV1, ring), event)).toEqual({
      patient: {
        mrn: token('MRN-1'),
        name: 'Sam Sample',
        address: { line1: null, city: null, postal_code: '000', country: 'BR' },
      },
      provider_npi: token('1234567893'),
      diagnoses: [
        { code: 'I10', note: null },
        { code: 'E11.9', note: null },
      ],
    });
  });

  it('is without what a contract discards', () => {
    expect(
      landed(landingOf(claimsFilesV1, ring), { claim_id: 'clm_1', comment: 'old', member_id: 'MBR-1' }),
    ).toEqual({
      claim_id: 'clm_1',
      member_id: token('MBR-1'),
    });
  });

  it.each(['{"patient_mrn":"MRN-1"', '{"patient_mrn":"MRN-1","region":"NA","region":"EMEA"}'])(
    'is not said of what is dead: %s',
    (text) => {
      const value = Buffer.from(text);
      expect(landingOf(consentsEventsV1, ring)(value)).toBe(value);
    },
  );

  it('is not made up: without keys nobody knows a token', () => {
    expect(() => landingOf(consentsEventsV1)).toThrow(
      'consents_events_v1: the oracle does not know what lands of patient_mrn (tokenize, identifier)',
    );
  });
});
