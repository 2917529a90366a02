import type { BronzeRow, RekeyRow } from '../bronze-row';
import type { Row } from '../expected-table';
import { at, landedRow } from '../rows-by-hand';
import { foldHealth, type HealthInput } from './fold-health';

const NOTHING: HealthInput = { encounters: [], consents: [], claims: [], audit: [], rekeys: [] };

function table(name: string, input: Partial<HealthInput>): readonly Row[] {
  return foldHealth({ ...NOTHING, ...input }).find((one) => one.name === name)?.rows ?? [];
}

const ENCOUNTER = {
  encounter_id: 'enc_1',
  class: 'inpatient',
  patient: {
    mrn: 'tok.1.a',
    name: 'Ada Sample',
    date_of_birth: '1984-05-03',
    email: 'ada@example.com',
    address: { line1: null, city: null, postal_code: '021', country: 'US' },
  },
  provider_npi: 'tok.1.p',
  facility: { id: 'fac_1', name: 'Sample Clinic' },
  department: 'surgery',
  diagnoses: [{ code: 'E11.9', note: null }, { code: 'I10' }],
  region: 'EMEA',
};
const encounter = (id: string, step: string, clock: string, payload: object = {}, row = {}): BronzeRow =>
  landedRow(
    { id, type: `encounter.${step}`, at: clock, payload: { ...ENCOUNTER, ...payload }, row },
    'kinesis:encounters-v1',
  );
const consent = (id: string, step: string, clock: string, payload: object = {}): BronzeRow =>
  landedRow(
    {
      id,
      type: `consent.${step}`,
      at: clock,
      payload: { patient_mrn: 'tok.1.a', purpose: 'research', channel: 'desk', region: 'NA', ...payload },
    },
    'kafka:consents.v1',
  );
const claim = (id: string, step: string, clock: string, payload: object = {}): BronzeRow =>
  landedRow(
    {
      id,
      type: `claim.${step}`,
      at: clock,
      payload: {
        claim_id: 'clm_1',
        patient_mrn: 'tok.1.a',
        member_id: 'tok.1.m',
        provider_npi: 'tok.1.p',
        service_date: '2026-10-30',
        diagnosis_code: 'E11.9',
        procedure_code: '99213',
        billed_usd: 1.005,
        region: 'EMEA',
        ...payload,
      },
    },
    's3:brook-health-claims.claims',
  );
const rekey = (from: string, to: string, key: string, clock: string): RekeyRow => ({
  PURPOSE: 'token:brook_health',
  FROM_KEY: 'token-1',
  TO_KEY: key,
  OLD_TOKEN: from,
  NEW_TOKEN: to,
  AT: at(clock),
  ACTOR: 'test',
});

describe('expected patients', () => {
  it('are one where their token was made anew, with what happened last', () => {
    const rows = table('PATIENTS', {
      rekeys: [
        rekey('tok.1.a', 'tok.2.a', 'token-2', '09:00'),
        rekey('tok.1.a', 'tok.3.a', 'token-3', '09:00'),
      ],
      encounters: [
        encounter('e1', 'admitted', '10:00', {}, { LINK_TOKENS: '{"member":"lnk.1.m"}' }),
        encounter('e2', 'discharged', '12:00', {
          encounter_id: 'enc_2',
          patient: { ...ENCOUNTER.patient, mrn: 'tok.3.a', name: 'Ada New', email: null, phone: '+1' },
          region: 'NA',
        }),
      ],
    });
    expect(rows).toEqual([
      {
        PATIENT_ID: 'tok.3.a',
        NAME: 'Ada New',
        DATE_OF_BIRTH: '1984-05-03',
        EMAIL: null,
        PHONE: '+1',
        POSTAL_AREA: '021',
        COUNTRY: 'US',
        REGION: 'NA',
        MEMBER_LINK_TOKEN: null,
        ENCOUNTER_COUNT: '2',
        FIRST_EVENT_AT: '2026-11-20T10:00:00.000000Z',
        LAST_EVENT_AT: '2026-11-20T12:00:00.000000Z',
      },
    ]);
  });
});

