/** Strings, dollar-quoted ones included, quoted names, comments, numbers, words: whatever comes first at a place. */
const TOKENS =
  /'(?<text>(?:[^']|'')*)'?|\$(?<tag>\w*)\$(?<body>[\s\S]*?)\$\k<tag>\$|"(?<quoted>(?:[^"]|"")*)"?|--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|(?<![\w$])(?<number>\d[\w.]*)|(?<word>[A-Za-z_][\w$]*)/g;

/** What may be repeated as a name: one in quotes that looks otherwise was perhaps meant as a string. */
export function isNameLike(name: string): boolean {
  return /^[A-Za-z_][\w$]{0,127}$/.test(name);
}

/** The values that are written in an SQL text, the longest first: as written, and as they are meant. */
export function literalsOf(sql: string): readonly string[] {
  const literals = new Set<string>();
  for (const { groups } of sql.matchAll(TOKENS)) {
    const { text, body, number, quoted } = groups ?? {};
    const written = [text, text?.replaceAll("''", "'"), body, number];
    if (quoted !== undefined && !isNameLike(quoted)) written.push(quoted, quoted.replaceAll('""', '"'));
    for (const value of written) if (value !== undefined && value !== '') literals.add(value);
  }
  return [...literals].sort((a, b) => b.length - a.length);
}

/** A text without the values that are written in an SQL text. */
export function withoutLiterals(told: string, sql: string): string {
  let left = told;
  for (const literal of literalsOf(sql)) {
    const escaped = literal.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
    left = left.replaceAll(new RegExp(`(?<!\\w)${escaped}(?!\\w)`, 'g'), '…');
  }
  return left;
}

/** The word that an SQL text begins with, in capitals, after comments and brackets. */
export function firstWordOf(sql: string): string {
  for (const { 0: token, groups } of sql.matchAll(TOKENS)) {
    if (token.startsWith('--') || token.startsWith('/*')) continue;
    return groups?.word?.toUpperCase() ?? '';
  }
  return '';
}
