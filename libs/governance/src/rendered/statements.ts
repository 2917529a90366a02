/** SQL without comments, cut at semicolons that end statements; every run of white space is one space. */
export function statementsOf(sql: string): readonly string[] {
  const pieces = sql.matchAll(/'(?:[^']|'')*'|"[^"]*"|--[^\n]*|\/\*[\s\S]*?\*\/|;|\s+|[^'"\s;/-]+|[/-]/g);
  const statements: string[] = [];
  let statement = '';
  for (const [piece] of pieces) {
    if (piece === ';') {
      statements.push(statement);
      statement = '';
    } else if (!/^(--|\/\*)/.test(piece)) statement += /^\s/.test(piece) ? ' ' : piece;
  }
  statements.push(statement);
  return statements.map((text) => text.trim()).filter((text) => text !== '');
}

/** A statement without what its COMMENTs say: a clause that only a comment names is none. */
export function withoutComments(statement: string): string {
  let kept = '';
  for (const [piece] of statement.matchAll(/'(?:[^']|'')*'|"[^"]*"|[^'"]+/g)) {
    kept += piece.startsWith("'") && /\bCOMMENT (= )?$/i.test(kept) ? "''" : piece;
  }
  return kept;
}

/** What stands between the first bracket and the one that closes it, cut at its commas; and what follows it. */
export function bracketed(statement: string): { readonly parts: readonly string[]; readonly rest: string } {
  const parts: string[] = [];
  let depth = 0;
  let part = '';
  const pieces = [...statement.matchAll(/'(?:[^']|'')*'|"[^"]*"|[(),]|[^'"(),]+/g)];
  for (const [piece] of pieces) {
    if (piece === ')') depth--;
    if (depth === 0 && piece === ')') {
      parts.push(part.trim());
      break;
    }
    if (depth === 1 && piece === ',') {
      parts.push(part.trim());
      part = '';
    } else if (depth > 0) part += piece;
    if (piece === '(') depth++;
  }
  return { parts, rest: statement.slice(endOfBracket(statement)) };
}

function endOfBracket(statement: string): number {
  let depth = 0;
  for (const { 0: piece, index } of statement.matchAll(/'(?:[^']|'')*'|"[^"]*"|[()]/g)) {
    if (piece === '(') depth++;
    if (piece === ')' && --depth === 0) return index + 1;
  }
  return statement.length;
}

/** A name without its quotes, such as `DB.SCHEMA.NAME`; empty where there is none. */
export function plainName(quoted = ''): string {
  return quoted.replaceAll('"', '');
}
