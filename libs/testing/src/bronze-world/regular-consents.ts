import type { Random } from '../events/random';
import type { EventSource } from '../events/stream-events';
import type { HealthTokens } from './health-tokens';
import { Regulars } from './regulars';

/** Consents of patients who change their mind, as they land. */
export function regularConsents(random: Random, size: number, tokens: HealthTokens): EventSource {
  const patients = new Regulars(random, Math.max(5, Math.floor(size / 20)));
  return {
    next() {
      tokens.proceed();
      const { id, profile } = patients.seen(patients.pick());
      return {
        key: id,
        type: random.pick(['consent.granted', 'consent.granted', 'consent.withdrawn']),
        body: {
          patient_mrn: tokens.of(id),
          purpose: random.pick(['care-coordination', 'member-service', 'research']),
          channel: random.pick(['portal', 'desk', 'phone', 'letter']),
          ...(random.chance(0.5) && { note: null }),
          region: profile.region,
        },
        oddPlaces: [],
      };
    },
  };
}
