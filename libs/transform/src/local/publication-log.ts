import { appendFileSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';

/** A line of `published/log.ndjson`. */
export interface Publication {
  readonly id: string;
  /** ISO 8601: when readers could see it first. */
  readonly publishedAt: string;
}

/** Some 40,000 publications; the older half goes. */
const LONGEST_BYTES = 4 * 1024 * 1024;

/** Adds a line, unless the last one says so already. A crash may have left it torn, or out: both are mended. */
export function logPublication(file: string, publication: Publication): void {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const whole = text.slice(0, text.lastIndexOf('\n') + 1);
  const line = `${JSON.stringify(publication)}\n`;
  if (lastId(whole) === publication.id) return;
  if (whole === text && text.length < LONGEST_BYTES) {
    appendFileSync(file, line);
    return;
  }
  const half = whole.length < LONGEST_BYTES ? 0 : whole.indexOf('\n', whole.length / 2) + 1;
  writeFileSync(`${file}.tmp`, `${whole.slice(half)}${line}`);
  renameSync(`${file}.tmp`, file);
}

function lastId(lines: string): string | undefined {
  const last = lines.trimEnd().split('\n').at(-1) ?? '';
  return last === '' ? undefined : (JSON.parse(last) as Publication).id;
}
