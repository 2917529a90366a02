import type { EncountersEventsV1 } from '@contracts/brook-health';
import { DIAGNOSES } from '../events/patients';
import type { Random } from '../events/random';
import type { EventSource } from '../events/stream-events';
import type { HealthTokens } from './health-tokens';
import { Regulars } from './regulars';

type Step = EncountersEventsV1['event_type'];
const CLASSES = ['inpatient', 'outpatient', 'emergency'] as const;

interface Encounter {
  readonly id: string;
  readonly patient: number;
  readonly provider: number;
}

/** Encounters of patients who come again, as they land: what an encounter is may change with each of its events. */
export function regularEncounters(random: Random, size: number, tokens: HealthTokens): EventSource {
  const patients = new Regulars(random, Math.max(5, Math.floor(size / 40)));
  const mostOpen = Math.max(20, Math.floor(size / 200));
  const open: Encounter[] = [];
  let count = 0;

  function step(): readonly [Encounter, Step] {
    const proceeds = open.length >= mostOpen || (open.length > 0 && random.chance(0.65));
    const known = proceeds ? open.splice(random.below(open.length), 1)[0] : undefined;
    if (known === undefined) {
      const id = `enc_${String(count++).padStart(12, '0')}`;
      const begun = { id, patient: patients.pick(), provider: random.below(50) };
      open.push(begun);
      // Of some the admission never comes.
      return [begun, random.chance(0.05) ? 'encounter.amended' : 'encounter.admitted'];
    }
    if (random.chance(0.4)) {
      // Now and then something comes after the end.
      if (random.chance(0.05)) open.push(known);
      return [known, 'encounter.discharged'];
    }
    open.push(known);
    return [known, random.chance(0.6) ? 'encounter.transferred' : 'encounter.amended'];
  }

  function patientOf(index: number) {
    const { id, profile } = patients.seen(index);
    const year = 1930 + (index % 90);
    return {
      region: profile.region,
      patient: {
        mrn: tokens.of(id),
        name: profile.name,
        date_of_birth: `${year}-0${1 + (index % 9)}-1${index % 10}`,
        email: random.chance(0.1) ? null : profile.email,
        ...(profile.phone !== undefined && { phone: profile.phone }),
        // As it lands: without street and town, of the ZIP code what may be told.
        address: {
          line1: null,
          city: null,
          postal_code: random.pick(['021', '000', '606', null]),
          country: 'US',
        },
      },
    };
  }

  return {
    next() {
      tokens.proceed();
      const [{ id, patient: index, provider }, type] = step();
      const { patient, region } = patientOf(index);
      const facility = 1 + random.below(3);
      return {
        key: id,
        type,
        body: {
          encounter_id: id,
          class: random.pick(CLASSES),
          patient,
          provider_npi: tokens.of(`provider ${provider}`),
          facility: { id: `fac_${facility}`, name: `Sample "Clinic" ${facility}` },
          department: random.pick(['surgery', 'cardiology', '']),
          diagnoses: Array.from({ length: random.below(4) }, () =>
            random.chance(0.05) ? { note: null } : { code: random.pick(DIAGNOSES), note: null },
          ),
          region,
        },
        oddPlaces: [],
      };
    },
  };
}
