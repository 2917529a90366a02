import type { StreamContract } from '@das/contracts';
import type { AppendQueue } from './append-queue';
import type { Envelope } from './envelope';
import { Failure } from './failure';
import { draftOf, type Dead, type Draft, type Dropped, type Step } from './outcome';
import type { SourceRecord } from './ports/source';

/** What becomes of a record: undefined, it lands. */
export type Settled = Dead | Dropped | undefined;

/**
 * Takes a record through the steps to its one outcome, and puts the row that this leaves into the queue.
 * @throws Failure for what is not the record's fault
 */
export function settle(
  record: SourceRecord,
  { contract, steps }: { readonly contract: StreamContract; readonly steps: readonly Step[] },
  { queue, envelope }: { readonly queue: Pick<AppendQueue, 'take'>; readonly envelope: Envelope },
): Settled {
  const draft = draftOf(record, contract);
  const outcome = judge(draft, steps);
  if (outcome?.outcome === 'dropped') {
    queue.take(record);
    return outcome;
  }
  if (outcome === undefined) {
    const fits = queue.take(record, (rows) => {
      envelope.landed(draft, rows);
    });
    if (fits) return undefined;
  }
  const dead: Dead = outcome ?? { outcome: 'dead', reason: 'too_large', stage: 'envelope', errors: [] };
  const fits = queue.take(record, (rows) => {
    envelope.dead(draft, dead, rows);
  });
  if (fits) return dead;
  throw new Failure(
    'setup',
    'dead_letter_too_large',
    'a dead letter exceeds one append even as a reference',
    {
      cure: 'raise the limit of bytes per append',
    },
  );
}

function judge(draft: Draft, steps: readonly Step[]): Settled {
  for (const step of steps) {
    const outcome = step(draft);
    if (outcome !== undefined) return outcome;
  }
  return undefined;
}
