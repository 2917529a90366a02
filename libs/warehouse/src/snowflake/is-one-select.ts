/** As Snowflake cuts an SQL text: in its strings a backslash escapes. */
const TOKENS =
  /(?<comment>--[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|'(?:[^'\\]|\\[\s\S]|'')*'?|\$\$[\s\S]*?(?:\$\$|$)|"(?:[^"]|"")*"?|(?<end>;)|(?<word>[A-Za-z_][\w$]*)|(?<sign>[^\s(])/g;

const READING = new Set(['SELECT', 'WITH', 'VALUES']);

/**
 * Whether a text is one statement that reads. Snowflake is told to take one statement as well, and what the role may do
 * is the wall: this spares whoever writes the SQL an accident.
 */
export function isOneSelect(sql: string): boolean {
  return READING.has(firstWordOfOne(sql) ?? '');
}

/** Whether a text is one statement that tells what an account has, or what one thing of it is. */
export function isOneShow(sql: string): boolean {
  const first = firstWordOfOne(sql);
  return first === 'SHOW' || first === 'DESCRIBE';
}

/** In upper case; undefined where there is no statement, or more than one. */
function firstWordOfOne(sql: string): string | undefined {
  let first: string | undefined;
  let hasEnded = false;
  for (const { groups } of sql.matchAll(TOKENS)) {
    const { comment, end, word } = groups ?? {};
    if (comment !== undefined) continue;
    if (end !== undefined) {
      hasEnded = true;
      continue;
    }
    if (hasEnded) return undefined;
    first ??= word?.toUpperCase() ?? '';
  }
  return first;
}
