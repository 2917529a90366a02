import type { Answer, Value } from '@das/warehouse';
import type { Terminal } from '../terminal';
import type { Layout } from './layout';

const PART_CHARACTERS = 64 * 1024;

export interface Printed {
  readonly rows: number;
  /** There were more than were asked for. */
  readonly isCut: boolean;
}

/**
 * Prints an answer row by row, as fast as it is taken; only `sampled` rows are held.
 * @param layoutOf - makes the form when the first rows are known
 */
export async function printAnswer(
  answer: Answer,
  terminal: Terminal,
  options: {
    readonly signal: AbortSignal;
    readonly sampled: number;
    readonly limit: number | undefined;
    readonly layoutOf: (sample: readonly (readonly Value[])[]) => Layout;
  },
): Promise<Printed> {
  const { signal, sampled, limit = Infinity, layoutOf } = options;
  const sample: (readonly Value[])[] = [];
  let layout: Layout | undefined;
  let text = '';
  let rows = 0;
  let isCut = false;
  const begin = (): Layout => {
    const made = layoutOf(sample);
    text = made.begin() + sample.map((values) => made.row(values)).join('');
    return made;
  };
  for await (const values of answer.rows) {
    isCut = rows === limit;
    if (isCut) break;
    rows++;
    if (rows <= sampled) {
      sample.push(values);
      continue;
    }
    layout ??= begin();
    text += layout.row(values);
    if (text.length < PART_CHARACTERS) continue;
    await terminal.pour(text, signal);
    text = '';
  }
  layout ??= begin();
  await terminal.pour(text + layout.end(), signal);
  return { rows, isCut };
}
