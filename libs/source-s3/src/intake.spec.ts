import { FailureBoard } from '@das/pipeline';
import type { Bucket } from './aws/bucket';
import { Intake } from './intake';
import type { Ledger } from './ledger';
import { ObjectGone } from './object-fault';
import { objectRef } from './object-ref';
import { withDefaults } from './options';

describe('what a listing found, and was overwritten before it was looked at', () => {
  it.each([
    ['of a bucket without versions is gone, and told', undefined, ['end gone', 'told gone']],
    ['of a bucket with versions is left to who was told of its version', 'v2', ['given back']],
  ])('%s', async (_, versionId, expected) => {
    const happened: string[] = [];
    const bucket: Pick<Bucket, 'head' | 'current'> = {
      head: () => Promise.reject(new ObjectGone(new Error('412'))),
      current: (key) => Promise.resolve(objectRef(key, 'other', versionId)),
    };
    const claim = { id: 'a', owner: 'me', tries: 1, fault: undefined, checkpoint: undefined };
    const ledger: Pick<Ledger, 'claim' | 'giveBack' | 'end'> = {
      claim: () => Promise.resolve({ kind: 'claimed', claim }),
      giveBack: () => Promise.resolve(void happened.push('given back')),
      end: (_claim, state) => Promise.resolve(void happened.push(`end ${state}`)),
    };
    const intake = new Intake({
      options: withDefaults({
        bucket: 'b',
        prefix: 'p/',
        queue: 'q',
        ledgerTable: 't',
        consumer: 'c',
        log: 'b/p/',
        observer: {
          objectOver: (outcome) => void happened.push(`told ${outcome}`),
          notificationUnread: () => undefined,
        },
      }),
      bucket: bucket as Bucket,
      ledger: ledger as Ledger,
      board: new FailureBoard(() => undefined),
      onAssigned: () => {
        throw new Error('nothing is assigned');
      },
      signal: new AbortController().signal,
    });
    await intake.offer(objectRef('p/a.ndjson', 'listed'));
    expect(happened).toEqual(expected);
    expect(intake.slots.count).toBe(4);
  });
});
