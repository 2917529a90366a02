import { openBytes, sealBytes, type Bound } from '@das/keys';
import type { Coordinates, KeyProvider } from '@das/pipeline';

/** What a dead letter keeps of its record. */
export interface DeadRecord {
  readonly key: Uint8Array | null;
  readonly value: Uint8Array | null;
  readonly headers: readonly (readonly [name: string, value: Uint8Array])[];
}

/**
 * Seals a refused record, bound to its coordinates: a sealed payload cannot be passed off as another record's.
 * @throws Failure setup when there is no key
 */
export function sealRecord(record: DeadRecord, coordinates: Coordinates, keys: KeyProvider): string {
  return sealBytes(encodeRecord(record), { key: keys.current('dead-letter'), bound: boundTo(coordinates) });
}

/**
 * Opens what `sealRecord` made.
 * @throws Failure setup when the key is missing, data when the text is not a sealed payload of these coordinates
 */
export function openRecord(sealed: string, coordinates: Coordinates, keys: KeyProvider): DeadRecord {
  const find = (id: string) => keys.find('dead-letter', id);
  return decodeRecord(openBytes(sealed, { find, bound: boundTo(coordinates) }));
}

function boundTo({ source, epoch, partition, position }: Coordinates): Bound {
  return { src: JSON.stringify([source, epoch, partition, position]) };
}

/** One line of JSON for key and headers, then the value's bytes as they were. */
function encodeRecord({ key, value, headers }: DeadRecord): Buffer {
  const head = JSON.stringify({
    key: key === null ? null : base64url(key),
    hasValue: value !== null,
    headers: headers.map(([name, bytes]) => [name, base64url(bytes)]),
  });
  return Buffer.concat([Buffer.from(`${head}\n`), value ?? Buffer.alloc(0)]);
}

function decodeRecord(bytes: Buffer): DeadRecord {
  const end = bytes.indexOf(0x0a);
  const head = JSON.parse(bytes.subarray(0, end).toString('utf8')) as {
    key: string | null;
    hasValue: boolean;
    headers: [string, string][];
  };
  return {
    key: head.key === null ? null : Buffer.from(head.key, 'base64url'),
    value: head.hasValue ? bytes.subarray(end + 1) : null,
    headers: head.headers.map(([name, value]) => [name, Buffer.from(value, 'base64url')] as const),
  };
}

function base64url(data: Uint8Array | string): string {
  return Buffer.from(data as Uint8Array).toString('base64url');
}
