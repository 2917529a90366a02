/** What landing does to the values of a stream that do not all land as they were sent. */
interface Landing {
  /** What is sent, as it lands. */
  readonly landed?: (text: string) => string;
  /**
   * Properties of text whose values land as something that no oracle can foretell without the keys (tokens, redacted and
   * generalised values). They are compared as being there, and nothing else of them: what lands in their place has
   * tests of its own.
   */
  readonly veiled?: readonly string[];
}

/**
 * It is said here once more, in the plainest way, and shares no code with what it judges: of generated events only, which
 * have no white space and no escapes.
 */
const LANDINGS: Readonly<Record<string, Landing>> = {
  // The contract generalises `ip`, the only address that an auth event has, to its /24.
  'auth.v1': { landed: (text) => text.replace(/"ip":"(\d+\.\d+\.\d+)\.\d+"/, '"ip":"$1.0/24"') },
  'encounters-v1': { veiled: ['mrn', 'line1', 'city', 'postal_code', 'provider_npi', 'note'] },
  'brook-health-claims.claims': {
    // The contract discards what it does not name: the generator adds these.
    landed: (text) => text.replace(/,"experiment":\{"bucket":\d+\}/, '').replace(/,"comment":"[^"]*"/, ''),
    veiled: ['patient_mrn', 'member_id', 'provider_npi'],
  },
};

/** What stands for a veiled value on both sides. */
const VEIL = '"?"';

/** Of a log that is not listed everything lands as it was sent. */
export function landedBytes(log: string, value: Uint8Array): Uint8Array {
  const landing = LANDINGS[log];
  if (landing === undefined) return value;
  // One byte, one character: what is no UTF-8 stays what it is.
  const sent = Buffer.from(value).toString('latin1');
  const text = landing.landed?.(sent) ?? sent;
  const veiled = landing.veiled && new RegExp(veiledValues(landing.veiled), 'g');
  return Buffer.from(veiled === undefined ? text : text.replace(veiled, `"$1":${VEIL}`), 'latin1');
}

/** SQL: PAYLOAD of a row of SOURCE, with its veiled values as `landedBytes` leaves them. */
export function veiledPayloadSql(): string {
  const cases = Object.entries(LANDINGS).flatMap(([log, { veiled }]) =>
    veiled === undefined
      ? []
      : [`WHEN '${log}' THEN regexp_replace(PAYLOAD, '${veiledValues(veiled)}', '"\\1":${VEIL}', 'g')`],
  );
  return `CASE regexp_replace(SOURCE, '^.*:', '') ${cases.join(' ')} ELSE PAYLOAD END`;
}

/** A regex, in the words that JavaScript and RE2 share. */
function veiledValues(names: readonly string[]): string {
  return `"(${names.join('|')})":("[^"]*"|null)`;
}
