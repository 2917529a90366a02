/** A CASE over conditions, as policies are written. */
export interface Case {
  readonly whens: readonly { readonly condition: string; readonly shows: string }[];
  /** Undefined: null. */
  readonly otherwise?: string | undefined;
}

const CASE_WORDS: readonly string[] = ['case', 'when', 'then', 'else', 'end'];

/** Reads an expression that is one CASE, those within its parts left as they are; undefined for anything else. */
export function caseOf(sql: string): Case | undefined {
  const pieces = [...sql.matchAll(/'(?:[^']|'')*'|"[^"]*"|[\w$]+|\s+|[^\w\s'"$]/g)].map(([piece]) => piece);
  const parts: { word: string; text: string }[] = [];
  let depth = 0;
  for (const piece of pieces) {
    const word = piece.toLowerCase();
    if (word === 'end') depth--;
    const outer = word === 'case' || word === 'end' ? 0 : 1;
    const last = parts.at(-1);
    if (depth === outer && CASE_WORDS.includes(word)) parts.push({ word, text: '' });
    else if (last !== undefined) last.text += piece;
    else if (piece.trim() !== '') return undefined;
    if (word === 'case') depth++;
  }
  const [first, ...rest] = parts.map(({ word, text }) => ({ word, text: text.trim() }));
  const last = rest.pop();
  if (first?.word !== 'case' || first.text !== '' || last?.word !== 'end' || last.text !== '')
    return undefined;
  return branches(rest);
}

function branches(parts: readonly { readonly word: string; readonly text: string }[]): Case | undefined {
  const whens: { condition: string; shows: string }[] = [];
  let otherwise: string | undefined;
  for (const [index, { word, text }] of parts.entries()) {
    const next = parts[index + 1];
    if (word === 'when' && next?.word === 'then') whens.push({ condition: text, shows: next.text });
    else if (word === 'else' && next === undefined) otherwise = text;
    else if (word !== 'then' || parts[index - 1]?.word !== 'when') return undefined;
  }
  return { whens, otherwise };
}
