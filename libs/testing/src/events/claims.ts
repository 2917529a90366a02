import type { ClaimsFilesV1 } from '@contracts/brook-health';
import { DIAGNOSES, somePatient, someProvider } from './patients';
import type { Random } from './random';
import type { EventSource } from './stream-events';

type Type = ClaimsFilesV1['event_type'];
const MOST_OPEN = 300;
const PROCEDURES = ['99213', '71046', '80053', '0DTJ4ZZ', 'J1885', 'G0439'];
const DENIALS = ['16', '18', '50', '197'];
const NEXT: Readonly<Record<Type, readonly Type[]>> = {
  'claim.submitted': ['claim.approved', 'claim.approved', 'claim.approved', 'claim.denied'],
  'claim.approved': ['claim.paid'],
  // Somebody appeals.
  'claim.denied': ['claim.approved'],
  'claim.paid': [],
};

type Body = Pick<
  ClaimsFilesV1,
  | 'claim_id'
  | 'patient_mrn'
  | 'member_id'
  | 'provider_npi'
  | 'service_date'
  | 'diagnosis_code'
  | 'procedure_code'
  | 'billed_usd'
  | 'allowed_usd'
  | 'paid_usd'
  | 'denial_reason'
  | 'region'
>;

interface Claim {
  readonly body: Body;
  readonly step: Type;
}

/** Claims that are submitted, approved or denied, and paid. Flat, so that a table of text can hold them. */
export function claimsFiles(random: Random): EventSource {
  const open: Claim[] = [];
  let count = 0;

  function submit(): Claim {
    const { mrn, region } = somePatient(random);
    const day = String(1 + random.below(28)).padStart(2, '0');
    return {
      step: 'claim.submitted',
      body: {
        claim_id: `clm_${String(count++).padStart(12, '0')}`,
        patient_mrn: mrn,
        member_id: mrn.replace('MRN', 'MBR'),
        provider_npi: someProvider(random),
        service_date: `2026-10-${day}`,
        diagnosis_code: random.pick(DIAGNOSES),
        procedure_code: random.pick(PROCEDURES),
        billed_usd: (5_000 + random.below(500_000)) / 100,
        allowed_usd: null,
        paid_usd: null,
        denial_reason: null,
        region,
      },
    };
  }

  function proceed({ body, step }: Claim): Claim {
    const next = random.pick(NEXT[step]);
    const allowed = body.allowed_usd ?? Math.round(body.billed_usd * 60) / 100;
    switch (next) {
      case 'claim.denied':
        return { step: next, body: { ...body, denial_reason: random.pick(DENIALS) } };
      case 'claim.paid':
        return { step: next, body: { ...body, paid_usd: Math.round(allowed * 80) / 100 } };
      default:
        return { step: next, body: { ...body, allowed_usd: allowed, denial_reason: null } };
    }
  }

  return {
    next() {
      const proceeds = open.length >= MOST_OPEN || (open.length > 0 && random.chance(0.6));
      const known = proceeds ? open.splice(random.below(open.length), 1)[0] : undefined;
      const claim = known === undefined ? submit() : proceed(known);
      if (NEXT[claim.step].length > 0) open.push(claim);
      return {
        key: claim.body.claim_id,
        type: claim.step,
        body: claim.body,
        oddPlaces: [(text) => ({ procedure_code: text }), (text) => ({ comment: text })],
      };
    },
  };
}
