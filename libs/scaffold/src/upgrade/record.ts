import { z } from 'zod';
import { ScaffoldError } from '../scaffold-error';

/** In the folder of a collector that was made from the reference: what it was made with, and what the reference said then. */
export const RECORD_FILE = '.template.json';

const text = z.string().min(1);
const record = z.strictObject({
  names: z.strictObject({
    domain: z.strictObject({ domain: text, short: text }),
    stream: z.strictObject({ stem: text, entity: text, base: text, stream: text, app: text }),
    key: text,
    log: text,
    product: text,
    defaults: z.strictObject({
      team: text,
      owner: text,
      steward: text,
      support: text,
      purpose: text,
      account: text,
    }),
  }),
  /** The text of each file as it was last taken from the reference: the base of the next merge. */
  files: z.record(text, z.string()),
});

export type TemplateRecord = z.output<typeof record>;

export function writeRecord(value: TemplateRecord): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** @throws ScaffoldError where somebody changed it into something else */
export function readRecord(path: string, text: string): TemplateRecord {
  try {
    return record.parse(JSON.parse(text));
  } catch {
    throw new ScaffoldError(
      `${path} is no record of a template: take it back from version control, or remove it and das collector adopt the collector`,
    );
  }
}
