/** As Snowflake cuts an SQL text: in its strings a backslash escapes. */
const TOKENS =
  /(?<comment>--[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|'(?:[^'\\]|\\[\s\S]|'')*'?|\$\$[\s\S]*?(?:\$\$|$)|"(?:[^"]|"")*"?|(?<end>;)|(?<word>[A-Za-z_][\w$]*)|(?<sign>[^\s(])/g;

const READING = new Set(['SELECT', 'WITH', 'VALUES']);

/**
 * Whether a text is one statement that reads. Snowflake is told to take one statement as well, and what the role may do
 * is the wall: this spares whoever writes the SQL an accident.
 */
export function isOneSelect(sql: string): boolean {
  let first: string | undefined;
  let hasEnded = false;
  for (const { groups } of sql.matchAll(TOKENS)) {
    const { comment, end, word } = groups ?? {};
    if (comment !== undefined) continue;
    if (end !== undefined) {
      hasEnded = true;
      continue;
    }
    if (hasEnded) return false;
    first ??= word?.toUpperCase() ?? '';
  }
  return first !== undefined && READING.has(first);
}
