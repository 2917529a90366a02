import type { PhiKind, StreamContract } from '@das/contracts';
import { makeToken } from '@das/keys';
import { valueAt, type KeyProvider } from '@das/pipeline';
import { messageOf } from './landed-form';

/** For LINK_TOKENS: made of what was sent, also where that lands clear; undefined: there is nothing to link by. */
export type Linker = (
  event: Readonly<Record<string, unknown>>,
) => Readonly<Record<string, string>> | undefined;

/** Links by a contract's `das.link` properties; undefined: it has none. */
export function createLinker({ phi }: Pick<StreamContract, 'phi'>, keys: KeyProvider): Linker | undefined {
  const links = phi.flatMap(({ path, kind, link }) => (link === undefined ? [] : [{ path, kind, link }]));
  if (links.length === 0) return undefined;
  return (event) => {
    let tokens: Record<string, string> | undefined;
    for (const { path, kind, link } of links) {
      const value = valueAt(event, path);
      if (typeof value !== 'string') continue;
      const text = normalize(kind, value);
      if (text === '') continue;
      tokens ??= {};
      tokens[link] = makeToken('lnk', keys.current('link'), messageOf(kind, text));
    }
    return tokens;
  };
}

/**
 * Two spellings of one identity must meet, in whichever stream: case and space around an address, what stands between
 * the digits of a number. What follows here is as good as a part of every link token: a change is a migration.
 */
function normalize(kind: PhiKind, text: string): string {
  const plain = text.normalize('NFC').trim();
  switch (kind) {
    case 'email':
      return plain.toLowerCase();
    case 'phone':
      return plain.replace(/\D/g, '');
    default:
      return plain.replace(/\s+/g, ' ');
  }
}
