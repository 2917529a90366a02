import { join } from 'node:path';
import { landedRow, openLandedLake, orderRow, runDbt } from '@das/testing';
import { DuckDBInstance } from '@duckdb/node-api';
import { HEALTH, RefineRig, withDatabases } from './rig';

type Purpose = 'member-service' | 'research';
interface Consent {
  readonly step: 'granted' | 'withdrawn';
  /** When it was said; it lands when it is told here. */
  readonly at: string;
  readonly purpose?: Purpose;
  /** The generation of the key; 1 unless it is said. */
  readonly key?: number;
}

const TODAY = new Date(Date.now() - 24 * 3_600_000).toISOString().slice(0, 10);
const at = (clock: string): string => `${TODAY}T${clock}:00Z`;
const PAYLOAD = {
  class: 'inpatient',
  provider_npi: 'tok.1.provider',
  facility: { id: 'fac_1', name: 'Sample Clinic' },
  department: 'surgery',
  diagnoses: [],
  region: 'EMEA',
};
let ids = 0;
const nextId = (): string => `id-${String(ids++).padStart(4, '0')}`;

const link = (who: string) => ({ LINK_TOKENS: `{"member":"lnk.1.${who}"}` });
const order = (who: string, clock: string, token = who) =>
  orderRow({
    id: nextId(),
    type: 'order.paid',
    at: at(clock),
    payload: {
      order_id: nextId(),
      customer: { id: `cus_${who}`, email: `${token}@example.com`, name: 'Sam Sample', phone: null },
    },
    row: link(token),
  });
const encounter = (who: string) =>
  landedRow(
    {
      id: nextId(),
      type: 'encounter.admitted',
      at: at('08:00'),
      payload: {
        ...PAYLOAD,
        encounter_id: nextId(),
        patient: {
          mrn: `tok.1.${who}`,
          name: 'Sam Sample',
          date_of_birth: '1984-05-03',
          email: `${who}@example.com`,
          address: { line1: null, city: null, postal_code: '021', country: 'US' },
        },
      },
      row: link(who),
    },
    'kinesis:encounters-v1',
  );
const consent = (who: string, { step, at: clock, purpose = 'member-service', key = 1 }: Consent) =>
  landedRow(
    {
      id: nextId(),
      type: `consent.${step}`,
      at: at(clock),
      payload: { patient_mrn: `tok.${key}.${who}`, purpose, channel: 'portal', region: 'EMEA' },
    },
    'kafka:consents.v1',
  );
const rekeyed = (who: string) => ({
  PURPOSE: 'token:brook_health',
  FROM_KEY: 'token-1',
  TO_KEY: 'token-2',
  OLD_TOKEN: `tok.1.${who}`,
  NEW_TOKEN: `tok.2.${who}`,
  AT: at('12:00'),
  ACTOR: 'test',
});

