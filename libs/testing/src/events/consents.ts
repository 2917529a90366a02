import type { ConsentsEventsV1 } from '@contracts/brook-health';
import { somePatient } from './patients';
import type { Random } from './random';
import type { EventSource } from './stream-events';

const PURPOSES = ['care-coordination', 'member-service', 'research'] as const;
const CHANNELS = ['portal', 'desk', 'phone', 'letter'] as const;

/** Consents that are given, and now and then taken back. */
export function consentsEvents(random: Random): EventSource {
  const granted = new Set<string>();

  function change(subject: string): ConsentsEventsV1['event_type'] {
    if (granted.has(subject) && random.chance(0.6)) {
      granted.delete(subject);
      return 'consent.withdrawn';
    }
    granted.add(subject);
    return 'consent.granted';
  }

  return {
    next() {
      const { mrn, region } = somePatient(random);
      const purpose = random.pick(PURPOSES);
      return {
        key: mrn,
        type: change(`${mrn} ${purpose}`),
        body: {
          patient_mrn: mrn,
          purpose,
          channel: random.pick(CHANNELS),
          note: random.chance(0.2) ? 'asked at the desk, and will think about it' : null,
          region,
        },
        oddPlaces: [(text) => ({ comment: text }), (text) => ({ channel: text })],
      };
    },
  };
}
