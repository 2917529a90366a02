import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import type { RuleId } from '../src/diff/rules';
import { Edited } from './edited';

const CONTRACTS = join(__dirname, '../../../contracts');

/** What looks like a change, and is none. */
export const NO_CHANGE = 'NO_CHANGE';

/**
 * Two states of a file, and what is to be said of them. Labels follow the design and what readers, producers or the
 * people in the data would suffer; never what the comparison says today.
 */
export interface Pair {
  /** What was done, in words. */
  readonly id: string;
  readonly breaking: boolean;
  /** The rule that has to be among the findings. */
  readonly rule: RuleId | typeof NO_CHANGE;
  /** Below `contracts/`. */
  readonly path: string;
  /** Undefined: the file was not there. */
  readonly base: string | undefined;
  /** Undefined: the file is gone. */
  readonly head: string | undefined;
}

type Edit = (file: Edited) => unknown;
type Label = Pick<Pair, 'id' | 'breaking' | 'rule' | 'path'>;

/** By the name of a contract of the shop, or by a path below `contracts/`. */
function pathOf(file: string): string {
  return file.endsWith('.yaml') ? file : `brook_commerce/${file}.odcs.yaml`;
}

function textAt(path: string): string {
  return readFileSync(join(CONTRACTS, path), 'utf8');
}

/** A text with an edit. */
export function editedText(text: string, edit: Edit): string {
  const yaml = parseDocument(text);
  edit(new Edited(yaml));
  return yaml.toString({ lineWidth: 0 });
}

function edited(label: Label, edit: Edit): Pair {
  const base = textAt(label.path);
  return { ...label, base, head: editedText(base, edit) };
}

export function breaks(id: string, rule: RuleId, file: string, edit: Edit): Pair {
  return edited({ id, breaking: true, rule, path: pathOf(file) }, edit);
}

export function fits(id: string, rule: Pair['rule'], file: string, edit: Edit): Pair {
  return edited({ id, breaking: false, rule, path: pathOf(file) }, edit);
}

/** The file is as the text makes it, or gone where it makes nothing. */
export function rewritten(
  label: Omit<Label, 'path'>,
  file: string,
  rewrite: (text: string) => Pick<Pair, 'base' | 'head'>,
): Pair {
  const path = pathOf(file);
  return { ...label, path, ...rewrite(textAt(path)) };
}