/** Who is in the tables that readers have, and how long: as long as a consent is. */
describe('members', () => {
  const rig = new RefineRig();
  const place = rig.place('members');
  afterAll(() => {
    rig.remove();
  });

  async function land(
    consents: readonly (readonly [string, Consent])[],
    more: { orders?: object[]; rekeys?: string[]; patients?: string[] } = {},
  ) {
    const health = await openLandedLake(place.lake, 'brook_health');
    const { orders = [], rekeys = [], patients = [] } = more;
    await health.land('encounters', patients.map(encounter), 100);
    // In the order in which they are told, each in a file of its own.
    for (const [who, said] of consents) await health.land('consents', [consent(who, said)], 1);
    if (rekeys.length > 0) await health.rekey(rekeys.map(rekeyed));
    health.close();
    const commerce = await openLandedLake(place.lake);
    await commerce.land('orders', orders as ReturnType<typeof order>[], 100);
    commerce.close();
    await runDbt(['run', '--select', '+member_360', '+member_segments'], place);
  }

  /** The last part of who is there, by table. */
  async function members(): Promise<Readonly<Record<string, string>>> {
    return withDatabases(
      { [HEALTH]: place },
      async (db) => {
        const rows = await db.runAndReadAll(
          ['MEMBER_LINKS', 'MEMBER_360', 'MEMBER_SEGMENTS']
            .map(
              (table) =>
                `SELECT '${table}', coalesce(string_agg(PATIENT_ID[5:] || ' ' || PURPOSE, ', ' ORDER BY PATIENT_ID[7:], PURPOSE), ''), bool_and(CONSENTED) IS NOT FALSE FROM "${HEALTH}"."GOLD"."${table}"`,
            )
            .join(' UNION ALL '),
        );
        const found = rows
          .getRows()
          .map(([table, who, all]) => [String(table), `${String(who)}${all === true ? '' : ' unconsented'}`]);
        return Object.fromEntries(found) as Record<string, string>;
      },
      HEALTH,
    );
  }

  const EVERYBODY = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];

  it('are who consented, and nobody else', async () => {
    await land(
      [
        ...['a', 'b', 'd', 'f', 'g', 'h'].map((who) => [who, { step: 'granted', at: '10:00' }] as const),
        ['a', { step: 'granted', at: '10:00', purpose: 'research' }],
        ['e', { step: 'granted', at: '09:00' }],
        ['e', { step: 'withdrawn', at: '10:00' }],
      ],
      { patients: EVERYBODY, orders: EVERYBODY.map((who) => order(who, '07:00')) },
    );
    const service = ['a', 'b', 'd', 'f', 'g', 'h'].map((who) => `1.${who} member-service`);
    expect(await members()).toEqual({
      MEMBER_LINKS: [service[0], '1.a research', ...service.slice(1)].join(', '),
      MEMBER_360: service.join(', '),
      MEMBER_SEGMENTS: '1.a research',
    });
  }, 120_000);

  it('are gone with the next build when they withdraw, also late, under another key, or after years', async () => {
    await freeze('g');
    await land(
      [
        ['a', { step: 'withdrawn', at: '11:00' }],
        // It was said before the consent that is there: nothing changes.
        ['b', { step: 'withdrawn', at: '09:00' }],
        // Said last, and here before what was said in between.
        ['d', { step: 'withdrawn', at: '12:00' }],
        ['d', { step: 'granted', at: '11:00' }],
        ['e', { step: 'granted', at: '11:00' }],
        ['f', { step: 'withdrawn', at: '11:00', key: 2 }],
        ['g', { step: 'withdrawn', at: '11:00', key: 2 }],
      ],
      // h has another e-mail address in the shop now.
      { rekeys: ['f', 'g'], orders: [order('h', '11:00', 'other')] },
    );
    expect(await members()).toEqual({
      MEMBER_LINKS: '1.a research, 1.b member-service, 1.e member-service',
      MEMBER_360: '1.b member-service, 1.e member-service',
      MEMBER_SEGMENTS: '1.a research',
    });
  }, 120_000);

  it('are back when they consent again, and come when they consent first', async () => {
    await land([
      ['a', { step: 'granted', at: '13:00' }],
      ['a', { step: 'withdrawn', at: '13:00', purpose: 'research' }],
      ['f', { step: 'granted', at: '13:00', key: 2 }],
      ['i', { step: 'granted', at: '13:00', purpose: 'research' }],
    ]);
    expect(await members()).toEqual({
      MEMBER_LINKS:
        '1.a member-service, 1.b member-service, 1.e member-service, 2.f member-service, 1.i research',
      MEMBER_360: '1.a member-service, 1.b member-service, 1.e member-service, 2.f member-service',
      MEMBER_SEGMENTS: '1.i research',
    });
  }, 120_000);

  /** As if what is known of a patient were of long ago: its rows are frozen under the key of then, and SILVER has forgotten why. */
  async function freeze(who: string): Promise<void> {
    const instance = await DuckDBInstance.create(':memory:');
    const db = await instance.connect();
    const of = `= 'tok.1.${who}'`;
    try {
      await db.run(`ATTACH '${join(place.work, `${HEALTH}.duckdb`)}' AS "${HEALTH}"`);
      for (const [table, column] of [
        ['PATIENTS', 'LAST_EVENT_AT'],
        ['PATIENT_CONSENTS', 'SINCE'],
      ])
        await db.run(
          `UPDATE "${HEALTH}"."GOLD"."${table}" SET "${column}" = "${column}" - INTERVAL 391 DAY WHERE PATIENT_ID ${of}`,
        );
      for (const table of ['ENCOUNTERS_EVENTS', 'CONSENTS_EVENTS'])
        await db.run(`DELETE FROM "${HEALTH}"."SILVER"."${table}" WHERE PATIENT_MRN ${of}`);
    } finally {
      db.closeSync();
      instance.closeSync();
    }
  }
});
