import { makeCustomer } from './people';
import type { Random } from './random';
import type { EventSource } from './stream-events';

const TYPES = ['visit.began', 'visit.amended', 'visit.ended'] as const;
const DIAGNOSES = ['E11.9', 'I10', 'J45.909', 'M54.50', 'F41.1', 'S72.001A', 'Z00.00'];
const PROCEDURES = ['99213', '71046', '80053', '0DTJ4ZZ', 'J1885', 'G0439'];
const ZIPS = ['02139', '10203', '94110-1234', '60601'];
const RELATIONS = ['parent', 'partner', 'friend'];

/** Visits of patients that nobody is, for the health contract of the tests. */
export function visitsEvents(random: Random): EventSource {
  const two = (): string => String(random.below(100)).padStart(2, '0');
  const phone = (): string => `+1-202-555-01${two()}`;
  const several = <T>(most: number, make: () => T): T[] =>
    Array.from({ length: random.below(most + 1) }, make);

  function patient(index: number) {
    const { name, email } = makeCustomer(random, index);
    return {
      mrn: `MRN-${String(index).padStart(8, '0')}`,
      chart_number: 70_000_000 + index,
      name,
      date_of_birth: `${1930 + random.below(90)}-${String(1 + random.below(12)).padStart(2, '0')}-1${random.below(10)}`,
      email,
      language: random.pick(['de', 'en', 'ja', 'pt']),
      address: { line1: `${1 + random.below(200)} Sample Street`, postal_code: random.pick(ZIPS) },
    };
  }

  return {
    next() {
      const index = random.below(5_000);
      const member = `MBR-${String(index).padStart(8, '0')}`;
      const body = {
        member_id: member,
        region: random.pick(['EMEA', 'NA', 'APAC', 'LATAM'] as const),
        patient: patient(index),
        contacts: several(2, () => ({
          relation: random.pick(RELATIONS),
          name: makeCustomer(random, random.below(5_000)).name,
          phones: several(2, phone),
        })),
        diagnoses: several(3, () => ({
          code: random.pick(DIAGNOSES),
          note: random.chance(0.5) ? `seen by Dr. ${makeCustomer(random, index).name}` : null,
        })),
        procedures: several(2, () => random.pick(PROCEDURES)),
        // 203.0.113.0/24 and 2001:db8::/32 are reserved for documentation.
        device_ip: random.chance(0.5) ? `203.0.113.${1 + random.below(254)}` : `2001:db8:${two()}::${two()}`,
        cost_usd: (100 + random.below(200_000)) / 100,
        remarks: random.chance(0.3) ? `call ${phone()} first` : null,
      };
      return {
        key: member,
        type: random.pick(TYPES),
        body,
        oddPlaces: [
          (text) => ({ region_note: text }),
          (text) => ({ patient: { ...body.patient, language: text } }),
        ],
      };
    },
  };
}
