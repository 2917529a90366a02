import { isIPv4, isIPv6 } from 'node:net';

/** Groups that a /48 keeps, which is what one site is given (RFC 6177 calls it the largest of them). */
const KEPT_GROUPS = 3;
const GROUPS = 8;

/** `203.0.113.7` to `203.0.113.0/24`, `2001:db8:85a3::1` to `2001:db8:85a3::/48`; undefined for no address. */
export function ipPrefix(text: string): string | undefined {
  const address = text.trim();
  if (isIPv4(address)) return prefix24(address);
  if (!isIPv6(address)) return undefined;
  const groups = groupsOf(address);
  // ::ffff:0:0/96 is IPv4 in IPv6's clothes (RFC 4291): its first 48 bits say nothing.
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    return prefix24(
      groups
        .slice(6)
        .flatMap((group) => [group >> 8, group & 0xff])
        .join('.'),
    );
  }
  return `${written(groups.slice(0, KEPT_GROUPS))}/48`;
}

function prefix24(address: string): string {
  return `${address.slice(0, address.lastIndexOf('.'))}.0/24`;
}

/** Eight numbers of 16 bits; without the zone, which only the host knows. */
function groupsOf(address: string): readonly number[] {
  const [bare = ''] = address.split('%');
  const [head = '', tail] = bare.split('::');
  const before = numbersOf(head);
  if (tail === undefined) return before;
  const after = numbersOf(tail);
  return [...before, ...Array<number>(GROUPS - before.length - after.length).fill(0), ...after];
}

function numbersOf(part: string): readonly number[] {
  if (part === '') return [];
  return part.split(':').flatMap((group) => {
    if (!group.includes('.')) return [Number.parseInt(group, 16)];
    const [a = 0, b = 0, c = 0, d = 0] = group.split('.').map(Number);
    return [a * 256 + b, c * 256 + d];
  });
}

/** As RFC 5952 writes it: no leading zeros, and `::` for the zeros that follow. */
function written(groups: readonly number[]): string {
  const last = groups.findLastIndex((group) => group !== 0);
  return `${groups
    .slice(0, last + 1)
    .map((group) => group.toString(16))
    .join(':')}::`;
}
