import type { PhiKind, ProtectedProperty } from '@das/contracts';

/** A form in which a value is kept or shown: in words, and where it helps, an example of it. */
export interface Form {
  readonly text: string;
  readonly example: string | null;
}

/** A made-up value, and what it is generalised to, where that is possible. */
export interface Example {
  readonly sent: string;
  readonly generalized?: string;
}

const EXAMPLES: Readonly<Record<PhiKind, Example>> = {
  email: { sent: 'ann@example.com' },
  phone: { sent: '+1-202-555-0123' },
  name: { sent: 'Sample Person' },
  identifier: { sent: 'MRN-0000001' },
  date_of_birth: { sent: '1984-05-06', generalized: '1984' },
  address: { sent: '1 Sample Street' },
  postal_code: { sent: '02139', generalized: '021' },
  free_text: { sent: 'a sentence' },
  diagnosis: { sent: 'E11.9', generalized: 'E00-E89' },
  procedure: { sent: '99213', generalized: 'cpt:evaluation' },
  ip: { sent: '203.0.113.7', generalized: '203.0.113.0/24' },
  card: { sent: '4111 1111 1111 1111' },
};

export function examplesOf(kind: PhiKind): Example {
  return EXAMPLES[kind];
}

/** What of a value lands. */
export function lands({ protect, kind }: Pick<ProtectedProperty, 'protect' | 'kind'>): Form {
  const { sent, generalized = null } = examplesOf(kind);
  switch (protect) {
    case 'clear':
      return { text: 'as sent', example: sent };
    case 'tokenize':
      return { text: 'a token; the value never lands', example: 'tok.<key id>.<43 characters>' };
    case 'redact':
      return { text: 'nothing', example: 'null' };
    case 'encrypt':
      return { text: 'encrypted', example: 'a JWE of AES-256-GCM' };
    case 'generalize':
      return { text: 'generalised; null where that is not possible', example: generalized };
  }
}

type Masked = (example: Example) => Form;

/** By the name of the mask. */
const MASKS: Readonly<Record<string, Masked>> = {
  domain: ({ sent }) => ({ text: 'the domain', example: sent.slice(sent.indexOf('@') + 1) }),
  last2: ({ sent }) => ({ text: 'the last two digits', example: `…${sent.slice(-2)}` }),
  initials: () => ({ text: 'the initials', example: 'S. P.' }),
  year: () => ({ text: 'the year', example: '1984' }),
  region: () => ({ text: 'the region', example: null }),
  chapter: ({ generalized = null }) => ({ text: 'the chapter', example: generalized }),
  token: () => ({ text: 'the token', example: null }),
  nothing: () => ({ text: 'nothing', example: null }),
};

/** What is seen in place of what landed: a mask, or what landed, where that is its own mask. */
export function maskOf({ mask }: Pick<ProtectedProperty, 'mask'>, example: Example): Form {
  const masked = mask === undefined ? undefined : MASKS[mask];
  return masked?.(example) ?? { text: mask ?? 'what landed', example: null };
}
