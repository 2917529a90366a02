import type { RingEntry } from '@das/keys';
import type { KeyPurpose } from '@das/pipeline';
import type { Reader } from '../with-warehouse';
import { checkClear } from './check-clear';
import { countQuery, type RekeyDomain } from './rekey-sql';

/** Tokens that one key made, at one place. */
export interface PlannedTokens {
  readonly domain: string;
  readonly stream: string;
  readonly place: string;
  readonly key: string;
  /** `unknown`: the ring has no such key, so they cannot be mapped. */
  readonly generation: 'present' | 'earlier' | 'unknown';
  readonly tokens: number;
}

export interface RekeyPlan {
  readonly purpose: KeyPurpose;
  /** The key in use now. */
  readonly key: string;
  /** Distinct at their place; the same token may stand at several. */
  readonly places: readonly PlannedTokens[];
}

/** What has landed, by place and key. Changes nothing. @throws Failure */
export async function planRekey(
  purpose: KeyPurpose,
  ring: readonly RingEntry[],
  domains: readonly RekeyDomain[],
  reader: Reader,
): Promise<RekeyPlan> {
  await checkClear(domains, reader);
  const active = ring.filter((key) => key.purpose === purpose && key.state === 'active');
  const present = active.at(-1)?.id ?? '';
  const generation = (id: string): PlannedTokens['generation'] => {
    if (id === present) return 'present';
    return active.some((key) => key.id === id) ? 'earlier' : 'unknown';
  };
  const places: PlannedTokens[] = [];
  for (const { name: domain, places: ofDomain } of domains)
    for (const place of ofDomain)
      for (const { KEY, TOKENS } of await reader.all(countQuery(place, prefixOf(purpose)))) {
        const key = String(KEY);
        const { stream, name } = place;
        places.push({
          domain,
          stream,
          place: name,
          key,
          generation: generation(key),
          tokens: Number(TOKENS),
        });
      }
  return { purpose, key: present, places };
}

export function prefixOf(purpose: KeyPurpose): 'tok' | 'lnk' {
  return purpose === 'link' ? 'lnk' : 'tok';
}

export function planText({ purpose, key, places }: RekeyPlan): string {
  const lines = places.map(
    ({ stream, place, key: by, generation, tokens }) =>
      `${stream}  ${place}  ${tokens.toLocaleString('en')} tokens of ${by} (${generation})`,
  );
  return [`${purpose} uses ${key}`, ...(lines.length === 0 ? ['no tokens have landed'] : lines), ''].join(
    '\n',
  );
}
