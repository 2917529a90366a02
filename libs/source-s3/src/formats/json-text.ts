/** A piece of JSON that is written as it is. */
export class RawJson {
  constructor(readonly text: string) {}
}

/**
 * JSON of a value, exactly: integers of 64 bits and decimals keep their digits, bytes become base64, and what is absent
 * is left out. A number that JSON does not have is a text.
 */
export function jsonText(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (value instanceof RawJson) return value.text;
  if (value instanceof Uint8Array) return JSON.stringify(Buffer.from(value).toString('base64'));
  if (value instanceof Map) return objectText(value);
  if (Array.isArray(value)) return `[${value.map(jsonText).join(',')}]`;
  switch (typeof value) {
    case 'bigint':
      return value.toString();
    case 'number':
      return Number.isFinite(value) ? JSON.stringify(value) : JSON.stringify(String(value));
    case 'object':
      return objectText(Object.entries(value));
    default:
      return JSON.stringify(value);
  }
}

function objectText(entries: Iterable<readonly [unknown, unknown]>): string {
  const parts: string[] = [];
  for (const [name, value] of entries) {
    if (value === undefined || value === null) continue;
    parts.push(`${JSON.stringify(String(name))}:${jsonText(value)}`);
  }
  return `{${parts.join(',')}}`;
}