describe('expected consents', () => {
  it('are what was said last of each purpose, and at once by the greater event', () => {
    const rows = table('PATIENT_CONSENTS', {
      consents: [
        consent('c2', 'withdrawn', '11:00', { channel: 'letter' }),
        consent('c1', 'granted', '10:00'),
        consent('c3', 'withdrawn', '10:00', { purpose: 'member-service' }),
        consent('c4', 'granted', '10:00', { purpose: 'member-service' }),
      ],
    });
    expect(
      rows.map((row) => [
        row.PURPOSE,
        row.IS_GRANTED,
        row.CHANNEL,
        row.SINCE?.slice(11, 16),
        row.EVENT_COUNT,
      ]),
    ).toEqual([
      ['research', 'false', 'letter', '11:00', '2'],
      ['member-service', 'true', 'desk', '10:00', '2'],
    ]);
  });
});

describe('expected encounters', () => {
  it('have every column', () => {
    const rows = table('ENCOUNTERS', {
      encounters: [
        encounter('e1', 'admitted', '2026-11-20T10:00:00.0009Z'),
        encounter('e2', 'transferred', '11:00', { department: 'cardiology', diagnoses: [] }),
        encounter(
          'e3',
          'discharged',
          '2026-11-21T12:00:00Z',
          { department: 'cardiology' },
          { IS_LATE: true },
        ),
      ],
    });
    expect(rows).toEqual([
      {
        ENCOUNTER_ID: 'enc_1',
        PATIENT_ID: 'tok.1.a',
        STATE: 'discharged',
        CLASS: 'inpatient',
        PROVIDER_ID: 'tok.1.p',
        FACILITY_ID: 'fac_1',
        FACILITY_NAME: 'Sample Clinic',
        DEPARTMENT: 'cardiology',
        MAIN_DIAGNOSIS: 'E11.9',
        DIAGNOSIS_COUNT: '2',
        REGION: 'EMEA',
        ADMITTED_AT: '2026-11-20T10:00:00.000900Z',
        DISCHARGED_AT: '2026-11-21T12:00:00.000000Z',
        // By the millisecond: the 0.9 of one before do not count.
        STAY_HOURS: '26',
        TRANSFER_COUNT: '1',
        LAST_EVENT_AT: '2026-11-21T12:00:00.000000Z',
        EVENT_COUNT: '3',
        HAS_LATE_EVENTS: 'true',
      },
    ]);
  });

  it.each([
    [['amended'], 'admitted', null],
    [['admitted', 'amended'], 'admitted', null],
    [['admitted', 'transferred'], 'transferred', null],
    // Discharged at 10:00, admitted at 11:00.
    [['discharged', 'admitted'], 'discharged', null],
    [['admitted', 'discharged'], 'discharged', '1'],
  ])('of the events %j are %s', (steps, state, hours) => {
    const encounters = steps.map((step, index) => encounter(`e${index}`, step, `${10 + index}:00`));
    expect(table('ENCOUNTERS', { encounters })).toEqual([
      expect.objectContaining({ STATE: state, STAY_HOURS: hours }),
    ]);
  });

  it('of one moment go by the further step', () => {
    const encounters = [
      encounter('a', 'discharged', '10:00', { department: 'gone' }),
      encounter('z', 'amended', '10:00', { department: 'amended' }),
    ];
    expect(table('ENCOUNTERS', { encounters })).toEqual([expect.objectContaining({ DEPARTMENT: 'gone' })]);
  });
});

describe('expected claims', () => {
  it('are what their latest step says, in cents', () => {
    const rows = table('CLAIMS', {
      claims: [
        claim('c3', 'paid', '12:00', { allowed_usd: 10.00495, paid_usd: 0 }),
        claim('c1', 'submitted', '10:00'),
        claim('c2', 'denied', '12:00', { denial_reason: '50' }),
      ],
    });
    expect(rows).toEqual([
      expect.objectContaining({
        STATE: 'paid',
        BILLED_USD: '1.01',
        ALLOWED_USD: '10.00',
        PAID_USD: '0.00',
        DENIAL_REASON: null,
        SUBMITTED_AT: '2026-11-20T10:00:00.000000Z',
        EVENT_COUNT: '3',
      }),
    ]);
  });
});
