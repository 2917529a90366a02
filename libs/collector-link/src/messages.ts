import { z } from 'zod';

const count = z.number().int().min(0);
const text = z.string();

/** What the collector's process says when it cannot go on. */
export const failed = z.object({
  failed: z.object({
    kind: z.enum(['data', 'transient', 'setup', 'unknown']),
    code: text,
    message: text,
    cure: text.optional(),
    /** The channel must be opened again; begun anew, it may go well. */
    again: z.boolean(),
  }),
});

/** One dead letter as its row has it, on its way to be replayed. */
/** To a replaying collector, first of all: it opens nothing of another stream. */
export const replayOrder = z.object({ stream: text });
export type ReplayOrder = z.output<typeof replayOrder>;

export const sealedLetter = z.object({
  source: text,
  epoch: z.number().int(),
  partition: text,
  position: text,
  /** ISO 8601. */
  sourceTs: text.nullable(),
  recordHash: text,
  sealed: text,
});
export type SealedLetter = z.output<typeof sealedLetter>;

const books = z.object({
  read: count,
  landed: count,
  dead: count,
  dropped: count,
  committed: count,
  rejected: count,
  /** Could not be opened, and stay as they are. */
  unreadable: count,
});
export type ReplayCounts = z.output<typeof books>;

/** From a replaying collector. Dead letters are selected after `opened`, never before. */
export const replayWord = z.union([
  z.object({ opened: text }),
  z.object({ unreadable: z.object({ id: text, code: text }) }),
  z.object({ progress: books }),
  z.object({ done: books }),
  failed,
]);
export type ReplayWord = z.output<typeof replayWord>;

/** The last row that BRONZE has of a partition's latest epoch. */
export const witness = z.object({
  partition: text,
  epoch: z.number().int(),
  position: text,
  recordHash: text,
});
export type Witness = z.output<typeof witness>;

/** To a recovering collector, once: what to recover. */
export const recoverOrder = z.object({
  witnesses: z.array(witness).readonly(),
  /** This one alone. */
  partition: text.optional(),
  dryRun: z.boolean(),
  /** Where BRONZE has no row, the source's checkpoint is the witness. */
  fromCheckpoint: z.boolean(),
  /** Longest wait for a partition that another member holds. */
  waitSeconds: z.number(),
});
export type RecoverOrder = z.output<typeof recoverOrder>;

export const recoverResult = z.object({
  partition: text,
  outcome: z.enum(['recovered', 'recoverable', 'has_token', 'nothing_to_do', 'refused']),
  channel: text.optional(),
  position: text.optional(),
  /** The record at the position was read, and is the one that BRONZE has. */
  verified: z.boolean().optional(),
  /** Why it was refused. */
  code: text.optional(),
  message: text.optional(),
  cure: text.optional(),
});
export type RecoverResult = z.output<typeof recoverResult>;

/** From a recovering collector. */
export const recoverWord = z.union([
  /** The column SOURCE of this collector's rows. */
  z.object({ source: text }),
  z.object({ result: recoverResult }),
  z.object({ done: z.literal(true) }),
  failed,
]);
export type RecoverWord = z.output<typeof recoverWord>;
