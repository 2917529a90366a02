import { withoutLiterals } from '../sql-literals';

const MOST_CHARACTERS = 300;

/**
 * What DuckDB says of a statement that it has not begun to run, so before any row was read: words of its own, names,
 * types, and what stands in the SQL. Literals of the SQL, which may be anybody's data, are taken out.
 */
export function messageOf(message: string, sql: string): string {
  // After an empty line comes the SQL itself, with a mark below the place; candidates come one a line.
  const [first = ''] = message.split(/\n\s*\n|\n\s*LINE \d+:|\n\s*Candidate functions:/);
  const told = withoutLiterals(first.replaceAll(/\s+/g, ' ').trim(), sql);
  return told.length > MOST_CHARACTERS ? `${told.slice(0, MOST_CHARACTERS)}…` : told;
}
