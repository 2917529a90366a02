import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { ProtocolError } from './protocol-error';

const OPERATIONS = ['hostname', 'token', 'open', 'append', 'status', 'drop'] as const;

/** The calls of the protocol, as faults name them. */
export type Operation = (typeof OPERATIONS)[number];

const times = z.number().int().min(1).max(1_000_000).default(1);
const on = z.enum(OPERATIONS);
/** Left out: every channel. */
const channel = z.string().min(1).optional();

/** What the endpoint can be told to do wrong; strict, so that a misspelt one is refused. */
const fault = z.discriminatedUnion('kind', [
  /** The next calls are refused, before anything is done. */
  z.strictObject({
    kind: z.literal('refuse'),
    on,
    status: z.number().int().min(400).max(599),
    code: z.string().default('INJECTED'),
    times,
  }),
  /** The next calls are done, and the connection is cut before the answer: at once, or once all is committed. */
  z.strictObject({
    kind: z.literal('drop-response'),
    on,
    after: z.enum(['receipt', 'commit']).default('receipt'),
    times,
  }),
  /** The next calls wait. */
  z.strictObject({ kind: z.literal('slow'), on, ms: z.number().int().min(1).max(60_000), times }),
  /** The next rows are rejected, as rows that do not fit the table are. */
  z.strictObject({ kind: z.literal('reject-rows'), times }),
  /** Until the faults are cleared nothing is committed; appends are received. */
  z.strictObject({ kind: z.literal('withhold-commits') }),
  /** Until the faults are cleared commits fail, as on a disk without room. */
  z.strictObject({ kind: z.literal('disk-full') }),
  /** At once: the next append of the channel finds its continuation token stale. */
  z.strictObject({ kind: z.literal('stale-sequencer'), channel }),
  /** At once: the channel forgets what is not committed and must be opened again. */
  z.strictObject({
    kind: z.literal('invalidate-channel'),
    channel,
    code: z.string().default('ERR_CHANNEL_MUST_BE_REOPENED'),
  }),
  /** At once: the channel and its offset token are gone. */
  z.strictObject({ kind: z.literal('lose-channel'), channel }),
  /** At once: no scoped token is valid any more. */
  z.strictObject({ kind: z.literal('expire-tokens') }),
]);

export type Fault = z.output<typeof fault>;
type Counted = Extract<Fault, { times: number }>;

/** @throws ProtocolError 400 that names what is wrong */
export function readFault(json: unknown): Fault {
  const parsed = fault.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue?.path.join('.') ?? '';
  throw new ProtocolError(400, 'UNKNOWN_FAULT', `${place === '' ? 'fault' : place}: ${issue?.message ?? ''}`);
}

/** Faults that wait for their moment; none without `--faults`. */
export class Faults {
  private waiting: { readonly fault: Counted; left: number }[] = [];
  private standing = new Set<Fault['kind']>();

  /** What has not struck yet, or stands. */
  get pending(): readonly unknown[] {
    const counted = this.waiting.map(({ fault: one, left }) => ({ ...one, times: left }));
    return [...counted, ...[...this.standing].map((kind) => ({ kind }))];
  }

  add(one: Fault): void {
    if ('times' in one) this.waiting.push({ fault: one, left: one.times });
    else this.standing.add(one.kind);
  }

  clear(): void {
    this.waiting = [];
    this.standing.clear();
  }

  /** Before a call is looked at. @throws ProtocolError */
  async before(operation: Operation): Promise<void> {
    const slow = this.strike('slow', operation);
    if (slow !== undefined) await sleep(slow.ms);
    const refusal = this.strike('refuse', operation);
    if (refusal !== undefined)
      throw new ProtocolError(refusal.status, refusal.code, 'a fault that was asked for');
  }

  /** Once a call is done: after what its answer is lost; undefined: it is not. */
  losesAnswer(operation: Operation): 'receipt' | 'commit' | undefined {
    return this.strike('drop-response', operation)?.after;
  }

  rejectsRow(): boolean {
    return this.strike('reject-rows') !== undefined;
  }

  stands(kind: 'withhold-commits' | 'disk-full'): boolean {
    return this.standing.has(kind);
  }

  private strike<K extends Counted['kind']>(
    kind: K,
    operation?: Operation,
  ): Extract<Counted, { kind: K }> | undefined {
    // The usual case, for each row.
    if (this.waiting.length === 0) return undefined;
    const found = this.waiting.find(
      ({ fault: one }) => one.kind === kind && (!('on' in one) || one.on === operation),
    );
    if (found === undefined) return undefined;
    found.left--;
    if (found.left === 0) this.waiting = this.waiting.filter((one) => one !== found);
    return found.fault as Extract<Counted, { kind: K }>;
  }
}
