import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScaffoldError } from '../scaffold-error';

export interface Merged {
  readonly text: string;
  /** Places where both changed the same lines: marked in the text, for a person to decide. */
  readonly conflicts: number;
}

/** More than these `git merge-file` does not count. */
const MOST_CONFLICTS = 127;
export const CONFLICT_MARK = /^(<{7}|>{7}) /m;

/**
 * Merges two changes of one text, line by line, by `git merge-file`. Line ends are as yours has them: where git checks out with
 * CRLF, they differ in every line and mean nothing.
 * @param base - what both began with, with LF as the template
 * @throws ScaffoldError where git is not there
 */
export function mergeText(yours: string, base: string, template: string): Merged {
  // Ends of both kinds are somebody's doing, and stay.
  if (!yours.includes('\r\n') || /(^|[^\r])\n/.test(yours)) return mergeLines(yours, base, template);
  const { text, conflicts } = mergeLines(withLf(yours), base, template);
  return { text: text.replaceAll('\n', '\r\n'), conflicts };
}

/** A text with the line ends of records and templates. */
export function withLf(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

function mergeLines(yours: string, base: string, template: string): Merged {
  if (yours === base || yours === template) return { text: template, conflicts: 0 };
  if (template === base) return { text: yours, conflicts: 0 };
  const dir = mkdtempSync(join(tmpdir(), 'das-merge-'));
  try {
    const files = { yours, base, template };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text);
    const labels = Object.keys(files).flatMap((name) => ['-L', name]);
    const { status, stdout, error } = spawnSync(
      'git',
      ['merge-file', '-p', '--diff3', ...labels, ...Object.keys(files)],
      { cwd: dir, encoding: 'utf8' },
    );
    if (error !== undefined || status === null || status > MOST_CONFLICTS)
      throw new ScaffoldError('git merge-file cannot be run: install git');
    return { text: stdout, conflicts: status };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}
