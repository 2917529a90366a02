import { z } from 'zod';

/** A value as Snowflake's drivers give it in JSON. */
const cell = z.union([z.string(), z.number(), z.boolean(), z.null()]);
export type SnapshotRow = Readonly<Record<string, z.output<typeof cell>>>;

export const snapshotShape = z.strictObject({
  recordedAt: z.iso.datetime(),
  /** Statement to what it answered: columns as Snowflake documents them, in lower case of SHOW, in upper case of views. */
  answers: z.record(z.string(), z.array(z.record(z.string(), cell))),
});

/** What an account answered when it was asked. */
export type Snapshot = z.output<typeof snapshotShape>;
