import type { EncountersEventsV1 } from '@contracts/brook-health';
import { DIAGNOSES, somePatient, someProvider, type Patient } from './patients';
import type { Random } from './random';
import type { EventSource } from './stream-events';

type Type = EncountersEventsV1['event_type'];
const MOST_OPEN = 400;
const CLASSES = ['inpatient', 'outpatient', 'emergency'] as const;
const DEPARTMENTS = ['cardiology', 'surgery', 'paediatrics', 'intensive care'];

interface Encounter {
  readonly id: string;
  readonly class: EncountersEventsV1['class'];
  readonly patient: Patient;
  readonly provider: string;
  readonly facility: EncountersEventsV1['facility'];
  department: string;
  diagnoses: EncountersEventsV1['diagnoses'];
}

/** Patients who are admitted, moved, corrected and discharged, many at a time. */
export function encountersEvents(random: Random): EventSource {
  const open: Encounter[] = [];
  let count = 0;

  const diagnoses = (): Encounter['diagnoses'] =>
    Array.from({ length: 1 + random.below(3) }, () => ({
      code: random.pick(DIAGNOSES),
      note: random.chance(0.3) ? 'seen before, and told so' : null,
    }));

  function admit(): Encounter {
    const facility = 1 + random.below(20);
    return {
      id: `enc_${String(count++).padStart(12, '0')}`,
      class: random.pick(CLASSES),
      patient: somePatient(random),
      provider: someProvider(random),
      facility: { id: `fac_${String(facility).padStart(4, '0')}`, name: `Sample Clinic ${facility}` },
      department: random.pick(DEPARTMENTS),
      diagnoses: diagnoses(),
    };
  }

  function step(): readonly [Encounter, Type] {
    const proceeds = open.length >= MOST_OPEN || (open.length > 0 && random.chance(0.65));
    const known = proceeds ? open.splice(random.below(open.length), 1)[0] : undefined;
    if (known === undefined) {
      const encounter = admit();
      open.push(encounter);
      return [encounter, 'encounter.admitted'];
    }
    if (random.chance(0.5)) return [known, 'encounter.discharged'];
    open.push(known);
    if (random.chance(0.5)) {
      known.department = random.pick(DEPARTMENTS);
      return [known, 'encounter.transferred'];
    }
    known.diagnoses = diagnoses();
    return [known, 'encounter.amended'];
  }

  return {
    next() {
      const [encounter, type] = step();
      const { mrn, name, date_of_birth, email, phone, address, region } = encounter.patient;
      const patient = { mrn, name, date_of_birth, email, phone, address };
      return {
        key: encounter.id,
        type,
        body: {
          encounter_id: encounter.id,
          class: encounter.class,
          patient,
          provider_npi: encounter.provider,
          facility: encounter.facility,
          department: encounter.department,
          diagnoses: encounter.diagnoses,
          region,
        },
        oddPlaces: [
          (text) => ({ department: text }),
          (text) => ({ facility: { ...encounter.facility, name: text } }),
          (text) => ({ patient: { ...patient, nickname: text } }),
        ],
      };
    },
  };
}
