import type { ClaimsFilesV1 } from '@contracts/brook-health';
import { DIAGNOSES } from '../events/patients';
import type { Random } from '../events/random';
import type { EventSource } from '../events/stream-events';
import type { HealthTokens } from './health-tokens';
import { Regulars } from './regulars';

type Step = ClaimsFilesV1['event_type'];
const NEXT: Readonly<Record<Step, readonly Step[]>> = {
  'claim.submitted': ['claim.approved', 'claim.approved', 'claim.denied'],
  'claim.approved': ['claim.paid'],
  'claim.denied': ['claim.approved', 'claim.denied'],
  'claim.paid': [],
};
/** Amounts that binary floating point does not hold: halves of a cent, and more digits than the column. */
const ODD_AMOUNTS = [0.335, 1.005, 2.675, 0.00005, 10.00495, 0, 100];

interface Claim {
  readonly id: string;
  readonly patient: number;
  step: Step;
}

/** Claims that are appealed, approved and paid, as they land; each event says all of the claim anew. */
export function regularClaims(random: Random, size: number, tokens: HealthTokens): EventSource {
  const patients = new Regulars(random, Math.max(5, Math.floor(size / 40)));
  const mostOpen = Math.max(20, Math.floor(size / 200));
  const open: Claim[] = [];
  let count = 0;
  const amount = (): number =>
    random.chance(0.2) ? random.pick(ODD_AMOUNTS) : (100 + random.below(500_000)) / 100;

  function step(): Claim {
    const proceeds = open.length >= mostOpen || (open.length > 0 && random.chance(0.65));
    const known = proceeds ? open.splice(random.below(open.length), 1)[0] : undefined;
    if (known === undefined)
      return {
        id: `clm_${String(count++).padStart(12, '0')}`,
        patient: patients.pick(),
        step: 'claim.submitted',
      };
    known.step = random.pick(NEXT[known.step]);
    return known;
  }

  return {
    next() {
      tokens.proceed();
      const claim = step();
      if (NEXT[claim.step].length > 0) open.push(claim);
      const { id, profile } = patients.seen(claim.patient);
      const isAllowed = claim.step === 'claim.approved' || claim.step === 'claim.paid';
      return {
        key: claim.id,
        type: claim.step,
        body: {
          claim_id: claim.id,
          patient_mrn: tokens.of(id),
          member_id: tokens.of(`member ${id}`),
          provider_npi: tokens.of(`provider ${random.below(50)}`),
          service_date: `2026-10-${String(1 + random.below(28)).padStart(2, '0')}`,
          diagnosis_code: random.pick(DIAGNOSES),
          procedure_code: random.pick(['99213', '0DTJ4ZZ', 'J1885', '']),
          billed_usd: amount(),
          ...(isAllowed ? { allowed_usd: amount() } : random.chance(0.5) && { allowed_usd: null }),
          paid_usd: claim.step === 'claim.paid' ? amount() : null,
          ...(claim.step === 'claim.denied' && { denial_reason: '50' }),
          region: profile.region,
        },
        oddPlaces: [],
      };
    },
  };
}
