/** What is seen of a value, by the form in which it is masked. */
export const SEEN_OF: Readonly<Record<string, string>> = {
  domain: 'the domain of',
  last2: 'the last two digits of',
  initials: 'the initials of',
  year: 'the year of',
  region: 'the region of',
  chapter: 'the chapter of',
  token: 'the token of',
};

/** As a sentence names several. */
export function listed(names: readonly string[], word = 'and'): string {
  const last = names.at(-1) ?? 'nobody';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} ${word} ${last}`;
}
