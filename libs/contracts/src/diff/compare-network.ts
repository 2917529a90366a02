import { told, type Report } from './diff-finding';
import { rawOf, same, textsOf, type Raw } from './raw';

/** `policies/network.yaml`: from where the account is reached. */
export function compareNetwork(base: Raw, head: Raw, report: Report): void {
  const [before, after] = [rawOf(base.policies), rawOf(head.policies)];
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const path = `policies.${name}`;
    const [was, is] = [rawOf(before[name]), rawOf(after[name])];
    const [from, to] = [textsOf(was.allow), textsOf(is.allow)];
    for (const range of beyond(to, from)) report('GOVERNANCE_NETWORK_WIDENED', path, `gains ${range}`);
    for (const range of beyond(from, to)) report('GOVERNANCE_NETWORK_NARROWED', path, `loses ${range}`);
    // Without a policy, addresses are not looked at.
    if (!(name in after)) report('GOVERNANCE_NETWORK_WIDENED', path, 'is gone');
    else if (name in before) comparePolicy(was, is, path, report);
  }
  if (!same({ ...base, policies: 0 }, { ...head, policies: 0 }))
    report('GOVERNANCE_NETWORK_WIDENED', '', 'says something that is not known');
}

function comparePolicy(base: Raw, head: Raw, path: string, report: Report): void {
  if (base.for !== head.for)
    report('GOVERNANCE_NETWORK_WIDENED', path, `for ${told(base.for)} became ${told(head.for)}`);
  if (!same(base.description, head.description))
    report('CONSUMER_TEXT_CHANGED', path, 'is described otherwise');
  const rest = (policy: Raw): Raw => ({ ...policy, allow: 0, for: 0, description: 0 });
  if (!same(rest(base), rest(head))) report('GOVERNANCE_NETWORK_WIDENED', path, 'says what is not known');
}

interface Range {
  readonly first: number;
  readonly last: number;
}

/** Those that have an address which the others, taken together, have not. What is no IPv4 range is only itself. */
function beyond(ranges: readonly string[], others: readonly string[]): readonly string[] {
  const known = union(others.flatMap((text) => rangeOf(text) ?? []));
  return ranges.filter((text) => {
    const range = rangeOf(text);
    if (range === undefined) return !others.includes(text);
    return !known.some(({ first, last }) => first <= range.first && range.last <= last);
  });
}

/** Ranges that touch are one. */
function union(ranges: readonly Range[]): readonly Range[] {
  const merged: Range[] = [];
  for (const range of ranges.toSorted((a, b) => a.first - b.first)) {
    const before = merged.at(-1);
    if (before === undefined || range.first > before.last + 1) merged.push(range);
    else merged.splice(-1, 1, { first: before.first, last: Math.max(before.last, range.last) });
  }
  return merged;
}

function rangeOf(text: string): Range | undefined {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})(?:\/(\d{1,2}))?$/.exec(text);
  if (parts === null) return undefined;
  const bytes = parts.slice(1, 5).map(Number);
  const bits = Number(parts[5] ?? 32);
  if (bits > 32 || bytes.some((byte) => byte > 255)) return undefined;
  const size = 2 ** (32 - bits);
  const number = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
  const first = Math.floor(number / size) * size;
  return { first, last: first + size - 1 };
}
